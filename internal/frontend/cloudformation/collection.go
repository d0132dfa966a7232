package cloudformation

import (
	"fmt"
	"math/big"
	"net/netip"
	"strconv"

	"github.com/vpclint/vpclint/internal/doctree"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/value"
)

// selectItem evaluates Fn::Select.
func (t *template) selectItem(arg *doctree.Node, at source.Span, in scope) value.Value {
	args := arguments(arg, 2, 2)
	if args == nil {
		return misused("Fn::Select", at, t.eval(arg, in))
	}
	list := t.eval(args[1], in)
	return t.product(in, at, []value.Value{t.eval(args[0], in)}, func(vs []value.Value) value.Value {
		index, known := vs[0].AsInt()
		switch {
		case !known && vs[0].Reason() != "":
			return value.OfOpaque(vs[0].Reason(), refs(vs[0], list)...).From(at)
		case !known || index < 0:
			return misused("Fn::Select", at, list)
		case isOwnZones(args[1]):
			// The zones of a region are distinct, and none has no name.
			return value.OfSymbol(value.Ref{Addr: deployment, Attr: fmt.Sprintf("AvailabilityZones[%d]", index)}).From(at)
		}
		return t.elements(list, at, in, func(elems []value.Value) value.Value {
			if len(elems) < items(args[1]) {
				// Whether AWS::NoValue moves the elements after it up is not documented.
				return value.OfOpaque("it is selected from a list with AWS::NoValue", refs(elems...)...).From(at)
			}
			if index >= len(elems) {
				return value.OfOpaque(fmt.Sprintf("the list has no element %d", index), refs(elems...)...).From(at)
			}
			return elems[index]
		})
	})
}

// items returns the number of elements of a list that is written out.
func items(n *doctree.Node) int {
	if _, _, ok := intrinsic(n); ok {
		return 0
	}
	return len(n.Items)
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
			return value.OfOpaque(keys[0].Reason(), refs(keys...)...).From(at)
		}
		rows := t.member(t.mappings, name)
		if rows == nil || rows.Kind != doctree.Mapping {
			return otherwise(fallback, fmt.Sprintf("the template has no mapping %s", name), keys, at)
		}
		return t.lookUp(name, rows, keys, fallback, at)
	})
}

// lookUp finds the value of two keys in a mapping.
func (t *template) lookUp(name string, rows *doctree.Node, keys []value.Value, fallback *value.Value, at source.Span) value.Value {
	row, rowKnown := keys[1].AsString()
	column, columnKnown := keys[2].AsString()
	if rowKnown && columnKnown {
		n := t.member(t.member(rows, row), column)
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
	if t.spend(len(rows.Pairs)); columnKnown && fallback == nil && len(rows.Pairs) > 0 && !t.spent() {
		first := t.member(rows.Pairs[0].Value, column)
		agree := first != nil && first.Kind != doctree.Mapping && first.Kind != doctree.Sequence
		for _, p := range rows.Pairs {
			n := t.member(p.Value, column)
			agree = agree && n != nil && n.Kind == first.Kind && n.Text == first.Text
		}
		if agree {
			return t.cell(name, "*", column, first, at)
		}
	}
	return value.OfOpaque(reason, refs(keys...)...).From(at)
}

// cell returns a value of a mapping. It holds no functions.
func (t *template) cell(name, row, column string, n *doctree.Node, at source.Span) value.Value {
	note := fmt.Sprintf("%s.%s.%s in Mappings", name, row, column)
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
		note = fmt.Sprintf("%s.%s.%s in Mappings is %s", name, row, column, strconv.Quote(text))
	}
	return v.Noted(note).Use(at)
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
	return t.elements(t.eval(arg, in), at, in, func(elems []value.Value) value.Value {
		return value.OfInt(len(elems)).From(at)
	})
}

// maxBlocks is how many address blocks Fn::Cidr can make.
const maxBlocks = 256

// cidr evaluates Fn::Cidr: so many blocks of so many host bits from the start of a block.
func (t *template) cidr(arg *doctree.Node, at source.Span, in scope) value.Value {
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
		if !known || count < 1 || count > maxBlocks {
			return misused("Fn::Cidr", at, vs...)
		}
		if t.spend(count * elementCost); t.spent() {
			return value.OfOpaque("the list is too long", refs(vs...)...).From(at)
		}
		blocks := make([]value.Value, count)
		for i := range blocks {
			blocks[i] = value.OfOpaque("the address block is known only after deployment", refs(vs...)...).From(at)
			if len(vs) < 3 {
				continue
			}
			bits, bitsKnown := vs[2].AsInt()
			if text, ok := block(vs[0].Literal(), i, bits); ok && bitsKnown {
				blocks[i] = value.OfString(text).WithOrigin(vs[0].Origin()).Use(at)
			}
		}
		return value.OfList(blocks, false).From(at)
	})
}

// block returns the nth block with so many host bits within a CIDR block.
func block(within string, n, hostBits int) (string, bool) {
	// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-cidr.html
	p, err := netip.ParsePrefix(within)
	if err != nil || hostBits < 1 || p.Addr().BitLen()-hostBits < p.Bits() {
		return "", false
	}
	at := new(big.Int).SetBytes(p.Masked().Addr().AsSlice())
	at.Add(at, new(big.Int).Lsh(big.NewInt(int64(n)), uint(hostBits)))
	if at.BitLen() > p.Addr().BitLen() {
		return "", false
	}
	addr, ok := netip.AddrFromSlice(at.FillBytes(make([]byte, p.Addr().BitLen()/8)))
	if !ok || !p.Contains(addr) {
		return "", false
	}
	return netip.PrefixFrom(addr, addr.BitLen()-hostBits).String(), true
}
