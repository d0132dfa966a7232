package lint

import (
	"cmp"
	"os"
	"slices"

	"github.com/vpclint/vpclint/internal/discover"
	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/source"
)

// linksOf returns where the links among the files lead.
func linksOf(files []discover.File) map[string]string {
	links := map[string]string{}
	for _, f := range files {
		if f.Target != "" {
			links[f.Path] = f.Target
		}
	}
	return links
}

// A written is what is said of some bytes on the disk, whatever the path that leads there.
type written struct {
	rule, said string
	path       string
	start, end int
}

// foldLinks leaves out what is said of a file by one name and said again by another: there is one text to mend. A link is read for
// itself, since what stands beside it may give it another meaning. The file's own name goes before those of links.
func (r *Result) foldLinks() {
	if len(r.Links) == 0 {
		return
	}
	place := func(rule, said string, at source.Span) (written, bool) {
		if at.IsZero() {
			return written{}, false
		}
		at = at.Host()
		real, linked := r.Links[at.File.Path]
		return written{rule, said, cmp.Or(real, at.File.Path), at.Start, at.End}, linked
	}
	said, by := map[written]bool{}, map[written]string{}
	for _, f := range r.Findings {
		if w, linked := place(f.Rule, f.Message, f.At); !linked {
			said[w] = true
		}
	}
	r.Findings = slices.DeleteFunc(r.Findings, func(f finding.Finding) bool {
		w, linked := place(f.Rule, f.Message, f.At)
		return linked && again(said, by, w, pathOf(f.At))
	})
	clear(said)
	clear(by)
	for _, u := range r.Undecided {
		if w, linked := place(u.Rule, u.Reason, u.At); !linked {
			said[w] = true
		}
	}
	r.Undecided = slices.DeleteFunc(r.Undecided, func(u finding.Undecided) bool {
		w, linked := place(u.Rule, u.Reason, u.At)
		return linked && again(said, by, w, pathOf(u.At))
	})
}

// again reports whether what a link says is said of the file itself, or was said by another link before.
func again(said map[written]bool, by map[written]string, w written, link string) bool {
	first, known := by[w]
	if !known {
		by[w] = link
	}
	return said[w] || known && first != link
}

func isLinkToDirectory(path string) bool {
	named, err := os.Lstat(path)
	if err != nil || named.Mode()&os.ModeSymlink == 0 {
		return false
	}
	found, err := os.Stat(path)
	return err == nil && found.IsDir()
}
