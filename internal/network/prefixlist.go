package network

import (
	"strings"

	"github.com/vpclint/vpclint/internal/model"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// A PrefixList is a named list of ranges.
type PrefixList struct {
	// Resource is the list; nil of one that AWS manages.
	model.Resource
	// Service reports whether AWS manages it for one of its services: such a list is of that service's addresses only.
	Service bool
	Ranges  []ListedRange
	// Complete says in which worlds it has no other ranges.
	Complete value.Truth
}

// A ListedRange is one range of a list.
type ListedRange struct {
	CIDR  value.String
	Holds value.Truth
}

func (l *linker) prefixLists(e *model.Estate) {
	strays := newDoubts()
	for _, r := range e.PrefixLists {
		_, complete := r.Inline.Members()
		p := &PrefixList{Resource: r, Complete: complete.And(l.unread(r))}
		for i := range r.Entries {
			p.Ranges = append(p.Ranges, ListedRange{CIDR: r.Entries[i].CIDR, Holds: value.In(r.Entries[i].When)})
		}
		l.graph.PrefixLists = append(l.graph.PrefixLists, p)
		l.lists[r.Addr()] = p
	}
	for _, r := range e.PrefixListEntries {
		edges, _ := resolve(l, r.PrefixListID.Value, l.lists, "prefix list")
		for _, edge := range edges {
			switch {
			case edge.To != nil:
				edge.To.Ranges = append(edge.To.Ranges, ListedRange{CIDR: r.CIDR, Holds: belongs(r, edge.To, edge.Holds).And(r.Exists())})
			case edge.Name == "" && edge.Holds.Known() != tri.False:
				l.doubt(strays, edge.member, r.Addr().Unit, stray(r, edge, "it is not known to which prefix list "+r.Subject()+" belongs"))
			}
		}
	}
	for _, p := range l.graph.PrefixLists {
		p.Complete = p.Complete.And(strays.of(p, nil))
	}
	l.serviceLists(e)
}

// serviceLists finds what names a list that AWS manages: data sources that ask for it by its name, and gateway endpoints.
// AWS: VPC user guide, "AWS-managed prefix lists".
func (l *linker) serviceLists(e *model.Estate) {
	service := l.service
	for raw := range e.Raws() {
		if !raw.Data || raw.Type != "aws_prefix_list" && raw.Type != "aws_ec2_managed_prefix_list" {
			continue
		}
		names := []value.Value{raw.Props.Attr("name")}
		for _, filter := range raw.Props.Attr("filter").Elems() {
			if filter.Attr("name").Literal() == "prefix-list-name" {
				names = append(names, filter.Attr("values").Elems()...)
			}
		}
		for _, name := range names {
			if begin, _ := name.Prefix(); strings.HasPrefix(begin, "com.amazonaws.") {
				l.lists[raw.Addr] = service
			}
		}
	}
	for _, r := range e.VPCEndpoints {
		l.lists[r.Addr()] = service
	}
}

// listsOf returns the prefix lists that a route is for. A route to a gateway endpoint, which describe-route-tables tells as a
// gateway, is for the list of the endpoint's service.
func (l *linker) listsOf(id, gateway value.String) []Edge[PrefixList] {
	edges, _ := resolve(l, id.Value, l.lists, "prefix list")
	for i := range edges {
		if e := &edges[i]; e.To == nil && e.Name != "" && strings.HasPrefix(gateway.Literal(), "vpce-") {
			e.To, e.Holds, e.Reason = l.service, value.Always(tri.True, e.From).Within(e.when), ""
		}
	}
	return edges
}
