package terraform

import (
	"fmt"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// benchTree is a tree of roots that call two modules, of some 30 resources each.
func benchTree(roots int) map[string]string {
	files := map[string]string{
		"modules/net/main.tf": `
variable "cidr"  { type = string }
variable "zones" { type = list(string) }
resource "aws_vpc" "this" {
  cidr_block = var.cidr
  tags       = { Name = "vpc-${var.cidr}" }
}
resource "aws_subnet" "private" {
  count             = length(var.zones)
  vpc_id            = aws_vpc.this.id
  cidr_block        = cidrsubnet(var.cidr, 4, count.index)
  availability_zone = var.zones[count.index]
}
resource "aws_security_group" "sg" {
  vpc_id = aws_vpc.this.id
  dynamic "ingress" {
    for_each = [443, 2049]
    content {
      from_port = ingress.value
      to_port   = ingress.value
      protocol  = "tcp"
      self      = true
    }
  }
}
output "subnet_ids" { value = aws_subnet.private[*].id }
output "group_id" { value = aws_security_group.sg.id }
`,
		"modules/train/main.tf": callerAndCalled["modules/train/main.tf"],
	}
	for i := range roots {
		var b strings.Builder
		fmt.Fprintf(&b, `
variable "zones" { default = ["a", "b", "c"] }
module "net" {
  source = "../modules/net"
  cidr   = "10.%d.0.0/16"
  zones  = var.zones
}
module "train" {
  source     = "../modules/train"
  subnet_ids = module.net.subnet_ids
  isolated   = true
}
`, i%256)
		for j := range 20 {
			fmt.Fprintf(&b, `
resource "aws_sagemaker_notebook_instance" "n%d" {
  name                   = "notebook-%d"
  role_arn               = aws_iam_role.r.arn
  instance_type          = "ml.t3.medium"
  subnet_id              = module.net.subnet_ids[%d]
  security_groups        = [module.net.group_id]
  direct_internet_access = "Disabled"
  tags = {
    Owner = "team-%d"
    Env   = terraform.workspace == "prod" ? "prod" : "dev"
  }
}
`, j, j, j%3, j)
		}
		b.WriteString("resource \"aws_iam_role\" \"r\" {\n  name = \"r\"\n}\n")
		files[fmt.Sprintf("root%03d/main.tf", i)] = b.String()
	}
	return files
}

// BenchmarkLoad loads a tree; BenchmarkParseAlone is what hclsyntax takes for the same files, the floor below it.
func BenchmarkLoad(b *testing.B) {
	files := benchTree(100)
	b.SetBytes(size(files))
	b.ReportAllocs()
	for b.Loop() {
		if out := loadFiles(b, files); len(out.Resources) != 2700 {
			b.Fatalf("got %d resources", len(out.Resources))
		}
	}
}

func BenchmarkParseAlone(b *testing.B) {
	files := benchTree(100)
	b.SetBytes(size(files))
	b.ReportAllocs()
	for b.Loop() {
		for p, text := range files {
			if _, diags := hclsyntax.ParseConfig([]byte(text), p, hcl.InitialPos); diags.HasErrors() {
				b.Fatal(diags)
			}
		}
	}
}

func size(files map[string]string) int64 {
	n := 0
	for _, text := range files {
		n += len(text)
	}
	return int64(n)
}
