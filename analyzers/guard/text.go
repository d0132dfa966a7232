package guard

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// A path is the place of a text among policies: the numbers of all that it is in.
type path struct {
	at    [8]int
	depth int
}

// to returns the path of a part.
func (p path) to(i int) path {
	p.at[p.depth] = i
	p.depth++
	return p
}

func (p path) String() string {
	var b strings.Builder
	for _, i := range p.at[:p.depth] {
		b.WriteString(strconv.Itoa(i) + ".")
	}
	return b.String()
}

// Atoms are the parts of texts that aren't known, each with a letter of its own.
type atoms struct {
	letters map[string]rune
	names   map[rune]string
	next    [2]rune
}

// In a request's texts an atom is its name between these, which nobody writes.
const atomBegin, atomName, atomEnd = "\uE000", "\uE002", "\uE001"

// of returns the letter of an atom; false where there are too many.
func (a *atoms) of(name string, hole bool) (rune, bool) {
	if letter, ok := a.letters[name]; ok {
		return letter, true
	}
	if a.letters == nil {
		a.letters, a.names = map[string]rune{}, map[rune]string{}
		a.next = [2]rune{firstAtom, firstHole}
	}
	i, end := 0, firstHole
	if hole {
		i, end = 1, lastAtom
	}
	letter := a.next[i]
	if letter >= end {
		return end - 1, false
	}
	a.next[i]++
	a.letters[name], a.names[letter] = letter, name
	return letter, true
}

// globOf returns what a text with unknown parts matches.
func (p *problem) globOf(v value.Value, naming Naming, compares comparison, variables *value.Truth, self string, id path) glob {
	g := glob{folds: compares == asTextWithoutCase}
	wild := compares == asPattern || compares == asARN
	if p.itself(v, variables, self) {
		g.tokens = Pattern{anyText} // whatever the key has is what it is compared with
		return g
	}
	for i, part := range v.Parts() {
		part = p.pick(part)
		text, known := part.AsString()
		if !known && naming != nil {
			text, known = naming(part)
		}
		if !known {
			p.unknownPart(&g, part, wild, id.to(i))
			continue
		}
		p.spell(&g, text, wild, len(v.Parts()) == 1, variables)
	}
	if compares == asARN {
		g.segmented()
	}
	return g
}

// itself reports whether a text is the policy variable of the key that it is compared with.
func (p *problem) itself(v value.Value, variables *value.Truth, self string) bool {
	text, known := v.AsString()
	text, braced := strings.CutPrefix(text, "${")
	name, rest, _ := strings.Cut(text, "}")
	name, _, _ = strings.Cut(name, ",") // what it is by default doesn't matter where the key is there
	if !known || variables == nil || !braced || rest != "" || !strings.EqualFold(strings.TrimSpace(name), self) || newKey(self).plural {
		return false
	}
	is, _ := p.holds(*variables)
	return is == tri.True
}

// unknownPart adds a part of a text that isn't known. An attribute of a resource has no wildcards.
func (p *problem) unknownPart(g *glob, part value.Value, wild bool, at path) {
	id := at.String()
	name, hole := id+atomName+"…", wild && !part.Word()
	if ref, ok := part.Symbol(); ok {
		name, hole = ref.Addr.Unit+"\x00"+ref.String()+atomName+"${"+ref.String()+"}", false
	} else if refs := part.Refs(); len(refs) == 1 {
		name = id + atomName + "${" + refs[0].String() + "}"
	}
	letter, ok := p.atoms.of(name, hole)
	g.doubtful = g.doubtful || !ok
	g.tokens = append(g.tokens, letter)
}

// spell adds a known part of a text.
func (p *problem) spell(g *glob, text string, wild, whole bool, variables *value.Truth) {
	g.tokens = slices.Grow(g.tokens, len(text))
	for text != "" {
		if rest, ok := strings.CutPrefix(text, "${"); ok && variables != nil {
			if name, after, ok := strings.Cut(rest, "}"); ok {
				if is, _ := p.holds(*variables); is != tri.False {
					g.doubtful = g.doubtful || is == tri.Unknown // it may be no variable
					p.substitute(g, name, whole && len(g.tokens) == 0 && after == "")
					text = after
					continue
				}
			}
		}
		r, size := utf8.DecodeRuneInString(text)
		text = text[size:]
		switch {
		case r >= firstAtom || r == Stranger:
			g.doubtful = true // it would be taken for one of the engine's own
			r = utf8.RuneError
		case r == '*' && wild:
			if n := len(g.tokens); n > 0 && g.tokens[n-1] == anyText {
				continue
			}
			r = anyText
		case r == '?' && wild:
			r = anyLetter
		}
		g.tokens = append(g.tokens, r)
	}
}

// substitute puts what a policy variable stands for in its place. AWS: IAM user guide, "IAM policy elements: Variables and
// tags": "${*}", "${?}" and "${$}" are those letters, "${key, 'x'}" is x where the key is absent, and one without a value
// equals nothing.
func (p *problem) substitute(g *glob, name string, whole bool) {
	if name == "*" || name == "?" || name == "$" {
		g.tokens = append(g.tokens, rune(name[0]))
		return
	}
	name, byDefault, has := strings.Cut(name, ",")
	byDefault = strings.TrimSpace(byDefault)
	has = has && len(byDefault) >= 2 && byDefault[0] == '\'' && byDefault[len(byDefault)-1] == '\''
	name = strings.TrimSpace(name)
	key := strings.ToLower(name)
	v, ok := p.assumed[key]
	switch {
	case p.given != nil:
		v = p.given.variable(key, &p.atoms)
	case ok:
		p.keyOf(name)
	case p.valueless(newKey(name)):
		v = variable{absent: true}
	default:
		p.keyOf(name)
		p.variables = append(p.variables, key)
		p.partly = p.partly || !whole
		letter, _ := p.atoms.of("variable "+key, false)
		v = variable{text: Pattern{letter}}
	}
	switch {
	case !v.absent:
		g.tokens = append(g.tokens, v.text...)
	case has:
		g.tokens = append(g.tokens, []rune(byDefault[1:len(byDefault)-1])...)
	default:
		g.void = true
	}
}

// valueless reports whether a policy variable never has a value: no request has its key, or it may have several.
func (p *problem) valueless(k *key) bool { return k.plural || p.lacking(k) }

// segmented makes the wildcards of an ARN's parts keep within them. AWS: "Each of the six colon-delimited components of the ARN
// is checked separately"; what becomes of fewer isn't said.
func (g *glob) segmented() {
	colons, wild, atoms := 0, false, false
	for _, t := range g.tokens {
		switch {
		case t == ':':
			colons++
		case t < 0:
			wild = true
		case isAtom(t):
			atoms = true
		}
	}
	if colons < arnParts-1 {
		g.doubtful = g.doubtful || wild && !atoms && len(g.tokens) > 1
		return
	}
	colons = 0
	for i, t := range g.tokens {
		switch t {
		case ':':
			if colons++; colons == arnParts-1 {
				return
			}
		case anyText:
			g.tokens[i] = anySegment
		case anyLetter:
			g.tokens[i] = anySegmentLetter
		}
	}
}

// variable returns what a policy variable stands for in a request. One of several values can't be one.
func (r *Request) variable(key string, a *atoms) variable {
	if newKey(key).plural {
		return variable{absent: true}
	}
	for _, e := range r.Context {
		if strings.EqualFold(e.Key, key) && len(e.Values) == 1 {
			return variable{text: a.parse(e.Values[0])}
		}
	}
	return variable{absent: true}
}

// parse reads a text of a request.
func (a *atoms) parse(text string) Pattern {
	var out Pattern
	for text != "" {
		before, rest, ok := strings.Cut(text, atomBegin)
		out = append(out, []rune(before)...)
		if !ok {
			break
		}
		name, after, _ := strings.Cut(rest, atomEnd)
		hole := strings.HasPrefix(name, "*")
		if letter, ok := a.of(strings.TrimPrefix(name, "*"), hole); ok {
			out = append(out, letter)
		}
		text = after
	}
	return out
}

// write writes a text for a request.
func (a *atoms) write(text Pattern) string {
	var b strings.Builder
	for _, t := range text {
		if !isAtom(t) {
			b.WriteRune(t)
			continue
		}
		b.WriteString(atomBegin)
		if isHole(t) {
			b.WriteByte('*')
		}
		b.WriteString(a.names[t] + atomEnd)
	}
	return b.String()
}

// shown returns a text of a request as people read it.
func shown(text string) string {
	switch text {
	case aboveAll:
		return "high enough"
	case belowAll:
		return "low enough"
	}
	var b strings.Builder
	for text != "" {
		before, rest, ok := strings.Cut(text, atomBegin)
		b.WriteString(strings.ReplaceAll(before, own, "x"))
		if !ok {
			break
		}
		name, after, _ := strings.Cut(rest, atomEnd)
		_, label, _ := strings.Cut(name, atomName)
		b.WriteString(label)
		text = after
	}
	return b.String()
}
