package terraform

import (
	"path"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"

	"github.com/vpclint/vpclint/internal/doctree"
	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/value"
)

// A setting is the value that a root's variable has been given: an attribute of a tfvars file, the text of --var, or what
// it was when the plan was made.
type setting struct {
	attr *hclsyntax.Attribute
	text string
	// planned is the value that a plan was made with.
	planned *doctree.Node
	// by names who set it: "terraform.tfvars".
	by string
}

// settingsFor collects the values of a root's variables, in Terraform's precedence: the environment, terraform.tfvars,
// *.auto.tfvars, then the command line's --var-file and --var. A plan knows them all:
// https://developer.hashicorp.com/terraform/language/values/variables#variable-definition-precedence
func settingsFor(m *module, varFiles []*parsed, given frontend.Settings, p *plan) map[string]setting {
	out := map[string]setting{}
	for _, v := range given.EnvVars {
		if m.variables[v.Name] != nil {
			out[v.Name] = setting{text: v.Text, by: "TF_VAR_" + v.Name}
		}
	}
	for _, p := range append(append([]*parsed(nil), m.tfvars...), varFiles...) {
		for name, a := range p.attrs {
			if m.variables[name] != nil {
				out[name] = setting{attr: a, by: path.Base(p.file.Path)}
			}
		}
	}
	for _, v := range given.Vars {
		if m.variables[v.Name] != nil {
			out[v.Name] = setting{text: v.Text, by: "--var"}
		}
	}
	if p != nil {
		for _, pair := range pairsOf(p.variables) {
			if v := pair.Value.Get("value"); v != nil && m.variables[pair.Key.Text] != nil {
				out[pair.Key.Text] = setting{planned: v, by: "the plan " + path.Base(p.file.Path)}
			}
		}
	}
	return out
}

// parseVar reads the text of --var or TF_VAR_name as Terraform does: as it stands for a variable of text, as an expression
// for a list or an object, and where the type is any. By says which it is.
func parseVar(text, by string, v *variable) value.Value {
	if ty := v.constraint; !v.typed || ty.IsPrimitiveType() {
		if ty.IsPrimitiveType() {
			if c, err := convert.Convert(cty.StringVal(text), ty); err == nil {
				return fromCty(c)
			}
		}
		return value.OfString(text)
	}
	f := source.NewFile(by, []byte(text))
	if r := guard(f); r != nil {
		return value.OfOpaque("the value of " + by + " can't be read: " + r.message)
	}
	e, diags := hclsyntax.ParseExpression(f.Bytes, f.Path, hcl.InitialPos)
	if diags.HasErrors() {
		return value.OfOpaque("the value of " + by + " is no HCL expression")
	}
	c, diags := e.Value(nil)
	if diags.HasErrors() {
		return value.OfOpaque("the value of " + by + " can't be evaluated")
	}
	return fromCty(c)
}
