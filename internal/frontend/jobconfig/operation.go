package jobconfig

import (
	"slices"
	"strings"
	"sync"

	"github.com/vpclint/vpclint/internal/doctree"
	"github.com/vpclint/vpclint/internal/literal"
	"github.com/vpclint/vpclint/internal/schema"
)

// An operation is one kind of request, and how it is told from everything else that has names in common with it. Members
// are the SageMaker API's own (service model of 2017-07-24); what is listed is what tells requests apart, not what the API
// requires, because a member may be left to the code that sends the request.
type operation struct {
	// api is the operation's name, which is the type of the resource that it makes.
	api string
	// name is the member that names the job, and otherName one that may stand for it.
	name, otherName string
	// tell is a member that every request has; empty where the name is rare enough to be looked for.
	tell string
	// core are the members that speak of this operation, of which a request with a name has at least least.
	core  []member
	least int
	// instead are the members by which a request is known although its name is left to the caller, and nameless is how many
	// of core it then has. Empty where that wouldn't say enough.
	instead  []string
	nameless int
	// kind is what it makes, in lower case letters.
	kind string
	// closed says that the names above are others' too, so that a request is one that has no member but the operation's.
	closed bool
}

// A member is a name with the kind of its value.
type member struct {
	name string
	kind doctree.Kind
	// holds are names of which the value (the first element of a sequence) has one.
	holds []string
}

const (
	text   = doctree.String
	object = doctree.Mapping
	list   = doctree.Sequence
)

// telling returns the keys of which every request of the operation has one.
func (op *operation) telling() []string {
	keys := []string{op.name}
	if op.tell != "" {
		keys[0] = op.tell
	}
	if op.otherName != "" {
		keys = append(keys, op.otherName)
	}
	if len(op.instead) > 0 {
		keys = append(keys, op.instead[0])
	}
	return keys
}

// A catalogue knows requests when it sees them.
type catalogue struct {
	operations []operation
	// told are the operations, in order, that a key tells of.
	told map[string][]*operation
	// inputs are the members that operations have whose requests are known by having no other.
	inputs func() map[string]*schema.Object
}

func newCatalogue() *catalogue {
	c := &catalogue{operations: slices.Clone(operations), told: map[string][]*operation{}}
	for i := range c.operations {
		op := &c.operations[i]
		op.kind = strings.TrimPrefix(letters(op.api), "create")
		for _, key := range op.telling() {
			c.told[key] = append(c.told[key], op)
			c.told[key+literal.Computed] = append(c.told[key+literal.Computed], op)
		}
	}
	c.inputs = sync.OnceValue(func() map[string]*schema.Object {
		table, inputs := schema.API(), map[string]*schema.Object{}
		for i := range operations {
			if operations[i].closed {
				inputs[operations[i].api] = table.Object(operations[i].api)
			}
		}
		return inputs
	})
	return c
}

// recognize returns the operation that a mapping is the request of, or nil. The key is what it stands under, or nil:
// "CreateTrainingJob" says as much as a member would.
func (c *catalogue) recognize(n, key *doctree.Node) *operation {
	word := ""
	if key != nil {
		word = letters(key.Text)
	}
	var found *operation
	var tried []*operation // each once, however often its keys are repeated
	for _, p := range n.Pairs {
		for _, op := range c.told[p.Key.Text] {
			if found != nil || slices.Contains(tried, op) {
				continue
			}
			tried = append(tried, op)
			if c.isRequest(n, word, op) {
				found = op
			}
		}
	}
	if found == nil {
		return nil
	}
	// Another key may tell of one that comes before it.
	for i := range c.operations {
		if op := &c.operations[i]; op == found || c.isRequest(n, word, op) {
			return op
		}
	}
	return found
}

// isAnswer reports whether a mapping is what the service says of one of its things, which has parts like requests.
func (c *catalogue) isAnswer(n *doctree.Node) bool {
	var tried []*operation
	for _, p := range n.Pairs {
		for _, op := range c.told[p.Key.Text] {
			if p.Key.Text != op.name || slices.Contains(tried, op) {
				continue
			}
			tried = append(tried, op)
			if op.describes(n) {
				return true
			}
		}
	}
	return false
}

func (c *catalogue) isRequest(n *doctree.Node, key string, op *operation) bool {
	return op.matches(n, key) && (!op.closed || c.hasNoOther(n, op))
}

// hasNoOther reports whether every member of a mapping is one of the operation's.
func (c *catalogue) hasNoOther(n *doctree.Node, op *operation) bool {
	known := c.inputs()[op.api]
	for _, p := range n.Pairs {
		if !known.Has(strings.TrimSuffix(p.Key.Text, literal.Computed)) {
			return false
		}
	}
	return true
}

// matches reports whether a mapping that stands under a key of those letters is a request of the operation.
func (op *operation) matches(n *doctree.Node, key string) bool {
	if op.isOtherCall(key) {
		return false
	}
	need := op.least
	name := op.nameIn(n)
	switch {
	case name == nil:
		if len(op.instead) == 0 || !hasAll(n, op.instead) {
			return false
		}
		need = op.nameless
		if op.calledBy(key) {
			need = min(need, op.least)
		}
	case name.Kind != text && name.Kind != doctree.Number && !literal.StillToFill(name):
		return false // a schema, whose members say what members are
	case key == "create"+op.kind:
		need--
	}
	for i := range op.core {
		if op.core[i].in(n) {
			need--
		}
	}
	return need <= 0 && !op.describes(n)
}

// nameIn returns the name that a request gives, or nil.
func (op *operation) nameIn(n *doctree.Node) *doctree.Node {
	if name := memberOf(n, op.name); name != nil || op.otherName == "" {
		return name
	}
	return memberOf(n, op.otherName)
}

// calledBy reports whether the letters of a key name the operation or what it makes: "create_training_job",
// "TrainingJobDefinition", "model".
func (op *operation) calledBy(key string) bool {
	rest, is := strings.CutPrefix(strings.TrimPrefix(key, "create"), op.kind)
	return is && (rest == "" || rest == "definition" || rest == "request")
}

// isOtherCall reports whether the letters of a key name what is done to something that is there already. A member that an
// update leaves out stays as it is.
func (op *operation) isOtherCall(key string) bool {
	verb, is := strings.CutSuffix(key, op.kind)
	if !is {
		return false
	}
	switch verb {
	case "update", "describe", "delete", "stop":
		return true
	}
	return false
}

// letters returns the letters of a name in lower case.
func letters(name string) string {
	out := make([]byte, 0, len(name))
	for i := 0; i < len(name); i++ {
		switch c := name[i]; {
		case c >= 'A' && c <= 'Z':
			out = append(out, c+'a'-'A')
		case c >= 'a' && c <= 'z':
			out = append(out, c)
		}
	}
	return string(out)
}

// describes reports whether a mapping is what the service answers about such a job, not what it is asked. It tells of
// something that has been deployed, maybe by hand, and is judged only where configuration names the file.
func (op *operation) describes(n *doctree.Node) bool {
	stem, kind := strings.TrimSuffix(op.name, "Name"), strings.TrimPrefix(op.api, "Create")
	for _, p := range n.Pairs {
		switch key := p.Key.Text; key {
		case "CreationTime", "LastModifiedTime", "ResponseMetadata":
			return true
		default:
			suffix, is := strings.CutPrefix(key, kind)
			if !is {
				suffix, is = strings.CutPrefix(key, stem)
			}
			if is && (suffix == "Arn" || suffix == "Status" && !op.asks(key)) {
				return true
			}
		}
	}
	return false
}

// asks reports whether a member is one of those that tell the operation.
func (op *operation) asks(name string) bool {
	return slices.ContainsFunc(op.core, func(m member) bool { return m.name == name })
}

// in reports whether a mapping has the member, with a value that it can have or that is still to be filled in.
func (m member) in(n *doctree.Node) bool {
	v := memberOf(n, m.name)
	switch {
	case v == nil || v.Kind == doctree.Null:
		return false
	case literal.StillToFill(v):
		return true
	case v.Kind != m.kind:
		return false
	case len(m.holds) == 0:
		return true
	case v.Kind == list && len(v.Items) == 0:
		return false
	case v.Kind == list:
		v = v.Items[0]
	}
	if literal.StillToFill(v) {
		return true
	}
	for _, name := range m.holds {
		if v.Get(name) != nil {
			return true
		}
	}
	return false
}

// memberOf returns the value of a mapping's member, or nil. A key "RoleArn.$" is the member RoleArn whose value a state
// machine computes.
func memberOf(n *doctree.Node, name string) *doctree.Node {
	if v := n.Get(name); v != nil {
		return v
	}
	return n.Get(name + literal.Computed)
}

func hasAll(n *doctree.Node, names []string) bool {
	for _, name := range names {
		if memberOf(n, name) == nil {
			return false
		}
	}
	return true
}
