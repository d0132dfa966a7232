package python

import (
	"slices"
	"strings"
	"testing"
)

// unlowered3 are the classes of SDK 3 that aren't in the tables, with the reason.
var unlowered3 = map[string]string{
	"sagemaker.core.jumpstart.types.JumpStartEstimatorDeployKwargs":                    "the SDK's own bundle of arguments",
	"sagemaker.core.jumpstart.types.JumpStartEstimatorInitKwargs":                      "the SDK's own bundle of arguments",
	"sagemaker.core.jumpstart.types.JumpStartModelInitKwargs":                          "the SDK's own bundle of arguments",
	"sagemaker.core.remote_function.job._JobSettings":                                  "the SDK's own bundle of arguments",
	"sagemaker.core.lambda_helper.Lambda":                                              "the VPC is that of an AWS Lambda function",
	"sagemaker.core.local.local_session.LocalSession":                                  "what it makes exists on the author's machine",
	"sagemaker.core.workflow.pipeline_context.LocalPipelineSession":                    "what it makes exists on the author's machine",
	"sagemaker.mlops.local.local_pipeline_session.LocalPipelineSession":                "what it makes exists on the author's machine",
	"sagemaker.core.spark.processing._HistoryServer":                                   "runs on the author's machine",
	"sagemaker.core.spark.processing._SparkProcessorBase":                              "scripts construct those that derive from it",
	"sagemaker.core.model_monitor.clarify_model_monitoring.ClarifyModelMonitor":        "scripts construct those that derive from it",
	"sagemaker.core.model_monitor.clarify_model_monitoring.ClarifyMonitoringExecution": "stands for a job that is there already",
	"sagemaker.core.model_monitor.model_monitoring.MonitoringExecution":                "stands for a job that is there already",
	"sagemaker.train.base_trainer.BaseTrainer":                                         "abstract",
	"sagemaker.train.evaluate.base_evaluator.BaseEvaluator":                            "abstract",
	"sagemaker.train.cpt_trainer.CPTTrainer":                                           "trains on a HyperPod cluster and nowhere else, whatever its networking says",
	"sagemaker.train.tuner.HyperparameterTuner":                                        "takes its placement from the trainer (tuner.go)",
	"sagemaker.train.defaults.JumpStartTrainDefaults":                                  "the SDK's own",
	"sagemaker.mlops.workflow._utils._RepackModelStep":                                 "made by steps that register models, never by scripts",
	"sagemaker.train.training_session.service_client.ServiceClient":                    "CreateTrainingSession is newer than the service model of the tables",
	"sagemaker.train.training_session.types.VpcConfig":                                 "an argument of ServiceClient",
	"sagemaker.core.remote_function.client.RemoteExecutor":                             "of another part of the package than these tables",
	"sagemaker.mlops.workflow.check_job_config.CheckJobConfig":                         "of another part of the package than these tables",
	"sagemaker.mlops.workflow.notebook_job_step.NotebookJobStep":                       "of another part of the package than these tables",
}

// decisive3 are the parameters of SDK 3 that some rule is about.
var decisive3 = []string{
	"networking", "network", "compute", "output_data_config", "s3_output_path", "kms_key_id", "kms_key_arn", "role_arn",
	"instance_preferences", "checkpoint_config",
}

// unneeded3 are parameters of such names that mean something else.
var unneeded3 = map[string]string{
	"RLAIFTrainer output_data_config":       "s3_output_path and kms_key_id are what is sent",
	"RLVRTrainer output_data_config":        "s3_output_path and kms_key_id are what is sent",
	"SFTTrainer output_data_config":         "s3_output_path and kms_key_id are what is sent",
	"DPOTrainer output_data_config":         "s3_output_path and kms_key_id are what is sent",
	"MultiTurnRLTrainer output_data_config": "s3_output_path and kms_key_arn are what is sent",
	"MultiTurnRLTrainer environment":        "isn't sent",
	"MultiTurnRLTrainer hyperparameters":    "part of the document's training configuration",
	"MultiTurnRLEvaluator compute":          "isn't read",
	"ModelBuilder compute":                  "the endpoint's",
	"ModelBuilder instance_type":            "the endpoint's",
}

// without3 are methods that take settings of the network and make nothing.
var without3 = map[string]string{
	"ModelBuilder.optimize":                  "takes its network by keyword (made.go); its order differs from SDK 2's",
	"Session.create_endpoint_config":         "takes other parameters than SDK 2's",
	"PipelineSession.create_endpoint_config": "takes other parameters than SDK 2's",
}

// TestSignaturesOfSDK3 holds the tables of classes and resources against what SDK 3 itself says.
func TestSignaturesOfSDK3(t *testing.T) {
	for name, c := range recordedClasses(t, "testdata/signatures.v3.json") {
		if strings.HasPrefix(name, "sagemaker.core.resources.") {
			compareResource(t, last(name), c.Methods["create"])
			continue
		}
		if unlowered3[name] != "" {
			continue
		}
		if last(name) == "BenchmarkJob" {
			compareResource(t, "AIBenchmarkJob", c.Methods["create"])
			continue
		}
		sig := tableOf(name)
		if sig == nil {
			t.Errorf("%s (%s) is not in the tables", name, c.Kind)
			continue
		}
		if last(name) != "ModelBuilder" { // that of SDK 2 stands at the same path, and nobody gives its network by position
			matter := slices.DeleteFunc(paramsOf(sig), func(p string) bool { return p == "instance_preferences" })
			compareOrder(t, name, sig.positional, c.Positional, matter)
		}
		for _, param := range strings.Fields(c.Keywords) {
			matters := decisive[param] || slices.Contains(decisive3, param)
			if matters && sig.operation != "" && !slices.Contains(paramsOf(sig), param) && unneeded3[last(name)+" "+param] == "" {
				t.Errorf("%s takes %s, which the table doesn't know", name, param)
			}
		}
		for method, order := range c.Methods {
			if sig := signatures().classes[last(name)+"."+method]; sig != nil {
				compareOrder(t, name+"."+method, sig.positional, order, append(paramsOf(sig), networkParams...))
			} else if sig := sessionMethods[method]; sig != nil && c.Kind == "session" {
				compareOrder(t, name+"."+method, sig.positional, order, networkParams)
			} else if mentionsAny(order, networkParams) && without3[last(name)+"."+method] == "" && c.Kind != "monitor" {
				t.Errorf("%s.%s takes settings of the network, and isn't in the tables: %s", name, method, order)
			}
		}
	}
}

// compareResource compares the parameters of a resource's create.
func compareResource(t *testing.T, class, order string) {
	t.Helper()
	ours := resourceParameters[class]
	op := ""
	for _, o := range operations {
		if o.name == "Create"+class {
			op = o.name
		}
	}
	switch {
	case op == "" && ours == "":
	case op == "" || ours == "":
		t.Errorf("%s.create: the request is %q, the parameters are %q", class, op, ours)
	default:
		mine, want := strings.Fields(ours), strings.Fields(order)
		if len(mine) > len(want) || !slices.Equal(mine, want[:len(mine)]) {
			t.Errorf("%s.create takes %s, and not %s", class, order, ours)
		}
	}
}
