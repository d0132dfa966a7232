package shell

import (
	"fmt"
	"regexp"

	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/source"
)

// certain matches a command that leaves no doubt that a script is ours, whatever else of it can't be read.
var certain = regexp.MustCompile(`\baws(?:[ \t]+--?[\w-]+(?:[ =][\w./:-]+)?)*[ \t]+sagemaker(?:[ \t]|\\\r?\n)+(?:create-[a-z]|start-pipeline-execution)`)

// beyond reports once for each script that a limit keeps some of it from being read: what isn't looked at would otherwise
// pass for what has no faults. A place that is zero is that of the script's first request. Of is what isn't read.
func (x *interpreter) beyond(at source.Span, of *source.File, message string) {
	if x.limited {
		return
	}
	place := certain.FindIndex(of.Bytes)
	if place == nil {
		return
	}
	if at.IsZero() {
		at = of.Span(place[0], place[1])
	}
	x.limited = true
	x.result.findings = append(x.result.findings, frontend.Unreadable(at.Host().FirstLine(), message))
}

// tooManyStatements reports that so many statements were followed that one which stands at a place isn't.
func (x *interpreter) tooManyStatements(at source.Span, followed int) {
	x.beyond(at, x.whole, fmt.Sprintf("the script runs more than %d statements, so those from here on aren't all read", followed))
}
