package facts

import (
	"slices"
	"strconv"
	"strings"

	"github.com/vpclint/vpclint/internal/doctree"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/value"
)

// A fact is what the files tell of one resource.
type fact struct {
	kind *kind
	typ  string
	id   string
	// at is where the id is told first.
	at     source.Span
	fields []field
	arn    *doctree.Node
}

// A field is what is told of one member.
type field struct {
	value value.Value
	told  bool
	// sum is what it says, however it is laid out, and file who says it.
	sum  string
	file string
}

// An association gives something a route table.
type association struct {
	id           string
	table, other *doctree.Node
	vpc          *doctree.Node
}

// A gatherer brings together what several outputs tell.
type gatherer struct {
	facts []*fact
	byID  map[string]*fact
	// associations are those of subnets and gateways, main those of VPCs.
	associations, main []association
	// partial are the VPCs of which some tables may be in no file.
	partial map[string]bool
	// lists are the listings that are told: whole, or of which parts are missing.
	lists map[string]extent
	// blocks are the further ranges of VPCs, each told once.
	blocks []block
	known  map[string]bool
	told   bool
	left   int
}

func newGatherer() *gatherer {
	return &gatherer{byID: map[string]*fact{}, partial: map[string]bool{}, lists: map[string]extent{}, known: map[string]bool{}}
}

// A block is a further range of a VPC.
type block struct{ vpc, id, cidr *doctree.Node }

// An extent says how much of a listing is told.
type extent uint8

const (
	untold extent = iota
	whole
	cut
)

// list notes that a listing is told. What one output leaves out another may have: of several, one that is cut counts.
func (g *gatherer) list(name string, partial bool) {
	if partial {
		g.lists[name] = cut
	} else if g.lists[name] == untold {
		g.lists[name] = whole
	}
}

// visit looks for descriptions in a node. Partial is set in a part of an output that has more parts.
func (g *gatherer) visit(n *doctree.Node, levels int, partial bool) {
	if n.Kind == doctree.Mapping {
		if next := n.Get("NextToken"); next != nil && next.Kind == doctree.String && next.Text != "" {
			partial = true
		}
		if k := kindOf(n); k != nil {
			g.describe(k, n, partial)
			return
		}
	}
	if levels == 0 {
		return
	}
	for _, item := range n.Items {
		if k := kindOf(item); k != nil {
			g.list(k.list, partial) // as --query gives it
		}
		g.visit(item, levels-1, partial)
	}
	for _, p := range n.Pairs {
		if p.Value.Kind == doctree.Sequence && isList(p.Key.Text) {
			g.told = true // also where it has none
			g.list(p.Key.Text, partial)
		}
		g.visit(p.Value, levels-1, partial)
	}
}

func isList(name string) bool {
	for i := range kinds {
		if kinds[i].list == name {
			return true
		}
	}
	return false
}

// describe notes what one description tells.
func (g *gatherer) describe(k *kind, n *doctree.Node, partial bool) {
	g.told = true
	if !k.stays(n) {
		return
	}
	id := n.Get(k.id)
	f := g.byID[id.Text]
	if f == nil {
		if len(g.facts) >= maxFacts {
			g.left++
			return
		}
		f = &fact{kind: k, typ: k.typ, id: id.Text, at: id.Span, fields: make([]field, len(k.members))}
		g.facts = append(g.facts, f)
		g.byID[f.id] = f
	}
	if f.kind != k {
		return // no two kinds have ids in common
	}
	if which := n.Get(k.when); k.special != "" && which != nil && strings.EqualFold(which.Text, k.is) {
		f.typ = k.special
	}
	if arn := n.Get(k.arn); f.arn == nil && isID(arn) {
		f.arn = arn
	}
	for i, m := range k.members {
		node := n.Get(m.name)
		// What is left out where AWS leaves out nothing isn't told, nor is anything else by who asks for one attribute.
		if node == nil && (!m.sparse || isAttribute(n)) {
			continue
		}
		f.fields[i].take(m.tell(node, id.Span), m.as+" of "+f.id)
	}
	switch k.list {
	case "RouteTables":
		g.associate(n, partial)
	case "Vpcs":
		g.ranges(n)
	}
}

// ranges notes the further ranges that a VPC's description tells.
func (g *gatherer) ranges(n *doctree.Node) {
	main, list := n.Get("CidrBlock"), n.Get("CidrBlockAssociationSet")
	if list == nil {
		return
	}
	for _, item := range list.Items {
		b := block{vpc: n.Get(vpcID), id: item.Get("AssociationId"), cidr: item.Get("CidrBlock")}
		if state := item.Get("CidrBlockState").Get("State"); state != nil && !strings.HasPrefix(state.Text, "associat") {
			continue
		}
		if !isID(b.id) || b.cidr == nil || main != nil && b.cidr.Text == main.Text || g.known[b.id.Text] || len(g.known) >= maxFacts {
			continue
		}
		g.known[b.id.Text] = true
		g.blocks = append(g.blocks, b)
	}
}

// isAttribute reports whether a mapping is the answer of describe-vpc-attribute.
func isAttribute(n *doctree.Node) bool {
	return n.Get("EnableDnsSupport") != nil || n.Get("EnableDnsHostnames") != nil
}

// tell returns what a description says of a member, which is nil where it has none.
func (m member) tell(n *doctree.Node, id source.Span) field {
	f := field{told: true, file: id.File.Path}
	if n == nil || n.Kind == doctree.Null {
		f.value = value.Value{}.From(id)
		return f
	}
	f.sum = sum(n)
	if m.read == nil {
		f.value = plain(n)
	} else {
		f.value = m.read(n)
	}
	if f.value.Kind() == value.KindAbsent {
		f.value = f.value.From(n.Span)
	}
	return f
}

// take notes what one more description says. Which of two that contradict each other is the later can't be seen, so that
// neither is believed.
func (f *field) take(other field, what string) {
	switch {
	case !f.told:
		*f = other
	case f.sum != other.sum:
		who := f.file + " contradicts itself"
		if other.file != f.file {
			who = f.file + " and " + other.file + " contradict each other"
		}
		f.value = value.OfOpaque(who + " about " + what).WithOrigin(f.value.Origin())
	}
}

// sum returns a text that is equal for nodes that say the same, in whatever order they list it.
func sum(n *doctree.Node) string {
	switch n.Kind {
	case doctree.Mapping:
		parts := make([]string, len(n.Pairs))
		for i, p := range n.Pairs {
			parts[i] = strconv.Quote(p.Key.Text) + ":" + sum(p.Value)
		}
		slices.Sort(parts)
		return "{" + strings.Join(parts, ",") + "}"
	case doctree.Sequence:
		parts := make([]string, len(n.Items))
		for i, item := range n.Items {
			parts[i] = sum(item)
		}
		slices.Sort(parts)
		return "[" + strings.Join(parts, ",") + "]"
	case doctree.Bool:
		return strings.ToLower(n.Text) // YAML has True, too
	default:
		return strconv.Quote(n.Text)
	}
}

// associate notes what a route table's description says of who uses it.
func (g *gatherer) associate(n *doctree.Node, partial bool) {
	table, vpc := n.Get("RouteTableId"), n.Get(vpcID)
	list := n.Get("Associations")
	if vpc != nil && (partial || list == nil || list.Kind != doctree.Sequence) {
		g.partial[vpc.Text] = true
	}
	if list == nil {
		return
	}
	for _, item := range list.Items {
		a := association{table: table, vpc: vpc}
		if id := item.Get("RouteTableAssociationId"); id != nil {
			a.id = id.Text
		}
		if state := item.Get("AssociationState").Get("State"); state != nil && !strings.HasPrefix(state.Text, "associat") {
			continue
		}
		main, subnet, gateway := item.Get("Main"), item.Get("SubnetId"), item.Get("GatewayId")
		switch {
		case isID(subnet):
			a.other = subnet
			g.associations = append(g.associations, a)
		case isID(gateway):
			a.other = gateway
			g.associations = append(g.associations, a)
		case main != nil && strings.EqualFold(main.Text, "true") && isID(vpc):
			a.other = main
			g.main = append(g.main, a)
		case vpc != nil:
			g.partial[vpc.Text] = true // an association that doesn't say of what
		}
	}
}
