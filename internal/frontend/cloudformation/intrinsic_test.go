package cloudformation_test

import (
	"strings"
	"testing"

	"github.com/vpclint/vpclint/internal/source"
)

// preamble declares what the expressions of the tests speak of.
const preamble = `AWSTemplateFormatVersion: 2010-09-09
Parameters:
  Access: {Type: String, Default: Enabled}
  Count: {Type: Number, Default: 2}
  Subnets: {Type: "List<AWS::EC2::Subnet::Id>", Default: "subnet-a, subnet-b"}
  FreeSubnets: {Type: "List<AWS::EC2::Subnet::Id>"}
  Net: {Type: String, Default: net}
  Free: {Type: String}
  Id: {Type: "AWS::EC2::Subnet::Id"}
  Env: {Type: String, AllowedValues: [dev, prod]}
  Image: {Type: "AWS::SSM::Parameter::Value<String>", Default: /path}
  On: {Type: String, Default: true}
Mappings:
  Sizes:
    dev: {type: ml.t3.medium, zones: [a, b]}
    prod: {type: ml.m5.large, zones: [a, b, c]}
  Same:
    us-east-1: {x: "1", l: [a, b]}
    eu-west-1: {x: "1", l: [a, b]}
Conditions:
  IsProd: !Equals [!Ref Env, prod]
  IsFree: !Equals [!Ref Free, "yes"]
  Yes: !Equals [!Ref Access, Enabled]
  No: !Not [!Condition Yes]
Resources:
  Subnet: {Type: AWS::EC2::Subnet}
  Group: {Type: AWS::EC2::SecurityGroup}
  Cond: {Type: AWS::EC2::Subnet, Condition: IsProd}
  Gone: {Type: AWS::EC2::Subnet, Condition: No}
  Nested: {Type: AWS::CloudFormation::Stack}
  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: !If [IsProd, 10.0.0.0/16, 10.1.0.0/16]}}
  Self: {Type: AWS::EC2::Subnet, Properties: {CidrBlock: !GetAtt Self.CidrBlock}}
  Bits: {Type: AWS::EC2::Subnet, Properties: {CidrBlock: 10.0.0.1/16}}
  It:
    Type: AWS::SageMaker::Model
    Properties:
      P: `

const (
	noDefault  = `opaque(the parameter Free has no default; pass --parameter Free=...)`
	noSubnets  = `opaque(the parameter FreeSubnets has no default; pass --parameter FreeSubnets=...)`
	noID       = `opaque(the parameter Id has no default; pass --parameter Id=...)`
	afterwards = `it is known only after deployment`
)

// Each row has an expression in the short and in the long form, which mean the same.
func TestIntrinsics(t *testing.T) {
	for _, row := range []struct{ short, long, want string }{
		{`!Ref Access`, `{Ref: Access}`, `"Enabled"`},
		{`!Ref Count`, `{"Ref": "Count"}`, `2`},
		{`!Ref On`, `{"Ref": "On"}`, `true`},
		{`!Ref Subnets`, `{Ref: Subnets}`, `["subnet-a", "subnet-b"]`},
		{`!Ref FreeSubnets`, `{Ref: FreeSubnets}`, noSubnets},
		{`!Ref Image`, `{Ref: Image}`, `opaque(the default of the parameter Image is the path of an SSM parameter, not its value)`},
		{`!Ref Env`, `{Ref: Env}`, `("dev" where Env is dev | "prod" where Env is prod)`},
		{`!Ref Subnet`, `{Ref: Subnet}`, `<Subnet.Ref>`},
		{`!Ref Cond`, `{Ref: Cond}`, `<Cond.Ref>`},
		{`!Ref Gone`, `{Ref: Gone}`, `opaque(the resource Gone is not created: its condition No is false; Gone.Ref)`},
		{`!Ref AWS::Region`, `{Ref: "AWS::Region"}`, `<AWS.Region>`},
		{`!Ref AWS::NoValue`, `{Ref: "AWS::NoValue"}`, `absent`},
		{`!Ref AWS::NotificationARNs`, `{Ref: "AWS::NotificationARNs"}`, `[, ...]`},
		{`!Ref [a]`, `{Ref: [a]}`, `opaque(Ref doesn't take these arguments)`},
		{`!GetAtt Group.GroupId`, `{"Fn::GetAtt": [Group, GroupId]}`, `<Group.GroupId>`},
		{`!GetAtt [Group, GroupId]`, `{"Fn::GetAtt": Group.GroupId}`, `<Group.GroupId>`},
		{`!GetAtt Group.SecurityGroupIds`, `{"Fn::GetAtt": [Group, SecurityGroupIds]}`, `opaque(Group.SecurityGroupIds is known only after deployment; Group.SecurityGroupIds)`},
		{`!GetAtt Group.Endpoint.Address`, `{"Fn::GetAtt": [Group, Endpoint.Address]}`, `<Group.Endpoint.Address>`},
		{`!GetAtt Nested.Outputs.Id`, `{"Fn::GetAtt": [Nested, Outputs.Id]}`, `opaque(Nested.Outputs.Id is an output of the stack Nested, whose template isn't in the tree; Nested.Outputs.Id)`},
		{`!GetAtt Group`, `{"Fn::GetAtt": [Group]}`, `opaque(Fn::GetAtt doesn't take these arguments)`},
		{`!GetAtt [Group, !Ref Free]`, `{"Fn::GetAtt": [Group, {Ref: Free}]}`, `opaque(which attribute it is can't be known before deployment; Group.)`},
		{`!Ref {"Fn::Sub": "Sub${Net}"}`, `{Ref: {"Fn::Sub": "Sub${Net}"}}`, `<Subnet.Ref>`},
		{`!Ref {"Fn::If": [IsFree, Subnet, Group]}`, `{Ref: {"Fn::If": [IsFree, Subnet, Group]}}`, `(<Subnet.Ref> where IsFree is true | <Group.Ref> where IsFree is false)`},
		{`!Ref {"Fn::Sub": "Sub${Free}"}`, `{Ref: {"Fn::Sub": "Sub${Free}"}}`, `opaque(what it refers to can't be known before deployment)`},
		{`!GetAtt {"Fn::Sub": "Sub${Net}.VpcId"}`, `{"Fn::GetAtt": [{"Fn::Sub": "Sub${Net}"}, VpcId]}`, `<Subnet.VpcId>`},
		{`!GetAtt [!Ref Free, VpcId]`, `{"Fn::GetAtt": {Ref: Free}}`, `opaque(of which resource it is can't be known before deployment)`},
		{`!Sub "a-${Access}-${!Lit}-$x"`, `{"Fn::Sub": "a-${Access}-${!Lit}-$x"}`, `"a-Enabled-${Lit}-$x"`},
		{`!Sub "com.amazonaws.${AWS::Region}.s3"`, `{"Fn::Sub": "com.amazonaws.${AWS::Region}.s3"}`, `text("com.amazonaws.", <AWS.Region>, ".s3")`},
		{`!Sub "${Group.GroupId}"`, `{"Fn::Sub": ["${Group.GroupId}", {}]}`, `<Group.GroupId>`},
		{`!Sub ["${A}/${Access}", {A: !Ref Env}]`, `{"Fn::Sub": ["${A}/${Access}", {A: {Ref: Env}}]}`, `("dev/Enabled" where Env is dev | "prod/Enabled" where Env is prod)`},
		{`!Sub ["x"]`, `{"Fn::Sub": []}`, `opaque(Fn::Sub doesn't take these arguments)`},
		{`!Sub "open ${Access"`, `{"Fn::Sub": "open ${Access"}`, `"open ${Access"`},
		{`!Sub "${Subnets}"`, `{"Fn::Sub": "${Subnets}"}`, `opaque(part of the text is no text)`},
		{`!If [Yes, a, b]`, `{"Fn::If": [Yes, a, b]}`, `"a"`},
		{`!If [No, a, !Ref AWS::NoValue]`, `{"Fn::If": [No, a, {Ref: "AWS::NoValue"}]}`, `absent`},
		{`!If [IsProd, a, b]`, `{"Fn::If": [IsProd, a, b]}`, `("a" where Env is prod | "b" where Env is dev)`},
		{`!If [IsFree, [x], !Ref Subnets]`, `{"Fn::If": [IsFree, [x], {Ref: Subnets}]}`, `(["x"] where IsFree is true | ["subnet-a", "subnet-b"] where IsFree is false)`},
		{`!If [Nope, a, b]`, `{"Fn::If": [Nope, a, b]}`, `opaque?(the template declares no condition Nope)`},
		{`!If [Yes, a]`, `{"Fn::If": [Yes, a]}`, `opaque?(Fn::If doesn't take these arguments)`},
		{`!If [!Equals [!Ref Env, prod], a, b]`, `{"Fn::If": [{"Fn::Equals": [{Ref: Env}, prod]}, a, b]}`, `("a" where Env is prod | "b" where Env is dev)`},
		{`!Join [",", !Ref Subnets]`, `{"Fn::Join": [",", {Ref: Subnets}]}`, `"subnet-a,subnet-b"`},
		{`!Join ["-", [a, !Ref AWS::NoValue, !Ref Count]]`, `{"Fn::Join": ["-", [a, {Ref: "AWS::NoValue"}, {Ref: Count}]]}`, `"a-2"`},
		{`!Join ["-", [a, !If [IsFree, b, !Ref AWS::NoValue], c]]`, `{"Fn::Join": ["-", [a, {"Fn::If": [IsFree, b, {Ref: "AWS::NoValue"}]}, c]]}`, `("a-b-c" where IsFree is true | "a-c" where IsFree is false)`},
		{`!Join [",", !Ref FreeSubnets]`, `{"Fn::Join": [",", {Ref: FreeSubnets}]}`, noSubnets},
		{`!Join [","]`, `{"Fn::Join": ","}`, `opaque(Fn::Join doesn't take these arguments)`},
		{`!Select [1, !Ref Subnets]`, `{"Fn::Select": ["1", {Ref: Subnets}]}`, `"subnet-b"`},
		{`!Select [2, [a, b]]`, `{"Fn::Select": [2, [a, b]]}`, `opaque(the list has no element 2)`},
		{`!Select [-1, [a]]`, `{"Fn::Select": [-1, [a]]}`, `opaque(Fn::Select doesn't take these arguments)`},
		{`!Select [0]`, `{"Fn::Select": 0}`, `opaque(Fn::Select doesn't take these arguments)`},
		{`!Select [0, !Ref FreeSubnets]`, `{"Fn::Select": [0, {Ref: FreeSubnets}]}`, noSubnets},
		{`!Select [1, !GetAZs ""]`, `{"Fn::Select": [1, {"Fn::GetAZs": {Ref: "AWS::Region"}}]}`, `<AWS.AvailabilityZones[1]>`},
		{`!Select [0, !GetAZs us-east-1]`, `{"Fn::Select": [0, {"Fn::GetAZs": us-east-1}]}`, `opaque(the availability zones are known only after deployment)`},
		{`!Select [0, !Split [".", a.b]]`, `{"Fn::Select": [0, {"Fn::Split": [".", a.b]}]}`, `"a"`},
		{`!Split [",", "a,b,"]`, `{"Fn::Split": [",", "a,b,"]}`, `["a", "b", ""]`},
		{`!Split [",", !Ref Free]`, `{"Fn::Split": [",", {Ref: Free}]}`, `[, ...]`},
		{`!Split [x]`, `{"Fn::Split": [x]}`, `opaque(Fn::Split doesn't take these arguments)`},
		{`!FindInMap [Sizes, prod, type]`, `{"Fn::FindInMap": [Sizes, prod, type]}`, `"ml.m5.large"`},
		{`!FindInMap [Sizes, !Ref Env, type]`, `{"Fn::FindInMap": [Sizes, {Ref: Env}, type]}`, `("ml.t3.medium" where Env is dev | "ml.m5.large" where Env is prod)`},
		{`!FindInMap [Sizes, dev, zones]`, `{"Fn::FindInMap": [Sizes, dev, zones]}`, `["a", "b"]`},
		{`!FindInMap [Same, !Ref AWS::Region, x]`, `{"Fn::FindInMap": [Same, {Ref: "AWS::Region"}, x]}`, `"1"`},
		{`!FindInMap [Same, !Ref Free, l]`, `{"Fn::FindInMap": [Same, {Ref: Free}, l]}`, `["a", "b"]`},
		{`!FindInMap [Sizes, !Ref Free, zones]`, `{"Fn::FindInMap": [Sizes, {Ref: Free}, zones]}`, noDefault},
		{`!FindInMap [Sizes, !Ref Free, type]`, `{"Fn::FindInMap": [Sizes, {Ref: Free}, type]}`, noDefault},
		{`!FindInMap [Sizes, test, type]`, `{"Fn::FindInMap": [Sizes, test, type]}`, `opaque(the mapping Sizes has no test.type)`},
		{`!FindInMap [Sizes, test, type, {DefaultValue: x}]`, `{"Fn::FindInMap": [Sizes, test, type, {DefaultValue: x}]}`, `"x"`},
		{`!FindInMap [M]`, `{"Fn::FindInMap": M}`, `opaque(Fn::FindInMap doesn't take these arguments)`},
		{`!Base64 abc`, `{"Fn::Base64": abc}`, `"YWJj"`},
		{`!Cidr [10.0.0.0/16, 2, 8]`, `{"Fn::Cidr": [10.0.0.0/16, "2", "8"]}`, `["10.0.0.0/24", "10.0.1.0/24"]`},
		{`!Select [1, !Cidr [!GetAtt Subnet.X, 2, 8]]`, `{"Fn::Select": [1, {"Fn::Cidr": [{"Fn::GetAtt": [Subnet, X]}, 2, 8]}]}`, `opaque(the address block is known only after deployment; Subnet.X)`},
		{`!Select [1, !Cidr [!GetAtt Vpc.CidrBlock, 2, 8]]`, `{"Fn::Select": [1, {"Fn::Cidr": [{"Fn::GetAtt": [Vpc, CidrBlock]}, 2, 8]}]}`, `("10.0.1.0/24" where Env is prod | "10.1.1.0/24" where Env is dev)`},
		{`!Sub "${Self.CidrBlock}${Bits.CidrBlock}"`, `{"Fn::Sub": "${Self.CidrBlock}${Bits.CidrBlock}"}`, `text(<Self.CidrBlock>, <Bits.CidrBlock>)`},
		{`!Cidr [10.0.0.0/30, 9999999, 8]`, `{"Fn::Cidr": []}`, `opaque(Fn::Cidr doesn't take these arguments)`},
		{`!ImportValue net-subnet`, `{"Fn::ImportValue": net-subnet}`, `opaque(the value is the export net-subnet of another stack)`},
		{`!ImportValue {"Fn::Sub": "${AWS::StackName}-x"}`, `{"Fn::ImportValue": {"Fn::Sub": "${AWS::StackName}-x"}}`, `opaque(the value is an export of another stack, and AWS::StackName is known only after deployment; AWS.StackName)`},
		{`!Transform {Name: AWS::Include}`, `{"Fn::Transform": {Name: AWS::Include}}`, `opaque?(the macro AWS::Include computes it)`},
		{`!Transform {Name: AWS::Include, Parameters: {Location: s3://b/x.yaml}}`, `{"Fn::Transform": {Name: AWS::Include, Parameters: {Location: s3://b/x.yaml}}}`, `opaque?(AWS::Include puts what s3://b/x.yaml holds here, which isn't in the tree)`},
		{`!Length [a, !Ref AWS::NoValue]`, `{"Fn::Length": [a, {Ref: "AWS::NoValue"}]}`, `1`},
		{`!Length {Ref: Subnets}`, `{"Fn::Length": {Ref: Subnets}}`, `2`},
		{`!ToJsonString {a: !Ref Subnet}`, `{"Fn::ToJsonString": {a: {Ref: Subnet}}}`, `json{a: <Subnet.Ref>}`},
		{`!Whatever {a: !Ref Subnet}`, `{"Fn::Whatever": {a: {Ref: Subnet}}}`, `opaque?(Fn::Whatever is not known here; Subnet.Ref)`},
		{`"{{resolve:ssm:/x}}"`, `'{{resolve:ssm:/x}}'`, `opaque(the SSM parameter /x is read at deployment)`},
		{`"arn:{{resolve:ssm:/x}}/y"`, `'arn:{{resolve:ssm:/x}}/y'`, `text("arn:", opaque(the SSM parameter /x is read at deployment), "/y")`},
		{`!Sub "{{resolve:secretsmanager:${Group}:x}}"`, `{"Fn::Join": ["", ["{{resolve:secretsmanager:", {Ref: Group}, ":x}}"]]}`, `opaque(the secret ${Group}:x is read at deployment; Group.Ref)`},
		{`"{{resolve:ssm:/ml/vpc:3}}-{{resolve:ssm-secure:x}}"`, `"{{resolve:ssm:/ml/vpc:3}}-{{resolve:ssm-secure:x}}"`, `text(opaque(the SSM parameter /ml/vpc is read at deployment), "-", opaque(the SSM parameter x is read at deployment))`},
		{`!Sub "{{resolve:ssm:/${Env}/vpc}}"`, `{"Fn::Sub": "{{resolve:ssm:/${Env}/vpc}}"}`, `(opaque(the SSM parameter /dev/vpc is read at deployment) where Env is dev | opaque(the SSM parameter /prod/vpc is read at deployment) where Env is prod)`},
		{`!Sub "{{resolve:ssm:/${AWS::Region}/vpc:1}}"`, `{"Fn::Sub": "{{resolve:ssm:/${AWS::Region}/vpc:1}}"}`, `opaque(the SSM parameter /${AWS::Region}/vpc:1 is read at deployment; AWS.Region)`},
		{`!Split [",", !Join [",", [!Ref Subnet, !GetAtt Group.GroupId]]]`, `{"Fn::Split": [",", {"Fn::Join": [",", [{Ref: Subnet}, {"Fn::GetAtt": [Group, GroupId]}]]}]}`, `[<Subnet.Ref>, <Group.GroupId>]`},
		{`!Split [",", !Sub "${Subnet},a-${Id},${Group}-x"]`, `{"Fn::Split": [",", {"Fn::Sub": "${Subnet},a-${Id},${Group}-x"}]}`, `[<Subnet.Ref>, text("a-", ` + noID + `), text(<Group.Ref>, "-x")]`},
		{`!Split [",", !Sub "${Subnet},a${Free},${Group}"]`, `{"Fn::Split": [",", {"Fn::Sub": "${Subnet},a${Free},${Group}"}]}`, `[<Subnet.Ref>, ` + noDefault + `, <Group.Ref>, ...]`},
		{`!Split ["-", !Sub "${Subnet}-a-b"]`, `{"Fn::Split": ["-", {"Fn::Sub": "${Subnet}-a-b"}]}`, `[opaque(Subnet is known only after deployment; Subnet.Ref), "a", "b", ...]`},
		{`!Split ["::", !Sub "${Free}::a::b"]`, `{"Fn::Split": ["::", {"Fn::Sub": "${Free}::a::b"}]}`, `[` + noDefault + `, ...]`},
		{`!Select [0, !Split [",", !Sub "${Subnet},${Free}"]]`, `{"Fn::Select": [0, {"Fn::Split": [",", {"Fn::Sub": "${Subnet},${Free}"}]}]}`, `<Subnet.Ref>`},
		{`!Select [2, !Split [",", !Sub "${Subnet},${Free},${Group}"]]`, `{"Fn::Select": [2, {"Fn::Split": [",", {"Fn::Sub": "${Subnet},${Free},${Group}"}]}]}`, strings.TrimSuffix(noDefault, ")") + "; Subnet.Ref; Group.Ref)"},
		{`!Select [!Ref Free, !Ref Subnets]`, `{"Fn::Select": [{Ref: Free}, {Ref: Subnets}]}`, noDefault},
		{`!Select [0, [a, !Ref AWS::NoValue, b]]`, `{"Fn::Select": [0, [a, {Ref: "AWS::NoValue"}, b]]}`, `"a"`},
		{`!Select [1, [a, !Ref AWS::NoValue, b]]`, `{"Fn::Select": [1, [a, {Ref: "AWS::NoValue"}, b]]}`, `opaque(it is selected from a list with AWS::NoValue)`},
		{`!Join [!Ref Free, [a, b]]`, `{"Fn::Join": [{Ref: Free}, [a, b]]}`, `text("a", ` + noDefault + `, "b")`},
		{`!Join [",", !Split [",", !Sub "${Subnet},${Free}"]]`, `{"Fn::Join": [",", {"Fn::Split": [",", {"Fn::Sub": "${Subnet},${Free}"}]}]}`, `text(<Subnet.Ref>, ` + noDefault + `)`},
		{`!Join ["-", [a, !Whatever {a: 1}, b]]`, `{"Fn::Join": ["-", [a, {"Fn::Whatever": {a: 1}}, b]]}`, `text("a", opaque(Fn::Whatever is not known here), "-b")`},
		{`!Join ["-", [!Whatever {a: 1}, b]]`, `{"Fn::Join": ["-", [{"Fn::Whatever": {a: 1}}, b]]}`, `text(opaque(Fn::Whatever is not known here), "b")`},
		{`!Sub ["${J}", {J: !ToJsonString {a: "x\n", b: [!Ref Subnet, !Ref AWS::NoValue], c: !Ref AWS::NoValue}}]`, `{"Fn::Sub": ["${J}", {J: {"Fn::ToJsonString": {a: "x\n", b: [{Ref: Subnet}, {Ref: "AWS::NoValue"}], c: {Ref: "AWS::NoValue"}}}}]}`, "text(\"{\\\"a\\\":\\\"x\\\\n\\\",\\\"b\\\":[\\\"\", <Subnet.Ref>, \"\\\"]}\")"},
		{`!Length {Ref: FreeSubnets}`, `{"Fn::Length": {Ref: FreeSubnets}}`, noSubnets},
		{`[a, !Ref AWS::NoValue, null]`, `["a", {"Ref": "AWS::NoValue"}]`, `["a"]`},
		{`"012345678901"`, `"012345678901"`, `"012345678901"`},
		{`2012-10-17`, `'2012-10-17'`, `"2012-10-17"`},
		{`{"Fn::Transform": {Name: x}, A: !Ref Access}`, `{A: {Ref: Access}, "Fn::ForEach::X": []}`, `{A: "Enabled", ...}`},
	} {
		for _, expr := range []string{row.short, row.long} {
			f := source.NewFile("net/t.yaml", []byte(preamble+expr+"\n"))
			out := load(t, nil, f)
			if len(out.Findings) > 0 {
				t.Errorf("%s: %s", expr, out.Findings[0].Message)
				continue
			}
			p, ok := byName(out)["It"].Props.Field("P")
			if !ok {
				t.Errorf("%s: no property", expr)
				continue
			}
			if got := show(p.Value); got != row.want {
				t.Errorf("%s:\n got %s\nwant %s", expr, got, row.want)
			}
		}
	}
}
