package cli

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"github.com/vpclint/vpclint/internal/baseline"
	"github.com/vpclint/vpclint/internal/git"
	"github.com/vpclint/vpclint/internal/lint"
	"github.com/vpclint/vpclint/internal/report"
	"github.com/vpclint/vpclint/internal/source"
)

// baselineFlags are the flags of baseline.
type baselineFlags struct {
	treeFlags
	setFlags
	output string
}

func (a *app) baseline() *cobra.Command {
	f := &baselineFlags{}
	c := &cobra.Command{
		Use:   "baseline [PATH...]",
		Short: "Write down today's findings, for check --baseline to leave them out",
		Long: `baseline writes today's findings as JSON, one in a line, sorted. Given to check --baseline, each of its entries excuses one
finding from then on, so that only new ones count. An entry holds no line: it outlives edits around what it is about, and
that file's being renamed. Findings that are ignored where they stand are not in it.`,
		RunE: func(cmd *cobra.Command, args []string) error { return a.runBaseline(cmd.Context(), cmd, f, args) },
	}
	f.register(c)
	fl := c.Flags()
	fl.StringVar(&f.output, "output", "", "`FILE` to write to instead of standard output")
	f.registerSet(c)
	return c
}

func (a *app) runBaseline(ctx context.Context, cmd *cobra.Command, f *baselineFlags, paths []string) error {
	if err := unset(cmd, "select", "ignore", "output", "exclude", "var-file", "config"); err != nil {
		return err
	}
	c, file, err := f.config(paths)
	if err != nil {
		return err
	}
	if c.Rules, err = f.running(cmd, file); err != nil {
		return err
	}
	c.Strict, c.Unrecorded = f.profile == "strict", true
	if f.output != "" {
		if err := leaveOut(&c, f.output); err != nil {
			return err
		}
	}
	r, err := lint.Run(ctx, c)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := baseline.Of(r.Findings).Write(&b); err != nil {
		return fmt.Errorf("writing the baseline: %w", err)
	}
	if text := report.Inert(b.Bytes()); f.output == "" {
		_, err = a.stdout.Write(text)
	} else {
		err = os.WriteFile(f.output, text, 0o644)
	}
	if err != nil {
		return fmt.Errorf("writing the baseline: %w", err)
	}
	return nil
}

// readBaseline reads the file of --baseline, and takes it out of what is judged.
func readBaseline(c *lint.Config, name string) error {
	rel, err := fromRoot(c, name)
	if err != nil {
		return err
	}
	content, err := readRegular(name, baseline.MaxBytes)
	if err != nil {
		return fmt.Errorf("--baseline %s: %w", name, err)
	}
	if c.Baseline, err = baseline.Parse(source.NewFile(rel, content), name); err != nil {
		return fmt.Errorf("--baseline: %w", err)
	}
	return leaveOut(c, name)
}

// leaveOut takes a file that vpclint writes or reads for itself out of what is judged.
func leaveOut(c *lint.Config, name string) error {
	rel, err := fromRoot(c, name)
	if err == nil && filepath.IsLocal(filepath.FromSlash(rel)) {
		c.Exclude = append(slices.Clone(c.Exclude), lint.EscapeGlob(rel))
	}
	return err
}

// fromRoot returns the path of a file, relative to the working directory, as it is from the repository's root.
func fromRoot(c *lint.Config, name string) (string, error) {
	root, err := c.RepositoryRoot()
	if err != nil {
		return "", err
	}
	if !filepath.IsAbs(name) {
		name = filepath.Join(c.WorkDir, name)
	}
	// A link belongs to the directory in which it stands.
	if dir, err := filepath.EvalSymlinks(filepath.Dir(name)); err == nil {
		name = filepath.Join(dir, filepath.Base(name))
	}
	rel, err := filepath.Rel(root, name)
	if err != nil {
		return filepath.Base(name), nil
	}
	return filepath.ToSlash(rel), nil
}

// readRegular reads a file that the user names.
func readRegular(name string, limit int64) ([]byte, error) {
	info, err := os.Stat(name) // opening a named pipe waits for a writer
	switch {
	case err != nil:
		return nil, lint.Clause(err)
	case !info.Mode().IsRegular():
		return nil, fmt.Errorf("it is no regular file")
	case info.Size() > limit:
		return nil, fmt.Errorf("it is larger than %d MiB", limit>>20)
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, lint.Clause(err)
	}
	defer f.Close()
	content, err := io.ReadAll(io.LimitReader(f, limit))
	return content, lint.Clause(err)
}

// lookBack looks at the state of the repository that --new-from-rev names, which is to be open until the run is done.
func (a *app) lookBack(ctx context.Context, c *lint.Config, f *checkFlags) (done func(), err error) {
	rev := f.newFrom
	root, err := c.RepositoryRoot()
	if err != nil {
		return nil, err
	}
	repo, err := git.Open(root, filepath.SplitList(os.Getenv("GIT_ALTERNATE_OBJECT_DIRECTORIES")))
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			repo.Close()
		}
	}()
	id, err := repo.Resolve(rev)
	if err != nil {
		return nil, err
	}
	tree, err := repo.Tree(id)
	if err != nil {
		return nil, err
	}
	head := tree
	if now, err := repo.Resolve("HEAD"); err == nil {
		if head, err = repo.Tree(now); err != nil {
			return nil, err
		}
	}
	if f.verbose {
		fmt.Fprintf(a.stderr, "compared with %s: %s\n", report.Escape(rev), id)
	}
	seen := *c
	seen.Progress = &lint.Progress{}
	end := a.watch(seen.Progress, f.quiet)
	c.Earlier, err = lint.Before(ctx, seen, tree, head, rev)
	if end(); err != nil {
		return nil, err
	}
	return repo.Close, nil
}
