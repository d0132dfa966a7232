// Package iamtest holds the IAM engine of analyzers/guard against IAM's documentation, in three steps: a truth table
// written from the IAM user guide; an evaluator of concrete requests that agrees with the table and shares nothing with
// the engine, not even how it reads JSON; and a search through all requests that random policies tell apart, which the
// engine's answers have to agree with. It has tests only.
package iamtest

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
)

// An answer says whether a request meets a condition, a statement or a policy.
type answer int

const (
	no answer = iota
	// open is where the guide says nothing, or two pages of it say two things. Any reading goes.
	open
	yes
)

func (a answer) String() string { return [...]string{"no", "open", "yes"}[a] }

func (a answer) and(b answer) answer { return min(a, b) }
func (a answer) or(b answer) answer  { return max(a, b) }
func (a answer) not() answer         { return yes - a }

func of(b bool) answer {
	if b {
		return yes
	}
	return no
}

// A request is what somebody asks: the keys by their names in lower case, each with its values. A key of no values is the
// guide's "null data set".
type request struct {
	action, resource string
	keys             map[string][]string
}

// A policy is a document as IAM reads it.
type policy struct {
	// variables says that ${...} is one. IAM: "Version": only from 2012-10-17 on.
	variables  bool
	statements []statement
}

type statement struct {
	deny                   bool
	actions, resources     []string
	notAction, notResource bool
	conditions             []condition
}

type condition struct {
	operator operator
	key      string
	values   []string
}

// levels are the policies that apply to one request together.
type levels struct {
	grants []policy
	bounds [][]policy
	// unnamed says that who asks is nobody whom a Deny excepts by who he is.
	unnamed bool
}

// evaluate says whether a request is allowed. IAM: "Policy evaluation logic": an explicit Deny in any policy wins; else the
// identity's policies have to allow it, and so has every level that bounds them.
func (l levels) evaluate(r request) answer {
	result := allowed(l.grants, r).and(denied(l.grants, r).not())
	for _, level := range l.bounds {
		result = result.and(allowed(level, r)).and(denied(level, r).not())
	}
	return result
}

func allowed(policies []policy, r request) answer { return some(policies, r, false) }
func denied(policies []policy, r request) answer  { return some(policies, r, true) }

func some(policies []policy, r request, deny bool) answer {
	result := no
	for _, p := range policies {
		for _, s := range p.statements {
			if s.deny == deny {
				result = result.or(s.applies(r, p.variables))
			}
		}
	}
	return result
}

// applies says whether a statement is about a request.
func (s statement) applies(r request, variables bool) answer {
	result := s.about(r, variables)
	for _, c := range s.conditions {
		if result == no {
			return no
		}
		result = result.and(c.met(r, variables))
	}
	return result
}

// acts says whether a statement names an action.
func (s statement) acts(on string) answer {
	action := no
	for _, a := range s.actions {
		// IAM: "Action": the prefix and the name are case-insensitive.
		action = action.or(of(glob(literal(strings.ToLower(a)), strings.ToLower(on))))
	}
	if s.notAction {
		action = action.not()
	}
	return action
}

// about says whether a statement names the action and the resource of a request.
func (s statement) about(r request, variables bool) answer {
	action := s.acts(r.action)
	resource := no
	for _, text := range s.resources {
		resource = resource.or(names(text, r, variables))
	}
	if s.notResource {
		resource = resource.not()
	}
	return action.and(resource)
}

// names says whether a text of Resource is for a request's. IAM: "Resource": wildcards are for one segment between colons,
// but at the end of one it can go beyond; an ARN of fewer than six parts has wildcards for those that are missing.
func names(text string, r request, variables bool) answer {
	pattern, known := substitute(text, r, variables)
	if !known {
		return no // "will not match any resource"
	}
	whole := glob(pattern, r.resource)
	if text == "*" || whole && !strings.Contains(text, ":") {
		return of(whole)
	}
	parts, have := split(pattern, 6), strings.SplitN(r.resource, ":", 6)
	for len(parts) < 6 {
		parts = append(parts, literal("*"))
	}
	each := len(have) == 6
	for i := range parts {
		each = each && glob(parts[i], have[i])
	}
	if whole == each {
		return of(each)
	}
	if whole && endsOfSegments(text) {
		return yes
	}
	if each && strings.Count(text, ":") < 5 {
		return yes
	}
	return open
}

// endsOfSegments reports whether every * in a text is the last of its segment.
func endsOfSegments(text string) bool {
	for i := range len(text) - 1 {
		if text[i] == '*' && text[i+1] != ':' {
			return false
		}
	}
	return !strings.Contains(text, "?")
}

// read reads a policy's JSON.
func read(t testing.TB, text string) policy {
	t.Helper()
	var doc struct {
		Version   string
		Statement json.RawMessage
	}
	if err := json.Unmarshal([]byte(text), &doc); err != nil {
		t.Fatalf("%v: %s", err, text)
	}
	p := policy{variables: doc.Version == "2012-10-17"}
	raw := doc.Statement
	if strings.HasPrefix(string(raw), "{") {
		raw = json.RawMessage("[" + string(raw) + "]")
	}
	var statements []map[string]json.RawMessage
	if err := json.Unmarshal(raw, &statements); err != nil {
		t.Fatalf("%v: %s", err, text)
	}
	for _, s := range statements {
		p.statements = append(p.statements, readStatement(t, s))
	}
	return p
}

func readStatement(t testing.TB, s map[string]json.RawMessage) statement {
	t.Helper()
	out := statement{deny: string(s["Effect"]) == `"Deny"`}
	element := func(name string) (values []string, not bool) {
		if raw, ok := s[name]; ok {
			return texts(t, raw), false
		}
		return texts(t, s["Not"+name]), true
	}
	out.actions, out.notAction = element("Action")
	out.resources, out.notResource = element("Resource")
	var conditions map[string]map[string]json.RawMessage
	if raw, ok := s["Condition"]; ok {
		if err := json.Unmarshal(raw, &conditions); err != nil {
			t.Fatalf("%v: %s", err, raw)
		}
	}
	for name, keys := range conditions {
		o, ok := parse(name)
		if !ok {
			t.Fatalf("%s is no operator", name)
		}
		for key, raw := range keys {
			out.conditions = append(out.conditions, condition{operator: o, key: strings.ToLower(key), values: texts(t, raw)})
		}
	}
	slices.SortFunc(out.conditions, func(a, b condition) int { return strings.Compare(a.key, b.key) })
	return out
}

// texts reads one value or a list of them. Quotation marks are optional for numbers and booleans. IAM: "Grammar".
func texts(t testing.TB, raw json.RawMessage) (out []string) {
	t.Helper()
	if !strings.HasPrefix(string(raw), "[") {
		raw = json.RawMessage("[" + string(raw) + "]")
	}
	var values []json.RawMessage
	if err := json.Unmarshal(raw, &values); err != nil {
		t.Fatalf("%v: %s", err, raw)
	}
	for _, v := range values {
		text := string(v)
		if strings.HasPrefix(text, `"`) {
			if err := json.Unmarshal(v, &text); err != nil {
				t.Fatal(err)
			}
		}
		out = append(out, text)
	}
	return out
}
