package terraform

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// A census counts what random expressions have that came to a value: the kinds of nodes, operators, functions and names.
type census map[string]int

func (c census) count(text string, e hclsyntax.Expression) {
	diags := hclsyntax.VisitAll(e, func(n hclsyntax.Node) hcl.Diagnostics {
		if _, isExpr := n.(hclsyntax.Expression); isExpr {
			c[strings.TrimPrefix(fmt.Sprintf("%T", n), "*hclsyntax.")]++
		}
		for _, form := range formsOf(n, text) {
			c[form]++
		}
		return nil
	})
	if diags.HasErrors() {
		panic(diags)
	}
	tokens, _ := hclsyntax.LexExpression([]byte(text), "expr.tf", hcl.InitialPos)
	for i, t := range tokens {
		switch s := string(t.Bytes); t.Type {
		case hclsyntax.TokenOHeredoc:
			c["heredoc "+strings.TrimRight(s, "EOT\n")]++
		case hclsyntax.TokenTemplateInterp, hclsyntax.TokenTemplateControl:
			c[s]++
			if i+1 < len(tokens) && tokens[i+1].Type == hclsyntax.TokenIdent && s[0] == '%' {
				c["directive "+string(tokens[i+1].Bytes)]++
			}
		case hclsyntax.TokenTemplateSeqEnd:
			c["end "+s]++
		case hclsyntax.TokenColon:
			c["key :"]++
		}
	}
}

// formsOf names the forms of a node that the evaluator treats each in its own way.
func formsOf(n hclsyntax.Node, text string) []string {
	switch n := n.(type) {
	case *hclsyntax.BinaryOpExpr:
		between := text[n.LHS.Range().End.Byte:n.RHS.Range().Start.Byte]
		return []string{"binary " + strings.Trim(between, " ()")}
	case *hclsyntax.UnaryOpExpr:
		return []string{"unary " + text[n.SymbolRange.Start.Byte:n.SymbolRange.End.Byte]}
	case *hclsyntax.FunctionCallExpr:
		forms := []string{n.Name + "()"}
		if n.ExpandFinal {
			forms = append(forms, "call ...")
		}
		return forms
	case *hclsyntax.ForExpr:
		forms := []string{"for"}
		for form, has := range map[string]bool{"for =>": n.KeyExpr != nil, "for if": n.CondExpr != nil, "for group": n.Group, "for k, v": n.KeyVar != ""} {
			if has {
				forms = append(forms, form)
			}
		}
		return forms
	case *hclsyntax.SplatExpr:
		if strings.HasPrefix(text[n.MarkerRange.Start.Byte:], "[") {
			return []string{"splat [*]"}
		}
		return []string{"splat .*"}
	case *hclsyntax.ObjectConsKeyExpr:
		if n.ForceNonLiteral {
			return []string{"key in parentheses"}
		}
		return []string{strings.TrimPrefix(fmt.Sprintf("key %T", n.Wrapped), "*hclsyntax.")}
	case *hclsyntax.RelativeTraversalExpr:
		return stepForms(n.Traversal, text)
	case *hclsyntax.ScopeTraversalExpr:
		root := n.Traversal.RootName()
		return append(stepForms(n.Traversal[1:], text), "name "+strings.TrimRight(root, "0123456789"))
	}
	return nil
}

func stepForms(t hcl.Traversal, text string) []string {
	var forms []string
	for _, step := range t {
		if _, isIndex := step.(hcl.TraverseIndex); isIndex && text[step.SourceRange().Start.Byte] == '.' {
			forms = append(forms, "legacy index")
		} else {
			forms = append(forms, fmt.Sprintf("%T", step))
		}
	}
	return forms
}

// everyForm lists what the language has: https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md
var everyForm = []string{
	"AnonSymbolExpr", "BinaryOpExpr", "ConditionalExpr", "ForExpr", "FunctionCallExpr", "IndexExpr", "LiteralValueExpr", "ObjectConsExpr",
	"ObjectConsKeyExpr", "ParenthesesExpr", "RelativeTraversalExpr", "ScopeTraversalExpr", "SplatExpr", "TemplateExpr", "TemplateJoinExpr",
	"TemplateWrapExpr", "TupleConsExpr", "UnaryOpExpr",
	"binary +", "binary -", "binary *", "binary /", "binary %", "binary &&", "binary ||", "binary ==", "binary !=", "binary <", "binary <=", "binary >",
	"binary >=", "unary -", "unary !", "call ...", "for", "for =>", "for if", "for group", "for k, v", "splat [*]", "splat .*", "legacy index",
	"hcl.TraverseAttr", "hcl.TraverseIndex", "heredoc <<", "heredoc <<-", "${", "${~", "%{", "%{~", "end }", "end ~}", "directive if", "directive else",
	"directive endif", "directive for", "directive endfor", "key in parentheses", "key *hclsyntax.ScopeTraversalExpr", "key *hclsyntax.TemplateExpr", "key :",
	"name aws_subnet", "name count", "name data", "name each", "name k", "name local", "name m", "name module", "name path", "name resource", "name s", "name self",
	"name terraform", "name v", "name var",
}

// TestEveryFormIsSampled fails where the samples of TestSoundness never have a kind of node, an operator, a name or a
// function that the language has, or have one that nobody has thought of.
func TestEveryFormIsSampled(t *testing.T) {
	const expressions = 6000 // as many as TestSoundness needs
	s, seen := newSoundness(), census{}
	for seed := uint64(1); seed <= expressions; seed++ {
		text := randomExpression(seed)
		if result, _ := s.check(text, seed, 2); result.concrete > 0 {
			seen.count(text, result.expr)
		}
	}
	for _, form := range everyForm {
		if seen[form] == 0 {
			t.Errorf("no sample has %s", form)
		}
	}
	for _, name := range terraformFunctions {
		if seen[name+"()"] == 0 {
			t.Errorf("no sample calls %s", name)
		}
	}
	for _, form := range slices.Sorted(maps.Keys(seen)) {
		name, isCall := strings.CutSuffix(form, "()")
		if isCall && !strings.Contains(name, "::") && !slices.Contains(terraformFunctions, name) || !isCall && !slices.Contains(everyForm, form) {
			t.Errorf("the samples have %s, which is not listed", form)
		}
	}
}

// TestEveryFunctionIsCompared calls each function with arguments that are known, where it must be computed unless only a run
// of Terraform tells, and with such as are not.
func TestEveryFunctionIsCompared(t *testing.T) {
	const rounds = 16
	s := newSoundness()
	exact, blurred := census{}, census{}
	for i, c := range calls {
		for seed := range uint64(rounds) {
			for of, worlds := range map[leaves]int{knownLeaf: 1, unknownLeaf: 4} {
				g := &grammar{r: rand.New(rand.NewPCG(seed, uint64(i))), leaves: of}
				text := g.filled(c.text, int(seed%2))
				result, err := s.check(text, seed, worlds)
				if err != nil {
					t.Errorf("%s, seed %d: %v", c.text, seed, err)
				}
				call, ok := result.expr.(*hclsyntax.FunctionCallExpr)
				switch {
				case !ok:
				case of == knownLeaf:
					exact[call.Name] += result.exact
				default:
					blurred[call.Name] += result.concrete
				}
			}
		}
	}
	takesNothing := []string{"plantimestamp", "timestamp", "uuid"}
	for _, name := range append(slices.Clone(terraformFunctions), "provider::aws::arn_build") {
		if known := !slices.Contains(undetermined, name); known != (exact[name] > 0) {
			t.Errorf("%s of what is known: computed %d times", name, exact[name])
		}
		if blurred[name] == 0 && !slices.Contains(takesNothing, name) {
			t.Errorf("%s of what is not known is never compared", name)
		}
	}
}
