package shell

import (
	"context"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/source"
)

// Where a limit keeps some of a script that is ours from being read, that is said once, at its place.
func TestLimits(t *testing.T) {
	const command = "aws sagemaker create-model --model-name last\n"
	const recursive = "f() { f \"$@\" x; f y; " + command + "}\n"
	tests := []struct {
		name, script string
		want         []string
	}{
		{"size", strings.Repeat("# nothing\n", maxScript/10+1) + command, []string{"aws sagemaker create-model --model-name last: the script is larger than 1024 KiB, so it isn't read"}},
		{"size, but no request", strings.Repeat("# sagemaker\n", maxScript/10+1), nil},
		{"nesting", strings.Repeat("(", maxNesting+1) + "\n" + command, []string{"aws sagemaker create-model --model-name last: the script nests more than 2000 levels deep, so it isn't read"}},
		{"lines that are no shell", strings.Repeat(") fi\n", maxErrors+1) + command, []string{") fi: more than 100 lines of the script are no shell, so the rest isn't read"}},
		{"statements", strings.Repeat("x\n", maxStatements) + command, []string{"aws sagemaker create-model --model-name last: the script runs more than 100000 statements, so those from here on aren't all read"}},
		{"levels", strings.Repeat("{\n", maxDepth) + command + strings.Repeat("}\n", maxDepth), []string{"aws sagemaker create-model --model-name last: statements nest more than 400 levels deep, so those within aren't read"}},
		{"calls behind a function that never ends", recursive + "f a\nf b\n", []string{"f b: the script runs more than 50000 statements, so those from here on aren't all read"}},
		{"a function that calls itself", recursive + "f a\n", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tree := treeOf(map[string]string{"run.sh": tt.script})
			in := &frontend.Input{
				Tree: tree, Documents: &frontend.Documents{}, Files: []*source.File{tree["run.sh"]},
				Each: func(n int, _ func(int) source.Span, do func(int)) {
					for i := range n {
						do(i)
					}
				},
			}
			out, err := Frontend{}.Load(context.Background(), in)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, f := range out.Findings {
				line, _, _ := strings.Cut(string(f.At.File.Bytes[f.At.Start:]), "\n")
				got = append(got, line+": "+f.Message)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// A workflow that spells no operation is none of ours; a script may put one together.
func TestRelevant(t *testing.T) {
	for name, want := range map[string]bool{".github/workflows/a.yml": false, "run.sh": true, "Makefile": true} {
		f := source.NewFile(name, []byte("# sagemaker\n"))
		if got := (Frontend{}).Relevant(f); got != want {
			t.Errorf("%s is relevant: %v, want %v", name, got, want)
		}
	}
	f := source.NewFile(".github/workflows/a.yml", []byte("run: aws sagemaker start-pipeline-execution"))
	if !(Frontend{}).Relevant(f) {
		t.Error("a workflow that starts a pipeline isn't relevant")
	}
}
