package terraform

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/value"
)

// What resources have run beside Terraform, whatever their type, is handed over with what it is run with.
func TestProvisioners(t *testing.T) {
	const main = `
variable "subnet" {
  default = "subnet-1"
}
resource "null_resource" "train" {
  count = 2
  provisioner "local-exec" {
    command     = "aws sagemaker create-model --subnet ${var.subnet} --n ${count.index}"
    working_dir = "jobs"
    interpreter = ["/bin/bash", "-c"]
    environment = {
      GROUP = "sg-1"
    }
  }
}
resource "terraform_data" "other" {
  provisioner "local-exec" {
    command = "echo done"
  }
  provisioner "remote-exec" {
    inline = ["aws sagemaker create-model"]
  }
}
resource "aws_sagemaker_domain" "d" {
  provisioner "local-exec" {
    when    = destroy
    command = <<EOT
aws sagemaker create-app --domain ${self.id}
EOT
  }
}
resource "null_resource" "none" {
  count = 0
  provisioner "local-exec" {
    command = "aws sagemaker create-model"
  }
}
`
	out, err := Frontend{}.Load(context.Background(), &frontend.Input{
		Files: []*source.File{source.NewFile("infra/main.tf", []byte(main))},
		Tree:  memoryTree{}, Documents: &frontend.Documents{},
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
		var text strings.Builder
		for _, part := range b.Value.Parts() {
			if part.Kind() == value.KindScalar {
				text.WriteString(part.Literal())
			} else {
				fmt.Fprintf(&text, "<%v>", part.Kind())
			}
		}
		line := b.Owner.Subject + ": " + strings.TrimSpace(text.String()) + " in " + b.Shell.Dir + " by " + b.Shell.Interpreter
		for _, f := range b.Shell.Env {
			line += " with " + f.Name + "=" + f.Value.Literal()
		}
		got = append(got, line)
	}
	want := []string{
		"null_resource.train[0]: aws sagemaker create-model --subnet subnet-1 --n 0 in infra/jobs by /bin/bash -c with GROUP=sg-1",
		"null_resource.train[1]: aws sagemaker create-model --subnet subnet-1 --n 1 in infra/jobs by /bin/bash -c with GROUP=sg-1",
		"aws_sagemaker_domain.d: aws sagemaker create-app --domain <symbol> in infra by ",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
