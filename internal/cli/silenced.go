package cli

import (
	"fmt"

	"github.com/vpclint/vpclint/internal/lint"
	"github.com/vpclint/vpclint/internal/report"
	"github.com/vpclint/vpclint/internal/source"
)

// tellSilenced says on standard error what doesn't count, where it stands, and who said so.
func (a *app) tellSilenced(r *lint.Result) {
	show := func(at source.Span) string {
		if at.IsZero() {
			return "no file"
		}
		at = at.Host()
		p := at.File.Position(at.Start)
		return fmt.Sprintf("%s:%d:%d", report.Escape(r.Secrets.Mask(at.File.Path)), p.Line, p.Column)
	}
	say := func(what, rule, subject string, at source.Span, by lint.Silencer) {
		text := fmt.Sprintf("%s %s: %s at %s: %s", what, rule, report.Escape(subject), show(at), report.Escape(by.Reason))
		if !by.From.IsZero() {
			text += " (" + show(by.From) + ")"
		}
		fmt.Fprintln(a.stderr, text)
	}
	for _, x := range r.Ignored {
		say("ignored", x.Rule, x.Subject, x.At, x.Silencer)
	}
	for _, x := range r.IgnoredUndecided {
		say("ignored, undecided", x.Rule, x.Subject, x.At, x.Silencer)
	}
	for _, x := range r.Baselined {
		say("left out", x.Rule, x.Subject, x.At, x.Silencer)
	}
}
