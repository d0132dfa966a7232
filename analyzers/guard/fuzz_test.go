package guard_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vpclint/vpclint/analyzers/guard"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// Whatever is written as a policy is answered: nothing panics, and an answer that isn't known has a reason.
func FuzzPolicy(f *testing.F) {
	f.Add(`{"Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}`, "s3:GetObject", "models")
	f.Add(`{"Statement":{"Effect":"Deny","NotPrincipal":{"AWS":["1"]},"NotAction":"s3:*?*","NotResource":["*a*b"],"Condition":{"StringNotEquals":{"aws:sourceVpce":["vpce-1"]}}}}`, "s3:*", "")
	f.Add(`{"Statement":[5,null,[],{"Effect":5,"Action":[null,{}],"Condition":{"ForAllValues:":{"a":[true]},"Null":{"aws:SourceVpc":false},":":1,"NotIpAddress":{"aws:SourceIp":["x","::/0"]}}}]}`, "", "*")
	f.Add(`{"Statement":[{"Effect":"Deny","Principal":{"AWS":"*"},"Action":"s3:*","Resource":["arn:aws:s3:::${aws:x}","arn:aws:s3:::b/*"],"Condition":{"StringNotLikeIfExists":{"AWS:SourceVpce":"vpce-*"},"Bool":{"aws:ViaAWSService":"false"}}}]}`, "s3:PutObject", "b")
	f.Fuzz(func(t *testing.T, text, action, bucket string) {
		policy := value.OfString(text).FromJSON()
		d := guard.Read(policy, nil)
		again := guard.Read(policy, nil)
		same := func(what string, a, b value.Truth) {
			if diff := cmp.Diff(told(a), told(b)); diff != "" {
				t.Errorf("%s differs the second time: %s", what, diff)
			}
			for _, c := range a.Cases() {
				if c.Holds == tri.Unknown && c.Reason == "" {
					t.Errorf("%s is unknown without a reason", what)
				}
			}
		}
		same("what isn't read", d.Unread(), again.Unread())
		same("reach", d.Reaches(action, bucket), again.Reaches(action, bucket))
		same("repels", d.Repels(action).Holds, again.Repels(action).Holds)
		a, b := d.Unrestricted("s3"), again.Unrestricted("s3")
		if len(a) != len(b) {
			t.Fatalf("%d statements are unrestricted, then %d", len(a), len(b))
		}
		for i := range a {
			same("unrestricted", a[i].Holds, b[i].Holds)
		}
	})
}

// told says each case of a truth.
func told(t value.Truth) []string {
	var out []string
	for _, c := range t.Cases() {
		out = append(out, c.Holds.String()+" "+c.Reason+" when "+c.When.String())
	}
	return out
}

// Whatever is asked of two policies is answered the same twice, and a request that is shown is allowed and lacks the keys.
func FuzzWithout(f *testing.F) {
	f.Add(`{"Version":"2012-10-17","Statement":[`+withoutNull+`]}`, `{"Version":"2012-10-17","Statement":[`+everything+`,`+regions+`]}`, training, "sagemaker:VpcSubnets")
	f.Add(`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"arn:aws:sagemaker:*:*:*/${aws:username}?${*}*","Condition":{"ArnLike":{"aws:PrincipalArn":"arn:aws:iam::*:role/a*"},"DateLessThan":{"aws:CurrentTime":"2024-05-01T10:00:00Z","aws:EpochTime":"9"},"NumericNotEquals":{"sagemaker:MaxRuntimeInSeconds":["1.5","2"]},"IpAddress":{"aws:SourceIp":["10.0.0.0/8","::/0"]}}}]}`,
		`{"Statement":[{"Effect":"Allow","Action":"sage*:?reate*","NotResource":"*:*:*x*","Condition":{"ForAllValues:StringLike":{"sagemaker:InstanceTypes":["ml.*","*t*",""]},"ForAnyValue:StringNotEqualsIgnoreCase":{"aws:TagKeys":"A"},"Bool":{"aws:SecureTransport":true},"BinaryEquals":{"x":"QQ=="}}},{"Effect":"Deny","NotAction":"s3:*","Resource":"*","Condition":{"StringEquals":{"aws:PrincipalTag/a":"${aws:PrincipalTag/b, 'c'}"},"StringNotLikeIfExists":{"aws:PrincipalTag/a":["*a*","b*","*c"]}}}]}`, "sagemaker:CreateModel", "aws:TagKeys")
	f.Add(`{"Statement":[5,null,{"Effect":"Allow","Action":"*","Resource":["*",5,{}],"Condition":{"NumericLessThan":{"a":["1e9","0x5","--"]},"DateEquals":{"a":[true,"x"]},"Null":{"a":[]},"ArnEquals":{"a":["*","a*","${","${}","${a"]}}}]}`, `{}`, ":", "")
	f.Fuzz(func(t *testing.T, grant, bound, action, key string) {
		read := func(text string) guard.Document { return guard.Read(value.OfString(text).FromJSON(), nil) }
		p := guard.Policies{Grants: []guard.Document{read(grant)}, Bounds: [][]guard.Document{{read(bound)}}}
		a, again := p.Without(action, key), p.Without(action, key)
		if diff := cmp.Diff(told(a.Holds), told(again.Holds)); diff != "" {
			t.Errorf("it differs the second time: %s", diff)
		}
		for _, c := range a.Holds.Cases() {
			if c.Holds == tri.Unknown && c.Reason == "" {
				t.Error("it is unknown without a reason")
			}
		}
		for i := range p.Grants[0].Statements {
			s := &p.Grants[0].Statements[i]
			s.Guards(nil, action, key).Known()
			s.RestsOnForAllValues(key)
		}
		if (a.Witness != nil) != a.Holds.Somewhere() {
			t.Errorf("%v has the witness %v", told(a.Holds), a.Witness)
		}
		if a.Witness == nil {
			return
		}
		if got := p.Allows(*a.Witness).Known(); got != tri.True {
			t.Errorf("%v: %s", got, a.Witness)
		}
		for _, e := range a.Witness.Context {
			if strings.EqualFold(e.Key, key) {
				t.Errorf("it has %s: %v", key, a.Witness)
			}
		}
	})
}
