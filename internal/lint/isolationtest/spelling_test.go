package isolationtest

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// A spelling is a way to write a request down.
type spelling struct {
	name, file string
	// write returns the text of the file, and whether the language has the kind with all that the request says.
	write func(k kind, name string, r object) (string, bool)
	// form says that it is a document in which an empty text is one that is to be filled in.
	form bool
}

var spellings = []spelling{
	{"request", "request.json", request, true},
	{"boto3", "create.py", client, false},
	{"boto3 with a dictionary", "splat.py", splat, false},
	{"the SDK", "sdk.py", sdk, false},
	{"version 3 of the SDK", "trainer.py", trainer, false},
	{"the CLI", "create.sh", command, true},
	{"CloudFormation", "template.yaml", template, false},
	{"CloudFormation in texts", "texts.yaml", inTexts(template), false},
	{"Terraform", "main.tf", resource, false},
	{"Terraform in texts", "texts/main.tf", inTexts(resource), false},
	{"a plan", "plan/plan.json", plan, false},
	{"awscc", "cc/main.tf", awscc, false},
	{"ACK", "manifest.yaml", manifest, true},
	{"Step Functions", "machine.json", machine, true},
	{"Pipelines", "pipeline.json", pipeline, true},
}

// A form is how a language writes values.
type form struct {
	yes, no, null string
	open, shut    string // of an object
	assign        string // after the name of a member
	name          func(string) string
	// strict leaves out members that are null, which the language's own checks refuse.
	strict bool
	after  string // the last member
}

var (
	jsonForm   = form{"true", "false", "null", "{", "}", ": ", strconv.Quote, false, ""}
	pythonForm = form{"True", "False", "None", "{", "}", ": ", strconv.Quote, false, ","}
	hclForm    = form{"true", "false", "null", "{", "}", " = ", snake, false, ","}
)

func (f form) text(v any, indent string) string {
	inner := indent + "  "
	switch v := v.(type) {
	case hole:
		return f.unknown(v, indent)
	case nil:
		return f.null
	case bool:
		if v {
			return f.yes
		}
		return f.no
	case string:
		return strconv.Quote(v)
	case int:
		return strconv.Itoa(v)
	case []any:
		var out []string
		for _, e := range v {
			out = append(out, f.text(e, indent))
		}
		return "[" + strings.Join(out, ", ") + "]"
	case object:
		var out []string
		for _, m := range v {
			if m.value != nil || !f.strict {
				out = append(out, inner+f.name(m.name)+f.assign+f.text(m.value, inner))
			}
		}
		if len(out) == 0 {
			return f.open + f.shut
		}
		return f.open + "\n" + strings.Join(out, ",\n") + f.after + "\n" + indent + f.shut
	}
	panic(fmt.Sprintf("%T is no value", v))
}

// unknown writes what isn't known, or a choice by what isn't.
func (f form) unknown(h hole, indent string) string {
	one, other := f.text(h.arms[0], indent), f.text(h.arms[1], indent)
	switch {
	case f.assign == hclForm.assign && h.chosen:
		return "var.given == \"yes\" ? " + one + " : " + other
	case f.assign == hclForm.assign:
		return "var.given"
	case h.chosen:
		return one + " if os.environ[\"GIVEN\"] == \"yes\" else " + other
	}
	return "json.loads(os.environ[\"GIVEN\"])"
}

// named puts the name of what a request makes before the rest.
func named(k kind, name string, r object) object {
	return append(object{{k.name, name}}, r...)
}

func request(k kind, name string, r object) (string, bool) {
	return jsonForm.text(named(k, name, r), "") + "\n", true
}

func client(k kind, name string, r object) (string, bool) {
	var b strings.Builder
	b.WriteString("import boto3\n\nsagemaker = boto3.client(\"sagemaker\")\nsagemaker." + method(k.operation) + "(\n")
	for _, m := range named(k, name, r) {
		fmt.Fprintf(&b, "  %s=%s,\n", m.name, pythonForm.text(m.value, "  "))
	}
	b.WriteString(")\n")
	return b.String(), true
}

func splat(k kind, name string, r object) (string, bool) {
	return "import boto3\n\nrequest = " + pythonForm.text(r, "") + "\nrequest[" + strconv.Quote(k.name) + "] = " + strconv.Quote(name) +
		"\nboto3.Session().client(service_name=\"sagemaker\")." + method(k.operation) + "(**request)\n", true
}

// command takes lists and structures as JSON, and switches by their names.
func command(k kind, name string, r object) (string, bool) {
	var b strings.Builder
	b.WriteString("#!/bin/sh\naws sagemaker " + strings.ReplaceAll(method(k.operation), "_", "-"))
	inJSON := jsonForm
	inJSON.strict = true
	for _, m := range named(k, name, r) {
		flag := strings.ReplaceAll(snake(m.name), "_", "-")
		switch v := m.value.(type) {
		case nil:
		case bool:
			if !v {
				flag = "no-" + flag
			}
			b.WriteString(" \\\n  --" + flag)
		case object, []any:
			b.WriteString(" \\\n  --" + flag + " '" + inJSON.text(v, "  ") + "'")
		default:
			if v == "" {
				return "", false // an argument that is empty is no form to fill in
			}
			fmt.Fprintf(&b, " \\\n  --%s %v", flag, v)
		}
	}
	return b.String() + "\n", true
}

var word = regexp.MustCompile(`[A-Z]+(?:[a-z0-9]*)`)

// snake writes a name in lower case, with underscores between its words.
func snake(name string) string {
	var b strings.Builder
	for i, c := range name {
		upper := c >= 'A' && c <= 'Z'
		if upper && i > 0 {
			before, after := name[i-1], byte('A')
			if i+1 < len(name) {
				after = name[i+1]
			}
			if before < 'A' || before > 'Z' || after >= 'a' && after <= 'z' {
				b.WriteByte('_')
			}
		}
		b.WriteString(strings.ToLower(string(c)))
	}
	return b.String()
}

func method(operation string) string { return snake(operation) }

// template spells a request as CloudFormation, which has the API's members under their names. Switches are texts at times.
func template(k kind, name string, r object) (string, bool) {
	if k.template == "" || lacks(r, k.lackingInTemplates()) {
		return "", false
	}
	var b strings.Builder
	fmt.Fprintf(&b, "Resources:\n  %s:\n    Type: %s\n    Properties:\n", "Workload", k.template)
	yaml(&b, named(k, name, r), "      ", func(s string) string { return s }, "!Ref AWS::NoValue")
	return b.String(), true
}

// lackingInTemplates are members that came to the API later.
func (k kind) lackingInTemplates() []string { return []string{"InstancePreferences"} }

// inTexts writes switches and numbers as texts, which CloudFormation and Terraform take for them.
func inTexts(write func(kind, string, object) (string, bool)) func(kind, string, object) (string, bool) {
	var texts func(v any) any
	texts = func(v any) any {
		switch v := v.(type) {
		case bool, int:
			return fmt.Sprint(v)
		case []any:
			out := make([]any, len(v))
			for i, e := range v {
				out[i] = texts(e)
			}
			return out
		case object:
			out := make(object, len(v))
			for i, m := range v {
				out[i] = member{m.name, texts(m.value)}
			}
			return out
		}
		return v
	}
	return func(k kind, name string, r object) (string, bool) { return write(k, name, texts(r).(object)) }
}

// lacks reports whether a request says something under one of the names.
func lacks(r object, names []string) bool {
	for _, m := range r {
		for _, name := range names {
			if m.name == name && m.value != nil {
				return true
			}
		}
		switch v := m.value.(type) {
		case object:
			if lacks(v, names) {
				return true
			}
		case []any:
			for _, e := range v {
				if inner, ok := e.(object); ok && lacks(inner, names) {
					return true
				}
			}
		}
	}
	return false
}

// choice writes a hole of a template.
func choice(h hole) string {
	if !h.chosen {
		return "!Ref Given"
	}
	arm := func(v any) string {
		if v == nil {
			return "!Ref AWS::NoValue"
		}
		return jsonForm.text(v, "")
	}
	return "!If [Is, " + arm(h.arms[0]) + ", " + arm(h.arms[1]) + "]"
}

// yaml writes a block.
func yaml(b *strings.Builder, o object, indent string, name func(string) string, null string) {
	for _, m := range o {
		fmt.Fprintf(b, "%s%s:", indent, name(m.name))
		switch v := m.value.(type) {
		case hole:
			fmt.Fprintf(b, " %s\n", choice(v))
		case nil:
			fmt.Fprintf(b, " %s\n", null)
		case object:
			if len(v) == 0 {
				b.WriteString(" {}\n")
				continue
			}
			b.WriteString("\n")
			yaml(b, v, indent+"  ", name, null)
		case []any:
			if len(v) == 0 {
				b.WriteString(" []\n")
				continue
			}
			b.WriteString("\n")
			for _, e := range v {
				inner, ok := e.(object)
				if !ok {
					fmt.Fprintf(b, "%s  - %v\n", indent, e)
					continue
				}
				var block strings.Builder
				yaml(&block, inner, indent+"    ", name, null)
				b.WriteString(indent + "  - " + strings.TrimPrefix(block.String(), indent+"    "))
			}
		case string:
			fmt.Fprintf(b, " %q\n", v)
		default:
			fmt.Fprintf(b, " %v\n", v)
		}
	}
}

var ackWords = map[string]string{"Id": "ID", "Ids": "IDs", "Arn": "ARN", "Kms": "KMS", "Uri": "URI", "Url": "URL"}

// manifest spells a request as a resource of AWS Controllers for Kubernetes.
func manifest(k kind, name string, r object) (string, bool) {
	if k.kubernetes == "" || lacks(r, []string{"InstancePreferences"}) {
		return "", false
	}
	var b strings.Builder
	fmt.Fprintf(&b, "apiVersion: sagemaker.services.k8s.aws/v1alpha1\nkind: %s\nmetadata:\n  name: %s\nspec:\n", k.kubernetes, name)
	yaml(&b, named(k, name, r), "  ", func(s string) string {
		words := word.FindAllString(s, -1)
		for i, w := range words {
			if capital, ok := ackWords[w]; ok {
				w = capital
			}
			if words[i] = w; i == 0 {
				words[i] = strings.ToLower(w)
			}
		}
		return strings.Join(words, "")
	}, "null")
	return b.String(), true
}

// machine spells a request as the task of a state machine.
func machine(k kind, name string, r object) (string, bool) {
	operation := strings.ToLower(k.operation[:1]) + k.operation[1:]
	integration := "arn:aws:states:::aws-sdk:sagemaker:" + operation
	if k.state {
		integration = "arn:aws:states:::sagemaker:" + operation
		if strings.HasSuffix(operation, "Job") {
			integration += ".sync"
		}
	}
	states := object{{"StartAt", "Create"}, {"States", object{{"Create", object{
		{"Type", "Task"}, {"Resource", integration}, {"Parameters", named(k, name, r)}, {"End", true},
	}}}}}
	return jsonForm.text(states, "") + "\n", true
}

// pipeline spells a request as the step of a pipeline, whose run has names of its own.
func pipeline(k kind, name string, r object) (string, bool) {
	if k.step == "" {
		return "", false
	}
	definition := object{
		{"Version", "2020-12-01"},
		{"Steps", []any{object{{"Name", name}, {"Type", k.step}, {"Arguments", r}}}},
	}
	return jsonForm.text(definition, "") + "\n", true
}
