package placement

import (
	"cmp"
	"regexp"
	"strings"

	"github.com/vpclint/vpclint/internal/model"
	"github.com/vpclint/vpclint/internal/network"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// Zone returns the availability zone of a subnet, by name or by id.
func Zone(s *network.Subnet) value.String {
	switch r := s.Resource.(type) {
	case *model.Subnet:
		if r.AvailabilityZone.Kind() == value.KindAbsent {
			return r.AvailabilityZoneID
		}
		return r.AvailabilityZone
	case *model.DefaultSubnet:
		return r.AvailabilityZone
	}
	return value.String{}
}

// OneZone says in which worlds two subnets are in one availability zone.
func OneZone(a, b *network.Subnet) value.Truth {
	x, y := Zone(a), Zone(b)
	if _, ok := a.Resource.(*model.DefaultSubnet); ok && a != b && b.Default {
		return value.No() // there is one for each zone. AWS: VPC user guide, "Default subnets"
	}
	if len(x.Arms())*len(y.Arms()) > maxTallies {
		return value.Unknowable("it depends on too many conditions", y.Origin())
	}
	return x.Each(func(v value.Value) value.Truth {
		return y.Each(func(w value.Value) value.Truth { return oneZone(a, b, v, w) })
	})
}

func oneZone(a, b *network.Subnet, v, w value.Value) value.Truth {
	if v.Kind() == value.KindAbsent || w.Kind() == value.KindAbsent {
		of := a
		if v.Kind() != value.KindAbsent {
			of = b
		}
		return value.Unknowable("AWS chooses the availability zone of "+of.Head().Subject()+", which names none", w.Origin())
	}
	if value.Same(v, w) {
		return value.Yes()
	}
	x, xKnown := v.AsString()
	y, yKnown := w.AsString()
	switch {
	case xKnown && yKnown:
		return value.Always(tri.Of(x == y), w.Origin())
	case suffixesDiffer(v, w), elementsDiffer(a, b, v, w):
		return value.No()
	}
	reason := v.Reason()
	if xKnown {
		reason = w.Reason()
	}
	return value.Unknowable("the availability zones of "+a.Head().Subject()+" and "+b.Head().Subject()+" are not known: "+cmp.Or(reason, "they are known only after deployment"), w.Origin())
}

// suffixesDiffer reports whether two names end in different letters, as "${region}a" and "${region}b" do.
func suffixesDiffer(v, w value.Value) bool {
	x, _ := v.Suffix()
	y, _ := w.Suffix()
	return x != "" && y != "" && !strings.HasSuffix(x, y) && !strings.HasSuffix(y, x)
}

// elementsDiffer reports whether two zones are elements of one list of all zones, each of which is there once.
func elementsDiffer(a, b *network.Subnet, v, w value.Value) bool {
	list, i := element(a, v)
	other, j := element(b, w)
	return list != "" && list == other && i != j
}

// element returns which list of all zones a subnet's zone is an element of, and its index.
func element(s *network.Subnet, v value.Value) (list, index string) {
	if ref, ok := v.Symbol(); ok {
		if m := indexPattern.FindStringSubmatch(ref.Attr); m != nil {
			return ref.Addr.Unit + "\n" + ref.Addr.Name + "." + m[1], m[2]
		}
		return "", ""
	}
	refs := v.Refs()
	if len(refs) != 1 || !zonesPattern.MatchString(refs[0].String()) {
		return "", ""
	}
	for o := v.Origin(); o != nil; o = o.Via {
		text := strings.TrimSpace(o.Span.Text())
		m := indexPattern.FindStringSubmatch(text)
		switch {
		case m != nil && index != "", m == nil && !plainPattern.MatchString(text):
			return "", ""
		case m == nil:
			continue
		case m[2] == "count.index":
			if index = instancePattern.FindString(s.Head().Subject()); index == "" {
				return "", ""
			}
			index = strings.Trim(index, "[]")
		default:
			index = m[2]
		}
	}
	if index == "" {
		return "", ""
	}
	return refs[0].Addr.Unit + "\n" + refs[0].String(), index
}

// A zone is read from one of these by one index, and by nothing else.
var (
	indexPattern    = regexp.MustCompile(`^([\w.:-]+)\[(\d+|count\.index)\]$`)
	plainPattern    = regexp.MustCompile(`^[\w.-]+$`)
	instancePattern = regexp.MustCompile(`\[\d+\]$`)
	zonesPattern    = regexp.MustCompile(`data\.aws_availability_zones\.[\w-]+(\[.*\])?\.(names|zone_ids)$`)
)

// Several says how many subnets a workload names at one place.
func Several(p *network.Placement) Count {
	c := Exactly(0, nil)
	seen := map[*network.Subnet]bool{}
	for _, e := range p.Subnets {
		switch {
		case e.To != nil && e.To.Head().Raw.Range != "":
			c = c.plus(Between(1, Unbounded, manyOf(e.To), e.From).where(value.In(e.When())))
		case e.To != nil && e.Holds.Known() == tri.True:
			if !seen[e.To] {
				c = c.plus(Exactly(1, e.From))
			}
			seen[e.To] = true
		case e.To != nil || e.Name != "" || e.Value().Kind() == value.KindSymbol:
			c = c.plus(Exactly(1, e.From).where(value.In(e.When())))
		default:
			c = c.plus(Between(1, Unbounded, e.Reason, e.From).where(value.In(e.When())))
		}
	}
	return c.plus(Between(0, Unbounded, "", nil).where(p.Complete.Not()))
}

// manyOf says why the number of subnets that one stands for isn't known.
func manyOf(s *network.Subnet) string {
	return "it is not known how many " + s.Head().Subject() + " there are"
}

// Spread says in which worlds a workload names subnets of two availability zones or more at one place.
func Spread(p *network.Placement) value.Truth {
	spread := value.No()
	for _, e := range p.Subnets {
		if e.To != nil && e.To.Head().Raw.Range != "" {
			// Those that it stands for may be in several zones.
			spread = spread.Or(e.Holds.And(value.Unknowable(manyOf(e.To), e.From)))
		}
	}
	edges := p.Subnets[:min(len(p.Subnets), maxTenants)]
	for i, a := range edges {
		for _, b := range edges[i+1:] {
			if _, together := a.When().And(b.When()); !together {
				continue
			}
			differ := value.Unknowable(cmp.Or(a.Reason, b.Reason, "its subnets are not known"), b.From)
			if a.To != nil && b.To != nil {
				differ = a.Holds.And(b.Holds).And(OneZone(a.To, b.To).Not())
			}
			if spread = spread.Or(differ.And(value.In(a.When()).And(value.In(b.When())))); spread.Known() == tri.True {
				return spread
			}
		}
	}
	if len(edges) < len(p.Subnets) {
		spread = spread.Or(value.Unknowable("it names too many subnets", nil))
	}
	return spread
}
