package cloudformation_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/tri"
)

// TestSoundnessOfParameterFiles is TestSoundness of templates that the tree has parameter files for: what is said contains
// what a deployment with each of them comes to, and its world is the file's.
func TestSoundnessOfParameterFiles(t *testing.T) {
	samples, told := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		g := generator{t: t}
		template, domains := g.template()
		text := "AWSTemplateFormatVersion: 2010-09-09\n" + flow(template, g.flag())
		files := []*source.File{source.NewFile("t.yaml", []byte(text))}
		sets := g.sets(template["Parameters"].(map[string]any))
		for _, name := range sorted(sets) {
			b, err := json.Marshal(map[string]any{"Parameters": sets[name]})
			if err != nil {
				t.Fatal(err)
			}
			files = append(files, source.NewFile(name, b))
		}
		rs := byName(load(t, nil, files...))
		for range 8 {
			d, err := g.deployment(template, domains)
			if errors.Is(err, errFails) {
				continue
			}
			if err != nil {
				t.Fatal(err)
			}
			d.set = g.of(sorted(sets)...)
			for name, text := range sets[d.set] {
				d.parameters[name] = text
				if name == "L1" {
					list := []any{}
					for _, member := range strings.Split(text, ",") {
						list = append(list, member)
					}
					d.parameters[name] = list
				}
			}
			// Of files that say the same the first speaks.
			for _, name := range sorted(sets) {
				if maps.Equal(sets[name], sets[d.set]) {
					d.set = name
					break
				}
			}
			for _, name := range sorted(d.resources) {
				there, err := d.there(name)
				r, emitted := rs[name]
				if errors.Is(err, errFails) || !emitted && !there {
					continue
				}
				possible := false
				for _, c := range r.Exists.Cases() {
					possible = possible || d.world(c.When) && (c.Holds == tri.Unknown || c.Holds == tri.Of(there))
				}
				if !emitted || !possible {
					t.Fatalf("%s exists is %s, not %v for %s of %s\n%v\n%s", name, cases(r.Exists), there, pretty(d.parameters), d.set, sets, text)
				}
				props, err := d.eval(d.resources[name]["Properties"])
				if !there || errors.Is(err, errFails) {
					continue
				}
				if err != nil {
					t.Fatal(err)
				}
				samples++
				if strings.Contains(show(r.Props), "the parameters are those of") {
					told++
				}
				if err := d.contains(r.Props, props); err != nil {
					t.Fatalf("%s: %v\nfor %s of %s\n%v\n%s", name, err, pretty(d.parameters), d.set, sets, text)
				}
			}
		}
	})
	t.Logf("%d samples, %d of them with worlds of files", samples, told)
}

// sets draws parameter files for a template, by their names.
func (g generator) sets(parameters map[string]any) map[string]map[string]string {
	sets := map[string]map[string]string{}
	for i := range 1 + g.n(3) {
		set := map[string]string{}
		complete := g.flag()
		for _, name := range sorted(parameters) {
			body := parameters[name].(map[string]any)
			allowed, _ := body["AllowedValues"].([]any)
			switch {
			case name == "L0" || g.n(3) == 0 && (!complete || body["Default"] != nil):
			case allowed != nil:
				set[name] = allowed[g.n(len(allowed))].(string)
			case name == "L1":
				set[name] = g.of("a", "", "a,b,c")
			default:
				set[name] = g.text()
			}
		}
		if len(set) == 0 {
			set["P0"] = "a"
		}
		sets[fmt.Sprintf("t-%d.json", i)] = set
	}
	return sets
}
