package rules

import (
	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/value"
)

// GuardGap reports a guard on the VPC that leaves some creations open. AWS: service authorization reference, "Actions,
// resources, and condition keys for Amazon SageMaker AI".
var GuardGap = &Rule{
	ID:         "guard-gap",
	Severity:   finding.Medium,
	Title:      "A guard on the VPC leaves out some of the actions that create workloads.",
	Label:      "the guard doesn't cover all of it",
	Help:       `deny these actions as well where the request has no VPC: "Null": {"sagemaker:VpcSubnets": "true"}`,
	Precision:  "high",
	Weaknesses: []int{863},
	Run: func(p *Pass) {
		all := p.identity()
		for _, g := range all.allows {
			wrong := g.wrong(g.partial).And(g.wrong(g.bare).Not())
			p.ReportAny(g.subject, []Suspect{g.gap(wrong)})
		}
		for _, g := range all.guards {
			p.ReportAny(g.subject, []Suspect{g.denial()})
		}
	},
}

// gap returns the suspect that the finding on an Allow beside a guard would be.
func (g *grant) gap(wrong value.Truth) Suspect {
	s := g.suspect(wrong, g.partial, "lets %s through without sagemaker:VpcSubnets, despite a guard beside it")
	if !wrong.Somewhere() {
		return s
	}
	l := g.leak(g.partial)
	for _, h := range l.whose[0].guards {
		if at := placed(h.Statement, h.Statement.Actions.Origin()); at != nil {
			message := "this requires it of " + actionNames(guarded([]held{h}))
			s.Because = append(s.Because, finding.Step{Span: at.Span, Message: message})
		}
	}
	return s
}
