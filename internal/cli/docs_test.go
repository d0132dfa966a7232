package cli_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"mvdan.cc/sh/v3/interp"
	"mvdan.cc/sh/v3/syntax"

	"github.com/vpclint/vpclint/internal/cli"
)

// The README and the pages of docs are run. A fence that names a file writes it; one of the language console holds commands,
// each after a dollar, and what they print, which -update rewrites; the commands of one of the language sh are run too, where
// they are vpclint's, and must not fail. A page's commands run in an empty directory, or where a comment says so
//
//	<!-- tree: testdata/repos/insecure-mlops -->
//
// in a copy of that one; with nothing named a new empty one begins.
func TestDocs(t *testing.T) {
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	pages, err := filepath.Glob(filepath.Join(root, "docs", "*.md"))
	if err != nil || len(pages) == 0 {
		t.Fatalf("no pages: %v", err)
	}
	for _, page := range append(pages, filepath.Join(root, "README.md")) {
		t.Run(filepath.Base(page), func(t *testing.T) {
			b, err := os.ReadFile(page)
			if err != nil {
				t.Fatal(err)
			}
			got := runPage(t, root, string(b))
			if *update {
				if err := os.WriteFile(page, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			} else if diff := cmp.Diff(string(b), got); diff != "" {
				t.Errorf("the page shows another output (-page +run):\n%s", diff)
			}
		})
	}
}

func TestReadmeLength(t *testing.T) {
	b, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	if n := bytes.Count(b, []byte("\n")); n > 150 {
		t.Errorf("the README has %d lines, and is to have 150 at most", n)
	}
}

// pagePart finds what of a page means something to its test: a tree, or a fence.
var pagePart = regexp.MustCompile("(?ms)^<!-- tree: *(\\S*?) *-->$|^```(\\w*)(?: ([^\n ]+))?\n(.*?)^```$")

// runPage returns a page with what its commands print now.
func runPage(t *testing.T, root, page string) string {
	t.Helper()
	home, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	defer t.Chdir(home)
	t.Chdir(tree(t, root, ""))
	var out strings.Builder
	last := 0
	for _, m := range pagePart.FindAllStringSubmatchIndex(page, -1) {
		group := func(i int) string {
			if m[2*i] < 0 {
				return ""
			}
			return page[m[2*i]:m[2*i+1]]
		}
		language, file, text := group(2), group(3), group(4)
		switch {
		case m[2] >= 0:
			t.Chdir(tree(t, root, group(1)))
		case file != "":
			write(t, file, text)
		case language == "console":
			out.WriteString(page[last:m[8]])
			out.WriteString(runConsole(t, text))
			last = m[9]
		case language == "sh":
			runLines(t, text)
		}
	}
	return out.String() + page[last:]
}

// tree returns a new directory, with a copy of one of the repository's where that is named.
func tree(t *testing.T, root, of string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "repository")
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	if of != "" {
		if err := os.CopyFS(dir, os.DirFS(filepath.Join(root, filepath.FromSlash(of)))); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// took is the time in a summary line, which is another one each time.
var took = regexp.MustCompile(`\) in [0-9.]+m?s\n`)

// runConsole returns a console's commands with what they print.
func runConsole(t *testing.T, text string) string {
	t.Helper()
	var out bytes.Buffer
	sh := newShell(t, &out)
	for line := range strings.Lines(text) {
		command, ok := strings.CutPrefix(line, "$ ")
		if !ok {
			continue
		}
		out.WriteString(line)
		sh(command)
	}
	return strings.TrimRight(took.ReplaceAllString(out.String(), ") in 12ms\n"), "\n") + "\n"
}

// runLines runs the commands of vpclint's among lines.
func runLines(t *testing.T, text string) {
	t.Helper()
	for line := range strings.Lines(text) {
		if !strings.HasPrefix(line, "vpclint ") {
			continue
		}
		var out bytes.Buffer
		if code := newShell(t, &out)(line); code == 2 {
			t.Errorf("%s: %s", strings.TrimSpace(line), out.String())
		}
	}
}

// newShell returns what runs a command line, in one shell, and gives its exit status.
func newShell(t *testing.T, out io.Writer) func(line string) uint8 {
	t.Helper()
	exec := func(interp.ExecHandlerFunc) interp.ExecHandlerFunc {
		return func(ctx context.Context, args []string) error {
			at := interp.HandlerCtx(ctx)
			switch args[0] {
			case "vpclint":
				if code := cli.Main(args[1:], at.Stdin, at.Stdout, at.Stderr); code != 0 {
					return interp.ExitStatus(code)
				}
				return nil
			case "cat":
				b, err := os.ReadFile(args[1])
				if err != nil {
					return err
				}
				_, err = at.Stdout.Write(b)
				return err
			case "mv":
				return os.Rename(args[1], args[2])
			}
			return fmt.Errorf("the pages' shell has no %s", args[0])
		}
	}
	runner, err := interp.New(interp.StdIO(strings.NewReader(""), out, out), interp.ExecHandlers(exec))
	if err != nil {
		t.Fatal(err)
	}
	return func(line string) uint8 {
		t.Helper()
		parsed, err := syntax.NewParser().Parse(strings.NewReader(line), "")
		if err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		err = runner.Run(context.Background(), parsed)
		var status interp.ExitStatus
		if err != nil && !errors.As(err, &status) {
			t.Fatalf("%s: %v", line, err)
		}
		return uint8(status)
	}
}
