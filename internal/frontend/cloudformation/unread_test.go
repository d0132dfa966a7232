package cloudformation_test

import (
	"strings"
	"testing"

	"github.com/vpclint/vpclint/internal/source"
)

// What a stack that can't be followed is passed is what it may add to.
func TestUnreadStacks(t *testing.T) {
	const vpc = "  V: {Type: AWS::EC2::VPC}\n"
	stack := func(typ, url, parameters string) string {
		return vpc + "  S:\n    Type: " + typ + "\n    Properties:\n      TemplateURL: " + url + "\n      Parameters: " + parameters + "\n"
	}
	const nested = "AWS::CloudFormation::Stack"
	for name, c := range map[string]struct{ text, reason, refs string }{
		"elsewhere":     {stack(nested, "https://bucket.s3.amazonaws.com/x.yaml", "{Vpc: !Ref V}"), "the stack S is made of a template that isn't in the tree", "V"},
		"passed a part": {stack(nested, "https://bucket.s3.amazonaws.com/x.yaml", "{Vpc: !Sub \"a-${V}\"}"), "the stack S is made of a template that isn't in the tree", "V"},
		"a stack set": {stack("AWS::CloudFormation::StackSet", "https://bucket.s3.amazonaws.com/x.yaml", "[{ParameterKey: Vpc, ParameterValue: !Ref V}]"),
			"the stack S is made of a template that isn't in the tree", "V"},
		"of several":     {stack(nested, "!Sub \"https://bucket.s3.amazonaws.com/${AWS::Region}/net.yaml\"", "{Vpc: !Ref V}"), "the stack S may be made of any of several templates of the tree", "V"},
		"in the tree":    {stack(nested, "a/net.yaml", "{Vpc: !Ref V}"), "", ""},
		"passed nothing": {stack(nested, "https://bucket.s3.amazonaws.com/x.yaml", "{}"), "", ""},
		"a module":       {vpc + "  S: {Type: \"Acme::Net::Endpoints::MODULE\", Properties: {Vpc: !Ref V}}\n", "S is a module of CloudFormation's registry, which isn't in the tree", "V"},
	} {
		out := load(t, nil, source.NewFile("t.yaml", []byte("Resources:\n"+c.text)),
			source.NewFile("a/net.yaml", []byte("Parameters: {Vpc: {Type: String}}\nResources:\n"+vpc)),
			source.NewFile("b/net.yaml", []byte("Parameters: {Vpc: {Type: String}}\nResources:\n"+vpc)))
		reason, refs := "", ""
		for _, r := range out.Resources {
			if r.Unread == "" {
				continue
			}
			reason = r.Unread
			for _, ref := range r.Props.Refs() {
				refs += strings.TrimPrefix(ref.Addr.Name, "t.yaml/")
			}
			if r.Exists.Known().String() != "true" {
				t.Errorf("%s: it may not be there", name)
			}
		}
		if reason != c.reason || refs != c.refs {
			t.Errorf("%s: got %q of %q, want %q of %q", name, reason, refs, c.reason, c.refs)
		}
	}
}
