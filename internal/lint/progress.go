package lint

import "sync/atomic"

// A Progress is how far a run is, for who watches it from another goroutine. The zero value is a run that hasn't begun; nil
// is one that nobody watches.
type Progress struct{ stage atomic.Pointer[stage] }

// A stage is one that a run is in.
type stage struct {
	name        string
	done, total atomic.Int64
}

// At returns the stage that the run is in, in a word or two, and how many of its steps are done of those known so far. The
// name is empty before the first.
func (p *Progress) At() (name string, done, total int) {
	s := p.stage.Load()
	if s == nil {
		return "", 0, 0
	}
	done = int(s.done.Load()) // first: what is done never seems more than there is
	return s.name, done, int(s.total.Load())
}

// begin opens a stage whose steps aren't known yet.
func (p *Progress) begin(name string) {
	if p != nil {
		p.stage.Store(&stage{name: name})
	}
}

// more adds steps to the stage.
func (p *Progress) more(n int) {
	if p == nil {
		return
	}
	if s := p.stage.Load(); s != nil {
		s.total.Add(int64(n))
	}
}

// step says that one more is done.
func (p *Progress) step() {
	if p == nil {
		return
	}
	if s := p.stage.Load(); s != nil {
		s.done.Add(1)
	}
}
