package rules

import (
	"fmt"
	"iter"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/vpclint/vpclint/internal/model"
	"github.com/vpclint/vpclint/internal/secret"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// A givenText is one text that a container is given: a variable, a hyperparameter, an argument.
type givenText struct {
	value.Leaf
	// name is the one that says what it is; empty for an argument that stands alone.
	name string
	// title is what a message calls it.
	title string
}

// maxNesting bounds how deep in maps and lists texts are looked for.
const maxNesting = 8

// givenTexts returns the texts of a map or list, and the truth that holds where there may be more of them than are seen.
func givenTexts(g model.Given) (texts []givenText, more value.Truth) {
	noun := [...]string{"environment variable", "hyperparameter", "argument"}[g.Kind]
	more = value.No()
	var visit func(v value.Value, property, name string, depth int)
	visit = func(v value.Value, property, name string, depth int) {
		v = v.Map(revealed)
		if document := v.FromJSON(); document.Kind() == value.KindObject || document.Kind() == value.KindList {
			v = document
		}
		names, listed, unseen := members(v)
		more = more.Or(unseen)
		switch {
		case depth == maxNesting:
		case len(names) > 0:
			for _, n := range names {
				visit(v.Attr(n), property+"."+n, n, depth+1)
			}
			return
		case len(listed) > 0:
			before := ""
			for i, e := range listed {
				visit(e, property+"["+strconv.Itoa(i)+"]", before, depth+1)
				before = option(e)
			}
			return
		}
		title := noun
		if name != "" {
			title += " " + name
		}
		texts = append(texts, givenText{value.Leaf{Value: v, Property: property, Known: true}, name, title})
	}
	visit(g.Value, g.Property, "", 0)
	return texts, more
}

// members returns the names of an object's members in any world, or the elements of a list, and the truth that holds where it
// may have others.
func members(v value.Value) (names []string, elems []value.Value, unseen value.Truth) {
	seen := map[string]bool{}
	unseen = v.Each(func(v value.Value) value.Truth {
		for _, f := range v.Fields() {
			if !seen[f.Name] {
				seen[f.Name] = true
				names = append(names, f.Name)
			}
		}
		elems = append(elems, v.Elems()...)
		if v.Open() {
			return value.Unknowable(v.Reason(), v.Origin())
		}
		return value.No()
	})
	return names, elems, unseen
}

// option returns the name that an argument gives to the next one: --password.
func option(v value.Value) string {
	text, _ := v.AsString()
	if strings.HasPrefix(text, "-") && !strings.ContainsAny(text, "= ") {
		return strings.TrimLeft(text, "-")
	}
	return ""
}

// A credential is a text that holds one.
type credential struct {
	// held is true where it does.
	held value.Truth
	kind secret.Kind
	// length is the characters of the credential, and whole says that the text is nothing else.
	length int
	whole  bool
}

// credentialIn returns the credential that a text holds in some world, of those that are wanted. What isn't written in the tree
// is no literal, whatever it will be.
func credentialIn(t givenText, wanted func(secret.Kind) bool, beside bool) credential {
	c := credential{}
	c.held = t.Each(func(v value.Value) value.Truth {
		text, known := literalText(v)
		if !known {
			return value.No()
		}
		found := secret.In(t.name, text)
		if len(found) == 0 && beside && secret.IsSecretAccessKey(text) {
			found = []secret.Found{{Kind: secret.SecretAccessKey, End: len(text)}}
		}
		i := slices.IndexFunc(found, func(f secret.Found) bool { return wanted(f.Kind) })
		if i < 0 {
			return value.No()
		}
		if f := found[i]; c.kind == "" {
			c.kind, c.length, c.whole = f.Kind, utf8.RuneCountInString(text[f.Start:f.End]), f.Start == 0 && f.End == len(text)
		}
		return value.Always(tri.True, v.Origin())
	})
	return c
}

// revealed returns a value, or the one that it hides, as it is used where that is.
func revealed(v value.Value) value.Value {
	hidden, ok := v.Hidden()
	switch o := v.Origin(); {
	case !ok:
		return v
	case o == nil:
		return hidden
	case o.Via == nil:
		return hidden.Use(o.Span)
	default:
		return hidden.WithOrigin(o)
	}
}

// literalText returns a text as it is written, with a mark for each part that isn't known.
func literalText(v value.Value) (string, bool) {
	v = revealed(v)
	switch v.Kind() {
	case value.KindScalar:
		return v.AsString()
	case value.KindText:
		var b strings.Builder
		for _, part := range v.Parts() {
			if text, known := revealed(part).AsString(); known {
				b.WriteString(text)
			} else {
				b.WriteString(secret.Unknown)
			}
		}
		return b.String(), true
	}
	return "", false
}

// says is the message about a credential.
func (c credential) says(t givenText) string {
	verb := "is"
	if !c.whole {
		verb = "holds"
	}
	return fmt.Sprintf("%s %s a literal %s of %s", t.title, verb, c.kind, others(c.length, "character"))
}

// given returns what each resource's containers are given.
func (p *Pass) given() iter.Seq2[model.Giving, model.Given] {
	return func(yield func(model.Giving, model.Given) bool) {
		for _, r := range p.All() {
			giving, ok := r.(model.Giving)
			if !ok {
				continue
			}
			for _, g := range giving.Given() {
				if g.Known && !yield(giving, g) {
					return
				}
			}
		}
	}
}

// reportCredentials reports what a resource is given in one way: each credential for itself, and the map or list where not
// all of it is known.
func (p *Pass) reportCredentials(r model.Giving, g model.Given, wanted func(secret.Kind) bool) {
	texts, more := givenTexts(g)
	keyed := slices.ContainsFunc(texts, func(t givenText) bool {
		return credentialIn(t, func(k secret.Kind) bool { return k == secret.AccessKeyID }, false).held.Possible()
	})
	whole := g.Each(func(v value.Value) value.Truth {
		if _, hidden := v.Hidden(); v.Kind() == value.KindOpaque && !hidden {
			return value.Unknowable(v.Reason(), v.Origin())
		}
		return value.No()
	})
	p.Report(r, more.Or(whole).Within(g.When), g.Leaf, "")
	for _, t := range texts {
		if c := credentialIn(t, wanted, keyed); c.held.Possible() {
			p.Report(r, c.held.Within(g.When), t.Leaf, "%s", c.says(t))
		}
	}
}

// reportSession reports each key that a session is opened with.
func (p *Pass) reportSession(s *model.Session) {
	for _, key := range []struct {
		value.Leaf
		title string
		kind  secret.Kind
	}{
		{s.AccessKeyID.Leaf, "the access key id", secret.AccessKeyID},
		{s.SecretAccessKey.Leaf, "the secret access key", secret.SecretAccessKey},
		{s.SessionToken.Leaf, "the session token", secret.SessionToken},
	} {
		t := givenText{Leaf: key.Leaf, name: string(key.kind)}
		c := credentialIn(t, secret.Kind.AWS, key.kind == secret.SecretAccessKey)
		p.Report(s, c.held, t.Leaf, "%s of the session is a literal of %s", key.title, others(c.length, "character"))
	}
}
