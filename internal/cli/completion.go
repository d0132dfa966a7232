package cli

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/vpclint/vpclint/rules"
)

var shells = []string{"bash", "zsh", "fish", "powershell"}

func (a *app) completion() *cobra.Command {
	return &cobra.Command{
		Use:   "completion SHELL",
		Short: "Print the script that completes vpclint's command lines in a shell",
		Long: "Print the script by which a shell completes vpclint's command lines: commands, flags, rules and other values.\n" +
			"SHELL is bash, zsh, fish or powershell.",
		Example: "  source <(vpclint completion bash)                                   # in ~/.bashrc; needs bash-completion\n" +
			"  vpclint completion zsh > \"${fpath[1]}/_vpclint\"\n" +
			"  vpclint completion fish > ~/.config/fish/completions/vpclint.fish\n" +
			"  vpclint completion powershell | Out-String | Invoke-Expression      # in $PROFILE",
		ValidArgs: shells,
		Args: func(_ *cobra.Command, args []string) error {
			switch {
			case len(args) != 1:
				return fmt.Errorf("completion takes one shell: %s", strings.Join(shells, ", "))
			case !slices.Contains(shells, args[0]):
				return fmt.Errorf("unknown shell %q: use %s", args[0], strings.Join(shells, ", "))
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			root := cmd.Root()
			switch args[0] {
			case "bash":
				return root.GenBashCompletionV2(a.stdout, true)
			case "zsh":
				return root.GenZshCompletion(a.stdout)
			case "fish":
				return root.GenFishCompletion(a.stdout, true)
			}
			return root.GenPowerShellCompletionWithDesc(a.stdout)
		},
	}
}

// A completer returns how a value that begins with text may go on.
type completer = func(cmd *cobra.Command, args []string, text string) ([]string, cobra.ShellCompDirective)

// completers are those of flags, by name, whatever command they belong to. A flag that takes a file has none: shells
// complete paths of their own accord.
func completers() map[string]completer {
	nothing := words()
	return map[string]completer{
		"profile":       words("default", "strict"),
		"select":        several(slugs),
		"ignore":        several(slugs),
		"severity":      severityOfRule,
		"min-severity":  words(levels...),
		"fail-on":       words(append(slices.Clone(levels), "never")...),
		"undecided":     words("count", "show", "fail"),
		"color":         words("auto", "always", "never"),
		"sarif-include": several(func() []string { return []string{"ignored", "undecided"} }),
		"format":        formatOf,
		"var":           nothing,
		"jobs":          nothing,
		"config":        fileOf("yaml", "yml"),
		"var-file":      fileOf("tfvars", "json"),
	}
}

var levels = []string{"low", "medium", "high", "critical"}

// complete gives the flags of a command, and of those below it, their completers.
func complete(c *cobra.Command, by map[string]completer) {
	c.Flags().VisitAll(func(f *pflag.Flag) {
		if complete := by[f.Name]; complete != nil {
			// The error is that of a flag which isn't there, or has a completer already.
			if err := c.RegisterFlagCompletionFunc(f.Name, complete); err != nil {
				panic(err)
			}
		}
	})
	for _, sub := range c.Commands() {
		complete(sub, by)
	}
}

// words complete a value that is one of a few.
func words(of ...string) completer {
	return func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		return of, cobra.ShellCompDirectiveNoFileComp
	}
}

// fileOf completes the name of a file by its endings.
func fileOf(endings ...string) completer {
	return func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		return endings, cobra.ShellCompDirectiveFilterFileExt
	}
}

// slugs are the rules, each with what it reports.
func slugs() []string {
	var out []string
	for _, r := range rules.All() {
		out = append(out, cobra.CompletionWithDesc(r.ID, r.Title))
	}
	return out
}

// several completes the last of several values with commas between them. What stands there already isn't offered again.
func several(of func() []string) completer {
	return func(_ *cobra.Command, _ []string, text string) ([]string, cobra.ShellCompDirective) {
		before := text[:strings.LastIndexByte(text, ',')+1]
		var out []string
		for _, word := range of() {
			name, _, _ := strings.Cut(word, "\t")
			switch {
			case slices.Contains(strings.Split(before, ","), name):
			case before == "":
				out = append(out, word)
			default:
				// What cobra's script for bash does with descriptions takes commas for quoted, and then nothing fits.
				out = append(out, before+name)
			}
		}
		return out, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveNoSpace
	}
}

// severityOfRule completes SLUG=LEVEL.
func severityOfRule(_ *cobra.Command, _ []string, text string) ([]string, cobra.ShellCompDirective) {
	slug, _, chosen := strings.Cut(text, "=")
	var out []string
	if chosen {
		for _, level := range levels {
			out = append(out, slug+"="+level)
		}
		return out, cobra.ShellCompDirectiveNoFileComp
	}
	for _, r := range rules.All() {
		out = append(out, cobra.CompletionWithDesc(r.ID+"=", r.Title))
	}
	return out, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveNoSpace
}

// formatOf completes a format, which each command has of its own.
func formatOf(cmd *cobra.Command, _ []string, _ string) ([]string, cobra.ShellCompDirective) {
	if cmd.Name() == "check" {
		return formatNames(), cobra.ShellCompDirectiveNoFileComp
	}
	return []string{"text", "json", "markdown"}, cobra.ShellCompDirectiveNoFileComp
}

// explained completes the rule to explain.
func explained(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	if len(args) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	return slugs(), cobra.ShellCompDirectiveNoFileComp
}
