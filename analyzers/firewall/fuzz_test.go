package firewall_test

import (
	"encoding/json"
	"testing"

	"github.com/vpclint/vpclint/analyzers/firewall"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// Whatever stands as the ports, the protocol and the addresses of a rule: it is answered, with a reason where it isn't known,
// and a rule that is added lets through no less.
func FuzzRule(f *testing.F) {
	f.Add("443", "443", `"tcp"`, `"0.0.0.0/0"`, `"10.0.1.0/24"`)
	f.Add("99999", "-5", "58", `"::ffff:10.0.0.0/104"`, `"10.0.0.1/0"`)
	f.Add("null", `"443"`, `"tcp "`, `""`, "null")
	f.Add(`{"Ref":"P"}`, "443.5", "-1", `{"Ref":"P"}`, `{"Ref":"P"}`)
	f.Add("1e30", "[]", `"ALL"`, `"10.0.0.0/33"`, `"::/0"`)
	f.Fuzz(func(t *testing.T, from, to, protocol, cidr, subnet string) {
		rule := `{"IpProtocol":` + literal(protocol) + `,"FromPort":` + literal(from) + `,"ToPort":` + literal(to) + `,"CidrIp":` + literal(cidr) + `}`
		alone := admits(t, "["+rule+"]", literal(subnet))
		more := admits(t, "["+rule+`,{"IpProtocol":"tcp","FromPort":443,"ToPort":443,"CidrIp":"10.0.1.0/25"}]`, literal(subnet))
		if alone.Known() == tri.True && more.Known() != tri.True {
			t.Errorf("%s lets through %s, but %s with another rule", rule, said(alone), said(more))
		}
		for _, c := range alone.Cases() {
			if c.Holds == tri.Unknown && c.Reason == "" {
				t.Errorf("%s is unknown without a reason", rule)
			}
		}
	})
}

// literal returns text as JSON: as it stands where it is some, as a string where it isn't.
func literal(text string) string {
	if len(text) < 200 && json.Valid([]byte(text)) {
		return text
	}
	quoted, err := json.Marshal(text)
	if err != nil {
		return "null"
	}
	return string(quoted)
}

// admits asks whether a group with some rules admits HTTPS from a subnet with a range.
func admits(t *testing.T, rules, subnet string) value.Truth {
	t.Helper()
	g := link(t, "t.json", `{"AWSTemplateFormatVersion":"2010-09-09","Parameters":{"P":{"Type":"String"}},"Resources":{
"V":{"Type":"AWS::EC2::VPC","Properties":{"CidrBlock":"10.0.0.0/16"}},
"S":{"Type":"AWS::EC2::Subnet","Properties":{"VpcId":{"Ref":"V"},"CidrBlock":`+subnet+`}},
"G":{"Type":"AWS::EC2::SecurityGroup","Properties":{"GroupDescription":"g","VpcId":{"Ref":"V"},"SecurityGroupIngress":`+rules+`}},
"M":{"Type":"AWS::SageMaker::Model","Properties":{"ExecutionRoleArn":"r","VpcConfig":{"Subnets":[{"Ref":"S"}],"SecurityGroupIds":[{"Ref":"G"}]}}}}}`)
	if len(g.Workloads) != 1 || len(g.Workloads[0].Attachments) != 1 {
		t.Skip("the template can't be read")
	}
	side := firewall.SideOf(&g.Workloads[0].Attachments[0])
	return firewall.Analyze(g).Admits(side, side, firewall.HTTPS).Holds
}
