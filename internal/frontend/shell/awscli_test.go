package shell

import (
	"encoding/json"
	"errors"
	"os"
	"path"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/schema"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/value"
)

// files is a tree in memory.
type files map[string]*source.File

func treeOf(texts map[string]string) files {
	t := files{}
	for name, text := range texts {
		t[name] = source.NewFile(name, []byte(text))
	}
	return t
}

func (t files) Open(name string) (*source.File, error) {
	if f := t[path.Clean(name)]; f != nil {
		return f, nil
	}
	return nil, errors.New("it isn't there")
}

func (t files) Dir(string) []string { return nil }

// follow returns what scripts of a tree send, and the files that they speak for.
func follow(t *testing.T, texts map[string]string, names ...string) ([]resource.Raw, []string) {
	t.Helper()
	tree := treeOf(texts)
	in := &frontend.Input{Tree: tree, Documents: &frontend.Documents{}}
	results := make([]result, len(names))
	var superseded []string
	for i, name := range names {
		scripts, _ := hostOf(name)(in, tree[name])
		results[i].read(in, scripts)
		superseded = append(superseded, results[i].superseded...)
	}
	return resourcesOf(results), superseded
}

// requestsOf returns what the commands of a script send.
func requestsOf(t *testing.T, script string) []resource.Raw {
	t.Helper()
	found, _ := follow(t, map[string]string{"run.sh": script}, "run.sh")
	return found
}

// plainOf returns a value as JSON has it; what isn't known is "unknown: " and why.
func plainOf(v value.Value) any {
	switch v.Kind() {
	case value.KindScalar:
		s, _ := v.Scalar()
		if n, ok := s.(value.Number); ok {
			var f float64
			if err := json.Unmarshal([]byte(n), &f); err == nil {
				return f
			}
		}
		return s
	case value.KindList:
		out := []any{}
		for _, e := range v.Elems() {
			out = append(out, plainOf(e))
		}
		if v.Open() {
			out = append(out, "...: "+v.Reason())
		}
		return out
	case value.KindObject:
		out := map[string]any{}
		for _, f := range v.Fields() {
			if f.Value.Kind() != value.KindAbsent {
				out[f.Name] = plainOf(f.Value)
			}
		}
		if v.Open() {
			out["..."] = v.Reason()
		}
		return out
	case value.KindChoice:
		out := []any{"choice"}
		for _, a := range v.Arms() {
			out = append(out, a.When.String(), plainOf(a.Value))
		}
		return out
	case value.KindText:
		var b strings.Builder
		for _, p := range v.Parts() {
			if s, known := p.AsString(); known {
				b.WriteString(s)
			} else {
				b.WriteString("<" + p.Reason() + ">")
			}
		}
		return b.String()
	case value.KindAbsent:
		return nil
	}
	return "unknown: " + v.Reason()
}

// quoteWord returns a word as a shell takes it apart again.
func quoteWord(s string) string { return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'" }

// What the AWS CLI makes of words, recorded by testdata/record.py, is what is read of them, member for member.
func TestAWSCLI(t *testing.T) {
	content, err := os.ReadFile("testdata/awscli.json")
	if err != nil {
		t.Fatal(err)
	}
	var recorded struct {
		Commands []struct {
			Words     []string
			Operation string
			Request   map[string]any
			Error     bool
		}
	}
	if err := json.Unmarshal(content, &recorded); err != nil {
		t.Fatal(err)
	}
	if len(recorded.Commands) < 250 {
		t.Fatalf("%d commands are recorded", len(recorded.Commands))
	}
	for _, c := range recorded.Commands {
		script := "aws sagemaker"
		for _, w := range c.Words {
			script += " " + quoteWord(w)
		}
		found := requestsOf(t, script)
		if c.Error || schema.API().Object(c.Operation) == nil {
			continue // nothing is sent, so that nothing can be read wrongly
		}
		if len(found) != 1 || found[0].Type != c.Operation {
			t.Errorf("%s: found %d requests", script, len(found))
			continue
		}
		if diff := cmp.Diff(any(c.Request), plainOf(found[0].Props)); diff != "" {
			t.Errorf("%s (-awscli +read):\n%s", script, diff)
		}
	}
}
