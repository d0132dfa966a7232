package rules

import "github.com/vpclint/vpclint/internal/finding"

// UnusedIgnore reports an ignore that silences nothing. The driver finds them, who alone knows all that was found.
var UnusedIgnore = &Rule{
	ID:        "unused-ignore",
	Severity:  finding.Low,
	Title:     "An ignore silences nothing any more.",
	Label:     "has no use",
	Help:      "take it out: what it was for is mended, stands elsewhere now, or another ignore silences it",
	Precision: "very-high",
	Input:     true,
}
