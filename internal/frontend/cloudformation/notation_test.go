package cloudformation_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/vpclint/vpclint/internal/value"
)

// CloudFormation reads YAML 1.1, in which some digits are other numbers than they say.
func TestNotations(t *testing.T) {
	for text, foreign := range map[string]bool{
		"0300": true, "012345678901": true, "-017": true, "0x1F": true, "0b11": true, "1_000": true, "12:30": true, "00": true,
		"123456789012": false, "0": false, "-1": false, "10.0.0.0/16": false, "2012-10-17": false, "8080:80": false, "0300x": false, `"0300"`: false,
	} {
		got := one(t, nil, fmt.Sprintf("Resources: {It: {Type: AWS::EC2::Subnet, Properties: {P: %s}}}\n", text))
		if isForeign := got.Kind() == value.KindOpaque && strings.Contains(got.Reason(), "quote it"); isForeign != foreign {
			t.Errorf("%s: got %s", text, show(got))
		}
	}
	got := one(t, nil, `Parameters:
  Account: {Type: String, Default: 012345678901}
  Choice: {Type: String, AllowedValues: [0300, 1]}
Conditions: {C: !Equals [!Ref Choice, "192"]}
Resources: {It: {Type: AWS::EC2::Subnet, Properties: {P: [!Ref Account, !If [C, a, b]]}}}
`)
	const want = `[opaque(CloudFormation takes an unquoted 012345678901 for a number in another notation; quote it), ` +
		`("a" where C is true | "b" where C is false)]`
	if show(got) != want {
		t.Errorf("got %s", show(got))
	}
}
