package shell

import (
	"bytes"

	"mvdan.cc/sh/v3/syntax"

	"github.com/vpclint/vpclint/internal/frontend"
)

// read reads the scripts of one file or body, which share its names.
func (r *result) read(in *frontend.Input, scripts []script) {
	for _, s := range scripts {
		parser := syntax.NewParser(syntax.Variant(syntax.LangBash))
		if _, err := parser.Parse(bytes.NewReader(s.file.Bytes), s.file.Path); err != nil {
			continue
		}
	}
}
