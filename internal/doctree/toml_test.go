package doctree_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/pelletier/go-toml/v2"

	"github.com/vpclint/vpclint/internal/doctree"
	"github.com/vpclint/vpclint/internal/source"
)

const samconfig = "\xef\xbb\xbfversion = 0.1\r\n" + `# what every command takes
[default.global.parameters]
stack_name = "ml" # a comment

[default.deploy]
[ default . deploy . parameters ]
parameter_overrides = "Env=\"prod\" Subnets=subnet-1"
capabilities = 'CAPABILITY_IAM'
tags = [
  "a=b", # one
  "c=d",
]
list = [[1, 2], [], [{x = 1, y.z = true}, { }]]
since = 2024-01-02
"quoted key" = """
two
lines"""

[[hooks]]
name = "first"
[[hooks]]
name = "second"
[hooks.env]
A = "b"
`

func parseTOML(content string) (*source.File, *doctree.Node, []doctree.Error) {
	f := source.NewFile("samconfig.toml", []byte(content))
	docs, errs := doctree.ParseTOML(f)
	if len(docs) == 0 {
		return f, nil, errs
	}
	return f, docs[0].Root, errs
}

func TestTOML(t *testing.T) {
	_, root, errs := parseTOML(samconfig)
	if len(errs) > 0 {
		t.Fatal(show(errs))
	}
	want := map[string]any{
		"version": "0.1",
		"default": map[string]any{
			"global": map[string]any{"parameters": map[string]any{"stack_name": "ml"}},
			"deploy": map[string]any{"parameters": map[string]any{
				"parameter_overrides": `Env="prod" Subnets=subnet-1`,
				"capabilities":        "CAPABILITY_IAM",
				"tags":                []any{"a=b", "c=d"},
				"list":                []any{[]any{"1", "2"}, []any{}, []any{map[string]any{"x": "1", "y": map[string]any{"z": "true"}}, map[string]any{}}},
				"since":               "2024-01-02",
				"quoted key":          "two\nlines",
			}},
		},
		"hooks": []any{map[string]any{"name": "first"}, map[string]any{"name": "second", "env": map[string]any{"A": "b"}}},
	}
	if diff := cmp.Diff(want, plain(root)); diff != "" {
		t.Error(diff)
	}
}

func TestTOMLSpans(t *testing.T) {
	_, root, _ := parseTOML(samconfig)
	parameters := root.Get("default").Get("deploy").Get("parameters")
	if got := parameters.Span.Text(); !strings.HasPrefix(got, "[ default . deploy . parameters ]\n") || !strings.HasSuffix(got, `lines"""`) {
		t.Errorf("the table stands at %q", got)
	}
	if got := root.Get("hooks").Items[1].Span.Text(); got != "[[hooks]]\nname = \"second\"" {
		t.Errorf("the second hook stands at %q", got)
	}
	list := parameters.Get("list").Items
	for _, row := range []struct {
		n    *doctree.Node
		want string
	}{
		{root.Get("version"), "0.1"},
		{root.Pair("default").Key, "default"},
		{parameters.Get("parameter_overrides"), `"Env=\"prod\" Subnets=subnet-1"`},
		{parameters.Get("capabilities"), "'CAPABILITY_IAM'"},
		{parameters.Get("tags"), "[\n  \"a=b\", # one\n  \"c=d\",\n]"},
		{parameters.Get("tags").Items[1], `"c=d"`},
		{list[0], "[1, 2]"},
		{list[0].Items[1], "2"},
		{list[1], "[]"},
		{list[2], "[{x = 1, y.z = true}, { }]"},
		{list[2].Items[0], "{x = 1, y.z = true}"},
		{list[2].Items[0].Get("y").Get("z"), "true"},
		{list[2].Items[1], "{ }"},
		{parameters.Get("since"), "2024-01-02"},
		{parameters.Pair("quoted key").Key, `"quoted key"`},
	} {
		if got := row.n.Span.Text(); got != row.want {
			t.Errorf("%q stands at %q", row.want, got)
		}
	}
	// A text in a text is found through its escapes.
	if got := parameters.Get("parameter_overrides").Embed("").Span(4, 10).Host().Text(); got != `\"prod\"` {
		t.Errorf("the value stands at %q", got)
	}
}

func TestTOMLLongTexts(t *testing.T) {
	_, root, errs := parseTOML("a = \"\"\"\r\none \\\n\t  t\\u0077o \"x\"\"\"\"\nb = '''\n\\one'''\nc = \"\"\"\"\"\"")
	if len(errs) > 0 {
		t.Fatal(show(errs))
	}
	for key, want := range map[string][2]string{"a": {`one two "x"`, `t\u0077o`}, "b": {`\one`, `one`}} {
		f := root.Get(key).Embed("")
		if string(f.Bytes) != want[0] {
			t.Errorf("%s is %q", key, f.Bytes)
		}
		start := strings.Index(want[0], map[string]string{"a": "two", "b": "one"}[key])
		if got := f.Span(start, start+3).Host().Text(); got != want[1] {
			t.Errorf("%s: the word stands at %q", key, got)
		}
	}
}

func TestTOMLErrors(t *testing.T) {
	for content, want := range map[string]string{
		"a = \n":                     "4: unexpected character U+000A at start of value",
		"a = 1\nb = [1":              "11: array is incomplete",
		"a = 1\na.b = 2\nc = 3":      "6: a is no table",
		"a = 1\n[a.b]\nc = 3":        "7: a is no table",
		"a = 1\n[[a]]\nc = 3":        "8: a is no array of tables",
		"a = \"\\q\"\n":              "5: invalid escape character U+0071 'q'",
		"[a\n":                       "2: expected ']' to close table name",
		strings.Repeat("a", 1<<20+1): "0: larger than 1 MiB, not read",
		"[" + strings.Repeat("a.", 600) + "a]\nb = 1":                "1: nested deeper than 500 levels",
		"a = " + strings.Repeat("[", 600) + strings.Repeat("]", 600): "503: nested deeper than 500 levels",
	} {
		_, _, errs := parseTOML(content)
		if got := show(errs); len(got) != 1 || got[0] != want {
			t.Errorf("%.40q: %q, want %q", content, got, want)
		}
	}
	_, root, _ := parseTOML("a = 1\n[a.b]\nc = 3\n[d]\ne = 5\n= 6")
	if diff := cmp.Diff(map[string]any{"a": "1", "d": map[string]any{"e": "5"}}, plain(root)); diff != "" {
		t.Error("what can be read:", diff)
	}
}

// TestTOMLTables would take minutes if every header looked at all tables before it.
func TestTOMLTables(t *testing.T) {
	var b strings.Builder
	for i := range 60_000 {
		fmt.Fprintf(&b, "[a%d.b]\nc=1\n", i)
	}
	_, root, errs := parseTOML(b.String())
	if len(errs) > 0 || len(root.Pairs) != 60_000 {
		t.Fatal(len(root.Pairs), show(errs))
	}
}

// FuzzTOML holds the tree against the library's own decoder, and every place against the file.
func FuzzTOML(f *testing.F) {
	for _, s := range []string{samconfig, "a = 1\n[a.b]\n", "[[a]]\n[a.b]\nc.d = [{e = [1]}]\n", "a = '''x'''\nb = \"\\u00e9\"", "a = [ # c\n]", "[a.b]\n[a]\nc = inf"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		file, root, errs := parseTOML(string(b))
		for _, e := range errs {
			checkSpan(t, file, e.Span)
		}
		if root == nil {
			return
		}
		walk(root, func(n *doctree.Node) {
			checkSpan(t, file, n.Span)
			if n.Kind != doctree.Mapping && n.Kind != doctree.Sequence && n.Kind != doctree.Invalid {
				if host := n.Embed("x"); string(host.Bytes) != n.Text {
					t.Fatalf("%q is embedded as %q", n.Text, host.Bytes)
				}
				if text := n.Span.Text(); n.Plain && text != n.Text {
					t.Fatalf("%q stands at %q", n.Text, text)
				}
			}
		})
		var theirs map[string]any
		if err := toml.Unmarshal(b, &theirs); err != nil {
			return
		}
		if len(errs) > 0 {
			t.Fatalf("read by the library alone: %v", show(errs))
		}
		if diff := cmp.Diff(shape(theirs), tomlShape(root)); diff != "" {
			t.Fatal(diff)
		}
	})
}

// shape renders a decoded value with the text of strings, and of other scalars only that they are there.
func shape(v any) any {
	switch v := v.(type) {
	case map[string]any:
		m := map[string]any{}
		for k, e := range v {
			m[k] = shape(e)
		}
		return m
	case []any:
		s := []any{}
		for _, e := range v {
			s = append(s, shape(e))
		}
		return s
	case string:
		return v
	}
	return scalarShape
}

const scalarShape = "\x00scalar"

// tomlShape is shape of a tree.
func tomlShape(n *doctree.Node) any {
	switch n.Kind {
	case doctree.Mapping:
		m := map[string]any{}
		for _, p := range n.Pairs {
			m[p.Key.Text] = tomlShape(p.Value)
		}
		return m
	case doctree.Sequence:
		s := []any{}
		for _, c := range n.Items {
			s = append(s, tomlShape(c))
		}
		return s
	}
	if n.Plain {
		return scalarShape
	}
	return n.Text
}
