package terraform

import (
	"testing"

	"github.com/vpclint/vpclint/internal/frontend"
)

// The text of --var is an expression for each variable with a type but texts, numbers and booleans, "any" among them.
func TestTextOfVar(t *testing.T) {
	in := inputOf(map[string]string{"main.tf": `
variable "untyped" {}
variable "any" { type = any }
variable "legacy" { type = list }
variable "text" { type = string }
variable "number" { type = number }
resource "aws_x" "y" {
  v = [var.untyped, var.any, var.legacy, var.text, var.number]
}
`})
	in.Settings.Vars = []frontend.Var{
		{Name: "untyped", Text: `["a"]`},
		{Name: "any", Text: `["a"]`},
		{Name: "legacy", Text: `["a"]`},
		{Name: "text", Text: `["a"]`},
		{Name: "number", Text: "010"},
	}
	if got, want := show(find(t, load(t, in), "aws_x.y").Props.Attr("v")), `["["a"]", ["a"], ["a"], "["a"]", 10]`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// Terraform passes over hidden module files, but not over hidden files of variables.
func TestHiddenFiles(t *testing.T) {
	out := loadFiles(t, map[string]string{
		"main.tf":      "variable \"a\" {}\nresource \"aws_x\" \"y\" {\n  v = var.a\n}\n",
		"._main.tf":    "\x00\x05\x16\x07\xff",
		".old.tf":      "resource \"aws_x\" \"old\" {}\n",
		".old.tf.json": `{"resource": {"aws_x": {"older": {}}}}`,
		".auto.tfvars": "a = \"b\"\n",
	})
	if len(out.Resources) != 1 || len(out.Findings) != 0 || show(out.Resources[0].Props) != `{v: "b"}` {
		t.Errorf("got %v, %v", out.Resources, out.Findings)
	}
}
