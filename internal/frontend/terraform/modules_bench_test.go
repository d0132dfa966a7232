package terraform

import (
	"fmt"
	"strings"
	"testing"
)

// calledTree is one root that makes resources by calling modules, ten by each call.
func calledTree(resources int) map[string]string {
	const each = 10
	var root, mod strings.Builder
	root.WriteString("variable \"env\" { default = \"dev\" }\nlocals {\n  names = { for i in range(3) : \"n${i}\" => i }\n}\n")
	for i := range resources / each {
		fmt.Fprintf(&root, "module \"m%d\" {\n  source = \"./m\"\n  name   = \"m%d\"\n  env    = var.env\n  names  = local.names\n", i, i)
		if i > 0 {
			fmt.Fprintf(&root, "  subnet = module.m%d.subnet_id\n", i-1)
		}
		root.WriteString("}\n")
	}
	root.WriteString("resource \"aws_sagemaker_domain\" \"d\" {\n  subnet_ids = [")
	for i := range resources / each {
		fmt.Fprintf(&root, "module.m%d.subnet_id, ", i)
	}
	root.WriteString("]\n}\n")
	mod.WriteString("variable \"name\" {}\nvariable \"env\" {}\nvariable \"names\" {}\nvariable \"subnet\" { default = null }\nresource \"aws_vpc\" \"v\" { cidr_block = \"10.0.0.0/16\" }\n")
	mod.WriteString("resource \"aws_subnet\" \"s\" {\n  vpc_id = aws_vpc.v.id\n}\noutput \"subnet_id\" { value = aws_subnet.s.id }\n")
	for i := range each - 2 {
		fmt.Fprintf(&mod, `
resource "aws_sagemaker_notebook_instance" "n%d" {
  name                   = "${var.name}-%d"
  subnet_id              = coalesce(var.subnet, aws_subnet.s.id)
  direct_internet_access = var.env == "prod" ? "Disabled" : "Enabled"
  tags                   = merge(var.names, { Name = var.name })
}
`, i, i)
	}
	return map[string]string{"main.tf": root.String(), "m/main.tf": mod.String()}
}

// repeatedTree is one root whose modules and resources are made by for_each, and refer to each other by key.
func repeatedTree(resources int) map[string]string {
	const each = 5
	n := resources / each
	return map[string]string{"main.tf": fmt.Sprintf(`
locals { keys = [for i in range(%[1]d) : "k${i}"] }
module "m" {
  source   = "./m"
  for_each = toset(local.keys)
  name     = each.key
}
resource "aws_subnet" "s" {
  for_each = module.m
  vpc_id   = each.value.vpc_id
}
resource "aws_route_table_association" "a" {
  for_each       = toset(local.keys)
  subnet_id      = aws_subnet.s[each.key].id
  route_table_id = module.m[each.value].table_id
}
resource "aws_eip" "e" {
  count  = %[1]d
  domain = local.keys[count.index]
  vpc    = aws_subnet.s["k1"].vpc_id
}
`, n), "m/main.tf": `
variable "name" {}
resource "aws_vpc" "v" { tags = { Name = var.name } }
resource "aws_route_table" "t" { vpc_id = aws_vpc.v.id }
output "vpc_id" { value = aws_vpc.v.id }
output "table_id" { value = aws_route_table.t.id }
`}
}

// BenchmarkModules loads one root of many module calls: its time per resource must not grow with their number.
func BenchmarkModules(b *testing.B) {
	for _, tree := range []struct {
		name string
		of   func(int) map[string]string
		more int
	}{{"calls", calledTree, 1}, {"for_each", repeatedTree, 0}} {
		for _, n := range []int{500, 1000, 2000} {
			b.Run(fmt.Sprintf("%s/%d", tree.name, n), func(b *testing.B) {
				files := tree.of(n)
				b.ReportAllocs()
				start := cpuTime()
				for b.Loop() {
					if out := loadFiles(b, files); len(out.Resources) != n+tree.more {
						b.Fatalf("got %d resources", len(out.Resources))
					}
				}
				b.ReportMetric(float64((cpuTime()-start).Nanoseconds())/float64(b.N*n), "cpu-ns/resource")
			})
		}
	}
}
