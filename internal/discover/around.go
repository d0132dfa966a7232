package discover

import (
	"context"
	"path"
	"slices"
)

// around walks what lies around the files that are named, in a tree of which nobody says where a project in it ends: all of it
// where that is little, else as many of the directories above the files as hold little.
func (w *walk) around(ctx context.Context) error {
	whole := w.lim
	w.lim.files, w.lim.dirs = min(whole.files, w.near+len(w.found)), min(whole.dirs, w.near)
	defer func() { w.lim = whole }()
	found, skipped, dropped := slices.Clone(w.found), slices.Clone(w.skipped), w.dropped
	try := func(dir string) (bool, error) {
		w.found, w.skipped, w.dropped, w.short = slices.Clone(found), slices.Clone(skipped), dropped, false
		err := w.from(ctx, dir)
		return err == nil && !w.short, err
	}
	if fits, err := try(""); fits || err != nil {
		return err
	}
	var up []string // from the nearest directory upwards
	for dir := w.common(); dir != ""; dir = parent(dir) {
		up = append(up, dir)
	}
	if len(up) == 0 {
		return nil // the root is the nearest, and was walked as far as the limit goes
	}
	last := ""
	for _, dir := range up {
		fits, err := try(dir)
		if err != nil {
			return err
		}
		if !fits {
			break
		}
		last = dir
	}
	if w.short && last != "" {
		if _, err := try(last); err != nil {
			return err
		}
	}
	w.cut(".", "it is no repository, and holds more than %d files or directories: only what lies around the named files was walked", w.near)
	return nil
}

// common returns the nearest directory at or above all files that are named, root-relative, "" being the root.
func (w *walk) common() string {
	common, first := "", true
	for file := range w.files {
		dir := parent(file)
		if first {
			common, first = dir, false
		}
		for common != "" && dir != common && !isBelow(dir, common) {
			common = parent(common)
		}
	}
	return common
}

func parent(name string) string {
	if dir := path.Dir(name); dir != "." {
		return dir
	}
	return ""
}

func isBelow(dir, above string) bool {
	return len(dir) > len(above) && dir[:len(above)] == above && dir[len(above)] == '/'
}

// rulesAbove returns the rules of the ignore files above a directory.
func (w *walk) rulesAbove(dir string, h *harvest) *rules {
	r := w.readRules(nil, "", ".git/info/exclude", h)
	if dir == "" {
		return r
	}
	var above []string
	for up := parent(dir); ; up = parent(up) {
		above = append(above, up)
		if up == "" {
			break
		}
	}
	slices.Reverse(above)
	for _, up := range above {
		if !isFree(up) {
			r = w.readRules(r, up, path.Join(up, ".gitignore"), h)
		}
	}
	return r
}
