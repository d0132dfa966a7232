package rules

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vpclint/vpclint/analyzers/guard"
	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/model"
	"github.com/vpclint/vpclint/internal/schema"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// UnknownConditionKey reports a condition on a key of SageMaker's that no request has for which the statement is. AWS: service
// authorization reference, "Actions, resources, and condition keys for Amazon SageMaker AI".
var UnknownConditionKey = &Rule{
	ID:        "unknown-condition-key",
	Severity:  finding.Medium,
	Title:     "A policy's condition tests a SageMaker key that requests don't have.",
	Label:     "AWS lists no such key for these requests",
	Help:      "use a key that the statement's actions support",
	Precision: "very-high",
	Run: func(p *Pass) {
		access := p.Access()
		seen := map[model.Resource]int{}
		var all []*keyed
		for i := range access.Documents {
			d := &access.Documents[i]
			at, ok := seen[d.Resource]
			if !ok {
				at, seen[d.Resource] = len(all), len(all)
				all = append(all, &keyed{resource: d.Resource, suspects: map[string][]Suspect{}, statements: map[*value.Origin]bool{}})
			}
			all[at].document(d)
		}
		for _, k := range all {
			for _, property := range k.properties {
				p.ReportAny(k.resource, k.suspects[property])
			}
		}
	},
}

// isSageMakers reports whether a name is that of an action or a key of SageMaker's. They compare without case.
func isSageMakers(name string) bool {
	return len(name) >= len(sagemakerPrefix) && strings.EqualFold(name[:len(sagemakerPrefix)], sagemakerPrefix)
}

// A keyed is a resource whose policies have conditions on keys of SageMaker's.
type keyed struct {
	resource model.Resource
	// properties are the statements and keys, in the order in which they are written; of each there is one finding.
	properties []string
	suspects   map[string][]Suspect
	// statements are those that have been looked at: a policy with several holders is one document for each.
	statements map[*value.Origin]bool
	// documents are how many of the resource's have been looked at.
	documents int
}

func (k *keyed) document(d *model.PolicyDocument) {
	if kind := d.Document.Kind(); kind == value.KindAbsent || kind == value.KindOpaque {
		return
	}
	k.documents++
	path := d.Document.Property
	if k.documents > 1 {
		path = fmt.Sprintf("%s#%d", path, k.documents)
	}
	read := guard.Read(d.Document.Value, nil)
	for i := range read.Statements {
		s := &read.Statements[i]
		if s.Origin != nil && k.statements[s.Origin] {
			continue
		}
		k.statements[s.Origin] = true
		within := fmt.Sprintf("%s.Statement[%d].Condition", path, s.Index)
		for j := range s.Conditions {
			if c := &s.Conditions[j]; isSageMakers(c.Key) {
				k.add(d, within+"."+strings.ToLower(c.Key), judged(s, c))
			}
		}
		if unread := s.ConditionsComplete.Lacking("not all of its conditions are known"); unread.Possible() && isForSageMaker(s) {
			k.add(d, within, Suspect{Wrong: s.Holds.And(unread), From: s.Origin})
		}
	}
}

func (k *keyed) add(d *model.PolicyDocument, property string, s Suspect) {
	if k.suspects[property] == nil {
		k.properties = append(k.properties, property)
	}
	s.At = d.Document.Leaf
	s.At.Property = property
	k.suspects[property] = append(k.suspects[property], s)
}

// isForSageMaker reports whether a statement names an action of SageMaker's.
func isForSageMaker(s *guard.Statement) bool {
	actions, _ := s.Actions.Members()
	return slices.ContainsFunc(actions, func(m value.Member) bool {
		text, known := m.Value.AsString()
		return known && isSageMakers(text)
	})
}

// judged says whether a statement's requests have the key of one of its conditions.
func judged(s *guard.Statement, c *guard.Condition) Suspect {
	there := s.Holds.And(c.Holds)
	suspect := Suspect{Wrong: value.No(), From: c.KeyOrigin}
	key, ok := guard.SageMakerKey(c.Key)
	switch {
	case !ok:
		suspect.Wrong = there
		suspect.Message = "tests " + c.Key + ", which is no condition key" + consequence(s, c)
		suspect.Help = "AWS has no such key, and none whose name is near"
		if near := nearestKey(c.Key); near != "" {
			suspect.Help = "the nearest key that there is: " + near
		}
	case key.ReplacedBy != "":
		suspect.Wrong = there
		suspect.Message = "tests " + key.Name + ", which AWS has replaced by " + key.ReplacedBy
		suspect.Help = "test " + key.ReplacedBy + " instead"
	default:
		reached := s.Reached(key)
		suspect.Wrong = there.And(reached.Not())
		suspect.Message = "tests " + key.Name + ", which none of the statement's actions support" + consequence(s, c)
		suspect.Help = supportedBy(key)
	}
	return suspect
}

// consequence says what becomes of a statement one of whose conditions is on a key that no request has.
func consequence(s *guard.Statement, c *guard.Condition) string {
	effect := s.Effect.Literal()
	if effect != "Allow" && effect != "Deny" {
		return ""
	}
	switch c.MetBy(guard.Absent()).Known() {
	case tri.False:
		return ", so that its " + effect + " never applies"
	case tri.True:
		return ", so that the condition always holds"
	}
	return ""
}

// nearestKey returns the key that a name which is none was most likely meant to be, or "".
func nearestKey(name string) string {
	var names []string
	for _, k := range guard.SageMakerKeys() {
		if isSageMakers(k.Name) && k.ReplacedBy == "" {
			names = append(names, k.Name[len(sagemakerPrefix):])
		}
	}
	near := schema.Nearest(name[len(sagemakerPrefix):], names, func(string) bool { return false })
	if near == "" {
		return ""
	}
	return sagemakerPrefix + near
}

// maxActions bounds the actions that a help names.
const maxActions = 4

// supportedBy names the actions that support a key.
func supportedBy(key guard.Key) string {
	actions := guard.Supporting(key.Name)
	if len(actions) == 0 {
		return "take the condition out, or test a key that the actions support"
	}
	names := make([]string, len(actions))
	for i, a := range actions {
		names[i] = strings.TrimPrefix(a, sagemakerPrefix)
	}
	if len(names) > maxActions {
		rest := len(names) - maxActions
		return fmt.Sprintf("the key is one of %s and %s", strings.Join(names[:maxActions], ", "), others(rest, "other action"))
	}
	return "the key is one of " + strings.Join(names, ", ")
}
