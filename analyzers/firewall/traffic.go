package firewall

import (
	"cmp"
	"slices"
	"strings"

	"github.com/vpclint/vpclint/internal/model"
	"github.com/vpclint/vpclint/internal/value"
)

// Traffic is a protocol, by its name or number, or "-1" for every one, and the ports From..To, both included. Every protocol
// has every port.
type Traffic struct {
	Protocol string
	From, To int
}

// What rules and endpoints ask for.
var (
	// HTTPS is what AWS's services listen to.
	HTTPS = Traffic{Protocol: "tcp", From: 443, To: 443}
	// Everything is all traffic.
	Everything = Traffic{Protocol: everyProtocol, To: maxPort}
)

// everyProtocol is EC2's number for all of them. AWS: API_IpPermission, IpProtocol.
const everyProtocol = "-1"

const maxPort = 65535

// protocols are the numbers of the protocols that have names. AWS: API_IpPermission, IpProtocol. Terraform's aws provider
// takes "all", too.
var protocols = map[string]string{
	"6": "tcp", "17": "udp", "1": "icmp", "58": "icmpv6", "all": everyProtocol,
}

// protocol returns one name for each protocol.
func protocol(text string) string {
	text = strings.ToLower(strings.TrimSpace(text))
	return cmp.Or(protocols[text], text)
}

// ports are ports of one protocol, both included.
type ports struct{ from, to int }

// A match is a part of some traffic that a rule is about.
type match struct {
	ports
	holds value.Truth
}

// matches returns the parts of t that a rule is about, and in which worlds.
func matches(rule model.Traffic, t Traffic) []match {
	all := ports{t.From, t.To}
	if protocol(t.Protocol) == everyProtocol {
		all = ports{0, maxPort}
	}
	var out []match
	for _, arm := range rule.IPProtocol.Arms() {
		text, known := arm.Value.AsString()
		switch name := protocol(text); {
		case !known:
			out = append(out, match{all, open(arm.Value, "it names no protocol").Within(arm.When)})
		case name == everyProtocol:
			out = append(out, match{all, value.Yes().Within(arm.When)})
		case name != protocol(t.Protocol):
		case name == "tcp" || name == "udp":
			out = append(out, inPorts(rule, all, arm.When)...)
		default:
			// Of protocols without ports a rule lets through all. AWS: API_IpPermission, IpProtocol.
			out = append(out, match{all, value.Yes().Within(arm.When)})
		}
	}
	return out
}

// inPorts returns the parts of a range of ports that a rule is about.
func inPorts(rule model.Traffic, all ports, when value.World) []match {
	var out []match
	for _, from := range rule.FromPort.Arms() {
		for _, to := range rule.ToPort.Arms() {
			w, possible := from.When.And(to.When)
			if possible {
				w, possible = w.And(when)
			}
			if !possible {
				continue
			}
			lowest, fromKnown := from.Value.AsInt()
			highest, toKnown := to.Value.AsInt()
			switch {
			case !fromKnown:
				out = append(out, match{all, open(from.Value, "it names no ports").Within(w)})
			case !toKnown:
				out = append(out, match{all, open(to.Value, "it names no ports").Within(w)})
			case lowest <= all.to && highest >= all.from && lowest <= highest:
				out = append(out, match{ports{max(lowest, all.from), min(highest, all.to)}, value.Yes().Within(w)})
			}
		}
	}
	return out
}

// open is unknown because v is.
func open(v value.Value, otherwise string) value.Truth {
	return value.Unknowable(cmp.Or(v.Reason(), otherwise), v.Origin())
}

// A ranger is about some ports.
type ranger interface{ about() ports }

func (p ports) about() ports { return p }

// split divides the ports of t so that each rule is about all of a part or about none of it.
func split[T ranger](rules []T, t Traffic) []ports {
	all := ports{t.From, t.To}
	if protocol(t.Protocol) == everyProtocol {
		all = ports{0, maxPort}
	}
	starts := []int{all.from}
	for i := range rules {
		r := rules[i].about()
		if r.from > all.from {
			starts = append(starts, r.from)
		}
		if r.to < all.to {
			starts = append(starts, r.to+1)
		}
	}
	slices.Sort(starts)
	starts = slices.Compact(starts)
	out := make([]ports, len(starts))
	for i, from := range starts {
		to := all.to
		if i+1 < len(starts) {
			to = starts[i+1] - 1
		}
		out[i] = ports{from, to}
	}
	return out
}
