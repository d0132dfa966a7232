// Package lint is the driver: it takes a tree and gives findings, running the stages in order.
//
//	discover -> parse and evaluate (the front-ends) -> decode -> link -> analyze -> rules -> ignores and baseline -> filter and sort
//
// It decides what is read, what is judged and what counts, never what is wrong. It knows no output format, and writes nothing but,
// where it is asked to, ignores into the files that it has judged.
package lint

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/vpclint/vpclint/analyzers/encryption"
	"github.com/vpclint/vpclint/internal/baseline"
	"github.com/vpclint/vpclint/internal/discover"
	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/frontend/audit"
	"github.com/vpclint/vpclint/internal/frontend/cloudformation"
	"github.com/vpclint/vpclint/internal/frontend/facts"
	"github.com/vpclint/vpclint/internal/frontend/jobconfig"
	"github.com/vpclint/vpclint/internal/frontend/python"
	"github.com/vpclint/vpclint/internal/frontend/shell"
	"github.com/vpclint/vpclint/internal/frontend/terraform"
	"github.com/vpclint/vpclint/internal/ignore"
	"github.com/vpclint/vpclint/internal/model"
	"github.com/vpclint/vpclint/internal/network"
	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/schema"
	"github.com/vpclint/vpclint/internal/secret"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/rules"
)

// Frontends returns the front-ends: the one place where they are listed.
func Frontends() []frontend.Frontend {
	return []frontend.Frontend{
		terraform.Frontend{},
		cloudformation.Frontend{},
		python.Frontend{},
		jobconfig.Frontend{},
		shell.Frontend{},
		facts.Frontend{},
		audit.Frontend{},
	}
}

// A Config is what one run is to do.
type Config struct {
	// WorkDir is the absolute working directory; Paths are relative to it or absolute. No path means WorkDir.
	WorkDir string
	Paths   []string
	// Root is the absolute repository root, with links resolved; empty means the one that the Paths lie in.
	Root string
	// Rules are those to run, sorted by ID.
	Rules  []*rules.Rule
	Strict bool
	// Approved are the ids that the configuration approves.
	Approved rules.Approved
	// Vars, EnvVars, VarFiles (paths relative to WorkDir), Parameters and ParameterFiles (likewise) are the user's settings for
	// the front-ends.
	Vars           []frontend.Var
	EnvVars        []frontend.Var
	VarFiles       []string
	Parameters     []frontend.Var
	ParameterFiles []string
	Exclude        []string
	// Configured is what the configuration file says.
	Configured Configured
	// NoIgnores leaves nothing out for an ignore, wherever it is written.
	NoIgnores bool
	// Ignores are those of the configuration.
	Ignores []ignore.Configured
	// Baseline excuses what it lists; Earlier what was there in an earlier state of the repository.
	Baseline *baseline.Baseline
	Earlier  *Earlier
	// Overlay replaces the content of files, by root-relative path, as an editor has it. One that is among the Paths need not
	// be on the disk.
	Overlay map[string][]byte
	// Today is the day on which ignores that have a last day count or don't; zero means the present one.
	Today time.Time
	// Unrecorded leaves Result.Verdicts out, which only the inventory needs.
	Unrecorded bool
	// Jobs is the number of units worked on at once; 0 means one for each processor.
	Jobs int
	// Progress is told how far the run is; nil where nobody asks.
	Progress *Progress
	// past is the state of the repository that is looked at instead of what lies on disk.
	past *bygone
}

// A Result is the outcome of a run. Everything is sorted.
type Result struct {
	// Root is the absolute repository root, to which all paths are relative.
	Root string
	// Links are where the files that are links lead, by root-relative paths.
	Links     map[string]string
	Findings  []finding.Finding
	Undecided []finding.Undecided
	// Ignored and Baselined are the findings that don't count, and why; IgnoredUndecided the undecided verdicts that an ignore
	// takes from the list.
	Ignored, Baselined []Silenced
	IgnoredUndecided   []SilencedUndecided
	// Verdicts are those of every rule on every resource that it looked at, in the order of the rules.
	Verdicts []rules.Verdict
	// Files and Resources are what was read and understood of what was judged.
	Files, Resources int
	// Estate is the canonical model, for dumps.
	Estate *model.Estate
	Net    *network.Graph
	read   map[string]bool
	filter *filter
	// instead are the places of what stands in for modules that aren't in the tree.
	instead map[source.Span]string
	Skipped []discover.Skip
	// Confidential are the paths of files of which nothing is shown but what a finding is about.
	Confidential []string
	// Secrets are the credentials of the run. They are masked in all that the result says; source that is shown is masked by
	// who shows it.
	Secrets *secret.Vault
	Elapsed time.Duration
}

// A UsageError is a mistake of the user's in what was asked of the run.
type UsageError struct{ Message string }

// Error implements error.
func (e *UsageError) Error() string { return e.Message }

// RepositoryRoot returns the root that a run is about: the one that is given, or else the one that the Paths lie in.
func (c Config) RepositoryRoot() (string, error) {
	if c.Root != "" {
		return c.Root, nil
	}
	return discover.Root(c.WorkDir, c.Paths)
}

// Run runs the stages. What is wrong with the tree becomes findings; an error is the user's mistake (a *UsageError, a
// *discover.NoSuchPath, ...), I/O, or a cancelled context.
func Run(ctx context.Context, c Config) (*Result, error) {
	begin := time.Now()
	fronts := Frontends()
	root, err := c.RepositoryRoot()
	if err != nil {
		return nil, err
	}
	wanted := func(path string) bool {
		return slices.ContainsFunc(fronts, func(f frontend.Frontend) bool { return f.Match(path) })
	}
	excluded, err := discover.Excludes(c.Exclude)
	if err != nil {
		return nil, err
	}
	c.Progress.begin("looking for files")
	walk, dir, closeDir, err := c.open(ctx, root, wanted)
	if err != nil {
		return nil, err
	}
	defer closeDir()
	t := newTree(dir, walk.Root, walk.Files)
	t.overlay = c.Overlay
	w := &workers{jobs: c.Jobs, findings: newCollector(), progress: c.Progress}
	if w.jobs <= 0 {
		w.jobs = runtime.GOMAXPROCS(0)
	}
	c.Progress.begin("reading")
	files, err := t.read(ctx, w, fronts, walk.Files)
	if err != nil {
		return nil, err
	}
	if err := unreachable(c, walk, t.skipped); err != nil && c.past == nil {
		return nil, err
	}
	settings, err := c.settings(t, walk.Files)
	if err != nil {
		return nil, err
	}
	docs := &frontend.Documents{}
	c.Progress.begin("evaluating")
	out, err := load(ctx, w, t, fronts, files, settings.Settings, docs)
	if err != nil {
		return nil, err
	}
	if err := unusedSettings(c, settings, out); err != nil {
		return nil, err
	}
	r := &Result{Root: walk.Root, Links: linksOf(walk.Files), Confidential: out.Confidential, Skipped: slices.Concat(walk.Skipped, t.skipped, settings.passedOver(out))}
	r.Estate = model.Decode(out.Resources)
	if rest := owned(r.Estate, out.Resources); len(rest) < len(out.Resources) {
		out.Resources = rest
		r.Estate = model.Decode(rest)
	}
	r.Net = network.Link(r.Estate, out.Identities)
	f := newFilter(append(walk.Files, c.audited(settings.Audit, walk)...), out.Covers, func(path string) bool {
		return path != "" && !excluded(path)
	})
	for _, x := range out.IfNamed {
		if f.files[pathOf(x.At)].Explicit {
			out.Findings = append(out.Findings, x)
		}
	}
	input := slices.Concat(out.Findings, w.findings.all())
	facts := r.judge(c, input)
	r.filter = f
	r.instead = out.Instead
	r.moveToCallers()
	r.foldUnseen()
	c.Progress.begin("looking for secrets to mask")
	r.Secrets = learn(w, t, settings.Settings, out)
	keep(r.Secrets, r.Estate)
	ignores := r.ignores(c, ignoreInput{
		files: t.opened(), docs: docs, out: out, facts: facts, unread: unread(input, t.skipped), excluded: excluded,
		settled: func(s *silencer) []bool { return r.settled(c, t, s) },
	}, cmp.Or(c.Today, begin))
	known, counting := r.recall(c, t, ignores)
	if c.past != nil {
		r.Findings = r.masked(counting)
		return r, ctx.Err()
	}
	r.narrow(c, ignores, known)
	r.count(out, f)
	r.passOver(walk.Files, fronts)
	r.conceal()
	r.Elapsed = time.Since(begin)
	return r, ctx.Err()
}

// narrow leaves of what was found what was asked for and counts, in order.
func (r *Result) narrow(c Config, ignores *silencer, known *excuse) {
	f := r.filter
	r.Findings = slices.DeleteFunc(r.Findings, func(x finding.Finding) bool { return !f.keeps(x) && !c.aside(x, f) })
	r.Undecided = slices.DeleteFunc(r.Undecided, func(x finding.Undecided) bool { return !f.asked(x.At, cmp.Or(x.Root, x.Unit)) })
	r.foldParts()
	slices.SortStableFunc(r.Findings, finding.Compare)
	r.foldLinks()
	// What is declared twice is wrong once, but ignored only where the ignore stands.
	ignores.silence(r)
	r.Findings = unique(r.Findings)
	r.Ignored = uniqueSilenced(r.Ignored)
	r.excuse(known)
	slices.SortStableFunc(r.Undecided, finding.CompareUndecided)
}

// WasRead reports whether a file, by its root-relative path, was read and understood.
func (r *Result) WasRead(path string) bool { return r.read[path] }

// Judges reports whether a resource was to be judged.
func (r *Result) Judges(x *model.Meta) bool { return r.filter.asked(x.Span(), x.Addr().Unit) }

// Relative returns a path as it is relative to the repository root.
func (r *Result) Relative(path string) string {
	abs, err := filepath.Abs(path)
	if err != nil {
		return path
	}
	rel, err := filepath.Rel(r.Root, abs)
	if err != nil {
		return path
	}
	return filepath.ToSlash(rel)
}

// unreachable refuses a file or directory that was named and can't be read. One that is excluded is passed over.
func unreachable(c Config, walk *discover.Result, unread []discover.Skip) error {
	named := map[string]bool{}
	for _, p := range c.Paths {
		if !filepath.IsAbs(p) {
			p = filepath.Join(c.WorkDir, p)
		}
		if isLinkToDirectory(p) {
			continue // where it leads is walked
		}
		if rel, err := filepath.Rel(walk.Root, p); err == nil {
			named[filepath.ToSlash(rel)] = true
		}
	}
	for _, s := range slices.Concat(walk.Skipped, unread) {
		if named[s.Path] && !strings.HasPrefix(s.Reason, "excluded") {
			return &UsageError{Message: s.Path + ": " + s.Reason}
		}
	}
	return nil
}

// readers returns whose properties any later stage reads.
func readers() func(d resource.Dialect, typ string, data bool) bool {
	types := map[resource.Dialect]map[string]bool{}
	for _, d := range []resource.Dialect{resource.Terraform, resource.TerraformAWSCC, resource.CloudFormation} {
		types[d] = map[string]bool{}
		for _, name := range model.Types(d) {
			types[d][name] = true
		}
	}
	// The rule unknown-property looks at the names of other types too. The table remembers what it has read.
	templates, mu := schema.CloudFormation(), new(sync.Mutex)
	spelt := func(typ string) bool {
		mu.Lock()
		defer mu.Unlock()
		return templates.Object(typ) != nil
	}
	return func(d resource.Dialect, typ string, data bool) bool {
		switch {
		case data:
			return network.Looks(typ) || encryption.Looks(typ)
		case frontend.HoldsBody(d, typ):
			return true
		case d == resource.CloudFormation && !types[d][typ]:
			return spelt(typ)
		}
		known, ok := types[d]
		return !ok || known[typ]
	}
}

// load runs every front-end over its files, and then hands the bodies that they found to those who read them.
func load(ctx context.Context, w *workers, t *tree, fronts []frontend.Frontend, files []selection, s frontend.Settings, docs *frontend.Documents) (*frontend.Output, error) {
	reads := readers()
	input := func(files selection) *frontend.Input {
		return &frontend.Input{
			Files: files.files, Passed: files.passed,
			Tree: t, Settings: s, Each: w.each, Documents: docs, Reads: reads,
		}
	}
	outs, err := linked(ctx, fronts, func(i int, known *frontend.Lookup) *frontend.Input {
		in := input(files[i])
		in.Published = known
		return in
	})
	if err != nil {
		return nil, err
	}
	var bodies []frontend.Body
	for _, out := range outs {
		bodies = append(append(bodies, out.Bodies...), frontend.Bodies(out.Resources)...)
	}
	superseded := map[string]bool{}
	if len(bodies) > 0 {
		for _, f := range fronts {
			r, ok := f.(frontend.BodyReader)
			if !ok {
				continue
			}
			out, err := r.ReadBodies(ctx, input(selection{}), bodies)
			if err != nil {
				return nil, fmt.Errorf("reading %s: %w", f.Name(), err)
			}
			outs = append(outs, out)
		}
	}
	for _, out := range outs {
		for _, path := range out.Superseded {
			superseded[path] = true
		}
	}
	for i, f := range fronts {
		if _, ok := f.(frontend.BodyReader); ok && len(superseded) > 0 {
			outs[i].Resources = slices.DeleteFunc(outs[i].Resources, func(r resource.Raw) bool { return superseded[r.Addr.Unit] })
		}
	}
	return joined(outs), nil
}

// joined returns what several front-ends found, in their order.
func joined(outs []*frontend.Output) *frontend.Output {
	all := &frontend.Output{UsedVars: map[string]bool{}, UsedParameters: map[string]bool{}, Covers: map[string][]string{}, Instead: map[source.Span]string{}}
	for _, out := range outs {
		all.Resources = append(all.Resources, out.Resources...)
		all.Identities = append(all.Identities, out.Identities...)
		all.Findings = append(all.Findings, out.Findings...)
		all.IfNamed = append(all.IfNamed, out.IfNamed...)
		all.Ignores = append(all.Ignores, out.Ignores...)
		all.Loaded = append(all.Loaded, out.Loaded...)
		all.Refused = append(all.Refused, out.Refused...)
		all.Told = append(all.Told, out.Told...)
		maps.Copy(all.Covers, out.Covers)
		maps.Copy(all.Instead, out.Instead)
		all.Confidential = append(all.Confidential, out.Confidential...)
		for name := range out.UsedVars {
			all.UsedVars[name] = true
		}
		for name := range out.UsedParameters {
			all.UsedParameters[name] = true
		}
	}
	return all
}

// judge runs the rules, and adds what the front-ends found wrong with the input.
func (r *Result) judge(c Config, input []finding.Finding) rules.Facts {
	facts := rules.Establish(r.Net)
	facts.Strict, facts.Approved, facts.Record = c.Strict, c.Approved, !c.Unrecorded
	c.Progress.begin("applying rules")
	c.Progress.more(len(c.Rules))
	for _, rule := range c.Rules {
		said := rules.Run(rule, r.Estate, facts)
		r.Findings = append(r.Findings, said.Findings...)
		r.Undecided = append(r.Undecided, said.Undecided...)
		r.Verdicts = append(r.Verdicts, said.Verdicts...)
		c.Progress.step()
	}
	r.addInput(c, input)
	return facts
}

// addInput adds what is found wrong with the input itself, of those rules that run.
func (r *Result) addInput(c Config, found []finding.Finding) {
	for _, rule := range c.Rules {
		if !rule.Input {
			continue
		}
		for _, f := range found {
			if f.Rule == rule.ID {
				f.Severity, f.Label, f.Help = rule.Severity, rule.Label, cmp.Or(f.Help, rule.Help)
				r.Findings = append(r.Findings, f)
			}
		}
	}
}

// unique keeps one finding for each rule, subject and property: what is declared twice is wrong once.
func unique(findings []finding.Finding) []finding.Finding {
	seen := map[[5]string]bool{}
	return slices.DeleteFunc(findings, func(f finding.Finding) bool { return repeated(seen, &f) })
}

func uniqueSilenced(findings []Silenced) []Silenced {
	seen := map[[5]string]bool{}
	return slices.DeleteFunc(findings, func(x Silenced) bool { return repeated(seen, &x.Finding) })
}

func repeated(seen map[[5]string]bool, f *finding.Finding) bool {
	key := [5]string{f.Rule, f.Root, f.Unit, f.Subject, f.Property}
	if seen[key] && f.Rule != frontend.UnreadableRule {
		return true
	}
	seen[key] = true
	return false
}

// count counts what was read and understood of what was judged.
func (r *Result) count(out *frontend.Output, f *filter) {
	seen := map[string]bool{}
	r.read = map[string]bool{}
	for _, file := range out.Loaded {
		r.read[file.Host().Path] = true
		if path := file.Host().Path; f.judged(path) && !seen[path] {
			seen[path] = true
			r.Files++
		}
	}
	for _, path := range out.Told {
		r.read[path] = true
	}
	for _, res := range r.Estate.All() {
		if !res.Head().Raw.Fact && r.Judges(res.Head()) {
			r.Resources++
		}
	}
}

func pathOf(s source.Span) string {
	if s.IsZero() {
		return ""
	}
	return s.Host().File.Path
}
