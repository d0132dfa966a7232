// Package network answers who is connected to whom: it links typed resources into VPCs, subnets, route tables, routes,
// gateways, endpoints and workloads.
//
// In goes the estate, out comes the graph. This is the only place where ids and references become edges, whatever
// language either end was written in. An edge is three-valued and remembers where it is written. The package draws no
// conclusion: what follows from the edges is the analyzers' business.
package network

import (
	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/model"
	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/value"
)

// An Edge says that something names a T.
type Edge[T any] struct {
	// To is what is named; nil where it isn't in the tree.
	To *T
	// Holds says in which worlds it is named.
	Holds value.Truth
	// From is where it is named, and how the name came there.
	From *value.Origin
	// Name is how it is named, where that is a literal id.
	Name string
	// Reason says why To is nil.
	Reason string
	// Lookup is the data source that finds it, where To is nil and one does.
	Lookup *Lookup
	// Via are the places that tell which resource a literal id is.
	Via []finding.Step
	// member is the one thing that is named, and when the world in which it is.
	member value.Value
	when   value.World
}

// Value is how the thing is named.
func (e Edge[T]) Value() value.Value { return e.member }

// When returns the world in which it is named at all.
func (e Edge[T]) When() value.World { return e.when }

// A Graph is the linked estate. Everything is in the order in which the front-ends gave it.
type Graph struct {
	Workloads        []*Workload
	VPCs             []*VPC
	Subnets          []*Subnet
	RouteTables      []*RouteTable
	InternetGateways []*InternetGateway
	NatGateways      []*NatGateway
	Endpoints        []*Endpoint
	SecurityGroups   []*SecurityGroup
	NetworkACLs      []*NetworkACL
	PublicAccess     []*PublicAccessBlock
	PrefixLists      []*PrefixList
	Buckets          []*Bucket
	access           func() *Access
}

// Link makes edges of ids and references. The identities tell which literal ids are which resources.
func Link(estate *model.Estate, identities []resource.Identity) *Graph {
	l := &linker{
		graph:          &Graph{},
		vpcs:           map[value.Address]*VPC{},
		subnets:        map[value.Address]*Subnet{},
		tables:         map[value.Address]*RouteTable{},
		gateways:       map[value.Address]*InternetGateway{},
		securityGroups: map[value.Address]*SecurityGroup{},
		acl:            map[value.Address]*NetworkACL{},
		nats:           map[value.Address]*NatGateway{},
		literals:       map[string][]resource.Identity{},
		lists:          map[value.Address]*PrefixList{},
		service:        &PrefixList{Service: true, Complete: value.Yes()},
		searches:       map[value.Address]search{},
		lookups:        map[value.Address]*Lookup{},
	}
	for _, id := range identities {
		l.literals[id.Literal] = append(l.literals[id.Literal], id)
	}
	l.known = estate.Declared
	l.declare(estate)
	l.indexUnread(estate)
	l.blocks(estate)
	l.prefixLists(estate)
	l.implicit()
	l.groups(estate)
	l.natGateways(estate)
	l.routes(estate)
	l.associations(estate)
	l.acls(estate)
	l.watch(estate)
	l.endpoints(estate)
	l.workloads(estate)
	l.buckets(estate)
	l.access(estate)
	return l.graph
}

type linker struct {
	graph          *Graph
	vpcs           map[value.Address]*VPC
	subnets        map[value.Address]*Subnet
	tables         map[value.Address]*RouteTable
	gateways       map[value.Address]*InternetGateway
	nats           map[value.Address]*NatGateway
	acl            map[value.Address]*NetworkACL
	securityGroups map[value.Address]*SecurityGroup
	lists          map[value.Address]*PrefixList
	service        *PrefixList
	searches       map[value.Address]search
	unseen         unseen
	known          func(value.Address) *resource.Raw
	literals       map[string][]resource.Identity
	lookups        map[value.Address]*Lookup
}

func (l *linker) declare(e *model.Estate) {
	addVPC := func(r model.Resource, isDefault bool, support, hostnames value.Bool) {
		v := &VPC{
			Resource: r, Default: isDefault, Complete: value.Yes(),
			DNSSupport: support, DNSHostnames: hostnames,
		}
		v.Implicit = &RouteTable{Resource: r, VPCs: []Edge[VPC]{{To: v, Holds: value.Yes()}}}
		l.graph.VPCs = append(l.graph.VPCs, v)
		l.graph.RouteTables = append(l.graph.RouteTables, v.Implicit)
		l.vpcs[r.Head().Addr()] = v
		l.tables[r.Head().Addr()] = v.Implicit
	}
	for _, r := range e.VPCs {
		addVPC(r, false, r.EnableDNSSupport, r.EnableDNSHostnames)
	}
	for _, r := range e.DefaultVPCs {
		addVPC(r, true, r.EnableDNSSupport, r.EnableDNSHostnames)
	}
	addSubnet := func(r model.Resource, isDefault bool, vpc value.Value) {
		s := &Subnet{Resource: r, Default: isDefault, Complete: value.Yes()}
		s.VPCs, _ = resolve(l, vpc, l.vpcs, "VPC")
		if len(s.VPCs) == 1 {
			s.VPC = s.VPCs[0]
		} else {
			const reason = "it is not known in which VPC it is"
			s.VPC = Edge[VPC]{Holds: value.Unknowable(reason, vpc.Origin()), Reason: reason}
		}
		l.graph.Subnets = append(l.graph.Subnets, s)
		l.subnets[r.Head().Addr()] = s
	}
	for _, r := range e.Subnets {
		addSubnet(r, false, r.VPCID.Value)
	}
	for _, r := range e.DefaultSubnets {
		addSubnet(r, true, r.VPCID.Value)
	}
	for _, r := range e.InternetGateways {
		g := &InternetGateway{Resource: r}
		l.graph.InternetGateways = append(l.graph.InternetGateways, g)
		l.gateways[r.Head().Addr()] = g
	}
}

// implicit says what is so of the tables that VPCs come with. That of the default VPC leads to an internet gateway.
// AWS: VPC user guide, "Default VPCs".
func (l *linker) implicit() {
	for _, v := range l.graph.VPCs {
		t := v.Implicit
		t.Complete = l.unread(v, mainTableAttrs...)
		t.GatewaysComplete = t.Complete
		if v.Default {
			t.Routes = []Route{{
				At: v.Head().Span(), Subject: "the main route table of the default VPC", Holds: value.Yes(), Implied: true,
				DestinationCIDRBlock: value.String{Leaf: value.Leaf{Value: value.OfString("0.0.0.0/0")}},
				Targets:              []Target{{Kind: ToInternetGateway, Holds: value.Yes(), What: "an internet gateway"}},
			}}
		}
	}
}
