package network

import (
	"github.com/vpclint/vpclint/internal/model"
	"github.com/vpclint/vpclint/internal/value"
)

// A Workload is a workload with the subnets that it is attached to.
type Workload struct {
	model.Workload
	Placements []Placement
	// Serverless says in which worlds it is a model that only serverless variants of endpoints use: these run in no VPC.
	// AWS: "Deploy models with Amazon SageMaker Serverless Inference", feature exclusions.
	Serverless value.Truth
}

// A Placement is where a workload, or a part of it, is attached.
type Placement struct {
	model.Placement
	Subnets []Edge[Subnet]
	// Complete says in which worlds it is attached to no other subnets.
	Complete value.Truth
	// SecurityGroups are those on its interfaces, and GroupsComplete says in which worlds there are no others.
	SecurityGroups []Edge[SecurityGroup]
	GroupsComplete value.Truth
	// Traffic says in which worlds its traffic takes the way through these subnets: a notebook's goes past them while it has
	// direct internet access, a domain's unless it is VpcOnly.
	Traffic value.Truth
}

func (l *linker) workloads(e *model.Estate) {
	for _, w := range e.Workloads() {
		out := &Workload{Workload: w, Serverless: value.No()}
		if m, ok := w.(*model.Model); ok {
			out.Serverless = serverless(m, e.EndpointConfigs)
		}
		for _, p := range w.Placements() {
			edges, complete := resolve(l, p.Subnets.Value, l.subnets, "subnet")
			groups, all := resolve(l, p.SecurityGroups.Value, l.securityGroups, "security group")
			out.Placements = append(out.Placements, Placement{
				Placement: p, Subnets: edges, Complete: complete,
				SecurityGroups: groups, GroupsComplete: all, Traffic: traffic(w),
			})
		}
		l.graph.Workloads = append(l.graph.Workloads, out)
	}
}

// serverless holds where some endpoint configuration of the model's unit uses a model, and none but serverless variants do.
func serverless(m *model.Model, configs []*model.EndpointConfig) value.Truth {
	used, instances := value.No(), value.No()
	for _, c := range configs {
		if c.Addr().Unit != m.Addr().Unit {
			continue
		}
		for i := range c.ProductionVariants {
			v := &c.ProductionVariants[i]
			if !names(v.ModelName, m) {
				continue
			}
			here := value.In(v.When).And(c.Exists())
			used = used.Or(here)
			instances = instances.Or(here.And(v.ServerlessConfig.Set().Not()))
		}
	}
	return used.And(instances.Not())
}

// names reports whether a variant's model name is that of a model: a reference to it, the same text, or the same unknown
// value, read from the same place.
func names(name value.String, m *model.Model) bool {
	for _, ref := range name.Refs() {
		if ref.Addr == m.Addr() {
			return true
		}
	}
	a, aKnown := name.AsString()
	b, bKnown := m.ModelName.AsString()
	if aKnown || bKnown {
		return aKnown && bKnown && a == b
	}
	from, to := name.Origin().Root(), m.ModelName.Origin().Root()
	return name.Kind() != value.KindAbsent && m.ModelName.Kind() != value.KindAbsent &&
		from != nil && to != nil && from.Span == to.Span && !from.Span.IsZero()
}

// traffic says in which worlds a workload's traffic takes the way through the subnets that it is attached to.
// AWS: "Connect a notebook instance in a VPC to external resources", "Connect Studio in a VPC to external resources".
func traffic(w model.Workload) value.Truth {
	switch w := w.(type) {
	case *model.NotebookInstance:
		return w.DirectInternetAccess.Is("Disabled")
	case *model.Domain:
		return w.AppNetworkAccessType.Is("VpcOnly")
	}
	return value.Yes()
}
