package cloudformation_test

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"

	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/frontend/cloudformation"
	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/source"
)

// it returns a template whose resource It has a property P.
func it(p string) string {
	return "Resources:\n  It:\n    Type: AWS::SageMaker::NotebookInstance\n    Properties:\n      P: " + p + "\n"
}

// lines repeats a part of a template.
func lines(n int, format string) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, format, i)
	}
	return b.String()
}

// What people write in YAML, and what YAML makes of it, comes out as CloudFormation takes it.
func TestOddValues(t *testing.T) {
	for _, row := range []struct{ name, p, want string }{
		{"a date", "2012-10-17", `"2012-10-17"`},
		{"a time", "2001-12-14t21:59:43.10-05:00", `"2001-12-14t21:59:43.10-05:00"`},
		{"an octal", "0o17", `"0o17"`},
		{"a fraction", "1.10", `"1.10"`},
		{"an exponent", "1e3", `"1e3"`},
		{"not a number", ".nan", `".nan"`},
		{"the value key", "=", `"="`},
		{"the merge key as a value", "<<", `"<<"`},
		{"a merge key of a scalar", "{<<: x}", `{<<: "x"}`},
		{"a merge key of nothing", "{<<: }", `{<<: absent}`},
		{"a quoted merge key", `{"<<": {a: b}}`, `{<<: {a: "b"}}`},
		{"a merge key of itself", "&a {<<: *a, b: c}", `{b: "c", ...}`},
		{"a merge key of what is no anchor's", "{<<: [{a: b}, {a: c, d: e}]}", `{a: "b", d: "e"}`},
		{"null as a key", `{Null: {"aws:SourceVpc": true}}`, `{Null: {aws:SourceVpc: true}}`},
		{"booleans as keys", "{true: 1, on: 2, No: 3}", `{true: 1, on: 2, No: 3}`},
		{"numbers as keys", "{443: a, 1.5: b, 0x10: c}", `{443: "a", 1.5: "b", 0x10: "c"}`},
		{"a date as a key", "{2012-10-17: a}", `{2012-10-17: "a"}`},
		{"an empty key", `{"": a, b: c}`, `{: "a", b: "c"}`},
		{"a list as a key", "{? [a] : b, c: d}", `{c: "d"}`},
		{"a mapping as a key", "{? {a: b} : c}", `{}`},
		{"a key twice", "{a: 1, b: 2, a: 3}", `{b: 2, a: 3}`},
		{"a tag on a key", "{!Ref a: b}", `{a: "b"}`},
		{"a tag of nobody's", "!Foo x", `opaque?(Fn::Foo is not known here)`},
		{"a tag in full", "!<tag:example.com,2000:x> y", `opaque?(Fn::tag:example.com,2000:x is not known here)`},
		{"the non-specific tag", "! 12", `"12"`},
		{"a core tag", "!!str 12", `"12"`},
		{"a binary", "!!binary aGk=", `"aGk="`},
		{"a set", "!!set {a, b}", `{a: absent, b: absent}`},
		{"a reference to a list", "!Ref [a]", `opaque(Ref doesn't take these arguments)`},
		{"a reference to nothing", "!Ref", `opaque(Ref doesn't take these arguments)`},
		{"a reference to an empty name", `!Ref ""`, `opaque( is neither a parameter nor a resource of the template; .Ref)`},
		{"an attribute of nothing", "!GetAtt", `opaque(Fn::GetAtt doesn't take these arguments)`},
		{"an attribute without a resource", "!GetAtt .Arn", `opaque(Fn::GetAtt doesn't take these arguments)`},
		{"a substitution in a mapping", "!Sub {a: b}", `opaque(Fn::Sub doesn't take these arguments)`},
		{"a substitution in a list of three", "!Sub [a, {}, b]", `opaque(Fn::Sub doesn't take these arguments)`},
		{"a substitution without an end", `!Sub "a${b"`, `"a${b"`},
		{"a tag and an anchor", "!Sub &a \"x${AWS::Region}\"", `text("x", <AWS.Region>)`},
		{"an anchor and a tag", "&a !Sub \"x${AWS::Region}\"", `text("x", <AWS.Region>)`},
		{"an alias of what is tagged", "[&a !Ref AWS::Region, *a]", `[<AWS.Region>, <AWS.Region>]`},
		{"an alias of a list", "[&a [b], *a]", `[["b"], ["b"]]`},
		{"a function among members", "{Ref: It, a: b}", `{Ref: "It", a: "b"}`},
		{"two functions", "{'Fn::Sub': a, 'Fn::Join': b}", `{...}`},
		{"a function as a key", "{!Sub a: b}", `{a: "b"}`},
		{"an invisible mark", "\"a\ufeffb\"", `"a\ufeffb"`},
	} {
		got := show(one(t, nil, it(row.p)))
		if diff := cmp.Diff(row.want, got); diff != "" {
			t.Errorf("%s: %s", row.name, diff)
		}
	}
}

// wide spells a text in UTF-16.
func wide(text string, big bool) []byte {
	var b []byte
	for _, u := range utf16.Encode([]rune(text)) {
		if big {
			b = append(b, byte(u>>8), byte(u))
		} else {
			b = append(b, byte(u), byte(u>>8))
		}
	}
	return b
}

// However a file is spelt, it is read or it is said why not, and where.
func TestOddFiles(t *testing.T) {
	vpc := it("x")
	breaks := func(with string) string { return strings.ReplaceAll(vpc, "\n", with) }
	for _, row := range []struct{ name, text, want, at, unreadable string }{
		{"CRLF", breaks("\r\n"), `"x"`, "", ""},
		{"CR", breaks("\r"), `"x"`, "", ""},
		{"next line", breaks("\u0085"), `"x"`, "", ""},
		{"line separator", breaks("\u2028"), `"x"`, "", ""},
		{"a mark", "\ufeff" + vpc, `"x"`, "", ""},
		{"tabs after colons", strings.ReplaceAll(vpc, ": ", ":\t"), `"x"`, "", ""},
		{"tabs for indentation", strings.ReplaceAll(vpc, "  ", "\t"), "", "\t", "found character that cannot start any token"},
		{"UTF-16 with a mark", "\xff\xfe" + string(wide(vpc, false)), "", "", "the template is in UTF-16; save it as UTF-8"},
		{"UTF-16, the other way", "\xfe\xff" + string(wide(vpc, true)), "", "", "the template is in UTF-16; save it as UTF-8"},
		{"UTF-16 without a mark", string(wide(vpc, false)), "", "", "the template is in UTF-16; save it as UTF-8"},
		{"UTF-16 of something else", string(wide("kind: AWS::X # Resources", false)), "", "", ""},
		{"a byte that is no UTF-8", "# caf\xe9\n" + vpc, `"x"`, "\xe9", "not UTF-8: byte 0xE9"},
		{"too many values", "Resources:\n  It: {Type: AWS::EC2::VPC, Properties: {P: [" + strings.Repeat("[],", 300_000) + "]}}\n", "", "", "may hold more than 1000000 values"},
		{"a NUL", "# \x00\n" + vpc, `"x"`, "\x00", "control character 0x00"},
		{"an escape sequence", "# \x1b[31m\n" + vpc, `"x"`, "\x1b", "control character 0x1B"},
		{"an alias of itself", it("&a [*a]"), `[opaque(it can't be read)]`, "*a", "alias *a contains itself"},
		{"an alias of nothing", it("*a"), "", "*", "unknown anchor 'a' referenced"},
		{"too deep", it(strings.Repeat("[", 600) + strings.Repeat("]", 600)), "", "[", "nested deeper than 500 levels"},
		{"a document before it", "kind: x\n---\n" + vpc, `"x"`, "", ""},
		{"a broken document after it", vpc + "---\n]\n", `"x"`, "]", "did not find expected node content"},
		{"one in a block scalar", "data:\n  t: |\n    " + strings.ReplaceAll(vpc, "\n", "\n    ") + "\n  x: ]\n", "", "", ""},
		{"a version of YAML", "%YAML 1.2\n---\n" + vpc, `"x"`, "", ""},
		{"sections twice", it("a") + vpc, `"x"`, "", ""},
		{"a resource twice", vpc + "  It:\n    Type: AWS::SageMaker::NotebookInstance\n    Properties: {P: y}\n", `"y"`, "", ""},
		{"properties twice", vpc + "    Properties: {P: y}\n", `"y"`, "", ""},
		{"a merged resource", "X: &x {Type: AWS::SageMaker::NotebookInstance}\nResources:\n  It: {<<: *x, Properties: {P: x}}\n", `"x"`, "", ""},
		{"merged resources", "X: &x {It: {Type: AWS::SageMaker::NotebookInstance, Properties: {P: x}}}\nResources: {<<: *x}\n", `"x"`, "", ""},
		{"an aliased resource", "X: &x {Type: AWS::SageMaker::NotebookInstance, Properties: {P: x}}\nResources: {It: *x}\n", `"x"`, "", ""},
	} {
		f := source.NewFile("t.yaml", []byte(row.text))
		if row.unreadable != "" && !(cloudformation.Frontend{}).Relevant(f) {
			t.Errorf("%s: not relevant", row.name)
		}
		out := load(t, nil, f)
		got := ""
		if r, ok := byName(out)["It"]; ok {
			got = show(r.Props.Attr("P"))
		}
		if got != row.want {
			t.Errorf("%s: got %s, want %s", row.name, got, row.want)
		}
		switch {
		case len(out.Findings) == 0 && row.unreadable == "":
		case len(out.Findings) == 1 && row.unreadable != "" && strings.Contains(out.Findings[0].Message, row.unreadable) &&
			(row.at == "" || out.Findings[0].At.Text() == row.at):
		default:
			t.Errorf("%s: got findings %v", row.name, out.Findings)
		}
	}
}

// Names and values are given as they are; who prints them has to mind what they hold.
func TestControlCharacters(t *testing.T) {
	out := load(t, nil, source.NewFile("t.yaml", []byte("Resources:\n  \"a\\e[31m\\nb\": {Type: AWS::SageMaker::Model, Metadata: {\"aws:cdk:path\": \"c\\0\"}}\n")))
	if got, want := out.Resources[0].Subject, "a\x1b[31m\nb (c\x00)"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// Of what is huge, all is read that no limit cuts off. None of it is looked at once for each of its parts, which would take
// hours.
func TestGiants(t *testing.T) {
	const n = 50_000
	header := "Resources:\n  It:\n    Type: AWS::SageMaker::NotebookInstance\n    Properties:\n"
	unknown := "Parameters: {" + lines(9_000, "P%d: {Type: String}, ") + "}\n"
	for _, row := range []struct {
		name, text string
		resources  int
		want       string // how P begins
	}{
		{"keys", header + lines(2*n, "      K%d: v\n") + "      P: x\n", 1, `"x"`},
		{"one key", header + lines(2*n, "      P: v%d\n"), 1, `"v99999"`},
		{"resources", "Resources:\n" + lines(n, "  R%d: {Type: AWS::EC2::VPC}\n"), n, "absent"},
		{"one resource", "Resources:\n" + lines(n, "  It: {Type: AWS::EC2::VPC, Properties: {P: v%d}}\n"), 1, `"v49999"`},
		{"parameters", "Parameters:\n" + lines(n, "  P%d: {Type: String}\n") + it("!Ref P7"), 1, "opaque(the parameter P7 has no default"},
		{"allowed values", "Parameters:\n  A: {Type: String, AllowedValues: [" + lines(n, "v%d,") + "]}\n" + it("!Ref A"), 1, "opaque(the parameter A has no default"},
		{"variables", it(`!Sub ["` + strings.ReplaceAll(lines(n, "${V%d}"), "${V7}", "seven") + `", {` + lines(n, "V%d: x,") + "}]"), 1, "opaque(the text is too long)"},
		{"references", it(`!Sub "` + lines(n, "${V%d}") + `"`), 1, "opaque(the text is too long)"},
		{"a list to join", it("!Join [',', [" + lines(n, "x%d,") + "]]"), 1, "opaque(the text is too long)"},
		{"rows", "Mappings:\n  M:\n" + lines(n, "    r%d: {x: same}\n") + it("!FindInMap [M, !Ref AWS::Region, x]"), 1, `"same"`},
		{"digits", it(strings.Repeat("1", 1_000_000)), 1, `"1111`},
		{"an exponent", it("1e999999999"), 1, `"1e999999999"`},
		{"aliases", "X:\n" + lines(n, "  k%d: &a%[1]d x\n") + it("["+lines(n, "*a%d,")+"]"), 1, `["x", "x", `},
		{"documents", strings.Repeat("a: b\n---\n", n) + it("x"), 1, `"x"`},
		{"one line", it("{" + lines(n, `"k%d": "é",`) + "}"), 1, `{k0: "é", `},
		{"conditions", unknown + "Conditions:\n" + lines(9_000, "  C%d: !Equals [!Ref P%[1]d, a]\n") +
			"Resources:\n" + lines(9_000, "  R%d: {Type: AWS::EC2::VPC, Condition: C%[1]d}\n"), 9_000, "absent"},
		{"a chain", unknown + "Conditions:\n  C8999: !Equals [a, a]\n" +
			lines(8_999, "  C%d: !And [!Equals [!Ref P%[1]d, a], !Condition C0, !Condition C%[1]d]\n") +
			"Resources:\n" + lines(8_999, "  R%d: {Type: AWS::EC2::VPC, Condition: C%[1]d}\n"), 8_999, "absent"},
		{"loops", "Resources:\n" + lines(900, "  Fn::ForEach::L%d: [N, [a, b], {\"R%[1]d${N}\": {Type: AWS::EC2::VPC}}]\n"), 1_800, "absent"},
	} {
		out := load(t, nil, source.NewFile("t.yaml", []byte(row.text)))
		if len(out.Resources) != row.resources || len(out.Findings) != 0 {
			t.Errorf("%s: got %d resources, findings %v", row.name, len(out.Resources), out.Findings)
		}
		if got := show(byName(out)["It"].Props.Attr("P")); !strings.HasPrefix(got, row.want) {
			t.Errorf("%s: got %.80s", row.name, got)
		}
	}
}

// Stacks that nest, pass and import without measure cost no more than their limits.
func TestGiantStacks(t *testing.T) {
	const n = 5_000
	location := "x"
	for range 7 {
		location = `{"Fn::Sub": ["` + strings.Repeat("${A}", 60) + `", {A: ` + location + `}]}`
	}
	stack := func(url, parameters string) string {
		return "{Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: " + url + ", Parameters: {" + parameters + "}}}"
	}
	fan := map[string]string{"t9.yaml": "Resources:\n" + lines(1000, "  R%d: {Type: AWS::EC2::VPC}\n")}
	ring := map[string]string{}
	for i := range 9 {
		fan[fmt.Sprintf("t%d.yaml", i)] = "Resources:\n" + strings.ReplaceAll(lines(10, "  S%d: URL\n"), "URL", stack(fmt.Sprintf("t%d.yaml", i+1), ""))
	}
	for i := range 100 {
		ring[fmt.Sprintf("t%d.yaml", i)] = "Parameters: {P: {Type: String}}\nResources:\n  S: " +
			stack(fmt.Sprintf("t%d.yaml", (i+1)%100), "P: !GetAtt S.Outputs.O") + "\nOutputs: {O: {Value: !GetAtt S.Outputs.O}}\n"
	}
	same := map[string]string{}
	for i := range 1_200 {
		same[fmt.Sprintf("d%d/t.yaml", i)] = "Resources:\n  S: " + stack("!Sub \"https://s3.amazonaws.com/${B}/t.yaml\"", "") + "\n"
	}
	exported := "Outputs:\n" + lines(n, "  O%d: {Value: v, Export: {Name: export-%[1]d}}\n") + it("x")
	open := "Outputs:\n" + lines(n, "  O%d: {Value: v, Export: {Name: !Sub \"${AWS::StackName}-export-%[1]d\"}}\n") + it("x")
	for _, row := range []struct {
		name      string
		files     map[string]string
		resources int
		cut       bool
	}{
		{"a location of locations", map[string]string{"t.yaml": "Resources:\n  S: " + stack(location, "") + "\n"}, 1, false},
		{"a fan", fan, 0, true},
		{"a ring", ring, 0, false},
		{"a name for all", same, 1_200, false},
		{"arguments", map[string]string{
			"a.yaml": "Resources:\n  S: " + stack("b.yaml", lines(n, "P%d: x,")) + "\n",
			"b.yaml": "Parameters: {" + lines(n, "P%d: {Type: String},") + "}\n" + it("["+lines(n, "!Ref P%d,")+"]"),
		}, 2, false},
		{"imports", map[string]string{"a.yaml": exported, "b.yaml": it("[" + lines(n, "!ImportValue export-%d,") + "]")}, 2, false},
		{"imports of what is open", map[string]string{"a.yaml": open, "b.yaml": it("[" + lines(n, "!ImportValue {'Fn::Sub': '${Q}-export-%d'},") + "]")}, 2, false},
	} {
		var files []*source.File
		for _, name := range slices.Sorted(maps.Keys(row.files)) {
			files = append(files, source.NewFile(name, []byte(row.files[name])))
		}
		out := load(t, nil, files...)
		if row.resources > 0 && len(out.Resources) != row.resources || len(out.Resources) > 110_000 {
			t.Errorf("%s: got %d resources", row.name, len(out.Resources))
		}
		if cut := len(out.Findings) > 0; cut != row.cut {
			t.Errorf("%s: got findings %v", row.name, out.Findings)
		}
	}
}

// What nobody reads isn't evaluated, and is there all the same.
func TestReads(t *testing.T) {
	files := []*source.File{source.NewFile("t.yaml", []byte("Resources:\n  F: {Type: AWS::Lambda::Function, Properties: {Handler: x}}\n"+
		"  N: {Type: AWS::SageMaker::NotebookInstance, Properties: {SubnetId: subnet-1}}\n"))}
	out, err := cloudformation.Frontend{}.Load(context.Background(), &frontend.Input{
		Files:     files,
		Tree:      memory(files),
		Documents: &frontend.Documents{},
		Each: func(n int, _ func(int) source.Span, do func(int)) {
			for i := range n {
				do(i)
			}
		},
		Reads: func(_ resource.Dialect, typ string, _ bool) bool { return typ == "AWS::SageMaker::NotebookInstance" },
	})
	if err != nil {
		t.Fatal(err)
	}
	rs := byName(out)
	if got := show(rs["F"].Props) + " " + show(rs["N"].Props); got != `{...} {SubnetId: "subnet-1"}` {
		t.Errorf("got %s", got)
	}
}
