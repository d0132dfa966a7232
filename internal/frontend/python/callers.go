package python

import (
	"bytes"
	"cmp"
	"context"
	"path"
	"slices"
	"strings"

	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/source"
)

// made returns the sites that the script has come by, in its own file and in others, in the order of their place.
func (in *interp) made(texts []*text) []*site {
	if s := in.keySite(); s != nil {
		in.order = append(in.order, s)
	}
	if !usesSageMaker(texts) {
		in.order = slices.DeleteFunc(in.order, func(s *site) bool { return s.operation == frontend.Session })
	}
	sortSites(in.order)
	out := in.order[:0]
	for _, s := range in.order {
		if in.settle(s); len(s.runs) > 0 {
			out = append(out, s)
		}
	}
	return out
}

// A siteKey is the place of a site, whichever script came by.
type siteKey struct {
	path       string
	start, end int
	operation  string
}

func (s *site) key() siteKey {
	at := s.span.Host()
	return siteKey{at.File.Path, at.Start, at.End, s.operation}
}

// An assembly puts together what all scripts of a tree make: a function that makes a workload is called from its own file
// and from others, and what it makes is reported where it stands, once.
type assembly struct {
	sites map[siteKey]*site
}

// add adds what one script makes. What a script says of its own sites comes first, whatever the order of the scripts.
func (a *assembly) add(sites []*site) {
	for _, s := range sites {
		k := s.key()
		old := a.sites[k]
		if old == nil {
			a.sites[k] = s
			continue
		}
		old.crowded = old.crowded || s.crowded
		for _, r := range s.runs {
			old.add(r)
		}
	}
}

// resources returns the workloads, by file and place.
func (a *assembly) resources() []resource.Raw {
	keys := make([]siteKey, 0, len(a.sites))
	for k := range a.sites {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(x, y siteKey) int {
		return cmp.Or(strings.Compare(x.path, y.path), cmp.Compare(x.start, y.start), cmp.Compare(x.end, y.end),
			strings.Compare(x.operation, y.operation))
	})
	out := make([]resource.Raw, 0, len(keys))
	names := a.names(keys)
	for i, k := range keys {
		s := a.sites[k]
		s.dropAssumed()
		foreign := func(r run) int {
			if r.by != k.path+s.within {
				return 1
			}
			return 0
		}
		slices.SortStableFunc(s.runs, func(x, y run) int {
			return cmp.Compare(foreign(x), foreign(y))
		})
		out = append(out, s.resource(names[i]))
	}
	return out
}

// names returns what the sites are called, with numbers for repeats within a file. What serves a model counts after all
// others: the model that the same call makes has the name itself.
func (a *assembly) names(keys []siteKey) []string {
	names, counts := make([]string, len(keys)), map[[3]string]int{}
	for _, serving := range [...]bool{false, true} {
		for i, k := range keys {
			s := a.sites[k]
			if s.serves != serving {
				continue
			}
			key := [3]string{k.path, s.within, s.name}
			counts[key]++
			if names[i] = s.name; counts[key] > 1 {
				names[i] += "#" + itoa(counts[key])
			}
		}
	}
	return names
}

// assumed returns the function that a run begins with where nothing in the file of that function calls it: it was
// interpreted with parameters that nothing is known of. Nil where the run is that of a call.
func (r run) assumed() *function {
	if len(r.chain) == 0 || r.chain[0].call != nil {
		return nil
	}
	return r.chain[0].fn
}

// calls reports whether a run comes by a call of a function.
func (r run) calls(f *function) bool {
	key := f.key()
	return slices.ContainsFunc(r.chain, func(c callSite) bool { return c.call != nil && c.fn.key() == key })
}

// key tells a function from others, whichever script's interpretation it belongs to.
func (f *function) key() string { return f.text.key(f.node) }

// dropAssumed drops the runs in which a function is taken to be called with anything, where another file calls it. A test
// that calls it doesn't tell how it is called in earnest; and what a test is given by its fixtures tells nothing at all.
func (s *site) dropAssumed() {
	own := s.path()
	var kept []run
	for _, r := range s.runs {
		f := r.assumed()
		called := f != nil && slices.ContainsFunc(s.runs, func(o run) bool { return o.by != r.by && !isTest(o.by) && o.calls(f) })
		fixture := f != nil && r.by != own && isTest(r.by)
		if !called && !fixture {
			kept = append(kept, r)
		}
	}
	if len(kept) > 0 {
		s.runs = kept
	}
}

// maxRounds is how many files away from a workload its callers are looked for among the files that don't mention SageMaker.
const maxRounds = 3

// findCallers interprets the files that Relevant refused, but that call a function whose parameters decide on a workload:
// `from jobs import make_estimator` needs no mention of SageMaker.
func (a *assembly) findCallers(ctx context.Context, input *frontend.Input, files *library) error {
	left := input.Passed
	asked := map[string]bool{}
	for range maxRounds {
		wanted := a.wanted(asked)
		if len(wanted.modules) == 0 || len(left) == 0 {
			break
		}
		found := make([][]*site, len(left))
		seen := make([]bool, len(left))
		input.Each(len(left),
			func(i int) source.Span { return source.NewFile(left[i], nil).Whole() },
			func(i int) {
				f, err := input.Tree.Open(left[i])
				if err != nil || ctx.Err() != nil {
					return
				}
				if !mayCall(f.Bytes, wanted) {
					if t, ok := input.Tree.(frontend.Forgetter); ok {
						t.Forget(left[i])
					}
					return
				}
				seen[i] = true
				programs, _ := read(files, f)
				for _, p := range programs {
					sites, _, _ := interpret(ctx, input, files, p)
					found[i] = append(found[i], sites...)
				}
			})
		if err := ctx.Err(); err != nil {
			return err
		}
		var next []string
		for i, sites := range found {
			a.add(sites)
			if !seen[i] {
				next = append(next, left[i])
			}
		}
		left = next
	}
	return nil
}

// wanted are functions whose callers may decide on a workload: by their names, or those of their classes, the names by one
// of which a file must import them. Those are their file's, and those of the directories above.
type wanted struct {
	modules map[string][]string
	// words are all of these names.
	words map[string]bool
}

// wanted returns the functions that nothing is known to call, without those that were asked for already.
func (a *assembly) wanted(asked map[string]bool) wanted {
	out := wanted{map[string][]string{}, map[string]bool{}}
	for _, s := range a.sites {
		for _, r := range s.runs {
			f := r.assumed()
			if f == nil || asked[f.key()] || !f.hasParameters() {
				continue
			}
			asked[f.key()] = true
			name := f.name
			if f.class != nil {
				name = f.class.name
			}
			file := strings.TrimSuffix(f.text.file.Host().Path, path.Ext(f.text.file.Host().Path))
			for _, part := range strings.Split(file, "/") {
				if part != "__init__" && !slices.Contains(out.modules[name], part) {
					out.modules[name] = append(out.modules[name], part)
					out.words[name], out.words[part] = true, true
				}
			}
		}
	}
	return out
}

// hasParameters reports whether a caller can give a function anything.
func (f *function) hasParameters() bool {
	p := f.node.Args
	return f.class != nil || len(p.PosOnlyArgs)+len(p.Args)+len(p.KwOnlyArgs) > 0 || p.Vararg != nil || p.Kwarg != nil
}

// mayCall reports, by its words alone, whether a file may import one of some functions. A tree has many files and many
// functions, so each file is gone over once.
func mayCall(b []byte, functions wanted) bool {
	if !bytes.Contains(b, []byte("import")) {
		return false
	}
	found := map[string]bool{}
	for at := 0; at < len(b); {
		if b[at] == '\\' {
			at += 2 // the line's end in a notebook's JSON is no part of the word behind it
			continue
		}
		start := at
		for at < len(b) && isPartOfName(b[at]) {
			at++
		}
		if start == at {
			at++
			continue
		}
		if word := b[start:at]; functions.words[string(word)] {
			found[string(word)] = true
		}
	}
	for word := range found {
		for _, module := range functions.modules[word] {
			if found[module] || !isName(module) && bytes.Contains(b, []byte(module)) {
				return true
			}
		}
	}
	return false
}

// isPartOfName reports whether a byte may stand in a name of Python's.
func isPartOfName(c byte) bool { return isLetter(c) || c >= '0' && c <= '9' || c >= 0x80 }

// isName reports whether a text can be a name of Python's.
func isName(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r < 0x80 && !isPartOfName(byte(r)) }) < 0
}
