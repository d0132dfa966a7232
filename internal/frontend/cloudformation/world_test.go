package cloudformation_test

import (
	"testing"

	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/tri"
)

// Each row is a set of conditions and an expression; the value names the worlds that can be, and no others.
func TestWorlds(t *testing.T) {
	for _, row := range []struct{ name, conditions, expr, want string }{
		{
			"within an arm the condition is decided",
			"A: !Equals [!Ref F, x]",
			"!If [A, {P: !If [A, a, b]}, {P: !If [A, c, d]}]",
			`({P: "a"} where A is true | {P: "d"} where A is false)`,
		},
		{
			"a negation is the same fact",
			"A: !Equals [!Ref F, x]\n  B: !Not [!Condition A]",
			"!If [A, !If [B, a, b], !If [B, c, d]]",
			`("b" where A is true | "c" where A is false)`,
		},
		{
			"a negated comparison has its author's name",
			`Has: !Not [!Equals [!Ref F, ""]]`,
			"!If [Has, a, b]",
			`("a" where Has is true | "b" where Has is false)`,
		},
		{
			"what comes down to a comparison has the name of its condition",
			"A: !And [!Equals [!FindInMap [M, !Ref AWS::Region, x], on], !Equals [!Ref D, x]]",
			"!If [A, a, b]",
			`("a" where A is true | "b" where A is false)`,
		},
		{
			"the same comparison in the long form and the other order",
			"A: !Equals [!Ref F, x]\n  B: {\"Fn::Equals\": [x, {Ref: F}]}",
			"!If [A, !If [B, a, b], !If [B, c, d]]",
			`("a" where A is true | "d" where A is false)`,
		},
		{
			"two texts exclude each other",
			"A: !Equals [!Ref F, x]\n  B: !Equals [!Ref F, y]",
			"!If [A, !If [B, both, a], !If [B, b, neither]]",
			`("a" where F is x | "b" where F is y | "neither" where F is neither x nor y)`,
		},
		{
			"allowed values are all there are",
			"A: !Equals [!Ref E, dev]\n  B: !Equals [!Ref E, prod]\n  C: !Equals [!Ref E, nope]",
			"!If [C, c, !If [A, a, !If [B, b, neither]]]",
			`("a" where E is dev | "neither" where E is test | "b" where E is prod)`,
		},
		{
			"one text is told from the others together",
			"A: !Equals [!Ref E, dev]",
			"!If [A, a, b]",
			`("a" where E is dev | "b" where E is not dev)`,
		},
		{
			"an arm narrows a parameter",
			"A: !Equals [!Ref E, dev]",
			`!If [A, !Ref E, !Sub "x${E}"]`,
			`("dev" where E is dev | "xtest" where E is test | "xprod" where E is prod)`,
		},
		{
			"an arm narrows a free parameter",
			`A: !Equals [!Ref F, ""]`,
			"!If [A, !Ref F, b]",
			`("" where A is true | "b" where A is false)`,
		},
		{
			"regions exclude each other",
			"A: !Equals [!Ref AWS::Region, us-east-1]\n  B: !Equals [!Ref AWS::Region, cn-north-1]",
			"!If [A, !If [B, both, a], !If [B, !Ref AWS::Region, neither]]",
			`("a" where AWS::Region is us-east-1 | "cn-north-1" where AWS::Region is cn-north-1 | "neither" where AWS::Region is neither us-east-1 nor cn-north-1)`,
		},
		{
			"a default decides",
			"A: !Equals [!Ref D, x]\n  B: !And [!Condition A, !Equals [!Ref F, x]]",
			"!If [A, !If [B, a, b], c]",
			`("a" where F is x | "b" where F is not x)`,
		},
		{
			"and, or",
			"A: !Equals [!Ref F, x]\n  B: !Equals [!Ref G, x]\n  C: !And [!Condition A, !Condition B]\n  D: !Or [!Condition A, !Condition B]",
			"!If [C, both, !If [D, one, none]]",
			`("both" where A is true and B is true | "one" where A is true and B is false | "one" where A is false and B is true | "none" where A is false and B is false)`,
		},
		{
			"a tautology is no world",
			"A: !Equals [!Ref F, x]\n  B: !Or [!Condition A, !Not [!Condition A]]",
			"!If [B, a, b]",
			`"a"`,
		},
		{
			"a symbol is not empty, and itself",
			`A: !Equals [!Ref AWS::Region, ""]` + "\n  B: !Equals [!Ref AWS::Region, !Ref AWS::Region]\n  C: !Equals [!Sub 'x-${F}', y]",
			"!If [A, a, !If [B, !If [C, c, b], d]]",
			`"b"`,
		},
		{
			"what can't be decided is one fact, wherever it is asked",
			"A: !Equals [!Ref F, !Ref G]\n  B: !Not [!Equals [!Ref G, !Ref F]]",
			"!If [A, !If [B, a, b], !If [B, c, d]]",
			`("b" where A is true | "c" where A is false)`,
		},
		{
			"an expression is what it is, known or not",
			"A: !Equals [!Ref F, !Ref F]\n  B: !Equals [!Select [0, !Ref L], {\"Fn::Select\": [0, {Ref: L}]}]",
			"!If [A, !If [B, a, b], c]",
			`"a"`,
		},
		{
			"a list of unknown members",
			`A: !Equals [!Join ["", !Ref L], ""]`,
			"!If [A, a, b]",
			`("a" where A is true | "b" where A is false)`,
		},
		{
			"an unquoted no is false, wherever it is written",
			"A: !Equals [!Ref F, no]\n  B: !Equals [!Ref F, 'false']",
			"!If [A, !If [B, a, b], !If [B, c, !If [A, d, yes]]]",
			`("a" where A is true | true where A is false)`,
		},
		{
			"a cycle is unknown",
			"A: !Condition B\n  B: !Not [!Condition A]",
			"!If [A, a, b]",
			`opaque?(the condition A refers to itself)`,
		},
	} {
		got := show(one(t, nil, `Parameters:
  F: {Type: String}
  G: {Type: String}
  L: {Type: CommaDelimitedList}
  D: {Type: String, Default: x}
  E: {Type: String, AllowedValues: [dev, test, prod]}
Conditions:
  `+row.conditions+`
Resources:
  It: {Type: AWS::SageMaker::Model, Properties: {P: `+row.expr+`}}
`))
		if got != row.want {
			t.Errorf("%s:\n got %s\nwant %s", row.name, got, row.want)
		}
	}
}

// What is known to be there, though nothing says what it is.
func TestNotEmpty(t *testing.T) {
	for _, row := range []struct {
		name, parameter, conditions, expr string
		want                              tri.Bool
	}{
		{"any text", "{Type: String}", "", "!Ref P", tri.Unknown},
		{"a text of some length", "{Type: String, MinLength: 1}", "", "!Ref P", tri.True},
		{"a text of any length", "{Type: String, MinLength: 0}", "", "!Ref P", tri.Unknown},
		{"a text of a pattern", "{Type: String, AllowedPattern: 'subnet-[0-9a-f]+'}", "", "!Ref P", tri.True},
		{"a text of a pattern or none", "{Type: String, AllowedPattern: 'subnet-[0-9a-f]+|'}", "", "!Ref P", tri.Unknown},
		{"a text of a pattern of Java's", "{Type: String, AllowedPattern: '(?=subnet).*'}", "", "!Ref P", tri.Unknown},
		{"a list of members with a pattern", "{Type: CommaDelimitedList, AllowedPattern: '.+'}", "", "!Ref P", tri.Unknown},
		{"an arm that excludes none", "{Type: String}", `None: !Equals [!Ref P, ""]`, "!If [None, x, !Ref P]", tri.True},
		{"an arm that includes none", "{Type: String}", `None: !Equals [!Ref P, ""]`, "!If [None, !Ref P, x]", tri.Unknown},
		{"an arm about something else", "{Type: String}", "A: !Equals [!Ref P, a]", "!If [A, x, !Ref P]", tri.Unknown},
		{
			"an arm that excludes none and others", "{Type: String}", `None: !Equals [!Ref P, ""]` + "\n  A: !Equals [!Ref P, a]",
			"!If [A, x, !If [None, x, !Ref P]]", tri.True,
		},
		{"an arm that excludes the empty list", "{Type: CommaDelimitedList}", `Has: !Not [!Equals [!Join ["", !Ref P], ""]]`, "!If [Has, !Ref P, x]", tri.True},
		{"an arm that includes the empty list", "{Type: CommaDelimitedList}", `Has: !Not [!Equals [!Join ["", !Ref P], ""]]`, "!If [Has, x, !Ref P]", tri.Unknown},
		{"an arm that excludes an empty first", "{Type: CommaDelimitedList}", `None: !Equals ["", !Select [0, !Ref P]]`, "!If [None, x, !Ref P]", tri.True},
	} {
		got := one(t, nil, "Parameters:\n  P: "+row.parameter+"\nConditions:\n  "+row.conditions+
			"\nResources:\n  It: {Type: AWS::SageMaker::Model, Properties: {P: "+row.expr+"}}\n").NonEmpty().Known()
		if got != row.want {
			t.Errorf("%s: got %v", row.name, got)
		}
	}
}

// Properties may be chosen as a whole.
func TestChosenProperties(t *testing.T) {
	rs := byName(load(t, nil, source.NewFile("t.yaml", []byte(`Parameters: {F: {Type: String}}
Conditions: {A: !Equals [!Ref F, x]}
Resources:
  It: {Type: AWS::SageMaker::Model, Properties: !If [A, {P: a, Q: b}, {P: c}]}
`))))
	want := `{P: ("a" where A is true | "c" where A is false), Q: ("b" where A is true | absent where A is false)}`
	if got := show(rs["It"].Props); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestExistence(t *testing.T) {
	const text = `Parameters:
  Mode: {Type: String, AllowedValues: [vpc, none]}
  Fixed: {Type: String, Default: "no"}
Conditions:
  UseVpc: !Equals [!Ref Mode, vpc]
  Never: !Equals [!Ref Fixed, "yes"]
  Always: !Not [!Condition Never]
Resources:
  Maybe: {Type: AWS::SageMaker::Model, Condition: UseVpc, Properties: {P: !If [UseVpc, a, b]}}
  Gone: {Type: AWS::SageMaker::Model, Condition: Never}
  There: {Type: AWS::SageMaker::Model, Condition: Always}
  Strange: {Type: AWS::SageMaker::Model, Condition: Undeclared}
`
	rs := byName(load(t, nil, source.NewFile("t.yaml", []byte(text))))
	if _, ok := rs["Gone"]; ok {
		t.Error("a resource whose condition is false is there")
	}
	if rs["There"].Exists.Known() != tri.True || rs["Strange"].Exists.Known() != tri.Unknown {
		t.Errorf("got %v, %v", rs["There"].Exists, rs["Strange"].Exists)
	}
	if got, want := cases(rs["Maybe"].Exists), "true where Mode is vpc; false where Mode is none"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got, want := show(rs["Maybe"].Props), `{P: "a"}`; got != want {
		t.Errorf("within its own condition: got %s, want %s", got, want)
	}
}
