package model

import (
	"encoding/json"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/vpclint/vpclint/internal/resource"
)

func load(t *testing.T, name string, into any) {
	t.Helper()
	b, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b, into); err != nil {
		t.Fatal(err)
	}
}

// plainPath drops the marks of lists, which schemas set differently for blocks of at most one.
func plainPath(path string) string { return strings.ReplaceAll(path, "[]", "") }

func has(paths map[string]string, path string) bool {
	path = plainPath(path)
	up, name := parent(path), path[strings.LastIndexByte(path, '.')+1:]
	for p, typ := range paths {
		p = plainPath(p)
		// Terraform writes some lists of objects as attributes: set(object({cidr_block:string,...})).
		if p == path || strings.HasPrefix(p, path+".") || p == up && regexp.MustCompile(`[(,]`+name+`:`).MatchString(typ) {
			return true
		}
	}
	return false
}

// Every member that the model reads from a template stands in CloudFormation's own schemas.
func TestCloudFormationSchema(t *testing.T) {
	var schema struct{ Types map[string]map[string]string }
	load(t, "cfn-schema.json", &schema)
	for _, name := range Types(resource.CloudFormation) {
		paths, ok := schema.Types[name]
		if !ok {
			t.Errorf("%s is no CloudFormation type", name)
		}
		for _, path := range Paths(resource.CloudFormation, name) {
			if !has(paths, path) {
				t.Errorf("%s has no property %s", name, path)
			}
		}
	}
}

// Every member that the model reads from Terraform stands in the aws provider's schema or, for resource types that are
// newer than it, in its documentation.
func TestTerraformSchema(t *testing.T) {
	var schema struct{ Resources map[string]map[string]string }
	load(t, "terraform-schema.json", &schema)
	var surface struct{ Terraform map[string][]string }
	load(t, "surface.json", &surface)
	for _, name := range Types(resource.Terraform) {
		paths := map[string]string{}
		for p, typ := range schema.Resources[name] {
			paths[p] = typ
		}
		for _, p := range surface.Terraform[name] {
			paths[p] = ""
		}
		if len(paths) == 0 {
			t.Errorf("%s is no resource type of the aws provider", name)
		}
		for _, path := range Paths(resource.Terraform, name) {
			if !has(paths, path) {
				t.Errorf("%s has no argument %s", name, path)
			}
		}
	}
}

// Every member that the model reads from a request of SageMaker's is one of the API's.
func TestAPISchema(t *testing.T) {
	var surface struct{ Operations map[string][]string }
	load(t, "surface.json", &surface)
	ec2 := regexp.MustCompile(`^(Create(Vpc|Subnet|Route|InternetGateway|NatGateway|EgressOnly)|AssociateRouteTable)`)
	for _, name := range Types(resource.API) {
		if ec2.MatchString(name) {
			continue
		}
		members, ok := surface.Operations[name]
		if !ok {
			t.Errorf("%s is no operation of SageMaker's", name)
		}
		paths := map[string]string{}
		for _, p := range members {
			paths[p] = ""
			for p = parent(p); p != ""; p = parent(p) {
				paths[p] = ""
			}
		}
		for _, path := range Paths(resource.API, name) {
			// The list of members is about networks; a resource's own name is beside it.
			if !has(paths, path) && !strings.HasSuffix(name, strings.TrimSuffix(path, "Name")) {
				t.Errorf("%s has no member %s", name, path)
			}
		}
	}
}

func TestSnake(t *testing.T) {
	for in, want := range map[string]string{
		"VpcConfig.SecurityGroupIds":     "vpc_config.security_group_ids",
		"DirectInternetAccess":           "direct_internet_access",
		"DestinationIpv6CidrBlock":       "destination_ipv6_cidr_block",
		"RouteTableId":                   "route_table_id",
		"AutoMLJobConfig.SecurityConfig": "auto_ml_job_config.security_config",
	} {
		if got := Snake(in); got != want {
			t.Errorf("%s: got %s, want %s", in, got, want)
		}
	}
	if got := awscc("AWS::EC2::RouteTable"); got != "awscc_ec2_route_table" {
		t.Errorf("got %s", got)
	}
}
