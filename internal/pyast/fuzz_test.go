package pyast_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/vpclint/vpclint/internal/pyast"
)

// FuzzParse holds for any bytes: Parse ends without a panic, and the tree is
// within the file and within itself.
func FuzzParse(f *testing.F) {
	for _, s := range snippets {
		f.Add([]byte(s))
	}
	f.Fuzz(checkAny)
}

func checkAny(t *testing.T, src []byte) {
	m := pyast.Parse(src)
	checkTree(t, src, m)
	pyast.Dump(m, pyast.DumpOptions{})
}

// FuzzEdit edits real files: cuts bytes out, puts others in, and repeats a part, as an editor that went wrong does.
func FuzzEdit(f *testing.F) {
	paths, err := filepath.Glob("testdata/*.py")
	if err != nil || len(paths) == 0 {
		f.Fatal("no scripts", err)
	}
	var files [][]byte
	for _, path := range paths {
		src, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		files = append(files, src)
	}
	for i := range files {
		f.Add(uint8(i), uint16(100*i), uint16(1), []byte("("), uint16(500), uint8(3))
		f.Add(uint8(i), uint16(1000), uint16(30), []byte("\"\"\""), uint16(50), uint8(200))
	}
	f.Fuzz(func(t *testing.T, file uint8, at, cut uint16, put []byte, length uint16, times uint8) {
		src := files[int(file)%len(files)]
		from := int(at) % len(src)
		to := min(from+int(cut), len(src))
		part := src[to:min(to+int(length)%2000, len(src))]
		edited := slices.Concat(src[:from], put, slices.Repeat(part, int(times)%100), src[to:])
		checkAny(t, edited)
	})
}
