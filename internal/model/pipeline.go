package model

import (
	"cmp"

	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// Kind implements Workload.
func (*Pipeline) Kind() string { return "pipeline" }

// Placements implements Workload. What the steps of a pipeline ask for are workloads of their own; the pipeline is one as far
// as its steps aren't known, and whatever these may be placed in isn't known either.
func (p *Pipeline) Placements() []Placement {
	var unread value.Truth
	switch given := p.DefinitionS3Location.Set(); {
	case p.Definition.Kind() != value.KindAbsent:
		unread = p.Definition.Each(func(v value.Value) value.Truth {
			switch v = v.FromJSON(); v.Kind() {
			case value.KindScalar, value.KindText, value.KindList:
				return value.Unknowable("its definition is no JSON", v.Origin())
			}
			_, all := v.Attr("Steps").Members()
			return all.Not().Doubt()
		})
	case given.Known() != tri.False:
		unread = given.And(value.Unknowable("its definition lies in S3", p.DefinitionS3Location.Origin()))
	default:
		return nil
	}
	if unread.Known() == tri.False {
		return nil
	}
	at := p.Definition.Leaf
	if at.Kind() == value.KindAbsent {
		at = p.DefinitionS3Location.Leaf
	}
	reason := ""
	for _, c := range unread.Cases() {
		reason = cmp.Or(reason, c.Reason)
	}
	at.Value = value.OfOpaque(cmp.Or(reason, "its definition is not known")).WithOrigin(at.Origin())
	return []Placement{{Subnets: value.Strings{Leaf: at}, Applies: unread}}
}
