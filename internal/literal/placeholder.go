package literal

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/vpclint/vpclint/internal/doctree"
	"github.com/vpclint/vpclint/internal/value"
)

// variable matches what a tool or a person is to replace, wherever it stands in a text: ${VAR}, $(VAR), #{var}, {{ jinja }},
// {% jsonata %}, <<NAME>>, <your subnet>, ##VAR##, {format}, %VAR%, @VAR@, __VAR__, xxxx.
var variable = regexp.MustCompile(`\$\{[^{}]*\}|\$\([^()]*\)|#\{[^{}]*\}|\{\{.*?\}\}|\{%.*?%\}|<<[A-Za-z][^<>]*>>|<[A-Za-z][^<>]*>` +
	`|##[A-Za-z]\w*##|\{[A-Za-z_][\w.]*\}|%[A-Z][A-Z0-9_]*%|@[A-Za-z_]\w*@|__[A-Z][A-Z0-9_]*__|x{4,}|X{4,}|\.\.\.|…`)

// policyVariable matches what looks so and is nobody's to replace: IAM does when it evaluates a policy, in which it is a text as any
// other. The services are those whose keys policies use so:
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
var policyVariable = regexp.MustCompile(`^\$\{(?:[*?$]|(?:aws|saml|sts|iam|sagemaker|cognito-identity\.amazonaws\.com|www\.amazon\.com` +
	`|graph\.facebook\.com|accounts\.google\.com):[A-Za-z][^{}:]*)\}$`)

// isPolicyVariable reports whether a match of variable is IAM's. The Serverless Framework has a few of its own that look alike:
// https://www.serverless.com/framework/docs/providers/aws/guide/variables
func isPolicyVariable(match string) bool {
	switch match {
	case "${aws:accountId}", "${aws:region}", "${aws:stackName}":
		return false
	}
	return strings.HasPrefix(match, "${") && policyVariable.MatchString(match)
}

// mayVary reports whether variable can match anywhere in a text. It is asked of every text, and nearly always says no.
func mayVary(s string) bool {
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '$', '#', '{', '<', '%', '@', 0xE2: // 0xE2 begins "…"
			return true
		case '_', '.', 'x', 'X':
			if i+1 < len(s) && s[i+1] == s[i] {
				return true
			}
		}
	}
	return false
}

// StandIn reports whether a text is nothing but a word for what is to be filled in: $VAR, REPLACE_ME, your-subnet-id,
// subnet-xxx, and the "string" of the API's documentation.
func StandIn(s string) bool {
	switch {
	case s == "":
		return false
	case s[0] == '$':
		return isName(s[1:])
	}
	for _, end := range [...]string{"change_me", "change-me", "changeme", "replace_me", "replace-me", "replaceme"} {
		if at := len(s) - len(end); at >= 0 && strings.EqualFold(s[at:], end) {
			return true
		}
	}
	if isShouted(s) {
		return true
	}
	first, rest := cut(s)
	if len(first) > len("placeholder") {
		return false
	}
	switch strings.ToLower(first) {
	case "string", "todo", "tbd", "fixme", "placeholder", "changeme", "replaceme":
		return rest == ""
	case "your", "insert", "enter", "replace":
		return rest != ""
	case "subnet", "sg", "vpc":
		rest = strings.ToLower(rest)
		return rest != "" && (strings.Trim(rest, "x") == "" || rest == "id" || rest == "placeholder")
	}
	return false
}

// shouted end the words in capitals that stand for a value of that kind: SUBNET_ID, SAGEMAKER_EXECUTION_ROLE. No enumerated
// value of the API ends so.
var shouted = [...]string{"_ID", "_IDS", "_ARN", "_ROLE", "_URI", "_URL", "_BUCKET"}

// isShouted reports whether a text is a word in capitals for a value, maybe one of several: SUBNET_ID_1.
func isShouted(s string) bool {
	if s[0] < 'A' || s[0] > 'Z' {
		return false
	}
	for i := 0; i < len(s); i++ {
		if c := s[i]; (c < 'A' || c > 'Z') && (c < '0' || c > '9') && c != '_' {
			return false
		}
	}
	s = strings.TrimRight(strings.TrimRight(s, "0123456789"), "_")
	for _, end := range shouted {
		if strings.HasSuffix(s, end) {
			return true
		}
	}
	return false
}

// cut returns a text's first word, and what follows it.
func cut(s string) (first, rest string) {
	i := strings.IndexAny(s, "-_ ")
	if i <= 0 {
		return s, ""
	}
	return s[:i], s[i+1:]
}

// isName reports whether a text is the name of a variable.
func isName(s string) bool {
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '_', c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z':
		case c >= '0' && c <= '9' && i > 0:
		default:
			return false
		}
	}
	return s != ""
}

// StillToFill reports whether a value is one placeholder as a whole. In YAML, {{ name }} without quotes is a mapping with a
// mapping for a key.
func StillToFill(n *doctree.Node) bool {
	switch n.Kind {
	case doctree.String:
		return n.Text == "" || StandIn(n.Text) || mayVary(n.Text) && variable.FindString(n.Text) == n.Text && !isPolicyVariable(n.Text)
	case doctree.Mapping:
		return len(n.Pairs) == 1 && n.Pairs[0].Key.Kind == doctree.Mapping
	default:
		return false
	}
}

// Text returns what a string says: itself, or what of it is known where parts are still to be filled in.
func Text(s string) value.Value {
	switch {
	case s == "":
		// The command-line skeletons have empty strings for every text, so that an empty one was left, not chosen.
		return value.OfOpaque("it is left empty; fill it in or leave it out")
	case StandIn(s):
		return placeholder(s)
	case !mayVary(s):
		return value.OfString(s)
	}
	places := slices.DeleteFunc(variable.FindAllStringIndex(s, -1), func(at []int) bool { return isPolicyVariable(s[at[0]:at[1]]) })
	if len(places) == 0 {
		return value.OfString(s)
	}
	if places[0][0] == 0 && places[0][1] == len(s) {
		return placeholder(s)
	}
	var parts []value.Value
	at := 0
	for _, p := range places {
		if p[0] > at {
			parts = append(parts, value.OfString(s[at:p[0]]))
		}
		parts = append(parts, placeholder(s[p[0]:p[1]]))
		at = p[1]
	}
	if at < len(s) {
		parts = append(parts, value.OfString(s[at:]))
	}
	return value.OfText(parts...)
}

// placeholder returns the value of something that is to be filled in.
func placeholder(s string) value.Value {
	return value.OfOpaque(Quoted(s) + " is a placeholder")
}

// longestQuote is how much of a placeholder a message shows.
const longestQuote = 60

// Quoted returns a text as a message shows it.
func Quoted(s string) string {
	if r := []rune(s); len(r) > longestQuote {
		s = string(r[:longestQuote]) + "…"
	}
	return strconv.Quote(strings.ToValidUTF8(s, "\uFFFD"))
}
