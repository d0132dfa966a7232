package networktest

import "fmt"

// A Verdict is what a rule says of a subject.
type Verdict struct{ Rule, Subject string }

// An expectation is what follows from the walk.
type expectation struct {
	n    *Network
	fail map[Verdict]bool
	// told is set where the network is told by facts, so that what is wrong with it is said of the first workload.
	told bool
}

func name(kind string, i int) string { return fmt.Sprintf("%s%d", kind, i) }

func (n *Network) expect(told bool) map[Verdict]bool {
	e := &expectation{n: n, fail: map[Verdict]bool{}, told: told}
	e.publicSubnet()
	return e.fail
}

func (e *expectation) workload(rule string, w int) { e.fail[Verdict{rule, name("w", w)}] = true }

// traffic reports whether a workload's traffic goes through its subnets.
func (w Workload) traffic() bool {
	return (w.Kind != Notebook || !w.Direct) && (w.Kind != Domain || w.VPCOnly)
}

func (e *expectation) publicSubnet() {
	for i, w := range e.n.Workloads {
		for _, s := range w.Subnets {
			if e.n.public(s) && (w.Kind != Domain || w.VPCOnly) {
				e.workload("public-subnet", i)
			}
		}
	}
	for i, ep := range e.n.Endpoints {
		first := -1
		for w := len(e.n.Workloads) - 1; w >= 0; w-- {
			for _, s := range e.n.Workloads[w].Subnets {
				if e.n.Subnets[s].VPC == ep.VPC {
					first = w
				}
			}
		}
		for _, s := range ep.Subnets {
			switch {
			case first < 0 || !e.n.public(s):
			case e.told:
				e.workload("public-subnet", first)
			default:
				e.fail[Verdict{"public-subnet", name("e", i)}] = true
			}
		}
	}
}
