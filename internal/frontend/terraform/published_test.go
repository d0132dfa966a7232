package terraform

import (
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

// Each call of a public module costs memory of its own. Past the bound it is said that a call isn't followed.
func TestManySummaries(t *testing.T) {
	in := inputOf(map[string]string{"main.tf": "module \"m\" {\n  source = \"cloudposse/label/null\"\n}\n"})
	for _, c := range []struct {
		summarized int
		followed   bool
	}{{0, true}, {maxSummaryBytes - 1, true}, {maxSummaryBytes, false}} {
		l := newLoader(in)
		l.summarized = c.summarized
		if err := l.read(t.Context()); err != nil {
			t.Fatal(err)
		}
		call := l.modules["."].calls[0]
		if followed := call.summary != nil; followed != c.followed || followed == (call.missing != "") || followed != (l.summarized > c.summarized) {
			t.Errorf("after %d bytes: followed is %v, %q, then %d bytes", c.summarized, followed, call.missing, l.summarized)
		}
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
