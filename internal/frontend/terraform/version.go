package terraform

import (
	"cmp"
	"strconv"
	"strings"
)

// A version is that of a module: https://semver.org, without what follows its numbers.
type version [3]int

func (v version) compare(w version) int {
	return cmp.Or(cmp.Compare(v[0], w[0]), cmp.Compare(v[1], w[1]), cmp.Compare(v[2], w[2]))
}

// next is the version right after v.
func (v version) next() version { return version{v[0], v[1], v[2] + 1} }

// parseVersion reads a version of which the last numbers may be left out, and returns how many there are.
func parseVersion(text string) (v version, given int, ok bool) {
	text = strings.TrimPrefix(strings.TrimSpace(text), "v")
	parts := strings.Split(text, ".")
	if len(parts) > len(v) {
		return v, 0, false
	}
	for i, p := range parts {
		n, err := strconv.ParseUint(p, 10, 31)
		if err != nil {
			return v, 0, false
		}
		v[i] = int(n)
	}
	return v, len(parts), true
}

// A constraint admits some versions: those from one on that are below another, but for one that it excludes.
type constraint struct {
	from, below version
	bounded     bool
	excluded    version
	excludes    bool
}

// maxConstraints bounds the constraints of one call, each of which is held against the others; people write two or three.
const maxConstraints = 100

// parseConstraints reads a module's version argument:
// https://developer.hashicorp.com/terraform/language/expressions/version-constraints
func parseConstraints(text string) ([]constraint, bool) {
	if strings.Count(text, ",") >= maxConstraints {
		return nil, false
	}
	var out []constraint
	for one := range strings.SplitSeq(text, ",") {
		one = strings.TrimSpace(one)
		op := one[:len(one)-len(strings.TrimLeft(one, "=!<>~"))]
		v, given, ok := parseVersion(one[len(op):])
		if !ok {
			return nil, false
		}
		c := constraint{from: v}
		switch op {
		case "", "=":
			c.below, c.bounded = v.next(), true
		case "!=":
			c = constraint{excluded: v, excludes: true}
		case ">":
			c.from = v.next()
		case ">=":
		case "<":
			c = constraint{below: v, bounded: true}
		case "<=":
			c = constraint{below: v.next(), bounded: true}
		case "~>":
			// The last number that is given may grow. With one number alone nothing bounds it.
			if given > 1 {
				c.below, c.bounded = v, true
				c.below[given-2]++
				clear(c.below[given-1:])
			}
		default:
			return nil, false
		}
		out = append(out, c)
	}
	return out, true
}

func (c constraint) admits(v version) bool {
	return v.compare(c.from) >= 0 && (!c.bounded || v.compare(c.below) < 0) && (!c.excludes || v != c.excluded)
}

// admitSome reports whether constraints admit a version in a range.
func admitSome(cs []constraint, from, below version) bool {
	// The least version of the range that all admit is its beginning, or where a constraint begins to admit.
	least := []version{from}
	for _, c := range cs {
		least = append(least, c.from)
		if c.excludes {
			least = append(least, c.excluded.next())
		}
	}
	for _, v := range least {
		if v.compare(from) < 0 || v.compare(below) >= 0 {
			continue
		}
		admitted := true
		for _, c := range cs {
			admitted = admitted && c.admits(v)
		}
		if admitted {
			return true
		}
	}
	return false
}
