package terraform

import (
	"errors"
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
// *.auto.tfvars, then the command line's --var-file and --var as they come. A plan knows them all:
// https://developer.hashicorp.com/terraform/language/values/variables#variable-definition-precedence
func settingsFor(m *module, varFiles []*parsed, given frontend.Settings, p *plan) map[string]setting {
	out := map[string]setting{}
	for _, v := range given.EnvVars {
		if m.variables[v.Name] != nil {
			out[v.Name] = setting{text: v.Text, by: "TF_VAR_" + v.Name}
		}
	}
	read := func(p *parsed) {
		for name, a := range p.attrs {
			if m.variables[name] != nil {
				out[name] = setting{attr: a, by: path.Base(p.file.Path)}
			}
		}
	}
	for _, p := range m.tfvars {
		read(p)
	}
	for i := range len(varFiles) + 1 {
		for _, v := range given.Vars {
			if v.After == i && m.variables[v.Name] != nil {
				out[v.Name] = setting{text: v.Text, by: "--var"}
			}
		}
		if i < len(varFiles) {
			read(varFiles[i])
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
	parsed, err := parseSetting(text, by, v)
	if err != nil {
		return value.OfOpaque("the value of " + by + " can't be used: " + err.Error())
	}
	return parsed
}

// parseSetting is parseVar with why the text can't be used, a clause.
func parseSetting(text, by string, v *variable) (value.Value, error) {
	if v.typed && !v.constraint.IsPrimitiveType() {
		f := source.NewFile(by, []byte(text))
		if r := guard(f); r != nil {
			return value.Value{}, errors.New(r.message)
		}
		e, diags := hclsyntax.ParseExpression(f.Bytes, f.Path, hcl.InitialPos)
		if diags.HasErrors() {
			return value.Value{}, errors.New("it is no HCL expression")
		}
		c, diags := e.Value(nil)
		if diags.HasErrors() {
			return value.Value{}, errors.New("it can't be evaluated")
		}
		if _, err := convert.Convert(c, v.constraint); err != nil {
			return value.Value{}, err
		}
		return fromCty(c), nil
	}
	if v.constraint.IsPrimitiveType() {
		c, err := convert.Convert(cty.StringVal(text), v.constraint)
		if err != nil {
			return value.Value{}, err
		}
		return fromCty(c), nil
	}
	return value.OfString(text), nil
}
