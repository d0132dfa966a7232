package jobconfig

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/value"
)

// manyStates returns a state machine of more members than a value holds, which trains in the end.
func manyStates() string {
	var states strings.Builder
	for i := range value.MaxSize / 2 {
		fmt.Fprintf(&states, `"P%d": {"Type": "Pass", "Next": "A"}, `, i)
	}
	return machineOf(states.String() + `"A": ` + trainTask)
}

func TestStatesPastTheLimitAreReported(t *testing.T) {
	want := "the state machine's definition has more than 200000 members, not all of its states are read"
	serial := func(n int, _ func(int) source.Span, do func(int)) {
		for i := range n {
			do(i)
		}
	}
	file := source.NewFile("a.asl.json", []byte(manyStates()))
	out, err := Frontend{}.Load(context.Background(), &frontend.Input{Files: []*source.File{file}, Documents: new(frontend.Documents), Each: serial})
	if err != nil {
		t.Fatal(err)
	}
	if len(out.Findings) != 1 || out.Findings[0].Message != want {
		t.Errorf("a file: findings = %+v, want %q", out.Findings, want)
	}
	want = "the state machine's definition is larger than 1 MiB, not read"
	host := source.NewFile("main.tf", []byte("x"))
	body := frontend.Body{
		Language: frontend.StatesLanguage, Value: value.OfString(manyStates()),
		Owner: resource.Raw{Subject: "aws_sfn_state_machine.x", Span: host.Whole()},
	}
	out, err = Frontend{}.ReadBodies(context.Background(), &frontend.Input{Each: serial}, []frontend.Body{body})
	if err != nil {
		t.Fatal(err)
	}
	if len(out.Findings) != 1 || out.Findings[0].Message != want {
		t.Errorf("a body: findings = %+v, want %q", out.Findings, want)
	}
}

// A file of one key 100,000 times took minutes.
func TestRepeatedKeysCostOneLook(t *testing.T) {
	content := "{" + strings.Repeat(`"TrainingJobName": "x", `, 100_000) + `"RoleArn": "r"}`
	w := walk{family: newFamily(readers()), file: source.NewFile("a.json", []byte(content))}
	if errs := w.visitFile(new(frontend.Documents)); len(errs) > 0 || len(w.found) > 0 {
		t.Errorf("errors %v, resources %v, want none", errs, w.found)
	}
}
