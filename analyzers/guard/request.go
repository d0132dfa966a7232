package guard

import (
	"github.com/vpclint/vpclint/internal/value"
)

// Policies are those that apply to one principal together. AWS: IAM user guide, "Policy evaluation logic".
type Policies struct {
	// Grants are its identity policies: a statement of one of them has to allow a request, and a Deny in any forbids it.
	Grants []Document
	// Bounds each have to allow it as well: the documents of a permissions boundary, or of one level's service control
	// policies. A Deny in any of them forbids it.
	Bounds [][]Document
}

// A Request is one that somebody could make, as far as policies tell requests apart.
type Request struct {
	// Action is what is asked for: "sagemaker:CreateTrainingJob".
	Action string
	// Resource is the ARN that it is asked for.
	Resource string
	// Context are its condition keys with their values, in the order of the names. A key that isn't among them is absent.
	Context []Entry
	// Lacks are the keys that were asked about, which it has not.
	Lacks []string
}

// An Entry is one condition key of a request.
type Entry struct {
	Key    string
	Values []string
}

// An Answer says whether there is a request, and which.
type Answer struct {
	// Holds says in which worlds there is one.
	Holds value.Truth
	// Witness is a request that the policies allow; nil where none is known.
	Witness *Request
	// By is the statement that allows it, and At its action.
	By *Statement
	At *value.Origin
}

// Without says in which worlds a request for an action is allowed in which none of some keys is there. All else about it
// whoever makes it may choose.
func (p *Policies) Without(action string, keys ...string) Answer {
	return Answer{Holds: value.Unknowable("", nil)}
}
