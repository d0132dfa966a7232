package network

import (
	"github.com/vpclint/vpclint/internal/model"
	"github.com/vpclint/vpclint/internal/value"
)

// A Workload is a workload with the subnets that it is attached to.
type Workload struct {
	model.Workload
	Placements []Placement
	// Attachments are its interfaces, by the security groups that they have.
	Attachments []Attachment
	// VPCs is the VPC that it names itself, as domains and workforces do.
	VPCs []Edge[VPC]
	// Serverless says in which worlds it is a model that only serverless variants of endpoints use: these run in no VPC.
	// AWS: "Deploy models with Amazon SageMaker Serverless Inference", feature exclusions.
	Serverless value.Truth
	// Uses are what runs it, where it is a model.
	Uses []Use
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
	var models *hosting
	profiles := l.profiles(e)
	for _, w := range e.Workloads() {
		out := &Workload{Workload: w, Serverless: value.No()}
		if m, ok := w.(*model.Model); ok {
			if models == nil {
				models = hosts(e)
			}
			out.Uses = models.of(m)
			out.Serverless = serverless(out.Uses)
		}
		out.VPCs = l.ownVPC(w)
		for _, p := range w.Placements() {
			edges, complete := resolve(l, p.Subnets.Value, l.subnets, "subnet")
			groups, all := resolve(l, p.SecurityGroups.Value, l.securityGroups, "security group")
			out.Placements = append(out.Placements, Placement{
				Placement: p, Subnets: edges, Complete: complete,
				SecurityGroups: groups, GroupsComplete: all, Traffic: traffic(w),
			})
		}
		l.attach(out, profiles[w.Head().Addr()])
		l.graph.Workloads = append(l.graph.Workloads, out)
	}
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

// ownVPC links the VPC that a workload names besides its subnets.
func (l *linker) ownVPC(w model.Workload) []Edge[VPC] {
	var id value.String
	switch w := w.(type) {
	case *model.Domain:
		id = w.VPCID
	case *model.Workforce:
		id = w.VPCID
	}
	edges, _ := resolve(l, id.Value, l.vpcs, "VPC")
	return edges
}
