package value_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/vpclint/vpclint/internal/value"
)

// holds reports whether a value may be what encoding/json has read.
func holds(v value.Value, want any) bool {
	switch v.Kind() {
	case value.KindOpaque, value.KindSymbol:
		return true
	case value.KindAbsent:
		return want == nil
	case value.KindScalar:
		s, _ := v.Scalar()
		if n, ok := want.(json.Number); ok {
			canonical, _ := value.NumberOf(n.String())
			return s == canonical
		}
		return s == want
	case value.KindText:
		pattern := ""
		for _, part := range v.Parts() {
			if s, known := part.AsString(); known {
				pattern += regexp.QuoteMeta(s)
			} else {
				pattern += `[\s\S]*`
			}
		}
		text, ok := want.(string)
		return ok && regexp.MustCompile("^"+pattern+"$").MatchString(text)
	case value.KindList:
		return listHolds(v, want)
	case value.KindObject:
		return objectHolds(v, want)
	}
	return false
}

func listHolds(v value.Value, want any) bool {
	elems, ok := want.([]any)
	if !ok || !v.Open() && len(elems) != len(v.Elems()) {
		return false
	}
	at := 0
	for _, e := range v.Elems() {
		for v.Open() && at < len(elems) && !holds(e, elems[at]) {
			at++
		}
		if at == len(elems) {
			return v.Open() && e.Kind() == value.KindOpaque
		}
		if !holds(e, elems[at]) {
			return false
		}
		at++
	}
	return true
}

func objectHolds(v value.Value, want any) bool {
	fields, ok := want.(map[string]any)
	if !ok {
		return false
	}
	for _, f := range v.Fields() {
		last, _ := v.Field(f.Name)
		if got, ok := fields[f.Name]; !ok || !holds(last.Value, got) {
			return false
		}
	}
	for name := range fields {
		if _, known := v.Field(name); !known && !v.Open() {
			return false
		}
	}
	return true
}

// parse reads a document as encoding/json does.
func parse(text string) (any, bool) {
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	var doc any
	if !json.Valid([]byte(text)) || d.Decode(&doc) != nil {
		return nil, false
	}
	kind := reflect.TypeOf(doc)
	return doc, kind != nil && (kind.Kind() == reflect.Map || kind.Kind() == reflect.Slice)
}

// repeats reports whether some object of a text has a name twice, which an unknown part is taken not to make.
func repeats(text string) bool {
	d := json.NewDecoder(strings.NewReader(text))
	var objects []map[string]bool
	name := []bool{false} // for each level, whether a name comes next
	for {
		token, err := d.Token()
		if err != nil {
			return false
		}
		top := len(name) - 1
		switch token {
		case json.Delim('{'), json.Delim('['):
			name[top] = len(objects) > 0 && objects[len(objects)-1] != nil
			var seen map[string]bool
			if token == json.Delim('{') {
				seen = map[string]bool{}
			}
			objects, name = append(objects, seen), append(name, seen != nil)
			continue
		case json.Delim('}'), json.Delim(']'):
			objects, name = objects[:len(objects)-1], name[:top]
			continue
		}
		if len(objects) == 0 || objects[len(objects)-1] == nil {
			continue
		}
		if name[top] {
			key, _ := token.(string)
			if objects[len(objects)-1][key] {
				return true
			}
			objects[len(objects)-1][key] = true
		}
		name[top] = !name[top]
	}
}

// quotes reports whether some part of a template stands within quotes, and whether some part is a member's value.
func quotes(template []byte) (quoted, valued bool) {
	in := false
	for i, c := range template {
		switch {
		case c == '"' && (i == 0 || template[i-1] != '\\'):
			in = !in
		case c == '$' && in:
			quoted = true
		case c == '$' && bytes.HasSuffix(bytes.TrimRight(template[:i], " \t\r\n"), []byte(":")):
			valued = true
		}
	}
	return quoted, valued
}

// What a text with unknown parts spells holds what it spells once they are known; a known text spells what encoding/json
// reads in it.
func FuzzFromJSON(f *testing.F) {
	for _, seed := range []string{
		`{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Resource": ["arn:aws:s3:::$/*", "x"]}]}`,
		`{"a": [$], "b": $, "c": {$ "d": 1}, "e": [1, $ 2], "$": 3, "f": 1$}`, `["$"]`, `{"a": "\u00e9\\$\n"}`, `[[[[]]]]`, `[1.50, -0, 1e9, true]`,
	} {
		for fill := range uint8(6) {
			f.Add(seed, fill)
		}
	}
	fills := []string{"x", "12", `"q"`, `"q", "r"`, "", `, "k": 1`}
	f.Fuzz(func(t *testing.T, template string, which uint8) {
		if strings.ContainsAny(template, "\x00\uFFFD") || len(template) > 10_000 {
			return
		}
		fill := fills[int(which)%len(fills)]
		quoted, valued := quotes([]byte(template))
		if quoted && strings.ContainsAny(fill, `"`) || valued && strings.ContainsAny(fill, ",") {
			return
		}
		var parts []value.Value
		for i, piece := range strings.Split(template, "$") {
			if i > 0 {
				parts = append(parts, value.OfOpaque("it is unknown"))
			}
			parts = append(parts, value.OfString(piece))
		}
		got := value.OfText(parts...).FromJSON()
		want, isDocument := parse(strings.ReplaceAll(template, "$", fill))
		read := got.Kind() == value.KindList || got.Kind() == value.KindObject
		known := !strings.Contains(template, "$")
		switch {
		case read && known && !isDocument:
			t.Errorf("%q is no document, but reads %s", template, spelt(got))
		case isDocument && !known && repeats(strings.ReplaceAll(template, "$", fill)):
		case isDocument && read && !holds(got, want):
			t.Errorf("%q with %q is %v, but reads %s", template, fill, want, spelt(got))
		case isDocument && known && !read && strings.Count(template, "[")+strings.Count(template, "{") < 200 && !hugeNumber(want):
			t.Errorf("%q is %v, but isn't read", template, want)
		}
	})
}

// hugeNumber reports whether a document has a number that no value holds.
func hugeNumber(doc any) bool {
	for _, word := range regexp.MustCompile(`[-0-9.eE+]+`).FindAllString(fmt.Sprint(doc), -1) {
		if _, ok := value.NumberOf(word); !ok {
			return true
		}
	}
	return false
}
