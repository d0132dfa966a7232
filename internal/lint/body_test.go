package lint_test

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"
)

// One state machine, wherever its definition is written and whatever fills it in, is one dump.
func TestDefinitionsInAllSpellings(t *testing.T) {
	const definition = `{
  "StartAt": "Train",
  "States": {
    "Train": {
      "Type": "Task",
      "Resource": "arn:aws:states:::sagemaker:createTrainingJob.sync",
      "Parameters": {
        "TrainingJobName": "churn",
        "RoleArn": "arn:aws:iam::123456789012:role/sagemaker",
        "AlgorithmSpecification": {"TrainingImage": "image", "TrainingInputMode": "File"},
        "OutputDataConfig": {"S3OutputPath": "s3://bucket/models"},
        "ResourceConfig": {"InstanceCount": 2, "InstanceType": "ml.m5.xlarge", "VolumeSizeInGB": 30},
        "VpcConfig": {"Subnets": ["subnet-0aa11bb22cc33dd44"], "SecurityGroupIds": ["sg-0aa11bb22cc33dd44"]}
      },
      "End": true
    }
  }
}`
	open := func(text, subnet, count string) string {
		return strings.Replace(strings.Replace(text, "subnet-0aa11bb22cc33dd44", subnet, 1), `"InstanceCount": 2`, `"InstanceCount": `+count, 1)
	}
	quoted, err := json.Marshal(definition)
	if err != nil {
		t.Fatal(err)
	}
	indented := func(text string, by int) string {
		return strings.ReplaceAll("\n"+text, "\n", "\n"+strings.Repeat(" ", by))[1:]
	}
	hcl := regexp.MustCompile(`"(\w+)":`).ReplaceAllString(definition, "$1 =")
	const machine = "resource \"aws_sfn_state_machine\" \"m\" {\n  definition = "
	const variables = "variable \"subnet\" { default = \"subnet-0aa11bb22cc33dd44\" }\nvariable \"number\" { default = 2 }\n"
	const vars = "{ subnet = var.subnet, number = var.number }"
	const template = "Resources:\n  M:\n    Type: AWS::StepFunctions::StateMachine\n    Properties:\n"
	substituted := open(definition, "${Subnet}", "${Number}")
	var want string
	for _, row := range []struct{ name, files string }{
		{"a file", "-- m.asl.json --\n" + definition},
		{"YAML", "-- m.asl.yaml --\nStartAt: Train\nStates:\n" + indented(definition[strings.Index(definition, `"States": `)+len(`"States": `):len(definition)-2], 2)},
		{"jsonencode", "-- main.tf --\n" + machine + "jsonencode(" + hcl + ")\n}\n"},
		{"heredoc", "-- main.tf --\n" + variables + machine + "<<-EOF\n" + indented(open(definition, "${var.subnet}", "${var.number}"), 4) + "\n  EOF\n}\n"},
		{"templatefile", "-- main.tf --\n" + variables + machine + "templatefile(\"m.json.tftpl\", " + vars + ")\n}\n-- m.json.tftpl --\n" + open(definition, "${subnet}", "${number}") + "\n"},
		{"template_file", "-- main.tf --\n" + variables + machine + "data.template_file.m.rendered\n}\ndata \"template_file\" \"m\" {\n  template = file(\"m.tpl\")\n  vars = " + vars + "\n}\n-- m.tpl --\n" + open(definition, "${subnet}", "${number}")},
		{"yamldecode", "-- main.tf --\n" + variables + machine + "jsonencode(yamldecode(templatefile(\"m.yaml\", " + vars + ")))\n}\n-- m.yaml --\n" + open(definition, "${subnet}", "${number}")},
		{"Definition", "-- t.yaml --\n" + template + "      Definition:\n" + indented(definition, 8)},
		{"DefinitionString", "-- t.json --\n" + `{"Resources": {"M": {"Type": "AWS::StepFunctions::StateMachine", "Properties": {"DefinitionString": ` + string(quoted) + `}}}}`},
		{"Fn::Sub", "-- t.yaml --\n" + template + "      DefinitionString:\n        Fn::Sub:\n        - |\n" + indented(substituted, 10) + "\n        - {Subnet: subnet-0aa11bb22cc33dd44, Number: 2}\n"},
		{"Terraform's JSON", "-- main.tf.json --\n" + `{"resource": {"aws_sfn_state_machine": {"m": {"definition": ` + string(quoted) + `}}}}`},
		{"awscc", "-- main.tf --\nresource \"awscc_stepfunctions_state_machine\" \"m\" {\n  definition_string = <<EOF\n" + definition + "\nEOF\n}\n"},
		{"a nested module", "-- main.tf --\nmodule \"a\" {\n  source = \"./a\"\n}\n-- a/main.tf --\nmodule \"b\" {\n  source = \"../b\"\n  subnet = \"subnet-0aa11bb22cc33dd44\"\n}\n-- b/main.tf --\nvariable \"subnet\" {}\n" +
			machine + "<<EOF\n" + open(definition, "${var.subnet}", "2") + "\nEOF\n}\n"},
		{"a plan", "-- plan.json --\n" + `{"format_version": "1.2", "terraform_version": "1.11.4", "planned_values": {"root_module": {"resources": [{"address": "aws_sfn_state_machine.m", "mode": "managed", "type": "aws_sfn_state_machine", "name": "m", "provider_name": "registry.terraform.io/hashicorp/aws", "schema_version": 0, "values": {"definition": ` +
			string(quoted) + `}, "sensitive_values": {}}]}}, "resource_changes": [], "configuration": {"root_module": {}}}`},
		{"Fn::Join", "-- t.json --\n" + `{"Parameters": {"S": {"Type": "String", "Default": "subnet-0aa11bb22cc33dd44", "AllowedValues": ["subnet-0aa11bb22cc33dd44"]}}, "Resources": {"M": {"Type": "AWS::StepFunctions::StateMachine", "Properties": {"DefinitionString": {"Fn::Join": ["", [` +
			strings.Replace(string(quoted), "subnet-0aa11bb22cc33dd44", `", {"Ref": "S"}, "`, 1) + `]]}}}}}`},
		{"boto3's text", "-- a.py --\nimport boto3\nboto3.client(\"stepfunctions\").create_state_machine(name=\"sagemaker\", definition=\"\"\"" + definition + "\"\"\")\n"},
		{"json.dumps", "-- a.py --\nimport boto3, json\nmachine = " + strings.ReplaceAll(definition, "true", "True") +
			"\nboto3.client(\"stepfunctions\").create_state_machine(name=\"sagemaker\", definition=json.dumps(machine))\n"},
		{"DefinitionUri", "-- t.yaml --\nTransform: AWS::Serverless-2016-10-31\n" + strings.Replace(template, "AWS::StepFunctions", "AWS::Serverless", 1) +
			"      DefinitionUri: m.asl.json\n      DefinitionSubstitutions: {Subnet: subnet-0aa11bb22cc33dd44, Number: 2}\n-- m.asl.json --\n" + substituted},
	} {
		t.Run(row.name, func(t *testing.T) {
			got := trainingJob(dump(t, txtar.Parse([]byte(row.files)).Files))
			if want == "" {
				want = got
			}
			if diff := cmp.Diff(want, got); diff != "" || !strings.Contains(got, "subnet-0aa11bb22cc33dd44") {
				t.Errorf("another dump (-want +got):\n%s", diff)
			}
		})
	}
}

// A request that a script reads from a file and sends is one workload, whichever of the two is named.
func TestRequestOfScript(t *testing.T) {
	got := dump(t, txtar.Parse([]byte(`-- train.py --
import json
import boto3

with open("train.json") as f:
    request = json.load(f)
boto3.client("sagemaker").create_training_job(**request)
-- other.py --
import json
import boto3

with open("both.json") as f:
    requests = json.load(f)
boto3.client("sagemaker").create_training_job(**requests["a"])
-- both.json --
{"a": {"TrainingJobName": "a", "RoleArn": "r", "AlgorithmSpecification": {"TrainingInputMode": "File"}, "OutputDataConfig": {"S3OutputPath": "s3://a/b"}, "ResourceConfig": {}},
 "b": {"TrainingJobName": "b", "RoleArn": "r", "AlgorithmSpecification": {"TrainingInputMode": "File"}, "OutputDataConfig": {"S3OutputPath": "s3://a/b"}, "ResourceConfig": {}}}
-- train.json --
{"TrainingJobName": "c", "RoleArn": "r", "AlgorithmSpecification": {"TrainingInputMode": "File"}, "OutputDataConfig": {"S3OutputPath": "s3://a/b"}, "ResourceConfig": {}}
`)).Files)
	var jobs []string
	for line := range strings.Lines(got) {
		if strings.HasPrefix(line, "TrainingJob ") {
			jobs = append(jobs, strings.TrimSpace(line))
		}
	}
	want := []string{"TrainingJob a", "TrainingJob b", "TrainingJob create_training_job", "TrainingJob create_training_job"}
	if diff := cmp.Diff(want, jobs); diff != "" {
		t.Error(diff)
	}
}

// trainingJob returns the paragraphs of a dump about training jobs, without their places and subjects.
func trainingJob(dump string) string {
	var out []string
	within := false
	for line := range strings.Lines(dump) {
		if !strings.HasPrefix(line, " ") {
			within = strings.HasPrefix(line, "TrainingJob ")
			line, _, _ = strings.Cut(line, "  #")
		}
		if within {
			out = append(out, strings.TrimSpace(line))
		}
	}
	return strings.Join(out, "\n")
}
