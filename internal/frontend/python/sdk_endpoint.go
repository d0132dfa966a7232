package python

import (
	"strings"

	"github.com/vpclint/vpclint/internal/pyast"
	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// The parameters of deploy, by what is deployed: https://sagemaker.readthedocs.io/en/v2/api/inference/model.html
const (
	deployHead      = "initial_instance_count instance_type serializer deserializer "
	deployTail      = " data_capture_config async_inference_config serverless_inference_config"
	modelDeploy     = deployHead + "accelerator_type endpoint_name tags kms_key wait" + deployTail
	jumpStartDeploy = deployHead + "accelerator_type endpoint_name inference_component_name tags kms_key wait" + deployTail
	pipelineDeploy  = deployHead + "endpoint_name tags wait update_endpoint data_capture_config kms_key"
	tunerDeploy     = deployHead + "accelerator_type endpoint_name wait model_name kms_key data_capture_config"
	estimatorDeploy = deployHead + "accelerator_type endpoint_name use_compiled_model wait model_name kms_key data_capture_config " +
		"tags serverless_inference_config async_inference_config"
	modelTransformer = "instance_count instance_type strategy assemble_with output_path output_kms_key accept env " +
		"max_concurrent_transforms max_payload tags volume_kms_key"
)

// transforming is a transform job, as the class Transformer and the method transformer make one. Its placement is the model's.
var transforming = &signature{
	operation: "CreateTransformJob",
	positional: "model_name instance_count instance_type strategy assemble_with output_path output_kms_key accept " +
		"max_concurrent_transforms max_payload tags env base_transform_job_name sagemaker_session volume_kms_key",
	members: []member{
		{"model_name", "ModelName"},
		{"instance_count", "TransformResources.InstanceCount"},
		{"instance_type", "TransformResources.InstanceType"},
		{"volume_kms_key", "TransformResources.VolumeKmsKeyId"},
		{"output_path", "TransformOutput.S3OutputPath"},
		{"output_kms_key", "TransformOutput.KmsKeyId"},
		{"env", "Environment"},
	},
	spelling: map[string]string{
		"ModelName":                         "model_name",
		"TransformResources.InstanceCount":  "instance_count",
		"TransformResources.InstanceType":   "instance_type",
		"TransformResources.VolumeKmsKeyId": "volume_kms_key",
		"TransformOutput.S3OutputPath":      "output_path",
		"TransformOutput.KmsKeyId":          "output_kms_key",
		"Environment":                       "env",
	},
	config: []string{"SageMaker", "TransformJob"},
}

// The only variant of an endpoint is put together here, before it becomes an element of a list.
const variant = "ProductionVariants"

// deploying is the endpoint configuration that deploy makes. Its network is the model's.
var deploying = &signature{
	operation: "CreateEndpointConfig",
	members: []member{
		{"instance_type", variant + ".InstanceType"},
		{"initial_instance_count", variant + ".InitialInstanceCount"},
		{"serverless_inference_config", variant + ".ServerlessConfig"},
		{"kms_key", "KmsKeyId"},
		{"data_capture_config", "DataCaptureConfig"},
		{"async_inference_config", "AsyncInferenceConfig"},
	},
	spelling: map[string]string{
		variant: "instance_type", variant + ".InstanceType": "instance_type",
		variant + ".InitialInstanceCount":            "initial_instance_count",
		variant + ".ServerlessConfig":                "serverless_inference_config",
		"KmsKeyId":                                   "kms_key",
		"DataCaptureConfig":                          "data_capture_config",
		"DataCaptureConfig.KmsKeyId":                 "data_capture_config.kms_key_id",
		"AsyncInferenceConfig":                       "async_inference_config",
		"AsyncInferenceConfig.OutputConfig.KmsKeyId": "async_inference_config.kms_key_id",
		"VpcConfig":                                  resource.Unsettable,
		"EnableNetworkIsolation":                     resource.Unsettable,
	},
	config: []string{"SageMaker", "EndpointConfig"},
}

// served follows what serves the model of an object: the endpoint configuration of deploy, and the transform job of
// transformer. Both have the model's network, and name keys of their own.
func (in *interp) served(n *pyast.Call, p *place, method string, a *arguments, target string) {
	sig, positional := in.serving(p, method)
	if sig == nil || in.quiet > 0 {
		return
	}
	m := making{
		in: in, call: n, of: p, sig: sig, method: method, target: target, open: a.open,
		args: (&signature{positional: positional}).named(a),
	}
	exists := m.exists()
	if method == "deploy" {
		for _, component := range [...]string{"endpoint_type", "resources", "inference_component_name"} {
			if arg, ok := m.argument(component); ok && settled(arg.obj) {
				return // inference components, on an endpoint configuration of another form
			}
		}
	}
	if exists.Known() == tri.False {
		return
	}
	args := m.args
	if strings.HasPrefix(last(p.class), "JumpStart") && method == "deploy" {
		sig, args = m.jumpStart()
	}
	if session, ok := m.attribute("sagemaker_session"); ok {
		args = append(args[:len(args):len(args)], session)
	}
	props := in.props(n, sig, args, m.open)
	if method == "deploy" {
		props = asVariants(props)
	}
	in.record(n, sig.operation, sig.spelling, method, target, run{props: props, exists: exists})
	in.sites[spot{n, sig.operation}].serves = true
}

// serving returns what a method of an object makes, and the method's parameters; nil where it makes nothing of the kind.
func (in *interp) serving(p *place, method string) (sig *signature, positional string) {
	of, name := in.signatureOf(p.class), last(p.class)
	switch {
	case name == tunerClass && method == "deploy" && strings.HasPrefix(p.class, "sagemaker.tuner"):
		return deploying, tunerDeploy
	case of == nil:
		return nil, ""
	case method == "transformer" && of.operation == "CreateTrainingJob" && of.methods[method] != "":
		return transforming, of.methods[method]
	case method == "transformer" && of.operation == "CreateModel":
		return transforming, modelTransformer
	case method == "deploy" && of.operation == "CreateTrainingJob" && name == "JumpStartEstimator":
		return deploying, modelDeploy
	case method == "deploy" && of.operation == "CreateTrainingJob" && of.methods[method] != "":
		return deploying, estimatorDeploy
	case method != "deploy" || of.operation != "CreateModel" || name == "ModelBuilder" || strings.Contains(p.class, "ModelBuilder."):
		return nil, "" // a model builder takes no key
	case name == "PipelineModel":
		return deploying, pipelineDeploy
	case name == "JumpStartModel":
		return deploying, jumpStartDeploy
	}
	return deploying, modelDeploy
}

// modelOf returns the model that an estimator makes, which is no workload of its own and may be deployed; nil where a method
// makes none.
func (in *interp) modelOf(n *pyast.Call, p *place, method string) object {
	sig := in.signatureOf(p.class)
	if method != "create_model" || sig == nil || sig.operation != "CreateTrainingJob" || sig.methods[method] == "" {
		return nil
	}
	made := &place{kind: instancePlace, span: in.span(n), header: in.span(n.Func), class: "sagemaker.model.Model"}
	c := forgotten("it is as in the model that " + last(p.class) + " makes")
	if i, ok := in.st.content(p).find("sagemaker_session"); ok {
		c = c.with(in.st.content(p).entries[i])
	}
	in.st.setContent(made, c)
	return made
}

// jumpStart returns what deploy makes of a JumpStart model, which says itself on what it is served where nothing else does.
func (m *making) jumpStart() (*signature, []argument) {
	kind, given := m.argument("instance_type")
	if !given && last(m.of.class) == "JumpStartModel" { // of an estimator it is what it is trained on
		kind, given = m.attribute("instance_type")
	}
	if serverless, ok := m.argument("serverless_inference_config"); ok && settled(serverless.obj) {
		return m.sig, m.args
	}
	out := *m.sig
	out.presets = []preset{{variant + ".InitialInstanceCount", value.OfInt(1)}}
	if given && settled(kind.obj) {
		kind.name = "instance_type"
		return &out, append(m.args[:len(m.args):len(m.args)], kind)
	}
	out.unsure = []member{{jumpStartServed, variant + ".InstanceType"}}
	return &out, m.args
}

const jumpStartServed = "the JumpStart model says on what it is served; pass instance_type"

// asVariants returns a request with its one variant in a list. The SDK names the model.
func asVariants(v value.Value) value.Value {
	fields := append([]value.Field(nil), v.Fields()...)
	for i, f := range fields {
		if f.Name != variant {
			continue
		}
		inner := append([]value.Field{{Name: "ModelName", Value: value.OfPresent("the SDK names the model").WithOrigin(v.Origin())}},
			f.Value.Fields()...)
		one := value.OfObject(inner, false)
		if f.Value.Open() {
			one = value.OfOpenObject(inner, f.Value.Reason())
		}
		fields[i].Value = value.OfList([]value.Value{one.WithOrigin(v.Origin())}, false).WithOrigin(v.Origin())
	}
	if v.Open() {
		return value.OfOpenObject(fields, v.Reason()).WithOrigin(v.Origin())
	}
	return value.OfObject(fields, false).WithOrigin(v.Origin())
}
