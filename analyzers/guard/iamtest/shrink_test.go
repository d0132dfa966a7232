package iamtest

import (
	"encoding/json"
	"slices"
	"strings"
)

// shrink returns the smallest documents that it comes to of those for which something is still wrong.
func shrink(d documents, wrong func(documents) bool) documents {
	for {
		smaller, found := documents{}, false
		for _, candidate := range d.smaller() {
			if wrong(candidate) {
				smaller, found = candidate, true
				break
			}
		}
		if !found {
			return d
		}
		d = smaller
	}
}

// smaller returns documents with one thing less.
func (d documents) smaller() (out []documents) {
	with := func(change func(*documents)) {
		c := documents{grants: slices.Clone(d.grants)}
		for _, level := range d.bounds {
			c.bounds = append(c.bounds, slices.Clone(level))
		}
		change(&c)
		out = append(out, c)
	}
	for i := range d.bounds {
		with(func(c *documents) { c.bounds = slices.Delete(c.bounds, i, i+1) })
		for j, text := range d.bounds[i] {
			with(func(c *documents) { c.bounds[i] = slices.Delete(c.bounds[i], j, j+1) })
			for _, less := range lessText(text) {
				with(func(c *documents) { c.bounds[i][j] = less })
			}
		}
	}
	for j, text := range d.grants {
		with(func(c *documents) { c.grants = slices.Delete(c.grants, j, j+1) })
		for _, less := range lessText(text) {
			with(func(c *documents) { c.grants[j] = less })
		}
	}
	return out
}

// lessText returns a document's text with one thing less.
func lessText(text string) (out []string) {
	var doc map[string]any
	if json.Unmarshal([]byte(text), &doc) != nil {
		return nil
	}
	statements, list := doc["Statement"].([]any)
	if !list {
		statements = []any{doc["Statement"]}
	}
	say := func(statements []any, version any) {
		less := map[string]any{"Statement": statements}
		if version != nil {
			less["Version"] = version
		}
		b, err := json.Marshal(less)
		if err == nil && len(b) < len(text) {
			out = append(out, string(b))
		}
	}
	if !strings.Contains(text, "${") {
		say(statements, nil)
	}
	for i, s := range statements {
		say(slices.Delete(slices.Clone(statements), i, i+1), doc["Version"])
		for _, less := range lessStatement(s.(map[string]any)) {
			changed := slices.Clone(statements)
			changed[i] = less
			say(changed, doc["Version"])
		}
	}
	return out
}

func lessStatement(s map[string]any) (out []map[string]any) {
	with := func(change func(s map[string]any)) {
		c := map[string]any{}
		for name, v := range s {
			c[name] = v
		}
		change(c)
		out = append(out, c)
	}
	for _, name := range []string{"Action", "Resource"} {
		with(func(s map[string]any) { delete(s, "Not"+name); s[name] = "*" })
		for _, name := range []string{name, "Not" + name} {
			for _, less := range lessList(s[name]) {
				with(func(s map[string]any) { s[name] = less })
			}
		}
	}
	conditions, _ := s["Condition"].(map[string]any)
	if len(conditions) == 0 {
		with(func(s map[string]any) { delete(s, "Condition") })
	}
	for operator, keys := range conditions {
		for key, values := range keys.(map[string]any) {
			replaced := func(instead any) {
				with(func(s map[string]any) {
					all := map[string]any{}
					for o, ks := range conditions {
						some := map[string]any{}
						for k, v := range ks.(map[string]any) {
							if o != operator || k != key {
								some[k] = v
							} else if instead != nil {
								some[k] = instead
							}
						}
						if len(some) > 0 {
							all[o] = some
						}
					}
					s["Condition"] = all
				})
			}
			replaced(nil)
			for _, less := range lessList(values) {
				replaced(less)
			}
		}
	}
	return out
}

// lessList returns a list without one of its members, and the only one of a list as it is.
func lessList(v any) (out []any) {
	list, _ := v.([]any)
	if len(list) == 1 {
		return list
	}
	for i := range list {
		out = append(out, slices.Delete(slices.Clone(list), i, i+1))
	}
	return out
}
