package network

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/model"
	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// mayRefer reports whether an unresolved value could name the resource: it refers to it, to what looks it up, or to nothing
// that is known.
func (l *linker) mayRefer(v value.Value, to *resource.Raw) bool {
	refs := v.Refs()
	if len(refs) == 0 {
		return v.Kind() == value.KindOpaque || v.Kind() == value.KindText || v.Kind() == value.KindChoice
	}
	for _, ref := range refs {
		if ref.Addr == to.Addr || l.mayFind(ref.Addr, to) {
			return true
		}
	}
	return false
}

// mayFind reports whether the data source at an address could find a resource that is made with it.
func (l *linker) mayFind(data value.Address, to *resource.Raw) bool {
	s := l.search(data)
	if len(s.vpcs) == 0 {
		return s.waits
	}
	return slices.ContainsFunc(s.vpcs, func(vpc value.Address) bool {
		return vpc == to.Addr || slices.ContainsFunc(to.Props.Attr("vpc_id").Refs(), func(r value.Ref) bool { return r.Addr == vpc })
	})
}

// networkLookups are the data sources that find subnets, route tables and VPCs by what is said of them.
var networkLookups = []string{
	"aws_route_table", "aws_route_tables", "aws_security_group", "aws_security_groups", "aws_subnet", "aws_subnets", "aws_subnet_ids", "aws_vpc", "aws_vpcs",
}

// Looks reports whether Link looks at the properties of a kind of data source.
func Looks(typ string) bool {
	_, access := accessLookups[typ]
	return access || slices.Contains(networkLookups, typ) || slices.Contains(vpcLookups, typ) ||
		typ == "aws_prefix_list" || typ == "aws_ec2_managed_prefix_list" || typ == bucketLookup
}

// belongs says in which worlds what is written in one resource is so of another that it names. Where that one stands for
// several, of which the number isn't known, it is so of each only if there is one of the first for each.
func belongs(r, to model.Resource, holds value.Truth) value.Truth {
	if strings.HasPrefix(r.Head().Raw.Range, to.Head().Raw.Range) {
		return holds
	}
	return holds.And(value.Unknowable("it is not known which of "+to.Head().Subject()+" "+r.Head().Subject()+" is for", &value.Origin{Span: r.Head().Span()}))
}

// resolve finds what a value names among the resources of one kind, one edge for each thing that it may be. The truth
// says in which worlds it can name nothing else.
func resolve[T any](l *linker, v value.Value, among map[value.Address]*T, what string) ([]Edge[T], value.Truth) {
	members, complete := v.Members()
	if len(members) == 0 {
		return nil, complete
	}
	edges := make([]Edge[T], 0, len(members))
	for _, m := range members {
		edges = resolveMember(l, edges, m, among, what)
	}
	return edges, complete
}

// resolveMember appends to edges what one member of a list may name.
func resolveMember[T any](l *linker, edges []Edge[T], m value.Member, among map[value.Address]*T, what string) []Edge[T] {
	v, origin := m.Value, m.Value.Origin()
	// An element of a list of unknown length is one that exists if the list has any.
	base := Edge[T]{From: origin, Holds: value.Always(tri.True, origin).Within(m.When), member: v, when: m.When}
	if ref, ok := v.Symbol(); ok {
		if to := among[ref.Addr]; to != nil {
			base.To = to
			return append(edges, base)
		}
		base.Reason, base.Lookup = notInTree(l, ref, what), l.lookup(v)
		base.Holds = unresolved(l, ref, base.Reason, origin).Within(m.When)
		return append(edges, base)
	}
	if literal, ok := v.AsString(); ok {
		return literalEdge(l, edges, literal, base, among, what)
	}
	// What is only known to be computed from a resource may be that resource.
	before := len(edges)
	for _, ref := range v.Refs() {
		if to := among[ref.Addr]; to != nil {
			edges = append(edges, Edge[T]{To: to, From: origin, Holds: value.Unknowable(v.Reason(), origin).Within(m.When), member: v, when: m.When})
		}
	}
	if len(edges) == before {
		base.Reason, base.Lookup = v.Reason(), l.lookup(v)
		base.Holds = value.Unknowable(v.Reason(), origin).Within(m.When)
		edges = append(edges, base)
	}
	return edges
}

func literalEdge[T any](l *linker, edges []Edge[T], literal string, base Edge[T], among map[value.Address]*T, what string) []Edge[T] {
	base.Name = literal
	for _, id := range l.literals[literal] {
		if to := among[id.Ref.Addr]; to != nil {
			base.To = to
			if subject := l.subject(id.Ref.Addr); subject != literal {
				base.Via = []finding.Step{{Span: id.Span, Message: literal + " is " + subject}}
			}
			return append(edges, base)
		}
	}
	switch {
	case literal == "":
		return edges // Terraform and AWS take it for absence
	case !idPattern.MatchString(literal):
		base.Reason = strconv.Quote(literal) + " is no id, so it is not known which " + what + " it stands for"
	default:
		base.Reason = what + " " + literal + " is not in the tree; a saved terraform state, or output of aws ec2 describe-* named under network: in .vpclint.yaml, would tell which it is"
	}
	base.Holds = value.Unknowable(base.Reason, base.From).Within(base.when)
	return append(edges, base)
}

// idPattern is the form of EC2's ids. AWS: EC2 user guide, "Resource IDs".
var idPattern = regexp.MustCompile(`^[a-z]+-(?:[a-z]+-)*[0-9a-f]{8,17}$`)

func (l *linker) subject(addr value.Address) string {
	if raw := l.known(addr); raw != nil {
		return raw.Subject
	}
	return addr.Name
}

// unresolved is what an edge holds whose reference is to something that isn't of the kind: false where it is known to be
// something else, unknown otherwise.
func unresolved(l *linker, ref value.Ref, reason string, origin *value.Origin) value.Truth {
	if raw := l.known(ref.Addr); raw != nil && !raw.Data && raw.Unread == "" {
		return value.Always(tri.False, origin)
	}
	return value.Unknowable(reason, origin)
}

func notInTree(l *linker, ref value.Ref, what string) string {
	name := ref.Addr.Name
	switch raw := l.known(ref.Addr); {
	case raw == nil:
	case raw.Unread != "":
		return raw.Unread
	case raw.Data:
		return raw.Subject + " is looked up during deployment"
	default:
		return raw.Subject + " is no " + what
	}
	if strings.Contains("."+name, ".data.") {
		return name + " is looked up during deployment"
	}
	return what + " " + name + " is not in the tree"
}

// during restricts edges to the worlds in which what they are written in holds.
func during[T any](edges []Edge[T], holds value.Truth) []Edge[T] {
	for i := range edges {
		edges[i].Holds = edges[i].Holds.And(holds)
	}
	return edges
}
