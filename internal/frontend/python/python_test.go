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
		switch {
		case !(Frontend{}).Match(p):
		case (Frontend{}).Relevant(f):
			in.Files = append(in.Files, f)
		default:
			in.Passed = append(in.Passed, p)
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

// trace writes where a value is used and how it came there: the text of each place and its note.
func trace(v value.Value) string {
	var steps []string
	for o := v.Origin(); o != nil; o = o.Via {
		step := fmt.Sprintf("%d %s", o.Span.File.Position(o.Span.Start).Line, o.Span.Text())
		if o.Note != "" {
			step += " (" + o.Note + ")"
		}
		steps = append(steps, step)
	}
	return strings.Join(steps, " < ")
}

func at(v value.Value, path string) value.Value {
	for _, name := range strings.Split(path, ".") {
		v = v.Attr(name)
	}
	return v
}

// What a finding points to: the place where a member is used, what led there, and the header that a missing one is
// reported at.
func TestOrigins(t *testing.T) {
	out := load(t, tree{"train.py": `import os
import sagemaker
from sagemaker.network import NetworkConfig
from sagemaker.processing import Processor
from sagemaker.model import Model

SUBNETS = ["subnet-1"]
isolated = False
password = "hunter2hunter2"
network = NetworkConfig(isolated, subnets=SUBNETS)
kind = os.environ.get("KIND", "ml.m5.xlarge")
p = Processor(password, "img", 1, kind, network_config=network)
vpc = {"Subnets": SUBNETS}
m = Model("img", role="r", vpc_config=vpc, enable_network_isolation=isolated)
n = Model("img", role=None, vpc_config={"Subnets": [SUBNETS[0]]})
`})
	for _, row := range []struct {
		resource int
		path     string
		want     string
	}{
		{0, "NetworkConfig", "10 NetworkConfig"},
		{0, "NetworkConfig.VpcConfig", "10 NetworkConfig"},
		{0, "NetworkConfig.VpcConfig.Subnets", "10 SUBNETS < 7 [\"subnet-1\"] (SUBNETS is assigned here)"},
		{0, "NetworkConfig.EnableNetworkIsolation", "10 isolated < 8 False (isolated is False)"},
		{0, "RoleArn", "12 password < 9 \"hunter2hunter2\" (password is assigned here)"},
		{
			0, "ProcessingResources.ClusterConfig.InstanceType",
			"12 kind < 11 os.environ.get(\"KIND\", \"ml.m5.xlarge\") (kind is \"ml.m5.xlarge\")" +
				" < 11 \"ml.m5.xlarge\" (the default of the environment variable KIND is \"ml.m5.xlarge\")",
		},
		{1, "VpcConfig", "13 {"},
		{1, "VpcConfig.Subnets", "13 SUBNETS < 7 [\"subnet-1\"] (SUBNETS is assigned here)"},
		{1, "EnableNetworkIsolation", "14 isolated < 8 False (isolated is False)"},
		{2, "VpcConfig", "15 vpc_config"},
		{2, "ExecutionRoleArn", "15 None"},
	} {
		if diff := cmp.Diff(row.want, trace(at(out.Resources[row.resource].Props, row.path))); diff != "" {
			t.Errorf("%s of %s:\n%s", row.path, out.Resources[row.resource].Subject, diff)
		}
	}
	for i, want := range []string{"12 Processor", "14 Model", "15 Model"} {
		if got := trace(out.Resources[i].Props); got != want {
			t.Errorf("%s stands at %s, want %s", out.Resources[i].Subject, got, want)
		}
	}
}
