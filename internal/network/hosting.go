package network

import (
	"github.com/vpclint/vpclint/internal/model"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/value"
)

// A Use is what runs a model: a variant of an endpoint configuration, or a transform job.
type Use struct {
	// Variant is nil of a transform job, and Transform of a variant.
	Variant   *model.ProductionVariant
	Transform *model.TransformJob
	// Holds says in which worlds it is there and runs the model.
	Holds value.Truth
}

// A hosting knows what runs which model, by all that a name can be known by within one unit.
type hosting struct {
	byAddr map[value.Address][]Use
	byName map[[2]string][]Use
	byRoot map[rooted][]Use
}

// A rooted is an unknown name, known by where it is first written.
type rooted struct {
	unit string
	at   source.Span
}

// hosts indexes the uses of models by what they say which model it is.
func hosts(e *model.Estate) *hosting {
	h := &hosting{byAddr: map[value.Address][]Use{}, byName: map[[2]string][]Use{}, byRoot: map[rooted][]Use{}}
	variants := func(c *model.EndpointConfig, list []model.ProductionVariant) {
		for i := range list {
			v := &list[i]
			h.add(c, v.ModelName, Use{Variant: v, Holds: value.In(v.When).And(c.Exists())})
		}
	}
	for _, c := range e.EndpointConfigs {
		variants(c, c.ProductionVariants)
		variants(c, c.ShadowProductionVariants)
	}
	for _, j := range e.TransformJobs {
		h.add(j, j.ModelName, Use{Transform: j, Holds: j.Exists()})
	}
	return h
}

func (h *hosting) add(by model.Resource, name value.String, u Use) {
	unit := by.Head().Addr().Unit
	for _, ref := range name.Refs() {
		if ref.Addr.Unit == unit {
			h.byAddr[ref.Addr] = append(h.byAddr[ref.Addr], u)
		}
	}
	text, known := name.AsString()
	root := name.Origin().Root()
	switch {
	case name.Kind() == value.KindAbsent:
	case known:
		h.byName[[2]string{unit, text}] = append(h.byName[[2]string{unit, text}], u)
	case root != nil && !root.Span.IsZero():
		h.byRoot[rooted{unit, root.Span}] = append(h.byRoot[rooted{unit, root.Span}], u)
	}
}

// of returns what runs a model: what refers to it, or has its name, or the same unknown value for a name, read from the same
// place.
func (h *hosting) of(m *model.Model) []Use {
	out := h.byAddr[m.Addr()]
	text, known := m.ModelName.AsString()
	root := m.ModelName.Origin().Root()
	switch {
	case m.ModelName.Kind() == value.KindAbsent:
	case known:
		out = append(out[:len(out):len(out)], h.byName[[2]string{m.Addr().Unit, text}]...)
	case root != nil:
		out = append(out[:len(out):len(out)], h.byRoot[rooted{m.Addr().Unit, root.Span}]...)
	}
	return out
}

// serverless holds where some endpoint configuration uses a model, and none but serverless variants do.
func serverless(uses []Use) value.Truth {
	used, instances := value.No(), value.No()
	for _, u := range uses {
		if u.Variant == nil {
			continue
		}
		used = used.Or(u.Holds)
		instances = instances.Or(u.Holds.And(u.Variant.ServerlessConfig.Set().Not()))
	}
	return used.And(instances.Not())
}
