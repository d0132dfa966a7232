package frontend

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// A sought is a type of data sources, and the resources that it finds in the dialects of the tree.
type sought struct {
	data, terraform, template string
	// several tells those that find any number.
	several bool
}

// soughts are the data sources of Terraform's aws provider that find what makes a network.
var soughts = []sought{
	{"aws_vpc", "aws_vpc", "AWS::EC2::VPC", false},
	{"aws_vpcs", "aws_vpc", "AWS::EC2::VPC", true},
	{"aws_subnet", "aws_subnet", "AWS::EC2::Subnet", false},
	{"aws_subnets", "aws_subnet", "AWS::EC2::Subnet", true},
	{"aws_subnet_ids", "aws_subnet", "AWS::EC2::Subnet", true},
	{"aws_security_group", "aws_security_group", "AWS::EC2::SecurityGroup", false},
	{"aws_security_groups", "aws_security_group", "AWS::EC2::SecurityGroup", true},
	{"aws_route_table", "aws_route_table", "AWS::EC2::RouteTable", false},
	{"aws_route_tables", "aws_route_table", "AWS::EC2::RouteTable", true},
	{"aws_internet_gateway", "aws_internet_gateway", "AWS::EC2::InternetGateway", false},
	{"aws_nat_gateway", "aws_nat_gateway", "AWS::EC2::NatGateway", false},
	{"aws_vpc_endpoint", "aws_vpc_endpoint", "AWS::EC2::VPCEndpoint", false},
}

// Finds reports whether a type of data sources finds resources of the network, and whether it finds any number of them.
func Finds(typ string) (finds, several bool) {
	i := slices.IndexFunc(soughts, func(s sought) bool { return s.data == typ })
	return i >= 0, i >= 0 && soughts[i].several
}

// Found is what a data source finds among the resources of the tree.
type Found struct {
	Resources []*resource.Raw
	// Open says why it may find others too; empty where it finds no others.
	Open string
	// Reason says why it isn't known what it finds, where there are no resources.
	Reason string
}

// A finder knows the resources that data sources find.
type finder struct {
	byType map[string][]*resource.Raw
	known  map[value.Address]*resource.Raw
	// unread are what may make resources that can't be seen.
	unread []*resource.Raw
	// indexes are the resources by what they say, for each type and condition that has been asked for.
	indexes map[string]*sayings
}

// Sayings are the resources of a type by what they say of one attribute or tag; open are those of which that isn't known.
type sayings struct {
	of   map[string][]*resource.Raw
	open []*resource.Raw
}

// maxLookedAt bounds the resources that one data source looks at, past those that certainly aren't what it asks for.
const maxLookedAt = 1_000

func newFinder(raws []resource.Raw) *finder {
	f := &finder{byType: map[string][]*resource.Raw{}, known: make(map[value.Address]*resource.Raw, len(raws)), indexes: map[string]*sayings{}}
	wanted := map[string]bool{}
	for _, s := range soughts {
		wanted[s.terraform], wanted[s.template] = true, true
	}
	for i := range raws {
		r := &raws[i]
		if r.Unread != "" {
			f.unread = append(f.unread, r)
			continue
		}
		f.known[r.Addr] = r
		// What is told may be what is declared; the declaration says more.
		if !r.Data && !r.Fact && wanted[r.Type] && r.Exists.Known() != tri.False {
			f.byType[r.Type] = append(f.byType[r.Type], r)
		}
	}
	return f
}

// find returns what a data source finds. One that finds a single resource fails where there are two, so that the one which
// certainly is as it asks is the one; else it is the only one that is as it asks for all that is known, and by more than chance.
func (f *finder) find(data *resource.Raw) (Found, bool) {
	i := slices.IndexFunc(soughts, func(s sought) bool { return s.data == data.Type })
	if f == nil || i < 0 {
		return Found{}, false
	}
	s := soughts[i]
	conditions := conditionsOf(data.Props)
	if len(conditions) == 0 {
		return Found{}, false
	}
	candidates := f.candidates(s, conditions)
	if len(candidates) > maxLookedAt {
		return Found{}, false
	}
	grades := make([]Likeness, len(candidates))
	for i, r := range candidates {
		grades[i] = Same
		for _, c := range conditions {
			if grades[i] = min(grades[i], f.meets(r, c)); grades[i] == Different {
				break
			}
		}
	}
	if s.several {
		return f.all(data, conditions, candidates, grades)
	}
	for _, least := range []Likeness{Same, Alike} {
		var found []*resource.Raw
		for i, r := range candidates {
			if grades[i] >= least {
				found = append(found, r)
			}
		}
		found = ownOf(found, data.Addr.Unit)
		switch {
		case len(found) == 1 && !stands(found[0]):
			return Found{Resources: found}, true
		case len(found) > 0:
			return Found{Reason: data.Subject + " may find any of several: " + namesOf(found)}, true
		}
	}
	return Found{}, false
}

// candidates returns the resources that may be what a data source asks for, by the condition that leaves the fewest.
func (f *finder) candidates(s sought, conditions []condition) []*resource.Raw {
	var fewest []*resource.Raw
	indexed := false
	for _, c := range conditions {
		text, ok := f.saying(c)
		if !ok {
			continue
		}
		key := s.data + " " + c.name + " " + c.tag
		index := f.indexes[key]
		if index == nil {
			index = &sayings{of: map[string][]*resource.Raw{}}
			f.indexes[key] = index
			for _, r := range slices.Concat(f.byType[s.terraform], f.byType[s.template]) {
				own := f.spelt(f.own(r, c), c)
				if own == "" {
					index.open = append(index.open, r)
					continue
				}
				index.of[own] = append(index.of[own], r)
			}
		}
		if n := len(index.of[text]) + len(index.open); !indexed || n < len(fewest) {
			fewest, indexed = slices.Concat(index.of[text], index.open), true
		}
	}
	if !indexed {
		return slices.Concat(f.byType[s.terraform], f.byType[s.template])
	}
	return fewest
}

// saying spells the one value that a condition asks for; false where it asks for several, or for any that are alike.
func (f *finder) saying(c condition) (string, bool) {
	if c.unknown || len(c.values) != 1 || c.wild && strings.ContainsAny(c.values[0].Literal(), "*?") {
		return "", false
	}
	text := f.spelt(c.values[0], c)
	return text, text != ""
}

// spelt spells a value by which resources are told apart for sure: of an id the resource of the tree that it is, and of
// anything else a known text. It is empty for any other.
func (f *finder) spelt(v value.Value, c condition) string {
	if c.tag == "" && (c.name == "id" || strings.HasSuffix(c.name, "_id")) {
		ref, ok := v.Symbol()
		if raw := f.known[ref.Addr]; !ok || raw == nil || raw.Data {
			return ""
		}
		return ref.Addr.Unit + " " + ref.Addr.Name
	}
	if text, ok := v.AsString(); ok {
		return ">" + text
	}
	return ""
}

// all returns what a data source finds that finds any number: all there are where it looks in a VPC of the tree.
func (f *finder) all(data *resource.Raw, conditions []condition, candidates []*resource.Raw, grades []Likeness) (Found, bool) {
	var found []*resource.Raw
	open := ""
	for i, r := range candidates {
		switch {
		case grades[i] == Same:
			found = append(found, r)
			if stands(r) || r.Exists.Known() != tri.True {
				open = cmp.Or(open, "it is not known how many of "+r.Subject+" there are")
			}
		case grades[i] != Different:
			open = cmp.Or(open, "it is not known whether "+data.Subject+" finds "+r.Subject)
		}
	}
	found = ownOf(found, data.Addr.Unit)
	homes := map[value.Address]bool{}
	for _, r := range found {
		home, ok := attribute(r, "vpc_id").Symbol()
		if !ok {
			return Found{}, false
		}
		homes[home.Addr] = true
	}
	switch {
	case len(found) == 0:
		return Found{}, false
	case len(homes) > 1:
		return Found{Reason: data.Subject + " may find those of any of several VPCs: " + namesOf(found)}, true
	}
	within := f.vpcOf(conditions)
	if within == nil {
		return Found{Resources: found, Open: cmp.Or(open, data.Subject+" says no VPC of the tree, so it may find others too")}, true
	}
	for _, u := range f.unread {
		if slices.ContainsFunc(u.Props.Refs(), func(r value.Ref) bool { return r.Addr == within.Addr }) {
			open = cmp.Or(open, u.Unread)
		}
	}
	return Found{Resources: found, Open: open}, true
}

// vpcOf returns the VPC of the tree that a data source looks in; nil where it says none.
func (f *finder) vpcOf(conditions []condition) *resource.Raw {
	for _, c := range conditions {
		if c.name != "vpc_id" || len(c.values) != 1 {
			continue
		}
		if ref, ok := c.values[0].Symbol(); ok && f.known[ref.Addr] != nil && !f.known[ref.Addr].Data {
			return f.known[ref.Addr]
		}
	}
	return nil
}

// stands reports whether a resource stands for several.
func stands(r *resource.Raw) bool { return r.Range != "" || strings.Contains(r.Addr.Name, "[*]") }

// ownOf returns those of the unit that asks, or all where it has none.
func ownOf(found []*resource.Raw, unit string) []*resource.Raw {
	own := slices.DeleteFunc(slices.Clone(found), func(r *resource.Raw) bool { return r.Addr.Unit != unit })
	if len(own) > 0 {
		return own
	}
	return found
}

func namesOf(found []*resource.Raw) string {
	var names []string
	for _, r := range found {
		names = append(names, r.Subject+" ("+r.Span.Host().File.Path+")")
	}
	if len(names) > maxNamedSubjects {
		return fmt.Sprintf("%s and %d more", strings.Join(names[:maxNamedSubjects], ", "), len(names)-maxNamedSubjects)
	}
	return strings.Join(names, ", ")
}

// A condition is what a data source asks of an attribute, or of a tag: to be one of some values.
type condition struct {
	// name is Terraform's for the attribute; tag is the key of a tag instead.
	name, tag string
	values    []value.Value
	// wild says that "*" and "?" stand for other letters in them.
	wild bool
	// unknown says that not all of it is known.
	unknown bool
}

// conditionsOf returns what a data source asks for.
func conditionsOf(props value.Value) []condition {
	var out []condition
	for _, f := range props.Fields() {
		switch {
		case f.Value.Kind() == value.KindAbsent:
		case f.Name == "filter":
			for _, b := range f.Value.Elems() {
				out = append(out, filterCondition(b))
			}
			if f.Value.Kind() != value.KindList || f.Value.Open() {
				out = append(out, condition{unknown: true})
			}
		case f.Name == "tags":
			for _, t := range f.Value.Fields() {
				out = append(out, condition{tag: t.Name, values: []value.Value{t.Value}})
			}
			if f.Value.Kind() != value.KindObject || f.Value.Open() {
				out = append(out, condition{unknown: true})
			}
		case f.Name == "state", f.Name == "timeouts", f.Name == "region", f.Name == "default" && f.Value.Literal() == "false":
		default:
			out = append(out, condition{name: f.Name, values: []value.Value{f.Value}})
		}
	}
	return out
}

// filterCondition reads a filter block: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Filter.html
func filterCondition(block value.Value) condition {
	name, known := block.Attr("name").AsString()
	list := block.Attr("values")
	if !known || list.Kind() != value.KindList || list.Open() || block.MayBeMissing() {
		return condition{unknown: true}
	}
	c := condition{values: list.Elems(), wild: true}
	if tag, ok := strings.CutPrefix(name, "tag:"); ok {
		c.tag = tag
		return c
	}
	switch name {
	case "vpc-id", "attachment.vpc-id":
		c.name = "vpc_id"
	case "cidr", "cidrBlock", "cidr-block":
		c.name = "cidr_block"
	case "availability-zone", "availabilityZone":
		c.name = "availability_zone"
	case "availability-zone-id":
		c.name = "availability_zone_id"
	case "group-name":
		c.name = "name"
	case "subnet-id", "group-id", "route-table-id", "internet-gateway-id", "nat-gateway-id", "vpc-endpoint-id":
		c.name = "id"
	case "service-name":
		c.name = "service_name"
	case "map-public-ip-on-launch":
		c.name = "map_public_ip_on_launch"
	default:
		c.unknown = true
	}
	return c
}

// meets returns how sure it is that a resource is as a condition asks.
func (f *finder) meets(r *resource.Raw, c condition) Likeness {
	if c.unknown || len(c.values) == 0 {
		return Untold
	}
	if c.name == "default" {
		return Different // Terraform's aws_default_vpc is another type
	}
	own := f.own(r, c)
	best := Different
	for _, v := range c.values {
		best = max(best, f.compare(own, v, c))
	}
	return best
}

// own returns what a resource says of what a condition asks for.
func (f *finder) own(r *resource.Raw, c condition) value.Value {
	switch {
	case c.tag != "":
		return tagOf(r, c.tag)
	case c.name == "id", c.name == "vpc_id" && isVPC(r.Type), strings.HasSuffix(r.Type, "_"+strings.TrimSuffix(c.name, "_id")):
		return value.OfSymbol(value.Ref{Addr: r.Addr, Attr: "id"})
	}
	return attribute(r, c.name)
}

func isVPC(typ string) bool { return typ == "aws_vpc" || typ == "AWS::EC2::VPC" }

func (f *finder) compare(own, asked value.Value, c condition) Likeness {
	a, isA := own.Symbol()
	b, isB := asked.Symbol()
	switch {
	case own.Kind() == value.KindAbsent && c.tag == "":
		return Untold // AWS may choose it
	case own.Kind() == value.KindAbsent:
		return Different
	case isA && isB && a.Addr == b.Addr:
		return Same
	case isA && isB && f.known[a.Addr] != nil && f.known[b.Addr] != nil && !f.known[a.Addr].Data && !f.known[b.Addr].Data:
		return Different
	}
	if text, known := asked.AsString(); known && c.wild && strings.ContainsAny(text, "*?") {
		return wildly(own, text)
	}
	return Compare(own, asked)
}

// tagOf returns a tag of a resource: absent where it certainly has none of the key.
func tagOf(r *resource.Raw, key string) value.Value {
	if r.Dialect == resource.Terraform {
		return r.Props.Attr("tags").Attr(key)
	}
	tags := r.Props.Attr("Tags")
	for _, t := range tags.Elems() {
		if name, known := t.Attr("Key").AsString(); known && name == key {
			return t.Attr("Value")
		} else if !known {
			return value.OfOpaque("the key of a tag is not known")
		}
	}
	if tags.Kind() == value.KindAbsent || tags.Kind() == value.KindList && !tags.Open() {
		return value.Value{}
	}
	return value.OfOpaque(tags.Reason())
}

// attribute returns an attribute of a resource by Terraform's name for it.
func attribute(r *resource.Raw, name string) value.Value {
	if r.Dialect == resource.CloudFormation {
		if name == "name" {
			name = "group_name"
		}
		var b strings.Builder
		for word := range strings.SplitSeq(name, "_") {
			b.WriteString(strings.ToUpper(word[:min(1, len(word))]) + word[min(1, len(word)):])
		}
		name = b.String()
	}
	return r.Props.Attr(name)
}

// Attribute returns what an attribute of the resource that a data source finds is to who reads it, by Terraform's name.
func Attribute(r *resource.Raw, name string) value.Value {
	switch {
	case name == "id" && r.Dialect == resource.CloudFormation:
		return value.OfSymbol(value.Ref{Addr: r.Addr, Attr: "Ref"})
	case name == "id" || name == "arn":
		return value.OfSymbol(value.Ref{Addr: r.Addr, Attr: name})
	}
	if v := attribute(r, name); v.Kind() != value.KindAbsent && (v.Kind() != value.KindOpaque || len(v.Refs()) > 0) {
		return v
	}
	if strings.HasSuffix(name, "_id") && r.Dialect == resource.Terraform {
		return value.OfSymbol(value.Ref{Addr: r.Addr, Attr: name})
	}
	return value.OfOpaque(r.Subject+"."+name+" is known only after deployment", value.Ref{Addr: r.Addr, Attr: name})
}

// maxWild bounds the texts that are matched letter by letter.
const maxWild = 512

// wildly returns how sure it is that a text matches a filter's value, in which "*" stands for any letters and "?" for one. An
// unknown part of the text is matched for sure by "*" only, and maybe by anything.
func wildly(own value.Value, pattern string) Likeness {
	const unknown = -1
	var text []rune
	for _, part := range own.Parts() {
		literal, known := part.AsString()
		if !known {
			text = append(text, unknown)
			continue
		}
		text = append(text, []rune(literal)...)
	}
	if len(text) > maxWild || len(pattern) > maxWild || own.Kind() == value.KindChoice {
		return Untold
	}
	matches := func(lax bool) bool {
		reach := make([]bool, len(text)+1) // what of the text the pattern so far can match
		reach[0] = true
		for i := 0; lax && i < len(text) && text[i] == unknown; i++ {
			reach[i+1] = true
		}
		for _, p := range pattern {
			next := make([]bool, len(text)+1)
			for i := range next {
				switch {
				case p == '*':
					next[i] = reach[i] || i > 0 && next[i-1]
				case i > 0 && text[i-1] == unknown:
					next[i] = lax && (next[i-1] || reach[i-1] || reach[i])
				case i > 0 && (p == '?' || p == text[i-1]):
					next[i] = reach[i-1]
				}
			}
			reach = next
		}
		return reach[len(text)]
	}
	switch {
	case matches(false):
		return Same
	case slices.Contains(text, unknown) && matches(true):
		return Untold
	}
	return Different
}
