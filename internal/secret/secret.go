// Package secret answers whether a text is a credential, by its form or by what it is called, and keeps credentials out of
// what is printed.
//
// In go texts and the names that they have; out come kinds and places, never the texts. It knows no rule and no language.
package secret

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// A Kind is what a credential is, in words: "AWS access key id".
type Kind string

// The kinds that rules tell apart, and those that a name alone gives.
const (
	AccessKeyID     Kind = "AWS access key id"
	SecretAccessKey Kind = "AWS secret access key"
	SessionToken    Kind = "AWS session token"
	Password        Kind = "password"
	Token           Kind = "token"
	APIKey          Kind = "API key"
	Secret          Kind = "secret"
	PrivateKey      Kind = "private key"
	Credential      Kind = "credential"
)

// AWS reports whether a kind is one of those that sign requests to AWS.
func (k Kind) AWS() bool { return k == AccessKeyID || k == SecretAccessKey || k == SessionToken }

// Unknown stands in a text for a part of it that isn't known. No credential holds it.
const Unknown = "\uE000"

// A Found is one credential within a text: the bytes [Start, End).
type Found struct {
	Kind       Kind
	Start, End int
}

// Of returns what kind of credential a text is or holds by its form, whatever it is called; empty where it is none that is
// known.
func Of(text string) Kind { return first(byForm(text)) }

// In returns the credentials within a text that has a name: those of a known form, those that have a name of their own in
// the text, as in a command line or a document, and else the text as a whole where its own name says so.
func In(name, text string) []Found {
	if found := Find(text); len(found) > 0 {
		return found
	}
	if kind := calledBy(name, text); kind != "" {
		start := scheme(text)
		return []Found{{Kind: kind, Start: start, End: len(text)}}
	}
	return nil
}

// Find returns the credentials within a text, which may be a line or a file of source: those of a known form, and those that
// stand beside a name that says so. They are in order and don't overlap.
func Find(text string) []Found {
	found := scan(text, true)
	return Joined(append(found, besideKeys(text, found)...))
}

// Mask returns a line of source with every credential in it replaced by as many asterisks, so that columns stay.
func Mask(line string) string { return blank(line, Find(line)) }

// first returns the kind of the gravest: what signs requests to AWS goes before anything else.
func first(found []Found) Kind {
	if len(found) == 0 {
		return ""
	}
	if i := slices.IndexFunc(found, func(f Found) bool { return f.Kind.AWS() }); i >= 0 {
		return found[i].Kind
	}
	return found[0].Kind
}

// Joined sorts places and makes one of those that overlap; the kind is that of the first.
func Joined(found []Found) []Found {
	if len(found) < 2 {
		return found
	}
	slices.SortStableFunc(found, func(a, b Found) int { return a.Start - b.Start })
	out := found[:1]
	for _, f := range found[1:] {
		last := &out[len(out)-1]
		if f.Start < last.End {
			if f.Kind.AWS() && !last.Kind.AWS() {
				last.Kind = f.Kind
			}
			last.End = max(last.End, f.End)
			continue
		}
		out = append(out, f)
	}
	return out
}

// blank replaces each character of the places by an asterisk; line ends stay.
func blank(text string, places []Found) string {
	if len(places) == 0 {
		return text
	}
	var b strings.Builder
	b.Grow(len(text))
	at := 0
	for _, p := range places {
		b.WriteString(text[at:p.Start])
		for i := p.Start; i < p.End; {
			r, n := utf8.DecodeRuneInString(text[i:p.End])
			if r == '\n' || r == '\r' {
				b.WriteRune(r)
			} else {
				b.WriteByte('*')
			}
			i += n
		}
		at = p.End
	}
	b.WriteString(text[at:])
	return b.String()
}
