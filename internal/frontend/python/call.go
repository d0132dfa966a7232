package python

import (
	"strings"

	"github.com/vpclint/vpclint/internal/pyast"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/value"
)

// An argument is one that a call gives. Key is the name token of a keyword.
type argument struct {
	name string
	key  source.Span
	// at is the expression, zero where it was unpacked from a list or dict.
	at  source.Span
	obj object
}

// arguments are what a call gives: open, with the reason, where it unpacks something that isn't known.
type arguments struct {
	positional []argument
	keywords   []argument
	open       string
	// spread tells that a dict was unpacked.
	spread bool
	// at is the call.
	at   source.Span
	call *pyast.Call
}

func (a *arguments) keyword(name string) (argument, bool) {
	for i := len(a.keywords) - 1; i >= 0; i-- {
		if a.keywords[i].name == name {
			return a.keywords[i], true
		}
	}
	return argument{}, false
}

func (a *arguments) first() (datum, bool) {
	if len(a.positional) == 0 {
		return datum{}, false
	}
	d, ok := a.positional[0].obj.(datum)
	return d, ok
}

// call evaluates a call: it may make a workload, run a function of the tree, or answer something that is modelled.
func (in *interp) call(n *pyast.Call, target string) object {
	if f, ok := n.Func.(*pyast.Attribute); ok && chains(f.Attr) {
		in.target = target
	}
	callee := in.eval(n.Func)
	a := in.arguments(n)
	in.callIPython(n)
	return in.used(n, in.inEach(callee, func(o object) object { return in.callOne(n, o, a, target) }))
}

// chains reports whether a method of a trainer returns the trainer: ModelTrainer(...).with_remote_debug_config(...) is bound to
// the name that is waiting for it.
func chains(method string) bool { return strings.HasPrefix(method, "with_") }

// inEach evaluates f of each alternative of an object in the world of that alternative, so that what f changes is changed
// there only.
func (in *interp) inEach(o object, f func(object) object) object {
	opts := options(narrow(o, in.st.path))
	if len(opts) == 1 {
		return f(opts[0].obj)
	}
	base := in.st
	var arms []arm
	var results []option
	for _, opt := range opts {
		st, ok := base.fork(opt.when...)
		if !ok {
			continue
		}
		in.st = st
		results = append(results, option{opt.when, f(opt.obj)})
		arms = append(arms, arm{opt.when, st})
		in.charge(len(st.slots))
	}
	in.st = base
	if len(arms) > 0 {
		base.join(arms, in.leave)
	}
	return choose(results)
}

// arguments evaluates what a call gives. Unpacked dicts become keywords that remember where their keys are written, so that a
// finding can point there; one that isn't known entirely leaves the call open, which means any parameter may be set.
func (in *interp) arguments(n *pyast.Call) *arguments {
	a := &arguments{at: in.span(n), call: n}
	if len(n.Args) > 0 {
		a.positional = make([]argument, 0, len(n.Args))
	}
	if len(n.Keywords) > 0 {
		a.keywords = make([]argument, 0, len(n.Keywords))
	}
	for _, e := range n.Args {
		o := in.eval(e)
		if a.open != "" {
			continue // which parameter it is for isn't known
		}
		if _, starred := e.(*pyast.Starred); !starred {
			a.positional = append(a.positional, argument{at: in.span(e), obj: o})
			continue
		}
		inOrder := in.ordered(o)
		items, complete := in.elements(o)
		if !complete || !inOrder || !certain(items) {
			a.open = in.written(e) + " may hold it"
			continue
		}
		for _, item := range items {
			a.positional = append(a.positional, argument{obj: item.obj})
		}
	}
	for _, k := range n.Keywords {
		o := in.eval(k.Value)
		if k.Arg != "" {
			at := in.span(k)
			at.End = min(at.Start+len(k.Arg), at.End)
			in.headed(k.Value, o, at)
			a.keywords = append(a.keywords, argument{name: k.Arg, key: at, at: in.span(k.Value), obj: o})
			continue
		}
		a.spread = true
		m := in.mapping(o)
		for _, e := range m.entries {
			item := narrow(e.obj, in.st.path)
			if _, gone := item.(missing); !gone {
				a.keywords = append(a.keywords, argument{name: e.name, key: e.key, at: e.at, obj: item})
			}
		}
		if m.open {
			a.open = m.reason
			if !strings.HasPrefix(m.reason, "**") {
				// Handed on from call to call, what was unpacked first is what is missing.
				a.open = "**" + in.written(k.Value) + " may hold it: " + m.reason
				if rest, comes := strings.CutPrefix(m.reason, comesFrom); comes {
					a.open = "**" + in.written(k.Value) + " may hold it, which comes from " + rest
				}
			}
		}
	}
	return a
}

// callOne evaluates a call of one alternative of a callee.
func (in *interp) callOne(n *pyast.Call, callee object, a *arguments, target string) object {
	in.escape(n, callee, a)
	in.handKeys(n, callee, a, target)
	switch callee := callee.(type) {
	case mock:
		return callee
	case external:
		return in.callExternal(n, callee.path, a, target)
	case bound:
		return in.callMethod(n, callee, a, target)
	case *function:
		return in.invoke(callee, n, a)
	case *class:
		return in.instantiate(callee, n, a, target)
	case decorator:
		if len(a.positional) > 0 {
			return in.decorated(in.applicationOf(n.Func), callee.path, callee.args, a.positional[0].obj, target)
		}
	case *partial:
		return in.callOne(n, callee.fn, callee.with(a), target)
	case *place:
		if callee.kind == instancePlace && callee.own != nil {
			if m, ok := in.classAttr(callee.own, "__call__", callee); ok {
				return in.callOne(n, m, a, target)
			}
		}
	case datum:
		return unknown(in.reasonOr(callee, in.comes(n)))
	}
	return in.runtime(n)
}

// runtime is what a call returns that nothing is known of.
func (in *interp) runtime(n *pyast.Call) datum {
	return unknown(in.comes(n))
}

// The classes of the SDK that the interpretation knows by their names.
const (
	sessionClass = "sagemaker.session.Session"
	botoSession  = "boto3.session.Session"
	localSession = "sagemaker.local.LocalSession"
	argParser    = "argparse.ArgumentParser"
)

// callExternal evaluates a call of something outside of the tree.
func (in *interp) callExternal(n *pyast.Call, path string, a *arguments, target string) object {
	root, name := path, last(path)
	if i := strings.IndexByte(root, '.'); i >= 0 {
		root = root[:i]
	}
	if mayMake(root) {
		in.makings++
	}
	in.callShell(path, a)
	switch root {
	case "builtins":
		return in.builtin(n, path, a)
	case "boto3", "botocore", "aioboto3", "aiobotocore":
		return in.callBoto(n, name, a)
	case "sagemaker", "sagemaker_core":
		if strings.HasSuffix(path, "hyperparameters.retrieve_default") || strings.HasSuffix(path, "environment_variables.retrieve_default") {
			return in.retrieved(n)
		}
		made := in.callSDK(n, path, name, a, target)
		in.handedOver(name, a, made)
		return made
	case "airflow":
		return in.callAirflow(n, path, a, target)
	case "aws_cdk":
		return in.callCDK(n, path, a, target)
	case "unittest", "mock", "pytest_mock":
		if strings.Contains(path, "mock") {
			return mock{}
		}
	case "sys":
		if name == "exit" {
			in.st.end = raised
		}
	case "os":
		return in.callOS(n, path, a)
	default:
		if o := in.callLibrary(n, path, a); o != nil {
			return o
		}
	}
	if name == "client" && in.names(a, "sagemaker") {
		return openedClient("sagemaker", a)
	}
	return in.runtime(n)
}

// names reports whether the first argument, or service_name, is a known text.
func (in *interp) names(a *arguments, service string) bool {
	s, ok := in.service(a)
	return ok && s == service
}

// service returns the name of the service that a client is opened for.
func (in *interp) service(a *arguments) (string, bool) {
	d, ok := a.first()
	if kw, has := a.keyword("service_name"); !ok && has {
		d, ok = kw.obj.(datum)
	}
	if !ok {
		return "", false
	}
	return d.AsString()
}

// callBoto evaluates a call of a function of boto3. A client of a service that isn't known isn't SageMaker's until a request
// says so.
func (in *interp) callBoto(n *pyast.Call, name string, a *arguments) object {
	switch name {
	case "client", "create_client":
		if s, ok := in.service(a); ok {
			return openedClient(s, a)
		}
	case "Session":
		return in.instance(botoSession, a)
	}
	return in.runtime(n)
}

// instance returns a new instance of a class outside of the tree, whose attributes are the keywords of the call.
func (in *interp) instance(class string, a *arguments) *place {
	p := &place{kind: instancePlace, span: a.at, header: a.at, class: class}
	in.st.setContent(p, holding(a.keywords, a.open))
	return p
}

// callSDK evaluates a call of the SageMaker SDK.
func (in *interp) callSDK(n *pyast.Call, path, name string, a *arguments, target string) object {
	switch {
	case name == "Session" && !strings.HasPrefix(path, "sagemaker.feature_store"), name == "PipelineSession":
		return in.session(sessionClass, a)
	case name == "load_sagemaker_config":
		return in.loadConfiguration(a)
	case strings.HasPrefix(name, "LocalSagemaker") && strings.HasSuffix(name, "Client"):
		return client{standIn}
	case isLocalSessionClass(path):
		return in.instance(localSession, a)
	case strings.HasPrefix(name, "Parameter") && strings.Contains(path, "workflow"):
		return in.pipelineParameter(a)
	case strings.Contains(path, ".workflow.functions."):
		if o := in.workflowValue(n, name, a); o != nil {
			return o
		}
	case isClarifyConfig(path):
		return in.instance(path, a)
	case name == "ClarifyCheckStep":
		in.checked(a)
	case isShape(path) && !ownSettings[name]:
		return in.shape(n, path, a)
	case carriers[name] != nil:
		in.tuned(n, path, a, target)
		p := in.instance(path, a)
		in.st.setContent(p, holding(carriers[name].named(a), a.open))
		return p
	case settingClasses[name] != nil:
		return in.settingInstance(n, path, name, a)
	}
	if class, op, ok := resourceOf(path); ok {
		return in.createResource(n, class, op, a, target)
	}
	if name == "__init__" {
		if self, rest := handedUp(a); self != nil && in.superInit(self, rest) {
			return none(a.at)
		}
	}
	if in.decoratorOf(path) != nil {
		return in.decorate(n, path, a, target)
	}
	if exports[name] != "" && strings.HasSuffix(path, ".workflow.airflow."+name) {
		return in.export(n, name, a, target)
	}
	if sig := in.signatureOf(path); sig != nil {
		return in.construct(n, path, sig, a, target)
	}
	if class := strings.TrimSuffix(path, "."+name); class != path {
		if sig := in.files.signatures.classes[last(class)+"."+name]; sig != nil && in.signatureOf(class) != nil {
			return in.construct(n, class, sig, a, target)
		}
	}
	return in.runtime(n)
}

// pipelineParameter evaluates ParameterString(name, default_value): the default is what runs unless an execution says
// otherwise.
func (in *interp) pipelineParameter(a *arguments) object {
	name := "of the pipeline"
	if kw, ok := a.keyword("name"); ok {
		if d, isDatum := kw.obj.(datum); isDatum && d.Literal() != "" {
			name = d.Literal()
		}
	} else if d, ok := a.first(); ok && d.Literal() != "" {
		name = d.Literal()
	}
	def, ok := a.keyword("default_value")
	if !ok && len(a.positional) > 1 {
		def, ok = a.positional[1], true
	}
	d, isDatum := def.obj.(datum)
	if !ok || !isDatum || d.Kind() == value.KindAbsent {
		return unknown("the pipeline parameter " + name + " has no default").at(a.at)
	}
	if d.Origin() == nil {
		return d.at(a.at)
	}
	return datum{d.Noted("the default of the pipeline parameter " + name + " is " + spell(name, d.Value))}
}

// callMethod evaluates a call of an attribute of an object.
func (in *interp) callMethod(n *pyast.Call, b bound, a *arguments, target string) object {
	if op, ok := operations[b.name]; ok {
		in.makings++
		if o := in.request(n, b, op, a, target); o != nil {
			return o
		}
	}
	if d, ok := definitions[b.name]; ok && in.isDefining(b, d, a) {
		return in.sendDefinition(n, b.name, d, a, target)
	}
	if c, ok := accessCallOf(b, a); ok {
		return in.sendAccess(n, b.name, c, a, target)
	}
	switch self := b.self.(type) {
	case mapped:
		return in.expand(n, self, b.name, a, target)
	case parent:
		if b.name == "__init__" && in.superInit(self.self, a) {
			return none(a.at)
		}
	case datum:
		if b.name == "split" && self.Kind() != value.KindScalar {
			if o := in.splitIDs(self, a); o != nil {
				return o
			}
		}
		if o, ok := in.stringMethod(n, self, b.name, a); ok {
			return o
		}
	case located:
		if o := in.pathMethod(n, self, b.name, a); o != nil {
			return o
		}
	case client:
		if self.service == "ssm" {
			if o := in.parameterStore(n, b.name, a, target); o != nil {
				return o
			}
		}
	case opened:
		return in.fileMethod(n, self, b.name, a)
	case octets:
		if o := octetsMethod(self, b.name, a); o != nil {
			return o
		}
	case *place:
		in.overridden(self, b.name, a)
		if self.class == hookClass {
			if o := in.hookMethod(n, b.name, a, target); o != nil {
				return o
			}
		}
		if o := in.placeMethod(n, self, b.name, a); o != nil {
			return o
		}
		if self.class == sessionClass && in.sessionCall(n, b.name, a, target) {
			return in.runtime(n)
		}
	}
	if p, ok := b.self.(*place); ok && p.kind == instancePlace {
		in.makings++
		if b.name == "get_vpc_config" {
			return in.vpcOf(p, a)
		}
		in.deployed(p, b.name, a)
		in.analyzed(p, b.name, a)
		in.ran(p, b.name, a)
		in.sentBy(n, p, b.name)
		in.hosted(n, p, b.name, a, target)
		in.served(n, p, b.name, a, target)
		if m := in.modelOf(n, p, b.name); m != nil {
			return m
		}
		if in.built[p] != nil && chains(b.name) {
			return p
		}
	}
	if b.name == "client" || b.name == "create_client" {
		if s, ok := in.service(a); ok {
			return openedClient(s, a)
		}
	}
	if d, ok := b.self.(datum); ok && d.Reason() != "" {
		if b.name == "split" {
			return d.split()
		}
		return unknown(d.Reason())
	}
	return in.runtime(n)
}
