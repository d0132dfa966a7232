package cloudformation

import (
	"cmp"
	"fmt"
	"math/big"
	"net/netip"
	"slices"
	"strconv"
	"strings"

	"github.com/vpclint/vpclint/internal/doctree"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// selectItem evaluates Fn::Select.
func (t *template) selectItem(arg *doctree.Node, at source.Span, in scope) value.Value {
	args := arguments(arg, 2, 2)
	if args == nil {
		return misused("Fn::Select", at, t.eval(arg, in))
	}
	list := t.selectable(args[1], args[0], in)
	return t.product(in, at, []value.Value{t.eval(args[0], in)}, func(vs []value.Value) value.Value {
		index, known := vs[0].AsInt()
		switch {
		case !known && vs[0].Reason() != "":
			return anyOf(list, vs[0].Reason(), vs[0].Refs()).From(at)
		case !known || index < 0:
			return misused("Fn::Select", at, list)
		case isOwnZones(args[1]):
			// The zones of a region are distinct, and none has no name.
			zone := value.Ref{Addr: t.deployment(""), Attr: "AvailabilityZones[" + strconv.Itoa(index) + "]"}
			return value.SymbolAt(zone, at).AsWord()
		}
		return t.product(in, at, []value.Value{list}, func(vs []value.Value) value.Value {
			list := vs[0]
			if list.Kind() == value.KindOpaque && t.holdsIDs(args[1]) {
				return value.OfOpaque(list.Reason(), list.Refs()...).AsWord().From(at)
			}
			if list.Kind() != value.KindList || list.Encoded() || list.MayBeMissing() {
				return value.OfOpaque(cmp.Or(list.Reason(), "it is selected from what is no list"), list.Refs()...).From(at)
			}
			return t.product(in, at, list.Elems()[:min(index+1, len(list.Leading()))], func(elems []value.Value) value.Value {
				return item(list, elems, index, at)
			})
		})
	})
}

// selectable returns the list that Fn::Select takes an element from. Where AWS::NoValue stands in one that is written out
// an absent element does: whether it moves those after it up is not documented.
func (t *template) selectable(n, index *doctree.Node, in scope) value.Value {
	name, arg, ok := intrinsic(n)
	switch {
	case ok && name == "Fn::Cidr" && index.Tag == "" && index.Kind == doctree.Number:
		if only, known := scalar(index).AsInt(); known { // networks select a block each of the same many
			return t.cidr(arg, place(n), in, func(i int) bool { return i == only })
		}
		return t.eval(n, in)
	case ok || n.Kind != doctree.Sequence:
		return t.eval(n, in)
	}
	elems := make([]value.Value, len(n.Items))
	for i, node := range n.Items {
		elems[i] = t.eval(node, in.under(source.Span{}))
	}
	return value.OfList(elems, false).From(n.Span)
}

// holdsIDs reports whether a node is a reference to a parameter that is a list of ids.
func (t *template) holdsIDs(n *doctree.Node) bool {
	name, arg, ok := intrinsic(n)
	if !ok || name != "Ref" || t.parameters[arg.Text] == nil {
		return false
	}
	of, isList := strings.CutPrefix(t.parameters[arg.Text].typ, "List<")
	return isList && holdsWord(strings.TrimSuffix(of, ">"))
}

// item returns the element of a list at an index, of which elems are the first ones.
func item(list value.Value, elems []value.Value, index int, at source.Span) value.Value {
	for _, e := range elems {
		switch {
		case e.MayBeMissing():
			return value.OfOpaque(reasonOf([]value.Value{e}), list.Refs()...).From(at)
		case e.Kind() == value.KindAbsent:
			return value.OfOpaque("it is selected from a list with AWS::NoValue", list.Refs()...).From(at)
		}
	}
	switch {
	case index < len(elems):
		return elems[index]
	case list.Open():
		return value.OfOpaque(list.Reason(), list.Refs()...).From(at)
	}
	return value.OfOpaque(fmt.Sprintf("the list has no element %d", index), list.Refs()...).From(at)
}

// anyOf returns one of the elements of a list, whichever it is: it is there where each of them is, and none is empty.
func anyOf(list value.Value, reason string, more []value.Ref) value.Value {
	all := append(list.Refs(), more...)
	present := list.Kind() == value.KindList && !list.Open() && !list.Encoded()
	for _, e := range list.Elems() {
		present = present && e.NonEmpty().Known() == tri.True
	}
	if present {
		return value.OfPresent(reason, all...)
	}
	return value.OfOpaque(reason, all...)
}

// isOwnZones reports whether a node is Fn::GetAZs of the region of the deployment.
func isOwnZones(n *doctree.Node) bool {
	name, arg, ok := intrinsic(n)
	if !ok || name != "Fn::GetAZs" {
		return false
	}
	if ref, region, ok := intrinsic(arg); ok {
		return ref == "Ref" && region.Text == "AWS::Region"
	}
	return arg.Text == "" && (arg.Kind == doctree.String || arg.Kind == doctree.Null)
}

// findInMap evaluates Fn::FindInMap. A key that only a deployment knows leads to a known value where all rows agree.
func (t *template) findInMap(arg *doctree.Node, at source.Span, in scope) value.Value {
	args := arguments(arg, 3, 4)
	if args == nil {
		return misused("Fn::FindInMap", at, t.eval(arg, in))
	}
	keys := []value.Value{t.eval(args[0], in), t.eval(args[1], in), t.eval(args[2], in)}
	var fallback *value.Value
	if len(args) == 4 {
		n := args[3].Get("DefaultValue")
		if n == nil {
			return misused("Fn::FindInMap", at, keys...)
		}
		v := t.eval(n, in)
		fallback = &v
	}
	return t.product(in, at, keys, func(keys []value.Value) value.Value {
		name, known := keys[0].AsString()
		if !known {
			return orFallback(value.OfOpaque(keys[0].Reason(), refs(keys...)...).From(at), fallback)
		}
		rows := t.member(t.mappings, name)
		if reason := unfinished(t.mappings, rows); reason != "" && fallback != nil {
			return value.OfOpaque(reason, refs(keys...)...).From(at)
		}
		if rows == nil || rows.Kind != doctree.Mapping {
			return otherwise(fallback, fmt.Sprintf("the template has no mapping %s", name), keys, at)
		}
		return t.lookUp(name, rows, keys, fallback, at)
	})
}

// unfinished says why mappings may hold more than is written in them: a macro, or a file that isn't in the tree, adds to one.
func unfinished(mappings ...*doctree.Node) string {
	for _, n := range mappings {
		if p := n.Pair("Fn::Transform"); p != nil {
			return added(*p)
		}
	}
	return ""
}

// lookUp finds the value of two keys in a mapping.
func (t *template) lookUp(name string, rows *doctree.Node, keys []value.Value, fallback *value.Value, at source.Span) value.Value {
	row, rowKnown := keys[1].AsString()
	column, columnKnown := keys[2].AsString()
	if rowKnown && columnKnown {
		cells := t.member(rows, row)
		n := t.member(cells, column)
		if reason := unfinished(cells); n == nil && reason != "" && fallback != nil {
			return value.OfOpaque(reason, refs(keys...)...).From(at)
		}
		if n == nil {
			return otherwise(fallback, fmt.Sprintf("the mapping %s has no %s.%s", name, row, column), keys, at)
		}
		return t.cell(name, row, column, n, at)
	}
	// A key that is in no row fails the deployment, so where all rows agree the value is theirs.
	for _, key := range keys {
		if key.Kind() == value.KindAbsent || key.Kind() == value.KindList || key.Kind() == value.KindObject {
			return misused("Fn::FindInMap", at, keys...)
		}
	}
	reason := keys[1].Reason()
	if rowKnown {
		reason = keys[2].Reason()
	}
	if columnKnown && fallback == nil && len(rows.Pairs) > 0 {
		first := t.member(rows.Pairs[0].Value, column)
		agree := first != nil
		if agree {
			t.spend(len(rows.Pairs) * (1 + len(first.Items)))
		}
		agree = agree && !t.spent()
		for _, p := range rows.Pairs {
			agree = agree && sameCell(first, t.member(p.Value, column))
		}
		if agree {
			return t.cell(name, "*", column, first, at)
		}
	}
	return orFallback(value.OfOpaque(reason, refs(keys...)...).From(at), fallback)
}

// orFallback returns an unknown value of a mapping, which may be nothing where the default may.
func orFallback(found value.Value, fallback *value.Value) value.Value {
	if fallback != nil && fallback.Set().Known() != tri.True {
		return found.Maybe()
	}
	return found
}

// sameCell reports whether two values of a mapping are the same.
func sameCell(a, b *doctree.Node) bool {
	if b == nil || a.Kind != b.Kind || a.Kind == doctree.Mapping || a.Text != b.Text || a.Plain != b.Plain || a.Tag != b.Tag {
		return false
	}
	return slices.EqualFunc(a.Items, b.Items, func(x, y *doctree.Node) bool { return x.Kind != doctree.Sequence && sameCell(x, y) })
}

// cell returns a value of a mapping. It holds no functions.
func (t *template) cell(name, row, column string, n *doctree.Node, at source.Span) value.Value {
	note := name + "." + row + "." + column + " in Mappings"
	if n.Kind == doctree.Sequence {
		elems := make([]value.Value, 0, len(n.Items))
		for _, item := range n.Items {
			if item.Kind == doctree.Mapping || item.Kind == doctree.Sequence || item.Kind == doctree.Invalid || item.Tag != "" {
				return misused("Fn::FindInMap", at)
			}
			elems = append(elems, scalar(item).Noted(note))
		}
		return t.use(value.OfList(elems, false).From(n.Span).Noted(note), at)
	}
	if n.Kind == doctree.Mapping || n.Kind == doctree.Invalid || n.Tag != "" {
		return misused("Fn::FindInMap", at)
	}
	v := scalar(n)
	if text, known := v.AsString(); known {
		note += " is " + strconv.Quote(text)
	}
	return t.origins.Use(v.Noted(note), at)
}

// otherwise returns the default of Fn::FindInMap, or says what is missing.
func otherwise(fallback *value.Value, reason string, keys []value.Value, at source.Span) value.Value {
	if fallback != nil {
		return *fallback
	}
	return value.OfOpaque(reason, refs(keys...)...).From(at)
}

// length evaluates Fn::Length.
func (t *template) length(arg *doctree.Node, at source.Span, in scope) value.Value {
	return t.elements(t.eval(arg, in), at, in, func(list value.Value) value.Value {
		if list.Open() {
			return value.OfPresent(list.Reason(), list.Refs()...).From(at)
		}
		for _, e := range list.Elems() {
			if e.MayBeMissing() {
				return value.OfPresent(reasonOf([]value.Value{e}), list.Refs()...).From(at)
			}
		}
		return value.OfInt(len(list.Elems())).From(at)
	})
}

// maxBlocks is how many address blocks Fn::Cidr can make.
const maxBlocks = 256

// cidr evaluates Fn::Cidr: so many blocks of so many host bits from the start of a block. Of the blocks that nobody wants
// nothing is said.
func (t *template) cidr(arg *doctree.Node, at source.Span, in scope, wanted func(i int) bool) value.Value {
	args := arguments(arg, 2, 3)
	if args == nil {
		return misused("Fn::Cidr", at, t.eval(arg, in))
	}
	vs := make([]value.Value, len(args))
	for i, n := range args {
		vs[i] = t.eval(n, in)
	}
	return t.product(in, at, vs, func(vs []value.Value) value.Value {
		count, known := vs[1].AsInt()
		if !known && vs[1].Reason() != "" {
			return value.OfOpenList(nil, vs[1].Reason(), refs(vs...)...).From(at)
		}
		if !known || count < 1 || count > maxBlocks {
			return misused("Fn::Cidr", at, vs...)
		}
		if t.spend(count * elementCost); t.spent() {
			return value.OfOpaque("the list is too long", refs(vs...)...).From(at)
		}
		var cut []netip.Prefix
		if len(vs) == 3 {
			bits, _ := vs[2].AsInt()
			cut = blocksWithin(vs[0].Literal(), count, bits)
		}
		unknown := value.OfOpaque("the address block is known only after deployment", refs(vs...)...).AsWord().From(at)
		blocks := make([]value.Value, count)
		for i := range blocks {
			blocks[i] = unknown
			if i < len(cut) && wanted(i) {
				blocks[i] = value.OfString(cut[i].String()).WithOrigin(vs[0].Origin()).Use(at)
			}
		}
		return value.OfList(blocks, false).From(at)
	})
}

// blocksWithin returns so many blocks of so many host bits from the start of a CIDR block, or as many as there are:
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-cidr.html
func blocksWithin(within string, count, hostBits int) []netip.Prefix {
	p, err := netip.ParsePrefix(within)
	if err != nil || hostBits < 1 || p.Addr().BitLen()-hostBits < p.Bits() {
		return nil
	}
	length := p.Addr().BitLen()
	at, step := new(big.Int).SetBytes(p.Masked().Addr().AsSlice()), new(big.Int).Lsh(big.NewInt(1), uint(hostBits))
	blocks, bytes := make([]netip.Prefix, 0, count), make([]byte, length/8)
	for len(blocks) < count && at.BitLen() <= length {
		addr, ok := netip.AddrFromSlice(at.FillBytes(bytes))
		if !ok || !p.Contains(addr) {
			break
		}
		blocks = append(blocks, netip.PrefixFrom(addr, length-hostBits))
		at.Add(at, step)
	}
	return blocks
}
