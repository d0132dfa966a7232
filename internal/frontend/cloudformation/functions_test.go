package cloudformation_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// What a stack of the tests' templates is made of, beyond what concrete_test.go computes: the functions that
// AWS::LanguageExtensions adds, loops, included files, Globals and dynamic references.

// physical is what a resource's attribute comes to. The ids of EC2 are words, those of custom resources are not. Where the
// resources aren't told it is as testdata/oracle.py writes it.
func (d *deployment) physical(name, attr string) string {
	if d.resources == nil {
		return "<" + name + "." + attr + ">"
	}
	typ, _ := d.resources[name]["Type"].(string)
	if strings.HasPrefix(typ, "AWS::EC2::") {
		return "id-" + name + "." + attr
	}
	return "a," + name + "-" + attr + " b"
}

// function computes what concrete_test.go doesn't.
func (d *deployment) function(name string, arg any) (any, error) {
	args, _ := arg.([]any)
	switch name {
	case "Fn::Length":
		l, err := d.list(arg)
		return strconv.Itoa(len(l)), err
	case "Fn::ToJsonString":
		switch arg.(type) {
		case map[string]any, []any:
			return d.json(arg)
		}
		return nil, errFails
	case "Fn::ImportValue":
		texts, err := d.texts([]any{arg})
		if err != nil || len(texts) != 1 || texts[0] == "" {
			return nil, errFails
		}
		return "imported, " + texts[0], nil
	case "Fn::GetAZs":
		texts, err := d.texts([]any{arg})
		switch {
		case err != nil || len(texts) != 1:
			return nil, errFails
		case texts[0] == "" || texts[0] == d.parameters["AWS::Region"]:
			return []any{d.parameters["AWS::AvailabilityZones[0]"], d.parameters["AWS::AvailabilityZones[1]"]}, nil
		}
		return []any{"elsewhere-1"}, nil
	case "Fn::Cidr":
		texts, err := d.texts(args)
		if err != nil || len(texts) != 3 {
			return nil, errFails
		}
		return cidrs(texts[0], texts[1], texts[2])
	}
	return nil, fmt.Errorf("no function: %s %v", name, arg)
}

// cidrs computes Fn::Cidr for IPv4 with plain arithmetic.
func cidrs(block, count, bits string) (any, error) {
	var a, b, c, e, length int
	if n, _ := fmt.Sscanf(block, "%d.%d.%d.%d/%d", &a, &b, &c, &e, &length); n != 5 {
		return nil, errFails
	}
	n, err := strconv.Atoi(count)
	host, err2 := strconv.Atoi(bits)
	if err != nil || err2 != nil || n < 1 || host < 1 || 32-host < length || n > 1<<(32-length-host) {
		return nil, errFails
	}
	base := a<<24 | b<<16 | c<<8 | e
	var out []any
	for i := range n {
		at := base + i<<host
		out = append(out, fmt.Sprintf("%d.%d.%d.%d/%d", at>>24&255, at>>16&255, at>>8&255, at&255, 32-host))
	}
	return out, nil
}

// json spells a tree as Fn::ToJsonString does.
func (d *deployment) json(t tree) (string, error) {
	if name, _ := call(t); name != "" {
		v, err := d.eval(t)
		if err != nil {
			return "", err
		}
		return encode(v), nil
	}
	switch t := t.(type) {
	case map[string]any:
		var members []string
		for _, k := range sorted(t) {
			if v, err := d.eval(t[k]); err != nil {
				return "", err
			} else if v == (any)(none{}) {
				continue
			}
			text, err := d.json(t[k])
			if err != nil {
				return "", err
			}
			members = append(members, encode(k)+":"+text)
		}
		return "{" + strings.Join(members, ",") + "}", nil
	case []any:
		var items []string
		for _, x := range t {
			if v, err := d.eval(x); err != nil {
				return "", err
			} else if v == (any)(none{}) {
				continue
			}
			text, err := d.json(x)
			if err != nil {
				return "", err
			}
			items = append(items, text)
		}
		return "[" + strings.Join(items, ",") + "]", nil
	case json.Number, bool:
		if d.quotes {
			return strconv.Quote(fmt.Sprint(t)), nil
		}
		return fmt.Sprint(t), nil
	}
	return encode(t), nil
}

func encode(v any) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		panic(err)
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// include returns a tree with the files that it includes in their places.
func (d *deployment) include(t tree) tree {
	switch t := t.(type) {
	case map[string]any:
		out := map[string]any{}
		for k, v := range t {
			if k != "Fn::Transform" {
				out[k] = d.include(v)
			}
		}
		if transform, ok := t["Fn::Transform"].(map[string]any); ok {
			d.seen["Fn::Transform"]++
			location := transform["Parameters"].(map[string]any)["Location"].(string)
			for k, v := range d.files[location] {
				if _, written := out[k]; !written {
					out[k] = v
				}
			}
		}
		return out
	case []any:
		out := make([]any, len(t))
		for i, x := range t {
			out[i] = d.include(x)
		}
		return out
	}
	return t
}

// repeat returns a tree with the copies that its loops make.
func (d *deployment) repeat(t tree) (tree, error) {
	switch t := t.(type) {
	case map[string]any:
		out := map[string]any{}
		for _, k := range sorted(t) {
			if !strings.HasPrefix(k, "Fn::ForEach::") {
				v, err := d.repeat(t[k])
				if err != nil {
					return nil, err
				}
				if err := put(out, k, v); err != nil {
					return nil, err
				}
				continue
			}
			loop := t[k].([]any)
			collection, err := d.list(loop[1])
			if err != nil {
				return nil, err
			}
			for _, x := range collection {
				text, isText := x.(string)
				if !isText {
					return nil, errFails
				}
				copied, err := d.repeat(replace(loop[2], loop[0].(string), text))
				if err != nil {
					return nil, err
				}
				for name, v := range copied.(map[string]any) {
					if err := put(out, name, v); err != nil {
						return nil, err
					}
				}
			}
			d.seen[k]++
		}
		return out, nil
	case []any:
		out := make([]any, len(t))
		for i, x := range t {
			v, err := d.repeat(x)
			if err != nil {
				return nil, err
			}
			out[i] = v
		}
		return out, nil
	}
	return t, nil
}

// put adds a member that must not be there yet.
func put(m map[string]any, key string, v any) error {
	if _, taken := m[key]; taken {
		return errFails
	}
	m[key] = v
	return nil
}

var special = regexp.MustCompile(`[^a-zA-Z0-9]`)

// replace puts a text in the place of a loop's identifier.
func replace(t tree, identifier, text string) tree {
	in := func(s string) string {
		s = strings.ReplaceAll(s, "${"+identifier+"}", text)
		return strings.ReplaceAll(s, "&{"+identifier+"}", special.ReplaceAllString(text, ""))
	}
	switch t := t.(type) {
	case map[string]any:
		if len(t) == 1 && t["Ref"] == identifier {
			return text
		}
		out := map[string]any{}
		for k, v := range t {
			out[in(k)] = replace(v, identifier, text)
		}
		return out
	case []any:
		out := make([]any, len(t))
		for i, x := range t {
			out[i] = replace(x, identifier, text)
		}
		return out
	case string:
		return in(t)
	}
	return t
}

// over puts what is written over what Globals says.
func over(own, shared tree) tree {
	ownCall, _ := call(own)
	sharedCall, _ := call(shared)
	if ownCall != "" || sharedCall != "" {
		return own
	}
	switch own := own.(type) {
	case map[string]any:
		if shared, ok := shared.(map[string]any); ok {
			out := maps.Clone(shared)
			for k, v := range own {
				if s, both := shared[k]; both {
					v = over(v, s)
				}
				out[k] = v
			}
			return out
		}
	case []any:
		if shared, ok := shared.([]any); ok {
			return slices.Concat(shared, own)
		}
	}
	return own
}

// properties computes a resource's properties, as the service gets them.
func (d *deployment) properties(name string) (any, error) {
	v, err := d.eval(d.resources[name]["Properties"])
	if err != nil {
		return nil, err
	}
	if m, ok := v.(map[string]any); ok && d.resources[name]["Type"] == "AWS::StepFunctions::StateMachine" {
		if m["Definition"], err = substituteIn(m["Definition"], m["DefinitionSubstitutions"]); err != nil {
			return nil, err
		}
		d.seen["DefinitionSubstitutions"]++
	}
	return d.resolve(v), nil
}

// substituteIn puts the values of DefinitionSubstitutions in a definition.
func substituteIn(v, by any) (any, error) {
	switch v := v.(type) {
	case map[string]any:
		for k, x := range v {
			filled, err := substituteIn(x, by)
			if err != nil {
				return nil, err
			}
			v[k] = filled
		}
	case []any:
		for i, x := range v {
			filled, err := substituteIn(x, by)
			if err != nil {
				return nil, err
			}
			v[i] = filled
		}
	case string:
		substitutions, _ := by.(map[string]any)
		var failed error
		filled := hole.ReplaceAllStringFunc(v, func(s string) string {
			with, known := substitutions[s[2:len(s)-1]]
			text, isText := with.(string)
			switch {
			case !known:
				return s
			case !isText:
				failed = errFails
			}
			return text
		})
		return filled, failed
	}
	return v, nil
}

var reference = regexp.MustCompile(`\{\{resolve:ssm:[^}]*\}\}`)

// resolve puts the values of dynamic references in their places.
func (d *deployment) resolve(v any) any {
	switch v := v.(type) {
	case map[string]any:
		out := map[string]any{}
		for k, x := range v {
			out[k] = d.resolve(x)
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i, x := range v {
			out[i] = d.resolve(x)
		}
		return out
	case string:
		if reference.MatchString(v) {
			d.seen["{{resolve}}"]++
		}
		return reference.ReplaceAllString(v, "stored, 1")
	}
	return v
}

// members computes the functions of rules.
func (d *deployment) members(name string, args []any) (bool, error) {
	a, err := d.eval(args[0])
	if err != nil {
		return false, err
	}
	b, err := d.eval(args[1])
	if err != nil {
		return false, err
	}
	list, isList := a.([]any)
	if !isList {
		return false, errFails
	}
	switch name {
	case "Fn::Contains":
		return slices.Contains(list, b), nil
	case "Fn::EachMemberEquals":
		return !slices.ContainsFunc(list, func(x any) bool { return x != b }), nil
	}
	allowed, isList := b.([]any)
	if !isList {
		return false, errFails
	}
	return !slices.ContainsFunc(list, func(x any) bool { return !slices.Contains(allowed, x) }), nil
}

// permitted reports whether rules permit the parameters of a deployment.
func (d *deployment) permitted(rules map[string]any) (bool, error) {
	for _, r := range rules {
		r := r.(map[string]any)
		if c, ok := r["RuleCondition"]; ok {
			applies, err := d.holds(c)
			if err != nil {
				return false, err
			}
			if !applies {
				continue
			}
		}
		for _, a := range r["Assertions"].([]any) {
			holds, err := d.holds(a.(map[string]any)["Assert"])
			if err != nil || !holds {
				return false, err
			}
		}
	}
	return true, nil
}
