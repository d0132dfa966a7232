package terraform

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestFunctions compares what functions make of known values with the examples of their documentation:
// https://developer.hashicorp.com/terraform/language/functions
func TestFunctions(t *testing.T) {
	cases := map[string][2]string{
		"base64sha512":     {`base64sha512("hello world")`, `"MJ7MSJwS1utMxA9QyQLytNDtd+5RGnx6m808qG1M2G+YndNbxf9JlnDaNCVbRbDP2DDoH2Bdz33FVC6TrpzXbw=="`},
		"basename":         {`basename("foo/bar/baz.txt")`, `"baz.txt"`},
		"basename_slash":   {`basename("foo/bar/")`, `"bar"`},
		"basename_partly":  {`basename("${aws_s.s.id}/x/y.json")`, `"y.json"`},
		"basename_unknown": {`basename("${aws_s.s.id}.json")`, `?(aws_s.s.id)`},
		"pathexpand":       {`pathexpand("a/b")`, `"a/b"`},
		"pathexpand_home":  {`pathexpand("~/.ssh/id_rsa")`, `?`},
		"encode":           {`textencodebase64("Hello World", "UTF-16LE")`, `"SABlAGwAbABvACAAVwBvAHIAbABkAA=="`},
		"decode":           {`textdecodebase64("SABlAGwAbABvACAAVwBvAHIAbABkAA==", "UTF-16LE")`, `"Hello World"`},
		"decode_utf8":      {`textdecodebase64(textencodebase64("aé😀", "utf-8"), "UTF-8")`, `"aé😀"`},
		"decode_other":     {`textdecodebase64("gQ==", "Shift_JIS")`, `?`},
		"decode_invalid":   {`try(textdecodebase64("?", "UTF-8"), "it fails")`, `"it fails"`},
		"timecmp":          {`timecmp("2017-11-22T01:00:00Z", "2017-11-22T00:00:00-01:00")`, `0`},
		"timecmp_less":     {`timecmp("2017-11-22T00:00:00Z", "2017-11-22T01:00:00Z")`, `-1`},
		"transpose":        {`transpose({ a = ["1", "2"], b = ["2", "3"] })`, `{1: ["a"], 2: ["a", "b"], 3: ["b"]}`},
		"uuidv5":           {`uuidv5("dns", "www.terraform.io")`, `"a5008fae-b28c-5ba5-96cd-82b4c53552d6"`},
		"uuidv5_again":     {`uuidv5("6ba7b810-9dad-11d1-80b4-00c04fd430c8", "www.terraform.io") == uuidv5("dns", "www.terraform.io")`, `true`},
		"urldecode":        {`urldecode("a%20b+c")`, `"a b c"`},
		"gunzip":           {`base64gunzip("H4sIAJnSAGsC/8tIzcnJ5wIAIDA6NgYAAAA=")`, "\"hello\n\""},
		"timestamp":        {`timestamp()`, `?`},
		"uuid":             {`uuid()`, `?`},
		"bcrypt":           {`bcrypt(aws_s.s.id)`, `?(aws_s.s.id)`},
		"gzip":             {`base64gzip(aws_s.s.id)`, `?(aws_s.s.id)`},
		"rsadecrypt":       {`rsadecrypt(aws_s.s.id, "key")`, `?(aws_s.s.id)`},
		"issensitive":      {`issensitive(aws_s.s.id)`, `?(aws_s.s.id)`},
		"of_provider":      {`provider::aws::arn_build("aws", "s3", "", "", aws_s.s.id)`, `?(aws_s.s.id)`},
		"core":             {`core::upper("x")`, `"X"`},
		"nobody":           {`no_such_function(aws_s.s.id)`, `?(aws_s.s.id)`},
	}
	attrs, want := map[string]string{}, map[string]string{}
	for name, c := range cases {
		attrs[name], want[name] = c[0], c[1]
	}
	got := propsOf(t, attrs, nil)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// A join of nothing but an id is that id, as modules return what they may not make.
func TestJoinOfOne(t *testing.T) {
	out := loadFiles(t, map[string]string{"main.tf": `
resource "aws_vpc" "main" {
  count = 1
}
resource "aws_x" "y" {
  one  = join("", aws_vpc.main.*.id)
  none = join("", [])
  more = join("-", [aws_vpc.main[0].id, "a"])
}
`})
	props := find(t, out, "aws_x.y").Props
	if got := show(props); got != `{one: <aws_vpc.main[0].id>, none: "", more: "${<aws_vpc.main[0].id>}-a"}` {
		t.Error(got)
	}
}
