package terraform

import (
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"path"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/ext/tryfunc"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"
	"github.com/zclconf/go-cty/cty/function"
	"github.com/zclconf/go-cty/cty/function/stdlib"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/unicode"
)

// concreteFunctions are Terraform's functions over known values: those that the evaluator computes with, and independent
// ones for those that it has its own abstract form of.
func concreteFunctions() map[string]function.Function {
	fs := functions()
	for name, f := range independent() {
		fs[name] = f
	}
	for name, f := range readers() {
		fs[name] = f
	}
	dyn := function.Parameter{Name: "v", Type: cty.DynamicPseudoType, AllowNull: true, AllowDynamicType: true}
	same := function.New(&function.Spec{
		Params: []function.Parameter{dyn},
		Type:   func(args []cty.Value) (cty.Type, error) { return args[0].Type(), nil },
		Impl:   func(args []cty.Value, _ cty.Type) (cty.Value, error) { return args[0], nil },
	})
	for name, f := range map[string]function.Function{
		"concat": stdlib.ConcatFunc, "flatten": stdlib.FlattenFunc, "merge": stdlib.MergeFunc, "element": stdlib.ElementFunc,
		"keys": stdlib.KeysFunc, "values": stdlib.ValuesFunc, "coalescelist": stdlib.CoalesceListFunc, "compact": stdlib.CompactFunc,
		"distinct": stdlib.DistinctFunc, "contains": stdlib.ContainsFunc, "reverse": stdlib.ReverseListFunc, "slice": stdlib.SliceFunc,
		"zipmap": stdlib.ZipmapFunc, "setunion": stdlib.SetUnionFunc, "join": stdlib.JoinFunc, "format": stdlib.FormatFunc,
		"formatlist": stdlib.FormatListFunc, "jsonencode": stdlib.JSONEncodeFunc, "jsondecode": stdlib.JSONDecodeFunc,
		"toset": stdlib.MakeToFunc(cty.Set(cty.DynamicPseudoType)), "tolist": stdlib.MakeToFunc(cty.List(cty.DynamicPseudoType)),
		"tomap": stdlib.MakeToFunc(cty.Map(cty.DynamicPseudoType)), "tostring": stdlib.MakeToFunc(cty.String),
		"try": tryfunc.TryFunc, "can": tryfunc.CanFunc,
		"sensitive": same, "nonsensitive": same, "ephemeralasnull": same,
		"length": function.New(&function.Spec{
			Params: []function.Parameter{{Name: "v", Type: cty.DynamicPseudoType}},
			Type:   function.StaticReturnType(cty.Number),
			Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
				if args[0].Type() == cty.String {
					return stdlib.Strlen(args[0])
				}
				if !args[0].CanIterateElements() {
					return cty.NilVal, errors.New("it has no length")
				}
				return cty.NumberIntVal(int64(args[0].LengthInt())), nil
			},
		}),
		"one": function.New(&function.Spec{
			Params: []function.Parameter{dyn},
			Type:   function.StaticReturnType(cty.DynamicPseudoType),
			Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
				ty := args[0].Type()
				if !ty.IsListType() && !ty.IsTupleType() && !ty.IsSetType() {
					return cty.NilVal, errors.New("it is no list")
				}
				if args[0].IsNull() || args[0].LengthInt() == 0 {
					return cty.NullVal(cty.DynamicPseudoType), nil
				}
				if args[0].LengthInt() > 1 {
					return cty.NilVal, errors.New("it has several")
				}
				return args[0].AsValueSlice()[0], nil
			},
		}),
		"lookup": function.New(&function.Spec{
			Params:   []function.Parameter{{Name: "m", Type: cty.DynamicPseudoType}, {Name: "k", Type: cty.String}},
			VarParam: &dyn,
			Type:     function.StaticReturnType(cty.DynamicPseudoType),
			Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
				ty := args[0].Type()
				if len(args) > 3 || !ty.IsObjectType() && !ty.IsMapType() {
					return cty.NilVal, errors.New("it is no map")
				}
				if v, ok := args[0].AsValueMap()[args[1].AsString()]; ok {
					return v, nil
				}
				if len(args) < 3 {
					return cty.NilVal, errors.New("there is no such key")
				}
				if ty.IsMapType() {
					return convert.Convert(args[2], ty.ElementType())
				}
				return args[2], nil
			},
		}),
		"coalesce": function.New(&function.Spec{
			VarParam: &dyn,
			Type: func(args []cty.Value) (cty.Type, error) {
				var tys []cty.Type
				for _, a := range args {
					tys = append(tys, a.Type())
				}
				ty, _ := convert.UnifyUnsafe(tys)
				if ty == cty.NilType {
					return ty, errors.New("the types differ")
				}
				return ty, nil
			},
			Impl: func(args []cty.Value, ty cty.Type) (cty.Value, error) {
				for _, a := range args {
					v, err := convert.Convert(a, ty)
					if err != nil {
						return cty.NilVal, err
					}
					if v.IsNull() || ty == cty.String && v.AsString() == "" {
						continue
					}
					return v, nil
				}
				return cty.NilVal, errors.New("all are null")
			},
		}),
	} {
		fs[name] = f
	}
	for _, name := range sortedKeys(fs) {
		fs["core::"+name] = fs[name]
	}
	return fs
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
				return renderTemplate(args[0].AsString(), args[1])
			},
		}),
		"pathexpand": textFunction(func(s string) (string, error) {
			if rest, ok := strings.CutPrefix(s, "~"); ok {
				return path.Clean("/home/me/" + rest), nil
			}
			return s, nil
		}),
	}
}

// readers are the functions that read files, and those of which only a run of Terraform tells what they come to.
func readers() map[string]function.Function {
	content := func(name string) (string, error) {
		text, ok := soundFiles[path.Clean(name)]
		if !ok {
			return "", errors.New("there is no such file")
		}
		return text, nil
	}
	of := func(f func(string) string) function.Function {
		return textFunction(func(name string) (string, error) {
			text, err := content(name)
			return f(text), err
		})
	}
	told := func(params int, v cty.Value) function.Function {
		spec := &function.Spec{Type: function.StaticReturnType(v.Type()), Impl: func([]cty.Value, cty.Type) (cty.Value, error) { return v, nil }}
		for range params {
			spec.Params = append(spec.Params, function.Parameter{Name: "v", Type: cty.DynamicPseudoType, AllowNull: true})
		}
		return function.New(spec)
	}
	b64 := base64.StdEncoding.EncodeToString
	return map[string]function.Function{
		"file":             of(func(s string) string { return s }),
		"filebase64":       of(func(s string) string { return b64([]byte(s)) }),
		"filemd5":          of(func(s string) string { h := md5.Sum([]byte(s)); return hex.EncodeToString(h[:]) }),
		"filesha1":         of(func(s string) string { h := sha1.Sum([]byte(s)); return hex.EncodeToString(h[:]) }),
		"filesha256":       of(func(s string) string { h := sha256.Sum256([]byte(s)); return hex.EncodeToString(h[:]) }),
		"filesha512":       of(func(s string) string { h := sha512.Sum512([]byte(s)); return hex.EncodeToString(h[:]) }),
		"filebase64sha256": of(func(s string) string { h := sha256.Sum256([]byte(s)); return b64(h[:]) }),
		"filebase64sha512": of(func(s string) string { h := sha512.Sum512([]byte(s)); return b64(h[:]) }),
		"fileexists": function.New(&function.Spec{
			Params: []function.Parameter{{Name: "path", Type: cty.String}},
			Type:   function.StaticReturnType(cty.Bool),
			Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
				_, err := content(args[0].AsString())
				return cty.BoolVal(err == nil), nil
			},
		}),
		"fileset": function.New(&function.Spec{
			Params: []function.Parameter{{Name: "path", Type: cty.String}, {Name: "pattern", Type: cty.String}},
			Type:   function.StaticReturnType(cty.Set(cty.String)),
			Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
				var found []cty.Value
				for _, name := range sortedKeys(soundFiles) {
					if ok, err := path.Match(args[1].AsString(), name); err != nil {
						return cty.NilVal, err
					} else if ok && path.Clean(args[0].AsString()) == "." {
						found = append(found, cty.StringVal(name))
					}
				}
				return setOrEmpty(cty.String, found), nil
			},
		}),
		"templatefile": function.New(&function.Spec{
			Params: []function.Parameter{{Name: "path", Type: cty.String}, {Name: "vars", Type: cty.DynamicPseudoType}},
			Type:   function.StaticReturnType(cty.DynamicPseudoType),
			Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
				text, err := content(args[0].AsString())
				if err != nil {
					return cty.NilVal, err
				}
				return renderTemplate(text, args[1])
			},
		}),
		"abspath": textFunction(func(s string) (string, error) {
			if !path.IsAbs(s) {
				s = "/here/" + s
			}
			return path.Clean(s), nil
		}),
		"base64gzip": told(1, cty.StringVal("H4sIAAAA")), "bcrypt": told(1, cty.StringVal("$2a$10$x")), "issensitive": told(1, cty.False),
		"plantimestamp": told(0, cty.StringVal("2020-01-01T00:00:00Z")), "timestamp": told(0, cty.StringVal("2020-01-01T00:00:00Z")),
		"rsadecrypt": told(2, cty.StringVal("a")), "uuid": told(0, cty.StringVal("a5008fae-b28c-5ba5-96cd-82b4c53552d6")),
		"provider::aws::arn_build": told(5, cty.StringVal("arn:aws:s3:::x")),
	}
}

// renderTemplate is what templatefile and templatestring do.
func renderTemplate(text string, vars cty.Value) (cty.Value, error) {
	e, diags := hclsyntax.ParseTemplate([]byte(text), "template", hcl.InitialPos)
	if diags.HasErrors() {
		return cty.NilVal, diags
	}
	if !vars.CanIterateElements() {
		return cty.NilVal, errors.New("it is no object")
	}
	v, diags := e.Value(&hcl.EvalContext{Variables: vars.AsValueMap(), Functions: concreteFunctions()})
	if diags.HasErrors() {
		return cty.NilVal, diags
	}
	return v, nil
}
