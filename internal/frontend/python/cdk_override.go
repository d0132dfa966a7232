package python

import (
	"strings"

	"github.com/vpclint/vpclint/internal/schema"
	"github.com/vpclint/vpclint/internal/value"
)

// A construct is one that is reported, as the app goes on to change it: by assigning to its attributes, or through the CDK's
// escape hatches (https://docs.aws.amazon.com/cdk/v2/guide/cfn-layer.html).
type construct struct {
	site  *site
	run   int
	shape *schema.Object
	// path are the conditions that it was made under.
	path value.World
}

// assigned follows an assignment to an attribute of a construct.
func (in *interp) assigned(p *place, e entry) {
	c := in.constructs[p]
	if c == nil || in.quiet > 0 {
		return
	}
	member := c.shape.Folded(e.name)
	if member == "" {
		return
	}
	v := in.cdkValue(narrow(e.obj, in.st.path), c.shape.Member(member), 0)
	if len(in.st.path) > len(c.path) {
		v = value.OfOpaque("it is set under a condition once the construct is made")
	}
	c.set(value.Field{Name: member, Key: e.key, Value: v})
}

// overridden follows a call of one of the escape hatches: what they change isn't known.
func (in *interp) overridden(p *place, method string, a *arguments) {
	c := in.constructs[p]
	if c == nil || in.quiet > 0 {
		return
	}
	switch method {
	case "add_property_override", "add_property_deletion_override", "add_override", "add_deletion_override":
	default:
		return
	}
	reason := method + "() changes it"
	text := ""
	if d, ok := a.first(); ok {
		text, _ = d.AsString()
	}
	if !strings.Contains(method, "property") {
		head, rest, _ := strings.Cut(text, ".")
		if text != "" && head != "Properties" {
			return // metadata, or what the resource depends on
		}
		text = rest
	}
	member, _, _ := strings.Cut(text, ".")
	if member == "" {
		r := &c.site.runs[c.run]
		r.props = value.OfOpenObject(nil, reason).WithOrigin(r.props.Origin())
		return
	}
	c.set(value.Field{Name: member, Value: value.OfOpaque(reason).From(a.at)})
}

// set changes a member of what the construct makes.
func (c *construct) set(f value.Field) {
	r := &c.site.runs[c.run]
	fields := make([]value.Field, 0, len(r.props.Fields())+1)
	for _, old := range r.props.Fields() {
		if old.Name != f.Name {
			fields = append(fields, old)
		}
	}
	fields = append(fields, f)
	if r.props.Open() {
		r.props = value.OfOpenObject(fields, r.props.Reason()).WithOrigin(r.props.Origin())
		return
	}
	r.props = value.OfObject(fields, false).WithOrigin(r.props.Origin())
}
