package ignore

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/vpclint/vpclint/internal/nearest"
	"github.com/vpclint/vpclint/internal/source"
)

// The beginnings of a directive.
const (
	verbLines = Mark + ":ignore"
	verbFile  = Mark + ":ignore-file"
)

// Example is how a directive is written.
const Example = verbLines + " <slug>[,<slug>...] [until=YYYY-MM-DD] <reason>"

// maxRules is how many rules one ignore names at most: there are fewer, and each name is compared with those before it.
const maxRules = 200

// Parse returns the first directive of a comment; see All.
func Parse(comment source.Span) (Directive, bool) {
	all := All(comment)
	if len(all) == 0 {
		return Directive{}, false
	}
	return all[0], true
}

// All returns the directives of a comment, whose span takes in the comment's own signs. Each stands at the beginning of a line
// of it, or behind another sign of comments, as it does where several tools share one: "# noqa  # vpclint:ignore ...". What is
// nearly one is one with a fault. The Scope of each is the comment, or the file, until the front-end knows more.
func All(comment source.Span) []Directive {
	text := comment.Text()
	if !Mentions([]byte(text)) {
		return nil
	}
	var out []Directive
	at := comment.Start
	for line := range strings.Lines(text) {
		out = append(out, inLine(comment.File.Span(at, at+len(strings.TrimRight(line, "\r\n"))), comment.Host())...)
		at += len(line)
	}
	return out
}

// closers end a comment, and are no part of what it says.
var closers = regexp.MustCompile(`[ \t]*(?:\*/|-->)?[ \t]*$`)

// inLine returns the directives in a line of a comment, which is given in the file on disk.
func inLine(line, comment source.Span) []Directive {
	text := line.Text()
	text = text[:closers.FindStringIndex(text)[0]]
	var starts []int
	var heads []head
	for _, m := range mark.FindAllStringIndex(text, -1) {
		if before := text[:m[0]]; !signed(before) && (len(before) > maxRemark || !remark.MatchString(before)) {
			continue
		}
		if h, ok := headOf(text[m[0]:]); ok {
			starts, heads = append(starts, m[0]), append(heads, h)
		}
	}
	var out []Directive
	for i, start := range starts {
		end := len(text)
		if i+1 < len(starts) {
			end = len(strings.TrimRight(text[:starts[i+1]], signs))
		}
		at := line.File.Span(line.Start+start, line.Start+end)
		out = append(out, directive(at, heads[i], comment))
	}
	return out
}

// signs are what comments begin with, in the languages that are read, and blanks.
const signs = " \t#/*;!-"

// signed reports whether a comment begins behind a text of its line.
func signed(before string) bool {
	before = strings.TrimRight(before, " \t")
	return before == "" || strings.ContainsRune("#;*!", rune(before[len(before)-1])) || strings.HasSuffix(before, "//") || strings.HasSuffix(before, "--")
}

// remark is what other tools read in a comment, behind which people write another without a sign of its own.
var remark = regexp.MustCompile(`(?i)^[ \t#/*]*(?:noqa|nosec|nosem|nolint|type:|pylint:|pragma:|fmt:|isort:|mypy:|tflint-ignore:|tfsec:|trivy:|checkov:|kics-|shellcheck |yamllint |hadolint |cfn-lint|cfn_nag|terrascan|snyk:|codespell:|zizmor:|ruff:)[^` + "`" + `"']*[ \t]$`)

// maxRemark bounds such a remark, and maxShown the reason that is repeated where a directive is to be written otherwise.
const (
	maxRemark = 200
	maxShown  = 120
)

// A head is the beginning of a directive, up to what it names.
type head struct {
	// verb is how it is to be written, written how long what stands there is.
	verb    string
	written int
	// fault says, as a clause, what is wrong with how it is written.
	fault string
}

var (
	// exact is how a directive begins, and tried what is nearly that.
	exact = regexp.MustCompile(`^vpclint:ignore(?:-file)?(?:[ \t]|$)`)
	tried = regexp.MustCompile(`^(?i:vpclint)([ \t]*[:=./_-][ \t]*|[ \t]+)([A-Za-z]+(?:[_-][A-Za-z]+)*)`)
	// slugs are the first names behind such a beginning, in whatever brackets.
	listed = regexp.MustCompile(`^[ \t]*[\[({<:="'` + "`" + `]*[ \t]*([a-z0-9]+(?:-[a-z0-9]+)+(?:[ \t]*,[ \t]*[a-z0-9]+(?:-[a-z0-9]+)+)*)[ \t]*[\])}>"'` + "`" + `:,]*`)
)

// habits are the words by which other tools ignore.
var habits = []string{
	"ignore", "ignore-file", "ignore-line", "ignore-next-line", "ignore-next", "ignore-start", "ignore-end", "ignore-all", "ignore-block", "file-ignore",
	"disable", "disable-file", "disable-line", "disable-next-line", "disable-next", "enable", "skip", "skip-file", "suppress", "noqa", "nolint", "allow", "exclude", "off",
}

// headOf reads the beginning of a directive, or of what is meant as one; false where the text only mentions the tool.
func headOf(text string) (head, bool) {
	if m := exact.FindString(text); m != "" {
		verb := strings.TrimRight(m, " \t")
		return head{verb: verb, written: len(verb)}, true
	}
	m := tried.FindStringSubmatchIndex(text)
	if m == nil {
		return head{}, false
	}
	separator, word := text[m[2]:m[3]], text[m[4]:m[5]]
	lower := strings.ToLower(strings.ReplaceAll(word, "_", "-"))
	habit := slices.Contains(habits, lower)
	names := listed.FindStringSubmatch(text[m[5]:])
	switch {
	case separator == ":" && (habit || nearest.Name(lower, habits[:2]) != "" || strings.Contains(word, "-")):
	case habit && strings.TrimSpace(separator) != "":
	case habit && names != nil: // prose says "vpclint ignores ..."
	default:
		return head{}, false
	}
	h := head{verb: verbLines, written: m[5]}
	if strings.Contains(lower, "file") {
		h.verb = verbFile
	}
	shown, rest := "<slug>", text[m[5]:]
	if names != nil {
		shown, rest = names[1], strings.TrimPrefix(rest, names[0])
	} else if separator == ":" && strings.Contains(word, "-") && !habit {
		shown = lower
	}
	why := "<reason>"
	if names != nil {
		why = repeated(rest)
	}
	h.fault = fmt.Sprintf("%q is not read; write %s %s %s", text[:m[5]], h.verb, shown, why)
	return h, true
}

// repeated returns the reason that stands behind rules, to be written again.
func repeated(rest string) string {
	if len(rest) > maxShown || !wordy(rest) {
		return "<reason>"
	}
	return lead.ReplaceAllString(rest, "")
}

// body is what stands behind the head: slugs, a date, and the reason.
var body = regexp.MustCompile(`^[ \t]*([\w-]+(?:[ \t]*,[ \t]*[\w-]+)*)?[ \t]*(?:until=(\S*))?[ \t]*(.*)$`)

// lead is what may stand between slugs and a reason: people bring the form of other tools with them.
var lead = regexp.MustCompile(`^(?:[ \t]|(?:[:,;=\x{2013}\x{2014}-]+|#|//)(?:[ \t]|$))+`)

// misplaced is a date that isn't where it is read.
var misplaced = regexp.MustCompile(`(?i)^until:?[ \t]+\d{4}-\d\d?-\d\d?|(?:^|[ \t(\[,;])(until[=:]\S*)|(?:^|[ \t(\[,;])(?:expires?|exp)[=:]\d{4}\S*`)

// directive reads the directive at a place, whose comment is given in the file on disk.
func directive(at source.Span, h head, comment source.Span) Directive {
	d := Directive{At: at, Scope: comment, File: h.verb == verbFile}
	if d.File {
		d.Scope = comment.File.Span(0, len(comment.File.Bytes))
	}
	text := at.Text()
	if h.fault != "" {
		d.Fault, d.FaultAt = h.fault, at.File.Span(at.Start, at.Start+h.written)
		return d
	}
	span := func(start, end int) source.Span {
		return at.File.Span(at.Start+h.written+start, at.Start+h.written+end)
	}
	text = text[h.written:]
	if fault := disorder(h.verb, text); fault != "" {
		d.Fault, d.FaultAt = fault, at
		return d
	}
	m := body.FindStringSubmatchIndex(text)
	if m[2] >= 0 {
		d.Rules = names(text[m[2]:m[3]], func(start, end int) source.Span { return span(m[2]+start, m[2]+end) })
	}
	if len(d.Rules) > maxRules {
		d.Rules, d.Fault, d.FaultAt = nil, fmt.Sprintf("the ignore names more than %d rules", maxRules), span(m[2], m[3])
		return d
	}
	if m[4] >= 0 {
		d.UntilAt = span(m[4], m[5])
		day, err := time.Parse(time.DateOnly, text[m[4]:m[5]])
		if err != nil {
			d.Fault, d.FaultAt = fmt.Sprintf("until=%s is no date such as 2027-01-31", text[m[4]:m[5]]), d.UntilAt
		}
		d.Until = day
	}
	reason := text[m[6]:m[7]]
	if w := misplaced.FindStringIndex(reason); w != nil && d.Fault == "" {
		late := strings.TrimLeft(reason[w[0]:w[1]], " \t([,;")
		d.FaultAt = span(m[6]+w[1]-len(late), m[6]+w[1])
		d.Fault = fmt.Sprintf("%q is part of the reason there; a date stands before the reason, as until=2027-01-31", late)
	}
	if wordy(reason) {
		trimmed := lead.ReplaceAllString(reason, "")
		d.Reason, d.ReasonAt = trimmed, span(m[7]-len(trimmed), m[7])
	}
	return d
}

var (
	// quoted are rules in quotes or brackets, early a date before them.
	quoted = regexp.MustCompile(`^[ \t]+[\[({<"'` + "`" + `]`)
	early  = regexp.MustCompile(`^[ \t]+(until=\S*)`)
)

// disorder says, as a clause, what is wrong with the order or the form of what stands behind the verb; empty where nothing is.
func disorder(verb, text string) string {
	date := early.FindStringSubmatch(text)
	if date != nil {
		text = text[len(date[0]):]
	} else if !quoted.MatchString(text) {
		return ""
	}
	m := listed.FindStringSubmatch(text)
	if m == nil {
		return ""
	}
	why := repeated(text[len(m[0]):])
	if date != nil {
		return fmt.Sprintf("the date stands behind the rules: %s %s %s %s", verb, m[1], date[1], why)
	}
	return fmt.Sprintf("the rules stand as they are called: %s %s %s", verb, m[1], why)
}

// names returns the names in a list, and no more than one that is too many.
func names(list string, span func(start, end int) source.Span) []Slug {
	var out []Slug
	for _, m := range name.FindAllStringIndex(list, maxRules+1) {
		out = append(out, Slug{Name: list[m[0]:m[1]], At: span(m[0], m[1])})
	}
	return out
}

var name = regexp.MustCompile(`[\w-]+`)

// wordy reports whether a text says anything.
func wordy(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
}
