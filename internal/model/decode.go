package model

import (
	"reflect"
	"sort"
	"strings"
	"unicode"

	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/value"
)

// Decode gives meaning to what the front-ends found: each resource of a known type becomes one typed struct of the
// estate, in the order of raws. Resources of other types are left out.
//
// It is one reflective walk over struct tags. On Meta, `aws`, `api` and `tf` name the resource's types in
// CloudFormation, the API and Terraform, several separated by commas. On a field, `aws` is the member's path in the API's
// own spelling, which CloudFormation shares; `tf` is its path in Terraform where that isn't the snake_case of it. A tag of
// "-" says that the member doesn't exist there. `default` is the service's documented default, which stands in for
// absence.
func Decode(raws []resource.Raw) *Estate {
	estate := &Estate{declared: make(map[value.Address]*resource.Raw, len(raws))}
	d := newDecoder(reflect.TypeFor[Estate]())
	estate.decoder = d
	dst := reflect.ValueOf(estate).Elem()
	for i := range raws {
		raw := &raws[i]
		estate.declared[raw.Addr] = raw
		kind := d.kinds[raw.Dialect][raw.Type]
		if kind == nil || raw.Data {
			continue
		}
		ptr := reflect.New(kind.elem)
		meta := ptr.Elem().Field(0).Addr().Interface().(*Meta)
		meta.Raw = raw
		kind.object(raw, raw.Props, place{}, ptr.Elem())
		slice := dst.Field(kind.field)
		slice.Set(reflect.Append(slice, ptr))
		estate.all = append(estate.all, ptr.Interface().(Resource))
	}
	return estate
}

// A decoder knows, for each dialect, which type name is which field of the estate.
type decoder struct {
	kinds [4]map[string]*kind
}

// A kind is one struct type of the estate.
type kind struct {
	field int
	elem  reflect.Type
	plans map[reflect.Type][]member
}

// A member is one field of a struct, and its path in each dialect; an empty path where the dialect has no such member.
type member struct {
	field   int
	paths   [4]string
	def     string
	hasDef  bool
	nested  bool
	slice   bool
	element reflect.Type
}

func newDecoder(estate reflect.Type) *decoder {
	d := &decoder{}
	for i := range d.kinds {
		d.kinds[i] = map[string]*kind{}
	}
	plans := map[reflect.Type][]member{}
	for i := range estate.NumField() {
		f := estate.Field(i)
		if !f.IsExported() {
			continue
		}
		k := &kind{field: i, elem: f.Type.Elem().Elem(), plans: plans}
		tag := k.elem.Field(0).Tag
		register := func(dialect resource.Dialect, names string) {
			for _, name := range strings.Split(names, ",") {
				if name != "" {
					d.kinds[dialect][name] = k
				}
			}
		}
		register(resource.CloudFormation, tag.Get("aws"))
		register(resource.Terraform, tag.Get("tf"))
		register(resource.API, tag.Get("api"))
		for _, name := range strings.Split(tag.Get("aws"), ",") {
			register(resource.TerraformAWSCC, awscc(name))
		}
		plan(k.elem, plans)
	}
	return d
}

// awscc returns the Cloud Control provider's name of a CloudFormation type: awscc_ec2_route_table.
func awscc(cfn string) string {
	parts := strings.Split(cfn, "::")
	if len(parts) != 3 {
		return ""
	}
	return "awscc_" + strings.ToLower(parts[1]) + "_" + Snake(parts[2])
}

func plan(t reflect.Type, plans map[reflect.Type][]member) {
	if _, done := plans[t]; done {
		return
	}
	var members []member
	for i := range t.NumField() {
		f := t.Field(i)
		aws, ok := f.Tag.Lookup("aws")
		if f.Type == reflect.TypeFor[Meta]() || !ok {
			continue
		}
		m := member{field: i}
		m.def, m.hasDef = f.Tag.Lookup("default")
		if aws != "-" {
			m.paths[resource.CloudFormation], m.paths[resource.API] = aws, aws
			m.paths[resource.Terraform], m.paths[resource.TerraformAWSCC] = Snake(aws), Snake(aws)
		}
		if tf, ok := f.Tag.Lookup("tf"); ok {
			m.paths[resource.Terraform] = strings.TrimPrefix(tf, "-")
		}
		switch {
		case f.Type.Kind() == reflect.Slice:
			m.nested, m.slice, m.element = true, true, f.Type.Elem()
		case !f.Type.Field(0).Anonymous || f.Type.Field(0).Type != reflect.TypeFor[value.Leaf]():
			m.nested, m.element = true, f.Type
		}
		if m.nested {
			plan(m.element, plans)
		}
		members = append(members, m)
	}
	plans[t] = members
}

// A place is where in a resource the walk stands: the path in the dialect, the canonical path, and the dialect's path of
// the outermost member on the way that is missing, if one is.
type place struct{ path, canonical, missing string }

func (p place) join(path, canonical string) place {
	return place{path: join(p.path, path), canonical: join(p.canonical, canonical), missing: p.missing}
}

// object fills dst, a struct, from the object v.
func (k *kind) object(raw *resource.Raw, v value.Value, at place, dst reflect.Value) {
	for _, m := range k.plans[dst.Type()] {
		path := m.paths[raw.Dialect]
		field := dst.Field(m.field)
		if path == "" {
			continue
		}
		inner, missing := walk(v, path)
		here := at.join(path, m.paths[resource.API])
		if here.missing == "" && missing != "" {
			here.missing = join(at.path, missing)
		}
		switch {
		case m.slice:
			k.slice(raw, inner, here, field)
		case m.nested:
			k.object(raw, inner, here, field)
		default:
			leaf := field.Field(0).Addr().Interface().(*value.Leaf)
			leaf.Value = inner
			leaf.Property = spelling(raw, here)
			leaf.Known = true
			if m.hasDef {
				leaf.Value = withDefault(inner, m.def)
			}
		}
	}
	if b, ok := dst.Addr().Interface().(blocker); ok {
		b.block(v)
	}
}

// A blocker is a nested struct that keeps the object it was read from.
type blocker interface{ block(value.Value) }

func (k *kind) slice(raw *resource.Raw, v value.Value, at place, dst reflect.Value) {
	members, _ := v.Members()
	for _, m := range members {
		elem := reflect.New(dst.Type().Elem()).Elem()
		k.object(raw, m.Value, at, elem)
		if b, ok := elem.Addr().Interface().(conditional); ok {
			b.condition(m.When)
		}
		dst.Set(reflect.Append(dst, elem))
	}
}

// A conditional is a nested struct that is there in some worlds only.
type conditional interface{ condition(value.World) }

// walk follows a dotted path. Missing is the path up to and including the first segment that is absent in some world.
func walk(v value.Value, path string) (at value.Value, missing string) {
	end := 0
	for _, name := range strings.Split(path, ".") {
		end = min(end+len(name)+1, len(path)+1)
		v = v.Attr(name)
		if missing == "" && absentSomewhere(v) {
			missing = path[:end-1]
		}
	}
	return v, missing
}

func absentSomewhere(v value.Value) bool {
	for _, arm := range v.Arms() {
		if arm.Value.Kind() == value.KindAbsent {
			return true
		}
	}
	return false
}

// spelling returns the path as the resource's author knows it, down to what is missing.
func spelling(raw *resource.Raw, at place) string {
	// The innermost member that the author has a word for names the whole path.
	if len(raw.Spelling) > 0 {
		for p := at.canonical; p != ""; p = parent(p) {
			if word, ok := raw.Spelling[p]; ok {
				return word
			}
		}
	}
	if at.missing != "" {
		return at.missing
	}
	return at.path
}

func parent(path string) string {
	i := strings.LastIndexByte(path, '.')
	if i < 0 {
		return ""
	}
	return path[:i]
}

func join(prefix, path string) string {
	if prefix == "" || path == "" {
		return prefix + path
	}
	return prefix + "." + path
}

// withDefault puts the service's default where v is absent.
func withDefault(v value.Value, def string) value.Value {
	return v.Map(func(v value.Value) value.Value {
		if v.Kind() != value.KindAbsent {
			return v
		}
		return value.OfString(def).WithOrigin(v.Origin())
	})
}

// Snake returns the snake_case of a dotted path of API names, as both Terraform providers derive theirs:
// "VpcConfig.SecurityGroupIds" is "vpc_config.security_group_ids".
func Snake(path string) string {
	var b strings.Builder
	runes := []rune(path)
	for i, r := range runes {
		if unicode.IsUpper(r) && i > 0 && runes[i-1] != '.' {
			prevLower := !unicode.IsUpper(runes[i-1])
			nextLower := i+1 < len(runes) && unicode.IsLower(runes[i+1])
			if prevLower || nextLower {
				b.WriteByte('_')
			}
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}

// Types returns every type name that Decode knows in a dialect, sorted.
func Types(dialect resource.Dialect) []string {
	d := newDecoder(reflect.TypeFor[Estate]())
	var names []string
	for name := range d.kinds[dialect] {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}

// Paths returns the paths of every member that Decode reads of a type in a dialect, sorted; elements of lists are "[]".
func Paths(dialect resource.Dialect, typeName string) []string {
	d := newDecoder(reflect.TypeFor[Estate]())
	k := d.kinds[dialect][typeName]
	if k == nil {
		return nil
	}
	var paths []string
	var visit func(t reflect.Type, prefix string)
	visit = func(t reflect.Type, prefix string) {
		for _, m := range k.plans[t] {
			path := m.paths[dialect]
			switch {
			case path == "":
			case m.slice:
				visit(m.element, join(prefix, path)+"[]")
			case m.nested:
				visit(m.element, join(prefix, path))
			default:
				paths = append(paths, join(prefix, path))
			}
		}
	}
	visit(k.elem, "")
	sort.Strings(paths)
	return paths
}

// Spell returns a resource's own word for a canonical member, such as "direct_internet_access" for
// "DirectInternetAccess"; the canonical name where the resource has none.
func (e *Estate) Spell(raw *resource.Raw, canonical string) string {
	if word, ok := raw.Spelling[canonical]; ok {
		return word
	}
	if k := e.decoder.kinds[raw.Dialect][raw.Type]; k != nil {
		for _, m := range k.plans[k.elem] {
			if m.paths[resource.API] == canonical && m.paths[raw.Dialect] != "" {
				return m.paths[raw.Dialect]
			}
		}
	}
	return canonical
}
