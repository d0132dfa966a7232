package model

import (
	"slices"
	"strings"
	"testing"

	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// world is the world in which a condition has a value.
func world(is string) value.World {
	return value.World{{Var: "Open", Is: is, Text: "Open is " + is}}
}

// either is a choice by the condition.
func either(whenTrue, whenFalse value.Value) value.Value {
	return value.OfChoice([]value.Arm{{When: world("true"), Value: whenTrue}, {When: world("false"), Value: whenFalse}})
}

// AWS lets everything out of a group without egress rules, and Terraform's aws provider nothing.
func TestAllEgress(t *testing.T) {
	absent := value.Value{}
	rule := object(field("IpProtocol", value.OfString("tcp")), field("FromPort", value.OfInt(443)), field("ToPort", value.OfInt(443)), field("CidrIp", value.OfString("10.0.0.0/8")))
	const all, written = "-1 0.0.0.0/0, -1 ::/0", "tcp 10.0.0.0/8"
	unknown := value.OfOpaque("Rules has no default")
	for _, row := range []struct {
		name       string
		egress     value.Value
		want       string
		byDefault  tri.Bool
		isComplete tri.Bool
	}{
		{"absent", absent, all, tri.True, tri.True},
		{"empty", list(), all, tri.True, tri.True},
		{"written", list(rule), written, tri.False, tri.True},
		{"one rule without a list", rule, written, tri.False, tri.True},
		{"absent in one world", either(list(rule), absent), written + " when Open is true, -1 0.0.0.0/0 when Open is false, -1 ::/0 when Open is false", tri.Unknown, tri.True},
		{"AWS::NoValue in the list", list(either(rule, absent)), written + " when Open is true, -1 0.0.0.0/0 when Open is false, -1 ::/0 when Open is false", tri.Unknown, tri.True},
		{"one of two rules is always there", list(rule, either(rule, absent)), written + ", " + written + " when Open is true", tri.False, tri.True},
		{"unknown", unknown, "", tri.Unknown, tri.Unknown},
		{"unknown in one world", either(unknown, absent), "-1 0.0.0.0/0 when Open is false, -1 ::/0 when Open is false", tri.Unknown, tri.Unknown},
		{"a list of which more isn't known", value.OfOpenList([]value.Value{rule}, "a macro adds to it"), written, tri.False, tri.Unknown},
		{"a list of which nothing is known", value.OfOpenList(nil, "a macro adds to it"), "", tri.Unknown, tri.Unknown},
	} {
		for dialect, typ := range map[resource.Dialect]string{resource.CloudFormation: "AWS::EC2::SecurityGroup", resource.TerraformAWSCC: "awscc_ec2_security_group"} {
			name, v := "SecurityGroupEgress", row.egress
			if dialect == resource.TerraformAWSCC {
				name, v = "security_group_egress", snaked(v)
			}
			g := declared(dialect, typ, field(name, v)).SecurityGroups[0]
			got, complete := g.AllEgress()
			if text := egressOf(got); text != row.want {
				t.Errorf("%s, %s: got %q, want %q", row.name, dialect, text, row.want)
			}
			if k := g.DefaultEgress().Known(); k != row.byDefault {
				t.Errorf("%s, %s: AWS's own rules: got %v, want %v", row.name, dialect, k, row.byDefault)
			}
			if k := complete.Known(); k != row.isComplete {
				t.Errorf("%s, %s: complete: got %v, want %v", row.name, dialect, k, row.isComplete)
			}
		}
	}

	g := declared(resource.Terraform, "aws_security_group").SecurityGroups[0]
	if got, complete := g.AllEgress(); len(got) > 0 || complete.Known() != tri.True || g.DefaultEgress().Known() != tri.False {
		t.Errorf("Terraform closes a group, which lets out %s", egressOf(got))
	}
	d := declared(resource.Terraform, "aws_default_security_group").DefaultSecurityGroups[0]
	if got, complete := d.AllEgress(); len(got) > 0 || complete.Known() != tri.True {
		t.Errorf("Terraform closes a default group, which lets out %s", egressOf(got))
	}
	// What is written, a rule that may not be there, decides nothing.
	may := declared(resource.CloudFormation, "AWS::EC2::SecurityGroup", field("SecurityGroupEgress", list(rule.Maybe()))).SecurityGroups[0]
	if _, complete := may.AllEgress(); complete.Known() != tri.Unknown || may.DefaultEgress().Known() != tri.Unknown {
		t.Errorf("a rule that may not be there leaves it open: complete %v", complete.Known())
	}
}

// snaked spells the members of a rule as the Cloud Control provider does.
func snaked(v value.Value) value.Value {
	switch v.Kind() {
	case value.KindChoice:
		return v.Map(snaked)
	case value.KindObject:
		fields := slices.Clone(v.Fields())
		for i := range fields {
			fields[i].Name = cloudControl(fields[i].Name)
		}
		return value.OfObject(fields, false)
	case value.KindList:
		elems := make([]value.Value, len(v.Elems()))
		for i, e := range v.Elems() {
			elems[i] = snaked(e)
		}
		if v.Open() {
			return value.OfOpenList(elems, v.Reason())
		}
		return list(elems...)
	}
	return v
}

// egressOf spells the permissions of which something is known.
func egressOf(ps []Permission) string {
	var texts []string
	for _, p := range ps {
		if p.Peer.Value.Kind() == value.KindOpaque {
			continue
		}
		text := p.Traffic.IPProtocol.Literal() + " " + p.Peer.Value.Literal()
		if len(p.When) > 0 {
			text += " when " + p.When.String()
		}
		texts = append(texts, text)
	}
	return strings.Join(texts, ", ")
}
