package jobconfig

import (
	"cmp"
	"strings"

	"github.com/vpclint/vpclint/internal/doctree"
	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/literal"
	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/value"
)

// A stepKind is what the steps of one type do.
type stepKind struct {
	// operation is the request that a step's arguments are; empty of one that sends SageMaker none, as Lambda does.
	operation string
	// body are the members of the arguments that hold other steps.
	body []string
}

// stepKinds are the types of steps that the SDK writes (StepTypeEnum of versions 2 and 3). The SDK writes functions under
// @step and notebook jobs as Training, and the checks' arguments are those of a processing job:
// https://docs.aws.amazon.com/sagemaker/latest/dg/build-and-manage-steps-types.html
var stepKinds = map[string]stepKind{
	"Training":           {operation: "CreateTrainingJob"},
	"Processing":         {operation: "CreateProcessingJob"},
	"QualityCheck":       {operation: "CreateProcessingJob"},
	"ClarifyCheck":       {operation: "CreateProcessingJob"},
	"Tuning":             {operation: "CreateHyperParameterTuningJob"},
	"Transform":          {operation: "CreateTransformJob"},
	"Model":              {operation: "CreateModel"},
	"AutoML":             {operation: "CreateAutoMLJob"},
	"RegisterModel":      {operation: "CreateModelPackage"},
	"EndpointConfig":     {operation: "CreateEndpointConfig"},
	"Endpoint":           {operation: "CreateEndpoint"},
	"InferenceComponent": {operation: "CreateInferenceComponent"},
	"Job":                {operation: "CreateJob"},
	"Condition":          {body: []string{"IfSteps", "ElseSteps"}},
	"ForEach":            {body: []string{"ForEachBody"}},
	"Callback":           {},
	"Lambda":             {},
	"EMR":                {},
	"EMRServerless":      {},
	"Fail":               {},
	"Lineage":            {},
	"Cleanup":            {},
}

// pipelineVersion is the only version of definitions that there is.
const pipelineVersion = "2020-12-01"

// definitionMembers are those of requests and templates that hold a definition as a text.
var definitionMembers = []string{"PipelineDefinition", "PipelineDefinitionBody"}

// pipelineReader finds definitions of SageMaker pipelines: alone, or under any key.
func pipelineReader() reader {
	return reader{
		marks:   []string{pipelineVersion},
		telling: []string{"Steps"},
		claims:  func(n, _ *doctree.Node) bool { return isPipeline(n) },
		read: func(p place) []resource.Raw {
			d, header := definitionAt(p)
			return d.read(literal.Object(p.node).From(header))
		},
		certain: certainPipeline,
		fills:   true,
	}
}

// pipelineTextReader finds the texts of definitions in what is no request as a whole, and what the service answers about a
// pipeline that is there, which is none of ours.
func pipelineTextReader() reader {
	return reader{
		marks:   definitionMembers[:1],
		telling: definitionMembers,
		claims:  func(n, _ *doctree.Node) bool { return isDescribedPipeline(n) || pipelineText(n) != nil },
		read: func(p place) []resource.Raw {
			if isDescribedPipeline(p.node) {
				return nil
			}
			d, header := definitionAt(p)
			return d.read(literal.Value(pipelineText(p.node), header).FromJSON())
		},
	}
}

func isDescribedPipeline(n *doctree.Node) bool {
	return n.Get("PipelineArn") != nil || n.Get("PipelineStatus") != nil
}

// isPipeline reports whether a mapping is a definition. The version may be left out or to be filled in, where what there is
// of steps speaks for itself.
func isPipeline(n *doctree.Node) bool {
	steps := n.Get("Steps")
	if steps == nil || steps.Kind != list {
		return false
	}
	switch version := n.Get("Version"); {
	case version != nil && version.Text == pipelineVersion:
		return true
	case version != nil && !literal.StillToFill(version) || len(steps.Items) == 0:
		return false
	}
	name, typ := steps.Items[0].Get("Name"), steps.Items[0].Get("Type")
	if name == nil || typ == nil {
		return false
	}
	_, known := stepKinds[typ.Text]
	return known
}

// pipelineText returns the text of a definition that a mapping holds, or nil.
func pipelineText(n *doctree.Node) *doctree.Node {
	for _, name := range definitionMembers {
		v := n.Get(name)
		if v != nil && v.Kind == text && strings.HasPrefix(strings.TrimLeft(v.Text, " \t\r\n"), "{") && strings.Contains(v.Text, "Steps") {
			return v
		}
	}
	return nil
}

// certainPipeline reports whether the bytes of a broken file have the version and the keys of a definition.
func certainPipeline(content []byte) bool {
	content = content[:min(len(content), maxUnreadable)]
	return hasKeys(content, []string{"Version", "Steps", "Arguments"}) && strings.Contains(string(content), pipelineVersion)
}

// definitionAt returns the definition of a place, of which nothing is read yet, and where the place is named.
func definitionAt(p place) (definition, source.Span) {
	header := literal.Opening(p.node)
	if p.key != nil {
		header = p.key.Span
	}
	return definition{
		names: p.names,
		owner: resource.Raw{
			Addr: value.Address{Unit: p.file.Path}, Subject: p.file.Path, Exists: value.Yes(), Span: header.FirstLine(),
		},
	}, header
}

// readPipelineBody returns the requests of the steps of a definition that another document holds.
func readPipelineBody(b frontend.Body) []resource.Raw {
	d := definition{owner: b.Owner, names: &frontend.Names{}}
	return d.read(b.Value.FromJSON())
}

// A definition is one pipeline's, of which the steps are read.
type definition struct {
	owner resource.Raw
	names *frontend.Names
	// parameters are by their names. Where others can't be known, missing says why.
	parameters map[string]value.Value
	missing    string
	steps      []step
	// named are the indices of the steps that make something, by their names.
	named map[string]int
	// joined is the length of all texts that have been put together, and told how many parameters have worlds of their own.
	joined, told int
}

// A step is one that sends a request.
type step struct {
	operation string
	name      string
	addr      value.Address
	subject   string
	span      source.Span
	arguments value.Value
	when      value.World
	shadow    *value.Truth
}

// read returns the requests that the steps of a definition send.
func (d *definition) read(v value.Value) []resource.Raw {
	d.named = map[string]int{}
	for _, arm := range v.Arms() {
		d.gather(arm.Value.Attr("Steps"), arm.When)
	}
	if len(d.steps) == 0 {
		return nil
	}
	d.declare(v)
	var out []resource.Raw
	for _, s := range d.steps {
		props := d.resolve(s.arguments)
		switch props.Kind() {
		case value.KindObject, value.KindChoice:
		default:
			props = value.OfOpenObject(nil, cmp.Or(props.Reason(), "the arguments of the step are not known"), props.Refs()...)
		}
		out = append(out, resource.Raw{
			Dialect: resource.API,
			Type:    s.operation,
			Addr:    s.addr,
			Unit:    d.owner.Unit,
			Subject: s.subject,
			Exists:  d.owner.Exists.Within(s.when),
			Props:   props.From(s.span),
			Span:    s.span,
			Via:     d.owner.Via,
			Shadow:  s.shadow,
		})
	}
	return out
}

// gather takes down the steps of a list that send requests, and those within them. A branch of a condition may be taken, so
// that its steps always count.
func (d *definition) gather(steps value.Value, when value.World) {
	members, _ := steps.Members()
	for _, m := range members {
		for _, arm := range m.Value.Arms() {
			world, possible := when.And(m.When)
			if !possible {
				continue
			}
			if world, possible = world.And(arm.When); possible {
				d.step(arm.Value, world)
			}
		}
	}
}

func (d *definition) step(v value.Value, when value.World) {
	kind := stepKinds[v.Attr("Type").Literal()]
	arguments := v.Attr("Arguments")
	for _, member := range kind.body {
		for _, arm := range arguments.Arms() {
			if world, possible := when.And(arm.When); possible {
				d.gather(arm.Value.Attr(member), world)
			}
		}
	}
	operation := requestOf(kind.operation, arguments)
	if operation == "" || arguments.Kind() == value.KindAbsent ||
		arguments.Kind() == value.KindObject && len(arguments.Fields()) == 0 && !arguments.Open() {
		return // nothing that anyone could run
	}
	name := v.Attr("Name").Literal()
	label := d.names.Unique(stepName(name, operation))
	s := step{
		operation: operation,
		name:      name,
		addr:      value.Address{Unit: d.owner.Addr.Unit, Name: label},
		subject:   d.owner.Subject + ":" + label,
		span:      d.header(v),
		arguments: arguments,
		when:      when,
		shadow:    shadowOf(v.Attr("CheckType").Literal()),
	}
	if d.owner.Addr.Name != "" {
		s.addr.Name = d.owner.Addr.Name + ":" + label
	}
	if _, taken := d.named[name]; !taken {
		d.named[name] = len(d.steps)
	}
	d.steps = append(d.steps, s)
}

// requestOf returns the request that a step's arguments are. AWS's schema of definitions calls both steps of endpoints
// "Endpoint", and a job of AutoML's second version has members that the first hasn't.
func requestOf(operation string, arguments value.Value) string {
	has := func(names ...string) bool {
		for _, arm := range arguments.Arms() {
			for _, name := range names {
				if _, there := arm.Value.Field(name); there {
					return true
				}
			}
		}
		return false
	}
	switch {
	case operation == "CreateEndpoint" && has("ProductionVariants"):
		return "CreateEndpointConfig"
	case operation == "CreateAutoMLJob" && has("AutoMLProblemTypeConfig", "AutoMLJobInputDataConfig"):
		return "CreateAutoMLJobV2"
	}
	return operation
}

// shadowOf returns what the type of a check of Clarify's tells of a resource.Raw's Shadow: those of models ask one.
// https://docs.aws.amazon.com/sagemaker/latest/dg/build-and-manage-steps-types.html#step-type-clarify-check
func shadowOf(check string) *value.Truth {
	asks := value.No()
	switch check {
	case "MODEL_BIAS", "MODEL_EXPLAINABILITY":
		asks = value.Yes()
	case "DATA_BIAS":
	default:
		return nil
	}
	return &asks
}

// stepName returns what a step is called: its name, or its request's where that isn't known.
func stepName(name, operation string) string {
	plain := func(r rune) bool {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-' || r == '_' || r == '.' || r == ' '
	}
	if name == "" || len(name) > longestName || strings.ContainsFunc(name, func(r rune) bool { return !plain(r) }) {
		return operation
	}
	return name
}

// header returns where a step is reported: at its name, as an element of a list has no key, or else where it begins.
func (d *definition) header(v value.Value) source.Span {
	for _, o := range []*value.Origin{v.Attr("Name").Origin(), v.Origin()} {
		if o != nil && !o.Span.IsZero() {
			return o.Span.FirstLine()
		}
	}
	return d.owner.Span
}
