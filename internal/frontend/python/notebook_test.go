package python

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
)

// cellMark separates the cells of a notebook in the cases of testdata/notebooks. What follows it is the cell's metadata.
const cellMark = "#%%"

// notebookOf returns the notebook that has the cells of a script with marks, as Jupyter writes it; metadata stands above the
// first mark.
func notebookOf(tb testing.TB, script string) string {
	tb.Helper()
	head, rest, _ := strings.Cut("\n"+script, "\n"+cellMark)
	metadata := json.RawMessage(`{"kernelspec": {"name": "python3", "language": "python"}}`)
	if head = strings.TrimSpace(head); head != "" {
		metadata = json.RawMessage(head)
	}
	var cells []map[string]any
	for _, cell := range strings.Split(rest, "\n"+cellMark) {
		mark, source, _ := strings.Cut(cell, "\n")
		lines := strings.SplitAfter(strings.TrimSuffix(source, "\n"), "\n")
		meta := json.RawMessage("{}")
		if mark = strings.TrimSpace(mark); mark != "" {
			meta = json.RawMessage(mark)
		}
		cells = append(cells, map[string]any{
			"cell_type": "code", "execution_count": nil, "metadata": meta, "outputs": []string{}, "source": lines,
		})
	}
	b, err := json.MarshalIndent(map[string]any{"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}, "", " ")
	if err != nil {
		tb.Fatal(err)
	}
	return string(b) + "\n"
}

// TestNotebooks reads the files of each case, whose notebooks are written as scripts with marks, and holds what was found
// against its file "want".
func TestNotebooks(t *testing.T) {
	cases, err := filepath.Glob("testdata/notebooks/*.txtar")
	if err != nil || len(cases) == 0 {
		t.Fatal("no cases", err)
	}
	for _, name := range cases {
		t.Run(filepath.Base(name), func(t *testing.T) {
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			files, want := tree{}, ""
			kept := archive.Files[:0:0]
			for _, f := range archive.Files {
				if f.Name == "want" {
					want = string(f.Data)
					continue
				}
				kept = append(kept, f)
				files[f.Name] = string(f.Data)
				if isNotebook(f.Name) && strings.Contains(files[f.Name], cellMark) {
					files[f.Name] = notebookOf(t, files[f.Name])
				}
			}
			out := load(t, files)
			got := show(out)
			for _, r := range out.Resources {
				host := r.Span.Host()
				if written := host.Text(); written != r.Span.Text() {
					t.Errorf("%s stands at %q in the file", r.Subject, written)
				}
				if label := r.Span.File.Label; label != "" {
					got += r.Subject + " in " + label + ", line " + itoa(r.Span.File.Position(r.Span.Start).Line) + "\n"
				}
			}
			if *update {
				archive.Files = append(kept, txtar.File{Name: "want", Data: []byte(got)})
				if err := os.WriteFile(name, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}
