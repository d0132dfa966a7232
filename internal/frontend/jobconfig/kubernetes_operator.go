package jobconfig

import (
	"slices"

	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/value"
)

// operatorKinds are the kinds of the operator that went before ACK, with the kinds of ACK's of which each makes one. A
// HostingAutoscalingPolicy makes nothing of SageMaker's, and a HostingDeployment several.
var operatorKinds = map[string]string{
	"BatchTransformJob":       "TransformJob",
	"EndpointConfig":          "EndpointConfig",
	"HyperparameterTuningJob": "HyperParameterTuningJob",
	"Model":                   "Model",
	"ProcessingJob":           "ProcessingJob",
	"TrainingJob":             "TrainingJob",
}

// operator reads an object of the operator's.
func (m *manifests) operator(o manifest, exists value.Truth) {
	if o.kind == "HostingDeployment" {
		m.hosting(o, exists)
		return
	}
	kind := operatorKinds[o.kind]
	if kind == "" || fragment(kind, o.spec) {
		return
	}
	m.add(o.raw(resource.Operator, kind, plain(o.spec), exists), o.name)
}

// hosting reads an object that stands for an endpoint, its configuration and its models.
func (m *manifests) hosting(o manifest, exists value.Truth) {
	if o.spec.Kind() != value.KindObject || o.spec.Attr("models").Kind() == value.KindAbsent {
		return
	}
	for _, model := range o.spec.Attr("models").Elems() {
		if model.Kind() != value.KindObject {
			continue
		}
		var fields []value.Field
		one := manifest{kind: "Model", name: o.name, header: spanOf(model)}
		for _, f := range plain(model).Fields() {
			switch f.Name {
			case "name":
				f.Name = "modelName"
				one.header = spanOf(f.Value)
				if name, ok := f.Value.AsString(); ok {
					one.name += "." + name
				}
			case "primaryContainer":
				continue // it names one of the containers, which are all under their own member
			}
			fields = append(fields, f)
		}
		m.add(one.raw(resource.Operator, "Model", value.OfObject(fields, model.Open()), exists), one.name)
	}
	var fields []value.Field
	for _, f := range o.spec.Fields() {
		if f.Name != "models" {
			fields = append(fields, f)
		}
	}
	m.add(o.raw(resource.Operator, "EndpointConfig", value.OfObject(fields, o.spec.Open()), exists), o.name)
}

// pairs are the members that the API has as objects, and the operator as lists of names and values.
var pairs = []string{"environment", "hyperParameters", "staticHyperParameters", "ruleParameters", "hookParameters", "collectionParameters"}

// plain returns a spec with objects for lists of names and values.
func plain(v value.Value) value.Value {
	switch v.Kind() {
	case value.KindList:
		elems := make([]value.Value, len(v.Elems()))
		for i, e := range v.Elems() {
			elems[i] = plain(e).MaybeAs(e)
		}
		if v.Open() {
			return value.OfOpenList(elems, v.Reason(), v.Refs()...).WithOrigin(v.Origin())
		}
		return value.OfList(elems, false).WithOrigin(v.Origin())
	case value.KindObject:
		fields := slices.Clone(v.Fields())
		for i, f := range fields {
			if slices.Contains(pairs, f.Name) && f.Value.Kind() == value.KindList {
				fields[i].Value = paired(f)
			} else {
				fields[i].Value = plain(f.Value)
			}
		}
		if v.Open() {
			return value.OfOpenObject(fields, v.Reason(), v.Refs()...).WithOrigin(v.Origin())
		}
		return value.OfObject(fields, false).WithOrigin(v.Origin())
	}
	return v
}

// paired returns a list of names and values as an object, whose header is the list's key.
func paired(list value.Field) value.Value {
	var fields []value.Field
	for _, e := range list.Value.Elems() {
		name, ok := e.Attr("name").AsString()
		if !ok || e.MayBeMissing() || list.Value.Open() {
			return value.OfOpaque("the name of one of "+list.Name+" is not known", list.Value.Refs()...).WithOrigin(list.Value.Origin())
		}
		fields = append(fields, value.Field{Name: name, Key: spanOf(e.Attr("name")), Value: e.Attr("value")})
	}
	return value.OfObject(fields, false).From(list.Key)
}
