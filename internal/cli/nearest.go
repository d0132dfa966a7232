package cli

import "github.com/vpclint/vpclint/internal/nearest"

func didYouMean(word string, names []string) string {
	if near := nearest.Name(word, names); near != "" {
		return ": did you mean " + near + "?"
	}
	return ""
}
