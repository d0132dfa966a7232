package terraform_test

import (
	"strings"
	"testing"

	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/frontend/terraform"
	"github.com/vpclint/vpclint/internal/source"
)

// What must not be parsed isn't parsed for its comments either: hclsyntax has no limit to its recursion, and what overflows the
// stack ends the process.
func TestIgnoresInWhatIsNotParsed(t *testing.T) {
	const comment = "# vpclint:ignore unreadable it is a test\n"
	for name, test := range map[string]struct {
		text string
		want int
	}{
		"nested":        {comment + "a = " + strings.Repeat("[", 200_000), 1},
		"open comments": {comment + strings.Repeat("/* ", 100_000), 0},
		"large":         {comment + strings.Repeat(" ", 4<<20), 0},
	} {
		t.Run(name, func(t *testing.T) {
			f := source.NewFile("main.tf", []byte(test.text))
			docs := &frontend.Documents{}
			if got := (terraform.Frontend{}).Ignores(f, docs); len(got) != test.want {
				t.Errorf("%d directives, want %d", len(got), test.want)
			}
			terraform.Frontend{}.Notes(f.Span(0, 1), docs)
		})
	}
}
