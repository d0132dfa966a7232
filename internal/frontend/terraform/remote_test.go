package terraform

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vpclint/vpclint/internal/value"
)

// networkRoot is a root module that others read, with a backend put before it.
const networkRoot = `
variable "zones" { default = ["a", "b"] }
resource "aws_vpc" "main" { cidr_block = "10.0.0.0/16" }
resource "aws_subnet" "private" {
  count  = 2
  vpc_id = aws_vpc.main.id
}
resource "aws_subnet" "by_zone" {
  for_each = toset(var.zones)
  vpc_id   = aws_vpc.main.id
}
resource "aws_security_group" "ml" { vpc_id = aws_vpc.main.id }
output "private" { value = aws_subnet.private[*].id }
output "by_zone" { value = { for k, s in aws_subnet.by_zone : k => s.id } }
output "ml" { value = aws_security_group.ml }
output "all" { value = { vpc = { id = aws_vpc.main.id, subnets = aws_subnet.private } }  }
output "joined" { value = join(",", aws_subnet.private[*].id) }
output "token" {
  value     = "abc"
  sensitive = true
}
`

const networkBackend = `terraform {
  backend "s3" {
    bucket = "acme-state"
    key    = "network/terraform.tfstate"
  }
}
`

// readerOf writes a root that reads a state, and uses an expression over it.
func readerOf(data, use string) string {
	return "variable \"bucket\" {}\nvariable \"known\" { default = \"acme-state\" }\nvariable \"env\" {}\n" + data +
		"\nresource \"aws_sagemaker_domain\" \"d\" {\n  subnet_ids = " + use + "\n}\n"
}

// s3State is a data source that reads a state from S3.
func s3State(bucket, key string) string {
	return "data \"terraform_remote_state\" \"net\" {\n  backend = \"s3\"\n  config = {\n    bucket = " + bucket + "\n    key = " + key + "\n  }\n}\n"
}

// used returns what the domain's subnets are, by the files of a tree.
func used(t *testing.T, files map[string]string) value.Value {
	t.Helper()
	return find(t, loadFiles(t, files), "aws_sagemaker_domain.d").Props.Attr("subnet_ids")
}

func TestRemoteOutputs(t *testing.T) {
	const outputs = "data.terraform_remote_state.net.outputs"
	for _, c := range [][2]string{
		{outputs + ".private", "[<aws_subnet.private[0].id>, <aws_subnet.private[1].id>]"},
		{outputs + `["private"]`, "[<aws_subnet.private[0].id>, <aws_subnet.private[1].id>]"},
		{"[" + outputs + ".private[1]]", "[<aws_subnet.private[1].id>]"},
		{"slice(" + outputs + ".private, 0, 1)", "[<aws_subnet.private[0].id>]"},
		{"values(" + outputs + ".by_zone)", `[<aws_subnet.by_zone["a"].id>, <aws_subnet.by_zone["b"].id>]`},
		{"[" + outputs + ".ml.vpc_id]", "[<aws_vpc.main.id>]"},
		{outputs + ".all.vpc.subnets[*].id", "[<aws_subnet.private[0].id>, <aws_subnet.private[1].id>]"},
		{"[for s in " + outputs + ".all.vpc.subnets : s.vpc_id]", "[<aws_vpc.main.id>, <aws_vpc.main.id>]"},
		{"lookup(" + outputs + ", \"private\", [])", "[<aws_subnet.private[0].id>, <aws_subnet.private[1].id>]"},
		{"try(" + outputs + ".private, [])", "[<aws_subnet.private[0].id>, <aws_subnet.private[1].id>]"},
		{`split(",", ` + outputs + ".joined)", "[<aws_subnet.private[0].id>, <aws_subnet.private[1].id>]"},
		{"data.terraform_remote_state.net.private", "[<aws_subnet.private[0].id>, <aws_subnet.private[1].id>]"},
	} {
		v := used(t, map[string]string{
			"network/main.tf": networkBackend + networkRoot,
			"ml/main.tf":      readerOf(s3State(`"acme-state"`, `"network/terraform.tfstate"`), c[0]),
		})
		if got := show(v); got != c[1] {
			t.Errorf("%s is %s, want %s (%s)", c[0], got, c[1], v.Reason())
		}
		for _, r := range v.Refs() {
			if r.Addr.Unit != "network" {
				t.Errorf("%s: %s is in %q", c[0], r, r.Addr.Unit)
			}
		}
	}
}

// Which root a state is that of, as far as the two of them say.
func TestRemoteStateRoots(t *testing.T) {
	const key = `"network/terraform.tfstate"`
	partial := "terraform {\n  backend \"s3\" {}\n}\n"
	keyOnly := "terraform {\n  backend \"s3\" {\n    key = \"network/terraform.tfstate\"\n  }\n}\n"
	json := `{"terraform": {"backend": {"s3": {"bucket": "acme-state", "key": "network/terraform.tfstate"}}}}`
	gcs := `data "terraform_remote_state" "net" {
  backend = "gcs"
  config  = { bucket = "acme", prefix = "net/" }
}`
	cloud := `data "terraform_remote_state" "net" {
  backend = "remote"
  config = {
    organization = "acme"
    workspaces   = { name = "net-prod" }
  }
}`
	local := func(path string) string {
		return "data \"terraform_remote_state\" \"net\" {\n  backend = \"local\"\n  config = { path = " + path + " }\n}\n"
	}
	for name, c := range map[string]struct {
		data  string
		files map[string]string // beside the reader, "ml"; "NET" in a text stands for networkRoot
		want  string            // the unit, or part of the reason why none is meant
	}{
		"bucket and key": {s3State(`"acme-state"`, key), map[string]string{"a/net.tf": networkBackend + "NET"}, "a"},
		"a default":      {s3State("var.known", key), map[string]string{"a/net.tf": networkBackend + "NET"}, "a"},
		"another bucket": {s3State(`"other"`, key), map[string]string{"a/net.tf": networkBackend + "NET"}, "is that of no root module in the tree"},
		"unknown bucket": {s3State("var.bucket", key), map[string]string{"a/net.tf": networkBackend + "NET"}, "a"},
		"unknown both":   {s3State("var.bucket", "var.env"), map[string]string{"a/net.tf": networkBackend + "NET"}, "var.bucket has no default"},
		"bucket at init": {s3State(`"acme-state"`, key), map[string]string{"a/net.tf": keyOnly + "NET"}, "a"},
		"all at init":    {s3State(`"acme-state"`, key), map[string]string{"a/net.tf": partial + "NET"}, "is that of no root module in the tree"},
		"backend file": {s3State(`"acme-state"`, key), map[string]string{
			"a/net.tf": partial + "NET", "a/env/prod.s3.tfbackend": "bucket = \"acme-state\"\nkey = \"network/terraform.tfstate\"\n",
			"a/backend-dev.hcl": "bucket = \"acme-dev\"\nkey = \"network/terraform.tfstate\"\n",
		}, "a"},
		"workspace in the key": {s3State(`"acme-state"`, `"env:/${terraform.workspace}/network/terraform.tfstate"`),
			map[string]string{"a/net.tf": networkBackend + "NET"}, "a"},
		"part of the key": {s3State(`"acme-state"`, `"${var.env}/network/terraform.tfstate"`), map[string]string{
			"a/net.tf": strings.ReplaceAll(networkBackend, "network/", "prod/network/") + "NET",
			"b/db.tf":  strings.ReplaceAll(networkBackend, "network/", "prod/database/"),
		}, "a"},
		"several": {s3State(`"acme-state"`, `"${var.env}/network/terraform.tfstate"`), map[string]string{
			"dev/net.tf":  strings.ReplaceAll(networkBackend, "network/", "dev/network/") + "NET",
			"prod/net.tf": strings.ReplaceAll(networkBackend, "network/", "prod/network/") + "NET",
		}, "may be that of several root modules: dev, prod"},
		"one of several": {s3State(`"acme-state"`, `"prod/network/terraform.tfstate"`), map[string]string{
			"dev/net.tf":  strings.ReplaceAll(networkBackend, "network/", "dev/network/") + "NET",
			"prod/net.tf": strings.ReplaceAll(networkBackend, "network/", "prod/network/") + "NET",
		}, "prod"},
		"json":             {s3State(`"acme-state"`, key), map[string]string{"a/backend.tf.json": json, "a/net.tf": "NET"}, "a"},
		"gcs":              {gcs, map[string]string{"a/net.tf": "terraform {\n  backend \"gcs\" {\n    bucket = \"acme\"\n    prefix = \"net\"\n  }\n}\nNET"}, "a"},
		"cloud":            {cloud, map[string]string{"a/net.tf": "terraform {\n  cloud {\n    organization = \"acme\"\n    workspaces {\n      name = \"net-prod\"\n    }\n  }\n}\nNET"}, "a"},
		"a prefix":         {cloud, map[string]string{"a/net.tf": "terraform {\n  backend \"remote\" {\n    organization = \"acme\"\n    workspaces {\n      prefix = \"net-\"\n    }\n  }\n}\nNET"}, "a"},
		"local":            {local(`"../a/terraform.tfstate"`), map[string]string{"a/net.tf": "NET"}, "a"},
		"path.module":      {local(`"${path.module}/../a/terraform.tfstate"`), map[string]string{"a/net.tf": "NET"}, "a"},
		"local, named":     {local(`"../state/net.tfstate"`), map[string]string{"a/net.tf": "terraform {\n  backend \"local\" {\n    path = \"../state/net.tfstate\"\n  }\n}\nNET"}, "a"},
		"local, workspace": {local(`"../a/terraform.tfstate.d/prod/terraform.tfstate"`), map[string]string{"a/net.tf": "NET"}, "a"},
		"outside":          {local(`"/var/terraform.tfstate"`), map[string]string{"a/net.tf": "NET"}, "outside the tree"},
		"old block": {"data \"terraform_remote_state\" \"net\" {\n  backend = \"s3\"\n  config {\n    bucket = \"acme-state\"\n    key = \"network/terraform.tfstate\"\n  }\n}\n",
			map[string]string{"a/net.tf": networkBackend + "NET"}, "a"},
		"its own":           {s3State(`"acme-state"`, key), map[string]string{"ml/backend.tf": networkBackend}, "is that of the module which reads it"},
		"copied from there": {s3State(`"acme-state"`, key), map[string]string{"ml/backend.tf": networkBackend, "a/net.tf": networkBackend + "NET"}, "a"},
		"no such output":    {s3State(`"acme-state"`, key), map[string]string{"a/net.tf": networkBackend}, "a has no output private"},
	} {
		files := map[string]string{"ml/main.tf": readerOf(c.data, "data.terraform_remote_state.net.outputs.private")}
		for p, text := range c.files {
			files[p] = strings.ReplaceAll(text, "NET", networkRoot)
		}
		v := used(t, files)
		got := v.Reason()
		if len(v.Elems()) == 2 && !v.Open() {
			got = v.Refs()[0].Addr.Unit
		}
		if got != c.want && (len(c.want) < 5 || !strings.Contains(got, c.want)) {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

func TestRemoteStateTrace(t *testing.T) {
	v := used(t, map[string]string{
		"network/main.tf": networkBackend + networkRoot,
		"ml/main.tf":      readerOf(s3State(`"acme-state"`, `"network/terraform.tfstate"`), "data.terraform_remote_state.net.outputs.private"),
	})
	want := []string{
		"data.terraform_remote_state.net.outputs.private |",
		`"terraform_remote_state" "net" | data.terraform_remote_state.net reads the state of network`,
		"aws_subnet.private[*].id | network outputs it as private",
	}
	if diff := cmp.Diff(want, trace(v.Elems()[0].Origin())); diff != "" {
		t.Errorf("the trace is (-want +got):\n%s", diff)
	}
}

// Roots that read each other, one through the other, and without end.
func TestRemoteStateCycles(t *testing.T) {
	backend := func(key string) string { return strings.ReplaceAll(networkBackend, "network/", key+"/") }
	state := func(key string) string { return s3State(`"acme-state"`, `"`+key+`/terraform.tfstate"`) }
	files := map[string]string{
		"a/main.tf": backend("a") + state("b") + `
resource "aws_subnet" "s" {}
output "subnet" { value = [aws_subnet.s.id] }
output "back" { value = data.terraform_remote_state.net.outputs.through }
output "round" { value = data.terraform_remote_state.net.outputs.round }
`,
		"b/main.tf": backend("b") + state("a") + `
output "through" { value = data.terraform_remote_state.net.outputs.subnet }
output "round" { value = data.terraform_remote_state.net.outputs.round }
`,
	}
	for output, want := range map[string]string{"back": "[<aws_subnet.s.id>]", "round": "?"} {
		files["ml/main.tf"] = readerOf(state("a"), "data.terraform_remote_state.net.outputs."+output)
		if got := show(used(t, files)); got != want {
			t.Errorf("%s is %s, want %s", output, got, want)
		}
	}
}

// A state that nobody may show: only that the output is there is told.
func TestRemoteStateSensitive(t *testing.T) {
	v := used(t, map[string]string{
		"network/main.tf": networkBackend + networkRoot,
		"ml/main.tf":      readerOf(s3State(`"acme-state"`, `"network/terraform.tfstate"`), "[data.terraform_remote_state.net.outputs.token]"),
	})
	if got := show(v.Elems()[0]); strings.Contains(got, "abc") {
		t.Errorf("it shows %s", got)
	}
}

// What is read may depend on a condition, and on the instance.
func TestRemoteStateChosen(t *testing.T) {
	files := map[string]string{
		"dev/net.tf":  strings.ReplaceAll(networkBackend, "network/", "dev/") + networkRoot,
		"prod/net.tf": strings.ReplaceAll(networkBackend, "network/", "prod/") + networkRoot,
		"ml/main.tf": `
data "terraform_remote_state" "net" {
  for_each = toset(["dev", "prod"])
  backend  = "s3"
  config = {
    bucket = "acme-state"
    key    = "${each.key}/terraform.tfstate"
  }
}
resource "aws_sagemaker_domain" "d" {
  subnet_ids = [data.terraform_remote_state.net["prod"].outputs.private[0]]
}
resource "aws_sagemaker_domain" "all" {
  subnet_ids = flatten([for s in data.terraform_remote_state.net : s.outputs.private])
}
`,
	}
	out := loadFiles(t, files)
	one := find(t, out, "aws_sagemaker_domain.d").Props.Attr("subnet_ids")
	if refs := one.Refs(); len(refs) != 1 || refs[0].Addr.Unit != "prod" {
		t.Errorf("it refers to %v, want a subnet of prod", refs)
	}
	all := find(t, out, "aws_sagemaker_domain.all").Props.Attr("subnet_ids")
	var units []string
	for _, r := range all.Refs() {
		units = append(units, r.Addr.Unit)
	}
	if got := strings.Join(units, " "); got != "dev dev prod prod" || all.Open() {
		t.Errorf("it refers to subnets of %s (%s), want two of each", got, all.Reason())
	}
}
