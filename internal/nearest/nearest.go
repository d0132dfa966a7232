// Package nearest answers which of several names a mistyped one was most likely to be. It knows nothing of what the names
// stand for.
package nearest

import (
	"github.com/agext/levenshtein"
)

// maxDistance is the number of edits up to which a name counts as a mistyped other.
const maxDistance = 4

// maxLength bounds the words that are compared: who mistypes a name doesn't write a page.
const maxLength = 256

// Name returns the name that word most likely was to be; empty where none is near.
func Name(word string, names []string) string {
	if len(word) > maxLength {
		return ""
	}
	best, found := min(maxDistance, len(word)/2)+1, ""
	for _, name := range names {
		if max(len(name)-len(word), len(word)-len(name)) >= best {
			continue
		}
		if d := levenshtein.Distance(word, name, nil); d < best {
			best, found = d, name
		}
	}
	return found
}
