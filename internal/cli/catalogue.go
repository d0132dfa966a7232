package cli

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/vpclint/vpclint/internal/lint"
	"github.com/vpclint/vpclint/internal/report"
	"github.com/vpclint/vpclint/rules"
)

// A ruleEntry is a rule as `vpclint rules --format json` lists it.
type ruleEntry struct {
	ID       string `json:"id"`
	Severity string `json:"severity"`
	Profile  string `json:"profile"`
	Title    string `json:"title"`
	URI      string `json:"uri"`

	Counterparts counterparts `json:"counterparts"`
}

// counterparts are what other tools have that corresponds to a rule, by their names. None of the lists is null.
type counterparts struct {
	SecurityHub []string `json:"securityHub"`
	Config      []string `json:"config"`
	Prowler     []string `json:"prowler"`
}

func counterpartsOf(c rules.Counterparts) counterparts {
	list := func(names []string) []string { return append([]string{}, names...) }
	return counterparts{SecurityHub: list(c.SecurityHub), Config: list(c.Config), Prowler: list(c.Prowler)}
}

func (a *app) rules() *cobra.Command {
	format := "text"
	c := &cobra.Command{
		Use:   "rules",
		Short: "List the rules",
		Args:  noArguments,
		RunE: func(*cobra.Command, []string) error {
			var entries []ruleEntry
			for _, r := range rules.All() {
				e := ruleEntry{
					ID: r.ID, Severity: r.Severity.String(), Profile: "default", Title: r.Title, URI: rulesURI + r.ID + ".md",
					Counterparts: counterpartsOf(r.Elsewhere),
				}
				if r.Strict {
					e.Profile = "strict"
				}
				if r.Configured != "" {
					e.Profile = "configured"
				}
				entries = append(entries, e)
			}
			return a.listRules(format, entries)
		},
	}
	c.Flags().StringVar(&format, "format", format, "output `FORMAT`: text, json or markdown")
	return c
}

func (a *app) listRules(format string, entries []ruleEntry) error {
	switch format {
	case "text":
		width := 0
		for _, e := range entries {
			width = max(width, len(e.ID))
		}
		for _, e := range entries {
			fmt.Fprintf(a.stdout, "%-*s  %-8s  %-10s  %s\n", width, e.ID, e.Severity, e.Profile, e.Title)
		}
	case "json":
		return report.WriteJSON(a.stdout, map[string]any{"schemaVersion": 1, "rules": entries})
	case "markdown":
		fmt.Fprintln(a.stdout, "| rule | severity | set | reports |\n|---|---|---|---|")
		for _, e := range entries {
			fmt.Fprintf(a.stdout, "| `%s` | %s | %s | %s |\n", e.ID, e.Severity, e.Profile, e.Title)
		}
	default:
		return fmt.Errorf("unknown format %q: use text, json or markdown", format)
	}
	return nil
}

func (a *app) explain() *cobra.Command {
	return &cobra.Command{
		Use:     "explain SLUG",
		Short:   "Print a rule's page: what it reports, why, and what to do",
		Example: "  vpclint explain public-subnet",

		ValidArgsFunction: explained,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return fmt.Errorf("explain takes one rule; vpclint rules lists them")
			}
			return known(args[0])
		},
		RunE: func(_ *cobra.Command, args []string) error {
			page := rules.ByID(args[0]).Page()
			if o := a.textOptions("auto", true); o.Color {
				return report.Page(a.stdout, page, o)
			}
			fmt.Fprintln(a.stdout, strings.TrimSpace(page)) // others than people at a terminal may read Markdown
			return nil
		},
	}
}

func (a *app) dump() *cobra.Command {
	f := &treeFlags{}
	c := &cobra.Command{
		Use:   "dump [PATH...]",
		Short: "Print the canonical model of what is read, for debugging",
		RunE: func(cmd *cobra.Command, args []string) error {
			c, _, err := f.config(args)
			if err != nil {
				return err
			}
			r, err := lint.Run(cmd.Context(), c)
			if err != nil {
				return err
			}
			var b bytes.Buffer
			if err := lint.Dump(&b, r, true); err != nil {
				return err
			}
			for line := range strings.Lines(b.String()) {
				fmt.Fprintln(a.stdout, report.Escape(strings.TrimSuffix(line, "\n")))
			}
			return nil
		},
	}
	f.register(c)
	return c
}
