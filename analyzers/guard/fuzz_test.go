package guard_test

import (
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
