package rules

import "github.com/vpclint/vpclint/internal/finding"

// MalformedIgnore reports an ignore that can't count. The driver finds them, who alone knows which rules there are.
var MalformedIgnore = &Rule{
	ID:        "malformed-ignore",
	Severity:  finding.Low,
	Title:     "An ignore doesn't count, because of how it is written or because its date has passed.",
	Label:     "silences nothing as it stands",
	Help:      "write vpclint:ignore <slug>[,<slug>...] [until=YYYY-MM-DD] <reason>",
	Precision: "very-high",
	Input:     true,
}
