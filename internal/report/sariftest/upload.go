package sariftest

import (
	"encoding/json"
	"fmt"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// The parts of a SARIF file that GitHub reads.
type (
	uploadLog struct {
		Runs []uploadRun
	}
	uploadRun struct {
		Tool struct {
			Driver struct {
				Name  string
				Rules []uploadRule
			}
		}
		ColumnKind string
		Results    []uploadResult
	}
	uploadRule struct {
		ID, Name                          string
		ShortDescription, FullDescription struct{ Text string }
		Help                              struct{ Text string }
		Properties                        struct {
			Tags     []string
			Severity string `json:"security-severity"`
		}
	}
	uploadResult struct {
		RuleID              string
		RuleIndex           *int
		Kind, Level         string
		Message             struct{ Text string }
		Locations           []uploadLocation
		RelatedLocations    []uploadLocation
		PartialFingerprints map[string]string
		Suppressions        []struct{ Kind, Status string }
		CodeFlows           []struct {
			ThreadFlows []struct {
				Locations []struct{ Location uploadLocation }
			}
		}
	}
	uploadLocation struct {
		ID               int
		PhysicalLocation struct {
			ArtifactLocation struct{ URI string }
			Region           struct{ StartLine, StartColumn, EndLine, EndColumn int }
		}
	}
)

var (
	linkPattern = regexp.MustCompile(`\[(?:[^\[\]\\]|\\.)+\]\(([^)]*)\)`)
	hashPattern = regexp.MustCompile(`^[0-9a-f]+:[1-9][0-9]*$`)
)

// ValidateUpload fails the test where a SARIF file breaks GitHub's documented rules and limits. It is the part of Validate
// that is fast enough for fuzzing.
func ValidateUpload(t testing.TB, log []byte) {
	t.Helper()
	for _, problem := range checkUpload(log) {
		t.Errorf("upload: %s", problem)
	}
}

// checkUpload returns what breaks GitHub's documented rules and limits, and ours on top of them.
func checkUpload(log []byte) (problems []string) {
	report := func(format string, args ...any) { problems = append(problems, fmt.Sprintf(format, args...)) }
	var parsed uploadLog
	if err := json.Unmarshal(log, &parsed); err != nil {
		return []string{err.Error()}
	}
	if len(parsed.Runs) != 1 {
		report("%d runs: GitHub refuses several of one category", len(parsed.Runs))
	}
	if len(log) == 0 || log[len(log)-1] != '\n' {
		report("no line break at the end")
	}
	for _, run := range parsed.Runs {
		if run.Results == nil || run.Tool.Driver.Rules == nil {
			report("results or rules are missing")
		}
		if len(run.Results) > 25_000 {
			report("%d results", len(run.Results))
		}
		if run.ColumnKind != "utf16CodeUnits" {
			report("columnKind %q", run.ColumnKind)
		}
		for _, r := range run.Tool.Driver.Rules {
			checkRule(r, report)
		}
		seen := map[string]bool{}
		for i, r := range run.Results {
			at := func(format string, args ...any) { report("result %d: "+format, append([]any{i}, args...)...) }
			checkResult(r, run.Tool.Driver.Rules, at)
			if len(r.Locations) == 1 {
				l := r.Locations[0].PhysicalLocation
				key := fmt.Sprint(r.RuleID, r.Kind, len(r.Suppressions) > 0, l.ArtifactLocation.URI, l.Region.StartLine)
				if seen[key] {
					at("a second result of %s on %s:%d", r.RuleID, l.ArtifactLocation.URI, l.Region.StartLine)
				}
				seen[key] = true
				// GitHub takes results of one rule and one hash for one alert, wherever in the file they are.
				if hash := r.PartialFingerprints["primaryLocationLineHash"]; hash != "" {
					key := fmt.Sprint(r.RuleID, r.Kind, len(r.Suppressions) > 0, l.ArtifactLocation.URI, " ", hash)
					if seen[key] {
						at("a second result of %s in %s with the hash %s", r.RuleID, l.ArtifactLocation.URI, hash)
					}
					seen[key] = true
				}
			}
		}
	}
	return problems
}

func checkRule(r uploadRule, report func(string, ...any)) {
	if r.ID == "" || r.Name == "" || len(r.Name) > 255 || r.Name == r.ID {
		report("rule %q: name %q", r.ID, r.Name)
	}
	for _, text := range []string{r.ShortDescription.Text, r.FullDescription.Text} {
		if text == "" || len(text) > 1024 {
			report("rule %s: a description of %d bytes", r.ID, len(text))
		}
	}
	if r.Help.Text == "" {
		report("rule %s: no help", r.ID)
	}
	if len(r.Properties.Tags) > 10 {
		report("rule %s: %d tags", r.ID, len(r.Properties.Tags))
	}
	if score, err := strconv.ParseFloat(r.Properties.Severity, 64); err != nil || score <= 0 || score > 10 {
		report("rule %s: security-severity %q", r.ID, r.Properties.Severity)
	}
}

func checkResult(r uploadResult, rules []uploadRule, report func(string, ...any)) {
	if r.RuleIndex == nil || *r.RuleIndex < 0 || *r.RuleIndex >= len(rules) || rules[*r.RuleIndex].ID != r.RuleID {
		report("rule %s is not the one at its index", r.RuleID)
	}
	if len(r.Locations) != 1 {
		report("%d locations", len(r.Locations))
	}
	if len(r.RelatedLocations) > 100 {
		report("%d related locations", len(r.RelatedLocations))
	}
	// What stands beside a credential has no hash of ours: the action makes one where there is none.
	hash, hashed := r.PartialFingerprints["primaryLocationLineHash"]
	if hashed && !hashPattern.MatchString(hash) || r.PartialFingerprints["vpclint/v1"] == "" {
		report("fingerprints %v", r.PartialFingerprints)
	}
	for _, l := range append(r.Locations, r.RelatedLocations...) {
		checkLocation(l, report)
	}
	for _, flow := range r.CodeFlows {
		for _, thread := range flow.ThreadFlows {
			for _, step := range thread.Locations {
				checkLocation(step.Location, report)
			}
		}
	}
	checkMessage(r, report)
}

// checkMessage holds the message to SARIF's syntax: no placeholder, and no link but to a related location.
func checkMessage(r uploadResult, report func(string, ...any)) {
	text := r.Message.Text
	if !strings.HasSuffix(text, ".") || strings.ContainsAny(text, "{}\n") {
		report("message %q", text)
	}
	links := linkPattern.FindAllStringSubmatch(text, -1)
	if strings.Count(text, "](") != len(links) {
		report("message %q has a broken link", text)
	}
	for _, link := range links {
		id, err := strconv.Atoi(link[1])
		if err != nil || id < 1 || id > len(r.RelatedLocations) || r.RelatedLocations[id-1].ID != id {
			report("message %q links to %s", text, link[1])
		}
	}
}

func checkLocation(l uploadLocation, report func(string, ...any)) {
	region := l.PhysicalLocation.Region
	if region.StartLine < 1 || region.StartColumn < 1 || region.EndLine != region.StartLine || region.EndColumn < region.StartColumn {
		report("region %+v", region)
	}
	address := l.PhysicalLocation.ArtifactLocation.URI
	parsed, err := url.Parse(address)
	switch {
	case err != nil || address == "":
		report("uri %q: %v", address, err)
	case parsed.IsAbs(), strings.HasPrefix(address, "/"), strings.HasPrefix(address, "./"),
		strings.Contains("/"+address+"/", "/../"), strings.Contains(address, `\`):
		report("uri %q is not relative to the root", address)
	}
}
