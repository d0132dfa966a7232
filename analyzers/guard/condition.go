package guard

import (
	"net/netip"
	"strings"

	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// A Condition is one comparison of a statement's: one operator, one key and its values.
type Condition struct {
	Operator Operator
	// Key is the context key as it is written. Keys compare without case.
	Key string
	// KeyOrigin is where the key is written, and by what way the policy came to have it.
	KeyOrigin *value.Origin
	Values    value.Value
	// Holds says in which worlds the statement has it.
	Holds  value.Truth
	naming Naming
}

// An Operator is a condition operator. AWS: IAM user guide, "IAM JSON policy elements: Condition operators".
type Operator struct {
	// Name is the operator without its prefix and suffix, in AWS's spelling: "StringEquals".
	Name string
	// Negated says that it holds where no value matches, and of a key that is absent.
	Negated bool
	// IfExists says that it holds of a key that is absent.
	IfExists bool
	// Set says how it compares keys of several values.
	Set Quantifier
	// compares tells how two values are compared.
	compares comparison
}

// A Quantifier says how an operator compares a key of several values.
type Quantifier uint8

// The quantifiers. Of a key that is absent ForAllValues holds and ForAnyValue doesn't.
const (
	OneValue Quantifier = iota
	ForAllValues
	ForAnyValue
)

// A comparison is how a key's value is compared with a policy's.
type comparison uint8

const (
	unknownComparison comparison = iota
	asText
	asTextWithoutCase
	asPattern
	asARN
	asAddress
	asBoolean
	asNull
	asBytes
	asNumber
	asTime
)

// ordered reports whether it compares numbers, times or bytes.
func (c comparison) ordered() bool { return c >= asBytes }

// operators are AWS's, by their names.
var operators = map[string]struct {
	compares comparison
	negated  bool
}{
	"StringEquals":              {asText, false},
	"StringNotEquals":           {asText, true},
	"StringEqualsIgnoreCase":    {asTextWithoutCase, false},
	"StringNotEqualsIgnoreCase": {asTextWithoutCase, true},
	"StringLike":                {asPattern, false},
	"StringNotLike":             {asPattern, true},
	"ArnEquals":                 {asARN, false},
	"ArnNotEquals":              {asARN, true},
	"ArnLike":                   {asARN, false},
	"ArnNotLike":                {asARN, true},
	"IpAddress":                 {asAddress, false},
	"NotIpAddress":              {asAddress, true},
	"Bool":                      {asBoolean, false},
	"BinaryEquals":              {asBytes, false},
	"NumericEquals":             {asNumber, false},
	"NumericNotEquals":          {asNumber, true},
	"NumericLessThan":           {asNumber, false},
	"NumericLessThanEquals":     {asNumber, false},
	"NumericGreaterThan":        {asNumber, false},
	"NumericGreaterThanEquals":  {asNumber, false},
	"DateEquals":                {asTime, false},
	"DateNotEquals":             {asTime, true},
	"DateLessThan":              {asTime, false},
	"DateLessThanEquals":        {asTime, false},
	"DateGreaterThan":           {asTime, false},
	"DateGreaterThanEquals":     {asTime, false},
	"Null":                      {asNull, false},
}

// ParseOperator reads an operator as policies spell it; false where there is none of the name.
func ParseOperator(text string) (Operator, bool) {
	var o Operator
	if prefix, rest, ok := strings.Cut(text, ":"); ok {
		switch {
		case strings.EqualFold(prefix, "ForAllValues"):
			o.Set = ForAllValues
		case strings.EqualFold(prefix, "ForAnyValue"):
			o.Set = ForAnyValue
		default:
			return Operator{}, false
		}
		text = rest
	}
	const suffix = "IfExists"
	if n := len(text) - len(suffix); n > 0 && strings.EqualFold(text[n:], suffix) {
		o.IfExists, text = true, text[:n]
	}
	for name, of := range operators {
		if strings.EqualFold(name, text) {
			o.Name, o.compares, o.Negated = name, of.compares, of.negated
			return o, true
		}
	}
	return Operator{}, false
}

// conditions reads a Condition element, and says in which worlds that is all of it.
func (r *reader) conditions(v value.Value) ([]Condition, value.Truth) {
	var out []Condition
	complete := inEach(v, nil, func(v value.Value, when value.World) value.Truth {
		if v.Kind() == value.KindAbsent {
			return value.Yes()
		}
		if v.Kind() != value.KindObject {
			return unread(v, "it is no condition")
		}
		all := openly(v)
		for _, f := range v.Fields() {
			operator, ok := ParseOperator(f.Name)
			if !ok {
				all = all.And(value.Unknowable(f.Name+" is no condition operator", f.Value.Origin()))
				continue
			}
			all = all.And(r.compared(operator, continued(f.Value, v), when, &out))
		}
		return all
	})
	return out, complete
}

// compared reads the keys of one operator.
func (r *reader) compared(operator Operator, v value.Value, when value.World, out *[]Condition) value.Truth {
	return inEach(v, when, func(v value.Value, when value.World) value.Truth {
		if v.Kind() == value.KindAbsent {
			return value.Yes()
		}
		if v.Kind() != value.KindObject {
			return unread(v, "it is no condition")
		}
		for _, f := range v.Fields() {
			if f.Value.Kind() == value.KindAbsent {
				continue
			}
			*out = append(*out, Condition{
				Operator: operator, Key: f.Name, KeyOrigin: f.Origin(v), Values: continued(f.Value, v), Holds: there(v, when), naming: r.naming,
			})
		}
		return openly(v)
	})
}

// openly is true of an object that is complete, and unknown of one that may have more.
func openly(v value.Value) value.Truth {
	if v.Open() {
		return unread(v, "")
	}
	return value.Yes()
}

// A Situation is what a request may have for one condition key: nothing, or a value.
type Situation struct {
	kind  situation
	value string
}

type situation uint8

const (
	isAbsent situation = iota
	isValue
	isNamed
)

// Absent is a request without the key.
func Absent() Situation { return Situation{} }

// Exactly is a request with a value of the key.
func Exactly(text string) Situation { return Situation{kind: isValue, value: text} }

// Named is a request with a value that the condition names.
func Named() Situation { return Situation{kind: isNamed} }

// Unnamed are requests with a value of the key that no policy names, in the forms that it may have.
func Unnamed(key string) []Situation {
	var out []Situation
	for _, text := range infoOf(key).strangers {
		out = append(out, Exactly(text))
	}
	return out
}

// Keys says for each condition key in which situations a request may be. None stands for anything that the requester likes.
type Keys func(key string) []Situation

// Admits says in which worlds a request can be made that meets every condition, as far as the keys leave that to it.
func (s *Statement) Admits(keys Keys) value.Truth {
	all := unlessFalse(s.ConditionsComplete)
	for _, group := range s.byKey() {
		situations := keys(group[0].Key)
		free := len(situations) == 0
		some := value.No()
		if free {
			situations, some = choices(group)
		}
		for _, situation := range situations {
			if some = some.Or(met(group, situation, free)); some.Known() == tri.True {
				break
			}
		}
		all = some.And(all)
	}
	return all
}

// Binds says in which worlds every request meets every condition, in whichever of the situations it is.
func (s *Statement) Binds(keys Keys) value.Truth {
	all := unlessFalse(s.ConditionsComplete)
	for _, group := range s.byKey() {
		situations := keys(group[0].Key)
		if len(situations) == 0 {
			free, others := choices(group)
			situations = free
			all = others.Not().And(unordered(group)).And(all)
		}
		for _, situation := range situations {
			all = met(group, situation, true).And(all)
		}
	}
	return all
}

// unordered is false where a condition compares numbers, times or bytes: some request doesn't meet that.
func unordered(conditions []Condition) value.Truth {
	all := value.Yes()
	for _, c := range conditions {
		if c.Operator.compares.ordered() {
			all = c.Holds.Not().And(all)
		}
	}
	return all
}

// unlessFalse is true where t is, and unknown where it isn't: there may be more conditions.
func unlessFalse(t value.Truth) value.Truth {
	return t.Lacking("not all of its conditions are known").Not()
}

// byKey returns the conditions that are on one key together.
func (s *Statement) byKey() [][]Condition {
	var groups [][]Condition
	at := map[string]int{}
	for _, c := range s.Conditions {
		key := strings.ToLower(c.Key)
		i, ok := at[key]
		if !ok {
			i, at[key] = len(groups), len(groups)
			groups = append(groups, nil)
		}
		groups[i] = append(groups[i], c)
	}
	return groups
}

// met says in which worlds a situation meets all of some conditions on one key. Who is free to choose the key's value finds a
// number or a time that does.
func met(conditions []Condition, s Situation, free bool) value.Truth {
	all := value.Yes()
	for i := range conditions {
		c := &conditions[i]
		if free && c.Operator.compares.ordered() && s.kind != isAbsent {
			continue
		}
		all = c.MetBy(s).Or(c.Holds.Not()).And(all)
	}
	return all
}

// maxChoices bounds the values of one key that are tried.
const maxChoices = 64

// choices are the situations that tell requests apart by whether they meet conditions on one key: values that they name, none
// that they name, and none at all. The truth is unknown where there may be others.
func choices(conditions []Condition) ([]Situation, value.Truth) {
	key := conditions[0].Key
	out, others := Unnamed(key), value.No()
	if !Always(key) {
		out = append(out, Absent())
	}
	for _, c := range conditions {
		if c.Operator.compares == asBoolean {
			out = append(out, Exactly("true"), Exactly("false"))
		}
		members, complete := c.Values.Members()
		all := complete.Known() == tri.True && len(out)+len(members) <= maxChoices
		for _, m := range members {
			text, known := m.Value.AsString()
			if all = all && known; all {
				out = append(out, Exactly(c.example(text)))
			}
		}
		switch {
		case all:
		case len(conditions) == 1 && !c.Operator.Negated:
			out = append(out, Named())
		default:
			others = others.Or(unread(c.Values, ""))
		}
	}
	return out, others
}

// example returns a text that one of a condition's values matches.
func (c *Condition) example(text string) string {
	switch c.Operator.compares {
	case asPattern, asARN:
		return strings.NewReplacer("*", own, "?", own).Replace(text)
	case asAddress:
		if block, err := netip.ParsePrefix(text); err == nil {
			return block.Addr().String()
		}
	}
	return text
}

// MetBy says in which worlds a request in a situation meets a condition. AWS: IAM user guide, "IAM JSON policy elements:
// Condition operators", on keys that are absent; "Multivalued context keys".
func (c *Condition) MetBy(s Situation) value.Truth {
	o := c.Operator
	if o.compares == asNull {
		want := "false"
		if s.kind == isAbsent {
			want = "true"
		}
		return c.any(func(v value.Value) value.Truth { return boolean(v, want) })
	}
	switch s.kind {
	case isAbsent:
		met := o.IfExists || o.Negated
		if o.Set != OneValue {
			met = o.Set == ForAllValues
		}
		return value.Always(tri.Of(met), c.Values.Origin())
	case isNamed:
		return value.Always(tri.Of(!o.Negated), c.Values.Origin())
	}
	match := c.matchedBy(s.value)
	if o.Negated {
		return match.Not()
	}
	return match
}

// any joins with or what f says of each of the condition's values.
func (c *Condition) any(f func(v value.Value) value.Truth) value.Truth {
	e := Element{Value: c.Values, Naming: c.naming}
	return e.each(f).Holds
}

// matchedBy says in which worlds a request's value is one of the condition's. What nobody names is equal to no text that is
// written there, whether or not it is known.
func (c *Condition) matchedBy(have string) value.Truth {
	e := Element{Value: c.Values, Naming: c.naming}
	fact, complete := e.known(func(v value.Value) value.Truth { return c.matches(v, have) })
	if c.comparesTexts() && strings.ContainsRune(have, Stranger) {
		return fact.Holds
	}
	return fact.Holds.Or(complete.Lacking("not all of its values are known"))
}

// comparesTexts reports whether a condition compares texts as they are, without wildcards.
func (c *Condition) comparesTexts() bool {
	return c.Operator.compares == asText || c.Operator.compares == asTextWithoutCase
}

// matches says in which worlds a request's value is one of the condition's.
func (c *Condition) matches(v value.Value, have string) value.Truth {
	if text, known := v.AsString(); known && strings.EqualFold(text, "${"+c.Key+"}") {
		return value.Always(tri.True, v.Origin()) // it is compared with itself
	}
	switch c.Operator.compares {
	case asText, asTextWithoutCase:
		return c.equals(v, have)
	case asPattern, asARN:
		return truth(patternOf(v, c.naming).covers(Pattern(have)), v)
	case asAddress:
		return inBlock(v, have)
	case asBoolean:
		return boolean(v, have)
	}
	return value.Unknowable("it compares more than text", v.Origin())
}

// equals compares texts. What nobody names is equal to no text, known or not.
func (c *Condition) equals(v value.Value, have string) value.Truth {
	text, known := v.AsString()
	switch {
	case strings.ContainsRune(have, Stranger):
		return value.Always(tri.False, v.Origin())
	case known && c.Operator.compares == asTextWithoutCase:
		return value.Always(tri.Of(strings.EqualFold(text, have)), v.Origin())
	}
	return v.Is(have)
}

// boolean compares booleans.
func boolean(v value.Value, have string) value.Truth {
	b, ok := v.AsBool()
	switch {
	case ok:
		return value.Always(tri.Of(b == (have == "true")), v.Origin())
	case v.Kind() == value.KindScalar:
		return value.Always(tri.False, v.Origin())
	}
	return unread(v, "")
}

// inBlock says in which worlds an address is in a block. One that nobody names is in none but that of all of its family.
func inBlock(v value.Value, have string) value.Truth {
	text, known := v.AsString()
	if !known {
		if v.Kind() == value.KindSymbol {
			return value.Always(tri.False, v.Origin())
		}
		return unread(v, "")
	}
	if !strings.Contains(text, "/") {
		return value.Always(tri.Of(text == have), v.Origin())
	}
	block, err := netip.ParsePrefix(text)
	if err != nil {
		return value.Always(tri.False, v.Origin())
	}
	if strings.ContainsRune(have, Stranger) {
		return value.Always(tri.Of(block.Bits() == 0 && block.Addr().Is6() == strings.HasSuffix(have, ":")), v.Origin())
	}
	addr, err := netip.ParseAddr(have)
	return value.Always(tri.Of(err == nil && block.Contains(addr)), v.Origin())
}
