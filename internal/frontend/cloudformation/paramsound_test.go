package cloudformation_test

import (
	"errors"
	"fmt"
	"maps"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestSoundnessOfParameterFiles is TestSoundness of templates that the tree has parameter files for: what is said contains
// what a deployment with each of them comes to, and its world is the file's.
func TestSoundnessOfParameterFiles(t *testing.T) {
	samples, told := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		g := generator{t: t}
		template, domains := g.template()
		s := sample{t: t, text: g.write(template), sets: g.sets(template["Parameters"].(map[string]any), domains)}
		s.load()
		for range 8 {
			name := g.of(sorted(s.sets)...)
			given := maps.Clone(domains)
			for parameter, text := range s.sets[name] {
				given[parameter] = []any{text}
				if _, isList := domains[parameter][0].([]any); isList {
					members := []any{}
					for _, member := range strings.Split(text, ",") {
						members = append(members, member)
					}
					given[parameter] = []any{members}
				}
			}
			d, err := g.deployment(template, given)
			if errors.Is(err, errFails) {
				continue
			}
			if err != nil {
				t.Fatal(err)
			}
			// Of files that say the same the first speaks.
			for _, first := range sorted(s.sets) {
				if maps.Equal(s.sets[first], s.sets[name]) {
					d.set = first
					break
				}
			}
			s.compare(d)
		}
		samples += s.compared
		for _, r := range s.resources {
			if strings.Contains(show(r.Props), "the parameters are those of") {
				told++
			}
		}
	})
	t.Logf("%d samples; %d resources with worlds of files", samples, told)
}

// sets draws parameter files for a template, by their names. Half of them leave out nothing but defaults.
func (g generator) sets(parameters map[string]any, domains map[string][]any) map[string]map[string]string {
	sets := map[string]map[string]string{}
	for i := range 1 + g.n(3) {
		set := map[string]string{"N0": g.of("0", "1", "2")}
		complete := g.flag()
		for _, name := range sorted(parameters) {
			_, hasDefault := parameters[name].(map[string]any)["Default"]
			domain := domains[name]
			switch v := domain[g.n(len(domain))].(type) {
			case string:
				set[name] = v
			case []any:
				set[name] = strings.Trim(fmt.Sprint(v), "[]")
				set[name] = strings.ReplaceAll(set[name], " ", ",")
			}
			if hasDefault && strings.HasPrefix(name, "P") {
				set[name] = g.of("a", "b", "zzz", "")
			}
			if name == "V0" || g.n(3) == 0 && (!complete || hasDefault) {
				delete(set, name)
			}
		}
		if len(set) > 0 {
			sets[fmt.Sprintf("t-%d.json", i)] = set
		}
	}
	if len(sets) == 0 {
		sets["t-0.json"] = map[string]string{"N0": "1"}
	}
	return sets
}
