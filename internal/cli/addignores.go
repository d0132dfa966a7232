package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"

	"github.com/spf13/cobra"

	"github.com/vpclint/vpclint/internal/config"
	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/ignore"
	"github.com/vpclint/vpclint/internal/lint"
	"github.com/vpclint/vpclint/internal/report"
)

// adding returns what --add-ignores says; nil where it isn't given. It changes files instead of reporting, so that what makes
// reports has no effect beside it.
func (f *checkFlags) adding(cmd *cobra.Command, paths []string) (*ignore.Remark, error) {
	if !cmd.Flags().Changed("add-ignores") {
		return nil, nil
	}
	remark, err := ignore.NewRemark(f.addIgnores)
	if err != nil {
		return nil, fmt.Errorf("--add-ignores %q: %w", f.addIgnores, err)
	}
	for _, name := range []string{"format", "output", "sarif-include", "color", "statistics", "no-ignores", "stdin-filename"} {
		if flag := cmd.Flags().Lookup(name); flag != nil && flag.Changed {
			return nil, fmt.Errorf("--%s has no effect with --add-ignores, which writes into the files that are checked", name)
		}
	}
	if slices.Contains(paths, stdinPath) {
		return nil, errors.New("--add-ignores writes into files, and standard input is none")
	}
	if f.undecided == "show" {
		return nil, errors.New("--undecided show has no effect with --add-ignores, which leaves undecided verdicts as they are")
	}
	return &remark, nil
}

// An addRun is a run whose findings are to be ignored.
type addRun struct {
	c      lint.Config
	r      *lint.Result
	run    *report.Run
	p      *policy
	file   *config.Config
	remark ignore.Remark
}

// addIgnores writes ignores for the findings of a run, and says on standard output what was written and what is left.
func (a *app) addIgnores(ctx context.Context, f *checkFlags, x addRun) error {
	added, err := lint.AddIgnores(ctx, x.c, x.r, x.run.Findings, x.remark)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	var failed error
	ignores, findings, files := 0, 0, 0
	for _, e := range added.Files {
		if err := lint.Rewrite(x.r.Root, e); err != nil {
			failed = errors.Join(failed, fmt.Errorf("%s: %w", e.Path, err))
			continue
		}
		ignores, findings, files = ignores+e.Ignores, findings+e.Findings, files+1
		fmt.Fprintf(&b, "  %s: %d\n", report.Shown(x.run, e.Path), e.Ignores)
	}
	switch {
	case f.quiet:
		b.Reset()
	case ignores == 0:
		b.Reset()
		b.WriteString("added no ignores\n")
	default:
		list := b.String()
		b.Reset()
		fmt.Fprintf(&b, "added %s for %s to %s:\n%s", count(ignores, "ignore"), count(findings, "finding"), count(files, "file"), list)
	}
	x.entries(&b, added.Left)
	if len(added.About) > 0 {
		fmt.Fprintf(&b, "%s about ignores, which can only be mended:\n", are(len(added.About)))
	}
	for _, about := range added.About {
		at := about.At.Host()
		fmt.Fprintf(&b, "  %s:%d: %s\n", report.Shown(x.run, at.File.Path), at.File.Position(at.Start).Line, report.Escape(about.Message))
	}
	a.exit = x.exit(added, failed != nil)
	if _, err := a.stdout.Write(b.Bytes()); err != nil {
		return fmt.Errorf("writing to standard output: %w", err)
	}
	return failed
}

// exit returns the exit code: that of a run over what is left.
func (x addRun) exit(added *lint.Addition, failed bool) int {
	rest := *x.r
	rest.Findings = append(append([]finding.Finding(nil), added.Left...), added.About...)
	if failed {
		return exitFailed
	}
	return x.p.run(&rest, x.c.WorkDir).ExitCode
}

// entries writes what ignores findings in the configuration, ready to be pasted.
func (x addRun) entries(b *bytes.Buffer, left []finding.Finding) {
	if len(left) == 0 {
		return
	}
	dir := x.file.Dir
	if dir == "" {
		dir = x.r.Root
	}
	fmt.Fprintf(b, "%s an entry in %s, as nothing can be written where they stand:\nignore:\n", needs(len(left)), config.Name)
	seen := map[string]bool{}
	for _, f := range left {
		path := filepath.Join(x.r.Root, filepath.FromSlash(f.At.Host().File.Path))
		if rel, err := filepath.Rel(dir, path); err == nil && filepath.IsLocal(rel) {
			path = filepath.ToSlash(rel)
		} else {
			path = f.At.Host().File.Path
		}
		entry := fmt.Sprintf("  - {rule: %s, path: %s, subject: %s, reason: %s", f.Rule, yamlText(lint.EscapeGlob(path)), yamlText(f.Subject), yamlText(x.remark.Reason))
		if !x.remark.Until.IsZero() {
			entry += ", until: " + x.remark.Until.Format("2006-01-02")
		}
		if entry += "}\n"; !seen[entry] {
			seen[entry] = true
			b.WriteString(entry)
		}
	}
}

// yamlText returns a text in quotes, as YAML and Go spell it alike.
func yamlText(text string) string { return strconv.Quote(text) }

func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return strconv.Itoa(n) + " " + noun + "s"
}

func are(n int) string {
	if n == 1 {
		return "1 finding is"
	}
	return strconv.Itoa(n) + " findings are"
}

func needs(n int) string {
	if n == 1 {
		return "1 finding needs"
	}
	return strconv.Itoa(n) + " findings need"
}
