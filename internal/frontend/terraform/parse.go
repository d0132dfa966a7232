package terraform

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/source"
)

// A parsed is a file of HCL as far as it can be read.
type parsed struct {
	file   *source.File
	blocks []*hclsyntax.Block
	// attrs are those of the file's top level: the whole of a tfvars file.
	attrs hclsyntax.Attributes
	// broken are the blocks in which something can't be read: what they lack means nothing.
	broken map[*hclsyntax.Block]bool
	faults []finding.Finding
	// embedded are the texts of JSON strings that have places of their own, by the file name that their ranges have.
	embedded map[string]*source.File
}

// parse reads one file. A file with errors yields one finding, at the first, and every block that can still be read.
func parse(f *source.File) *parsed {
	p := &parsed{file: f}
	if isJSON(f.Path) {
		return parseJSON(f)
	}
	if r := guard(f); r != nil {
		p.faults = []finding.Finding{frontend.Unreadable(r.at.FirstLine(), r.message)}
		return p
	}
	file, diags := hclsyntax.ParseConfig(f.Bytes, f.Path, hcl.InitialPos)
	body, _ := file.Body.(*hclsyntax.Body)
	if body == nil {
		body = &hclsyntax.Body{}
	}
	p.blocks, p.attrs = body.Blocks, body.Attributes
	if !diags.HasErrors() {
		return p
	}
	p.faults = []finding.Finding{fault(f, diags)}
	p.broken = map[*hclsyntax.Block]bool{}
	starts := blockStarts(f.Bytes)
	if len(starts) > len(body.Blocks) {
		p.resynchronise(starts)
		return p
	}
	p.mark(body.Blocks, diags)
	return p
}

// mark notes the blocks that an error lies in, or the last one before it, and leaves of them what was read before it.
func (p *parsed) mark(blocks []*hclsyntax.Block, diags hcl.Diagnostics) {
	errors := map[*hclsyntax.Block]int{}
	for _, d := range diags {
		if d.Severity != hcl.DiagError || d.Subject == nil {
			continue
		}
		at, _ := slices.BinarySearchFunc(blocks, d.Subject.Start.Byte+1, func(b *hclsyntax.Block, end int) int {
			return cmp.Compare(b.TypeRange.Start.Byte, end)
		})
		if at == 0 {
			continue
		}
		b := blocks[at-1]
		if first, ok := errors[b]; !ok || d.Subject.Start.Byte < first {
			errors[b] = d.Subject.Start.Byte
		}
	}
	for b, first := range errors {
		p.broken[b] = true
		truncate(b.Body, first)
	}
}

// truncate drops from a body the last argument or nested block that begins before an error, which may be cut short, and
// all that follows.
func truncate(body *hclsyntax.Body, at int) {
	last := -1
	for _, a := range body.Attributes {
		if start := a.SrcRange.Start.Byte; start <= at {
			last = max(last, start)
		}
	}
	for _, b := range body.Blocks {
		if start := b.TypeRange.Start.Byte; start <= at {
			last = max(last, start)
		}
	}
	maps.DeleteFunc(body.Attributes, func(_ string, a *hclsyntax.Attribute) bool { return a.SrcRange.Start.Byte >= last })
	body.Blocks = slices.DeleteFunc(body.Blocks, func(b *hclsyntax.Block) bool { return b.TypeRange.Start.Byte >= last })
}

// cutShort is the reason for what a block with an error in it doesn't say.
const cutShort = "its block can't be read to the end"

// fault makes one finding of a file's errors, at the first.
func fault(f *source.File, diags hcl.Diagnostics) finding.Finding {
	first := firstError(diags)
	if first == nil {
		return frontend.Unreadable(f.Whole(), "it is not valid HCL")
	}
	at := f.Span(first.Subject.Start.Byte, first.Subject.End.Byte).FirstLine()
	return frontend.Unreadable(at, clause(first))
}

// firstError returns the error that stands first, or nil.
func firstError(diags hcl.Diagnostics) *hcl.Diagnostic {
	var first *hcl.Diagnostic
	for _, d := range diags {
		if d.Severity != hcl.DiagError || d.Subject == nil {
			continue
		}
		if first == nil || d.Subject.Start.Byte < first.Subject.Start.Byte {
			first = d
		}
	}
	return first
}

// clause makes one lower-case clause of a diagnostic: its first sentence, or its summary where the sentence is long.
func clause(d *hcl.Diagnostic) string {
	const long = 120
	text := d.Detail
	if i := strings.Index(text, ". "); i >= 0 {
		text = text[:i]
	}
	text = strings.TrimSuffix(strings.Join(strings.Fields(text), " "), ".")
	if text == "" || len(text) > long {
		text = strings.TrimSuffix(d.Summary, ".")
	}
	r, n := utf8.DecodeRuneInString(text)
	if next, _ := utf8.DecodeRuneInString(text[n:]); unicode.IsUpper(next) {
		return text
	}
	return string(unicode.ToLower(r)) + text[n:]
}
