package config

import (
	"regexp"
	"time"

	"github.com/vpclint/vpclint/internal/doctree"
)

// keys are those that the file may have, with where each goes. They are read from here, and described from here.
func keys(c *Config, slugs []Slug) []key {
	return []key{
		{name: "profile", about: "The set of rules that run: default, or strict, which adds what not everybody wants.", form: word(&c.Profile, "default", "strict")},
		{name: "rules", about: "Rules to turn on or off, or to give another severity.", form: ruleSettings(&c.Rules, slugs)},
		{name: "approved", about: "The only subnets and security groups that workloads may use; rules about them run once they are listed.", form: mapping(
			key{name: "subnets", about: "Ids of the subnets that workloads may use.", form: ids(&c.ApprovedSubnets, subnetID, "subnet-0123456789abcdef0")},
			key{name: "security-groups", about: "Ids of the security groups that workloads may use.", form: ids(&c.ApprovedSecurityGroups, groupID, "sg-0123456789abcdef0")},
		)},
		{name: "network", about: "Files that tell of the network that is there: saved output of aws ec2 describe-subnets, -route-tables, -vpc-endpoints, -security-groups and others, or states of Terraform.", form: globs(&c.Network)},
		{name: "audit", about: "Saved output of aws sagemaker describe-..., judged as the jobs that it describes.", form: globs(&c.Audit)},
		{name: "terraform", about: "What Terraform is run with.", form: mapping(
			key{name: "var-files", about: "Files of variables, as terraform's -var-file names them.", form: texts(&c.VarFiles)},
		)},
		{name: "cloudformation", about: "What stacks are deployed with.", form: mapping(
			key{name: "parameters", about: "Values of parameters, by name, for every template that declares one of that name.", form: parameters(&c.Parameters)},
		)},
		{name: "exclude", about: "Paths that are not checked.", form: globs(&c.Exclude)},
		{name: "ignore", about: "Findings that are not to be reported, each with the reason.", form: entries(ignoreKeys(slugs), func(e Ignored) { c.Ignore = append(c.Ignore, e) })},
	}
}

// The forms of ids. AWS: EC2 user guide, "Resource IDs".
var (
	subnetID = regexp.MustCompile(`^subnet-[0-9a-f]{8,17}$`)
	groupID  = regexp.MustCompile(`^sg-[0-9a-f]{8,17}$`)
)

// ruleKeys are those of what the file says of one rule.
func ruleKeys(rule *Rule) []key {
	return []key{
		{name: "enabled", about: "Whether the rule runs, whatever the profile has.", form: boolean(&rule.Enabled)},
		{name: "severity", about: "The severity of its findings, instead of the rule's own.", form: word(&rule.Severity, "low", "medium", "high", "critical")},
	}
}

// ruleSettings is a mapping of slugs. Which slugs there are is known elsewhere, and to the schema.
func ruleSettings(into *[]Rule, slugs []Slug) form {
	one := mapping(ruleKeys(&Rule{})...).schema
	one.MinProperties = 1
	schema := Schema{Type: types{"object"}, AdditionalProperties: false, Properties: map[string]*Schema{}}
	for _, s := range slugs {
		rule := one
		rule.Description = s.About
		schema.Properties[s.ID] = &rule
	}
	return form{schema: schema, read: func(r *reader, n *doctree.Node, path string) {
		if !r.isMapping(n, path) {
			return
		}
		for _, p := range r.pairs(n, path) {
			rule := Rule{Slug: Text{p.Key.Text, p.Key.Span}}
			path := under(path, p.Key.Text)
			if p.Value.Kind == doctree.Null || p.Value.Kind == doctree.Mapping && len(p.Value.Pairs) == 0 {
				r.fault(p.Key.Span, "%s says nothing; give it enabled or severity", path)
				continue
			}
			mapping(ruleKeys(&rule)...).read(r, p.Value, path)
			*into = append(*into, rule)
		}
	}}
}

// ignoreKeys are those of one entry of what is not to be reported.
func ignoreKeys(slugs []Slug) func(*Ignored) []key {
	return func(e *Ignored) []key {
		return []key{
			{name: "rule", about: "The rule whose findings they are.", form: slug(&e.Rule, slugs), required: true},
			{name: "reason", about: "Why they are not to be reported, for who reads this later.", form: text(&e.Reason), required: true},
			{name: "path", about: "A glob of the files or directories that they are in, or that deploy what they are about.", form: glob(&e.Path)},
			{name: "subject", about: "The resource that they are about, as reports name it; a star stands for anything.", form: text(&e.Subject)},
			{name: "until", about: "The last day on which this counts.", form: date(&e.Until)},
		}
	}
}

// date is a day such as 2027-01-31.
func date(into *Text) form {
	schema := Schema{Type: types{"string"}, Format: "date", Pattern: `^\d{4}-\d{2}-\d{2}$`, Examples: []any{"2027-01-31"}}
	return form{schema: schema, read: func(r *reader, n *doctree.Node, path string) {
		t, ok := r.text(n, path)
		if _, err := time.Parse(time.DateOnly, t.Text); ok && err != nil {
			r.fault(n.Span, "%s must be a date such as 2027-01-31", path)
		}
		*into = t
	}}
}
