package lint

import (
	"cmp"
	"errors"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/vpclint/vpclint/internal/baseline"
	"github.com/vpclint/vpclint/internal/discover"
	"github.com/vpclint/vpclint/internal/finding"
)

// An Earlier is what an earlier state of the repository had: it excuses what it had already.
type Earlier struct {
	baseline.Baseline
	// Name is what messages call the state.
	Name string
	// has reports whether a unit was there.
	has func(unit string) bool
}

// An excuse is what was there before of a run's findings.
type excuse struct {
	// reasons are those for which findings don't count, one for each finding of an identity.
	reasons map[identity][]string
	// used says which entries of the baseline there is something for still.
	used []bool
}

// An identity is what tells findings apart.
type identity struct{ rule, root, unit, subject, property string }

func identityOf(f finding.Finding) identity {
	return identity{f.Rule, f.Root, f.Unit, f.Subject, f.Property}
}

// recall finds out what was there before of all that was found, whatever the user's PATHs leave of it: an entry stands for
// the same finding whoever asks. What is ignored is the last to be excused. It returns what is not ignored, too.
func (r *Result) recall(c Config, t *tree, ignores *silencer) (*excuse, []finding.Finding) {
	all := slices.Clone(r.Findings)
	slices.SortStableFunc(all, finding.Compare)
	isIgnored := func(f finding.Finding) bool { return ignores.by(found(&f)) != nil }
	counting := unique(slices.DeleteFunc(slices.Clone(all), isIgnored))
	ignored := slices.DeleteFunc(all, func(f finding.Finding) bool { return !isIgnored(f) })
	// What is declared twice, and ignored at one of the places only, counts.
	all = unique(slices.Concat(counting, ignored))

	x := &excuse{reasons: map[identity][]string{}}
	gone := once(func(unit string) bool { return !holds(t.root, unit) })
	left := counting
	if c.Baseline != nil {
		by := c.Baseline.Excuse(r.masked(all), gone, always)
		x.used, left = make([]bool, len(c.Baseline.Entries)), nil
		for i, entry := range by {
			if entry >= 0 {
				x.used[entry] = true
			}
			switch {
			case i >= len(counting):
			case entry >= 0:
				x.add(counting[i], "it is in the baseline")
			default:
				left = append(left, counting[i])
			}
		}
	}
	if c.Earlier != nil {
		by := c.Earlier.Excuse(r.masked(left), gone, func(unit string) bool { return !c.Earlier.has(unit) })
		for i, entry := range by {
			if entry >= 0 {
				x.add(left[i], "it was there at "+c.Earlier.Name)
			}
		}
	}
	return x, counting
}

func always(string) bool { return true }

// once answers for a unit what was answered before: many entries have the same, and to look at it is a call to the system.
func once(ask func(unit string) bool) func(unit string) bool {
	answers := map[string]bool{}
	return func(unit string) bool {
		answer, asked := answers[unit]
		if !asked {
			answer = ask(unit)
			answers[unit] = answer
		}
		return answer
	}
}

func (x *excuse) add(f finding.Finding, reason string) {
	id := identityOf(f)
	x.reasons[id] = append(x.reasons[id], reason)
}

// masked returns findings with what identifies them as it is said, since a baseline holds no credential either.
func (r *Result) masked(findings []finding.Finding) []finding.Finding {
	out := slices.Clone(findings)
	for i := range out {
		out[i].Subject, out[i].Property = r.Secrets.Mask(out[i].Subject), r.Secrets.Mask(out[i].Property)
	}
	return out
}

// excuse takes what was there before from the result.
func (r *Result) excuse(x *excuse) {
	r.Findings = slices.DeleteFunc(r.Findings, func(f finding.Finding) bool {
		id := identityOf(f)
		reasons := x.reasons[id]
		if len(reasons) == 0 {
			return false
		}
		r.Baselined = append(r.Baselined, Silenced{f, Silencer{Reason: reasons[0]}})
		x.reasons[id] = reasons[1:]
		return true
	})
}

// holds reports whether a unit is in a tree, excluded or not: a file, or a directory with a module's files in it. A directory
// of which everything else is left has lost its module.
func holds(tree discover.Dir, unit string) bool {
	name := path.Clean(cmp.Or(unit, "."))
	info, err := tree.Stat(name)
	switch {
	case err != nil:
		return false
	case !info.IsDir():
		return true
	}
	f, err := tree.Open(name)
	if err != nil {
		return true // what can't be looked at isn't gone
	}
	defer f.Close()
	listing, ok := f.(fs.ReadDirFile)
	if !ok {
		return true
	}
	entries, err := listing.ReadDir(maxListed)
	return err != nil && !errors.Is(err, io.EOF) ||
		slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return isModuleFile(e.Name()) })
}

// isModuleFile goes by the names of Terraform's files: it is the one language whose units are directories.
func isModuleFile(name string) bool {
	return strings.HasSuffix(name, ".tf") || strings.HasSuffix(name, ".tf.json")
}

// settled returns of which entries of the baseline it can't be said that they are of no use: those for which there is something
// still, ignored or not, and those of which it isn't known any more whether there is.
func (r *Result) settled(c Config, t *tree, ignores *silencer) []bool {
	x, _ := r.recall(c, t, ignores)
	open := map[[3]string]bool{}
	for _, u := range r.Undecided {
		subject := baseline.Within(u.Unit, r.Secrets.Mask(u.Subject))
		open[[3]string{u.Rule, u.Unit, subject}], open[[3]string{u.Rule, adrift, subject}] = true, true
	}
	gone := once(func(unit string) bool { return !holds(t.root, unit) })
	for i, e := range c.Baseline.Entries {
		unit := e.Unit
		if gone(unit) {
			unit = adrift
		}
		x.used[i] = x.used[i] || open[[3]string{e.Rule, unit, baseline.Within(e.Unit, e.Subject)}]
	}
	return x.used
}

// adrift stands for any unit.
const adrift = "*"
