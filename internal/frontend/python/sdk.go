package python

import (
	"strings"

	"github.com/vpclint/vpclint/internal/value"
)

// A member says where an argument goes in the request that the SDK sends: a dotted path of the API's names.
type member struct{ param, path string }

// A signature says what a class's constructor takes and which request its arguments become.
// The parameters and their order are those of sagemaker-python-sdk 2.257 and of sagemaker-train, -core and -serve 3.
type signature struct {
	// operation is the API's; empty for a settings class, whose members make an object of their own.
	operation  string
	positional string // names in order, separated by blanks
	members    []member
	// spelling says how an author knows the API's members.
	spelling map[string]string
	// unsure are members that the SDK fills in by itself where they aren't given, with the reason.
	unsure []member
	// presets are members that the SDK sends with a value of its own where they aren't given.
	presets []preset
	// finish returns the request that the SDK makes of the one that its arguments spell; nil where it is that one.
	finish func(value.Value) value.Value
	// modelName is a parameter that may be the name of a model, of which alone unsure holds then; of an object it doesn't.
	modelName string
	// unless is a parameter that makes the object no workload of its own.
	unless string
	// config is where sagemaker's config.yaml holds defaults of the request.
	config []string
	// methods are the parameters, in order, of the methods that make a workload of an object and take network settings.
	methods map[string]string
	// isolates tells that models that are made of an object by create_model and deploy are isolated if it is. Those of the
	// others are not, unless the call says so.
	isolates bool
	// baseline is the request of an object that is used for nothing but baselines.
	baseline *signature
	// ignores are the members, separated by blanks, for which the class doesn't look there.
	ignores string
	// doubtful are those for which only some versions of it look there.
	doubtful string
	// deaf are those whose False doesn't reach the session, which looks there once more.
	deaf string
	// trainer tells that it is a trainer of SDK 3, which looks there in its own way.
	trainer bool
	// fallbacks are what the SDK itself takes for members that aren't given.
	fallbacks []fallback
	// nested tells that arguments may be objects, or dicts, whose members are in snake case.
	nested bool
}

// A fallback is the SDK's own default of a member.
type fallback struct {
	path  string
	value value.Value
}

// with returns the signature with the parameters of a method.
func (sig *signature) with(method, positional string) *signature {
	out := *sig
	out.methods = map[string]string{method: positional}
	for name, names := range sig.methods {
		if out.methods[name] == "" {
			out.methods[name] = names
		}
	}
	return &out
}

// isolating returns the signature for classes whose models are isolated if their objects are.
func (sig *signature) isolating() *signature {
	out := *sig
	out.isolates = true
	return &out
}

// A preset is a value that the SDK has for a member.
type preset struct {
	path  string
	value value.Value
}

// spread is the path of a settings object whose members belong to the request itself.
const spread = "*"

func unsureIsolation(s *signature, reason string) *signature {
	s.unsure = []member{{reason, "EnableNetworkIsolation"}}
	return s
}

// A surface is the SDK's classes that make workloads.
type surface struct {
	// classes are by their last name; one of a package whose class of that name takes something else by the package and the
	// name: "sagemaker.core.FrameworkProcessor".
	classes map[string]*signature
	// names are the last names of all classes.
	names map[string]bool
}

// signatures returns the surface of all versions of the SDK.
func signatures() surface {
	s := surface{classes: map[string]*signature{}, names: map[string]bool{}}
	addEstimators(s.classes)
	addProcessors(s.classes)
	addModels(s.classes)
	addAutoML(s.classes)
	addTrainers(s.classes)
	addRemote(s.classes)
	for name := range s.classes {
		s.names[last(name)] = true
	}
	for name := range carriers {
		s.names[name] = true
	}
	return s
}

// of returns the signature of the class at a dotted path; nil where it makes no workload.
func (s surface) of(path string) *signature {
	root, rest, _ := strings.Cut(path, ".")
	module, _, _ := strings.Cut(rest, ".")
	name := last(path)
	for _, pkg := range [...]string{root + "." + module, root} {
		if sig := s.classes[pkg+"."+name]; sig != nil {
			return sig
		}
	}
	return s.classes[name]
}

// completed returns a request with what the SDK itself takes for members that aren't given. Of several kinds of instances a
// request names one.
func (sig *signature) completed(v value.Value) value.Value {
	at := v.Origin().Span
	for _, f := range sig.fallbacks {
		resources := v.Attr("ResourceConfig")
		_, groups := resources.Field("InstanceGroups")
		_, preferences := resources.Field("InstancePreferences")
		if (groups || preferences) && strings.HasPrefix(f.path, "ResourceConfig.") {
			continue
		}
		given := f.value.Use(at)
		if f.value.Kind() == value.KindScalar {
			given = f.value.NotedAt(at, "the SDK takes "+f.value.Literal()+" where none is given")
		}
		v = overlay(v, strings.Split(f.path, "."), given, at)
	}
	return v
}
