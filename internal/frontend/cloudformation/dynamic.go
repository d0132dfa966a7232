package cloudformation

import (
	"fmt"
	"strings"

	"github.com/vpclint/vpclint/internal/value"
)

// dynamic begins a dynamic reference, which CloudFormation resolves at deployment, after it has put the text together:
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html
const dynamic = "{{resolve:"

// A store tells what Parameter Store holds under a name, where the tree says so; nil where nobody asks.
type store func(name value.Value) (value.Value, bool)

// resolve puts what the tree says of them in the place of dynamic references in a text, and makes unknown what others stand
// for. What stands around them is known.
func resolve(v value.Value, stored store) value.Value {
	switch v.Kind() {
	case value.KindScalar:
		if !strings.Contains(v.Literal(), dynamic) {
			return v
		}
	case value.KindText:
	default:
		return v
	}
	r := resolver{origin: v.Origin(), stored: stored}
	for _, part := range v.Parts() {
		r.add(part)
	}
	if !r.found {
		return v
	}
	if r.in { // Fn::Join puts the rest of it there
		r.out = append(r.out, r.reference...)
	}
	if len(r.out) == 1 {
		return r.out[0]
	}
	return value.OfText(r.out...).WithOrigin(v.Origin())
}

// A resolver looks for dynamic references in a text, part by part.
type resolver struct {
	origin    *value.Origin
	out       []value.Value
	reference []value.Value // the parts of the one that is not closed yet
	in, found bool
	stored    store
}

func (r *resolver) add(part value.Value) {
	text, known := part.AsString()
	if !known {
		if r.in {
			r.reference = append(r.reference, part)
		} else {
			r.out = append(r.out, part)
		}
		return
	}
	literal := func(s string) value.Value { return value.OfString(s).WithOrigin(part.Origin()) }
	for text != "" {
		if !r.in {
			before, _, opens := strings.Cut(text, dynamic)
			if before != "" {
				r.out = append(r.out, literal(before))
			}
			if !opens {
				return
			}
			text, r.in = text[len(before):], true
		}
		reference, rest, closed := strings.Cut(text, "}}")
		if !closed {
			r.reference = append(r.reference, literal(text))
			return
		}
		r.reference = append(r.reference, literal(reference))
		r.out = append(r.out, r.refer())
		r.reference, r.in, r.found = nil, false, true
		text = rest
	}
}

// refer returns what the dynamic reference that has been read stands for.
func (r *resolver) refer() value.Value {
	const plain = dynamic + "ssm:"
	if first, _ := r.reference[0].AsString(); r.stored != nil && strings.HasPrefix(first, plain) {
		parts := append([]value.Value{value.OfString(strings.TrimPrefix(first, plain))}, r.reference[1:]...)
		if v, ok := r.stored(value.OfText(parts...)); ok {
			if r.origin == nil {
				return v
			}
			return v.Use(r.origin.Span)
		}
	}
	return referred(r.reference).WithOrigin(r.origin)
}

// referred returns what a dynamic reference of these parts stands for. Parameter Store holds no empty values, nor is a
// secret empty; of a secret's JSON a member may be.
func referred(parts []value.Value) value.Value {
	var spelt strings.Builder
	for _, part := range parts {
		if text, known := part.AsString(); known {
			spelt.WriteString(text)
		} else if ref := part.Refs(); len(ref) > 0 {
			spelt.WriteString("${" + ref[0].String() + "}")
		} else {
			spelt.WriteString("${...}")
		}
	}
	refs := value.OfText(parts...).Refs()
	service, what, _ := strings.Cut(strings.TrimPrefix(spelt.String(), dynamic), ":")
	switch service {
	case "ssm", "ssm-secure":
		name := what
		if path, version, found := strings.Cut(what, ":"); found && !strings.Contains(version, ":") {
			name = path
		}
		return value.OfPresent(fmt.Sprintf("the SSM parameter %s is read at deployment", name), refs...)
	case "secretsmanager":
		name, member, _ := strings.Cut(what, ":SecretString")
		reason := fmt.Sprintf("the secret %s is read at deployment", name)
		if strings.Trim(member, ":") == "" {
			return value.OfPresent(reason, refs...)
		}
		return value.OfOpaque(reason, refs...)
	}
	return value.OfOpaque(spelt.String()+"}} is resolved at deployment", refs...)
}
