package doctree_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/vpclint/vpclint/internal/doctree"
	"github.com/vpclint/vpclint/internal/source"
)

func parse(content string) ([]doctree.Document, []doctree.Error) {
	return doctree.Parse(source.NewFile("f", []byte(content)))
}

// one parses a file of one document without errors.
func one(t *testing.T, content string) *doctree.Node {
	t.Helper()
	docs, errs := parse(content)
	if len(docs) != 1 || len(errs) != 0 {
		t.Fatalf("%q: %d documents, errors %v", content, len(docs), errs)
	}
	return docs[0].Root
}

// show renders errors as "offset: message".
func show(errs []doctree.Error) []string {
	var s []string
	for _, e := range errs {
		s = append(s, fmt.Sprintf("%d: %s", e.Span.Start, e.Msg))
	}
	return s
}

// plain renders a tree as Go values with the text of scalars, Null as nil and Invalid as an error.
func plain(n *doctree.Node) any {
	switch n.Kind {
	case doctree.Mapping:
		m := map[string]any{}
		for _, p := range n.Pairs {
			m[p.Key.Text] = plain(p.Value)
		}
		return m
	case doctree.Sequence:
		s := []any{}
		for _, c := range n.Items {
			s = append(s, plain(c))
		}
		return s
	case doctree.Null:
		return nil
	case doctree.Invalid:
		return "<invalid>"
	}
	return n.Text
}

func TestKinds(t *testing.T) {
	root := one(t, `
null: [~, null, Null, NULL, ]
empty:
bool: [true, True, TRUE, false]
number: [0, -1, +12, 012345678901, 1.5, 1e3, .5, 0x1F, 0o17, .inf, -.INF, .nan]
string: [yes, No, on, off, 2012-10-17, 1:30, 1_000, 0b1, 1.2.3, '1', "true", +, ., !!str 1, ! 1, "", null-ish]
tagged: [!Ref 1, !Sub "1", !GetAZs , !!int "7", !!str null]
`)
	want := map[string][]doctree.Kind{
		"bool": {doctree.Bool}, "number": {doctree.Number}, "string": {doctree.String},
		"tagged": {doctree.Number, doctree.String, doctree.Null, doctree.Number, doctree.String},
	}
	for key, kinds := range want {
		for i, n := range root.Get(key).Items {
			if k := kinds[min(i, len(kinds)-1)]; n.Kind != k {
				t.Errorf("%s %q is a %s, want %s", key, n.Text, n.Kind, k)
			}
		}
	}
	if n := root.Get("null"); n == nil || len(n.Items) != 4 || n.Items[1].Kind != doctree.Null {
		t.Errorf("the key null holds %v", n)
	}
	if n := root.Get("empty"); n.Kind != doctree.Null || n.Span.Start != n.Span.End || n.Span.Start != strings.Index(n.Span.File.Span(0, 1<<20).Text(), "empty:")+6 {
		t.Errorf("an empty value stands at %v", n.Span)
	}
	if got := root.Get("number").Items[3].Text; got != "012345678901" {
		t.Errorf("an account number became %s", got)
	}
	if got := root.Get("tagged").Items[2]; got.Tag != "!GetAZs" || got.TagSpan().Text() != "!GetAZs" {
		t.Errorf("a tag without a value: %q at %q", got.Tag, got.TagSpan().Text())
	}
}

func TestSpans(t *testing.T) {
	content := "# é\nkey: !Sub &a |- # why\n   one\n  \n    two \n\n# end\nseq: &s\n- {a: 1, b: [x, ]} # c\n- *a\nlast: !If [C, é\n  ü, d]\n...\n"
	root := one(t, content)
	for _, c := range []struct {
		n    *doctree.Node
		want string
	}{
		{root, content[strings.Index(content, "key"):strings.Index(content, "\n...")]},
		{root.Get("key"), "|- # why\n   one\n  \n    two "},
		{root.Get("seq"), "- {a: 1, b: [x, ]} # c\n- *a"},
		{root.Get("seq").Items[0], "{a: 1, b: [x, ]}"},
		{root.Get("seq").Items[0].Get("b"), "[x, ]"},
		{root.Get("seq").Items[1], "*a"},
		{root.Get("last"), "[C, é\n  ü, d]"},
		{root.Get("last").Items[1], "é\n  ü"},
	} {
		if got := c.n.Span.Text(); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
	if a := root.Get("seq").Items[1]; a.Text != "one\n\n two " || a.Tag != "!Sub" || a.Anchor() != root.Get("key").Span {
		t.Errorf("alias is %+v", a)
	}
}

func TestDuplicateKeys(t *testing.T) {
	for _, content := range []string{"a: 1\na: 2\n", `{"a": 1, "a": 2}`} {
		n := one(t, content)
		if len(n.Pairs) != 2 || n.Get("a").Text != "2" || n.Get("b") != nil || n.Pair("a") != &n.Pairs[1] {
			t.Errorf("%q: %v", content, n.Pairs)
		}
	}
	if (*doctree.Node)(nil).Get("a") != nil {
		t.Error("Get of nil")
	}
}

func TestMerge(t *testing.T) {
	root := one(t, `
a: &a {x: 1, y: 1, x: 2}
b: &b {y: 3, z: 3}
m:
  <<: [*a, *b]
  z: own
inline:
  <<: {p: 1}
  <<: *b
scalar: {<<: 1}
quoted: {"<<": {q: 1}}
`)
	want := map[string]any{
		"a": map[string]any{"x": "2", "y": "1"}, "b": map[string]any{"y": "3", "z": "3"},
		"m":      map[string]any{"x": "2", "y": "1", "z": "own"},
		"inline": map[string]any{"p": "1", "y": "3", "z": "3"},
		"scalar": map[string]any{"<<": "1"}, "quoted": map[string]any{"<<": map[string]any{"q": "1"}},
	}
	if diff := cmp.Diff(want, plain(root)); diff != "" {
		t.Error(diff)
	}
	if m := root.Get("m"); m.Pairs[0].Key.Text != "z" || m.Span.Text() != "<<: [*a, *b]\n  z: own" {
		t.Errorf("merged mapping is %q", m.Span.Text())
	}
}

func TestParseErrors(t *testing.T) {
	bomb := "a0: &a0 [x, x]\n"
	for i := range 40 {
		bomb += fmt.Sprintf("a%d: &a%d [*a%d, *a%d]\n", i+1, i+1, i, i)
	}
	chain := "a0: &a0 [x]\n"
	for i := range 600 {
		chain += fmt.Sprintf("a%d: &a%d [*a%d]\n", i+1, i+1, i)
	}
	for _, c := range []struct {
		name, content string
		docs          int
		errs          []string
	}{
		{"nothing", "", 0, nil},
		{"mark alone", "\ufeff", 0, nil},
		{"blanks", " \n\t\n", 0, nil},
		{"comment", "# nothing\n", 0, nil},
		{"trailing comma", `{"a": [1,],}`, 1, nil},
		{"comments", "{\n  # why\n  a: 1 }", 1, nil},
		{"neither", `{"a": }}`, 0, []string{"6: invalid character '}' at start of value"}},
		{"unclosed", `{"a": [1, 2`, 0, []string{"11: unexpected end of the JSON document"}},
		{"trailing text", "{\"a\": 1}\n  x", 1, []string{"11: unexpected text after the end of the JSON document"}},
		{"unquoted template", `{"n": ${N}}`, 0, []string{"6: invalid character '$' at start of value"}},
		{"jinja", "a: 1\nb: {{ x }} y\n", 0, []string{"16: did not find expected key while parsing a block mapping"}},
		{"jinja statement", "a:\n{% if x %}\n  b: 1\n{% endif %}\n", 0, []string{"4: found character that cannot start any token while scanning for the next token"}},
		{"helm", "{{- if .Values.x }}\na: 1\n{{- end }}\n", 0, []string{"1: object member name must be a string"}},
		{"second of three", "a: 1\n---\nb: [\n---\nc: 1\n", 2, []string{"14: did not find expected node content while parsing a flow node"}},
		{"unknown alias", "é: *nope\n", 0, []string{"4: unknown anchor 'nope' referenced"}},
		{"cycle", "a: &a [x, *a]\n", 1, []string{"10: alias *a contains itself"}},
		{"bomb", bomb, 1, nil},
		{"alias chain", chain, 1, nil},
		{"deep JSON", strings.Repeat("[", 600) + strings.Repeat("]", 600), 1, []string{"500: nested deeper than 500 levels"}},
		{"very deep JSON", strings.Repeat("[", 1_000_000), 0, nil},
		{"deep flow", "a: " + strings.Repeat("[", 100_000), 0, nil},
		{"deep block", strings.Repeat("- ", 100_000), 0, nil},
		{"dense", "a: [" + strings.Repeat("1,", 600_000) + "]", 0, []string{"0: may hold more than 1000000 values, not read"}},
		{"large", strings.Repeat("#\n", 9<<20), 0, []string{"0: larger than 16 MiB, not read"}},
		{"large JSON", "[" + strings.Repeat(" ", 65<<20) + "]", 0, []string{"0: larger than 64 MiB, not read"}},
		{"many bad documents", strings.Repeat("--- ]\n", 51) + "--- a", 0, nil},
		{"version 1.2", "%YAML 1.2\n--- # 1.2\na: 1.2\n", 1, nil},
		{"latin-1", "# \xe9\na: 1 # \x07\n", 1, []string{"2: not UTF-8: byte 0xE9"}},
		{"UTF-8 in JSON", "{\"a\": \"\xff\"}", 1, nil},
		{"tab", "a:\n\tb: 1\n", 0, []string{"3: found character that cannot start any token while scanning for the next token"}},
	} {
		docs, errs := parse(c.content)
		switch c.name {
		case "bomb", "many bad documents", "alias chain", "very deep JSON", "deep flow", "deep block":
			if len(errs) == 0 {
				t.Errorf("%s: no error", c.name)
			}
			t.Logf("%s: %d errors, first %v", c.name, len(errs), show(errs[:1]))
		default:
			if diff := cmp.Diff(c.errs, show(errs)); diff != "" {
				t.Errorf("%s: %s", c.name, diff)
			}
		}
		if len(docs) != c.docs {
			t.Errorf("%s: %d documents, want %d", c.name, len(docs), c.docs)
		}
	}
}

func TestEmbed(t *testing.T) {
	for content, want := range map[string]string{
		`"a\u00e9\ud83d\ude00\ud800\n\"\/"`:   "aé😀\ufffd\n\"/",
		"\"one\\\n   two\\tthree\n\n  four\"": "onetwo\tthree\nfour",
		"'it''s\n\n\n fine'":                  "it's\n\nfine",
		"a b\n  c\n\n  d":                     "a b c\nd",
		"|\r\n  a\r\n\r\n    b\r\n":           "a\n\n  b\n",
		">-\n  a\n  b\n\n  c\n    d\n  e\n\n": "a b\n\nc\n  d\ne"[0:3] + "\nc\n  d\ne",
		"|+\n\n  a\n\n":                       "\na\n\n",
		"|2-\n   a\n  b":                      " a\nb",
		"''":                                  "",
		"12":                                  "12",
	} {
		wrap := func(pre string) {
			t.Helper()
			var n *doctree.Node
			if strings.Contains(content, `\ud83d`) {
				n = one(t, `{"k": `+content+`}`).Get("k")
			} else {
				n = one(t, pre+content).Get("k")
			}
			if n.Text != want {
				t.Errorf("%q is read as %q, want %q", content, n.Text, want)
			}
			checkEmbed(t, n, true)
		}
		wrap("k: ")
		wrap("é: [1]\nk: !Sub ")
	}
	content := "{\"k\": \"\\u007b\\\"a\\\": 1}\"}"
	inner, errs := doctree.Parse(one(t, content).Get("k").Embed("policy"))
	if len(errs) != 0 || len(inner) != 1 || !inner[0].JSON {
		t.Fatal(inner, errs)
	}
	if got := inner[0].Root.Pairs[0].Key.Span.Host().Text(); got != `\"a\"` {
		t.Errorf("a key of an embedded document stands at %q", got)
	}
}

// TestJSONValues holds the tree of random documents against encoding/json, as a whole and span by span.
func TestJSONValues(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		content := jsonText(4).Draw(t, "json")
		root := rooted(t, content)
		check(t, root)
	})
}

// TestJSONFiles does the same over the JSON files below the directories in DOCTREE_CORPUS.
func TestJSONFiles(t *testing.T) {
	files, nodes := 0, 0
	for _, path := range filesBelow(t, filepath.SplitList(os.Getenv("DOCTREE_CORPUS")), ".json") {
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if len(bytes.TrimSpace(content)) == 0 {
			continue
		}
		docs, errs := doctree.ParseJSON(source.NewFile(path, content))
		d := json.NewDecoder(bytes.NewReader(bytes.TrimPrefix(content, []byte("\ufeff"))))
		d.UseNumber()
		var want any
		err = d.Decode(&want)
		if err == nil && d.More() {
			err = errors.New("trailing text")
		}
		files++
		if (err != nil) != (len(errs) > 0) {
			t.Errorf("%s: %v and %v", path, err, show(errs))
		}
		if err != nil || len(errs) > 0 {
			continue
		}
		if diff := cmp.Diff(want, typed(docs[0].Root)); diff != "" {
			t.Errorf("%s: %s", path, diff)
		}
		walk(docs[0].Root, func(n *doctree.Node) {
			nodes++
			if n.Pairs == nil && n.Items == nil {
				check(t, n)
			}
			checkEmbed(t, n, true)
		})
	}
	t.Logf("%d files, %d nodes", files, nodes)
}

func rooted(t *rapid.T, content string) *doctree.Node {
	docs, errs := doctree.ParseJSON(source.NewFile("f", []byte(content)))
	if len(docs) != 1 || len(errs) != 0 {
		t.Fatalf("%q: %v", content, show(errs))
	}
	return docs[0].Root
}

// check decodes the bytes of every node with encoding/json.
func check(t rapid.TB, n *doctree.Node) {
	d := json.NewDecoder(strings.NewReader(n.Span.Text()))
	d.UseNumber()
	var want any
	if err := d.Decode(&want); err != nil || d.InputOffset() != int64(n.Span.End-n.Span.Start) {
		t.Fatalf("%q at %d: %v", n.Span.Text(), n.Span.Start, err)
	}
	if diff := cmp.Diff(want, typed(n)); diff != "" {
		t.Fatal(diff)
	}
	for _, p := range n.Pairs {
		check(t, p.Key)
		check(t, p.Value)
	}
	for _, c := range n.Items {
		check(t, c)
	}
}

// typed renders a tree as encoding/json would decode it.
func typed(n *doctree.Node) any {
	switch n.Kind {
	case doctree.Mapping:
		m := map[string]any{}
		for _, p := range n.Pairs {
			m[p.Key.Text] = typed(p.Value)
		}
		return m
	case doctree.Sequence:
		s := []any{}
		for _, c := range n.Items {
			s = append(s, typed(c))
		}
		return s
	case doctree.Bool:
		return n.Text == "true"
	case doctree.Number:
		return json.Number(n.Text)
	case doctree.String:
		return n.Text
	}
	return nil
}

// jsonText generates JSON with every escape, odd blanks and duplicate keys.
func jsonText(depth int) *rapid.Generator[string] {
	blank := rapid.SampledFrom([]string{"", "", " ", "\n", "\r\n\t"})
	str := rapid.Custom(func(t *rapid.T) string {
		parts := rapid.SliceOfN(rapid.SampledFrom([]string{"a", "key", " ", "é", "日", "😀", `\n`, `\"`, `\\`, `\/`, `\u00e9`, `\ud83d\ude00`, `\ud800`, `\udc00x`, "'", "{", ": ", "#"}), 0, 6).Draw(t, "parts")
		return `"` + strings.Join(parts, "") + `"`
	})
	return rapid.Custom(func(t *rapid.T) string {
		ws := func() string { return blank.Draw(t, "blank") }
		kind := rapid.IntRange(0, 5).Draw(t, "kind")
		if depth == 0 {
			kind %= 4
		}
		switch kind {
		case 0, 1:
			return ws() + str.Draw(t, "string") + ws()
		case 2:
			return ws() + rapid.SampledFrom([]string{"0", "-1", "1.50", "1e9", "-0.1E-7", "123456789012345678"}).Draw(t, "number") + ws()
		case 3:
			return ws() + rapid.SampledFrom([]string{"true", "false", "null"}).Draw(t, "literal") + ws()
		}
		var parts []string
		for range rapid.IntRange(0, 4).Draw(t, "n") {
			part := jsonText(depth-1).Draw(t, "value")
			if kind == 4 {
				part = ws() + str.Draw(t, "name") + ws() + ":" + part
			}
			parts = append(parts, part)
		}
		if kind == 4 {
			return ws() + "{" + ws() + strings.Join(parts, ",") + "}" + ws()
		}
		return ws() + "[" + ws() + strings.Join(parts, ",") + "]" + ws()
	})
}

// checkEmbed holds an embedded scalar against its text, and each of its bytes against the host's.
func checkEmbed(t testing.TB, n *doctree.Node, mapped bool) {
	t.Helper()
	f := n.Embed("x")
	if f == nil {
		if n.Kind != doctree.Mapping && n.Kind != doctree.Sequence && n.Kind != doctree.Invalid {
			t.Fatalf("no document in %q", n.Span.Text())
		}
		return
	}
	if string(f.Bytes) != n.Text {
		t.Fatalf("%q is embedded as %q", n.Text, f.Bytes)
	}
	place := n.Span
	if !n.Anchor().IsZero() {
		place = n.Anchor()
	}
	last := place.Start
	for i := range f.Bytes {
		host := f.Span(i, i+1).Host()
		// The final breaks of a block scalar stand after its last line.
		if trailing := len(strings.TrimRight(n.Text, "\n")) <= i; host.Start < last || host.End > place.End && !trailing {
			t.Fatalf("byte %d of %q stands at %d-%d of %d-%d", i, n.Text, host.Start, host.End, place.Start, place.End)
		}
		last = host.Start
		if mapped && host.End-host.Start > 12 && host.End-host.Start >= place.End-place.Start {
			t.Fatalf("%q isn't mapped", place.Text())
		}
		// A scalar with bytes that YAML doesn't allow is mapped as a whole.
		if spelt := host.Text(); readable(place.Text()) && len(spelt) == 1 && spelt[0] != f.Bytes[i] && f.Bytes[i] != ' ' && f.Bytes[i] != '\n' {
			t.Fatalf("byte %d of %q is spelt %q", i, n.Text, spelt)
		}
	}
}

// readable reports whether a text has no control characters and is UTF-8.
func readable(s string) bool {
	return utf8.ValidString(s) && strings.IndexFunc(s, func(c rune) bool {
		return unicode.IsControl(c) && !strings.ContainsRune("\t\r\n\u0085", c) || c >= 0xFFFE && c <= 0xFFFF
	}) < 0
}

func FuzzParse(f *testing.F) {
	for _, name := range []string{"styles.yaml", "stream.yaml", "crlf-bom.yaml"} {
		b, err := os.ReadFile("testdata/" + name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	for _, s := range []string{`{"a": [1, "\ud83d\ude00", null], "a": {}}`, "a: &a [*a]", "a: |2\n\n   x\n", "{{ x }}: {% y %}", "? a\n: - b\n  -\n", "[a: b, {c: d}: e]", "\"a\\\n b\"", "a: >+\n  x\n   \n\n y", "a: &x {b: 1}\nc:\n  <<: *x\n"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		file := source.NewFile("f", b)
		docs, errs := doctree.Parse(file)
		again, errsAgain := doctree.Parse(file)
		if len(again) != len(docs) || !cmp.Equal(show(errs), show(errsAgain)) {
			t.Fatal("not deterministic")
		}
		for i := range docs {
			if !cmp.Equal(plain(docs[i].Root), plain(again[i].Root)) {
				t.Fatal("not deterministic")
			}
		}
		for _, e := range errs {
			checkSpan(t, file, e.Span)
		}
		strict := !bytes.Contains(b, []byte("<<"))
		for _, d := range docs {
			walk(d.Root, func(n *doctree.Node) {
				checkSpan(t, file, n.Span)
				checkEmbed(t, n, false)
				if n.Tag != "" {
					checkSpan(t, file, n.TagSpan())
				}
				if !strict || !n.Anchor().IsZero() {
					return
				}
				at := n.Span.Start
				inside := func(c *doctree.Node) {
					if c.Span.Start < at || c.Span.End > n.Span.End {
						t.Fatalf("%q at %d is not inside %q at %d, or overlaps what is before", c.Span.Text(), c.Span.Start, n.Span.Text(), n.Span.Start)
					}
					at = c.Span.End
				}
				for _, p := range n.Pairs {
					inside(p.Key)
					inside(p.Value)
				}
				for _, c := range n.Items {
					inside(c)
				}
			})
		}
	})
}

func checkSpan(t *testing.T, f *source.File, s source.Span) {
	t.Helper()
	if s.File != f || s.Start < 0 || s.End < s.Start || s.End > len(f.Bytes) {
		t.Fatalf("span %d-%d of %d bytes", s.Start, s.End, len(f.Bytes))
	}
}
