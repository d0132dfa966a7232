package config_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"pgregory.net/rapid"

	"github.com/vpclint/vpclint/internal/config"
)

var slugs = []config.Slug{{ID: "public-subnet", About: "A workload sits in a public subnet."}, {ID: "missing-vpc-config"}}

func schemaText(t testing.TB) []byte {
	t.Helper()
	b, err := json.Marshal(config.JSONSchema(slugs))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func compiled(t testing.TB) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(schemaText(t)))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource("vpclint.schema.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("vpclint.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// strings that matter to one key or another; what is right for one is wrong for the next.
var interesting = []string{
	"default", "strict", "low", "medium", "high", "critical", "", "  ", "x", "true",
	"*.tf", "examples/**", "/etc/passwd", "../up.json", "**/**/**/**", "**/**/**/**/*", "a*", " a", "public-subnet", "nothing-like-it",
	"subnet-0123456789abcdef0", "subnet-01234567", "subnet-1", "sg-0123456789abcdef0", "2027-01-31", "2027-02-30", "2027-1-31", "2028-02-29", "tomorrow",
}

// names that a mapping may have somewhere.
var names = []string{
	"profile", "rules", "approved", "network", "audit", "terraform", "cloudformation", "exclude", "ignore", "subnets", "security-groups",
	"var-files", "parameters", "public-subnet", "missing-vpc-config", "enabled", "severity", "rule", "path", "subject", "reason", "until", "profil",
}

// anything draws a value of any shape.
func anything(depth int) *rapid.Generator[any] {
	leaves := []*rapid.Generator[any]{
		rapid.SampledFrom(interesting).AsAny(), rapid.SampledFrom(interesting).AsAny(), rapid.Bool().AsAny(),
		rapid.IntRange(0, 9).AsAny(), rapid.Just[any](nil),
	}
	if depth == 0 {
		return rapid.OneOf(leaves...)
	}
	inner := anything(depth - 1)
	return rapid.OneOf(append(leaves,
		rapid.SliceOfN(inner, 0, 3).AsAny(),
		rapid.MapOfN(rapid.SampledFrom(names), inner, 0, 3).AsAny(),
	)...)
}

// nearly draws what is right for a schema, or, one time in so many, anything.
func nearly(s map[string]any) *rapid.Generator[any] {
	return rapid.Custom(func(t *rapid.T) any {
		if rapid.IntRange(0, 19).Draw(t, "odd") == 0 {
			return anything(2).Draw(t, "anything")
		}
		switch {
		case s["enum"] != nil:
			return rapid.SampledFrom(s["enum"].([]any)).Draw(t, "word")
		case s["items"] != nil:
			return rapid.SliceOfN(nearly(s["items"].(map[string]any)), 0, 3).Draw(t, "list")
		case s["properties"] != nil:
			out := map[string]any{}
			properties := s["properties"].(map[string]any)
			for _, name := range slices.Sorted(maps.Keys(properties)) {
				needed := false
				for _, r := range asList(s["required"]) {
					needed = needed || r == name
				}
				if rapid.IntRange(0, 3).Draw(t, name) > 1 || needed && rapid.IntRange(0, 9).Draw(t, "needed") > 0 {
					out[name] = nearly(properties[name].(map[string]any)).Draw(t, name)
				}
			}
			return out
		case s["additionalProperties"] != nil:
			return rapid.MapOfN(rapid.SampledFrom(names), anything(0), 0, 3).Draw(t, "parameters")
		case strings.Contains(fmt.Sprint(s["type"]), "boolean"):
			return rapid.Bool().Draw(t, "boolean")
		case s["pattern"] != nil:
			return rapid.SampledFrom(interesting).Filter(func(x string) bool { return regexp.MustCompile(s["pattern"].(string)).MatchString(x) }).Draw(t, "text")
		}
		return anything(1).Draw(t, "value")
	})
}

func asList(v any) []any { l, _ := v.([]any); return l }

// The schema lets through the documents that the parser accepts, and no others, but for slugs, which the parser doesn't know.
func TestSchemaIsTheParsers(t *testing.T) {
	schema := compiled(t)
	var shape map[string]any
	if err := json.Unmarshal(schemaText(t), &shape); err != nil {
		t.Fatal(err)
	}
	accepted, refused := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		b, err := json.Marshal(nearly(shape).Draw(t, "configuration"))
		if err != nil {
			t.Fatal(err)
		}
		doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(b))
		if err != nil {
			t.Fatal(err)
		}
		invalid := schema.Validate(doc)
		_, err = parse(string(b))
		if unknownSlug(doc) {
			if invalid == nil {
				t.Errorf("%s: the schema lets an unknown rule through", b)
			}
			return
		}
		if (invalid == nil) != (err == nil) {
			t.Errorf("%s\nschema: %v\nparser: %v", b, invalid, err)
		}
		if err == nil {
			accepted++
		} else {
			refused++
		}
	})
	if !testing.Short() && (accepted < 10 || refused < 10) {
		t.Errorf("%d documents are accepted and %d refused: the test shows little", accepted, refused)
	}
}

func unknownSlug(doc any) bool {
	top, _ := doc.(map[string]any)
	rules, _ := top["rules"].(map[string]any)
	named := slices.Collect(maps.Keys(rules))
	for _, item := range asList(top["ignore"]) {
		entry, _ := item.(map[string]any)
		if slug, ok := entry["rule"].(string); ok {
			named = append(named, slug)
		}
	}
	for _, slug := range named {
		if slug != "public-subnet" && slug != "missing-vpc-config" {
			return true
		}
	}
	return false
}

// What somebody begins with asks for nothing; with every setting uncommented it asks for each that there is.
func TestExample(t *testing.T) {
	got, err := parse(config.Example)
	if err != nil || got.Profile.Text != "" || len(got.Network)+len(got.Exclude) > 0 {
		t.Errorf("%+v, %v", got, err)
	}
	if !strings.HasPrefix(config.Example, "# yaml-language-server: $schema="+config.SchemaURI+"\n") {
		t.Error("the first line isn't the one by which editors find the schema")
	}
	setting := regexp.MustCompile(`(?m)^# ( *(?:- )?[A-Za-z-]+:(?: .*)?)$`)
	_, body, _ := strings.Cut(config.Example, "\n")
	whole := setting.ReplaceAllString(body, "$1")
	if _, err := parse(whole); err != nil {
		t.Errorf("%v\n%s", err, whole)
	}
	var check func(name string, s map[string]any)
	check = func(name string, s map[string]any) {
		properties, _ := s["properties"].(map[string]any)
		for key, property := range properties {
			if name != "rules" && !regexp.MustCompile(`(?m)\b`+key+`:`).MatchString(whole) {
				t.Errorf("%s of %s is not in the example", key, name)
			}
			check(key, property.(map[string]any))
		}
		if items, ok := s["items"].(map[string]any); ok {
			check(name, items)
		}
	}
	var shape map[string]any
	if err := json.Unmarshal(schemaText(t), &shape); err != nil {
		t.Fatal(err)
	}
	check("the configuration", shape)
}

// Another reader of schemas, in another language, agrees on the files that people write, and that the schema is one.
func TestCheckJSONSchema(t *testing.T) {
	tool := os.Getenv("VPCLINT_CHECK_JSONSCHEMA")
	if tool == "" {
		t.Skip("VPCLINT_CHECK_JSONSCHEMA names no check-jsonschema")
	}
	dir := t.TempDir()
	write := func(name string, content []byte) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, content, 0o644); err != nil {
			t.Fatal(err)
		}
		return path
	}
	schema := write("vpclint.schema.json", schemaText(t))
	if out, err := exec.Command(tool, "--check-metaschema", schema).CombinedOutput(); err != nil {
		t.Errorf("%v: %s", err, out)
	}
	args := []string{"--schemafile", schema, "--output-format", "json"}
	texts, want := map[string]string{}, []string{}
	for i, test := range []struct {
		text  string
		right bool
	}{
		{whole, true},
		{config.Example, true},
		{"profile:\nrules:\n", true},
		{"ignore: [{rule: public-subnet, reason: a lab, until: 2027-01-31, path: }]\n", true},
		{"profile: relaxed\n", false},
		{"rules: {missing-vpc-confg: {enabled: true}}\n", false},
		{"network: [/etc/passwd]\n", false},
		{"exclude: ['  ']\n", false},
		{"approved: {subnets: [subnet-x]}\n", false},
		{"ignore: [{rule: public-subnet}]\n", false},
		{"ignore: [{rule: nothing-like-it, reason: a lab}]\n", false},
		{"rules: {public-subnet: {enabled: 1}}\n", false},
		{"cloudformation: {parameters: {A: []}}\n", false},
	} {
		path := write(fmt.Sprintf("%02d.yaml", i), []byte(test.text))
		args, texts[path] = append(args, path), test.text
		if !test.right {
			want = append(want, path)
		}
	}
	out, err := exec.Command(tool, args...).Output()
	var said struct{ Errors []struct{ Filename string } }
	if jsonErr := json.Unmarshal(out, &said); jsonErr != nil {
		t.Fatalf("%v, %v: %s", err, jsonErr, out)
	}
	refused := map[string]bool{}
	for _, e := range said.Errors {
		refused[e.Filename] = true
	}
	got := slices.Sorted(maps.Keys(refused))
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("refuses others than it should (-want +got):\n%s\n%s", diff, texts)
	}
}
