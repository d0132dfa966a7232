package value

import (
	"regexp"
	"slices"
	"strings"
)

// Same reports whether two values are certainly one and the same, whatever that is: equal constants, the same attribute of
// the same resource, or what is read from the same variable or parameter along the same path. Of what is put together or
// computed it says no.
func Same(a, b Value) bool {
	if a.Kind() == KindAbsent || a.Kind() != b.Kind() || a.MayBeMissing() || b.MayBeMissing() {
		return false
	}
	switch a.Kind() {
	case KindScalar:
		return a.Literal() == b.Literal()
	case KindSymbol:
		return a.p.refs[0] == b.p.refs[0]
	case KindOpaque:
		from, to := a.readFrom(), b.readFrom()
		return from != nil && slices.Equal(from, to) && slices.Equal(a.p.refs, b.p.refs) && a.Origin().Root().Span.File == b.Origin().Root().Span.File
	}
	return false
}

// readFrom returns what an unknown value is read from, and the path from there; nil where anything but reading is done to
// it on the way.
func (v Value) readFrom() []string {
	var path []string
	root := v.origin
	for o := v.origin; o != nil; o = o.Via {
		root = o
		if o.Via == nil && o != v.origin {
			break // the variable itself
		}
		text := strings.TrimSpace(o.Span.Text())
		if !readPattern.MatchString(text) || strings.Contains(text, "each.") {
			return nil
		}
		if _, below, ok := strings.Cut(namePattern.ReplaceAllString(text, " "), " "); ok && below != "" {
			path = append(path, below)
		}
	}
	if root == nil {
		return nil
	}
	if root == v.origin {
		return []string{root.Span.Text()}
	}
	slices.Reverse(path)
	return append([]string{root.Span.Text()}, path...)
}

// readPattern is what reads a value and does nothing to it, in Terraform and in CloudFormation. An index that isn't
// constant may be another one each time.
var readPattern = regexp.MustCompile(`^(?:[A-Za-z_][\w-]*(?:\.[\w-]+|\[\d+\]|\["[\w-]+"\])*|!Ref [\w:]+|Ref: [\w:]+|\{ ?"?Ref"?: ?"?[\w:]+"? ?\})$`)

// namePattern is the name of a variable or local value, without the path below it.
var namePattern = regexp.MustCompile(`^(?:var|local)\.[\w-]+`)
