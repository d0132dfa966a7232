package networktest

import (
	"fmt"
	"slices"
)

// A Verdict is what a rule says of a subject.
type Verdict struct{ Rule, Subject string }

// An expectation is what follows from the walk.
type expectation struct {
	n *Network
	// wrong are those that fail for certain, or perhaps.
	wrong map[Verdict]answer
	// told is set where the network is told by facts, so that what is wrong with it is said of the first workload.
	told bool
}

func name(kind string, i int) string { return fmt.Sprintf("%s%d", kind, i) }

// expect returns the findings of the rules that are judged, and what they leave open.
func (n *Network) expect(told bool) map[Verdict]answer {
	e := &expectation{n: n, wrong: map[Verdict]answer{}, told: told}
	for _, r := range judged {
		e.judge(r.ID)
	}
	return e.wrong
}

// note notes that a rule fails.
func (e *expectation) note(rule, kind string, i int, wrong answer) {
	v := Verdict{rule, name(kind, i)}
	if wrong > e.wrong[v] {
		e.wrong[v] = wrong
	}
}

// other notes that a rule fails for what isn't a workload, and is used by some.
func (e *expectation) other(rule, kind string, i int, uses func(Workload) bool, wrong answer) {
	w := slices.IndexFunc(e.n.Workloads, uses)
	switch {
	case !e.told && (w >= 0 || wrong == yes):
		e.note(rule, kind, i, wrong)
	case e.told && w >= 0:
		e.note(rule, "w", w, wrong)
	}
}

func is(b bool) answer {
	if b {
		return yes
	}
	return no
}

// traffic reports whether a workload's traffic goes through its subnets.
func (w Workload) traffic() bool {
	return w.Kind != Notebook && w.placed() || w.Kind == Notebook && !w.Direct
}

// placed reports whether the workload itself is in its subnets, as a domain is that is VpcOnly.
func (w Workload) placed() bool { return w.Kind != Domain || w.VPCOnly }

// in returns what reports whether a workload has a subnet in a VPC.
func (n *Network) in(vpc int) func(Workload) bool {
	return func(w Workload) bool {
		return slices.ContainsFunc(w.Subnets, func(s int) bool { return n.Subnets[s].VPC == vpc })
	}
}

func both(a, b func(Workload) bool) func(Workload) bool {
	return func(w Workload) bool { return a(w) && b(w) }
}

// judge says what one rule finds.
func (e *expectation) judge(rule string) {
	n := e.n
	for i, w := range n.Workloads {
		e.note(rule, "w", i, n.wrong(rule, w))
	}
	for i := range n.VPCs {
		uses, wrong := n.vpcWrong(rule, i)
		e.other(rule, "v", i, uses, is(wrong))
		if rule == "missing-service-endpoint" {
			for kind := Notebook; kind <= Domain; kind++ {
				lacks := n.lacking(kind, i)
				e.other(rule, "v", i, func(w Workload) bool { return lacks(w) == yes }, is(slices.ContainsFunc(n.Workloads, func(w Workload) bool { return lacks(w) == yes })))
				e.other(rule, "v", i, func(w Workload) bool { return lacks(w) == perhaps }, perhaps)
			}
		}
	}
	for i := range n.Subnets {
		uses := func(w Workload) bool { return slices.Contains(w.Subnets, i) && w.placed() }
		if rule == "subnet-auto-public-ip" && slices.ContainsFunc(n.Workloads, uses) {
			e.other(rule, "s", i, uses, n.handsOut(i))
		}
	}
	for i := range n.Endpoints {
		uses, wrong := n.endpointWrong(rule, i)
		e.other(rule, "e", i, uses, is(wrong))
	}
	for i, g := range n.Groups {
		uses, wrong := n.groupWrong(rule, i)
		if g.Default && !g.Adopted && !e.told {
			e.note(rule, "v", g.VPC, is(wrong))
			continue
		}
		e.other(rule, "g", i, uses, is(wrong))
	}
}

// wrong says whether a rule that is about workloads fails for one.
func (n *Network) wrong(rule string, w Workload) answer {
	switch rule {
	case "nat-internet-egress":
		wrong := no
		for _, s := range w.Subnets {
			if !n.public(s) && w.traffic() {
				wrong = max(wrong, n.overNAT(s, w))
			}
		}
		return wrong
	case "public-subnet":
		return is(w.placed() && slices.ContainsFunc(w.Subnets, n.public))
	case "partial-vpc-config":
		return is(w.placed() && len(w.Groups) == 0)
	case "default-vpc":
		return is(w.placed() && slices.ContainsFunc(w.Subnets, func(s int) bool { return n.VPCs[n.Subnets[s].VPC].Default }))
	case "mixed-vpcs":
		vpcs := map[int]bool{}
		for _, s := range w.Subnets {
			vpcs[n.Subnets[s].VPC] = true
		}
		for _, g := range w.Groups {
			vpcs[n.Groups[g].VPC] = true
		}
		return is(w.placed() && len(vpcs) > 1)
	case "subnet-too-small":
		free := 0
		for _, s := range w.Subnets {
			free += 1<<(32-n.Subnets[s].CIDR.Bits()) - 5
		}
		return is(w.placed() && free < 2*w.Count)
	case "single-subnet":
		zones := map[string]bool{}
		for _, s := range w.Subnets {
			zones[n.Subnets[s].Zone] = true
		}
		return is(w.placed() && w.Kind != Notebook && len(zones) == 1)
	case "missing-self-reference":
		return is(w.placed() && w.Count > 1 && len(w.Groups) > 0 && !n.among(w, w, n.everyKind(), true))
	case "studio-ports-closed":
		return is(w.Kind == Domain && w.VPCOnly && len(w.Groups) > 0 && !n.among(w, w, studioPorts, true))
	case "https-egress-blocked":
		return is(w.traffic() && len(w.Groups) > 0 && !slices.ContainsFunc(w.Groups, func(g int) bool {
			return slices.ContainsFunc(n.Groups[g].Egress, func(r Rule) bool { return r.lets("tcp", 443) })
		}))
	case "default-security-group":
		return is(w.placed() && slices.ContainsFunc(w.Groups, func(g int) bool { return n.Groups[g].Default }))
	}
	return no
}

// vpcWrong reports whether a rule that is about VPCs fails for one, and which workloads it is about.
func (n *Network) vpcWrong(rule string, i int) (uses func(Workload) bool, wrong bool) {
	v := n.VPCs[i]
	in := n.in(i)
	uses = both(in, Workload.traffic)
	switch rule {
	case "missing-s3-endpoint":
		return uses, slices.ContainsFunc(n.Workloads, uses) && !slices.ContainsFunc(n.Endpoints, func(e Endpoint) bool { return e.VPC == i && e.Service == "s3" })
	case "vpc-dns-off":
		private := slices.ContainsFunc(n.Endpoints, func(e Endpoint) bool { return e.VPC == i && e.PrivateDNS })
		return uses, !v.Support && slices.ContainsFunc(n.Workloads, uses) || private && !(v.Support && v.Hostnames)
	case "missing-flow-logs":
		return uses, slices.ContainsFunc(n.Workloads, uses) && !v.FlowLog
	}
	return uses, false
}

// endpointWrong reports whether a rule that is about endpoints fails for one, and which workloads it is about.
func (n *Network) endpointWrong(rule string, i int) (uses func(Workload) bool, wrong bool) {
	e := n.Endpoints[i]
	uses = n.in(e.VPC)
	hosts := slices.ContainsFunc(n.Workloads, uses)
	served := both(uses, Workload.traffic)
	// Where S3 has a gateway endpoint, its interface endpoint is spared.
	spare := e.Service == "s3" && slices.ContainsFunc(n.Endpoints, func(o Endpoint) bool { return o.VPC == e.VPC && o.Gateway })
	switch rule {
	case "public-subnet":
		return uses, hosts && slices.ContainsFunc(e.Subnets, n.public)
	case "endpoint-without-policy":
		return served, e.Policy == NoPolicy
	case "endpoint-policy-allows-all":
		return served, e.Policy == AllowAll || e.Policy == AllowService
	case "endpoint-allows-package-repositories":
		return served, e.Service == "s3" && e.Policy != AllowBucket && e.Policy != DenyPackages
	case "endpoint-not-attached":
		if !e.Gateway {
			return served, slices.ContainsFunc(n.Workloads, served) && len(e.Subnets) == 0
		}
		// Packets from each subnet of a workload go to it, or else to an interface endpoint.
		other := slices.ContainsFunc(n.Endpoints, func(o Endpoint) bool {
			return o.VPC == e.VPC && o.Service == e.Service && !o.Gateway && n.resolves(o)
		})
		unattached := both(served, func(w Workload) bool {
			return len(e.Tables) == 0 || !other && slices.ContainsFunc(w.Subnets, func(s int) bool { return !slices.Contains(e.Tables, n.effective(s)) })
		})
		return unattached, slices.ContainsFunc(n.Workloads, unattached)
	case "endpoint-private-dns-off":
		return served, !e.Gateway && !e.PrivateDNS && !spare && slices.ContainsFunc(n.Workloads, served)
	case "endpoint-security-group-closed":
		groups := e.Groups
		if len(groups) == 0 {
			groups = []int{n.VPCs[e.VPC].Group}
		}
		closed := both(served, func(w Workload) bool {
			return len(w.Groups) > 0 && !n.among(w, Workload{Subnets: e.Subnets, Groups: groups}, []probe{{"tcp", 443}}, false)
		})
		return closed, !e.Gateway && !spare && slices.ContainsFunc(n.Workloads, closed)
	}
	return uses, false
}

// groupWrong reports whether a rule that is about security groups fails for one, and which workloads it is about.
func (n *Network) groupWrong(rule string, i int) (uses func(Workload) bool, wrong bool) {
	uses = func(w Workload) bool { return w.placed() && slices.Contains(w.Groups, i) }
	used := slices.ContainsFunc(n.Workloads, uses)
	g := n.Groups[i]
	switch rule {
	case "open-egress":
		every := true
		for port := range edges {
			every = every && n.everywhere(g.Egress, probe{"tcp", port})
		}
		return uses, used && every
	case "open-ingress":
		for _, e := range n.Endpoints {
			if !e.Gateway && slices.ContainsFunc(n.Workloads, n.in(e.VPC)) && (slices.Contains(e.Groups, i) || len(e.Groups) == 0 && g.Default && g.VPC == e.VPC) {
				used = true
				own := uses
				uses = func(w Workload) bool { return own(w) || n.in(e.VPC)(w) }
			}
		}
		return uses, used && slices.ContainsFunc(n.everyKind(), func(p probe) bool { return n.everywhere(g.Ingress, p) })
	}
	return uses, false
}

// needs are the services that a kind of workload needs, but for S3. AWS: "Connect Studio in a VPC to external resources",
// "Connect a notebook instance in a VPC to external resources".
var needs = map[Kind][]string{
	Notebook: {"sagemaker.api", "sagemaker.runtime"},
	Domain:   {"sagemaker.api", "sagemaker.runtime", "studio"},
}

// lacking says of workloads whether a VPC lacks an endpoint that those of a kind need who have no other way.
func (n *Network) lacking(kind Kind, vpc int) func(Workload) answer {
	missing := slices.ContainsFunc(needs[kind], func(service string) bool {
		return !slices.ContainsFunc(n.Endpoints, func(e Endpoint) bool { return e.VPC == vpc && !e.Gateway && e.Service == service })
	})
	return func(w Workload) answer {
		lacks := no
		for _, s := range w.Subnets {
			if missing && w.Kind == kind && w.traffic() && n.Subnets[s].VPC == vpc {
				lacks = max(lacks, yes-n.out(s, false))
			}
		}
		return lacks
	}
}

// resolves reports whether a service's name leads to its interface endpoint. AWS: "Access an AWS service using an interface VPC
// endpoint", private DNS.
func (n *Network) resolves(e Endpoint) bool {
	v := n.VPCs[e.VPC]
	return len(e.Subnets) > 0 && e.PrivateDNS && v.Support && v.Hostnames
}

// handsOut reports whether a subnet gives out public addresses. Those of IPv6 are none without a way out.
func (n *Network) handsOut(s int) answer {
	if n.Subnets[s].AutoIPv4 {
		return yes
	}
	if !n.Subnets[s].IPv6 || !n.Subnets[s].AutoIPv6 {
		return no
	}
	return n.leads(s, true, func(t Target) answer {
		switch t.Kind {
		case ToInternet, ToEgressOnly:
			return yes
		case ToTransit, ToVPN:
			return perhaps
		}
		return no
	})
}

// overNAT says whether packets of a workload reach the internet from a subnet through a NAT gateway, or perhaps what leaves
// the network does.
func (n *Network) overNAT(s int, w Workload) answer {
	for _, a := range n.addresses() {
		for _, p := range n.everyKind() {
			if a.Is4() && routable(a) && n.lets(w.Groups, true, end{addr: a}, p) {
				return n.out(s, false)
			}
		}
	}
	return no
}
