package terraform

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A trace goes on where each.value is written, and through the for_each of a dynamic block to whatever leaves it out.
func TestTraceThroughRepetition(t *testing.T) {
	out := loadFiles(t, map[string]string{
		"main.tf": `
module "model" {
  source   = "./model"
  for_each = {
    cpu = { vpc = ["subnet-1"] }
    gpu = { vpc = [] }
  }
  vpc = each.value.vpc
}
`,
		"model/main.tf": `
variable "vpc" {}
resource "aws_sagemaker_model" "this" {
  dynamic "vpc_config" {
    for_each = var.vpc
    content {
      subnets = [vpc_config.value]
    }
  }
}
`,
	})
	gpu := find(t, out, `module.model["gpu"].aws_sagemaker_model.this`)
	if diff := cmp.Diff([]string{
		`"vpc_config" |`,
		"var.vpc | vpc_config is repeated for each element of this",
		`each.value.vpc | passed to module.model["gpu"] as vpc`,
		"[] | it is written here",
	}, trace(gpu.Props.Attr("vpc_config").Attr("subnets").Origin())); diff != "" {
		t.Error(diff)
	}
	cpu := find(t, out, `module.model["cpu"].aws_sagemaker_model.this`)
	if diff := cmp.Diff([]string{
		`vpc_config.value |`,
		`each.value.vpc | passed to module.model["cpu"] as vpc`,
		`"subnet-1" | it is written here`,
	}, trace(cpu.Props.Attr("vpc_config").Attr("subnets").Elems()[0].Origin())); diff != "" {
		t.Error(diff)
	}
}

// A block that may not be there says what that hangs on, although what it holds is known.
func TestWhyABlockMayBeMissing(t *testing.T) {
	const reason = "var.vpc has no default; pass --var-file, or scan the plan"
	for _, each := range []string{
		`var.vpc`,
		`[for x in var.vpc : x]`,
		`[for x in ["a"] : x if contains(var.vpc, x)]`,
		`{ for x in ["a"] : x => x if contains(var.vpc, x) }`,
	} {
		out := loadFiles(t, map[string]string{"main.tf": `
variable "vpc" {
  type = list(string)
}
resource "aws_sagemaker_model" "this" {
  dynamic "vpc_config" {
    for_each = ` + each + `
    content {
      subnets = ["subnet-1"]
    }
  }
}
`})
		subnets := find(t, out, "aws_sagemaker_model.this").Props.Attr("vpc_config").Attr("subnets")
		_, cases := subnets.NonEmpty().Verdict()
		if len(cases) != 1 || cases[0].Reason != reason {
			t.Errorf("%s: got %v", each, cases)
		}
	}
}
