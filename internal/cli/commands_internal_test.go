package cli

import (
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// The commands and the flags of check that others rely on: none goes, and none comes without a word here.
var (
	contractCommands = []string{
		"baseline", "check", "completion", "config init", "config schema", "config show", "dump", "explain", "inventory", "rules", "version",
	}
	contractFlags = []string{
		"add-ignores", "baseline", "color", "config", "exclude", "exit-zero", "fail-on", "format", "ignore", "isolated", "jobs", "min-severity",
		"new-from-rev", "no-ignores", "output", "parameter", "profile", "quiet", "sarif-include", "select", "severity", "statistics",
		"stdin-filename", "tf-var-env", "undecided", "var", "var-file", "verbose",
	}
)

func tree() *cobra.Command {
	return (&app{stdin: strings.NewReader(""), stdout: &output{Writer: io.Discard}, stderr: io.Discard}).root()
}

func TestContract(t *testing.T) {
	root := tree()
	var commands []string
	for _, c := range documented(root) {
		commands = append(commands, strings.TrimPrefix(c.CommandPath(), "vpclint "))
	}
	if diff := cmp.Diff(contractCommands, commands); diff != "" {
		t.Errorf("commands (-contract +here):\n%s", diff)
	}
	check, _, err := root.Find([]string{"check"})
	if err != nil {
		t.Fatal(err)
	}
	var flags []string
	check.Flags().VisitAll(func(f *pflag.Flag) {
		if f.Name != "help" {
			flags = append(flags, f.Name)
		}
	})
	if diff := cmp.Diff(contractFlags, flags); diff != "" {
		t.Errorf("flags of check (-contract +here):\n%s", diff)
	}
	for name, want := range map[string]string{"q": "quiet", "v": "verbose"} {
		if f := check.Flags().ShorthandLookup(name); f == nil || f.Name != want {
			t.Errorf("-%s is not --%s", name, want)
		}
	}
	// The help has a place for each, and each says what its value is.
	for _, g := range groupsOf(check.Flags()) {
		g.flags.VisitAll(func(f *pflag.Flag) {
			if g.title == "Other flags" && f.Name != "help" {
				t.Errorf("--%s is in no group of the help", f.Name)
			}
		})
	}
}

// Every command says what it is for in a line, and every flag what its value is.
func TestHelpTexts(t *testing.T) {
	for _, c := range documented(tree()) {
		if c.Short == "" || strings.HasSuffix(c.Short, ".") || len(c.Short) > 80 {
			t.Errorf("%s: %q", c.CommandPath(), c.Short)
		}
		c.LocalFlags().VisitAll(func(f *pflag.Flag) {
			name, usage := pflag.UnquoteUsage(f)
			if boolean := f.Value.Type() == "bool"; !boolean && strings.ToUpper(name) != name || usage == "" || strings.HasSuffix(usage, ".") && !strings.HasSuffix(usage, "...") {
				t.Errorf("%s --%s: %s: %s", c.CommandPath(), f.Name, name, usage)
			}
		})
		if own := strings.Count(usageLine(c), "[FLAGS]"); own > 1 {
			t.Errorf("%s", usageLine(c))
		}
	}
	var names []string
	for _, g := range flagGroups {
		names = append(names, g.names...)
	}
	slices.Sort(names)
	if diff := cmp.Diff(contractFlags, names); diff != "" {
		t.Errorf("the groups of the help (-flags of check +theirs):\n%s", diff)
	}
}

// The manual page has each command and flag, and mandoc has nothing to say of it but that it has no date.
func TestManual(t *testing.T) {
	var b strings.Builder
	root := tree()
	if err := writeManual(&b, root); err != nil {
		t.Fatal(err)
	}
	page := b.String()
	for _, c := range documented(root) {
		if !strings.Contains(page, "\n.SS "+bold(strings.TrimPrefix(c.CommandPath(), "vpclint "))+"\n") {
			t.Errorf("%s is not in it", c.CommandPath())
		}
	}
	for _, name := range contractFlags {
		if !strings.Contains(page, bold("--"+name)) {
			t.Errorf("--%s is not in it", name)
		}
	}
	tool, err := exec.LookPath("mandoc")
	if err != nil {
		t.Skip("there is no mandoc here")
	}
	lint := exec.Command(tool, "-T", "lint", "-W", "style")
	lint.Stdin = strings.NewReader(page)
	out, _ := lint.CombinedOutput() // its status is that of the worst it says
	for line := range strings.Lines(string(out)) {
		if !strings.Contains(line, "missing date") {
			t.Error(strings.TrimSpace(line))
		}
	}
}
