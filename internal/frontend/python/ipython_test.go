package python

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"sort"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vpclint/vpclint/internal/pyast"
	"github.com/vpclint/vpclint/internal/source"
)

// A verdict is what IPython says of one cell.
type verdict struct {
	Cell       int
	Other      string
	Error      string
	Statements [][2]string
}

// TestIPython reads the notebooks below the directory that VPCLINT_NOTEBOOKS names, and holds every code cell against what
// IPython and CPython make of it, by the Python that VPCLINT_IPYTHON names: what they accept has the same statements here.
func TestIPython(t *testing.T) {
	root, python := os.Getenv("VPCLINT_NOTEBOOKS"), os.Getenv("VPCLINT_IPYTHON")
	if root == "" || python == "" {
		t.Skip("VPCLINT_NOTEBOOKS names no directory, or VPCLINT_IPYTHON no Python that has IPython")
	}
	var paths []string
	seen := map[[sha256.Size]byte]bool{}
	err := filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !isNotebook(p) {
			return err
		}
		b, err := os.ReadFile(p)
		if err == nil && !seen[sha256.Sum256(b)] {
			seen[sha256.Sum256(b)] = true
			paths = append(paths, p)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(python, "testdata/ipython.py")
	cmd.Stdin = strings.NewReader(strings.Join(paths, "\n") + "\n")
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	var n tally
	lines := bufio.NewReader(bytes.NewReader(out))
	for {
		line, err := lines.ReadBytes('\n')
		if err != nil {
			break
		}
		var said struct {
			Path, Error string
			Cells       []verdict
		}
		if err := json.Unmarshal(line, &said); err != nil {
			t.Fatal(err)
		}
		b, err := os.ReadFile(said.Path)
		if err != nil {
			t.Fatal(err)
		}
		n.notebook(t, source.NewFile(said.Path, b), said.Error, said.Cells)
	}
	n.report(t)
}

// A tally counts cells.
type tally struct {
	notebooks, python, cells, other, accepted, same, parsed int
	rejected                                                map[string]int
}

func (n *tally) notebook(t *testing.T, f *source.File, broken string, cells []verdict) {
	nb := readNotebook(f)
	n.notebooks++
	if broken != "" {
		if len(nb.cells) > 0 && len(nb.faults) == 0 && isNotebookOfOurs(f.Bytes) {
			t.Errorf("%s: %s, and nothing is said", f.Path, broken)
		}
		return
	}
	if nb.foreign || nb.mixed {
		return
	}
	n.python++
	ours := map[int]*text{}
	for _, texts := range [][]*text{nb.cells, nb.aside} {
		for _, x := range texts {
			if number, err := strconv.Atoi(strings.TrimPrefix(x.file.Label, "cell ")); err == nil && x.draft == nil {
				ours[number] = x
			}
		}
	}
	for _, c := range cells {
		n.cells++
		x := ours[c.Cell]
		switch {
		case c.Other != "":
			n.other++
		case c.Error != "":
			// What CPython refuses may be read here in part.
			if x != nil && len(x.tree.Errors) == 0 {
				n.parsed++
			}
			n.count(c.Error)
			if testing.Verbose() {
				t.Logf("%s cell %d: %s", f.Path, c.Cell, c.Error)
			}
		case x == nil && len(c.Statements) > 0:
			n.accepted++
			t.Errorf("%s cell %d: not read", f.Path, c.Cell)
		default:
			n.accepted++
			var got [][2]string
			if x != nil {
				got = topLevel(x)
				if len(x.tree.Errors) > 0 {
					t.Errorf("%s cell %d: %s", f.Path, c.Cell, x.tree.Errors[0].Msg)
					continue
				}
			}
			if diff := compareStatements(c.Statements, got); diff != "" {
				t.Errorf("%s cell %d:\n%s", f.Path, c.Cell, diff)
				continue
			}
			n.same++
			n.parsed++
		}
	}
}

func (n *tally) count(message string) {
	if n.rejected == nil {
		n.rejected = map[string]int{}
	}
	kind, _, _ := strings.Cut(message, " (")
	n.rejected[kind]++
}

func (n *tally) report(t *testing.T) {
	t.Logf("%d notebooks, %d of Python, %d code cells, %d of them for other programs", n.notebooks, n.python, n.cells, n.other)
	t.Logf("IPython accepts %d; of those %d have the same statements here", n.accepted, n.same)
	t.Logf("%d of %d cells parse: %.2f %%", n.parsed, n.cells-n.other, 100*float64(n.parsed)/float64(max(n.cells-n.other, 1)))
	var kinds []string
	for k := range n.rejected {
		kinds = append(kinds, k)
	}
	sort.Slice(kinds, func(i, j int) bool {
		if n.rejected[kinds[i]] != n.rejected[kinds[j]] {
			return n.rejected[kinds[i]] > n.rejected[kinds[j]]
		}
		return kinds[i] < kinds[j]
	})
	for _, k := range kinds[:min(len(kinds), 40)] {
		t.Logf("%6d %s", n.rejected[k], k)
	}
}

// topLevel returns the statements of a cell as the oracle writes them.
func topLevel(x *text) [][2]string {
	var out [][2]string
	for _, s := range x.tree.Body {
		if c := x.commands[s.Pos()]; c != nil && kindOf(s) == "Pass" {
			kind := "!"
			if strings.Contains(",;/", c.name) {
				kind = "Expr" // a call whose arguments are quoted
			}
			out = append(out, [2]string{kind, ""})
			continue
		}
		has := false
		for at := range x.commands {
			has = has || s.Pos() <= at && at < s.End()
		}
		body := string(x.file.Bytes[s.Pos():s.End()])
		if has {
			body = ""
		}
		out = append(out, [2]string{kindOf(s), body})
	}
	return out
}

// kindOf returns the name of a statement's kind in CPython.
func kindOf(s pyast.Stmt) string {
	return strings.TrimSuffix(strings.TrimPrefix(fmt.Sprintf("%T", s), "*pyast."), "Stmt")
}

// compareStatements compares kinds, and texts where both sides have one.
func compareStatements(want, got [][2]string) string {
	norm := func(list [][2]string, other [][2]string) [][2]string {
		out := make([][2]string, len(list))
		for i, s := range list {
			if i < len(other) && other[i][1] == "" {
				s[1] = ""
			}
			// IPython empties lines of blanks.
			lines := strings.Split(strings.ReplaceAll(s[1], "\r\n", "\n"), "\n")
			for k, line := range lines {
				if strings.TrimSpace(line) == "" {
					lines[k] = ""
				}
			}
			s[1] = strings.Join(lines, "\n")
			out[i] = s
		}
		return out
	}
	return cmp.Diff(norm(want, got), norm(got, want))
}
