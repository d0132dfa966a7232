package cloudformation_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Each row is a tree; what follows is what it comes to, without the places.
func TestInclude(t *testing.T) {
	for _, row := range []struct{ name, files, want string }{
		{
			"in properties, in Resources and in a mapping, where what is written wins",
			`
-- stacks/main.yaml --
Parameters: {Bucket: {Type: String}}
Mappings:
  Fn::Transform: {Name: AWS::Include, Parameters: {Location: ../snippets/sizes.yaml}}
Resources:
  A:
    Type: AWS::SageMaker::Model
    Properties:
      VpcConfig:
        Fn::Transform: {Name: AWS::Include, Parameters: {Location: !Sub "s3://${Bucket}/snippets/vpc.yaml"}}
      Size: !FindInMap [Sizes, dev, type]
  B:
    Type: AWS::SageMaker::Model
    Properties:
      VpcConfig:
        Subnets: [mine]
        Fn::Transform: {Name: AWS::Include, Parameters: {Location: "https://s3.amazonaws.com/b/snippets/vpc.yaml"}}
  Fn::Transform: {Name: AWS::Include, Parameters: {Location: "file://../snippets/more.yaml"}}
-- snippets/vpc.yaml --
Subnets: [included]
SecurityGroupIds: [!Ref Group]
-- snippets/sizes.yaml --
Sizes: {dev: {type: small}}
-- snippets/more.yaml --
Group: {Type: AWS::EC2::SecurityGroup}
Fn::Transform: {Name: AWS::Include, Parameters: {Location: last.json}}
-- snippets/last.json --
{"Last": {"Type": "AWS::EC2::VPC"}}
`,
			`A: {VpcConfig: {Subnets: ["included"], SecurityGroupIds: [<Group.Ref>]}, Size: "small"}
B: {VpcConfig: {Subnets: ["mine"], SecurityGroupIds: [<Group.Ref>]}}
Group: {}
Last: {}
`,
		},
		{
			"the short form, and a list of macros",
			`
-- main.yaml --
Resources:
  A: {Type: AWS::EC2::VPC, Properties: !Transform {Name: AWS::Include, Parameters: {Location: ./p.yaml}}}
  B: {Type: AWS::EC2::VPC, Properties: {Q: {Fn::Transform: [{Name: AWS::Include, Parameters: {Location: p.yaml}}, {Name: Mine}]}}}
-- p.yaml --
P: 1
`,
			`A: {P: 1}
B: {Q: {P: 1, ...}}
`,
		},
		{
			"for the whole template",
			`
-- main.yaml --
Transform: {Name: AWS::Include, Parameters: {Location: s3://bucket/common.yaml}}
Resources:
  A: {Type: AWS::EC2::VPC, Properties: {P: !Ref Given}}
-- common.yaml --
Parameters: {Given: {Type: String, Default: x}}
Resources: {B: {Type: AWS::EC2::Subnet}, A: {Type: AWS::EC2::Other}}
`,
			`A: {P: "x"}
B: {}
`,
		},
		{
			"what isn't in the tree leaves its place open, and adds no resource",
			`
-- main.yaml --
Resources:
  A: {Type: AWS::EC2::VPC, Properties: {P: {Fn::Transform: {Name: AWS::Include, Parameters: {Location: s3://b/p.yaml}}}, Q: 1, Fn::Transform: {Name: AWS::Include, Parameters: {Location: s3://b/p.yaml}}}}
  B: {Type: AWS::EC2::VPC, Fn::Transform: {Name: AWS::Include, Parameters: {Location: ../../p.yaml}}}
  Fn::Transform: {Name: AWS::Include, Parameters: {Location: !ImportValue x}}
`,
			`A: {P: opaque?(AWS::Include puts what s3://b/p.yaml holds here, which isn't in the tree), Q: 1, ...}
B: {...}
`,
		},
		{
			"a cycle",
			`
-- main.yaml --
Resources:
  A: {Type: AWS::EC2::VPC, Properties: {P: {Fn::Transform: {Name: AWS::Include, Parameters: {Location: a.yaml}}, Q: 1}}}
-- a.yaml --
R: {Fn::Transform: {Name: AWS::Include, Parameters: {Location: b.yaml}}}
-- b.yaml --
S: {Fn::Transform: {Name: AWS::Include, Parameters: {Location: a.yaml}}, T: 1}
`,
			`A: {P: {Q: 1, R: {S: {T: 1, ...}}}}
`,
		},
		{
			"a file that can't be read, and one that is empty",
			`
-- main.yaml --
Resources:
  A: {Type: AWS::EC2::VPC, Properties: {Fn::Transform: {Name: AWS::Include, Parameters: {Location: a.yaml}}, Q: 1}}
  B: {Type: AWS::EC2::VPC, Properties: {Fn::Transform: {Name: AWS::Include, Parameters: {Location: b.yaml}}, Q: 1}}
-- a.yaml --
R: [
-- b.yaml --
`,
			`a.yaml: the file that the template includes can't be read
A: {Q: 1, ...}
B: {Q: 1, ...}
`,
		},
		{
			"a macro of one's own may add to every resource",
			`
-- main.yaml --
Transform: [AWS::Serverless-2016-10-31, {Name: Mine}]
Resources:
  A: {Type: AWS::EC2::VPC, Properties: {P: {Q: 1}}}
`,
			`A: {P: {Q: 1}, ...}
`,
		},
	} {
		out := load(t, nil, filesOf(row.files)...)
		var b strings.Builder
		for _, f := range out.Findings {
			message, _, _ := strings.Cut(f.Message, ":")
			fmt.Fprintf(&b, "%s: %s\n", f.At.File.Path, message)
		}
		for _, r := range out.Resources {
			fmt.Fprintf(&b, "%s: %s\n", r.Addr.Name, show(r.Props))
		}
		if diff := cmp.Diff(row.want, b.String()); diff != "" {
			t.Errorf("%s: %s", row.name, diff)
		}
	}
}

// What a file holds stands in that file.
func TestIncludePlaces(t *testing.T) {
	files := filesOf(`
-- main.yaml --
Resources:
  A: {Type: AWS::EC2::VPC, Properties: {Fn::Transform: {Name: AWS::Include, Parameters: {Location: a.yaml}}}}
  Fn::Transform: {Name: AWS::Include, Parameters: {Location: b.yaml}}
-- a.yaml --
P: {Q: x}
-- b.yaml --
B: {Type: AWS::EC2::Subnet}
`)
	out := load(t, nil, files...)
	rs := byName(out)
	for what, got := range map[string]string{
		"a value":    rs["A"].Props.Attr("P").Attr("Q").Origin().Span.File.Path,
		"a key":      rs["A"].Props.Fields()[0].Key.File.Path,
		"a resource": strings.Replace(rs["B"].Span.File.Path, "b.yaml", "a.yaml", 1),
	} {
		if got != "a.yaml" {
			t.Errorf("%s stands in %s", what, got)
		}
	}
	if len(out.Loaded) != 3 || rs["B"].Addr.Unit != "main.yaml" {
		t.Errorf("got %d files loaded, B of %s", len(out.Loaded), rs["B"].Addr.Unit)
	}
}
