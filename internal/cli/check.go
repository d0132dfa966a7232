package cli

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/vpclint/vpclint/internal/config"
	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/lint"
	"github.com/vpclint/vpclint/internal/report"
	"github.com/vpclint/vpclint/rules"
)

// treeFlags are the flags of every command that reads a tree.
type treeFlags struct {
	vars                    []givenVar
	varFiles                []string
	parameters              []givenVar
	parameterFiles, exclude []string
	tfVarEnv                bool
	jobs                    int
	configFile              string
	isolated                bool
	// stdin is the file that standard input stands for; nil where it stands for none.
	stdin *given
}

// A givenVar is the text of a --var or --parameter, and how many files of them stand before it.
type givenVar struct {
	text  string
	after int
}

// A varFlag collects each --var.
type varFlag struct{ of *treeFlags }

func (v *varFlag) String() string { return "" }
func (v *varFlag) Type() string   { return "stringArray" }

func (v *varFlag) Set(s string) error {
	v.of.vars = append(v.of.vars, givenVar{s, len(v.of.varFiles)})
	return nil
}

// A parameterFlag collects each --parameter.
type parameterFlag struct{ of *treeFlags }

func (v *parameterFlag) String() string { return "" }
func (v *parameterFlag) Type() string   { return "stringArray" }

func (v *parameterFlag) Set(s string) error {
	if file, ok := strings.CutPrefix(s, frontend.FileScheme); ok {
		v.of.parameterFiles = append(v.of.parameterFiles, file)
		return nil
	}
	v.of.parameters = append(v.of.parameters, givenVar{s, len(v.of.parameterFiles)})
	return nil
}

func (f *treeFlags) register(c *cobra.Command) {
	c.Flags().Var(&varFlag{of: f}, "var", "value of a Terraform variable, `NAME=VALUE`")
	c.Flags().BoolVar(&f.tfVarEnv, "tf-var-env", false, "read the values of Terraform variables from the environment too (TF_VAR_name)")
	c.Flags().StringArrayVar(&f.varFiles, "var-file", nil, "`FILE` of Terraform variables")
	c.Flags().Var(&parameterFlag{of: f}, "parameter", "value of a CloudFormation parameter, `NAME=VALUE`, or a file of them, file://PATH")
	c.Flags().StringArrayVar(&f.exclude, "exclude", nil, "`GLOB` of paths to leave out, relative to the repository root")
	c.Flags().StringVar(&f.configFile, "config", "", "configuration `FILE` (default: .vpclint.yaml of the nearest directory upwards that has one)")
	c.Flags().BoolVar(&f.isolated, "isolated", false, "read no configuration file")
	c.Flags().IntVar(&f.jobs, "jobs", 0, "work on `N` things at once (default: one for each processor)")
}

// config returns what the flags, and the configuration file, ask of the driver.
func (f *treeFlags) config(paths []string) (lint.Config, *config.Config, error) {
	c, err := f.asked(paths)
	if err != nil {
		return c, nil, err
	}
	file, err := f.configuration(c)
	if err != nil {
		return c, nil, err
	}
	if err := checkSlugs(file); err != nil {
		return c, nil, err
	}
	return c, file, f.configure(&c, file)
}

// asked returns what the flags ask of the driver.
func (f *treeFlags) asked(paths []string) (lint.Config, error) {
	wd, err := os.Getwd()
	if err != nil {
		return lint.Config{}, fmt.Errorf("finding the working directory: %w", err)
	}
	c := lint.Config{WorkDir: wd, Paths: paths, VarFiles: f.varFiles, ParameterFiles: f.parameterFiles, Exclude: f.exclude, Jobs: f.jobs}
	if len(paths) == 0 {
		c.Paths = []string{"."}
	}
	f.stdin.put(&c)
	if f.jobs < 0 {
		return c, fmt.Errorf("--jobs %d: it can't be negative", f.jobs)
	}
	for _, v := range f.vars {
		name, text, err := pair("--var", v.text)
		if err != nil {
			return c, err
		}
		c.Vars = append(c.Vars, frontend.Var{Name: name, Text: text, After: v.after})
	}
	if f.tfVarEnv {
		c.EnvVars = tfVars(os.Environ())
	}
	if slices.Contains(f.parameterFiles, "") {
		return c, fmt.Errorf("--parameter %s: no file is named", frontend.FileScheme)
	}
	for _, p := range f.parameters {
		name, text, err := pair("--parameter", p.text)
		if err != nil {
			return c, err
		}
		c.Parameters = append(c.Parameters, frontend.Var{Name: name, Text: text, After: p.after})
	}
	return c, nil
}

// tfVars returns the Terraform variables that an environment sets, sorted by name.
func tfVars(environ []string) []frontend.Var {
	var out []frontend.Var
	for _, e := range environ {
		if name, text, ok := strings.Cut(e, "="); ok && strings.HasPrefix(name, "TF_VAR_") {
			out = append(out, frontend.Var{Name: strings.TrimPrefix(name, "TF_VAR_"), Text: text})
		}
	}
	slices.SortFunc(out, func(a, b frontend.Var) int { return strings.Compare(a.Name, b.Name) })
	return out
}

func pair(flag, text string) (name, val string, err error) {
	name, val, ok := strings.Cut(text, "=")
	if !ok || name == "" {
		form := "NAME=VALUE"
		if flag == "--severity" {
			form = "SLUG=LEVEL"
		}
		return "", "", fmt.Errorf("%s %s: write it as %s", flag, text, form)
	}
	return name, val, nil
}

// checkFlags are the flags of check.
type checkFlags struct {
	treeFlags
	ruleFlags
	formats        []string
	output         string
	exitZero       bool
	color          string
	sarifInclude   []string
	noIgnores      bool
	stdinFilename  string
	addIgnores     string
	statistics     bool
	baseline       string
	newFrom        string
	quiet, verbose bool
}

func (a *app) check() *cobra.Command {
	f := &checkFlags{}
	c := &cobra.Command{
		Use:   "check [PATH...|-]",
		Short: "Check files and directories (default: the working directory), or standard input",
		Long: "Check files and directories, by default the working directory. What is named is judged; the rest of the repository is\n" +
			"read for context.\n\n" + exitHelp(),
		Example: "  vpclint check\n" +
			"  vpclint check infra/ training/train.py\n" +
			"  vpclint check --format sarif=vpclint.sarif --format text\n" +
			"  vpclint check --undecided=show --var-file prod.tfvars\n" +
			"  vpclint check --select public-subnet --fail-on high",
		RunE: func(cmd *cobra.Command, args []string) error { return a.runCheck(cmd.Context(), cmd, f, args) },
	}
	f.treeFlags.register(c)
	f.ruleFlags.register(c)
	fl := c.Flags()
	fl.StringArrayVar(&f.formats, "format", []string{"text"}, formatHelp())
	fl.StringVar(&f.output, "output", "", "`FILE` to write to instead of standard output")
	fl.BoolVar(&f.exitZero, "exit-zero", false, "exit with 0 whatever is found")
	fl.StringVar(&f.color, "color", "auto", "use colours `WHEN`: auto, always or never")
	fl.StringSliceVar(&f.sarifInclude, "sarif-include", nil, "also write `WHAT,...` to SARIF: ignored, undecided")
	fl.StringVar(&f.stdinFilename, "stdin-filename", "", "check standard input as if it were the content of this `FILE`, which need not exist")
	fl.StringVar(&f.addIgnores, "add-ignores", "", "write an ignore with this `REASON` for all that is found, and say what was written")
	fl.BoolVar(&f.noIgnores, "no-ignores", false, "report what ignores silence too")
	fl.BoolVar(&f.statistics, "statistics", false, "also list how many findings each rule has, in text")
	fl.StringVar(&f.baseline, "baseline", "", "`FILE` of findings to leave out, which vpclint baseline has written")
	fl.StringVar(&f.newFrom, "new-from-rev", "", "leave out what there was at this `REVISION` already: main, v1.2~3, origin/main... for where the branch began")
	fl.BoolVarP(&f.quiet, "quiet", "q", false, "leave out the summary line")
	fl.BoolVarP(&f.verbose, "verbose", "v", false, "say on standard error what the run goes by, what was left out, and why")
	return c
}

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

func (a *app) runCheck(ctx context.Context, cmd *cobra.Command, f *checkFlags, paths []string) (err error) {
	if err := unset(cmd, "select", "ignore", "sarif-include", "output", "exclude", "var-file", "config", "baseline", "new-from-rev", "stdin-filename"); err != nil {
		return err
	}
	outs, err := f.outputs()
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			a.fail(outs, err)
		}
	}()
	adding, err := f.adding(cmd, paths)
	if err != nil {
		return err
	}
	if f.stdin, err = a.standardInput(f, cmd.Flags().Changed("stdin-filename"), paths); err != nil {
		return err
	}
	c, file, err := f.config(paths)
	if err != nil {
		return err
	}
	p, err := f.policy(cmd, file)
	if err != nil {
		return err
	}
	c.Rules, c.Strict = p.rules, f.profile == "strict"
	c.Unrecorded, c.NoIgnores = true, f.noIgnores
	if f.baseline != "" {
		if err := readBaseline(&c, f.baseline); err != nil {
			return err
		}
	}
	if f.newFrom != "" {
		done, err := a.lookBack(ctx, &c, f)
		if err != nil {
			return fmt.Errorf("--new-from-rev %w", err)
		}
		defer done()
	}
	r, err := a.watched(ctx, c, f.quiet)
	if err != nil {
		return err
	}
	p.pages = slices.ContainsFunc(outs, func(o target) bool { return o.format == "sarif" })
	run := p.run(r, c.WorkDir)
	a.exit = run.ExitCode
	if f.verbose {
		a.decisions(file, c, r)
		a.tellSilenced(r)
	}
	if adding != nil {
		return a.addIgnores(ctx, f, addRun{c, r, run, p, file, *adding})
	}
	return a.write(outs, f, r, run)
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

// policy returns what counts, and refuses what the other flags can't be.
func (f *checkFlags) policy(cmd *cobra.Command, file *config.Config) (*policy, error) {
	if err := oneOf("--color", f.color, "auto", "always", "never"); err != nil {
		return nil, err
	}
	for _, what := range f.sarifInclude {
		if what != "ignored" && what != "undecided" {
			return nil, fmt.Errorf("--sarif-include %s: use ignored, undecided or both", what)
		}
	}
	p, err := f.ruleFlags.policy(cmd, file)
	if err != nil {
		return nil, err
	}
	p.exitZero = f.exitZero
	return p, nil
}

// run makes the report's view of a result: severities, what counts, and the exit code.
func (p *policy) run(r *lint.Result, workDir string) *report.Run {
	run := &report.Run{
		Version: Version, Root: r.Root, WorkDir: workDir, Links: r.Links, Undecided: r.Undecided, ExitCode: exitClean, Confidential: map[string]bool{}, Secrets: r.Secrets,
		Summary: report.Summary{
			Files: r.Files, Resources: r.Resources, Undecided: len(r.Undecided), Elapsed: r.Elapsed,
			Ignored: len(r.Ignored) + len(r.IgnoredUndecided), Baselined: len(r.Baselined),
		},
	}
	for _, x := range r.Ignored {
		run.Ignored = append(run.Ignored, report.Ignored{Finding: p.graded(x.Finding), Reason: x.Reason, InSource: x.InSource, From: x.From})
	}
	for _, x := range r.Baselined {
		run.Ignored = append(run.Ignored, report.Ignored{Finding: p.graded(x.Finding), Reason: x.Reason})
	}
	for _, path := range r.Confidential {
		run.Confidential[path] = true
	}
	for _, rule := range p.rules {
		run.Rules = append(run.Rules, p.describe(rule))
	}
	for _, f := range r.Findings {
		f = p.graded(f)
		if f.Severity < p.minSeverity {
			continue
		}
		run.Findings = append(run.Findings, f)
		switch f.Severity.Level() {
		case "error":
			run.Summary.Errors++
		case "warning":
			run.Summary.Warnings++
		default:
			run.Summary.Notes++
		}
		if f.Rule == frontend.UnreadableRule {
			run.Summary.Unreadable++
		}
		if p.failOn != 0 && f.Severity >= p.failOn {
			run.ExitCode = exitFindings
		}
	}
	if p.undecided == "fail" && len(r.Undecided) > 0 {
		run.ExitCode = exitFindings
	}
	if p.exitZero {
		run.ExitCode = exitClean
	}
	return run
}

// graded returns a finding with the severity that the user gives its rule.
func (p *policy) graded(f finding.Finding) finding.Finding {
	if s, ok := p.severity[f.Rule]; ok {
		f.Severity = s
	}
	return f
}

const (
	repositoryURI = "https://github.com/vpclint/vpclint/blob/main/"
	rulesURI      = repositoryURI + "rules/"
)

func (p *policy) describe(r *rules.Rule) report.Rule {
	severity := r.Severity
	if s, ok := p.severity[r.ID]; ok {
		severity = s
	}
	described := report.Rule{
		ID: r.ID, Name: r.Name(), Short: r.Title, URI: rulesURI + r.ID + ".md", Severity: severity, Precision: r.Precision,
	}
	if p.pages {
		described.Full, described.HelpText, described.HelpMarkdown = r.Summary(), r.Section("Fix"), r.Brief(repositoryURI)
	}
	for _, n := range r.Weaknesses {
		described.Tags = append(described.Tags, fmt.Sprintf("external/cwe/cwe-%03d", n)) // as CodeQL writes them
	}
	return described
}
