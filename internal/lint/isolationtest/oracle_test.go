package isolationtest

import (
	"context"
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/vpclint/vpclint/internal/lint"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/rules"
)

var (
	requests = flag.Int("requests", 12, "how many random requests of each kind are judged")
	first    = flag.Int("first", 0, "the seed of the first of them")
)

// judged are the rules of which the table says what they find.
func judged() (out []*rules.Rule) {
	ids := []string{
		"domain-public-internet", "missing-output-key", "missing-volume-key", "missing-vpc-config", "model-registry-outside-vpc", "network-isolation-off",
		"notebook-direct-internet", "notebook-imdsv1", "notebook-root-access", "partial-vpc-config", "plaintext-intercontainer-traffic",
	}
	for _, r := range rules.All() {
		if slices.Contains(ids, r.ID) {
			out = append(out, r)
		}
	}
	return out
}

func draw(k kind, seed int) object {
	return k.draw(die{rand.New(rand.NewPCG(uint64(seed), 8))})
}

// Every request is judged alike in every language that has its kind, and as the words of the controls judge it.
func TestRequests(t *testing.T) {
	spelt, said := map[string]int{}, map[string]int{}
	for _, k := range kinds {
		t.Run(k.operation, func(t *testing.T) {
			const batch = 100 // requests in one repository
			disagreements := map[string][]int{}
			for from := *first; from < *first+*requests; from += batch {
				cases := map[string]object{}
				for seed := from; seed < min(from+batch, *first+*requests); seed++ {
					cases[fmt.Sprintf("c%d", seed)] = draw(k, seed)
				}
				got := run(t, k, cases)
				for name, r := range cases {
					seed, err := strconv.Atoi(name[1:])
					if err != nil {
						t.Fatal(err)
					}
					for rule, a := range expect(k, r, false) {
						said[rule+" is "+a.String()]++
					}
					for _, s := range spellings {
						if _, ok := s.write(k, name, r); ok {
							spelt[s.name]++
							for _, d := range compare(s, got[name+"/"+s.file], expect(k, r, s.form)) {
								disagreements[d] = append(disagreements[d], seed)
							}
						}
					}
				}
			}
			report(t, k, disagreements)
		})
	}
	t.Logf("spelt: %v\nsaid: %v", spelt, said)
}

// compare returns where the verdicts on one file differ from what is expected.
func compare(s spelling, got, want map[string]answer) (out []string) {
	for _, r := range judged() {
		if s.name == "ACK" && r.ID == "notebook-imdsv1" {
			continue // its notebooks have no such member
		}
		if settled(got[r.ID]) != settled(want[r.ID]) {
			out = append(out, fmt.Sprintf("%s: %s is %s, and %s by the table", s.name, r.ID, settled(got[r.ID]), settled(want[r.ID])))
		}
	}
	return out
}

// settled takes what a rule doesn't look at for right.
func settled(a answer) answer { return max(a, right) }

// report says each disagreement once, with the smallest request that has it.
func report(t *testing.T, k kind, disagreements map[string][]int) {
	t.Helper()
	for _, d := range slices.Sorted(maps.Keys(disagreements)) {
		seeds := disagreements[d]
		slices.Sort(seeds)
		i := slices.IndexFunc(spellings, func(s spelling) bool { return strings.HasPrefix(d, s.name+": ") })
		s := spellings[i]
		small := shrink(draw(k, seeds[0]), func(r object) bool {
			if _, ok := s.write(k, "small", r); !ok {
				return false
			}
			got := run(t, k, map[string]object{"small": r})
			return slices.Contains(compare(s, got["small/"+s.file], expect(k, r, s.form)), d)
		})
		text, _ := s.write(k, "small", small)
		t.Errorf("%s (%d requests, first %d), such as\n%s", d, len(seeds), seeds[0], text)
	}
}

// shrink takes members away as long as the request stays one that is judged otherwise.
func shrink(r object, differs func(object) bool) object {
	for i := 0; i < len(r); i++ {
		less := slices.Delete(slices.Clone(r), i, i+1)
		if differs(less) {
			r = less
			i--
			continue
		}
		if inner, ok := r[i].value.(object); ok {
			smaller := shrink(inner, func(o object) bool {
				changed := slices.Clone(r)
				changed[i].value = o
				return differs(changed)
			})
			r = slices.Clone(r)
			r[i].value = smaller
		}
	}
	return r
}

// run judges requests in all their spellings.
func run(t *testing.T, k kind, cases map[string]object) map[string]map[string]answer {
	t.Helper()
	return judge(t, k, spellings, cases)
}

// judge judges requests as one repository, and returns the answers by file.
func judge(t *testing.T, k kind, spellings []spelling, cases map[string]object) map[string]map[string]answer {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = os.RemoveAll(dir) }()
	for name, r := range cases {
		for _, s := range spellings {
			text, ok := s.write(k, name, r)
			if !ok {
				continue
			}
			path := filepath.Join(dir, name, s.file)
			if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	r, err := lint.Run(context.Background(), lint.Config{WorkDir: dir, Paths: []string{"."}, Rules: judged(), Strict: true, Jobs: 1})
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]map[string]answer{}
	for _, v := range r.Verdicts {
		path := v.Subject.Head().Span().File.Path
		if out[path] == nil {
			out[path] = map[string]answer{}
		}
		said := map[tri.Bool]answer{tri.True: wrong, tri.False: right, tri.Unknown: undecided}[v.Wrong]
		out[path][v.Rule.ID] = max(out[path][v.Rule.ID], said)
	}
	return out
}
