package rules

import (
	"slices"

	"github.com/vpclint/vpclint/analyzers/guard"
	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/model"
	"github.com/vpclint/vpclint/internal/network"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// BucketOpenOutsideVPC reports a bucket of a workload's whose policy lets requests in that come from outside the VPC. AWS: S3
// user guide, "Controlling access from VPC endpoints with bucket policies".
var BucketOpenOutsideVPC = &Rule{
	ID:         "bucket-open-outside-vpc",
	Severity:   finding.Medium,
	Stricter:   true,
	Title:      "A bucket that a SageMaker workload uses can be reached from outside the VPC.",
	Label:      "credentials are enough, from anywhere",
	Help:       "deny s3:GetObject and s3:PutObject where aws:SourceVpce is not your endpoint (StringNotEquals)",
	Precision:  "high",
	Weaknesses: []int{284},
	Elsewhere:  Counterparts{Config: []string{"s3-bucket-policy-grantee-check"}},
	Run: func(p *Pass) {
		for _, b := range p.Net.Buckets {
			use := usersOf(b)
			if len(use.workloads) == 0 {
				continue
			}
			if b.Resource != nil {
				p.ReportFor(b.Resource, use.workloads, p.openBucket(b, use))
				continue
			}
			for _, policy := range b.Policies {
				p.ReportFor(policy.Resource, use.workloads, []Suspect{openPolicy(policy, use)})
			}
		}
	},
}

// A bucketUse is what of a bucket's users its rules need.
type bucketUse struct {
	// holds says in which worlds there is one.
	holds     value.Truth
	workloads []model.Resource
	steps     []finding.Step
}

// maxUsers bounds the users of a bucket that one finding shows.
const maxUsers = 3

func usersOf(b *network.Bucket) bucketUse {
	use := bucketUse{holds: value.No()}
	for _, u := range b.Users {
		if u.Holds.Known() == tri.False {
			continue
		}
		use.holds = use.holds.Or(u.Holds)
		if slices.Contains(use.workloads, u.Workload) {
			continue
		}
		use.workloads = append(use.workloads, u.Workload)
		if u.From != nil && len(use.steps) < maxUsers {
			use.steps = append(use.steps, finding.Step{Span: u.From.Span, Message: u.Workload.Head().Subject() + " reads or writes it"})
		}
	}
	return use
}

// openBucket returns the suspects of a bucket that is declared: each of its policies and, in strict, that it has none.
func (p *Pass) openBucket(b *network.Bucket, use bucketUse) []Suspect {
	var suspects []Suspect
	none := b.PoliciesComplete
	for _, policy := range b.Policies {
		suspects = append(suspects, openPolicy(policy, use))
		none = none.And(policy.Holds.And(policy.Document.NonEmpty()).Not())
	}
	if p.Strict {
		suspects = append(suspects, Suspect{
			Wrong: use.holds.And(none), At: value.Leaf{Property: "policy", Known: true},
			From:    &value.Origin{Span: b.Resource.Span()}, // what is absent is the bucket's, not its users'
			Message: "has no policy, so nothing denies requests from outside the VPC", Because: use.steps,
		})
	}
	return suspects
}

// openPolicy returns the suspect that a bucket's policy lets requests from outside the VPC in.
func openPolicy(policy network.BucketPolicy, use bucketUse) Suspect {
	d := guard.Read(policy.Document.Value, nil)
	repels := d.Repels("s3:GetObject")
	return Suspect{
		Wrong: use.holds.And(policy.Holds).And(policy.Document.NonEmpty()).And(repels.Holds.Not()),
		At:    policy.Document.Leaf, From: policy.Document.Origin(),
		Message: "its policy doesn't deny requests from outside the VPC", Because: use.steps,
	}
}
