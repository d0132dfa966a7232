package endpoints

import (
	"regexp"

	"github.com/vpclint/vpclint/internal/model"
	"github.com/vpclint/vpclint/internal/network"
)

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
