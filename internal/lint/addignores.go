package lint

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/vpclint/vpclint/internal/discover"
	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/ignore"
	"github.com/vpclint/vpclint/internal/source"
)

// An Addition is what ignoring findings where they stand comes to.
type Addition struct {
	// Files are those that change, sorted by path.
	Files []Edited
	// Left are the findings that no ignore in a file can silence, in their order: they need an entry in the configuration.
	Left []finding.Finding
	// About are those about ignores themselves, which are to be mended and not to be ignored.
	About []finding.Finding
}

// An Edited is a file with ignores added.
type Edited struct {
	Path string
	// Before and After are its content. Ignores were added for so many Findings.
	Before, After     []byte
	Ignores, Findings int
}

// maxTrials bounds how often the driver is run to find out which ignores have the effect that is wanted.
const maxTrials = 40

// AddIgnores returns what the files are with an ignore for each of some findings of a run. Each way to write one is tried: the
// driver is run over the changed files, and only those stand that silence what they are meant to, and change nothing else.
// Files that aren't judged aren't changed. Nothing is written.
func AddIgnores(ctx context.Context, c Config, r *Result, findings []finding.Finding, remark ignore.Remark) (*Addition, error) {
	if today := cmp.Or(c.Today, time.Now()); passed(remark.Until, today) {
		return nil, &UsageError{fmt.Sprintf("--add-ignores: until=%s has passed: the ignores wouldn't count", remark.Until.Format(time.DateOnly))}
	}
	a := &adder{c: c, base: r, remark: remark, docs: &frontend.Documents{}, files: map[string]*annotated{}}
	out := &Addition{}
	for _, f := range findings {
		if f.Rule == unusedIgnore || f.Rule == malformedIgnore {
			out.About = append(out.About, f)
			continue
		}
		a.wants = append(a.wants, a.want(f))
	}
	if err := a.settle(ctx); err != nil {
		return nil, err
	}
	for _, w := range a.wants {
		if w.note() == nil {
			out.Left = append(out.Left, w.Finding)
		}
	}
	edits := a.edits(func(*want) bool { return true })
	for _, path := range slices.Sorted(maps.Keys(edits)) {
		e := Edited{Path: path, Before: a.files[path].file.Bytes, After: apply(a.files[path].file.Bytes, edits[path]), Ignores: len(edits[path])}
		for _, x := range edits[path] {
			e.Findings += len(x.wants)
		}
		out.Files = append(out.Files, e)
	}
	return out, nil
}

// An adder finds out which ignores have the effect that is wanted.
type adder struct {
	c      Config
	base   *Result
	remark ignore.Remark
	docs   *frontend.Documents
	wants  []*want
	files  map[string]*annotated
}

// An annotated is a file that ignores are added to.
type annotated struct {
	file *source.File
	// alone says that its ignores are tried one by one: together they did more than they were to, and it wasn't seen which.
	alone bool
}

// A want is a finding that is to be ignored, and the ways to do it.
type want struct {
	finding.Finding
	notes []located
	// next is the way that is tried; settled says that it is right.
	next    int
	settled bool
}

// A located is a note and its file.
type located struct {
	path string
	ignore.Note
}

// note returns the way that is tried; nil where none is left.
func (w *want) note() *located {
	if w.next >= len(w.notes) {
		return nil
	}
	return &w.notes[w.next]
}

// want returns the ways to ignore a finding: at its place or at its resource's header, and where neither is of a file that is
// judged, at a step of its trace that is.
func (a *adder) want(f finding.Finding) *want {
	w := &want{Finding: f}
	places := []source.Span{f.At, f.Head}
	if !a.mayChange(f.At) {
		for _, step := range f.Trace {
			places = append(places, step.Span)
		}
	}
	for _, at := range places {
		if at.IsZero() || !a.mayChange(at) {
			continue
		}
		for _, note := range a.notes(at) {
			l := located{pathOf(at), note}
			if !slices.Contains(w.notes, l) {
				w.notes = append(w.notes, l)
			}
		}
		if a.files[pathOf(at)] == nil {
			a.files[pathOf(at)] = &annotated{file: at.Host().File}
		}
	}
	slices.SortStableFunc(w.notes, func(x, y located) int {
		switch {
		case x.Spoils == y.Spoils:
			return 0
		case x.Spoils:
			return 1
		}
		return -1
	})
	return w
}

// mayChange reports whether ignores may be written into the file of a place.
func (a *adder) mayChange(at source.Span) bool {
	path := pathOf(at)
	return a.base.filter.judged(path) && !discover.Installed(path) && !a.base.confidential(path)
}

// confidential reports whether a file is a plan or a state, which nobody writes by hand.
func (r *Result) confidential(path string) bool { return slices.Contains(r.Confidential, path) }

// notes returns the ways to write an ignore for a place, from the innermost text that it stands in outwards.
func (a *adder) notes(at source.Span) []ignore.Note {
	var out []ignore.Note
	for {
		for _, front := range Frontends() {
			if n, ok := front.(frontend.Noter); ok && front.Match(at.File.Host().Path) {
				for _, note := range n.Notes(at, a.docs) {
					if !slices.Contains(out, note) {
						out = append(out, note)
					}
				}
			}
		}
		if !at.File.Embedded() {
			return out
		}
		at = at.Outer()
	}
}

// An edit is a directive that is inserted into a file, for all findings that it silences.
type edit struct {
	note  ignore.Note
	rules []string
	wants []*want
	text  string
}

// edits returns what is inserted into each file, in the order of places, for those of the findings that are to be tried.
func (a *adder) edits(tried func(*want) bool) map[string][]*edit {
	out := map[string][]*edit{}
	at := map[located]*edit{}
	for _, w := range a.wants {
		l := w.note()
		if l == nil || !tried(w) {
			continue
		}
		e := at[*l]
		if e == nil {
			e = &edit{note: l.Note}
			at[*l] = e
			out[l.path] = append(out[l.path], e)
		}
		e.wants = append(e.wants, w)
		if !slices.Contains(e.rules, w.Rule) {
			e.rules = append(e.rules, w.Rule)
		}
	}
	for _, edits := range out {
		slices.SortStableFunc(edits, func(x, y *edit) int { return cmp.Compare(x.note.At, y.note.At) })
		for _, e := range edits {
			slices.Sort(e.rules)
			e.text = e.note.Text(e.rules, a.remark)
		}
	}
	return out
}

// apply returns a file's content with edits, which are in order.
func apply(content []byte, edits []*edit) []byte {
	var out []byte
	at := 0
	for _, e := range edits {
		out = append(append(out, content[at:e.note.At]...), e.text...)
		at = e.note.At
	}
	return append(out, content[at:]...)
}

// settle tries ways until all that are left are right.
func (a *adder) settle(ctx context.Context) error {
	for range maxTrials {
		turn := a.turn()
		edits := a.edits(turn)
		if len(edits) == 0 {
			break
		}
		c := a.c
		c.Overlay = maps.Clone(a.c.Overlay)
		if c.Overlay == nil {
			c.Overlay = map[string][]byte{}
		}
		for path, list := range edits {
			c.Overlay[path] = apply(a.files[path].file.Bytes, list)
		}
		r, err := Run(ctx, c)
		if err != nil {
			return fmt.Errorf("trying the ignores: %w", err)
		}
		if a.judge(r, edits) && !slices.ContainsFunc(a.wants, func(w *want) bool { return w.note() != nil && !w.settled }) {
			return nil
		}
	}
	// What wasn't seen to be right isn't written.
	for _, w := range a.wants {
		if !w.settled {
			w.next = len(w.notes)
		}
	}
	return nil
}

// turn returns which findings are tried next: all, but of a file whose ignores are tried alone those that are settled and
// the next one.
func (a *adder) turn() func(*want) bool {
	chosen := map[string]*want{}
	for _, w := range a.wants {
		if l := w.note(); l != nil && !w.settled && a.files[l.path].alone && chosen[l.path] == nil {
			chosen[l.path] = w
		}
	}
	return func(w *want) bool {
		l := w.note()
		return w.settled || !a.files[l.path].alone || chosen[l.path] == w
	}
}

// judge compares a trial with the run before, and reports whether nothing was wrong with it. A way that doesn't silence its
// finding gives way to the next one.
func (a *adder) judge(r *Result, edits map[string][]*edit) bool {
	odd := a.oddities(r)
	if slices.ContainsFunc(slices.Collect(maps.Keys(odd)), func(path string) bool { return edits[path] == nil }) {
		// What one file says may change what is found in another.
		for path := range edits {
			odd[path] = true
		}
	}
	silenced := map[string]int{}
	for _, s := range r.Ignored {
		silenced[keyOf(s.Finding)]++
	}
	for _, s := range a.base.Ignored {
		silenced[keyOf(s.Finding)]--
	}
	fine := true
	for _, path := range slices.Sorted(maps.Keys(edits)) {
		file, failed := a.files[path], []*want(nil)
		var tried []*want
		for _, e := range edits[path] {
			for _, w := range e.wants {
				if !w.settled {
					tried = append(tried, w)
				}
				silenced[keyOf(w.Finding)]--
				if silenced[keyOf(w.Finding)] < 0 {
					failed = append(failed, w)
				}
			}
		}
		switch {
		case len(failed) == 0 && !odd[path]:
			for _, w := range tried {
				w.settled = true
			}
			continue
		case !odd[path], file.alone:
			for _, w := range tried {
				if odd[path] || slices.Contains(failed, w) {
					w.next++
				}
			}
		default:
			file.alone = true
			for _, w := range tried {
				w.settled = false
			}
		}
		fine = false
	}
	return fine
}

// oddities returns the files of which a trial says something else than the run before, whether or not it is ignored.
func (a *adder) oddities(r *Result) map[string]bool {
	balance := map[string]int{}
	paths := map[string]string{}
	count := func(r *Result, by int) {
		note := func(f finding.Finding) {
			key := keyOf(f)
			balance[key] += by
			paths[key] = pathOf(f.At)
		}
		for _, f := range r.Findings {
			note(f)
		}
		for _, list := range [][]Silenced{r.Ignored, r.Baselined} {
			for _, s := range list {
				note(s.Finding)
			}
		}
	}
	count(a.base, -1)
	count(r, 1)
	odd := map[string]bool{}
	for key, n := range balance {
		if n != 0 {
			odd[paths[key]] = true
		}
	}
	before := map[string]bool{}
	for _, u := range a.base.Undecided {
		before[undecidedKey(u)] = true
	}
	for _, u := range r.Undecided {
		if !before[undecidedKey(u)] {
			odd[pathOf(u.At)] = true
		}
	}
	return odd
}

// keyOf tells findings apart whatever lines stand above them.
func keyOf(f finding.Finding) string {
	return strings.Join([]string{pathOf(f.At), f.Rule, f.Root, f.Unit, f.Subject, f.Property}, "\x00")
}

func undecidedKey(u finding.Undecided) string {
	return strings.Join([]string{pathOf(u.At), u.Rule, u.Root, u.Unit, u.Subject}, "\x00")
}
