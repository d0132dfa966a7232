package jobconfig

import (
	"github.com/vpclint/vpclint/internal/doctree"
	"github.com/vpclint/vpclint/internal/literal"
	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/value"
)

// requestReader finds requests of the SageMaker API: alone in a file, in a list, or under keys that name them or the
// environments that they are for.
func requestReader() reader {
	r := reader{
		marks:   requestMarks,
		claims:  func(n, key *doctree.Node) bool { return recognize(n, key) != nil },
		read:    readRequest,
		certain: certainRequest,
	}
	for _, op := range operations {
		r.telling = append(r.telling, op.name, op.name+literal.Computed)
		if len(op.instead) > 0 {
			r.telling = append(r.telling, op.instead[0], op.instead[0]+literal.Computed)
		}
	}
	return r
}

func readRequest(p place) []resource.Raw {
	op := recognize(p.node, p.key)
	if isSkeleton(p.node, op) {
		return nil
	}
	header := literal.Opening(p.node)
	if p.key != nil {
		header = p.key.Span
	}
	name := p.names.unique(jobName(p.node, op))
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

// longestName is the length of the longest name that the API takes.
const longestName = 256

// jobName returns the name of the job that a request is for, or the operation's where the name is not known.
func jobName(n *doctree.Node, op *operation) string {
	v := n.Get(op.name)
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
