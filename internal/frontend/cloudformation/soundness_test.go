package cloudformation_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/tri"
)

// What the front-end says of a template contains what every deployment of it comes to.
func TestSoundness(t *testing.T) {
	decided, samples := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		g := generator{t: t}
		template, domains := g.template()
		s := sample{t: t, text: g.write(template)}
		s.load()
		for range 8 {
			d, err := g.deployment(template, domains)
			if errors.Is(err, errFails) {
				continue
			}
			if err != nil {
				t.Fatal(err)
			}
			s.compare(d)
		}
		decided, samples = decided+s.decided, samples+s.compared
	})
	t.Logf("%d samples, %d of values without anything opaque", samples, decided)
}

// write writes a template as YAML, in the short form or the long one, or as JSON.
func (g generator) write(template map[string]any) string {
	text := "AWSTemplateFormatVersion: 2010-09-09\n" + flow(template, g.flag())
	if g.flag() {
		b, err := json.Marshal(template)
		if err != nil {
			g.t.Fatal(err)
		}
		text = string(b)
	}
	return text
}

// A sample is a template, and what the front-end says of it.
type sample struct {
	t                 failing
	text              string
	sets              map[string]map[string]string // parameter files, by their names
	resources         map[string]resource.Raw
	compared, decided int
}

// A failing is a property or a test.
type failing interface {
	failer
	Fatalf(string, ...any)
}

func (s *sample) load() {
	files := []*source.File{source.NewFile("t.yaml", []byte(s.text))}
	for name, content := range snippets {
		b, err := json.Marshal(content)
		if err != nil {
			s.t.Fatal(err)
		}
		files = append(files, source.NewFile(name, b))
	}
	for _, name := range sorted(s.sets) {
		b, err := json.Marshal(map[string]any{"Parameters": s.sets[name]})
		if err != nil {
			s.t.Fatal(err)
		}
		files = append(files, source.NewFile(name, b))
	}
	out := load(s.t, nil, files...)
	if len(out.Findings) > 0 {
		s.t.Fatalf("%s\n%s", out.Findings[0].Message, s.text)
	}
	s.resources = byName(out)
}

// compare holds what the front-end says against a deployment.
func (s *sample) compare(d *deployment) {
	for _, name := range sorted(d.resources) {
		there, err := d.there(name)
		if errors.Is(err, errFails) {
			continue
		}
		r, emitted := s.find(name)
		if !emitted {
			if there {
				s.t.Fatalf("%s is not emitted, but there for %s\n%s", name, pretty(d.parameters), s.text)
			}
			continue
		}
		told := false
		for _, c := range r.Exists.Cases() {
			told = told || d.world(c.When) && (c.Holds == tri.Unknown || c.Holds == tri.Of(there))
		}
		if !told {
			s.t.Fatalf("%s exists is %s, not %v for %s\n%s", name, cases(r.Exists), there, pretty(d.parameters), s.text)
		}
		if !there {
			continue
		}
		props, err := d.properties(name)
		if errors.Is(err, errFails) {
			continue
		}
		if err != nil {
			s.t.Fatal(err)
		}
		s.compared++
		if props == nil {
			props = map[string]any{}
		}
		if !strings.Contains(show(r.Props), "opaque") {
			s.decided++
		}
		if err := d.contains(r.Props, props); err != nil {
			s.t.Fatalf("%s: %v\nfor %s\n%s", name, err, pretty(d.parameters), s.text)
		}
	}
}

// find returns what stands for a resource: itself, or what a loop of unknown turns copies under its name.
func (s *sample) find(name string) (resource.Raw, bool) {
	if r, ok := s.resources[name]; ok {
		return r, true
	}
	for _, pattern := range sorted(s.resources) {
		if strings.Contains(pattern, "{") && copied(pattern).MatchString(name) {
			return s.resources[pattern], true
		}
	}
	return resource.Raw{}, false
}

// copied returns what the names of a loop's copies look like.
func copied(name string) *regexp.Regexp {
	return regexp.MustCompile("^" + identifier.ReplaceAllString(regexp.QuoteMeta(name), ".*") + "$")
}

var identifier = regexp.MustCompile(`(\\\$|&)\\\{[A-Z]\\\}`)

func sorted[K ~string, V any](m map[K]V) []K { return slices.Sorted(maps.Keys(m)) }

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
	default:
		fmt.Fprint(b, t)
	}
}
