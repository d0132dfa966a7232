package cloudformation_test

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// A tree is a template's expression: map[string]any, []any or string.
type tree = any

// A deployment is one real stack: what each parameter is, and the templates that it is made from. It computes what
// CloudFormation would, with no knowledge of the front-end.
type deployment struct {
	parameters map[string]any // string or []any
	conditions map[string]tree
	resources  map[string]map[string]any
	mappings   map[string]any
	// set is the name of the parameter file that it is made with, if any.
	set string
	// anyName are resources of which any attribute may be anything.
	anyName []string
	files   map[string]map[string]any // those that templates include, by location
	quotes  bool                      // whether Fn::ToJsonString puts numbers in quotes
	seen    map[string]int            // the functions that came to a value
}

// errFails says that CloudFormation would not create the stack.
var errFails = errors.New("the deployment fails")

// none is what AWS::NoValue gives.
type none struct{}

func (d *deployment) holds(c tree) (bool, error) {
	holds, err := d.decide(c)
	if name, _ := call(c); err == nil && d.seen != nil {
		d.seen[name]++
	}
	return holds, err
}

func (d *deployment) decide(c tree) (bool, error) {
	name, arg := call(c)
	args, _ := arg.([]any)
	switch name {
	case "Condition":
		if _, declared := d.conditions[arg.(string)]; !declared {
			return false, errFails
		}
		return d.holds(d.conditions[arg.(string)])
	case "Fn::Not":
		b, err := d.holds(args[0])
		return !b, err
	case "Fn::And", "Fn::Or":
		result := name == "Fn::And"
		for _, a := range args {
			b, err := d.holds(a)
			if err != nil {
				return false, err
			}
			if name == "Fn::And" {
				result = result && b
			} else {
				result = result || b
			}
		}
		return result, nil
	case "Fn::Contains", "Fn::EachMemberIn", "Fn::EachMemberEquals":
		return d.members(name, args)
	case "Fn::Equals":
		a, err := d.eval(args[0])
		if err != nil {
			return false, err
		}
		b, err := d.eval(args[1])
		if err != nil {
			return false, err
		}
		x, isText := a.(string)
		y, areTexts := b.(string)
		if !isText || !areTexts {
			return false, errFails
		}
		return x == y, nil
	}
	return false, fmt.Errorf("no condition: %v", c)
}

// call returns the function that a tree calls.
func call(t tree) (string, any) {
	m, ok := t.(map[string]any)
	if !ok || len(m) != 1 {
		return "", nil
	}
	for k, v := range m {
		if k == "Ref" || k == "Condition" || strings.HasPrefix(k, "Fn::") && !strings.HasPrefix(k, "Fn::ForEach::") {
			return k, v
		}
	}
	return "", nil
}

// there reports whether a resource is created.
func (d *deployment) there(name string) (bool, error) {
	c, ok := d.resources[name]["Condition"]
	if !ok {
		return true, nil
	}
	return d.holds(map[string]any{"Condition": c})
}

func (d *deployment) attribute(name, attr string) (any, error) {
	if ok, err := d.there(name); err != nil || !ok {
		return nil, errFails
	}
	if d.resources[name] == nil {
		return nil, errFails
	}
	return d.physical(name, attr), nil
}

func (d *deployment) ref(name string) (any, error) {
	if name == "AWS::NoValue" {
		if d.seen != nil {
			d.seen[name]++
		}
		return none{}, nil
	}
	if v, ok := d.parameters[name]; ok {
		if d.seen != nil && strings.HasPrefix(name, "AWS::") {
			d.seen[name]++
		}
		return v, nil
	}
	return d.attribute(name, "Ref")
}

func (d *deployment) texts(ts []any) ([]string, error) {
	var out []string
	for _, t := range ts {
		v, err := d.eval(t)
		if err != nil {
			return nil, err
		}
		switch v := v.(type) {
		case string:
			out = append(out, v)
		case none:
		default:
			return nil, errFails
		}
	}
	return out, nil
}

func (d *deployment) list(t tree) ([]any, error) {
	v, err := d.eval(t)
	if err != nil {
		return nil, err
	}
	l, ok := v.([]any)
	if !ok {
		return nil, errFails
	}
	return l, nil
}

func (d *deployment) eval(t tree) (any, error) {
	v, err := d.compute(t)
	if name, _ := call(t); err == nil && name != "" && d.seen != nil {
		d.seen[name]++
	}
	return v, err
}

func (d *deployment) compute(t tree) (any, error) {
	name, arg := call(t)
	args, _ := arg.([]any)
	switch name {
	case "":
		return d.literal(t)
	case "Ref":
		texts, err := d.texts([]any{arg})
		if err != nil || len(texts) != 1 {
			return nil, errFails
		}
		return d.ref(texts[0])
	case "Fn::GetAtt":
		if args == nil {
			args = []any{arg}
		}
		texts, err := d.texts(args)
		name, attr, ok := strings.Cut(strings.Join(texts, "."), ".")
		if err != nil || !ok || len(texts) != len(args) {
			return nil, errFails
		}
		return d.attribute(name, attr)
	case "Fn::If":
		condition := args[0]
		if name, isName := condition.(string); isName {
			condition = map[string]any{"Condition": name}
		}
		b, err := d.holds(condition)
		if err != nil {
			return nil, err
		}
		if b {
			return d.eval(args[1])
		}
		return d.eval(args[2])
	case "Fn::Join":
		l, err := d.list(args[1])
		if err != nil {
			return nil, err
		}
		texts, err := d.texts(l)
		if err != nil {
			return nil, err
		}
		delimiter, err := d.texts(args[:1])
		if err != nil || len(delimiter) != 1 {
			return nil, errFails
		}
		return strings.Join(texts, delimiter[0]), nil
	case "Fn::Split":
		texts, err := d.texts(args[1:])
		if err != nil || len(texts) != 1 {
			return nil, errFails
		}
		var out []any
		sep, err := d.texts(args[:1])
		if err != nil || len(sep) != 1 || sep[0] == "" {
			return nil, errFails
		}
		for _, s := range strings.Split(texts[0], sep[0]) {
			out = append(out, s)
		}
		return out, nil
	case "Fn::Select":
		l, err := d.list(args[1])
		index, err2 := d.texts(args[:1])
		if err != nil || err2 != nil || len(index) != 1 {
			return nil, errFails
		}
		i, err := strconv.Atoi(index[0])
		if err != nil || i < 0 || i >= len(l) {
			return nil, errFails
		}
		return l[i], nil
	case "Fn::FindInMap":
		keys, err := d.texts(args[:3])
		if err != nil || len(keys) != 3 {
			return nil, errFails
		}
		mapping, _ := d.mappings[keys[0]].(map[string]any)
		row, _ := mapping[keys[1]].(map[string]any)
		v, ok := row[keys[2]]
		switch {
		case ok:
			return v, nil
		case len(args) == 4:
			d.seen["DefaultValue"]++
			return d.eval(args[3].(map[string]any)["DefaultValue"])
		}
		return nil, errFails
	case "Fn::Base64":
		texts, err := d.texts([]any{arg})
		if err != nil || len(texts) != 1 {
			return nil, errFails
		}
		return base64.StdEncoding.EncodeToString([]byte(texts[0])), nil
	case "Fn::Sub":
		return d.sub(arg)
	}
	return d.function(name, arg)
}

var hole = regexp.MustCompile(`\$\{([^}]*)\}`)

func (d *deployment) sub(arg any) (any, error) {
	text, locals := arg, map[string]any{}
	if args, ok := arg.([]any); ok {
		text, locals = args[0], args[1].(map[string]any)
	}
	var failed error
	out := hole.ReplaceAllStringFunc(text.(string), func(s string) string {
		name := s[2 : len(s)-1]
		if strings.HasPrefix(name, "!") {
			return "${" + name[1:] + "}"
		}
		var v any
		var err error
		if local, ok := locals[name]; ok {
			v, err = d.eval(local)
		} else if id, attr, ok := strings.Cut(name, "."); ok {
			v, err = d.attribute(id, attr)
		} else {
			v, err = d.ref(name)
		}
		text, ok := v.(string)
		if err == nil && !ok {
			err = errFails
		}
		if failed == nil {
			failed = err
		}
		return text
	})
	return out, failed
}

func (d *deployment) literal(t tree) (any, error) {
	switch t := t.(type) {
	case map[string]any:
		out := map[string]any{}
		for k, x := range t {
			v, err := d.eval(x)
			if err != nil {
				return nil, err
			}
			if v != (any)(none{}) {
				out[k] = v
			}
		}
		return out, nil
	case []any:
		out := []any{}
		for _, x := range t {
			v, err := d.eval(x)
			if err != nil {
				return nil, err
			}
			if v != (any)(none{}) {
				out = append(out, v)
			}
		}
		return out, nil
	}
	switch t.(type) {
	case json.Number, bool:
		return fmt.Sprint(t), nil
	}
	return t, nil
}

// fact reports whether a fact holds in the deployment, and whether the test can tell.
func (d *deployment) fact(f value.Fact) (holds, known bool) {
	_, rest, _ := strings.Cut(f.Var, "|")
	kind, name, _ := strings.Cut(rest, "|")
	if kind == "parameters" {
		if not, isNot := strings.CutPrefix(f.Is, "not "); isNot {
			return !slices.Contains(strings.Split(not, "\x1f"), d.set), d.set != ""
		}
		return f.Is == d.set, d.set != ""
	}
	if kind == "parameter" {
		text, ok := d.parameters[name].(string)
		if not, isNot := strings.CutPrefix(f.Is, "not "); isNot {
			return text != not, ok
		}
		if f.Is == "something else" {
			return true, false
		}
		return text == f.Is, ok
	}
	text, is, _ := strings.Cut(f.Text, " is ")
	if c, ok := d.conditions[text]; ok {
		b, err := d.holds(c)
		return strconv.FormatBool(b) == is, err == nil
	}
	return true, false
}

// world reports whether a world may be that of the deployment.
func (d *deployment) world(w value.World) bool {
	for _, f := range w {
		if holds, known := d.fact(f); known && !holds {
			return false
		}
	}
	return true
}

// contains reports whether an abstract value, in the deployment's world, allows for a concrete one.
func (d *deployment) contains(v value.Value, concrete any) error {
	if name, _ := call(concrete); name != "" {
		return nil // not computed
	}
	if v.MayBeMissing() && concrete == (any)(none{}) {
		return nil
	}
	text, isText := concrete.(string)
	bad := fmt.Errorf("%s doesn't contain %v", show(v), pretty(concrete))
	if doc, spelt, ok := decoded(v, concrete); ok {
		return d.contains(doc, spelt)
	}
	switch v.Kind() {
	case value.KindOpaque:
		missing := concrete == (any)(none{})
		if isText && (v.Word() && !word.MatchString(text)) || v.NonEmpty().Known() == tri.True && (missing || isText && text == "") {
			return bad
		}
		return nil
	case value.KindAbsent:
		if concrete == (any)(none{}) {
			return nil
		}
	case value.KindScalar, value.KindText, value.KindSymbol:
		if isText && d.pattern(v).MatchString(text) {
			return nil
		}
	case value.KindList:
		l, ok := concrete.([]any)
		if ok && d.matches(v.Elems(), l, v.Open(), len(v.Leading())) {
			return nil
		}
		if len(l) == len(v.Elems()) {
			for i, e := range v.Elems() {
				if err := d.contains(e, l[i]); err != nil {
					return fmt.Errorf("%d: %w", i, err)
				}
			}
		}
	case value.KindObject:
		m, ok := concrete.(map[string]any)
		if !ok {
			return bad
		}
		for _, f := range v.Fields() {
			c, there := m[f.Name]
			if !there {
				c = none{}
			}
			if err := d.contains(f.Value, c); err != nil {
				return fmt.Errorf("%s: %w", f.Name, err)
			}
		}
		for name := range m {
			if _, told := v.Field(name); !told && !v.Open() {
				return bad
			}
		}
		return nil
	case value.KindChoice:
		for _, a := range v.Arms() {
			if d.world(a.When) && d.contains(a.Value, concrete) == nil {
				return nil
			}
		}
	}
	return bad
}

// decoded returns what a value and a text that are both JSON spell.
func decoded(v value.Value, concrete any) (value.Value, tree, bool) {
	text, isText := concrete.(string)
	var spelt any
	if !v.Encoded() || !isText || json.Unmarshal([]byte(text), &spelt) != nil {
		return v, concrete, false
	}
	return v.Decoded(), texts(spelt), true
}

// matches reports whether elements allow for a list, each for one member or, where it may be absent, for none. Of an open
// list others may stand anywhere after the leading elements.
func (d *deployment) matches(elems []value.Value, l []any, open bool, lead int) bool {
	if len(l) > 0 {
		// A conditional that isn't computed may be nothing.
		if name, arg := call(l[0]); name == "Fn::Unknown" && arg == "Fn::If" && d.matches(elems, l[1:], open, lead) {
			return true
		}
	}
	if len(elems) == 0 {
		return len(l) == 0 || open
	}
	e := elems[0]
	if (e.MayBeMissing() || d.contains(e, none{}) == nil && e.Kind() == value.KindChoice) && d.matches(elems[1:], l, open, lead-1) {
		return true
	}
	if len(l) > 0 && d.contains(e, l[0]) == nil && d.matches(elems[1:], l[1:], open, lead-1) {
		return true
	}
	return len(l) > 0 && open && lead <= 0 && d.matches(elems, l[1:], open, 0)
}

var word = regexp.MustCompile(`^[-_./:a-zA-Z0-9]+$`)

// pattern returns what a text may be.
func (d *deployment) pattern(v value.Value) *regexp.Regexp {
	var b strings.Builder
	for _, p := range v.Parts() {
		if s, ok := p.AsString(); ok {
			b.WriteString(regexp.QuoteMeta(s))
		} else if r, ok := p.Symbol(); ok && !slices.Contains(d.anyName, r.Addr.Name) {
			b.WriteString(d.symbol(p, r))
		} else if p.Word() {
			b.WriteString(strings.Trim(word.String(), "^$"))
		} else if p.NonEmpty().Known() == tri.True {
			b.WriteString("(?s:.+)")
		} else {
			b.WriteString("(?s:.*)")
		}
	}
	return regexp.MustCompile("^" + b.String() + "$")
}

// symbol returns the pattern of a resource's attribute.
func (d *deployment) symbol(v value.Value, r value.Ref) string {
	text := d.physical(r.Addr.Name, r.Attr)
	if d.resources == nil && r.Addr.Name != "AWS" { // recorded: its resources aren't told
		if r.Attr == "CidrBlock" {
			return "(?s:.+)"
		}
		return regexp.QuoteMeta(text)
	}
	switch {
	case r.Addr.Name == "AWS":
		text, _ = d.parameters["AWS::"+r.Attr].(string)
	case strings.Contains(r.Addr.Name, "{"): // any of the copies that a loop makes
		return "(?s:.+)"
	}
	if v.Word() && !word.MatchString(text) {
		return "no word"
	}
	return regexp.QuoteMeta(text)
}

func pretty(v any) string {
	if v == (any)(none{}) {
		return "nothing"
	}
	b, _ := json.Marshal(v)
	return string(b)
}
