package cloudformation_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// A generator draws templates, small enough for the same names to meet often.
type generator struct {
	t *rapid.T
	// identifiers are those of the loops around what is drawn.
	identifiers []string
}

func (g generator) n(max int) int { return rapid.IntRange(0, max-1).Draw(g.t, "n") }

func (g generator) flag() bool { return rapid.Bool().Draw(g.t, "flag") }

func (g generator) of(texts ...string) string { return texts[g.n(len(texts))] }

func (g generator) text() string {
	if len(g.identifiers) > 0 && g.n(3) == 0 {
		return g.of("", "x-") + g.of("$", "&") + "{" + g.of(g.identifiers...) + "}"
	}
	return g.of("a", "b", "c", "", "a,b", "a-b", "true", " a, b ", "x${Other}", "{{resolve:ssm:/p}}", "a,{{resolve:ssm:/p-q:1}}")
}

func fn(name string, args ...any) any { return map[string]any{"Fn::" + name: args} }

func ref(name string) any { return map[string]any{"Ref": name} }

// The files that templates include.
var snippets = map[string]map[string]any{
	"p.json": {"A": ref("P0"), "I": "included"},
	"r.json": {"RI": map[string]any{"Type": "AWS::EC2::Subnet", "Properties": map[string]any{"P": ref("P1")}}},
}

func including(location string) any {
	return map[string]any{"Name": "AWS::Include", "Parameters": map[string]any{"Location": location}}
}

// template draws a template, and what each unknown may be.
func (g generator) template() (map[string]any, map[string][]any) {
	domains := map[string][]any{
		"AWS::Region": {"a", "b", "us-east-1"}, "AWS::AccountId": {"012345678901"}, "AWS::Partition": {"aws", "aws-cn"},
		"AWS::StackName": {"a", "stack-1"}, "AWS::StackId": {"arn:aws:cloudformation:us-east-1:012345678901:stack/stack-1/1-2"},
		"AWS::URLSuffix": {"amazonaws.com"}, "AWS::NotificationARNs": {[]any{}, []any{"arn:aws:sns:x"}},
		"AWS::AvailabilityZones[0]": {"zone-1a"}, "AWS::AvailabilityZones[1]": {"zone-1b"},
	}
	parameters := g.parameters(domains)
	conditions := map[string]any{}
	for i := range 4 {
		conditions[fmt.Sprintf("C%d", i)] = g.condition(i, 3)
	}
	in := g
	in.identifiers = []string{"X"}
	conditions["Fn::ForEach::Conditions"] = []any{"X", []any{"a", "b"}, map[string]any{
		"KC${X}": fn("Equals", ref(g.parameter()), ref("X")),
	}}
	resources := map[string]any{
		"K0": map[string]any{"Type": "Custom::Thing"},
		"M0": map[string]any{"Type": "AWS::StepFunctions::StateMachine", "Properties": map[string]any{
			"Definition":              map[string]any{"${S}": []any{"${S}", "a-${S}-${Other}", g.text()}, "P": g.value(2)},
			"DefinitionSubstitutions": map[string]any{"S": g.value(2), "T": ref("AWS::NoValue")},
		}},
		"Fn::Transform": including("r.json"),
	}
	for i := range 3 {
		resources[fmt.Sprintf("R%d", i)] = g.resource(fmt.Sprintf("C%d", g.n(4)))
	}
	for i := range 2 {
		resources[fmt.Sprintf("S%d", i)] = map[string]any{"Type": "AWS::Serverless::Function", "Properties": g.shared(2)}
	}
	resources["Fn::ForEach::Resources"] = []any{"X", g.collection(), map[string]any{"F" + g.of("$", "&") + "{X}": in.resource("KC${X}")}}
	if g.flag() {
		in.identifiers = []string{"X", "Y"}
		resources["Fn::ForEach::Outer"] = []any{"X", []any{"a", "b"}, map[string]any{
			"Fn::ForEach::Inner": []any{"Y", in.collection(), map[string]any{"G${X}&{Y}": in.resource("KC${X}")}},
		}}
	}
	return map[string]any{
		"Parameters": parameters,
		"Mappings": map[string]any{
			"M": map[string]any{
				"a": map[string]any{"x": "a", "l": []any{"a", "b"}},
				"b": map[string]any{"x": "b", "l": []any{"c"}},
			},
			"N": map[string]any{"a": map[string]any{"x": "s"}, "us-east-1": map[string]any{"x": "s"}},
		},
		"Globals":    map[string]any{"Function": g.shared(2)},
		"Rules":      g.rules(),
		"Conditions": conditions,
		"Resources":  resources,
	}, domains
}

// rules draws the rules of a template.
func (g generator) rules() map[string]any {
	rules := map[string]any{}
	for i := range g.n(3) {
		r := map[string]any{"Assertions": []any{map[string]any{"Assert": g.assertion()}}}
		if g.flag() {
			r["RuleCondition"] = g.assertion()
		}
		rules[fmt.Sprintf("Rule%d", i)] = r
	}
	return rules
}

func (g generator) assertion() any {
	switch g.n(7) {
	case 0:
		return fn("Or", g.assertion(), g.assertion())
	case 1:
		return fn("Not", g.assertion())
	case 2:
		return fn("EachMemberIn", ref(g.of("L0", "L1")), []any{"a", "b"})
	case 3:
		return fn("EachMemberEquals", ref(g.of("L0", "L1")), "a")
	case 4:
		return fn("Equals", ref(g.parameter()), g.of("a", "b"))
	}
	return fn("Contains", []any{"a", "b", "us-east-1"}[:1+g.n(3)], ref(g.parameter()))
}

// parameters draws the parameters of a template.
func (g generator) parameters(domains map[string][]any) map[string]any {
	parameters := map[string]any{}
	for i := range 5 {
		name := fmt.Sprintf("P%d", i)
		p := map[string]any{"Type": "String"}
		switch g.n(4) {
		case 0:
			def := g.of("a", "b", "c", "", "a,b", "a-b", "true")
			p["Default"], domains[name] = def, []any{def}
		case 1, 2:
			allowed := []any{"a", "b", "c"}[:1+g.n(3)]
			p["AllowedValues"], domains[name] = allowed, allowed
		default:
			domains[name] = []any{"a", "b", "c", "", "zzz", "a,b", " "}
		}
		parameters[name] = p
	}
	for name, p := range map[string]struct {
		typ, def string
		domain   []any
	}{
		"L0": {"CommaDelimitedList", "a, b", []any{[]any{"a", "b"}}},
		"L1": {"CommaDelimitedList", "", []any{[]any{"a"}, []any{""}, []any{"a", "b", "c"}}},
		"L2": {"List<AWS::EC2::Subnet::Id>", "", []any{[]any{"subnet-1"}, []any{"subnet-1", "subnet-2"}}},
		"I0": {"AWS::EC2::Subnet::Id", "", []any{"subnet-1", "subnet-2"}},
		"N0": {"Number", "", []any{"0", "1", "2"}},
		"N1": {"Number", "1", []any{"1"}},
		"B0": {"String", "10.0.0.0/16", []any{"10.0.0.0/16"}},
		"B1": {"String", "", []any{"10.0.0.0/16", "192.168.0.0/26"}},
		"V0": {"AWS::SSM::Parameter::Value<String>", "/path", []any{"a,b", "stored"}},
	} {
		declared := map[string]any{"Type": p.typ}
		if p.def != "" {
			declared["Default"] = p.def
		}
		parameters[name], domains[name] = declared, p.domain
	}
	return parameters
}

func (g generator) resource(condition string) map[string]any {
	r := map[string]any{"Type": "AWS::EC2::Subnet", "Properties": map[string]any{
		"P": g.value(4), "Q": g.value(3), "List": g.list(3),
	}}
	if g.flag() {
		r["Condition"] = condition
	}
	return r
}

// shared draws properties of which Globals and resources have some in common.
func (g generator) shared(depth int) any {
	m := map[string]any{}
	for _, name := range []string{"A", "B", "C"} {
		switch {
		case g.n(3) == 0:
		case depth > 0 && g.n(3) == 0:
			m[name] = g.shared(depth - 1)
		case g.n(3) == 0:
			m[name] = g.list(1)
		default:
			m[name] = g.value(1)
		}
	}
	return m
}

func (g generator) parameter() string {
	return g.of("P0", "P1", "P2", "P3", "P4", "AWS::Region")
}

// condition draws a condition that may refer to the ones before it.
func (g generator) condition(before, depth int) any {
	if depth == 0 {
		return fn("Equals", ref(g.parameter()), g.of("a", "b", "c", "", "a,b"))
	}
	switch g.n(8) {
	case 0, 1:
		return fn("And", g.condition(before, depth-1), g.condition(before, depth-1))
	case 2, 3:
		return fn("Or", g.condition(before, depth-1), g.condition(before, depth-1))
	case 4:
		return fn("Not", g.condition(before, depth-1))
	case 5:
		if before > 0 {
			return map[string]any{"Condition": fmt.Sprintf("C%d", g.n(before))}
		}
	case 6:
		return fn("Equals", g.operand(), g.operand())
	}
	return fn("Equals", ref(g.parameter()), g.of("a", "b", "c", "", "a,b"))
}

func (g generator) operand() any {
	switch g.n(8) {
	case 0:
		return fn("Join", g.of("", ","), ref(g.of("L0", "L1")))
	case 1:
		return fn("FindInMap", "M", ref(g.parameter()), "x")
	case 2:
		return map[string]any{"Fn::Sub": "${" + g.parameter() + "}" + g.of("", "a", "-b")}
	case 3:
		return fn("Select", "0", ref(g.of("L0", "L1", "L2")))
	case 4:
		return fn("Select", "1", fn("Split", g.of(",", "-"), ref(g.parameter())))
	case 5:
		return map[string]any{"Fn::Length": ref(g.of("L0", "L1"))}
	}
	return ref(g.parameter())
}

// conditionName draws the name of a condition, or one that has none.
func (g generator) conditionName() any {
	switch g.n(8) {
	case 0:
		return g.of("KCa", "KCb")
	case 1:
		return g.condition(4, 1)
	}
	return fmt.Sprintf("C%d", g.n(4))
}

func (g generator) value(depth int) any {
	if depth == 0 {
		return g.leaf()
	}
	switch 18 - g.n(19) { // what is drawn shrinks to leaves
	case 0, 1, 2:
		return fn("If", g.conditionName(), g.value(depth-1), g.value(depth-1))
	case 3, 4:
		return fn("Join", g.delimiter(), g.list(depth-1))
	case 5, 6:
		return fn("Select", g.index(), g.list(depth-1))
	case 7:
		return fn("Sub", g.of("x", "${P0}/${V}", "${V}${R0.A}${!P0}", "${AWS::Region}-${P3}", "${I0},${V}", "{{resolve:ssm:/${V}}}"),
			map[string]any{"V": g.value(depth - 1)})
	case 8:
		return g.lookup(depth - 1)
	case 9, 10:
		return g.object(depth - 1)
	case 11:
		return g.list(depth - 1)
	case 12:
		return map[string]any{"Fn::Base64": g.value(depth - 1)}
	case 13:
		return map[string]any{"Fn::Length": g.list(depth - 1)}
	case 14:
		if g.flag() {
			return map[string]any{"Fn::ToJsonString": g.object(depth - 1)}
		}
		return map[string]any{"Fn::ToJsonString": []any{g.value(depth - 1), json.Number("2"), true}}
	case 15:
		return map[string]any{"Fn::ImportValue": g.value(depth - 1)}
	case 16:
		return map[string]any{"Ref": map[string]any{"Fn::Sub": "R${N" + g.of("0", "1") + "}"}}
	}
	return g.leaf()
}

func (g generator) delimiter() any {
	if g.n(6) == 0 {
		return ref(g.parameter())
	}
	return g.of("", ",", "-", ", ")
}

func (g generator) index() any {
	switch g.n(6) {
	case 0:
		return ref(g.of("N0", "N1"))
	case 1:
		return json.Number(strconv.Itoa(g.n(2)))
	}
	return g.of("0", "1")
}

func (g generator) lookup(depth int) any {
	args := []any{g.of("M", "N"), g.value(depth), "x"}
	if g.n(4) == 0 {
		args[0] = ref("P0")
	}
	if g.n(3) == 0 {
		args = append(args, map[string]any{"DefaultValue": g.value(depth)})
	}
	return fn("FindInMap", args...)
}

// object draws a mapping, which may have loops and included members.
func (g generator) object(depth int) any {
	m := map[string]any{"A": g.value(depth), "B": g.value(depth)}
	if len(g.identifiers) > 0 && g.n(3) == 0 {
		m["K"+g.of("$", "&")+"{"+g.of(g.identifiers...)+"}"] = g.value(depth)
	}
	switch g.n(5) {
	case 0:
		in := g
		in.identifiers = append(g.identifiers[:len(g.identifiers):len(g.identifiers)], "Z")
		m["Fn::ForEach::Members"] = []any{"Z", g.collection(), map[string]any{g.of("", "L") + g.of("$", "&") + "{Z}": in.value(depth)}}
	case 1:
		m["Fn::Transform"] = including("p.json")
	}
	return m
}

// collection draws what a loop runs over.
func (g generator) collection() any {
	switch g.n(7) {
	case 0, 1:
		return []any{"a", "c"}
	case 2:
		return []any{"a", ref(g.of("P0", "P1"))}
	case 3:
		return ref(g.of("L0", "L1"))
	case 4:
		return fn("FindInMap", "M", ref(g.parameter()), "l")
	case 5:
		return fn("Split", "-", g.of("a-b", "a,b-c"))
	}
	return []any{}
}

func (g generator) leaf() any {
	switch 13 - g.n(14) {
	case 0:
		return ref("AWS::NoValue")
	case 1, 2:
		return ref(g.of("R0", "R1", "R2", "K0", "Fa", "Fb", "S0Role", "RI"))
	case 3:
		return fn("GetAtt", g.of("R0", "R1"), "Arn")
	case 4:
		return map[string]any{"Fn::GetAtt": g.of("R0.Arn", "K0.Out.Put", "Fa.Arn")}
	case 5:
		return fn("GetAtt", map[string]any{"Fn::Sub": "R${N" + g.of("0", "1") + "}"}, g.of("Arn", "Id"))
	case 6, 7:
		return ref(g.parameter())
	case 8:
		return ref(g.of("I0", "N0", "N1", "V0", "AWS::AccountId", "AWS::Partition", "AWS::StackName", "AWS::StackId", "AWS::URLSuffix"))
	case 9:
		return map[string]any{"Fn::Sub": g.of("${R0}", "${R0},${R1}", "${I0},${P0},x", "${AWS::StackId}", "{{resolve:ssm:/${P0}}}", "${!L}-${N0}")}
	case 10:
		if g.flag() {
			return json.Number(g.of("0", "1", "12"))
		}
		return g.flag()
	case 11:
		if len(g.identifiers) > 0 {
			if g.flag() {
				return map[string]any{"Fn::Sub": g.of("", "a") + "${" + g.of(g.identifiers...) + "}&{" + g.of(g.identifiers...) + "}${P0}"}
			}
			return ref(g.of(g.identifiers...))
		}
	}
	return g.text()
}

func (g generator) list(depth int) any {
	depth = max(depth, 0)
	switch 11 - g.n(12) {
	case 0:
		return ref(g.of("L0", "L1", "L2", "AWS::NotificationARNs"))
	case 1, 2:
		return fn("Split", g.of(",", "-", ", ", "::"), g.value(max(depth-1, 0)))
	case 3:
		refs := []any{ref("R0"), ref(g.of("R1", "K0", "I0", "P0")), g.leaf()}
		return fn("Split", ",", fn("Join", g.of(",", ", ", "-"), refs))
	case 4:
		return fn("If", g.conditionName(), g.list(max(depth-1, 0)), ref("L0"))
	case 5:
		return fn("FindInMap", "M", ref(g.parameter()), "l")
	case 6:
		return fn("Cidr", ref(g.of("B0", "B1", "P0")), g.of("1", "2", "4"), g.of("4", "8"))
	case 7:
		if g.flag() {
			return map[string]any{"Fn::GetAZs": ref("AWS::Region")}
		}
		return map[string]any{"Fn::GetAZs": g.of("", "a", "us-east-1")}
	}
	l := []any{}
	for range g.n(4) {
		l = append(l, g.value(max(depth-1, 0)))
	}
	return l
}

// deployment draws a deployment of a template; none where CloudFormation would refuse it.
func (g generator) deployment(template map[string]any, domains map[string][]any) (*deployment, error) {
	d := &deployment{
		parameters: map[string]any{},
		resources:  map[string]map[string]any{},
		mappings:   template["Mappings"].(map[string]any),
		files:      snippets,
		quotes:     g.flag(),
		seen:       map[string]int{},
	}
	for _, name := range sorted(domains) {
		d.parameters[name] = domains[name][g.n(len(domains[name]))]
	}
	if permitted, err := d.permitted(template["Rules"].(map[string]any)); err != nil || !permitted {
		return nil, errFails
	}
	conditions, err := d.repeat(template["Conditions"])
	if err != nil {
		return nil, err
	}
	d.conditions = conditions.(map[string]any)
	resources, err := d.repeat(d.include(template["Resources"]))
	if err != nil {
		return nil, err
	}
	globals, err := d.repeat(d.include(template["Globals"]))
	if err != nil {
		return nil, err
	}
	for name, r := range resources.(map[string]any) {
		body := r.(map[string]any)
		if kind, ok := strings.CutPrefix(body["Type"].(string), "AWS::Serverless::"); ok {
			body = map[string]any{"Type": body["Type"], "Properties": over(body["Properties"], globals.(map[string]any)[kind])}
			d.seen["Globals"]++
		}
		d.resources[name] = body
	}
	return d, nil
}

// everyFunction lists what the samples have to come to a value of, at least once each: every function, loop, kind of
// included text and pseudo-parameter.
var everyFunction = []string{
	"Condition", "Fn::And", "Fn::Contains", "Fn::EachMemberEquals", "Fn::EachMemberIn", "Fn::Equals", "Fn::Not", "Fn::Or",
	"Ref", "Fn::Base64", "Fn::Cidr", "Fn::FindInMap", "Fn::GetAZs", "Fn::GetAtt", "Fn::If", "Fn::ImportValue", "Fn::Join", "Fn::Length",
	"Fn::Select", "Fn::Split", "Fn::Sub", "Fn::ToJsonString", "Fn::Transform", "DefaultValue",
	"Fn::ForEach::Conditions", "Fn::ForEach::Inner", "Fn::ForEach::Members", "Fn::ForEach::Outer", "Fn::ForEach::Resources",
	"Globals", "DefinitionSubstitutions", "{{resolve}}",
	"AWS::AccountId", "AWS::NoValue", "AWS::NotificationARNs", "AWS::Partition", "AWS::Region", "AWS::StackId", "AWS::StackName", "AWS::URLSuffix",
}

// TestEveryFunctionIsSampled fails where the samples of TestSoundness never compute a function, or compute one that nobody
// has thought of.
func TestEveryFunctionIsSampled(t *testing.T) {
	const templates = 60
	type drawn struct {
		template map[string]any
		made     []*deployment
	}
	samples := rapid.Custom(func(t *rapid.T) drawn {
		g := generator{t: t}
		template, domains := g.template()
		d := drawn{template: template}
		for range 4 {
			made, err := g.deployment(template, domains)
			if err == nil {
				d.made = append(d.made, made)
			}
		}
		return d
	})
	seen := map[string]int{}
	for seed := range templates {
		for _, d := range samples.Example(seed).made {
			for name := range d.resources {
				if _, err := d.properties(name); err != nil && !errors.Is(err, errFails) {
					t.Fatal(err)
				}
			}
			for name, n := range d.seen {
				seen[name] += n
			}
		}
	}
	for _, name := range everyFunction {
		if seen[name] == 0 {
			t.Errorf("no sample has %s", name)
		}
	}
	for _, name := range sorted(seen) {
		if !slices.Contains(everyFunction, name) {
			t.Errorf("the samples have %s, which is not listed", name)
		}
	}
}
