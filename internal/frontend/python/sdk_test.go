package python

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// compared are the members on which what is read from a script must agree with what the SDK sends for it.
var compared = []string{
	"VpcConfig", "EnableNetworkIsolation", "EnableInterContainerTrafficEncryption",
	"ResourceConfig.InstanceCount", "ResourceConfig.InstanceType", "ResourceConfig.InstanceGroups",
	"ResourceConfig.VolumeKmsKeyId", "OutputDataConfig.KmsKeyId", "OutputDataConfig.S3OutputPath",
	"NetworkConfig.VpcConfig", "NetworkConfig.EnableNetworkIsolation", "NetworkConfig.EnableInterContainerTrafficEncryption",
	"ProcessingResources.ClusterConfig.InstanceCount", "ProcessingResources.ClusterConfig.InstanceType",
	"ProcessingResources.ClusterConfig.VolumeKmsKeyId",
	"JobResources.ClusterConfig.InstanceCount", "JobResources.ClusterConfig.InstanceType",
	"AutoMLJobConfig.SecurityConfig", "SecurityConfig", "RoleArn", "ExecutionRoleArn",
}

// TestSDK holds what is read from each script of testdata/sdk against the request that the SDK made when it ran
// (testdata/record_sdk.py).
func TestSDK(t *testing.T) {
	b, err := os.ReadFile("testdata/sdk.json")
	if err != nil {
		t.Fatal(err)
	}
	var recorded map[string][]struct {
		Operation string
		Request   map[string]any
	}
	if err := json.Unmarshal(b, &recorded); err != nil {
		t.Fatal(err)
	}
	for name, requests := range recorded {
		t.Run(strings.TrimSuffix(name, ".py"), func(t *testing.T) {
			script, err := os.ReadFile("testdata/sdk/" + name)
			if err != nil {
				t.Fatal(err)
			}
			out := load(t, tree{name: string(script)})
			// Of several workloads, such as a model within a pipeline model, the last is the one that is run.
			if len(out.Resources) == 0 {
				t.Fatal("nothing is read from it")
			}
			raw, want := out.Resources[len(out.Resources)-1], requests[0]
			if raw.Type != want.Operation {
				t.Errorf("read as %s, the SDK made %s", raw.Type, want.Operation)
			}
			if raw.Exists.Known() != tri.True {
				t.Errorf("it exists: %v", raw.Exists.Known())
			}
			for _, path := range compared {
				var sent any = want.Request
				read := raw.Props
				for _, member := range strings.Split(path, ".") {
					m, _ := sent.(map[string]any)
					sent, read = m[member], read.Attr(member)
				}
				if diff := cmp.Diff(normal(sent), normal(concrete(t, read))); diff != "" {
					t.Errorf("%s (-sent +read):\n%s", path, diff)
				}
			}
		})
	}
}

// concrete returns a value that is wholly known in JSON's terms.
func concrete(t *testing.T, v value.Value) any {
	switch v.Kind() {
	case value.KindAbsent:
		return nil
	case value.KindScalar:
		s, _ := v.Scalar()
		if n, ok := s.(value.Number); ok {
			i, _ := n.Int()
			return float64(i)
		}
		return s
	case value.KindList:
		out := []any{}
		for _, e := range v.Elems() {
			out = append(out, concrete(t, e))
		}
		return out
	case value.KindObject:
		out := map[string]any{}
		for _, f := range v.Fields() {
			out[f.Name] = concrete(t, f.Value)
		}
		return out
	}
	if v.Kind() == value.KindChoice {
		// The path on which nothing fails comes first.
		return concrete(t, v.Arms()[0].Value)
	}
	t.Errorf("it isn't known: %s", said(v))
	return nil
}

// normal drops what means the same as leaving it out: false, null and an object of nothing else.
func normal(v any) any {
	m, ok := v.(map[string]any)
	if !ok {
		if v == false {
			return nil
		}
		return v
	}
	out := map[string]any{}
	for k, e := range m {
		if n := normal(e); n != nil {
			out[k] = n
		}
	}
	if len(out) == 0 {
		return nil
	}
	return out
}
