package network

import (
	"slices"

	"github.com/vpclint/vpclint/internal/model"
	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/value"
)

// What can't be seen may add neighbours to what can: a call of a module that isn't in the tree gets a VPC's id and makes an
// endpoint in it. It may do so to what its arguments refer to, and to nothing else.

// A glimpse is an argument of something that can't be seen.
type glimpse struct {
	raw  *resource.Raw
	attr string
}

// unseen is what the arguments of all that can't be seen refer to.
type unseen struct {
	to map[value.Address][]glimpse
	// found are what the data sources in arguments may find, by the kind of data source.
	found map[string]*doubts
	// lists are the listings that network facts lack, by what they are of.
	lists map[value.Address][]*resource.Raw
}

func (l *linker) indexUnread(e *model.Estate) {
	l.unseen = unseen{to: map[value.Address][]glimpse{}, found: map[string]*doubts{}, lists: map[value.Address][]*resource.Raw{}}
	for raw := range e.Raws() {
		if raw.Unread == "" {
			continue
		}
		refs := raw.Props.Refs()
		for _, literal := range literalsOf(raw.Props, nil, maxArguments) {
			for _, id := range l.literals[literal] {
				refs = append(refs, id.Ref)
			}
		}
		for _, ref := range refs {
			switch {
			case raw.Fact:
				l.unseen.lists[ref.Addr] = append(l.unseen.lists[ref.Addr], raw)
				continue
			case slices.Contains(described, ref.Attr):
				continue
			}
			l.unseen.to[ref.Addr] = append(l.unseen.to[ref.Addr], glimpse{raw: raw, attr: ref.Attr})
			if data := l.known(ref.Addr); data != nil && data.Data {
				d := l.unseen.found[data.Type]
				if d == nil {
					d = newDoubts()
					l.unseen.found[data.Type] = d
				}
				l.doubt(d, value.OfSymbol(ref), raw.Addr.Unit, hidden(raw))
			}
		}
	}
}

// described are attributes that say something of a resource and not which it is.
var described = []string{
	"cidr_block", "CidrBlock", "cidr_blocks", "CidrBlockAssociations", "ipv6_cidr_block", "Ipv6CidrBlocks", "tags", "tags_all",
	"availability_zone", "AvailabilityZone", "availability_zone_id", "AvailabilityZoneId", "owner_id", "name", "description",
	"enable_dns_support", "enable_dns_hostnames", "instance_tenancy",
}

// parts are the attributes of a VPC that name what comes with it, and not itself.
var parts = slices.Concat(mainTableAttrs, defaultGroupAttrs, defaultACLAttrs)

// How a VPC's own route table, security group and network ACL are named.
var (
	mainTableAttrs    = []string{"main_route_table_id", "default_route_table_id"}
	defaultGroupAttrs = []string{"default_security_group_id", "DefaultSecurityGroup", "default_security_group"}
	defaultACLAttrs   = []string{"default_network_acl_id", "DefaultNetworkAcl", "default_network_acl"}
)

// unread says in which worlds nothing that can't be seen can add neighbours to a resource, because no argument refers to it.
// With attributes it is about what comes with a VPC and is named by one of them, such as its main route table.
func (l *linker) unread(parent model.Resource, attrs ...string) value.Truth {
	complete := value.Yes()
	for _, g := range l.unseen.to[parent.Head().Addr()] {
		// An object that is handed over whole has all its attributes.
		named := g.attr == "" || slices.Contains(attrs, g.attr)
		if len(attrs) == 0 {
			named = !slices.Contains(parts, g.attr)
		}
		if named && complete.Somewhere() {
			complete = complete.And(hidden(g.raw))
		}
	}
	return complete
}

// found is unread for what data sources of some types may have found. The VPCs are those that the resource may be in.
func (l *linker) found(r model.Resource, vpcs []value.Address, types ...string) value.Truth {
	complete := value.Yes()
	for _, typ := range types {
		if d := l.unseen.found[typ]; d != nil {
			complete = complete.And(d.of(r, vpcs))
		}
	}
	return complete
}

// hidden is unknown in the worlds in which there is something that can't be seen, and true elsewhere.
func hidden(raw *resource.Raw) value.Truth {
	return elsewhere(raw.Exists, raw.Unread, &value.Origin{Span: raw.Span})
}

// listed is unknown where network facts tell of a resource and lack a listing: what isn't told isn't absent. The listing is
// named by its command, such as "describe-flow-logs".
func (l *linker) listed(r model.Resource, command string) value.Truth {
	for _, raw := range l.unseen.lists[r.Head().Addr()] {
		if raw.Type == command {
			return hidden(raw)
		}
	}
	return value.Yes()
}

// maxArguments bounds how deep arguments are searched for ids.
const maxArguments = 8

// literalsOf returns the texts in a value that have the form of an id.
func literalsOf(v value.Value, out []string, depth int) []string {
	if depth == 0 {
		return out
	}
	switch v.Kind() {
	case value.KindScalar:
		if text := v.Literal(); len(text) <= maxID && idPattern.MatchString(text) {
			out = append(out, text)
		}
	case value.KindList:
		for _, e := range v.Elems() {
			out = literalsOf(e, out, depth-1)
		}
	case value.KindObject:
		for _, f := range v.Fields() {
			out = literalsOf(f.Value, out, depth-1)
		}
	case value.KindChoice:
		for _, a := range v.Arms() {
			out = literalsOf(a.Value, out, depth-1)
		}
	}
	return out
}

// maxID is longer than EC2's ids are.
const maxID = 64
