package report

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/vpclint/vpclint/internal/sarif"
	"github.com/vpclint/vpclint/internal/secret"
	"github.com/vpclint/vpclint/internal/source"
)

// SARIFOptions are what the SARIF output holds beside the findings.
type SARIFOptions struct {
	// IncludeIgnored adds what an ignore or the baseline keeps from counting, as suppressed. GitHub ignores suppressions and
	// makes alerts of them; DefectDojo and the viewers of editors show them as what they are.
	IncludeIgnored bool
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
	maxResults   = 25_000     // in a run; a file with more is refused
	maxZipped    = 10_000_000 // bytes of a file when compressed; a larger one is refused
	maxLocations = 100        // of a result; what is over is dropped
	maxTags      = 10         // of a rule
	maxLinks     = 8          // in a message; more would bury it
	maxNotices   = 1_000      // notifications of one run, beside which the results need their room
)

// SARIF writes the run for code scanning. All enabled rules are listed whether or not they found anything, since GitHub
// reads a rule that is gone as fixed; results are findings only, since it makes an alert of whatever is one.
func SARIF(w io.Writer, run *Run, o SARIFOptions) error {
	b := &sarifBuilder{run: run, rules: make(map[string]int, len(run.Rules)), hashes: map[*source.File][]string{}, veil: veilOf(run.Secrets)}
	for i, r := range run.Rules {
		b.rules[r.ID] = i
	}
	b.notifyUnreadable()
	groups := b.groups(o)
	for kept := min(len(groups), maxResults); ; {
		log := b.log(gravest(groups, kept), len(groups))
		var encoded bytes.Buffer
		if err := log.Encode(&encoded); err != nil {
			return err
		}
		size := zipped(encoded.Bytes())
		if size <= maxZipped || kept == 0 {
			_, err := w.Write(Inert(encoded.Bytes()))
			return err
		}
		// A tenth less than what would fit if all results were of one size: the gravest often have the longest traces.
		kept = min(kept-1, int(int64(kept)*maxZipped/int64(size)*9/10))
	}
}

// zipped returns how many bytes a log has when it is uploaded, as far as that matters: compressing never makes it larger than the
// limit where it isn't.
func zipped(log []byte) int {
	if len(log) <= maxZipped {
		return len(log)
	}
	var n length
	z := gzip.NewWriter(&n)
	_, err := z.Write(log)
	if err := errors.Join(err, z.Close()); err != nil {
		return len(log)
	}
	return int(n)
}

// A length is a writer that counts.
type length int

// Write implements io.Writer.
func (n *length) Write(b []byte) (int, error) {
	*n += length(len(b))
	return len(b), nil
}

// log returns the log of some of all results.
func (b *sarifBuilder) log(groups []*group, all int) sarif.Log {
	driver := sarif.Component{
		Name:            toolName,
		FullName:        toolName + " " + b.run.Version,
		SemanticVersion: b.run.Version,
		Version:         b.run.Version,
		InformationURI:  toolURI,
		Rules:           make([]sarif.Rule, 0, len(b.run.Rules)),
	}
	for _, r := range b.run.Rules {
		driver.Rules = append(driver.Rules, sarifRule(r))
	}
	notifications := slices.Clone(b.notifications)
	if b.unnoticed > 0 {
		notifications = append(notifications, b.notification(fmt.Sprintf("%d more of these are left out", b.unnoticed), place{}))
	}
	if b.run.Failed {
		why := b.notification("The run failed: "+plainText(cmp.Or(b.run.Failure, "it gives no reason")), place{})
		why.Level = sarif.Error
		notifications = append(notifications, why)
	}
	if len(groups) < all {
		notifications = append(notifications, b.notification(fmt.Sprintf(
			"%d of %d results are listed, the gravest first to be kept; scan fewer paths at a time", len(groups), all), place{}))
	}
	results := make([]sarif.Result, 0, len(groups))
	for _, g := range groups {
		results = append(results, b.result(g))
	}
	root := sarif.ArtifactLocation{Description: &sarif.Text{Text: "The root of the repository."}}
	return sarif.Log{
		Schema:  sarif.Schema,
		Version: sarif.Version,
		Runs: []sarif.Run{{
			Tool: sarif.Tool{Driver: driver},
			Invocations: []sarif.Invocation{{
				ExecutionSuccessful: !b.run.Failed,
				ExitCode:            b.run.ExitCode,
				Notifications:       notifications,
			}},
			// No URI: it would tell the machine's directories, and GitHub ignores it.
			OriginalURIBaseIDs: map[string]sarif.ArtifactLocation{srcRoot: root},
			ColumnKind:         sarif.UTF16CodeUnits,
			Results:            results,
		}},
	}
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

type sarifBuilder struct {
	run           *Run
	rules         map[string]int
	hashes        map[*source.File][]string
	veil          veil
	notifications []sarif.Notification
	unnoticed     int // notifications over maxNotices
}

// notifyUnreadable tells of the files that can't be read once more, as something about the run.
func (b *sarifBuilder) notifyUnreadable() {
	for _, f := range b.run.Findings {
		if f.Rule == unreadable {
			b.notify("'"+plainText(f.Subject)+"' can't be read: "+plainText(f.Message), resolve(f.At))
		}
	}
}

func (b *sarifBuilder) notify(clause string, at place) {
	if len(b.notifications) == maxNotices {
		b.unnoticed++
		return
	}
	b.notifications = append(b.notifications, b.notification(clause, at))
}

func (b *sarifBuilder) notification(clause string, at place) sarif.Notification {
	n := sarif.Notification{Level: sarif.Warning, Message: sarif.Text{Text: whole(clause)}}
	if !at.isZero() {
		n.Locations = []sarif.Location{b.location(at)}
	}
	return n
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
	if g.standing == undecided {
		r.Kind, r.Level = sarif.Open, sarif.None
		clause = "undecided, since " + clause
	}
	primary := b.location(g.at)
	primary.LogicalLocations = logical(f.Subject, g.at)
	if f.Label != "" {
		primary.Message = &sarif.Text{Text: sentence(f.Label)}
	}
	r.Locations = []sarif.Location{primary}

	message := []string{subjectSentence(f.Subject, clause, g.at.within())}
	if f.Help != "" {
		message = append(message, sentence(f.Help))
	}
	related := &relations{of: b}
	if see := related.steps(f); see != "" {
		message = append(message, see)
	}
	if others := related.others(g); others != "" {
		message = append(message, others)
	}
	r.Message.Text = whole(strings.Join(message, " "))
	r.RelatedLocations = related.locations
	r.CodeFlows = b.codeFlows(f, primary)
	r.Suppressions = g.suppressions
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

// path returns the path of the file that a place is in, and not that of a link to it.
func (b *sarifBuilder) path(at place) string {
	return cmp.Or(b.run.Links[at.file.Path], at.file.Path)
}

func (b *sarifBuilder) location(at place) sarif.Location {
	start, end := at.widened().utf16Columns()
	return sarif.Location{PhysicalLocation: sarif.PhysicalLocation{
		ArtifactLocation: sarif.ArtifactLocation{URI: uri(b.path(at)), URIBaseID: srcRoot},
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
