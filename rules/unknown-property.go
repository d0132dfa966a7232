package rules

import (
	"fmt"

	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/model"
	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/schema"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// UnknownProperty reports a name that a template or request gives to a property, and that is nearly one that the type has.
// A name that is near none may be newer than the schemas. Terraform refuses unknown names itself.
var UnknownProperty = &Rule{
	ID:        "unknown-property",
	Severity:  finding.Medium,
	Title:     "A property has a name that its type doesn't know.",
	Label:     "what it says has no effect",
	Help:      "write the name as the service spells it",
	Precision: "very-high",
	Input:     true,
	Run: func(p *Pass) {
		templates, requests := schema.CloudFormation(), schema.API()
		ack, operator := requests.Spelt(schema.ACK), requests.Spelt(schema.Camel)
		for raw := range p.Raws() {
			var known *schema.Object
			base := ""
			switch {
			case raw.Dialect == resource.CloudFormation:
				known = templates.Object(raw.Type)
			case raw.Dialect == resource.API && (raw.Spelling == nil || raw.Partial):
				// What is made of the SDK's objects has other names to its author; its defaults have the requests'.
				known = requests.Object(raw.Type)
			// What a definition in Kubernetes doesn't know is pruned, or refused where the client validates.
			case raw.Dialect == resource.ACK:
				known, base = ack.Object("Create"+raw.Type), "spec"
			case raw.Dialect == resource.Operator:
				known, base = operator.Object("Create"+raw.Type), "spec"
			}
			if known == nil {
				continue
			}
			m := speller{typ: raw.Type, suspects: map[string][]Suspect{}}
			m.value(raw.Props, known, base, nil)
			for _, property := range m.properties {
				p.ReportAny(&model.Meta{Raw: raw}, m.suspects[property])
			}
		}
	},
}

// A speller looks for misspelt names in the properties of one resource.
type speller struct {
	typ string
	// properties are the paths of those that are misspelt, in the order in which they are written, and suspects their
	// places: each arm of an Fn::If may have the same.
	properties []string
	suspects   map[string][]Suspect
}

// value judges what stands at a path in some world.
func (m *speller) value(v value.Value, known *schema.Object, path string, when value.World) {
	switch v.Kind() {
	case value.KindObject:
		m.object(v, known, path, when)
	case value.KindList:
		for i, e := range v.Elems() {
			m.value(e, known, fmt.Sprintf("%s[%d]", path, i), when)
		}
	case value.KindChoice:
		for _, arm := range v.Arms() {
			if w, ok := when.And(arm.When); ok {
				m.value(arm.Value, known, path, w)
			}
		}
	}
}

func (m *speller) object(v value.Value, known *schema.Object, path string, when value.World) {
	taken := func(name string) bool { _, there := v.Field(name); return there }
	for _, f := range v.Fields() {
		if known.Has(f.Name) {
			if inner := known.Member(f.Name); inner != nil {
				m.value(f.Value, inner, under(path, f.Name), when)
			}
			continue
		}
		// A macro that adds to an object may as well read what is written there.
		if v.Open() || f.Key.IsZero() {
			continue
		}
		near := known.Nearest(f.Name, taken)
		if near == "" {
			continue
		}
		property := under(path, f.Name)
		s := Suspect{
			Wrong: written(f.Value).Within(when),
			At:    value.Leaf{Value: f.Value, Property: property},
			From:  &value.Origin{Span: f.Key},
			Help:  "the nearest name that it has is " + near,
		}
		s.Message = m.owner(path) + " has no property " + f.Name
		if taken(near) {
			s.Help = "take it out, as " + near + " stands beside it"
		}
		if m.suspects[property] == nil {
			m.properties = append(m.properties, property)
		}
		m.suspects[property] = append(m.suspects[property], s)
	}
}

// under returns the path of a member of what stands at a path.
func under(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}

// owner returns what an object is called.
func (m *speller) owner(path string) string {
	if path == "" {
		return m.typ
	}
	return path
}

// written holds where a property is there. One that is null or AWS::NoValue isn't.
func written(v value.Value) value.Truth {
	return v.Each(func(v value.Value) value.Truth { return value.Always(tri.Of(v.Kind() != value.KindAbsent), nil) })
}
