package terraform

import (
	"bytes"
	"compress/gzip"
	"crypto/sha1" // uuidv5() of Terraform's language, not a defence
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
	"time"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"

	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// encoder returns a function of texts of which not all that is known can be computed here, or nil.
func encoder(name string) func([]outcome) outcome {
	switch name {
	case "textencodebase64":
		return func(args []outcome) outcome { return coded(args, encodeText) }
	case "textdecodebase64":
		return func(args []outcome) outcome { return coded(args, decodeText) }
	case "base64gunzip":
		return one(gunzip)
	case "basename":
		return one(baseName)
	case "pathexpand":
		return one(expandPath)
	}
	return nil
}

// A charset is how a character set spells texts.
type charset struct {
	// wide is the order of UTF-16's two bytes, nil for UTF-8.
	wide order
}

type order interface {
	binary.ByteOrder
	binary.AppendByteOrder
}

// charsetOf returns a character set by the names that IANA gives it; false for the many that nobody uses in Terraform.
func charsetOf(name string) (charset, bool) {
	switch strings.ToUpper(name) {
	case "UTF-8", "CSUTF8":
		return charset{}, true
	case "UTF-16LE", "CSUTF16LE":
		return charset{wide: binary.LittleEndian}, true
	case "UTF-16BE", "CSUTF16BE":
		return charset{wide: binary.BigEndian}, true
	}
	return charset{}, false
}

// coded applies a coding to a known text in a known character set.
func coded(args []outcome, f func(string, charset) (string, error)) outcome {
	if len(args) != 2 {
		return failed("it takes two arguments", args...)
	}
	text, ok := args[0].AsString()
	name, named := args[1].AsString()
	set, has := charsetOf(name)
	if !ok || !named || !has || len(text) > maxTextBytes {
		return unknown("it can't be computed", args...)
	}
	s, err := f(text, set)
	switch {
	case errors.Is(err, errNotKnown):
		return unknown(err.Error(), args...)
	case err != nil:
		return failed(err.Error(), args...)
	}
	return perhaps(fromCty(cty.StringVal(s)))
}

func encodeText(s string, set charset) (string, error) {
	b := []byte(s)
	if set.wide != nil {
		b = nil
		for _, u := range utf16.Encode([]rune(s)) {
			b = set.wide.AppendUint16(b, u)
		}
	}
	return base64.StdEncoding.EncodeToString(b), nil
}

func decodeText(s string, set charset) (string, error) {
	b, err := base64.StdEncoding.DecodeString(s)
	switch {
	case err != nil:
		return "", errors.New("it is not Base64")
	case set.wide != nil && len(b)%2 == 0:
		units := make([]uint16, len(b)/2)
		for i := range units {
			units[i] = set.wide.Uint16(b[2*i:])
		}
		return string(utf16.Decode(units)), nil
	case set.wide != nil || !utf8.Valid(b):
		return "", errNotKnown // each replaces what is wrong in its own way
	}
	return string(b), nil
}

// gunzip evaluates OpenTofu's base64gunzip. What base64gzip makes depends on the compressor, and is never computed.
func gunzip(o outcome) outcome {
	s, ok := o.AsString()
	if !ok || len(s) > maxTextBytes {
		return unknown("it can't be computed", o)
	}
	b, err := base64.StdEncoding.DecodeString(s)
	if err != nil {
		return failed("it is not Base64", o)
	}
	r, err := gzip.NewReader(bytes.NewReader(b))
	if err != nil {
		return failed("it is not compressed by gzip", o)
	}
	text, err := io.ReadAll(io.LimitReader(r, maxTextBytes+1))
	switch {
	case len(text) > maxTextBytes:
		return unknown("the text is too long", o)
	case err != nil || !utf8.Valid(text):
		return failed("what it decodes to is no text", o)
	}
	return perhaps(fromCty(cty.StringVal(string(text))))
}

// baseName evaluates basename: of a path that begins with what is not known, its end may be.
func baseName(o outcome) outcome {
	if s, ok := o.AsString(); ok {
		return perhaps(value.OfString(path.Base(s)))
	}
	parts := o.Parts()
	last, ok := parts[len(parts)-1].AsString()
	if i := strings.LastIndexByte(last, '/'); ok && i >= 0 && i < len(last)-1 {
		return perhaps(value.OfString(last[i+1:]))
	}
	return unknown("the path is not known", o)
}

// expandPath evaluates pathexpand, which changes only what begins with a tilde.
func expandPath(o outcome) outcome {
	first := o.Parts()[0]
	ref, isSymbol := first.Symbol()
	text, known := first.AsString()
	if isSymbol && ref.Addr.Name == pathName || known && text != "" && text[0] != '~' {
		return ended(toText(o).Value, tri.Unknown)
	}
	return unknown("the home directory is known only when terraform runs", o)
}

func compareTimes() function.Function {
	return function.New(&function.Spec{
		Params: []function.Parameter{{Name: "first", Type: cty.String}, {Name: "second", Type: cty.String}},
		Type:   function.StaticReturnType(cty.Number),
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
			a, err := time.Parse(time.RFC3339, args[0].AsString())
			b, err2 := time.Parse(time.RFC3339, args[1].AsString())
			if err != nil || err2 != nil {
				return cty.NilVal, errors.New("it is no time")
			}
			return cty.NumberIntVal(int64(a.Compare(b))), nil
		},
	})
}

// transpose makes transpose(map of lists): the members of each list as keys, each with the list of its former keys.
func transpose() function.Function {
	lists := cty.Map(cty.List(cty.String))
	return function.New(&function.Spec{
		Params: []function.Parameter{{Name: "values", Type: lists}},
		Type:   function.StaticReturnType(lists),
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
			keysOf := map[string][]string{}
			for it := args[0].ElementIterator(); it.Next(); {
				key, list := it.Element()
				if list.IsNull() {
					return cty.NilVal, errors.New("one of the lists is null")
				}
				for _, e := range list.AsValueSlice() {
					if e.IsNull() {
						return cty.NilVal, errors.New("one of the texts is null")
					}
					keysOf[e.AsString()] = append(keysOf[e.AsString()], key.AsString())
				}
			}
			out := map[string]cty.Value{}
			for name, keys := range keysOf {
				slices.Sort(keys)
				list := make([]cty.Value, len(keys))
				for i, k := range keys {
					list[i] = cty.StringVal(k)
				}
				out[name] = cty.ListVal(list)
			}
			if len(out) == 0 {
				return cty.MapValEmpty(cty.List(cty.String)), nil
			}
			return cty.MapVal(out), nil
		},
	})
}

// uuidFunction makes uuidv5(namespace, name), by RFC 9562 section 5.5.
func uuidFunction() function.Function {
	return function.New(&function.Spec{
		Params: []function.Parameter{{Name: "namespace", Type: cty.String}, {Name: "name", Type: cty.String}},
		Type:   function.StaticReturnType(cty.String),
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
			space, err := uuidNamespace(args[0].AsString())
			if err != nil {
				return cty.NilVal, err
			}
			h := sha1.Sum(append(space, args[1].AsString()...))
			h[6] = h[6]&0x0f | 0x50
			h[8] = h[8]&0x3f | 0x80
			return cty.StringVal(fmt.Sprintf("%x-%x-%x-%x-%x", h[:4], h[4:6], h[6:8], h[8:10], h[10:16])), nil
		},
	})
}

// uuidNamespace returns the bytes of a namespace that has a name, or is a UUID itself.
func uuidNamespace(name string) ([]byte, error) {
	switch name {
	case "dns", "url", "oid":
		name = "6ba7b81" + map[string]string{"dns": "0", "url": "1", "oid": "2"}[name] + "-9dad-11d1-80b4-00c04fd430c8"
	case "x500":
		name = "6ba7b814-9dad-11d1-80b4-00c04fd430c8"
	}
	if len(name) != 36 {
		return nil, errors.New("it is no UUID")
	}
	b, err := hex.DecodeString(strings.ReplaceAll(name, "-", ""))
	if err != nil || len(b) != 16 || name[8] != '-' || name[13] != '-' || name[18] != '-' || name[23] != '-' {
		return nil, errors.New("it is no UUID")
	}
	return b, nil
}
