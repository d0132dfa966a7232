package iamtest

import (
	"bytes"
	"encoding/base64"
	"math/big"
	"net/netip"
	"regexp"
	"slices"
	"strings"
	"time"
)

// An operator is a condition operator in its parts.
type operator struct {
	// set is "forallvalues", "foranyvalue" or nothing.
	set string
	// name is in lower case and without Not and IfExists: "stringlike".
	name             string
	negated, ifExist bool
}

// compared are the ways in which a policy's value is compared with a request's. IAM: "Condition operators".
var compared = map[string]func(pattern []letter, text string) answer{
	"stringequals":             func(p []letter, text string) answer { return of(plain(p) == text) },
	"stringequalsignorecase":   func(p []letter, text string) answer { return of(strings.EqualFold(plain(p), text)) },
	"stringlike":               func(p []letter, text string) answer { return of(glob(p, text)) },
	"arnequals":                arnLike,
	"arnlike":                  arnLike,
	"bool":                     boolean,
	"binaryequals":             binary,
	"ipaddress":                address,
	"numericequals":            number(func(c int) bool { return c == 0 }),
	"numericlessthan":          number(func(c int) bool { return c < 0 }),
	"numericlessthanequals":    number(func(c int) bool { return c <= 0 }),
	"numericgreaterthan":       number(func(c int) bool { return c > 0 }),
	"numericgreaterthanequals": number(func(c int) bool { return c >= 0 }),
	"dateequals":               date(func(c int) bool { return c == 0 }),
	"datelessthan":             date(func(c int) bool { return c < 0 }),
	"datelessthanequals":       date(func(c int) bool { return c <= 0 }),
	"dategreaterthan":          date(func(c int) bool { return c > 0 }),
	"dategreaterthanequals":    date(func(c int) bool { return c >= 0 }),
}

// negations are the operators that negate another.
var negations = map[string]string{
	"stringnotequals":           "stringequals",
	"stringnotequalsignorecase": "stringequalsignorecase",
	"stringnotlike":             "stringlike",
	"arnnotequals":              "arnequals",
	"arnnotlike":                "arnlike",
	"notipaddress":              "ipaddress",
	"numericnotequals":          "numericequals",
	"datenotequals":             "dateequals",
}

// parse reads an operator. That its letters' case doesn't matter isn't in the guide; IAM takes it, and so do its readers.
func parse(text string) (o operator, ok bool) {
	text = strings.ToLower(text)
	for _, set := range []string{"forallvalues", "foranyvalue"} {
		if rest, found := strings.CutPrefix(text, set+":"); found {
			o.set, text = set, rest
		}
	}
	if text == "null" {
		o.name = text
		return o, true
	}
	text, o.ifExist = strings.CutSuffix(text, "ifexists")
	if of, found := negations[text]; found {
		text, o.negated = of, true
	}
	o.name = text
	return o, compared[text] != nil
}

// met says whether a request meets a condition.
func (c condition) met(r request, variables bool) answer {
	have, present := r.keys[c.key]
	if c.operator.name == "null" {
		return c.null(len(have) == 0)
	}
	switch {
	case c.operator.set == "forallvalues":
		// "It also returns true if there are no keys in the request, or if the key values resolve to a null data set."
		result := yes
		for _, value := range have {
			result = result.and(c.matches(value, r, variables))
		}
		return result
	case c.operator.set == "foranyvalue" && len(have) == 0 && c.operator.ifExist:
		// "Evaluate the condition element as true", one page says, and another "for no matching key or a null dataset, the
		// condition returns false".
		return open
	case c.operator.set == "foranyvalue":
		result := no
		for _, value := range have {
			result = result.or(c.matches(value, r, variables))
		}
		return result
	case !present:
		// "The values do not match and the condition is false. If the policy condition requires that the key is not matched,
		// and the right key is not present, the condition is true."
		return of(c.operator.negated || c.operator.ifExist)
	case len(have) != 1:
		// "Multivalued context keys require a condition set operator."
		return open
	}
	return c.matches(have[0], r, variables)
}

// null decides the operator Null: "either true (the key doesn't exist - it is null) or false (the key exists and its value
// is not null)".
func (c condition) null(absent bool) answer {
	if c.operator.set != "" {
		return open
	}
	result := no
	for _, v := range c.values {
		switch strings.ToLower(v) {
		case "true":
			result = result.or(of(absent))
		case "false":
			result = result.or(of(!absent))
		}
	}
	return result
}

// matches says whether one value of a request is one of those that a condition names or, where it negates, is none of them.
func (c condition) matches(value string, r request, variables bool) answer {
	result := no
	for _, v := range c.values {
		// Variables go in string and ARN comparisons.
		takes := strings.HasPrefix(c.operator.name, "string") || strings.HasPrefix(c.operator.name, "arn")
		pattern, known := substitute(v, r, variables && takes)
		if !known {
			continue // "the value is effectively null. There is no equal or like value."
		}
		is := compared[c.operator.name](pattern, value)
		if is == open && !c.operator.negated && !strings.HasPrefix(c.operator.name, "arn") {
			is = no // what can't be compared isn't equal, less or more; whether it is unequal is open
		}
		result = result.or(is)
	}
	if c.operator.negated {
		return result.not()
	}
	return result
}

// A letter is one of a pattern: a wildcard, or one that stands for itself.
type letter struct {
	rune
	wild bool
}

// literal reads a pattern without variables.
func literal(text string) (out []letter) {
	for _, r := range text {
		out = append(out, letter{r, r == '*' || r == '?'})
	}
	return out
}

// plain returns a pattern as the text that it is where there are no wildcards.
func plain(p []letter) string {
	var out strings.Builder
	for _, l := range p {
		out.WriteRune(l.rune)
	}
	return out.String()
}

var variable = regexp.MustCompile(`\$\{([^}]*)\}`)

// substitute puts the request's values in the place of variables, and says whether all of them have one. IAM: "Policy
// variables": ${*}, ${?} and ${$} are the letters; a default stands in single quotes after a comma and a space. "You cannot use
// a multivalued context key as a policy variable."
func substitute(text string, r request, variables bool) (out []letter, known bool) {
	if !variables {
		return literal(text), true
	}
	self := func(text string) {
		for _, r := range text {
			out = append(out, letter{r, false})
		}
	}
	at := 0
	for _, m := range variable.FindAllStringSubmatchIndex(text, -1) {
		out = append(out, literal(text[at:m[0]])...)
		at = m[1]
		name := text[m[2]:m[3]]
		if name == "*" || name == "?" || name == "$" {
			self(name)
			continue
		}
		name, otherwise, hasDefault := strings.Cut(name, ", '")
		values := r.keys[strings.ToLower(strings.TrimSpace(name))]
		switch {
		case slices.ContainsFunc(keys, func(k key) bool { return k.several && strings.EqualFold(k.name, name) }):
			return nil, false
		case len(values) == 1:
			self(values[0])
		case len(values) == 0 && hasDefault:
			self(strings.TrimSuffix(otherwise, "'"))
		default:
			return nil, false
		}
	}
	return append(out, literal(text[at:])...), true
}

// glob matches a text with a pattern in which * is any text, and ? any one letter.
func glob(p []letter, text string) bool {
	rest := []rune(text)
	// reach[i] says that what was read of the pattern matches the first i letters.
	reach := make([]bool, len(rest)+1)
	reach[0] = true
	for _, l := range p {
		next := make([]bool, len(reach))
		for i := range reach {
			switch {
			case l.wild && l.rune == '*':
				next[i] = reach[i] || i > 0 && next[i-1]
			case i > 0:
				next[i] = reach[i-1] && (l.wild || l.rune == rest[i-1])
			}
		}
		reach = next
	}
	return reach[len(rest)]
}

// split cuts a pattern at its first colons.
func split(p []letter, n int) (out [][]letter) {
	from := 0
	for i, l := range p {
		if l.rune == ':' && len(out) < n-1 {
			out = append(out, p[from:i])
			from = i + 1
		}
	}
	return append(out, p[from:])
}

// arnLike compares ARNs: "Each of the six colon-delimited components of the ARN is checked separately and each can include
// wildcards." What a pattern of fewer parts does isn't said.
func arnLike(p []letter, text string) answer {
	parts, have := split(p, 6), strings.SplitN(text, ":", 6)
	if len(parts) < 6 || len(have) < 6 {
		return open
	}
	for i := range parts {
		if !glob(parts[i], have[i]) {
			return no
		}
	}
	return yes
}

// boolean compares truth values. Which case they are written in, no page says: every reader takes any.
func boolean(p []letter, text string) answer {
	is := func(text string) bool { return strings.EqualFold(text, "true") || strings.EqualFold(text, "false") }
	if !is(plain(p)) || !is(text) {
		return open
	}
	return of(strings.EqualFold(plain(p), text))
}

// binary compares bytes, of which base64 is written: "byte for byte against a base-64 encoded representation".
func binary(p []letter, text string) answer {
	want, err := base64.StdEncoding.DecodeString(plain(p))
	have, err2 := base64.StdEncoding.DecodeString(text)
	if err != nil || err2 != nil {
		return open
	}
	return of(bytes.Equal(want, have))
}

// address compares IP addresses: "If you specify an IP address without the associated routing prefix, IAM uses the default
// prefix value of /32", which for IPv6 is /128.
func address(p []letter, text string) answer {
	block, err := netip.ParsePrefix(plain(p))
	if err != nil {
		one, err := netip.ParseAddr(plain(p))
		if err != nil {
			return open
		}
		block = netip.PrefixFrom(one, one.BitLen())
	}
	have, err := netip.ParseAddr(text)
	if err != nil {
		return open
	}
	return of(block.Contains(have))
}

// decimal is "an integer or decimal value".
var decimal = regexp.MustCompile(`^[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)$`)

func number(holds func(int) bool) func([]letter, string) answer {
	return func(p []letter, text string) answer {
		if !decimal.MatchString(plain(p)) || !decimal.MatchString(text) {
			return open
		}
		want, _ := new(big.Rat).SetString(plain(p))
		have, _ := new(big.Rat).SetString(text)
		return of(holds(have.Cmp(want)))
	}
}

// A date is "one of the W3C implementations of the ISO 8601 date formats or epoch (UNIX) time". A year alone is both.
var formats = []string{
	"2006-01", "2006-01-02", "2006-01-02T15:04Z07:00", "2006-01-02T15:04:05Z07:00", "2006-01-02T15:04:05.999999999Z07:00",
}

var epoch = regexp.MustCompile(`^[0-9]{5,}$`)

func date(holds func(int) bool) func([]letter, string) answer {
	parse := func(text string) (time.Time, bool) {
		if epoch.MatchString(text) {
			seconds, ok := new(big.Int).SetString(text, 10)
			return time.Unix(seconds.Int64(), 0), ok && seconds.IsInt64()
		}
		for _, format := range formats {
			if at, err := time.Parse(format, text); err == nil {
				return at, true
			}
		}
		return time.Time{}, false
	}
	return func(p []letter, text string) answer {
		want, ok := parse(plain(p))
		have, ok2 := parse(text)
		if !ok || !ok2 {
			return open
		}
		return of(holds(have.Compare(want)))
	}
}
