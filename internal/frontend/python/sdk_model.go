package python

import (
	"slices"

	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/value"
)

func model(positional string) *signature {
	return &signature{
		operation: "CreateModel", positional: positional,
		members: []member{
			{"image_uri", "PrimaryContainer.Image"},
			{"image", "PrimaryContainer.Image"}, // SDK 1
			{"model_data", "PrimaryContainer.ModelDataUrl"},
			{"env", "PrimaryContainer.Environment"},
			{"image_config", "PrimaryContainer.ImageConfig"},
			{"role", "ExecutionRoleArn"},
			{"name", "ModelName"},
			{"vpc_config", "VpcConfig"},
			{"enable_network_isolation", "EnableNetworkIsolation"},
		},
		spelling: map[string]string{
			"ModelName":                                         "name",
			"PrimaryContainer.Image":                            "image_uri",
			"PrimaryContainer.ModelDataUrl":                     "model_data",
			"PrimaryContainer.Environment":                      "env",
			"PrimaryContainer.ImageConfig.RepositoryAccessMode": "image_config.RepositoryAccessMode",
			"ExecutionRoleArn":                                  "role",
			"VpcConfig":                                         "vpc_config",
			"VpcConfig.Subnets":                                 "vpc_config",
			"VpcConfig.SecurityGroupIds":                        "vpc_config",
			"EnableNetworkIsolation":                            "enable_network_isolation",
		},
		finish: contained,
		config: []string{"SageMaker", "Model"},
	}
}

// madeModel is a model that another object makes, whose container is of no one's choosing.
func madeModel() signature {
	sig := *model("")
	sig.finish = nil
	return sig
}

// contained returns a request for a model with its container, which the SDK always makes.
func contained(v value.Value) value.Value {
	if v.Kind() != value.KindObject || v.Attr("PrimaryContainer").Kind() != value.KindAbsent {
		return v
	}
	fields := append(slices.Clone(v.Fields()), value.Field{Name: "PrimaryContainer", Value: value.OfObject(nil, false).WithOrigin(v.Origin())})
	return value.OfObject(fields, false).WithOrigin(v.Origin())
}

// scriptedModel is a model of a framework, of which the SDK sends no image_config (prepare_container_def of each).
func scriptedModel(positional string) *signature {
	sig := model(positional)
	sig.members = slices.DeleteFunc(sig.members, func(m member) bool { return m.param == "image_config" })
	sig.spelling["PrimaryContainer.ImageConfig.RepositoryAccessMode"] = resource.Unsettable
	return sig
}

func addModels(out map[string]*signature) {
	out["Transformer"] = transforming
	out["Model"] = model("image_uri model_data role predictor_cls env name vpc_config sagemaker_session " +
		"enable_network_isolation model_kms_key image_config")
	out["FrameworkModel"] = model("model_data image_uri role entry_point source_dir predictor_cls env name " +
		"container_log_level code_location sagemaker_session")
	out["ModelPackage"] = unsureIsolation(model("role model_data"), marketplaceReason)
	for _, name := range [...]string{"PyTorchModel", "MXNetModel", "SKLearnModel"} {
		out[name] = scriptedModel("model_data role entry_point framework_version py_version image_uri")
	}
	out["TensorFlowModel"] = scriptedModel("model_data role entry_point image_uri")
	out["ChainerModel"] = scriptedModel("model_data role entry_point image_uri")
	out["XGBoostModel"] = scriptedModel("model_data role entry_point framework_version image_uri")
	out["HuggingFaceModel"] = scriptedModel("role model_data entry_point transformers_version tensorflow_version " +
		"pytorch_version py_version image_uri")
	out["DJLModel"] = model("model_id")
	// SDK 2 had these until 2.237.
	for _, name := range [...]string{"DeepSpeedModel", "HuggingFaceAccelerateModel", "FasterTransformerModel"} {
		out[name] = model("model_id role")
	}
	out["SparkMLModel"] = model("model_data role spark_version sagemaker_session")
	out["JumpStartModel"] = unsureIsolation(model("model_id model_version hub_name tolerate_vulnerable_model "+
		"tolerate_deprecated_model region instance_type image_uri model_data role predictor_cls env name vpc_config "+
		"sagemaker_session enable_network_isolation model_kms_key image_config"), jumpStartReason)
	pipeline := model("models role predictor_cls name vpc_config sagemaker_session enable_network_isolation")
	pipeline.finish = nil // its containers are those of its parts
	out["PipelineModel"] = pipeline
	multi := scriptedModel("name model_data_prefix model image_uri role sagemaker_session")
	multi.unless = "model"
	out["MultiDataModel"] = multi
	builder := model("model_path role_arn sagemaker_session name mode shared_libs dependencies env_vars log_level " +
		"content_type accept_type s3_model_data_url instance_type schema_builder model inference_spec image_uri " +
		"image_config vpc_config")
	builder.members = append(builder.members[:len(builder.members):len(builder.members)],
		member{"role_arn", "ExecutionRoleArn"}, member{"network", spread})
	builder.doubtful = "EnableNetworkIsolation" // version 2 does, version 3 doesn't
	builder = unsureIsolation(builder, jumpStartReason)
	builder.modelName = "model"
	out["ModelBuilder"] = builder.with("optimize", "output_path instance_type role_arn tags job_name accept_eula quantization_config "+
		"compilation_config speculative_decoding_config sharding_config env_vars vpc_config kms_key")
}
