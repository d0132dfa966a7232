package rules

import (
	"path"
	"regexp"
	"strings"
)

// Brief returns the rule's page as it fits beside an alert: what is wrong, what to do about it, and one example of each. The page's
// other examples are the rule's tests. Relative links, which are of the page's directory, become absolute below base, the
// address of the repository's root.
func (r *Rule) Brief(base string) string {
	parts := []string{"# " + r.ID, r.Section("")}
	if fix := r.Section("Fix"); fix != "" {
		parts = append(parts, "## Fix", fix)
	}
	for _, title := range []string{"Flagged", "Clean"} {
		if example := firstExample(r.Section(title)); example != "" {
			parts = append(parts, "## "+title, example)
		}
	}
	page := base + "rules/" + r.ID + ".md"
	parts = append(parts, "[All of the rule's examples]("+page+"), or `vpclint explain "+r.ID+"`.")
	return absolute(strings.Join(parts, "\n\n"), base) + "\n"
}

const fence = "```"

// firstExample returns the first files of a section that belong together, with the prose before them: up to what the report says of
// them, to more prose, or to a file of the same name.
func firstExample(section string) string {
	var out []string
	seen := map[string]bool{}
	inside := false
	for line := range strings.Lines(section) {
		line = strings.TrimRight(line, "\n")
		switch {
		case strings.HasPrefix(line, fence) && inside:
			inside = false
		case strings.HasPrefix(line, fence):
			language, file, _ := strings.Cut(strings.TrimPrefix(line, fence), " ")
			if language == "text" || seen[file] {
				return strings.TrimSpace(strings.Join(out, "\n"))
			}
			seen[file], inside = true, true
		case !inside && len(seen) > 0 && line != "":
			return strings.TrimSpace(strings.Join(out, "\n"))
		}
		out = append(out, line)
	}
	return strings.TrimSpace(strings.Join(out, "\n"))
}

var relativeLink = regexp.MustCompile(`\]\(([^():#]+(?:#[^()]*)?)\)`)

// absolute makes the relative links of a page absolute. What stands in an example is code.
func absolute(page, base string) string {
	parts := strings.Split(page, "\n"+fence)
	for i := 0; i < len(parts); i += 2 {
		parts[i] = relativeLink.ReplaceAllStringFunc(parts[i], func(link string) string {
			target := strings.TrimSuffix(strings.TrimPrefix(link, "]("), ")")
			return "](" + base + path.Join("rules", target) + ")"
		})
	}
	return strings.Join(parts, "\n"+fence)
}
