package terraform

import (
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"
)

// generatedModules is how many modules are made up for the comparison with Terraform's plans.
const generatedModules = 40

// generatedSeed is the seed of all of them.
const generatedSeed = 20240607

// The archives of made-up modules are those that the generator writes: their plans are recorded.
func TestGeneratedModules(t *testing.T) {
	for i := range generatedModules {
		path := fmt.Sprintf("testdata/plan/generated-%02d.txtar", i)
		want := generated(uint64(i))
		if *recordPlans {
			if err := os.WriteFile(path, want, 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		got, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), string(got)); diff != "" {
			t.Errorf("%s is not what the generator writes (-generator +file):\n%s", path, diff)
		}
	}
}

// generated writes one module with its children.
func generated(n uint64) []byte {
	g := &generator{r: rand.New(rand.NewPCG(generatedSeed, n)), names: map[typeName][]string{}}
	ar := &txtar.Archive{Comment: []byte("Made up by the generator of plan_generate_test.go.\n")}
	add := func(name, text string) { ar.Files = append(ar.Files, txtar.File{Name: name, Data: []byte(text)}) }
	network := g.child("network", (*generator).network)
	workloads := g.child("workloads", (*generator).workloads)
	var b strings.Builder
	settings := g.variables(&b, "root", 1+g.r.IntN(2))
	g.locals(&b, 3+g.r.IntN(4))
	g.call(&b, network, map[string]string{})
	g.call(&b, workloads, map[string]string{
		"subnets": "flatten([" + network.every("subnet_ids") + "])",
		"vpc_id":  network.any("vpc_id"),
	})
	g.parameters(&b, 4+g.r.IntN(4))
	g.outputs(&b, 5)
	add("main.tf", b.String())
	add("provider.tf", "terraform {\n  required_providers {\n    aws = { source = \"hashicorp/aws\" }\n  }\n}\n\n"+offlineProvider("  region = \"eu-west-1\"\n"))
	add("terraform.tfvars", settings)
	add("network/main.tf", network.text)
	add("workloads/main.tf", workloads.text)
	return txtar.Format(ar)
}

// A childModule is a module that the root calls.
type childModule struct {
	name, text string
	// inputs are its variables by type, outputs what it returns.
	inputs  map[string]typeName
	outputs map[string]typeName
	// address is how the root refers to it: all of its instances are keyed by count, for_each or not at all.
	address string
	keyed   byte
}

// every is an expression for an output of all instances, any for that of one.
func (c *childModule) every(output string) string {
	switch c.keyed {
	case 'c':
		return c.address + "[*]." + output
	case 'e':
		return "[for k, m in " + c.address + " : m." + output + "]"
	}
	return c.address + "." + output
}

func (c *childModule) any(output string) string {
	switch c.keyed {
	case 'c':
		return c.address + "[0]." + output
	case 'e':
		return "values(" + c.address + ")[0]." + output
	}
	return c.address + "." + output
}

// child makes up a module of which body writes the resources.
func (g *generator) child(name string, body func(*generator, *strings.Builder)) *childModule {
	c := &childModule{name: name, inputs: map[string]typeName{}, outputs: map[string]typeName{}}
	inner := &generator{r: g.r, names: map[typeName][]string{}}
	var b strings.Builder
	for i, t := range typeNames {
		input := fmt.Sprintf("in_%d", i)
		c.inputs[input] = t
		fmt.Fprintf(&b, "variable %q {\n  type = %s\n", input, t)
		if g.chance(50) {
			fmt.Fprintf(&b, "  default = %s\n", g.literal(t))
		}
		if g.chance(20) {
			b.WriteString("  nullable = false\n")
		}
		b.WriteString("}\n")
		inner.declare(t, "var."+input)
	}
	if name == "workloads" {
		b.WriteString("variable \"subnets\" { type = list(string) }\nvariable \"vpc_id\" {}\n")
	}
	inner.locals(&b, 2+g.r.IntN(3))
	body(inner, &b)
	for _, t := range typeNames {
		output := "out_" + t.word()
		c.outputs[output] = t
		fmt.Fprintf(&b, "output %q {\n  value = %s\n}\n", output, inner.expr(t, 3))
	}
	c.text = b.String()
	return c
}

// call writes a call of a module, once, or by count or for_each.
func (g *generator) call(b *strings.Builder, c *childModule, more map[string]string) {
	c.address = "module." + c.name
	fmt.Fprintf(b, "module %q {\n  source = \"./%s\"\n", c.name, c.name)
	scope := map[typeName][]string{}
	switch g.r.IntN(3) {
	case 0:
		c.keyed = 'c'
		fmt.Fprintf(b, "  count  = 1 + (%s ? 1 : 0)\n", g.expr(aBool, 2))
		scope[aNumber] = []string{"count.index", "count.index"}
	case 1:
		c.keyed = 'e'
		fmt.Fprintf(b, "  for_each = merge(%s, { base = %s })\n", g.expr(aMap, 2), g.expr(aString, 1))
		scope[aString] = []string{"each.key", "each.value", "each.value"}
	}
	g.within(scope, func() {
		for _, name := range sortedKeys(c.inputs) {
			fmt.Fprintf(b, "  %s = %s\n", name, g.expr(c.inputs[name], 3))
		}
	})
	for _, name := range sortedKeys(more) {
		fmt.Fprintf(b, "  %s = %s\n", name, more[name])
	}
	b.WriteString("}\n")
	for _, output := range sortedKeys(c.outputs) {
		g.declare(c.outputs[output], c.any(output))
	}
}

// variables writes the variables of a root, and returns what sets some of them.
func (g *generator) variables(b *strings.Builder, prefix string, each int) (settings string) {
	for _, t := range typeNames {
		for i := range each {
			name := fmt.Sprintf("%s_%s_%d", prefix, t.word(), i)
			fmt.Fprintf(b, "variable %q {\n", name)
			if g.chance(70) {
				fmt.Fprintf(b, "  type = %s\n", t)
			}
			fmt.Fprintf(b, "  default = %s\n}\n", g.literal(t))
			if g.chance(40) {
				settings += fmt.Sprintf("%s = %s\n", name, g.literal(t))
			}
			g.declare(t, "var."+name)
		}
	}
	fmt.Fprintf(b, "variable \"shape\" {\n  type = map(object({ text = string, size = optional(number, %s), on = optional(bool), list = optional(list(string), %s) }))\n", g.literal(aNumber), g.literal(aList))
	fmt.Fprintf(b, "  default = {\n    one = { text = %s }\n    two = { text = %s, size = %s, on = %s }\n  }\n}\n", g.literal(aString), g.literal(aString), g.literal(aNumber), g.literal(aBool))
	g.declare(aString, `var.shape["one"].text`)
	g.declare(aNumber, "var.shape.one.size")
	g.declare(aList, "var.shape[\"two\"].list")
	g.declare(aMap, "{ for k, s in var.shape : k => s.text }")
	return settings
}

func (g *generator) locals(b *strings.Builder, n int) {
	for i := range n {
		t := typeNames[g.r.IntN(len(typeNames))]
		name := fmt.Sprintf("l%d", i)
		fmt.Fprintf(b, "locals {\n  %s = %s\n}\n", name, g.expr(t, 3))
		g.declare(t, "local."+name)
	}
}

func (g *generator) outputs(b *strings.Builder, n int) {
	for i := range n {
		fmt.Fprintf(b, "output \"o%d\" {\n  value = %s\n}\n", i, g.expr(typeNames[i%len(typeNames)], 4))
	}
}

// parameters writes texts, which may be of any form.
func (g *generator) parameters(b *strings.Builder, n int) {
	fmt.Fprintf(b, "resource \"aws_ssm_parameter\" \"texts\" {\n  for_each = {\n")
	for i := range n {
		fmt.Fprintf(b, "    t%d = \"v${%s}\"\n", i, g.expr(aString, 4))
	}
	fmt.Fprintf(b, "  }\n  name  = \"/texts/${each.key}\"\n  type  = \"String\"\n  value = each.value\n}\n")
}
