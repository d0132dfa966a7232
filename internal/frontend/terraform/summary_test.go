package terraform

import (
	"path"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2/hclsyntax"
)

func TestConstraints(t *testing.T) {
	for _, c := range []struct {
		constraint string
		major      int
		admits     bool
	}{
		{"5.1.2", 5, true}, {"= 5.1.2", 5, true}, {"v5.1.2", 5, true}, {"5.1.2", 4, false},
		{"~> 5.0", 5, true}, {"~> 5.0", 6, false}, {"~> 5.21", 5, true}, {"~> 5.1.2", 5, true}, {"~> 5.1.2", 4, false},
		{"~> 5", 6, true}, {"~> 5", 4, false},
		{">= 3.0, < 4.0", 3, true}, {">= 3.0, < 4.0", 4, false}, {">= 3.0, < 4.0.0", 2, false},
		{">= 3.0", 6, true}, {"> 3", 3, true}, {"> 3.99", 3, true}, {"<= 4.0.0", 4, true}, {"<= 4.0.0", 5, false},
		{"< 4", 4, false}, {"< 4", 2, true}, {"!= 5.0.0", 5, true}, {">= 5.0, != 5.0.0", 5, true}, {"5.0.0, != 5.0.0", 5, false},
		{">= 5.0, < 5.0", 5, false}, {"~> 5.0, ~> 5.3, < 5.2", 5, false},
	} {
		cs, ok := parseConstraints(c.constraint)
		if !ok {
			t.Errorf("%q can't be read", c.constraint)
		}
		if got := admitSome(cs, version{c.major}, version{c.major + 1}); got != c.admits {
			t.Errorf("%q admits some version %d: %t, want %t", c.constraint, c.major, got, c.admits)
		}
	}
	for _, text := range []string{"", "latest", "5.x", "~>", "1.2.3.4", "=> 5.0", "5.0 || 6.0", "5.0,", "-1", "99999999999"} {
		if cs, ok := parseConstraints(text); ok {
			t.Errorf("%q is read as %v", text, cs)
		}
	}
}

func TestPublishedAt(t *testing.T) {
	for _, c := range []struct{ source, name, ref string }{
		{"terraform-aws-modules/vpc/aws", "terraform-aws-modules/vpc/aws", ""},
		{"registry.terraform.io/terraform-aws-modules/vpc/aws", "terraform-aws-modules/vpc/aws", ""},
		{"terraform-aws-modules/vpc/aws//modules/vpc-endpoints", "terraform-aws-modules/vpc/aws/modules/vpc-endpoints", ""},
		{"github.com/terraform-aws-modules/terraform-aws-vpc", "terraform-aws-modules/vpc/aws", ""},
		{"github.com/terraform-aws-modules/terraform-aws-vpc//modules/vpc-endpoints?ref=v5.1.0", "terraform-aws-modules/vpc/aws/modules/vpc-endpoints", "v5.1.0"},
		{"git::https://github.com/cloudposse/terraform-aws-dynamic-subnets.git?ref=tags/0.39.8", "cloudposse/dynamic-subnets/aws", "0.39.8"},
		{"git::https://github.com/cloudposse/terraform-null-label.git?ref=refs/tags/0.25.0", "cloudposse/label/null", "0.25.0"},
		{"git@github.com:terraform-aws-modules/terraform-aws-security-group.git?ref=v4.9.0", "terraform-aws-modules/security-group/aws", "v4.9.0"},
		{"git::ssh://git@github.com/aws-ia/terraform-aws-vpc.git//?ref=v4.4.2&depth=1", "aws-ia/vpc/aws", "v4.4.2"},
		{"app.terraform.io/acme/vpc/aws", "", ""},
		{"./modules/vpc", "", ""},
		{"s3::https://s3.amazonaws.com/terraform-aws-modules/vpc.zip", "", ""},
		{"git::https://gitlab.com/terraform-aws-modules/terraform-aws-vpc.git", "", ""},
		{"github.com/acme/infrastructure//vpc", "", ""},
		{"github.com/acme/terraform-vpc", "", ""},
		{"hashicorp/consul", "", ""},
	} {
		got, ok := registryModuleAt(c.source)
		if ok != (c.name != "") || got.name != c.name || got.ref != c.ref {
			t.Errorf("%s is %q at %q, want %q at %q", c.source, got.name, got.ref, c.name, c.ref)
		}
	}
}

// A module that is in the tree counts as it stands there.
func TestInstalledBeforeSummary(t *testing.T) {
	call := "module \"vpc\" {\n  source = \"terraform-aws-modules/vpc/aws\"\n}\nresource \"aws_x\" \"y\" {\n  v = module.vpc.vpc_id\n}\n"
	out := loadFiles(t, map[string]string{"main.tf": call})
	if got := show(find(t, out, "aws_x.y").Props.Attr("v")); got != "<module.vpc.aws_vpc.this[0].id>" {
		t.Error(got)
	}
	out = loadFiles(t, map[string]string{
		"main.tf":                         call,
		".terraform/modules/modules.json": `{"Modules":[{"Key":"vpc","Source":"x","Dir":".terraform/modules/vpc"}]}`,
		".terraform/modules/vpc/main.tf":  "resource \"aws_vpc\" \"other\" {}\noutput \"vpc_id\" {\n  value = aws_vpc.other.id\n}\n",
	})
	if got := show(find(t, out, "aws_x.y").Props.Attr("v")); got != "<module.vpc.aws_vpc.other.id>" {
		t.Error(got)
	}
}

// Every summary can be read, says which versions it holds for, and refers to nothing that it doesn't declare.
func TestSummaries(t *testing.T) {
	names := summarizedModules(t, "summaries")
	if len(names) == 0 {
		t.Fatal("there is no summary")
	}
	for _, name := range names {
		known := summariesOf(name)
		if len(known) == 0 {
			t.Errorf("no file of %s says which versions it holds for", name)
		}
		for i, s := range known {
			if s.from.compare(s.below) >= 0 || i > 0 && s.below.compare(known[i-1].from) > 0 {
				t.Errorf("%s: versions from %v below %v", name, s.from, s.below)
			}
			in := inputOf(map[string]string{"main.tf": "module \"m\" {\n  source = \"example/m/aws\"\n}\n"})
			l := newLoader(in)
			if err := l.read(t.Context()); err != nil {
				t.Fatal(err)
			}
			checkReferences(t, s.label, l.instead(l.modules["."].calls[0], s))
		}
	}
}

// summarizedModules returns the modules below a directory that there are summaries of.
func summarizedModules(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := summaryFiles.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	here := false
	for _, e := range entries {
		if e.IsDir() {
			out = append(out, summarizedModules(t, path.Join(dir, e.Name()))...)
		}
		here = here || !e.IsDir()
	}
	if here {
		out = append(out, strings.TrimPrefix(dir, "summaries/"))
	}
	return out
}

// checkReferences fails for each name of a module that nothing declares.
func checkReferences(t *testing.T, label string, m *module) {
	t.Helper()
	check := func(a *hclsyntax.Attribute) {
		if a == nil {
			return
		}
		for _, r := range a.Expr.Variables() {
			root, name := r.RootName(), ""
			if len(r) > 1 {
				name = attrName(r[1])
			}
			declared := true
			switch root {
			case "var":
				declared = m.variables[name] != nil
			case "local":
				declared = m.locals[name] != nil
			case "data":
				declared = len(r) > 2 && m.byName["data."+name+"."+attrName(r[2])] != nil
			default:
				if strings.HasPrefix(root, "aws_") {
					declared = m.byName[root+"."+name] != nil
				}
			}
			if !declared {
				t.Errorf("%s: %s.%s is not declared", label, root, name)
			}
		}
	}
	var body func(b *hclsyntax.Body)
	body = func(b *hclsyntax.Body) {
		for _, a := range b.Attributes {
			check(a)
		}
		for _, inner := range b.Blocks {
			body(inner.Body)
		}
	}
	for _, d := range m.resources {
		body(d.block.Body)
	}
	for _, l := range m.locals {
		check(l.Attribute)
	}
	for _, o := range m.outputs {
		check(o.value)
	}
}
