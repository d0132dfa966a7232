package python

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/value"
)

// bare is a tree of no files.
type bare struct{}

func (bare) Open(string) (*source.File, error) { return nil, errors.New("no such file") }
func (bare) Dir(string) []string               { return nil }

// What cells and scripts hand to a shell: the text piece by piece, what is filled in, and what the environment has.
func TestErrands(t *testing.T) {
	cells := []string{
		"import sagemaker\nsubnet = 'subnet-1'\nname = f'job-{subnet}'\n",
		"!aws sagemaker create-model --model-name {name} --subnet $subnet \\\n  --quoted '$subnet' \"{subnet!r}\" $$subnet\n",
		"!aws sagemaker create-model --model-name {name} {nobody_sets_it}",
		"!aws sagemaker create-model --awk '{print $1}' ${SHELL_ONLY}",
		"!aws sagemaker create-model --json '{{\"Image\": \"{name}\"}}'",
		"%env REGION=eu-west-1\nout = !aws sagemaker create-endpoint --region $REGION\n",
		"%%bash\nNAME={name}\naws sagemaker create-endpoint --endpoint-name $NAME\n",
		"%%script --bg sh\naws sagemaker create-endpoint\n",
		"%%script python3\nprint('aws sagemaker create-model')\n",
		"%%system\naws sagemaker create-model --name {name}\n",
		"import os, subprocess\nos.system(f\"aws sagemaker create-model --model-name {name}\")\n" +
			"subprocess.run(['aws', 'sagemaker', 'create-model', '--model-name', name])\n",
		"for i in range(2):\n    !aws sagemaker create-model --model-name m-{i}\n",
		"command = 'aws sagemaker create-model --by command'\n!{command}\n",
		"%%writefile run.sh\naws sagemaker create-model --from run.sh\n",
		"get_ipython().system('aws sagemaker create-model --exported {name}')\n",
	}
	var made []map[string]any
	for _, c := range cells {
		made = append(made, map[string]any{"cell_type": "code", "source": strings.SplitAfter(c, "\n")})
	}
	content, err := json.MarshalIndent(map[string]any{"cells": made, "metadata": map[string]any{}, "nbformat": 4}, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	out, err := Frontend{}.Load(context.Background(), &frontend.Input{
		Files: []*source.File{source.NewFile("nb/a.ipynb", content)}, Tree: bare{}, Documents: &frontend.Documents{},
		Each: func(n int, _ func(int) source.Span, do func(int)) {
			for i := range n {
				do(i)
			}
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, b := range out.Bodies {
		pieces := b.Pieces
		if b.Value.Kind() == value.KindList {
			pieces = b.Value.Elems()
		} else if pieces == nil {
			pieces = b.Value.Parts()
		}
		var line strings.Builder
		for i, p := range pieces {
			if b.Value.Kind() == value.KindList && i > 0 {
				line.WriteString(" | ")
			}
			text, isKnown := p.AsString()
			written := p.Origin().Span
			switch {
			case !isKnown:
				fmt.Fprintf(&line, "<%s: %v>", written.Text(), p.Kind())
			case written.Text() == text:
				line.WriteString(text)
			default:
				fmt.Fprintf(&line, "<%s = %s>", written.Text(), text)
			}
		}
		for _, f := range b.Shell.Env {
			fmt.Fprintf(&line, " with %s=%s", f.Name, f.Value.Literal())
		}
		if b.Shell.Interpreter != "" {
			line.WriteString(" by " + b.Shell.Interpreter)
		}
		if b.Owner.Subject != "nb/a.ipynb" || b.Shell.Dir != "nb" {
			t.Errorf("%s: owner %q in %q", line.String(), b.Owner.Subject, b.Shell.Dir)
		}
		got = append(got, line.String())
	}
	want := []string{
		"aws sagemaker create-model --model-name <{name} = job-subnet-1> --subnet <$subnet = subnet-1> \\\n  --quoted '$subnet' \"<{subnet!r} = subnet-1>\" <$$subnet = $subnet>",
		"aws sagemaker create-model --model-name {name} {nobody_sets_it}",
		"aws sagemaker create-model --awk '{print $1}' ${SHELL_ONLY}",
		"aws sagemaker create-model --json '<{{ = {>\"Image\": \"<{name} = job-subnet-1>\"<}} = }>'",
		"aws sagemaker create-endpoint --region $REGION with REGION=eu-west-1",
		"NAME={name}\naws sagemaker create-endpoint --endpoint-name $NAME\n",
		"aws sagemaker create-endpoint\n by sh",
		"aws sagemaker create-model --name <{name} = job-subnet-1>\n",
		"<f\"aws sagemaker create-model --model-name {name}\" = aws sagemaker create-model --model-name job-subnet-1>",
		"<'aws' = aws> | <'sagemaker' = sagemaker> | <'create-model' = create-model> | <'--model-name' = --model-name> | <name = job-subnet-1>",
		"aws sagemaker create-model --model-name m-<{i}: choice>",
		"<{command} = aws sagemaker create-model --by command>",
		"aws sagemaker create-model --exported <{name} = job-subnet-1>",
		"aws sagemaker create-model --from run.sh\n",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
