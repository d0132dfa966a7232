package terraform

import (
	"slices"
	"strconv"
	"strings"

	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// plannedExpansion returns the instances of a block that a plan has in the place of those that the configuration alone
// tells. A module without resources isn't told of in a plan, nor is a data source that was looked up in a module of its
// own: of these the configuration has its say.
func (in *instance) plannedExpansion(e *expansion, name string, each outcome, keyed bool) *expansion {
	p := in.ev.plan
	if p == nil || !p.complete || strings.HasPrefix(name, "data.") {
		return e
	}
	isModule := strings.HasPrefix(name, "module.")
	block := in.qualified(name)
	suffixes := p.suffixes[block]
	// What only a summary says is no part of the module that was planned.
	if len(suffixes) == 0 && in.mod.stands == "" && (isModule || !p.declares(block)) || suffixesOf(e) != nil && slices.Equal(suffixesOf(e), sorted(suffixes)) {
		return e
	}
	items := map[string]*item{}
	open := false
	for _, it := range e.items {
		items[it.suffix] = it
		open = open || isModule && strings.HasPrefix(it.suffix, star)
	}
	out := &expansion{}
	for _, s := range suffixes {
		it := items[s]
		if it == nil {
			it = in.plannedItem(name, s, each)
		}
		out.items = append(out.items, &item{suffix: s, exists: value.Yes(), scope: it.scope})
	}
	out.whole = func(handle func(string) value.Value) outcome {
		reason := starReason(value.Address{Name: block})
		if !keyed {
			elems := make([]value.Value, len(suffixes))
			for i, s := range suffixes {
				elems[i] = handle(s)
			}
			if open {
				return sure(value.OfOpenList(elems, reason))
			}
			return sure(value.OfList(elems, false))
		}
		fields := make([]value.Field, len(suffixes))
		for i, s := range suffixes {
			fields[i] = value.Field{Name: keyIn(s), Value: handle(s)}
		}
		if open {
			return sure(value.OfOpenObject(fields, reason))
		}
		return sure(value.OfObject(fields, false))
	}
	return out
}

// plannedItem makes an instance that the configuration alone doesn't tell of.
func (in *instance) plannedItem(name, suffix string, each outcome) *item {
	key := keyIn(suffix)
	if strings.HasPrefix(suffix, `["`) {
		val := attrOfKey(each, indexed(each), key)
		if val.Kind() == value.KindAbsent {
			val = value.OfOpaque(reasonOf("the value of each."+name+suffix+" is not known", each), each.Refs()...)
		}
		return &item{suffix: suffix, scope: in.iteration(name, suffix, iteration{
			key: value.OfString(key).WithOrigin(each.Origin()), value: val})}
	}
	index, _ := strconv.Atoi(key)
	return &item{suffix: suffix, scope: in.iteration(name, suffix, iteration{counted: true, index: value.OfInt(index)})}
}

// keyIn returns the key in a suffix: 0 of [0], a of ["a"].
func keyIn(suffix string) string {
	key := strings.TrimSuffix(strings.TrimPrefix(suffix, "["), "]")
	if plain, err := strconv.Unquote(key); err == nil {
		return plain
	}
	return key
}

// suffixesOf returns the keys of an expansion of which all instances certainly exist, sorted; nil for any other.
func suffixesOf(e *expansion) []string {
	out := make([]string, 0, len(e.items))
	for _, it := range e.items {
		if it.exists.Known() != tri.True || strings.HasPrefix(it.suffix, star) {
			return nil
		}
		out = append(out, it.suffix)
	}
	return sorted(out)
}

func sorted(s []string) []string {
	s = slices.Clone(s)
	slices.Sort(s)
	return s
}
