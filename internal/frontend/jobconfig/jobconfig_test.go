package jobconfig

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/tri"
)

// load reads one file as the driver does.
func load(t testing.TB, name, content string) *frontend.Output {
	t.Helper()
	var fe Frontend
	f := source.NewFile(name, []byte(content))
	in := &frontend.Input{Each: each, Documents: &frontend.Documents{}}
	if fe.Match(name) && fe.Relevant(f) {
		in.Files = []*source.File{f}
	}
	out, err := fe.Load(context.Background(), in)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func each(n int, _ func(int) source.Span, do func(int)) {
	for i := range n {
		do(i)
	}
}

// spot says of a resource what people see of it.
func spot(r resource.Raw) string {
	at := r.Span.Host()
	p := at.File.Position(at.Start)
	return fmt.Sprintf("%s %s at %d:%d %s", r.Subject, r.Type, p.Line, p.Column, r.Span.Text())
}

func spots(out *frontend.Output) []string {
	var s []string
	for _, r := range out.Resources {
		s = append(s, spot(r))
	}
	return s
}

const training = `{
  "TrainingJobName": "nightly-churn",
  "AlgorithmSpecification": {"TrainingImage": "111122223333.dkr.ecr.eu-west-1.amazonaws.com/churn:1.4", "TrainingInputMode": "File"},
  "RoleArn": "arn:aws:iam::111122223333:role/SageMakerTraining",
  "OutputDataConfig": {"S3OutputPath": "s3://northwind-ml/models/"},
  "ResourceConfig": {"InstanceType": "ml.m5.xlarge", "InstanceCount": 2, "VolumeSizeInGB": 50},
  "StoppingCondition": {"MaxRuntimeInSeconds": 3600},
  "VpcConfig": {"Subnets": ["subnet-0f00ba4e5eed00001"], "SecurityGroupIds": []}
}`

func TestShapes(t *testing.T) {
	bare := strings.Replace(training, `"TrainingJobName": "nightly-churn",`, "", 1)
	for _, row := range []struct {
		name, file, content string
		want                []string
	}{
		{"bare", "jobs/a.json", training, []string{`jobs/a.json:nightly-churn CreateTrainingJob at 1:1 {`}},
		{"list", "a.json", "[" + training + ",\n" + training + "]", []string{
			`a.json:nightly-churn CreateTrainingJob at 1:2 {`,
			`a.json:nightly-churn#2 CreateTrainingJob at 10:1 {`,
		}},
		{"under the operation", "a.json", `{"CreateTrainingJob": ` + training + `}`, []string{
			`a.json:nightly-churn CreateTrainingJob at 1:2 "CreateTrainingJob"`,
		}},
		{"under environments", "a.json", `{"dev": {"training_job": ` + training + `}, "jobs": [` + bare + `]}`, []string{
			`a.json:nightly-churn CreateTrainingJob at 1:10 "training_job"`,
			`a.json:CreateTrainingJob CreateTrainingJob at 9:14 {`,
		}},
		{"without a name", "a.json", bare, []string{`a.json:CreateTrainingJob CreateTrainingJob at 1:1 {`}},
		{"definition of a tuning job", "a.json", `{"TrainingJobDefinition": ` + bare + `}`, []string{
			`a.json:CreateTrainingJob CreateTrainingJob at 1:2 "TrainingJobDefinition"`,
		}},
		{"of a tuning job as a whole", "a.json",
			`{"HyperParameterTuningJobName": "t", "HyperParameterTuningJobConfig": {}, "TrainingJobDefinition": ` + bare + `}`,
			[]string{`a.json:t CreateHyperParameterTuningJob at 1:1 {`}},
		{"YAML", "a.yml", "# nightly\nModelName: churn\nPrimaryContainer:\n  Image: churn:1\n", []string{
			`a.yml:churn CreateModel at 2:1 ModelName`,
		}},
		{"YAML documents", "a.yaml", "ModelName: a\nContainers:\n- Image: x\n---\nmodel:\n  ModelName: ${NAME}\n  PrimaryContainer: {Image: x}\n", []string{
			`a.yaml:a CreateModel at 1:1 ModelName`,
			`a.yaml:CreateModel CreateModel at 5:1 model`,
		}},
		{"YAML merge", "a.yaml", "base: &base\n  PrimaryContainer: {Image: x}\nlive:\n  <<: *base\n  ModelName: live\n", []string{
			`a.yaml:live CreateModel at 3:1 live`,
		}},
		{"filled in by a state machine", "a.json",
			`{"TrainingJobName.$": "$.name", "AlgorithmSpecification": {}, "RoleArn.$": "$.role", "OutputDataConfig": {}}`,
			[]string{`a.json:CreateTrainingJob CreateTrainingJob at 1:1 {`}},
	} {
		t.Run(row.name, func(t *testing.T) {
			if diff := cmp.Diff(row.want, spots(load(t, row.file, row.content))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// Documents that have SageMaker's names in them and are no requests.
func TestLookalikes(t *testing.T) {
	for name, content := range map[string]string{
		"template":         `{"AWSTemplateFormatVersion": "2010-09-09", "Train": ` + training + `}`,
		"CDK output":       `{"Resources": {"Model": {"Type": "AWS::SageMaker::Model", "Properties": {"ModelName": "m", "PrimaryContainer": {"Image": "x"}}}}}`,
		"state machine":    `{"StartAt": "Train", "States": {"Train": {"Type": "Task", "Parameters": ` + training + `}}}`,
		"state":            `{"Train": {"Type": "Task", "Resource": "arn:aws:states:::sagemaker:createTrainingJob.sync", "Parameters": ` + training + `}}`,
		"describe output":  strings.Replace(training, "{", `{"TrainingJobArn": "arn:aws:sagemaker:eu-west-1:111122223333:training-job/x",`, 1),
		"search output":    `{"Results": [{"TrainingJob": ` + strings.Replace(training, "{", `{"TrainingJobStatus": "Failed",`, 1) + `}]}`,
		"described tuning": `{"HyperParameterTuningJobName": "t", "HyperParameterTuningJobArn": "arn:aws:sagemaker:eu-west-1:111122223333:hyper-parameter-tuning-job/t", "TrainingJobDefinition": ` + training + `}`,
		"validated package": `{"ModelPackageArn": "a", "ValidationSpecification": {"ValidationRole": "r", "ValidationProfiles": [{"ProfileName": "p",
			"TransformJobDefinition": {"TransformInput": {}, "TransformOutput": {}, "TransformResources": {}}}]}}`,
		"event":            `{"version": "0", "detail-type": "SageMaker Training Job State Change", "detail": ` + training + `}`,
		"trail":            `{"Records": [{"eventSource": "sagemaker.amazonaws.com", "eventName": "CreateTrainingJob", "requestParameters": ` + training + `}]}`,
		"schema":           `{"$schema": "https://json-schema.org/draft-07/schema", "properties": ` + training + `}`,
		"Kubernetes":       `{"apiVersion": "sagemaker.services.k8s.aws/v1alpha1", "kind": "TrainingJob", "spec": ` + training + `}`,
		"service examples": `{"version": "1.0", "examples": {"CreateTrainingJob": [{"input": ` + training + `}]}}`,
		"training job definition of an algorithm": `{"ValidationProfiles": [{"TrainingJobDefinition": {"TrainingInputMode": "File",
			"InputDataConfig": [], "OutputDataConfig": {}, "ResourceConfig": {}, "StoppingCondition": {}}}]}`,
		"EMR groups":    `{"ClusterName": "emr", "InstanceGroups": [{"InstanceCount": 2, "InstanceType": "m5.xlarge"}]}`,
		"batch":         `{"TransformJobName": "t", "ModelName": "m", "TransformInput": {}}`,
		"words in text": `{"readme": "set TrainingJobName, RoleArn and OutputDataConfig", "PrimaryContainer": null}`,
		"to be written": `{"DomainName": "TODO", "AuthMode": "TODO", "DefaultUserSettings": "TODO", "SubnetIds": ["TODO"], "VpcId": "TODO"}`,
		"of a hook":     `{"AWS::SageMaker::Domain": {"resourceProperties": {"DomainName": "TODO", "AuthMode": "TODO", "DefaultUserSettings": "TODO", "FAIL": "FAIL"}}}`,
		"of another":    `{"resourceProperties": {"ModelBiasAppSpecification": "TODO", "ModelBiasJobInput": "TODO", "ModelBiasJobOutputConfig": "TODO", "RoleArn": "TODO", "FAIL": "FAIL"}}`,
		"a skeleton":    `{"ModelName": "", "PrimaryContainer": {"Image": "", "Mode": "SingleModel"}, "EnableNetworkIsolation": true}`,
		"another one":   `{"ModelName": "string", "PrimaryContainer": {"Image": "string", "Mode": "SingleModel"}}`,
	} {
		t.Run(name, func(t *testing.T) {
			out := load(t, "a.json", content)
			if len(out.Resources)+len(out.Findings)+len(out.Loaded) > 0 {
				t.Errorf("found %v %v", spots(out), out.Findings)
			}
		})
	}
}

// An update leaves out what stays as it is, and has the names of a creation.
func TestUpdates(t *testing.T) {
	cluster := `{"ClusterName": "c", "InstanceGroups": [{"InstanceGroupName": "g", "ExecutionRole": "r", "LifeCycleConfig": {}}]}`
	for _, row := range []struct {
		file, content string
		want          int
	}{
		{"create-cluster.json", cluster, 1},
		{"hyperpod/update-cluster.json", cluster, 0},
		{"updates.json", cluster, 1},
		{"a.json", `{"UpdateCluster": ` + cluster + `}`, 0},
		{"a.json", `{"update_cluster": ` + cluster + `, "create_cluster": ` + cluster + `}`, 1},
		{"update-jobs.json", `{"cluster": ` + cluster + `}`, 1},
	} {
		if got := load(t, row.file, row.content).Resources; len(got) != row.want {
			t.Errorf("%s: %s: %d", row.file, row.content, len(got))
		}
	}
}

func TestMatch(t *testing.T) {
	for name, want := range map[string]bool{
		"a.json": true, "jobs/a.YAML": true, "a.yml": true, " x/a b.json": true,
		"a.json.tpl": false, "a.json.j2": false, "a.tmpl": false, "json": false, "a.ipynb": false, "a.jsonl": false,
	} {
		if got := (Frontend{}).Match(name); got != want {
			t.Errorf("%q: got %v", name, got)
		}
	}
}

// Where a member is missing is where its object has its name, and every value stands where it is written.
func TestPlaces(t *testing.T) {
	out := load(t, "a.json", training)
	r := out.Resources[0]
	vpc := r.Props.Attr("VpcConfig")
	subnets := vpc.Attr("Subnets")
	got := map[string]string{
		"request":          r.Props.Origin().Span.Text(),
		"object":           vpc.Origin().Span.Text(),
		"list":             subnets.Origin().Span.Text(),
		"element":          subnets.Elems()[0].Origin().Span.Text(),
		"empty list":       vpc.Attr("SecurityGroupIds").Origin().Span.Text(),
		"absent member":    vpc.Attr("Nothing").Origin().Span.Text(),
		"number":           r.Props.Attr("ResourceConfig").Attr("InstanceCount").Origin().Span.Text(),
		"address":          r.Addr.Unit + " " + r.Addr.Name,
		"number's value":   r.Props.Attr("ResourceConfig").Attr("InstanceCount").Literal(),
		"subnet's value":   subnets.Elems()[0].Literal(),
		"files of its own": out.Loaded[0].Path,
	}
	want := map[string]string{
		"request": "{", "object": `"VpcConfig"`, "list": `["subnet-0f00ba4e5eed00001"]`, "element": `"subnet-0f00ba4e5eed00001"`,
		"empty list": "[]", "absent member": `"VpcConfig"`, "number": "2", "address": "a.json nightly-churn",
		"number's value": "2", "subnet's value": "subnet-0f00ba4e5eed00001", "files of its own": "a.json",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if r.Exists.Known() != tri.True {
		t.Errorf("exists: %v", r.Exists.Known())
	}
}

func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	f := source.NewFile("a.json", []byte(training))
	_, err := Frontend{}.Load(ctx, &frontend.Input{Files: []*source.File{f}, Each: each, Documents: &frontend.Documents{}})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}
