package python

import (
	"strings"

	"github.com/vpclint/vpclint/internal/pyast"
	"github.com/vpclint/vpclint/internal/value"
)

// An airflowOperator is a class of Airflow's Amazon provider that sends requests of SageMaker's:
// https://airflow.apache.org/docs/apache-airflow-providers-amazon/stable/operators/sagemaker.html
type airflowOperator struct {
	// operation is what its config is the request of; parts are the requests that its config holds by these keys.
	operation string
	parts     []airflowPart
	// build makes the request of arguments of its own; nil where it is the config.
	build func(in *interp, n *pyast.Call, a *arguments) value.Value
}

type airflowPart struct{ key, operation string }

// airflowOperators are the operators by their names, which are the same in every package that they have been in.
var airflowOperators = map[string]airflowOperator{
	"SageMakerTrainingOperator":       {operation: "CreateTrainingJob"},
	"SageMakerProcessingOperator":     {operation: "CreateProcessingJob"},
	"SageMakerTuningOperator":         {operation: "CreateHyperParameterTuningJob"},
	"SageMakerModelOperator":          {operation: "CreateModel"},
	"SageMakerEndpointConfigOperator": {operation: "CreateEndpointConfig"},
	"SageMakerTransformOperator":      {operation: "CreateTransformJob", parts: []airflowPart{{"Model", "CreateModel"}, {"Transform", "CreateTransformJob"}}},
	"SageMakerEndpointOperator":       {parts: []airflowPart{{"Model", "CreateModel"}, {"EndpointConfig", "CreateEndpointConfig"}}},
	"SageMakerAutoMLOperator":         {operation: "CreateAutoMLJob", build: airflowAutoML},
	"SageMakerCreateNotebookOperator": {operation: "CreateNotebookInstance", build: airflowNotebook},
}

// hookMethods are the methods of Airflow's SageMakerHook that send a request which is their first argument.
var hookMethods = map[string]string{
	"create_training_job": "CreateTrainingJob", "create_processing_job": "CreateProcessingJob",
	"create_tuning_job": "CreateHyperParameterTuningJob", "create_model": "CreateModel",
	"create_endpoint_config": "CreateEndpointConfig", "create_transform_job": "CreateTransformJob",
}

// hookClass is Airflow's class of connections to SageMaker.
const hookClass = "airflow.providers.amazon.aws.hooks.sagemaker.SageMakerHook"

// A mapped is an operator whose tasks are made by expand, one for each element of a list.
type mapped struct {
	name string
	args *arguments
	// call stands for the one of the operator itself: its tasks are reported there.
	call *pyast.Call
}

func (mapped) isObject() {}

// callAirflow evaluates a call of something of Airflow's.
func (in *interp) callAirflow(n *pyast.Call, path string, a *arguments, target string) object {
	name := last(path)
	if class, ok := strings.CutSuffix(path, ".partial"); ok && airflowOperators[last(class)].known() {
		if f, written := n.Func.(*pyast.Attribute); written {
			return mapped{last(class), a, in.applicationOf(f.Value)}
		}
		return mapped{last(class), a, n}
	}
	if op := airflowOperators[name]; op.known() {
		in.runOperator(n, name, op, a, target)
		return in.instance(path, a)
	}
	if name == last(hookClass) {
		return in.instance(hookClass, a)
	}
	return in.runtime(n)
}

func (op airflowOperator) known() bool { return op.operation != "" || len(op.parts) > 0 }

// expand evaluates the expansion of an operator: a task for each element, which differ in one argument or several.
func (in *interp) expand(n *pyast.Call, m mapped, method string, a *arguments, target string) object {
	all := *m.args
	all.keywords = append([]argument(nil), m.args.keywords...)
	for _, kw := range a.keywords {
		kw.obj = in.anyTask(n, kw.obj)
		all.keywords = append(all.keywords, kw)
	}
	if method == "expand_kwargs" && len(a.positional) > 0 {
		one := in.mapping(in.anyTask(n, a.positional[0].obj))
		for _, e := range one.entries {
			all.keywords = append(all.keywords, argument(e))
		}
		if one.open {
			all.open = one.reason
		}
	}
	in.runOperator(m.call, m.name, airflowOperators[m.name], &all, target)
	return in.runtime(n)
}

// anyTask returns one element of a list, in a world of its own for each.
func (in *interp) anyTask(n *pyast.Call, list object) object {
	items, complete := in.elements(list)
	if !complete || len(items) == 0 || len(items) > maxOptions || !certain(items) {
		if r := in.reason(list); r != "" {
			return unknown(r)
		}
		return in.runtime(n)
	}
	opts := make([]option, len(items))
	ids := make([]string, len(items))
	for i := range items {
		ids[i] = itoa(i)
	}
	for i, item := range items {
		f := value.Fact{
			Var: in.here(n) + " element", Is: ids[i], Text: "the task is that of element " + ids[i], Domain: value.Values(ids),
		}
		opts[i] = option{value.World{f}, item.obj}
	}
	return choose(opts)
}

// runOperator makes the workloads of an operator.
func (in *interp) runOperator(n *pyast.Call, name string, op airflowOperator, a *arguments, target string) {
	if in.quiet > 0 {
		return
	}
	if op.build != nil {
		r := run{props: op.build(in, n, a), exists: value.In(in.exists)}
		in.record(n, op.operation, airflowSpelling[op.operation], name, target, r)
		return
	}
	config, given := a.keyword("config")
	if !given {
		if a.open == "" {
			return // the operator refuses to be made
		}
		config.obj = unknown(a.open)
	}
	c := in.mapping(config.obj)
	if _, alone := c.find("TransformInput"); len(op.parts) == 0 || op.operation != "" && alone {
		in.send(n, op.operation, config.obj, name, target)
		return
	}
	for _, part := range op.parts {
		for _, opt := range options(narrow(c.at(part.key), in.st.path)) {
			// A config of which only that is known that it isn't may as well be of a model that exists.
			if p, isPlace := opt.obj.(*place); isPlace {
				in.sendUnder(opt.when, n, part.operation, p, name, target)
			}
		}
	}
}

// send makes the workload of a request that is one object.
func (in *interp) send(n *pyast.Call, operation string, config object, callee, target string) {
	in.sendUnder(nil, n, operation, config, callee, target)
}

func (in *interp) sendUnder(when value.World, n *pyast.Call, operation string, config object, callee, target string) {
	c := in.mapping(config)
	if c.reason == exportedReason {
		return
	}
	var fields []value.Field
	for _, e := range c.entries {
		o := narrow(e.obj, in.st.path)
		if _, gone := o.(missing); gone {
			continue
		}
		v := templated(useAt(in.freeze(o), e.at), false)
		if e.name == "ProductionVariants" {
			v = withModels(v)
		}
		fields = append(fields, value.Field{Name: e.name, Key: e.key, Value: v})
	}
	props := value.OfObject(fields, false)
	if c.open {
		reason := c.reason
		if d, ok := config.(datum); ok && isTemplate(d.Literal()) {
			reason = "config is a template that Airflow fills in"
		}
		props = value.OfOpenObject(fields, reason)
	}
	r := run{props: props.From(in.span(n.Func)), exists: value.In(in.exists).And(value.In(when))}
	in.record(n, operation, nil, callee, target, r)
}

// isTemplate reports whether Airflow fills in a text when the task runs.
func isTemplate(s string) bool { return strings.Contains(s, "{{") || strings.Contains(s, "{%") }

// templated returns a value with the texts unknown that Airflow fills in. One that is a member of a list is a member
// whatever it comes to.
func templated(v value.Value, member bool) value.Value {
	switch v.Kind() {
	case value.KindScalar, value.KindText:
		text := v.Literal()
		for _, part := range v.Parts() {
			text += part.Literal()
		}
		if !isTemplate(text) {
			return v
		}
		const reason = "it is a template that Airflow fills in"
		if member {
			return value.OfPresent(reason).WithOrigin(v.Origin())
		}
		return value.OfOpaque(reason).WithOrigin(v.Origin())
	case value.KindList:
		elems := make([]value.Value, len(v.Elems()))
		for i, e := range v.Elems() {
			elems[i] = templated(e, true)
		}
		if v.Open() {
			return value.OfOpenList(elems, v.Reason()).WithOrigin(v.Origin())
		}
		return value.OfList(elems, false).WithOrigin(v.Origin())
	case value.KindObject:
		fields := make([]value.Field, len(v.Fields()))
		for i, f := range v.Fields() {
			f.Value = templated(f.Value, false)
			fields[i] = f
		}
		if v.Open() {
			return value.OfOpenObject(fields, v.Reason()).WithOrigin(v.Origin())
		}
		return value.OfObject(fields, false).WithOrigin(v.Origin())
	case value.KindChoice:
		return v.Map(func(arm value.Value) value.Value { return templated(arm, member) })
	}
	return v
}

// airflowSpelling is how an author knows the members that operators have arguments of their own for.
var airflowSpelling = map[string]map[string]string{
	"CreateNotebookInstance": {
		"DirectInternetAccess": "direct_internet_access", "RootAccess": "root_access", "KmsKeyId": "volume_kms_key_id",
		"RoleArn": "role_arn", "InstanceType": "instance_type",
		"SubnetId": "create_instance_kwargs.SubnetId", "SecurityGroupIds": "create_instance_kwargs.SecurityGroupIds",
	},
	"CreateAutoMLJob": {
		"RoleArn": "role_arn", "OutputDataConfig.S3OutputPath": "s3_output",
		"AutoMLJobConfig": "extras.AutoMLJobConfig", "OutputDataConfig": "extras.OutputDataConfig",
	},
}

// airflowAutoML makes the request of SageMakerAutoMLOperator, over which its extras are laid.
func airflowAutoML(in *interp, n *pyast.Call, a *arguments) value.Value {
	b := &builder{header: in.span(n.Func), open: a.open}
	in.lay(b, a, "extras")
	in.own(b, a, "job_name", "AutoMLJobName")
	in.own(b, a, "role_arn", "RoleArn")
	if !b.has("OutputDataConfig") {
		in.own(b, a, "s3_output", "OutputDataConfig.S3OutputPath")
	}
	return b.object()
}

// airflowNotebook makes the request of SageMakerCreateNotebookOperator, over which its create_instance_kwargs are laid. None
// is left out.
func airflowNotebook(in *interp, n *pyast.Call, a *arguments) value.Value {
	b := &builder{header: in.span(n.Func), open: a.open}
	in.lay(b, a, "create_instance_kwargs")
	for _, m := range [...]member{
		{"instance_name", "NotebookInstanceName"}, {"instance_type", "InstanceType"}, {"role_arn", "RoleArn"},
		{"volume_kms_key_id", "KmsKeyId"}, {"lifecycle_config_name", "LifecycleConfigName"},
		{"direct_internet_access", "DirectInternetAccess"}, {"root_access", "RootAccess"},
	} {
		in.own(b, a, m.param, m.path)
	}
	return b.object()
}

// lay sets the members of a dict that an argument holds.
func (in *interp) lay(b *builder, a *arguments, param string) {
	arg, ok := a.keyword(param)
	if !ok || !settled(arg.obj) {
		return
	}
	c := in.mapping(arg.obj)
	for _, e := range c.entries {
		if v := in.freeze(narrow(e.obj, in.st.path)); !nothing(v) {
			b.set(e.name, e.key, templated(useAt(v, e.at), false))
		}
	}
	if c.open && b.open == "" {
		b.open = c.reason
	}
}

// own sets a member that an argument is.
func (in *interp) own(b *builder, a *arguments, param, path string) {
	if arg, ok := a.keyword(param); ok && !b.has(path) {
		b.set(path, arg.key, templated(in.argumentValue(arg), false))
	}
}

// hookMethod evaluates a method of Airflow's SageMakerHook; nil where it isn't modelled.
func (in *interp) hookMethod(n *pyast.Call, name string, a *arguments, target string) object {
	if name == "get_conn" || name == "get_client_type" {
		return client{"sagemaker"}
	}
	config, given := a.keyword("config")
	if !given && len(a.positional) > 0 {
		config, given = a.positional[0], true
	}
	if operation := hookMethods[name]; operation != "" && given {
		if in.quiet == 0 {
			in.send(n, operation, config.obj, name, target)
		}
		return in.runtime(n)
	}
	return nil
}
