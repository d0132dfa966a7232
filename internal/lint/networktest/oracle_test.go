package networktest

import (
	"context"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/vpclint/vpclint/internal/lint"
	"github.com/vpclint/vpclint/rules"
)

var (
	networks = flag.Int("networks", 300, "how many random networks are judged")
	first    = flag.Int("first", 0, "the seed of the first of them")
)

// judged are the rules of which the walk says what they find.
var judged = byID("public-subnet", "endpoint-without-policy", "missing-s3-endpoint", "vpc-dns-off", "endpoint-not-attached", "endpoint-private-dns-off",
	"partial-vpc-config", "subnet-auto-public-ip", "default-vpc", "mixed-vpcs", "subnet-too-small", "single-subnet", "missing-service-endpoint",
	"endpoint-policy-allows-all", "endpoint-allows-package-repositories", "endpoint-security-group-closed", "nat-internet-egress",
	"missing-self-reference", "studio-ports-closed", "https-egress-blocked", "open-egress", "open-ingress", "default-security-group", "missing-flow-logs")

func byID(ids ...string) (out []*rules.Rule) {
	for _, r := range rules.All() {
		if slices.Contains(ids, r.ID) {
			out = append(out, r)
		}
	}
	return out
}

// known are disagreements that are nobody's faults.
var known = []string{
	"(its NAT gateways lead to each other)", // their packets go round, which nobody means
}

// A spelling is a way to write a network down.
type spelling struct {
	name  string
	write func(*Network) map[string]string
	has   func(*Network) bool
	told  bool
}

var spellings = []spelling{
	{"Terraform", (*Network).terraform, func(*Network) bool { return true }, false},
	{"CloudFormation", (*Network).template, (*Network).inTemplates, false},
	{"described", (*Network).described, func(*Network) bool { return true }, true},
}

// A network gives the same verdicts in each of its spellings, and they are those that follow from walking packets through it.
func TestNetworks(t *testing.T) {
	disagreements := map[string][]uint64{}
	spelt := map[string]int{}
	said := map[string]int{}
	for seed := uint64(*first); seed < uint64(*first+*networks); seed++ {
		n := random(seed)
		for _, s := range spellings {
			if !s.has(n) {
				continue
			}
			spelt[s.name]++
			for _, d := range s.disagreements(t, n) {
				disagreements[d] = append(disagreements[d], seed)
			}
			for v, wrong := range n.expect(s.told) {
				if wrong == yes {
					said[v.Rule]++
				}
			}
		}
	}
	for _, d := range slices.Sorted(maps.Keys(disagreements)) {
		seed := disagreements[d][0]
		spelling := spellings[slices.IndexFunc(spellings, func(s spelling) bool { return strings.HasPrefix(d, s.name) })]
		small := shrink(random(seed), func(n *Network) bool {
			return spelling.has(n) && slices.Contains(spelling.disagreements(t, n), d)
		})
		say := t.Errorf
		if slices.ContainsFunc(known, func(k string) bool { return strings.Contains(d, k) }) {
			say = t.Logf
		}
		say("%s (%d of %d networks, first %d), such as in\n%s", d, len(disagreements[d]), *networks, seed, text(small.terraform()))
		if spelling.name != "Terraform" && testing.Verbose() {
			t.Log(text(spelling.write(small)))
		}
	}
	t.Logf("spelt: %v; expected findings: %v", spelt, said)
}

var number = regexp.MustCompile(`\d+`)

// disagreements are what vpclint and the walk say differently of a network, by rule.
func (s spelling) disagreements(t *testing.T, n *Network) (out []string) {
	t.Helper()
	r := run(t, s.write(n))
	want := n.expect(s.told)
	got := map[Verdict]answer{}
	reasons := map[Verdict]string{}
	for _, u := range r.Undecided {
		v := Verdict{u.Rule, short(u.Subject)}
		got[v], reasons[v] = perhaps, u.Reason
	}
	for _, f := range r.Findings {
		got[Verdict{f.Rule, short(f.Subject)}] = yes
	}
	words := [...]string{"nothing", "undecided", "wrong"}
	for v := range got {
		if _, expected := want[v]; !expected {
			want[v] = no
		}
	}
	for v := range want {
		if got[v] == want[v] {
			continue
		}
		what := words[got[v]]
		if got[v] == perhaps {
			what += " (" + number.ReplaceAllString(reasons[v], "N") + ")"
		}
		out = append(out, fmt.Sprintf("%s: %s of %.1s is %s, and %s by the walk", s.name, v.Rule, v.Subject, what, words[want[v]]))
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func text(files map[string]string) string {
	var b strings.Builder
	for _, name := range slices.Sorted(maps.Keys(files)) {
		fmt.Fprintf(&b, "-- %s --\n%s\n", name, files[name])
	}
	return b.String()
}

// run judges files as a repository of their own.
func run(t testing.TB, files map[string]string) *lint.Result {
	t.Helper()
	dir, err := os.MkdirTemp("", "network")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = os.RemoveAll(dir) }()
	if dir, err = filepath.EvalSymlinks(dir); err != nil {
		t.Fatal(err)
	}
	for name, text := range files {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	c := lint.Config{WorkDir: dir, Paths: []string{"."}, Rules: append(slices.Clip(judged), rules.Unreadable), Jobs: 1}
	if _, told := files["network.json"]; told {
		c.Configured.Network = []lint.Pattern{{Glob: "network.json", Dir: dir, From: "network"}}
	}
	r, err := lint.Run(context.Background(), c)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// short returns what a subject is called in every spelling.
func short(subject string) string {
	subject, _, _ = strings.Cut(subject, "[")
	return strings.ToLower(subject[strings.LastIndexAny(subject, ".:/")+1:])
}
