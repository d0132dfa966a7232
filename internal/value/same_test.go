package value_test

import (
	"testing"

	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/value"
)

// read returns what is read from a variable by expressions, the innermost first, each of which the next one uses.
func read(file *source.File, expressions ...string) value.Value {
	text := file.Whole().Text()
	at := func(s string) source.Span {
		for i := range text {
			if len(text) >= i+len(s) && text[i:i+len(s)] == s {
				return file.Span(i, i+len(s))
			}
		}
		panic(s)
	}
	v := value.OfOpaque("it has no default").NotedAt(at(expressions[0]), "it has no default")
	for i, e := range expressions[1:] {
		v = v.Use(at(e))
		if i < len(expressions)-2 {
			v = v.Noted("passed on")
		}
	}
	return v
}

func TestSame(t *testing.T) {
	f := source.NewFile("main.tf", []byte(`"net" "id" var.id var.net.id var.net local.net.id var.net.other var.ids[0] var.ids[1] var.ids[count.index] upper(var.id)`))
	g := source.NewFile("other.tf", []byte(`"id" var.id`))
	symbol := func(attr string) value.Value {
		return value.OfSymbol(value.Ref{Addr: value.Address{Name: "aws_vpc.main"}, Attr: attr})
	}
	for name, row := range map[string]struct {
		a, b value.Value
		want bool
	}{
		"constants":              {value.OfString("vpc-1"), value.OfString("vpc-1"), true},
		"other constants":        {value.OfString("vpc-1"), value.OfString("vpc-2"), false},
		"references":             {symbol("id"), symbol("id"), true},
		"other references":       {symbol("id"), symbol("arn"), false},
		"a variable":             {read(f, `"id"`, "var.id"), read(f, `"id"`, "var.id"), true},
		"another root's":         {read(f, `"id"`, "var.id"), read(g, `"id"`, "var.id"), false},
		"another variable":       {read(f, `"id"`, "var.id"), read(f, `"net"`, "var.net.id"), false},
		"a path, by way":         {read(f, `"net"`, "var.net", "local.net.id"), read(f, `"net"`, "var.net.id"), true},
		"another path":           {read(f, `"net"`, "var.net.id"), read(f, `"net"`, "var.net.other"), false},
		"an element":             {read(f, `"net"`, "var.ids[0]"), read(f, `"net"`, "var.ids[0]"), true},
		"another element":        {read(f, `"net"`, "var.ids[0]"), read(f, `"net"`, "var.ids[1]"), false},
		"an element by a number": {read(f, `"net"`, "var.ids[count.index]"), read(f, `"net"`, "var.ids[count.index]"), false},
		"computed":               {read(f, `"id"`, "upper(var.id)"), read(f, `"id"`, "upper(var.id)"), false},
		"nowhere":                {value.OfOpaque("why"), value.OfOpaque("why"), false},
		"there and not":          {value.OfString("vpc-1"), value.Value{}, false},
	} {
		t.Run(name, func(t *testing.T) {
			if got := value.Same(row.a, row.b); got != row.want {
				t.Errorf("got %t", got)
			}
			if got := value.Same(row.b, row.a); got != row.want {
				t.Errorf("the other way: got %t", got)
			}
		})
	}
}
