package model

import (
	"maps"
	"reflect"
	"slices"
	"strings"
	"sync"
	"unicode"

	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/schema"
	"github.com/vpclint/vpclint/internal/value"
)

// dialects is how many there are.
const dialects = int(resource.Operator) + 1

// A decoder knows, for each dialect, which type name is which field of the estate. What it knows of a dialect, and of a
// kind, is made when the first resource is met: most runs meet a few kinds in one dialect or two.
type decoder struct {
	kinds [dialects]func() map[string]*kind
}

// A kind is one struct type of the estate in one dialect.
type kind struct {
	dialect resource.Dialect
	field   int
	elem    reflect.Type

	once     sync.Once
	compiled *plan
}

// plan returns how the kind's struct is read. Of most kinds a run has no resource, and never makes one.
func (k *kind) plan() *plan {
	k.once.Do(func() { k.compiled = compile(k.elem, k.dialect, within(k.dialect), "") })
	return k.compiled
}

// within returns where the properties of a dialect's resources stand, for those that have a place of their own for them.
func within(dialect resource.Dialect) string {
	if dialect == resource.ACK || dialect == resource.Operator {
		return "spec"
	}
	return ""
}

// A plan is how a struct is read in one dialect at one place of a resource.
type plan struct {
	of      reflect.Type
	members []member
	// block and conditional say that the struct keeps the object that it was read from, and the world in which it is there.
	block, conditional bool
}

// A member is one field of a struct.
type member struct {
	field int
	// name is its canonical path from the struct that it is a field of, own its path in the dialect.
	name, own string
	// steps lead to it from the object that the struct is read from; none where it is that object itself.
	steps []step
	// path and canonical are its whole path in the dialect and in the API's spelling.
	path, canonical string
	hasDefault      bool
	def             value.Value
	// read is what the service makes of what is written, where that may be something else.
	read func(value.Value) value.Value
	// inner is how a nested struct is read, or the elements of a slice.
	inner *plan
	slice bool
	// foreign says that the dialect doesn't have it: what holds is the service's default, and its author can't change that.
	foreign bool
}

// A step is one segment of a path, and the path up to and including it.
type step struct{ name, upTo string }

func newDecoder() *decoder {
	d := &decoder{}
	for i := range d.kinds {
		d.kinds[i] = sync.OnceValue(func() map[string]*kind { return kindsIn(resource.Dialect(i)) })
	}
	return d
}

// kindsIn returns the kinds of the estate by their type names in a dialect.
func kindsIn(dialect resource.Dialect) map[string]*kind {
	estate := reflect.TypeFor[Estate]()
	kinds := make(map[string]*kind, 2*estate.NumField())
	all := make([]kind, estate.NumField())
	tag := [dialects]string{
		resource.Terraform: "tf", resource.API: "api", resource.CloudFormation: "aws", resource.TerraformAWSCC: "aws",
		resource.ACK: "ack", resource.Operator: "ack",
	}[dialect]
	for i := range estate.NumField() {
		f := estate.Field(i)
		if !f.IsExported() {
			continue
		}
		elem := f.Type.Elem().Elem()
		k := &all[i]
		k.dialect, k.field, k.elem = dialect, i, elem
		for name := range strings.SplitSeq(elem.Field(0).Tag.Get(tag), ",") {
			if dialect == resource.TerraformAWSCC {
				name = awscc(name)
			}
			if name != "" {
				kinds[name] = k
			}
		}
	}
	return kinds
}

// kindOf returns the kind of a typed resource; nil where it is of none.
func (d *decoder) kindOf(raw *resource.Raw) *kind { return d.kinds[raw.Dialect]()[raw.Type] }

// awscc returns the Cloud Control provider's name of a CloudFormation type: awscc_ec2_route_table. The provider is generated
// from CloudFormation's types; some it leaves out so far, and those it may have tomorrow. SAM's are a macro's, not types.
func awscc(cfn string) string {
	parts := strings.Split(cfn, "::")
	if len(parts) != 3 || parts[1] == "Serverless" {
		return ""
	}
	return "awscc_" + strings.ToLower(parts[1]) + "_" + cloudControl(parts[2])
}

// compile makes the plan of a struct that stands at a place of a resource.
func compile(t reflect.Type, dialect resource.Dialect, path, canonical string) *plan {
	ptr := reflect.PointerTo(t)
	p := &plan{
		of:          t,
		block:       ptr.Implements(reflect.TypeFor[blocker]()),
		conditional: ptr.Implements(reflect.TypeFor[conditional]()),
	}
	for i := range t.NumField() {
		f := t.Field(i)
		aws, tagged := f.Tag.Lookup("aws")
		own, there := spelt(f, dialect)
		def, hasDefault := f.Tag.Lookup("default")
		if f.Type == reflect.TypeFor[Meta]() || f.Type == reflect.TypeFor[Block]() || !tagged && !f.Anonymous || !there && !hasDefault {
			continue
		}
		if !there {
			own = ""
		}
		m := member{field: i, name: strings.TrimLeft(aws, "-."), own: own, path: join(path, own), foreign: !there}
		if m.name == "" && !f.Anonymous {
			m.name = own // a member that only Terraform has is called what Terraform calls it
		}
		m.canonical = join(canonical, m.name)
		if hasDefault {
			m.hasDefault, m.def = true, coerce(f.Type, value.OfString(def))
		}
		m.read = reading(f.Type, dialect)
		m.steps = stepsTo(path, own)
		switch {
		case f.Type.Kind() == reflect.Slice:
			m.slice = true
			m.inner = compile(f.Type.Elem(), dialect, m.path, m.canonical)
		case !isLeaf(f.Type):
			m.inner = compile(f.Type, dialect, m.path, m.canonical)
		}
		p.members = append(p.members, m)
	}
	return p
}

// isLeaf reports whether a field's type is a property rather than a struct of properties.
func isLeaf(t reflect.Type) bool {
	return t.NumField() == 1 && t.Field(0).Anonymous && t.Field(0).Type == reflect.TypeFor[value.Leaf]()
}

// spelt returns a field's path in a dialect, and whether the dialect has the member. An embedded struct stands where its
// members stand; "." is the object itself, which Terraform has for some objects of one member.
func spelt(f reflect.StructField, dialect resource.Dialect) (path string, there bool) {
	aws := f.Tag.Get("aws")
	cfn := aws
	if tag, ok := f.Tag.Lookup("cfn"); ok {
		cfn = tag
	}
	switch dialect {
	case resource.API, resource.ACK, resource.Operator:
		path = aws
		if tag, ok := f.Tag.Lookup("api"); ok {
			path = tag
		}
		if tag, ok := f.Tag.Lookup("ack"); ok && dialect != resource.API {
			path = tag
		}
		switch {
		case path == "-":
		case dialect == resource.ACK:
			path = schema.ACK(path)
		case dialect == resource.Operator:
			path = schema.Camel(path)
		}
	case resource.CloudFormation:
		path = cfn
	case resource.TerraformAWSCC:
		path = cloudControl(cfn)
	case resource.Terraform:
		path = Snake(aws)
		if tag, ok := f.Tag.Lookup("tf"); ok {
			path = tag
		}
	}
	return strings.TrimPrefix(path, "."), path != "-"
}

func stepsTo(prefix, path string) []step {
	if path == "" {
		return nil
	}
	var steps []step
	full := join(prefix, path)
	end := len(full) - len(path)
	for _, name := range strings.Split(path, ".") {
		end += len(name)
		steps = append(steps, step{name: name, upTo: full[:end]})
		end++
	}
	return steps
}

func join(prefix, path string) string {
	if prefix == "" || path == "" {
		return prefix + path
	}
	return prefix + "." + path
}

// Snake returns the snake_case of a dotted path of API names, as Terraform's aws provider has it:
// "VpcConfig.SecurityGroupIds" is "vpc_config.security_group_ids".
func Snake(path string) string { return snake(path, false) }

// cloudControl returns the snake_case of a dotted path as the Cloud Control provider derives it, which sets digits apart:
// "CidrIpv6" is "cidr_ipv_6", "S3Uri" is "s3_uri". Words with a capital of their own within count as one.
func cloudControl(path string) string { return snake(strings.ReplaceAll(path, "FSx", "Fsx"), true) }

func snake(path string, digits bool) string {
	var b strings.Builder
	runes := []rune(path)
	for i, r := range runes {
		if i > 0 && runes[i-1] != '.' {
			prev := runes[i-1]
			switch {
			case unicode.IsUpper(r):
				nextLower := i+1 < len(runes) && unicode.IsLower(runes[i+1])
				if !unicode.IsUpper(prev) || nextLower {
					b.WriteByte('_')
				}
			case digits && unicode.IsDigit(r) && unicode.IsLower(prev), digits && unicode.IsLower(r) && unicode.IsDigit(prev):
				b.WriteByte('_')
			}
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}

// Types returns every type name that Decode knows in a dialect, sorted.
func Types(dialect resource.Dialect) []string {
	return slices.Sorted(maps.Keys(kindsIn(dialect)))
}

// Paths returns the paths of every member that Decode reads of a type in a dialect, sorted; elements of lists are "[]".
func Paths(dialect resource.Dialect, typeName string) []string {
	k := kindsIn(dialect)[typeName]
	if k == nil {
		return nil
	}
	var paths []string
	var visit func(p *plan, prefix string)
	visit = func(p *plan, prefix string) {
		for _, m := range p.members {
			path := join(prefix, m.own)
			switch {
			case m.foreign:
			case m.slice:
				visit(m.inner, path+"[]")
			case m.inner != nil:
				visit(m.inner, path)
			default:
				paths = append(paths, path)
			}
		}
	}
	visit(k.plan(), "")
	slices.Sort(paths)
	return paths
}
