package shell

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// archive is a tree that an archive holds.
type archive []txtar.File

func (a archive) Open(name string) (*source.File, error) {
	for _, f := range a {
		if f.Name == name {
			return source.NewFile(name, f.Data), nil
		}
	}
	return nil, errors.New("no such file")
}

func (a archive) Dir(string) []string { return nil }

// Each archive of testdata/hosts holds files, and last the scripts that they hold: where each line stands, what fills its
// holes, and what its shell begins with.
func TestHosts(t *testing.T) {
	paths, err := filepath.Glob("testdata/hosts/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no archives: %v", err)
	}
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			ar, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			last := len(ar.Files) - 1
			if ar.Files[last].Name != "want" {
				ar.Files, last = append(ar.Files, txtar.File{Name: "want"}), last+1
			}
			in := &frontend.Input{Tree: archive(ar.Files[:last]), Documents: &frontend.Documents{}}
			var b strings.Builder
			for _, file := range ar.Files[:last] {
				read := hostOf(file.Name)
				if read == nil {
					fmt.Fprintf(&b, "== %s: nobody's\n", file.Name)
					continue
				}
				scripts, _ := read(in, source.NewFile(file.Name, file.Data))
				for _, s := range scripts {
					checkPlaces(t, s)
					b.WriteString(show(s))
				}
			}
			if *update {
				ar.Files[last].Data = []byte(b.String())
				if err := os.WriteFile(path, txtar.Format(ar), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(string(ar.Files[last].Data), b.String()); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// show writes a script down: each line with the place of its first byte in the file on disk.
func show(s script) string {
	var b strings.Builder
	host := s.owner.Span.Host()
	fmt.Fprintf(&b, "== %s:%d", host.File.Path, host.File.Position(host.Start).Line)
	if s.variant != 0 {
		fmt.Fprintf(&b, " %v", s.variant)
	}
	if s.dir != "" {
		fmt.Fprintf(&b, " in %s", s.dir)
	}
	for _, c := range s.owner.Exists.Cases() {
		if c.Holds == tri.True && len(c.When) > 0 {
			fmt.Fprintf(&b, " where %s", c.When)
		}
	}
	b.WriteString("\n")
	for _, v := range s.env {
		fmt.Fprintf(&b, "   env %s = %s\n", v.name, shown(v.value))
	}
	for n := 1; n <= s.file.Lines(); n++ {
		line, start := s.file.Line(n)
		if len(line) == 0 {
			continue
		}
		place := s.file.Span(start, start+1).Host()
		p := place.File.Position(place.Start)
		fmt.Fprintf(&b, "%4d:%-3d%s\n", p.Line, p.Column, s.filled(string(line)))
	}
	return b.String()
}

// filled shows a text with what its holes stand for.
func (s script) filled(text string) string {
	var b strings.Builder
	for {
		start, end, ok := nextHole(text)
		if !ok {
			return b.String() + text
		}
		b.WriteString(text[:start] + "⟦" + shown(s.holes[text[start:end]].value) + "⟧")
		text = text[end:]
	}
}

func shown(v value.Value) string {
	var b strings.Builder
	for _, part := range v.Parts() {
		switch part.Kind() {
		case value.KindScalar:
			b.WriteString(part.Literal())
		case value.KindAbsent:
			b.WriteString("absent")
		default:
			b.WriteString("?" + part.Kind().String() + ": " + part.Reason() + "?")
		}
	}
	if o := v.Origin(); o != nil && o.Via != nil {
		host := o.Via.Span.Host()
		fmt.Fprintf(&b, " (%s, line %d)", o.Via.Note, host.File.Position(host.Start).Line)
	}
	return b.String()
}

// checkPlaces holds every word of a script against what stands where it is said to: it is spelt so there, or the place is
// one that a hole or an escape has.
func checkPlaces(t *testing.T, s script) {
	t.Helper()
	for _, word := range bytes.Fields(s.file.Bytes) {
		i := bytes.Index(s.file.Bytes, word)
		span := s.file.Span(i, i+len(word)).Host()
		if span.Start < 0 || span.End > len(span.File.Bytes) || span.Start > span.End {
			t.Errorf("%q stands at [%d, %d) of %d bytes", word, span.Start, span.End, len(span.File.Bytes))
			continue
		}
		if slices.Contains([]string{"aws", "sagemaker"}, string(word)) && span.Text() != string(word) && !strings.HasPrefix(span.Text(), "$") {
			t.Errorf("%q stands for %q", word, span.Text())
		}
	}
}
