package guard_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/vpclint/vpclint/analyzers/guard"
)

func BenchmarkWithout(b *testing.B) {
	var many []string
	for i := range 200 {
		var conditions []string
		for j := range 20 {
			operator := []string{"StringNotEquals", "StringNotLike", "ForAllValues:StringLike", "ArnNotLike"}[j%4]
			conditions = append(conditions, fmt.Sprintf(`"%s%s":{"aws:PrincipalTag/k%d":["v%d","*w%d*"]}`, operator, strings.Repeat("IfExists", j/4%2), j, i%7, i%3))
		}
		effect := []string{"Deny", "Allow"}[i%2]
		many = append(many, `{"Effect":"`+effect+`","Action":"sagemaker:*","Resource":"*","Condition":{`+strings.Join(conditions, ",")+`}}`)
	}
	for _, of := range []struct {
		name       string
		statements []string
	}{
		{"Usual", []string{withNull, everything, nullGuard, regions}},
		{"NamedJobs", []string{`{"Effect":"Allow","Action":["sagemaker:Create*","s3:*"],"Resource":["arn:aws:sagemaker:*:111122223333:training-job/team-*","arn:aws:s3:::models/*"]}`, nullGuard}},
		{"Many", many},
	} {
		b.Run(of.name, func(b *testing.B) {
			p := guard.Policies{Grants: []guard.Document{document(b, of.statements...)}}
			b.ReportAllocs()
			for b.Loop() {
				p.Without(training, guard.VPCSubnets)
			}
		})
	}
}
