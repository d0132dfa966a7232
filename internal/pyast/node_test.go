package pyast_test

import (
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/vpclint/vpclint/internal/pyast"
)

// fieldNodes counts the nodes under v by its fields, knowing nothing of kinds.
func fieldNodes(v reflect.Value) int {
	switch v.Kind() {
	case reflect.Interface:
		if v.IsNil() {
			return 0
		}
		return fieldNodes(v.Elem())
	case reflect.Pointer:
		if v.IsNil() {
			return 0
		}
		n := 1
		for i := 1; i < v.Elem().NumField(); i++ {
			n += fieldNodes(v.Elem().Field(i))
		}
		return n
	case reflect.Slice:
		n := 0
		for i := range v.Len() {
			n += fieldNodes(v.Index(i))
		}
		return n
	default:
		return 0
	}
}

// TestInspect visits every node that a field holds, once.
func TestInspect(t *testing.T) {
	kinds := map[string]bool{}
	for _, src := range snippets {
		m := pyast.Parse([]byte(src))
		seen := map[pyast.Node]bool{}
		pyast.Inspect(m, func(n pyast.Node) bool {
			if seen[n] {
				t.Errorf("%T at %d visited twice in %q", n, n.Pos(), src)
			}
			seen[n] = true
			kinds[reflect.TypeOf(n).Elem().Name()] = true
			return true
		})
		if want := fieldNodes(reflect.ValueOf(m)); len(seen) != want {
			t.Errorf("%d nodes visited of %d in %q", len(seen), want, src)
		}
	}
	if len(kinds) < 77 {
		t.Errorf("the snippets have %d kinds of nodes only: %v", len(kinds), kinds)
	}
}

// constants are the values of the expression statements of a module.
func constants(t *testing.T, src string) []*pyast.Constant {
	t.Helper()
	m := pyast.Parse([]byte(src))
	if len(m.Errors) > 0 {
		t.Fatalf("%q: %v", src, m.Errors)
	}
	var out []*pyast.Constant
	for _, s := range m.Body {
		c, ok := s.(*pyast.ExprStmt).Value.(*pyast.Constant)
		if !ok {
			t.Fatalf("%q has more than constants", src)
		}
		out = append(out, c)
	}
	return out
}

// TestEncodings keeps the offsets of the original bytes, whatever they mean.
func TestEncodings(t *testing.T) {
	for _, tc := range []struct {
		name, src, encoding, want string
		inexact                   bool
	}{
		{"utf-8", "# coding: utf-8\n'é€'", "utf-8", "é€", false},
		{"byte order mark", "\ufeff'é'", "utf-8", "é", false},
		{"latin-1", "# -*- coding: latin-1 -*-\n'\xe9\x80'", "iso8859-1", "é\u0080", false},
		{"second line", "#!/usr/bin/python\n# vim: set fileencoding=ISO-8859-15 :\n'\xa4'", "iso8859-15", "€", false},
		{"windows", "# coding=cp1252\n'\x80\xe9'", "cp1252", "€é", false},
		{"not in the third line", "\n\n# coding: latin-1\n'é'", "utf-8", "é", false},
		{"not after code", "'é'\n# coding: latin-1\n", "utf-8", "é", false},
		{"another", "# coding: koi8-r\n'a\xc1'", "koi8r", "aа", false},
		{"two bytes", "# coding: shift_jis\n'a\x83\x5c'", "shiftjis", "a\ufffd\ufffd", true},
		{"four bytes", "# coding: gb18030\n'\x81\x30\x81\x30'", "gb18030", "\ufffd\ufffd\ufffd\ufffd", true},
		{"of an editor", "# -*- coding: utf-8-unix -*-\n'é'", "utf-8", "é", false},
		{"byte order mark and cookie", "\ufeff# coding: utf-8-sig\n'é'", "utf-8", "é", false},
		{"named character", "'a\\N{DASH}b'", "utf-8", "a\ufffdb", true},
	} {
		t.Run(tc.name, func(t *testing.T) {
			c := constants(t, tc.src)[0]
			if c.Str != tc.want || c.Inexact != tc.inexact {
				t.Errorf("got %q, inexact %t", c.Str, c.Inexact)
			}
			if q := strings.IndexByte(tc.src, '\''); c.Pos() != q || c.End() != strings.LastIndexByte(tc.src, '\'')+1 {
				t.Errorf("at %d..%d, want it at %d", c.Pos(), c.End(), q)
			}
			if m := pyast.Parse([]byte(tc.src)); m.Encoding != tc.encoding {
				t.Errorf("encoding %s", m.Encoding)
			}
		})
	}
	for name, src := range map[string]string{
		"unsafe encoding": "# coding: utf-7\nx = 1\n",
		"invalid utf-8":   "x = '\xff'\n",
		"utf-16":          "\xff\xfex\x00=\x001\x00\n\x00",
	} {
		if m := pyast.Parse([]byte(src)); len(m.Errors) == 0 {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestInt64(t *testing.T) {
	for src, want := range map[string]int64{"0": 0, "000": 0, "0x_ff": 255, "0o17": 15, "0b11": 3, "1_000": 1000} {
		if got, ok := constants(t, src)[0].Int64(); got != want || !ok {
			t.Errorf("%s is %d, %t", src, got, ok)
		}
	}
	big := constants(t, "123456789012345678901234567890")[0]
	if _, ok := big.Int64(); ok {
		t.Error("a big integer fits")
	}
	if n, ok := big.Big(); !ok || n.String() != big.Str {
		t.Errorf("got %s, %t", n, ok)
	}
	if _, ok := constants(t, "1.5")[0].Int64(); ok {
		t.Error("a float is an integer")
	}
}

func TestComments(t *testing.T) {
	src := "#!x\na = 1 # b\r\nf(# c\n '#', # d\n)\n'''\n# no'''\nf'''{a # e\n}'''\nif x:\n    y\n  # f\n#g"
	var got []string
	for _, c := range pyast.Parse([]byte(src)).Comments {
		got = append(got, src[c.Pos:c.End])
	}
	if diff := cmp.Diff([]string{"#!x", "# b", "# c", "# d", "# e", "# f", "#g"}, got); diff != "" {
		t.Error(diff)
	}
}

// TestTemplate stands in for an oracle where CPython is older than 3.14, which PEP 750 and 758 need.
func TestTemplate(t *testing.T) {
	src := "t'a{ b = }c{d!s:>{e}}' rt'\\n'\n"
	m := pyast.Parse([]byte(src))
	want := `Module
[1
Expr 0 29
TemplateStr 0 29
[5
Constant 2 9 str 612062203d20
Interpolation 3 10 " b " 114
Name 5 6 "b" Load
-
Constant 10 11 str 63
Interpolation 11 21 "d" 115
Name 12 13 "d" Load
JoinedStr 15 20
[2
Constant 16 17 str 3e
FormattedValue 17 20 -1
Name 18 19 "e" Load
-
Constant 26 28 str 5c6e
`
	if diff := cmp.Diff(want, pyast.Dump(m, pyast.DumpOptions{})); diff != "" || len(m.Errors) > 0 {
		t.Errorf("%v\n%s", m.Errors, diff)
	}
	if m := pyast.Parse([]byte("t'a' 'b'\n")); len(m.Errors) == 0 {
		t.Error("a t-string was joined with a string")
	}
	m = pyast.Parse([]byte("try: pass\nexcept A, B: pass\ntry: pass\nexcept* A, B: pass\n"))
	if len(m.Errors) > 0 || len(m.Body) != 2 {
		t.Errorf("except without parentheses: %v", m.Errors)
	}
}
