package terraform

import (
	"cmp"
	"path"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/ext/typeexpr"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/vpclint/vpclint/internal/source"
)

// A module is one directory as it is declared. It is shared by every instance and never written after assembly.
type module struct {
	dir string
	// stands says for what a summary stands in; empty for a module of the tree.
	stands    string
	files     map[string]*source.File
	variables map[string]*variable
	locals    map[string]*local
	outputs   map[string]*output
	// resources are all of managed and data blocks in file order; byName finds them as an expression names them:
	// "aws_subnet.a", "data.aws_vpc.main".
	resources []*declaration
	byName    map[string]*declaration
	calls     []*call
	callNames map[string]*call
	// providers are the provider blocks by name and alias: "aws", "aws.frankfurt".
	providers map[string]*hclsyntax.Block
	// settings are the terraform blocks.
	settings []*hclsyntax.Block
	// tfvars are the terraform.tfvars and *.auto.tfvars that Terraform loads by itself, weakest first.
	tfvars []*parsed
}

// A variable is a variable block. The index of what a module declares is where an instance keeps what it comes to.
type variable struct {
	index       int
	name        string
	header      hcl.Range
	def         *hclsyntax.Attribute
	constraint  cty.Type
	typed       bool // the block has a type
	defaults    *typeexpr.Defaults
	nonNullable bool
	sensitive   bool
}

// A local is an attribute of a locals block.
type local struct {
	*hclsyntax.Attribute
	index int
}

// An output is an output block.
type output struct {
	index     int
	header    hcl.Range
	value     *hclsyntax.Attribute
	sensitive bool
}

// A declaration is a resource or data block.
type declaration struct {
	index  int
	block  *hclsyntax.Block
	typ    string
	name   string // as an expression names it: "aws_subnet.a", "data.aws_vpc.main"
	data   bool
	broken bool
	// repeat tells apart blocks that declare one name twice: 2 for the second.
	repeat int
}

// A call is a module block.
type call struct {
	index  int
	block  *hclsyntax.Block
	name   string
	source string
	// version is which versions it admits, and versioned reports whether it says so.
	version   string
	versioned bool
	// dir is the directory in the tree that the call reads, or "" with local false.
	dir    string
	local  bool
	broken bool
	// summary stands in for a module that isn't in the tree; missing says why there is none, where there might be.
	summary *module
	missing string
}

// assemble makes a module of the parsed files of one directory.
func assemble(dir string, files []*parsed) *module {
	m := newModule(dir)
	for _, p := range overridden(files) {
		m.files[p.file.Path] = p.file
		if isVarFile(p.file.Path) {
			m.tfvars = append(m.tfvars, p)
			continue
		}
		for _, b := range p.blocks {
			m.add(b, p.broken[b])
		}
	}
	// terraform.tfvars first, then *.auto.tfvars in the order of their names, each overriding what came before:
	// https://developer.hashicorp.com/terraform/language/values/variables#variable-definition-precedence
	slices.SortStableFunc(m.tfvars, func(a, b *parsed) int {
		return cmp.Or(cmp.Compare(autoRank(a.file.Path), autoRank(b.file.Path)), cmp.Compare(a.file.Path, b.file.Path))
	})
	return m
}

func newModule(dir string) *module {
	return &module{
		dir:       dir,
		files:     map[string]*source.File{},
		variables: map[string]*variable{},
		locals:    map[string]*local{},
		outputs:   map[string]*output{},
		byName:    map[string]*declaration{},
		callNames: map[string]*call{},
		providers: map[string]*hclsyntax.Block{},
	}
}

func autoRank(p string) int {
	switch path.Base(p) {
	case "terraform.tfvars":
		return 0
	case "terraform.tfvars.json":
		return 1
	}
	return 2
}

func (m *module) add(b *hclsyntax.Block, broken bool) {
	switch {
	case (b.Type == "resource" || b.Type == "data") && len(b.Labels) == 2:
		m.addResource(b, broken)
	case b.Type == "module" && len(b.Labels) == 1:
		m.addCall(b, broken)
	case b.Type == "variable" && len(b.Labels) == 1:
		if m.variables[b.Labels[0]] == nil {
			m.variables[b.Labels[0]] = newVariable(b, len(m.variables))
		}
	case b.Type == "output" && len(b.Labels) == 1:
		if m.outputs[b.Labels[0]] == nil {
			m.outputs[b.Labels[0]] = &output{
				index:     len(m.outputs),
				header:    header(b),
				value:     b.Body.Attributes["value"],
				sensitive: literalBool(b.Body.Attributes["sensitive"]),
			}
		}
	case b.Type == "provider" && len(b.Labels) == 1:
		if key := aliasOf(b); m.providers[key] == nil {
			m.providers[key] = b
		}
	case b.Type == "terraform":
		m.settings = append(m.settings, b)
	case b.Type == "locals":
		for name, a := range b.Body.Attributes {
			if m.locals[name] == nil {
				m.locals[name] = &local{a, len(m.locals)}
			}
		}
	}
}

func (m *module) addResource(b *hclsyntax.Block, broken bool) {
	d := &declaration{index: len(m.resources), block: b, typ: b.Labels[0], data: b.Type == "data", broken: broken, repeat: 1}
	d.name = b.Labels[0] + "." + b.Labels[1]
	if d.data {
		d.name = "data." + d.name
	}
	if first := m.byName[d.name]; first != nil {
		first.repeat++
		again := *d
		again.repeat = first.repeat
		d = &again
	} else {
		m.byName[d.name] = d
	}
	m.resources = append(m.resources, d)
}

func (m *module) addCall(b *hclsyntax.Block, broken bool) {
	c := &call{index: len(m.calls), block: b, name: b.Labels[0], broken: broken}
	if m.callNames[c.name] != nil {
		return
	}
	c.source = writtenString(b.Body.Attributes["source"])
	c.version = writtenString(b.Body.Attributes["version"])
	c.versioned = b.Body.Attributes["version"] != nil
	if strings.HasPrefix(c.source, "./") || strings.HasPrefix(c.source, "../") || c.source == "." || c.source == ".." {
		c.dir = path.Join(m.dir, c.source)
		c.local = c.dir != ".." && !strings.HasPrefix(c.dir, "../")
	}
	m.calls = append(m.calls, c)
	m.callNames[c.name] = c
}

func newVariable(b *hclsyntax.Block, index int) *variable {
	v := &variable{
		index:      index,
		name:       b.Labels[0],
		header:     header(b),
		def:        b.Body.Attributes["default"],
		constraint: cty.DynamicPseudoType,
		sensitive:  literalBool(b.Body.Attributes["sensitive"]),
	}
	if a := b.Body.Attributes["nullable"]; a != nil {
		v.nonNullable = isFalse(a)
	}
	if a := b.Body.Attributes["type"]; a != nil {
		v.typed = true
		if ty, defaults, diags := typeexpr.TypeConstraintWithDefaults(a.Expr); !diags.HasErrors() {
			v.constraint, v.defaults = ty, defaults
		}
	}
	return v
}

// header returns the block's header, its type label through its last label; its keyword where it has no label.
func header(b *hclsyntax.Block) hcl.Range {
	if len(b.LabelRanges) == 0 {
		return b.TypeRange
	}
	return hcl.RangeBetween(b.LabelRanges[0], b.LabelRanges[len(b.LabelRanges)-1])
}

// writtenString returns the text of an attribute that refers to nothing, or "".
func writtenString(a *hclsyntax.Attribute) string {
	if a == nil {
		return ""
	}
	v, diags := a.Expr.Value(nil)
	if diags.HasErrors() || !v.IsKnown() || v.IsNull() || v.Type() != cty.String {
		return ""
	}
	return v.AsString()
}

func literalBool(a *hclsyntax.Attribute) bool {
	if a == nil {
		return false
	}
	v, diags := a.Expr.Value(nil)
	return !diags.HasErrors() && v.IsKnown() && !v.IsNull() && v.Type() == cty.Bool && v.True()
}

func isFalse(a *hclsyntax.Attribute) bool {
	v, diags := a.Expr.Value(nil)
	return !diags.HasErrors() && v.IsKnown() && !v.IsNull() && v.Type() == cty.Bool && v.False()
}

// sortedAttributes returns a body's attributes in source order, which its map does not keep.
func sortedAttributes(b *hclsyntax.Body) []*hclsyntax.Attribute {
	out := make([]*hclsyntax.Attribute, 0, len(b.Attributes))
	for _, a := range b.Attributes {
		out = append(out, a)
	}
	slices.SortFunc(out, func(a, b *hclsyntax.Attribute) int {
		return cmp.Compare(a.SrcRange.Start.Byte, b.SrcRange.Start.Byte)
	})
	return out
}
