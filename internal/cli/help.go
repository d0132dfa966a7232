package cli

import (
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// exitStatuses are what the program tells who started it.
var exitStatuses = []struct{ code, meaning string }{
	{"0", "nothing at or over --fail-on, or nothing to check"},
	{"1", "findings at or over --fail-on"},
	{"2", "the run itself failed: bad flags, bad configuration, no such path, input or output"},
}

// variables are those of the environment that are read.
var variables = []struct{ name, meaning string }{
	{"NO_COLOR", "no colours, whatever it is set to"},
	{"FORCE_COLOR, CLICOLOR_FORCE", "colours even where standard output is no terminal; 0 means none"},
	{"CLICOLOR", "0 means no colours"},
	{"TERM", "dumb means no colours"},
	{"COLUMNS", "the width of the terminal"},
	{"FORCE_HYPERLINK", "links in a terminal that isn't known to show them; 0 means none"},
	{"CI", "no links, and no progress on standard error"},
	{"TF_VAR_name", "the value of a Terraform variable, with --tf-var-env"},
}

// flagGroups are the flags of the commands as their help lists them; those of no group come last.
var flagGroups = []struct {
	title string
	names []string
}{
	{"What is checked", []string{"config", "isolated", "exclude", "stdin-filename", "jobs"}},
	{"Values that the files leave open", []string{"var", "var-file", "tf-var-env", "parameter"}},
	{"Which rules run, and what counts", []string{
		"profile", "select", "ignore", "severity", "min-severity", "fail-on", "undecided", "exit-zero",
	}},
	{"What is known already", []string{"baseline", "new-from-rev", "no-ignores", "add-ignores"}},
	{"Output", []string{"format", "output", "color", "statistics", "sarif-include", "quiet", "verbose"}},
}

// usage writes how a command is used: what cobra's own says, with the flags in groups.
func (a *app) usage(w io.Writer, c *cobra.Command) {
	columns := 0 // nothing is broken where no terminal says its width
	if file, ok := a.stdout.Writer.(*os.File); ok && isTerminal(file) {
		columns = width(file, os.Getenv)
	}
	fmt.Fprint(w, "Usage:\n")
	if c.HasSubCommands() {
		fmt.Fprintf(w, "  %s COMMAND\n\nCommands:\n", c.CommandPath())
		var rows [][]string
		for _, sub := range c.Commands() {
			if sub.IsAvailableCommand() {
				rows = append(rows, []string{sub.Name(), sub.Short})
			}
		}
		table(w, "  ", rows)
	} else {
		fmt.Fprintf(w, "  %s\n", usageLine(c))
	}
	if c.HasExample() {
		fmt.Fprintf(w, "\nExamples:\n%s\n", c.Example)
	}
	for _, g := range groupsOf(c.Flags()) {
		fmt.Fprintf(w, "\n%s:\n%s", g.title, g.flags.FlagUsagesWrapped(columns))
	}
	if c.HasSubCommands() {
		fmt.Fprintf(w, "\n%s COMMAND --help says more of a command.\n", c.CommandPath())
	}
}

// usageLine is a command with its flags and arguments.
func usageLine(c *cobra.Command) string {
	arguments := strings.TrimPrefix(c.Use, c.Name())
	own := false
	c.LocalFlags().VisitAll(func(f *pflag.Flag) { own = own || f.Name != "help" })
	if own {
		arguments = " [FLAGS]" + arguments
	}
	return c.CommandPath() + arguments
}

// A flagGroup is some of a command's flags.
type flagGroup struct {
	title string
	flags *pflag.FlagSet
}

// groupsOf returns the flags of a command in groups. A few flags need none.
func groupsOf(flags *pflag.FlagSet) []flagGroup {
	var out []flagGroup
	grouped := map[string]bool{}
	for _, g := range flagGroups {
		set := pflag.NewFlagSet(g.title, pflag.ContinueOnError)
		set.SortFlags = false
		for _, name := range g.names {
			if f := flags.Lookup(name); f != nil {
				set.AddFlag(f)
				grouped[name] = true
			}
		}
		if set.HasFlags() {
			out = append(out, flagGroup{g.title, set})
		}
	}
	if len(grouped) <= len(flagGroups) {
		return []flagGroup{{"Flags", flags}}
	}
	rest := pflag.NewFlagSet("rest", pflag.ContinueOnError)
	flags.VisitAll(func(f *pflag.Flag) {
		if !grouped[f.Name] {
			rest.AddFlag(f)
		}
	})
	return append(out, flagGroup{"Other flags", rest})
}

// exitHelp ends what check says of itself.
func exitHelp() string {
	var b strings.Builder
	b.WriteString("Exit status:\n")
	for _, s := range exitStatuses {
		fmt.Fprintf(&b, "  %s  %s\n", s.code, s.meaning)
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// help writes what a command is for and how it is used.
func (a *app) help(c *cobra.Command, _ []string) {
	text := c.Long
	if text == "" {
		text = c.Short + "."
	}
	fmt.Fprintf(a.stdout, "%s\n\n", text)
	a.usage(a.stdout, c)
}

// helpCommand is the help of another command, asked for in words.
func (a *app) helpCommand(root *cobra.Command) *cobra.Command {
	return &cobra.Command{
		Use:    "help [COMMAND]",
		Short:  "Print the help of a command",
		Hidden: true,
		ValidArgsFunction: func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			var names []string
			if of, _, err := root.Find(args); err == nil {
				for _, sub := range of.Commands() {
					if sub.IsAvailableCommand() {
						names = append(names, cobra.CompletionWithDesc(sub.Name(), sub.Short))
					}
				}
			}
			return names, cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(_ *cobra.Command, args []string) error {
			of, rest, err := root.Find(args)
			if err != nil {
				return err
			}
			if err := a.unknownCommand(of, rest); err != nil {
				return err
			}
			of.InitDefaultHelpFlag()
			a.help(of, nil)
			return nil
		},
	}
}
