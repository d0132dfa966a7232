package lint

import (
	"cmp"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/vpclint/vpclint/internal/baseline"
	"github.com/vpclint/vpclint/internal/discover"
	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/ignore"
	"github.com/vpclint/vpclint/internal/model"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/rules"
)

// The slugs of the rules about ignores.
const (
	unusedIgnore    = "unused-ignore"
	malformedIgnore = "malformed-ignore"
)

// ignores gathers what was asked not to be told, adds what is wrong with that to what was found, and returns it ready to silence
// the rest. It looks at all that was found: what an ignore is for may lie outside the PATHs of this run.
func (r *Result) ignores(c Config, in ignoreInput, today time.Time) *silencer {
	s := newSilencer(c, in, r.Estate)
	r.addInput(c, s.malformed(today))
	s.index()
	s.note(r.Findings, r.Undecided)
	s.note(in.out.IfNamed, nil)
	if !s.ran[unusedIgnore] {
		return s
	}
	if !c.Strict {
		s.noteStricter(c, r.Estate, in.facts)
	}
	s.share(r.Links)
	under := func(unit string) bool { return c.under(r.Root, unit) }
	far := reach{
		whole: wholly(in.out, in.unread),
		entry: r.filter.reaches(in.unread, under),
		baseline: func(e baseline.Entry) bool {
			return r.filter.tells(e.At) && under(e.Unit) && !in.excluded(e.Unit) && !slices.ContainsFunc(in.unread, func(name string) bool {
				return name == e.Unit || path.Dir(name) == path.Clean(e.Unit)
			})
		},
	}
	entries := func(of func(rule string) bool) []finding.Finding {
		if c.Baseline == nil {
			return nil
		}
		return s.unusedEntries(c.Baseline, in.settled(s), of, far)
	}
	r.addInput(c, s.unused(far, entries(func(rule string) bool { return rule != unusedIgnore })))
	r.addInput(c, entries(func(rule string) bool { return rule == unusedIgnore }))
	return s
}

// An ignoreInput is what ignores are gathered from.
type ignoreInput struct {
	// files are those that were read.
	files []*source.File
	docs  *frontend.Documents
	out   *frontend.Output
	facts rules.Facts
	// unread are the paths of files that couldn't be read, or not wholly.
	unread []string
	// excluded reports whether a unit is left out.
	excluded func(unit string) bool
	// settled returns of which entries of the baseline it can't be said that they are of no use.
	settled func(*silencer) []bool
}

// noteStricter notes what the strict profile would find more of rules that run already: an ignore of that is of use.
func (s *silencer) noteStricter(c Config, estate *model.Estate, facts rules.Facts) {
	facts.Strict, facts.Record = true, false
	for _, rule := range c.Rules {
		idle := func(d *directive) bool {
			return d.counts(rule.ID) && !d.used[rule.ID] && slices.ContainsFunc(d.Rules, func(r ignore.Slug) bool { return r.Name == rule.ID })
		}
		if rule.Stricter && slices.ContainsFunc(s.all(), idle) {
			more := rules.Run(rule, estate, facts)
			s.note(more.Findings, more.Undecided)
		}
	}
}

// share notes of the ignores in a file what they silence where another of its names is read: one text can't be mended twice.
func (s *silencer) share(links map[string]string) {
	if len(links) == 0 {
		return
	}
	type written struct {
		path  string
		start int
	}
	of := func(d *directive) written {
		at := d.At.Host()
		return written{cmp.Or(links[at.File.Path], at.File.Path), at.Start}
	}
	used := map[written]map[string]bool{}
	for _, d := range s.directives {
		if used[of(d)] == nil {
			used[of(d)] = map[string]bool{}
		}
		maps.Copy(used[of(d)], d.used)
	}
	for _, d := range s.directives {
		maps.Copy(d.used, used[of(d)])
	}
}

// malformed returns what is wrong with the ignores themselves, and takes those from the count that don't stand.
func (s *silencer) malformed(today time.Time) []finding.Finding {
	var out []finding.Finding
	for _, d := range s.all() {
		commented := ignore.Mentions([]byte(d.At.Text())) // which a comment of many faults isn't asked for each
		say := func(at source.Span, property, format string, args ...any) {
			if at.IsZero() {
				at = d.At
			}
			f := aboutIgnore(malformedIgnore, d, at, fmt.Sprintf(format, args...))
			f.Property = property
			if !commented {
				f.Help = "give the entry rule, reason and perhaps until: 2027-01-31"
			}
			out = append(out, f)
		}
		known := 0
		for i, slug := range d.Rules {
			switch {
			case rules.ByID(slug.Name) == nil:
				hint := ""
				if near := rules.Nearest(slug.Name); near != "" {
					hint = ": did you mean " + near + "?"
				}
				say(slug.At, slug.Name, "there is no rule %q%s", slug.Name, hint)
			case slices.ContainsFunc(d.Rules[:i], func(o ignore.Slug) bool { return o.Name == slug.Name }):
				say(slug.At, slug.Name, "the ignore names %s twice", slug.Name)
			default:
				known++
			}
		}
		if word, at := firstWord(d); rules.ByID(word) != nil && d.Fault == "" {
			say(at, word, "the reason begins with the name of a rule, which isn't ignored; commas stand between rules: %s,%s", d.Rules[len(d.Rules)-1].Name, word)
		}
		d.silent = true
		switch {
		case d.Fault != "":
			say(d.FaultAt, "ignore", "%s", d.Fault)
		case len(d.Rules) == 0:
			say(d.At, "ignore", "the ignore names no rule; write %s", ignore.Example)
		case d.Reason == "":
			say(d.At, "ignore", "the ignore gives no reason")
		case passed(d.Until, today):
			say(d.UntilAt, "ignore", "the ignore counted until %s, and that day has passed", d.Until.Format(time.DateOnly))
			out[len(out)-1].Help = "mend what it was for, or give another day"
		default:
			d.silent = known == 0
		}
	}
	return numbered(out)
}

// firstWord returns the first word of a reason that stands behind rules.
func firstWord(d *directive) (string, source.Span) {
	if len(d.Rules) == 0 || d.ReasonAt.IsZero() {
		return "", source.Span{}
	}
	word, _, _ := strings.Cut(d.Reason, " ")
	word = strings.TrimRight(word, ",;:")
	return word, d.ReasonAt.File.Span(d.ReasonAt.Start, d.ReasonAt.Start+len(word))
}

// aboutIgnore returns a finding about an ignore. Its subject is the file.
func aboutIgnore(rule string, d *directive, at source.Span, message string) finding.Finding {
	path := pathOf(d.At)
	return finding.Finding{Rule: rule, Unit: path, Subject: path, Message: message, At: at}
}

// numbered tells the findings about the ignores of one file apart that say the same of the same rule.
func numbered(findings []finding.Finding) []finding.Finding {
	seen := map[[3]string]int{}
	for i := range findings {
		f := &findings[i]
		key := [3]string{f.Rule, f.Unit, f.Property}
		if seen[key]++; seen[key] > 1 {
			f.Property = fmt.Sprintf("%s#%d", f.Property, seen[key])
		}
	}
	return findings
}

// A reach says how far a run can tell what an ignore would silence.
type reach struct {
	// whole reports whether a file was read and understood without a gap, and so all that may be found in it.
	whole func(path string) bool
	// entry reports whether all was judged that an entry of the configuration may silence, baseline the same of one of a
	// baseline.
	entry    func(e *ignore.Configured) bool
	baseline func(e baseline.Entry) bool
}

// unused returns the ignores that silence nothing, of rules that ran and where the run can tell.
// Entries are what is to be said of a baseline's.
func (s *silencer) unused(r reach, entries []finding.Finding) []finding.Finding {
	out := s.idle(r, func(rule string) bool { return rule != unusedIgnore })
	out = append(out, entries...)
	s.note(out, nil)
	// An ignore of unused-ignore is judged by what others leave unused, and may silence what is said of others like it, but
	// not what is said of itself.
	for _, d := range s.all() {
		d.idle = !d.used[unusedIgnore]
	}
	s.index()
	return numbered(append(out, s.idle(r.among(s), func(rule string) bool { return rule == unusedIgnore })...))
}

// idle returns what is to be said of ignores that have silenced nothing, of some rules.
func (s *silencer) idle(r reach, of func(rule string) bool) []finding.Finding {
	var out []finding.Finding
	for _, d := range s.all() {
		for i, slug := range d.Rules {
			twice := slices.ContainsFunc(d.Rules[:i], func(o ignore.Slug) bool { return o.Name == slug.Name })
			if !of(slug.Name) || d.silent || twice || d.used[slug.Name] || !s.judged(d, slug.Name, r) {
				continue
			}
			f := aboutIgnore(unusedIgnore, d, slug.At, fmt.Sprintf("the ignore of %s silences nothing", slug.Name))
			f.Property = slug.Name
			out = append(out, f)
		}
	}
	return out
}

// judged reports whether the run found all that a directive may silence of a rule.
func (s *silencer) judged(d *directive, rule string, r reach) bool {
	switch {
	case !s.ran[rule]:
		return false
	case d.entry != nil:
		return r.entry(d.entry)
	}
	return r.whole(pathOf(d.At))
}

// among narrows a reach to where every ignore could be judged: only there it is known which of them are unused.
func (r reach) among(s *silencer) reach {
	unjudged, any := map[string]bool{}, false
	for _, d := range s.all() {
		for _, slug := range d.Rules {
			if !d.silent && slug.Name != unusedIgnore && rules.ByID(slug.Name) != nil && !d.used[slug.Name] && !s.judged(d, slug.Name, r) {
				unjudged[pathOf(d.At)], any = true, true
			}
		}
	}
	whole, entry := r.whole, r.entry
	r.whole = func(path string) bool { return whole(path) && !unjudged[path] }
	r.entry = func(e *ignore.Configured) bool { return entry(e) && !any }
	return r
}

// unusedEntries returns what is to be said of the entries of a baseline that excuse nothing.
func (s *silencer) unusedEntries(b *baseline.Baseline, used []bool, of func(rule string) bool, r reach) []finding.Finding {
	var out []finding.Finding
	for i, e := range b.Entries {
		if used[i] || !of(e.Rule) || e.At.IsZero() || !s.ran[e.Rule] || !r.baseline(e) {
			continue
		}
		path := pathOf(e.At)
		out = append(out, finding.Finding{
			Rule: unusedIgnore, Unit: path, Subject: path, Property: e.Rule + " of " + e.Subject, At: e.At,
			Message: fmt.Sprintf("there is no %s of %s any more for this entry to excuse", e.Rule, e.Subject),
		})
	}
	return out
}

// wholly returns whether a file was read and understood without a gap, and every file that may have to do with it: a trace leads
// through other files, and one of them that can't be read hides what an ignore in this one silences. Those of its directory
// and those in its language are taken for such.
func wholly(out *frontend.Output, unread []string) func(path string) bool {
	loaded, dirs, languages := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, f := range out.Loaded {
		loaded[f.Host().Path] = true
	}
	for _, name := range unread {
		dirs[path.Dir(name)], languages[path.Ext(name)] = true, true
	}
	return func(name string) bool { return loaded[name] && !dirs[path.Dir(name)] && !languages[path.Ext(name)] }
}

// unread returns the files that couldn't be read, or not wholly.
func unread(input []finding.Finding, skipped []discover.Skip) []string {
	var out []string
	for _, f := range input {
		if f.Rule == frontend.UnreadableRule {
			out = append(out, pathOf(f.At))
		}
	}
	for _, x := range skipped {
		out = append(out, x.Path)
	}
	return out
}

// aside reports whether a finding is about an entry of the configuration or of the baseline, which lie beside what is judged,
// and is to be told.
func (c Config) aside(x finding.Finding, f *filter) bool {
	if x.Rule != unusedIgnore && x.Rule != malformedIgnore || !f.tells(x.At) {
		return false
	}
	same := func(at source.Span) bool { return !at.IsZero() && pathOf(at) == pathOf(x.At) }
	return slices.ContainsFunc(c.Ignores, func(e ignore.Configured) bool { return same(e.At) }) ||
		c.Baseline != nil && len(c.Baseline.Entries) > 0 && same(c.Baseline.Entries[0].At)
}

// passed reports whether the last day on which an ignore counts lies before a time; one that is zero never passes.
func passed(until, now time.Time) bool {
	return !until.IsZero() && !now.Before(until.AddDate(0, 0, 1))
}
