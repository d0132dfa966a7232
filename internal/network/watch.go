package network

import (
	"github.com/vpclint/vpclint/internal/model"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// A PublicAccessBlock closes the internet gateways of the account in its region, but for what it excludes.
type PublicAccessBlock struct {
	*model.BlockPublicAccessOptions
	Exclusions []Exclusion
}

// An Exclusion opens internet gateways again for a VPC or a subnet.
type Exclusion struct {
	*model.BlockPublicAccessExclusion
	VPCs    []Edge[VPC]
	Subnets []Edge[Subnet]
	Holds   value.Truth
}

// watch links flow logs with what they record, and public-access blocks with what they exclude.
func (l *linker) watch(e *model.Estate) {
	vpcs, subnets := newDoubts(), newDoubts()
	for _, r := range e.FlowLogs {
		l.flowLog(r, vpcs, subnets)
	}
	for _, v := range l.graph.VPCs {
		v.FlowLogsComplete = vpcs.of(v, []value.Address{v.Head().Addr()}).And(l.unread(v)).And(l.listed(v, "describe-flow-logs"))
	}
	for _, s := range l.graph.Subnets {
		complete := subnets.of(s, vpcsOf(s.VPCs)).And(l.unread(s))
		for _, edge := range s.VPCs {
			if edge.To != nil {
				complete = complete.And(edge.Holds.Not().Or(l.listed(edge.To, "describe-flow-logs")))
			}
		}
		s.FlowLogsComplete = complete
	}
	exclusions := map[string][]Exclusion{}
	for _, r := range e.BlockPublicAccessExclusion {
		unit := r.Addr().Unit
		exclusions[unit] = append(exclusions[unit], l.exclusion(r))
	}
	for _, r := range e.BlockPublicAccess {
		l.graph.PublicAccess = append(l.graph.PublicAccess, &PublicAccessBlock{
			BlockPublicAccessOptions: r, Exclusions: exclusions[r.Addr().Unit],
		})
	}
}

func (l *linker) exclusion(r *model.BlockPublicAccessExclusion) Exclusion {
	x := Exclusion{BlockPublicAccessExclusion: r, Holds: r.Exists()}
	x.VPCs, _ = resolve(l, r.VPCID.Value, l.vpcs, "VPC")
	x.Subnets, _ = resolve(l, r.SubnetID.Value, l.subnets, "subnet")
	return x
}

// flowLog links what a flow log records, which Terraform names by kind and EC2 by its type.
func (l *linker) flowLog(r *model.FlowLog, ofVPCs, ofSubnets *doubts) {
	vpc, subnet := r.VPCID.Value, r.SubnetID.Value
	if r.ResourceID.Kind() != value.KindAbsent {
		if r.ResourceType.Is("VPC").Known() != tri.False {
			vpc = r.ResourceID.Value
		}
		if r.ResourceType.Is("Subnet").Known() != tri.False {
			subnet = r.ResourceID.Value
		}
	}
	vpcs, _ := resolve(l, vpc, l.vpcs, "VPC")
	for _, e := range vpcs {
		if e.To == nil {
			l.strayFlowLog(ofVPCs, r, e.member, e.Holds, e.Name)
			continue
		}
		e.To.FlowLogs = append(e.To.FlowLogs, Edge[model.FlowLog]{To: r, Holds: belongs(r, e.To, e.Holds).And(r.Exists()), From: e.From})
	}
	subnets, _ := resolve(l, subnet, l.subnets, "subnet")
	for _, e := range subnets {
		if e.To == nil {
			l.strayFlowLog(ofSubnets, r, e.member, e.Holds, e.Name)
			continue
		}
		e.To.FlowLogs = append(e.To.FlowLogs, Edge[model.FlowLog]{To: r, Holds: belongs(r, e.To, e.Holds).And(r.Exists()), From: e.From})
	}
}

func (l *linker) strayFlowLog(d *doubts, r *model.FlowLog, v value.Value, holds value.Truth, name string) {
	if name != "" || holds.Known() == tri.False {
		return // it is another's
	}
	e := Edge[VPC]{Holds: holds, From: v.Origin()}
	l.doubt(d, v, r.Addr().Unit, stray(r, e, "it is not known what "+r.Subject()+" records"))
}
