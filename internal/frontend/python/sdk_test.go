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

	"github.com/vpclint/vpclint/internal/resource"
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
	"ProcessingResources.ClusterConfig.VolumeKmsKeyId", "ProcessingOutputConfig.KmsKeyId",
	"JobResources.ClusterConfig.InstanceCount", "JobResources.ClusterConfig.InstanceType",
	"JobResources.ClusterConfig.VolumeKmsKeyId", "DataQualityJobOutputConfig.KmsKeyId", "ModelQualityJobOutputConfig.KmsKeyId",
	"ModelBiasJobOutputConfig.KmsKeyId", "ModelExplainabilityJobOutputConfig.KmsKeyId", "OutputConfig.KmsKeyId",
	"AutoMLJobConfig.SecurityConfig", "SecurityConfig", "RoleArn", "ExecutionRoleArn",
	"AlgorithmSpecification.TrainingImage", "ResourceConfig.InstancePreferences", "ServerlessJobConfig.JobType",
	"ProcessingResources.ClusterConfig.InstancePreferences", "PrimaryContainer.ImageConfig",
	"TransformResources.InstanceCount", "TransformResources.InstanceType", "TransformResources.VolumeKmsKeyId",
	"TransformOutput.KmsKeyId", "TransformOutput.S3OutputPath", "KmsKeyId", "DataCaptureConfig.KmsKeyId",
	"DataCaptureConfig.EnableCapture", "AsyncInferenceConfig.OutputConfig.KmsKeyId", "AsyncInferenceConfig.OutputConfig.S3OutputPath", "ProductionVariants.InstanceType",
	"ProductionVariants.InitialInstanceCount",
}

// keyless are scripts of which an endpoint configuration or transform job isn't read, with the reason.
var keyless = map[string]string{
	"v2/airflow_override": "an export of an estimator, which is what is judged",
	"v2/automl_deploy":    "deploy of AutoML takes no key of the endpoint's",
	"v2/automl_plain":     "deploy of AutoML takes no key of the endpoint's",
	"v2/model_builder":    "deploy of a model builder takes no key",
	"v2/session_models":   "endpoint_from_job and its like take no key",
}

// A request is one that the SDK made.
type request struct {
	Operation string
	Request   map[string]any
}

// networked are the operations whose requests have members of the network: the constructors that lead to them are what is
// compared. Others, such as CreateTransformJob, take their placement from a model.
func networked(operation string) bool {
	for _, op := range operations {
		if op.name == operation {
			return true
		}
	}
	return false
}

// stepOperations are the requests whose arguments the steps of a pipeline hold, by the type of the step.
var stepOperations = map[string]string{
	"Training": "CreateTrainingJob", "Transform": "CreateTransformJob", "Processing": "CreateProcessingJob", "Model": "CreateModel",
	"Tuning": "CreateHyperParameterTuningJob", "AutoML": "CreateAutoMLJobV2",
	"QualityCheck": "CreateProcessingJob", "ClarifyCheck": "CreateProcessingJob",
}

// workloads returns what a request starts: the steps of a pipeline, the training jobs of a tuning job, or else itself.
func workloads(t *testing.T, r request) []request {
	t.Helper()
	switch r.Operation {
	case "CreatePipeline":
		text, _ := r.Request["PipelineDefinition"].(string)
		var definition struct{ Steps []map[string]any }
		if err := json.Unmarshal([]byte(text), &definition); err != nil {
			t.Fatal(err)
		}
		return stepsOf(t, definition.Steps)
	case "CreateHyperParameterTuningJob":
		var out []request
		one, _ := r.Request["TrainingJobDefinition"].(map[string]any)
		all, _ := r.Request["TrainingJobDefinitions"].([]any)
		for _, def := range append(all, one) {
			if m, ok := def.(map[string]any); ok && m != nil {
				if resources := m["HyperParameterTuningResourceConfig"]; resources != nil {
					m["ResourceConfig"] = resources // the same, under another name
				}
				out = append(out, request{"CreateTrainingJob", m})
			}
		}
		return out
	case "CreateMonitoringSchedule":
		config, _ := r.Request["MonitoringScheduleConfig"].(map[string]any)
		inline, _ := config["MonitoringJobDefinition"].(map[string]any)
		if inline == nil {
			return nil // its job definition is recorded as a request of its own
		}
		return []request{{"CreateProcessingJob", map[string]any{
			"NetworkConfig": inline["NetworkConfig"], "RoleArn": inline["RoleArn"],
			"ProcessingResources": inline["MonitoringResources"], "ProcessingOutputConfig": inline["MonitoringOutputConfig"],
		}}}
	}
	return []request{r}
}

// simple returns what is read in the terms that workloads uses: a tuning job as its training job, the definition of a
// monitoring job as the processing job that it is.
func simple(raw resource.Raw) resource.Raw {
	switch raw.Type {
	case "CreateHyperParameterTuningJob":
		raw.Type, raw.Props = "CreateTrainingJob", raw.Props.Attr("TrainingJobDefinition")
	case "CreateMonitoringSchedule":
		inline := raw.Props.Attr("MonitoringScheduleConfig").Attr("MonitoringJobDefinition")
		raw.Type, raw.Props = "CreateProcessingJob", processingJob(inline, "MonitoringResources", "MonitoringOutputConfig")
	}
	return raw
}

// processingJob returns the definition of a monitoring job in the terms of processing jobs.
func processingJob(v value.Value, resources, output string) value.Value {
	return value.OfObject([]value.Field{
		{Name: "NetworkConfig", Value: v.Attr("NetworkConfig")},
		{Name: "RoleArn", Value: v.Attr("RoleArn")},
		{Name: "ProcessingResources", Value: v.Attr(resources)},
		{Name: "ProcessingOutputConfig", Value: v.Attr(output)},
	}, false)
}

func stepsOf(t *testing.T, steps []map[string]any) []request {
	t.Helper()
	var out []request
	for _, step := range steps {
		arguments, _ := step["Arguments"].(map[string]any)
		if name, _ := step["Name"].(string); strings.Contains(name, "-RepackModel") {
			continue // the SDK packs a model anew, in the network of the model or the estimator that it is of
		}
		kind, _ := step["Type"].(string)
		if op := stepOperations[kind]; op != "" {
			out = append(out, workloads(t, request{op, arguments})...)
		}
		for _, branch := range [...]string{"IfSteps", "ElseSteps"} {
			list, _ := arguments[branch].([]any)
			for _, e := range list {
				if inner, ok := e.(map[string]any); ok {
					out = append(out, stepsOf(t, []map[string]any{inner})...)
				}
			}
		}
	}
	return out
}

// TestSDK holds what is read from each script of testdata/sdk against the requests that the SDK made when it ran
// (testdata/record_sdk.py). Each request must be read as a workload that agrees with it, and each workload must be one that
// the SDK made. A model that is made of an estimator is no workload of its own; it must stand where the estimator does.
func TestSDK(t *testing.T) {
	recordings, err := filepath.Glob("testdata/sdk/v*/*.json")
	if err != nil || len(recordings) == 0 {
		t.Fatal("there are no recordings", err)
	}
	known, unknown := 0, 0
	for _, file := range recordings {
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
			files := scriptTree(t, name)
			read := load(t, files).Resources
			if script := files[filepath.Base(name)+".py"]; !strings.Contains(script, ".transform(") && !strings.Contains(script, "TransformStep(") {
				// A transformer that isn't run makes no job yet.
				read = slices.DeleteFunc(read, func(raw resource.Raw) bool { return raw.Type == "CreateTransformJob" })
			}
			if reason := keyless[strings.TrimPrefix(name, "testdata/sdk/")]; reason != "" {
				sent = slices.DeleteFunc(sent, func(r request) bool {
					return r.Operation == "CreateEndpointConfig" || r.Operation == "CreateTransformJob"
				})
			}
			k, u := compareScript(t, read, sent)
			known, unknown = known+k, unknown+u
		})
	}
	t.Logf("%d scripts, %d members compared, %d of them unknown here", len(recordings), known+unknown, unknown)
}

// scriptTree returns a script of testdata/sdk and the files beside it.
func scriptTree(t *testing.T, name string) tree {
	t.Helper()
	script, err := os.ReadFile(name + ".py")
	if err != nil {
		t.Fatal(err)
	}
	files := tree{filepath.Base(name) + ".py": string(script)}
	beside := name + ".files"
	err = filepath.WalkDir(beside, func(p string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return nil // few scripts have files beside them
		}
		b, err := os.ReadFile(p)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(beside, p)
		files[filepath.ToSlash(rel)] = string(b)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// compareScript compares one script, and returns how many members are known and unknown here.
func compareScript(t *testing.T, read []resource.Raw, sent []request) (known, unknown int) {
	t.Helper()
	var wanted []request
	for _, r := range sent {
		for _, w := range workloads(t, r) {
			if networked(w.Operation) {
				wanted = append(wanted, w)
			}
		}
	}
	var there []resource.Raw
	for _, raw := range read {
		if raw.Exists.Known() != tri.False && networked(raw.Type) {
			there = append(there, simple(raw))
		}
	}
	for _, w := range wanted {
		best := ""
		for i, raw := range there {
			if raw.Type != w.Operation {
				continue
			}
			diff, k, u := compareMembers(raw, w.Request, compared)
			if diff == "" {
				known, unknown, best = known+k, unknown+u, ""
				break
			}
			if best == "" || i == 0 {
				best = diff
			}
		}
		switch {
		case best != "":
			t.Errorf("%s is read as another (-sent +read):\n%s", w.Operation, best)
		case !slices.ContainsFunc(there, func(raw resource.Raw) bool { return raw.Type == w.Operation }) &&
			!slices.ContainsFunc(there, func(raw resource.Raw) bool { return standsWhere(raw, w) }):
			t.Errorf("the SDK made %s, which isn't read", w.Operation)
		}
	}
	for _, raw := range there {
		made := slices.ContainsFunc(wanted, func(w request) bool {
			if w.Operation != raw.Type {
				return false
			}
			diff, _, _ := compareMembers(raw, w.Request, compared)
			return diff == ""
		})
		if !made {
			t.Errorf("%s is read as %s, and the SDK made none like it", raw.Subject, raw.Type)
		}
	}
	return known, unknown
}

// standsWhere reports whether a model or an endpoint configuration stands where the workload does that it is made of, or a
// processing job for a baseline where the monitor does whose schedule is read.
func standsWhere(raw resource.Raw, w request) bool {
	if kind, isDefinition := strings.CutSuffix(strings.TrimPrefix(raw.Type, "Create"), "JobDefinition"); isDefinition &&
		w.Operation == "CreateProcessingJob" {
		raw.Props = processingJob(raw.Props, "JobResources", kind+"JobOutputConfig")
		diff, _, _ := compareMembers(raw, w.Request, compared)
		return diff == ""
	}
	if w.Operation != "CreateModel" || raw.Type == w.Operation {
		return false
	}
	if raw.Props.Attr("EnableNetworkIsolation").IsTrue().Known() == tri.True && w.Request["EnableNetworkIsolation"] != true {
		return false
	}
	diff, _, _ := compareMembers(raw, w.Request, []string{"VpcConfig"})
	return diff == ""
}

// compareMembers returns how a workload differs from a request, and how many members are known and unknown.
func compareMembers(raw resource.Raw, sent map[string]any, members []string) (diff string, known, unknown int) {
	for _, path := range members {
		var want any = sent
		read := raw.Props
		for _, member := range strings.Split(path, ".") {
			if list, ok := want.([]any); ok && len(list) == 1 {
				want = list[0]
			}
			m, _ := want.(map[string]any)
			want, read = m[member], read.Attr(member)
		}
		if path == "ProcessingOutputConfig.KmsKeyId" && sent["ProcessingOutputConfig"] == nil {
			continue // a job without outputs is sent without the key for them
		}
		if strings.HasSuffix(path, "TrainingImage") && read.Kind() == value.KindAbsent {
			continue // the SDK knows the images of frameworks
		}
		d, k, u := compareValue(path, want, read)
		diff, known, unknown = diff+d, known+k, unknown+u
	}
	return diff, known, unknown
}

// compareValue compares one member. What isn't known contradicts nothing; where several worlds are left, one must agree.
func compareValue(path string, want any, read value.Value) (diff string, known, unknown int) {
	want = normal(want)
	switch read.Kind() {
	case value.KindChoice:
		for _, arm := range read.Arms() {
			d, k, u := compareValue(path, want, arm.Value)
			if d == "" {
				return "", k, u
			}
			diff = d
		}
		return diff, 0, 0
	case value.KindText:
		if text, isText := want.(string); isText && read.Is(text).Known() == tri.False {
			return path + ": " + text + " is none of what is read\n", 1, 0
		}
		return "", 0, 1
	case value.KindOpaque, value.KindSymbol:
		return "", 0, 1
	case value.KindObject:
		m, isObject := want.(map[string]any)
		if !isObject && want != nil {
			break
		}
		names := map[string]bool{}
		for name := range m {
			names[name] = true
		}
		for _, f := range read.Fields() {
			names[f.Name] = true
		}
		for name := range names {
			d, k, u := compareValue(path+"."+name, m[name], read.Attr(name))
			diff, known, unknown = diff+d, known+k, unknown+u
		}
		return diff, known, unknown
	case value.KindList:
		list, isList := want.([]any)
		if read.Open() && (isList || want == nil) {
			return "", 0, 1 // which of them there are isn't known
		}
		if !isList || len(list) != len(read.Elems()) {
			break
		}
		for i, e := range read.Elems() {
			d, k, u := compareValue(path, list[i], e)
			diff, known, unknown = diff+d, known+k, unknown+u
		}
		return diff, known, unknown
	}
	if m, isMap := want.(map[string]any); isMap && (m["Get"] != nil || m["Std:Join"] != nil) {
		return "", 0, 1 // a parameter of the pipeline, whose default is what is read here
	}
	return cmp.Diff(want, normal(concrete(read))), 1, 0
}

// concrete returns a scalar, or what holds only such, in JSON's terms.
func concrete(v value.Value) any {
	switch v.Kind() {
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
			out = append(out, concrete(e))
		}
		return out
	}
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

// TestSDKRecordings holds the recordings against the SDK itself: VPCLINT_SDK names a Python that has it.
func TestSDKRecordings(t *testing.T) {
	checkRecordings(t, "VPCLINT_SDK", "the SageMaker SDK", "record_sdk.py")
}

// checkRecordings runs a recording script that writes nothing, under the Python that a variable names.
func checkRecordings(t *testing.T, variable, what, script string) {
	t.Helper()
	python := os.Getenv(variable)
	if python == "" {
		t.Skip(variable + " names no Python with " + what)
	}
	out, err := exec.Command(python, "testdata/"+script, "--check").CombinedOutput()
	if err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

// TestSDKComparisonNotices checks that the comparison isn't blind: an altered recording must not pass.
func TestSDKComparisonNotices(t *testing.T) {
	recorded := request{"CreateTrainingJob", map[string]any{
		"VpcConfig":      map[string]any{"Subnets": []any{"subnet-1"}, "SecurityGroupIds": []any{"sg-1"}},
		"ResourceConfig": map[string]any{"InstanceCount": 1.0, "InstanceType": "ml.m5.xlarge"},
	}}
	raw := load(t, tree{"train.py": `from sagemaker.estimator import Estimator
Estimator("img", "r", 1, "ml.m5.xlarge", subnets=["subnet-1"], security_group_ids=["sg-1"])
`}).Resources[0]
	members := []string{"VpcConfig", "ResourceConfig.InstanceCount", "EnableNetworkIsolation"}
	if diff, _, _ := compareMembers(raw, recorded.Request, members); diff != "" {
		t.Fatal(diff)
	}
	for name, altered := range map[string]map[string]any{
		"another subnet": {"VpcConfig": map[string]any{"Subnets": []any{"subnet-2"}, "SecurityGroupIds": []any{"sg-1"}},
			"ResourceConfig": recorded.Request["ResourceConfig"]},
		"one subnet more": {"VpcConfig": map[string]any{"Subnets": []any{"subnet-1", "subnet-2"}, "SecurityGroupIds": []any{"sg-1"}},
			"ResourceConfig": recorded.Request["ResourceConfig"]},
		"no VPC":      {"ResourceConfig": recorded.Request["ResourceConfig"]},
		"two of them": {"VpcConfig": recorded.Request["VpcConfig"], "ResourceConfig": map[string]any{"InstanceCount": 2.0}},
		"isolated": {"VpcConfig": recorded.Request["VpcConfig"], "ResourceConfig": recorded.Request["ResourceConfig"],
			"EnableNetworkIsolation": true},
	} {
		if diff, _, _ := compareMembers(raw, altered, members); diff == "" {
			t.Errorf("%s: not noticed", name)
		}
	}
}
