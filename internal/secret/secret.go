// Package secret answers whether a text is a credential, by its form or by what it is called, and keeps credentials out of
// what is printed.
//
// In go texts and the names that they have; out come kinds and lengths, never the texts. It knows no rule and no language.
package secret

// A Kind is what a credential is, in words: "AWS access key id".
type Kind string

// Of returns what kind of credential a text is by its form, whatever it is called; empty where it is none that is known.
func Of(text string) Kind { return "" }

// Called returns what kind of credential a text with a name is, by its form or where the name and the text both say so; empty
// where it is none.
func Called(name, text string) Kind { return Of(text) }

// Mask returns a line of source with every credential in it replaced by as many asterisks, so that columns stay.
func Mask(line string) string { return line }
