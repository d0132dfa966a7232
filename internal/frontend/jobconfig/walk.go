package jobconfig

import (
	"slices"

	"github.com/vpclint/vpclint/internal/doctree"
	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/value"
)

// A reader finds one family of documents. No reader knows another.
type reader struct {
	// marks are words of which a file must hold one, or the reader finds nothing in it.
	marks []string
	// telling are keys of which every mapping that the reader claims has one, so that the many that are nobody's cost one look
	// at each key.
	telling []string
	// shuts are sets of keys of which a mapping that the reader keeps others from has one whole set. It may be nil.
	shuts [][]string
	// claims reports whether a mapping is one of the reader's. What is below it then belongs to it.
	claims func(n, key *doctree.Node) bool
	// read returns what one that it claims holds; nil of a reader that only keeps others from looking.
	read func(p place) []resource.Raw
	// certain reports whether a file that can't be parsed is nevertheless sure to be one of the reader's. It may be nil.
	certain func(content []byte) bool
	// fills says that the reader also reads files which aren't JSON before their placeholders are filled in.
	fills bool
}

// A place is a mapping that a reader has claimed.
type place struct {
	file *source.File
	node *doctree.Node
	// key is what it stands under; nil in a list, or alone.
	key *doctree.Node
	// exists says in which worlds its document is there: one that a template guards is in some.
	exists value.Truth
	// names are those that the file's resources have so far.
	names *frontend.Names
	// report tells of what can't be read there.
	report func(finding.Finding)
}

// readers returns the families that are read. Of two that claim a mapping, the first has it.
func readers() []reader {
	return []reader{statesReader(), pipelineReader(), defaultsReader(), kubernetesReader(), lookalikeReader(), requestReader(), pipelineTextReader(), policyReader()}
}

// fillingReaders returns those that also read what isn't JSON before it is filled in, and those that keep them from looking.
func fillingReaders() []reader {
	return slices.DeleteFunc(readers(), func(r reader) bool { return r.read != nil && !r.fills })
}

// A family is the readers, and what any of them looks for.
type family struct {
	readers []reader
	marks   []string
	telling map[string]sign
	// lengths has for each byte a bit for each length, up to 63, of a telling key that begins with it.
	lengths [256]uint64
	// reading has a bit for each reader that does more than keep others from looking.
	reading uint32
	// shuts are the sets of keys that keep others from looking, as bits, and first has a bit for each reader that comes before.
	shuts []uint64
	first uint32
}

// A sign is what a key says of the mapping that has it: a bit for each reader that it tells of, and its own bit in sets.
type sign struct {
	readers uint32
	own     uint64
}

func newFamily(readers []reader) *family {
	f := &family{readers: readers, telling: map[string]sign{}}
	own := uint64(1)
	for i, r := range readers {
		f.marks = append(f.marks, r.marks...)
		if r.read != nil {
			f.reading |= 1 << i
		}
		for _, key := range r.telling {
			s := f.telling[key]
			s.readers |= 1 << i
			f.sign(key, s)
		}
		for _, keys := range r.shuts {
			f.first = 1<<i - 1
			set := uint64(0)
			for _, key := range keys {
				s := f.telling[key]
				if s.own == 0 {
					s.own, own = own, own<<1 // past the last bit it is 0, and the set that has it is left out
				}
				f.sign(key, s)
				if s.own == 0 {
					set = 0
					break
				}
				set |= s.own
			}
			if set != 0 {
				f.shuts = append(f.shuts, set)
			}
		}
	}
	return f
}

func (f *family) sign(key string, s sign) {
	f.telling[key] = s
	f.lengths[key[0]] |= 1 << min(len(key), 63)
}

// tells returns what a key says. Most keys say nothing, by their first letter and length alone.
func (f *family) tells(key string) sign {
	if key == "" || f.lengths[key[0]]>>min(len(key), 63)&1 == 0 {
		return sign{}
	}
	return f.telling[key]
}

// isShut reports whether nobody looks into a mapping of which the keys say this.
func (f *family) isShut(s sign) bool {
	if s.own == 0 || s.readers&f.first != 0 {
		return false
	}
	for _, set := range f.shuts {
		if s.own&set == set {
			return true
		}
	}
	return false
}

// maxWrapping is how many objects and lists a mapping may stand in that a reader claims. Real ones stand in two or three
// (environment, stage, operation); what is deeper is data of something else.
const maxWrapping = 6

// A walk looks for what the readers claim in one file.
type walk struct {
	*family
	file *source.File
	// exists says in which worlds the document is there.
	exists value.Truth
	names  frontend.Names
	found  []resource.Raw
	faults []finding.Finding
	// claimed says that a reader has read something, whether or not it found any resources there.
	claimed bool
}

// visitFile looks at the whole of a file, and returns what can't be read of it.
func (w *walk) visitFile(parsed *frontend.Documents) []doctree.Error {
	w.exists = value.Yes()
	if regions, ok := w.scan(w.file.Bytes); ok && w.visitRegions(regions) {
		return nil
	}
	docs, errs := documents(parsed, w.file)
	for _, d := range docs {
		w.exists = d.exists
		w.visit(d.root, nil, maxWrapping)
	}
	return errs
}

// visitRegions looks at parts of a file. It reports false, and does nothing, where the whole is as little work.
func (w *walk) visitRegions(regions []region) bool {
	size := 0
	for _, s := range regions {
		size += s.end - s.start
	}
	if 2*size > len(w.file.Bytes) {
		return false
	}
	nodes := make([]*doctree.Node, len(regions))
	for i, s := range regions {
		var errs []doctree.Error
		if nodes[i], errs = doctree.ParseJSONValue(w.file.Span(s.start, s.end)); len(errs) > 0 {
			return false
		}
	}
	for i, s := range regions {
		var key *doctree.Node
		if s.keyEnd > 0 {
			key = &doctree.Node{Kind: doctree.String, Text: unquoted(w.file.Bytes[s.keyStart:s.keyEnd]), Span: w.file.Span(s.keyStart, s.keyEnd)}
		}
		w.visit(nodes[i], key, maxWrapping-s.depth)
	}
	return true
}

// visitFilled looks at a file that can't be parsed as it would be with its placeholders in quotes, for the readers that take
// them outside. It reports whether one of them has read the file.
func (w *walk) visitFilled(filling *family) bool {
	whole := filled(w.file)
	if whole == nil {
		return false
	}
	docs, errs := doctree.ParseJSON(whole)
	if len(errs) > 0 {
		return false
	}
	w.family, w.exists = filling, value.Yes()
	for _, d := range docs {
		w.visit(d.Root, nil, maxWrapping)
	}
	return w.claimed
}

// visit looks at a node that stands under a key, or nil in a list or alone.
func (w *walk) visit(n, key *doctree.Node, levels int) {
	if n.Kind == doctree.Mapping {
		var asked uint32
		for _, p := range n.Pairs {
			asked |= w.tells(p.Key.Text).readers
		}
		for i := range w.readers {
			r := &w.readers[i]
			if asked&(1<<i) == 0 || !r.claims(n, key) {
				continue
			}
			if r.read != nil {
				w.claimed = true
				w.found = append(w.found, r.read(place{file: w.file, node: n, key: key, exists: w.exists, names: &w.names, report: w.report})...)
			}
			return
		}
	}
	if levels == 0 {
		return
	}
	for _, item := range n.Items {
		w.visit(item, nil, levels-1)
	}
	for _, p := range n.Pairs {
		w.visit(p.Value, p.Key, levels-1)
	}
}

func (w *walk) report(f finding.Finding) { w.faults = append(w.faults, f) }
