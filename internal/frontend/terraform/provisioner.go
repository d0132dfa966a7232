package terraform

import (
	"path"
	"strings"

	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/value"
)

// creates is what every command has that makes something with AWS's command line.
const creates = "create-"

// commandsOf returns the blocks by which a resource has commands run beside Terraform that may make something.
// https://developer.hashicorp.com/terraform/language/resources/provisioners/local-exec
func (ev *evaluator) commandsOf(d *declaration) []*hclsyntax.Block {
	if d.data {
		return nil
	}
	var out []*hclsyntax.Block
	for _, b := range d.block.Body.Blocks {
		if b.Type == "provisioner" && len(b.Labels) == 1 && b.Labels[0] == "local-exec" &&
			strings.Contains(ev.span(b.Range()).Text(), creates) {
			out = append(out, b)
		}
	}
	return out
}

// run keeps what a resource has run, for who reads scripts.
func (ev *evaluator) run(r *resourceInstance, b *hclsyntax.Block) {
	exists := r.in.exists.And(r.item.exists)
	command := b.Body.Attributes["command"]
	if command == nil || never(exists) {
		return
	}
	attribute := func(name string) value.Value {
		if a := b.Body.Attributes[name]; a != nil {
			return ev.usedAt(a, r.item.scope)
		}
		return value.Value{}
	}
	body := frontend.Body{
		Language: frontend.ShellScript,
		Value:    ev.usedAt(command, r.item.scope),
		Owner: resource.Raw{
			Dialect: resource.Terraform, Type: r.decl.typ, Addr: r.addr, Subject: r.subject(),
			Exists: exists, Span: ev.span(header(r.decl.block)), Via: r.in.via,
		},
		Shell: frontend.Shell{Dir: ev.dir, Env: attribute("environment").Fields()},
	}
	if dir, known := attribute("working_dir").AsString(); known {
		body.Shell.Dir = path.Join(ev.dir, dir)
	}
	var words []string
	for _, word := range attribute("interpreter").Elems() {
		words = append(words, word.Literal())
	}
	body.Shell.Interpreter = strings.Join(words, " ")
	ev.bodies = append(ev.bodies, body)
}
