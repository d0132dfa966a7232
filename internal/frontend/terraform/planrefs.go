package terraform

import (
	"strings"

	"github.com/vpclint/vpclint/internal/doctree"
	"github.com/vpclint/vpclint/internal/value"
)

// A target is a resource's attribute that a plan's expression refers to.
type target struct {
	ref value.Ref
	// direct is set where the expression names the id of one instance.
	direct bool
}

// A follower follows the names in a plan's configuration to resources, through variables and outputs.
type follower struct {
	plan  *plan
	unit  string
	steps int
	// lost is set where a name leads to what a plan doesn't tell, such as a local value; mixed where one leads to no
	// resource: it may well choose what else the expression names.
	lost, mixed bool
}

const (
	// maxFollowed bounds the names that are followed for one argument, maxFollowedDepth the modules on the way.
	maxFollowed      = 10_000
	maxFollowedDepth = 50
)

// references returns what an argument of a module instance's configuration refers to, each once, in order.
// Each is the for_each of the block that the argument stands in.
func (f *follower) references(expr *doctree.Node, module string, each *doctree.Node, depth int) []target {
	var out []target
	seen := map[value.Ref]bool{}
	for _, name := range namesIn(expr) {
		targets := f.follow(name, module, each, depth)
		f.mixed = f.mixed || len(targets) == 0
		for _, t := range targets {
			if !seen[t.ref] {
				seen[t.ref] = true
				out = append(out, t)
			}
		}
	}
	return out
}

// namesIn returns the references of an argument, nested blocks included. A plan lists a reference and then all that it
// begins with, which say nothing more.
func namesIn(expr *doctree.Node) []string {
	if expr == nil {
		return nil
	}
	var out []string
	for _, item := range expr.Items {
		out = append(out, namesIn(item)...)
	}
	for _, pair := range expr.Pairs {
		if pair.Key.Text != "references" {
			out = append(out, namesIn(pair.Value)...)
			continue
		}
		last := ""
		for _, n := range pair.Value.Items {
			if strings.HasPrefix(last, n.Text+".") || strings.HasPrefix(last, n.Text+"[") {
				continue
			}
			last = n.Text
			out = append(out, n.Text)
		}
	}
	return out
}

func (f *follower) follow(name, module string, each *doctree.Node, depth int) []target {
	f.steps++
	if f.steps > maxFollowed || depth > maxFollowedDepth {
		f.lost = true
		return nil
	}
	steps := stepsOf(respelt(name))
	switch {
	case steps[0] == "var" && len(steps) > 1:
		return f.variable(steps, module, depth)
	case steps[0] == "module" && len(steps) > 2:
		return f.output(steps, module, depth)
	case steps[0] == "data" && len(steps) > 2:
		return f.instances("data."+steps[1]+".", steps[2:], module)
	case steps[0] == "each" && each != nil:
		return indirect(f.references(each, module, nil, depth+1))
	case steps[0] == "path" || steps[0] == "terraform" || steps[0] == "count":
		return nil
	case strings.Contains(steps[0], "_") && len(steps) > 1:
		return f.instances(steps[0]+".", steps[1:], module)
	}
	f.lost = true
	return nil
}

// variable follows a variable of a module to the argument of the call.
func (f *follower) variable(steps []string, module string, depth int) []target {
	name, key := splitKey(steps[1])
	if module == "" {
		f.lost = f.lost || f.plan.variables.Get(name) == nil
		return nil // its value is known, and refers to nothing
	}
	at := stepsOf(module)
	call, _ := splitKey(at[len(at)-1])
	parent := strings.Join(at[:len(at)-2], ".")
	config := f.plan.moduleConfig(parent).Get("module_calls").Get(call)
	out := f.references(config.Get("expressions").Get(name), parent, config.Get("for_each_expression"), depth+1)
	if key != "" || len(steps) > 2 {
		return indirect(out)
	}
	return out
}

// output follows an output of a called module to the resources there.
func (f *follower) output(steps []string, module string, depth int) []target {
	call, key := splitKey(steps[1])
	name, part := splitKey(steps[2])
	block := inModule(module, "module."+call)
	var out []target
	for _, suffix := range f.plan.suffixes[block] {
		if key != "" && key != suffix {
			continue
		}
		expr := f.plan.moduleConfig(block).Get("outputs").Get(name).Get("expression")
		out = append(out, f.references(expr, block+suffix, nil, depth+1)...)
	}
	if len(out) == 0 {
		f.lost = true
	}
	if part != "" || len(steps) > 3 {
		return indirect(out)
	}
	return out
}

// instances returns the instances that a resource's name stands for.
func (f *follower) instances(kind string, steps []string, module string) []target {
	name, key := splitKey(steps[0])
	block := inModule(module, kind+name)
	attr := "id"
	if len(steps) > 1 {
		attr = steps[1]
	}
	var out []target
	for _, suffix := range f.plan.suffixes[block] {
		if key != "" && key != suffix {
			continue
		}
		ref := value.Ref{Addr: value.Address{Unit: f.unit, Name: block + suffix}, Attr: attr}
		out = append(out, target{ref: ref, direct: len(steps) == 2 && attr == "id"})
	}
	if len(out) == 0 {
		f.lost = true
	}
	if len(out) > 1 {
		return indirect(out)
	}
	return out
}

func indirect(ts []target) []target {
	for i := range ts {
		ts[i].direct = false
	}
	return ts
}
