package rules

import "github.com/vpclint/vpclint/internal/finding"

// UnusedIgnore reports an ignore that silences nothing. The driver finds them, who alone knows all that was found.
var UnusedIgnore = &Rule{
	ID:        "unused-ignore",
	Severity:  finding.Low,
	Title:     "An ignore silences nothing any more.",
	Label:     "silences nothing",
	Help:      "take it out: what it was for is mended, or stands elsewhere now",
	Precision: "very-high",
	Input:     true,
}
