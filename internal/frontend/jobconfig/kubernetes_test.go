package jobconfig

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/schema"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// trainingSpec is the spec of a job without a network.
const trainingSpec = `
  trainingJobName: nightly
  roleARN: arn:aws:iam::111122223333:role/SageMakerTraining
  algorithmSpecification: {trainingImage: churn, trainingInputMode: File}
  outputDataConfig: {s3OutputPath: "s3://northwind-ml/models/"}
  resourceConfig: {instanceCount: 2, instanceType: ml.m5.xlarge, volumeSizeInGB: 50}
  stoppingCondition: {maxRuntimeInSeconds: 3600}
`

// trainingObject is an object of ACK's with that spec.
const trainingObject = `apiVersion: sagemaker.services.k8s.aws/v1alpha1
kind: TrainingJob
metadata:
  name: nightly
  namespace: ml
spec:` + trainingSpec

const operatorObject = `apiVersion: sagemaker.aws.amazon.com/v1
kind: BatchTransformJob
metadata: {name: scores}
spec:
  region: eu-west-1
  modelName: churn
  environment: [{name: STAGE, value: live}]
  transformInput: {dataSource: {s3DataSource: {s3DataType: S3Prefix, s3Uri: "s3://northwind-ml/in/"}}}
  transformOutput: {s3OutputPath: "s3://northwind-ml/out/"}
  transformResources: {instanceCount: 1, instanceType: ml.m4.xlarge}
`

func TestKubernetesObjects(t *testing.T) {
	asJSON := `{"apiVersion": "sagemaker.services.k8s.aws/v1beta1", "kind": "Model", "metadata": {"name": "churn"}, "spec": {"modelName": "churn", "primaryContainer": {"image": "i"}}}`
	for _, row := range []struct {
		name, file, content string
		want                []string
	}{
		{"an object", "a.yaml", "# nightly\n" + trainingObject, []string{"a.yaml:TrainingJob/nightly TrainingJob at 3:7 TrainingJob"}},
		{"in JSON", "a.json", asJSON, []string{`a.json:Model/churn Model at 1:62 "Model"`}},
		{"documents, one of them in another namespace", "a.yaml", trainingObject + "---\nkind: Namespace\napiVersion: v1\n---\n" + trainingObject, []string{
			"a.yaml:TrainingJob/nightly TrainingJob at 2:7 TrainingJob",
			"a.yaml:TrainingJob/nightly#2 TrainingJob at 18:7 TrainingJob",
		}},
		{"a list", "a.json", `{"apiVersion": "v1", "kind": "List", "items": [` + asJSON + `, ` + asJSON + `]}`, []string{
			`a.json:Model/churn Model at 1:109 "Model"`,
			`a.json:Model/churn#2 Model at 1:279 "Model"`,
		}},
		{"a list of its kind", "a.json", `{"apiVersion": "sagemaker.services.k8s.aws/v1alpha1", "kind": "ModelList", "items": [` + asJSON + `]}`, []string{
			`a.json:Model/churn Model at 1:147 "Model"`,
		}},
		{"a name that is to be filled in", "a.yaml", strings.ReplaceAll(trainingObject, "nightly", "$JOB"), []string{
			"a.yaml:TrainingJob TrainingJob at 2:7 TrainingJob",
		}},
		{"a name that the server makes", "a.yaml", strings.Replace(trainingObject, "name: nightly", "generateName: nightly-", 1), []string{
			"a.yaml:TrainingJob TrainingJob at 2:7 TrainingJob",
		}},
		{"the operator that went before", "a.yaml", operatorObject, []string{"a.yaml:BatchTransformJob/scores TransformJob at 2:7 BatchTransformJob"}},
		{"an endpoint with its models", "a.yaml", `apiVersion: sagemaker.aws.amazon.com/v1
kind: HostingDeployment
metadata: {name: host}
spec:
  region: us-east-2
  productionVariants: [{variantName: All, modelName: xgboost, initialInstanceCount: 1, instanceType: ml.r5.large}]
  models:
    - name: xgboost
      executionRoleArn: arn:aws:iam::123456789012:role/r
      primaryContainer: a
      containers: [{containerHostname: a, image: i}]
    - name: {{name}}
      executionRoleArn: r
`, []string{
			"a.yaml:HostingDeployment/host.xgboost Model at 8:13 xgboost",
			"a.yaml:HostingDeployment/host Model at 12:13 {{name}}",
			"a.yaml:HostingDeployment/host#2 EndpointConfig at 2:7 HostingDeployment",
		}},
		{"what a workflow of Argo's applies", "a.yaml", `apiVersion: argoproj.io/v1alpha1
kind: Workflow
spec:
  templates:
  - name: train
    resource:
      action: create
      manifest: |
        ` + strings.ReplaceAll(trainingObject, "\n", "\n        ") + "\n", []string{
			"a.yaml:TrainingJob/nightly TrainingJob at 10:15 TrainingJob",
		}},
		{"what kro makes", "a.yaml", `apiVersion: kro.run/v1alpha1
kind: ResourceGraphDefinition
metadata: {name: training}
spec:
  resources:
  - id: job
    template:
      ` + strings.ReplaceAll(trainingObject, "\n", "\n      ") + "\n", []string{
			"a.yaml:TrainingJob/nightly TrainingJob at 9:13 TrainingJob",
		}},
	} {
		t.Run(row.name, func(t *testing.T) {
			out := load(t, row.file, row.content)
			if diff := cmp.Diff(row.want, spots(out)); diff != "" || len(out.Findings) > 0 {
				t.Error(diff, out.Findings)
			}
		})
	}
}

// Objects that name SageMaker's groups, and make nothing of SageMaker's or only part of it.
func TestKubernetesSilent(t *testing.T) {
	for name, content := range map[string]string{
		"definition": `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: trainingjobs.sagemaker.services.k8s.aws}
spec: {group: sagemaker.services.k8s.aws, names: {kind: TrainingJob}}`,
		"rights": `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
rules: [{apiGroups: [sagemaker.services.k8s.aws], resources: [trainingjobs], verbs: ["*"]}]`,
		"HyperPod": `apiVersion: inference.sagemaker.aws.amazon.com/v1alpha1
kind: JumpStartModel
spec: {model: {modelId: m}, sageMakerEndpoint: {name: e}}`,
		"HyperPod's model": `apiVersion: inference.sagemaker.aws.amazon.com/v1
kind: Model
spec: {modelName: m, containers: [{image: i}]}`,
		"adopted object": `apiVersion: services.k8s.aws/v1alpha1
kind: AdoptedResource
spec: {aws: {nameOrID: m}, kubernetes: {group: sagemaker.services.k8s.aws, kind: Model}}`,
		"adopted":      strings.Replace(trainingObject, "  name: nightly\n", "  name: nightly\n  annotations: {services.k8s.aws/adoption-policy: adopt}\n", 1),
		"once adopted": strings.Replace(trainingObject, "  name: nightly\n", "  name: nightly\n  annotations: {services.k8s.aws/adopted: \"true\"}\n", 1),
		"watched":      strings.Replace(trainingObject, "  name: nightly\n", "  name: nightly\n  annotations: {services.k8s.aws/read-only: \"true\"}\n", 1),
		"patch": `apiVersion: sagemaker.services.k8s.aws/v1alpha1
kind: TrainingJob
metadata: {name: nightly}
spec: {resourceConfig: {instanceCount: 4}, enableNetworkIsolation: true}`,
		"no spec": "apiVersion: sagemaker.services.k8s.aws/v1alpha1\nkind: TrainingJob\nmetadata: {name: nightly}",
		"unknown": "apiVersion: sagemaker.services.k8s.aws/v1alpha1\nkind: Thing\nspec: {vpcConfig: {}}",
		"scaling": "apiVersion: sagemaker.aws.amazon.com/v1\nkind: HostingAutoscalingPolicy\nspec: {region: r, minCapacity: 1}",
		"a part that a test expects": "apiVersion: chainsaw.kyverno.io/v1alpha1\nkind: Test\nspec:\n  steps:\n  - try:\n    - assert:\n        resource:\n          " +
			strings.ReplaceAll(trainingObject, "\n", "\n          "),
	} {
		t.Run(name, func(t *testing.T) {
			out := load(t, "a.yaml", content)
			if len(out.Resources)+len(out.Findings)+len(out.Loaded) > 0 {
				t.Errorf("found %v %v", spots(out), out.Findings)
			}
		})
	}
	if out := load(t, "tests/00-assert.yaml", trainingObject); len(out.Resources) > 0 {
		t.Errorf("found %v in what a test expects", spots(out))
	}
}

// A file that can't be read is told of where no tool is to fill it in first.
func TestKubernetesUnreadable(t *testing.T) {
	broken := strings.Replace(trainingObject, "spec:", "spec: x:", 1)
	out := load(t, "a.yaml", broken)
	if len(out.Findings) != 1 || len(out.Resources) > 0 {
		t.Errorf("found %v %v", spots(out), out.Findings)
	}
	if out := load(t, "a.yaml", strings.Replace(broken, "churn", "${IMAGE}", 1)); len(out.Findings) > 0 {
		t.Errorf("found %v in a template", out.Findings)
	}
	if out := load(t, "a.yaml", strings.Replace(broken, "sagemaker.services.k8s.aws/v1alpha1", "v1 # sagemaker.services.k8s.aws", 1)); len(out.Findings) > 0 {
		t.Errorf("found %v in another's", out.Findings)
	}
}

// What a reference stands for is there, whatever it is.
func TestKubernetesReferences(t *testing.T) {
	spec := strings.Replace(trainingSpec, "roleARN: arn:aws:iam::111122223333:role/SageMakerTraining", "roleRef: {from: {name: r}}", 1) +
		"  vpcConfig: {subnetRefs: [{from: {name: a}}], securityGroupRefs: [{from: {name: b}}], subnets: [s]}\n"
	r := load(t, "a.yaml", strings.Replace(trainingObject, trainingSpec, spec, 1)).Resources[0]
	for _, path := range []string{"roleARN", "vpcConfig.securityGroupIDs"} {
		v := r.Props
		for name := range strings.SplitSeq(path, ".") {
			v = v.Attr(name)
		}
		if v.NonEmpty().Known() != tri.True || v.Kind() != value.KindOpaque || !strings.Contains(v.Reason(), "Ref") {
			t.Errorf("%s is %v: %s", path, v.Kind(), v.Reason())
		}
	}
	if s, _ := r.Props.Attr("vpcConfig").Attr("subnets").Elems()[0].AsString(); s != "s" {
		t.Errorf("a reference hides subnets")
	}
}

// Lists of names and values are objects to the API.
func TestOperatorPairs(t *testing.T) {
	environment := load(t, "a.yaml", operatorObject).Resources[0].Props.Attr("environment")
	if got, _ := environment.Attr("STAGE").AsString(); got != "live" || spanOf(environment).Text() != "environment" {
		t.Errorf("got %q at %q", got, spanOf(environment).Text())
	}
	open := strings.Replace(operatorObject, "name: STAGE", "name: $NAME", 1)
	if got := load(t, "a.yaml", open).Resources[0].Props.Attr("environment"); got.Kind() != value.KindOpaque {
		t.Errorf("got %v of a name that is to be filled in", got.Kind())
	}
}

// ackKinds are all that ACK has (1.9.1), with the operations whose requests they are.
var ackKinds = map[string]string{
	"App": "", "DataQualityJobDefinition": "", "Domain": "", "Endpoint": "", "EndpointConfig": "", "FeatureGroup": "",
	"HyperParameterTuningJob": "", "InferenceComponent": "", "LabelingJob": "", "Model": "", "ModelBiasJobDefinition": "",
	"ModelExplainabilityJobDefinition": "", "ModelPackage": "", "ModelPackageGroup": "", "ModelQualityJobDefinition": "",
	"MonitoringSchedule": "", "NotebookInstance": "", "NotebookInstanceLifecycleConfig": "", "Pipeline": "",
	"PipelineExecution": "StartPipelineExecution", "ProcessingJob": "", "Project": "", "Space": "", "TrainingJob": "",
	"TransformJob": "", "UserProfile": "",
}

// Every request that the service's own model calls valid is the same as an object of ACK's, member for member.
func TestKubernetesRequests(t *testing.T) {
	all, table := recordings(t), schema.API()
	for kind, api := range ackKinds {
		if api == "" {
			api = "Create" + kind
		}
		known := table.Object(api)
		for _, rec := range all[api].Requests {
			var request map[string]any
			if err := json.Unmarshal(rec.Request, &request); err != nil {
				t.Fatal(err)
			}
			content, err := json.Marshal(map[string]any{
				"apiVersion": "sagemaker.services.k8s.aws/v1alpha1", "kind": kind, "metadata": map[string]any{"name": "n"},
				"spec": respelt(request, known),
			})
			if err != nil {
				t.Fatal(err)
			}
			out := load(t, "a.json", string(content))
			if len(out.Resources) != 1 || out.Resources[0].Dialect != resource.ACK || out.Resources[0].Type != kind {
				t.Errorf("found %v in %s", spots(out), content)
				continue
			}
			for _, p := range rec.Paths {
				if strings.Contains(p, "InstancePreferences") {
					continue // its members are newer than the table of names
				}
				v := out.Resources[0].Props
				for _, name := range strings.Split(p, ".") {
					v = v.Attr(schema.ACK(strings.TrimSuffix(name, "[]")))
					if strings.HasSuffix(name, "[]") && v.Kind() == value.KindList {
						v = v.Elems()[0]
					}
				}
				if v.Kind() == value.KindAbsent || v.Kind() == value.KindOpaque {
					t.Errorf("%s: %s is %v", kind, p, v.Kind())
				}
			}
		}
		if known == nil || len(all[api].Requests) == 0 && kind != "ModelPackageGroup" {
			t.Errorf("%s: no request of %s is recorded", kind, api)
		}
	}
}

// respelt returns what a request says with ACK's names.
func respelt(v any, known *schema.Object) any {
	switch v := v.(type) {
	case []any:
		out := make([]any, len(v))
		for i, e := range v {
			out[i] = respelt(e, known)
		}
		return out
	case map[string]any:
		if known == nil {
			return v
		}
		out := map[string]any{}
		for name, e := range v {
			out[schema.ACK(name)] = respelt(e, known.Member(name))
		}
		return out
	}
	return v
}
