package networktest

import (
	"fmt"
	"net/netip"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/vpclint/vpclint/internal/finding"
)

// A hole is a place in a network of which it isn't known what stands there.
type hole struct {
	// place is what the writer calls it; a resource, where it isn't known whether it exists.
	place  string
	exists bool
	// arms are what may stand there, each a change to the network.
	arms []func(*Network)
}

// owner is what a hole is in.
func (h hole) owner() string {
	if h.exists {
		_, called, _ := strings.Cut(h.place, ".")
		return strings.Split(called, "_")[0]
	}
	return strings.Split(h.place, ".")[0]
}

// near reports whether two holes are in one thing, or in two that may change places: what is left out moves up the others.
func (h hole) near(other hole) bool {
	a, b := h.owner(), other.owner()
	return a == b || (h.exists || other.exists) && a[0] == b[0]
}

// holes returns all that could be unknown of a network.
func (m *maker) holes() (out []hole) {
	n := m.n
	add := func(place string, arms ...func(*Network)) { out = append(out, hole{place, false, arms}) }
	may := func(resource string, without func(*Network)) {
		out = append(out, hole{resource, true, []func(*Network){func(*Network) {}, without}})
	}
	flag := func(place string, of func(*Network) *bool) {
		add(place, func(n *Network) { *of(n) = true }, func(n *Network) { *of(n) = false })
	}
	ints := func(place string, of func(*Network) *[]int, among []int) {
		arm := func() func(*Network) {
			some := slices.DeleteFunc(slices.Clone(among), func(int) bool { return m.often(4) })
			return func(n *Network) { *of(n) = slices.Clone(some) }
		}
		add(place, arm(), arm(), arm())
	}
	for i := range n.VPCs {
		flag(name("v", i)+".support", func(n *Network) *bool { return &n.VPCs[i].Support })
		flag(name("v", i)+".hostnames", func(n *Network) *bool { return &n.VPCs[i].Hostnames })
		may("aws_flow_log."+name("v", i), func(n *Network) { n.VPCs[i].FlowLog = false })
		may("aws_main_route_table_association."+name("v", i), func(n *Network) { n.VPCs[i].Main = n.VPCs[i].Own })
		add(name("v", i)+".main", each1(m.tablesOf(i, false), func(n *Network, t int) { n.VPCs[i].Main = t })...)
	}
	for i, s := range n.Subnets {
		flag(name("s", i)+".auto4", func(n *Network) *bool { return &n.Subnets[i].AutoIPv4 })
		flag(name("s", i)+".auto6", func(n *Network) *bool { return &n.Subnets[i].AutoIPv6 })
		add(name("s", i)+".table", each1(m.tablesOf(s.VPC, false), func(n *Network, t int) { n.Subnets[i].Table = t })...)
		may("aws_route_table_association."+name("s", i), func(n *Network) { n.Subnets[i].Table = -1 })
	}
	for i, nat := range n.NATs {
		add(name("nat", i)+".subnet", each1(m.subnetsOf(n.Subnets[nat.Subnet].VPC), func(n *Network, s int) { n.NATs[i].Subnet = s })...)
	}
	for i, t := range n.Tables {
		for k, r := range t.Routes {
			place := fmt.Sprintf("t%d.%d", i, k)
			route := func(n *Network) *Route { return &n.Tables[i].Routes[k] }
			may(fmt.Sprintf("aws_route.t%d_%d", i, k), func(n *Network) { n.Tables[i].Routes = slices.Delete(n.Tables[i].Routes, k, k+1) })
			var blocks []netip.Prefix
			for _, text := range []string{"0.0.0.0/0", "128.0.0.0/1", "10.9.0.0/16", "::/0", "8000::/1"} {
				block := netip.MustParsePrefix(text)
				taken := slices.ContainsFunc(t.Routes, func(o Route) bool { return o.To == block && o != r })
				if block.Addr().Is6() == r.To.Addr().Is6() && !taken {
					blocks = append(blocks, block)
				}
			}
			add(place+".to", each1(blocks, func(n *Network, b netip.Prefix) { route(n).To = b })...)
			if r.Target.Kind == ToInternet || r.Target.Kind == ToVPN {
				arms := []func(*Network){func(n *Network) { route(n).Target = Target{ToVPN, 0} }}
				for g, gateway := range n.Gateways {
					if gateway.VPC == t.VPC && !gateway.EgressOnly && !gateway.Implicit {
						arms = append(arms, func(n *Network) { route(n).Target = Target{ToInternet, g} })
					}
				}
				add(place+".gateway", arms...)
			}
		}
	}
	for i, g := range n.Groups {
		for _, d := range []struct {
			name  string
			rules func(*Network) *[]Rule
		}{
			{"ingress", func(n *Network) *[]Rule { return &n.Groups[i].Ingress }},
			{"egress", func(n *Network) *[]Rule { return &n.Groups[i].Egress }},
		} {
			for k, r := range *d.rules(n) {
				place := fmt.Sprintf("g%d.%s%d", i, d.name, k)
				rule := func(n *Network) *Rule { return &(*d.rules(n))[k] }
				typ := map[Style]string{OldRules: "aws_security_group_rule", NewRules: "aws_vpc_security_group_" + d.name + "_rule"}[g.Style]
				may(fmt.Sprintf("%s.g%d_%s_%d", typ, i, d.name, k), func(n *Network) { *d.rules(n) = slices.Delete(*d.rules(n), k, k+1) })
				if r.Peer.IsValid() && r.Peer.Addr().Is4() {
					add(place+".cidr", each1([]netip.Prefix{everything4, prefix("10.0.0.0/8"), prefix("0.0.0.0/1"), prefix("192.0.2.0/24")},
						func(n *Network, b netip.Prefix) { rule(n).Peer = b })...)
				}
				if !r.Peer.IsValid() {
					add(place+".group", each1(m.groupsIn(g.VPC), func(n *Network, to int) { rule(n).Group = to })...)
				}
				if r.Protocol != "-1" {
					add(place+".from", each1([]int{0, min(443, r.To), min(8192, r.To)}, func(n *Network, p int) { rule(n).From = p })...)
					add(place+".to", each1([]int{65535, max(443, r.From)}, func(n *Network, p int) { rule(n).To = p })...)
					add(place+".protocol", each1([]string{"tcp", "udp"}, func(n *Network, p string) { rule(n).Protocol = p })...)
				}
			}
		}
	}
	for i, e := range n.Endpoints {
		called := name("e", i)
		may("aws_vpc_endpoint_policy."+called, func(n *Network) { n.Endpoints[i].Policy = NoPolicy })
		flag(called+".dns", func(n *Network) *bool { return &n.Endpoints[i].PrivateDNS })
		ints(called+".tables", func(n *Network) *[]int { return &n.Endpoints[i].Tables }, m.tablesOf(e.VPC, false))
		ints(called+".subnets", func(n *Network) *[]int { return &n.Endpoints[i].Subnets }, m.subnetsOf(e.VPC))
		add(called+".groups", each1(m.groupsIn(e.VPC), func(n *Network, g int) { n.Endpoints[i].Groups = []int{g} })...)
		if !e.Apart && i == len(n.Endpoints)-1 {
			may("aws_vpc_endpoint."+called, func(n *Network) { n.Endpoints = slices.Delete(n.Endpoints, i, i+1) })
		}
		if !e.Gateway && e.Service != "s3" {
			add(called+".service", each1([]string{"sagemaker.api", "sagemaker.runtime", "logs"}, func(n *Network, s string) { n.Endpoints[i].Service = s })...)
		}
	}
	for i, w := range n.Workloads {
		called := name("w", i)
		home := m.subnetsOf(n.Subnets[w.Subnets[0]].VPC)
		add(called+".subnet", each1(home, func(n *Network, s int) { n.Workloads[i].Subnets = []int{s} })...)
		if w.Kind != Notebook {
			arms := each1(home, func(n *Network, s int) { n.Workloads[i].Subnets = []int{s} })
			add(called+".subnets", append(arms, func(n *Network) { n.Workloads[i].Subnets = slices.Clone(home) })...)
		}
		groups := m.groupsIn(n.Subnets[w.Subnets[0]].VPC)
		add(called+".groups", append(each1(groups, func(n *Network, g int) { n.Workloads[i].Groups = []int{g} }),
			func(n *Network) { n.Workloads[i].Groups = slices.Clone(groups[:min(5, len(groups))]) })...)
		add(called+".count", each1([]int{1, 2, 7}, func(n *Network, c int) { n.Workloads[i].Count = c })...)
		flag(called+".direct", func(n *Network) *bool { return &n.Workloads[i].Direct })
		flag(called+".only", func(n *Network) *bool { return &n.Workloads[i].VPCOnly })
	}
	return out
}

// each1 returns a change for each of some values.
func each1[T any](of []T, change func(*Network, T)) (out []func(*Network)) {
	for _, v := range of {
		out = append(out, func(n *Network) { change(n, v) })
	}
	return out
}

func (m *maker) subnetsOf(vpc int) (out []int) {
	for i, s := range m.n.Subnets {
		if s.VPC == vpc {
			out = append(out, i)
		}
	}
	return out
}

func (m *maker) groupsIn(vpc int) (out []int) {
	for i, g := range m.n.Groups {
		if g.VPC == vpc {
			out = append(out, i)
		}
	}
	return out
}

// A sketch is a network with holes, and what completes it.
type sketch struct {
	text        string
	completions []completion
}

// A completion is a network that a sketch may be, and which arm of each hole makes it so.
type completion struct {
	n    *Network
	arms []int
}

// says reports whether vpclint finds something in a completion.
func (s sketch) says(t *testing.T, completion int, v Verdict) bool {
	t.Helper()
	return slices.ContainsFunc(run(t, s.completions[completion].n.terraform()).Findings, func(f finding.Finding) bool {
		return f.Rule == v.Rule && short(f.Subject) == v.Subject
	})
}

// maxCompletions bounds how many completions of one sketch are judged.
const maxCompletions = 24

// sketch makes some holes in a network.
func (m *maker) sketch(count int) sketch {
	said := func(n *Network) (map[string]string, string) {
		t := &tfWriter{n: n, said: map[string]string{}}
		t.network()
		return t.said, t.String()
	}
	written, whole := said(m.n)
	possible := slices.DeleteFunc(m.holes(), func(h hole) bool {
		if h.exists {
			typ, called, _ := strings.Cut(h.place, ".")
			return !strings.Contains(whole, fmt.Sprintf("resource %q %q {", typ, called))
		}
		_, there := written[h.place]
		return !there || len(h.arms) < 2
	})
	t := &tfWriter{n: m.n, instead: map[string]string{}, counts: map[string]string{}}
	var chosen []hole
	var declared strings.Builder
	for _, k := range m.Perm(len(possible)) {
		h := possible[k]
		if len(chosen) == count || slices.ContainsFunc(chosen, h.near) {
			continue
		}
		if m.Shuffle(len(h.arms), func(i, j int) {
			if !h.exists {
				h.arms[i], h.arms[j] = h.arms[j], h.arms[i]
			}
		}); len(h.arms) > 2 && m.often(5) {
			h.arms = h.arms[:2]
		}
		var exprs []string
		h.arms = slices.DeleteFunc(h.arms, func(arm func(*Network)) bool {
			n := m.n.clone()
			arm(n)
			expr, _ := said(n)
			// A rule that comes to name its own group says so in another argument.
			if exprs = append(exprs, expr[h.place]); expr[h.place] == "" && !h.exists {
				exprs = exprs[:len(exprs)-1]
				return true
			}
			return false
		})
		if len(h.arms) < 2 {
			continue
		}
		m.unknown(t, &declared, len(chosen), h, exprs)
		chosen = append(chosen, h)
	}
	t.network()
	s := sketch{text: declared.String() + t.String(), completions: []completion{{n: m.n.clone()}}}
	for _, h := range chosen {
		var next []completion
		for _, c := range s.completions {
			for a, arm := range h.arms {
				n := c.n.clone()
				arm(n)
				next = append(next, completion{n, append(slices.Clip(c.arms), a)})
			}
		}
		s.completions = next
	}
	m.Shuffle(len(s.completions), func(i, j int) { s.completions[i], s.completions[j] = s.completions[j], s.completions[i] })
	s.completions = s.completions[:min(maxCompletions, len(s.completions))]
	return s
}

// unknown writes what isn't known in one of the ways in which people have it.
func (m *maker) unknown(t *tfWriter, declared *strings.Builder, k int, h hole, exprs []string) {
	if h.exists {
		t.counts[h.place] = fmt.Sprintf("var.u%d ? 1 : 0", k)
		fmt.Fprintf(declared, "variable \"u%d\" {\n  type = bool\n}\n\n", k)
		return
	}
	variable := fmt.Sprintf("variable \"u%d\" {}\n\n", k)
	switch form := m.IntN(5); {
	case form < 2 && len(exprs) == 2:
		variable = fmt.Sprintf("variable \"u%d\" {\n  type = bool\n}\n\n", k)
		t.instead[h.place] = fmt.Sprintf("var.u%d ? %s : %s", k, exprs[0], exprs[1])
	case form < 3:
		var fields []string
		for i, e := range exprs {
			fields = append(fields, fmt.Sprintf("%c = %s", 'a'+i, e))
		}
		t.instead[h.place] = fmt.Sprintf("{ %s }[var.u%d]", strings.Join(fields, ", "), k)
	case form < 4 && !slices.Contains(exprs, "[]"): // a parameter is never empty
		variable = fmt.Sprintf("data \"aws_ssm_parameter\" \"u%d\" {\n  name = \"/northwind/u%d\"\n}\n\n", k, k)
		t.instead[h.place] = fmt.Sprintf("data.aws_ssm_parameter.u%d.value", k)
		if strings.HasPrefix(exprs[0], "[") {
			t.instead[h.place] = fmt.Sprintf("split(\",\", data.aws_ssm_parameter.u%d.value)", k)
		}
	default:
		t.instead[h.place] = fmt.Sprintf("var.u%d", k)
	}
	declared.WriteString(variable)
}

var condition = regexp.MustCompile(`^var\.u(\d+) is (not )?(true|false|"[a-z]")$`)

// within reports whether a completion lies in a world that a message names, and whether the world could be read.
func (c completion) within(world string) (in, read bool) {
	for _, part := range strings.Split(world, " and ") {
		g := condition.FindStringSubmatch(part)
		if g == nil {
			return false, false
		}
		var k, arm int
		_, _ = fmt.Sscan(g[1], &k)
		switch g[3] {
		case "true":
		case "false":
			arm = 1
		default:
			arm = int(g[3][1] - 'a')
		}
		if (c.arms[k] == arm) == (g[2] != "") {
			return false, true
		}
	}
	return true, true
}

// What is said of a network of which parts aren't known is so of every network that it may be: what passes passes in each
// completion, what fails fails in each, or in those of the world that the finding names.
func TestUnknowns(t *testing.T) {
	counts := map[string]int{}
	wrong := map[string]int{}
	for seed := uint64(*first); seed < uint64(*first+*networks/3); seed++ {
		m := maker{Rand: newRand(seed + 1_000_000), n: random(seed)}
		s := m.sketch(1 + m.IntN(3))
		got := map[Verdict]string{} // the worlds in which it fails; "?" where it isn't known
		lost := map[string]bool{}
		r := run(t, map[string]string{"main.tf": s.text})
		for _, f := range r.Findings {
			_, world, _ := strings.Cut(f.Message, " when ")
			got[Verdict{f.Rule, short(f.Subject)}] = "when " + world
		}
		for _, u := range r.Undecided {
			got[Verdict{u.Rule, short(u.Subject)}] = "?"
			lost[u.Rule] = lost[u.Rule] || strings.HasPrefix(short(u.Subject), "w")
		}
		fails := make([]map[Verdict]answer, len(s.completions))
		every := map[Verdict]bool{}
		for i, c := range s.completions {
			fails[i] = c.n.expect(false)
			for v := range fails[i] {
				every[v] = true
			}
		}
		for v := range got {
			every[v] = true
		}
		for v := range every {
			for i, c := range s.completions {
				problem := ""
				if v.Rule != "mixed-vpcs" && slices.ContainsFunc(c.n.Workloads, func(w Workload) bool { return c.n.wrong("mixed-vpcs", w) == yes }) {
					continue // EC2 refuses it, so that a group may tell the VPC
				}
				switch world := got[v]; {
				case world == "?":
					counts["undecided"]++
				case world == "" && lost[v.Rule]:
					counts["undecided"]++ // said of a workload, of which the VPC isn't known
				case world == "" && fails[i][v] == yes:
					problem = "passes"
				case world == "when " && fails[i][v] == no:
					problem = "fails"
				case world != "" && fails[i][v] == no:
					for _, w := range strings.Split(strings.TrimPrefix(world, "when "), ", or ") {
						if in, read := c.within(w); in && read {
							problem = "fails in the world of"
						}
					}
				default:
					counts["decided"]++
				}
				if problem == "" {
					continue
				}
				// Where vpclint says the same of the completion it is wrong about that, which is the other test's matter.
				if (got[v] != "") == s.says(t, i, v) {
					continue
				}
				key := v.Rule + " " + problem
				if wrong[key]++; wrong[key] == 1 {
					t.Errorf("network %d: %s of %s %s (%q), and with %v it doesn't:\n%s", seed, v.Rule, v.Subject, problem, got[v], c.arms, s.text)
				}
			}
		}
	}
	t.Logf("verdicts on completions: %v; wrong: %v", counts, wrong)
}
