package terraform

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// What a call of a missing module may make is told apart from what isn't there.
func TestUnreadCall(t *testing.T) {
	out := loadFiles(t, map[string]string{
		"main.tf": `
variable "more" {}
resource "aws_vpc" "main" {}
module "net" {
  source  = "./net"
  vpc     = aws_vpc.main
}
module "endpoints" {
  source    = "example/endpoints/aws"
  version   = "1.0.0"
  count     = var.more ? 1 : 0
  providers = { aws = aws.west }
  vpc_id    = aws_vpc.main.id
}
module "never" {
  source = "example/endpoints/aws"
  count  = 0
  vpc_id = aws_vpc.main.id
}
`,
		"net/main.tf": `
variable "vpc" {}
module "routes" {
  source   = "../../elsewhere"
  for_each = toset(["a", "b"])
  vpc_id   = var.vpc.id
  name     = each.key
}
`,
	})
	var got []string
	for _, r := range out.Resources {
		if r.Unread != "" {
			got = append(got, r.Subject+" "+show(r.Props)+" "+r.Span.Text()+": "+r.Unread)
		}
	}
	want := []string{
		`module.net.module.routes["a"] {vpc_id: <aws_vpc.main.id>, name: "a"} "routes": module.net.module.routes (../../elsewhere) is not in the tree; run terraform init, or scan the plan`,
		`module.net.module.routes["b"] {vpc_id: <aws_vpc.main.id>, name: "b"} "routes": module.net.module.routes (../../elsewhere) is not in the tree; run terraform init, or scan the plan`,
		`module.endpoints[0] {vpc_id: <aws_vpc.main.id>} "endpoints": module.endpoints (example/endpoints/aws) is not in the tree; run terraform init, or scan the plan`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	routes := find(t, out, `module.net.module.routes["a"]`)
	if diff := cmp.Diff([]string{`"net" | module.net is called here`}, trace(routes.Via)); diff != "" {
		t.Error(diff)
	}
	if got := find(t, out, "module.endpoints[0]").Exists.Cases(); len(got) != 2 {
		t.Errorf("it exists in %d worlds, want to be told of two", len(got))
	}
}
