package lint

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/vpclint/vpclint/internal/model"
	"github.com/vpclint/vpclint/internal/value"
)

// Dump writes the canonical model: every resource that is judged, with every member that the model reads, in the API's
// spelling whatever the language. With places, each resource also says where it is declared and what its author calls it.
func Dump(w io.Writer, r *Result, places bool) error {
	d := &dumper{w: bufio.NewWriter(w), estate: r.Estate, names: map[value.Address]string{}}
	resources := slices.DeleteFunc(slices.Clone(r.Estate.All()), func(x model.Resource) bool {
		return !r.Judged(pathOf(x.Head().Span()))
	})
	for _, x := range r.Estate.All() {
		d.names[x.Head().Addr()] = model.KindName(x) + " " + shortName(x)
	}
	slices.SortStableFunc(resources, func(a, b model.Resource) int {
		if c := strings.Compare(d.names[a.Head().Addr()], d.names[b.Head().Addr()]); c != 0 {
			return c
		}
		return strings.Compare(a.Head().Addr().Unit, b.Head().Addr().Unit)
	})
	for _, x := range resources {
		d.resource(x, places)
	}
	return d.w.Flush()
}

type dumper struct {
	w      *bufio.Writer
	estate *model.Estate
	names  map[value.Address]string
}

// shortName returns the last part of a resource's subject: the name that its author gave it.
func shortName(r model.Resource) string {
	s := r.Head().Subject()
	depth := 0
	for i := len(s) - 1; i >= 0; i-- {
		switch s[i] {
		case ']':
			depth++
		case '[':
			depth--
		case '.', ':':
			if depth == 0 {
				return s[i+1:]
			}
		}
	}
	return s
}

func (d *dumper) resource(x model.Resource, places bool) {
	head := x.Head()
	fmt.Fprint(d.w, d.names[head.Addr()])
	if exists := head.Exists(); !exists.Everywhere() {
		_, cases := exists.Verdict()
		var worlds []string
		for _, c := range cases {
			worlds = append(worlds, c.When.String())
		}
		fmt.Fprintf(d.w, " when %s", strings.Join(worlds, ", or "))
	}
	if places {
		span := head.Span().Host()
		p := span.File.Position(span.Start)
		fmt.Fprintf(d.w, "  # %s at %s:%d:%d", head.Subject(), span.File.Path, p.Line, p.Column)
	}
	fmt.Fprintln(d.w)
	for _, m := range d.estate.Members(x) {
		fmt.Fprintf(d.w, "  %s = %s\n", m.Path, d.value(m.Value))
	}
}

func (d *dumper) value(v value.Value) string {
	switch v.Kind() {
	case value.KindAbsent:
		return "null"
	case value.KindScalar:
		if s, ok := v.Scalar(); ok {
			if text, ok := s.(string); ok {
				return strconv.Quote(text)
			}
		}
		return v.Literal()
	case value.KindText:
		parts := make([]string, len(v.Parts()))
		for i, p := range v.Parts() {
			parts[i] = d.value(p)
		}
		return strings.Join(parts, " + ")
	case value.KindList:
		return "[" + strings.Join(d.list(v), ", ") + "]"
	case value.KindObject:
		var fields []string
		for _, f := range v.Fields() {
			fields = append(fields, strconv.Quote(f.Name)+": "+d.value(f.Value))
		}
		if v.Open() {
			fields = append(fields, "...")
		}
		return "{" + strings.Join(fields, ", ") + "}"
	case value.KindSymbol:
		ref, _ := v.Symbol()
		return d.ref(ref)
	case value.KindChoice:
		var arms []string
		for _, a := range v.Arms() {
			arms = append(arms, d.value(a.Value)+" when "+a.When.String())
		}
		return "one of (" + strings.Join(arms, "; ") + ")"
	}
	refs := make([]string, len(v.Refs()))
	for i, r := range v.Refs() {
		refs[i] = d.ref(r)
	}
	return strings.TrimSpace("unknown (" + v.Reason() + ") " + strings.Join(refs, " "))
}

func (d *dumper) list(v value.Value) []string {
	var out []string
	for _, e := range v.Elems() {
		text := d.value(e)
		if e.MayBeMissing() {
			text += "?"
		}
		out = append(out, text)
	}
	if v.Open() {
		out = append(out, "...")
	}
	return out
}

// ref writes a reference; that to a resource's identity, which every language calls by another name, without the
// attribute.
func (d *dumper) ref(r value.Ref) string {
	name, typed := d.names[r.Addr]
	switch {
	case typed && (r.Attr == "id" || r.Attr == "Ref" || r.Attr == "Id" || strings.HasSuffix(r.Attr, "Id")):
		return "-> " + name
	case typed:
		return "-> " + name + "." + r.Attr
	case r.Addr.Unit == "":
		return "-> " + r.Addr.Name + "." + r.Attr
	}
	return "-> " + r.Addr.Name + "." + r.Attr
}
