package doctree_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"sort"
	"strings"
	"testing"

	"github.com/vpclint/vpclint/internal/doctree"
	"github.com/vpclint/vpclint/internal/source"
)

// token is what PyYAML says of a scalar, a flow collection, an alias or a tag.
type token struct {
	kind       string
	start, end int
	text       string
}

func (t *token) UnmarshalJSON(b []byte) error {
	var style string
	return json.Unmarshal(b, &[]any{&t.kind, &t.start, &t.end, &style, &t.text})
}

// TestPyYAML holds both ends and the text of every scalar, both ends of every flow collection, alias and tag, and
// start and size of every collection, against
// PyYAML's scanner: over the fixtures, over documents that PyYAML writes in random styles, and over the YAML files below the directories in
// DOCTREE_CORPUS.
func TestPyYAML(t *testing.T) {
	if err := exec.Command("python3", "-c", "import yaml").Run(); err != nil {
		t.Skip("needs python3 with PyYAML:", err)
	}
	random := t.TempDir()
	if out, err := exec.Command("python3", "testdata/generate.py", random, "200", "1").CombinedOutput(); err != nil {
		t.Fatalf("generating: %v\n%s", err, out)
	}
	paths := filesBelow(t, append([]string{"testdata", random}, filepath.SplitList(os.Getenv("DOCTREE_CORPUS"))...), ".yaml", ".yml", ".template")
	cmd := exec.Command("python3", "testdata/tokens.py")
	cmd.Stdin = strings.NewReader(strings.Join(paths, "\n"))
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	var files, compared, refused, onlyOurs, onlyTheirs, embedded, unmapped int
	lines := bufio.NewScanner(bytes.NewReader(out))
	lines.Buffer(nil, 1<<30)
	for lines.Scan() {
		var theirs struct {
			Path, Error string
			Tokens      []token
		}
		if err := json.Unmarshal(lines.Bytes(), &theirs); err != nil {
			t.Fatal(err)
		}
		content, err := os.ReadFile(theirs.Path)
		if err != nil {
			t.Fatal(err)
		}
		f := source.NewFile(theirs.Path, content)
		docs, errs := doctree.ParseYAML(f)
		files++
		switch {
		case theirs.Error != "" && len(errs) > 0:
			refused++
			continue
		case theirs.Error != "":
			onlyOurs++
			t.Logf("%s: read by us alone: %s", theirs.Path, theirs.Error)
			continue
		case len(errs) > 0:
			onlyTheirs++
			t.Logf("%s: read by PyYAML alone: %s at %d", theirs.Path, errs[0].Msg, errs[0].Span.Start)
			continue
		}
		compared += len(theirs.Tokens)
		for _, d := range compare(content, docs, theirs.Tokens) {
			t.Errorf("%s: %s", theirs.Path, d)
		}
		for _, doc := range docs {
			walk(doc.Root, func(n *doctree.Node) {
				e := n.Embed("")
				if e == nil {
					return
				}
				embedded++
				if s := e.Span(0, 1).Host(); n.Kind == doctree.String && len(n.Text) > 1 && n.Anchor().IsZero() && s.End-s.Start == n.Span.End-n.Span.Start {
					unmapped++
					t.Errorf("%s: %q is not mapped", theirs.Path, n.Span.Text())
				}
			})
		}
	}
	t.Logf("%d files, %d tokens compared; %d refused by both, %d read by us alone, %d by PyYAML alone; %d scalars embedded, %d of them unmapped",
		files, compared, refused, onlyOurs, onlyTheirs, embedded, unmapped)
}

// compare returns the differences between our tree and PyYAML's tokens.
func compare(content []byte, docs []doctree.Document, theirs []token) []string {
	ours := map[token]bool{}
	for _, d := range docs {
		walk(d.Root, func(n *doctree.Node) {
			span := n.Span
			if n.Tag != "" && n.Anchor().IsZero() {
				ours[token{kind: "tag", start: n.TagSpan().Start, end: n.TagSpan().End}] = true
			}
			switch first := span.Text(); {
			case !n.Anchor().IsZero():
				ours[token{"alias", span.Start, span.End, first[1:]}] = true
			case n.Kind != doctree.Mapping && n.Kind != doctree.Sequence:
				if first != "" {
					// PyYAML's block scalars go on to the next token; trailing blanks were cut.
					end := span.End
					if first[0] == '|' || first[0] == '>' {
						end = span.Start + len(blanks.ReplaceAll(content[span.Start:end], nil))
					}
					text := n.Text
					if last := len(content) - 1; end < span.End && span.End == last+1 && content[last] == ' ' {
						text = strings.TrimSuffix(text, "\n") // the YAML library ends a last line of spaces with a break of its own
					}
					ours[token{"scalar", span.Start, end, text}] = true
				}
			default:
				size, child, name := len(n.Items), n, "sequence"
				if n.Kind == doctree.Mapping {
					size, name = len(n.Pairs), "mapping"
				}
				switch {
				case len(n.Pairs) > 0:
					child = n.Pairs[0].Key
				case len(n.Items) > 0:
					child = n.Items[0]
				}
				if strings.IndexByte("[{", first[0]) >= 0 && (child == n || child.Span.Start > span.Start) {
					ours[token{kind: "flow", start: span.Start, end: span.End}] = true
				}
				ours[token{kind: fmt.Sprintf("%s of %d", name, size), start: span.Start, end: span.Start}] = true
			}
		})
	}
	var diffs []string
	merged := false
	merges := bytes.Contains(content, []byte("<<"))
	propertied := 0 // collections that PyYAML places at their tag or anchor
	for _, t := range theirs {
		if strings.Contains(t.kind, " of ") && (merges || t.start < 0) {
			propertied++
			continue
		}
		mergeKey := t.kind == "scalar" && t.text == "<<"
		if !ours[t] && !mergeKey && !(merged && (t.kind == "alias" || t.kind == "flow")) && !(t.kind == "tag" && isCore(string(content[t.start:t.end]))) {
			diffs = append(diffs, fmt.Sprintf("PyYAML alone has %v", t))
		}
		merged = mergeKey || merged && t.kind == "alias"
		delete(ours, t)
	}
	for t := range ours {
		if strings.Contains(t.kind, " of ") && (merges || propertied > 0) {
			propertied--
			continue
		}
		diffs = append(diffs, fmt.Sprintf("we alone have %v", t))
	}
	sort.Strings(diffs)
	return diffs[:min(len(diffs), 8)]
}

var blanks = regexp.MustCompile(`(?:[ \t\r\n\x{85}\x{2028}\x{2029}])+$`)

// isCore reports whether a tag is one that we don't tell.
func isCore(tag string) bool {
	return tag == "!" || strings.HasPrefix(tag, "!!") || strings.HasPrefix(tag, "!<tag:yaml.org,2002:")
}

// walk visits every node of a tree once.
func walk(root *doctree.Node, visit func(*doctree.Node)) {
	seen := map[*doctree.Node]bool{}
	var rec func(n *doctree.Node)
	rec = func(n *doctree.Node) {
		if seen[n] {
			return
		}
		seen[n] = true
		visit(n)
		for _, p := range n.Pairs {
			rec(p.Key)
			rec(p.Value)
		}
		for _, c := range n.Items {
			rec(c)
		}
	}
	rec(root)
}

// filesBelow returns the files below directories that have one of the extensions and aren't too large for a Python scanner.
func filesBelow(t *testing.T, roots []string, extensions ...string) []string {
	var paths []string
	for _, root := range roots {
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err != nil || !d.Type().IsRegular() {
				return err
			}
			if !slices.Contains(extensions, filepath.Ext(path)) {
				return nil
			}
			if info, err := d.Info(); err == nil && info.Size() < 300_000 {
				paths = append(paths, path)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return paths
}
