package rules_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vpclint/vpclint/internal/controls"
	"github.com/vpclint/vpclint/rules"
)

var tools = []controls.Tool{controls.SecurityHub, controls.Config, controls.Prowler}

// namedBy returns the controls of a tool that a rule names.
func namedBy(r *rules.Rule, tool controls.Tool) []string {
	return [...][]string{r.Elsewhere.SecurityHub, r.Elsewhere.Config, r.Elsewhere.Prowler}[tool]
}

// identifiers find the controls of each tool in the text of a page, by how the tool names them.
var identifiers = [...]*regexp.Regexp{
	controls.SecurityHub: regexp.MustCompile(`\b([A-Z][A-Za-z0-9]+\.[0-9]+)\b`),
	controls.Config:      regexp.MustCompile("`([a-z0-9]+(?:-[a-z0-9]+)+)`"),
	controls.Prowler:     regexp.MustCompile("`([a-z0-9]+(?:_[a-z0-9]+)+)`"),
}

// elsewhere returns the paragraph of a page that names counterparts.
func elsewhere(t *testing.T, r *rules.Rule) string {
	t.Helper()
	var found []string
	for _, paragraph := range strings.Split(r.Section(""), "\n\n") {
		if strings.HasPrefix(paragraph, "Elsewhere: ") {
			found = append(found, strings.Join(strings.Fields(paragraph), " "))
		}
	}
	if len(found) != 1 {
		t.Fatalf("%s.md has %d paragraphs that begin with Elsewhere, want one before its first section", r.ID, len(found))
	}
	return found[0]
}

// A page names the counterparts that the rule has, and no others.
func TestElsewhere(t *testing.T) {
	const none = "Elsewhere: no counterpart in AWS Security Hub, AWS Config or Prowler."
	for _, r := range rules.All() {
		text := elsewhere(t, r)
		any := false
		for _, tool := range tools {
			var onPage []string
			for _, m := range identifiers[tool].FindAllStringSubmatch(text, -1) {
				if rules.ByID(m[1]) == nil && !slices.Contains(onPage, m[1]) {
					onPage = append(onPage, m[1])
				}
			}
			if diff := cmp.Diff(namedBy(r, tool), onPage); diff != "" {
				t.Errorf("%s: its page names other controls of %s (-rule +page):\n%s", r.ID, tool, diff)
			}
			if len(onPage) == 0 {
				continue
			}
			any = true
			if !strings.Contains(text, tool.String()+" ") {
				t.Errorf("%s: its page doesn't say that they are %s's: %s", r.ID, tool, text)
			}
		}
		if strings.HasPrefix(text, none) == any {
			t.Errorf("%s: its page has to say that there is no counterpart where there is none, and only there: %s", r.ID, text)
		}
	}
}

// What a rule names exists, and is about what the rule is about.
func TestCounterpartsExist(t *testing.T) {
	for _, r := range rules.All() {
		for _, tool := range tools {
			for _, id := range namedBy(r, tool) {
				all := controls.Of(tool)
				i := slices.IndexFunc(all, func(c controls.Control) bool { return c.ID == id })
				switch {
				case i < 0:
					t.Errorf("%s: %s has no %s", r.ID, tool, id)
				case all[i].Beside != "":
					t.Errorf("%s: %s is about %s", r.ID, id, all[i].Beside)
				case all[i].Rule != "" && !slices.Contains(r.Elsewhere.Config, all[i].Rule):
					t.Errorf("%s: %s is evaluated by AWS Config's %s, which the rule doesn't name", r.ID, id, all[i].Rule)
				}
			}
		}
	}
}

// Every control that is about what vpclint looks at has a rule: one that another tool adds has to be judged before the list
// of its controls can name it.
func TestNoControlIsMissing(t *testing.T) {
	for _, tool := range tools {
		named := map[string]bool{}
		for _, r := range rules.All() {
			for _, id := range namedBy(r, tool) {
				named[id] = true
			}
		}
		for _, c := range controls.Of(tool) {
			if c.Beside == "" && !named[c.ID] {
				t.Errorf("no rule corresponds to %s's %s: %s", tool, c.ID, c.Title)
			}
		}
	}
}
