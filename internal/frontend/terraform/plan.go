package terraform

import (
	"bytes"
	"path"
	"strconv"
	"strings"

	"github.com/vpclint/vpclint/internal/doctree"
	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/source"
)

// A plan is what `terraform show -json` prints of a plan or of a state, or a state file itself:
// https://developer.hashicorp.com/terraform/internals/json-format
type plan struct {
	file *source.File
	// state tells what is deployed from what is planned.
	state bool
	// complete is set where everything that is to exist is told, as is not so of a plan with -target. An errored plan is one
	// that terraform could not finish.
	complete, errored bool
	// variables are the values of the root's variables, by name.
	variables *doctree.Node
	// resources are in document order, byAddress by their address as vpclint spells it.
	resources []*plannedInstance
	byAddress map[string]*plannedInstance
	// suffixes are the instances of each resource block and module call, by its address without its own key.
	suffixes map[string][]string
	// root is the configuration of the root module that was planned.
	root *doctree.Node
}

// A plannedInstance is one resource instance of a plan or a state.
type plannedInstance struct {
	// address is that of the instance, module that of its module instance ("" for a root's), block that of its block.
	address, module, block string
	mode, typ              string
	// values are its attributes as far as they are known. unknown and sensitive are of the same shape, with true in the
	// place of what is known only after the apply, or not to be shown.
	values, unknown, sensitive *doctree.Node
	at                         source.Span
}

// mayBeShown reports by its name whether a file may hold the JSON of a plan or a state: people call it what they like.
func mayBeShown(p string) bool {
	switch path.Ext(p) {
	case ".json", ".tfstate", ".tfplan":
		return true
	case "", ".out", ".plan", ".txt":
		base := strings.ToLower(path.Base(p))
		return strings.Contains(base, "plan") || strings.Contains(base, "state")
	}
	return false
}

// looksShown reports by its bytes whether a file holds the JSON of a plan or a state.
func looksShown(b []byte) bool {
	b = bytes.TrimLeft(bytes.TrimPrefix(b, []byte("\xef\xbb\xbf")), " \t\r\n")
	return bytes.HasPrefix(b, []byte("{")) && bytes.Contains(b, []byte(`"terraform_version"`))
}

// saved reports whether a file is what terraform plan -out writes, an archive that only terraform reads.
func saved(b []byte) bool {
	const zip = "PK\x03\x04"
	return bytes.HasPrefix(b, []byte(zip)) && bytes.Contains(b, []byte("tfplan")) && bytes.Contains(b, []byte("tfconfig/"))
}

// misshown says why a file that is no JSON can't be read as the plan that it is; "" for any other file.
func misshown(b []byte) string {
	switch {
	case saved(b):
		return "a saved plan can be read by terraform only; write it as JSON with terraform show -json"
	case bytes.HasPrefix(b, []byte("\xff\xfe")) && bytes.Contains(b, wide("terraform_version")):
		return "the JSON of terraform show is in UTF-16, as PowerShell writes it; write it in UTF-8"
	}
	return ""
}

// wide returns ASCII text in UTF-16, least significant byte first.
func wide(text string) []byte {
	out := make([]byte, 0, 2*len(text))
	for i := range len(text) {
		out = append(out, text[i], 0)
	}
	return out
}

// maxShownModules bounds how deep the modules of a plan or a state nest.
const maxShownModules = 100

// readPlan reads a plan or a state by its shape; nil where it is neither. A fault says why one can't be read.
func (l *loader) readPlan(f *source.File) (*plan, *finding.Finding) {
	if why := misshown(f.Bytes); why != "" {
		fault := frontend.Unreadable(f.Span(0, 0), why)
		return nil, &fault
	}
	docs, errs := l.in.Documents.Parse(f)
	if len(errs) > 0 && bytes.Contains(f.Bytes, []byte(`"planned_values"`)) {
		fault := frontend.Unreadable(errs[0].Span.FirstLine(), "the plan can't be read: "+errs[0].Msg)
		return nil, &fault
	}
	if len(docs) != 1 || len(errs) > 0 {
		return nil, nil
	}
	root := docs[0].Root
	p := &plan{file: f, byAddress: map[string]*plannedInstance{}, suffixes: map[string][]string{}}
	switch {
	case root.Get("format_version") != nil && root.Get("planned_values") != nil:
		p.planned(root)
	case root.Get("format_version") != nil && root.Get("values") != nil:
		p.state = true
		p.module(root.Get("values").Get("root_module"), "", 0)
	case text(root.Get("version")) == "4" && root.Get("lineage") != nil:
		p.state = true
		p.rawState(root.Get("resources"))
	default:
		return nil, nil
	}
	return p, nil
}

// planned reads a plan: what it plans, and what it has looked up.
func (p *plan) planned(root *doctree.Node) {
	changes := map[string]*doctree.Node{}
	for _, c := range items(root.Get("resource_changes")) {
		changes[respelt(text(c.Get("address")))] = c.Get("change")
	}
	p.module(root.Get("planned_values").Get("root_module"), "", 0)
	for _, r := range p.resources {
		r.unknown = changes[r.address].Get("after_unknown")
	}
	p.root = root.Get("configuration").Get("root_module")
	p.variables = root.Get("variables")
	// Plans of Terraform before 1.8 don't say whether they are complete.
	p.errored = text(root.Get("errored")) == "true"
	p.complete = text(root.Get("complete")) != "false" && !p.errored
	looked := &plan{byAddress: map[string]*plannedInstance{}, suffixes: map[string][]string{}}
	looked.module(root.Get("prior_state").Get("values").Get("root_module"), "", 0)
	for _, r := range looked.resources {
		if r.mode == "data" && p.byAddress[r.address] == nil {
			p.resources = append(p.resources, r)
			p.byAddress[r.address] = r
		}
	}
}

// module reads a module instance of a plan's values, and those that it calls.
func (p *plan) module(m *doctree.Node, prefix string, depth int) {
	if m == nil || depth > maxShownModules {
		return
	}
	for _, r := range items(m.Get("resources")) {
		if r.Get("values") == nil {
			continue
		}
		p.add(&plannedInstance{
			address: respelt(text(r.Get("address"))), module: prefix, mode: text(r.Get("mode")), typ: text(r.Get("type")),
			values: r.Get("values"), sensitive: r.Get("sensitive_values"), at: placeOf(r, "address"),
		})
	}
	for _, child := range items(m.Get("child_modules")) {
		name := respelt(text(child.Get("address")))
		block, suffix := splitKey(name)
		p.suffixes[block] = append(p.suffixes[block], suffix)
		p.module(child, name, depth+1)
	}
}

// add adds a resource instance to the plan.
func (p *plan) add(r *plannedInstance) {
	block, suffix := splitKey(r.address)
	r.block = block
	p.resources = append(p.resources, r)
	p.byAddress[r.address] = r
	p.suffixes[block] = append(p.suffixes[block], suffix)
}

// rawState reads the resources of a state file, version 4, which is Terraform's own format.
func (p *plan) rawState(list *doctree.Node) {
	for _, r := range items(list) {
		module := respelt(text(r.Get("module")))
		name := text(r.Get("type")) + "." + text(r.Get("name"))
		if text(r.Get("mode")) == "data" {
			name = "data." + name
		}
		for _, in := range items(r.Get("instances")) {
			if in.Get("attributes") == nil || in.Get("deposed") != nil {
				continue
			}
			p.add(&plannedInstance{
				address: inModule(module, name) + indexKey(in.Get("index_key")), module: module, mode: text(r.Get("mode")),
				typ: text(r.Get("type")), values: in.Get("attributes"), at: placeOf(r, "name"),
			})
		}
	}
}

// placeOf returns where a resource of a plan is named.
func placeOf(r *doctree.Node, key string) source.Span {
	if n := r.Get(key); n != nil {
		return n.Span
	}
	return source.Span{File: r.Span.File, Start: r.Span.Start, End: min(r.Span.Start+1, r.Span.End)}
}

func items(n *doctree.Node) []*doctree.Node {
	if n == nil {
		return nil
	}
	return n.Items
}

// inModule returns an address within a module instance.
func inModule(module, name string) string {
	if module == "" {
		return name
	}
	return module + "." + name
}

// splitKey returns the address of a block and the key of one of its instances: module.net and ["a"].
func splitKey(address string) (block, suffix string) {
	open := len(address)
	unquoted(address, func(i int) {
		switch address[i] {
		case '[':
			open = i
		case '.':
			open = len(address)
		}
	})
	return address[:open], address[open:]
}

// unquoted visits the offsets of an address that lie in no quoted key.
func unquoted(address string, visit func(i int)) {
	quoted := false
	for i := 0; i < len(address); i++ {
		switch c := address[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case !quoted:
			visit(i)
		}
	}
}

// respelt returns an address with its keys quoted as vpclint quotes them: Terraform spells ${ as $${ in them.
func respelt(address string) string {
	var b strings.Builder
	for rest := address; rest != ""; {
		start := strings.Index(rest, `["`)
		if start < 0 {
			b.WriteString(rest)
			break
		}
		end := start + 2
		for end < len(rest) && rest[end] != '"' {
			if rest[end] == '\\' {
				end++
			}
			end++
		}
		end = min(end, len(rest))
		key := rest[start+2 : end]
		if plain, err := strconv.Unquote(`"` + key + `"`); err == nil {
			key = quoteKey(strings.NewReplacer("$${", "${", "%%{", "%{").Replace(plain))
		}
		b.WriteString(rest[:start] + `["` + key)
		rest = rest[end:]
	}
	return b.String()
}

// declares reports whether the configuration that was planned has a block. The address is that of the block in a module
// instance; the configuration knows modules, not their instances.
func (p *plan) declares(address string) bool {
	steps := stepsOf(address)
	at := 0
	for len(steps)-at > 2 && steps[at] == "module" {
		at += 2
	}
	m, name := p.moduleConfig(strings.Join(steps[:at], ".")), steps[at:]
	if name[0] == "module" {
		return m.Get("module_calls").Get(name[1]) != nil
	}
	return resourceConfig(m, strings.Join(name, ".")) != nil
}

// stepsOf splits an address at its dots.
func stepsOf(address string) []string {
	var out []string
	start := 0
	unquoted(address, func(i int) {
		if address[i] == '.' {
			out = append(out, address[start:i])
			start = i + 1
		}
	})
	return append(out, address[start:])
}

// at returns what a plan has at an address, or nil.
func (p *plan) at(address string) *plannedInstance {
	if p == nil {
		return nil
	}
	return p.byAddress[address]
}
