package encryption_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/vpclint/vpclint/internal/lint"
	"github.com/vpclint/vpclint/rules"
)

const none, pass, fail, undecided = "not applicable", "pass", "fail", "undecided"

// verdict returns what a rule says of the only resource of a file that it looks at, and its message or reason.
func verdict(t *testing.T, rule *rules.Rule, file, text string) (got, says string) {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, file), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	r, err := lint.Run(context.Background(), lint.Config{WorkDir: dir, Paths: []string{"."}, Rules: []*rules.Rule{rule}})
	switch {
	case err != nil:
		t.Fatal(err)
	case len(r.Verdicts) == 0:
		return none, ""
	case len(r.Findings) > 0:
		return fail, r.Findings[0].Message
	case len(r.Undecided) > 0:
		return undecided, r.Undecided[0].Reason
	}
	return pass, ""
}

// A row is one resource and what is said of it.
type row struct {
	name, text, want, says string
}

func check(t *testing.T, rule *rules.Rule, file string, rows []row) {
	t.Helper()
	for _, r := range rows {
		t.Run(r.name, func(t *testing.T) {
			got, text := verdict(t, rule, file, r.text)
			if got != r.want || !strings.Contains(text, r.says) {
				t.Errorf("%s, want %s: %q", got, r.want, text)
			}
		})
	}
}

// training is a training job on some instances.
func training(resources string) string {
	return `{"TrainingJobName": "n", "AlgorithmSpecification": {"TrainingImage": "i", "TrainingInputMode": "File"}, "RoleArn": "r",
"OutputDataConfig": {"S3OutputPath": "s3://b/o"}, "StoppingCondition": {"MaxRuntimeInSeconds": 60}, "ResourceConfig": ` + resources + `}`
}

// tuning is a tuning job with some definitions.
func tuning(definitions string) string {
	return `{"HyperParameterTuningJobName": "n", "HyperParameterTuningJobConfig": {"Strategy": "Random"}, ` + definitions + `}`
}

func TestVolumesOfRequests(t *testing.T) {
	check(t, rules.MissingVolumeKey, "request.json", []row{
		{"none", training(`{"InstanceCount": 1, "InstanceType": "ml.m5.xlarge"}`), fail, "has no customer KMS key for its volumes"},
		{"empty", training(`{"InstanceCount": 1, "InstanceType": "ml.m5.xlarge", "VolumeKmsKeyId": ""}`), undecided, "it is left empty"},
		{"null", training(`{"InstanceCount": 1, "InstanceType": "ml.m5.xlarge", "VolumeKmsKeyId": null}`), fail, "has no"},
		{"one", training(`{"InstanceCount": 1, "InstanceType": "ml.m5.xlarge", "VolumeKmsKeyId": "k"}`), pass, ""},
		{"an alias of one's own", training(`{"InstanceCount": 1, "InstanceType": "ml.m5.xlarge", "VolumeKmsKeyId": "alias/awsome"}`), pass, ""},
		{"AWS's", training(`{"InstanceCount": 1, "InstanceType": "ml.m5.xlarge", "VolumeKmsKeyId": "alias/aws/ebs"}`), fail, "with alias/aws/ebs"},
		{"AWS's by its ARN", training(`{"InstanceCount": 1, "InstanceType": "ml.m5.xlarge", "VolumeKmsKeyId": "arn:aws:kms:eu-west-1:123456789012:alias/aws/ebs"}`), fail, "with alias/aws/ebs"},
		{"a placeholder", training(`{"InstanceCount": 1, "InstanceType": "ml.m5.xlarge", "VolumeKmsKeyId": "${KEY}"}`), undecided, "is a placeholder"},
		{"volumes of its own", training(`{"InstanceCount": 1, "InstanceType": "ml.p4d.24xlarge"}`), none, ""},
		{"a type that isn't known", training(`{"InstanceCount": 1, "InstanceType": "${TYPE}"}`), undecided, "decides whether a key is taken"},
		{"a type that isn't known, and a key", training(`{"InstanceCount": 1, "InstanceType": "${TYPE}", "VolumeKmsKeyId": "k"}`), pass, ""},
		{"a family that isn't known", training(`{"InstanceCount": 1, "InstanceType": "ml.q9.large"}`), undecided, `whether "ml.q9.large" has`},
		{"groups", training(`{"InstanceGroups": [{"InstanceGroupName": "a", "InstanceType": "ml.c5.large", "InstanceCount": 1}]}`), fail, "has no"},
		{"mixed groups", training(`{"InstanceGroups": [{"InstanceGroupName": "a", "InstanceType": "ml.c5.large", "InstanceCount": 1}, {"InstanceGroupName": "b", "InstanceType": "ml.p4d.24xlarge", "InstanceCount": 1}]}`), fail, "has no"},
		{"groups with volumes of their own", training(`{"InstanceGroups": [{"InstanceGroupName": "b", "InstanceType": "ml.p4d.24xlarge", "InstanceCount": 1}]}`), none, ""},
		{"mixed preferences", training(`{"InstancePreferences": [{"InstanceType": "ml.c5.large"}, {"InstanceType": "ml.g5.xlarge"}]}`), none, ""},
		{"preferences", training(`{"InstancePreferences": [{"InstanceType": "ml.c5.large", "InstanceCount": 1}, {"InstanceType": "ml.m5.large", "InstanceCount": 1}]}`), fail, "has no"},
		{"no instances", training(`{}`), none, ""},
		{"the single definition", tuning(`"TrainingJobDefinition": {"ResourceConfig": {"InstanceType": "ml.m5.large"}}`), fail, "has no"},
		{"one of several", tuning(`"TrainingJobDefinitions": [{"ResourceConfig": {"InstanceType": "ml.m5.large", "VolumeKmsKeyId": "k"}}, {"ResourceConfig": {"InstanceType": "ml.m5.large"}}]`), fail, "a training definition has no"},
		{"the tuning's own instances", tuning(`"TrainingJobDefinition": {"HyperParameterTuningResourceConfig": {"InstanceConfigs": [{"InstanceType": "ml.m5.large", "InstanceCount": 1, "VolumeSizeInGB": 1}]}}`), fail, "has no"},
		{"a key for the tuning's own instances", tuning(`"TrainingJobDefinition": {"HyperParameterTuningResourceConfig": {"VolumeKmsKeyId": "k", "InstanceConfigs": [{"InstanceType": "ml.m5.large", "InstanceCount": 1, "VolumeSizeInGB": 1}]}}`), pass, ""},
		{"the tuning's own instances with volumes of their own", tuning(`"TrainingJobDefinition": {"HyperParameterTuningResourceConfig": {"InstanceConfigs": [{"InstanceType": "ml.g5.xlarge", "InstanceCount": 1, "VolumeSizeInGB": 1}]}}`), none, ""},
		{"labeling by people", `{"LabelingJobName": "n", "HumanTaskConfig": {}, "InputConfig": {}, "OutputConfig": {"S3OutputPath": "s3://b"}}`, none, ""},
		{"automated labeling", `{"LabelingJobName": "n", "HumanTaskConfig": {}, "InputConfig": {}, "OutputConfig": {}, "LabelingJobAlgorithmsConfig": {"LabelingJobAlgorithmSpecificationArn": "a"}}`, fail, "has no"},
		{"AutoML", `{"AutoMLJobName": "n", "InputDataConfig": [], "OutputDataConfig": {"S3OutputPath": "s3://b"}, "RoleArn": "r"}`, fail, "has no"},
		{"a transform job", `{"TransformJobName": "n", "ModelName": "m", "TransformInput": {}, "TransformOutput": {}, "TransformResources": {"InstanceType": "ml.m5.large", "InstanceCount": 1}}`, fail, "has no"},
		{"a schedule of a named definition", `{"MonitoringScheduleName": "n", "MonitoringScheduleConfig": {"MonitoringJobDefinitionName": "d", "MonitoringType": "DataQuality"}}`, none, ""},
		{"a schedule with a definition", `{"MonitoringScheduleName": "n", "MonitoringScheduleConfig": {"MonitoringJobDefinition": {"MonitoringResources": {"ClusterConfig": {"InstanceType": "ml.m5.large", "InstanceCount": 1, "VolumeSizeInGB": 1}}}}}`, fail, "has no"},
		{"a load test that chooses", `{"JobName": "n", "JobType": "Default", "InputConfig": {"ModelName": "m"}, "RoleArn": "r"}`, fail, "has no"},
		{"a load test of instances with volumes of their own", `{"JobName": "n", "JobType": "Advanced", "InputConfig": {"ModelName": "m", "EndpointConfigurations": [{"InstanceType": "ml.g5.xlarge"}]}, "RoleArn": "r"}`, none, ""},
		{"a model", `{"ModelName": "m", "ExecutionRoleArn": "r", "PrimaryContainer": {"Image": "i"}}`, none, ""},
	})
}

// endpoint is an endpoint configuration with some variants and more.
func endpoint(rest string) string {
	return `
variable "x" { type = bool }
variable "any" {}
data "aws_kms_alias" "theirs" { name = "alias/aws/s3" }
data "aws_kms_alias" "ours" { name = "alias/models" }
data "aws_kms_key" "theirs" { key_id = "alias/aws/ebs" }
resource "aws_kms_key" "ours" {}
resource "aws_sagemaker_endpoint_configuration" "e" {
  name = "e"
` + rest + `
}
`
}

const (
	m5         = "  production_variants {\n    model_name    = \"m\"\n    instance_type = \"ml.m5.large\"\n  }\n"
	g5         = "  production_variants {\n    model_name    = \"m\"\n    instance_type = \"ml.g5.large\"\n  }\n"
	serverless = "  production_variants {\n    model_name = \"m\"\n    serverless_config {\n      max_concurrency = 1\n    }\n  }\n"
)

func TestVolumesOfEndpoints(t *testing.T) {
	check(t, rules.MissingVolumeKey, "main.tf", []row{
		{"none", endpoint(m5), fail, "has no"},
		{"volumes of its own", endpoint(g5), none, ""},
		{"one of two", endpoint(m5 + g5), none, ""},
		{"serverless", endpoint(serverless), none, ""},
		{"a key", endpoint(m5 + `kms_key_arn = aws_kms_key.ours.arn`), pass, ""},
		{"a key that is looked up", endpoint(m5 + `kms_key_arn = data.aws_kms_alias.ours.target_key_arn`), pass, ""},
		{"AWS's key, looked up by its alias", endpoint(m5 + `kms_key_arn = data.aws_kms_alias.theirs.target_key_arn`), fail, "with alias/aws/s3"},
		{"AWS's key, looked up", endpoint(m5 + `kms_key_arn = data.aws_kms_key.theirs.arn`), fail, "with alias/aws/ebs"},
		{"in one world", endpoint(m5 + `kms_key_arn = var.x ? aws_kms_key.ours.arn : null`), fail, "when var.x is false"},
		{"any", endpoint(m5 + `kms_key_arn = var.any`), undecided, "var.any has no default"},
		{"another type in one world", endpoint("production_variants {\n model_name = \"m\"\n instance_type = var.x ? \"ml.m5.large\" : \"ml.g5.large\"\n}"), fail, "when var.x is true"},
		{"variants that aren't known", endpoint("dynamic \"production_variants\" {\n for_each = var.any\n content {\n model_name = \"m\"\n instance_type = production_variants.value\n}\n}"), undecided, "var.any has no default"},
		{"variants that may have volumes of their own", endpoint("dynamic \"production_variants\" {\n for_each = var.any\n content {\n model_name = \"m\"\n instance_type = \"ml.g5.large\"\n}\n}"), none, ""},
		{"variants that aren't known, of one type", endpoint("dynamic \"production_variants\" {\n for_each = var.any\n content {\n model_name = \"m\"\n instance_type = \"ml.m5.large\"\n}\n}"), fail, "has no"},
	})
}

func TestOutputsOfEndpoints(t *testing.T) {
	const (
		capture = "  data_capture_config {\n    destination_s3_uri = \"s3://b\"\n"
		on      = "    enable_capture = true\n"
	)
	check(t, rules.MissingOutputKey, "main.tf", []row{
		{"none", endpoint(m5), none, ""},
		{"captured data", endpoint(m5 + capture + on + "}"), fail, "the data that it captures"},
		{"a key", endpoint(m5 + capture + on + "kms_key_id = aws_kms_key.ours.key_id\n}"), pass, ""},
		{"nothing is captured", endpoint(m5 + capture + "enable_capture = false\n}"), none, ""},
		{"nothing is captured unless one says so", endpoint(m5 + capture + "}"), none, ""},
		{"captured in one world", endpoint(m5 + capture + "enable_capture = var.x\n}"), undecided, "var.x has no default"},
		{"responses", endpoint(m5 + "async_inference_config {\n output_config {\n s3_output_path = \"s3://b\"\n}\n}"), fail, "the responses that it stores"},
	})
}

func TestOutputsOfRequests(t *testing.T) {
	job := func(output string) string {
		return strings.Replace(training(`{}`), `{"S3OutputPath": "s3://b/o"}`, output, 1)
	}
	processing := func(output string) string {
		return `{"ProcessingJobName": "n", "AppSpecification": {"ImageUri": "i"}, "RoleArn": "r", "ProcessingResources": {}` + output + `}`
	}
	check(t, rules.MissingOutputKey, "request.json", []row{
		{"none", training(`{}`), fail, "what it writes"},
		{"one", job(`{"S3OutputPath": "s3://b", "KmsKeyId": "k"}`), pass, ""},
		{"AWS's", job(`{"S3OutputPath": "s3://b", "KmsKeyId": "alias/aws/s3"}`), fail, "with alias/aws/s3"},
		{"a directory bucket", job(`{"S3OutputPath": "s3://b--use1-az4--x-s3/o"}`), none, ""},
		{"no outputs", processing(``), none, ""},
		{"no outputs in a list", processing(`, "ProcessingOutputConfig": {"Outputs": []}`), none, ""},
		{"outputs", processing(`, "ProcessingOutputConfig": {"Outputs": [{"OutputName": "o"}]}`), fail, "what it writes"},
		{"outputs and a key", processing(`, "ProcessingOutputConfig": {"KmsKeyId": "k", "Outputs": [{"OutputName": "o"}]}`), pass, ""},
		{"a captured transform", `{"TransformJobName": "n", "ModelName": "m", "TransformInput": {}, "TransformOutput": {"S3OutputPath": "s3://b", "KmsKeyId": "k"}, "TransformResources": {}, "DataCaptureConfig": {"DestinationS3Uri": "s3://c"}}`, fail, "the data that it captures"},
		{"captured by default", `{"EndpointConfigName": "n", "ProductionVariants": [{"VariantName": "a", "ModelName": "m"}], "DataCaptureConfig": {"DestinationS3Uri": "s3://c"}}`, fail, "the data that it captures"},
		{"core dumps", `{"EndpointConfigName": "n", "ProductionVariants": [{"VariantName": "a", "ModelName": "m", "CoreDumpConfig": {"DestinationS3Uri": "s3://c"}}]}`, fail, "a variant has no customer KMS key for its core dumps"},
		{"a load test that compiles nothing", `{"JobName": "n", "JobType": "Default", "InputConfig": {"ModelName": "m"}, "RoleArn": "r"}`, none, ""},
		{"sharing", `{"DomainName": "d", "AuthMode": "IAM", "DefaultUserSettings": {"SharingSettings": {"NotebookOutputOption": "Allowed", "S3KmsKeyId": "k"}}}`, pass, ""},
		{"a document", `{"JobName": "n", "JobCategory": "c", "JobConfigSchemaVersion": "1", "JobConfigDocument": "{\"OutputDataConfig\": {\"S3OutputPath\": \"s3://b\"}}"}`, fail, "what it writes"},
		{"a document that can't be read", `{"JobName": "n", "JobCategory": "c", "JobConfigSchemaVersion": "1", "JobConfigDocument": "${DOCUMENT}"}`, undecided, "is a placeholder"},
	})
}

func TestVolumesOfTemplates(t *testing.T) {
	cluster := func(storage string) string {
		return `Resources:
  C:
    Type: AWS::SageMaker::Cluster
    Properties:
      InstanceGroups:
        - InstanceGroupName: a
          InstanceType: ml.p5.48xlarge
          InstanceCount: 2
          ExecutionRole: r
` + storage
	}
	check(t, rules.MissingVolumeKey, "template.yaml", []row{
		{"no storage", cluster(``), fail, "an instance group has no customer KMS key for its root volume"},
		{"the second volume only", cluster("          InstanceStorageConfigs:\n            - EbsVolumeConfig: {VolumeSizeInGB: 9, VolumeKmsKeyId: k}\n"), fail, "its root volume"},
		{"both volumes", cluster("          InstanceStorageConfigs:\n            - EbsVolumeConfig: {VolumeSizeInGB: 9, VolumeKmsKeyId: k}\n            - EbsVolumeConfig: {RootVolume: true, VolumeKmsKeyId: k}\n"), pass, ""},
		{"a root volume without", cluster("          InstanceStorageConfigs:\n            - EbsVolumeConfig: {RootVolume: 'true'}\n"), fail, "its root volume"},
		{"storage that isn't known", "Parameters:\n  S: {Type: String}\n" + cluster("          InstanceStorageConfigs: !Ref S\n"), undecided, "the parameter S has no default"},
		{"an experiment", "Resources:\n  E:\n    Type: AWS::SageMaker::InferenceExperiment\n    Properties:\n      ModelVariants:\n        - InfrastructureConfig: {RealTimeInferenceConfig: {InstanceType: ml.m5.large, InstanceCount: 1}}\n", fail, "has no"},
	})
}

func TestOutputsOfScripts(t *testing.T) {
	job := `aws sagemaker create-processing-job --processing-job-name n --app-specification ImageUri=i --role-arn r \
  --processing-resources ClusterConfig={InstanceCount=1,InstanceType=ml.m5.large,VolumeSizeInGB=1}`
	check(t, rules.MissingOutputKey, "run.sh", []row{
		{"no outputs", job, none, ""},
		{"outputs", job + ` --processing-output-config '{"Outputs": [{"OutputName": "o"}]}'`, fail, "what it writes"},
	})
	check(t, rules.MissingOutputKey, "run.py", []row{
		{"a processor", "from sagemaker.processing import ScriptProcessor\nScriptProcessor('r', 'i', ['python3'], 1, 'ml.m5.large')\n", fail, "what it writes"},
		{"a processor that is run without outputs", "from sagemaker.processing import ScriptProcessor\np = ScriptProcessor('r', 'i', ['python3'], 1, 'ml.m5.large')\np.run('a.py', inputs=[], outputs=None)\n", none, ""},
		{"a processor that is run with outputs as well", "from sagemaker.processing import ScriptProcessor\np = ScriptProcessor('r', 'i', ['python3'], 1, 'ml.m5.large')\np.run('a.py')\np.run('b.py', outputs=[x])\n", fail, "what it writes"},
		{"a transform job", "import boto3\nboto3.client('sagemaker').create_transform_job(TransformJobName='n', ModelName='m', TransformOutput={'S3OutputPath': 's3://b'})\n", fail, "what it writes"},
		{"an experiment", "import boto3\nboto3.client('sagemaker').create_inference_experiment(Name='n', DataStorageConfig={'Destination': 's3://b'})\n", fail, "the data that it captures"},
		{"a packaging job", "import boto3\nboto3.client('sagemaker').create_edge_packaging_job(EdgePackagingJobName='n', OutputConfig={'S3OutputLocation': 's3://b'})\n", fail, "what it writes"},
		{"an endpoint that captures", "from sagemaker.model import Model\nfrom sagemaker.model_monitor import DataCaptureConfig\nModel('i', 's3://b/m', 'r').deploy(1, 'ml.m5.large', data_capture_config=DataCaptureConfig(True))\n", fail, "the data that it captures"},
		{"an endpoint that doesn't", "from sagemaker.model import Model\nfrom sagemaker.model_monitor import DataCaptureConfig\nModel('i', 's3://b/m', 'r').deploy(1, 'ml.m5.large', data_capture_config=DataCaptureConfig(False))\n", none, ""},
	})
	check(t, rules.MissingVolumeKey, "run.py", []row{
		{"an endpoint", "from sagemaker.model import Model\nModel('i', 's3://b/m', 'r').deploy(1, 'ml.m5.large')\n", fail, "has no"},
		{"an endpoint with a key", "from sagemaker.model import Model\nModel('i', 's3://b/m', 'r').deploy(1, 'ml.m5.large', kms_key='k')\n", pass, ""},
		{"a serverless endpoint", "from sagemaker.model import Model\nfrom sagemaker.serverless import ServerlessInferenceConfig\nModel('i', 's3://b/m', 'r').deploy(serverless_inference_config=ServerlessInferenceConfig())\n", none, ""},
		{"a transformer", "from sagemaker.transformer import Transformer\nTransformer('m', 1, 'ml.m5.large')\n", fail, "has no"},
	})
}
