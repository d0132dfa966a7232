package python

import (
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/source"
)

// disk is a repository on disk.
type disk struct{ root string }

func (d disk) Open(p string) (*source.File, error) {
	b, err := os.ReadFile(filepath.Join(d.root, filepath.FromSlash(p)))
	if err != nil {
		return nil, err
	}
	return source.NewFile(p, b), nil
}

func (d disk) Dir(dir string) []string {
	entries, _ := os.ReadDir(filepath.Join(d.root, filepath.FromSlash(dir)))
	var out []string
	for _, e := range entries {
		if !e.IsDir() {
			out = append(out, path.Join(dir, e.Name()))
		}
	}
	return out
}

// TestCorpus reads the repositories below the directory that VPCLINT_CORPUS names, and insists on what must hold of any
// input: nothing panics, and every workload stands at the callee that makes it. With -v it shows what was found.
func TestCorpus(t *testing.T) {
	root := os.Getenv("VPCLINT_CORPUS")
	if root == "" {
		t.Skip("VPCLINT_CORPUS names no directory")
	}
	repos, err := os.ReadDir(root)
	if err != nil {
		t.Fatal(err)
	}
	for _, repo := range repos {
		t.Run(repo.Name(), func(t *testing.T) { corpus(t, filepath.Join(root, repo.Name())) })
	}
}

func corpus(t *testing.T, root string) {
	in := &frontend.Input{Tree: disk{root}, Documents: &frontend.Documents{}}
	in.Each = func(n int, unit func(int) source.Span, do func(int)) {
		for i := range n {
			func() {
				defer func() {
					if r := recover(); r != nil {
						t.Errorf("%s: %v", unit(i).File.Path, r)
					}
				}()
				start := time.Now()
				do(i)
				if d := time.Since(start); d > 30*time.Millisecond {
					t.Logf("%s took %v", unit(i).File.Path, d)
				}
			}()
		}
	}
	size := 0
	err := filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, _ := filepath.Rel(root, p)
		rel = filepath.ToSlash(rel)
		if !(Frontend{}).Match(rel) {
			return nil
		}
		f, err := in.Tree.Open(rel)
		if err == nil && (Frontend{}).Relevant(f) {
			in.Files = append(in.Files, f)
			size += len(f.Bytes)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	start := time.Now()
	out, err := Frontend{}.Load(t.Context(), in)
	if err != nil {
		t.Fatal(err)
	}
	took := time.Since(start)
	for _, r := range out.Resources {
		text, host := r.Span.Text(), r.Span.Host()
		word := text[strings.LastIndexByte(text, '.')+1:]
		if word == "" || !strings.Contains(host.Text(), strings.TrimSpace(word)) {
			t.Errorf("%s stands at %q, in the file on disk %q", r.Subject, text, host.Text())
		}
	}
	t.Logf("%d files, %.1f MB in %v: %d resources, %d findings", len(in.Files), float64(size)/1e6, took,
		len(out.Resources), len(out.Findings))
	if testing.Verbose() {
		fmt.Print(show(out))
	}
}
