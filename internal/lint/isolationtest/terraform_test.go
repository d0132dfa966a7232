package isolationtest

import (
	"fmt"
	"strings"
)

// resource spells a request as a resource of the AWS provider: structures are blocks, and so are lists of them.
func resource(k kind, name string, r object) (string, bool) {
	switch {
	case k.terraform == "", lacks(r, k.lacking):
		return "", false
	case k.operation == "CreateEndpointConfig" && len(parts(k, r)) > 0 && parts(k, r)[0].placeable:
		return "", false // it can't say where variants without a model run
	}
	var b strings.Builder
	fmt.Fprintf(&b, "resource %q \"workload\" {\n", k.terraform)
	k.block(&b, named(k, name, r), "  ")
	b.WriteString("}\n")
	return b.String(), true
}

func (k kind) block(b *strings.Builder, o object, indent string) {
	for _, m := range o {
		name := snake(m.name)
		// What is renamed is so at the top, but for a container's members, which have other names anyway.
		if other, ok := k.renamed[m.name]; ok && indent == "  " {
			name = other
		}
		blocks := []any{m.value}
		list, isList := m.value.([]any)
		if isList {
			blocks = list
		}
		inner := false
		for _, e := range blocks {
			if block, ok := e.(object); ok {
				inner = true
				fmt.Fprintf(b, "%s%s {\n", indent, name)
				k.block(b, block, indent+"  ")
				fmt.Fprintf(b, "%s}\n", indent)
			}
		}
		switch structure := isStructure(m.name); {
		case inner, structure && (m.value == nil || isList):
			// A structure that is null, or a list of none, is no block.
		default:
			fmt.Fprintf(b, "%s%s = %s\n", indent, name, hclForm.text(m.value, indent))
		}
	}
}

// isStructure reports whether a member is a structure, which a null doesn't show.
func isStructure(name string) bool {
	return strings.HasSuffix(name, "Config") || strings.HasSuffix(name, "Configs") || strings.HasSuffix(name, "Configuration")
}

// awscc spells a request as a resource of the provider that is made of CloudFormation's types: structures are objects.
func awscc(k kind, name string, r object) (string, bool) {
	if k.awscc == "" || lacks(r, k.lackingInTemplates()) {
		return "", false
	}
	var b strings.Builder
	fmt.Fprintf(&b, "resource %q \"workload\" {\n", k.awscc)
	for _, m := range named(k, name, r) {
		fmt.Fprintf(&b, "  %s = %s\n", snake(m.name), hclForm.text(m.value, "  "))
	}
	b.WriteString("}\n")
	return b.String(), true
}

// plan spells a request as what terraform show -json says of a plan: blocks are lists.
func plan(k kind, name string, r object) (string, bool) {
	if _, ok := resource(k, name, r); !ok {
		return "", false
	}
	planned := object{
		{"format_version", "1.2"}, {"terraform_version", "1.11.4"},
		{"planned_values", object{{"root_module", object{{"resources", []any{object{
			{"address", k.terraform + ".workload"}, {"mode", "managed"}, {"type", k.terraform}, {"name", "workload"},
			{"provider_name", "registry.terraform.io/hashicorp/aws"}, {"schema_version", 0}, {"values", k.planned(named(k, name, r), true)},
		}}}}}}},
		{"resource_changes", []any{object{
			{"address", k.terraform + ".workload"}, {"mode", "managed"}, {"type", k.terraform}, {"name", "workload"},
			{"provider_name", "registry.terraform.io/hashicorp/aws"},
			{"change", object{{"actions", []any{"create"}}, {"before", nil}, {"after", k.planned(named(k, name, r), true)}, {"after_unknown", object{}}}},
		}}},
		{"configuration", object{{"root_module", object{{"resources", []any{object{
			{"address", k.terraform + ".workload"}, {"mode", "managed"}, {"type", k.terraform}, {"name", "workload"}, {"provider_config_key", "aws"},
		}}}}}}},
	}
	return jsonForm.text(planned, "") + "\n", true
}

func (k kind) planned(o object, top bool) object {
	var out object
	for _, m := range o {
		name := snake(m.name)
		if other, ok := k.renamed[m.name]; ok && top {
			name = other
		}
		switch v := m.value.(type) {
		case object:
			out = append(out, member{name, []any{k.planned(v, false)}})
		case []any:
			list := make([]any, len(v))
			for i, e := range v {
				if list[i] = e; isObject(e) {
					list[i] = k.planned(e.(object), false)
				}
			}
			out = append(out, member{name, list})
		default:
			if v == nil && isStructure(m.name) {
				v = []any{}
			}
			out = append(out, member{name, v})
		}
	}
	return out
}

func isObject(v any) bool {
	_, ok := v.(object)
	return ok
}
