package guard_test

import (
	"strings"
	"testing"

	"github.com/vpclint/vpclint/analyzers/guard"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// document reads a policy of one or more statements in JSON.
func document(t testing.TB, statements ...string) guard.Document {
	t.Helper()
	v := value.OfString(`{"Version":"2012-10-17","Statement":[` + strings.Join(statements, ",") + `]}`).FromJSON()
	if v.Kind() != value.KindObject {
		t.Fatalf("it is no JSON: %s", statements)
	}
	return guard.Read(v, nil)
}

func anyOf(facts []guard.Fact) tri.Bool {
	t := value.No()
	for _, f := range facts {
		t = t.Or(f.Holds)
	}
	return t.Known()
}

func TestUnrestricted(t *testing.T) {
	const whole = `"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"`
	for _, row := range []struct {
		statement string
		want      tri.Bool
	}{
		{`{` + whole + `}`, tri.True},
		{`{"Effect":"Deny","Principal":"*","Action":"*","Resource":"*"}`, tri.False},
		{`{"Effect":"Allow","Principal":{"AWS":"*"},"Action":["s3:*"],"Resource":["*"]}`, tri.True},
		{`{"Effect":"Allow","Principal":{"AWS":["arn:aws:iam::111122223333:root","*"]},"Action":"S3:*","Resource":"arn:aws:s3:::*"}`, tri.True},
		{`{"Effect":"Allow","Principal":{"Service":"s3.amazonaws.com"},"Action":"*","Resource":"*"}`, tri.False},
		{`{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:root"},"Action":"*","Resource":"*"}`, tri.False},
		{`{"Effect":"Allow","NotPrincipal":{"AWS":"arn:aws:iam::111122223333:root"},"Action":"*","Resource":"*"}`, tri.True},
		{`{"Effect":"Allow","Action":"*","Resource":"*"}`, tri.False},
		{`{"Effect":"Allow","Principal":"*","Action":"s3:Get*","Resource":"*"}`, tri.False},
		{`{"Effect":"Allow","Principal":"*","Action":"ec2:*","Resource":"*"}`, tri.False},
		{`{"Effect":"Allow","Principal":"*","NotAction":"s3:DeleteBucket","Resource":"*"}`, tri.False},
		{`{"Effect":"Allow","Principal":"*","NotAction":"iam:*","Resource":"*"}`, tri.True},
		{`{"Effect":"Allow","Principal":"*","Action":"*","Resource":"arn:aws:s3:::models/*"}`, tri.False},
		{`{"Effect":"Allow","Principal":"*","Action":"*","Resource":"arn:aws:s3:::*/*"}`, tri.False},
		{`{"Effect":"Allow","Principal":"*","Action":"*","Resource":"arn:aws:sagemaker:*:111122223333:*"}`, tri.False},
		{`{"Effect":"Allow","Principal":"*","Action":"*","Resource":"arn:aws:sagemaker:*:*:*"}`, tri.True},
		{`{"Effect":"Allow","Principal":"*","Action":"*","NotResource":"arn:aws:s3:::secret/*"}`, tri.True},
	} {
		d := document(t, row.statement)
		if got := anyOf(d.Unrestricted("s3")); got != row.want {
			t.Errorf("%v: %s", got, row.statement)
		}
	}
	for condition, want := range map[string]tri.Bool{
		`{}`: tri.True,
		`{"StringEquals":{"aws:PrincipalOrgID":"o-1"}}`:                                                    tri.False,
		`{"StringEquals":{"AWS:principalorgid":["o-1","o-2"]}}`:                                            tri.False,
		`{"StringEqualsIfExists":{"aws:PrincipalOrgID":"o-1"}}`:                                            tri.True,
		`{"StringEqualsIfExists":{"aws:PrincipalOrgID":"o-1"},"Null":{"aws:PrincipalOrgID":"false"}}`:      tri.False,
		`{"StringEqualsIfExists":{"aws:PrincipalAccount":"111122223333"}}`:                                 tri.False,
		`{"StringNotEquals":{"aws:PrincipalAccount":"111122223333"}}`:                                      tri.True,
		`{"StringLike":{"aws:PrincipalOrgID":"*"}}`:                                                        tri.True,
		`{"StringLike":{"aws:PrincipalArn":"arn:aws:iam::*:role/*"}}`:                                      tri.True,
		`{"ArnLike":{"aws:PrincipalArn":"arn:aws:iam::111122223333:role/*"}}`:                              tri.False,
		`{"StringEquals":{"aws:PrincipalArn":"${aws:PrincipalArn}"}}`:                                      tri.True,
		`{"StringEquals":{"aws:ResourceAccount":"${aws:PrincipalAccount}"}}`:                               tri.False,
		`{"StringEquals":{"aws:SourceVpc":"vpc-1"}}`:                                                       tri.False,
		`{"StringEqualsIfExists":{"aws:SourceVpce":"vpce-1"}}`:                                             tri.False,
		`{"Bool":{"aws:SecureTransport":"true"}}`:                                                          tri.True,
		`{"IpAddress":{"aws:SourceIp":"0.0.0.0/0"}}`:                                                       tri.True,
		`{"IpAddress":{"aws:VpcSourceIp":"10.0.0.0/8"}}`:                                                   tri.False,
		`{"ForAllValues:StringEquals":{"aws:PrincipalOrgPaths":"o-1/*"}}`:                                  tri.True,
		`{"ForAnyValue:StringLike":{"aws:PrincipalOrgPaths":"o-1/*"}}`:                                     tri.False,
		`{"Null":{"aws:PrincipalOrgID":"false"}}`:                                                          tri.True,
		`{"StringEquals":{"aws:SecureTransport":"true"},"StringLike":{"aws:PrincipalTag/team":["a","b"]}}`: tri.False,
		`{"StringsEqual":{"aws:PrincipalOrgID":"o-1"}}`:                                                    tri.Unknown,
		`{"StringEquals":{"sagemaker:ResourceTag/x":"y"}}`:                                                 tri.False,
		`{"StringEqualsIfExists":{"aws:PrincipalTag/team":"a"}}`:                                           tri.True,
	} {
		d := document(t, `{`+whole+`,"Condition":`+condition+`}`)
		if got := anyOf(d.Unrestricted("s3")); got != want {
			t.Errorf("%v: %s", got, condition)
		}
	}
}

func TestRepels(t *testing.T) {
	for statement, want := range map[string]tri.Bool{
		`{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":["arn:aws:s3:::b","arn:aws:s3:::b/*"],"Condition":{"StringNotEquals":{"aws:SourceVpce":"vpce-1"}}}`:                        tri.True,
		`{"Effect":"Deny","Principal":{"AWS":"*"},"Action":["s3:GetObject"],"Resource":"*","Condition":{"StringNotEqualsIfExists":{"aws:SourceVpc":"vpc-1"}}}`:                                  tri.True,
		`{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"arn:aws:s3:::b/*","Condition":{"Null":{"aws:SourceVpce":"true"}}}`:                                                        tri.True,
		`{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"arn:aws:s3:::b/*","Condition":{"StringEquals":{"aws:SourceVpce":"vpce-1"}}}`:                                              tri.False,
		`{"Effect":"Deny","Principal":"*","Action":"s3:PutObject","Resource":"arn:aws:s3:::b/*","Condition":{"StringNotEquals":{"aws:SourceVpce":"vpce-1"}}}`:                                   tri.False,
		`{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"arn:aws:s3:::b","Condition":{"StringNotEquals":{"aws:SourceVpce":"vpce-1"}}}`:                                             tri.False,
		`{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"arn:aws:s3:::b/*","Condition":{"Bool":{"aws:SecureTransport":"false"}}}`:                                                  tri.False,
		`{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"arn:aws:s3:::b/*","Condition":{"StringNotEquals":{"aws:PrincipalOrgID":"o-1"}}}`:                                          tri.False,
		`{"Effect":"Deny","Principal":{"AWS":"arn:aws:iam::111122223333:role/x"},"Action":"s3:*","Resource":"arn:aws:s3:::b/*","Condition":{"StringNotEquals":{"aws:SourceVpce":"vpce-1"}}}`:    tri.False,
		`{"Effect":"Deny","NotPrincipal":{"AWS":"arn:aws:iam::111122223333:role/x"},"Action":"s3:*","Resource":"arn:aws:s3:::b/*","Condition":{"StringNotEquals":{"aws:SourceVpce":"vpce-1"}}}`: tri.True,
		`{"Effect":"Deny","Principal":"*","NotAction":"s3:PutObject","Resource":"arn:aws:s3:::b/*","Condition":{"StringNotEquals":{"aws:SourceVpce":"vpce-1"}}}`:                                tri.True,
		`{"Effect":"Allow","Principal":"*","Action":"s3:*","Resource":"arn:aws:s3:::b/*","Condition":{"StringEquals":{"aws:SourceVpce":"vpce-1"}}}`:                                             tri.False,
		`{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"arn:aws:s3:::b/*","Condition":{"NotIpAddressIfExists":{"aws:SourceIp":"192.0.2.0/24"},"StringNotEqualsIfExists":{"aws:SourceVpc":"vpc-1","aws:PrincipalTag/network-perimeter-exception":"true","aws:PrincipalAccount":["111122223333"]},"BoolIfExists":{"aws:PrincipalIsAWSService":"false","aws:ViaAWSService":"false"},"ArnNotLikeIfExists":{"aws:PrincipalArn":"arn:aws:iam::444455556666:role/aws-service-role/*"}}}`: tri.True,
		`{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"arn:aws:s3:::b/*","Condition":{"StringNotEquals":{"aws:SourceVpce":"vpce-1"},"StringEquals":{"aws:PrincipalTag/team":"x"}}}`: tri.False,
	} {
		d := document(t, statement)
		if got := d.Repels("s3:GetObject").Holds.Known(); got != want {
			t.Errorf("%v: %s", got, statement)
		}
	}
}

func TestReaches(t *testing.T) {
	const repository = "arn:aws:s3:::amazonlinux-2-repos-eu-west-1"
	allow := func(resource, condition string) string {
		return `{"Effect":"Allow","Principal":"*","Action":"s3:*","Resource":` + resource + `,"Condition":` + condition + `}`
	}
	deny := func(resource, more string) string {
		return `{"Effect":"Deny","Principal":"*","Action":"s3:GetObject","Resource":` + resource + more + `}`
	}
	for _, row := range []struct {
		statements []string
		want       tri.Bool
	}{
		{[]string{allow(`"*"`, `{}`)}, tri.True},
		{[]string{allow(`"arn:aws:s3:::models/*"`, `{}`)}, tri.False},
		{[]string{allow(`"*"`, `{"StringEquals":{"aws:PrincipalOrgID":"o-1"}}`)}, tri.True},
		{[]string{allow(`"*"`, `{"StringEquals":{"aws:ResourceOrgID":"o-1"}}`)}, tri.False},
		{[]string{allow(`"*"`, `{"StringEquals":{"s3:ResourceAccount":["111122223333"]}}`)}, tri.False},
		{[]string{allow(`"*"`, `{}`), deny(`["arn:aws:s3:::amazonlinux-2-repos-*/*"]`, "")}, tri.False},
		{[]string{allow(`"*"`, `{}`), deny(`"arn:aws:s3:::amazonlinux.*.amazonaws.com/*"`, "")}, tri.True},
		{[]string{allow(`"*"`, `{}`), deny(`"*"`, `,"Condition":{"StringNotEquals":{"aws:ResourceAccount":"111122223333"}}`)}, tri.False},
		{[]string{allow(`"*"`, `{}`), deny(`"*"`, `,"Condition":{"StringNotEquals":{"aws:PrincipalOrgID":"o-1"}}`)}, tri.True},
		{[]string{allow(`"*"`, `{}`), deny(`"*"`, `,"Condition":{"ArnNotEquals":{"aws:PrincipalArn":"arn:aws:iam::111122223333:role/admin"}}`)}, tri.False},
		{[]string{deny(`"*"`, "")}, tri.False},
		{[]string{allow(`"arn:aws:s3:::*models*"`, `{}`)}, tri.False},
		{[]string{allow(`"arn:aws:s3:::*models*/*"`, `{}`)}, tri.False},
		{[]string{allow(`"arn:aws:s3:::amazonlinux-2-repos-*/2/core/*"`, `{}`)}, tri.True},
	} {
		d := document(t, row.statements...)
		if got := d.Reaches("s3:GetObject", repository).Known(); got != row.want {
			t.Errorf("%v: %s", got, row.statements)
		}
	}
}

// A policy that is made to be hard to compare is given up, and not for long.
func TestHostilePatterns(t *testing.T) {
	hard := strings.Repeat("*a?b", 500)
	resources := make([]string, 200)
	for i := range resources {
		resources[i] = `"arn:aws:s3:::` + hard + `"`
	}
	d := document(t, `{"Effect":"Allow","Principal":"*","Action":"*","Resource":[`+strings.Join(resources, ",")+`]}`)
	if got := anyOf(d.Unrestricted("s3")); got == tri.True {
		t.Errorf("unrestricted: %v", got)
	}
	if got := d.Reaches("s3:GetObject", "arn:aws:s3:::models").Known(); got == tri.True {
		t.Errorf("reaches: %v", got)
	}
}
