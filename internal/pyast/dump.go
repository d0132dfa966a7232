package pyast

import (
	"encoding/hex"
	"fmt"
	"math"
	"reflect"
	"strconv"
	"strings"
)

// DumpOptions choose what Dump writes.
type DumpOptions struct {
	// OpaqueFStrings leaves out what is in f-strings, whose positions are not
	// comparable before CPython 3.12.
	OpaqueFStrings bool
}

// Dump writes the tree under n for comparison with CPython's: a line per node with
// its kind, offsets and plain fields; then its other fields in declared order, a
// list as "[n" and its elements, and "-" for what is absent. Kinds that have no
// position in CPython have none here. testdata/dump.py writes the same.
func Dump(n Node, opts DumpOptions) string {
	d := dumper{opts: opts}
	d.node(reflect.ValueOf(n))
	return d.String()
}

type dumper struct {
	strings.Builder
	opts DumpOptions
}

// node writes a pointer to a node, or an interface holding one.
func (d *dumper) node(v reflect.Value) {
	for v.Kind() == reflect.Interface && !v.IsNil() {
		v = v.Elem()
	}
	if v.IsNil() {
		d.WriteString("-\n")
		return
	}
	n := v.Interface().(Node)
	v = v.Elem()
	t := v.Type()
	name := t.Name()
	if name == "ExprStmt" {
		name = "Expr"
	}
	d.WriteString(name)
	switch n := n.(type) {
	case *Module, *Arguments, *Comprehension, *WithItem, *MatchCase:
	case *Constant:
		fmt.Fprintf(d, " %d %d %s\n", n.Pos(), n.End(), n.dumpValue())
		return
	default:
		fmt.Fprintf(d, " %d %d", n.Pos(), n.End())
	}
	if _, ok := n.(*JoinedStr); ok && d.opts.OpaqueFStrings {
		d.WriteString("\n")
		return
	}
	for i := 1; i < t.NumField(); i++ {
		d.plain(t.Field(i).Name, v.Field(i))
	}
	d.WriteString("\n")
	for i := 1; i < t.NumField(); i++ {
		d.child(v.Field(i))
	}
}

// plain writes a field that is no node.
func (d *dumper) plain(name string, v reflect.Value) {
	switch x := v.Interface().(type) {
	case string:
		if name == "Encoding" {
			return
		}
		d.WriteString(" " + strconv.Quote(x))
	case []string:
		fmt.Fprintf(d, " %q", x)
	case fmt.Stringer:
		d.WriteString(" " + x.String())
	case bool:
		fmt.Fprintf(d, " %t", x)
	case []CmpOperator:
		fmt.Fprintf(d, " %v", x)
	case ConstKind:
		d.WriteString(" " + (&Constant{Kind: x}).dumpValue())
	case int:
		if name != "NamePos" {
			fmt.Fprintf(d, " %d", x)
		}
	}
}

// child writes a field that is a node or a list of nodes.
func (d *dumper) child(v reflect.Value) {
	t := v.Type()
	if t.Implements(reflect.TypeFor[Node]()) {
		d.node(v)
		return
	}
	if t.Kind() != reflect.Slice || !t.Elem().Implements(reflect.TypeFor[Node]()) {
		return
	}
	fmt.Fprintf(d, "[%d\n", v.Len())
	for i := range v.Len() {
		d.node(v.Index(i))
	}
}

func (c *Constant) dumpValue() string {
	u := ""
	if c.U {
		u = " u"
	}
	switch c.Kind {
	case ConstTrue:
		return "True"
	case ConstFalse:
		return "False"
	case ConstEllipsis:
		return "Ellipsis"
	case ConstStr:
		if c.Inexact {
			return "str ?"
		}
		return "str " + hex.EncodeToString([]byte(c.Str)) + u
	case ConstBytes:
		return "bytes " + hex.EncodeToString([]byte(c.Str))
	case ConstInt:
		n, _ := c.Big()
		return "int " + n.Text(16)
	case ConstFloat:
		return fmt.Sprintf("float %016x", math.Float64bits(c.Num))
	case ConstComplex:
		return fmt.Sprintf("complex %016x", math.Float64bits(c.Num))
	default:
		return "None"
	}
}
