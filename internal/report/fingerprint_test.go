package report_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vpclint/vpclint/internal/report"
	"github.com/vpclint/vpclint/internal/source"
)

// TestLineHashes holds the hashes to those of GitHub's own tests (github/codeql-action, src/fingerprints.test.ts).
func TestLineHashes(t *testing.T) {
	const loremTail = " a7f2ff1481e87703:1 a9cf91f7bbf1862b:1 55ec222b86bcae53:1 cc97dc7b1d7d8f7b:1 c129715d7a2bc9a3:1"
	lorem := "a7f2ff13bc495cf2:1 a7f2ff13bc495cf2:2 a7f2ff13bc495cf2:3 a7f2ff13bc495cf2:4 a7f2ff13bc495cf2:5 a7f2ff13bc495cf2:6" + loremTail
	assignments := "e54938cc54b302f1:1 bb609acbe9138d60:1 1131fd5871777f34:1 5c482a0f8b35ea28:1 54517377da7028d2:1 2c644846cb18d53e:1 f1b89f20de0d133:1 c129715d7a2bc9a3:1"
	for _, test := range []struct{ name, content, want string }{
		{"empty", "", "c129715d7a2bc9a3:1"},
		{"blanks", " a\nb\n  \t\tc\n d", "271789c17abda88f:1 54703d4cd895b18:1 180aee12dab6264:1 a23a3dc5e078b07b:1"},
		{"lines", "x = 2\nx = 1\nprint(x)\nx = 3\nprint(x)\nx = 4\nprint(x)\n", assignments},
		{"CR LF", "x = 2\r\nx = 1\r\nprint(x)\r\nx = 3\r\nprint(x)\r\nx = 4\r\nprint(x)\r\n", assignments},
		{"CR", "x = 2\rx = 1\rprint(x)\rx = 3\rprint(x)\rx = 4\rprint(x)\r", assignments},
		{"mixed", "x = 2\nx = 1\r\nprint(x)\rx = 3\nprint(x)\r\nx = 4\rprint(x)\n", assignments},
		{"repeated", strings.Repeat("Lorem ipsum dolor sit amet.\n", 10), lorem},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := strings.Join(report.LineHashes([]byte(test.content)), " ")
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// FuzzLineHashes holds that every line that a place can name has a hash.
func FuzzLineHashes(f *testing.F) {
	for _, seed := range []string{"", "a\r \nb", "\r\n\n\r", "\xe9\xa9x\n\xf0\x9d\x84\x9e\xff\xed\xa0\x80"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		if hashes, lines := len(report.LineHashes(content)), source.NewFile("x", content).Lines(); hashes != lines {
			t.Errorf("%d hashes for %d lines", hashes, lines)
		}
	})
}
