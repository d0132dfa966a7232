package report

import (
	"slices"
	"sort"

	"github.com/vpclint/vpclint/internal/secret"
	"github.com/vpclint/vpclint/internal/source"
)

// A veil knows where credentials stand in the files of which something is shown. Each file is looked through once.
type veil struct {
	secrets *secret.Vault
	seen    map[*source.File][]secret.Found
}

func veilOf(secrets *secret.Vault) veil {
	return veil{secrets: secrets, seen: map[*source.File][]secret.Found{}}
}

// around is how much more than a run of bytes is looked at for credentials that the run may be a part of.
const around = 4096

// over returns the credentials that overlap a run of a file's bytes, by their offsets in the file: those that stand there as such,
// and those that are known from elsewhere.
func (v veil) over(file *source.File, start, end int) []secret.Found {
	found, known := v.seen[file]
	if !known {
		if found, known = v.secrets.Of(file.Path); !known || file.Embedded() {
			found = secret.Find(string(file.Bytes))
		}
		v.seen[file] = found
	}
	from := sort.Search(len(found), func(i int) bool { return found[i].End > start })
	to := sort.Search(len(found), func(i int) bool { return found[i].Start >= end })
	out := slices.Clone(found[from:max(from, to)])
	lo, hi := max(start-around, 0), min(end+around, len(file.Bytes))
	for _, f := range v.secrets.Known(string(file.Bytes[lo:hi])) {
		if f.Start += lo; f.Start < end && f.End+lo > start {
			out = append(out, secret.Found{Kind: f.Kind, Start: f.Start, End: f.End + lo})
		}
	}
	return secret.Joined(out)
}

// on returns the credentials on the part of a place's line that may be shown, by their offsets in the line.
func (v veil) on(p place) []secret.Found {
	lo, hi := clip(p)
	out := v.over(p.file, p.at+lo, p.at+hi)
	for i := range out {
		out[i].Start -= p.at
		out[i].End -= p.at
	}
	return out
}
