package rules

import (
	"strings"

	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/model"
	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/value"
)

// settings makes a suspect of each setting of a workload that is off in the worlds in which it applies, with what shows that
// it does; none where the rule doesn't apply to any. The message is a clause about the workload.
func (p *Pass) settings(w model.Resource, all []model.Setting, message string, applies func(part int) (value.Truth, []finding.Step)) []Suspect {
	var out []Suspect
	for i, s := range all {
		here, because := applies(i)
		here = s.Applies.And(here)
		if !here.Possible() {
			continue
		}
		at, off := s.Leaf, message
		if s.Part != "" {
			off += " in " + s.Part
		}
		help, can := p.turnOn(w, s)
		if !can {
			at.Property = s.Path
			off += ", and the SDK has no way to turn it on here"
		}
		out = append(out, Suspect{Wrong: s.IsTrue().Not().And(here), At: at, Message: off, Because: because, Help: help})
	}
	return out
}

// turnOn says how to turn a setting on, and whether its author can.
func (p *Pass) turnOn(w model.Resource, s model.Setting) (help string, can bool) {
	switch word := p.Spell(w.Head().Raw, s.Path); {
	case word == resource.Unsettable:
		return "", false
	case strings.HasPrefix(word, "--") && !strings.Contains(word, " "):
		// A flag of the AWS CLI is there or it isn't, and has another for its opposite.
		return "pass --" + strings.TrimPrefix(strings.TrimPrefix(word, "--"), "no-"), true
	default:
		return "set " + word + " to true", true
	}
}
