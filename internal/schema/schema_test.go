package schema_test

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/vpclint/vpclint/internal/model"
	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/schema"
)

// has reports whether the members of a path are there; what is below the last object that is known may be.
func has(o *schema.Object, path string) bool {
	for _, name := range strings.Split(strings.ReplaceAll(path, "[]", ""), ".") {
		if o == nil {
			return true
		}
		if !o.Has(name) {
			return false
		}
		o = o.Member(name)
	}
	return true
}

// A name that the model reads is never taken for a slip.
func TestModel(t *testing.T) {
	for dialect, table := range map[resource.Dialect]*schema.Table{
		resource.CloudFormation: schema.CloudFormation(), resource.API: schema.API(),
	} {
		known := 0
		for _, typ := range model.Types(dialect) {
			o := table.Object(typ)
			switch {
			case o == nil && strings.HasPrefix(typ, "AWS::") && !strings.HasPrefix(typ, "AWS::Serverless::"):
				t.Errorf("the table has no %s", typ)
			case o == nil:
				continue
			}
			known++
			for _, path := range model.Paths(dialect, typ) {
				if !has(o, path) {
					t.Errorf("%s: the table of %s has no %s", dialect, typ, path)
				}
			}
		}
		if known < 40 {
			t.Errorf("%s: the table has %d of the types that are read", dialect, known)
		}
	}
}

func TestObject(t *testing.T) {
	table := schema.CloudFormation()
	for _, name := range []string{"AWS::SageMaker::Mod", "AWS::SageMaker::Models", "SageMaker::Model", "", "\n", "Custom::Thing"} {
		if table.Object(name) != nil {
			t.Errorf("%q is a type", name)
		}
	}
	for _, name := range []string{"AWS::EC2::EgressOnlyInternetGateway", "AWS::StepFunctions::StateMachineVersion", "AWS::S3::Bucket"} {
		if table.Object(name) == nil {
			t.Errorf("%q is no type", name)
		}
	}
	model := table.Object("AWS::SageMaker::Model")
	if o := model.Member("Containers").Member("ModelDataSource").Member("S3DataSource"); !o.Has("S3Uri") || o.Has("Subnets") {
		t.Error("the members of Containers[].ModelDataSource.S3DataSource are others")
	}
	if !table.Object("AWS::SageMaker::InferenceComponent").Has("Specifications") { // beside Specification
		t.Error("what is newer than the schema is not known")
	}
	if model.Member("ModelName") != nil || model.Member("VPCConfig") != nil || model.Member("PrimaryContainer").Member("Environment") != nil {
		t.Error("what is text, no member, or a map has members")
	}
}

func TestNearest(t *testing.T) {
	tests := []struct{ typ, in, name, taken, want string }{
		{"AWS::SageMaker::Model", "", "VPCConfig", "", "VpcConfig"},
		{"AWS::SageMaker::Model", "", "vpcconfig", "", "VpcConfig"},
		{"AWS::SageMaker::Model", "", "VpcConfigs", "", "VpcConfig"},
		{"AWS::SageMaker::Model", "", "VcpConfgi", "", "VpcConfig"}, // neighbours exchanged, twice
		{"AWS::SageMaker::Model", "", "VpcConfigxyz", "", ""},       // three edits
		{"AWS::SageMaker::Model", "", "VpcConfiguration", "", ""},   // too many
		{"AWS::SageMaker::Model", "", "Tag", "", "Tags"},            // one edit in three letters
		{"AWS::SageMaker::Model", "", "Tarts", "", ""},              // two in four
		{"AWS::SageMaker::Model", "", "Kosten", "", ""},             // near none
		{"AWS::SageMaker::Model", "", "", "", ""},                   // none at all
		{"AWS::SageMaker::Model", "", "ModelÑame", "", "ModelName"}, // a letter of two bytes
		{"AWS::SageMaker::Model", "VpcConfig", "Subnet", "", "Subnets"},
		{"AWS::EC2::SecurityGroup", "SecurityGroupIngress", "CidrIP", "", "CidrIp"},
		{"AWS::EC2::SecurityGroup", "SecurityGroupIngress", "CidrIPv6", "", "CidrIpv6"},
		{"AWS::EC2::SecurityGroup", "SecurityGroupIngress", "CidrIpv", "", "CidrIp"},
		{"AWS::EC2::SecurityGroup", "SecurityGroupIngress", "CidrIpv", "CidrIp", "CidrIpv6"},
		{"AWS::EC2::Subnet", "", "Ipv5CidrBlock", "Ipv6CidrBlock", "Ipv6CidrBlock"},
		{"AWS::EC2::VPCEndpoint", "", "SubnetID", "", "SubnetIds"},
	}
	for _, test := range tests {
		o := schema.CloudFormation().Object(test.typ)
		if test.in != "" {
			o = o.Member(test.in)
		}
		if o.Has(test.name) {
			t.Errorf("%s %s has %s", test.typ, test.in, test.name)
		}
		if got := o.Nearest(test.name, func(n string) bool { return n == test.taken }); got != test.want {
			t.Errorf("%s %s: %s is nearest to %q, want %q", test.typ, test.in, test.name, got, test.want)
		}
	}
}

// What each kind of SageMaker's takes is in the table, with the members that bear on networks.
func TestSurface(t *testing.T) {
	b, err := os.ReadFile("../model/testdata/surface.json")
	if err != nil {
		t.Fatal(err)
	}
	var surface struct {
		Kinds []struct {
			API     string
			Members []struct{ API string }
		}
	}
	if err := json.Unmarshal(b, &surface); err != nil {
		t.Fatal(err)
	}
	table := schema.API()
	for _, k := range surface.Kinds {
		o := table.Object(k.API)
		if o == nil {
			t.Errorf("%s is not in the table", k.API)
		}
		for _, m := range k.Members {
			if m.API != "" && o != nil && !has(o, m.API) {
				t.Errorf("%s has no %s", k.API, m.API)
			}
		}
	}
	o := table.Object("CreateHyperParameterTuningJob").Member("TrainingJobDefinitions").Member("VpcConfig")
	if !o.Has("Subnets") || o.Has("subnets") {
		t.Error("the members of TrainingJobDefinitions[].VpcConfig are others")
	}
	if table.Object("CreateTrainingJob").Member("HyperParameters") != nil {
		t.Error("HyperParameters has members, and they are the author's to name")
	}
}

// A member is found by its name in the CDK's notation for Python.
func TestFolded(t *testing.T) {
	o := schema.CloudFormation().Object("AWS::SageMaker::NotebookInstance")
	for name, want := range map[string]string{
		"subnet_id": "SubnetId", "directInternetAccess": "DirectInternetAccess", "volume_size_in_gb": "VolumeSizeInGB",
		"RootAccess": "RootAccess", "subnet": "",
	} {
		if got := o.Folded(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
}
