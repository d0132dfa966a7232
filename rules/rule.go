// Package rules answers what is worth saying: it turns what the analyzers establish into findings with wording, place and
// severity.
//
// A rule is two files by hand: <slug>.go, a value of type Rule with a plain function, and <slug>.md, which is its
// documentation, its help in SARIF and its fixture at once. Rules see typed resources and the linked network; they know
// no front-end, no file format and no output.
package rules

import (
	"embed"
	"slices"
	"strings"

	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/nearest"
)

// A Rule is one entry of the catalogue.
type Rule struct {
	// ID is the slug: SARIF's ruleId, the name in configuration and ignore comments, and the file name. It names what is
	// wrong, so that it reads after the word "allow".
	ID       string
	Severity finding.Severity
	// Strict rules are not in the default profile.
	Strict bool
	// Stricter says that it finds more in the strict profile than in the default one.
	Stricter bool
	// Configured is the key of the configuration that gives the rule the list it goes by; without it the rule does nothing.
	// Empty where it needs none.
	Configured string
	// Title says in one sentence what is wrong.
	Title string
	// Label stands beside the caret: why it matters, in a few words.
	Label string
	// Help says what to do, in one clause. {Member} is replaced by the resource's own spelling of that canonical member.
	Help string
	// Precision is SARIF's: "very-high" where the verdict follows from what is written, "high" where it is resolved
	// through references.
	Precision string
	// Weaknesses are the entries of the Common Weakness Enumeration that it is a case of, by number.
	Weaknesses []int
	// Elsewhere are the controls of other tools that it corresponds to.
	Elsewhere Counterparts
	// Input marks a rule about the input itself: what front-ends find is reported under it, and nothing about it depends on
	// what only a deployment decides, so that it is never undecided.
	Input bool
	// Run judges every resource that the rule looks at, through Pass.Report.
	Run func(*Pass)
}

// Counterparts are the controls of other tools that a rule corresponds to, by their own names.
type Counterparts struct {
	// SecurityHub are controls of AWS Security Hub: "SageMaker.1".
	SecurityHub []string
	// Config are managed rules of AWS Config.
	Config []string
	// Prowler are checks of Prowler.
	Prowler []string
}

//go:embed *.md
var pages embed.FS

// Page returns the rule's page in Markdown.
func (r *Rule) Page() string {
	b, err := pages.ReadFile(r.ID + ".md")
	if err != nil {
		return ""
	}
	return string(b)
}

// Name returns the slug in PascalCase, as SARIF wants a rule's name. It has to differ from the slug by more than case
// (Microsoft's SARIF1001), so that a slug of one word gets a second.
func (r *Rule) Name() string {
	var b strings.Builder
	for _, word := range strings.Split(r.ID, "-") {
		b.WriteString(strings.ToUpper(word[:1]) + word[1:])
	}
	if !strings.Contains(r.ID, "-") {
		b.WriteString("File")
	}
	return b.String()
}

// Section returns the text of one second-level section of the rule's page, or of what stands before the first.
func (r *Rule) Section(title string) string {
	page := r.Page()
	if title == "" {
		body := page[strings.IndexByte(page, '\n')+1:]
		text, _, _ := strings.Cut(body, "\n## ")
		return strings.TrimSpace(text)
	}
	_, rest, ok := strings.Cut(page, "\n## "+title+"\n")
	if !ok {
		return ""
	}
	text, _, _ := strings.Cut(rest, "\n## ")
	return strings.TrimSpace(text)
}

// Summary returns the first paragraph of the rule's page, on one line: what is wrong and why it matters.
func (r *Rule) Summary() string {
	text, _, _ := strings.Cut(r.Section(""), "\n\n")
	return strings.Join(strings.Fields(text), " ")
}

// ByID returns the rule with a slug; nil where there is none.
func ByID(id string) *Rule {
	if i := slices.IndexFunc(All(), func(r *Rule) bool { return r.ID == id }); i >= 0 {
		return All()[i]
	}
	return nil
}

// Nearest returns the slug that a mistyped one most likely was to be, or the only one that it begins; empty where none is near.
func Nearest(id string) string {
	id = strings.ToLower(id)
	var slugs, begun []string
	for _, r := range All() {
		slugs = append(slugs, r.ID)
		if strings.HasPrefix(r.ID, id+"-") {
			begun = append(begun, r.ID)
		}
	}
	if near := nearest.Name(id, slugs); near != "" || len(begun) != 1 {
		return near
	}
	return begun[0]
}
