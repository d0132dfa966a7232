package cli

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/vpclint/vpclint/internal/config"
)

// manual is for those who package vpclint. The page is made of the commands themselves, and has no date: the same version
// gives the same bytes.
func (a *app) manual() *cobra.Command {
	return &cobra.Command{
		Use:    "man",
		Short:  "Print the manual page, vpclint(1), in roff",
		Hidden: true,
		Args:   noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return writeManual(a.stdout, cmd.Root())
		},
	}
}

// A roff writes the requests of man(7).
type roff struct {
	io.Writer
}

// escapeRoff makes text mean itself: a backslash, a hyphen that is to be copied, and a line that would be a request.
func escapeRoff(text string) string {
	text = strings.NewReplacer(`\`, `\e`, "-", `\-`).Replace(text)
	if strings.HasPrefix(text, ".") || strings.HasPrefix(text, "'") {
		text = `\&` + text
	}
	return text
}

func (r roff) section(title string) { fmt.Fprintf(r, ".SH %s\n", strings.ToUpper(title)) }

// paragraph writes text, which is the first of its section or not.
func (r roff) paragraph(text string) {
	for i, p := range strings.Split(strings.TrimSpace(text), "\n\n") {
		if i > 0 {
			fmt.Fprint(r, ".PP\n")
		}
		r.fill(p)
	}
}

// lineLength is how long the lines of the page's source are, which mandoc asks for.
const lineLength = 72

// fill writes text in lines, which its reader fills again.
func (r roff) fill(text string) {
	line := ""
	for _, word := range strings.Fields(text) {
		if line != "" && len(line)+1+len(word) > lineLength {
			fmt.Fprintln(r, escapeRoff(line))
			line = ""
		}
		if line != "" {
			line += " "
		}
		line += word
	}
	fmt.Fprintln(r, escapeRoff(line))
}

// item writes a term and what it means.
func (r roff) item(term, meaning string) {
	fmt.Fprintf(r, ".TP\n%s\n", term)
	r.fill(meaning)
}

// literal writes lines as they are.
func (r roff) literal(text string) {
	fmt.Fprint(r, ".PP\n.nf\n")
	for line := range strings.Lines(text) {
		fmt.Fprintln(r, escapeRoff(strings.TrimRight(line, "\n")))
	}
	fmt.Fprint(r, ".fi\n")
}

func bold(text string) string   { return `\fB` + escapeRoff(text) + `\fR` }
func italic(text string) string { return `\fI` + escapeRoff(text) + `\fR` }

func writeManual(w io.Writer, root *cobra.Command) error {
	r := roff{w}
	fmt.Fprintf(r, ".TH VPCLINT 1 \"\" \"vpclint %s\" \"User Commands\"\n", Version)
	r.section("name")
	fmt.Fprintf(r, "vpclint \\- %s\n", escapeRoff(strings.ToLower(root.Short[:1])+root.Short[1:]))
	r.section("synopsis")
	commands := documented(root)
	for i, c := range commands {
		if i > 0 {
			fmt.Fprint(r, ".br\n")
		}
		r.usage(c)
	}
	r.section("description")
	r.paragraph(root.Long)
	r.section("commands")
	for _, c := range commands {
		r.command(c)
	}
	r.section("exit status")
	for _, s := range exitStatuses {
		r.item(bold(s.code), s.meaning)
	}
	r.section("environment")
	for _, v := range variables {
		r.item(bold(v.name), v.meaning)
	}
	r.section("files")
	r.item(italic(config.Name), "Settings of a repository: that of the nearest directory upwards from the working directory, up to the repository's root.")
	_, err := fmt.Fprintf(w, ".SH SEE ALSO\nhttps://github.com/vpclint/vpclint\n")
	return err
}

// documented are the commands that people run, in the order of their names.
func documented(c *cobra.Command) []*cobra.Command {
	var out []*cobra.Command
	for _, sub := range c.Commands() {
		switch {
		case sub.Hidden || sub.Name() == "help":
		case sub.HasSubCommands():
			out = append(out, documented(sub)...)
		default:
			out = append(out, sub)
		}
	}
	slices.SortFunc(out, func(a, b *cobra.Command) int { return strings.Compare(a.CommandPath(), b.CommandPath()) })
	return out
}

// usage writes a command with its arguments.
func (r roff) usage(c *cobra.Command) {
	fmt.Fprintf(r, "%s%s\n", bold(c.CommandPath()), escapeRoff(strings.TrimPrefix(usageLine(c), c.CommandPath())))
}

// command writes what a command does and its flags.
func (r roff) command(c *cobra.Command) {
	fmt.Fprintf(r, ".SS %s\n", bold(strings.TrimPrefix(c.CommandPath(), "vpclint ")))
	text := c.Long
	if text == "" {
		text = c.Short + "."
	}
	text, _, _ = strings.Cut(text, "\n\nExit status:") // which has a section of its own
	r.paragraph(text)
	c.LocalFlags().VisitAll(func(f *pflag.Flag) {
		if f.Hidden || f.Name == "help" {
			return
		}
		name, usage := pflag.UnquoteUsage(f)
		term := bold("--" + f.Name)
		if f.Shorthand != "" {
			term = bold("-"+f.Shorthand) + ", " + term
		}
		if name != "" {
			term += " " + italic(name)
		}
		if f.DefValue != "" && f.DefValue != "false" && f.DefValue != "[]" && f.DefValue != "0" {
			usage += " (default: " + strings.Trim(f.DefValue, "[]") + ")"
		}
		r.item(term, usage)
	})
	if c.Example != "" {
		r.literal(c.Example)
	}
}
