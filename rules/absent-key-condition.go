package rules

import (
	"slices"
	"strings"

	"github.com/vpclint/vpclint/analyzers/guard"
	"github.com/vpclint/vpclint/internal/finding"
)

// AbsentKeyCondition reports an Allow that rests on ForAllValues over the keys of a VPC, which also holds of a request without
// them. AWS: IAM user guide, "Set operators for multivalued context keys".
var AbsentKeyCondition = &Rule{
	ID:         "absent-key-condition",
	Severity:   finding.High,
	Title:      "A condition on the VPC also holds of requests that name none.",
	Label:      "ForAllValues holds where the key is absent",
	Help:       `require the key beside it: "Null": {"sagemaker:VpcSubnets": "false", "sagemaker:VpcSecurityGroupIds": "false"}`,
	Precision:  "very-high",
	Weaknesses: []int{863},
	Run: func(p *Pass) {
		for _, g := range p.identity().allows {
			s := g.suspect(g.wrong(g.forgetful), g.forgetful, "relies on ForAllValues, which lets %s through without sagemaker:VpcSubnets")
			if c := g.setCondition(); c != nil {
				if c.KeyOrigin != nil && s.Wrong.Somewhere() {
					s.Because = append(s.Because, finding.Step{Span: c.KeyOrigin.Span, Message: "a request without the key has no value that isn't one of these"})
				}
				p.ReportAny(g.subject, []Suspect{s})
			}
		}
	},
}

// setCondition returns the first condition that compares a key of the VPC with ForAllValues, or nil.
func (g *grant) setCondition() *guard.Condition {
	if g.statement == nil {
		return nil
	}
	for i := range g.statement.Conditions {
		c := &g.statement.Conditions[i]
		if c.Operator.Set == guard.ForAllValues && slices.ContainsFunc(vpcKeys, func(key string) bool { return strings.EqualFold(key, c.Key) }) {
			return c
		}
	}
	return nil
}
