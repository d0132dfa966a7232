package report

import (
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

// over returns the credentials that overlap a run of a file's bytes, by their offsets in the file.
func (v veil) over(file *source.File, start, end int) []secret.Found {
	found, known := v.seen[file]
	if !known {
		found = v.secrets.Find(string(file.Bytes))
		v.seen[file] = found
	}
	from := sort.Search(len(found), func(i int) bool { return found[i].End > start })
	to := sort.Search(len(found), func(i int) bool { return found[i].Start >= end })
	return found[from:max(from, to)]
}

// on returns the credentials on a place's line, by their offsets in it.
func (v veil) on(p place) []secret.Found {
	over := v.over(p.file, p.at, p.at+len(p.text))
	out := make([]secret.Found, len(over))
	for i, f := range over {
		out[i] = secret.Found{Kind: f.Kind, Start: f.Start - p.at, End: f.End - p.at}
	}
	return out
}
