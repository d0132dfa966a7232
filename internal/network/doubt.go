package network

import (
	"slices"

	"github.com/vpclint/vpclint/internal/model"
	"github.com/vpclint/vpclint/internal/value"
)

// Doubts say of what can't be told to whom it belongs to whom it may: a route to a table that a variable names may be any
// table's of its unit. They are kept by what they are about, and not with each resource, of which there may be thousands.
type doubts struct {
	one  map[value.Address]value.Truth
	vpc  map[value.Address]value.Truth
	unit map[string]value.Truth
}

func newDoubts() *doubts {
	return &doubts{one: map[value.Address]value.Truth{}, vpc: map[value.Address]value.Truth{}, unit: map[string]value.Truth{}}
}

// none reports whether nothing is in doubt.
func (d *doubts) none() bool { return len(d.one)+len(d.vpc)+len(d.unit) == 0 }

func add[K comparable](m map[K]value.Truth, k K, t value.Truth) {
	before, ok := m[k]
	switch {
	case !ok:
		m[k] = t
	case before.Somewhere():
		m[k] = before.And(t)
	}
}

// of returns in which worlds nothing is in doubt about a resource. The VPCs are those that it may be in.
func (d *doubts) of(r model.Resource, vpcs []value.Address) value.Truth {
	addr := r.Head().Addr()
	complete := value.Yes()
	if t, ok := d.one[addr]; ok {
		complete = complete.And(t)
	}
	if t, ok := d.unit[addr.Unit]; ok && complete.Somewhere() {
		complete = complete.And(t)
	}
	for _, vpc := range vpcs {
		if t, ok := d.vpc[vpc]; ok && complete.Somewhere() {
			complete = complete.And(t)
		}
	}
	return complete
}

// doubt notes that what holds where t does not may be for what an unresolved value names: for what it refers to, for what a
// data source in it may find, or for anything of its unit where it refers to nothing that is known.
func (l *linker) doubt(d *doubts, v value.Value, unit string, t value.Truth) {
	refs := v.Refs()
	if len(refs) == 0 {
		switch v.Kind() {
		case value.KindOpaque, value.KindText, value.KindChoice:
			add(d.unit, unit, t)
		}
		return
	}
	for _, ref := range refs {
		add(d.one, ref.Addr, t)
		s := l.search(ref.Addr)
		for _, vpc := range s.vpcs {
			add(d.vpc, vpc, t)
		}
		if s.waits && len(s.vpcs) == 0 {
			add(d.unit, unit, t)
		}
	}
}

// A search is what a data source looks for. It can find what is made with it only if it waits for something that is made, so
// that it refers to it, and only in the VPCs that it names, if any. Terraform: "Query data sources", data resource
// dependencies.
type search struct {
	waits bool
	vpcs  []value.Address
}

// search returns what the data source at an address looks for; the zero search for anything else.
func (l *linker) search(addr value.Address) search {
	if s, ok := l.searches[addr]; ok {
		return s
	}
	var s search
	if data := l.known(addr); data != nil && data.Data && slices.Contains(networkLookups, data.Type) {
		for _, ref := range data.Props.Refs() {
			if raw := l.known(ref.Addr); raw == nil || raw.Data {
				continue
			}
			s.waits = true
			if l.vpcs[ref.Addr] != nil && !slices.Contains(s.vpcs, ref.Addr) {
				s.vpcs = append(s.vpcs, ref.Addr)
			}
		}
	}
	l.searches[addr] = s
	return s
}

// vpcsOf returns the VPCs that a resource may be in, as its own property says.
func vpcsOf(edges []Edge[VPC]) []value.Address {
	var out []value.Address
	for _, e := range edges {
		if e.To != nil {
			out = append(out, e.To.Head().Addr())
		}
	}
	return out
}
