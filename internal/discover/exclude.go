package discover

import (
	"errors"
	"fmt"
	"strings"

	"github.com/bmatcuk/doublestar/v4"
)

// A BadExclude says that a glob of Options.Exclude can't be used.
type BadExclude struct {
	Pattern string
	Reason  string
}

func (e *BadExclude) Error() string { return fmt.Sprintf("exclude %q: %s", e.Pattern, e.Reason) }

// An exclude is a glob of the user's, which unlike an ignore file's pattern is anchored at the root and can't be undone.
type exclude struct {
	text    string // as it was written
	glob    string
	dirOnly bool
}

func compileExcludes(globs []string) ([]exclude, error) {
	out := make([]exclude, 0, len(globs))
	for _, text := range globs {
		glob := strings.TrimPrefix(strings.TrimPrefix(text, "./"), "/")
		trimmed := strings.TrimSuffix(glob, "/")
		if err := CheckGlob(trimmed); err != nil {
			if len(text) > MaxPattern {
				text = text[:64] + "..."
			}
			return nil, &BadExclude{text, err.Error()}
		}
		out = append(out, exclude{text: text, glob: trimmed, dirOnly: trimmed != glob})
	}
	return out, nil
}

// CheckGlob says in one clause why a glob can't be used.
func CheckGlob(glob string) error {
	switch {
	case glob == "":
		return errors.New("matches nothing")
	case len(glob) > MaxPattern:
		return fmt.Errorf("longer than %d bytes", MaxPattern)
	case !doublestar.ValidatePattern(glob):
		return errors.New("not a valid glob")
	case alternatives(glob) > MaxBraces:
		return fmt.Errorf("its braces expand to more than %d globs", MaxBraces)
	}
	return nil
}

// alternatives bounds from above how many globs the braces of one expand to, which is what matching can cost.
func alternatives(glob string) int {
	total, open := 1, []int(nil)
	for i := 0; i < len(glob) && total <= MaxBraces; i++ {
		switch glob[i] {
		case '\\':
			i++
		case '{':
			open = append(open, 1)
		case ',':
			if len(open) > 0 {
				open[len(open)-1]++
			}
		case '}':
			if len(open) > 0 {
				total *= open[len(open)-1]
				open = open[:len(open)-1]
			}
		}
	}
	return total
}

// excluded returns the first exclude that matches rel itself, or nil.
func excluded(excludes []exclude, rel string, dir bool) *exclude {
	for i := range excludes {
		if e := &excludes[i]; (dir || !e.dirOnly) && doublestar.MatchUnvalidated(e.glob, rel) {
			return e
		}
	}
	return nil
}

// Excludes returns whether excludes of the user's leave out a file, by its root-relative path.
func Excludes(globs []string) (func(name string) bool, error) {
	excludes, err := compileExcludes(globs)
	if err != nil {
		return nil, err
	}
	return func(name string) bool {
		for i := range len(name) {
			if name[i] == '/' && excluded(excludes, name[:i], true) != nil {
				return true
			}
		}
		return excluded(excludes, name, false) != nil
	}, nil
}
