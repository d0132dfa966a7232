package shell

import (
	"cmp"
	"reflect"
	"slices"
	"strings"

	"github.com/vpclint/vpclint/internal/doctree"
	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/literal"
	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/schema"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/value"
)

// A call is one way in which a command is run.
type call struct {
	*request
	// at is the command's place: `aws sagemaker create-x`.
	at     source.Span
	world  value.World
	caller caller
	script *script
}

// awsCommand reads the words behind `aws`, which is the i-th; false where they are no request to SageMaker, nor about policies.
func (x *interpreter) awsCommand(f *frame, words []field, i int) bool {
	service, ok := x.positional(words, i+1)
	if !ok {
		return false
	}
	who, _ := words[service].literal()
	switch who {
	case "sagemaker", "sagemaker-runtime":
		x.calling = true
		x.handWords(f, words[:i])
	case "configure":
		x.configured(f, words[service+1:])
	}
	if !x.operations.knows(who) {
		return false
	}
	op, ok := x.positional(words, service+1)
	if !ok {
		return true
	}
	word, _ := words[op].literal()
	name := x.operations.names[who+" "+word]
	if name == "" {
		return true
	}
	worlds := 1
	for turn := 0; turn < worlds; turn++ {
		a := &arguments{
			interpreter: x, f: f, flags: x.operations.flags(name), turn: turn,
			req:   &request{operation: name, flagged: map[string]string{}},
			words: slices.Concat(words[i+1:service], words[service+1:op], words[op+1:]),
		}
		a.parse()
		worlds = a.worlds
		if a.req.silent || a.req.empty() {
			continue
		}
		if first, _ := words[0].literal(); first == "xargs" || first == "parallel" {
			a.opened(first + " adds words when the script runs")
		}
		x.calls = append(x.calls, call{request: a.req, at: place(words[i], words[op]), world: a.f.world, caller: f.caller})
	}
	return true
}

// empty reports whether a command says nothing of what it is to make, as where no backslash joins it to the lines of its options:
// every Create operation has required members, so the CLI refuses it.
func (r *request) empty() bool {
	return len(r.members) == 0 && r.base == nil && r.open == ""
}

// positional returns the index of the first word from i on that is no option, nor an option's value. What isn't known is taken
// for options.
func (x *interpreter) positional(words []field, i int) (int, bool) {
	for ; i < len(words); i++ {
		s, known := words[i].literal()
		switch {
		case !known:
		case !strings.HasPrefix(s, "-"):
			return i, true
		case globals[s]:
			i++
		}
	}
	return 0, false
}

// place returns where a command stands: from `aws` to the operation, or the operation alone where that is another line.
func place(aws, op field) source.Span {
	at, end := aws.span(), op.span()
	if at.File != end.File || end.Start < at.Start {
		return end.FirstLine()
	}
	whole := at.File.Span(at.Start, end.End)
	if whole.FirstLine() != whole {
		return end.FirstLine()
	}
	return whole
}

// base takes a whole request that an option names.
func (a *arguments) base(flag string, w field, at source.Span) {
	doc, isFile := a.fileValue(w, false)
	if !isFile {
		doc = a.document(w.text)
	}
	a.req.base = doc
	if doc.unread != "" {
		a.opened(doc.unread)
		a.req.base = nil
		return
	}
	if doc.root.Kind != doctree.Mapping {
		reason := doc.value(at).Reason()
		a.opened(cmp.Or(reason, "what "+flag+" is given is no object"))
		a.req.base = nil
	}
}

// resourcesOf makes resources of the calls that scripts have been seen to make: one of each place. A function that several
// scripts call is one place.
func resourcesOf(results []result) []resource.Raw {
	type site struct {
		path  string
		start int
	}
	var order []site
	at := map[site][]call{}
	for _, r := range results {
		for _, c := range r.calls {
			host := c.at.Host()
			where := site{host.File.Path, host.Start}
			if at[where] == nil {
				order = append(order, where)
			}
			at[where] = append(at[where], c)
		}
	}
	if len(order) == 0 {
		return nil
	}
	e := emitter{operations: newOperations(), names: &frontend.Names{}}
	var out []resource.Raw
	for _, where := range order {
		for calls := seen(at[where]); len(calls) > 0; {
			op := calls[0].operation
			of := func(c call) bool { return c.operation == op }
			same := slices.DeleteFunc(slices.Clone(calls), func(c call) bool { return !of(c) })
			calls = slices.DeleteFunc(calls, of)
			out = append(out, e.resource(same))
		}
	}
	return out
}

// seen leaves the calls of those that are best seen to be made: what nobody calls counts only where that is all there is.
func seen(calls []call) []call {
	best := uncalled
	for _, c := range calls {
		best = min(best, c.caller)
	}
	return slices.DeleteFunc(slices.Clone(calls), func(c call) bool { return c.caller != best })
}

// An emitter makes resources, each with a name of its own.
type emitter struct {
	operations *operations
	names      *frontend.Names
}

// object returns what a request says.
func (c call) object() (value.Value, source.Span) {
	header := c.at
	var fields []value.Field
	open := c.open
	if c.base != nil {
		header = c.base.header(c.at)
		if c.base.file == nil && len(c.base.content) > 0 {
			header = c.base.scratch.span(literal.Opening(c.base.root).Start, literal.Opening(c.base.root).End).FirstLine()
		}
		v := c.base.value(header)
		if v.Open() {
			open = cmp.Or(open, v.Reason())
		}
		for _, f := range v.Fields() {
			if _, flagged := c.flagged[f.Name]; !flagged {
				fields = append(fields, f)
			}
		}
	}
	fields = append(fields, c.members...)
	if open != "" {
		return value.OfOpenObject(fields, open).From(header), header
	}
	return value.OfObject(fields, false).From(header), header
}

// resource makes one resource of the calls of one place, each of which is a world.
func (e emitter) resource(calls []call) resource.Raw {
	first := calls[0]
	objects := make([]value.Value, len(calls))
	header := source.Span{}
	for i, c := range calls {
		v, at := c.object()
		objects[i] = v
		if i == 0 {
			header = at
		}
	}
	common := calls[0].world
	for _, c := range calls[1:] {
		common = without(common, without(common, c.world))
	}
	if len(calls) > 1 {
		calls, objects = distinct(calls, objects)
	}
	props := objects[0]
	if len(calls) > 1 {
		props = merged(calls, objects, common).WithOrigin(props.Origin())
	}
	world := common
	if len(calls) == 1 {
		world = slices.DeleteFunc(slices.Clone(common), func(fact value.Fact) bool { return strings.Contains(fact.Var, "()") })
	}
	owner := first.script.owner
	if host := first.at.Host().File; host != first.script.file.Host() { // a function of another script
		owner = ownerOf(host)
	}
	stem := owner.Subject
	raw := resource.Raw{
		Dialect: resource.API, Type: requestType(first.operation), Exists: owner.Exists.And(value.In(world)),
		Props: props, Span: header.FirstLine(), Spelling: e.spelling(first.request, props),
	}
	if first.base != nil && first.base.file != nil {
		stem = first.base.file.Path
		raw.Unit = stem
		raw.Via = &value.Origin{Span: first.at.Host(), Note: "`aws " + command(first.operation) + "` sends it"}
	}
	name := requestName(e.operations.flags(first.operation), first.operation, props)
	raw.Subject = e.names.Unique(stem + ":" + name)
	raw.Addr = value.Address{Unit: owner.Addr.Unit, Name: raw.Subject}
	return raw
}

// distinct leaves one of the calls that say the same, in the worlds that they have in common.
func distinct(calls []call, objects []value.Value) ([]call, []value.Value) {
	var outCalls []call
	var out []value.Value
next:
	for i, o := range objects {
		for j, known := range out {
			if reflect.DeepEqual(known, o) {
				outCalls[j].world = without(outCalls[j].world, without(outCalls[j].world, calls[i].world))
				continue next
			}
		}
		if len(out) == maxWorlds {
			break
		}
		outCalls, out = append(outCalls, calls[i]), append(out, o)
	}
	return outCalls, out
}

// merged returns the object that is one of several: each of its members is a choice.
func merged(calls []call, objects []value.Value, common value.World) value.Value {
	var fields []value.Field
	seen := map[string]bool{}
	open := ""
	for _, o := range objects {
		if o.Open() {
			open = o.Reason()
		}
		for _, f := range o.Fields() {
			if seen[f.Name] {
				continue
			}
			seen[f.Name] = true
			arms := make([]value.Arm, len(objects))
			alike := true
			for i, other := range objects {
				field, there := other.Field(f.Name)
				v := field.Value
				if !there {
					v = value.Value{}.WithOrigin(other.Origin())
					if other.Open() {
						v = value.OfOpaque(other.Reason()).WithOrigin(other.Origin())
					}
				}
				arms[i] = value.Arm{When: without(calls[i].world, common), Value: v}
				alike = alike && reflect.DeepEqual(v, f.Value)
			}
			if !alike {
				f.Value = value.OfChoice(arms).WithOrigin(f.Value.Origin())
			}
			fields = append(fields, f)
		}
	}
	if open != "" {
		return value.OfOpenObject(fields, open)
	}
	return value.OfObject(fields, false)
}

// longestName is the length of the longest name that the API takes.
const longestName = 256

// requestName returns the name of what a request makes, or the operation's where that isn't known.
func requestName(f *flags, operation string, props value.Value) string {
	member := f.nameMember(operation)
	if member == "" {
		return requestType(operation)
	}
	name, known := props.Attr(member).AsString()
	if !known || name == "" || len(name) > longestName || strings.Trim(name, nameBytes) != "" {
		return requestType(operation)
	}
	return name
}

const nameBytes = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_."

// spelling returns how the author knows the members of a request: by the flags that say them. What a document says is known
// as the API has it.
func (e emitter) spelling(r *request, props value.Value) map[string]string {
	if r.base != nil && len(r.flagged) == 0 {
		return nil
	}
	f := e.operations.flags(r.operation)
	words := map[string]string{}
	for _, member := range f.object.Names() {
		flag := r.flagged[member]
		if flag == "" && r.base != nil {
			continue
		}
		if flag == "" {
			flag = "--" + kebab(member)
		}
		words[member] = flag
		v := props.Attr(member)
		spellInner(words, member, flag+" ", f.object.Member(member), v, 0)
	}
	return words
}

// spellInner adds the members of what a flag says. Of what isn't there, the outermost that is missing is named.
func spellInner(words map[string]string, path, word string, o *schema.Object, v value.Value, depth int) {
	if o == nil || depth > 6 {
		return
	}
	absent := v.Kind() == value.KindAbsent
	for _, name := range o.Names() {
		inner := word + name
		if absent {
			inner = strings.TrimRight(word, " .")
		}
		words[path+"."+name] = inner
		next := inner + "."
		if absent {
			next = word
		}
		spellInner(words, path+"."+name, next, o.Member(name), v.Attr(name), depth+1)
	}
}
