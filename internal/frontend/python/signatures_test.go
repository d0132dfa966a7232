package python

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A recordedClass is what an SDK says of a class (testdata/record_signatures.py).
type recordedClass struct {
	Kind       string
	Positional string
	Keywords   string
	Methods    map[string]string
}

// unlowered are the classes of SDK 2 that aren't in the tables, with the reason.
var unlowered = map[string]string{
	"sagemaker.jumpstart.types.JumpStartEstimatorDeployKwargs": "the SDK's own bundle of arguments",
	"sagemaker.jumpstart.types.JumpStartEstimatorInitKwargs":   "the SDK's own bundle of arguments",
	"sagemaker.jumpstart.types.JumpStartModelInitKwargs":       "the SDK's own bundle of arguments",
	"sagemaker.remote_function.job._JobSettings":               "the SDK's own bundle of arguments",
	"sagemaker.lambda_helper.Lambda":                           "the VPC is that of an AWS Lambda function",
	"sagemaker.local.local_session.LocalSession":               "what it makes exists on the author's machine",
	"sagemaker.workflow.pipeline_context.LocalPipelineSession": "what it makes exists on the author's machine",
	"sagemaker.model.ModelBase":                                "abstract; scripts don't name it",
	"sagemaker.spark.processing._HistoryServer":                "runs on the author's machine",
	"sagemaker.workflow._utils._RepackModelStep":               "made by steps that register models, never by scripts",
}

// otherVersions are the parameters of members that the recorded version doesn't take any more, or not yet.
var otherVersions = map[string]bool{
	"image_name": true, "image": true, "train_instance_count": true, "train_instance_type": true,
	"train_volume_kms_key": true, "network": true, "instance_preferences": true,
}

// decisive are the parameters that some rule is about.
var decisive = map[string]bool{
	"subnets": true, "security_group_ids": true, "vpc_config": true, "network_config": true,
	"enable_network_isolation": true, "encrypt_inter_container_traffic": true, "instance_count": true,
	"instance_type": true, "instance_groups": true, "volume_kms_key": true, "output_kms_key": true, "role": true,
	"output_path": true, "env": true, "environment": true, "hyperparameters": true,
}

func recordedClasses(t *testing.T, file string) map[string]recordedClass {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var recorded struct{ Classes map[string]recordedClass }
	if err := json.Unmarshal(b, &recorded); err != nil {
		t.Fatal(err)
	}
	if len(recorded.Classes) == 0 {
		t.Fatal("the recording is empty")
	}
	return recorded.Classes
}

// tableOf returns what the tables say of a class.
func tableOf(name string) *signature {
	switch short := last(name); {
	case short == "Session" || short == "PipelineSession":
		return &signature{}
	case carriers[short] != nil:
		return carriers[short]
	case settingClasses[short] != nil:
		return settingClasses[short]
	case short == "Transformer":
		return &signature{} // its placement is its model's
	}
	return signatures().of(strings.Replace(name, "._", ".", 1))
}

// TestSignatures holds the tables of the SDK's classes against what SDK 2 itself says: each class of it that makes a
// workload, or takes a setting of the network, is known, with its parameters in their order.
func TestSignatures(t *testing.T) {
	for name, c := range recordedClasses(t, "testdata/signatures.v2.json") {
		if unlowered[name] != "" {
			continue
		}
		if last(name) == "_SparkProcessorBase" || last(name) == "ClarifyModelMonitor" {
			continue // bases; scripts construct those that derive from them
		}
		sig := tableOf(name)
		if sig == nil {
			t.Errorf("%s (%s) is not in the tables", name, c.Kind)
			continue
		}
		compareOrder(t, name, sig.positional, c.Positional, paramsOf(sig))
		keywords := strings.Fields(c.Keywords)
		for _, param := range keywords {
			ofEndpoint := sig.operation == "CreateModel" && param == "instance_type"
			if decisive[param] && sig.operation != "" && !ofEndpoint && !slices.Contains(paramsOf(sig), param) {
				t.Errorf("%s takes %s, which the table doesn't know", name, param)
			}
		}
		for method, positional := range sig.methods {
			order, there := c.Methods[method]
			if !there && method != "deploy" {
				t.Errorf("%s has no method %s", name, method)
			}
			if last(name) != "JumpStartEstimator" || method != "deploy" { // its vpc_config raises
				compareOrder(t, name+"."+method, positional, order, networkParams)
			}
		}
		for method, order := range c.Methods {
			if sig.methods[method] == "" && mentionsAny(order, networkParams) && method != "get_vpc_config" && c.Kind != "session" &&
				last(name) != "ModelTrainer" && !(last(name) == "JumpStartEstimator" && method == "deploy") {
				t.Errorf("%s.%s takes settings of the network, and isn't in the tables: %s", name, method, order)
			}
		}
	}
}

var networkParams = []string{
	"vpc_config", "vpc_config_override", "model_vpc_config", "network_config", "enable_network_isolation",
	"encrypt_inter_container_traffic", "subnets", "security_group_ids",
}

func paramsOf(sig *signature) []string {
	var out []string
	for _, m := range sig.members {
		out = append(out, m.param)
	}
	return out
}

func mentionsAny(order string, params []string) bool {
	return slices.ContainsFunc(strings.Fields(order), func(p string) bool { return slices.Contains(params, p) })
}

// compareOrder checks that an order of ours is the beginning of the SDK's, and that no parameter that matters comes after.
func compareOrder(t *testing.T, what, ours, theirs string, matter []string) {
	t.Helper()
	mine, want := strings.Fields(ours), strings.Fields(theirs)
	if len(mine) > len(want) {
		t.Errorf("%s: %d positional parameters, and the SDK has %d: %s", what, len(mine), len(want), theirs)
		return
	}
	if diff := cmp.Diff(want[:len(mine)], mine); diff != "" {
		t.Errorf("%s (-SDK +ours):\n%s", what, diff)
		return
	}
	for i, param := range want[len(mine):] {
		if slices.Contains(matter, param) {
			t.Errorf("%s takes %s at position %d, and the table ends before", what, param, len(mine)+i)
		}
	}
}

// TestSignatureMembers holds the parameters of the tables against the SDK: none is made up.
func TestSignatureMembers(t *testing.T) {
	known := map[string]map[string]bool{}
	ofSDK3 := map[string]bool{}
	for name := range recordedClasses(t, "testdata/signatures.v3.json") {
		ofSDK3[last(name)] = true
	}
	for name, c := range recordedClasses(t, "testdata/signatures.v2.json") {
		ofSDK3[last(name)] = false
		sig := tableOf(name)
		if sig == nil || sig.operation == "" {
			continue
		}
		if known[sig.operation] == nil {
			known[sig.operation] = map[string]bool{}
		}
		for _, param := range strings.Fields(c.Keywords) {
			known[sig.operation][param] = true
		}
	}
	for name, sig := range signatures().classes {
		params := known[sig.operation]
		if params == nil || len(strings.Split(name, ".")) > 1 {
			continue
		}
		if ofSDK3[name] || sig.positional == "" {
			continue
		}
		for _, m := range sig.members {
			if !params[m.param] && !otherVersions[m.param] {
				t.Errorf("no class of SDK 2 that leads to %s takes %s (%s)", sig.operation, m.param, name)
			}
		}
	}
}

// TestSessionMethods holds the table of the session's methods against the SDK.
func TestSessionMethods(t *testing.T) {
	session := recordedClasses(t, "testdata/signatures.v2.json")["sagemaker.session.Session"]
	without := map[string]string{
		"get_train_request":          "makes nothing",
		"update_monitoring_schedule": "what it doesn't give is as it was before",
	}
	for method, order := range session.Methods {
		sig := sessionMethods[method]
		if sig == nil {
			if mentionsAny(order, networkParams) && without[method] == "" {
				t.Errorf("Session.%s takes settings of the network, and isn't in the table", method)
			}
			continue
		}
		compareOrder(t, "Session."+method, sig.positional, order, paramsOf(sig))
	}
	for method, sig := range sessionMethods {
		order, there := session.Methods[method]
		if !there {
			t.Errorf("Session has no method %s", method)
		}
		for _, name := range strings.Fields(sig.positional) {
			if mentionsAny(name, networkParams) && !slices.Contains(paramsOf(sig), name) {
				t.Errorf("Session.%s takes %s, which no member holds: %s", method, name, order)
			}
		}
	}
}

// TestSignatureRecordings holds the recordings against the SDK itself: VPCLINT_SDK names a Python that has it.
func TestSignatureRecordings(t *testing.T) {
	python := os.Getenv("VPCLINT_SDK")
	if python == "" {
		t.Skip("VPCLINT_SDK names no Python with the SageMaker SDK")
	}
	out, err := exec.Command(python, filepath.FromSlash("testdata/record_signatures.py"), "--check").CombinedOutput()
	if err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}
