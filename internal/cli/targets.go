package cli

import (
	"bytes"
	"cmp"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/vpclint/vpclint/internal/lint"
	"github.com/vpclint/vpclint/internal/report"
)

// A target is one report that was asked for, and where it goes: standard output where file is empty.
type target struct{ format, file string }

func (f *checkFlags) outputs() ([]target, error) {
	var outs []target
	stdout := 0
	for _, text := range f.formats {
		o := target{}
		o.format, o.file, _ = strings.Cut(text, "=")
		if names := formatNames(); !slices.Contains(names, o.format) {
			hint := cmp.Or(didYouMean(o.format, names), ": use "+strings.Join(names, ", "))
			return nil, fmt.Errorf("unknown format %q%s", o.format, hint)
		}
		if strings.HasSuffix(text, "=") {
			return nil, fmt.Errorf("--format %s: no file is named", text)
		}
		if o.file == "" {
			o.file = f.output
			stdout++
		}
		if slices.ContainsFunc(outs, func(other target) bool { return o.file != "" && filepath.Clean(other.file) == filepath.Clean(o.file) }) {
			return nil, fmt.Errorf("two formats go to %s", o.file)
		}
		outs = append(outs, o)
	}
	switch {
	case f.output != "" && stdout != 1:
		return nil, fmt.Errorf("--output needs exactly one --format without a file")
	case f.color == "always" && !slices.ContainsFunc(outs, func(o target) bool { return o.format == "text" }):
		return nil, fmt.Errorf("--color always has no effect without --format text")
	case f.statistics && !slices.ContainsFunc(outs, func(o target) bool { return o.format == "text" }):
		return nil, fmt.Errorf("--statistics has no effect without --format text")
	case stdout > 1:
		return nil, fmt.Errorf("only one --format can go to standard output; give the others a file: --format sarif=out.sarif")
	case len(f.sarifInclude) > 0 && !slices.ContainsFunc(outs, func(o target) bool { return o.format == "sarif" }):
		return nil, fmt.Errorf("--sarif-include has no effect without --format sarif")
	}
	return outs, nil
}

// write makes every report whole before any is written, so that a failure leaves no half of one.
func (a *app) write(outs []target, f *checkFlags, r *lint.Result, run *report.Run) error {
	rendered := make([][]byte, len(outs))
	human := false
	for i, o := range outs {
		var b bytes.Buffer
		if err := a.render(&b, o, f, run); err != nil {
			return fmt.Errorf("writing %s: %w", o.format, err)
		}
		rendered[i] = b.Bytes()
		human = human || o.format == "text" && o.file == ""
		if path := r.Relative(o.file); o.file != "" && r.WasRead(path) {
			return &lint.UsageError{Message: o.file + " is one of the files that were checked; write the report elsewhere"}
		}
	}
	// Files first: what stands on standard output can't be taken back.
	for i, o := range outs {
		if o.file == "" {
			continue
		}
		if err := writeReport(o.file, rendered[i]); err != nil {
			return fmt.Errorf("writing %s: %w", o.format, err)
		}
	}
	for i, o := range outs {
		if o.file == "" {
			if _, err := a.stdout.Write(rendered[i]); err != nil {
				return fmt.Errorf("writing to standard output: %w", err)
			}
		}
	}
	if !f.quiet {
		a.nothing(r, run)
	}
	if !human && !f.quiet {
		fmt.Fprintln(a.stderr, report.SummaryLine(run.Summary))
	}
	return nil
}
