package cli

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/vpclint/vpclint/internal/config"
	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/report"
	"github.com/vpclint/vpclint/internal/secret"
)

// fromDefault says that nobody asked for a setting.
const fromDefault = "default"

// effective are the settings that a check goes by, as config show prints them.
type effective struct {
	SchemaVersion int `json:"schemaVersion"`
	// File is the configuration, as seen from the working directory; null where there is none.
	File     *string       `json:"file"`
	Settings []setting     `json:"settings"`
	Rules    []ruleSetting `json:"rules"`
}

// A setting is a key with its values, which may come from several places.
type setting struct {
	Key    string        `json:"key"`
	Values []originValue `json:"values"`
}

type originValue struct {
	Value string `json:"value"`
	// From is a place in the configuration, a flag, or "default".
	From string `json:"from"`
}

type ruleSetting struct {
	ID           string `json:"id"`
	Runs         bool   `json:"runs"`
	RunsFrom     string `json:"runsFrom"`
	Severity     string `json:"severity"`
	SeverityFrom string `json:"severityFrom"`
}

// effective gathers the settings: of those that the command line and the file both make, the command line's hold, and
// lists hold both.
func (f *showFlags) effective(cmd *cobra.Command, file *config.Config, p *policy) *effective {
	e := &effective{SchemaVersion: 1}
	if file.Path != "" {
		e.File = &file.Path
	}
	one := func(key, value string, written config.Text) {
		from := fromDefault
		switch {
		case cmd.Flags().Lookup(key).Changed:
			from = "--" + key
		case written.Text != "":
			from = written.Place()
		}
		e.add(key, originValue{value, from})
	}
	one("profile", f.profile, file.Profile)
	one("min-severity", f.minSeverity, config.Text{})
	one("fail-on", f.failOn, config.Text{})
	one("undecided", f.undecided, config.Text{})
	e.add("approved.subnets", listed(file.ApprovedSubnets)...)
	e.add("approved.security-groups", listed(file.ApprovedSecurityGroups)...)
	e.add("network", written(file.Network)...)
	e.add("audit", written(file.Audit)...)
	e.add("terraform.var-files", append(written(file.VarFiles), byFlag("--var-file", f.varFiles)...)...)
	var vars []string
	for _, v := range f.vars {
		vars = append(vars, v.text)
	}
	e.add("terraform.vars", byFlag("--var", vars)...)
	e.add("cloudformation.parameters", f.parametersFrom(file)...)
	e.add("exclude", append(written(file.Exclude), byFlag("--exclude", f.exclude)...)...)
	var ignores []originValue
	for _, x := range file.Ignore {
		ignores = append(ignores, originValue{ignored(x), x.Rule.Place()})
	}
	e.add("ignore", ignores...)
	for _, c := range choose(f.profile, f.selected, f.ignored, file) {
		severity, from := severityOf(c, p, file, f.severities)
		e.Rules = append(e.Rules, ruleSetting{c.rule.ID, c.runs, c.from, severity.String(), from})
	}
	return e
}

func (e *effective) add(key string, values ...originValue) {
	for i := range values {
		values[i].Value = secret.Mask(values[i].Value)
	}
	e.Settings = append(e.Settings, setting{key, append([]originValue{}, values...)})
}

// ignored says in a line what the configuration doesn't want reported.
func ignored(x config.Ignored) string {
	text := x.Rule.Text
	for _, part := range []struct {
		word string
		of   config.Text
	}{{" in ", x.Path}, {" of ", x.Subject}, {" until ", x.Until}, {": ", x.Reason}} {
		if part.of.Text != "" {
			text += part.word + part.of.Text
		}
	}
	return text
}

func written(texts []config.Text) []originValue {
	var out []originValue
	for _, t := range texts {
		out = append(out, originValue{t.Text, t.Place()})
	}
	return out
}

func listed(list *config.List) []originValue {
	if list == nil {
		return nil
	}
	return written(list.Texts)
}

func byFlag(flag string, values []string) []originValue {
	var out []originValue
	for _, v := range values {
		out = append(out, originValue{v, flag})
	}
	return out
}

// parametersFrom returns the parameters as NAME=VALUE; of one that both set the command line's holds.
func (f *showFlags) parametersFrom(file *config.Config) []originValue {
	var out []originValue
	for _, p := range file.Parameters {
		set := slices.ContainsFunc(f.parameters, func(v givenVar) bool { return strings.HasPrefix(v.text, p.Name.Text+"=") })
		if !set {
			out = append(out, originValue{p.Name.Text + "=" + p.Value.Text, p.Name.Place()})
		}
	}
	for _, v := range f.parameters {
		out = append(out, originValue{v.text, "--parameter"})
	}
	for _, path := range f.parameterFiles {
		out = append(out, originValue{"file://" + path, "--parameter"})
	}
	return out
}

// severityOf returns the severity of a rule's findings and what says so.
func severityOf(c choice, p *policy, file *config.Config, flags []string) (finding.Severity, string) {
	severity, set := p.severity[c.rule.ID]
	if !set {
		return c.rule.Severity, fromDefault
	}
	if slices.ContainsFunc(flags, func(text string) bool { return strings.HasPrefix(text, c.rule.ID+"=") }) {
		return severity, "--severity"
	}
	for _, r := range file.Rules {
		if r.Slug.Text == c.rule.ID {
			return severity, r.Severity.Place()
		}
	}
	return severity, fromDefault
}

func effectiveJSON(w io.Writer, e *effective) error {
	return report.WriteJSON(w, e)
}

// rows are the settings as a table: a key, a value, where it comes from. A key of several values is named once.
func (e *effective) rows() [][]string {
	var rows [][]string
	for _, s := range e.Settings {
		key := s.Key
		for _, v := range s.Values {
			rows = append(rows, []string{key, report.Escape(v.Value), report.Escape(v.From)})
			key = ""
		}
		if len(s.Values) == 0 {
			rows = append(rows, []string{key, "none", fromDefault})
		}
	}
	return rows
}

// ruleRows are the rules as a table; what a rule has of its own accord isn't said to come from anywhere.
func (e *effective) ruleRows() [][]string {
	var rows [][]string
	for _, r := range e.Rules {
		runs, from := "on", []string{}
		if !r.Runs {
			runs = "off"
		}
		for _, place := range []string{r.RunsFrom, r.SeverityFrom} {
			if place != fromDefault && !slices.Contains(from, place) {
				from = append(from, place)
			}
		}
		if len(from) == 0 {
			from = []string{fromDefault}
		}
		rows = append(rows, []string{r.ID, runs, r.Severity, report.Escape(strings.Join(from, ", "))})
	}
	return rows
}

// file names the configuration.
func (e *effective) file() string {
	if e.File == nil {
		return "no " + config.Name + " is read"
	}
	return "settings of " + report.Escape(*e.File)
}

func effectiveText(w io.Writer, e *effective) error {
	fmt.Fprintf(w, "%s\n\n", e.file())
	table(w, "", append([][]string{{"SETTING", "VALUE", "FROM"}}, e.rows()...))
	fmt.Fprintln(w)
	table(w, "", append([][]string{{"RULE", "RUNS", "SEVERITY", "FROM"}}, e.ruleRows()...))
	return nil
}

func effectiveMarkdown(w io.Writer, e *effective) error {
	fmt.Fprintf(w, "# Settings\n\n%s.\n\n| setting | value | from |\n|---|---|---|\n", markdown(e.file()))
	for _, row := range e.rows() {
		fmt.Fprintf(w, "| %s | %s | %s |\n", row[0], markdown(row[1]), markdown(row[2]))
	}
	fmt.Fprint(w, "\n| rule | runs | severity | from |\n|---|---|---|---|\n")
	for _, row := range e.ruleRows() {
		fmt.Fprintf(w, "| %s | %s | %s | %s |\n", code(row[0]), row[1], row[2], markdown(row[3]))
	}
	return nil
}
