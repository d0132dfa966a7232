package lint

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf16"

	"github.com/bmatcuk/doublestar/v4"

	"github.com/vpclint/vpclint/internal/discover"
	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/source"
)

// A Pattern names files of the repository by a glob. Ignore files and excludes have no say in it.
type Pattern struct {
	Glob string
	// Dir is the absolute directory that the glob is relative to.
	Dir string
	// From is what an error begins with: where the user wrote it.
	From string
}

// A Configured is what the configuration file says to the front-ends, where the command line may say otherwise.
type Configured struct {
	// Network and Audit are files that tell of a network, and of workloads to be judged.
	Network, Audit []Pattern
	// VarFiles stand before those of the command line, so that these win. Each is one file.
	VarFiles []Pattern
	// Parameters stand before those of the command line too. Places are where each is written.
	Parameters []frontend.Var
	Places     []string
}

// maxMatched is how many files the globs of one key may name, maxSeen at how many files and directories one glob looks.
const (
	maxMatched = 10_000
	maxSeen    = discover.MaxFiles
)

// settings are what the user gives to the front-ends.
type settings struct {
	frontend.Settings
	// network and audit are the paths that each pattern of the configuration names.
	network, audit [][]string
}

// settings reads what the user gives to the front-ends.
func (c Config) settings(t *tree, files []discover.File) (settings, error) {
	s := settings{Settings: frontend.Settings{
		Vars: slices.Clone(c.Vars), EnvVars: c.EnvVars, Parameters: slices.Concat(c.Configured.Parameters, c.Parameters),
	}}
	var err error
	if s.VarFiles, _, err = c.matched(t, c.Configured.VarFiles); err != nil {
		return s, err
	}
	for i := range s.Vars {
		s.Vars[i].After += len(s.VarFiles)
	}
	given, err := c.named(t, "--var-file ", c.VarFiles)
	if err != nil {
		return s, err
	}
	s.VarFiles = append(s.VarFiles, given...)
	if s.ParameterFiles, err = c.named(t, "--parameter "+frontend.FileScheme, c.ParameterFiles); err != nil {
		return s, err
	}
	if s.Network, s.network, err = c.matched(t, c.Configured.Network); err != nil {
		return s, err
	}
	if s.Audit, s.audit, err = c.matched(t, c.Configured.Audit); err != nil {
		return s, err
	}
	// What is named on the command line is meant, whatever it holds.
	for _, file := range files {
		if !file.Explicit {
			continue
		}
		if f, err := t.Open(file.Path); err == nil {
			s.Audit = append(s.Audit, inUTF8(f))
		}
	}
	slices.SortFunc(s.Audit, func(a, b *source.File) int { return strings.Compare(a.Path, b.Path) })
	s.Audit = slices.CompactFunc(s.Audit, func(a, b *source.File) bool { return a.Path == b.Path })
	return s, nil
}

// audited returns those of the files with workloads that the walk didn't list. They are judged where they lie under a PATH,
// as everything is.
func (c Config) audited(files []*source.File, walk *discover.Result) []discover.File {
	var out []discover.File
	for _, f := range files {
		_, listed := slices.BinarySearchFunc(walk.Files, f.Path, func(w discover.File, path string) int { return strings.Compare(w.Path, path) })
		if !listed {
			out = append(out, discover.File{Path: f.Path, Size: int64(len(f.Bytes)), Judged: c.under(walk.Root, f.Path)})
		}
	}
	return out
}

// under reports whether a root-relative path is one of the PATHs, or lies below one.
func (c Config) under(root, name string) bool {
	if c.past != nil {
		return true
	}
	for _, p := range c.Paths {
		if !filepath.IsAbs(p) {
			p = filepath.Join(c.WorkDir, p)
		}
		if real, err := filepath.EvalSymlinks(p); err == nil {
			p = real
		}
		rel, err := filepath.Rel(p, filepath.Join(root, filepath.FromSlash(name)))
		if err == nil && filepath.IsLocal(rel) {
			return true
		}
	}
	return len(c.Paths) == 0
}

// matched returns the files that patterns name, in the order of the patterns, those of one sorted by path; and the paths that
// each names. One that names none is the user's error: it has no effect.
func (c Config) matched(t *tree, patterns []Pattern) (out []*source.File, each [][]string, err error) {
	seen := map[string]bool{}
	for _, p := range patterns {
		if c.past != nil {
			each = append(each, nil)
			for _, f := range c.formerly(t, p) {
				if !seen[f.Path] {
					out, seen[f.Path] = append(out, inUTF8(f)), true
				}
			}
			continue
		}
		paths, err := p.expand(t)
		if err != nil {
			return nil, nil, &UsageError{fmt.Sprintf("%s: %v", p.From, err)}
		}
		each = append(each, paths)
		for _, name := range paths {
			if seen[name] {
				continue
			}
			seen[name] = true
			f, err := t.Open(name)
			if err != nil {
				return nil, nil, &UsageError{fmt.Sprintf("%s: %s: %v", p.From, name, err)}
			}
			if out = append(out, inUTF8(f)); len(out) > maxMatched {
				return nil, nil, &UsageError{fmt.Sprintf("%s: more than %d files", p.From, maxMatched)}
			}
		}
	}
	return out, each, nil
}

// inUTF8 returns a file with its text in UTF-8: what Windows PowerShell writes of a command's output is UTF-16. Lines and
// columns are the same.
func inUTF8(f *source.File) *source.File {
	var order binary.ByteOrder
	switch {
	case bytes.HasPrefix(f.Bytes, []byte("\xff\xfe")):
		order = binary.LittleEndian
	case bytes.HasPrefix(f.Bytes, []byte("\xfe\xff")):
		order = binary.BigEndian
	default:
		return f
	}
	units := make([]uint16, 0, len(f.Bytes)/2)
	for at := 2; at+1 < len(f.Bytes); at += 2 {
		units = append(units, order.Uint16(f.Bytes[at:]))
	}
	return source.NewFile(f.Path, []byte(string(utf16.Decode(units))))
}

// expand returns the root-relative paths that a pattern names, sorted.
func (p Pattern) expand(t *tree) ([]string, error) {
	dir, err := filepath.Rel(t.name, p.Dir)
	if err != nil {
		return nil, errors.New("it lies outside the repository")
	}
	plain := path.Join(filepath.ToSlash(dir), p.Glob)
	if !filepath.IsLocal(filepath.FromSlash(plain)) {
		return nil, errors.New("it lies outside the repository")
	}
	// A file may have a bracket in its name.
	if info, err := t.root.Stat(plain); err == nil && info.Mode().IsRegular() {
		return []string{plain}, nil
	}
	if !strings.ContainsAny(p.Glob, `*?[{\`) {
		return nil, errors.New("no such file")
	}
	glob := path.Join(EscapeGlob(filepath.ToSlash(dir)), p.Glob)
	var out []string
	seen := 0
	base, _ := doublestar.SplitPattern(glob)
	err = fs.WalkDir(t.root, base, func(name string, e fs.DirEntry, err error) error {
		seen++
		switch {
		case err != nil && errors.Is(err, fs.ErrNotExist):
			return fs.SkipAll
		case err != nil:
			return fs.SkipDir // what can't be read can't be named
		case seen > maxSeen:
			return fmt.Errorf("more than %d files and directories lie where it looks", maxSeen)
		case e.IsDir():
			deep := strings.Count(name, "/") >= strings.Count(glob, "/") && name != base && !strings.Contains(glob, "**")
			if deep || e.Name() == ".git" {
				return fs.SkipDir
			}
			return nil
		case !doublestar.MatchUnvalidated(glob, name):
			return nil
		}
		if info, err := t.root.Stat(name); err != nil || !info.Mode().IsRegular() {
			return nil
		}
		if out = append(out, name); len(out) > maxMatched {
			return fmt.Errorf("it matches more than %d files", maxMatched)
		}
		return nil
	})
	switch {
	case err != nil:
		return nil, err
	case len(out) == 0:
		return nil, errors.New("no file matches it")
	}
	slices.Sort(out)
	return out, nil
}

// EscapeGlob returns a glob that matches a path and nothing else.
func EscapeGlob(name string) string {
	return strings.NewReplacer(`\`, `\\`, "*", `\*`, "?", `\?`, "[", `\[`, "]", `\]`, "{", `\{`, "}", `\}`).Replace(name)
}

// unusedSettings refuses settings that could not take effect: a --var or --parameter that nothing in the tree declares, a
// file of facts that tells of none.
func unusedSettings(c Config, given settings, out *frontend.Output) error {
	if c.past != nil {
		return nil // a setting may be for what is new
	}
	if len(out.Refused) > 0 {
		message := out.Refused[0]
		for i, p := range c.Configured.VarFiles {
			if rest, ok := strings.CutPrefix(message, "--var-file "+given.VarFiles[min(i, len(given.VarFiles)-1)].Path+": "); ok {
				message = p.From + ": " + rest
				break
			}
		}
		return &UsageError{Message: message}
	}
	for _, v := range c.Vars {
		if !out.UsedVars[v.Name] {
			return &UsageError{fmt.Sprintf("--var %s: no root module declares the variable %q", v.Name, v.Name)}
		}
	}
	for i, p := range given.Parameters {
		if out.UsedParameters[p.Name] {
			continue
		}
		from := "--parameter " + p.Name
		if i < len(c.Configured.Places) {
			from = c.Configured.Places[i]
		}
		return &UsageError{fmt.Sprintf("%s: no template declares the parameter %q", from, p.Name)}
	}
	for i, f := range given.ParameterFiles {
		if !out.UsedParameters[frontend.FileScheme+f.Path] {
			return &UsageError{fmt.Sprintf("--parameter %s%s: no template declares any of its parameters", frontend.FileScheme, c.ParameterFiles[i])}
		}
	}
	if err := untold(c.Configured.Network, given.network, out, "output of aws ec2 describe-... that is read, nor a state of terraform's"); err != nil {
		return err
	}
	return untold(c.Configured.Audit, given.audit, out, "output of aws sagemaker describe-... that is read")
}

// untold refuses a pattern whose files tell nothing. Who names a directory of saved output names more of it than is read.
func untold(patterns []Pattern, paths [][]string, out *frontend.Output, what string) error {
	for i, p := range patterns {
		if !slices.ContainsFunc(paths[i], func(path string) bool { return slices.Contains(out.Told, path) }) {
			return &UsageError{fmt.Sprintf("%s: what it names holds no %s", p.From, what)}
		}
	}
	return nil
}

// passedOver returns the files among those of patterns that tell nothing.
func (s settings) passedOver(out *frontend.Output) []discover.Skip {
	told := map[string]bool{}
	for _, path := range out.Told {
		told[path] = true
	}
	var skips []discover.Skip
	for _, path := range slices.Concat(slices.Concat(s.network...), slices.Concat(s.audit...)) {
		if !told[path] {
			skips = append(skips, discover.Skip{Path: path, Reason: "the configuration names it, and it tells nothing of what it is named for"})
		}
	}
	return skips
}

// named reads files that the user names: unlike what the tree refers to, they may lie outside it.
func (c Config) named(t *tree, flag string, paths []string) ([]*source.File, error) {
	var files []*source.File
	for _, given := range paths {
		path := given
		if !filepath.IsAbs(path) {
			path = c.WorkDir + "/" + path
		}
		if f := c.former(t, path); f != nil {
			files = append(files, f)
			continue
		}
		info, err := os.Stat(path)
		switch {
		case err != nil:
			return nil, &UsageError{fmt.Sprintf("%s%s: %v", flag, given, Clause(err))}
		case !info.Mode().IsRegular() || info.Size() > MaxFileBytes:
			return nil, &UsageError{fmt.Sprintf("%s%s: it is no regular file of at most %d MiB", flag, given, MaxFileBytes>>20)}
		}
		b, err := os.ReadFile(path)
		if err != nil {
			return nil, &UsageError{fmt.Sprintf("%s%s: %v", flag, given, Clause(err))}
		}
		files = append(files, source.NewFile(t.relative(path), b))
	}
	return files, nil
}
