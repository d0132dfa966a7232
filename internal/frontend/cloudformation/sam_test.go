package cloudformation_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// What Globals says holds for every resource of its type that doesn't say otherwise.
func TestGlobals(t *testing.T) {
	const text = `
Transform: AWS::Serverless-2016-10-31
Parameters: {Net: {Type: String, AllowedValues: [a, b]}}
Conditions: {IsA: !Equals [!Ref Net, a]}
Globals:
  Function:
    Runtime: python3.12
    Timeout: 3
    VpcConfig: {SubnetIds: [global-1], SecurityGroupIds: [group-1]}
    Environment: {Variables: {A: 1, B: 2}}
    Layers: [one]
    Tags: !If [IsA, {x: y}, !Ref AWS::NoValue]
  Api: {Cors: "*"}
  Unknown: 7
Resources:
  Bare: {Type: AWS::Serverless::Function}
  Own:
    Type: AWS::Serverless::Function
    Properties:
      Timeout: 9
      VpcConfig: {SubnetIds: [own-1]}
      Environment: {Variables: {B: 3, C: 4}}
      Layers: !If [IsA, [two], [three]]
      Tags: {own: tag}
  Ignores: {Type: AWS::Serverless::Function, IgnoreGlobals: [VpcConfig, Environment, Tags, Layers], Properties: {}}
  IgnoresAll: {Type: AWS::Serverless::Function, IgnoreGlobals: "*", Properties: {Timeout: 1}}
  Plain: {Type: AWS::Lambda::Function, Properties: {Timeout: 1}}
  Api: {Type: AWS::Serverless::Api, Properties: {StageName: x}}
  Odd: {Type: AWS::Serverless::Unknown}
`
	const want = `Bare (true): {Runtime: "python3.12", Timeout: 3, VpcConfig: {SubnetIds: ["global-1"], SecurityGroupIds: ["group-1"]}, Environment: {Variables: {A: 1, B: 2}}, Layers: ["one"], Tags: ({x: "y"} where Net is a | absent where Net is b)}
Own (true): {Timeout: 9, VpcConfig: {SubnetIds: ["global-1", "own-1"], SecurityGroupIds: ["group-1"]}, Environment: {Variables: {B: 3, C: 4, A: 1}}, Layers: (["two"] where Net is a | ["three"] where Net is b), Tags: {own: "tag"}, Runtime: "python3.12"}
Ignores (true): {Runtime: "python3.12", Timeout: 3}
IgnoresAll (true): {Timeout: 1}
Plain (true): {Timeout: 1}
Api (true): {StageName: "x", Cors: "*"}
Odd (true): {}
`
	if diff := cmp.Diff(want, summary(t, text)); diff != "" {
		t.Error(diff)
	}
}

// What SAM makes of a resource is there, and so is what a module holds: of that, Net/ tells that it can't be seen.
func TestGenerated(t *testing.T) {
	const text = `
Transform: AWS::Serverless-2016-10-31
Resources:
  Run: {Type: AWS::Serverless::Function, DependsOn: [Nobody, 7], DeletionPolicy: !If [x, Retain, Delete], Metadata: [x], UpdatePolicy: 7}
  Api: {Type: AWS::Serverless::Api}
  Net: {Type: Foo::Bar::Baz::MODULE, Properties: {P: 1}}
  Third: {Type: Datadog::Monitors::Monitor, Properties: !GetAtt Own.Data}
  Own: {Type: Custom::X, Condition: [7], Properties: [x]}
  Wrong: {Type: {a: b}, Properties: {P: 1}}
  It:
    Type: AWS::EC2::VPC
    Properties:
      P: [!Ref RunRole, !GetAtt RunRole.Arn, !Ref Run.Version, !Ref ApiStage, !Ref ServerlessRestApi, !Ref NetSubnet, !Ref Net.Subnet, !Sub "${RunRole.Arn}/x"]
      Q: [!Ref Rune, !Ref Other, !GetAtt Own.Id, !GetAtt Third.Id, !GetAtt Wrong.Id]
`
	const want = `Run (true): {}
Api (true): {}
Net (true): {P: 1}
Net/ (true): {P: 1}
Third (true): {...}
Own (unknown): {...}
It (true): {P: [<RunRole.Ref>, <RunRole.Arn>, <Run.Version.Ref>, <ApiStage.Ref>, <ServerlessRestApi.Ref>, <NetSubnet.Ref>, <Net.Subnet.Ref>, text(<RunRole.Arn>, "/x")], Q: [<Rune.Ref>, opaque(Other is neither a parameter nor a resource of the template; Other.Ref), opaque(Own.Id is known only after deployment; Own.Id), opaque(Third.Id is known only after deployment; Third.Id), opaque(Wrong is no resource of the template; Wrong.Id)]}
`
	if diff := cmp.Diff(want, summary(t, text)); diff != "" {
		t.Error(diff)
	}
}

func TestDefinitionSubstitutions(t *testing.T) {
	const text = `
Parameters: {Size: {Type: Number, Default: 2}, Env: {Type: String, AllowedValues: [dev, prod]}, Free: {Type: String}}
Conditions: {Dev: !Equals [!Ref Env, dev]}
Resources:
  Subnet: {Type: AWS::EC2::Subnet}
  Object:
    Type: AWS::StepFunctions::StateMachine
    Properties:
      DefinitionSubstitutions: {Subnet: !Ref Subnet, Size: !Ref Size, Env: !Ref Env, Gone: !Ref AWS::NoValue}
      Definition:
        States:
          ${Size}: {Subnets: ["${Subnet}", x], Count: "${Size}", Name: "a-${Env}-${Other}-${Subnet}", Text: "${Gone}$x${", Deep: {A.$: "$.x"}}
  Text:
    Type: AWS::StepFunctions::StateMachine
    Properties: {DefinitionString: '{"Count": ${Size}}', DefinitionSubstitutions: {Size: 3}}
  Sub:
    Type: AWS::StepFunctions::StateMachine
    Properties: {DefinitionString: !Sub '{"Count": ${!Size}, "Subnet": "${Subnet}"}', DefinitionSubstitutions: {Size: 3}}
  Json:
    Type: AWS::StepFunctions::StateMachine
    Properties: {DefinitionString: !ToJsonString {"Count": "${Size}"}, DefinitionSubstitutions: !If [Dev, {Size: 3}, {Size: !Ref Free}]}
  Sam:
    Type: AWS::Serverless::StateMachine
    Properties: {Definition: {A: "${B}"}, DefinitionSubstitutions: !GetAtt Subnet.Arn}
  None: {Type: AWS::StepFunctions::StateMachine, Properties: {Definition: {A: "${B}"}}}
`
	const want = `Subnet (true): {}
Object (true): {DefinitionSubstitutions: {Subnet: <Subnet.Ref>, Size: 2, Env: ("dev" where Env is dev | "prod" where Env is prod), Gone: absent}, Definition: {States: {${Size}: {Subnets: [<Subnet.Ref>, "x"], Count: "2", Name: (text("a-dev-${Other}-", <Subnet.Ref>) where Env is dev | text("a-prod-${Other}-", <Subnet.Ref>) where Env is prod), Text: "${Gone}$x${", Deep: {A.$: "$.x"}}}}}
Text (true): {DefinitionString: "{\"Count\": 3}", DefinitionSubstitutions: {Size: 3}}
Sub (true): {DefinitionString: text("{\"Count\": 3, \"Subnet\": \"", <Subnet.Ref>, "\"}"), DefinitionSubstitutions: {Size: 3}}
Json (true): {DefinitionString: json{Count: ("3" where Env is dev | text(opaque(the parameter Free has no default; pass --parameter Free=...)) where Env is prod)}, DefinitionSubstitutions: ({Size: 3} where Env is dev | {Size: opaque(the parameter Free has no default; pass --parameter Free=...)} where Env is prod)}
Sam (true): {Definition: {A: text(opaque(Subnet.Arn.B is known only after deployment; Subnet.Arn.B))}, DefinitionSubstitutions: <Subnet.Arn>}
None (true): {Definition: {A: "${B}"}}
`
	if diff := cmp.Diff(want, summary(t, text)); diff != "" {
		t.Error(diff)
	}
}
