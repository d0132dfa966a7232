package lint

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/vpclint/vpclint/internal/model"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/value"
)

// Dump writes the canonical model: every resource that is judged, with every member that the model reads, in the API's
// spelling whatever the language. What may be written inside its owner or apart from it, as routes and rules may, is a
// paragraph of its own in either case. With places, each also says where it is declared and what its author calls it.
func Dump(w io.Writer, r *Result, places bool) error {
	d := &dumper{estate: r.Estate, names: map[value.Address]string{}, kinds: map[value.Address]string{}}
	for _, x := range r.Estate.All() {
		kind := model.KindName(x)
		d.kinds[x.Head().Addr()] = kind
		d.names[x.Head().Addr()] = kind + " " + shortName(x)
	}
	var paragraphs []paragraph
	for _, x := range r.Estate.All() {
		if r.Judges(x.Head()) {
			paragraphs = append(paragraphs, d.resource(x)...)
		}
	}
	slices.SortStableFunc(paragraphs, func(a, b paragraph) int {
		return cmp.Or(strings.Compare(a.title, b.title), strings.Compare(a.unit, b.unit), strings.Compare(a.order, b.order))
	})
	out := bufio.NewWriter(w)
	mask := r.Secrets.Mask
	for _, p := range paragraphs {
		fmt.Fprint(out, mask(p.title+p.when))
		if places {
			span := p.span.Host()
			at := span.File.Position(span.Start)
			fmt.Fprintf(out, "  # %s at %s:%d:%d", mask(p.subject), span.File.Path, at.Line, at.Column)
		}
		fmt.Fprintln(out)
		for _, line := range p.lines {
			fmt.Fprintln(out, "  "+mask(line))
		}
	}
	return out.Flush()
}

// A paragraph is what the dump says of one resource, or of one part of a resource.
type paragraph struct {
	title, when, subject string
	lines                []string
	// unit and order tell paragraphs of one title apart. Parts have no name of their own, so that they go by what they say.
	unit, order string
	span        source.Span
}

type dumper struct {
	estate       *model.Estate
	names, kinds map[value.Address]string
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

// resource returns the paragraphs of one resource: its own, and one for each of its parts.
func (d *dumper) resource(x model.Resource) []paragraph {
	head := x.Head()
	own, parts, apart := d.estate.Parts(x)
	blank := paragraph{unit: head.Addr().Unit, subject: head.Subject(), span: head.Span()}
	var out []paragraph
	if !apart {
		p := blank
		p.title, p.when, p.lines = d.names[head.Addr()], worlds(head.Exists()), d.lines(own)
		out = append(out, p)
	}
	for _, part := range parts {
		p := blank
		p.title = part.Kind + " of " + strings.TrimPrefix(d.value(part.Owner), "-> ")
		p.when, p.lines, p.span = worlds(head.Exists().And(value.In(part.When))), d.lines(part.Members), part.Span
		p.order = p.when + strings.Join(p.lines, "\n")
		out = append(out, p)
	}
	return out
}

// worlds says in which worlds something is there, and nothing where it always is.
func worlds(exists value.Truth) string {
	if exists.Everywhere() {
		return ""
	}
	_, cases := exists.Verdict()
	var when []string
	for _, c := range cases {
		when = append(when, c.When.String())
	}
	return " when " + strings.Join(when, ", or ")
}

func (d *dumper) lines(members []model.Member) []string {
	lines := make([]string, len(members))
	for i, m := range members {
		lines[i] = m.Path + " = " + d.value(m.Value)
	}
	return lines
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
	switch attr := strings.TrimSuffix(model.Snake(r.Attr), "_id"); {
	case !typed:
		return "-> " + r.Addr.Name + "." + r.Attr
	case attr == "id" || attr == "ref" || strings.HasSuffix(model.Snake(d.kinds[r.Addr]), attr),
		attr == "arn" && d.kinds[r.Addr] == "PermissionSet": // which is known by nothing else
		return "-> " + name
	default:
		return "-> " + name + "." + attr
	}
}
