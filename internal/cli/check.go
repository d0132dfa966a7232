package cli

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

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
	c.Flags().IntVar(&f.jobs, "jobs", 0, "how many units to work on at once (default: one for each processor)")
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
	formats             []string
	output              string
	profile             string
	selected, ignored   []string
	severities          []string
	minSeverity, failOn string
	exitZero            bool
	undecided           string
	color               string
	sarifInclude        []string
	noIgnores           bool
	stdinFilename       string
	quiet, verbose      bool
}

func (a *app) check() *cobra.Command {
	f := &checkFlags{}
	c := &cobra.Command{
		Use:   "check [PATH...|-]",
		Short: "Check files and directories (default: the working directory), or standard input",
		RunE:  func(cmd *cobra.Command, args []string) error { return a.runCheck(cmd.Context(), cmd, f, args) },
	}
	f.register(c)
	fl := c.Flags()
	fl.StringArrayVar(&f.formats, "format", []string{"text"}, formatHelp())
	fl.StringVar(&f.output, "output", "", "`FILE` to write to instead of standard output")
	fl.StringVar(&f.profile, "profile", "default", "set of rules: default or strict")
	fl.StringSliceVar(&f.selected, "select", nil, "run these rules only, `SLUG,...`")
	fl.StringSliceVar(&f.ignored, "ignore", nil, "leave these rules out, `SLUG,...`")
	fl.StringArrayVar(&f.severities, "severity", nil, "give a rule another severity, `SLUG=LEVEL`")
	fl.StringVar(&f.minSeverity, "min-severity", "low", "leave out findings below this `SEVERITY`")
	fl.StringVar(&f.failOn, "fail-on", "low", "exit with 1 from this `SEVERITY` on; never: always exit with 0")
	fl.BoolVar(&f.exitZero, "exit-zero", false, "exit with 0 whatever is found")
	fl.StringVar(&f.undecided, "undecided", "count", "what to do with verdicts that can't be known: count, show or fail")
	fl.StringVar(&f.color, "color", "auto", "colours: auto, always or never")
	fl.StringSliceVar(&f.sarifInclude, "sarif-include", nil, "also write these to SARIF: ignored, undecided")
	fl.StringVar(&f.stdinFilename, "stdin-filename", "", "check standard input as if it were the content of this `FILE`, which need not exist")
	fl.BoolVar(&f.noIgnores, "no-ignores", false, "report what ignores silence too")
	fl.BoolVarP(&f.quiet, "quiet", "q", false, "leave out the summary line")
	fl.BoolVarP(&f.verbose, "verbose", "v", false, "say on standard error what was left out, and why")
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
			return nil, fmt.Errorf("unknown format %q%s", o.format, didYouMean(o.format, names))
		}
		if strings.HasSuffix(text, "=") {
			return nil, fmt.Errorf("--format %s: no file is named", text)
		}
		if o.file == "" {
			o.file = f.output
			stdout++
		}
		if slices.ContainsFunc(outs, func(other target) bool { return o.file != "" && other.file == o.file }) {
			return nil, fmt.Errorf("two formats go to %s", o.file)
		}
		outs = append(outs, o)
	}
	switch {
	case f.output != "" && stdout != 1:
		return nil, fmt.Errorf("--output needs exactly one --format without a file")
	case f.color == "always" && !slices.ContainsFunc(outs, func(o target) bool { return o.format == "text" }):
		return nil, fmt.Errorf("--color always has no effect without --format text")
	case stdout > 1:
		return nil, fmt.Errorf("only one --format can go to standard output; give the others a file: --format sarif=out.sarif")
	case len(f.sarifInclude) > 0 && !slices.ContainsFunc(outs, func(o target) bool { return o.format == "sarif" }):
		return nil, fmt.Errorf("--sarif-include has no effect without --format sarif")
	}
	return outs, nil
}

func (a *app) runCheck(ctx context.Context, cmd *cobra.Command, f *checkFlags, paths []string) error {
	for _, name := range []string{"select", "ignore", "sarif-include", "output", "exclude", "var-file", "config", "stdin-filename"} {
		if flag := cmd.Flags().Lookup(name); flag.Changed && strings.Trim(flag.Value.String(), "[]") == "" {
			return fmt.Errorf("--%s: no value is given", name)
		}
	}
	outs, err := f.outputs()
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
	if profile := cmd.Flags().Lookup("profile"); file.Profile.Text != "" && !profile.Changed {
		f.profile = file.Profile.Text
	}
	p, err := f.policy(file)
	if err != nil {
		return err
	}
	c.Rules, c.Strict = p.rules, f.profile == "strict"
	c.Unrecorded, c.NoIgnores = true, f.noIgnores
	r, err := lint.Run(ctx, c)
	if err != nil {
		return err
	}
	run := p.run(r, c.WorkDir)
	a.exit = run.ExitCode
	if f.verbose {
		for _, s := range r.Skipped {
			fmt.Fprintf(a.stderr, "skipped %s: %s\n", report.Escape(r.Secrets.Mask(s.Path)), report.Escape(s.Reason))
		}
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
		if err := os.WriteFile(o.file, rendered[i], 0o644); err != nil {
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
	if !human && !f.quiet {
		fmt.Fprintln(a.stderr, report.SummaryLine(run.Summary))
	}
	return nil
}

// color decides on colours by --color and the variables that people set: no-color.org, force-color.org.
func (a *app) color(flag string, toStdout bool) bool {
	switch {
	case flag == "always":
		return true
	case flag == "never" || !toStdout || os.Getenv("NO_COLOR") != "":
		return false
	case os.Getenv("FORCE_COLOR") != "":
		return true
	}
	return isTerminal(a.stdout.Writer)
}

func isTerminal(w io.Writer) bool {
	file, ok := w.(*os.File)
	return ok && term.IsTerminal(int(file.Fd()))
}

func (a *app) width() int {
	if file, ok := a.stdout.Writer.(*os.File); ok {
		if w, _, err := term.GetSize(int(file.Fd())); err == nil {
			return w
		}
	}
	return 0
}

// A policy is what counts of what is found.
type policy struct {
	rules       []*rules.Rule
	severity    map[string]finding.Severity
	minSeverity finding.Severity
	failOn      finding.Severity // 0: never
	exitZero    bool
	undecided   string
}

func (f *checkFlags) policy(file *config.Config) (*policy, error) {
	p := &policy{exitZero: f.exitZero, undecided: f.undecided, severity: map[string]finding.Severity{}}
	for _, flag := range []struct {
		name, value string
		allowed     []string
	}{
		{"--undecided", f.undecided, []string{"count", "show", "fail"}},
		{"--color", f.color, []string{"auto", "always", "never"}},
		{"--profile", f.profile, []string{"default", "strict"}},
	} {
		if !slices.Contains(flag.allowed, flag.value) {
			return nil, fmt.Errorf("%s %s: use %s", flag.name, flag.value, strings.Join(flag.allowed, ", "))
		}
	}
	for _, what := range f.sarifInclude {
		if what != "ignored" && what != "undecided" {
			return nil, fmt.Errorf("--sarif-include %s: use ignored, undecided or both", what)
		}
	}
	var err error
	if p.rules, err = selectRules(f.profile, f.selected, f.ignored, file); err != nil {
		return nil, err
	}
	if p.minSeverity, err = finding.ParseSeverity(f.minSeverity); err != nil {
		return nil, fmt.Errorf("--min-severity: %w", err)
	}
	if f.failOn != "never" {
		if p.failOn, err = finding.ParseSeverity(f.failOn); err != nil {
			return nil, fmt.Errorf("--fail-on: %w, or never", err)
		}
	}
	configuredSeverities(file.Rules, p.severity)
	for _, text := range f.severities {
		slug, level, err := pair("--severity", text)
		if err != nil {
			return nil, err
		}
		if err := known(slug); err != nil {
			return nil, fmt.Errorf("--severity: %w", err)
		}
		if !slices.ContainsFunc(p.rules, func(r *rules.Rule) bool { return r.ID == slug }) {
			return nil, fmt.Errorf("--severity %s: the rule is not one of those that run", slug)
		}
		if p.severity[slug], err = finding.ParseSeverity(level); err != nil {
			return nil, fmt.Errorf("--severity %s: %w", slug, err)
		}
	}
	return p, nil
}

// selectRules applies what the configuration takes into the profile and out of it, --select, which replaces both, and
// --ignore, which subtracts.
// A rule that goes by a list of the configuration's is in each profile once it has its list, and can't be asked for without.
func selectRules(profile string, selected, ignored []string, file *config.Config) ([]*rules.Rule, error) {
	for _, slug := range slices.Concat(selected, ignored) {
		if err := known(slug); err != nil {
			return nil, err
		}
	}
	enabled := configuredRules(file.Rules)
	var out []*rules.Rule
	for _, r := range rules.All() {
		lacks := r.Configured != "" && !file.Lists(r.Configured)
		in := (!r.Strict || profile == "strict") && !lacks
		if set, ok := enabled[r.ID]; ok {
			in = set
		}
		if len(selected) > 0 {
			in = slices.Contains(selected, r.ID)
		}
		if !in || slices.Contains(ignored, r.ID) {
			continue
		}
		if lacks {
			return nil, fmt.Errorf("%s needs %s in %s, and there is none", r.ID, r.Configured, config.Name)
		}
		out = append(out, r)
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("%s leaves no rule to run", left(ignored))
	}
	return out, nil
}

func known(slug string) error {
	if rules.ByID(slug) != nil {
		return nil
	}
	var names []string
	for _, r := range rules.All() {
		names = append(names, r.ID)
	}
	return fmt.Errorf("unknown rule %q%s", slug, didYouMean(slug, names))
}

// run makes the report's view of a result: severities, what counts, and the exit code.
func (p *policy) run(r *lint.Result, workDir string) *report.Run {
	run := &report.Run{
		Version: Version, Root: r.Root, WorkDir: workDir, Undecided: r.Undecided, ExitCode: exitClean, Confidential: map[string]bool{}, Secrets: r.Secrets,
		Summary: report.Summary{
			Files: r.Files, Resources: r.Resources, Undecided: len(r.Undecided), Elapsed: r.Elapsed,
			Ignored: len(r.Ignored) + r.IgnoredUndecided, Baselined: len(r.Baselined),
		},
	}
	for _, x := range r.Ignored {
		run.Ignored = append(run.Ignored, report.Ignored{Finding: p.graded(x.Finding), Reason: x.Reason, InSource: true})
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

const rulesURI = "https://github.com/vpclint/vpclint/blob/main/rules/"

func (p *policy) describe(r *rules.Rule) report.Rule {
	severity := r.Severity
	if s, ok := p.severity[r.ID]; ok {
		severity = s
	}
	return report.Rule{
		ID: r.ID, Name: r.Name(), Short: r.Title, Full: r.Summary(), HelpText: r.Section("Fix"), HelpMarkdown: r.Page(),
		URI: rulesURI + r.ID + ".md", Severity: severity, Precision: r.Precision,
	}
}
