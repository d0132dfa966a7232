package audit_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/frontend/audit"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/value"
)

func load(t testing.TB, path, content string) *frontend.Output {
	t.Helper()
	in := &frontend.Input{Each: func(n int, _ func(int) source.Span, do func(int)) {
		for i := range n {
			do(i)
		}
	}}
	in.Settings.Audit = []*source.File{source.NewFile(path, []byte(content))}
	out, err := audit.Frontend{}.Load(context.Background(), in)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// found returns the operations and subjects of what a file holds; those of which a part only is told have a question mark.
func found(out *frontend.Output) []string {
	var got []string
	for _, r := range out.Resources {
		word := r.Type + " " + r.Subject
		if r.Props.Open() {
			word += "?"
		}
		got = append(got, word)
	}
	return got
}

const (
	arn = `"arn:aws:sagemaker:us-east-1:123456789012:`
	job = `{"TrainingJobName": "a", "TrainingJobArn": ` + arn + `training-job/a", "RoleArn": "r", "OutputDataConfig": {}, "CreationTime": 1.5,` +
		` "AutoMLJobArn": ` + arn + `automl-job/b", "InputDataConfig": []}`
	model = `{"ModelName": "m", "ModelArn": ` + arn + `model/m", "ExecutionRoleArn": "r", "PrimaryContainer": {"Image": "i"}, "CreationTime": "2024-05-02"}`
)

func TestFound(t *testing.T) {
	for content, want := range map[string][]string{
		job:                          {"CreateTrainingJob f.json:a"},
		job + "\n" + model:           {"CreateTrainingJob f.json:a", "CreateModel f.json:m"},
		`[` + job + `, ` + job + `]`: {"CreateTrainingJob f.json:a", "CreateTrainingJob f.json:a#2"},
		`{"Results": [{"TrainingJob": ` + job + `}]}`: {"CreateTrainingJob f.json:a"},
		`{"ResponseMetadata": {}, ` + job[1:]:         {"CreateTrainingJob f.json:a"},
		// What a query picks: by the name at the top, by the ARN anywhere.
		`{"TrainingJobName": "a", "VpcConfig": null}`:                      {"CreateTrainingJob f.json:a?"},
		`{"jobs": {"TrainingJobName": "a", "VpcConfig": null}}`:            nil,
		`{"x": {"ModelArn": ` + arn + `model/m", "VpcConfig": null}}`:      {"CreateModel f.json:m?"},
		`{"NotebookInstanceName": "n", "DirectInternetAccess": "Enabled"}`: {"CreateNotebookInstance f.json:n?"},
		// Requests, summaries, events and templates are none.
		`{"ModelName": "m", "PrimaryContainer": {"Image": "i"}, "VpcConfig": {"Subnets": []}}`:                                                                      nil,
		`{"TrainingJobSummaries": [{"TrainingJobName": "a", "TrainingJobArn": ` + arn + `training-job/a", "CreationTime": 1, "TrainingJobStatus": "Completed"}]}`:   nil,
		`{"detail-type": "SageMaker Training Job State Change", "detail": ` + job + `}`:                                                                             nil,
		`{"Resources": {"M": {"Type": "AWS::SageMaker::Model", "Properties": {"ModelName": "m", "VpcConfig": {"Subnets": []}}}}}`:                                   nil,
		`{"TrainingJobName": {"type": "string"}, "TrainingJobArn": {"type": "string"}, "RoleArn": {}, "OutputDataConfig": {}, "CreationTime": {}, "VpcConfig": {}}`: nil,
		`{'TrainingJobName': 'a', 'VpcConfig': None}`:   nil,
		`print("TrainingJobName", {"VpcConfig": None})`: nil,
		``: nil,
	} {
		if diff := cmp.Diff(want, found(load(t, "f.json", content))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", content, diff)
		}
	}
}

// Members have the request's names, and their author's spelling.
func TestRenamed(t *testing.T) {
	out := load(t, "f.yaml", `ClusterArn: arn:aws:sagemaker:us-east-1:123456789012:cluster/c
ClusterName: c
CreationTime: '2024-05-02T09:21:31'
InstanceGroups:
- {InstanceGroupName: g, CurrentCount: 3, TargetCount: 4, InstanceType: ml.p4d.24xlarge, OverrideVpcConfig: {Subnets: [subnet-1]}}
`)
	group := out.Resources[0].Props.Attr("InstanceGroups").Elems()[0]
	if n, ok := group.Attr("InstanceCount").AsInt(); !ok || n != 4 {
		t.Errorf("the group has %d instances, and is to have 4", n)
	}
	out = load(t, "f.json", `{"NotebookInstanceName": "n", "NotebookInstanceArn": `+arn+`notebook-instance/n", "RoleArn": "r", "InstanceType": "t", "CreationTime": 1, "SecurityGroups": ["sg-1"]}`)
	raw := out.Resources[0]
	groups := raw.Props.Attr("SecurityGroupIds")
	if groups.Kind() != value.KindList || raw.Spelling["SecurityGroupIds"] != "SecurityGroups" || raw.Props.Attr("SecurityGroups").Kind() != value.KindAbsent {
		t.Errorf("the notebook's groups are %v, called %q", groups.Kind(), raw.Spelling["SecurityGroupIds"])
	}
}

func FuzzLoad(f *testing.F) {
	f.Add([]byte(job + "\n" + model))
	f.Add([]byte("- &a {TrainingJobName: a, VpcConfig: }\n- *a\n"))
	f.Add([]byte(`{"Workforce": {"WorkforceName": "w", "WorkforceArn": "a", "CreateDate": 1, "WorkforceVpcConfig": {"VpcId": "v"}}}`))
	f.Add([]byte(`{"ClusterName": "c", "ClusterArn": "x", "CreationTime": 1, "InstanceGroups": [{"TargetCount": 1}, 2, null]}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		for _, path := range []string{"f.json", "f.yaml"} {
			out := load(t, path, string(b))
			var names []string
			for _, r := range out.Resources {
				if r.Span.IsZero() || r.Spelling == nil || slices.Contains(names, r.Addr.Name) {
					t.Fatalf("%s: a resource without a place, a spelling or a name of its own: %q", path, r.Subject)
				}
				if names = append(names, r.Addr.Name); strings.ContainsAny(r.Subject, "\n\x00") {
					t.Fatalf("%s: the subject is %q", path, r.Subject)
				}
			}
		}
	})
}

// A key may stand in a mapping any number of times.
func TestManyKeys(t *testing.T) {
	out := load(t, "f.json", "{"+strings.Repeat(`"ModelName": "m", "ModelArn": 1, `, 50_000)+`"VpcConfig": null}`)
	if diff := cmp.Diff([]string{"CreateModel f.json:m?"}, found(out)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
