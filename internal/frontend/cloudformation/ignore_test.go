package cloudformation_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/frontend/cloudformation"
	"github.com/vpclint/vpclint/internal/source"
)

// What metadata says is a directive for its resource, or else it says where it is wrong and how.
func TestIgnoresInMetadata(t *testing.T) {
	yaml := func(metadata string) string {
		return "Resources:\n  Lab:\n    Type: AWS::S3::Bucket\n    Metadata:\n      vpclint:\n" + metadata + "  Next: {Type: AWS::S3::Bucket}\n"
	}
	for _, row := range []struct{ name, path, content, want string }{
		{"an entry", "t.yaml", yaml("        ignore:\n          - {rule: open-egress, reason: it's ours}\n"),
			`7:13 open-egress "it's ours" until none for 2:3-7:51`},
		{"several rules, a date", "t.yaml", yaml("        ignore:\n          - rule: [a, b]\n            until: 2027-01-31\n            reason: >-\n              two\n              lines\n"),
			`7:13 a,b "two lines" until 2027-01-31 for 2:3-11:20`},
		{"JSON", "t.json", `{"Resources": {"Lab": {"Type": "AWS::S3::Bucket", "Metadata": {"vpclint": {"ignore": [{"rule": "a", "reason": "b", "until": "2027-01-31"}]}}}}}`,
			`1:87 a "b" until 2027-01-31 for 1:16-1:142`},
		{"the file", "t.yaml", "Metadata: {vpclint: {ignore: [{rule: a, reason: b}]}}\nResources: {B: {Type: 'AWS::S3::Bucket'}}\n",
			`1:31 a "b" until none for 1:1-3:1`},
		{"a loop", "t.yaml", "Resources:\n  Fn::ForEach::X:\n    - N\n    - [A]\n    - B${N}:\n        Type: AWS::S3::Bucket\n        Metadata: {vpclint: {ignore: [{rule: a, reason: b}]}}\n",
			`7:39 a "b" until none for 5:7-7:62`},
		{"what is included", "labs.yaml", "Lab:\n  Type: AWS::S3::Bucket\n  Metadata: {vpclint: {ignore: [{rule: a, reason: b}]}}\n",
			`3:33 a "b" until none for 1:1-3:56`},
		{"no reason", "t.yaml", yaml("        ignore: [{rule: a}]\n"), `6:18 a "" until none for 2:3-6:28`},
		{"a misspelt member", "t.yaml", yaml("        ignore: [{rules: a, reason: b}]\n"), `6:19 an ignore has no member "rules"; did you mean rule?`},
		{"a misspelt ignore", "t.yaml", yaml("        ignores: [{rule: a, reason: b}]\n"), `6:9 vpclint has no member "ignores"; did you mean ignore?`},
		{"nothing near", "t.yaml", yaml("        ignore: [{rule: a, reason: b, severity: c}]\n"), `6:39 an ignore has no member "severity"`},
		{"no list", "t.yaml", yaml("        ignore: {rule: a, reason: b}\n"), `6:9 ignore must be a list of entries with rule and reason`},
		{"a text", "t.yaml", yaml("        ignore: [open-egress]\n"), `6:18 an ignore must be a mapping with rule, reason, until`},
		{"no mapping", "t.yaml", "Resources: {B: {Type: 'AWS::S3::Bucket', Metadata: {vpclint: no}}}\n", `1:53 vpclint must be a mapping with ignore`},
		{"a function", "t.yaml", yaml("        ignore: [{rule: !Ref A, reason: !Sub b}]\n"), "6:19 rule must be a rule's name or a list of such\n6:33 reason must be a text"},
		{"a number", "t.yaml", yaml("        ignore: [{rule: a, reason: 5}]\n"), `6:28 reason must be a text`},
		{"no date", "t.yaml", yaml("        ignore: [{rule: a, reason: b, until: soon}]\n"), `6:39 until must be a date such as 2027-01-31`},
		{"another's metadata", "t.yaml", "Resources: {B: {Type: 'AWS::S3::Bucket', Metadata: {cfn-lint: {config: {ignore_checks: [vpclint]}}}}}\n", ""},
		{"no resource", "t.yaml", "Resources: {B: {Metadata: {vpclint: {ignore: 5}}}}\n", ""},
	} {
		t.Run(row.name, func(t *testing.T) {
			f := source.NewFile(row.path, []byte(row.content))
			at := func(offset int) string {
				p := f.Position(offset)
				return fmt.Sprintf("%d:%d", p.Line, p.Column)
			}
			var got []string
			for _, d := range (cloudformation.Frontend{}).Ignores(f, &frontend.Documents{}) {
				if d.Fault != "" {
					got = append(got, at(d.At.Start)+" "+d.Fault)
					continue
				}
				var slugs []string
				for _, s := range d.Rules {
					if s.At.Text() != s.Name && strings.Trim(s.At.Text(), `"`) != s.Name {
						t.Errorf("%s stands at %q", s.Name, s.At.Text())
					}
					slugs = append(slugs, s.Name)
				}
				until := "none"
				if !d.Until.IsZero() {
					until = d.Until.Format("2006-01-02")
				}
				got = append(got, fmt.Sprintf("%s %s %q until %s for %s-%s", at(d.At.Start), strings.Join(slugs, ","), d.Reason, until, at(d.Scope.Start), at(d.Scope.End)))
			}
			if diff := cmp.Diff(row.want, strings.Join(got, "\n")); diff != "" {
				t.Error(diff)
			}
		})
	}
}
