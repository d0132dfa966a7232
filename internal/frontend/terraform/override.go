package terraform

import (
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// overridden returns the files of a module with the blocks of its override files merged into those that they override:
// https://developer.hashicorp.com/terraform/language/files/override
func overridden(files []*parsed) []*parsed {
	if !slices.ContainsFunc(files, isOverride) {
		return files
	}
	var out []*parsed
	for _, p := range files {
		merged := *p
		merged.blocks = slices.Clone(p.blocks)
		merged.broken = maps.Clone(p.broken)
		out = append(out, &merged)
	}
	for _, over := range out {
		if !isOverride(over) {
			continue
		}
		var rest []*hclsyntax.Block
		for _, b := range over.blocks {
			if !override(out, over, b) {
				rest = append(rest, b)
			}
		}
		over.blocks = rest
	}
	return out
}

func isOverride(p *parsed) bool {
	name := strings.TrimSuffix(path.Base(p.file.Path), ".json")
	name = strings.TrimSuffix(strings.TrimSuffix(name, ".tf"), ".tofu")
	return isModuleFile(p.file.Path) && (name == "override" || strings.HasSuffix(name, "_override"))
}

// override merges a block into the one of the same labels; false where there is none. Each local is a block of its own.
func override(files []*parsed, over *parsed, b *hclsyntax.Block) bool {
	for _, p := range files {
		if isOverride(p) {
			continue
		}
		for i, base := range p.blocks {
			switch {
			case base.Type != b.Type || !slices.Equal(base.Labels, b.Labels):
				continue
			case b.Type == "locals" && !sharesName(base, b), b.Type == "provider" && len(b.Labels) == 1 && aliasOf(base) != aliasOf(b):
				continue
			}
			merged := mergedBlock(base, b)
			if p.broken[base] || over.broken[b] {
				if p.broken == nil {
					p.broken = map[*hclsyntax.Block]bool{}
				}
				p.broken[merged] = true
			}
			p.blocks[i] = merged
			return true
		}
	}
	return false
}

func sharesName(a, b *hclsyntax.Block) bool {
	for name := range b.Body.Attributes {
		if a.Body.Attributes[name] != nil {
			return true
		}
	}
	return false
}

// mergedBlock returns a block with the attributes of another in place of its own, and its nested blocks of each type that
// the other has.
func mergedBlock(base, over *hclsyntax.Block) *hclsyntax.Block {
	body := *base.Body
	body.Attributes = maps.Clone(base.Body.Attributes)
	maps.Copy(body.Attributes, over.Body.Attributes)
	body.Blocks = nil
	for _, b := range base.Body.Blocks {
		replaced := slices.ContainsFunc(over.Body.Blocks, func(o *hclsyntax.Block) bool { return blockName(o) == blockName(b) })
		if !replaced {
			body.Blocks = append(body.Blocks, b)
		}
	}
	body.Blocks = append(body.Blocks, over.Body.Blocks...)
	merged := *base
	merged.Body = &body
	return &merged
}
