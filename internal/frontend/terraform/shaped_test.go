package terraform

import "testing"

// What a result is made of is known where not all of that is.
func TestShaped(t *testing.T) {
	out := loadFiles(t, map[string]string{"main.tf": `
variable "block" { type = string }
variable "bits" { type = number }
data "aws_region" "r" {}
locals {
  names    = ["ssm", "com.amazonaws.${data.aws_region.r.name}.s3"]
  products = { for p in setproduct(["live", "test"], local.names) : "${p[0]}-${p[1]}" => p[1] }
}
resource "aws_use" "u" {
  blocks  = cidrsubnets(var.block, 4, 4, 8)
  length  = length(cidrsubnets(var.block, 4, 4))
  bits    = cidrsubnets(var.block, 4, var.bits)
  known   = cidrsubnets("10.0.0.0/8", 8)
  product = setproduct(["live"], local.names)
  service = replace("com.amazonaws.<R>.s3", "<R>", data.aws_region.r.name)
  pattern = replace("com.amazonaws.s3", "/s[0-9]/", var.block)
  within  = replace(var.block, "a", "b")
  sets    = setproduct(toset(local.names), ["live"])
}
resource "aws_a" "a" {
  for_each = local.products
  name     = each.value
}
`})
	u := find(t, out, "aws_use.u").Props
	for name, want := range map[string]string{
		"blocks":  `[?, ?, ?]`,
		"length":  `2`,
		"bits":    `?`,
		"known":   `["10.0.0.0/16"]`,
		"product": `[["live", "ssm"], ["live", "com.amazonaws.${<data.aws_region.r.name>}.s3"]]`,
		"service": `"com.amazonaws.${<data.aws_region.r.name>}.s3"`,
		"pattern": `?`,
		"within":  `?`,
		"sets":    `?(data.aws_region.r.name)`,
	} {
		if got := show(u.Attr(name)); got != want {
			t.Errorf("%s:\n got %s\nwant %s", name, got, want)
		}
	}
	for name, want := range map[string]string{
		`aws_a.a["live-ssm"]`: `{name: "ssm"}`,
		`aws_a.a[*]`:          `{name: "com.amazonaws.${<data.aws_region.r.name>}.s3"}`,
	} {
		if got := show(find(t, out, name).Props); got != want {
			t.Errorf("%s:\n got %s\nwant %s", name, got, want)
		}
	}
}
