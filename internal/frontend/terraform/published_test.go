package terraform

import (
	"fmt"
	"strings"
	"testing"
)

// The credentials that a source carries are shown to nobody, whatever becomes of the call.
func TestLegible(t *testing.T) {
	for source, want := range map[string]string{
		"terraform-aws-modules/vpc/aws": "terraform-aws-modules/vpc/aws",
		"../net":                        "../net",
		"git::https://u:hunter2@example.com/net.git//vpc?ref=v1":          "git::https://example.com/net.git//vpc?ref=v1",
		"git::https://hunter2@example.com/a@b.git?depth=1":                "git::https://example.com/a@b.git",
		"git::ssh://git@github.com/x/y.git?sshkey=hunter2&ref=v1":         "git::ssh://git@github.com/x/y.git?ref=v1",
		"git@github.com:x/y.git":                                          "git@github.com:x/y.git",
		"https://u:hun@ter2@example.com":                                  "https://example.com",
		"s3::https://s3.amazonaws.com/b/x.zip?aws_access_key_id=hunter2&": "s3::https://s3.amazonaws.com/b/x.zip",
	} {
		if got := legible(source); got != want {
			t.Errorf("%s is shown as %s, want %s", source, got, want)
		}
	}
	out := loadFiles(t, map[string]string{"main.tf": `module "net" {
  source = "git::https://u:hunter2@example.com/net.git?token=hunter2"
}
resource "aws_x" "y" {
  v = module.net.id
}
`})
	got := find(t, out, "aws_x.y").Props.Attr("v").Reason()
	if !strings.Contains(got, "git::https://example.com/net.git)") || strings.Contains(got, "hunter2") {
		t.Error(got)
	}
}

// Each call of a public module costs memory of its own. The first calls are followed, of the others it is said that they aren't.
func TestManySummaries(t *testing.T) {
	var text strings.Builder
	for i := range maxSummaries + 1 {
		fmt.Fprintf(&text, "module \"m%d\" {\n  source = \"cloudposse/label/null\"\n}\n", i)
	}
	fmt.Fprintf(&text, "resource \"aws_x\" \"y\" {\n  last = module.m%d.enabled\n  cut  = module.m%d.enabled\n}\n", maxSummaries-1, maxSummaries)
	props := find(t, loadFiles(t, map[string]string{"main.tf": text.String()}), "aws_x.y").Props
	if got := show(props.Attr("last")); got != "true" {
		t.Errorf("the last call that is followed says %s", got)
	}
	if got := props.Attr("cut").Reason(); !strings.Contains(got, "too many to follow") {
		t.Error(got)
	}
}

// Each constraint is held against every other: too many of them say nothing.
func TestManyConstraints(t *testing.T) {
	text := strings.Repeat(">= 1.0, ", maxConstraints-1) + "< 2.0"
	if _, ok := parseConstraints(text); !ok {
		t.Errorf("%d constraints aren't read", maxConstraints)
	}
	if _, ok := parseConstraints(">= 1.0, " + text); ok {
		t.Errorf("%d constraints are read", maxConstraints+1)
	}
}
