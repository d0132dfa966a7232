//go:build unix

package pyast_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/vpclint/vpclint/internal/pyast"
)

// BenchmarkParse parses python3's library, or the files under PYAST_FILES.
func BenchmarkParse(b *testing.B) {
	files := benchmarkFiles(b)
	perSecond(b, files, func(src []byte) { pyast.Parse(src) })
}

// BenchmarkWalk parses the same files and visits every node.
func BenchmarkWalk(b *testing.B) {
	files := benchmarkFiles(b)
	nodes := 0
	perSecond(b, files, func(src []byte) {
		pyast.Inspect(pyast.Parse(src), func(pyast.Node) bool { nodes++; return true })
	})
}

func benchmarkFiles(b *testing.B) [][]byte {
	b.Helper()
	dirs := filepath.SplitList(os.Getenv("PYAST_FILES"))
	if len(dirs) == 0 {
		out, err := exec.Command("python3", "-c", "import sysconfig; print(sysconfig.get_path('stdlib'))").Output()
		if err != nil {
			b.Skip("no python3 whose library to parse")
		}
		dirs = []string{strings.TrimSpace(string(out))}
	}
	var files [][]byte
	for _, dir := range dirs {
		for _, path := range pythonFiles(b, dir, 1<<20, false) {
			if src, err := os.ReadFile(path); err == nil {
				files = append(files, src)
			}
		}
	}
	return files
}

// perSecond reports megabytes per second of the processor: the clock of a busy machine says little, and the collector's
// work counts too.
func perSecond(b *testing.B, files [][]byte, do func([]byte)) {
	b.Helper()
	size := 0
	for _, src := range files {
		size += len(src)
	}
	b.SetBytes(int64(size))
	b.ReportAllocs()
	b.ResetTimer()
	before, n := cpuSeconds(b), 0
	for b.Loop() {
		for _, src := range files {
			do(src)
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
