package terraform

import (
	"crypto/md5"  // md5() of Terraform's language, not a defence
	"crypto/sha1" // sha1() of Terraform's language, not a defence
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"net/url"
	"path"
	"strings"
	"unicode/utf8"

	ctyyaml "github.com/zclconf/go-cty-yaml"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
	"github.com/zclconf/go-cty/cty/function/stdlib"
)

// functions returns those of Terraform's functions that compute something of what is known:
// https://developer.hashicorp.com/terraform/language/functions
// What is random, or depends on the time or the machine, is not among them.
func functions() map[string]function.Function {
	return map[string]function.Function{
		"abs":          stdlib.AbsoluteFunc,
		"alltrue":      everyBool(func(all, _ bool) bool { return all }),
		"anytrue":      everyBool(func(_, some bool) bool { return some }),
		"base64decode": textFunction(decodeBase64),
		"base64encode": textFunction(func(s string) (string, error) { return base64.StdEncoding.EncodeToString([]byte(s)), nil }),
		"base64sha256": textFunction(func(s string) (string, error) {
			h := sha256.Sum256([]byte(s))
			return base64.StdEncoding.EncodeToString(h[:]), nil
		}),
		"base64sha512": textFunction(func(s string) (string, error) {
			h := sha512.Sum512([]byte(s))
			return base64.StdEncoding.EncodeToString(h[:]), nil
		}),
		"basename":        textFunction(func(s string) (string, error) { return path.Base(s), nil }),
		"ceil":            stdlib.CeilFunc,
		"chomp":           stdlib.ChompFunc,
		"chunklist":       stdlib.ChunklistFunc,
		"cidrhost":        cidrFunction(1, cidrHost),
		"cidrnetmask":     cidrFunction(0, cidrNetmask),
		"cidrsubnet":      cidrFunction(2, cidrSubnet),
		"cidrsubnets":     cidrSubnets(),
		"csvdecode":       stdlib.CSVDecodeFunc,
		"dirname":         textFunction(func(s string) (string, error) { return path.Dir(s), nil }),
		"endswith":        textTest(strings.HasSuffix),
		"floor":           stdlib.FloorFunc,
		"formatdate":      stdlib.FormatDateFunc,
		"indent":          stdlib.IndentFunc,
		"index":           indexOf(),
		"log":             stdlib.LogFunc,
		"lower":           stdlib.LowerFunc,
		"matchkeys":       matchKeys(),
		"max":             stdlib.MaxFunc,
		"md5":             textFunction(func(s string) (string, error) { h := md5.Sum([]byte(s)); return hex.EncodeToString(h[:]), nil }),
		"min":             stdlib.MinFunc,
		"parseint":        stdlib.ParseIntFunc,
		"pow":             stdlib.PowFunc,
		"range":           stdlib.RangeFunc,
		"regex":           stdlib.RegexFunc,
		"regexall":        stdlib.RegexAllFunc,
		"replace":         replaceText(),
		"setintersection": stdlib.SetIntersectionFunc,
		"setproduct":      stdlib.SetProductFunc,
		"setsubtract":     stdlib.SetSubtractFunc,
		"sha1":            textFunction(func(s string) (string, error) { h := sha1.Sum([]byte(s)); return hex.EncodeToString(h[:]), nil }),
		"sha256":          textFunction(func(s string) (string, error) { h := sha256.Sum256([]byte(s)); return hex.EncodeToString(h[:]), nil }),
		"sha512":          textFunction(func(s string) (string, error) { h := sha512.Sum512([]byte(s)); return hex.EncodeToString(h[:]), nil }),
		"signum":          stdlib.SignumFunc,
		"sort":            stdlib.SortFunc,
		"split":           stdlib.SplitFunc,
		"startswith":      textTest(strings.HasPrefix),
		"strcontains":     textTest(strings.Contains),
		"strrev":          stdlib.ReverseFunc,
		"substr":          stdlib.SubstrFunc,
		"sum":             sumOf(),
		"timeadd":         stdlib.TimeAddFunc,
		"timecmp":         compareTimes(),
		"title":           stdlib.TitleFunc,
		"tobool":          stdlib.MakeToFunc(cty.Bool),
		"tonumber":        stdlib.MakeToFunc(cty.Number),
		"transpose":       transpose(),
		"trim":            stdlib.TrimFunc,
		"trimprefix":      stdlib.TrimPrefixFunc,
		"trimspace":       stdlib.TrimSpaceFunc,
		"trimsuffix":      stdlib.TrimSuffixFunc,
		"upper":           stdlib.UpperFunc,
		"urlencode":       textFunction(func(s string) (string, error) { return url.QueryEscape(s), nil }),
		"urldecode":       textFunction(url.QueryUnescape),
		"uuidv5":          uuidFunction(),
		"yamldecode":      ctyyaml.YAMLDecodeFunc,
		"yamlencode":      ctyyaml.YAMLEncodeFunc,
	}
}

// textFunction makes a function of one text to another.
func textFunction(f func(string) (string, error)) function.Function {
	return function.New(&function.Spec{
		Params: []function.Parameter{{Name: "text", Type: cty.String}},
		Type:   function.StaticReturnType(cty.String),
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
			s, err := f(args[0].AsString())
			return cty.StringVal(s), err
		},
	})
}

// textTest makes a function of two texts to a boolean.
func textTest(f func(s, t string) bool) function.Function {
	return function.New(&function.Spec{
		Params: []function.Parameter{{Name: "text", Type: cty.String}, {Name: "part", Type: cty.String}},
		Type:   function.StaticReturnType(cty.Bool),
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
			return cty.BoolVal(f(args[0].AsString(), args[1].AsString())), nil
		},
	})
}

func decodeBase64(s string) (string, error) {
	b, err := base64.StdEncoding.DecodeString(s)
	if err == nil && !utf8.Valid(b) {
		err = errors.New("what it decodes to is no text")
	}
	return string(b), err
}

// everyBool makes alltrue or anytrue: of booleans, or texts that spell them. Null is false.
func everyBool(result func(all, some bool) bool) function.Function {
	return function.New(&function.Spec{
		Params: []function.Parameter{{Name: "list", Type: cty.List(cty.Bool)}},
		Type:   function.StaticReturnType(cty.Bool),
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
			all, some := true, false
			for it := args[0].ElementIterator(); it.Next(); {
				_, e := it.Element()
				if !e.IsNull() && e.True() {
					some = true
				} else {
					all = false
				}
			}
			return cty.BoolVal(result(all, some)), nil
		},
	})
}

func sumOf() function.Function {
	return function.New(&function.Spec{
		Params: []function.Parameter{{Name: "list", Type: cty.List(cty.Number)}},
		Type:   function.StaticReturnType(cty.Number),
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
			if args[0].LengthInt() == 0 {
				return cty.NilVal, errors.New("it is the sum of nothing")
			}
			total := cty.Zero
			for it := args[0].ElementIterator(); it.Next(); {
				_, e := it.Element()
				if e.IsNull() {
					return cty.NilVal, errors.New("null can't be added")
				}
				total = total.Add(e)
			}
			return total, nil
		},
	})
}

// indexOf makes index(list, value): the place of a value in a list.
func indexOf() function.Function {
	return function.New(&function.Spec{
		Params: []function.Parameter{
			{Name: "list", Type: cty.DynamicPseudoType},
			{Name: "value", Type: cty.DynamicPseudoType, AllowNull: true},
		},
		Type: function.StaticReturnType(cty.Number),
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
			if ty := args[0].Type(); !ty.IsListType() && !ty.IsTupleType() {
				return cty.NilVal, errors.New("it is no list")
			}
			for it := args[0].ElementIterator(); it.Next(); {
				i, e := it.Element()
				if same := e.Equals(args[1]); same.IsKnown() && same.True() {
					return i, nil
				}
			}
			return cty.NilVal, errors.New("the value is not in the list")
		},
	})
}

// matchKeys makes matchkeys(values, keys, wanted): the values whose key is wanted.
func matchKeys() function.Function {
	list := cty.List(cty.DynamicPseudoType)
	return function.New(&function.Spec{
		Params: []function.Parameter{{Name: "values", Type: list}, {Name: "keys", Type: list}, {Name: "wanted", Type: list}},
		Type:   func(args []cty.Value) (cty.Type, error) { return args[0].Type(), nil },
		Impl: func(args []cty.Value, ret cty.Type) (cty.Value, error) {
			if args[0].LengthInt() != args[1].LengthInt() {
				return cty.NilVal, errors.New("there are not as many keys as values")
			}
			var out []cty.Value
			values := args[0].AsValueSlice()
			for i, k := range args[1].AsValueSlice() {
				for _, w := range args[2].AsValueSlice() {
					if same := k.Equals(w); same.IsKnown() && same.True() {
						out = append(out, values[i])
						break
					}
				}
			}
			if len(out) == 0 {
				return cty.ListValEmpty(ret.ElementType()), nil
			}
			return cty.ListVal(out), nil
		},
	})
}

// replaceText makes replace(text, part, by), where a part between slashes is a regular expression.
func replaceText() function.Function {
	return function.New(&function.Spec{
		Params: []function.Parameter{{Name: "text", Type: cty.String}, {Name: "part", Type: cty.String}, {Name: "by", Type: cty.String}},
		Type:   function.StaticReturnType(cty.String),
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
			part := args[1].AsString()
			if len(part) > 1 && part[0] == '/' && part[len(part)-1] == '/' {
				return stdlib.RegexReplace(args[0], cty.StringVal(part[1:len(part)-1]), args[2])
			}
			return cty.StringVal(strings.ReplaceAll(args[0].AsString(), part, args[2].AsString())), nil
		},
	})
}
