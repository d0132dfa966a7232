package doctree_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vpclint/vpclint/internal/doctree"
	"github.com/vpclint/vpclint/internal/source"
)

// Comments begin where PyYAML's scanner skips them: in the fixtures, in documents that PyYAML writes, and in the YAML files
// below the directories in DOCTREE_CORPUS.
func TestCommentsAsPyYAML(t *testing.T) {
	if err := exec.Command("python3", "-c", "import yaml").Run(); err != nil {
		t.Skip("needs python3 with PyYAML:", err)
	}
	paths := filesBelow(t, append([]string{"testdata", "../../testdata"}, filepath.SplitList(os.Getenv("DOCTREE_CORPUS"))...), ".yaml", ".yml", ".template")
	cmd := exec.Command("python3", "testdata/comments.py")
	cmd.Stdin = strings.NewReader(strings.Join(paths, "\n"))
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	var files, compared, skipped int
	lines := bufio.NewScanner(bytes.NewReader(out))
	lines.Buffer(nil, 1<<30)
	for lines.Scan() {
		var theirs struct {
			Path, Error string
			Comments    []int
		}
		if err := json.Unmarshal(lines.Bytes(), &theirs); err != nil {
			t.Fatal(err)
		}
		content, err := os.ReadFile(theirs.Path)
		if err != nil {
			t.Fatal(err)
		}
		f := source.NewFile(theirs.Path, content)
		docs, errs := doctree.ParseYAML(f)
		if theirs.Error != "" || len(errs) > 0 {
			skipped++
			continue
		}
		files++
		var ours []int
		for _, c := range doctree.RemarksOf(f, docs, errs).Comments {
			ours = append(ours, c.Start)
			if end := bytes.IndexAny(content[c.Start:], "\r\n"); end >= 0 && c.End != c.Start+end && !strings.ContainsAny(c.Text(), "\u0085\u2028\u2029") {
				t.Errorf("%s: %q ends before its line, or after", theirs.Path, c.Text())
			}
		}
		compared += len(ours)
		if diff := cmp.Diff(theirs.Comments, ours); diff != "" && len(theirs.Comments)+len(ours) > 0 {
			t.Errorf("%s (-PyYAML +ours):\n%s", theirs.Path, diff)
		}
	}
	t.Logf("%d files, %d comments compared; %d files skipped that one of the two refuses", files, compared, skipped)
}
