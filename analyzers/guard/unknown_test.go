package guard_test

import (
	"strings"
	"testing"

	"github.com/vpclint/vpclint/analyzers/guard"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// filled reads a policy of some statements, in which a text between < and > is a part that isn't known: an attribute of a
// resource if it has a point, else a variable without a value.
func filled(t *testing.T, statements ...string) guard.Document {
	t.Helper()
	v := value.OfString(`{"Version":"2012-10-17","Statement":[` + strings.Join(statements, ",") + `]}`).FromJSON()
	if v.Kind() != value.KindObject {
		t.Fatalf("it is no JSON: %s", statements)
	}
	return guard.Read(fill(v), nil)
}

func fill(v value.Value) value.Value {
	switch v.Kind() {
	case value.KindObject:
		var fields []value.Field
		for _, f := range v.Fields() {
			fields = append(fields, value.Field{Name: f.Name, Value: fill(f.Value)})
		}
		return value.OfObject(fields, false)
	case value.KindList:
		var elems []value.Value
		for _, e := range v.Elems() {
			elems = append(elems, fill(e))
		}
		return value.OfList(elems, false)
	}
	text, ok := v.AsString()
	if !ok || !strings.Contains(text, "<") {
		return v
	}
	var parts []value.Value
	for text != "" {
		before, rest, found := strings.Cut(text, "<")
		if before != "" {
			parts = append(parts, value.OfString(before))
		}
		if !found {
			break
		}
		name, after, _ := strings.Cut(rest, ">")
		text = after
		resource, attribute, symbol := strings.Cut(name, ".")
		if symbol {
			parts = append(parts, value.OfSymbol(value.Ref{Addr: value.Address{Unit: "m", Name: resource}, Attr: attribute}))
			continue
		}
		parts = append(parts, value.OfOpaque("it has no default", value.Ref{Addr: value.Address{Unit: "m", Name: "var." + name}}))
	}
	return value.OfText(parts...)
}

// What isn't known doesn't matter where a request can be made whatever it is, and where none can.
func TestWithoutKnowing(t *testing.T) {
	for _, row := range []struct {
		statements []string
		want       tri.Bool
		says       string
	}{
		{[]string{`{"Effect":"Allow","Action":"sagemaker:CreateTrainingJob","Resource":"arn:<p.partition>:sagemaker:<r.name>:<me.account_id>:training-job/*"}`}, tri.True,
			"CreateTrainingJob on arn:${p.partition}:sagemaker:${r.name}:${me.account_id}:training-job/x without VpcSubnets"},
		{[]string{`{"Effect":"Allow","Action":"sagemaker:CreateTrainingJob","Resource":"arn:aws:sagemaker:<region>:<account>:*"}`}, tri.True,
			"CreateTrainingJob on arn:aws:sagemaker:${var.region}:${var.account}:training-job/x without VpcSubnets"},
		{[]string{`{"Effect":"Allow","Action":"sagemaker:CreateTrainingJob","Resource":"arn:aws:sagemaker:*:<me.account_id>:training-job/<team>-*"}`}, tri.True,
			"CreateTrainingJob on arn:aws:sagemaker:us-east-1:${me.account_id}:training-job/${var.team}-x without VpcSubnets"},
		{[]string{`{"Effect":"Allow","Action":"sagemaker:CreateTrainingJob","Resource":"arn:aws:sagemaker:*:<me.account_id>:endpoint/*"}`}, tri.False, ""},
		{[]string{`{"Effect":"Allow","Action":"*","Resource":"<bucket.arn>"}`}, tri.Unknown, "bucket.arn is known only after deployment"},
		{[]string{`{"Effect":"Allow","Action":"*","Resource":"<resource>"}`}, tri.Unknown, "var.resource has no default"},
		{[]string{`{"Effect":"Allow","Action":"<action>","Resource":"*"}`}, tri.Unknown, "var.action has no default"},
		{[]string{`{"Effect":"Allow","Action":"s3:<action>","Resource":"*"}`}, tri.False, ""},
		{[]string{`{"Effect":"<effect>","Action":"*","Resource":"*"}`}, tri.Unknown, "var.effect has no default"},
		{[]string{everything, `{"Effect":"Deny","Action":"*","Resource":"arn:aws:sagemaker:<r.name>:*:*"}`}, tri.True, "CreateTrainingJob on arn:aws:sagemaker:x:x:training-job/x without VpcSubnets"},
		{[]string{everything, `{"Effect":"Deny","Action":"*","NotResource":"arn:aws:sagemaker:<r.name>:*:*"}`}, tri.True, "CreateTrainingJob on arn:aws:sagemaker:${r.name}:111122223333:training-job/x without VpcSubnets"},
		{[]string{`{"Effect":"Allow","Action":"*","Resource":"arn:aws:sagemaker:us-east-1:*:*"}`, `{"Effect":"Deny","Action":"*","Resource":"arn:aws:sagemaker:<r.name>:*:*"}`}, tri.Unknown, "r.name is known only after deployment"},
		// Values of conditions.
		{[]string{`{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"StringEquals":{"aws:RequestedRegion":"<region>"}}}`}, tri.True,
			"CreateTrainingJob without VpcSubnets, with aws:RequestedRegion ${var.region}"},
		{[]string{`{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"StringEquals":{"aws:RequestedRegion":"<region>"}}}`, regions}, tri.Unknown, "var.region has no default"},
		{[]string{everything, `{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"StringEquals":{"aws:RequestedRegion":"<region>"}}}`}, tri.True,
			"CreateTrainingJob without VpcSubnets, with aws:RequestedRegion x"},
		{[]string{everything, `{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"StringLike":{"aws:RequestedRegion":"<region>"}}}`}, tri.Unknown, "var.region has no default"},
		{[]string{everything, `{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"StringLike":{"aws:RequestedRegion":"<r.name>"}}}`}, tri.True,
			"CreateTrainingJob without VpcSubnets, with aws:RequestedRegion x"},
		{[]string{`{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"NumericLessThan":{"sagemaker:MaxRuntimeInSeconds":"<seconds>"}}}`}, tri.True, "CreateTrainingJob without VpcSubnets, with MaxRuntimeInSeconds low enough"},
		{[]string{`{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"NumericLessThan":{"sagemaker:MaxRuntimeInSeconds":"<seconds>"},"NumericGreaterThan":{"sagemaker:MaxRuntimeInSeconds":"60"}}}`}, tri.Unknown, "var.seconds has no default"},
		{[]string{`{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"IpAddress":{"aws:SourceIp":"<block>"}}}`}, tri.True, "CreateTrainingJob without VpcSubnets, with aws:SourceIp ${var.block}"},
		{[]string{everything, `{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"Null":{"sagemaker:VpcSubnets":"<guard>"}}}`}, tri.Unknown, "var.guard has no default"},
		{[]string{everything, `{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"Null":{"sagemaker:VpcSubnets":"true"},"StringEquals":{"aws:PrincipalTag/team":"<team>"}}}`}, tri.True, "CreateTrainingJob without VpcSubnets"},
		{[]string{nullGuard, `{"Effect":"<effect>","Action":"*","Resource":"*"}`}, tri.False, ""},
	} {
		p := guard.Policies{Grants: []guard.Document{filled(t, row.statements...)}}
		a := p.Without(training, guard.VPCSubnets)
		said := ""
		if a.Witness != nil {
			said = a.Witness.String()
			if got := p.Allows(*a.Witness); got.Known() != tri.True {
				t.Errorf("%q is %v", *a.Witness, told(got))
			}
		} else if a.Holds.Known() == tri.Unknown {
			said = a.Holds.Cases()[0].Reason
		}
		if got := a.Holds.Known(); got != row.want || said != row.says {
			t.Errorf("%v: %s\nwant %v: %s\n%s", got, said, row.want, row.says, row.statements)
		}
	}
}

// Worlds are kept apart, and named only where they matter.
func TestWithoutInWorlds(t *testing.T) {
	choice := func(name string, yes, no value.Value) value.Value {
		f := value.Fact{Var: name, Is: "true", Text: name + " is true"}
		return value.OfChoice([]value.Arm{{When: value.World{f}, Value: yes}, {When: value.World{f.Not()}, Value: no}})
	}
	text := func(statement string) value.Value { return value.OfString(statement).FromJSON() }
	policy := func(statements ...value.Value) guard.Policies {
		return guard.Policies{Grants: []guard.Document{guard.Read(value.OfObject([]value.Field{
			{Name: "Version", Value: value.OfString("2012-10-17")}, {Name: "Statement", Value: value.OfList(statements, false)},
		}, false), nil)}}
	}
	allow, guarded := text(everything), text(nullGuard)
	for _, row := range []struct {
		name string
		p    guard.Policies
		want []string
	}{
		{"a guard in one world", policy(allow, choice("guarded", guarded, value.Value{})),
			[]string{"false  when guarded is true", "true  when guarded is false"}},
		{"one that doesn't matter", policy(allow, guarded, choice("other", text(regions), value.Value{})), []string{"false  when "}},
		{"worlds that exclude each other", policy(choice("a", allow, value.Value{}), choice("a", guarded, value.Value{})), []string{"false  when "}},
		{"an effect", policy(text(`{"Effect":"Allow","Action":"*","Resource":"*"}`), value.OfObject([]value.Field{
			{Name: "Effect", Value: choice("deny", value.OfString("Deny"), value.OfString("Allow"))},
			{Name: "Action", Value: value.OfString("*")}, {Name: "Resource", Value: value.OfString("*")},
		}, false)), []string{"false  when deny is true", "true  when deny is false"}},
		{"a version of which it isn't known whether it has variables", guard.Policies{Grants: []guard.Document{guard.Read(value.OfObject([]value.Field{
			{Name: "Version", Value: value.OfOpaque("var.version has no default")},
			{Name: "Statement", Value: text(`{"Effect":"Allow","Action":"*","Resource":"arn:aws:sagemaker:*:*:training-job/${aws:username}"}`)},
		}, false), nil)}}, []string{"unknown var.version has no default when "}},
		{"more statements that aren't known", policy(allow, value.OfOpaque("it is read from a file")), []string{"unknown it is read from a file when "}},
	} {
		if got := told(row.p.Without(training, guard.VPCSubnets).Holds); strings.Join(got, "; ") != strings.Join(row.want, "; ") {
			t.Errorf("%s: %q, want %q", row.name, got, row.want)
		}
	}
}
