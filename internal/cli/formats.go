package cli

import (
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/vpclint/vpclint/internal/report"
)

// A format is one way to write a run.
type format struct {
	name  string
	write func(w io.Writer, run *report.Run, o formatOptions) error
}

// formatOptions are what the flags and the environment ask of the formats.
type formatOptions struct {
	text     report.TextOptions
	sarif    report.SARIFOptions
	markdown report.MarkdownOptions
	// open is what becomes of undecided verdicts in the formats that list problems.
	open report.Open
}

// outputFormats are the formats of check, in the order of its help.
var outputFormats = []format{
	{"text", func(w io.Writer, run *report.Run, o formatOptions) error { return report.Text(w, run, o.text) }},
	{"json", func(w io.Writer, run *report.Run, _ formatOptions) error { return report.JSON(w, run) }},
	{"sarif", func(w io.Writer, run *report.Run, o formatOptions) error { return report.SARIF(w, run, o.sarif) }},
	{"github", func(w io.Writer, run *report.Run, o formatOptions) error { return report.GitHub(w, run, o.open) }},
	{"gitlab", func(w io.Writer, run *report.Run, o formatOptions) error { return report.GitLab(w, run, o.open) }},
	{"junit", func(w io.Writer, run *report.Run, o formatOptions) error { return report.JUnit(w, run, o.open) }},
	{"checkstyle", func(w io.Writer, run *report.Run, o formatOptions) error { return report.Checkstyle(w, run, o.open) }},
	{"rdjson", func(w io.Writer, run *report.Run, o formatOptions) error { return report.RDJSON(w, run, o.open) }},
	{"markdown", func(w io.Writer, run *report.Run, o formatOptions) error { return report.Markdown(w, run, o.markdown) }},
}

// formatNames returns the names of the formats.
func formatNames() []string {
	names := make([]string, len(outputFormats))
	for i, f := range outputFormats {
		names[i] = f.name
	}
	return names
}

// formatHelp is the help of --format.
func formatHelp() string {
	names := formatNames()
	last := len(names) - 1
	return "output format: " + strings.Join(names[:last], ", ") + " or " + names[last] + "; `FORMAT=FILE` writes to a file; repeatable"
}

func (a *app) render(w io.Writer, o target, f *checkFlags, run *report.Run) error {
	open := map[string]report.Open{"show": report.OpenShown, "fail": report.OpenFails}[f.undecided]
	i := slices.IndexFunc(outputFormats, func(known format) bool { return known.name == o.format })
	if i < 0 {
		return fmt.Errorf("unknown format %q", o.format)
	}
	text := a.textOptions(f.color, o.file == "")
	text.ShowUndecided, text.Statistics, text.Quiet = f.undecided != "count", f.statistics, f.quiet
	return outputFormats[i].write(w, run, formatOptions{
		text: text,
		sarif: report.SARIFOptions{
			IncludeIgnored: slices.Contains(f.sarifInclude, "ignored"), IncludeUndecided: slices.Contains(f.sarifInclude, "undecided"),
		},
		markdown: report.MarkdownOptions{Open: open, Blob: blob(run.Root, os.Getenv)},
		open:     open,
	})
}

// writeReport writes a report to a file, in place of what was there. GitHub's step summary is the exception: what the step has put
// there before stays.
func writeReport(path string, report []byte) error {
	flags := os.O_WRONLY | os.O_CREATE | os.O_TRUNC
	if summary := os.Getenv("GITHUB_STEP_SUMMARY"); summary != "" && filepath.Clean(summary) == filepath.Clean(path) {
		flags = os.O_WRONLY | os.O_CREATE | os.O_APPEND
	}
	f, err := os.OpenFile(path, flags, 0o644)
	if err != nil {
		return err
	}
	_, err = f.Write(report)
	return errors.Join(err, f.Close())
}

// A forge is a place that runs checks and shows the files that were checked. Its variables are those of
// https://docs.github.com/en/actions/reference/workflows-and-actions/variables and
// https://docs.gitlab.com/ci/variables/predefined_variables/.
type forge struct {
	// checkout is the variable of the directory that the repository is in.
	checkout string
	// commit is the variable of the commit, address those of the repository's page.
	commit  string
	address []string
	// blob stands between the page and the commit.
	blob string
}

var forges = []forge{
	{checkout: "GITHUB_WORKSPACE", commit: "GITHUB_SHA", address: []string{"GITHUB_SERVER_URL", "GITHUB_REPOSITORY"}, blob: "/blob/"},
	{checkout: "CI_PROJECT_DIR", commit: "CI_COMMIT_SHA", address: []string{"CI_PROJECT_URL"}, blob: "/-/blob/"},
}

// blob returns the address of the repository's files where a forge runs the check, or "". Another repository that was
// checked out beside the forge's own isn't at its commit.
func blob(root string, env func(string) string) string {
	for _, f := range forges {
		checkout := env(f.checkout)
		if resolved, err := filepath.EvalSymlinks(checkout); err == nil {
			checkout = resolved
		}
		if checkout == "" || checkout != root || !isCommit(env(f.commit)) {
			continue
		}
		parts := make([]string, len(f.address))
		for i, name := range f.address {
			parts[i] = strings.TrimSuffix(env(name), "/")
		}
		if address := strings.Join(parts, "/"); isAddress(address) && !slices.Contains(parts, "") {
			return address + f.blob + env(f.commit)
		}
	}
	return ""
}

func isCommit(text string) bool {
	return len(text) >= 40 && strings.Trim(text, "0123456789abcdef") == ""
}

// isAddress reports whether text is an address that needs no escaping in a link.
func isAddress(text string) bool {
	u, err := url.Parse(text)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" && !strings.ContainsAny(text, " <>()[]\\\"'`?#|\x00\n\r\t")
}
