package ignore

import (
	"time"

	"github.com/vpclint/vpclint/internal/source"
)

// A Configured is one entry of the configuration's list of what is to be ignored.
type Configured struct {
	// At is where it is written: the name of its rule.
	At   source.Span
	Rule string
	// Path is a glob of root-relative paths, Subject a text in which a star stands for anything; empty means any.
	Path, Subject string
	Reason        string
	// Until is the last day on which it counts, in UTC; zero where it has none. UntilAt is where that is written.
	Until   time.Time
	UntilAt source.Span
}
