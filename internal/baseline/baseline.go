// Package baseline answers which findings were there before: those of a file that was written on another day, or of another
// state of the repository.
//
// In go findings; out comes which of them an entry excuses, and which entries excuse none. An entry is a rule, a unit, a
// subject and a property, and no line, so that it outlives edits around what it is about. The package must not know where
// the findings come from, nor what becomes of them.
//
// # What an entry outlives
//
// Lines that are inserted, reformatting, and in Terraform another file of the same module: none of them is in the key. A
// file or a directory that is renamed, since an entry whose unit is gone matches without it: by rule, property, and what
// the subject is called within its unit (train.py:estimator is the estimator of train.py, wherever that is now). What moves
// to another unit while its own stays there is new, and so is a subject or a member that is called otherwise.
// A stack of a nested template that is added or taken away: only where there are several do subjects tell which it is of.
//
// An entry excuses one finding. Where more findings than entries fit, those that a rename explains best are excused: in a
// unit of the same name elsewhere, then in one beside the old, then in any.
package baseline

import (
	"cmp"
	"path"
	"slices"
	"strings"

	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/source"
)

// An Entry is one finding as it was.
type Entry struct {
	Rule, Unit, Subject, Property string
	// Path is the file that it was in, for who reads the baseline: it is no part of the key.
	Path string
	// At is where it is written; zero where it comes from no file.
	At source.Span
}

// A Baseline is a set of entries. An entry excuses one finding.
type Baseline struct{ Entries []Entry }

// Of returns the baseline of findings, sorted.
func Of(findings []finding.Finding) *Baseline {
	b := &Baseline{}
	for _, f := range findings {
		e := Entry{Rule: f.Rule, Unit: f.Unit, Subject: f.Subject, Property: f.Property}
		if !f.At.IsZero() {
			e.Path = f.At.Host().File.Path
		}
		b.Entries = append(b.Entries, e.plain())
	}
	b.sort()
	return b
}

// sort puts entries into the order in which they are written: what belongs together stands together, so that a change to one
// unit changes one run of lines.
func (b *Baseline) sort() {
	slices.SortStableFunc(b.Entries, func(x, y Entry) int {
		return cmp.Or(
			cmp.Compare(x.Unit, y.Unit), cmp.Compare(x.Subject, y.Subject), cmp.Compare(x.Rule, y.Rule),
			cmp.Compare(x.Property, y.Property), cmp.Compare(x.Path, y.Path),
		)
	})
}

// plain returns an entry as a file can hold it: JSON has no bytes that are no text, as paths may.
func (e Entry) plain() Entry {
	for _, text := range []*string{&e.Rule, &e.Unit, &e.Subject, &e.Property, &e.Path} {
		*text = string([]rune(*text))
	}
	return e
}

// A key is what an entry and a finding have in common.
type key struct{ rule, unit, subject, property string }

func (e Entry) key() key { return key{e.Rule, e.Unit, e.Subject, e.Property} }

// adrift returns the key without the unit.
func (k key) adrift() key {
	k.subject, k.unit = Within(k.unit, k.subject), ""
	return k
}

// Within returns what a subject is called within its unit: the subjects of some languages begin with the file. What is masked
// of it, because a password has the same text, is anything.
func Within(unit, subject string) string {
	if len(subject) < len(unit) {
		return subject
	}
	for i := range len(unit) {
		if subject[i] != unit[i] && subject[i] != '*' {
			return subject
		}
	}
	return subject[len(unit):]
}

// Excuse returns for each finding the index of the entry that excuses it, or -1. Gone reports whether a unit is there no
// more, fresh whether one may be what a unit that is gone has become.
func (b *Baseline) Excuse(findings []finding.Finding, gone, fresh func(unit string) bool) (by []int) {
	by = make([]int, len(findings))
	keys := make([]key, len(findings))
	used := make([]bool, len(b.Entries))
	exact := newIndex(func(k key) key { return k })
	for i, e := range b.Entries {
		exact.add(e.plain().key(), i)
	}
	for i, f := range findings {
		keys[i] = Entry{Rule: f.Rule, Unit: f.Unit, Subject: f.Subject, Property: f.Property}.plain().key()
		by[i] = exact.take(keys[i], used)
	}
	b.excuseStacks(keys, by, used)
	for _, near := range []func(key) key{sameName, sameParent, anywhere} {
		left := newIndex(near)
		for i, e := range b.Entries {
			if !used[i] && gone(e.Unit) {
				left.add(e.plain().key(), i)
			}
		}
		for i, k := range keys {
			if by[i] < 0 && len(left.entries) > 0 && fresh(k.unit) {
				by[i] = left.take(k, used)
			}
		}
	}
	return by
}

// excuseStacks finds entries of a template that one stack is made of now and several were before, or the other way around:
// only where they are several, its subjects tell which. A stack that is added or taken away makes none of the others new.
func (b *Baseline) excuseStacks(keys []key, by []int, used []bool) {
	for _, several := range []bool{true, false} {
		left := newIndex(key.resource)
		for i, e := range b.Entries {
			if k := e.plain().key(); !used[i] && (k == k.resource()) == several {
				left.add(k, i)
			}
		}
		for i, k := range keys {
			if by[i] < 0 && len(left.entries) > 0 && (k != k.resource()) == several {
				by[i] = left.take(k, used)
			}
		}
	}
}

// resource returns the key without the stack that the subject is told apart by: "Vpc (Network)" is Vpc.
func (k key) resource() key {
	if name, _, found := strings.Cut(k.subject, " ("); found && strings.HasSuffix(k.subject, ")") {
		k.subject = name
	}
	return k
}

// sameName, sameParent and anywhere turn a key into one that a rename doesn't change.
func sameName(k key) key {
	out := k.adrift()
	out.unit = path.Base(k.unit)
	return out
}

func sameParent(k key) key {
	out := k.adrift()
	out.unit = path.Dir(k.unit)
	return out
}

func anywhere(k key) key { return k.adrift() }

// An index finds entries by what their keys have in common.
type index struct {
	of      func(key) key
	entries map[key][]int
}

func newIndex(of func(key) key) *index { return &index{of: of, entries: map[key][]int{}} }

func (x *index) add(k key, entry int) {
	k = x.of(k)
	x.entries[k] = append(x.entries[k], entry)
}

// take returns the first entry that is left, and marks it used; -1 where none is.
func (x *index) take(k key, used []bool) int {
	k = x.of(k)
	left := x.entries[k]
	if len(left) == 0 {
		return -1
	}
	x.entries[k] = left[1:]
	used[left[0]] = true
	return left[0]
}
