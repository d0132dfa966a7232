package terraform

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A number that a conditional or a list has made a text of differs from the number: what terraform console answers.
func TestOneType(t *testing.T) {
	cases := map[string][2]string{
		"scalar":         {`(true ? 1 : "a") == "1"`, `true`},
		"scalar_number":  {`sha1(tostring(true ? 1 : "a")) == sha1("1")`, `true`},
		"beside_null":    {`(true ? 1 : null) == 1`, `true`},
		"numbers":        {`(true ? [1] : [2])[0] == 1`, `true`},
		"tuple":          {`(true ? [1, "b"] : [2, "c"])[0] == "1"`, `one of {(true ? [1, "b"] : [2, "c"])[0] == "1" is true => true; (true ? [1, "b"] : [2, "c"])[0] == "1" is false => false}`},
		"longer":         {`(true ? [1] : ["a", "b"])[0] == "1"`, `true`},
		"map":            {`(true ? { a = 1 } : { b = "x" }).a == "1"`, `true`},
		"object":         {`(true ? { a = 1 } : { a = "x" }).a == "1"`, `true`},
		"tolist":         {`tolist([1, "a"])[0] == "1"`, `true`},
		"tomap":          {`tomap({ a = true, b = "x" }).a == "true"`, `true`},
		"beside_unknown": {`sha1(jsonencode(true ? [1] : var.u))`, `?`},
		"attribute":      {`sha1(jsonencode(aws_s.s.tags))`, `?(aws_s.s.tags)`},
		"inconsistent":   {`try(true ? 1 : false, "it fails")`, `"it fails"`},
		"set":            {`[for k, v in (true ? ["b", "a"] : toset(["c"])) : v]`, `set["b", "a"]`},
		"set_index":      {`try(toset(["a"])[0], "it fails")`, `one of {can(toset(["a"])[0]) is true => "a"; can(toset(["a"])[0]) is false => "it fails"}`},
		"fraction":       {`"${10 / 4} ${1 / 3}"`, `"2.5 ${?}"`},
		"round":          {`floor(10 / 3)`, `3`},
	}
	attrs, want := map[string]string{}, map[string]string{}
	for name, c := range cases {
		attrs[name], want[name] = c[0], c[1]
	}
	if diff := cmp.Diff(want, propsOf(t, attrs, nil)); diff != "" {
		t.Error(diff)
	}
}
