// Package cli answers what the user asked for: commands, flags and exit codes. It runs the driver and hands the outcome
// to a report; it decides nothing about findings but which of them count.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/vpclint/vpclint/internal/config"
	"github.com/vpclint/vpclint/internal/nearest"
	"github.com/vpclint/vpclint/internal/report"
	"github.com/vpclint/vpclint/internal/secret"
)

// Version is vpclint's version. It stands in the source because a build from a pre-commit clone has no tag to read it
// from.
const Version = "0.1.0"

// The exit codes.
const (
	exitClean    = 0 // nothing at or over --fail-on
	exitFindings = 1
	exitFailed   = 2 // the run itself failed: bad flags, no such path, I/O
)

// gcPercent trades memory for speed: parsing allocates much that lives to the end of the run anyway.
const gcPercent = 400

// Main runs one command line and returns its exit code. Results go to stdout, everything else to stderr.
func Main(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	debug.SetGCPercent(gcPercent)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	out := &output{Writer: stdout}
	a := &app{stdin: stdin, stdout: out, stderr: stderr}
	root := a.root()
	root.SetArgs(args)
	root.SetOut(out)
	root.SetErr(stderr)
	err := root.ExecuteContext(ctx)
	if err == nil && out.err != nil {
		err = fmt.Errorf("writing to standard output: %w", out.err)
	}
	if err != nil {
		// What is in a message may come from the command line or from the tree: it must not reach the terminal as it is.
		lines := []string{err.Error()}
		var several config.Errors
		if errors.As(err, &several) {
			lines = several
		}
		for _, line := range lines {
			fmt.Fprintf(stderr, "vpclint: %s\n", report.Escape(secret.Mask(line)))
		}
		return exitFailed
	}
	return a.exit
}

// An output remembers the first error of its writes, which nobody else looks at.
type output struct {
	io.Writer
	err     error
	written int
}

// Write implements io.Writer.
func (o *output) Write(b []byte) (int, error) {
	n, err := o.Writer.Write(b)
	o.written += n
	if err != nil && o.err == nil {
		o.err = err
	}
	return n, err
}

// An app is one run of the program.
type app struct {
	stdin  io.Reader
	stdout *output
	stderr io.Writer
	exit   int
}

func (a *app) root() *cobra.Command {
	root := &cobra.Command{
		Use:           "vpclint",
		Short:         "Find SageMaker workloads that run outside the private network",
		Long:          "vpclint reads Terraform, CloudFormation, SageMaker Python and job configurations, and says which SageMaker\nworkloads run outside the private network, and why. It runs nothing and needs no network.",
		Version:       Version,
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          a.unknownCommand,
		RunE:          func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.SetVersionTemplate("vpclint {{.Version}}\n")
	root.CompletionOptions.DisableDefaultCmd = true
	root.SetFlagErrorFunc(flagError)
	root.SetHelpFunc(a.help)
	root.SetHelpCommand(a.helpCommand(root))
	root.AddCommand(a.check(), a.rules(), a.explain(), a.inventory(), a.dump(), a.baseline(), a.configuration(), a.completion(), a.manual(), a.version())
	complete(root, completers())
	return root
}

func (a *app) unknownCommand(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	var names []string
	for _, c := range cmd.Commands() {
		names = append(names, c.Name())
	}
	return fmt.Errorf("unknown command %q%s", args[0], didYouMean(args[0], names))
}

func noArguments(cmd *cobra.Command, args []string) error {
	if len(args) > 0 {
		return fmt.Errorf("%s takes no arguments: %q", cmd.CommandPath(), args[0])
	}
	return nil
}

// flagError adds the nearest right name to an unknown flag.
func flagError(cmd *cobra.Command, err error) error {
	var invalid *pflag.InvalidValueError
	if errors.As(err, &invalid) {
		return fmt.Errorf("--%s %s: it is no %s", invalid.GetFlag().Name, invalid.GetValue(), invalid.GetFlag().Value.Type())
	}
	var unknown *pflag.NotExistError
	if !errors.As(err, &unknown) {
		return err
	}
	name := unknown.GetSpecifiedName()
	var names []string
	cmd.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
	near := nearest.Name(name, names)
	if near == "" {
		return fmt.Errorf("unknown flag --%s; see %s --help", name, cmd.CommandPath())
	}
	return fmt.Errorf("unknown flag --%s: did you mean --%s?", name, near)
}

func (a *app) version() *cobra.Command {
	var verbose bool
	c := &cobra.Command{
		Use:   "version",
		Short: "Print the version",
		Args:  noArguments,
		RunE: func(*cobra.Command, []string) error {
			fmt.Fprintln(a.stdout, "vpclint "+Version)
			if verbose {
				fmt.Fprint(a.stdout, provenance())
			}
			return nil
		},
	}
	c.Flags().BoolVarP(&verbose, "verbose", "v", false, "also print what it was built from, and with what")
	return c
}

// provenance is what the build says of itself, a line for each thing: what a report of a fault wants to know.
func provenance() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	set := map[string]string{}
	for _, s := range info.Settings {
		set[s.Key] = s.Value
	}
	out := fmt.Sprintf("module %s %s\n", info.Main.Path, info.Main.Version)
	if commit := set["vcs.revision"]; commit != "" {
		out += "commit " + commit
		if set["vcs.modified"] == "true" {
			out += ", with changes"
		}
		out += "\n"
	}
	return out + fmt.Sprintf("built with %s for %s/%s\n", info.GoVersion, runtime.GOOS, runtime.GOARCH)
}
