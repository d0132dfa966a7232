package frontend

import (
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"
	"unicode"

	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// A Space is where values are published under names, for others to look up, whatever language either is written in.
type Space uint8

// The spaces of names.
const (
	// ParameterStore is that of Systems Manager.
	ParameterStore Space = iota
	// Exports are those of CloudFormation's stacks.
	Exports
	// StackOutputs are the outputs of CloudFormation's stacks, each under the stack's name, a slash and its own name.
	StackOutputs
)

// Called returns what people call what stands under a name.
func (s Space) Called(name value.Value) string {
	text := ""
	for _, part := range name.Parts() {
		literal, known := part.AsString()
		if !known {
			literal = "..."
		}
		text += literal
	}
	switch s {
	case ParameterStore:
		return "the SSM parameter " + text
	case Exports:
		return "the export " + text
	}
	i := strings.LastIndexByte(text, '/')
	return "the output " + text[i+1:] + " of the stack " + text[:max(i, 0)]
}

// says what a publisher does with a value.
func (p *Published) says() string {
	switch p.Space {
	case ParameterStore:
		return p.Subject + " stores it as " + p.Space.Called(p.Name)
	case Exports:
		return p.Subject + " exports it as " + strings.TrimPrefix(p.Space.Called(p.Name), "the export ")
	}
	return p.Subject + " outputs it"
}

// A Published is a value under a name that others may look up.
type Published struct {
	Space Space
	// Name and Value may be known in part only.
	Name, Value value.Value
	// Owner is the resource or template that publishes it, At its place.
	Owner value.Address
	// Subject is what people call it.
	Subject string
	At      source.Span
	// Secret marks a value that nobody is to see.
	Secret bool
}

// A publisher is a type of resources that publish a value, by the names of its dialect.
type publisher struct {
	dialect           resource.Dialect
	typ               string
	name, value, kind string
}

// publishers are the types of resources that store a parameter in Systems Manager.
var publishers = []publisher{
	{resource.Terraform, "aws_ssm_parameter", "name", "value", "type"},
	{resource.TerraformAWSCC, "awscc_ssm_parameter", "name", "value", "type"},
	{resource.CloudFormation, "AWS::SSM::Parameter", "Name", "Value", "Type"},
	{resource.API, "PutParameter", "Name", "Value", "Type"},
}

// PublishedBy returns what resources publish, in their order.
func PublishedBy(raws []resource.Raw) []Published {
	var out []Published
	types := map[value.Address]*resource.Raw{}
	for i, raw := range raws {
		for _, p := range publishers {
			if p.typ != raw.Type || p.dialect != raw.Dialect || raw.Data || raw.Fact {
				continue
			}
			if len(types) == 0 {
				for j := range raws {
					types[raws[j].Addr] = &raws[j]
				}
			}
			v := raw.Props.Attr(p.value)
			if insecure := raw.Props.Attr("insecure_value"); p.dialect == resource.Terraform && insecure.Kind() != value.KindAbsent {
				v = insecure
			}
			kind := raw.Props.Attr(p.kind)
			out = append(out, Published{
				Space: ParameterStore, Name: raw.Props.Attr(p.name), Value: v.Map(func(v value.Value) value.Value { return asWords(v, types) }),
				Owner: raws[i].Addr, Subject: raw.Subject, At: raw.Span,
				// https://docs.aws.amazon.com/systems-manager/latest/userguide/secure-string-parameter-kms-encryption.html
				Secret: kind.Is("String").Or(kind.Is("StringList")).Known() != tri.True,
			})
		}
	}
	return out
}

// asWords marks the ids of resources in a text, so that who splits it leaves them whole.
func asWords(v value.Value, types map[value.Address]*resource.Raw) value.Value {
	word := func(part value.Value) value.Value {
		ref, ok := part.Symbol()
		if !ok || types[ref.Addr] == nil {
			return part
		}
		typ := types[ref.Addr].Type
		switch attr := strings.ToLower(ref.Attr); {
		case strings.HasPrefix(typ, "AWS::EC2::") && attr == "ref", strings.HasPrefix(typ, "AWS::EC2::") && strings.HasSuffix(attr, "id"),
			strings.HasPrefix(typ, "aws") && (attr == "id" || strings.HasSuffix(attr, "_id")) && !strings.Contains(typ, "_iam_"):
			return part.AsWord()
		}
		return part
	}
	if v.Kind() != value.KindText {
		return word(v)
	}
	parts := make([]value.Value, len(v.Parts()))
	for i, p := range v.Parts() {
		parts[i] = word(p)
	}
	return value.OfText(parts...).WithOrigin(v.Origin())
}

// A Directory is what is published in a tree.
type Directory struct {
	// named are those whose name is known as a whole, open the others.
	named map[spaceName][]*Published
	open  map[Space][]*Published
	// finder knows the resources that data sources find; nil where none looks.
	finder *finder
}

type spaceName struct {
	space Space
	name  string
}

// NewDirectory returns the directory of what is published, and of the resources among which data sources look.
func NewDirectory(all []Published, raws []resource.Raw) *Directory {
	d := &Directory{named: map[spaceName][]*Published{}, open: map[Space][]*Published{}}
	if len(raws) > 0 {
		d.finder = newFinder(raws)
	}
	for i := range all {
		for _, arm := range all[i].Name.Arms() {
			p := &all[i]
			if name, known := arm.Value.AsString(); known {
				key := spaceName{p.Space, plainName(p.Space, name)}
				d.named[key] = append(d.named[key], p)
			} else if arm.Value.Kind() == value.KindText {
				d.open[p.Space] = append(d.open[p.Space], p)
			}
		}
	}
	return d
}

// plainName returns a parameter's name without what may stand around it: the ARN before it, and the version that is
// asked for. https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-versions.html
func plainName(space Space, name string) string {
	if space != ParameterStore {
		return name
	}
	if _, after, found := strings.Cut(name, ":parameter/"); found && strings.HasPrefix(name, "arn:") {
		name = after
		if strings.Contains(name, "/") {
			name = "/" + name
		}
	}
	name, _, _ = strings.Cut(name, ":")
	return name
}

// maxCandidates bounds those that a name may mean that are looked at: past it nobody can tell which is meant.
const maxCandidates = 64

// find returns what a name may mean. A name that is known as a whole goes before one that only may be it, and what is
// published in the unit that asks before what others publish.
func (d *Directory) find(q Inquiry) []*Published {
	if d == nil {
		return nil
	}
	own := func(found []*Published) []*Published {
		mine := slices.DeleteFunc(slices.Clone(found), func(p *Published) bool { return p.Owner.Unit != q.Unit })
		if len(mine) > 0 {
			return mine
		}
		return found
	}
	if q.Space == StackOutputs {
		return own(d.outputs(q.Name))
	}
	if text, known := q.Name.AsString(); known {
		if found := d.named[spaceName{q.Space, plainName(q.Space, text)}]; len(found) > 0 {
			return own(found)
		}
	}
	pattern := PatternOf(q.Name)
	if pattern.Blank() {
		return nil
	}
	var found []*Published
	add := func(p *Published) {
		if len(found) <= maxCandidates && !slices.Contains(found, p) {
			found = append(found, p)
		}
	}
	if _, whole := pattern.Whole(); !whole {
		for _, key := range slices.SortedFunc(maps.Keys(d.named), func(a, b spaceName) int { return strings.Compare(a.name, b.name) }) {
			if key.space == q.Space && pattern.Matches(PatternOf(value.OfString(key.name))) {
				for _, p := range d.named[key] {
					add(p)
				}
			}
		}
	}
	for _, p := range d.open[q.Space] {
		if slices.ContainsFunc(p.Name.Arms(), func(a value.Arm) bool {
			other := PatternOf(a.Value)
			return !other.Blank() && pattern.Matches(other)
		}) {
			add(p)
		}
	}
	return own(found)
}

// outputs returns the outputs that one of a stack may be. Nothing in a template says what its stacks are called; people call
// them by the template's name, with words around it.
func (d *Directory) outputs(name value.Value) []*Published {
	stack, output := stackOf(name)
	if output == "" {
		return nil
	}
	var found []*Published
	for _, key := range slices.SortedFunc(maps.Keys(d.named), func(a, b spaceName) int { return strings.Compare(a.name, b.name) }) {
		file, own := path.Split(key.name)
		if key.space == StackOutputs && own == output && strings.Contains(stack, templateName(path.Clean(file))) {
			found = append(found, d.named[key]...)
		}
	}
	return found
}

// stackOf returns the letters and digits that are known of a stack's name, and the output that is asked for.
func stackOf(name value.Value) (stack, output string) {
	text := ""
	for _, part := range name.Parts() {
		literal, known := part.AsString()
		if !known {
			literal = "?"
		}
		text += literal
	}
	i := strings.LastIndexByte(text, '/')
	if i < 0 || strings.Contains(text[i:], "?") {
		return "", ""
	}
	return bare(text[:i], "?"), text[i+1:]
}

// templateName returns the letters and digits of what people call a template: its file, or the directory of one that is called
// as all are.
func templateName(file string) string {
	base := path.Base(file)
	name := bare(strings.TrimSuffix(strings.TrimSuffix(base[:len(base)-len(path.Ext(base))], ".template"), "-template"), "")
	switch name {
	case "template", "main", "stack", "index", "cloudformation", "cfn", "packaged", "output":
		name = bare(path.Base(path.Dir(file)), "")
	}
	if !says(name) {
		return file // no stack is called so
	}
	return name
}

// bare returns the letters and digits of a text in lower case, and what is kept of the rest.
func bare(text, kept string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			return unicode.ToLower(r)
		case strings.ContainsRune(kept, r):
			return r
		}
		return -1
	}, text)
}

// An Inquiry is a name that is looked up.
type Inquiry struct {
	Space Space
	Name  value.Value
	// Unit is the unit that asks.
	Unit string
}

// A Lookup answers what is published under a name, and remembers what it was asked. It is safe for concurrent use; nil
// knows nothing.
type Lookup struct {
	dir   *Directory
	mu    sync.Mutex
	asked map[string]Inquiry
	// sought are the data sources that looked for resources.
	sought map[string]resource.Raw
}

// NewLookup returns what looks names up in a directory.
func NewLookup(d *Directory) *Lookup {
	return &Lookup{dir: d, asked: map[string]Inquiry{}, sought: map[string]resource.Raw{}}
}

// Asked reports whether anything was looked up in a space.
func (l *Lookup) Asked(s Space) bool {
	for _, q := range l.asked {
		if q.Space == s {
			return true
		}
	}
	return false
}

// Sought reports whether any data source looked for resources.
func (l *Lookup) Sought() bool { return len(l.sought) > 0 }

// Stale reports whether another directory would have answered something else.
func (l *Lookup) Stale(d *Directory) bool {
	for _, q := range l.asked {
		a, okA := l.dir.answer(q)
		b, okB := d.answer(q)
		if okA != okB || spelling(a) != spelling(b) {
			return true
		}
	}
	for key := range l.sought {
		data := l.sought[key]
		if l.dir.found(&data) != d.found(&data) {
			return true
		}
	}
	return false
}

// found spells what a data source finds.
func (d *Directory) found(data *resource.Raw) string {
	if d == nil {
		return ""
	}
	found, _ := d.finder.find(data)
	var b strings.Builder
	b.WriteString(found.Open + found.Reason)
	for _, r := range found.Resources {
		fmt.Fprint(&b, r.Addr)
		spell(&b, r.Props, 0)
	}
	return b.String()
}

// Find returns what a data source finds among the resources of the tree; false where nothing is as it asks.
func (l *Lookup) Find(data resource.Raw) (Found, bool) {
	if l == nil {
		return Found{}, false
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.sought[fmt.Sprint(data.Addr)] = data
	if l.dir == nil {
		return Found{}, false
	}
	return l.dir.finder.find(&data)
}

// LookUp returns what is published under a name; false where the tree has nothing of the name. What may be several, or is
// not to be shown, is unknown, and says why.
func (l *Lookup) LookUp(q Inquiry) (value.Value, bool) {
	if l == nil || q.Name.Kind() != value.KindScalar && q.Name.Kind() != value.KindText {
		return value.Value{}, false
	}
	l.mu.Lock()
	l.asked[fmt.Sprint(q.Space, "|", q.Unit, "|", spelling(q.Name))] = q
	l.mu.Unlock()
	return l.dir.answer(q)
}

// answer is LookUp of a directory, which remembers nothing.
func (d *Directory) answer(q Inquiry) (value.Value, bool) {
	found := d.find(q)
	if len(found) == 0 {
		return value.Value{}, false
	}
	name := q.Space.Called(q.Name)
	if len(found) > 1 {
		return value.OfPresent(name + " may be any of several: " + subjects(found)), true
	}
	p := found[0]
	v := p.Value
	switch {
	case p.Secret:
		return value.OfPresent(name + " is a SecureString, whose value is never read").From(p.At), true
	case v.Kind() == value.KindAbsent:
		return value.OfPresent(p.Subject + " says no value of " + name).From(p.At), true
	case v.Kind() == value.KindOpaque:
		// Neither a parameter nor an export is empty.
		v = value.OfPresent(v.Reason(), v.Refs()...).WithOrigin(v.Origin())
	}
	return v.NotedAt(p.At, p.says()), true
}

// maxNamedSubjects bounds the resources that one reason names.
const maxNamedSubjects = 3

func subjects(found []*Published) string {
	var names []string
	times := map[string]int{} // a module that several roots call makes one in each of them
	for _, p := range found {
		name := p.Subject + " (" + p.At.Host().File.Path + ")"
		if times[name]++; times[name] == 1 {
			names = append(names, name)
		}
	}
	for i, name := range names {
		if n := times[name]; n > 1 {
			names[i] = fmt.Sprintf("%s, made %d times", name, n)
		}
	}
	if len(names) > maxNamedSubjects {
		return fmt.Sprintf("%s and %d more", strings.Join(names[:maxNamedSubjects], ", "), len(names)-maxNamedSubjects)
	}
	return strings.Join(names, ", ")
}

// spelling tells values apart by what they say, wherever they stand.
func spelling(v value.Value) string {
	var b strings.Builder
	spell(&b, v, 0)
	return b.String()
}

// maxSpelt bounds how much of a value is spelt.
const maxSpelt = 1 << 16

func spell(b *strings.Builder, v value.Value, depth int) {
	if b.Len() > maxSpelt || depth > 32 {
		return
	}
	fmt.Fprintf(b, "%s %q %v %q", v.Kind(), v.Literal(), v.Refs(), v.Reason())
	if v.Kind() == value.KindText {
		for _, p := range v.Parts() {
			spell(b, p, depth+1)
		}
	}
	for _, e := range v.Elems() {
		spell(b, e, depth+1)
	}
	for _, f := range v.Fields() {
		b.WriteString(f.Name)
		spell(b, f.Value, depth+1)
	}
	if v.Kind() == value.KindChoice {
		for _, a := range v.Arms() {
			b.WriteString(a.When.String())
			spell(b, a.Value, depth+1)
		}
	}
}
