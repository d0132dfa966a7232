package cli

import (
	"context"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"github.com/vpclint/vpclint/internal/config"
)

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
