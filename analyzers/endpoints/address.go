package endpoints

import (
	"net/netip"
	"regexp"

	"github.com/vpclint/vpclint/internal/model"
	"github.com/vpclint/vpclint/internal/network"
	"github.com/vpclint/vpclint/internal/tri"
)

// blocks returns the ranges of addresses of subnets, and none where one of them isn't known.
func blocks(subnets []network.Edge[network.Subnet]) []netip.Prefix {
	var out []netip.Prefix
	for _, e := range subnets {
		if e.Holds.Known() == tri.False {
			continue
		}
		if e.To == nil {
			return nil
		}
		s, ok := e.To.Resource.(*model.Subnet)
		if !ok {
			return nil
		}
		prefix, err := netip.ParsePrefix(s.CIDRBlock.Literal())
		if err != nil {
			return nil
		}
		out = append(out, prefix.Masked())
	}
	return out
}

// zonePattern is the form of the names of availability zones; those of local and wavelength zones have more to them.
var zonePattern = regexp.MustCompile(`^[a-z]+(?:-[a-z]+)+-[0-9]+[a-z]$`)

// zoneOf returns the availability zone of a subnet, where that is known by its name.
func zoneOf(s *network.Subnet) string {
	zone := ""
	switch r := s.Resource.(type) {
	case *model.Subnet:
		zone = r.AvailabilityZone.Literal()
	case *model.DefaultSubnet:
		zone = r.AvailabilityZone.Literal()
	}
	if !zonePattern.MatchString(zone) {
		return ""
	}
	return zone
}
