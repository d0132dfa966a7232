package terraform

import (
	"encoding/base64"
	"math/rand/v2"
	"path"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/unicode"
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

// calls are calls of Terraform's functions whose arguments the soundness test makes up: T is a text, N a number, B a
// boolean, L a list and O an object.
var calls = []string{
	"abs(N)", "alltrue([B, B])", "anytrue([B, B])", "base64decode(T)", "base64encode(T)", "base64sha256(T)", "base64sha512(T)",
	"basename(T)", `basename("${T}/a/${T}")`, `basename("${T}/x")`, "can(T)", "ceil(N)", "chomp(T)", "chunklist(L, N)",
	`cidrhost("10.0.0.0/16", N)`, `cidrnetmask("10.0.0.0/16")`, `cidrsubnet("10.0.0.0/16", 8, N)`, `cidrsubnets("10.0.0.0/16", 4, N)`,
	"coalesce(T, T, T)", "coalescelist(L, L)", "compact(L)", "concat(L, L)", "contains(L, T)", "csvdecode(T)", "dirname(T)",
	"distinct(L)", "element(L, N)", "endswith(T, T)", "flatten([L, [L]])", "floor(N)", `format("%s-%v-%d", T, L, N)`,
	`formatlist("%s-%s", L, T)`, "indent(N, T)", "index(L, T)", `join(T, L)`, "jsondecode(T)", "jsonencode(O)", "keys(O)", "length(L)",
	"length(O)", "lookup(O, T, T)", "lower(T)", "matchkeys(L, L, L)", "max(N, N)", "md5(T)", "merge(O, O)", "min(N, N)", "one(L)",
	`parseint(T, 10)`, "pow(N, 2)", "range(N)", `regex("[a-z]", T)`, `regexall("[a-z]", T)`, "replace(T, T, T)", "reverse(L)",
	"setintersection(L, L)", "setproduct(L, L)", "setsubtract(L, L)", "setunion(L, L)", "sha1(T)", "sha256(T)", "sha512(T)", "signum(N)",
	"slice(L, 0, N)", "sort(L)", "split(T, T)", "startswith(T, T)", "strcontains(T, T)", "strrev(T)", "substr(T, 0, N)", "sum([N, N])",
	`textencodebase64(T, "UTF-16LE")`, `textdecodebase64(textencodebase64(T, "UTF-16BE"), "UTF-16BE")`, `textdecodebase64(T, "UTF-8")`,
	`timecmp("2020-01-01T00:00:00Z", T)`, "title(T)", "tobool(T)", "tolist(L)", "tomap(O)", "tonumber(T)", "toset(L)", "tostring(N)",
	"transpose(O)", "transpose({ a = L, b = L })", "trim(T, T)", "trimprefix(T, T)", "trimspace(T)", "trimsuffix(T, T)", "try(T, T)",
	"upper(T)", "urldecode(T)", "urlencode(T)", `uuidv5("dns", T)`, "uuidv5(T, T)", "values(O)", "yamldecode(T)", "yamlencode(O)",
	"zipmap(L, L)", "pathexpand(T)", "setproduct([T, T], [T])", "cidrsubnets(T, 4, 4)", `replace("a<R>b<R>", "<R>", T)`,
	"merge(B ? O : null, B ? O : null, B ? O : null, B ? O : null, B ? O : null, B ? O : null)",
	`try(merge(B ? O : null, B ? O : null, B ? O : null, B ? O : null, B ? O : null, B ? O : null).a, T)`,
	`merge([for v in L : B ? { (T) = v, a = T } : { a = v }]...)`,
	`templatestring("$${a}-%%{ if b }x%%{ else }$${upper(a)}%%{ endif }", { a = T, b = B })`,
	`templatestring("$${join(\"-\", [for v in l : b ? v : \"n\"])}", { l = L, b = B })`, `templatestring("$${a}", { a = O }).a`,
	`templatestring("$${a}$${c}", { a = T, b = T })`, `templatestring("$${a ? 1 : 2}", { a = B }) == templatestring("$${a ? 1 : 2}", { a = B })`,
}

func TestFunctionsAreSound(t *testing.T) {
	const rounds = 30
	s := newSoundness()
	for name, f := range independent() {
		s.functions[name] = f
	}
	samples, failures := 0, 0
	for i, call := range calls {
		for seed := range uint64(rounds) {
			g := &grammar{r: rand.New(rand.NewPCG(seed, uint64(i)))}
			expr := g.filled(call, int(seed%3))
			n, err := s.check(expr, seed, 5)
			samples += n
			if err != nil {
				t.Errorf("%s, seed %d: %v", call, seed, err)
				if failures++; failures > 10 {
					t.FailNow()
				}
			}
		}
	}
	t.Logf("%d samples", samples)
}

// filled replaces the letters of a call by expressions.
func (g *grammar) filled(call string, depth int) string {
	var b strings.Builder
	for i := range len(call) {
		before := i == 0 || strings.IndexByte("([{, $", call[i-1]) >= 0
		after := i+1 == len(call) || strings.IndexByte(")]}, ", call[i+1]) >= 0
		of := map[byte]func(int) string{'T': g.text, 'N': g.number, 'B': g.boolean, 'L': g.list, 'O': g.object}[call[i]]
		if of == nil || !before || !after {
			b.WriteByte(call[i])
			continue
		}
		b.WriteString(of(depth))
	}
	return b.String()
}

// independent are functions over known values that are written another way than those of the evaluator.
func independent() map[string]function.Function {
	charset := func(name string) (encoding.Encoding, bool) {
		e, ok := map[string]encoding.Encoding{
			"UTF-8": unicode.UTF8, "UTF-16LE": unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM),
			"UTF-16BE": unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM),
		}[name]
		return e, ok
	}
	coding := func(f func(string, encoding.Encoding) (string, error)) function.Function {
		return function.New(&function.Spec{
			Params: []function.Parameter{{Name: "text", Type: cty.String}, {Name: "charset", Type: cty.String}},
			Type:   function.StaticReturnType(cty.String),
			Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
				e, _ := charset(args[1].AsString())
				s, err := f(args[0].AsString(), e)
				return cty.StringVal(s), err
			},
		})
	}
	return map[string]function.Function{
		"textencodebase64": coding(func(s string, e encoding.Encoding) (string, error) {
			b, err := e.NewEncoder().String(s)
			return base64.StdEncoding.EncodeToString([]byte(b)), err
		}),
		"textdecodebase64": coding(func(s string, e encoding.Encoding) (string, error) {
			b, err := base64.StdEncoding.DecodeString(s)
			if err != nil {
				return "", err
			}
			return e.NewDecoder().String(string(b))
		}),
		"basename": textFunction(func(s string) (string, error) { return path.Base(s), nil }),
		"templatestring": function.New(&function.Spec{
			Params: []function.Parameter{{Name: "text", Type: cty.String}, {Name: "vars", Type: cty.DynamicPseudoType}},
			Type:   function.StaticReturnType(cty.DynamicPseudoType),
			Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
				e, diags := hclsyntax.ParseTemplate([]byte(args[0].AsString()), "template", hcl.InitialPos)
				if diags.HasErrors() {
					return cty.NilVal, diags
				}
				v, diags := e.Value(&hcl.EvalContext{Variables: args[1].AsValueMap(), Functions: concreteFunctions()})
				if diags.HasErrors() {
					return cty.NilVal, diags
				}
				return v, nil
			},
		}),
		"pathexpand": textFunction(func(s string) (string, error) { return s, nil }),
	}
}
