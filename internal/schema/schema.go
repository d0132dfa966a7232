// Package schema answers by which names the objects know their members that CloudFormation's templates and SageMaker's
// requests are made of, and which of those names one that isn't known was most likely meant to be.
//
// Its tables are generated from AWS's own schemas. It knows names, and of a request's members whether they are lists, maps,
// numbers or booleans; no meaning, no language.
package schema

import (
	_ "embed" // the tables
	"slices"
	"strings"
)

// The tables: each line is an object, its name before its members. A member that is an object, or a list of objects, names
// that object's line after "=". In the API's table its form stands between: see Form.
var (
	//go:embed cloudformation.txt
	cloudFormation string
	//go:embed api.txt
	api string
)

// A Table holds the objects of one dialect. It reads the lines of those that it is asked for. It belongs to one goroutine.
type Table struct {
	text    string
	objects map[string]*Object
	// spell is how another dialect writes the names of members; nil where they are as they stand.
	spell func(string) string
}

// CloudFormation returns the table of CloudFormation's resource types, by their names: "AWS::SageMaker::Model".
func CloudFormation() *Table { return &Table{text: cloudFormation, objects: map[string]*Object{}} }

// API returns the table of the inputs of SageMaker's operations, by the operations' names: "CreateModel".
func API() *Table { return &Table{text: api, objects: map[string]*Object{}} }

// Spelt returns the table with the names of members as another dialect writes them.
func (t *Table) Spelt(spell func(string) string) *Table {
	return &Table{text: t.text, objects: map[string]*Object{}, spell: spell}
}

// Object returns what is known of a resource type or operation; nil where that is nothing.
func (t *Table) Object(name string) *Object {
	o, seen := t.objects[name]
	if !seen {
		o = t.read(name)
		t.objects[name] = o
	}
	return o
}

func (t *Table) read(name string) *Object {
	head := name + " "
	at := 0
	if !strings.HasPrefix(t.text, head) {
		if at = strings.Index(t.text, "\n"+head); at < 0 {
			return nil
		}
		at++
	}
	line, _, _ := strings.Cut(t.text[at+len(head):], "\n")
	o := &Object{table: t}
	fields := strings.Fields(line)
	if t.spell != nil {
		for i, field := range fields {
			name := nameOf(field)
			fields[i] = t.spell(name) + field[len(name):]
		}
		slices.SortFunc(fields, func(a, b string) int { return strings.Compare(nameOf(a), nameOf(b)) })
	}
	for _, field := range fields {
		member, object, _ := strings.Cut(field, "=")
		form := len(nameOf(member))
		o.names = append(o.names, member[:form])
		o.forms = append(o.forms, Form(member[form:]))
		o.objects = append(o.objects, object)
	}
	return o
}

// Operations returns the names of the operations whose inputs the API's table has, sorted.
func (t *Table) Operations() []string {
	var names []string
	for line := range strings.Lines(t.text) {
		if name, _, _ := strings.Cut(strings.TrimSuffix(line, "\n"), " "); !strings.Contains(name, ".") {
			names = append(names, name)
		}
	}
	return names
}

// A Form says what a member's value is: "[]" and what its elements are, "{}" and what its values are under names that are their
// author's, "?" of a boolean, "#" of a number. Nothing is a text or an object, "*" what isn't known.
type Form string

// The forms of what has no parts.
const (
	Bool    Form = "?"
	Number  Form = "#"
	Unknown Form = "*"
)

// List returns the form of a list's elements; false of anything else.
func (f Form) List() (element Form, ok bool) {
	rest, ok := strings.CutPrefix(string(f), "[]")
	return Form(rest), ok
}

// Map returns the form of a map's values; false of anything else.
func (f Form) Map() (element Form, ok bool) {
	rest, ok := strings.CutPrefix(string(f), "{}")
	return Form(rest), ok
}

// nameOf returns the member's name of a field of a line.
func nameOf(field string) string {
	if i := strings.IndexAny(field, "[{?#*="); i >= 0 {
		return field[:i]
	}
	return field
}

// An Object is a structure whose members all have names that are known.
type Object struct {
	table *Table
	// names are sorted; objects are the lines of the members of the same index, or empty.
	names, objects []string
	forms          []Form
}

// Names returns the names of an object's members, sorted. They must not be changed.
func (o *Object) Names() []string { return o.names }

// Folded returns the member that is called name in another notation: in snake_case or camelCase. It is empty where there is
// none.
func (o *Object) Folded(name string) string {
	plain := strings.ReplaceAll(name, "_", "")
	for _, candidate := range o.names {
		if strings.EqualFold(candidate, plain) {
			return candidate
		}
	}
	return ""
}

// Has reports whether an object has a member.
func (o *Object) Has(name string) bool {
	_, found := slices.BinarySearch(o.names, name)
	return found
}

// Member returns what a member's objects are; nil where it has none, or where what is in them is their author's to name.
func (o *Object) Member(name string) *Object {
	i, found := slices.BinarySearch(o.names, name)
	if !found || o.objects[i] == "" {
		return nil
	}
	return o.table.Object(o.objects[i])
}

// Form returns what is known of a request's member.
func (o *Object) Form(name string) Form {
	i, found := slices.BinarySearch(o.names, name)
	if !found {
		return Unknown
	}
	return o.forms[i]
}

// maxEdits is by how many edits a name may differ from the one that it was meant to be.
const maxEdits = 2

// lettersPerEdit is how many letters the shorter of two names has for each edit between them, or they are two names and no
// slip: Role and Rules are members of one object, as are Tags and Task.
const lettersPerEdit = 3

// Nearest returns the member whose name one that isn't known was most likely meant to be. Of several that are equally near,
// one that isn't taken goes first. It is empty where no name is near.
func (o *Object) Nearest(name string, taken func(string) bool) string {
	return Nearest(name, o.names, taken)
}

// Nearest returns the name of several that one which isn't among them was most likely meant to be: it differs in case alone, or
// by at most two edits. Of several that are equally near, one that isn't taken goes first. It is empty where none is near.
func Nearest(name string, names []string, taken func(string) bool) string {
	best, found := maxEdits+1, ""
	for _, candidate := range names {
		edits := 0
		if !strings.EqualFold(name, candidate) {
			edits = distance(name, candidate)
			if lettersPerEdit*edits > min(len(name), len(candidate)) {
				continue
			}
		}
		if edits < best || edits == best && found != "" && taken(found) && !taken(candidate) {
			best, found = edits, candidate
		}
	}
	return found
}

// distance returns the number of edits that make one name of another: letters put in, left out or replaced, and neighbours
// exchanged. It counts to one more than maxEdits.
func distance(a, b string) int {
	const far = maxEdits + 1
	if len(a)-len(b) > maxEdits || len(b)-len(a) > maxEdits {
		return far
	}
	// Three rows of the table of distances between the beginnings of a and b.
	width := len(b) + 1
	rows := make([]int, 3*width)
	before, last, row := rows[:width], rows[width:2*width], rows[2*width:]
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		least := i
		for j := 1; j <= len(b); j++ {
			replaced := last[j-1]
			if a[i-1] != b[j-1] {
				replaced++
			}
			row[j] = min(last[j]+1, row[j-1]+1, replaced)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
			least = min(least, row[j])
		}
		if least > maxEdits {
			return far
		}
		before, last, row = last, row, before
	}
	return min(last[len(b)], far)
}
