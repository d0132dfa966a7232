package python

import (
	"strings"

	"github.com/vpclint/vpclint/internal/pyast"
	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// A site is a call that makes a workload, however often the script comes by.
type site struct {
	operation string
	spelling  map[string]string
	span      source.Span
	name      string // the subject without its path
	runs      []run
}

// A run is what one pass by a site makes.
type run struct {
	chain  []callSite
	props  value.Value
	exists value.Truth
}

// signatureOf returns the signature of a class of the SDK.
func (in *interp) signatureOf(path string) *signature {
	// These packages have classes of the same names that mean something else: shapes of requests, resources, doubles.
	for _, other := range [...]string{"sagemaker.core.resources.", "sagemaker.core.shapes.", "sagemaker.core.local."} {
		if strings.HasPrefix(path, other) {
			return nil
		}
	}
	return in.files.signatures[last(path)]
}

// named returns the arguments of a call by the names of the constructor's parameters.
func (sig *signature) named(a *arguments) []argument {
	if len(a.positional) == 0 {
		return a.keywords
	}
	out := make([]argument, 0, len(a.positional)+len(a.keywords))
	names := strings.Fields(sig.positional)
	for i, arg := range a.positional {
		if i < len(names) {
			arg.name = names[i]
			out = append(out, arg)
		}
	}
	return append(out, a.keywords...)
}

// settingInstance evaluates the constructor of a settings class.
func (in *interp) settingInstance(n *pyast.Call, path, name string, a *arguments) object {
	p := &place{kind: instancePlace, span: in.span(n), header: in.span(n.Func), class: path}
	in.st.setContent(p, holding(settingClasses[name].named(a), a.open))
	return p
}

// holding returns the content of an instance whose attributes are the arguments of its constructor. Of two of one name,
// find takes the later.
func holding(args []argument, open string) *content {
	c := &content{entries: make([]entry, len(args)), open: open != "", reason: open}
	for i, arg := range args {
		c.entries[i] = entry(arg)
	}
	return c
}

// construct evaluates the constructor of a class that makes a workload.
func (in *interp) construct(n *pyast.Call, path string, sig *signature, a *arguments, target string) object {
	args := sig.named(a)
	p := &place{kind: instancePlace, span: in.span(n), header: in.span(n.Func), class: path}
	in.st.setContent(p, holding(args, a.open))
	if in.quiet > 0 {
		return p
	}
	exists := value.In(in.exists)
	for _, arg := range args {
		if arg.name == sig.unless && settled(arg.obj) {
			return p
		}
		exists = exists.And(in.remote(arg))
	}
	if exists.Known() == tri.False {
		return p
	}
	in.record(n, sig.operation, sig.spelling, last(path), target, in.props(n, sig, args, a.open), exists)
	return p
}

// settled reports whether an argument is given and isn't None.
func settled(o object) bool {
	d, ok := o.(datum)
	return !ok || d.Kind() != value.KindAbsent
}

// remote holds where an argument doesn't make the workload run on the machine of its author: in local mode nothing
// exists in AWS. A mock of a session doesn't reach it either.
func (in *interp) remote(arg argument) value.Truth {
	var ts []value.Truth
	local := false
	for _, opt := range options(narrow(arg.obj, in.st.path)) {
		here := isLocal(arg.name, opt.obj)
		local = local || here
		ts = append(ts, value.Always(tri.Of(!here), nil).When(opt.when))
	}
	if !local {
		return value.Yes()
	}
	return value.Join(ts...)
}

func isLocal(param string, o object) bool {
	switch param {
	case "instance_type", "train_instance_type":
		d, ok := o.(datum)
		return ok && (d.Literal() == "local" || d.Literal() == "local_gpu")
	case "sagemaker_session":
		p, ok := o.(*place)
		return o == mock{} || ok && p.class == localSession
	case "training_mode", "mode":
		ext, ok := o.(external)
		return ok && (last(ext.path) == "LOCAL_CONTAINER" || last(ext.path) == "IN_PROCESS")
	}
	return false
}

// settingOf is the class whose members a dict has that is passed in its object's stead.
var settingOf = map[string]string{
	"networking": "Networking", "network": "Networking", "compute": "Compute", "output_data_config": "OutputDataConfig",
}

// props builds the request that the SDK makes of a constructor's arguments.
func (in *interp) props(n *pyast.Call, sig *signature, args []argument, open string) value.Value {
	header := in.span(n.Func)
	b := &builder{header: header, open: open}
	for _, m := range sig.members {
		for i := len(args) - 1; i >= 0; i-- {
			arg := args[i]
			if arg.name != m.param {
				continue
			}
			v := in.argumentValue(arg)
			if m.path == spread {
				b.spread(v, arg.key)
			} else if !nothing(v) {
				b.set(m.path, arg.key, v)
			}
			break
		}
	}
	for _, m := range sig.unsure {
		if !b.has(m.path) {
			b.set(m.path, source.Span{}, value.OfOpaque(m.param).From(header))
		}
	}
	if open != "" {
		return b.object()
	}
	return in.defaults.fill(b.object(), sig)
}

// argumentValue returns what an argument is to the request.
func (in *interp) argumentValue(arg argument) value.Value {
	o := narrow(arg.obj, in.st.path)
	if class := settingOf[arg.name]; class != "" {
		o = apply(o, func(o object) object {
			if p, ok := o.(*place); ok && p.kind == dictPlace {
				q := *p
				q.kind, q.class = instancePlace, "sagemaker."+class
				in.st.setContent(&q, in.st.content(p))
				return &q
			}
			return o
		})
	}
	return useAt(in.freeze(o), arg.at)
}

// useAt returns v as it is read at a place; an object keeps its header, and what is written there itself its place.
func useAt(v value.Value, at source.Span) value.Value {
	if at.IsZero() {
		return v
	}
	if v.Kind() == value.KindChoice {
		origin := v.Use(at).Origin()
		return v.Map(func(arm value.Value) value.Value { return useAt(arm, at) }).WithOrigin(origin)
	}
	if v.Kind() == value.KindObject {
		return v
	}
	if o := v.Origin(); o != nil && at.Contains(o.Span) {
		return v
	}
	return v.Use(at)
}

// hosted follows what is made from an estimator: it inherits the placement and is no workload of its own, unless the call
// changes that. The default of vpc_config_override is a sentinel, so that None means no VPC at all.
func (in *interp) hosted(n *pyast.Call, p *place, method string, a *arguments, target string) {
	sig := in.files.signatures[last(p.class)]
	override, given := a.keyword("vpc_config_override")
	switch method {
	case "deploy", "transformer", "create_model":
	default:
		return
	}
	if !given || in.quiet > 0 || sig == nil || sig.operation != "CreateTrainingJob" {
		return
	}
	made := *model("")
	args := []argument{{name: "vpc_config", key: override.key, at: override.at, obj: override.obj}}
	made.spelling = map[string]string{
		"VpcConfig":                  "vpc_config_override",
		"VpcConfig.Subnets":          "vpc_config_override",
		"VpcConfig.SecurityGroupIds": "vpc_config_override",
		"EnableNetworkIsolation":     "enable_network_isolation",
	}
	if isolation, ok := a.keyword("enable_network_isolation"); ok {
		args = append(args, isolation)
	} else if o := in.st.content(p).at("enable_network_isolation"); o != (missing{}) {
		args = append(args, argument{name: "enable_network_isolation", obj: o})
	}
	made.config = nil // the call has the say, not config.yaml
	in.record(n, made.operation, made.spelling, method, target, in.props(n, &made, args, a.open), value.In(in.exists))
}

// request evaluates a call of a boto3 client for SageMaker; nil where it is something else's.
func (in *interp) request(n *pyast.Call, b bound, op operation, a *arguments, target string) object {
	if len(a.positional) > 0 || !in.isSageMaker(b.self, op, a) {
		return nil
	}
	if in.quiet == 0 {
		var fields []value.Field
		for _, kw := range a.keywords {
			fields = append(fields, value.Field{Name: kw.name, Key: kw.key, Value: in.argumentValue(kw)})
		}
		props := value.OfObject(fields, false)
		if a.open != "" {
			props = value.OfOpenObject(fields, a.open)
		}
		in.record(n, op.name, nil, b.name, target, props.From(in.span(n.Func)), value.In(in.exists))
	}
	return in.runtime(n)
}

// isSageMaker reports whether the receiver of a request is a SageMaker client, by what flows into it, or else by a method
// and members that no other service has.
func (in *interp) isSageMaker(self object, op operation, a *arguments) bool {
	switch self := self.(type) {
	case client:
		return self.service == "sagemaker"
	case datum:
		if self.Reason() == "" {
			return false
		}
	case bound, external:
	default:
		return false
	}
	for _, kw := range a.keywords {
		for _, name := range op.typical {
			if kw.name == name {
				return true
			}
		}
	}
	if op.common || !a.spread {
		return false
	}
	for _, kw := range a.keywords {
		if kw.name == strings.ToLower(kw.name) {
			return false
		}
	}
	return true
}

// record keeps what a pass by a site makes.
func (in *interp) record(n *pyast.Call, op string, spelling map[string]string, callee, target string,
	props value.Value, exists value.Truth,
) {
	s := in.sites[n]
	if s == nil {
		name := target
		if name == "" {
			name = callee
		}
		if fn := in.scope.fn; fn != nil && fn.class != nil {
			name = fn.class.name + "." + name
		} else if fn != nil {
			name = fn.name + "." + name
		} else if in.scope.class != nil {
			name = in.scope.class.name + "." + name
		}
		s = &site{operation: op, spelling: spelling, span: in.span(n.Func), name: name}
		in.sites[n] = s
		in.order = append(in.order, s)
	}
	if len(s.runs) < maxRuns {
		s.runs = append(s.runs, run{in.chain, props, exists})
	}
}

// maxRuns bounds the calls that one constructor is told apart by.
const maxRuns = 16

// resources returns what the script makes, in source order.
func (in *interp) resources() []resource.Raw {
	sortSites(in.order)
	counts := map[string]int{}
	out := make([]resource.Raw, 0, len(in.order))
	for _, s := range in.order {
		counts[s.name]++
		name := s.name
		if n := counts[s.name]; n > 1 {
			name += "#" + itoa(n)
		}
		props, exists := s.merged()
		out = append(out, resource.Raw{
			Dialect: resource.API, Type: s.operation,
			Addr:     value.Address{Unit: in.path, Name: name},
			Subject:  in.path + ":" + name,
			Exists:   exists,
			Props:    props,
			Span:     s.span,
			Spelling: s.spelling,
		})
	}
	return out
}

// merged returns what a site makes over all of its runs: where they differ, each call is a world of its own.
func (s *site) merged() (value.Value, value.Truth) {
	first := s.runs[0]
	same := true
	for _, r := range s.runs[1:] {
		same = same && equal(first.props, r.props)
	}
	if same {
		return first.props, first.exists
	}
	level := s.level()
	var arms []value.Arm
	exists := value.No()
	seen := map[string]bool{}
	for _, r := range s.runs {
		at := max(len(r.chain)-1-level, 0)
		if len(r.chain) == 0 || seen[r.chain[at].id] {
			continue
		}
		c := r.chain[at]
		seen[c.id] = true
		f := value.Fact{
			Var: s.span.File.Path + ":" + itoa(s.span.Start) + " call", Is: c.id,
			Text: c.fn.name + "() is called at line " + itoa(c.line),
		}
		if c.id == "" {
			f.Text = c.fn.name + "() is called from elsewhere"
		}
		arms = append(arms, value.Arm{When: value.World{f}, Value: r.props})
		exists = exists.Or(r.exists)
	}
	if len(arms) == 0 {
		return first.props, first.exists
	}
	return mergeObjects(arms), exists
}

// level is how many calls up the runs of a site differ.
func (s *site) level() int {
	for level := 0; level < maxCalls; level++ {
		ids := map[string]bool{}
		for _, r := range s.runs {
			if at := len(r.chain) - 1 - level; at >= 0 {
				ids[r.chain[at].id] = true
			}
		}
		if len(ids) > 1 {
			return level
		}
	}
	return 0
}
