package lint

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/vpclint/vpclint/internal/baseline"
	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/ignore"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/rules"
)

// The slugs of the rules about ignores.
const (
	unusedIgnore    = "unused-ignore"
	malformedIgnore = "malformed-ignore"
)

// A Silenced is a finding that an ignore, or the baseline, keeps from counting.
type Silenced struct {
	finding.Finding
	// Reason is the ignore's, From where it is written; zero where that is in no file.
	Reason string
	From   source.Span
}

// A silencer knows what was asked not to be told, and what of it has silenced something.
type silencer struct {
	directives []*directive
	byPath     map[string][]*directive
	ran        map[string]bool
}

// A directive is one ignore, with which of its rules it has silenced something of.
type directive struct {
	ignore.Directive
	used map[string]bool
	// silent says that it doesn't count: it is malformed, or its day has passed.
	silent bool
}

// newSilencer gathers the ignores of the files that were read, and those within documents in them.
func newSilencer(c Config, files []*source.File, docs *frontend.Documents, within []ignore.Directive) *silencer {
	s := &silencer{byPath: map[string][]*directive{}, ran: map[string]bool{}}
	for _, r := range c.Rules {
		s.ran[r.ID] = true
	}
	if c.NoIgnores {
		return s
	}
	seen := map[source.Span]bool{}
	add := func(found []ignore.Directive) {
		for _, d := range found {
			if at := d.At.Host(); !seen[at] {
				seen[at] = true
				s.add(d)
			}
		}
	}
	for _, f := range files {
		if !bytes.Contains(f.Bytes, []byte(ignore.Mark)) {
			continue
		}
		for _, front := range Frontends() {
			a, ok := front.(frontend.Annotator)
			if !ok || !front.Match(f.Path) {
				continue
			}
			add(a.Ignores(f, docs))
		}
	}
	add(within)
	return s
}

func (s *silencer) add(d ignore.Directive) {
	path := pathOf(d.Scope)
	own := &directive{Directive: d, used: map[string]bool{}}
	s.directives = append(s.directives, own)
	s.byPath[path] = append(s.byPath[path], own)
}

// malformed returns what is wrong with the ignores themselves, and takes those from the count that don't stand.
func (s *silencer) malformed(today time.Time) []finding.Finding {
	var out []finding.Finding
	for _, d := range s.directives {
		say := func(at source.Span, format string, args ...any) {
			d.silent = true
			out = append(out, aboutIgnore(malformedIgnore, d, at, fmt.Sprintf(format, args...)))
		}
		switch {
		case d.Fault != "":
			say(d.At, "%s", d.Fault)
		case len(d.Rules) == 0:
			say(d.At, "it names no rule")
		case d.Reason == "":
			say(d.At, "it gives no reason")
		case !d.Until.IsZero() && !today.Before(d.Until.AddDate(0, 0, 1)):
			say(d.At, "it counted until %s, and that day has passed", d.Until.Format(time.DateOnly))
		}
		for _, slug := range d.Rules {
			if rules.ByID(slug.Name) == nil {
				f := aboutIgnore(malformedIgnore, d, slug.At, fmt.Sprintf("there is no rule %q", slug.Name))
				f.Property = slug.Name
				out = append(out, f)
			}
		}
	}
	return out
}

// unused returns the ignores that silence nothing, of rules that ran and in files that were loaded whole.
func (s *silencer) unused(whole func(path string) bool) []finding.Finding {
	var out []finding.Finding
	for _, d := range s.directives {
		if d.silent || !whole(pathOf(d.Scope)) {
			continue
		}
		for _, slug := range d.Rules {
			if s.ran[slug.Name] && !d.used[slug.Name] {
				f := aboutIgnore(unusedIgnore, d, slug.At, fmt.Sprintf("there is nothing of %s to ignore", slug.Name))
				f.Property = slug.Name
				out = append(out, f)
			}
		}
	}
	return out
}

func aboutIgnore(rule string, d *directive, at source.Span, message string) finding.Finding {
	path := pathOf(d.At)
	return finding.Finding{Rule: rule, Unit: path, Subject: path, Property: "ignore", Message: message, At: at}
}

// by returns the ignore that silences a finding: at its place, at the header of its resource, or at a step of its trace.
func (s *silencer) by(rule string, at, head source.Span, trace []finding.Step) *directive {
	places := []source.Span{at, head}
	for _, step := range trace {
		places = append(places, step.Span)
	}
	for _, place := range places {
		for _, d := range s.byPath[pathOf(place)] {
			named := slices.ContainsFunc(d.Rules, func(r ignore.Slug) bool { return r.Name == rule })
			if !d.silent && named && d.Covers(place) {
				return d
			}
		}
	}
	return nil
}

// note marks the ignores that silence something of what was found, before anything else leaves it out.
func (s *silencer) note(r *Result) {
	for _, f := range r.Findings {
		if d := s.by(f.Rule, f.At, f.Head, f.Trace); d != nil {
			d.used[f.Rule] = true
		}
	}
	for _, u := range r.Undecided {
		if d := s.by(u.Rule, u.At, u.Head, nil); d != nil {
			d.used[u.Rule] = true
		}
	}
}

// silence takes what is ignored from the result.
func (s *silencer) silence(r *Result) {
	r.Findings = slices.DeleteFunc(r.Findings, func(f finding.Finding) bool {
		d := s.by(f.Rule, f.At, f.Head, f.Trace)
		if d != nil {
			r.Ignored = append(r.Ignored, Silenced{f, d.Reason, d.At})
		}
		return d != nil
	})
	r.Undecided = slices.DeleteFunc(r.Undecided, func(u finding.Undecided) bool {
		d := s.by(u.Rule, u.At, u.Head, nil)
		if d != nil {
			r.IgnoredUndecided++
		}
		return d != nil
	})
}

// excuse takes what was there before from the result.
func (r *Result) excuse(b *baseline.Baseline, exists func(unit string) bool) (used []bool) {
	if b == nil {
		return nil
	}
	excused, used := b.Excuse(r.Findings, exists)
	i := -1
	r.Findings = slices.DeleteFunc(r.Findings, func(f finding.Finding) bool {
		if i++; excused[i] {
			r.Baselined = append(r.Baselined, Silenced{Finding: f, Reason: "it is in the baseline"})
		}
		return excused[i]
	})
	return used
}

// wholly returns whether a file was read and understood without a gap.
func wholly(out *frontend.Output, findings []finding.Finding) func(path string) bool {
	loaded := map[string]bool{}
	for _, f := range out.Loaded {
		loaded[f.Host().Path] = true
	}
	for _, f := range findings {
		if f.Rule == frontend.UnreadableRule {
			delete(loaded, pathOf(f.At))
		}
	}
	return func(path string) bool { return loaded[strings.TrimPrefix(path, "./")] }
}
