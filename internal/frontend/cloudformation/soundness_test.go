package cloudformation_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/tri"
)

// What the front-end says of a template contains what every deployment of it comes to.
func TestSoundness(t *testing.T) {
	decided, samples := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		g := generator{t}
		template, domains := g.template()
		text := "AWSTemplateFormatVersion: 2010-09-09\n" + flow(template, g.flag())
		if g.flag() {
			b, err := json.Marshal(template)
			if err != nil {
				t.Fatal(err)
			}
			text = string(b)
		}
		out := load(t, nil, source.NewFile("t.yaml", []byte(text)))
		if len(out.Findings) > 0 {
			t.Fatalf("%s\n%s", out.Findings[0].Message, text)
		}
		rs := byName(out)
		for range 8 {
			d := g.deployment(template, domains)
			for _, name := range sorted(d.resources) {
				there, err := d.there(name)
				if errors.Is(err, errFails) {
					continue
				}
				r, emitted := rs[name]
				if !emitted {
					if there {
						t.Fatalf("%s is not emitted, but there for %s\n%s", name, pretty(d.parameters), text)
					}
					continue
				}
				told := false
				for _, c := range r.Exists.Cases() {
					told = told || d.world(c.When) && (c.Holds == tri.Unknown || c.Holds == tri.Of(there))
				}
				if !told {
					t.Fatalf("%s exists is %s, not %v for %s\n%s", name, cases(r.Exists), there, pretty(d.parameters), text)
				}
				if !there {
					continue
				}
				props, err := d.eval(d.resources[name]["Properties"])
				if errors.Is(err, errFails) {
					continue
				}
				if err != nil {
					t.Fatal(err)
				}
				samples++
				if !strings.Contains(show(r.Props), "opaque") {
					decided++
				}
				if err := d.contains(r.Props, props); err != nil {
					t.Fatalf("%s: %v\nfor %s\n%s", name, err, pretty(d.parameters), text)
				}
			}
		}
	})
	t.Logf("%d samples, %d of values without anything opaque", samples, decided)
}

func sorted[K ~string, V any](m map[K]V) []K { return slices.Sorted(maps.Keys(m)) }

// A generator draws templates, small enough for the same names to meet often.
type generator struct{ t *rapid.T }

func (g generator) n(max int) int { return rapid.IntRange(0, max-1).Draw(g.t, "n") }

func (g generator) flag() bool { return rapid.Bool().Draw(g.t, "flag") }

func (g generator) of(texts ...string) string { return texts[g.n(len(texts))] }

func (g generator) text() string { return g.of("a", "b", "c", "", "a,b", "a-b", "true") }

// template draws a template, and what each unknown may be.
func (g generator) template() (map[string]any, map[string][]any) {
	domains := map[string][]any{
		"AWS::Region": {"a", "b", "us-east-1"},
	}
	parameters := map[string]any{}
	for i := range 5 {
		name := fmt.Sprintf("P%d", i)
		p := map[string]any{"Type": "String"}
		switch g.n(4) {
		case 0:
			def := g.text()
			p["Default"], domains[name] = def, []any{def}
		case 1, 2:
			allowed := []any{"a", "b", "c"}[:1+g.n(3)]
			p["AllowedValues"], domains[name] = allowed, allowed
		default:
			domains[name] = []any{"a", "b", "c", "", "zzz"}
		}
		parameters[name] = p
	}
	parameters["L0"] = map[string]any{"Type": "CommaDelimitedList", "Default": "a, b"}
	domains["L0"] = []any{[]any{"a", "b"}}
	parameters["L1"] = map[string]any{"Type": "CommaDelimitedList"}
	domains["L1"] = []any{[]any{"a"}, []any{""}, []any{"a", "b", "c"}}

	conditions, resources := map[string]any{}, map[string]any{}
	for i := range 4 {
		conditions[fmt.Sprintf("C%d", i)] = g.condition(i, 3)
	}
	for i := range 3 {
		r := map[string]any{"Type": "AWS::EC2::Subnet", "Properties": map[string]any{
			"P": g.value(4), "Q": g.value(3), "List": g.list(3),
		}}
		if g.flag() {
			r["Condition"] = fmt.Sprintf("C%d", g.n(4))
		}
		resources[fmt.Sprintf("R%d", i)] = r
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
		"Conditions": conditions,
		"Resources":  resources,
	}, domains
}

func (g generator) parameter() string {
	return g.of("P0", "P1", "P2", "P3", "P4", "AWS::Region")
}

func fn(name string, args ...any) any { return map[string]any{"Fn::" + name: args} }

func ref(name string) any { return map[string]any{"Ref": name} }

// condition draws a condition that may refer to the ones before it.
func (g generator) condition(before, depth int) any {
	if depth == 0 {
		return fn("Equals", ref(g.parameter()), g.text())
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
	return fn("Equals", ref(g.parameter()), g.text())
}

func (g generator) operand() any {
	switch g.n(5) {
	case 0:
		return fn("Join", g.of("", ","), ref(g.of("L0", "L1")))
	case 1:
		return fn("FindInMap", "M", ref(g.parameter()), "x")
	case 2:
		return map[string]any{"Fn::Sub": "${" + g.parameter() + "}" + g.text()}
	case 3:
		return fn("Select", "0", ref(g.of("L0", "L1")))
	}
	return ref(g.parameter())
}

func (g generator) value(depth int) any {
	if depth == 0 {
		return g.leaf()
	}
	switch g.n(12) {
	case 0, 1, 2:
		return fn("If", fmt.Sprintf("C%d", g.n(4)), g.value(depth-1), g.value(depth-1))
	case 3:
		return fn("Join", g.of("", ",", "-"), g.list(depth-1))
	case 4:
		return fn("Select", strconv.Itoa(g.n(2)), g.list(depth-1))
	case 5:
		return fn("Sub", g.of("x", "${P0}/${V}", "${V}${R0.A}${!P0}", "${AWS::Region}-${P3}"), map[string]any{"V": g.value(depth - 1)})
	case 6:
		return fn("FindInMap", g.of("M", "N"), g.value(depth-1), "x")
	case 7:
		return map[string]any{"A": g.value(depth - 1), "B": g.value(depth - 1)}
	case 8:
		return g.list(depth - 1)
	case 9:
		return map[string]any{"Fn::Base64": g.value(depth - 1)}
	}
	return g.leaf()
}

func (g generator) leaf() any {
	switch g.n(6) {
	case 0:
		return ref("AWS::NoValue")
	case 1:
		return ref(g.of("R0", "R1", "R2"))
	case 2:
		return fn("GetAtt", g.of("R0", "R1"), "Arn")
	case 3, 4:
		return ref(g.parameter())
	}
	return g.text()
}

func (g generator) list(depth int) any {
	switch g.n(6) {
	case 0:
		return ref(g.of("L0", "L1"))
	case 1:
		return fn("Split", g.of(",", "-"), g.value(max(depth-1, 0)))
	case 2:
		return fn("If", fmt.Sprintf("C%d", g.n(4)), g.list(max(depth-1, 0)), ref("L0"))
	case 3:
		return fn("FindInMap", "M", ref(g.parameter()), "l")
	}
	l := []any{}
	for range g.n(4) {
		l = append(l, g.value(max(depth-1, 0)))
	}
	return l
}

// deployment draws a deployment of a template.
func (g generator) deployment(template map[string]any, domains map[string][]any) *deployment {
	d := &deployment{
		parameters: map[string]any{},
		conditions: template["Conditions"].(map[string]any),
		resources:  map[string]map[string]any{},
		mappings:   template["Mappings"].(map[string]any),
	}
	for _, name := range sorted(domains) {
		d.parameters[name] = domains[name][g.n(len(domains[name]))]
	}
	for name, r := range template["Resources"].(map[string]any) {
		d.resources[name] = r.(map[string]any)
	}
	return d
}

// flow writes a template as YAML, with functions in the short form.
func flow(t map[string]any, short bool) string {
	var b strings.Builder
	for _, section := range sorted(t) {
		b.WriteString(section + ": ")
		writeYAML(&b, t[section], short)
		b.WriteString("\n")
	}
	return b.String()
}

func writeYAML(b *strings.Builder, t any, short bool) {
	if name, arg := call(t); name != "" && short {
		// YAML takes no two tags in a row.
		if inner, _ := call(arg); inner == "" {
			b.WriteString("!" + strings.TrimPrefix(name, "Fn::") + " ")
			writeYAML(b, arg, short)
			return
		}
	}
	switch t := t.(type) {
	case map[string]any:
		b.WriteString("{")
		for i, k := range sorted(t) {
			if i > 0 {
				b.WriteString(", ")
			}
			b.WriteString(strconv.Quote(k) + ": ")
			// The argument of a function in the long form may have a tag of its own.
			writeYAML(b, t[k], short)
		}
		b.WriteString("}")
	case []any:
		b.WriteString("[")
		for i, x := range t {
			if i > 0 {
				b.WriteString(", ")
			}
			writeYAML(b, x, short)
		}
		b.WriteString("]")
	case string:
		b.WriteString(strconv.Quote(t))
	}
}
