//go:build unix

package pyast_test

import (
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"

	"github.com/vpclint/vpclint/internal/pyast"
)

// BenchmarkParse parses python3's library, or the files under PYAST_FILES.
func BenchmarkParse(b *testing.B) {
	dir := os.Getenv("PYAST_FILES")
	if dir == "" {
		out, err := exec.Command("python3", "-c", "import sysconfig; print(sysconfig.get_path('stdlib'))").Output()
		if err != nil {
			b.Skip("no python3 whose library to parse")
		}
		dir = strings.TrimSpace(string(out))
	}
	var files [][]byte
	size := int64(0)
	for _, path := range pythonFiles(b, dir, 1<<20, false) {
		if src, err := os.ReadFile(path); err == nil {
			files = append(files, src)
			size += int64(len(src))
		}
	}
	b.SetBytes(size)
	b.ReportAllocs()
	b.ResetTimer()
	// The clock of a busy machine says little; the collector's work counts too.
	before := cpuSeconds(b)
	n := 0
	for b.Loop() {
		for _, src := range files {
			pyast.Parse(src)
		}
		n++
	}
	b.ReportMetric(float64(size)*float64(n)/1e6/(cpuSeconds(b)-before), "MB/cpu-s")
}

// cpuSeconds is the processor time of this process.
func cpuSeconds(b *testing.B) float64 {
	b.Helper()
	var r syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &r); err != nil {
		b.Fatal(err)
	}
	return float64(r.Utime.Sec+r.Stime.Sec) + float64(r.Utime.Usec+r.Stime.Usec)/1e6
}
