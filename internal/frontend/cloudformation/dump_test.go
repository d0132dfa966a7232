package cloudformation_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/frontend/cloudformation"
	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/value"
)

// A failer is a test, a fuzz target or a property.
type failer interface {
	Helper()
	Fatal(...any)
}

// load runs the front-end over files that it is given all at once, whatever Match and Relevant say of them.
func load(t failer, parameters map[string]string, files ...*source.File) *frontend.Output {
	t.Helper()
	var vars []frontend.Var
	for _, name := range slices.Sorted(maps.Keys(parameters)) {
		vars = append(vars, frontend.Var{Name: name, Text: parameters[name]})
	}
	return loadWith(t, frontend.Settings{Parameters: vars}, files...)
}

// loadWith is load with all sorts of settings.
func loadWith(t failer, settings frontend.Settings, files ...*source.File) *frontend.Output {
	t.Helper()
	out, err := cloudformation.Frontend{}.Load(context.Background(), &frontend.Input{
		Files:    files,
		Tree:     memory(files),
		Settings: settings,
		Each: func(n int, _ func(int) source.Span, do func(int)) {
			for i := range n {
				do(i)
			}
		},
		Documents: &frontend.Documents{},
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// A memory is a tree of files that are there without a disk.
type memory []*source.File

func (m memory) Open(name string) (*source.File, error) {
	for _, f := range m {
		if f.Path == name {
			return f, nil
		}
	}
	return nil, errors.New("it doesn't exist")
}

func (m memory) Dir(string) []string { return nil }

// parse reads a file and does nothing with it.
func parse(f *source.File) { (&frontend.Documents{}).Parse(f) }

// byName returns the resources by their logical ids.
func byName(out *frontend.Output) map[string]resource.Raw {
	m := map[string]resource.Raw{}
	for _, r := range out.Resources {
		m[r.Addr.Name] = r
	}
	return m
}

// show writes a value on one line: what is known of it, and in which worlds.
func show(v value.Value) string {
	maybe := ""
	if v.MayBeMissing() {
		maybe = "?"
	}
	if v.Encoded() {
		return "json" + show(v.Decoded())
	}
	switch v.Kind() {
	case value.KindAbsent:
		return "absent" + maybe
	case value.KindScalar:
		s, _ := v.Scalar()
		if text, ok := s.(string); ok {
			return fmt.Sprintf("%q%s", text, maybe)
		}
		return fmt.Sprint(s) + maybe
	case value.KindSymbol:
		r, _ := v.Symbol()
		return "<" + r.Addr.Name + "." + r.Attr + ">" + maybe
	case value.KindOpaque:
		var refs []string
		for _, r := range v.Refs() {
			refs = append(refs, r.Addr.Name+"."+r.Attr)
		}
		return "opaque" + maybe + "(" + strings.Join(append([]string{v.Reason()}, refs...), "; ") + ")"
	case value.KindText:
		return "text" + maybe + "(" + showAll(v.Parts()) + ")"
	case value.KindList:
		open := ""
		if v.Open() {
			open = ", ..."
		}
		return "[" + showAll(v.Elems()) + open + "]" + maybe
	case value.KindObject:
		var fields []string
		for _, f := range v.Fields() {
			fields = append(fields, f.Name+": "+show(f.Value))
		}
		if v.Open() {
			fields = append(fields, "...")
		}
		return "{" + strings.Join(fields, ", ") + "}" + maybe
	}
	var arms []string
	for _, a := range v.Arms() {
		arms = append(arms, fmt.Sprintf("%s where %s", show(a.Value), a.When))
	}
	return "(" + strings.Join(arms, " | ") + ")" + maybe
}

// cases writes in which worlds something holds.
func cases(t value.Truth) string {
	var texts []string
	for _, c := range t.Cases() {
		texts = append(texts, strings.TrimSuffix(fmt.Sprintf("%v where %s", c.Holds, c.When), " where "))
	}
	return strings.Join(texts, "; ")
}

func showAll(vs []value.Value) string {
	texts := make([]string, len(vs))
	for i, v := range vs {
		texts[i] = show(v)
	}
	return strings.Join(texts, ", ")
}
