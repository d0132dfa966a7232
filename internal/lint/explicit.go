package lint

import (
	"slices"

	"github.com/vpclint/vpclint/internal/discover"
	"github.com/vpclint/vpclint/internal/frontend"
)

// sizes returns the sizes of files whose content comes from elsewhere.
func sizes(overlay map[string][]byte) map[string]int64 {
	out := map[string]int64{}
	for name, b := range overlay {
		out[name] = int64(len(b))
	}
	return out
}

// passOver says of files that were given by name, and of which nothing was read, why that is. Who passes all the files that
// changed names many such.
func (r *Result) passOver(files []discover.File, fronts []frontend.Frontend) {
	for _, f := range files {
		if !f.Explicit || r.read[f.Path] {
			continue
		}
		reason := "no file of such a name is read"
		if slices.ContainsFunc(fronts, func(front frontend.Frontend) bool { return front.Match(f.Path) }) {
			reason = "it holds nothing that is looked for"
		}
		r.Skipped = append(r.Skipped, discover.Skip{Path: f.Path, Reason: reason})
	}
}
