package endpoints_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/vpclint/vpclint/analyzers/endpoints"
	"github.com/vpclint/vpclint/analyzers/firewall"
	"github.com/vpclint/vpclint/internal/model"
	"github.com/vpclint/vpclint/internal/network"
	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// A small is a small network by numbers, which says nothing of how it is written.
type small struct {
	vpcs    []smallVPC
	tables  []int // the VPC of each
	subnets []smallSubnet
	points  []smallEndpoint
}

type smallVPC struct {
	support, hostnames bool
	main               int // its main table; -1 for the one that it comes with
}

type smallSubnet struct{ vpc, table int } // -1: no table of its own

type smallEndpoint struct {
	vpc     int
	service endpoints.Service
	gateway bool
	tables  []int
	subnets []int
	own     bool // on the table that its VPC comes with
	dns     bool
	admits  bool // lets the workload's group in on port 443
}

var smallServices = []endpoints.Service{endpoints.S3, endpoints.DynamoDB, endpoints.API}

func randomNetwork(r *rand.Rand) small {
	var n small
	for range 1 + r.IntN(2) {
		n.vpcs = append(n.vpcs, smallVPC{support: r.IntN(5) > 0, hostnames: r.IntN(3) > 0, main: -1})
	}
	for range r.IntN(4) {
		n.tables = append(n.tables, r.IntN(len(n.vpcs)))
	}
	in := func(vpc int) []int {
		var out []int
		for t, v := range n.tables {
			if v == vpc {
				out = append(out, t)
			}
		}
		return out
	}
	for v := range n.vpcs {
		if all := in(v); len(all) > 0 && r.IntN(3) == 0 {
			n.vpcs[v].main = all[r.IntN(len(all))]
		}
	}
	for range 1 + r.IntN(3) {
		s := smallSubnet{vpc: r.IntN(len(n.vpcs)), table: -1}
		if all := in(s.vpc); len(all) > 0 && r.IntN(3) > 0 {
			s.table = all[r.IntN(len(all))]
		}
		n.subnets = append(n.subnets, s)
	}
	for range r.IntN(4) {
		e := smallEndpoint{vpc: r.IntN(len(n.vpcs)), service: smallServices[r.IntN(len(smallServices))], gateway: r.IntN(2) == 0, dns: r.IntN(3) > 0, admits: r.IntN(3) > 0}
		for _, t := range in(e.vpc) {
			if e.gateway && r.IntN(2) == 0 {
				e.tables = append(e.tables, t)
			}
		}
		e.own = e.gateway && r.IntN(2) == 0
		for s, subnet := range n.subnets {
			if !e.gateway && subnet.vpc == e.vpc && r.IntN(2) == 0 {
				e.subnets = append(e.subnets, s)
			}
		}
		n.points = append(n.points, e)
	}
	return n
}

// reached follows a packet from a subnet for a service, to the network card of an endpoint or past the groups on it.
func (n small) reached(s int, service endpoints.Service, within bool) bool {
	subnet := n.subnets[s]
	v := n.vpcs[subnet.vpc]
	table := subnet.table
	if table < 0 {
		table = v.main
	}
	for _, e := range n.points {
		switch {
		case e.vpc != subnet.vpc || e.service != service:
		case e.gateway && (table < 0 && e.own || slices.Contains(e.tables, table)):
			return true
		case !e.gateway && len(e.subnets) > 0 && e.dns && v.support && v.hostnames && (e.admits || !within):
			return true
		}
	}
	return false
}

// A spelling writes a small network as Terraform's resources, parts of endpoints within them or apart.
type spelling struct {
	r    *rand.Rand
	raws []resource.Raw
	// open are the properties that may be replaced by what isn't known, by resource.
	open []func()
}

func (w *spelling) add(typ, name string, props map[string]value.Value) {
	file := source.NewFile(name+".tf", []byte(name))
	keys := make([]string, 0, len(props))
	for k := range props {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	fields := make([]value.Field, 0, len(keys))
	for _, k := range keys {
		fields = append(fields, value.Field{Name: k, Value: props[k]})
	}
	i := len(w.raws)
	w.raws = append(w.raws, resource.Raw{
		Dialect: resource.Terraform, Type: typ, Addr: value.Address{Unit: ".", Name: name}, Subject: name,
		Exists: value.Yes(), Span: file.Whole(), Props: value.OfObject(fields, false).From(file.Whole()),
	})
	for k := range fields {
		w.open = append(w.open, func() {
			changed := slices.Clone(fields)
			changed[k].Value = value.OfOpaque("var.it has no default").From(file.Whole())
			w.raws[i].Props = value.OfObject(changed, false).From(file.Whole())
		})
	}
	w.open = append(w.open, func() {
		w.raws[i].Exists = value.Unknowable("whether it is there is not known", nil).When(value.World{})
	})
}

func symbol(attr, format string, args ...any) value.Value {
	return value.OfSymbol(value.Ref{Addr: value.Address{Unit: ".", Name: fmt.Sprintf(format, args...)}, Attr: attr})
}

func id(format string, args ...any) value.Value { return symbol("id", format, args...) }

type props = map[string]value.Value

func (n small) write(r *rand.Rand) *spelling {
	w := &spelling{r: r}
	for i, v := range n.vpcs {
		w.add("aws_vpc", fmt.Sprint("vpc", i), props{"enable_dns_support": value.OfBool(v.support), "enable_dns_hostnames": value.OfBool(v.hostnames)})
		if v.main >= 0 {
			w.add("aws_main_route_table_association", fmt.Sprint("main", i), props{"vpc_id": id("vpc%d", i), "route_table_id": id("table%d", v.main)})
		}
	}
	for i, v := range n.tables {
		w.add("aws_route_table", fmt.Sprint("table", i), props{"vpc_id": id("vpc%d", v)})
	}
	for i, s := range n.subnets {
		w.add("aws_subnet", fmt.Sprint("subnet", i), props{"vpc_id": id("vpc%d", s.vpc)})
		if s.table >= 0 {
			w.add("aws_route_table_association", fmt.Sprint("association", i), props{"subnet_id": id("subnet%d", i), "route_table_id": id("table%d", s.table)})
		}
	}
	w.add("aws_security_group", "workload", props{})
	for i, e := range n.points {
		w.endpoint(i, e)
	}
	w.add("aws_sagemaker_notebook_instance", "notebook", props{"subnet_id": id("subnet0"), "security_groups": value.OfList([]value.Value{id("workload")}, false)})
	return w
}

func (w *spelling) endpoint(i int, e smallEndpoint) {
	name := fmt.Sprint("endpoint", i)
	p := props{"vpc_id": id("vpc%d", e.vpc), "service_name": value.OfString("com.amazonaws.eu-west-1." + string(e.service))}
	var tables, subnets []value.Value
	for _, t := range e.tables {
		if w.r.IntN(2) == 0 {
			tables = append(tables, id("table%d", t))
			continue
		}
		w.add("aws_vpc_endpoint_route_table_association", fmt.Sprint(name, "on", t), props{"vpc_endpoint_id": id("%s", name), "route_table_id": id("table%d", t)})
	}
	if e.own {
		tables = append(tables, symbol("main_route_table_id", "vpc%d", e.vpc))
	}
	for _, s := range e.subnets {
		if w.r.IntN(2) == 0 {
			subnets = append(subnets, id("subnet%d", s))
			continue
		}
		w.add("aws_vpc_endpoint_subnet_association", fmt.Sprint(name, "in", s), props{"vpc_endpoint_id": id("%s", name), "subnet_id": id("subnet%d", s)})
	}
	if len(tables) > 0 {
		p["route_table_ids"] = value.OfList(tables, false)
	}
	if len(subnets) > 0 {
		p["subnet_ids"] = value.OfList(subnets, false)
	}
	if !e.gateway {
		group := fmt.Sprint("group", i)
		w.add("aws_security_group", group, props{})
		port := 443
		if !e.admits {
			port = 80
		}
		w.add("aws_security_group_rule", group+"rule", props{
			"type": value.OfString("ingress"), "security_group_id": id("%s", group), "source_security_group_id": id("workload"),
			"protocol": value.OfString("tcp"), "from_port": value.OfInt(port), "to_port": value.OfInt(port),
		})
		p["security_group_ids"] = value.OfList([]value.Value{id("%s", group)}, false)
		p["vpc_endpoint_type"] = value.OfString("Interface")
		if w.r.IntN(2) == 0 {
			p["private_dns_enabled"] = value.OfBool(e.dns)
		} else {
			w.add("aws_vpc_endpoint_private_dns", name+"dns", props{"vpc_endpoint_id": id("%s", name), "private_dns_enabled": value.OfBool(e.dns)})
		}
	}
	w.add("aws_vpc_endpoint", name, p)
}

// An answer is whether packets for a service go to an endpoint, and whether they are let in there.
type answer struct{ routed, reached tri.Bool }

// answers returns what the analysis says of every subnet and service.
func (w *spelling) answers() [][]answer {
	g := network.Link(model.Decode(w.raws), nil)
	walls := firewall.Analyze(g)
	a := endpoints.Analyze(g, walls)
	out := make([][]answer, len(g.Subnets))
	for i, s := range g.Subnets {
		for _, service := range smallServices {
			routed, reached := value.No(), value.No()
			for _, v := range s.VPCs {
				if v.To == nil {
					unknown := v.Holds.And(value.Unknowable(v.Reason, nil))
					routed, reached = routed.Or(unknown), reached.Or(unknown)
					continue
				}
				routed = routed.Or(v.Holds.And(a.Routed(s, v.To, service)))
				reached = reached.Or(v.Holds.And(a.Reaches(s, v.To, firewall.SideOf(&g.Workloads[0].Attachments[0]), service).Holds))
			}
			out[i] = append(out[i], answer{routed.Known(), reached.Known()})
		}
	}
	return out
}

// Whether packets for a service go to an endpoint, and get in there, is what follows from walking them through the network.
// With something unknown it is that still, or unknown.
func TestReaches(t *testing.T) {
	said := map[tri.Bool]int{}
	for seed := range uint64(120) {
		r := rand.New(rand.NewPCG(seed, 7))
		n := randomNetwork(r)
		w := n.write(r)
		judge := func(part string, unknown bool) {
			for s, known := range w.answers() {
				for i, got := range known {
					routed, reached := tri.Of(n.reached(s, smallServices[i], false)), tri.Of(n.reached(s, smallServices[i], true))
					right := func(got, want tri.Bool) bool { return got == want || unknown && got == tri.Unknown }
					if said[got.reached]++; !right(got.routed, routed) || !right(got.reached, reached) {
						t.Fatalf("seed %d, subnet %d, %s%s: got %v, want %v\n%+v", seed, s, smallServices[i], part, got, answer{routed, reached}, n)
					}
				}
			}
		}
		judge("", false)
		before := slices.Clone(w.raws)
		for k, open := range w.open {
			open()
			judge(fmt.Sprintf(", with the %dth part unknown", k), true)
			copy(w.raws, before)
		}
	}
	for _, b := range []tri.Bool{tri.True, tri.False, tri.Unknown} {
		if said[b] < 300 {
			t.Errorf("%s is said %d times only", b, said[b])
		}
	}
}
