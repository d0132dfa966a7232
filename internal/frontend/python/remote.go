package python

import (
	"maps"
	"strings"

	"github.com/vpclint/vpclint/internal/pyast"
	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// A decorator is remote(...) or step(...) that waits for the function that it makes a training job of:
// https://docs.aws.amazon.com/sagemaker/latest/dg/train-remote-decorator.html
type decorator struct {
	call *pyast.Call
	path string
	args *arguments
}

func (decorator) isObject() {}

// decoratorModules are where the decorators are. Their own names are common, these aren't.
var decoratorModules = map[string]bool{"remote_function": true, "function_step": true}

// decoratorOf returns the signature of a decorator of the SDK; nil where the path is of something else.
func (in *interp) decoratorOf(path string) *signature {
	var module string
	switch last(path) {
	case "remote":
		module = ".remote_function"
	case "step":
		module = ".workflow.function_step"
	default:
		return nil
	}
	if !strings.HasPrefix(path, "sagemaker.") || !strings.Contains(path, module) {
		return nil
	}
	return in.files.signatures.classes["@"+last(path)]
}

// decorate evaluates a call of a decorator: with a function it makes the job, and otherwise it waits for one.
func (in *interp) decorate(n *pyast.Call, path string, a *arguments, target string) object {
	if len(a.positional) == 0 {
		return decorator{n, path, a}
	}
	rest := *a
	rest.positional = nil
	return in.decorated(n, path, &rest, a.positional[0].obj, target)
}

// decorated makes the workload that a decorated function is, and returns the function: its body runs in the job, and what
// it returns is known only then.
func (in *interp) decorated(n *pyast.Call, path string, a *arguments, fn object, target string) object {
	f, ok := fn.(*function)
	if !ok {
		in.construct(n, path, in.decoratorOf(path), a, target)
		return unknown("the result of a remote function is known only when it has run")
	}
	in.construct(n, path, in.decoratorOf(path), a, f.name)
	away := *f
	away.away = true
	return &away
}

// applyDecorators makes what the decorators of a definition make of it. They are evaluated from the top and applied from
// the bottom.
func (in *interp) applyDecorators(n *pyast.FunctionDef, f *function) {
	decorators := make([]object, len(n.Decorators))
	for i, d := range n.Decorators {
		decorators[i] = in.eval(d)
	}
	for i := len(n.Decorators) - 1; i >= 0; i-- {
		for _, opt := range options(narrow(decorators[i], in.st.path)) {
			switch d := opt.obj.(type) {
			case external:
				if in.decoratorOf(d.path) != nil {
					bare := &arguments{at: in.span(n.Decorators[i])}
					in.decorated(in.applicationOf(n.Decorators[i]), d.path, bare, f, f.name)
				}
			case *function:
				if !handsOn(d.node) {
					f.rewritten = f.name + "() is decorated by " + d.name + "(), which may change its arguments"
				}
			case decorator:
				in.decorated(in.applicationOf(n.Decorators[i]), d.path, d.args, f, f.name)
			}
		}
	}
}

// applicationOf returns the call that an expression is, or the call that it stands for where it is bare: `@remote`. It is
// the same at each evaluation, since it identifies the workload; of a call that isn't written, only the callee has a place.
func (in *interp) applicationOf(e pyast.Expr) *pyast.Call {
	if c, ok := e.(*pyast.Call); ok {
		return c
	}
	c := in.bare[e]
	if c == nil {
		c = &pyast.Call{Func: e}
		in.bare[e] = c
	}
	return c
}

// addRemote adds the decorators, by names that no class has, and what takes the same arguments. All run as training jobs
// whose network the SDK doesn't let anyone isolate (sagemaker/remote_function/job.py).
func addRemote(out map[string]*signature) {
	sig := &signature{
		operation: "CreateTrainingJob",
		members: []member{
			{"image_uri", "AlgorithmSpecification.TrainingImage"},
			{"role", "RoleArn"},
			{"instance_count", "ResourceConfig.InstanceCount"},
			{"instance_type", "ResourceConfig.InstanceType"},
			{"volume_kms_key", "ResourceConfig.VolumeKmsKeyId"},
			{"s3_kms_key", "OutputDataConfig.KmsKeyId"},
			{"subnets", "VpcConfig.Subnets"},
			{"security_group_ids", "VpcConfig.SecurityGroupIds"},
			{"encrypt_inter_container_traffic", "EnableInterContainerTrafficEncryption"},
			{"environment_variables", "Environment"},
		},
		spelling: map[string]string{
			"AlgorithmSpecification.TrainingImage":  "image_uri",
			"RoleArn":                               "role",
			"ResourceConfig.InstanceCount":          "instance_count",
			"ResourceConfig.InstanceType":           "instance_type",
			"ResourceConfig.VolumeKmsKeyId":         "volume_kms_key",
			"OutputDataConfig.S3OutputPath":         "s3_root_uri",
			"OutputDataConfig.KmsKeyId":             "s3_kms_key",
			"VpcConfig":                             "subnets",
			"VpcConfig.Subnets":                     "subnets",
			"VpcConfig.SecurityGroupIds":            "security_group_ids",
			"EnableNetworkIsolation":                resource.Unsettable,
			"EnableInterContainerTrafficEncryption": "encrypt_inter_container_traffic",
			"Environment":                           "environment_variables",
		},
		presets: []preset{{"ResourceConfig.InstanceCount", value.OfInt(1)}},
		unsure:  []member{{"each run has a folder of its own below s3_root_uri", "OutputDataConfig.S3OutputPath"}},
		finish:  configuredElsewhere,
		config:  []string{"SageMaker", "PythonSDK", "Modules", "RemoteFunction"},
	}
	for _, name := range [...]string{"@remote", "RemoteExecutor"} {
		out[name] = sig
	}
	// A step has no parameter for the key of what it writes: it comes from the configuration only.
	step := *sig
	step.spelling = maps.Clone(sig.spelling)
	step.spelling["OutputDataConfig.KmsKeyId"] = strings.Join(sig.config, ".") + ".S3KmsKeyId"
	out["@step"] = &step
	notebook := *sig
	notebook.positional = "input_notebook image_uri kernel_name name display_name description notebook_job_name role " +
		"s3_root_uri parameters environment_variables initialization_script s3_kms_key instance_type volume_size " +
		"volume_kms_key encrypt_inter_container_traffic security_group_ids subnets"
	notebook.presets = []preset{
		{"ResourceConfig.InstanceCount", value.OfInt(1)},
		{"ResourceConfig.InstanceType", value.OfString("ml.m5.large")},
		{"EnableInterContainerTrafficEncryption", value.OfBool(true)},
	}
	notebook.finish = withoutHalfVPC
	notebook.config = []string{"SageMaker", "PythonSDK", "Modules", "NotebookJob"}
	out["NotebookJobStep"] = &notebook
	check := processing("role instance_count instance_type volume_size_in_gb volume_kms_key output_kms_key " +
		"max_runtime_in_seconds base_job_name sagemaker_session env tags network_config")
	check.presets = []preset{
		{"ProcessingResources.ClusterConfig.InstanceCount", value.OfInt(1)},
		{"ProcessingResources.ClusterConfig.InstanceType", value.OfString("ml.m5.xlarge")},
	}
	out["CheckJobConfig"] = check
}

// withoutHalfVPC returns a request of which the SDK sends no VPC where one of its two lists isn't given: it drops the other
// without a word (sagemaker/vpc_utils.py, to_dict). Groups without subnets are left as they are written: that is what there
// is to say of them.
func withoutHalfVPC(v value.Value) value.Value {
	vpc := v.Attr("VpcConfig")
	subnets, given := vpc.Field("Subnets")
	if !given || vpc.Attr("SecurityGroupIds").Kind() != value.KindAbsent || subnets.Value.NonEmpty().Known() == tri.False {
		return v
	}
	fields := append([]value.Field(nil), v.Fields()...)
	for i, f := range fields {
		if f.Name == "VpcConfig" {
			fields[i].Value = value.Value{}.NotedAt(subnets.Value.Origin().Span, "the SDK drops subnets without security_group_ids")
		}
	}
	return value.OfObject(fields, false).WithOrigin(v.Origin())
}

// configuredElsewhere returns a request for which only the SDK's configuration can have an instance type, without which
// there is no job: one that isn't in the tree, so that it isn't known what else it has.
func configuredElsewhere(v value.Value) value.Value {
	kind := v.Attr("ResourceConfig").Attr("InstanceType")
	if v.Open() || kind.Kind() != value.KindAbsent {
		return withoutHalfVPC(v)
	}
	at := v.Origin().Span
	for _, member := range [...]string{
		"VpcConfig.Subnets", "VpcConfig.SecurityGroupIds", "EnableInterContainerTrafficEncryption", "ResourceConfig.InstanceType",
		"ResourceConfig.VolumeKmsKeyId", "OutputDataConfig.KmsKeyId", "RoleArn",
	} {
		const reason = "it may stand beside the instance type, in a configuration of the SDK that is not in the tree"
		v = overlay(v, strings.Split(member, "."), value.OfOpaque(reason).From(at), at)
	}
	return withoutHalfVPC(v)
}
