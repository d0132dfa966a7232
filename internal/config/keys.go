package config

import (
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/vpclint/vpclint/internal/discover"
	"github.com/vpclint/vpclint/internal/doctree"
)

// file reads the whole configuration.
func (r *reader) file(n *doctree.Node) {
	c := r.out
	r.mapping(n, "", []key{
		{"profile", func(n *doctree.Node) { c.Profile = r.word(n, "profile", "default", "strict") }},
		{"rules", r.rules},
		{"approved", r.approved},
		{"network", func(n *doctree.Node) { c.Network = r.globs(n, "network") }},
		{"audit", func(n *doctree.Node) { c.Audit = r.globs(n, "audit") }},
		{"terraform", r.terraform},
		{"cloudformation", r.cloudFormation},
		{"exclude", func(n *doctree.Node) { c.Exclude = r.globs(n, "exclude") }},
		{"ignore", r.ignore},
	})
}

// rules reads a mapping of slugs. Which slugs there are is known elsewhere.
func (r *reader) rules(n *doctree.Node) {
	if !r.isMapping(n, "rules") {
		return
	}
	for _, p := range r.pairs(n, "rules") {
		rule := Rule{Slug: Text{p.Key.Text, p.Key.Span}}
		path := "rules." + p.Key.Text
		if p.Value.Kind == doctree.Null {
			r.fault(p.Key.Span, "%s says nothing; give it enabled or severity", path)
			continue
		}
		r.mapping(p.Value, path, []key{
			{"enabled", func(n *doctree.Node) { rule.Enabled = r.boolean(n, path+".enabled") }},
			{"severity", func(n *doctree.Node) {
				rule.Severity = r.word(n, path+".severity", "low", "medium", "high", "critical")
			}},
		})
		r.out.Rules = append(r.out.Rules, rule)
	}
}

// maxStars bounds what matching one glob may cost. The configuration is the repository's own, and nobody vouches for that.
const maxStars = 8

// globs reads a list of globs, which lead nowhere but into the repository: where it ends is known elsewhere.
func (r *reader) globs(n *doctree.Node, path string) []Text {
	list := r.texts(n, path)
	for _, t := range list {
		if strings.HasPrefix(t.Text, "/") {
			r.fault(t.At, "%s: %q must be relative to the configuration's directory", path, t.Text)
		} else if err := discover.CheckGlob(t.Text); err != nil {
			r.fault(t.At, "%s: %q: %v", path, t.Text, err)
		} else if strings.Count(t.Text, "*") > maxStars {
			r.fault(t.At, "%s: %q has more than %d stars", path, t.Text, maxStars)
		}
	}
	return list
}

func (r *reader) terraform(n *doctree.Node) {
	r.mapping(n, "terraform", []key{
		{"var-files", func(n *doctree.Node) { r.out.VarFiles = r.texts(n, "terraform.var-files") }},
	})
}

func (r *reader) cloudFormation(n *doctree.Node) {
	r.mapping(n, "cloudformation", []key{{"parameters", r.parameters}})
}

func (r *reader) parameters(n *doctree.Node) {
	const path = "cloudformation.parameters"
	if !r.isMapping(n, path) {
		return
	}
	for _, p := range r.pairs(n, path) {
		switch p.Value.Kind {
		case doctree.String, doctree.Number, doctree.Bool:
			r.out.Parameters = append(r.out.Parameters, Parameter{
				Name: Text{p.Key.Text, p.Key.Span}, Value: Text{p.Value.Text, p.Value.Span},
			})
		default:
			r.fault(p.Value.Span, "%s must be a text, and is a %s", under(path, p.Key.Text), p.Value.Kind)
		}
	}
}

// approved reads lists of literal ids.
func (r *reader) approved(n *doctree.Node) {
	list := func(path string, form *regexp.Regexp, example string, into **List) func(*doctree.Node) {
		return func(n *doctree.Node) {
			texts := r.texts(n, path)
			for _, t := range texts {
				if !form.MatchString(t.Text) {
					r.fault(t.At, "%s: %q is no id such as %s", path, t.Text, example)
				}
			}
			*into = &List{texts}
		}
	}
	r.mapping(n, "approved", []key{
		{"subnets", list(keySubnets, subnetID, "subnet-0123456789abcdef0", &r.out.ApprovedSubnets)},
		{"security-groups", list(keySecurityGroups, groupID, "sg-0123456789abcdef0", &r.out.ApprovedSecurityGroups)},
	})
}

// The forms of ids. AWS: EC2 user guide, "Resource IDs".
var (
	subnetID = regexp.MustCompile(`^subnet-[0-9a-f]{8,17}$`)
	groupID  = regexp.MustCompile(`^sg-[0-9a-f]{8,17}$`)
)

// What follows is read so that a slip in it is told, and refused: silently passed over it would seem to have an effect.

func (r *reader) ignore(n *doctree.Node) {
	if n.Kind != doctree.Sequence {
		r.fault(n.Span, "ignore must be a list, and is a %s", n.Kind)
		return
	}
	for i, item := range n.Items {
		path := fmt.Sprintf("ignore[%d]", i)
		text := func(name string) key {
			return key{name, func(n *doctree.Node) { r.text(n, under(path, name)) }}
		}
		r.mapping(item, path, []key{text("rule"), text("path"), text("subject"), text("reason"), {"until", func(n *doctree.Node) {
			if t, ok := r.text(n, under(path, "until")); ok {
				if _, err := time.Parse(time.DateOnly, t.Text); err != nil {
					r.fault(n.Span, "%s must be a date such as 2027-01-31", under(path, "until"))
				}
			}
		}}})
		for _, name := range []string{"rule", "reason"} {
			if item.Kind == doctree.Mapping && item.Get(name) == nil {
				r.fault(item.Span, "%s has no %s", path, name)
			}
		}
	}
	r.unsupported(n, "ignore")
}

func (r *reader) unsupported(n *doctree.Node, path string) {
	r.fault(n.Span, "%s is not supported yet; take it out", path)
}
