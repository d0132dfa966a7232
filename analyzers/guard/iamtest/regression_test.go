package iamtest

import (
	"fmt"
	"testing"

	"github.com/vpclint/vpclint/internal/tri"
)

const (
	all     = `{"Effect":"Allow","Action":"*","Resource":"*"}`
	version = `{"Version":"2012-10-17","Statement":[`
	denial  = `{"Effect":"Deny","Action":"*","Resource":"*","Condition":`
	grant   = `{"Effect":"Allow","Action":"*","Resource":"*","Condition":`
)

// regressions are what the engine once answered wrongly, each as small as it came to. What is allowed is for
// CreateTrainingJob without VpcSubnets, unless the row says otherwise.
var regressions = []struct {
	name   string
	grants []string
	bounds []string
	absent string
	want   tri.Bool
}{
	// An ARN that no request has is no way out.
	{"every resource of SageMaker's is left out", []string{`{"Effect":"Allow","Action":"*","NotResource":"arn:aws:sagemaker:*:*:*"}`}, nil, "", tri.False},
	{"every training job is denied", []string{all, `{"Effect":"Deny","Action":"*","Resource":"arn:aws:sagemaker:*:*:training-job/*"}`}, nil, "", tri.False},
	{"every training job is out of bounds", []string{all}, []string{`{"Effect":"Allow","Action":"*","NotResource":"arn:aws:sagemaker:*:*:training-job/*"}`}, "", tri.False},
	{"allowed are the objects of a bucket", []string{`{"Effect":"Allow","Action":"*","Resource":"arn:aws:s3:::models/*"}`}, nil, "", tri.False},
	{"allowed are endpoints", []string{`{"Effect":"Allow","Action":"sagemaker:*","Resource":"arn:aws:sagemaker:*:*:endpoint/*"}`}, nil, "", tri.False},
	{"an ARN that ends early", []string{`{"Effect":"Allow","Action":"*","Resource":"arn:aws:sagemaker"}`}, nil, "", tri.True},
	// A variable leaves nothing open where nothing turns on it.
	{"no job has a name of another kind", []string{all, `{"Effect":"Deny","Action":"*","NotResource":"arn:aws:sagemaker:*:*:processing-job/${aws:username, 'ml'}-*"}`}, nil, "", tri.False},
	{"all is denied", []string{`{"Effect":"Allow","Action":"*","NotResource":"arn:aws:sagemaker:*:*:*/${aws:PrincipalTag/team}"}`, `{"Effect":"Deny","Action":"*","Resource":"*"}`}, nil, "", tri.False},
	{"it equals itself", []string{all, denial + `{"StringNotEquals":{"aws:username":["${aws:username}","${aws:PrincipalTag/team, 'ml'}"]}}}`, denial + `{"ForAllValues:StringEqualsIfExists":{"AWS:USERNAME":"ops"}}}`}, nil, "", tri.True},
	// A key of several values is no variable, and may be there all the same.
	{"a variable of several values", []string{grant + `{"StringEqualsIgnoreCase":{"AWS:PRINCIPALTAG/TEAM":"${aws:TagKeys}"}}}`}, nil, "", tri.False},
	// Nobody has a key that the action doesn't support.
	{"a key of other actions", []string{grant + `{"StringEquals":{"sagemaker:DirectInternetAccess":"Enabled"}}}`}, nil, "", tri.False},
	{"a key of other actions is denied", []string{all, denial + `{"StringNotEqualsIfExists":{"sagemaker:DirectInternetAccess":"Disabled"}}}`}, nil, "", tri.False},
	// Some other value does.
	{"roles and users are denied", []string{all, denial + `{"ArnLike":{"aws:PrincipalArn":["arn:aws:iam::*:role/*","arn:aws:iam::*:user/*"]}}}`}, nil, "", tri.True},
	{"the keys of one account are denied", []string{all, denial + `{"ArnLikeIfExists":{"sagemaker:VolumeKmsKeyArn":"arn:aws:kms:*:111122223333:key/*"}}}`}, nil, "", tri.True},
	{"ForAllValues and nothing on Null", []string{grant + `{"ForAllValues:StringEquals":{"sagemaker:VpcSubnets":["subnet-1"]}}}`}, nil, "", tri.True},
	{"ForAllValues beside Null", []string{grant + `{"ForAllValues:StringEquals":{"sagemaker:VpcSubnets":["subnet-1"]},"Null":{"sagemaker:VpcSubnets":"false"}}}`}, nil, "", tri.False},
	{"a variable of several values that is there", []string{all, denial + `{"Null":{"aws:TagKeys":true}}}`, denial + `{"StringEqualsIgnoreCase":{"aws:RequestTag/project":"${aws:TagKeys}"}}}`}, nil, "aws:RequestTag/project", tri.True},
	{"what a text without a version says", []string{grant + `{"StringLike":{"aws:RequestTag/project":"${aws:username}"}}}`}, nil, "aws:PrincipalTag/x", tri.True},
}

// What was wrong once stays right, and each witness is a request that is allowed.
func TestRegressions(t *testing.T) {
	for _, row := range regressions {
		q := question{action: "sagemaker:CreateTrainingJob", absent: []string{"sagemaker:VpcSubnets"}}
		if row.absent != "" {
			q.absent = []string{row.absent}
		}
		d := documents{}
		for _, s := range row.grants {
			d.grants = append(d.grants, version+s+`]}`)
		}
		for _, s := range row.bounds {
			d.bounds = append(d.bounds, []string{version + s + `]}`})
		}
		p := d.policies()
		got := p.Without(q.action, q.absent...)
		if got.Holds.Known() != row.want {
			t.Errorf("%s: %v, want %v", row.name, got.Holds.Known(), row.want)
		}
		if got.Witness == nil {
			continue
		}
		l := d.levels(t)
		if wrong := wrongWith(got.Witness, q, l, spaceOf(l, q)); wrong != "" {
			t.Errorf("%s: witness %v: %s", row.name, fmt.Sprintf("%+v", got.Witness), wrong)
		}
	}
}
