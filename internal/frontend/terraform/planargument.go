package terraform

import (
	"strings"

	"github.com/vpclint/vpclint/internal/doctree"
	"github.com/vpclint/vpclint/internal/value"
)

// An argument is how a part of a resource is configured, as far as a plan tells: constants, and the names that an
// expression refers to. Dynamic blocks are not in it.
type argument struct {
	node *doctree.Node
	// vague is set where it isn't known which of a list's members the node speaks of.
	vague bool
	// pending is how many parts of a vague argument's value are known only after the apply.
	pending int
}

// member returns how a member of an object is configured.
func (a argument) member(name string) argument {
	switch {
	case a.node.Get("references") != nil || a.node.Get("constant_value") != nil:
		return a // of the whole
	case a.node != nil && a.node.Kind == doctree.Sequence:
		for _, block := range a.node.Items {
			if block.Get(name) != nil {
				return a
			}
		}
		a.node = nil
		return a
	}
	a.node = a.node.Get(name)
	return a
}

// over returns how the elements of a list are configured. Nested blocks stand in the order of the configuration, and where
// they are a set, their values don't; of a list that is written as one attribute, the names are those of all elements.
func (a argument) over(v plannedValue) argument {
	switch {
	case a.node == nil:
	case a.node.Kind == doctree.Sequence:
		a.vague = a.vague || !inOrder(a.node.Items, v.node.Items)
	case a.node.Get("references") != nil:
		if parts := pendingIn(v.unknown); parts > 1 && len(v.node.Items) > 0 && v.node.Items[0].Kind == doctree.Mapping {
			a.vague, a.pending = true, parts
		}
	}
	return a
}

// item returns how an element is configured.
func (a argument) item(i int) argument {
	if !a.vague && a.node != nil && a.node.Kind == doctree.Sequence {
		a.node = itemOf(a.node, i)
	}
	return a
}

// maxOrdered bounds the blocks of which the order is looked at.
const maxOrdered = 100

// inOrder reports whether each value is certainly that of the block of its index: their constants tell them apart.
func inOrder(blocks, values []*doctree.Node) bool {
	if len(blocks) != len(values) || len(blocks) > maxOrdered {
		return false
	}
	for i, b := range blocks {
		for j, v := range values {
			if mayBe(b, v) != (i == j) {
				return false
			}
		}
	}
	return true
}

// mayBe reports whether a value can be what a block's constants make.
func mayBe(block, v *doctree.Node) bool {
	for _, pair := range pairsOf(block) {
		c, got := pair.Value.Get("constant_value"), v.Get(pair.Key.Text)
		if c != nil && got != nil && len(c.Items)+len(c.Pairs)+len(got.Items)+len(got.Pairs) == 0 && c.Text != got.Text {
			return false
		}
	}
	return true
}

// pendingIn counts the parts of a value that are known only after the apply.
func pendingIn(unknown *doctree.Node) int {
	if unknown == nil {
		return 0
	}
	n := 0
	if marked(unknown) {
		n++
	}
	for _, item := range unknown.Items {
		n += pendingIn(item)
	}
	for _, pair := range unknown.Pairs {
		n += pendingIn(pair.Value)
	}
	return n
}

// fitting returns the only resource among refs of the kind whose id an argument takes, by its name: nat_gateway_id takes
// that of an aws_nat_gateway.
func fitting(refs []value.Ref, name string) (value.Ref, bool) {
	var found []value.Ref
	for _, ref := range refs {
		steps := stepsOf(ref.Addr.Name)
		if len(steps) < 2 {
			continue
		}
		typ := strings.TrimPrefix(strings.TrimPrefix(steps[len(steps)-2], "aws_"), "ec2_")
		if typ+"_id" == name || name == "gateway_id" && (typ == "internet_gateway" || typ == "vpn_gateway") ||
			name == "egress_only_gateway_id" && typ == "egress_only_internet_gateway" {
			found = append(found, ref)
		}
	}
	if len(found) != 1 {
		return value.Ref{}, false
	}
	return found[0], true
}
