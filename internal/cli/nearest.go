package cli

import (
	"github.com/agext/levenshtein"
)

// maxDistance is the number of edits up to which a name counts as a mistyped other.
const maxDistance = 4

// nearest returns the name that word most likely was to be; empty where none is near.
func nearest(word string, names []string) string {
	best, found := min(maxDistance, len(word)/2)+1, ""
	for _, name := range names {
		if d := levenshtein.Distance(word, name, nil); d < best {
			best, found = d, name
		}
	}
	return found
}

func didYouMean(word string, names []string) string {
	if near := nearest(word, names); near != "" {
		return ": did you mean " + near + "?"
	}
	return ""
}
