package terraform

import (
	"strings"

	"github.com/vpclint/vpclint/internal/value"
)

// shaped calls a function of which it is known what the result is made of where not all of that is; false for any other.
func shaped(name string, args []outcome) (outcome, bool) {
	switch name {
	case "replace":
		return replaced(args)
	case "cidrsubnets":
		return subnetsOf(args)
	case "setproduct":
		return productOf(args)
	}
	return outcome{}, false
}

// replaced is replace where what is put in isn't known, while the text around it is; or where that is a document, of which it
// stays known where it is spelt.
func replaced(args []outcome) (outcome, bool) {
	if len(args) != 3 {
		return outcome{}, false
	}
	text, ok := args[0].AsString()
	old, ok2 := args[1].AsString()
	pattern := len(old) > 1 && strings.HasPrefix(old, "/") && strings.HasSuffix(old, "/")
	switch args[2].Kind() {
	case value.KindSymbol, value.KindText, value.KindOpaque:
	case value.KindScalar:
		if s, _ := args[2].Scalar(); !strings.Contains(text, `"`) || s != args[2].Literal() {
			return outcome{}, false
		}
	default:
		return outcome{}, false
	}
	if !ok || !ok2 || old == "" || pattern || whole(args[2].Value) || strings.Count(text, old) > maxCount {
		return outcome{}, false
	}
	var parts []value.Value
	at := 0
	for i, between := range strings.Split(text, old) {
		if i > 0 {
			parts = append(parts, args[2].Value.Certain())
			at += len(old)
		}
		parts = append(parts, args[0].Cut(at, at+len(between)))
		at += len(between)
	}
	return perhaps(value.OfText(parts...)), true
}

// subnetsOf is cidrsubnets of a block that isn't known: as many blocks as it is given lengths.
func subnetsOf(args []outcome) (outcome, bool) {
	if len(args) < 2 || args[0].Kind() == value.KindScalar {
		return outcome{}, false
	}
	for _, a := range args[1:] {
		if _, ok := a.AsInt(); !ok {
			return outcome{}, false
		}
	}
	reason := reasonOf("the block is not known", args[0])
	elems := make([]value.Value, len(args)-1)
	for i := range elems {
		elems[i] = value.OfOpaque(reason, args[0].Refs()...)
	}
	return perhaps(value.OfList(elems, false)), true
}

// productOf is setproduct of lists of which not every element is known. That of sets may have fewer.
func productOf(args []outcome) (outcome, bool) {
	size, whole := 1, true
	for _, a := range args {
		if a.Kind() != value.KindList || a.Unordered() || !exact(a.Value) {
			return outcome{}, false
		}
		size *= len(a.Elems())
		whole = whole && allKnown(a.Elems())
		if size > maxElements {
			return outcome{}, false
		}
	}
	if len(args) < 2 || whole {
		return outcome{}, false
	}
	combined := [][]value.Value{nil}
	for _, a := range args {
		var next [][]value.Value
		for _, head := range combined {
			for _, e := range alike(a.Value) {
				next = append(next, append(head[:len(head):len(head)], continued(e, a.Value)))
			}
		}
		combined = next
	}
	elems := make([]value.Value, len(combined))
	for i, c := range combined {
		elems[i] = value.OfList(c, false)
	}
	return perhaps(value.OfList(elems, false)), true
}
