package rules_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/vpclint/vpclint/internal/lint"
	"github.com/vpclint/vpclint/rules"
)

const inDescribedSubnets = `{
  "TrainingJobName": "churn", "RoleArn": "arn:aws:iam::123456789012:role/sagemaker",
  "VpcConfig": {
    "Subnets": ["subnet-0aa11bb22cc33dd41", "subnet-0aa11bb22cc33dd42"],
    "SecurityGroupIds": ["sg-0aa11bb22cc33dd41", "sg-0aa11bb22cc33dd42"]
  }
}`

const describedSubnets = `{"Subnets": [
  {"SubnetId": "subnet-0aa11bb22cc33dd41", "VpcId": "vpc-0aa11bb22cc33dd44", "CidrBlock": "10.0.0.0/24", "MapPublicIpOnLaunch": true},
  {"SubnetId": "subnet-0aa11bb22cc33dd42", "VpcId": "vpc-0aa11bb22cc33dd44", "CidrBlock": "10.0.1.0/24", "MapPublicIpOnLaunch": true}
]}`

const describedGroups = `{"SecurityGroups": [
  {"GroupId": "sg-0aa11bb22cc33dd41", "GroupName": "a", "VpcId": "vpc-0aa11bb22cc33dd44", "IpPermissionsEgress": [],
   "IpPermissions": [{"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}]},
  {"GroupId": "sg-0aa11bb22cc33dd42", "GroupName": "b", "VpcId": "vpc-0aa11bb22cc33dd44", "IpPermissionsEgress": [],
   "IpPermissions": [{"IpProtocol": "tcp", "FromPort": 80, "ToPort": 80, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}]}
]}`

// What is told of several things that one workload uses is one finding about it, with the others related.
func TestToldOfSeveral(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{"job.json": inDescribedSubnets, "subnets.json": describedSubnets, "groups.json": describedGroups} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, rule := range []*rules.Rule{rules.SubnetAutoPublicIP, rules.OpenIngress} {
		r, err := lint.Run(context.Background(), lint.Config{
			WorkDir: dir, Paths: []string{"job.json"}, Rules: []*rules.Rule{rule},
			Configured: lint.Configured{Network: []lint.Pattern{{Glob: "subnets.json", Dir: dir}, {Glob: "groups.json", Dir: dir}}},
		})
		if err != nil {
			t.Fatal(err)
		}
		if len(r.Findings) != 1 || len(r.Findings[0].Related) != 1 {
			t.Errorf("%s: %+v", rule.ID, r.Findings)
		}
	}
}
