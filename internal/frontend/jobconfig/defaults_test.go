package jobconfig

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vpclint/vpclint/internal/value"
)

const defaultsFile = `SchemaVersion: '1.0'
CustomParameters:
  stage: dev
SageMaker:
  TrainingJob:
    EnableNetworkIsolation: false
    VpcConfig: &vpc
      Subnets: [subnet-0f00ba4e5eed00001]
      SecurityGroupIds: ["<security group>"]
  ProcessingJob:
    NetworkConfig:
      VpcConfig: *vpc
  Model: {}
  PythonSDK:
    Modules:
      TelemetryOptOut: true
      RemoteFunction:
        Dependencies: ./requirements.txt
        EnvironmentVariables: {STAGE: dev}
        InstanceType: ml.m5.large
        VolumeKmsKeyId: key-v
        S3KmsKeyId: key-s
        VPCConfig: {}
      ModelTrainer:
        networking:
          subnets: [subnet-0f00ba4e5eed00001]
          enable_network_isolation: true
  NewerJob:
    VpcConfig: *vpc
`

// Each section of the SDK's defaults is a part of a request, at the section's name.
func TestDefaults(t *testing.T) {
	out := load(t, "config.yaml", defaultsFile)
	want := []string{
		"config.yaml:TrainingJob CreateTrainingJob at 5:3 TrainingJob",
		"config.yaml:ProcessingJob CreateProcessingJob at 10:3 ProcessingJob",
		"config.yaml:RemoteFunction CreateTrainingJob at 17:7 RemoteFunction",
		"config.yaml:ModelTrainer CreateTrainingJob at 25:9 networking",
	}
	if diff := cmp.Diff(want, spots(out)); diff != "" {
		t.Fatal(diff)
	}
	for _, r := range out.Resources {
		if !r.Partial {
			t.Errorf("%s is no part", r.Subject)
		}
	}
	training, remote, trainer := out.Resources[0], out.Resources[2], out.Resources[3]
	at := func(v value.Value, names ...string) string {
		for _, name := range names {
			v = v.Attr(name)
		}
		if v.Kind() == value.KindAbsent {
			return "absent"
		}
		return said(v) + " at " + v.Origin().Span.Text()
	}
	got := []string{
		at(training.Props, "EnableNetworkIsolation"), at(training.Props, "VpcConfig", "SecurityGroupIds"), at(training.Props, "RoleArn"),
		at(remote.Props, "ResourceConfig", "InstanceType"), at(remote.Props, "ResourceConfig", "VolumeKmsKeyId"),
		at(remote.Props, "OutputDataConfig", "KmsKeyId"), at(remote.Props, "Environment", "STAGE"), at(remote.Props, "VPCConfig"),
		at(remote.Props, "Dependencies"), remote.Spelling["ResourceConfig.VolumeKmsKeyId"],
		at(trainer.Props, "EnableNetworkIsolation"), trainer.Spelling["VpcConfig.Subnets"],
	}
	want = []string{
		`false at false`, `a list at ["<security group>"]`, "absent",
		`"ml.m5.large" at ml.m5.large`, `"key-v" at key-v`, `"key-s" at key-s`, `"dev" at dev`, `{} at VPCConfig`,
		"absent", "VolumeKmsKeyId", `true at true`, "subnets",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if reason := training.Props.Attr("VpcConfig").Attr("SecurityGroupIds").Elems()[0].Reason(); reason != `"<security group>" is a placeholder` {
		t.Error(reason)
	}
}

func TestNoDefaults(t *testing.T) {
	for name, content := range map[string]string{
		"no version of a schema": "SageMaker:\n  TrainingJob:\n    VpcConfig: {Subnets: []}\n",
		"a schema":               `{"SchemaVersion": {"type": "string"}, "SageMaker": {"TrainingJob": {"VpcConfig": {}}}}`,
		"no sections":            `{"SchemaVersion": "1.0", "SageMaker": {"TrainingJob": null, "Model": {}, "PythonSDK": {"Modules": []}}}`,
		"another tool's":         `{"SchemaVersion": "1.0", "SageMaker": "TrainingJob"}`,
	} {
		if out := load(t, "config.yaml", content); len(out.Resources)+len(out.Findings) > 0 {
			t.Errorf("%s: %v %v", name, spots(out), out.Findings)
		}
	}
	broken := load(t, "config.yaml", defaultsFile+"  Pipeline: [\n")
	if len(broken.Findings) != 1 {
		t.Errorf("broken: %v", broken.Findings)
	}
}
