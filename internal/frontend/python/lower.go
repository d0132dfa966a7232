package python

import (
	"slices"
	"strings"

	"github.com/vpclint/vpclint/internal/pyast"
	"github.com/vpclint/vpclint/internal/schema"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// signatureOf returns the signature of a class of the SDK.
func (in *interp) signatureOf(path string) *signature {
	// These packages have classes of the same names that mean something else: shapes of requests, resources, doubles.
	for _, other := range [...]string{"sagemaker.core.resources.", "sagemaker.core.shapes.", "sagemaker.core.local.", "sagemaker_core."} {
		if strings.HasPrefix(path, other) {
			return nil
		}
	}
	return in.files.signatures.of(path)
}

// named returns the arguments of a call by the names of the constructor's parameters.
func (sig *signature) named(a *arguments) []argument {
	if len(a.positional) == 0 {
		return a.keywords
	}
	out := make([]argument, 0, len(a.positional)+len(a.keywords))
	names := sig.positional
	for _, arg := range a.positional {
		if names == "" {
			break
		}
		arg.name, names, _ = strings.Cut(names, " ")
		out = append(out, arg)
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
	p := &place{kind: instancePlace, span: in.span(n), header: in.span(n.Func), class: path}
	return in.constructAs(n, path, sig, a, target, p)
}

// constructAs evaluates the constructor of a class that makes a workload, for an instance that is already there.
func (in *interp) constructAs(n *pyast.Call, path string, sig *signature, a *arguments, target string, p *place) object {
	args := sig.named(a)
	in.st.setContent(p, holding(args, a.open))
	if in.quiet > 0 {
		return p
	}
	exists := value.In(in.exists)
	for _, arg := range args {
		if arg.name == sig.unless && settled(arg.obj) {
			return p
		}
		if n, ok := number(arg.obj); ok && n == 0 && arg.name == "instance_count" {
			// The API wants one instance at least: such an object stands for a job that is there already.
			return p
		}
		if decidesWhere[arg.name] {
			exists = exists.And(in.remote(arg))
		}
	}
	if exists.Known() == tri.False {
		return p
	}
	props := in.props(n, sig, args, a.open)
	in.record(n, sig.operation, sig.spelling, last(path), target, run{props: props, exists: exists, of: p})
	in.keep(p, &built{call: n, sig: sig, props: props})
	return p
}

// settled reports whether an argument is given and isn't None.
func settled(o object) bool {
	d, ok := o.(datum)
	return !ok || d.Kind() != value.KindAbsent
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
			if to, settings := strings.CutPrefix(m.path, spread); settings {
				b.spread(to, v, arg.key)
			} else if !nothing(v) && !sig.supplies(m, v) {
				b.set(m.path, arg.key, v)
			}
			break
		}
	}
	if open != "" {
		for _, m := range sig.unsure {
			if !b.has(m.path) && sig.mayName(args) {
				b.set(m.path, source.Span{}, value.OfOpaque(m.param).From(header))
			}
		}
	}
	v := b.object()
	if sig.nested {
		if in.api == nil {
			in.api = schema.API()
		}
		v = spelt(v, in.api.Object(sig.operation))
	}
	if open != "" {
		return v
	}
	v = in.fill(v, sig, args)
	// What the SDK fills in by itself, it fills in where neither the arguments nor its configuration do.
	for _, m := range sig.unsure {
		if !sig.mayName(args) {
			break
		}
		v = overlay(v, strings.Split(m.path, "."), value.OfOpaque(m.param).From(header), header)
	}
	for _, m := range sig.presets {
		if !b.has(m.path) {
			v = overlay(v, strings.Split(m.path, "."), m.value.From(header), header)
		}
	}
	v = sig.completed(v)
	if sig.finish != nil {
		v = sig.finish(v)
	}
	return v
}

// supplies reports whether the SDK takes None for a member as if it weren't given, and fills it in.
func (sig *signature) supplies(m member, v value.Value) bool {
	return v.Kind() == value.KindAbsent && m.param != "vpc_config_override" &&
		slices.ContainsFunc(sig.unsure, func(u member) bool { return u.path == m.path })
}

// mayName reports whether the parameter that may name a model does.
func (sig *signature) mayName(args []argument) bool {
	if sig.modelName == "" {
		return true
	}
	for _, arg := range args {
		if arg.name != sig.modelName {
			continue
		}
		for _, opt := range options(arg.obj) {
			if d, isDatum := opt.obj.(datum); isDatum && settled(d) {
				return true
			}
		}
	}
	return false
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
	v := useAt(called(in.freeze(o), arg.name), arg.at)
	if arg.name == "production_variants" {
		return withModels(v)
	}
	return v
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

// request evaluates a call of a boto3 client for SageMaker; nil where it is something else's.
func (in *interp) request(n *pyast.Call, b bound, op operation, a *arguments, target string) object {
	if len(a.positional) > 0 || !in.isSageMaker(b, op, a) {
		return nil
	}
	if in.quiet == 0 && !strings.HasSuffix(a.open, exportedReason) {
		var fields []value.Field
		for _, kw := range a.keywords {
			v := in.argumentValue(kw)
			switch kw.name {
			case "ProductionVariants":
				v = withModels(v)
			case "JobConfigDocument":
				v = v.FromJSON() // where the job runs stands in it
			}
			fields = append(fields, value.Field{Name: kw.name, Key: kw.key, Value: v})
		}
		props := value.OfObject(fields, false)
		if a.open != "" {
			props = value.OfOpenObject(fields, a.open)
		}
		in.record(n, op.name, nil, b.name, target, run{props: props.From(in.span(n.Func)), exists: value.In(in.exists)})
	}
	return in.runtime(n)
}

// withModels returns the variants of an endpoint configuration with the names of their models set. Whatever a ModelName is
// that is written: botocore refuses None and the API refuses an empty one, so the variant has a model.
func withModels(variants value.Value) value.Value {
	elems := make([]value.Value, len(variants.Elems()))
	for i, variant := range variants.Elems() {
		elems[i] = variant
		fields := make([]value.Field, len(variant.Fields()))
		for k, f := range variant.Fields() {
			if v := f.Value; f.Name == "ModelName" && v.Kind() == value.KindOpaque {
				f.Value = value.OfPresent(v.Reason(), v.Refs()...).WithOrigin(v.Origin())
			}
			fields[k] = f
		}
		if variant.Kind() == value.KindObject && variant.Open() {
			elems[i] = value.OfOpenObject(fields, variant.Reason()).WithOrigin(variant.Origin())
		} else if variant.Kind() == value.KindObject {
			elems[i] = value.OfObject(fields, false).WithOrigin(variant.Origin())
		}
	}
	switch {
	case variants.Kind() != value.KindList:
		return variants
	case variants.Open():
		return value.OfOpenList(elems, variants.Reason()).WithOrigin(variants.Origin())
	}
	return value.OfList(elems, false).WithOrigin(variants.Origin())
}

// isSageMaker reports whether the receiver of a request is a SageMaker client, by what flows into it, or else by a method
// and members that no other service has.
func (in *interp) isSageMaker(b bound, op operation, a *arguments) bool {
	switch self := b.self.(type) {
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
		// Other services have models of a name too: then the receiver's own name tells.
		if kw.name == "ModelName" && op.name == "CreateModel" && b.node != nil && isCalledSageMaker(b.at.written(b.node)) {
			return true
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

// isCalledSageMaker reports whether the receiver of a method that is written somewhere is named after SageMaker.
func isCalledSageMaker(written string) bool {
	i := strings.LastIndexByte(written, '.')
	receiver := strings.ToLower(last(written[:max(i, 0)]))
	return strings.Contains(receiver, "sagemaker") || receiver == "sm" || strings.HasPrefix(receiver, "sm_")
}

// record keeps what a pass by a site makes.
func (in *interp) record(n *pyast.Call, op string, spelling map[string]string, callee, target string, r run) {
	in.makings++
	r.props = called(r.props, "")
	s := in.sites[spot{n, op}]
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
		s = &site{operation: op, spelling: spelling, span: in.span(n.Func), name: name, within: in.text.within}
		in.sites[spot{n, op}] = s
		in.order = append(in.order, s)
	}
	r.chain, r.by, r.path = in.chain, in.program.name, in.st.path
	s.add(r)
}

// settle drops the runs of a site whose objects never come to be in AWS. That is known only now: the script deploys what it
// has constructed, somewhere else.
func (in *interp) settle(s *site) {
	kept := s.runs[:0]
	for _, r := range s.runs {
		if r.of != nil {
			r.exists = r.exists.And(in.inAWS(r.of))
			sig, props := in.built[r.of].asUsed()
			r.props, r.shadow = in.built[r.of].outputless(props), in.built[r.of].shadow()
			s.operation, s.spelling = sig.operation, sig.spelling
			if last(r.of.class) == "PipelineModel" {
				r.props = in.withContainers(r.of, r.props)
			}
		}
		if r.exists.Known() != tri.False && !in.idle(r) {
			kept = append(kept, r)
		}
	}
	s.runs = kept
}
