package lint

import (
	"fmt"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/source"
)

// workers run units in parallel and turn a panic in one of them into a finding.
type workers struct {
	jobs     int
	findings *collector
	progress *Progress
}

// each implements frontend.Input.Each.
func (w *workers) each(n int, unit func(int) source.Span, do func(int)) {
	w.run(n, func(i int) {
		defer func() {
			if r := recover(); r != nil {
				w.findings.add(frontend.Unreadable(unit(i), fmt.Sprintf("vpclint failed on it, which is a fault of vpclint's: %v", r)))
			}
		}()
		do(i)
	})
}

// run calls do for 0..n-1 on at most w.jobs goroutines.
func (w *workers) run(n int, do func(int)) {
	jobs := min(w.jobs, n)
	w.progress.more(n)
	if jobs <= 1 {
		for i := range n {
			do(i)
			w.progress.step()
		}
		return
	}
	var next atomic.Int64
	var wg sync.WaitGroup
	for range jobs {
		wg.Go(func() {
			for {
				i := int(next.Add(1)) - 1
				if i >= n {
					return
				}
				do(i)
				w.progress.step()
			}
		})
	}
	wg.Wait()
}

// A collector gathers findings from several goroutines, in an order that doesn't depend on them.
type collector struct {
	mu       sync.Mutex
	findings []finding.Finding
}

func newCollector() *collector { return &collector{} }

func (c *collector) add(f finding.Finding) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.findings = append(c.findings, f)
}

func (c *collector) all() []finding.Finding {
	slices.SortStableFunc(c.findings, finding.Compare)
	return c.findings
}
