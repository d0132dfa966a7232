package python

import (
	"strings"

	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// clarifies are the classes whose jobs are SageMaker Clarify's. Clarify asks a model through a shadow endpoint, and a job that
// does so must not be isolated: https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-vpc.html
var clarifies = map[string]bool{"SageMakerClarifyProcessor": true, "ModelBiasMonitor": true, "ModelExplainabilityMonitor": true}

// analyses are the methods that start an analysis, or the class and the method where classes differ, by the parameters up to
// the one that tells whether it asks a model.
var analyses = map[string]string{
	"run_pre_training_bias":                                 asksNone,
	"run_bias":                                              "data_config bias_config model_config",
	"run_post_training_bias":                                "data_config data_bias_config model_config",
	"run_explainability":                                    asksAlways,
	"run_bias_and_explainability":                           asksAlways,
	"ModelBiasMonitor.suggest_baseline":                     "data_config bias_config model_config",
	"ModelBiasMonitor.create_monitoring_schedule":           asksNone,
	"ModelExplainabilityMonitor.suggest_baseline":           asksAlways,
	"ModelExplainabilityMonitor.create_monitoring_schedule": "endpoint_input analysis_config",
}

const asksNone, asksAlways = "", "*"

// clarifyConfigs are the classes of arguments that tell of what an analysis asks; true of those that can't be made without
// a model.
var clarifyConfigs = map[string]bool{
	"ModelConfig": true, "ExplainabilityAnalysisConfig": true, "BiasAnalysisConfig": false,
	"ModelBiasCheckConfig": true, "ModelExplainabilityCheckConfig": true, "DataBiasCheckConfig": false,
}

// isClarifyConfig reports whether a path is of such a class: other packages have some of the names too.
func isClarifyConfig(path string) bool {
	_, ok := clarifyConfigs[last(path)]
	return ok && (strings.Contains(path, ".clarify") || strings.Contains(path, ".model_monitor"))
}

// analyzed notes what an analysis asks that an object's method starts.
func (in *interp) analyzed(p *place, method string, a *arguments) {
	b := in.built[p]
	if b == nil || !clarifies[last(p.class)] {
		return
	}
	parameters, starts := analyses[method]
	if !starts {
		parameters, starts = analyses[last(p.class)+"."+method]
	}
	if starts {
		b.asks = append(b.asks, in.asks(parameters, a))
	}
}

// checked notes what the step of a pipeline asks that runs a job of a check's configuration.
func (in *interp) checked(a *arguments) {
	const parameters = "name clarify_check_config check_job_config"
	for _, arg := range (&signature{positional: parameters}).named(a) {
		if p, ok := arg.obj.(*place); ok && arg.name == "check_job_config" && in.built[p] != nil {
			in.built[p].asks = append(in.built[p].asks, in.asks("name clarify_check_config", a))
		}
	}
}

// asks says in which worlds the last of some parameters makes an analysis ask a model.
func (in *interp) asks(parameters string, a *arguments) value.Truth {
	switch parameters {
	case asksNone:
		return value.No()
	case asksAlways:
		return value.Yes()
	}
	name := parameters[strings.LastIndexByte(parameters, ' ')+1:]
	for _, arg := range (&signature{positional: parameters}).named(a) {
		if arg.name != name {
			continue
		}
		opts := options(narrow(arg.obj, in.st.path))
		ts := make([]value.Truth, len(opts))
		for i, opt := range opts {
			t := unsureAnalysis(in.reasonOr(opt.obj, name+" is not known"))
			switch o := opt.obj.(type) {
			case datum:
				if o.Kind() == value.KindAbsent {
					t = value.No()
				}
			case *place:
				if needs, known := clarifyConfigs[last(o.class)]; known {
					t = value.Always(tri.Of(needs), nil)
				}
			}
			ts[i] = t.When(opt.when)
		}
		return value.Join(ts...)
	}
	switch {
	case a.open != "":
		return unsureAnalysis(a.open)
	case name == "analysis_config":
		return value.Yes() // that of the last baseline, which asks one
	}
	return value.No()
}

func unsureAnalysis(reason string) value.Truth {
	return value.Unknowable("whether its analysis asks a model, which isolation would keep it from, is not known: "+reason, nil)
}

// shadow says in which worlds a job of Clarify's that an object stands for asks a model; nil of any other.
func (b *built) shadow() *value.Truth {
	if len(b.asks) == 0 && !clarifies[last(b.class)] {
		return nil
	}
	t := unsureAnalysis("nothing here runs it")
	if len(b.asks) > 0 {
		t = value.AnyOf(b.asks...)
	}
	return &t
}
