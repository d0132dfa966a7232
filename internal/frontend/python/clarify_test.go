package python

import (
	"testing"

	"github.com/vpclint/vpclint/internal/tri"
)

// What an analysis of Clarify's asks is in no request: how the script runs it tells.
func TestShadow(t *testing.T) {
	const imports = `
from sagemaker import clarify, model_monitor
from sagemaker.clarify import SageMakerClarifyProcessor
from sagemaker.processing import Processor
from sagemaker.workflow.check_job_config import CheckJobConfig
from sagemaker.workflow.clarify_check_step import ClarifyCheckStep, DataBiasCheckConfig, ModelBiasCheckConfig
model = clarify.ModelConfig(model_name="m", instance_count=1, instance_type="ml.m5.xlarge")
`
	const processor = imports + "p = SageMakerClarifyProcessor('r', 1, 'ml.m5.xlarge')\n"
	const bias = imports + "m = model_monitor.ModelBiasMonitor('r')\n"
	const explains = imports + "m = model_monitor.ModelExplainabilityMonitor('r')\n"
	const check = imports + "c = CheckJobConfig('r')\n"
	for script, want := range map[string]tri.Bool{
		processor: tri.Unknown,
		processor + "p.run_pre_training_bias(data, bias)":                                                                  tri.False,
		processor + "p.run_bias(data, bias)":                                                                               tri.False,
		processor + "p.run_bias(data, bias, None)":                                                                         tri.False,
		processor + "p.run_bias(data, bias, model)":                                                                        tri.True,
		processor + "p.run_bias(data, bias, *rest)":                                                                        tri.Unknown,
		processor + "p.run_post_training_bias(data, bias, model_config=model)":                                             tri.True,
		processor + "p.run_post_training_bias(data, bias, model_config=load())":                                            tri.Unknown,
		processor + "p.run_explainability(data, load(), shap)":                                                             tri.True,
		processor + "p.run_pre_training_bias(data, bias)\np.run_bias(data, bias, model)":                                   tri.True,
		bias + "m.create_monitoring_schedule(analysis_config=load())":                                                      tri.False,
		bias + "m.suggest_baseline(data, bias, model)":                                                                     tri.True,
		explains + "m.create_monitoring_schedule()":                                                                        tri.True,
		explains + "m.create_monitoring_schedule(analysis_config='s3://bucket/config.json')":                               tri.Unknown,
		explains + "m.create_monitoring_schedule(analysis_config=model_monitor.ExplainabilityAnalysisConfig(shap, model))": tri.True,
		check + "ClarifyCheckStep('s', DataBiasCheckConfig(data), c)":                                                      tri.False,
		check + "ClarifyCheckStep('s', clarify_check_config=ModelBiasCheckConfig(data, model), check_job_config=c)":        tri.True,
	} {
		raws := load(t, tree{"train.py": script}).Resources
		if len(raws) != 1 || raws[0].Shadow == nil {
			t.Errorf("%s\n%d workloads, or none that is known to be Clarify's", script, len(raws))
			continue
		}
		if got := raws[0].Shadow.Known(); got != want {
			t.Errorf("%s\nasks a model: %v, want %v", script, got, want)
		}
	}
	for _, other := range []string{
		imports + "Processor('r', 'image', 1, 'ml.m5.xlarge')",
		check,
		imports + "model_monitor.DefaultModelMonitor('r').suggest_baseline(data, format)",
	} {
		if raws := load(t, tree{"train.py": other}).Resources; len(raws) != 1 || raws[0].Shadow != nil {
			t.Errorf("%s\nis taken for Clarify's", other)
		}
	}
}
