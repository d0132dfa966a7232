package report

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/sarif"
	"github.com/vpclint/vpclint/internal/secret"
	"github.com/vpclint/vpclint/internal/source"
)

// SARIFOptions are what the SARIF output holds beside the findings.
type SARIFOptions struct {
	// IncludeUndecided adds the undecided verdicts, of kind "open". GitHub ignores the kind and makes alerts of them.
	IncludeUndecided bool
}

const (
	toolName    = "vpclint"
	toolURI     = "https://github.com/vpclint/vpclint"
	srcRoot     = "%SRCROOT%"
	unreadable  = "unreadable"
	hashKey     = "primaryLocationLineHash"
	identityKey = "vpclint/v1"
)

// GitHub's limits: https://docs.github.com/en/code-security/reference/code-scanning/sarif-files/sarif-support.
const (
	maxResults   = 25_000 // in a run; a file with more is refused
	maxLocations = 100    // of a result; what is over is dropped
	maxTags      = 10     // of a rule
	maxLinks     = 8      // in a message; more would bury it
)

// SARIF writes the run for code scanning. All enabled rules are listed whether or not they found anything, since GitHub
// reads a rule that is gone as fixed; results are findings only, since it makes an alert of whatever is one.
func SARIF(w io.Writer, run *Run, o SARIFOptions) error {
	b := &sarifBuilder{run: run, rules: make(map[string]int, len(run.Rules)), hashes: map[*source.File][]string{}, veil: veilOf(run.Secrets)}
	driver := sarif.Component{
		Name:            toolName,
		FullName:        toolName + " " + run.Version,
		SemanticVersion: run.Version,
		Version:         run.Version,
		InformationURI:  toolURI,
		Rules:           make([]sarif.Rule, 0, len(run.Rules)),
	}
	for i, r := range run.Rules {
		b.rules[r.ID] = i
		driver.Rules = append(driver.Rules, sarifRule(r))
	}
	results := b.results(o)
	root := sarif.ArtifactLocation{Description: &sarif.Text{Text: "The root of the repository."}}
	log := sarif.Log{
		Schema:  sarif.Schema,
		Version: sarif.Version,
		Runs: []sarif.Run{{
			Tool: sarif.Tool{Driver: driver},
			Invocations: []sarif.Invocation{{
				ExecutionSuccessful: !run.Failed,
				ExitCode:            run.ExitCode,
				Notifications:       b.notifications,
			}},
			// No URI: it would tell the machine's directories, and GitHub ignores it.
			OriginalURIBaseIDs: map[string]sarif.ArtifactLocation{srcRoot: root},
			ColumnKind:         sarif.UTF16CodeUnits,
			Results:            results,
		}},
	}
	return log.Encode(w)
}

func sarifRule(r Rule) sarif.Rule {
	tags := []string{"security", "aws", "sagemaker"}
	for _, tag := range r.Tags {
		// The schema wants them unique: GitHub refuses the whole file otherwise.
		if !slices.Contains(tags, tag) && len(tags) < maxTags {
			tags = append(tags, tag)
		}
	}
	level := sarif.Level(r.Severity.Level())
	severity := string(level)
	if level == sarif.Note {
		severity = "recommendation"
	}
	return sarif.Rule{
		ID:               r.ID,
		Name:             r.Name,
		ShortDescription: sarif.Text{Text: withStop(r.Short)},
		FullDescription:  sarif.Text{Text: withStop(cmp.Or(r.Full, r.Short))},
		Help:             sarif.Text{Text: cmp.Or(r.HelpText, r.Full, r.Short), Markdown: secret.Mask(r.HelpMarkdown)},
		HelpURI:          r.URI,
		Default:          sarif.Configuration{Level: level},
		Properties: sarif.RuleProperties{
			Precision:        cmp.Or(r.Precision, "high"),
			ProblemSeverity:  severity,
			SecuritySeverity: r.Severity.Score(),
			Tags:             tags,
		},
	}
}

// A group is what becomes one result: the findings of one rule on one line. GitHub tells results apart by rule and line
// hash alone.
type group struct {
	at       place
	findings []finding.Finding
	open     bool
}

// severity is the highest of the group's; an open verdict has none.
func (g *group) severity() finding.Severity {
	if g.open {
		return 0
	}
	var s finding.Severity
	for _, f := range g.findings {
		s = max(s, f.Severity)
	}
	return s
}

type sarifBuilder struct {
	run           *Run
	rules         map[string]int
	hashes        map[*source.File][]string
	veil          veil
	notifications []sarif.Notification
}

func (b *sarifBuilder) results(o SARIFOptions) []sarif.Result {
	for _, f := range b.run.Findings {
		if f.Rule == unreadable {
			b.notify("'"+plainText(f.Subject)+"' can't be read: "+plainText(f.Message), resolve(f.At))
		}
	}
	groups := b.fold(b.run.Findings, false)
	if o.IncludeUndecided {
		open := make([]finding.Finding, 0, len(b.run.Undecided))
		for _, u := range b.run.Undecided {
			open = append(open, finding.Finding{Rule: u.Rule, Unit: u.Unit, Subject: u.Subject, Message: u.Reason, At: u.At})
		}
		groups = append(groups, b.fold(open, true)...)
	}
	if len(groups) > maxResults {
		b.notify(fmt.Sprintf("%d of %d results are listed, the gravest first to be kept; scan fewer paths at a time",
			maxResults, len(groups)), place{})
		groups = gravest(groups, maxResults)
	}
	results := make([]sarif.Result, 0, len(groups))
	for _, g := range groups {
		results = append(results, b.result(g))
	}
	return results
}

// fold groups findings by rule and line, in the order of the groups' first.
func (b *sarifBuilder) fold(findings []finding.Finding, open bool) []*group {
	type key struct {
		rule, path string
		line       int
	}
	var groups []*group
	index := map[key]*group{}
	for _, f := range findings {
		at := resolve(f.At)
		if at.isZero() {
			// GitHub refuses a file with a result that has no place.
			b.notify("'"+plainText(f.Subject)+"': "+plainText(f.Message), place{})
			continue
		}
		k := key{f.Rule, at.file.Path, at.line}
		g := index[k]
		if g == nil {
			g = &group{at: at, open: open}
			index[k] = g
			groups = append(groups, g)
		}
		g.findings = append(g.findings, f)
	}
	return groups
}

// gravest returns the n groups of highest severity, in their order.
func gravest(groups []*group, n int) []*group {
	order := make([]int, len(groups))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return cmp.Compare(groups[j].severity(), groups[i].severity()) })
	order = order[:n]
	slices.Sort(order)
	kept := make([]*group, 0, n)
	for _, i := range order {
		kept = append(kept, groups[i])
	}
	return kept
}

func (b *sarifBuilder) notify(clause string, at place) {
	n := sarif.Notification{Level: sarif.Warning, Message: sarif.Text{Text: withStop(clause)}}
	if !at.isZero() {
		n.Locations = []sarif.Location{location(at)}
	}
	b.notifications = append(b.notifications, n)
}

func (b *sarifBuilder) result(g *group) sarif.Result {
	f := g.findings[0]
	r := sarif.Result{
		RuleID:              f.Rule,
		Level:               sarif.Level(g.severity().Level()),
		PartialFingerprints: map[string]string{identityKey: Fingerprint(f)},
	}
	if !b.secretIn(g.at) {
		r.PartialFingerprints[hashKey] = b.lineHash(g.at)
	}
	if i, ok := b.rules[f.Rule]; ok {
		r.RuleIndex = &i
	}
	clause := f.Message
	if g.open {
		r.Kind, r.Level = sarif.Open, sarif.None
		clause = "undecided, since " + clause
	}
	primary := location(g.at)
	primary.LogicalLocations = logical(f.Subject, g.at)
	if f.Label != "" {
		primary.Message = &sarif.Text{Text: sentence(f.Label)}
	}
	r.Locations = []sarif.Location{primary}

	message := []string{subjectSentence(f.Subject, clause, g.at.within())}
	if f.Help != "" {
		message = append(message, sentence(f.Help))
	}
	related := &relations{}
	if see := related.steps(f); see != "" {
		message = append(message, see)
	}
	if others := related.others(g); others != "" {
		message = append(message, others)
	}
	r.Message.Text = strings.Join(message, " ")
	r.RelatedLocations = related.locations
	r.CodeFlows = codeFlows(f, primary)
	return r
}

// secretIn reports whether a credential stands in what the hash of a place's line is made of. There it is left to GitHub's action,
// which makes one of the file as it uploads: a hash of a secret tells whether one has guessed it.
func (b *sarifBuilder) secretIn(at place) bool {
	content := at.file.Bytes
	begin := at.at
	end, units := begin, 0
	for ; end < len(content) && units < hashWindow; end++ {
		if c := content[end]; c != ' ' && c != '\t' {
			units++
		}
	}
	return len(b.veil.over(at.file, begin, end)) > 0
}

func (b *sarifBuilder) lineHash(at place) string {
	hashes, ok := b.hashes[at.file]
	if !ok {
		hashes = LineHashes(at.file.Bytes)
		b.hashes[at.file] = hashes
	}
	return hashes[at.line-1]
}

// relations collects the related locations of a result, and the message's links to them.
type relations struct {
	locations []sarif.Location
}

// add returns the id of a new related location, or 0 where there is no place or no room.
func (r *relations) add(at place, message string, subject string) int {
	if at.isZero() || len(r.locations) == maxLocations {
		return 0
	}
	l := location(at)
	l.ID = len(r.locations) + 1
	if message != "" {
		l.Message = &sarif.Text{Text: message}
	}
	if subject != "" {
		l.LogicalLocations = logical(subject, at)
	}
	r.locations = append(r.locations, l)
	return l.ID
}

// steps adds the trace and the related places, and returns the sentence that links to them.
func (r *relations) steps(f finding.Finding) string {
	var links []string
	for _, step := range slices.Concat(f.Trace, f.Related) {
		at := resolve(step.Span)
		if at.outside() {
			continue
		}
		id := r.add(at, sentence(step.Message), "")
		if step.Message != "" && len(links) < maxLinks {
			links = append(links, link(step.Message, id))
		}
	}
	if len(links) == 0 {
		return ""
	}
	return withStop("See " + enumerate(links))
}

// others adds the group's findings after the first, and returns the sentence that names them.
func (r *relations) others(g *group) string {
	first, more := g.findings[0], 0
	var links []string
	for _, f := range g.findings[1:] {
		id := r.add(resolve(f.At), subjectSentence(f.Subject, f.Message, ""), f.Subject)
		if len(links) == maxLinks {
			more++
			continue
		}
		switch {
		case f.Message == first.Message && f.Subject != first.Subject:
			links = append(links, link("'"+f.Subject+"'", id))
		case f.Subject == first.Subject:
			links = append(links, link(f.Message, id))
		default:
			links = append(links, link("'"+f.Subject+"': "+f.Message, id))
		}
	}
	if more > 0 {
		links = append(links, fmt.Sprintf("%d more", more))
	}
	if len(links) == 0 {
		return ""
	}
	return withStop("On the same line: " + enumerate(links))
}

// codeFlows returns the way from the root cause to the finding, where it has more than one step.
func codeFlows(f finding.Finding, primary sarif.Location) []sarif.CodeFlow {
	if len(f.Trace) < 2 {
		return nil
	}
	var steps []sarif.ThreadFlowLocation
	for _, step := range slices.Backward(f.Trace[:min(len(f.Trace), maxLocations-1)]) {
		at := resolve(step.Span)
		if at.isZero() || at.outside() {
			continue
		}
		l := location(at)
		if step.Message != "" {
			l.Message = &sarif.Text{Text: sentence(step.Message)}
		}
		steps = append(steps, sarif.ThreadFlowLocation{Location: l})
	}
	if len(steps) < 2 {
		return nil
	}
	primary.Message = &sarif.Text{Text: subjectSentence(f.Subject, f.Message, "")}
	steps = append(steps, sarif.ThreadFlowLocation{Location: primary})
	return []sarif.CodeFlow{{ThreadFlows: []sarif.ThreadFlow{{Locations: steps}}}}
}

func location(at place) sarif.Location {
	start, end := at.widened().utf16Columns()
	return sarif.Location{PhysicalLocation: sarif.PhysicalLocation{
		ArtifactLocation: sarif.ArtifactLocation{URI: uri(at.file.Path), URIBaseID: srcRoot},
		Region:           sarif.Region{StartLine: at.line, StartColumn: start, EndLine: at.line, EndColumn: end},
	}}
}

func logical(subject string, at place) []sarif.LogicalLocation {
	out := []sarif.LogicalLocation{{FullyQualifiedName: Escape(subject), Kind: "resource"}}
	if at.label != "" {
		out = append(out, sarif.LogicalLocation{FullyQualifiedName: Escape(at.label), Kind: "document"})
	}
	return out
}
