package value_test

import (
	"strings"
	"testing"

	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// spelt writes a value down, with what isn't known in angle brackets.
func spelt(v value.Value) string {
	each := func(vs []value.Value) []string {
		texts := make([]string, len(vs))
		for i, e := range vs {
			texts[i] = spelt(e)
		}
		return texts
	}
	rest := ""
	if v.Open() {
		rest = " ..."
	}
	switch v.Kind() {
	case value.KindScalar:
		if s, ok := v.Scalar(); ok {
			if text, ok := s.(string); ok {
				return "'" + text + "'"
			}
		}
		return v.Literal()
	case value.KindText:
		return strings.Join(each(v.Parts()), "+")
	case value.KindList:
		return "[" + strings.Join(each(v.Elems()), " ") + rest + "]"
	case value.KindObject:
		var fields []string
		for _, f := range v.Fields() {
			fields = append(fields, f.Name+":"+spelt(f.Value))
		}
		return "{" + strings.Join(fields, " ") + rest + "}"
	case value.KindChoice:
		var arms []string
		for _, a := range v.Arms() {
			arms = append(arms, spelt(a.Value)+" when "+a.When.String())
		}
		return "(" + strings.Join(arms, "; ") + ")"
	}
	return "<" + v.Kind().String() + ">"
}

// template returns a text in which $s is a symbol, $o an opaque value and $c, $q, $m and $n are choices.
func template(text string) value.Value {
	var parts []value.Value
	for i, piece := range strings.Split(text, "$") {
		if i > 0 {
			parts = append(parts, map[byte]value.Value{
				's': value.OfSymbol(value.Ref{Addr: value.Address{Unit: ".", Name: "Bucket"}, Attr: "Arn"}),
				'o': value.OfOpaque("Name has no default"),
				'c': choose("a", "b"),
				'q': choose(`a", "b`, "c"),
				'm': choose(`, "Action": "a"`, ""),
				'n': choose("1", "2"),
			}[piece[0]])
			piece = piece[1:]
		}
		if piece != "" {
			parts = append(parts, value.OfString(piece))
		}
	}
	return value.OfText(parts...)
}

func choose(a, b string) value.Value {
	return value.OfChoice([]value.Arm{{When: when("true"), Value: value.OfString(a)}, {When: when("false"), Value: value.OfString(b)}})
}

func when(is string) value.World {
	return value.World{{Var: "Prod", Is: is, Text: "Prod is " + is}}
}

func TestFromJSON(t *testing.T) {
	for _, row := range []struct{ text, want string }{
		{`{"a": [1, 2.5, -3e2, true, false, null, "x\ty"], "b": {}}`, "{a:[1 2.5 -300 true false <absent> 'x\ty'] b:{}}"},
		{" [ ] \n", "[]"},
		{`{"a": 1, "b": 2, "a": 3}`, "{a:3 b:2}"},
		{`{"Resource": "$s/*"}`, "{Resource:<symbol>+'/*'}"},
		{`{"Resource": "$s"}`, "{Resource:<symbol>}"},
		{`{"Resource": ["arn:$o/*", "b"]}`, "{Resource:['arn:'+<opaque>+'/*' 'b']}"},
		{`{"Resource": "arn:$c"}`, "{Resource:'arn:'+('a' when Prod is true; 'b' when Prod is false)}"},
		{`{"Resource": "$c"}`, "{Resource:('a' when Prod is true; 'b' when Prod is false)}"},
		// Choices that are more than text.
		{`{"Resource": ["$q"]}`, "({Resource:['a' 'b']} when Prod is true; {Resource:['c']} when Prod is false)"},
		{`{"Effect": "Allow"$m}`, "({Effect:'Allow' Action:'a'} when Prod is true; {Effect:'Allow'} when Prod is false)"},
		{`[$m $m]`, "('[, \"Action\": \"a\" , \"Action\": \"a\"]' when Prod is true; [] when Prod is false)"},
		{`{"Count": $n, "Name": "$c"}`, "({Count:1 Name:'a'} when Prod is true; {Count:2 Name:'b'} when Prod is false)"},
		// Values that bring their own quotes and commas.
		{`{"Resource": ["$o"]}`, "{Resource:[<opaque> ...]}"},
		{`{"Resource": [$o]}`, "{Resource:[ ...]}"},
		{`{"Resource": ["a" $o]}`, "{Resource:['a' ...]}"},
		{`{"Resource": ["a", $o]}`, "{Resource:['a' ...]}"},
		{`{"Resource": [$o, "a"]}`, "{Resource:['a' ...]}"},
		{`{"Resource": [$o "a"]}`, "{Resource:['a' ...]}"},
		{`{"Effect": $o, "Action": "a"}`, "{Effect:<opaque> Action:'a'}"},
		{`{"Count": 1$o}`, "{Count:<opaque>}"},
		{`{"Effect": "Allow" $o}`, "{Effect:'Allow' ...}"},
		{`{$o "Effect": "Allow"}`, "{Effect:'Allow' ...}"},
		{`{"$o:sub": "x", "Effect": "Allow"}`, "{Effect:'Allow' ...}"},
		// What isn't JSON, or no document, stays what it is.
		{`arn:aws:iam::aws:policy/ReadOnlyAccess`, "'arn:aws:iam::aws:policy/ReadOnlyAccess'"},
		{`"text"`, `'"text"'`},
		{`12`, `'12'`},
		{``, `''`},
		{`{"a": 1,}`, `'{"a": 1,}'`},
		{`{"a": 1 "b": 2}`, `'{"a": 1 "b": 2}'`},
		{`{"a"}`, `'{"a"}'`},
		{`{"a": 01}`, `'{"a": 01}'`},
		{`[1, 2`, `'[1, 2'`},
		{`{"a": 1} x`, `'{"a": 1} x'`},
		{`{'a': 1}`, `'{'a': 1}'`},
		{"{\"a\": \"two\nlines\"}", "'{\"a\": \"two\nlines\"}'"},
		{"{\"a\": \"\x00\"}", "'{\"a\": \"\x00\"}'"},
		{`{"a": "\$o"}`, `'{"a": "\'+<opaque>+'"}'`},
		{`$o{"a": 1}`, `<opaque>+'{"a": 1}'`},
		{strings.Repeat("[", 100_000), "'" + strings.Repeat("[", 100_000) + "'"},
	} {
		if got := spelt(template(row.text).FromJSON()); got != row.want {
			t.Errorf("%.80s: got %.200s, want %.200s", row.text, got, row.want)
		}
	}
	deep := strings.Repeat("[", 150) + strings.Repeat("]", 150)
	if got := value.OfString(deep).FromJSON(); got.Kind() != value.KindList {
		t.Errorf("150 lists in each other are %s", got.Kind())
	}
}

// What is no text is no JSON to read, and each world is read by itself.
func TestFromJSONOfOthers(t *testing.T) {
	object := value.OfObject([]value.Field{{Name: "a", Value: value.OfInt(1)}}, false)
	symbol := value.OfSymbol(value.Ref{Addr: value.Address{Name: "X"}, Attr: "Document"})
	for _, row := range []struct {
		v    value.Value
		want string
	}{
		{object, "{a:1}"},
		{object.AsJSON(), "{a:1}"},
		{object.AsRespeltJSON(), "{a:1}"},
		{symbol, "<symbol>"},
		{value.OfOpaque("it is unknown"), "<opaque>"},
		{value.Value{}, "<absent>"},
		{value.OfBool(true), "true"},
		{value.OfChoice([]value.Arm{{When: when("true"), Value: value.OfString(`{"a": 1}`)}, {When: when("false")}}), "({a:1} when Prod is true; <absent> when Prod is false)"},
	} {
		got := row.v.FromJSON()
		if spelt(got) != row.want {
			t.Errorf("got %s, want %s", spelt(got), row.want)
		}
		if got.Encoded() {
			t.Errorf("%s is still encoded", row.want)
		}
	}
	if may := value.OfString(`{"a": 1}`).MaybeSince("var.n is unknown").FromJSON(); may.WhyMissing() != "var.n is unknown" {
		t.Errorf("what may not be there: %q", may.WhyMissing())
	}
}

// Everything within a text stands where the text does, but for what is put into it.
func TestFromJSONPlaces(t *testing.T) {
	file := source.NewFile("t.yaml", []byte("0123456789"))
	text, put := file.Span(2, 8), file.Span(4, 6)
	v := value.OfText(
		value.OfString(`{"a": {"b": ["c"]}, "d": "`), value.OfOpaque("D has no default").From(put), value.OfString(`"}`),
	).From(text).FromJSON()
	for name, at := range map[string]value.Value{"whole": v, "a": v.Attr("a"), "a.b": v.Attr("a").Attr("b"), "a.b[0]": v.Attr("a").Attr("b").Elems()[0], "missing": v.Attr("x")} {
		if o := at.Origin(); o == nil || o.Span != text {
			t.Errorf("%s stands at %v", name, o)
		}
	}
	if o := v.Attr("d").Origin(); o == nil || o.Span != put {
		t.Errorf("what is put into it stands at %v", o)
	}
}

func TestCoercions(t *testing.T) {
	file := source.NewFile("t.yaml", []byte("0123456789"))
	at := file.Span(2, 8)
	symbol := value.OfSymbol(value.Ref{Addr: value.Address{Name: "Subnet"}, Attr: "Ref"})
	text := value.OfText(value.OfString("a"), symbol)
	opaque := value.OfOpaque("P has no default")
	choice := func(a, b value.Value) value.Value {
		return value.OfChoice([]value.Arm{{When: when("true"), Value: a}, {When: when("false"), Value: b}})
	}
	list := func(vs ...value.Value) value.Value { return value.OfList(vs, false) }
	for _, row := range []struct {
		to   func(value.Value) value.Value
		v    value.Value
		want string
	}{
		{value.Value.ToBool, value.OfString("true"), "true"},
		{value.Value.ToBool, value.OfString("False"), "false"},
		{value.Value.ToBool, value.OfBool(true), "true"},
		{value.Value.ToBool, value.OfString("yes"), "'yes'"},
		{value.Value.ToBool, value.OfInt(1), "1"},
		{value.Value.ToBool, choice(value.OfString("true"), value.OfBool(false)), "(true when Prod is true; false when Prod is false)"},
		{value.Value.ToBool, choice(value.OfString("true"), value.Value{}), "(true when Prod is true; <absent> when Prod is false)"},
		{value.Value.ToBool, opaque, "<opaque>"},
		{value.Value.ToBool, symbol, "<symbol>"},
		{value.Value.ToInt, value.OfString("443"), "443"},
		{value.Value.ToInt, value.OfString("-1"), "-1"},
		{value.Value.ToInt, value.OfString("https"), "'https'"},
		{value.Value.ToInt, value.OfString("1.5"), "'1.5'"},
		{value.Value.ToInt, value.OfInt(2), "2"},
		{value.Value.ToInt, choice(value.OfString("1"), opaque), "(1 when Prod is true; <opaque> when Prod is false)"},
		{value.Value.ToText, value.OfInt(-1), "'-1'"},
		{value.Value.ToText, value.OfBool(true), "'true'"},
		{value.Value.ToText, value.OfInt(5).AsUntyped(), "'5'"},
		{value.Value.ToText, text, "'a'+<symbol>"},
		{value.Value.ToText, list(value.OfInt(1)), "[1]"},
		{value.Value.ToTexts, value.OfString("sg-1"), "['sg-1']"},
		{value.Value.ToTexts, value.OfInt(123456789012), "['123456789012']"},
		{value.Value.ToTexts, symbol, "[<symbol>]"},
		{value.Value.ToTexts, text, "['a'+<symbol>]"},
		{value.Value.ToTexts, opaque, "<opaque>"},
		{value.Value.ToTexts, value.Value{}, "<absent>"},
		{value.Value.ToTexts, choice(value.OfString("a"), list(value.OfInt(1))), "(['a'] when Prod is true; ['1'] when Prod is false)"},
		{value.Value.ToTexts, list(value.OfInt(1), choice(value.OfBool(true), value.Value{}), symbol), "['1' ('true' when Prod is true; <absent> when Prod is false) <symbol>]"},
		{value.Value.ToTexts, value.OfOpenList([]value.Value{value.OfInt(1)}, "more"), "['1' ...]"},
		{value.Value.ToTextMap, value.OfObject([]value.Field{{Name: "PORT", Value: value.OfInt(80)}, {Name: "ARN", Value: symbol}}, false), "{PORT:'80' ARN:<symbol>}"},
		{value.Value.ToTextMap, choice(value.OfObject([]value.Field{{Name: "ON", Value: value.OfBool(true)}}, false), opaque), "({ON:'true'} when Prod is true; <opaque> when Prod is false)"},
	} {
		got := row.to(row.v.From(at))
		if spelt(got) != row.want {
			t.Errorf("%s: got %s, want %s", spelt(row.v), spelt(got), row.want)
		}
		if got.Origin() == nil || got.Origin().Span != at {
			t.Errorf("%s stands at %v", row.want, got.Origin())
		}
	}
	may := value.OfString("true").MaybeSince("var.n is unknown")
	for _, v := range []value.Value{may.ToBool(), may.ToTexts()} {
		if v.WhyMissing() != "var.n is unknown" {
			t.Errorf("%s is there", spelt(v))
		}
	}
	one := value.OfString("sg-1").From(at).ToTexts()
	if o := one.Elems()[0].Origin(); o == nil || o.Span != at || one.NonEmpty().Known() != tri.True {
		t.Errorf("the one element stands at %v", o)
	}
	if set := list(value.OfInt(1)).AsSet().ToTexts(); !set.Unordered() {
		t.Error("a set became a list")
	}
}
