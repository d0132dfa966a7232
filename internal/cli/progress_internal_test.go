package cli

import (
	"bytes"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/vpclint/vpclint/internal/lint"
)

// screen returns what a terminal shows of a line that is written over, and whether it ever had more than its columns.
func screen(t *testing.T, written string, columns int) string {
	t.Helper()
	var line []byte
	at := 0
	for len(written) > 0 {
		switch {
		case strings.HasPrefix(written, "\r"):
			at, written = 0, written[1:]
		case strings.HasPrefix(written, "\x1b[K"):
			line, written = line[:at], written[3:]
		default:
			if line = append(line[:min(at, len(line))], append([]byte{written[0]}, line[min(at+1, len(line)):]...)...); at >= columns {
				t.Errorf("column %d of %d is written to", at, columns)
			}
			at, written = at+1, written[1:]
		}
	}
	return string(line)
}

// A whole run, whose stages are those of the driver, watched at every moment by a clock of the test's.
func TestMeter(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(dir+"/main.tf", []byte("resource \"aws_vpc\" \"v\" {\n  cidr_block = \"10.0.0.0/16\"\n}\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	p := &lint.Progress{}
	if _, err := lint.Run(t.Context(), lint.Config{WorkDir: dir, Progress: p}); err != nil {
		t.Fatal(err)
	}
	if stage, done, total := p.At(); stage == "" || done != total {
		t.Errorf("in the end, %q %d/%d", stage, done, total)
	}

	var b bytes.Buffer
	const columns = 24
	m := &meter{terminal: &b, progress: p, columns: columns}
	ticks, stop, done := make(chan time.Time), make(chan struct{}), make(chan struct{})
	begin := time.Unix(0, 0)
	go func() {
		m.run(begin, ticks, stop)
		close(done)
	}()
	ticks <- begin.Add(patience - 1)
	ticks <- begin.Add(patience)
	ticks <- begin.Add(patience + refresh)
	close(stop)
	<-done
	written := b.String()
	if n := strings.Count(written, "vpclint: "); n != 1 {
		t.Errorf("what doesn't change is drawn %d times: %q", n, written)
	}
	if left := screen(t, written, columns); left != "" {
		t.Errorf("%q is left on the terminal", left)
	}
	drawn := strings.TrimSuffix(written, "\r\x1b[K")
	if got := screen(t, drawn, columns); !strings.HasPrefix(got, "vpclint: ") || len(got) >= columns {
		t.Errorf("%q is shown", got)
	}
}

// A run that is over in time shows nothing.
func TestMeterOfShortRun(t *testing.T) {
	var b bytes.Buffer
	m := &meter{terminal: &b, progress: &lint.Progress{}}
	ticks, stop, done := make(chan time.Time), make(chan struct{}), make(chan struct{})
	go func() {
		m.run(time.Unix(0, 0), ticks, stop)
		close(done)
	}()
	ticks <- time.Unix(0, int64(patience-1))
	ticks <- time.Unix(9, 0) // nothing has begun
	close(stop)
	<-done
	if b.Len() > 0 {
		t.Errorf("%q", b.String())
	}
}
