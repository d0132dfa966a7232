package rules

import "github.com/vpclint/vpclint/internal/finding"

// Unreadable reports a file that is certainly one of those that vpclint reads, and can't be parsed. The front-ends report
// it themselves; the run goes on with the rest.
var Unreadable = &Rule{
	ID:        "unreadable",
	Severity:  finding.Medium,
	Title:     "A file can't be parsed, so what it declares is not checked.",
	Label:     "can't be read from here",
	Help:      "mend the syntax; what the file declares is not checked until then",
	Precision: "very-high",
	Input:     true,
}
