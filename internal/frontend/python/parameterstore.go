package python

import (
	"github.com/vpclint/vpclint/internal/pyast"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// storedParameter returns the answer of Parameter Store to a request for one parameter. Its value isn't known, but it is there:
// a parameter has at least one character (https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html).
func (in *interp) storedParameter(n *pyast.Call, a *arguments) object {
	reason := in.comes(n)
	there := datum{value.OfPresent(reason).From(a.at)}
	answer := func(name string, o object) *place {
		p := &place{kind: dictPlace, span: a.at, header: a.at}
		in.st.setContent(p, (&content{open: true, reason: reason}).with(entry{name: name, key: a.at, obj: o}))
		return p
	}
	return answer("Parameter", answer("Value", there))
}

// split returns what is known of an unknown text that is split: of one that is there, there is at least one part.
func (d datum) split() datum {
	if d.NonEmpty().Known() == tri.True {
		return datum{value.OfPresent(d.Reason(), d.Refs()...).WithOrigin(d.Origin())}
	}
	return unknown(d.Reason())
}
