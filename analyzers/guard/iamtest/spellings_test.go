package iamtest

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/vpclint/vpclint/internal/lint"
	"github.com/vpclint/vpclint/rules"
)

// spellings are the ways in which one policy is written, each as a file: its name and its text.
var spellings = map[string]func(doc map[string]any) (name, text string){
	"a file": func(doc map[string]any) (string, string) { return "policy.json", indented(doc) },
	"jsonencode": func(doc map[string]any) (string, string) {
		return "main.tf", "resource \"aws_iam_policy\" \"p\" {\n  policy = jsonencode(" + templated(indented(doc)) + ")\n}\n"
	},
	"a heredoc": func(doc map[string]any) (string, string) {
		return "main.tf", "resource \"aws_iam_policy\" \"p\" {\n  policy = <<EOF\n" + templated(indented(doc)) + "\nEOF\n}\n"
	},
	"aws_iam_policy_document": func(doc map[string]any) (string, string) {
		return "main.tf", blocks(doc) + "\nresource \"aws_iam_policy\" \"p\" {\n  policy = data.aws_iam_policy_document.p.json\n}\n"
	},
	"a template in JSON": func(doc map[string]any) (string, string) {
		return "template.json", `{"Resources": {"P": {"Type": "AWS::IAM::ManagedPolicy", "Properties": {"PolicyDocument": ` + indented(doc) + `}}}}`
	},
	"a template in YAML": func(doc map[string]any) (string, string) {
		var b strings.Builder
		b.WriteString("Resources:\n  P:\n    Type: AWS::IAM::ManagedPolicy\n    Properties:\n      PolicyDocument:")
		yamlOf(&b, doc, "        ")
		return "template.yaml", b.String() + "\n"
	},
}

func indented(v any) string {
	text, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		panic(err)
	}
	return string(text)
}

// templated escapes what Terraform would put something in the place of.
func templated(text string) string { return strings.ReplaceAll(text, "${", "$${") }

// blocks writes a policy as Terraform's data source has it, in which policy variables are spelt &{...}.
func blocks(doc map[string]any) string {
	var b strings.Builder
	b.WriteString("data \"aws_iam_policy_document\" \"p\" {\n")
	version, ok := doc["Version"]
	if !ok {
		version = "2008-10-17" // what is no version in JSON; that of a block which says nothing is the newer
	}
	fmt.Fprintf(&b, "  version = %q\n", version)
	quoted := func(v any) string {
		list, ok := v.([]any)
		if !ok {
			list = []any{v}
		}
		var out []string
		for _, e := range list {
			out = append(out, strings.ReplaceAll(strconv.Quote(fmt.Sprint(e)), "${", "&{"))
		}
		return "[" + strings.Join(out, ", ") + "]"
	}
	statements, list := doc["Statement"].([]any)
	if !list {
		statements = []any{doc["Statement"]}
	}
	for _, s := range statements {
		s := s.(map[string]any)
		fmt.Fprintf(&b, "  statement {\n    effect = %q\n", s["Effect"])
		for _, element := range [][2]string{{"Action", "actions"}, {"NotAction", "not_actions"}, {"Resource", "resources"}, {"NotResource", "not_resources"}} {
			if v, ok := s[element[0]]; ok {
				fmt.Fprintf(&b, "    %s = %s\n", element[1], quoted(v))
			}
		}
		conditions, _ := s["Condition"].(map[string]any)
		for _, operator := range sorted(conditions) {
			ks := conditions[operator].(map[string]any)
			for _, key := range sorted(ks) {
				fmt.Fprintf(&b, "    condition {\n      test     = %q\n      variable = %q\n      values   = %s\n    }\n", operator, key, quoted(ks[key]))
			}
		}
		b.WriteString("  }\n")
	}
	b.WriteString("}\n")
	return b.String()
}

// sorts puts actions in the order in which Terraform's data source has them, which decides what of several a finding is at.
func sorts(doc map[string]any) {
	statements, list := doc["Statement"].([]any)
	if !list {
		statements = []any{doc["Statement"]}
	}
	for _, s := range statements {
		if actions, ok := s.(map[string]any)["Action"].([]any); ok {
			slices.SortFunc(actions, func(a, b any) int { return strings.Compare(b.(string), a.(string)) })
		}
	}
}

// yamlOf writes a value in YAML's block style.
func yamlOf(b *strings.Builder, v any, indent string) {
	switch v := v.(type) {
	case map[string]any:
		for _, name := range sorted(v) {
			fmt.Fprintf(b, "\n%s%q:", indent, name)
			yamlOf(b, v[name], indent+"  ")
		}
	case []any:
		for _, e := range v {
			fmt.Fprintf(b, "\n%s-", indent)
			yamlOf(b, e, indent+"  ")
		}
	case string:
		fmt.Fprintf(b, " %q", v)
	default:
		fmt.Fprintf(b, " %v", v)
	}
}

// token is an action or a condition key, or what is left of one.
var token = regexp.MustCompile(`[A-Za-z0-9:*?/]+`)

// said is what the linter says of a file, without where.
func said(t *testing.T, name, text string) (out []string) {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	r, err := lint.Run(context.Background(), lint.Config{WorkDir: dir, Paths: []string{"."}, Jobs: 1,
		Rules: []*rules.Rule{rules.UnguardedJobCreation, rules.AbsentKeyCondition, rules.GuardGap, rules.UnknownConditionKey, rules.Unreadable}})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range r.Findings {
		// Terraform leaves out of a list what it has already.
		at := slices.Compact(token.FindAllString(text[f.At.Start:f.At.End], -1))
		line := f.Rule + " at " + strings.Join(at, " ") + ": " + f.Message
		for _, step := range f.Trace {
			if strings.Contains(step.Message, " without ") {
				line += "; " + step.Message
			}
		}
		out = append(out, line)
	}
	for _, u := range r.Undecided {
		out = append(out, u.Rule+": "+u.Reason)
	}
	slices.Sort(out)
	return out
}

// The linter says the same of a policy in whichever language it is written.
func TestSpellings(t *testing.T) {
	m := maker{rand.New(rand.NewPCG(8, 13))}
	findings := 0
	for range *policyCount / 20 {
		var doc map[string]any
		text := m.document(keys, m.often(2))
		for !strings.Contains(text, `"sagemaker:Create`) {
			text = m.document(keys, m.often(2)) // of a file that says nothing of SageMaker nobody knows what it is
		}
		if err := json.Unmarshal([]byte(text), &doc); err != nil {
			t.Fatal(err)
		}
		sorts(doc)
		want := said(t, "policy.json", indented(doc))
		findings += len(want)
		for spelling, of := range spellings {
			name, text := of(doc)
			if got := said(t, name, text); !slices.Equal(got, want) {
				t.Fatalf("as %s:\n%s\nbut in a file:\n%s\n%s", spelling, strings.Join(got, "\n"), strings.Join(want, "\n"), text)
			}
		}
	}
	if findings < *policyCount/40 {
		t.Errorf("%d findings", findings)
	}
}
