package cli

import (
	"fmt"
	"path/filepath"

	"github.com/vpclint/vpclint/internal/config"
	"github.com/vpclint/vpclint/internal/lint"
	"github.com/vpclint/vpclint/internal/report"
)

// decisions says on standard error what a run goes by, and what it passes over.
func (a *app) decisions(file *config.Config, c lint.Config, r *lint.Result) {
	say := func(format string, args ...any) {
		fmt.Fprintln(a.stderr, report.Escape(r.Secrets.Mask(fmt.Sprintf(format, args...))))
	}
	workDir, err := filepath.EvalSymlinks(c.WorkDir)
	if err != nil {
		workDir = c.WorkDir
	}
	say("repository root: %s", relativeTo(workDir, r.Root))
	if file.Path != "" {
		say("configuration: %s", file.Path)
	} else {
		say("configuration: none")
	}
	say("rules: %d", len(c.Rules))
	for _, s := range r.Skipped {
		say("skipped %s: %s", s.Path, s.Reason)
	}
}

// nothing tells who may have meant another directory that there was nothing to check: a summary of zeros reads like praise.
func (a *app) nothing(r *lint.Result, run *report.Run) {
	if r.Files == 0 && len(run.Findings) == 0 && len(run.Undecided) == 0 {
		fmt.Fprintln(a.stderr, "vpclint: nothing to check: no file here is about SageMaker or the network around it")
	}
}
