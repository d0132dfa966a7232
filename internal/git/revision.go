package git

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"strconv"
	"strings"
	"syscall"
)

// A BadRevision says that a revision names no commit.
type BadRevision struct{ Text, Reason string }

// Error implements error.
func (e *BadRevision) Error() string { return fmt.Sprintf("%s: %s", e.Text, e.Reason) }

// Resolve returns the commit that a revision names: a branch, a remote branch or a tag, by its short name or whole, HEAD, an
// object's name of at least four digits, any of these with ~n and ^n behind it; and A...B for the latest commit that two have
// in common, either of which is HEAD where it isn't written. It is what git rev-parse, and git merge-base, say.
func (r *Repository) Resolve(rev string) (ID, error) {
	if left, right, ok := strings.Cut(rev, "..."); ok {
		a, err := r.single(orHead(left), rev)
		if err != nil {
			return "", err
		}
		b, err := r.single(orHead(right), rev)
		if err != nil {
			return "", err
		}
		return r.mergeBase(a, b, rev)
	}
	return r.single(rev, rev)
}

func orHead(rev string) string {
	if rev == "" {
		return "HEAD"
	}
	return rev
}

// single resolves a revision of one commit. What messages call it is the whole.
func (r *Repository) single(rev, whole string) (ID, error) {
	if strings.Contains(rev, "..") {
		return "", &BadRevision{whole, "a range is no revision; write the one to compare with, or A... for where the work on A began"}
	}
	if strings.Contains(rev, "@{") || strings.HasPrefix(rev, ":") || strings.Contains(rev, ":/") {
		return "", &BadRevision{whole, "a revision of this form isn't read; name a branch, a tag or a commit"}
	}
	end := strings.IndexAny(rev, "~^")
	if end < 0 {
		end = len(rev)
	}
	id, err := r.named(rev[:end], whole)
	if err != nil {
		return "", err
	}
	if id, err = r.peel(id, whole); err != nil {
		return "", err
	}
	for rest := rev[end:]; rest != ""; {
		op := rest[0]
		rest = rest[1:]
		if kind, after, ok := strings.Cut(rest, "}"); op == '^' && ok && (kind == "{commit" || kind == "{") {
			rest = after
			continue
		}
		digits := len(rest) - len(strings.TrimLeft(rest, "0123456789"))
		n := 1
		if digits > 0 {
			if n, err = strconv.Atoi(rest[:digits]); err != nil || n > maxCommits {
				return "", &BadRevision{whole, "it has no such ancestor"}
			}
		}
		if rest = rest[digits:]; rest != "" && rest[0] != '~' && rest[0] != '^' {
			return "", &BadRevision{whole, "what stands behind the name is neither ~n nor ^n"}
		}
		if id, err = r.ancestor(id, op, n, whole); err != nil {
			return "", err
		}
	}
	return id, nil
}

// ancestor goes from a commit to one of its ancestors: ~n goes to the first parent n times, ^n to the n-th once.
func (r *Repository) ancestor(id ID, op byte, n int, whole string) (ID, error) {
	steps, parent := n, 0
	if op == '^' {
		if n == 0 {
			return id, nil
		}
		steps, parent = 1, n-1
	}
	for range steps {
		c, err := r.commit(id)
		if err != nil {
			return "", err
		}
		if parent >= len(c.parents) {
			reason := "it has no such ancestor"
			if r.shallow[id] {
				reason = "the clone's history ends before it" + fetchAll
			}
			return "", &BadRevision{whole, reason}
		}
		id = c.parents[parent]
	}
	return id, nil
}

// fetchAll is what to do about a clone that has too little.
const fetchAll = "; fetch it all (git fetch --unshallow, fetch-depth: 0 of actions/checkout, GIT_DEPTH: 0 of GitLab)"

// named returns the object that a name stands for, as git looks for it (gitrevisions(7)).
func (r *Repository) named(name, whole string) (ID, error) {
	if name == "@" || name == "" && whole != "" && strings.ContainsAny(whole[:1], "~^") {
		name = "HEAD"
	}
	if id, ok := r.hash.parse(strings.ToLower(name)); ok {
		return id, nil
	}
	if isRefName(name) {
		for _, form := range []string{"%s", "refs/%s", "refs/tags/%s", "refs/heads/%s", "refs/remotes/%s", "refs/remotes/%s/HEAD"} {
			ref := fmt.Sprintf(form, name)
			// What lies at the top is no reference but by its name: config isn't one.
			if form == "%s" && !strings.HasPrefix(ref, "refs/") && ref != strings.ToUpper(ref) {
				continue
			}
			id, ok, err := r.reference(ref)
			if err != nil {
				return "", err
			}
			if ok {
				return id, nil
			}
		}
	}
	id, err := r.abbreviated(strings.ToLower(name), whole)
	if err != nil || id != "" {
		return id, err
	}
	reason := "there is no such branch, tag or commit"
	if r.Shallow() {
		reason += " in this clone, whose history ends early" + fetchAll
	} else if !strings.Contains(name, "/") {
		reason += "; of a branch that was only fetched the name is that of its remote: origin/" + name
	}
	return "", &BadRevision{whole, reason}
}

// isRefName refuses what git refuses as the name of a reference, and what would lead out of the directory.
func isRefName(name string) bool {
	return name != "" && fs.ValidPath(name) && !strings.ContainsAny(name, " ~^:?*[\\\x7f") && !strings.HasSuffix(name, ".lock") &&
		!strings.Contains(name, "..") && strings.IndexFunc(name, func(c rune) bool { return c < ' ' }) < 0 && !strings.HasPrefix(name, "-")
}

// reference returns what a whole name refers to.
func (r *Repository) reference(name string) (ID, bool, error) {
	for range maxSymbolic {
		text, err := r.referenceText(name)
		if errors.Is(err, fs.ErrNotExist) {
			return r.packed(name)
		}
		if err != nil {
			return "", false, fmt.Errorf("reading the reference %s: %w", name, err)
		}
		target, symbolic := strings.CutPrefix(text, "ref:")
		if !symbolic {
			hex, _, _ := strings.Cut(text, "\t") // of FETCH_HEAD, its first
			id, ok := r.hash.parse(strings.TrimSpace(hex))
			if !ok {
				return "", false, &BadRevision{name, "what it refers to is no object's name"}
			}
			return id, true, nil
		}
		if name = strings.TrimSpace(target); !isRefName(name) {
			return "", false, &BadRevision{name, "a reference leads to what is none"}
		}
	}
	return "", false, &BadRevision{name, fmt.Sprintf("more than %d references lead to each other", maxSymbolic)}
}

// referenceText reads the file of a reference: what is only of this working tree has it in a directory of its own.
func (r *Repository) referenceText(name string) (string, error) {
	dir := r.common
	if !strings.HasPrefix(name, "refs/") || strings.HasPrefix(name, "refs/bisect/") || strings.HasPrefix(name, "refs/worktree/") {
		dir = r.own
	}
	info, err := dir.Stat(name)
	switch {
	case err != nil && !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, syscall.ENOTDIR):
		return "", err
	case err != nil || info.IsDir(): // a directory of others
		return "", fs.ErrNotExist
	}
	text, err := readSmall(dir, name, maxListBytes)
	if err != nil {
		return "", err
	}
	return firstLine(text), nil
}

// packed looks a reference up among those that were packed into one file.
func (r *Repository) packed(name string) (ID, bool, error) {
	text, err := readSmall(r.common, "packed-refs", maxListBytes)
	if errors.Is(err, fs.ErrNotExist) {
		return "", false, nil
	}
	if err != nil {
		return "", false, fmt.Errorf("reading packed references: %w", err)
	}
	for line := range bytes.Lines(text) {
		hex, ref, ok := bytes.Cut(bytes.TrimSpace(line), []byte(" "))
		if ok && string(ref) == name {
			id, ok := r.hash.parse(string(hex))
			return id, ok, nil
		}
	}
	return "", false, nil
}

// abbreviated returns the commit whose name begins with hexadecimal digits; empty where there is none.
func (r *Repository) abbreviated(prefix, whole string) (ID, error) {
	if len(prefix) < 4 || len(prefix) > 2*r.hash.size || strings.Trim(prefix, "0123456789abcdef") != "" {
		return "", nil
	}
	const enough = 100
	found := map[ID]bool{}
	var commits []ID
	for _, s := range r.stores {
		ids, err := s.names(prefix, enough)
		if err != nil {
			return "", fmt.Errorf("looking for %s: %w", whole, err)
		}
		for _, id := range ids {
			if o, err := r.object(id); !found[id] && err == nil && (o.kind == kindCommit || o.kind == kindTag) {
				commits = append(commits, id)
			}
			found[id] = true
		}
	}
	switch {
	case len(commits) > 1:
		return "", &BadRevision{whole, fmt.Sprintf("%d commits have names that begin like this; write more of it", len(commits))}
	case len(commits) == 1:
		return commits[0], nil
	case len(found) > 0:
		return "", &BadRevision{whole, "no commit has a name that begins like this"}
	}
	return "", nil
}

// peel follows tags to the commit that they are of.
func (r *Repository) peel(id ID, whole string) (ID, error) {
	for range maxSymbolic {
		o, err := r.object(id)
		if err != nil {
			return "", err
		}
		switch o.kind {
		case kindCommit:
			return id, nil
		case kindTag:
			target, _, _ := bytes.Cut(o.content, []byte("\n"))
			hex, ok := bytes.CutPrefix(target, []byte("object "))
			next, isID := r.hash.parse(string(hex))
			if !ok || !isID {
				return "", &Corrupt{id, "it is a tag of nothing"}
			}
			id = next
		default:
			return "", &BadRevision{whole, fmt.Sprintf("it is a %s, not a commit", o.kind)}
		}
	}
	return "", &BadRevision{whole, "it is a tag of a tag of a tag"}
}
