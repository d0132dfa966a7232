package python

import (
	"strings"

	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/pyast"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// takesKeys are the parameters, in order, of the functions of boto3 that take keys.
var takesKeys = map[string]*signature{
	"Session":               {positional: "aws_access_key_id aws_secret_access_key aws_session_token"},
	"setup_default_session": {},
	"client":                {positional: "service_name region_name api_version use_ssl verify endpoint_url aws_access_key_id aws_secret_access_key aws_session_token"},
	"resource":              {positional: "service_name region_name api_version use_ssl verify endpoint_url aws_access_key_id aws_secret_access_key aws_session_token"},
}

// handKeys notes a session or client that a call opens with keys that it hands over. What functions of the tree do with theirs is
// seen where they do it.
func (in *interp) handKeys(n *pyast.Call, callee object, a *arguments, target string) {
	name, keywords := "", a.keywords
	switch callee := callee.(type) {
	case external:
		name = last(callee.path)
		if callee.path == "builtins.dict" {
			return // it opens nothing: what takes its members does
		}
		if root, _, _ := strings.Cut(callee.path, "."); strings.Contains(root, "boto") && takesKeys[name] != nil {
			keywords = takesKeys[name].named(a)
		}
	case bound:
		name = callee.name
	case datum:
		name = last(in.written(n.Func))
	default:
		return
	}
	var fields []value.Field
	spelling := map[string]string{}
	for _, kw := range keywords {
		member := frontend.SessionMembers[kw.name]
		switch {
		case kw.name == "endpoint_url" && elsewhere(kw.obj):
			return
		case member == "" || kw.name != strings.ToLower(kw.name):
			continue
		}
		if v := in.argumentValue(kw); v.Kind() != value.KindAbsent {
			fields = append(fields, value.Field{Name: member, Key: kw.key, Value: v})
			spelling[member] = kw.name
		}
	}
	if len(fields) == 0 || in.quiet > 0 {
		return
	}
	props := value.OfObject(fields, false).From(in.span(n.Func))
	in.record(n, frontend.Session, spelling, name, target, run{props: props, exists: value.In(in.exists)})
}

// elsewhere reports whether an endpoint is one of another service than AWS's, such as MinIO, which has keys of its own.
func elsewhere(endpoint object) bool {
	d, ok := endpoint.(datum)
	return ok && d.Literal() != "" && !strings.Contains(d.Literal(), "amazonaws.com")
}

// An exportedKey is a key that a script puts into its own environment, where each session that it opens finds it.
type exportedKey struct {
	name   string
	value  value.Value
	exists value.World
	within string
}

// exportKey notes what a variable of the environment is set to, if that is a key.
func (in *interp) exportKey(name string, o object) {
	if frontend.SessionMembers[name] == "" || name == strings.ToLower(name) || in.quiet > 0 {
		return
	}
	v := in.freeze(narrow(o, in.st.path))
	if v.Origin() == nil || v.Kind() == value.KindAbsent {
		return
	}
	in.exportedKeys = append(in.exportedKeys, exportedKey{name: name, value: v, exists: in.exists, within: in.text.within})
}

// keySite returns the site of the session that is opened with the keys which the script exports.
func (in *interp) keySite() *site {
	var fields []value.Field
	spelling := map[string]string{}
	exists := value.No()
	for _, e := range in.exportedKeys {
		fields, _ = frontend.HandOver(fields, e.name, e.value)
		spelling[frontend.SessionMembers[e.name]] = environPath + `["` + e.name + `"]`
		exists = exists.Or(value.In(e.exists))
	}
	if len(fields) == 0 || exists.Known() == tri.False {
		return nil
	}
	first := in.exportedKeys[0]
	at := first.value.Origin().Span
	s := &site{operation: frontend.Session, spelling: spelling, span: at, name: environPath, within: first.within}
	s.add(run{props: value.OfObject(fields, false).From(at), exists: exists, by: in.program.name})
	return s
}

// services are the names of SageMaker's services: https://boto3.amazonaws.com/v1/documentation/api/latest/reference/services/
var services = map[string]bool{
	"sagemaker": true, "sagemaker-runtime": true, "runtime.sagemaker": true, "sagemaker-featurestore-runtime": true,
	"sagemaker-a2i-runtime": true, "sagemaker-metrics": true, "sagemaker-edge": true, "sagemaker-geospatial": true,
}

// usesSageMaker reports whether a program imports the SDK or opens a client of one of SageMaker's services.
func usesSageMaker(texts []*text) bool {
	uses := false
	is := func(module string) bool { return module == "sagemaker" || strings.HasPrefix(module, "sagemaker.") }
	for _, t := range texts {
		if t.tree == nil {
			continue
		}
		pyast.Inspect(t.tree, func(n pyast.Node) bool {
			switch n := n.(type) {
			case *pyast.Import:
				for _, a := range n.Names {
					uses = uses || is(a.Name)
				}
			case *pyast.ImportFrom:
				uses = uses || is(n.Module)
			case *pyast.Constant:
				uses = uses || n.Kind == pyast.ConstStr && services[n.Str]
			}
			return !uses
		})
	}
	return uses
}

// settingAt returns where the value stands that a magic gives a variable: the last time that its text is written there.
func settingAt(at source.Span, text string) source.Span {
	if i := strings.LastIndex(at.Text(), text); i >= 0 && text != "" {
		return at.File.Span(at.Start+i, at.Start+i+len(text))
	}
	return at
}
