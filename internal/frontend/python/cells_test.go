package python

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"github.com/vpclint/vpclint/internal/source"
)

// TestCells holds cells against what IPython and CPython were recorded to make of them.
func TestCells(t *testing.T) {
	const file = "testdata/cells.txtar"
	archive, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	last := len(archive.Files) - 1
	cells, recorded := archive.Files[:last], &archive.Files[last]
	if python := os.Getenv("VPCLINT_IPYTHON"); *update && python != "" {
		recorded.Data = record(t, python, cells)
		if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	lines := bytes.Split(bytes.TrimSpace(recorded.Data), []byte("\n"))
	if len(lines) != len(cells) {
		t.Fatalf("%d cells, of which %d are recorded", len(cells), len(lines))
	}
	for i, c := range cells {
		t.Run(c.Name, func(t *testing.T) {
			var want verdict
			if err := json.Unmarshal(lines[i], &want); err != nil {
				t.Fatal(err)
			}
			f := source.NewFile("cell", bytes.TrimSuffix(c.Data, []byte("\n")))
			got := parseCell(f)
			if magic, _ := cellMagic(f.Bytes); magic != nil && cellMagics[magic.name] {
				_, at := cellMagic(f.Bytes)
				got = parseCell(behind(f, at))
			}
			switch {
			case want.Other != "":
			case want.Error != "":
				t.Logf("%s; here %d errors", want.Error, len(got.tree.Errors))
			case len(got.tree.Errors) > 0:
				t.Errorf("%s\n%s", got.tree.Errors[0].Msg, got.file.Bytes)
			default:
				if diff := compareStatements(want.Statements, topLevel(got)); diff != "" {
					t.Errorf("%s\n%s", diff, got.file.Bytes)
				}
			}
			if a, b := bytes.Count(f.Bytes, []byte("\n")), bytes.Count(got.file.Bytes, []byte("\n")); a != b {
				t.Errorf("%d lines have become %d:\n%s", a, b, got.file.Bytes)
			}
		})
	}
}

// record asks IPython.
func record(t *testing.T, python string, cells []txtar.File) []byte {
	t.Helper()
	var nb struct {
		Cells []map[string]string `json:"cells"`
	}
	for _, c := range cells {
		nb.Cells = append(nb.Cells, map[string]string{"cell_type": "code", "source": strings.TrimSuffix(string(c.Data), "\n")})
	}
	b, err := json.Marshal(nb)
	if err != nil {
		t.Fatal(err)
	}
	p := filepath.Join(t.TempDir(), "cells.ipynb")
	if err := os.WriteFile(p, b, 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(python, "testdata/ipython.py")
	cmd.Stdin = strings.NewReader(p + "\n")
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	var said struct{ Cells []json.RawMessage }
	if err := json.Unmarshal(out, &said); err != nil {
		t.Fatal(err)
	}
	var lines []byte
	for _, c := range said.Cells {
		lines = append(append(lines, c...), '\n')
	}
	return lines
}

// Commands become statements and operands, wherever they begin and end; all else is left to Python.
func TestDress(t *testing.T) {
	for _, row := range [][2]string{
		{"!ls", "pass"},
		{"%", "pass"},
		{"!", "pass"},
		{"?", "pass"},
		{"%%time", ""},
		{"%%time x = 1\ny", "x = 1\ny"},
		{"%time", "pass"},
		{"%time  x = 1", "x = 1"},
		{"%time -x y", "y"},
		{"%timeit -n 10 -r3 -q x", "x"},
		{"time x = f()", "x = f()"},
		{"x = !", "x = ..."},
		{"x = %", "x = %"},
		{"x = %time y = %time z", "x = y = z"},
		{"x = % y", "x = % y"},
		{"x = !a \\\nb\ny", "x = ...\n\ny"},
		{"!a \\\r\nb\r\ny", "pass\n\r\ny"},
		{"a?\r\nb", "pass\r\nb"},
		{"\"\"\"\n!x", "\"\"\"\n!x"},
		{"x = '\\\n!y'\n!z", "x = '\\\n!y'\npass"},
		{"if x:\n  !ls\\", "if x:\n  pass"},
		{"(\n!ls\n)\n!ls", "(\n!ls\n)\npass"},
		{"cd ~/x", "pass"},
		{"cd - 1", "cd - 1"},
		{"rm -rf x", "pass"},
		{"ls -l", "pass"},
		{"ls in x", "ls in x"},
		{"  x\n  !y\nz", "x\npass\nz"},
	} {
		f, _ := dress(source.NewFile("cell", []byte(row[0])))
		if diff := cmp.Diff(row[1], string(f.Bytes)); diff != "" {
			t.Errorf("%q:\n%s", row[0], diff)
		}
	}
}
