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
