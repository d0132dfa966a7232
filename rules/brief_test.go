package rules_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/vpclint/vpclint/rules"
)

var (
	codeBlock = regexp.MustCompile("(?s)```.*?```")
	codeSpan  = regexp.MustCompile("(?s)`[^`]*`")
	html      = regexp.MustCompile(`<[A-Za-z/!]`)
	link      = regexp.MustCompile(`\]\(([^)]*)\)`)
)

// Code scanning shows a rule's brief beside each alert: without HTML, which SARIF forbids, and with links that lead somewhere from
// there.
func TestBrief(t *testing.T) {
	const base = "https://example.com/vpclint/"
	for _, r := range rules.All() {
		brief := r.Brief(base)
		if len(brief) > 8_000 || !strings.Contains(brief, "\n## Fix\n") && r.Section("Fix") != "" {
			t.Errorf("%s: %d bytes, or no fix", r.ID, len(brief))
		}
		if strings.Count(brief, "```")%2 != 0 || strings.Count(brief, "```") < 2 {
			t.Errorf("%s: no whole example", r.ID)
		}
		prose := codeSpan.ReplaceAllString(codeBlock.ReplaceAllString(brief, ""), "")
		if at := html.FindStringIndex(prose); at != nil {
			t.Errorf("%s: HTML in %q", r.ID, prose[at[0]:])
		}
		for _, l := range link.FindAllStringSubmatch(prose, -1) {
			if !strings.HasPrefix(l[1], "https://") || strings.Contains(l[1], "..") {
				t.Errorf("%s: a link to %s", r.ID, l[1])
			}
		}
	}
	brief := rules.ByID("endpoint-policy-allows-all").Brief(base)
	if !strings.Contains(brief, "[endpoint-without-policy]("+base+"rules/endpoint-without-policy.md)") {
		t.Errorf("a link to another rule is lost: %s", brief)
	}
	if keys := rules.ByID("missing-volume-key").Brief(base); !strings.Contains(keys, "("+base+"docs/keys.md)") {
		t.Errorf("a link out of the directory is lost: %s", keys)
	}
}
