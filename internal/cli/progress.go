package cli

import (
	"context"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/vpclint/vpclint/internal/lint"
)

const (
	// patience is how long a run may take before somebody wants to know that it goes on.
	patience = time.Second
	// refresh is how often what is shown changes: often enough to move, seldom enough to be read.
	refresh = 100 * time.Millisecond
)

// A meter shows how far a run is, on one line of a terminal that it takes back at the end.
type meter struct {
	terminal io.Writer
	progress *lint.Progress
	// columns are the terminal's: a line that it breaks can't be taken back.
	columns int
	shown   string
}

// watched runs the driver, and shows how far it is.
func (a *app) watched(ctx context.Context, c lint.Config, quiet bool) (*lint.Result, error) {
	c.Progress = &lint.Progress{}
	defer a.watch(c.Progress, quiet)()
	return lint.Run(ctx, c)
}

// watch shows the progress of a run where somebody is there to see it: standard error is a terminal, and no CI's. The
// function that it returns ends it, and must be called before anything else is printed.
func (a *app) watch(p *lint.Progress, quiet bool) (end func()) {
	env := environment(os.Getenv)
	file, ok := a.stderr.(*os.File)
	if quiet || !ok || !isTerminal(file) || env.on("CI") || env("TERM") == "dumb" || !showsColors(file) {
		return func() {}
	}
	m := &meter{terminal: a.stderr, progress: p, columns: width(file, env)}
	ticker := time.NewTicker(refresh)
	stop, done := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		m.run(time.Now(), ticker.C, stop)
	}()
	return func() {
		ticker.Stop()
		close(stop)
		<-done
	}
}

// run draws at each tick, once patience has passed since the beginning, until it is stopped.
func (m *meter) run(begin time.Time, ticks <-chan time.Time, stop <-chan struct{}) {
	for {
		select {
		case now := <-ticks:
			if now.Sub(begin) >= patience {
				m.draw()
			}
		case <-stop:
			m.clear()
			return
		}
	}
}

// draw writes over what is shown, and clears what is left of it behind: so nothing flickers.
func (m *meter) draw() {
	stage, done, total := m.progress.At()
	if stage == "" {
		return
	}
	text := "vpclint: " + stage
	if total > 0 {
		text += fmt.Sprintf(" %d/%d", min(done, total), total)
	}
	if m.columns > 0 && len(text) >= m.columns {
		text = text[:m.columns-1]
	}
	if text == m.shown {
		return
	}
	fmt.Fprint(m.terminal, "\r"+text+"\x1b[K")
	m.shown = text
}

// clear takes back the line.
func (m *meter) clear() {
	if m.shown != "" {
		fmt.Fprint(m.terminal, "\r\x1b[K")
		m.shown = ""
	}
}
