package cli

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"golang.org/x/term"

	"github.com/vpclint/vpclint/internal/discover"
	"github.com/vpclint/vpclint/internal/lint"
)

// stdinPath is the PATH that stands for standard input; a file of that name is ./-.
const stdinPath = "-"

// A given is a file whose content comes from standard input.
type given struct {
	root, rel string
	content   []byte
}

// standardInput reads the file that standard input stands for; nil where it stands for none. A file of the tree is named by
// --stdin-filename; without it, JSON tells what it is.
func (a *app) standardInput(f *checkFlags, named bool, paths []string) (*given, error) {
	dash := slices.Contains(paths, stdinPath)
	switch {
	case dash && len(paths) > 1:
		return nil, errors.New("- is standard input, and stands for all that is checked: leave out the other PATHs")
	case named && !dash && len(paths) > 0:
		return nil, fmt.Errorf("--stdin-filename %s: standard input is checked, so that no other PATH can be: %s", f.stdinFilename, paths[0])
	case !dash && !named:
		return nil, nil
	}
	if file, ok := a.stdin.(*os.File); ok && term.IsTerminal(int(file.Fd())) {
		return nil, errors.New("standard input is a terminal: pipe a file into it")
	}
	content, err := io.ReadAll(io.LimitReader(a.stdin, lint.MaxFileBytes+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("reading standard input: %w", err)
	case len(content) > lint.MaxFileBytes:
		return nil, fmt.Errorf("standard input is larger than %d MiB", lint.MaxFileBytes>>20)
	}
	name := f.stdinFilename
	if !named {
		if name, err = inferred(content); err != nil {
			return nil, err
		}
	}
	workdir, err := os.Getwd()
	if err != nil {
		return nil, fmt.Errorf("finding the working directory: %w", err)
	}
	g := &given{content: content}
	if g.root, g.rel, err = discover.Place(workdir, name); err != nil {
		return nil, fmt.Errorf("--stdin-filename: %w", err)
	}
	return g, nil
}

// inferred returns a name for content that comes without one. Front-ends tell JSON's documents apart by their content; all
// other languages need the name, for the directory too, in which what they refer to lies.
func inferred(content []byte) (string, error) {
	text := bytes.TrimLeft(bytes.TrimPrefix(content, []byte("\xef\xbb\xbf")), " \t\r\n")
	switch {
	case len(text) == 0:
		return "", errors.New("standard input is empty")
	case text[0] != '{' && text[0] != '[':
		return "", errors.New("standard input is not JSON: say which file it is with --stdin-filename NAME")
	case !json.Valid(text):
		return "", errors.New("standard input begins as JSON does, and is none: say which file it is with --stdin-filename NAME")
	}
	var notebook struct {
		Cells  []json.RawMessage `json:"cells"`
		Format json.RawMessage   `json:"nbformat"`
	}
	if err := json.Unmarshal(text, &notebook); err == nil && notebook.Cells != nil && notebook.Format != nil {
		return "stdin.ipynb", nil
	}
	return "stdin.json", nil
}

// put gives the file to the driver: it is all that is asked for, and what lies around it is its context.
func (g *given) put(c *lint.Config) {
	if g == nil {
		return
	}
	c.Root = g.root
	c.Paths = []string{filepath.Join(g.root, filepath.FromSlash(g.rel))}
	c.Overlay = map[string][]byte{g.rel: g.content}
}
