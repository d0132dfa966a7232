package cli_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// summaryForm is the last line of text, in which every count is always said.
var summaryForm = regexp.MustCompile(`^(\d+) errors?, (\d+) warnings?, (\d+) notes?; (\d+) undecided; (\d+) resources? in (\d+) files? ` +
	`\((\d+) ignored, (\d+) in the baseline\) in \d+(ms|\.\ds|m\d+s)$`)

// counted are the numbers of a summary line.
type counted struct{ Errors, Warnings, Notes, Undecided, Resources, Files, Ignored, Baselined int }

// A reported is what the counts can be taken from once more.
type reported struct {
	Findings  []struct{ Rule, Severity, Path string }
	Undecided []struct{ Rule, Path string }
	Summary   counted
}

func (r reported) level(words ...string) int {
	n := 0
	for _, f := range r.Findings {
		if slices.Contains(words, f.Severity) {
			n++
		}
	}
	return n
}

// The summary line says what the JSON has, and what the text shows, on every story, whatever is left out, and on the
// repositories of a directory that VPCLINT_REPOSITORIES names.
func TestSummary(t *testing.T) {
	root, err := filepath.Abs("../../testdata/repos")
	if err != nil {
		t.Fatal(err)
	}
	dirs, err := filepath.Glob(filepath.Join(root, "*"))
	if err != nil || len(dirs) == 0 {
		t.Fatal(dirs, err)
	}
	if public := os.Getenv("VPCLINT_REPOSITORIES"); public != "" {
		more, err := filepath.Glob(filepath.Join(public, "*"))
		if err != nil {
			t.Fatal(err)
		}
		dirs = append(dirs, more...)
	}
	for _, dir := range dirs {
		t.Run(filepath.Base(dir), func(t *testing.T) {
			if strings.HasPrefix(dir, root) { // outside of vpclint's own repository the story is one of its own
				story := filepath.Join(t.TempDir(), filepath.Base(dir))
				if err := os.CopyFS(story, os.DirFS(dir)); err != nil {
					t.Fatal(err)
				}
				dir = story
			}
			t.Chdir(dir)
			all := summary(t)
			for _, args := range [][]string{
				{"--min-severity", "medium"}, {"--select", "missing-vpc-config,public-subnet"},
				{"--severity", "missing-vpc-config=low"}, {"--fail-on", "never"}, {"--profile", "strict"},
			} {
				summary(t, args...)
			}
			// What an ignore silences is counted, and nothing else is.
			open := summary(t, "--no-ignores", "--ignore", "unreadable")
			closed := summary(t, "--ignore", "unreadable")
			if got, want := closed.Errors+closed.Warnings+closed.Notes+closed.Undecided+closed.Ignored, open.Errors+open.Warnings+open.Notes+open.Undecided; got < want {
				t.Errorf("%d findings and verdicts with ignores, %d without: %+v", got, want, all)
			}
		})
	}
}

// summary runs a check as text and as JSON, and returns what its summary line says, once it is seen to be true.
func summary(t *testing.T, args ...string) counted {
	t.Helper()
	file := filepath.Join(t.TempDir(), "out.json")
	out, _ := check(t, slices.Concat([]string{"check", "--isolated", "--undecided", "show", "--statistics", "--format", "text", "--format", "json=" + file}, args)...)
	text := strings.TrimSuffix(string(out), "\n")
	m := summaryForm.FindStringSubmatch(text[strings.LastIndexByte(text, '\n')+1:])
	if m == nil {
		t.Fatalf("%q: the output ends with %q", args, text[max(0, len(text)-300):])
	}
	var n [8]int
	for i := range n {
		n[i], _ = strconv.Atoi(m[i+1])
	}
	said := counted{n[0], n[1], n[2], n[3], n[4], n[5], n[6], n[7]}

	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var r reported
	if err := json.Unmarshal(b, &r); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(r.Summary, said); diff != "" {
		t.Errorf("%q: JSON and text count otherwise:\n%s", args, diff)
	}
	counts := counted{Errors: r.level("critical", "high"), Warnings: r.level("medium"), Notes: r.level("low"), Undecided: len(r.Undecided)}
	if diff := cmp.Diff(counts, counted{Errors: said.Errors, Warnings: said.Warnings, Notes: said.Notes, Undecided: said.Undecided}); diff != "" {
		t.Errorf("%q: the summary says otherwise than is listed:\n%s", args, diff)
	}
	shown := func(word string) int { return len(regexp.MustCompile(`(?m)^`+word+`\[`).FindAllString(text, -1)) }
	if got := (counted{Errors: shown("error"), Warnings: shown("warning"), Notes: shown("note")}); got != (counted{Errors: said.Errors, Warnings: said.Warnings, Notes: said.Notes}) {
		t.Errorf("%q: %+v is shown, %+v said", args, got, said)
	}
	statistics(t, text, r)
	files := map[string]bool{}
	for _, f := range r.Findings {
		if f.Rule != "unreadable" {
			files[f.Path] = true
		}
	}
	if len(files) > said.Files {
		t.Errorf("%q: findings in %d files of %d", args, len(files), said.Files)
	}
	return said
}

// statistics holds the table of --statistics against the list of findings.
func statistics(t *testing.T, text string, r reported) {
	t.Helper()
	type row struct{ Findings, Undecided int }
	want := map[string]row{}
	for _, f := range r.Findings {
		x := want[f.Rule]
		want[f.Rule] = row{x.Findings + 1, x.Undecided}
	}
	for _, u := range r.Undecided {
		x := want[u.Rule]
		want[u.Rule] = row{x.Findings, x.Undecided + 1}
	}
	got := map[string]row{}
	last := -1
	for _, m := range regexp.MustCompile(`(?m)^ +(\d+) +(\d+)  (?:low|medium|high|critical) +(\S+)$`).FindAllStringSubmatch(text, -1) {
		findings, _ := strconv.Atoi(m[1])
		undecided, _ := strconv.Atoi(m[2])
		got[m[3]] = row{findings, undecided}
		if last >= 0 && findings > last {
			t.Errorf("%s, with %d findings, stands below one with %d", m[3], findings, last)
		}
		last = findings
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the statistics are not those of the findings (-want +got):\n%s", diff)
	}
}
