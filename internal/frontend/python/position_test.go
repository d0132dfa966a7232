package python

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/source"
)

// cellsOfJSON returns the sources of a notebook's code cells as Go's own JSON reader gives them, by another way than the
// front-end's.
func cellsOfJSON(b []byte) ([]string, error) {
	type cell struct {
		Type   string `json:"cell_type"`
		Source any    `json:"source"`
		Input  any    `json:"input"`
	}
	var nb struct {
		Cells      []cell
		Worksheets []struct{ Cells []cell }
	}
	if err := json.Unmarshal(bytes.TrimPrefix(b, []byte("\xef\xbb\xbf")), &nb); err != nil {
		return nil, err
	}
	for _, sheet := range nb.Worksheets {
		nb.Cells = append(nb.Cells, sheet.Cells...)
	}
	var out []string
	for _, c := range nb.Cells {
		if c.Type != "code" {
			continue
		}
		text := c.Source
		if text == nil {
			text = c.Input
		}
		var joined strings.Builder
		switch text := text.(type) {
		case string:
			joined.WriteString(text)
		case []any:
			for _, line := range text {
				s, _ := line.(string)
				joined.WriteString(s)
			}
		}
		out = append(out, joined.String())
	}
	return out, nil
}

// checkPlace holds a place in a notebook against what can be counted without the front-end: the cell's line has the callee,
// and the line of the file, from the column on, spells it in JSON.
func checkPlace(r resource.Raw, cells []string) error {
	at := r.Span.File
	callee, _, _ := strings.Cut(r.Span.Text(), "\n")
	var number int
	if _, err := fmt.Sscanf(at.Label, "cell %d", &number); err != nil || number < 1 || number > len(cells) {
		return fmt.Errorf("there is no %q", at.Label)
	}
	line := at.Position(r.Span.Start).Line
	lines := strings.Split(cells[number-1], "\n")
	if strings.Contains(at.Label, ":") {
		// A file that the cell writes begins below the magic.
		for i := range lines {
			if strings.HasPrefix(strings.TrimSpace(lines[i]), "%%") {
				lines = lines[i+1:]
				break
			}
		}
	}
	if line > len(lines) || !strings.Contains(lines[line-1], callee) {
		return fmt.Errorf("line %d of %s has no %q", line, at.Label, callee)
	}
	host := r.Span.Host()
	pos := host.File.Position(host.Start)
	raw := bytes.TrimPrefix(bytes.Split(host.File.Bytes, []byte("\n"))[pos.Line-1], []byte("\xef\xbb\xbf"))
	for range pos.Column - 1 {
		_, n := utf8.DecodeRune(raw)
		raw = raw[n:]
	}
	escaped, _ := json.Marshal(callee)
	if !bytes.HasPrefix(raw, []byte(callee)) && !bytes.HasPrefix(raw, escaped[1:len(escaped)-1]) {
		return fmt.Errorf("%d:%d is %.40q, not %q", pos.Line, pos.Column, raw, callee)
	}
	// What the file has before the place, in its line, is what the cell has, spelt in JSON.
	before, _, _ := strings.Cut(lines[line-1], callee)
	if strings.Count(lines[line-1], callee) > 1 {
		return nil
	}
	full := bytes.Split(host.File.Bytes, []byte("\n"))[pos.Line-1]
	written := full[:len(full)-len(raw)]
	if i := bytes.LastIndex(written, []byte(`\n`)); i >= 0 && !strings.Contains(before, "\\") {
		written = written[i+2:] // the whole cell is one string
	}
	written = regexp.MustCompile(`^[ \t]*(.*"(source|input)": *)?(\[? *"|".*", ")?`).ReplaceAll(written, nil)
	var spelt string
	if err := json.Unmarshal([]byte(`"`+string(written)+`"`), &spelt); err != nil {
		return nil // the line has more than one element of the list
	}
	if !strings.HasSuffix(strings.ToValidUTF8(before, "\ufffd"), spelt) && !strings.HasSuffix(spelt, before) {
		return fmt.Errorf("before it the cell has %q, the file %q", before, spelt)
	}
	return nil
}

// TestPlaces counts the places of what is found in the notebooks below the directory that VPCLINT_NOTEBOOKS names.
func TestPlaces(t *testing.T) {
	root := os.Getenv("VPCLINT_NOTEBOOKS")
	if root == "" {
		t.Skip("VPCLINT_NOTEBOOKS names no directory")
	}
	found := 0
	repos, err := os.ReadDir(root)
	if err != nil {
		t.Fatal(err)
	}
	for _, repo := range repos {
		dir := filepath.Join(root, repo.Name())
		in := &frontend.Input{Tree: disk{dir}, Documents: &frontend.Documents{}, Each: func(n int, _ func(int) source.Span, do func(int)) {
			for i := range n {
				do(i)
			}
		}}
		err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !isNotebook(p) {
				return err
			}
			rel, _ := filepath.Rel(dir, p)
			b, err := os.ReadFile(p)
			if f := source.NewFile(filepath.ToSlash(rel), b); err == nil && (Frontend{}).Relevant(f) {
				in.Files = append(in.Files, f)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		out, err := Frontend{}.Load(t.Context(), in)
		if err != nil {
			t.Fatal(err)
		}
		cells := map[*source.File][]string{}
		for _, r := range out.Resources {
			host := r.Span.Host().File
			if !isNotebook(host.Path) {
				continue
			}
			if cells[host] == nil {
				if cells[host], err = cellsOfJSON(host.Bytes); err != nil {
					continue
				}
			}
			found++
			if err := checkPlace(r, cells[host]); err != nil {
				t.Errorf("%s/%s: %v", repo.Name(), r.Subject, err)
			}
		}
	}
	t.Logf("%d places", found)
}

// However JSON spells a notebook, what is found stands at the bytes of its callee.
func TestSpellings(t *testing.T) {
	const callee = "sagemaker.Model"
	cells := []string{
		"import sagemaker\nx = \"é\t😀\"; a = sagemaker.Model('\\n', role=\"\\u00e9\")\n",
		"%%time\n!echo \"é\"\nb = sagemaker.Model('ü'); c = sagemaker.Model('😀')",
		"if x:\n\td = '\"\\\\\"'; e = sagemaker.Model(\n\t\t'img')\r\nf = sagemaker.Model('img')",
		"  # indented 😀\n  g = '/\u2028\x7f'; h = sagemaker.Model('img')",
		"%%writefile é.py\nimport sagemaker\nk = 'é😀'; m = sagemaker.Model('img')",
		"y = '''\n\"\n''' ; n = sagemaker.Model('img')",
		"# \ufffd = '\ufffd'\n%time o = '😀' ; p = sagemaker.Model('img')",
	}
	for _, s := range []spelling{
		{}, {ascii: true}, {whole: true}, {ascii: true, whole: true}, {compact: true}, {compact: true, ascii: true, whole: true},
		{crlf: true}, {crlf: true, bom: true, ascii: true}, {bom: true, compact: true}, {old: true}, {old: true, whole: true, ascii: true},
	} {
		notebook := s.write(cells)
		var want []int
		for at := 0; ; {
			i := strings.Index(notebook[at:], callee+"(")
			if i < 0 {
				break
			}
			want = append(want, at+i)
			at += i + 1
		}
		out := load(t, tree{"a.ipynb": notebook})
		if len(out.Resources) != len(want) || len(out.Findings) > 0 {
			t.Errorf("%+v: %d found of %d: %v", s, len(out.Resources), len(want), out.Findings)
			continue
		}
		sources, err := cellsOfJSON([]byte(notebook))
		if err != nil {
			t.Fatal(err)
		}
		for i, r := range out.Resources {
			if host := r.Span.Host(); host.Start != want[i] || host.Text() != callee {
				t.Errorf("%+v: %s stands at %d, not %d: %q", s, r.Subject, host.Start, want[i], host.Text())
			}
			if err := checkPlace(r, sources); err != nil {
				t.Errorf("%+v: %s: %v", s, r.Subject, err)
			}
		}
	}
}

// A spelling is a way to write a notebook.
type spelling struct {
	ascii, whole, compact, crlf, bom, old bool
}

func (s spelling) write(cells []string) string {
	var b strings.Builder
	for i, cell := range cells {
		if i > 0 {
			b.WriteString(",\n")
		}
		key := "source"
		if s.old {
			key = "input"
		}
		fmt.Fprintf(&b, "  {\n   \"cell_type\": \"code\", \"metadata\": {},\n   %q: ", key)
		if s.whole {
			b.WriteString(s.text(cell))
		} else {
			b.WriteString("[")
			for k, line := range strings.SplitAfter(cell, "\n") {
				if k > 0 {
					b.WriteString(",")
				}
				b.WriteString("\n    " + s.text(line))
			}
			b.WriteString("\n   ]")
		}
		b.WriteString("\n  }")
	}
	out := "{\n \"cells\": [\n" + b.String() + "\n ],\n \"metadata\": {},\n \"nbformat\": 4\n}\n"
	if s.old {
		out = "{\n \"metadata\": {},\n \"nbformat\": 3,\n \"worksheets\": [{\"cells\": [\n" + b.String() + "\n ]}]\n}\n"
	}
	if s.compact {
		var short bytes.Buffer
		if err := json.Compact(&short, []byte(out)); err != nil {
			panic(err)
		}
		out = short.String()
	}
	if s.crlf {
		out = strings.ReplaceAll(out, "\n", "\r\n")
	}
	if s.bom {
		out = "\ufeff" + out
	}
	return out
}

// text spells one string.
func (s spelling) text(line string) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(line); err != nil {
		panic(err)
	}
	text := strings.TrimSuffix(b.String(), "\n")
	if !s.ascii {
		return text
	}
	var ascii strings.Builder
	for _, r := range text {
		switch {
		case r < utf8.RuneSelf:
			ascii.WriteRune(r)
		case r < 0x10000:
			fmt.Fprintf(&ascii, "\\u%04x", r)
		default:
			high, low := utf16.EncodeRune(r)
			fmt.Fprintf(&ascii, "\\u%04x\\u%04X", high, low)
		}
	}
	return ascii.String()
}
