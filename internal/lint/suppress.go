package lint

import (
	"cmp"
	"slices"

	"github.com/vpclint/vpclint/internal/discover"
	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/ignore"
	"github.com/vpclint/vpclint/internal/model"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/value"
)

// A Silenced is a finding that an ignore, or the baseline, keeps from counting.
type Silenced struct {
	finding.Finding
	Silencer
}

// A SilencedUndecided is an undecided verdict that an ignore keeps off the list.
type SilencedUndecided struct {
	finding.Undecided
	Silencer
}

// A Silencer says why something doesn't count.
type Silencer struct {
	// Reason is the ignore's, From where it is written; zero where that is in no file.
	Reason string
	From   source.Span
	// InSource says that it is written in the files that are judged, not in the configuration or a baseline.
	InSource bool
}

// A silencer knows what was asked not to be told, and what of it has silenced something.
type silencer struct {
	// directives are in the order of their files and places, those of the configuration behind them.
	directives []*directive
	configured []*directive
	// byRule and entries are what counts of them, by the rule of which something may be ignored.
	byRule  map[place]*cover
	entries map[string][]*directive
	ran     map[string]bool
	// calls are those through which resources came to be: who ignores at a module's call means what it makes.
	calls map[[2]string]*value.Origin
}

// A place is a file, and the rule of which something may be ignored there.
type place struct{ path, rule string }

// A directive is one ignore, with which of its rules it has silenced something of.
type directive struct {
	ignore.Directive
	// scopes are the places that it speaks for: of one that several front-ends tell, those of each.
	scopes []source.Span
	// entry is set where it is one of the configuration's.
	entry *ignore.Configured
	used  map[string]bool
	// silent says that it doesn't count: it is malformed, or its day has passed. Idle says so of what it says of unused-ignore:
	// there is none but what would be said of itself.
	silent, idle bool
}

// counts reports whether it may silence a rule.
func (d *directive) counts(rule string) bool { return !d.silent && !(d.idle && rule == unusedIgnore) }

func (d *directive) silencer() Silencer {
	return Silencer{Reason: d.Reason, From: d.At, InSource: d.entry == nil}
}

// newSilencer gathers the ignores of the files that were read, and those of the configuration. What somebody else has written
// in a module that terraform init has installed is no say of the user's.
func newSilencer(c Config, in ignoreInput, estate *model.Estate) *silencer {
	s := &silencer{ran: map[string]bool{}}
	for _, r := range c.Rules {
		s.ran[r.ID] = true
	}
	if c.NoIgnores {
		return s
	}
	s.gather(in)
	for i := range c.Ignores {
		e := &c.Ignores[i]
		s.configured = append(s.configured, &directive{
			entry: e, used: map[string]bool{},
			Directive: ignore.Directive{At: e.At, Rules: []ignore.Slug{{Name: e.Rule, At: e.At}}, Reason: e.Reason, Until: e.Until, UntilAt: e.UntilAt},
		})
	}
	if len(s.directives) > 0 {
		s.calls = callsOf(estate)
	}
	return s
}

// gather takes in the ignores that are written in files, in their order. Several front-ends may tell of the same one.
func (s *silencer) gather(in ignoreInput) {
	type key struct {
		path       string
		start, end int
	}
	seen := map[key]*directive{}
	add := func(found []ignore.Directive) {
		for _, d := range found {
			at := d.At.Host()
			if discover.Installed(at.File.Path) {
				continue
			}
			k := key{at.File.Path, at.Start, at.End}
			own := seen[k]
			if own == nil {
				own = &directive{Directive: d, used: map[string]bool{}}
				seen[k] = own
				s.directives = append(s.directives, own)
			}
			if scope := d.Scope.Host(); !d.Scope.IsZero() && !slices.Contains(own.scopes, scope) {
				own.scopes = append(own.scopes, scope)
			}
		}
	}
	for _, f := range in.files {
		if !ignore.Mentions(f.Bytes) {
			continue
		}
		for _, front := range Frontends() {
			if a, ok := front.(frontend.Annotator); ok && front.Match(f.Path) {
				add(a.Ignores(f, in.docs))
			}
		}
	}
	add(in.out.Ignores)
	slices.SortStableFunc(s.directives, func(a, b *directive) int {
		at, other := a.At.Host(), b.At.Host()
		return cmp.Or(cmp.Compare(at.File.Path, other.File.Path), cmp.Compare(at.Start, other.Start))
	})
}

// all returns the directives of files and of the configuration.
func (s *silencer) all() []*directive { return slices.Concat(s.directives, s.configured) }

// index prepares the search for what silences a finding, once it is known which ignores count.
func (s *silencer) index() {
	s.byRule = map[place]*cover{}
	for _, d := range s.directives {
		for _, slug := range d.Rules {
			if !d.counts(slug.Name) {
				continue
			}
			for _, scope := range d.scopes {
				at := place{scope.File.Path, slug.Name}
				if s.byRule[at] == nil {
					s.byRule[at] = &cover{}
				}
				s.byRule[at].add(scope.Start, scope.End, d)
			}
		}
	}
	for _, c := range s.byRule {
		c.settle()
	}
	s.entries = map[string][]*directive{}
	for _, d := range s.configured {
		if d.counts(d.entry.Rule) {
			s.entries[d.entry.Rule] = append(s.entries[d.entry.Rule], d)
		}
	}
}

// by returns the ignore that silences what stands at places: one that is written in a file before one of the configuration, and
// the nearest of those.
func (s *silencer) by(x said) *directive {
	for _, at := range x.places {
		if at.IsZero() {
			continue
		}
		at = at.Host()
		if c := s.byRule[place{at.File.Path, x.rule}]; c != nil {
			if d := c.at(at.Start); d != nil {
				return d
			}
		}
	}
	for _, d := range s.entries[x.rule] {
		if covers(d.entry, x) {
			return d
		}
	}
	return nil
}

// A said is what an ignore may silence: a finding or an undecided verdict.
type said struct {
	rule, subject string
	// unit is the outermost, the one that is deployed.
	unit string
	// at and head are the places whose files count, places all where an ignore may stand.
	at, head source.Span
	places   []source.Span
}

// found returns a finding as an ignore sees it: it may stand at its place, at the header of its resource, or at any step of its
// trace, through the calls of modules.
func found(f *finding.Finding) said {
	x := said{rule: f.Rule, subject: f.Subject, unit: cmp.Or(f.Root, f.Unit), at: f.At, head: f.Head, places: []source.Span{f.At, f.Head}}
	for _, step := range f.Trace {
		x.places = append(x.places, step.Span)
	}
	return x
}

// open returns an undecided verdict as an ignore sees it. It has no trace, but the calls of modules.
func (s *silencer) open(u *finding.Undecided) said {
	x := said{rule: u.Rule, subject: u.Subject, unit: cmp.Or(u.Root, u.Unit), at: u.At, head: u.Head, places: []source.Span{u.At, u.Head}}
	for o := s.calls[[2]string{u.Unit, u.Subject}]; o != nil; o = o.Via {
		x.places = append(x.places, o.Span)
	}
	return x
}

// note marks the ignores that silence something of what was found, before anything else leaves it out.
func (s *silencer) note(findings []finding.Finding, undecided []finding.Undecided) {
	for i := range findings {
		if d := s.by(found(&findings[i])); d != nil {
			d.used[findings[i].Rule] = true
		}
	}
	for i := range undecided {
		if d := s.by(s.open(&undecided[i])); d != nil {
			d.used[undecided[i].Rule] = true
		}
	}
}

// silence takes what is ignored from the result.
func (s *silencer) silence(r *Result) {
	r.Findings = slices.DeleteFunc(r.Findings, func(f finding.Finding) bool {
		d := s.by(found(&f))
		if d != nil {
			r.Ignored = append(r.Ignored, Silenced{f, d.silencer()})
		}
		return d != nil
	})
	r.Undecided = slices.DeleteFunc(r.Undecided, func(u finding.Undecided) bool {
		d := s.by(s.open(&u))
		if d != nil {
			r.IgnoredUndecided = append(r.IgnoredUndecided, SilencedUndecided{u, d.silencer()})
		}
		return d != nil
	})
}
