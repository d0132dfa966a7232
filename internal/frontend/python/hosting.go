package python

import (
	"slices"

	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// A usage is what the script does with an object of the SDK that stands for a model. Its constructor calls nothing: what
// is made, and where, its methods decide.
type usage struct {
	// deploys hold where a deployment puts the model into a network that it can choose.
	deploys []value.Truth
	// holders are the objects that it is a part of, whose deployments are its own: pipeline models, multi-model endpoints.
	holders []*place
	// elsewhere tells that it is used in a way that isn't judged: by a step of a pipeline, by create().
	elsewhere bool
	// registered tells that a model package is made of it, whose deployments choose their own network.
	registered bool
}

// registered notes that a model package is made of a model. The SDK packs one with a script of its own anew, in a training
// job in the model's network.
func (in *interp) registered(p *place) {
	c, u := in.st.content(p), in.usageOf(p)
	for _, script := range [...]string{"entry_point", "source_dir"} {
		if i, given := c.find(script); c.open || given && settled(c.entries[i].obj) {
			u.elsewhere = true
			return
		}
	}
	u.registered = true
}

func (in *interp) usageOf(p *place) *usage {
	u := in.uses[p]
	if u == nil {
		u = &usage{}
		in.uses[p] = u
	}
	return u
}

// isModel reports whether an object is of a class whose constructor is lowered to CreateModel.
func (in *interp) isModel(o object) (*place, bool) {
	p, ok := o.(*place)
	if !ok || p.kind != instancePlace || p.class == "" {
		return nil, false
	}
	sig := in.signatureOf(p.class)
	return p, sig != nil && sig.operation == "CreateModel"
}

// deployed notes a call of a method of a model.
func (in *interp) deployed(p *place, method string, a *arguments) {
	if _, ok := in.isModel(p); !ok {
		return
	}
	u := in.usageOf(p)
	switch method {
	case "register":
		in.registered(p)
	case "package_for_edge", "compile":
		u.elsewhere = true
	case "create", "transformer":
		// Where these are for an instance of the machine itself, so is the model.
		away := in.instanceOfCall(method, a)
		u.elsewhere = u.elsewhere || away.Known() == tri.True
		u.deploys = append(u.deploys, value.In(in.exists).And(away))
	case "build":
		if mode, ok := a.keyword("mode"); ok {
			u.deploys = append(u.deploys, value.In(in.exists).And(in.remote(mode)))
		}
	case "deploy":
		away := in.instanceOfCall(method, a)
		if config, ok := a.keyword("serverless_inference_config"); ok {
			away = away.And(in.instanceBased(config.obj))
		}
		u.deploys = append(u.deploys, value.In(in.exists).And(away))
	}
}

// instanceOfCall holds where the instance type of a call isn't the author's own machine.
func (in *interp) instanceOfCall(method string, a *arguments) value.Truth {
	if mode, ok := a.keyword("mode"); ok {
		return in.remote(mode)
	}
	if kind, ok := a.keyword("instance_type"); ok {
		return in.remote(kind)
	}
	at := 1 // behind the number of instances
	if method == "create" {
		at = 0
	}
	if len(a.positional) > at {
		return in.remote(argument{name: "instance_type", obj: a.positional[at].obj})
	}
	return value.Yes()
}

// instanceBased holds where an argument doesn't make an endpoint serverless: serverless endpoints run in no VPC, whatever
// the model says (https://docs.aws.amazon.com/sagemaker/latest/dg/serverless-endpoints.html).
func (in *interp) instanceBased(o object) value.Truth {
	var ts []value.Truth
	for _, opt := range options(narrow(o, in.st.path)) {
		t := value.Always(tri.Of(!settled(opt.obj)), nil)
		if d, ok := opt.obj.(datum); ok && d.Reason() != "" {
			t = value.Unknowable(d.Reason(), d.Origin())
		}
		ts = append(ts, t.When(opt.when))
	}
	return value.Join(ts...)
}

// handedOver notes the models among the arguments of a call of the SDK. Those that a pipeline model or a multi-model
// endpoint is made of share its fate.
func (in *interp) handedOver(name string, a *arguments, made object) {
	holder, isPlace := made.(*place)
	holds := isPlace && (name == "PipelineModel" || name == "MultiDataModel")
	note := func(o object) {
		for _, opt := range options(o) {
			p, ok := in.isModel(opt.obj)
			switch {
			case !ok || p == holder:
			case holds:
				in.usageOf(p).holders = append(in.usageOf(p).holders, holder)
			case name == "RegisterModel":
				in.registered(p)
			default:
				in.usageOf(p).elsewhere = true
			}
		}
	}
	for _, args := range [...][]argument{a.positional, a.keywords} {
		for _, arg := range args {
			note(arg.obj)
			if list, ok := arg.obj.(*place); ok && list.kind == listPlace {
				for _, e := range in.st.content(list).entries {
					note(e.obj)
				}
			}
		}
	}
}

// maxHolders bounds how far the parts of parts are followed.
const maxHolders = 4

// inAWS holds where a model comes to be in a network of AWS at all. A model that nothing in the script uses is taken for
// one that is: who imports it may deploy it.
func (in *interp) inAWS(p *place) value.Truth {
	if u := in.uses[p]; u != nil && !u.elsewhere && len(u.deploys) == 0 && len(u.holders) > 0 && in.onlyPart(u) {
		return value.No()
	}
	if u := in.uses[p]; u != nil && u.registered && !u.elsewhere && len(u.deploys)+len(u.holders) == 0 {
		return value.No()
	}
	deploys, judged := in.deploysOf(p, 0)
	if !judged || len(deploys) == 0 {
		return value.Yes()
	}
	for _, t := range deploys {
		if t.Known() == tri.True {
			return value.Yes()
		}
	}
	local := false
	for _, t := range deploys {
		for _, c := range t.Cases() {
			local = local || c.Holds != tri.True
		}
	}
	if !local {
		return value.Yes()
	}
	return value.AnyOf(deploys...)
}

// onlyPart reports whether a model is nothing but a part of pipeline models: those are one model to the API, with a network
// of their own, whatever their parts say.
func (in *interp) onlyPart(u *usage) bool {
	for _, h := range u.holders {
		if last(h.class) != "PipelineModel" {
			return false
		}
	}
	return true
}

func (in *interp) deploysOf(p *place, depth int) (deploys []value.Truth, judged bool) {
	u := in.uses[p]
	if u == nil {
		return nil, true
	}
	if u.elsewhere || depth > maxHolders {
		return nil, false
	}
	deploys = u.deploys
	for _, h := range u.holders {
		more, ok := in.deploysOf(h, depth+1)
		if !ok {
			return nil, false
		}
		deploys = append(deploys[:len(deploys):len(deploys)], more...)
	}
	return deploys, true
}

// withContainers returns the request for a pipeline model with the containers of its parts.
func (in *interp) withContainers(p *place, v value.Value) value.Value {
	if v.Kind() != value.KindObject || v.Open() {
		return v
	}
	at := v.Origin()
	unseen := value.OfOpaque("the parts of the pipeline model are not known").WithOrigin(at)
	containers := unseen
	models := in.st.content(p).at("models")
	if list, ok := models.(*place); ok && list.kind == listPlace && !in.st.content(list).open {
		var parts []value.Value
		for _, e := range in.st.content(list).entries {
			part := value.OfOpaque("one of the models that it is made of is not known").WithOrigin(at)
			if m, ok := e.obj.(*place); ok && in.built[m] != nil && in.built[m].sig.operation == "CreateModel" {
				_, made := in.built[m].asUsed()
				part = made.Attr("PrimaryContainer")
			}
			parts = append(parts, part)
		}
		containers = value.OfList(parts, false).WithOrigin(at)
	}
	fields := append(slices.Clone(v.Fields()), value.Field{Name: "Containers", Value: containers})
	return value.OfObject(fields, false).WithOrigin(at)
}
