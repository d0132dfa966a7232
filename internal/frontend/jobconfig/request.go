package jobconfig

import (
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/vpclint/vpclint/internal/doctree"
	"github.com/vpclint/vpclint/internal/literal"
	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/value"
)

// requestReader finds requests of the SageMaker API: alone in a file, in a list, or under keys that name them or the
// environments that they are for.
func requestReader() reader {
	c := newCatalogue()
	return reader{
		marks:   requestMarks,
		telling: slices.Collect(maps.Keys(c.told)),
		claims:  func(n, key *doctree.Node) bool { return c.recognize(n, key) != nil || c.isAnswer(n) },
		read:    c.read,
		certain: certainRequest,
		fills:   true,
	}
}

func (c *catalogue) read(p place) []resource.Raw {
	op := c.recognize(p.node, p.key)
	if op == nil || isSkeleton(p.node, op) || p.key == nil && isUpdate(p.file.Path) {
		return nil
	}
	header := literal.Opening(p.node)
	if p.key != nil {
		header = p.key.Span
	}
	name := p.names.Unique(jobName(p.node, op))
	return []resource.Raw{{
		Dialect: resource.API,
		Type:    op.api,
		Addr:    value.Address{Unit: p.file.Path, Name: name},
		Subject: p.file.Path + ":" + name,
		Exists:  value.Yes(),
		Props:   literal.Object(p.node).From(header),
		Span:    header.FirstLine(),
	}}
}

// isUpdate reports whether a file says by its name that it is the input of an update, which has the names of a creation
// and leaves out what stays as it is: "update-cluster.json".
func isUpdate(name string) bool {
	rest, is := strings.CutPrefix(strings.ToLower(path.Base(name)), "update")
	return is && rest != "" && strings.IndexByte("-_.", rest[0]) >= 0
}

// longestName is the length of the longest name that the API takes.
const longestName = 256

// jobName returns the name of the job that a request is for, or the operation's where the name is not known.
func jobName(n *doctree.Node, op *operation) string {
	v := op.nameIn(n)
	if v == nil || v.Kind != doctree.String || len(v.Text) > longestName {
		return op.api
	}
	for i := 0; i < len(v.Text); i++ {
		switch c := v.Text[i]; {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9', c == '-', c == '_', c == '.':
		default:
			return op.api
		}
	}
	if literal.Text(v.Text).Kind() != value.KindScalar {
		return op.api
	}
	return v.Text
}
