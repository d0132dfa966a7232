package git

import (
	"bytes"
	"cmp"
	"container/heap"
	"errors"
	"strconv"
	"strings"
)

// object reads an object of any of the stores, which has the name that it is asked for by.
func (r *Repository) object(id ID) (object, error) {
	for _, s := range r.stores {
		o, err := s.object(id)
		var large *TooLarge
		switch {
		case errors.Is(err, errAbsent):
			continue
		case errors.As(err, &large):
			return object{}, &TooLarge{id}
		case err != nil:
			return object{}, err
		case !r.hash.verify(id, o):
			return object{}, &Corrupt{id, "its content is another's"}
		}
		return o, nil
	}
	return object{}, &Missing{id, r.hint()}
}

// hint says why an object may be missing.
func (r *Repository) hint() string {
	switch {
	case len(r.alternates) > 0:
		return "it may be in " + r.alternates[0] + ", which objects/info/alternates names; an object store elsewhere is read only where GIT_ALTERNATE_OBJECT_DIRECTORIES names it too"
	case r.partial:
		return "the clone is a partial one, and nothing is fetched; clone without --filter, or run git fetch --refetch --no-filter"
	case r.Shallow():
		return "the clone's history ends early" + fetchAll
	}
	return ""
}

// A commit is what is asked of one.
type commit struct {
	tree    ID
	parents []ID
	when    int64 // in seconds; what its committer's clock said
}

// commit reads a commit. Where the clone's history has been cut it has no parents.
func (r *Repository) commit(id ID) (commit, error) {
	o, err := r.object(id)
	if err != nil {
		return commit{}, err
	}
	if o.kind != kindCommit {
		return commit{}, &Corrupt{id, "it is a " + o.kind.String() + ", not a commit"}
	}
	c := commit{}
	head, _, _ := bytes.Cut(o.content, []byte("\n\n"))
	for line := range strings.Lines(string(head)) {
		name, rest, _ := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
		switch name {
		case "tree", "parent":
			named, ok := r.hash.parse(rest)
			if !ok {
				return commit{}, &Corrupt{id, "it names an object by what is no name"}
			}
			if name == "tree" {
				c.tree = named
			} else {
				c.parents = append(c.parents, named)
			}
		case "committer":
			if _, clock, ok := strings.Cut(rest, "> "); ok {
				seconds, _, _ := strings.Cut(clock, " ")
				c.when, _ = strconv.ParseInt(seconds, 10, 64) // one without a time is as old as can be
			}
		}
	}
	if c.tree == "" {
		return commit{}, &Corrupt{id, "it is a commit without a tree"}
	}
	if r.shallow[id] {
		c.parents = nil
	}
	return c, nil
}

// The marks of a commit in a search for common ancestors.
const (
	ofA = 1 << iota
	ofB
	stale // an ancestor of a common one
)

// mergeBase returns the best common ancestor of two commits: one that is no ancestor of another, of several the latest. It goes
// back in time from both, as git does, until all that is left to look at is an ancestor of a common one.
func (r *Repository) mergeBase(a, b ID, whole string) (ID, error) {
	marks := map[ID]int{}
	known := map[ID]commit{}
	var queue byTime
	push := func(id ID, mark int) error {
		if marks[id]|mark == marks[id] {
			return nil
		}
		c, ok := known[id]
		if !ok {
			var err error
			if c, err = r.commit(id); err != nil {
				return err
			}
			known[id] = c
		}
		marks[id] |= mark
		heap.Push(&queue, dated{id, c.when})
		return nil
	}
	if err := errors.Join(push(a, ofA), push(b, ofB)); err != nil {
		return "", err
	}
	var common []ID
	for queue.Len() > 0 && queue.fresh(marks) {
		if len(known) > maxCommits {
			return "", &BadRevision{whole, "the history is too long to look for a common ancestor"}
		}
		id := heap.Pop(&queue).(dated).id
		mark := marks[id] & (ofA | ofB | stale)
		if mark == ofA|ofB {
			common = append(common, id)
			mark |= stale
		}
		for _, parent := range known[id].parents {
			if err := push(parent, mark); err != nil {
				return "", err
			}
		}
	}
	best := ID("")
	for _, id := range common {
		if marks[id]&stale == 0 && (best == "" || known[id].when > known[best].when) {
			best = id
		}
	}
	if best == "" {
		reason := "the two have no commit in common"
		if r.Shallow() {
			reason += " in this clone, whose history ends early" + fetchAll
		}
		return "", &BadRevision{whole, reason}
	}
	return best, nil
}

// A dated is a commit in the queue.
type dated struct {
	id   ID
	when int64
}

// byTime is a heap of commits, the latest first.
type byTime []dated

func (q byTime) Len() int { return len(q) }
func (q byTime) Less(i, j int) bool {
	return cmp.Or(cmp.Compare(q[j].when, q[i].when), cmp.Compare(q[i].id, q[j].id)) < 0
}
func (q byTime) Swap(i, j int) { q[i], q[j] = q[j], q[i] }

// Push implements heap.Interface.
func (q *byTime) Push(x any) { *q = append(*q, x.(dated)) }

// Pop implements heap.Interface.
func (q *byTime) Pop() any {
	old := *q
	last := old[len(old)-1]
	*q = old[:len(old)-1]
	return last
}

// fresh reports whether anything in the queue can lead to a common ancestor that isn't known.
func (q byTime) fresh(marks map[ID]int) bool {
	for _, d := range q {
		if marks[d.id]&stale == 0 {
			return true
		}
	}
	return false
}
