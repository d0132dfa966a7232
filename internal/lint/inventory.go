package lint

import (
	"cmp"
	"reflect"
	"slices"
	"strings"

	"github.com/vpclint/vpclint/analyzers/placement"
	"github.com/vpclint/vpclint/internal/discover"
	"github.com/vpclint/vpclint/internal/model"
	"github.com/vpclint/vpclint/internal/network"
	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
	"github.com/vpclint/vpclint/rules"
)

// An Inventory is every workload that is judged, where it is placed, and what each rule says of it: the evidence that an
// audit asks for. Its members are what JSON has, in schema version 1; none is ever null.
type Inventory struct {
	SchemaVersion int             `json:"schemaVersion"`
	Rules         []InventoryRule `json:"rules"`
	Workloads     []Item          `json:"workloads"`
	Summary       Tally           `json:"summary"`
}

// An InventoryRule is a rule that looked at one of the workloads, or at what one uses.
type InventoryRule struct {
	ID       string `json:"id"`
	Severity string `json:"severity"`
	Title    string `json:"title"`
}

// A Tally counts workloads by the worst that any rule says of them.
type Tally struct {
	Workloads     int `json:"workloads"`
	Fail          int `json:"fail"`
	Undecided     int `json:"undecided"`
	Pass          int `json:"pass"`
	NotApplicable int `json:"notApplicable"`
}

// An Item is one workload.
type Item struct {
	Subject string `json:"subject"`
	Kind    string `json:"kind"`
	// Path is relative to the repository's root.
	Path   string `json:"path"`
	Line   int    `json:"line"`
	Column int    `json:"column"`
	// When is the world in which there is such a workload; empty where that is every world.
	When string `json:"when"`
	// Verdict is the worst of the verdicts.
	Verdict    string        `json:"verdict"`
	Placements []Placed      `json:"placements"`
	Verdicts   []ItemVerdict `json:"verdicts"`

	span source.Span
	key  [3]string
}

// The words for verdicts.
const (
	VerdictPass          = "pass"
	VerdictFail          = "fail"
	VerdictUndecided     = "undecided"
	VerdictNotApplicable = "not applicable"
)

// An ItemVerdict is what one rule says of a workload. Reasons are the findings' messages, or what isn't known. What is ignored stays
// what it is, since the inventory is a record: Ignored are the reasons for which it isn't reported, and empty where some of it
// is.
type ItemVerdict struct {
	Rule    string   `json:"rule"`
	Verdict string   `json:"verdict"`
	Reasons []string `json:"reasons"`
	Ignored []string `json:"ignored"`
}

// A Placed is one place where a workload, or a part of it, is attached.
type Placed struct {
	// Part is the part of the workload that is attached there; empty where it is the whole.
	Part string `json:"part"`
	// State is "vpc", "no vpc" or "unknown", and Note says more about it: why it isn't known, or what traffic goes past it.
	State string `json:"state"`
	Note  string `json:"note"`
	// VPCs are those of the subnets and groups.
	VPCs           []string    `json:"vpcs"`
	Subnets        []Reference `json:"subnets"`
	SecurityGroups []Reference `json:"securityGroups"`
}

// The states of a place.
const (
	StateVPC     = "vpc"
	StateNone    = "no vpc"
	StateUnknown = "unknown"
)

// A Reference is a subnet or security group that a workload names.
type Reference struct {
	// Name is its address or id; empty where it isn't known which one it is.
	Name string `json:"name"`
	// Known says how it is known: "declared" in the tree, "described" under network:, "found" by a data source, by its "id"
	// alone, or "unknown", with the reason.
	Known  string `json:"known"`
	Reason string `json:"reason"`
	// When is the world in which it is named; empty where that is every world.
	When string `json:"when"`
}

// How a Reference is known.
const (
	KnownDeclared  = "declared"
	KnownDescribed = "described"
	KnownFound     = "found"
	KnownID        = "id"
	KnownUnknown   = "unknown"
)

const inventoryVersion = 1

// Inventory lists the workloads of a run.
func (r *Result) Inventory() *Inventory {
	inv := &Inventory{SchemaVersion: inventoryVersion, Rules: []InventoryRule{}, Workloads: []Item{}}
	about := map[*resource.Raw]map[*rules.Rule][]rules.Verdict{}
	var looked []*rules.Rule
	add := func(of model.Resource, v rules.Verdict) {
		raw := of.Head().Raw
		if about[raw] == nil {
			about[raw] = map[*rules.Rule][]rules.Verdict{}
		}
		about[raw][v.Rule] = append(about[raw][v.Rule], v)
	}
	workload := map[*resource.Raw]bool{}
	for _, w := range r.Net.Workloads {
		if raw := w.Head().Raw; !raw.Partial && r.Judges(w.Head()) {
			workload[raw] = true
		}
	}
	for _, v := range r.Verdicts {
		if v.Rule.Input {
			continue
		}
		concerns := false
		for _, of := range append([]model.Resource{v.Subject}, v.Workloads...) {
			if workload[of.Head().Raw] {
				add(of, v)
				concerns = true
			}
		}
		if concerns && !slices.Contains(looked, v.Rule) {
			looked = append(looked, v.Rule)
		}
	}
	slices.SortFunc(looked, func(a, b *rules.Rule) int { return cmp.Compare(a.ID, b.ID) })
	for _, rule := range looked {
		inv.Rules = append(inv.Rules, InventoryRule{ID: rule.ID, Severity: rule.Severity.String(), Title: rule.Title})
	}
	places, ignored := placement.Analyze(r.Net), r.ignoredFor()
	for _, w := range r.Net.Workloads {
		if raw := w.Head().Raw; workload[raw] {
			inv.Workloads = append(inv.Workloads, r.item(w, places, looked, about[raw], ignored))
		}
	}
	slices.SortStableFunc(inv.Workloads, compareItems)
	inv.Workloads = merged(inv.Workloads)
	for _, w := range inv.Workloads {
		inv.Summary.Workloads++
		switch w.Verdict {
		case VerdictFail:
			inv.Summary.Fail++
		case VerdictUndecided:
			inv.Summary.Undecided++
		case VerdictPass:
			inv.Summary.Pass++
		default:
			inv.Summary.NotApplicable++
		}
	}
	inv.conceal(r.Secrets)
	return inv
}

func compareItems(a, b Item) int {
	switch {
	case a.span.Less(b.span):
		return -1
	case b.span.Less(a.span):
		return 1
	}
	return slices.Compare(a.key[:], b.key[:])
}

// item describes one workload.
func (r *Result) item(w *network.Workload, places *placement.Analysis, looked []*rules.Rule, said map[*rules.Rule][]rules.Verdict, ignored map[verdictKey]string) Item {
	head := w.Head()
	span := r.place(head)
	position := span.File.Position(span.Start)
	it := Item{
		Subject: head.Subject(), Kind: w.Kind(), Path: span.File.Path, Line: position.Line, Column: position.Column,
		When: whenIs(head.Exists()), Verdict: VerdictNotApplicable, Placements: []Placed{}, Verdicts: []ItemVerdict{},
		span: span, key: [3]string{head.Addr().Unit, head.Unit(), head.Subject()},
	}
	for _, rule := range looked {
		v := r.verdictOf(head.Raw, rule, said[rule], ignored)
		it.Verdicts = append(it.Verdicts, v)
		it.Verdict = worse(it.Verdict, v.Verdict)
	}
	for i := range w.Placements {
		p := &w.Placements[i]
		if p.Applies.Known() == tri.False && len(w.Placements) > 1 {
			continue // a group of a cluster that has no place of its own
		}
		here := placed(w, p, places)
		if !slices.ContainsFunc(it.Placements, func(o Placed) bool { return reflect.DeepEqual(o, here) }) {
			it.Placements = append(it.Placements, here)
		}
	}
	return it
}

// place returns where a workload stands: in the user's own code, of one that an installed module makes.
func (r *Result) place(head *model.Meta) source.Span {
	span := head.Span()
	if r.own(span) {
		return span.FirstLine().Host()
	}
	for o := head.Raw.Via; o != nil; o = o.Via {
		if discover.Installed(pathOf(span)) && r.own(o.Span) {
			return o.Span.FirstLine().Host()
		}
	}
	return span.FirstLine().Host()
}

// verdictOf sums up what a rule says of a workload and of what it uses.
func (r *Result) verdictOf(raw *resource.Raw, rule *rules.Rule, said []rules.Verdict, ignored map[verdictKey]string) ItemVerdict {
	out := ItemVerdict{Rule: rule.ID, Verdict: VerdictNotApplicable, Reasons: []string{}, Ignored: []string{}}
	// What is said of several things that a workload uses is said once, with their names before it.
	var reasons []string
	names := map[string][]string{}
	for _, v := range said {
		word := map[tri.Bool]string{tri.True: VerdictFail, tri.False: VerdictPass, tri.Unknown: VerdictUndecided}[v.Wrong]
		switch {
		case word == out.Verdict:
		case worse(word, out.Verdict) == word:
			out.Verdict, reasons = word, nil
			clear(names)
		default:
			continue
		}
		if v.Reason == "" {
			continue
		}
		if !slices.Contains(reasons, v.Reason) {
			reasons = append(reasons, v.Reason)
		}
		if name := v.Subject.Head().Subject(); v.Subject.Head().Raw != raw && !slices.Contains(names[v.Reason], name) {
			names[v.Reason] = append(names[v.Reason], name)
		}
	}
	if out.Verdict == VerdictFail || out.Verdict == VerdictUndecided {
		out.Ignored = r.ignoring(rule, said, out.Verdict, ignored)
	}
	for _, reason := range reasons {
		if of := names[reason]; len(of) > 0 {
			reason = strings.Join(of, ", ") + ": " + reason
		}
		out.Reasons = append(out.Reasons, reason)
	}
	return out
}

// ignoring returns the reasons for which nothing of what a rule says, with a verdict, is reported; none where some of it is.
func (r *Result) ignoring(rule *rules.Rule, said []rules.Verdict, verdict string, ignored map[verdictKey]string) []string {
	reasons := []string{}
	for _, v := range said {
		if (v.Wrong == tri.True) != (verdict == VerdictFail) || v.Wrong == tri.False {
			continue
		}
		head := v.Subject.Head()
		reason, silenced := ignored[verdictKey{rule.ID, head.Unit(), r.Secrets.Mask(head.Subject()), v.Reason}]
		if !silenced {
			return []string{}
		}
		if !slices.Contains(reasons, reason) {
			reasons = append(reasons, reason)
		}
	}
	return reasons
}

// A verdictKey is something that a rule said of a subject of a unit.
type verdictKey struct{ rule, unit, subject, said string }

// ignoredFor returns for which reasons what was said is ignored.
func (r *Result) ignoredFor() map[verdictKey]string {
	out := map[verdictKey]string{}
	for _, x := range r.Ignored {
		out[verdictKey{x.Rule, x.Unit, x.Subject, x.Message}] = x.Silencer.Reason
	}
	for _, x := range r.IgnoredUndecided {
		out[verdictKey{x.Rule, x.Unit, x.Subject, x.Undecided.Reason}] = x.Silencer.Reason
	}
	return out
}

// worse returns the worse of two verdicts.
func worse(a, b string) string {
	order := []string{VerdictNotApplicable, VerdictPass, VerdictUndecided, VerdictFail}
	if slices.Index(order, a) > slices.Index(order, b) {
		return a
	}
	return b
}

// merged makes one item of those that nothing tells apart, as findings about them are one.
func merged(items []Item) []Item {
	out := []Item{}
	at := map[[3]string]int{}
	for _, it := range items {
		i, seen := at[it.key]
		if !seen {
			at[it.key] = len(out)
			out = append(out, it)
			continue
		}
		same := &out[i]
		same.Verdict = worse(same.Verdict, it.Verdict)
		for j, v := range it.Verdicts {
			switch w := &same.Verdicts[j]; {
			case v.Verdict != w.Verdict && worse(v.Verdict, w.Verdict) == v.Verdict:
				*w = v
			case v.Verdict == w.Verdict && len(v.Ignored) == 0:
				w.Ignored = v.Ignored
			}
		}
	}
	return out
}

// placed describes one place of a workload.
func placed(w *network.Workload, p *network.Placement, places *placement.Analysis) Placed {
	out := Placed{Part: p.Part, State: StateVPC, VPCs: []string{}, Subnets: []Reference{}, SecurityGroups: []Reference{}}
	named := p.Placement.Subnets.NonEmpty()
	switch verdict, cases := named.Not().Verdict(); {
	case w.Serverless.Known() == tri.True:
		out.State, out.Note = StateNone, "serverless"
	case p.Applies.Known() == tri.False:
		out.State, out.Note = StateNone, placedWith(w)
		return out
	case !p.Placement.Subnets.Known:
		out.State, out.Note = StateNone, "its author has no way to place it"
	case verdict == tri.True && len(cases) == len(named.Cases()):
		out.State = StateNone
	case verdict == tri.True:
		out.Note = "in no VPC when " + worldsOf(cases)
	case verdict == tri.Unknown:
		out.State, out.Note = StateUnknown, reasonOf(cases)
	}
	if out.State == StateNone && p.SecurityGroups == nil {
		return out
	}
	out.Subnets = references(p.Subnets)
	out.SecurityGroups = references(p.SecurityGroups)
	for _, t := range places.Tenants(w, p) {
		for _, h := range t.Homes {
			if h.Name != "" && out.State != StateNone && !slices.Contains(out.VPCs, h.Name) {
				out.VPCs = append(out.VPCs, h.Name)
			}
		}
	}
	if note := past(w, p); out.Note == "" && out.State == StateVPC {
		out.Note = note
	}
	return out
}

// placedWith says what a workload is placed with that has no place of its own.
func placedWith(w *network.Workload) string {
	switch w.Workload.(type) {
	case *model.EndpointConfig:
		return "it runs where its models do"
	case *model.MonitoringSchedule:
		return "it runs where its job definition does"
	case *model.LabelingJob:
		return "people label without one"
	}
	return ""
}

// past says which traffic of a workload goes past its subnets.
func past(w *network.Workload, p *network.Placement) string {
	if p.Traffic.Known() == tri.True {
		return ""
	}
	switch w.Workload.(type) {
	case *model.NotebookInstance:
		if p.Traffic.Known() == tri.False {
			return "it has direct internet access beside it"
		}
		return "it may have direct internet access beside it"
	case *model.Domain:
		if p.Traffic.Known() == tri.False {
			return "for file system traffic only"
		}
		return "perhaps for file system traffic only"
	}
	return ""
}

// references describes what edges name, each once.
func references[T any, P interface {
	*T
	model.Resource
}](edges []network.Edge[T]) []Reference {
	out := []Reference{}
	for _, e := range edges {
		ref := Reference{Known: KnownUnknown, Reason: e.Reason, When: e.When().String()}
		switch {
		case e.To != nil:
			head := P(e.To).Head()
			ref.Name, ref.Known, ref.Reason = head.Subject(), KnownDeclared, ""
			if head.Raw.Fact {
				ref.Known = KnownDescribed
			}
			if _, cases := e.Holds.Verdict(); e.Holds.Known() == tri.Unknown && len(cases) > 0 && cases[0].Holds == tri.Unknown {
				ref.Known, ref.Reason = KnownUnknown, reasonOf(cases)
			}
		case e.Lookup != nil:
			ref.Name, ref.Known = e.Lookup.Raw.Subject, KnownFound
		case e.Name != "":
			ref.Name, ref.Known = e.Name, KnownID
		case e.Holds.Known() == tri.False:
			continue
		}
		if !slices.Contains(out, ref) {
			out = append(out, ref)
		}
	}
	return out
}

func reasonOf(cases []value.Case) string {
	for _, c := range cases {
		if c.Reason != "" {
			return c.Reason
		}
	}
	return "it can't be known before deployment"
}

// maxSaid bounds the worlds that are named.
const maxSaid = 3

func worldsOf(cases []value.Case) string {
	var worlds []value.World
	for _, c := range cases {
		worlds = append(worlds, c.When)
	}
	var names []string
	for _, w := range value.Simplify(worlds) {
		if len(names) == maxSaid {
			return strings.Join(names, ", or ") + ", or in another case"
		}
		names = append(names, w.String())
	}
	return strings.Join(names, ", or ")
}

// whenIs names the worlds in which something holds; empty where that is every world, or none that has a name.
func whenIs(holds value.Truth) string {
	var there []value.Case
	for _, c := range holds.Cases() {
		if c.Holds != tri.False {
			there = append(there, c)
		}
	}
	if len(there) == len(holds.Cases()) {
		return ""
	}
	return worldsOf(there)
}
