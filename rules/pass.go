package rules

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/vpclint/vpclint/analyzers/endpoints"
	"github.com/vpclint/vpclint/analyzers/exposure"
	"github.com/vpclint/vpclint/analyzers/firewall"
	"github.com/vpclint/vpclint/analyzers/placement"
	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/model"
	"github.com/vpclint/vpclint/internal/network"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// A Pass is one run of one rule over one estate.
type Pass struct {
	*model.Estate
	Facts

	rule *Rule
	out  Outcome
	// held is what facts tell of what is around workloads, until all of it is known.
	held hearing
}

// Facts are what every rule of a run shares.
type Facts struct {
	Net       *network.Graph
	Placement *placement.Analysis
	Exposure  *exposure.Analysis
	Firewall  *firewall.Analysis
	Endpoints *endpoints.Analysis
	// Strict reports whether the strict profile is on.
	Strict bool
	// Record asks for verdicts, which only an inventory needs: most of them are of what passes.
	Record bool
	// Approved are the ids that configuration approves.
	Approved Approved

	shared *shared
}

// shared is what several rules look at and the first one of them gathers.
type shared struct {
	in   map[*network.VPC][]guest
	lost []guest
	// residents are the workloads of guests, by the first of these and their number.
	residents map[crowd][]model.Resource
	wearers   map[*network.Workload][]wearer
	// identity is what the identity rules look at; nil until one asks.
	identity *identityReader
}

// Approved are lists of literal ids. Those that are nil are not configured.
type Approved struct {
	Subnets, SecurityGroups []string
}

// Establish prepares what the rules share. Each fact is established when a rule asks for it.
func Establish(g *network.Graph) Facts {
	walls := firewall.Analyze(g)
	return Facts{
		Net: g, Placement: placement.Analyze(g), Exposure: exposure.Analyze(g), Firewall: walls,
		Endpoints: endpoints.Analyze(g, walls), shared: &shared{residents: map[crowd][]model.Resource{}, wearers: map[*network.Workload][]wearer{}},
	}
}

// An Outcome is what one rule says, in the order in which it says it.
type Outcome struct {
	Findings  []finding.Finding
	Undecided []finding.Undecided
	// Verdicts are on every resource that the rule looked at, those that pass among them, where Facts.Record asks for them.
	Verdicts []Verdict
}

// A Verdict is what one rule says of one resource.
type Verdict struct {
	Rule    *Rule
	Subject model.Resource
	// Wrong is true where it fails, false where it passes, and unknown where it is undecided.
	Wrong tri.Bool
	// Reason says why: the finding's message, or what isn't known. Empty for what passes.
	Reason string
	// Workloads are those that it is about, where its subject is none: those in a subnet, behind an endpoint.
	Workloads []model.Resource
}

// Run runs one rule.
func Run(r *Rule, e *model.Estate, f Facts) Outcome {
	if r.Run == nil {
		return Outcome{}
	}
	p := &Pass{Estate: e, Facts: f, rule: r}
	r.Run(p)
	return p.out
}

// A Suspect is one place at which a resource may be wrong.
type Suspect struct {
	// Wrong says in which worlds it is.
	Wrong value.Truth
	// At is the value that is wrong, or where it is missing.
	At value.Leaf
	// From, where set, is the smaller place within At that is wrong, such as one element of a list.
	From *value.Origin
	// Message is one clause, without the subject.
	Message string
	// Because are the places that show it, in order.
	Because []finding.Step
	// Help says what to do about this one, where the rule's own help can't.
	Help string
	// about are the workloads to which it happens, of those that share a VPC.
	about []guest
}

// Report is the single door: it drops what is right, files what is wrong as a finding, and what can't be known as
// undecided. The format makes one clause without the subject.
func (p *Pass) Report(subject model.Resource, wrong value.Truth, at value.Leaf, format string, args ...any) {
	p.ReportAny(subject, []Suspect{{Wrong: wrong, At: at, Message: fmt.Sprintf(format, args...)}})
}

// ReportAny is Report for a resource that may be wrong at several places of one property: one finding, which stands at
// the first place that is wrong, with the others related.
func (p *Pass) ReportAny(subject model.Resource, suspects []Suspect) {
	p.ReportFor(subject, nil, suspects)
}

// ReportFor is ReportAny for a resource that isn't a workload, and says which workloads it is about.
func (p *Pass) ReportFor(subject model.Resource, workloads []model.Resource, suspects []Suspect) {
	head := subject.Head()
	if head.Raw.Fact {
		return
	}
	exists := head.Exists()
	// The verdict is on all of them together: one undecided place in another world keeps a failing one from being proven.
	all := value.No()
	var few [4]value.Truth
	wrongs := few[:0]
	for i := range suspects {
		s := &suspects[i]
		wrong := s.Wrong
		if head.Raw.Partial {
			// What isn't said in one part may be said in the others.
			wrong = wrong.And(s.At.Set())
		}
		wrong = within(exists, wrong)
		wrongs, all = append(wrongs, wrong), all.Or(wrong)
	}
	verdict, cases := all.Verdict()
	if verdict == tri.False {
		p.judge(subject, workloads, verdict, "")
		return
	}
	var found *finding.Finding
	for i, s := range suspects {
		var here []value.Case
		for _, c := range wrongs[i].Cases() {
			if c.Holds == verdict {
				here = append(here, c)
			}
		}
		switch {
		case len(here) == 0:
		case verdict == tri.Unknown:
			u := p.undecide(head, s, here)
			// Several parts of one resource may wait for the same.
			if n := len(p.out.Undecided); n == 0 || p.out.Undecided[n-1] != u {
				p.out.Undecided = append(p.out.Undecided, u)
			}
			p.judge(subject, workloads, verdict, u.Reason)
			return
		case found == nil:
			f := p.finding(head, s, all, here, cases)
			found = &f
		default:
			found.Related = append(found.Related, finding.Step{Span: place(head, s, here).Span, Message: s.Message})
		}
	}
	if found != nil {
		p.out.Findings = append(p.out.Findings, *found)
		p.judge(subject, workloads, verdict, found.Message)
	}
}

// judge notes a verdict, for who asks for those that pass as well.
func (p *Pass) judge(subject model.Resource, workloads []model.Resource, wrong tri.Bool, reason string) {
	if p.Record {
		p.out.Verdicts = append(p.out.Verdicts, Verdict{Rule: p.rule, Subject: subject, Wrong: wrong, Reason: reason, Workloads: workloads})
	}
}

// within restricts a verdict to the worlds in which the resource exists.
func within(exists, wrong value.Truth) value.Truth {
	if exists.Known() == tri.True && len(exists.Cases()) == 1 {
		return wrong.When(exists.Cases()[0].When)
	}
	var ts []value.Truth
	for _, c := range exists.Cases() {
		if c.Holds != tri.False {
			ts = append(ts, wrong.When(c.When))
		}
	}
	if len(ts) == 0 {
		return value.No()
	}
	return value.Join(ts...)
}

// finding makes a finding of a suspect. Here are the cases in which it is wrong itself, cases all that are.
func (p *Pass) finding(head *model.Meta, s Suspect, wrong value.Truth, here, cases []value.Case) finding.Finding {
	origin := place(head, s, here)
	f := finding.Finding{
		Rule:     p.rule.ID,
		Severity: p.rule.Severity,
		Unit:     head.Unit(),
		Root:     head.Addr().Unit,
		Subject:  head.Subject(),
		Property: s.At.Property,
		Message:  s.Message + worlds(head, wrong, cases),
		Label:    p.rule.Label,
		Help:     cmp.Or(s.Help, p.help(head)),
		At:       origin.Span,
		Head:     head.Span(),
	}
	for o := origin.Via; o != nil; o = o.Via {
		if o.Note != "" {
			f.Trace = append(f.Trace, finding.Step{Span: o.Span, Message: o.Note})
		}
	}
	f.Trace = brief(f.Trace)
	f.Written = len(f.Trace)
	f.Trace = append(f.Trace, s.Because...)
	for o := head.Raw.Via; o != nil; o = o.Via {
		if o.Note != "" && !slices.ContainsFunc(f.Trace, func(t finding.Step) bool { return t.Span == o.Span }) {
			f.Trace = append(f.Trace, finding.Step{Span: o.Span, Message: o.Note})
		}
	}
	return f
}

// brief leaves out the steps that tell nothing more: of steps with one message that stand one around the other, which a
// value in nested lists and objects takes, all but the innermost; and what a later step says of the same place.
func brief(steps []finding.Step) []finding.Step {
	var out []finding.Step
	for i, s := range steps {
		if slices.ContainsFunc(steps[i+1:], func(later finding.Step) bool { return later.Span == s.Span }) {
			continue
		}
		if last := len(out) - 1; last >= 0 && out[last].Message == s.Message {
			switch {
			case out[last].Span.Contains(s.Span):
				out[last] = s
				continue
			case s.Span.Contains(out[last].Span):
				continue
			}
		}
		out = append(out, s)
	}
	return out
}

func (p *Pass) undecide(head *model.Meta, s Suspect, cases []value.Case) finding.Undecided {
	reason := ""
	for _, c := range cases {
		if reason = c.Reason; reason != "" {
			break
		}
	}
	if reason == "" {
		reason = "it can't be known before deployment"
	}
	return finding.Undecided{
		Rule: p.rule.ID, Unit: head.Unit(), Root: head.Addr().Unit,
		Subject: head.Subject(), At: place(head, s, cases).Span, Head: head.Span(), Reason: reason,
	}
}

// place returns where a suspect stands: the smallest place that is known, within the file of the resource's own header
// unless the value was written elsewhere at its use.
func place(head *model.Meta, s Suspect, cases []value.Case) *value.Origin {
	there := func(o *value.Origin) bool { return o != nil && !o.Span.IsZero() }
	if there(s.From) {
		return s.From
	}
	for _, c := range cases {
		if there(c.Origin) {
			return c.Origin
		}
	}
	if o := s.At.Origin(); there(o) {
		return o
	}
	return &value.Origin{Span: head.Span()}
}

// maxWorlds bounds the worlds that one message names, and maxNamed the letters that it takes for all but the first.
const (
	maxWorlds = 3
	maxNamed  = 140
)

// worlds names the worlds in which it fails, unless it fails in every world.
func worlds(head *model.Meta, wrong value.Truth, cases []value.Case) string {
	if wrong.Everywhere() && head.Exists().Everywhere() {
		return ""
	}
	var whens []value.World
	for _, c := range cases {
		whens = append(whens, c.When)
	}
	var names []string
	for _, w := range value.Simplify(whens) {
		if name := worldName(w); name != "" && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		return ""
	}
	text := names[0]
	for i, name := range names[1:] {
		if i+1 == maxWorlds || len(text)+len(name) > maxNamed {
			return fmt.Sprintf(" when %s, or in %s", text, others(len(names)-1-i, "other case"))
		}
		text += ", or " + name
	}
	return " when " + text
}

// worldName says a world to people. Of a long one the first conditions are enough.
func worldName(w value.World) string {
	text := w.String()
	for n := len(w) - 1; n > 0 && len(text) > maxNamed; n-- {
		text = w[:n].String() + " and " + others(len(w)-n, "more condition")
	}
	return text
}

func others(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

var memberPattern = regexp.MustCompile(`\{([A-Za-z.]+)\}`)

// help replaces the members that a rule's help names by the resource's own spelling.
func (p *Pass) help(head *model.Meta) string {
	if !strings.Contains(p.rule.Help, "{") {
		return p.rule.Help
	}
	return memberPattern.ReplaceAllStringFunc(p.rule.Help, func(m string) string {
		return p.Spell(head.Raw, m[1:len(m)-1])
	})
}
