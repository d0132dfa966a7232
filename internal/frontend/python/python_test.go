package python

import (
	"context"
	"errors"
	"fmt"
	"path"
	"sort"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/value"
)

// tree is a repository in memory.
type tree map[string]string

func (t tree) Open(p string) (*source.File, error) {
	text, ok := t[p]
	if !ok {
		return nil, errors.New("no such file")
	}
	return source.NewFile(p, []byte(text)), nil
}

func (t tree) Dir(dir string) []string {
	var out []string
	for p := range t {
		d := path.Dir(p)
		if d == "." {
			d = ""
		}
		if d == dir {
			out = append(out, p)
		}
	}
	sort.Strings(out)
	return out
}

// load reads every file of t that is the front-end's.
func load(tb testing.TB, t tree) *frontend.Output {
	tb.Helper()
	in := &frontend.Input{
		Tree: t, Documents: &frontend.Documents{},
		Each: func(n int, _ func(int) source.Span, do func(int)) {
			for i := range n {
				do(i)
			}
		},
	}
	var paths []string
	for p := range t {
		paths = append(paths, p)
	}
	sort.Strings(paths)
	for _, p := range paths {
		f, _ := t.Open(p)
		if (Frontend{}).Match(p) && (Frontend{}).Relevant(f) {
			in.Files = append(in.Files, f)
		}
	}
	out, err := Frontend{}.Load(context.Background(), in)
	if err != nil {
		tb.Fatal(err)
	}
	return out
}

// show writes what was found, one member in a line.
func show(out *frontend.Output) string {
	var b strings.Builder
	for _, r := range out.Resources {
		at := r.Span.Host()
		pos := at.File.Position(at.Start)
		fmt.Fprintf(&b, "%s %s at %d:%d %q", r.Subject, r.Type, pos.Line, pos.Column, r.Span.Text())
		for _, c := range r.Exists.Cases() {
			if len(c.When) > 0 {
				fmt.Fprintf(&b, " [%v: %v]", c.When, c.Holds)
			}
		}
		if r.Props.Open() {
			fmt.Fprintf(&b, " open: %s", r.Props.Reason())
		}
		b.WriteString("\n")
		for _, f := range r.Props.Fields() {
			fmt.Fprintf(&b, "  %s = %s\n", f.Name, said(f.Value))
		}
	}
	for _, f := range out.Findings {
		pos := f.At.Host().File.Position(f.At.Host().Start)
		fmt.Fprintf(&b, "%s %d:%d %s\n", f.Rule, pos.Line, pos.Column, f.Message)
	}
	return b.String()
}

func said(v value.Value) string {
	switch v.Kind() {
	case value.KindAbsent:
		return "None"
	case value.KindScalar:
		if s, _ := v.Scalar(); s == v.Literal() {
			return fmt.Sprintf("%q", v.Literal())
		}
		return v.Literal()
	case value.KindText:
		var parts []string
		for _, p := range v.Parts() {
			parts = append(parts, said(p))
		}
		return strings.Join(parts, "+")
	case value.KindList:
		var elems []string
		for _, e := range v.Elems() {
			elems = append(elems, said(e))
		}
		if v.Open() {
			elems = append(elems, "...("+v.Reason()+")")
		}
		return "[" + strings.Join(elems, ", ") + "]"
	case value.KindObject:
		var fields []string
		for _, f := range v.Fields() {
			fields = append(fields, f.Name+": "+said(f.Value))
		}
		if v.Open() {
			fields = append(fields, "...("+v.Reason()+")")
		}
		return "{" + strings.Join(fields, ", ") + "}"
	case value.KindChoice:
		var arms []string
		for _, a := range v.Arms() {
			arms = append(arms, a.When.String()+": "+said(a.Value))
		}
		return "<" + strings.Join(arms, " | ") + ">"
	}
	return "?(" + v.Reason() + ")"
}

func check(t *testing.T, files tree, want string) {
	t.Helper()
	if diff := cmp.Diff(strings.TrimLeft(want, "\n"), show(load(t, files))); diff != "" {
		t.Error(diff)
	}
}

func TestEstimator(t *testing.T) {
	check(t, tree{"train.py": `
from sagemaker.estimator import Estimator

subnets = ["subnet-1", "subnet-2"]
est = Estimator("image", "role", 2, "ml.m5.xlarge", subnets=subnets, security_group_ids=["sg-1"],
    encrypt_inter_container_traffic=True)
est.fit()
`}, "")
}
