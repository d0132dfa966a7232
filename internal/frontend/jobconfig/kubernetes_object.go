package jobconfig

import (
	"regexp"
	"slices"
	"strings"

	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/schema"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// A manifest is an object of Kubernetes, as it is to be.
type manifest struct {
	kind string
	// name is Kind/name, or the kind alone where the name isn't known.
	name string
	// header is where the kind is written: it is what every object has, and says what is the matter with it.
	header   source.Span
	metadata value.Value
	spec     value.Value
}

// plainName matches what Kubernetes takes for names.
var plainName = regexp.MustCompile(`^[A-Za-z0-9][-A-Za-z0-9.:]*$`)

func objectOf(v value.Value) manifest {
	kind := v.Attr("kind")
	o := manifest{metadata: v.Attr("metadata"), spec: v.Attr("spec")}
	o.kind, _ = kind.AsString()
	o.name = o.kind
	if name, ok := o.metadata.Attr("name").AsString(); ok && len(name) <= longestName && plainName.MatchString(name) {
		o.name += "/" + name
	}
	o.header = spanOf(kind)
	if o.header.IsZero() {
		o.header = spanOf(v)
	}
	return o
}

func spanOf(v value.Value) source.Span {
	if o := v.Origin(); o != nil {
		return o.Span
	}
	return source.Span{}
}

// adopted reports whether an object only takes over, or watches, what AWS has already: its spec then says nothing, or what
// was found. https://aws-controllers-k8s.github.io/community/docs/user-docs/features/
func (o manifest) adopted() bool {
	notes := o.metadata.Attr("annotations")
	policy, _ := notes.Attr("services.k8s.aws/adoption-policy").AsString()
	return policy == "adopt" || notes.Attr("services.k8s.aws/adopted").IsTrue().Known() == tri.True ||
		notes.Attr("services.k8s.aws/read-only").IsTrue().Known() == tri.True
}

// raw returns the resource that an object is, with properties of its spec.
func (o manifest) raw(d resource.Dialect, kind string, spec value.Value, exists value.Truth) resource.Raw {
	if k := spec.Kind(); k != value.KindObject && k != value.KindChoice {
		spec = value.OfOpenObject(nil, spec.Reason(), spec.Refs()...)
	}
	return resource.Raw{
		Dialect: d,
		Type:    kind,
		Exists:  exists,
		Props:   spec.From(o.header),
		Span:    o.header.FirstLine(),
	}
}

// required are members without which the API's server takes no object, by kind: the definitions' own. What lacks most of
// them is part of an object that a tool puts together, or a patch.
var required = map[string][]string{
	"App":                              {"appName", "appType"},
	"DataQualityJobDefinition":         {"dataQualityAppSpecification", "dataQualityJobInput", "dataQualityJobOutputConfig", "jobResources"},
	"Domain":                           {"authMode", "defaultUserSettings", "domainName"},
	"EndpointConfig":                   {"productionVariants"},
	"HyperParameterTuningJob":          {"hyperParameterTuningJobConfig"},
	"LabelingJob":                      {"humanTaskConfig", "inputConfig", "labelAttributeName", "outputConfig"},
	"ModelBiasJobDefinition":           {"jobResources", "modelBiasAppSpecification", "modelBiasJobInput", "modelBiasJobOutputConfig"},
	"ModelExplainabilityJobDefinition": {"jobResources", "modelExplainabilityAppSpecification", "modelExplainabilityJobInput", "modelExplainabilityJobOutputConfig"},
	"ModelQualityJobDefinition":        {"jobResources", "modelQualityAppSpecification", "modelQualityJobInput", "modelQualityJobOutputConfig"},
	"MonitoringSchedule":               {"monitoringScheduleConfig"},
	"NotebookInstance":                 {"instanceType", "notebookInstanceName"},
	"ProcessingJob":                    {"appSpecification", "processingResources"},
	"TrainingJob":                      {"algorithmSpecification", "outputDataConfig", "resourceConfig", "stoppingCondition"},
	"TransformJob":                     {"modelName", "transformInput", "transformOutput", "transformResources"},
}

// fragment reports whether a spec is only part of one: it lacks half of what its kind requires, or more. A definition of
// another version may require less.
func fragment(kind string, spec value.Value) bool {
	if spec.Kind() == value.KindAbsent {
		return true
	}
	if spec.Kind() != value.KindObject || spec.Open() {
		return false
	}
	if kind == "Model" {
		return spec.Attr("modelName").Kind() == value.KindAbsent && spec.Attr("executionRoleArn").Kind() == value.KindAbsent &&
			spec.Attr("primaryContainer").Kind() == value.KindAbsent && spec.Attr("containers").Kind() == value.KindAbsent
	}
	names, missing := required[kind], 0
	for _, name := range names {
		if spec.Attr(name).Kind() == value.KindAbsent && spec.Attr(name+"Ref").Kind() == value.KindAbsent {
			missing++
		}
	}
	return len(names) > 0 && 2*missing >= len(names)
}

// ack reads an object of ACK's.
func (m *manifests) ack(o manifest, exists value.Truth) {
	operation := "Create" + o.kind
	if o.kind == "PipelineExecution" {
		operation = "StartPipelineExecution"
	}
	known := m.ackNames.Object(operation)
	if known == nil || o.adopted() || fragment(o.kind, o.spec) {
		return
	}
	if hasReferences(o.spec) {
		o.spec = o.spec.Map(func(v value.Value) value.Value { return referred(v, known) })
	}
	m.add(o.raw(resource.ACK, o.kind, o.spec, exists), o.name)
}

// referred returns a spec with the members that its references stand for: ACK takes an ID, an ARN or a name from another
// object too, "subnetRefs" beside "subnetIDs", "roleRef" beside "roleARN". SageMaker's definitions have none so far (1.9).
func referred(v value.Value, known *schema.Object) value.Value {
	if known == nil || v.Kind() != value.KindObject {
		return v
	}
	var fields, added []value.Field
	for _, f := range v.Fields() {
		if inner := known.Member(f.Name); inner != nil {
			f.Value = f.Value.Map(func(v value.Value) value.Value { return referredWithin(v, inner) })
		} else if target := referredMember(f.Name, known); target != "" && v.Attr(target).Kind() == value.KindAbsent {
			found := value.OfPresent("it is taken from the object that " + f.Name + " names").WithOrigin(f.Value.Origin())
			added = append(added, value.Field{Name: target, Key: f.Key, Value: found})
			continue
		}
		fields = append(fields, f)
	}
	fields = append(fields, added...)
	if v.Open() {
		return value.OfOpenObject(fields, v.Reason(), v.Refs()...).WithOrigin(v.Origin())
	}
	return value.OfObject(fields, false).WithOrigin(v.Origin())
}

// referredWithin is referred for what may be a list of objects.
func referredWithin(v value.Value, known *schema.Object) value.Value {
	if v.Kind() != value.KindList || v.Open() {
		return referred(v, known)
	}
	elems := make([]value.Value, len(v.Elems()))
	for i, e := range v.Elems() {
		elems[i] = e.Map(func(e value.Value) value.Value { return referred(e, known) }).MaybeAs(e)
	}
	return value.OfList(elems, false).WithOrigin(v.Origin())
}

// referredMember returns the member that a reference stands for; empty of what is none.
func referredMember(name string, known *schema.Object) string {
	base, several := strings.CutSuffix(name, "Refs")
	ends := []string{"", "s", "IDs", "ARNs", "Names"}
	if !several {
		var one bool
		if base, one = strings.CutSuffix(name, "Ref"); !one || known.Has(name) {
			return ""
		}
		ends = []string{"", "ID", "ARN", "Name"}
	}
	for _, end := range ends {
		if known.Has(base + end) {
			return base + end
		}
	}
	return ""
}

// hasReferences reports whether a member of a value may be a reference.
func hasReferences(v value.Value) bool {
	if v.Kind() == value.KindChoice {
		return slices.ContainsFunc(v.Arms(), func(a value.Arm) bool { return hasReferences(a.Value) })
	}
	for _, e := range v.Elems() {
		if hasReferences(e) {
			return true
		}
	}
	for _, f := range v.Fields() {
		if strings.HasSuffix(f.Name, "Ref") || strings.HasSuffix(f.Name, "Refs") || hasReferences(f.Value) {
			return true
		}
	}
	return false
}
