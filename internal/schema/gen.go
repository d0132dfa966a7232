//go:build ignore

// Gen writes the tables cloudformation.txt and api.txt from the copies of AWS's schemas that are committed:
//
//	go run gen.go
//	go run gen.go -botocore service-2.json
//
// The second form first takes testdata/sagemaker-api.json from SageMaker's service model, which is part of botocore.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"log"
	"maps"
	"os"
	"slices"
	"strings"
)

// An object is what a schema says of one: its members, and those of them that are objects, or lists of objects, with
// members of their own. What stands under free keys is none.
type object struct {
	members map[string]*object
	forms   map[string]string // what the members are, where that is known: see Form
	name    string            // that of its line in the table
}

const copies = "../model/testdata/"

func main() {
	log.SetFlags(0)
	botocore := flag.String("botocore", "", "SageMaker's service-2.json, unpacked")
	flag.Parse()
	if *botocore != "" {
		if err := extract(*botocore); err != nil {
			log.Fatal(err)
		}
	}
	if err := generate(); err != nil {
		log.Fatal(err)
	}
}

// newest are operations that the service model doesn't have yet, with their members but for the tags, as the SDKs have them.
var newest = map[string][]string{
	"CreateJob": {"JobName", "RoleArn", "JobCategory", "JobConfigSchemaVersion", "JobConfigDocument"},
}

func generate() error {
	var cfn struct{ Types map[string]map[string]string }
	var more struct{ Types map[string][]string }
	var newer struct {
		CloudFormation map[string]map[string]string
	}
	var surface struct {
		Kinds []struct {
			API, CloudFormation string
			Members             []map[string]string
		}
	}
	var api service
	for path, into := range map[string]any{
		copies + "cfn-schema.json": &cfn, copies + "newer.json": &newer, copies + "surface.json": &surface, apiCopy: &api,
		"testdata/cloudformation.json": &more,
	} {
		if err := read(path, into); err != nil {
			return err
		}
	}
	templates := map[string]*object{}
	for typ, paths := range cfn.Types {
		root := &object{}
		for path := range paths {
			root.add(path)
		}
		templates[typ] = root
	}
	for typ, paths := range more.Types {
		root := &object{}
		for _, path := range paths {
			root.add(path)
		}
		templates[typ] = root
	}
	requests := api.objects()
	for op, members := range newest {
		requests[op] = &object{}
		for _, m := range members {
			requests[op].add(m)
		}
		requests[op].members["Tags"], requests[op].forms = requests["CreateModel"].members["Tags"], map[string]string{"Tags": requests["CreateModel"].forms["Tags"]}
	}
	for typ, paths := range newer.CloudFormation {
		for path := range paths {
			templates[typ].supplement(path)
		}
	}
	for _, k := range surface.Kinds {
		for _, m := range k.Members {
			templates[k.CloudFormation].supplement(m["cloudformation"])
			requests[k.API].supplement(m["api"])
		}
	}
	if err := write("cloudformation.txt", templates); err != nil {
		return err
	}
	return write("api.txt", requests)
}

// add adds the member at a path, with all that it stands in.
func (o *object) add(path string) {
	for _, name := range strings.Split(strings.ReplaceAll(path, "[]", ""), ".") {
		if o.members == nil {
			o.members = map[string]*object{}
		}
		if o.members[name] == nil {
			o.members[name] = &object{}
		}
		o = o.members[name]
	}
}

// supplement adds the first member of a path that a schema doesn't have, being older. Of an object that is new not all
// members need be known, so that it stays without any, as does a type that the schema doesn't have.
func (o *object) supplement(path string) {
	if path == "" {
		return
	}
	for _, name := range strings.Split(strings.ReplaceAll(path, "[]", ""), ".") {
		if o == nil || len(o.members) == 0 {
			return
		}
		if o.members[name] == nil {
			o.members[name] = &object{}
			if o.forms != nil {
				o.forms[name] = "*"
			}
			return
		}
		o = o.members[name]
	}
}

// write writes a table: each type, and each object that stands in one, is a line of its name and its members. A member
// that is an object names that object's line.
func write(path string, types map[string]*object) error {
	t := table{lines: map[string]string{}, names: map[string]string{}}
	for _, typ := range slices.Sorted(maps.Keys(types)) {
		t.lines[typ] = typ + t.members(types[typ])
	}
	var b strings.Builder
	for _, name := range slices.Sorted(maps.Keys(t.lines)) {
		b.WriteString(t.lines[name] + "\n")
	}
	return os.WriteFile(path, []byte(b.String()), 0o644)
}

type table struct {
	lines map[string]string // by name
	names map[string]string // by members
}

func (t *table) members(o *object) string {
	var b strings.Builder
	for _, name := range slices.Sorted(maps.Keys(o.members)) {
		b.WriteString(" " + name + o.forms[name])
		if m := o.members[name]; len(m.members) > 0 {
			b.WriteString("=" + t.object(name, m))
		}
	}
	return b.String()
}

// object returns the name of the line of an object, which is that of every object with the same members.
func (t *table) object(member string, o *object) string {
	if o.name != "" {
		return o.name
	}
	members := t.members(o)
	name, known := t.names[members]
	for i := 1; !known; i++ {
		if name = fmt.Sprintf("%s.%d", member, i); t.lines[name] == "" {
			t.names[members], t.lines[name], known = name, name+members, true
		}
	}
	o.name = name
	return name
}

// A service is what is kept of a service model: of each operation that makes something the shape of its input, and of each
// shape its members. Of a member there is its form, and behind "=" the shape where that ends in a structure.
type service struct {
	Source     string                       `json:"source"`
	Operations map[string]string            `json:"operations"`
	Shapes     map[string]map[string]string `json:"shapes"`
}

const apiCopy = "testdata/sagemaker-api.json"

func (s *service) objects() map[string]*object {
	shapes := map[string]*object{}
	for name := range s.Shapes {
		shapes[name] = &object{members: map[string]*object{}, forms: map[string]string{}}
	}
	for name, members := range s.Shapes {
		for member, form := range members {
			form, shape, _ := strings.Cut(form, "=")
			o := shapes[shape]
			if o == nil || strings.Contains(form, "{}") {
				o = &object{}
			}
			shapes[name].members[member], shapes[name].forms[member] = o, form
		}
	}
	out := map[string]*object{}
	for op, input := range s.Operations {
		out[op] = shapes[input]
	}
	return out
}

// A model is the part of botocore's service model that is read.
type model struct {
	Operations map[string]struct {
		Input struct{ Shape string }
	}
	Shapes map[string]struct {
		Type    string
		Members map[string]struct{ Shape string }
		Member  struct{ Shape string }
		Value   struct{ Shape string }
	}
}

// extract takes the inputs of the operations that make something from a service model.
func extract(path string) error {
	var m model
	if err := read(path, &m); err != nil {
		return err
	}
	s := service{
		Source:     "SageMaker's service model of 2017-07-24, as of botocore 1.43.11 (Apache-2.0): the names of the members of what its operations take.",
		Operations: map[string]string{}, Shapes: map[string]map[string]string{},
	}
	var form func(name string) string
	form = func(name string) string {
		shape := m.Shapes[name]
		switch shape.Type {
		case "list":
			return "[]" + form(shape.Member.Shape)
		case "map":
			return "{}" + form(shape.Value.Shape)
		case "boolean":
			return "?"
		case "integer", "long", "float", "double":
			return "#"
		case "structure":
		default:
			return ""
		}
		if s.Shapes[name] == nil {
			s.Shapes[name] = map[string]string{}
			for member, of := range shape.Members {
				s.Shapes[name][member] = form(of.Shape)
			}
		}
		return "=" + name
	}
	for op, o := range m.Operations {
		if strings.HasPrefix(op, "Create") || op == "StartPipelineExecution" {
			s.Operations[op] = strings.TrimPrefix(form(o.Input.Shape), "=")
		}
	}
	b, err := json.MarshalIndent(s, "", " ")
	if err != nil {
		return err
	}
	return os.WriteFile(apiCopy, append(b, '\n'), 0o644)
}

func read(path string, into any) error {
	b, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(b, into); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return nil
}
