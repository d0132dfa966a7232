package lint

import (
	"cmp"
	"container/heap"
	"slices"
	"sort"
)

// A cover answers which directive speaks for a place of one file: of several the one that begins last, which is the nearest.
// A file may hold thousands of directives and of findings, so that neither looks through the other.
type cover struct {
	scopes []scope
	// segments are the places between which the answer changes.
	segments []segment
}

// A scope is the bytes of a file for which a directive speaks, the one behind the last among them: a line's end is its own.
type scope struct {
	start, end int
	of         *directive
}

// A segment reaches from its start to that of the next.
type segment struct {
	start int
	of    *directive
}

func (c *cover) add(start, end int, of *directive) {
	c.scopes = append(c.scopes, scope{start, end, of})
}

// settle prepares the answers.
func (c *cover) settle() {
	slices.SortStableFunc(c.scopes, func(a, b scope) int { return cmp.Compare(a.start, b.start) })
	var edges []int
	for _, s := range c.scopes {
		edges = append(edges, s.start, s.end+1)
	}
	slices.Sort(edges)
	open, next := &nearest{}, 0
	for _, at := range slices.Compact(edges) {
		for ; next < len(c.scopes) && c.scopes[next].start == at; next++ {
			heap.Push(open, c.scopes[next])
		}
		for open.Len() > 0 && (*open)[0].end < at {
			heap.Pop(open)
		}
		seg := segment{start: at}
		if open.Len() > 0 {
			seg.of = (*open)[0].of
		}
		c.segments = append(c.segments, seg)
	}
}

// at returns the directive that speaks for an offset; nil where none does.
func (c *cover) at(offset int) *directive {
	i := sort.Search(len(c.segments), func(i int) bool { return c.segments[i].start > offset })
	if i == 0 {
		return nil
	}
	return c.segments[i-1].of
}

// nearest is a heap of scopes with the one that begins last on top, and of those that begin together the smallest.
type nearest []scope

func (n nearest) Len() int { return len(n) }

func (n nearest) Less(i, j int) bool {
	return cmp.Or(cmp.Compare(n[j].start, n[i].start), cmp.Compare(n[i].end, n[j].end)) < 0
}

func (n nearest) Swap(i, j int) { n[i], n[j] = n[j], n[i] }

// Push implements heap.Interface.
func (n *nearest) Push(x any) {
	if s, ok := x.(scope); ok {
		*n = append(*n, s)
	}
}

// Pop implements heap.Interface.
func (n *nearest) Pop() any {
	last := (*n)[len(*n)-1]
	*n = (*n)[:len(*n)-1]
	return last
}
