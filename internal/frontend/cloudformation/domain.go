package cloudformation

import (
	"slices"
	"strconv"
	"strings"

	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// A domain is the set of texts that an unknown parameter or pseudo-parameter can have, as far as the template tells them
// apart. Its facts exclude each other and leave nothing out, so that no world is told that can't be.
type domain struct {
	// owner is the template that declares it; a nested one may be passed its parent's.
	owner *template
	name  string
	// secret reports whether nobody is to see what it is compared with.
	secret bool
	// allowed are all texts there are; nil for any text.
	allowed []string
	// compared are the texts that conditions compare it with, in the order of the template.
	compared []string
	// facts are those of is, which are made once for all who ask.
	facts map[string]value.Fact
	// question is the comparison with the one text that it is compared with.
	question string
}

// maxCompared bounds the texts of a domain that are told apart. A comparison with another is a fact of its own.
const maxCompared = 32

func (d *domain) compare(text string) {
	if len(d.compared) < maxCompared && !slices.Contains(d.compared, text) {
		d.compared = append(d.compared, text)
		d.facts, d.question = nil, "" // they know the others
	}
}

func (d *domain) variable() string { return d.owner.id + "|parameter|" + d.name }

// is returns the fact that the domain has a text.
func (d *domain) is(text string) value.Fact {
	f, known := d.facts[text]
	if !known {
		f = value.Fact{Var: d.variable(), Is: text, Text: d.name + " is " + d.plain(text), Domain: d.values()}
		if d.facts == nil {
			d.facts = map[string]value.Fact{}
		}
		d.facts[text] = f
	}
	return f
}

// values returns all values that the domain's facts tell apart.
func (d *domain) values() string {
	if d.allowed != nil {
		return value.Values(d.allowed)
	}
	return value.Values(append(slices.Clone(d.compared), "something else"))
}

// parts returns the facts that make up the domain, the one of text first.
func (d *domain) parts(text string) (is value.Fact, others []value.Fact) {
	is = d.is(text)
	switch {
	case len(d.compared) == 1 && len(d.allowed) != 2:
		// Nothing else is ever asked of it.
		return is, []value.Fact{{Var: is.Var, Is: "not " + text, Text: d.name + " is not " + d.plain(text), Domain: is.Domain}}
	case d.allowed != nil:
		for _, other := range d.allowed {
			if other != text {
				others = append(others, d.is(other))
			}
		}
		return is, others
	}
	for _, other := range d.compared {
		if other != text {
			others = append(others, d.is(other))
		}
	}
	return is, append(others, value.Fact{Var: is.Var, Is: "something else", Text: d.name + " is " + d.neither(), Domain: is.Domain})
}

// neither says that the domain has none of the texts that it is compared with.
func (d *domain) neither() string {
	texts := make([]string, len(d.compared))
	for i, text := range d.compared {
		texts[i] = plain(text)
	}
	if len(texts) < 2 || len(texts) > maxNeither || d.secret {
		return "something else"
	}
	return "neither " + strings.Join(texts, " nor ")
}

// maxNeither is how many texts are named to say that it is none of them.
const maxNeither = 4

// equals returns in which worlds the domain has a text. It is false where the domain doesn't know the text.
func (d *domain) equals(text string, origin *value.Origin) (value.Truth, bool) {
	switch {
	case d.isNamed(d.comparison(text)):
		return d.owner.either(d.comparison(text), origin), true
	case d.allowed != nil && !slices.Contains(d.allowed, text):
		return value.Always(tri.False, origin), true
	case len(d.allowed) == 1:
		return value.Always(tri.True, origin), true
	case !slices.Contains(d.compared, text):
		return value.Truth{}, false
	}
	is, others := d.parts(text)
	ts := []value.Truth{value.Always(tri.True, origin).When(value.World{is})}
	for _, f := range others {
		ts = append(ts, value.Always(tri.False, origin).When(value.World{f}))
	}
	return value.Join(ts...), true
}

// decided returns the text that the surroundings leave.
func (d *domain) decided(in scope) (string, bool) {
	if len(in.worlds) == 0 {
		return "", false
	}
	for _, text := range d.compared {
		if in.implies(d.is(text)) {
			return text, true
		}
		if len(d.compared) > 1 {
			continue
		}
		if d.question == "" {
			d.question = d.comparison(text)
		}
		if in.implies(d.owner.fact(d.question, true)) {
			return text, true
		}
	}
	return "", false
}

// isNotEmpty reports whether the surroundings exclude that a parameter is empty.
func (t *template) isNotEmpty(p *parameter, in scope) bool {
	if len(in.worlds) == 0 {
		return false
	}
	if p.isList() {
		// As one can't compare lists, people compare what they make of them.
		for _, whole := range []string{`!Join ["", !Ref ` + p.name + `]`, `!Join [",", !Ref ` + p.name + `]`, `!Select ["0", !Ref ` + p.name + `]`} {
			if !in.allows(value.World{t.fact(equalsText(whole, `""`), true)}) {
				return true
			}
		}
		return false
	}
	d := t.domains[p.name]
	if !slices.Contains(d.compared, "") {
		return false
	}
	empty := d.is("")
	if d.isNamed(d.comparison("")) {
		empty = d.owner.fact(d.comparison(""), true)
	}
	return !in.allows(value.World{empty})
}

// comparison returns the canonical text of the comparison of the domain with a text.
func (d *domain) comparison(text string) string {
	return equalsText("!Ref "+d.name, strconv.Quote(text))
}

// isNamed reports whether a condition of the owner's is the one question that is ever asked of the domain: its author has a
// name for the fact.
func (d *domain) isNamed(comparison string) bool {
	_, isNamed := d.owner.atomic[comparison]
	return isNamed && d.allowed == nil && len(d.compared) == 1
}

// plain returns a text of the domain as a sentence shows it.
func (d *domain) plain(text string) string {
	if d.secret {
		return "what it is compared with"
	}
	return plain(text)
}

// plain returns a text as a sentence shows it.
func plain(text string) string {
	if text == "" || strings.ContainsAny(text, " \t\r\n\"") {
		return strconv.Quote(text)
	}
	return text
}
