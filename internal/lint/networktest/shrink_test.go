package networktest

import (
	"encoding/json"
	"slices"
)

// clone copies a network.
func (n *Network) clone() *Network {
	text, err := json.Marshal(n)
	if err != nil {
		panic(err) // plain data
	}
	out := &Network{}
	if err := json.Unmarshal(text, out); err != nil {
		panic(err)
	}
	return out
}

// shrink takes away what it can from a network that is wrong, so that it stays wrong.
func shrink(n *Network, wrong func(*Network) bool) *Network {
	for again := true; again; {
		again = false
		for k := 0; ; k++ {
			smaller := n.clone()
			if !smaller.cut(k) {
				break
			}
			if wrong(smaller) {
				n, again = smaller, true
				k--
			}
		}
	}
	return n
}

// cut makes the k-th of the changes that make a network smaller; false where there is none.
func (n *Network) cut(k int) bool {
	do := func(change func()) bool {
		if k == 0 {
			change()
		}
		k--
		return k < 0
	}
	ints := func(of *[]int, least int) bool {
		for i := 0; i < len(*of) && len(*of) > least; i++ {
			if do(func() { *of = slices.Delete(*of, i, i+1) }) {
				return true
			}
		}
		return false
	}
	off := func(flags ...*bool) bool {
		for _, f := range flags {
			if *f && do(func() { *f = false }) {
				return true
			}
		}
		return false
	}
	for w := range n.Workloads {
		if len(n.Workloads) > 1 && do(func() { n.Workloads = slices.Delete(n.Workloads, w, w+1) }) {
			return true
		}
	}
	for e := range n.Endpoints {
		if do(func() { n.Endpoints = slices.Delete(n.Endpoints, e, e+1) }) {
			return true
		}
	}
	for w := range n.Workloads {
		if ints(&n.Workloads[w].Subnets, 1) || ints(&n.Workloads[w].Groups, 0) || off(&n.Workloads[w].Direct) {
			return true
		}
	}
	for i := range n.Endpoints {
		e := &n.Endpoints[i]
		if ints(&e.Tables, 0) || ints(&e.Subnets, 0) || ints(&e.Groups, 1) || off(&e.Apart) || e.Policy != NoPolicy && do(func() { e.Policy = NoPolicy }) {
			return true
		}
	}
	for i := range n.Tables {
		t := &n.Tables[i]
		for r := range t.Routes {
			if (r > 0 || !t.Own || t.Adopted || !n.VPCs[t.VPC].Default) && do(func() { t.Routes = slices.Delete(t.Routes, r, r+1) }) {
				return true
			}
		}
		if off(&t.Inline) || t.Adopted && len(t.Routes) == 0 && !n.VPCs[t.VPC].Default && do(func() { t.Adopted = false }) {
			return true
		}
	}
	for i := range n.Groups {
		g := &n.Groups[i]
		if g.Default && !g.Adopted {
			continue
		}
		for r := range g.Ingress {
			if do(func() { g.Ingress = slices.Delete(g.Ingress, r, r+1) }) {
				return true
			}
		}
		for r := range g.Egress {
			if do(func() { g.Egress = slices.Delete(g.Egress, r, r+1) }) {
				return true
			}
		}
		if g.Style != Inline && do(func() { g.Style = Inline }) {
			return true
		}
	}
	for i := range n.VPCs {
		v := &n.VPCs[i]
		if off(&v.FlowLog) || v.Main != v.Own && do(func() { v.Main = v.Own }) {
			return true
		}
	}
	for i := range n.Subnets {
		s := &n.Subnets[i]
		if off(&s.AutoIPv4, &s.AutoIPv6, &s.IPv6) || s.Table >= 0 && do(func() { s.Table = -1 }) {
			return true
		}
	}
	for i := range n.Gateways {
		if off(&n.Gateways[i].Apart) {
			return true
		}
	}
	return n.cutUnused(do)
}

// cutUnused takes away what nothing names.
func (n *Network) cutUnused(do func(func()) bool) bool {
	for i, g := range n.Gateways {
		if !g.Implicit && n.unused(n.gatewayRefs, i) && do(func() { n.Gateways = slices.Delete(n.Gateways, i, i+1); n.close(n.gatewayRefs, i) }) {
			return true
		}
	}
	for i := range n.NATs {
		if n.unused(n.natRefs, i) && do(func() { n.NATs = slices.Delete(n.NATs, i, i+1); n.close(n.natRefs, i) }) {
			return true
		}
	}
	for i, t := range n.Tables {
		if !t.Own && n.unused(n.tableRefs, i) && do(func() { n.Tables = slices.Delete(n.Tables, i, i+1); n.close(n.tableRefs, i) }) {
			return true
		}
	}
	for i := range n.Subnets {
		if n.unused(n.subnetRefs, i) && do(func() { n.Subnets = slices.Delete(n.Subnets, i, i+1); n.close(n.subnetRefs, i) }) {
			return true
		}
	}
	for i, g := range n.Groups {
		if !g.Default && n.unused(n.groupRefs, i) && do(func() { n.Groups = slices.Delete(n.Groups, i, i+1); n.close(n.groupRefs, i) }) {
			return true
		}
	}
	return false
}

// unused reports whether nothing names the i-th of a kind, and close fills the gap that it leaves.
func (n *Network) unused(refs func() []*int, i int) bool {
	return !slices.ContainsFunc(refs(), func(r *int) bool { return *r == i })
}

func (n *Network) close(refs func() []*int, i int) {
	for _, r := range refs() {
		if *r > i {
			*r--
		}
	}
}

func all(of []int) (out []*int) {
	for i := range of {
		out = append(out, &of[i])
	}
	return out
}

func (n *Network) targetRefs(is func(TargetKind) bool) (out []*int) {
	for t := range n.Tables {
		for r := range n.Tables[t].Routes {
			if target := &n.Tables[t].Routes[r].Target; is(target.Kind) {
				out = append(out, &target.ID)
			}
		}
	}
	return out
}

func (n *Network) gatewayRefs() []*int {
	return n.targetRefs(func(k TargetKind) bool { return k == ToInternet || k == ToEgressOnly })
}

func (n *Network) natRefs() []*int {
	return n.targetRefs(func(k TargetKind) bool { return k == ToNAT })
}

func (n *Network) tableRefs() (out []*int) {
	for i := range n.VPCs {
		out = append(out, &n.VPCs[i].Own, &n.VPCs[i].Main)
	}
	for i := range n.Subnets {
		out = append(out, &n.Subnets[i].Table)
	}
	for i := range n.Endpoints {
		out = append(out, all(n.Endpoints[i].Tables)...)
	}
	return out
}

func (n *Network) subnetRefs() (out []*int) {
	for i := range n.NATs {
		out = append(out, &n.NATs[i].Subnet)
	}
	for i := range n.Endpoints {
		out = append(out, all(n.Endpoints[i].Subnets)...)
	}
	for i := range n.Workloads {
		out = append(out, all(n.Workloads[i].Subnets)...)
	}
	return out
}

func (n *Network) groupRefs() (out []*int) {
	for i := range n.VPCs {
		out = append(out, &n.VPCs[i].Group)
	}
	for i := range n.Groups {
		for _, rules := range [][]Rule{n.Groups[i].Ingress, n.Groups[i].Egress} {
			for r := range rules {
				if !rules[r].Peer.IsValid() {
					out = append(out, &rules[r].Group)
				}
			}
		}
	}
	for i := range n.Endpoints {
		out = append(out, all(n.Endpoints[i].Groups)...)
	}
	for i := range n.Workloads {
		out = append(out, all(n.Workloads[i].Groups)...)
	}
	return out
}
