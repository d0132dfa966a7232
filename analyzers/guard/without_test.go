package guard_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/vpclint/vpclint/analyzers/guard"
	"github.com/vpclint/vpclint/internal/tri"
)

// vpc are the statements of AWS's sample for jobs in a VPC. AWS: SageMaker developer guide, "Identity-based policy examples",
// "Limit Amazon SageMaker AI API access to a VPC"; "Control Access to SageMaker AI APIs by using identity-based policies".
const (
	withNull = `{"Sid":"AllowFromVpc","Effect":"Allow","Action":["sagemaker:CreateHyperParameterTuningJob","sagemaker:CreateProcessingJob","sagemaker:CreateTrainingJob","sagemaker:CreateModel"],"Resource":"*","Condition":{"ForAllValues:StringEquals":{"sagemaker:VpcSubnets":["subnet-a","subnet-b"],"sagemaker:VpcSecurityGroupIds":["sg-1"]},"Null":{"sagemaker:VpcSubnets":"false","sagemaker:VpcSecurityGroupIds":"false"}}}`
	// withoutNull is that for file systems.
	withoutNull = `{"Sid":"AllowFileSystems","Effect":"Allow","Action":["sagemaker:CreateTrainingJob","sagemaker:CreateHyperParameterTuningJob"],"Resource":"*","Condition":{"StringEquals":{"sagemaker:FileSystemId":"fs-12345678","sagemaker:FileSystemAccessMode":"ro","sagemaker:FileSystemType":"EFS","sagemaker:FileSystemDirectoryPath":"/sagemaker-dev"},"ForAllValues:StringEquals":{"sagemaker:VpcSecurityGroupIds":["sg-1"],"sagemaker:VpcSubnets":["subnet-a"]}}}`
	everything  = `{"Effect":"Allow","Action":"sagemaker:*","Resource":"*"}`
	nullGuard   = `{"Sid":"Guard","Effect":"Deny","Action":["sagemaker:CreateTrainingJob","sagemaker:CreateProcessingJob"],"Resource":"*","Condition":{"Null":{"sagemaker:VpcSubnets":"true"}}}`
	regions     = `{"Sid":"Regions","Effect":"Deny","NotAction":["iam:*","organizations:*"],"Resource":"*","Condition":{"StringNotEquals":{"aws:RequestedRegion":["eu-west-1","eu-central-1"]}}}`
	training    = "sagemaker:CreateTrainingJob"
)

func TestWithout(t *testing.T) {
	for _, row := range []struct {
		name    string
		grants  []string
		bounds  []string
		action  string
		want    tri.Bool
		witness string
	}{
		{"AWS's sample", []string{withNull}, nil, training, tri.False, ""},
		{"AWS's sample for file systems", []string{withoutNull}, nil, training, tri.True,
			"CreateTrainingJob without VpcSubnets, with FileSystemAccessMode ro and FileSystemDirectoryPath /sagemaker-dev and FileSystemId fs-12345678 and FileSystemType EFS"},
		{"everything", []string{everything}, nil, training, tri.True, "CreateTrainingJob without VpcSubnets"},
		{"a guard", []string{everything, nullGuard}, nil, training, tri.False, ""},
		{"a guard of others", []string{everything, nullGuard}, nil, "sagemaker:CreateAutoMLJob", tri.True, "CreateAutoMLJob without VpcSubnets"},
		{"regions", []string{everything, regions}, nil, training, tri.True, "CreateTrainingJob without VpcSubnets, with aws:RequestedRegion eu-west-1"},
		{"regions of the organization", []string{everything}, []string{regions, `{"Effect":"Allow","Action":"*","Resource":"*"}`}, training, tri.True,
			"CreateTrainingJob without VpcSubnets, with aws:RequestedRegion eu-west-1"},
		{"a boundary without the action", []string{everything}, []string{`{"Effect":"Allow","Action":"s3:*","Resource":"*"}`}, training, tri.False, ""},
		{"a boundary with the guard", []string{everything}, []string{`{"Effect":"Allow","Action":"*","Resource":"*"}`, nullGuard}, training, tri.False, ""},
		{"negated and absent", []string{everything, `{"Effect":"Deny","Action":"sagemaker:Create*","Resource":"*","Condition":{"ForAnyValue:StringNotEquals":{"sagemaker:VpcSubnets":"subnet-a"}}}`}, nil, training, tri.True,
			"CreateTrainingJob without VpcSubnets"},
		{"negated without a set operator", []string{everything, `{"Effect":"Deny","Action":"sagemaker:Create*","Resource":"*","Condition":{"StringNotEquals":{"sagemaker:VpcSubnets":"subnet-a"}}}`}, nil, training, tri.False, ""},
		{"IfExists", []string{`{"Effect":"Allow","Action":"sagemaker:Create*","Resource":"*","Condition":{"StringEqualsIfExists":{"sagemaker:VpcSubnets":"subnet-a"}}}`}, nil, training, tri.True,
			"CreateTrainingJob without VpcSubnets"},
		{"buckets only", []string{`{"Effect":"Allow","Action":"*","Resource":"arn:aws:s3:::models/*"}`}, nil, training, tri.False, ""},
		{"endpoints only", []string{`{"Effect":"Allow","Action":"*","Resource":"arn:aws:sagemaker:*:*:endpoint/*"}`}, nil, training, tri.False, ""},
		{"named jobs", []string{`{"Effect":"Allow","Action":"*","Resource":"arn:aws:sagemaker:eu-west-1:111122223333:training-job/team-*"}`}, nil, training, tri.True,
			"CreateTrainingJob on arn:aws:sagemaker:eu-west-1:111122223333:training-job/team-x without VpcSubnets"},
		{"all but some jobs", []string{everything, `{"Effect":"Deny","Action":"*","NotResource":"arn:aws:sagemaker:*:*:training-job/open-*"}`}, nil, training, tri.True,
			"CreateTrainingJob on arn:aws:sagemaker:us-east-1:111122223333:training-job/open-x without VpcSubnets"},
		{"unless tagged", []string{everything, `{"Effect":"Deny","Action":"sagemaker:*","Resource":"*","Condition":{"Null":{"sagemaker:VpcSubnets":"true"},"StringNotEquals":{"aws:PrincipalTag/exempt":"yes"}}}`}, nil, training, tri.True,
			"CreateTrainingJob without VpcSubnets, with aws:PrincipalTag/exempt yes"},
		{"not with a second factor", []string{everything, `{"Effect":"Deny","Action":"sagemaker:*","Resource":"*","Condition":{"Null":{"aws:MultiFactorAuthAge":"false"}}}`}, nil, training, tri.True,
			"CreateTrainingJob without VpcSubnets or aws:MultiFactorAuthAge"},
		{"numbers that leave none", []string{`{"Effect":"Allow","Action":"sagemaker:*","Resource":"*","Condition":{"NumericLessThan":{"sagemaker:MaxRuntimeInSeconds":"3600"},"NumericGreaterThanEquals":{"sagemaker:MaxRuntimeInSeconds":"3600"}}}`}, nil, training, tri.False, ""},
		{"numbers", []string{`{"Effect":"Allow","Action":"sagemaker:*","Resource":"*","Condition":{"NumericLessThan":{"sagemaker:MaxRuntimeInSeconds":"3600"}}}`, `{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"NumericLessThanEquals":{"sagemaker:MaxRuntimeInSeconds":"1800"}}}`}, nil, training, tri.True,
			"CreateTrainingJob without VpcSubnets, with MaxRuntimeInSeconds 1801"},
		{"a key that the action doesn't support", []string{`{"Effect":"Allow","Action":"sagemaker:*","Resource":"*","Condition":{"StringEquals":{"sagemaker:AuthMode":"SSO"}}}`}, nil, training, tri.False, ""},
		{"several instance types", []string{everything, `{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"ForAllValues:StringLike":{"sagemaker:InstanceTypes":"ml.t*"}}}`}, nil, training, tri.True,
			"CreateTrainingJob without VpcSubnets, with InstanceTypes x"},
		{"a variable", []string{`{"Effect":"Allow","Action":"*","Resource":"arn:aws:sagemaker:*:*:training-job/${aws:username}-*"}`}, nil, training, tri.True,
			"CreateTrainingJob on arn:aws:sagemaker:us-east-1:111122223333:training-job/x-x without VpcSubnets, with aws:username x"},
		{"a variable that is what it is compared with", []string{everything, `{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"StringEquals":{"aws:PrincipalAccount":"${aws:PrincipalAccount}"}}}`}, nil, training, tri.False, ""},
		{"two variables", []string{everything, `{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"StringNotEquals":{"aws:username":["${aws:username}","${aws:PrincipalTag/team, 'ml'}"]}}}`, `{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"ForAllValues:StringEqualsIfExists":{"AWS:USERNAME":"ops"}}}`}, nil, training, tri.True,
			"CreateTrainingJob without VpcSubnets, with aws:username x"},
		{"every resource of SageMaker's", []string{`{"Effect":"Allow","Action":"*","NotResource":"arn:aws:sagemaker:*:*:*"}`}, nil, training, tri.False, ""},
		{"a resource of fewer parts", []string{`{"Effect":"Allow","Action":"*","Resource":"arn:aws:sagemaker"}`}, nil, training, tri.True, "CreateTrainingJob without VpcSubnets"},
		{"a variable in what is no job", []string{everything, `{"Effect":"Deny","Action":"*","NotResource":"arn:aws:sagemaker:*:*:processing-job/${aws:username, 'ml'}-*"}`}, nil, training, tri.False, ""},
		{"neither roles nor users", []string{everything, `{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"ArnLike":{"aws:PrincipalArn":["arn:aws:iam::*:role/*","arn:aws:iam::*:user/*"]}}}`}, nil, training, tri.True,
			"CreateTrainingJob without VpcSubnets, with aws:PrincipalArn arn:aws:iam::111122223333:root"},
		{"keys of others", []string{everything, `{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"ArnLikeIfExists":{"sagemaker:VolumeKmsKeyArn":"arn:aws:kms:*:111122223333:key/*"}}}`}, nil, training, tri.True,
			"CreateTrainingJob without VpcSubnets, with VolumeKmsKeyArn arn:aws:kms:us-east-1:444455556666:key/x"},
		{"what only services have", []string{`{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"StringEquals":{"aws:SourceAccount":"111122223333"}}}`, `{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"Bool":{"aws:PrincipalIsAWSService":"true"}}}`}, nil, training, tri.False, ""},
		{"a variable of several values", []string{`{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"StringNotEquals":{"aws:RequestTag/project":"${aws:TagKeys}"}}}`, `{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"Null":{"aws:TagKeys":"true"}}}`}, nil, training, tri.True,
			"CreateTrainingJob without VpcSubnets, with aws:TagKeys x"},
		{"a list that isn't one", []string{`{"Effect":"Allow","Action":"sagemaker:*","Resource":"*","Condition":{"StringEqual":{"aws:PrincipalTag/a":"b"}}}`}, nil, training, tri.Unknown, ""},
	} {
		t.Run(row.name, func(t *testing.T) {
			p := guard.Policies{Grants: []guard.Document{document(t, row.grants...)}}
			if row.bounds != nil {
				p.Bounds = [][]guard.Document{{document(t, row.bounds...)}}
			}
			a := p.Without(row.action, guard.VPCSubnets)
			if got := a.Holds.Known(); got != row.want {
				t.Fatalf("%v %+v, want %v", got, told(a.Holds), row.want)
			}
			if a.Witness == nil {
				if row.witness != "" {
					t.Fatal("there is no witness")
				}
				return
			}
			if got := a.Witness.String(); got != row.witness {
				t.Errorf("%s\nwant %s", got, row.witness)
			}
			if p.Allows(*a.Witness).Known() != tri.True {
				t.Errorf("%+v isn't allowed", a.Witness)
			}
		})
	}
}

// Whom a Deny excepts by name isn't whoever asks, if that is said.
func TestUnnamed(t *testing.T) {
	for _, row := range []struct {
		statements []string
		free, want tri.Bool
	}{
		{[]string{everything, `{"Effect":"Deny","Action":"sagemaker:*","Resource":"*","Condition":{"Null":{"sagemaker:VpcSubnets":"true"},"ArnNotLike":{"aws:PrincipalArn":"arn:aws:iam::*:role/admin"}}}`}, tri.True, tri.False},
		{[]string{everything, `{"Effect":"Deny","Action":"sagemaker:*","Resource":"*","Condition":{"Null":{"sagemaker:VpcSubnets":"true"},"StringNotEquals":{"aws:PrincipalTag/exempt":"yes"}}}`}, tri.True, tri.False},
		{[]string{everything, `{"Effect":"Deny","Action":"sagemaker:*","Resource":"*","Condition":{"Null":{"sagemaker:VpcSubnets":"true"},"Bool":{"aws:ViaAWSService":"false"}}}`}, tri.True, tri.False},
		{[]string{everything, `{"Effect":"Deny","Action":"sagemaker:*","Resource":"*","Condition":{"Null":{"sagemaker:VpcSubnets":"true"},"StringEquals":{"aws:PrincipalTag/team":"ml"}}}`}, tri.True, tri.True},
		{[]string{everything, `{"Effect":"Deny","Action":"sagemaker:*","Resource":"*","Condition":{"Null":{"sagemaker:VpcSubnets":"true"},"StringLike":{"aws:PrincipalArn":"arn:aws:iam::*:role/*"}}}`}, tri.True, tri.True},
		{[]string{`{"Effect":"Allow","Action":"sagemaker:*","Resource":"*","Condition":{"StringEquals":{"aws:PrincipalTag/team":"ml"}}}`}, tri.True, tri.True},
		{[]string{everything, `{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"StringNotLikeIfExists":{"aws:PrincipalTag/team":"${aws:PrincipalTag/team, 'ml'}"}}}`}, tri.True, tri.True},
		{[]string{everything, `{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"StringNotLike":{"aws:PrincipalTag/team":"${aws:username}"}}}`}, tri.True, tri.True},
		// What is created belongs to the account of who asks.
		{[]string{everything, `{"Effect":"Deny","Action":"sagemaker:*","Resource":"arn:aws:sagemaker:*:444455556666:*","Condition":{"Null":{"sagemaker:VpcSubnets":"true"}}}`}, tri.True, tri.False},
		{[]string{everything, `{"Effect":"Deny","Action":"sagemaker:*","Resource":"arn:aws:sagemaker:eu-west-1:444455556666:*","Condition":{"Null":{"sagemaker:VpcSubnets":"true"}}}`}, tri.True, tri.True},
		{[]string{
			`{"Effect":"Allow","Action":"sagemaker:*","Resource":"arn:aws:sagemaker:*:111122223333:*"}`,
			`{"Effect":"Deny","Action":"sagemaker:*","Resource":"arn:aws:sagemaker:*:444455556666:*","Condition":{"Null":{"sagemaker:VpcSubnets":"true"}}}`,
		}, tri.True, tri.True},
	} {
		p := guard.Policies{Grants: []guard.Document{document(t, row.statements...)}}
		if got := p.Without(training, guard.VPCSubnets).Holds.Known(); got != row.free {
			t.Errorf("%v, want %v: %s", got, row.free, row.statements)
		}
		p.Unnamed = true
		if got := p.Without(training, guard.VPCSubnets).Holds.Known(); got != row.want {
			t.Errorf("unnamed: %v, want %v: %s", got, row.want, row.statements)
		}
	}
}

func TestGuards(t *testing.T) {
	for _, row := range []struct {
		statement string
		want      tri.Bool
	}{
		{nullGuard, tri.True},
		{`{"Effect":"Deny","NotAction":"s3:*","Resource":"*","Condition":{"Null":{"SAGEMAKER:vpcsubnets":true},"StringNotEquals":{"aws:PrincipalTag/a":"b"}}}`, tri.True},
		{`{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"StringNotEquals":{"sagemaker:VpcSubnets":"subnet-a"}}}`, tri.True},
		{`{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"ForAnyValue:StringNotEquals":{"sagemaker:VpcSubnets":"subnet-a"}}}`, tri.False},
		{`{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"ForAllValues:StringNotEquals":{"sagemaker:VpcSubnets":"subnet-a"}}}`, tri.True},
		{`{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"Null":{"sagemaker:VpcSubnets":"false"}}}`, tri.False},
		{`{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"Null":{"sagemaker:VpcSecurityGroupIds":"true"}}}`, tri.False},
		{`{"Effect":"Deny","Action":"s3:*","Resource":"*","Condition":{"Null":{"sagemaker:VpcSubnets":"true"}}}`, tri.False},
		{`{"Effect":"Deny","Action":"*","Resource":"arn:aws:s3:::models/*","Condition":{"Null":{"sagemaker:VpcSubnets":"true"}}}`, tri.False},
		{`{"Effect":"Deny","Action":"*","Resource":"*"}`, tri.False},
		{everything, tri.False},
	} {
		d := document(t, row.statement)
		if got := d.Statements[0].Guards(nil, training, guard.VPCSubnets).Known(); got != row.want {
			t.Errorf("%v, want %v: %s", got, row.want, row.statement)
		}
	}
	d := document(t, withoutNull, everything)
	if got := d.Statements[0].RestsOnForAllValues(guard.VPCSubnets, guard.VPCSecurityGroupIDs); got.Holds.Known() != tri.True {
		t.Errorf("AWS's sample doesn't rest on ForAllValues: %v", got)
	}
	if got := d.Statements[1].RestsOnForAllValues(guard.VPCSubnets, guard.VPCSecurityGroupIDs); got.Holds.Known() != tri.False {
		t.Errorf("everything rests on ForAllValues: %v", got)
	}
}

// What is made to be hard to search is given up, and not for long.
func TestHostilePolicies(t *testing.T) {
	key := func(i int) string {
		return fmt.Sprintf(`{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"StringNotLike":{"aws:PrincipalTag/k":"*%d*%d?*"}}}`, i, i*7)
	}
	resource := func(i int) string {
		return fmt.Sprintf(`{"Effect":"Deny","Action":"*","NotResource":"*%d*:*%d?*"}`, i, i*7)
	}
	tags := func(i int) string {
		return fmt.Sprintf(`{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"StringNotEquals":{"aws:PrincipalTag/k%d":["a","b"],"aws:PrincipalTag/k%d":"c"},"StringLike":{"aws:PrincipalTag/k%d":"*%d"}}}`, i%17, (i*5)%17, (i*3)%17, i%4)
	}
	variables := func(i int) string {
		return fmt.Sprintf(`{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"StringNotEquals":{"aws:PrincipalTag/k%d":"${aws:PrincipalTag/k%d}"}}}`, i, i+1)
	}
	long := strings.Repeat("*a?b", 400)
	for _, row := range []struct {
		name string
		of   func(i int) string
		want tri.Bool
	}{
		{"key", key, tri.Unknown},
		{"resource", resource, tri.Unknown},
		{"tags", tags, tri.True},
		{"variables", variables, tri.Unknown},
		{"long", func(i int) string {
			return fmt.Sprintf(`{"Effect":"Deny","Action":"*","Resource":"%s%d","Condition":{"StringLike":{"aws:username":"%s"}}}`, long, i, long)
		}, tri.Unknown},
	} {
		statements := []string{everything}
		for i := range 200 {
			statements = append(statements, row.of(i))
		}
		p := guard.Policies{Grants: []guard.Document{document(t, statements...)}}
		if got := p.Without(training, guard.VPCSubnets).Holds; got.Known() != row.want {
			t.Errorf("%s: %v, want %v", row.name, told(got), row.want)
		}
	}
}
