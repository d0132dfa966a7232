package rules

import (
	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/model"
	"github.com/vpclint/vpclint/internal/value"
)

// TrailOff reports a trail that records nothing, or one region only. An organization's trail is judged alike.
// AWS: CloudTrail API_CreateTrail, AWS::CloudTrail::Trail.
var TrailOff = &Rule{
	ID:         "trail-off",
	Severity:   finding.Low,
	Strict:     true,
	Title:      "A CloudTrail trail is not logging, or records one region only.",
	Label:      "who creates workloads outside the VPC may stay unknown",
	Help:       "let the trail record every region",
	Precision:  "very-high",
	Weaknesses: []int{778},
	Elsewhere: Counterparts{
		SecurityHub: []string{"CloudTrail.1", "CloudTrail.3"},
		Config:      []string{"cloudtrail-enabled", "multi-region-cloudtrail-enabled"},
		Prowler:     []string{"cloudtrail_multi_region_enabled", "cloudtrail_multi_region_enabled_logging_management_events"},
	},
	Run: func(p *Pass) {
		for _, t := range p.Trails {
			p.off(t, t.IsLogging, "is not logging")
			p.off(t, t.IsMultiRegionTrail, "records one region only")
		}
	},
}

// off reports a switch of a trail that isn't on.
func (p *Pass) off(t *model.Trail, on value.Bool, message string) {
	p.ReportAny(t, []Suspect{{
		Wrong: on.IsTrue().Not(), At: on.Leaf, Message: message,
		Help: "set " + p.Spell(t.Raw, on.Property) + " to true",
	}})
}
