package guard

import (
	"testing"

	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// Questions that share a budget aren't answered any more when it is spent, and say so.
func TestBudget(t *testing.T) {
	document := value.OfString(`{"Statement": [{"Effect": "Allow", "Action": "sagemaker:CreateTrainingJob", "Resource": "*"}]}`).FromJSON()
	b := &Budget{}
	p := Policies{Grants: []Document{Read(document, nil)}, Budget: b}
	if got := p.Without("sagemaker:CreateTrainingJob", VPCSubnets).Holds.Known(); got != tri.True {
		t.Errorf("within the budget: %v", got)
	}
	if b.spent == 0 {
		t.Error("the question took nothing")
	}
	if b.Take(maxSpent) {
		t.Error("more is taken than there is")
	}
	if got := p.Without("sagemaker:CreateTrainingJob", VPCSubnets).Holds; got.Known() != tri.Unknown || len(got.Cases()) != 1 || got.Cases()[0].Reason != tooMuch.why {
		t.Errorf("beyond the budget: %v", got)
	}
}
