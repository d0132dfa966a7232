package python

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// TestRequests holds what is read from each script of testdata/sdk/boto3 and testdata/sdk/core against the requests that
// botocore validated when it ran (testdata/record_sdk.py). There the author writes the request itself, or its members in
// snake case, so that every member must agree, and each request must be one resource.
func TestRequests(t *testing.T) {
	known, unknown, scripts := 0, 0, 0
	for _, dir := range [...]string{"boto3", "core"} {
		recordings, err := filepath.Glob("testdata/sdk/" + dir + "/*.json")
		if err != nil || len(recordings) == 0 {
			t.Fatal("there are no recordings of", dir, err)
		}
		for _, file := range recordings {
			scripts++
			name := strings.TrimSuffix(filepath.ToSlash(file), ".json")
			t.Run(strings.TrimPrefix(name, "testdata/sdk/"), func(t *testing.T) {
				b, err := os.ReadFile(file)
				if err != nil {
					t.Fatal(err)
				}
				var sent []request
				if err := json.Unmarshal(b, &sent); err != nil {
					t.Fatal(err)
				}
				k, u := compareRequests(t, load(t, scriptTree(t, name)).Resources, sent)
				known, unknown = known+k, unknown+u
			})
		}
	}
	t.Logf("%d scripts, %d members compared, %d of them unknown here", scripts, known+unknown, unknown)
}

// compareRequests compares whole requests. A call that sends several requests is one resource, with a world for each.
func compareRequests(t *testing.T, read []resource.Raw, sent []request) (known, unknown int) {
	t.Helper()
	sent = slices.DeleteFunc(sent, func(r request) bool { return !networked(r.Operation) })
	matched := make([]bool, len(read))
	for _, r := range sent {
		best, found := "nothing", false
		for i, raw := range read {
			if raw.Type != r.Operation || raw.Exists.Known() == tri.False {
				continue
			}
			diff, k, u := compareWhole(raw.Props, r.Request)
			if diff == "" && (!found || u == 0) {
				known, unknown, matched[i], found = known+k, unknown+u, true, true
				if u > 0 {
					t.Logf("%s: %d of %d members unknown", raw.Subject, u, k+u)
				}
				break
			}
			best = diff
		}
		if !found {
			t.Errorf("%s is read as another (-sent +read):\n%s", r.Operation, best)
		}
	}
	for i, raw := range read {
		if !matched[i] {
			t.Errorf("%s is read as %s, and the script makes none like it", raw.Subject, raw.Type)
		}
	}
	return known, unknown
}

// compareWhole compares every member that is sent or read.
func compareWhole(read value.Value, sent map[string]any) (diff string, known, unknown int) {
	names := map[string]bool{}
	for name := range sent {
		names[name] = true
	}
	for _, f := range read.Fields() {
		names[f.Name] = true
	}
	for name := range names {
		d, k, u := compareValue(name, sent[name], read.Attr(name))
		diff, known, unknown = diff+d, known+k, unknown+u
	}
	return diff, known, unknown
}

// TestRequestComparisonNotices checks that the comparison isn't blind.
func TestRequestComparisonNotices(t *testing.T) {
	raw := load(t, tree{"a.py": `import boto3
boto3.client("sagemaker").create_model(ModelName="m", VpcConfig={"Subnets": ["subnet-1"]}, EnableNetworkIsolation=True)
`}).Resources[0]
	for name, sent := range map[string]map[string]any{
		"one member more": {"ModelName": "m", "VpcConfig": map[string]any{"Subnets": []any{"subnet-1"}}, "EnableNetworkIsolation": true, "ExecutionRoleArn": "r"},
		"one less":        {"ModelName": "m", "VpcConfig": map[string]any{"Subnets": []any{"subnet-1"}}},
		"another value":   {"ModelName": "m", "VpcConfig": map[string]any{"Subnets": []any{"subnet-2"}}, "EnableNetworkIsolation": true},
		"none":            {"ModelName": "m", "EnableNetworkIsolation": true},
	} {
		if diff, _, _ := compareWhole(raw.Props, sent); diff == "" {
			t.Errorf("%s: not noticed", name)
		}
	}
	same := map[string]any{"ModelName": "m", "VpcConfig": map[string]any{"Subnets": []any{"subnet-1"}}, "EnableNetworkIsolation": true}
	if diff, known, unknown := compareWhole(raw.Props, same); diff != "" || known != 3 || unknown != 0 {
		t.Error(diff, known, unknown)
	}
}

// notPlaced are the operations whose requests have a member that is named like one of the network and places nothing in one.
var notPlaced = map[string]string{
	"CreateWorkteam": "VpcSourceIp says from where its workers may read",
}

// keyed are the operations that name keys for what workloads keep and write, and place nothing in a network.
var keyed = map[string]bool{"CreateTransformJob": true, "CreateEdgePackagingJob": true, "CreateInferenceExperiment": true}

// newerThanModel are operations that the copy of the service model doesn't have yet.
var newerThanModel = map[string]bool{"CreateJob": true}

// TestOperationsAreComplete holds the operations that are read against SageMaker's own model: all of those that create
// something and have a member of the network, and no others.
func TestOperationsAreComplete(t *testing.T) {
	b, err := os.ReadFile("../../schema/testdata/sagemaker-api.json")
	if err != nil {
		t.Fatal(err)
	}
	var service struct {
		Operations map[string]string
		Shapes     map[string]map[string]string
	}
	if err := json.Unmarshal(b, &service); err != nil {
		t.Fatal(err)
	}
	var network func(shape string, seen map[string]bool) bool
	network = func(shape string, seen map[string]bool) bool {
		if seen[shape] {
			return false
		}
		seen[shape] = true
		for name, form := range service.Shapes[shape] {
			_, inner, _ := strings.Cut(form, "=")
			for _, word := range [...]string{"Vpc", "Subnet", "SecurityGroup", "NetworkIsolation", "InternetAccess"} {
				if strings.Contains(name, word) {
					return true
				}
			}
			if network(inner, seen) {
				return true
			}
		}
		return false
	}
	read := map[string]string{}
	for method, op := range operations {
		read[op.name] = method
		if newerThanModel[op.name] {
			continue
		}
		if _, known := service.Operations[op.name]; !known {
			t.Errorf("SageMaker has no %s", op.name)
		}
		if snake(op.name) != method && strings.ReplaceAll(snake(op.name), "_", "") != strings.ReplaceAll(method, "_", "") {
			t.Errorf("%s is no method for %s", method, op.name)
		}
		if resourceParameters[strings.TrimPrefix(op.name, "Create")] == "" {
			t.Errorf("sagemaker-core's resource for %s isn't read", op.name)
		}
	}
	for op, shape := range service.Operations {
		placed := network(shape, map[string]bool{})
		if !placed && keyed[op] {
			continue
		}
		if placed && read[op] == "" && notPlaced[op] == "" {
			t.Errorf("%s has members of the network and isn't read", op)
		}
		if !placed && read[op] != "" {
			t.Errorf("%s has no member of the network", op)
		}
	}
}
