package rules_test

import (
	"bytes"
	"context"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/vpclint/vpclint/internal/config"
	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/ignore"
	"github.com/vpclint/vpclint/internal/lint"
	"github.com/vpclint/vpclint/internal/report"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/rules"
)

var update = flag.Bool("update", false, "rewrite the outputs that the pages show")

// A block is one fenced block of a page; its file is empty for an output.
type block struct {
	info, text string
	start, end int // of the whole fence within the page
}

// An example is a group of files and the output that follows them.
type example struct {
	section string
	files   []block
	output  block // zero where the page has none yet
	end     int   // of the last file
}

var fence = regexp.MustCompile("(?ms)^```([^\n]*)\n(.*?)^```\n")

// examples returns a page's examples: files stand together until an output, or until text that isn't a fence.
func examples(page string) []example {
	var out []example
	section, last := "", -1
	for _, m := range fence.FindAllStringSubmatchIndex(page, -1) {
		b := block{info: page[m[2]:m[3]], text: page[m[4]:m[5]], start: m[0], end: m[1]}
		if i := strings.LastIndex(page[:m[0]], "\n## "); i >= 0 {
			section, _, _ = strings.Cut(page[i+4:], "\n")
		}
		between := ""
		if last >= 0 {
			between = strings.TrimSpace(page[last:m[0]])
		}
		if b.info == "text" {
			out[len(out)-1].output = b
		} else if n := len(out); n > 0 && between == "" && out[n-1].output.info == "" && out[n-1].section == section && needs(out[n-1], b) {
			out[n-1].files = append(out[n-1].files, b)
			out[n-1].end = b.end
		} else {
			out = append(out, example{section: section, files: []block{b}, end: b.end})
		}
		last = m[1]
	}
	return out
}

// beside ends the info of a block that belongs to the example before it, whatever its language.
const beside = " beside"

// needs reports whether a block belongs to the example before it: the files around a saved state make one tree, and so do
// those of a root module and the modules that it calls, templates that nest or import one another, what stands behind a
// configuration, and what is marked as standing beside what is before it.
func needs(e example, b block) bool {
	configuration := func(f block) bool { return strings.HasSuffix(f.info, " "+config.Name) }
	switch {
	case configuration(b):
		return false
	case strings.HasSuffix(b.info, beside), slices.ContainsFunc(e.files, configuration):
		return true
	}
	state := func(f block) bool { return strings.HasSuffix(f.info, ".tfstate") }
	same := func(f block) bool { return f.info == b.info }
	if state(b) || slices.ContainsFunc(e.files, state) {
		return true
	}
	language, _, _ := strings.Cut(b.info, " ")
	together := func(f block) bool { return strings.HasPrefix(f.info, language+" ") }
	return (language == "hcl" || language == "yaml") && slices.ContainsFunc(e.files, together) && !slices.ContainsFunc(e.files, same)
}

func run(t *testing.T, rule *rules.Rule, e example) (*lint.Result, string) {
	t.Helper()
	dir := t.TempDir()
	c := lint.Config{WorkDir: dir, Paths: []string{"."}, Rules: []*rules.Rule{rule}, Strict: rule.Strict, Today: today}
	about := rule.ID == rules.UnusedIgnore.ID || rule.ID == rules.MalformedIgnore.ID
	if about { // what ignores are for has to run too
		c.Rules = slices.DeleteFunc(rules.All(), func(r *rules.Rule) bool { return r.Strict || r.Configured != "" })
	}
	for _, f := range e.files {
		_, name, ok := strings.Cut(strings.TrimSuffix(f.info, beside), " ")
		if !ok {
			t.Fatalf("the fence %q names no file", f.info)
		}
		if name == config.Name {
			configure(t, &c, f.text)
		}
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(f.text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	r, err := lint.Run(context.Background(), c)
	if err != nil {
		t.Fatal(err)
	}
	if about {
		r.Findings = slices.DeleteFunc(r.Findings, func(f finding.Finding) bool { return f.Rule != rule.ID })
		r.Undecided = nil
	}
	var b bytes.Buffer
	text := &report.Run{Root: r.Root, WorkDir: r.Root, Findings: r.Findings, Undecided: r.Undecided, Secrets: r.Secrets}
	if err := report.Text(&b, text, report.TextOptions{ShowUndecided: true, Quiet: true}); err != nil {
		t.Fatal(err)
	}
	return r, strings.TrimRight(b.String(), "\n")
}

// today is the day of which the pages speak.
var today = time.Date(2026, time.June, 1, 12, 0, 0, 0, time.UTC)

// configure hands over what a configuration at the root says.
func configure(t *testing.T, c *lint.Config, text string) {
	t.Helper()
	file := source.NewFile(config.Name, []byte(text))
	from, err := config.Parse(file, "/", func(string, []string) string { return "" })
	if err != nil {
		t.Fatal(err)
	}
	c.Approved = rules.Approved{Subnets: from.ApprovedSubnets.Words(), SecurityGroups: from.ApprovedSecurityGroups.Words()}
	for _, e := range from.Ignore {
		x := ignore.Configured{At: e.Rule.At, Rule: e.Rule.Text, Path: e.Path.Text, Subject: e.Subject.Text, Reason: e.Reason.Text, UntilAt: e.Until.At}
		if e.Until.Text != "" {
			if x.Until, err = time.Parse(time.DateOnly, e.Until.Text); err != nil {
				t.Fatal(err)
			}
		}
		c.Ignores = append(c.Ignores, x)
	}
}

// Every page is run: its examples are scanned, the output is what the page shows, and each section keeps what its title
// promises. go test ./rules -update rewrites the outputs.
func TestPages(t *testing.T) {
	for _, rule := range rules.All() {
		t.Run(rule.ID, func(t *testing.T) {
			page := rule.Page()
			if page == "" {
				t.Fatalf("%s.md is missing", rule.ID)
			}
			all := examples(page)
			for _, section := range []string{"Flagged", "Clean"} {
				if !slices.ContainsFunc(all, func(e example) bool { return e.section == section }) {
					t.Errorf("no example under %s", section)
				}
			}
			if !rule.Input && !slices.ContainsFunc(all, func(e example) bool { return e.section == "Undecided" }) {
				t.Error("no example under Undecided: each rule shows that it can say so")
			}
			var rewritten strings.Builder
			at := 0
			for _, e := range all {
				got, output := run(t, rule, e)
				where := e.section + ", " + e.files[0].info
				switch e.section {
				case "Flagged":
					if len(got.Findings) == 0 {
						t.Errorf("%s: nothing is found", where)
					}
				case "Clean":
					if len(got.Findings)+len(got.Undecided) > 0 {
						t.Errorf("%s: %s", where, output)
					}
					continue
				case "Undecided":
					if len(got.Findings) > 0 || len(got.Undecided) == 0 {
						t.Errorf("%s: %d findings, %d undecided\n%s", where, len(got.Findings), len(got.Undecided), output)
					}
				}
				if diff := cmp.Diff(strings.TrimRight(e.output.text, "\n"), output); diff != "" && !*update {
					t.Errorf("%s: the page shows another output (-page +run):\n%s", where, diff)
				}
				rewritten.WriteString(page[at:e.end])
				rewritten.WriteString("\n```text\n" + output + "\n```\n")
				if at = e.end; e.output.info != "" {
					at = e.output.end
				}
			}
			rewritten.WriteString(page[at:])
			if *update {
				if err := os.WriteFile(rule.ID+".md", []byte(rewritten.String()), 0o644); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

// forms are the ways of writing Terraform that each rule's page shows: people look for their own, and what is shown is
// tested.
var forms = []struct {
	name, section string
	// source is in the files of an example of the section, output in what it prints.
	source, output *regexp.Regexp
}{
	{"a module's argument", "Flagged", regexp.MustCompile(`(?m)^module "`), regexp.MustCompile(`(?m)^note: passed to module\.`)},
	{"for_each", "Flagged", regexp.MustCompile(`\bfor_each\b`), regexp.MustCompile(`\["[^"]+"\]`)},
	{"a dynamic block", "", regexp.MustCompile(`\bdynamic "`), regexp.MustCompile(``)},
	{"a value that can't be known", "Undecided", regexp.MustCompile(`(?m)^resource "`), regexp.MustCompile(`^undecided`)},
}

// formless are the rules to which the forms mean nothing, and why.
var formless = map[string]string{
	"malformed-ignore": "it is about comments, whatever stands beside them",
	"unused-ignore":    "it is about comments, whatever stands beside them",
	"unknown-property": "Terraform refuses unknown names itself",
	"unreadable":       "it is about text that can't be parsed, whatever it was to be",
}

func TestTerraformForms(t *testing.T) {
	for _, rule := range rules.All() {
		all := examples(rule.Page())
		for _, form := range forms {
			shown := slices.ContainsFunc(all, func(e example) bool {
				inSource := slices.ContainsFunc(e.files, func(f block) bool {
					return strings.HasPrefix(f.info, "hcl ") && form.source.MatchString(f.text)
				})
				return inSource && (form.section == "" || form.section == e.section) && form.output.MatchString(e.output.text)
			})
			if reason, exempt := formless[rule.ID]; shown == exempt {
				t.Errorf("%s: %s in Terraform is shown: %t; exempt: %q", rule.ID, form.name, shown, reason)
			}
		}
	}
}

// Every rule can be used in every place where rules are named.
func TestMetadata(t *testing.T) {
	slug := regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	seen := map[string]bool{}
	for _, r := range rules.All() {
		switch {
		case !slug.MatchString(r.ID) || seen[r.ID]:
			t.Errorf("%q is no slug, or not the only one", r.ID)
		case r.Title == "" || !strings.HasSuffix(r.Title, "."):
			t.Errorf("%s: the title is one sentence: %q", r.ID, r.Title)
		case r.Label == "" || r.Help == "" || r.Precision == "" || r.Severity == 0:
			t.Errorf("%s lacks a label, help, precision or severity", r.ID)
		case r.Run == nil && !r.Input:
			t.Errorf("%s does nothing", r.ID)
		case len(r.Summary()) > 1024 || r.Summary() == "":
			t.Errorf("%s: its first paragraph is %d characters", r.ID, len(r.Summary()))
		case r.Section("Fix") == "":
			t.Errorf("%s: its page says no fix", r.ID)
		case !strings.HasPrefix(r.Page(), "# "+r.ID+"\n"):
			t.Errorf("%s: its page has another title", r.ID)
		}
		seen[r.ID] = true
	}
}
