package guard

import (
	"strings"

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
