package guard

import (
	"cmp"
	"net/netip"
	"slices"
	"strings"
)

// A key is one of a problem's condition keys, or the resource, with the classes of values that policies tell apart.
type key struct {
	name string
	info keyInfo
	kind keyType
	// of is the key of SageMaker's that it is, if any.
	of Key
	// plural says that a request may have several values of it.
	plural bool
	// always says that every request has it, and never that this one hasn't.
	always, never bool
	tests         []*test
	classes       []class
	// complete says that there are no other classes.
	complete bool
	// strangers are those of somebody whom no policy names, where the key says who asks; nil of other keys.
	strangers bits
	// sure are those that the request may have for certain; nil for all.
	sure bits
}

// A class is one value that stands for all that no policy tells from it.
type class struct {
	text  Pattern
	spelt string
	plain bool
	// formed says that its atoms are parts of an ARN's parts.
	formed bool
}

func classOf(text Pattern) class {
	return class{text: text, spelt: string(text), plain: !slices.ContainsFunc(text, func(t token) bool { return isAtom(t) })}
}

// A keyType is what the values of a key are.
type keyType uint8

const (
	ofText keyType = iota
	ofBoolean
	ofNumber
	ofTime
	ofAddress
)

// pluralKeys are AWS's own keys that may have several values. AWS: "AWS global condition context keys", value type.
var pluralKeys = []string{
	"aws:calledvia", "aws:principalorgpaths", "aws:principalservicenameslist", "aws:resourceorgpaths", "aws:sourceorgpaths",
	"aws:tagkeys", "aws:vpceorgpaths",
}

// typedKeys are AWS's own keys that aren't texts. AWS: as above, data type.
var typedKeys = map[string]keyType{
	"aws:currenttime":            ofTime,
	"aws:epochtime":              ofTime,
	"aws:tokenissuetime":         ofTime,
	"aws:multifactorauthage":     ofNumber,
	"aws:multifactorauthpresent": ofBoolean,
	"aws:principalisawsservice":  ofBoolean,
	"aws:securetransport":        ofBoolean,
	"aws:viaawsservice":          ofBoolean,
	"aws:sourceip":               ofAddress,
	"aws:vpcsourceip":            ofAddress,
}

func newKey(name string) *key {
	lower := strings.ToLower(name)
	k := &key{name: name, info: infoOf(name), kind: typedKeys[lower], plural: slices.Contains(pluralKeys, lower)}
	k.always = k.info.always
	if of, ok := SageMakerKey(name); ok && strings.HasPrefix(lower, service) {
		k.of = of
		k.plural, k.kind = strings.HasPrefix(of.Type, "ArrayOf"), of.typeOf()
	}
	return k
}

// typeOf returns what the values of a key of SageMaker's are.
func (k Key) typeOf() keyType {
	switch k.Type {
	case "Bool":
		return ofBoolean
	case "Numeric":
		return ofNumber
	}
	return ofText
}

// otherServices are those whose keys a request to another service never has. AWS: service authorization reference.
var otherServices = []string{"dynamodb", "ec2", "ecr", "glue", "iam", "kms", "lambda", "logs", "s3", "secretsmanager", "sns", "sqs", "ssm"}

// serviceKeys are those that only calls have that a service of AWS's makes by itself: no request of somebody's who has
// identity policies. AWS: "AWS global condition context keys", availability of each.
var serviceKeys = []string{
	"aws:principalservicename", "aws:principalservicenameslist", "aws:sourceaccount", "aws:sourcearn", "aws:sourceorgid", "aws:sourceorgpaths",
}

// isService is the key that tells whether a service of AWS's makes a call by itself.
const isService = "aws:principalisawsservice"

// supported reports whether a request for an action may have a key. One that AWS has replaced goes with the one in its place.
func (k *key) supported(action string) bool {
	of, _, _ := strings.Cut(action, ":")
	prefix, _, ok := strings.Cut(strings.ToLower(k.name), ":")
	switch {
	case slices.Contains(serviceKeys, strings.ToLower(k.name)):
		return false
	case !ok, strings.EqualFold(prefix, of) && prefix+":" != service:
		return true
	case prefix+":" != service:
		return !slices.Contains(otherServices, prefix)
	case k.of.Reach == BySession, k.of.Reach == ByResource && strings.EqualFold(prefix, of):
		return true
	}
	return Supports(action, cmp.Or(k.of.ReplacedBy, k.name))
}

// classify finds the classes of a key.
func (p *problem) classify(k *key) {
	k.complete = true
	var texts []Pattern
	globs := map[keyType][]glob{}
	for _, t := range k.tests {
		of, ok := typeOfComparison(t.compares)
		if !ok {
			continue
		}
		for _, v := range t.values {
			if !v.void {
				globs[of] = append(globs[of], v.glob)
			}
		}
	}
	if k == p.keys[resourceKey] {
		p.classifyResource(k, globs[ofText])
		return
	}
	kind := k.kind
	if kind == ofText && (len(globs[ofText]) > 0 || len(globs) == 0) {
		texts, k.complete = p.texts(k, globs[ofText])
	}
	families := 0
	for _, of := range []keyType{ofBoolean, ofNumber, ofTime, ofAddress} {
		if len(globs[of]) == 0 && kind != of {
			continue
		}
		families++
		found := representatives(of, append(globs[of], plainGlobs(globs[ofText], of != kind)...))
		texts = append(texts, found...)
	}
	if kind != ofText && len(globs[ofText]) > 0 && !allPlain(globs[ofText]) || families > 1 || kind == ofText && families > 0 && len(globs[ofText]) > 0 {
		k.complete = kind == ofBoolean // what numbers, times and patterns have in common isn't looked for
	}
	if kind == ofText && families > 0 && len(globs[ofText]) == 0 {
		texts = append(texts, Pattern{Stranger})
	}
	seen := map[string]bool{}
	for _, text := range texts {
		if c := classOf(text); !seen[c.spelt] {
			seen[c.spelt] = true
			k.classes = append(k.classes, c)
		}
	}
	if of := k.info.concern; p.unnamed && (of == OfPrincipal || of == OfService) {
		k.strangers = newBits(len(k.classes))
		for i, c := range k.classes {
			if slices.Contains(k.info.strangers, c.spelt) {
				k.strangers.add(i)
			}
		}
	}
}

// texts returns the values of a key that is a text: of one that is an ARN, those that have the form of one, and what policies
// name though it has not.
func (p *problem) texts(k *key, globs []glob) ([]Pattern, bool) {
	globs = distinct(globs)
	hints := p.hints(k, globs)
	forms := k.forms()
	if len(forms) == 0 {
		return regions(globs, nil, hints, &p.work)
	}
	texts, complete := forms.regions(globs, hints, &p.work)
	for _, g := range globs {
		if g.plain() || !g.certain() {
			texts = append(texts, g.example())
		}
	}
	return texts, complete
}

// plainGlobs returns those that are one text, unless there are to be none.
func plainGlobs(globs []glob, none bool) []glob {
	if none {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(globs), func(g glob) bool { return !g.plain() })
}

func allPlain(globs []glob) bool {
	return !slices.ContainsFunc(globs, func(g glob) bool { return !g.plain() })
}

// typeOfComparison returns what a comparison takes values for; false where it looks at none.
func typeOfComparison(c comparison) (keyType, bool) {
	switch c {
	case asText, asTextWithoutCase, asPattern, asARN, asBytes:
		return ofText, true
	case asBoolean:
		return ofBoolean, true
	case asNumber:
		return ofNumber, true
	case asTime:
		return ofTime, true
	case asAddress:
		return ofAddress, true
	}
	return ofText, false
}

// distinct drops globs that are there twice.
func distinct(globs []glob) []glob {
	seen := make(map[string]bool, len(globs))
	var out []glob
	for _, g := range globs {
		id := g.spell()
		if !seen[id] {
			seen[id] = true
			out = append(out, g)
		}
	}
	return out
}

// spell tells a glob from others.
func (g *glob) spell() string {
	var b strings.Builder
	if g.folds {
		b.WriteByte('~')
	}
	for _, t := range g.tokens {
		if t < 0 {
			b.WriteByte(0)
			t = -t
		}
		b.WriteRune(t)
	}
	return b.String()
}

// representatives returns a value for each way in which comparisons of a type can turn out.
func representatives(of keyType, globs []glob) []Pattern {
	var texts []string
	var out []Pattern
	open := false
	for _, g := range globs {
		if g.certain() {
			texts = append(texts, string(g.tokens))
			continue
		}
		open = true
		out = append(out, g.tokens)
	}
	switch of {
	case ofBoolean:
		return []Pattern{Pattern("false"), Pattern("true")}
	case ofNumber:
		texts = amounts(texts, numberOf, asNumberText)
	case ofTime:
		texts = amounts(texts, timeOf, asTimeText)
	case ofAddress:
		texts, open = addresses(texts), false
	}
	if open {
		texts = append(texts, aboveAll, belowAll)
	}
	for _, text := range texts {
		out = append(out, Pattern(text))
	}
	return out
}

// addresses returns an address for each way in which some blocks can have one or not: each region of them begins where a block
// does or behind one.
func addresses(texts []string) []string {
	out := []netip.Addr{netip.MustParseAddr("198.51.100.7"), netip.MustParseAddr("2001:db8::7"), netip.IPv4Unspecified(), netip.IPv6Unspecified()}
	for _, text := range texts {
		block, ok := blockOf(text)
		if !ok {
			continue
		}
		out = append(out, block.Addr())
		if behind := lastOf(block).Next(); behind.IsValid() {
			out = append(out, behind)
		}
	}
	spelt := make([]string, 0, len(out))
	for _, a := range out {
		if text := a.String(); !slices.Contains(spelt, text) {
			spelt = append(spelt, text)
		}
	}
	return spelt
}

// lastOf returns the last address of a block.
func lastOf(block netip.Prefix) netip.Addr {
	bytes := block.Addr().AsSlice()
	for i := block.Bits(); i < 8*len(bytes); i++ {
		bytes[i/8] |= 1 << (7 - i%8)
	}
	last, _ := netip.AddrFromSlice(bytes)
	return last
}

// hints are values of a key that people expect, before those that nobody would write. Of a constant that isn't known only a
// stranger's value is certainly another.
func (p *problem) hints(k *key, globs []glob) []Pattern {
	var out []Pattern
	for _, text := range k.info.strangers {
		out = append(out, Pattern(text))
	}
	for _, g := range globs {
		if text := g.example(); text != nil {
			out = append(out, text)
		}
	}
	if v, ok := p.assumed[strings.ToLower(k.name)]; ok && !v.absent {
		out = append([]Pattern{v.text}, out...)
	}
	return out
}

// example returns a text that a glob matches.
func (g *glob) example() Pattern {
	out := slices.Clone(g.tokens)
	for i, t := range out {
		if t < 0 {
			out[i] = Stranger
		}
	}
	return out
}
