package python

import (
	"strings"

	"github.com/vpclint/vpclint/internal/pyast"
	"github.com/vpclint/vpclint/internal/value"
)

// tuned follows SDK 3's HyperparameterTuner. Like SDK 2's it inherits the placement of what it tunes, and is no workload of
// its own; but it hands on neither isolation nor encryption (_build_training_job_definition of sagemaker.train.tuner), so
// that it is one where the trainer asks for them.
func (in *interp) tuned(n *pyast.Call, path string, a *arguments, target string) {
	if last(path) != "HyperparameterTuner" || !strings.HasPrefix(path, "sagemaker.train.") || in.quiet > 0 {
		return
	}
	trainer, given := a.keyword("model_trainer")
	if len(a.positional) > 0 {
		trainer, given = a.positional[0], true
	}
	p, ok := trainer.obj.(*place)
	m := in.built[p]
	if !given || !ok || m == nil || m.sig.operation != "CreateTrainingJob" {
		return
	}
	props := in.now(p, m, m.sig)
	const isolation, encryption = "EnableNetworkIsolation", "EnableInterContainerTrafficEncryption"
	asked := false
	at := in.span(n.Func)
	fields := make([]value.Field, 0, len(props.Fields()))
	for _, f := range props.Fields() {
		if (f.Name == isolation || f.Name == encryption) && f.Value.Kind() != value.KindAbsent {
			asked = asked || f.Value.Literal() != "false"
			f.Key, f.Value = at, value.OfBool(false).NotedAt(at, "the tuner of SDK 3 doesn't hand on what its trainer says of it")
		}
		fields = append(fields, f)
	}
	if !asked || props.Kind() != value.KindObject {
		return
	}
	definition := value.OfObject(fields, false)
	if props.Open() {
		definition = value.OfOpenObject(fields, props.Reason())
	}
	request := value.OfObject([]value.Field{{Name: "TrainingJobDefinition", Value: definition.WithOrigin(props.Origin())}}, false)
	spelling := map[string]string{}
	for path, word := range m.sig.spelling {
		spelling["TrainingJobDefinition."+path] = "model_trainer." + word
	}
	in.record(n, "CreateHyperParameterTuningJob", spelling, "HyperparameterTuner", target,
		run{props: request.From(at), exists: value.In(in.exists)})
}
