package config

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/vpclint/vpclint/internal/discover"
	"github.com/vpclint/vpclint/internal/doctree"
)

// A key is one that a mapping may have.
type key struct {
	name string
	// about says in a sentence or two what it is for.
	about string
	form
	// required says that the mapping is nothing without it.
	required bool
}

// A form is what a value may be. How it is read and what the JSON schema says of it stand together, so that neither can be
// changed without the other.
type form struct {
	// read puts the value where it belongs. It isn't called for a key without a value, which asks for nothing.
	read   func(r *reader, n *doctree.Node, path string)
	schema Schema
}

// mapping is a mapping that has some of the keys, and no others.
func mapping(keys ...key) form {
	names := make([]string, len(keys))
	closed := Schema{Type: types{"object"}, AdditionalProperties: false, Properties: map[string]*Schema{}}
	for i, k := range keys {
		names[i] = k.name
		property := k.schema
		if k.required { // what has to be there can't be left empty
			closed.Required = append(closed.Required, k.name)
		} else {
			property = property.orNull()
		}
		property.Description = k.about
		closed.Properties[k.name] = &property
	}
	return form{schema: closed, read: func(r *reader, n *doctree.Node, path string) {
		if !r.isMapping(n, path) {
			return
		}
		set := map[string]bool{}
		for _, p := range r.pairs(n, path) {
			i := slices.Index(names, p.Key.Text)
			switch {
			case i < 0:
				near := r.suggest(p.Key.Text, names)
				if near == "" {
					near = "; there are " + strings.Join(names, ", ")
				}
				r.fault(p.Key.Span, "unknown key %s%s", under(path, p.Key.Text), near)
			case p.Value.Kind != doctree.Null:
				set[names[i]] = true
				keys[i].read(r, p.Value, under(path, names[i]))
			}
		}
		for _, k := range keys {
			if k.required && !set[k.name] {
				r.fault(n.Span, "%s has no %s", path, k.name)
			}
		}
	}}
}

// text is a string that isn't blank.
func text(into *Text) form {
	return form{schema: Schema{Type: types{"string"}, Pattern: `\S`}, read: func(r *reader, n *doctree.Node, path string) {
		*into, _ = r.text(n, path)
	}}
}

// word is one of a few strings.
func word(into *Text, words ...string) form {
	schema := Schema{Type: types{"string"}}
	for _, w := range words {
		schema.Enum = append(schema.Enum, w)
	}
	return form{schema: schema, read: func(r *reader, n *doctree.Node, path string) {
		t, ok := r.text(n, path)
		if ok && !slices.Contains(words, t.Text) {
			r.fault(n.Span, "%s is %q; it can be %s%s", path, t.Text, strings.Join(words, ", "), r.suggest(t.Text, words))
		}
		*into = t
	}}
}

// slug is the name of a rule. Which there are is known elsewhere, and to the schema.
func slug(into *Text, slugs []Slug) form {
	f := text(into)
	for _, s := range slugs {
		f.schema.Pattern, f.schema.Enum = "", append(f.schema.Enum, s.ID)
	}
	return f
}

// boolean is true or false.
func boolean(into **bool) form {
	return form{schema: Schema{Type: types{"boolean"}}, read: func(r *reader, n *doctree.Node, path string) {
		*into = r.boolean(n, path)
	}}
}

// texts is a list of strings.
func texts(into *[]Text) form {
	return form{schema: listOf(text(nil).schema), read: func(r *reader, n *doctree.Node, path string) {
		*into = r.texts(n, path)
	}}
}

// maxStars bounds what matching one glob may cost. The configuration is the repository's own, and nobody vouches for that.
const maxStars = 8

// globSchema is that of one glob: not blank, without a slash at the beginning, and with so many stars at most.
func globSchema() Schema {
	return Schema{
		Type: types{"string"}, Pattern: fmt.Sprintf(`^([^/*][^*]*)?(\*[^*]*){0,%d}$`, maxStars),
		Not: &Schema{Type: types{"string"}, Pattern: `^\s*$`},
	}
}

// glob is a glob that leads nowhere but into the repository: where it ends is known elsewhere.
func glob(into *Text) form {
	return form{schema: globSchema(), read: func(r *reader, n *doctree.Node, path string) {
		t, ok := r.text(n, path)
		if ok {
			r.glob(t, path)
		}
		*into = t
	}}
}

// globs is a list of such globs.
func globs(into *[]Text) form {
	return form{schema: listOf(globSchema()), read: func(r *reader, n *doctree.Node, path string) {
		*into = r.texts(n, path)
		for _, t := range *into {
			r.glob(t, path)
		}
	}}
}

// glob refuses what isn't a glob of paths below the configuration's directory.
func (r *reader) glob(t Text, path string) {
	if strings.HasPrefix(t.Text, "/") {
		r.fault(t.At, "%s: %q must be relative to the configuration's directory", path, t.Text)
	} else if err := discover.CheckGlob(t.Text); err != nil {
		r.fault(t.At, "%s: %q: %v", path, t.Text, err)
	} else if strings.Count(t.Text, "*") > maxStars {
		r.fault(t.At, "%s: %q has more than %d stars", path, t.Text, maxStars)
	}
}

// ids is a list of literal ids.
func ids(into **List, pattern *regexp.Regexp, example string) form {
	item := Schema{Type: types{"string"}, Pattern: pattern.String(), Examples: []any{example}}
	return form{schema: listOf(item), read: func(r *reader, n *doctree.Node, path string) {
		texts := r.texts(n, path)
		for _, t := range texts {
			if !pattern.MatchString(t.Text) {
				r.fault(t.At, "%s: %q is no id such as %s", path, t.Text, example)
			}
		}
		*into = &List{texts}
	}}
}

// parameters is a mapping of names to what the template gets as texts.
func parameters(into *[]Parameter) form {
	schema := Schema{Type: types{"object"}, AdditionalProperties: &Schema{Type: types{"string", "number", "boolean"}}}
	return form{schema: schema, read: func(r *reader, n *doctree.Node, path string) {
		if !r.isMapping(n, path) {
			return
		}
		for _, p := range r.pairs(n, path) {
			switch p.Value.Kind {
			case doctree.String, doctree.Number, doctree.Bool:
				*into = append(*into, Parameter{Name: Text{p.Key.Text, p.Key.Span}, Value: Text{p.Value.Text, p.Value.Span}})
			default:
				r.fault(p.Value.Span, "%s must be a text, and is a %s", under(path, p.Key.Text), p.Value.Kind)
			}
		}
	}}
}

// maxEntries bounds a list of mappings: each of what is ignored is held against each finding.
const maxEntries = 1000

// entries is a list of mappings, each with keys that fill in one T. What is wrong with one is told, and add doesn't get it.
func entries[T any](keys func(*T) []key, add func(entry T)) form {
	list := listOf(mapping(keys(new(T))...).schema)
	list.MaxItems = maxEntries
	return form{schema: list, read: func(r *reader, n *doctree.Node, path string) {
		switch {
		case n.Kind != doctree.Sequence:
			r.fault(n.Span, "%s must be a list, and is a %s", path, n.Kind)
			return
		case len(n.Items) > maxEntries:
			r.fault(n.Items[maxEntries].Span, "%s has more than %d entries; a baseline can have more", path, maxEntries)
			return
		}
		for i, item := range n.Items {
			var entry T
			path, before := fmt.Sprintf("%s[%d]", path, i), len(r.faults)
			mapping(keys(&entry)...).read(r, item, path)
			if len(r.faults) == before {
				add(entry)
			}
		}
	}}
}
