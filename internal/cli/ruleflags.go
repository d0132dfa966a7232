package cli

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/vpclint/vpclint/internal/config"
	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/rules"
)

// setFlags are the flags that say which rules run.
type setFlags struct {
	profile           string
	selected, ignored []string
}

func (f *setFlags) registerSet(c *cobra.Command) {
	fl := c.Flags()
	fl.StringVar(&f.profile, "profile", "default", "`SET` of rules that run: default or strict")
	fl.StringSliceVar(&f.selected, "select", nil, "run the rules `SLUG,...` only")
	fl.StringSliceVar(&f.ignored, "ignore", nil, "leave out the rules `SLUG,...`")
}

// running returns the rules that run. An unset profile is the configuration's.
func (f *setFlags) running(cmd *cobra.Command, file *config.Config) ([]*rules.Rule, error) {
	if file.Profile.Text != "" && !cmd.Flags().Lookup("profile").Changed {
		f.profile = file.Profile.Text
	}
	if err := oneOf("--profile", f.profile, "default", "strict"); err != nil {
		return nil, err
	}
	return selectRules(f.profile, f.selected, f.ignored, file)
}

// ruleFlags are the flags that say which rules run and what counts of what they find.
type ruleFlags struct {
	setFlags
	severities          []string
	minSeverity, failOn string
	undecided           string
}

func (f *ruleFlags) register(c *cobra.Command) {
	f.registerSet(c)
	fl := c.Flags()
	fl.StringArrayVar(&f.severities, "severity", nil, "give a rule another severity, `SLUG=LEVEL`; repeatable")
	fl.StringVar(&f.minSeverity, "min-severity", "low", "leave out findings below this `SEVERITY`: low, medium, high or critical")
	fl.StringVar(&f.failOn, "fail-on", "low", "exit with 1 from this `SEVERITY` on; never: findings don't make it 1")
	fl.StringVar(&f.undecided, "undecided", "count", "`ACTION` on verdicts that can't be known: count, show or fail (exit with 1)")
}

// A policy is what counts of what is found.
type policy struct {
	rules       []*rules.Rule
	severity    map[string]finding.Severity
	minSeverity finding.Severity
	failOn      finding.Severity // 0: never
	exitZero    bool
	undecided   string
	// pages says that what the rules' pages say is asked for: to read them all takes as long as a small run.
	pages bool
}

// oneOf refuses the value of a flag that isn't one of a few.
func oneOf(flag, value string, allowed ...string) error {
	if slices.Contains(allowed, value) {
		return nil
	}
	return fmt.Errorf("%s %s: use %s", flag, value, strings.Join(allowed, ", "))
}

// policy puts the flags over what the configuration says.
func (f *ruleFlags) policy(cmd *cobra.Command, file *config.Config) (*policy, error) {
	p := &policy{undecided: f.undecided, severity: map[string]finding.Severity{}}
	if err := oneOf("--undecided", f.undecided, "count", "show", "fail"); err != nil {
		return nil, err
	}
	var err error
	if p.rules, err = f.running(cmd, file); err != nil {
		return nil, err
	}
	if p.minSeverity, err = finding.ParseSeverity(f.minSeverity); err != nil {
		return nil, fmt.Errorf("--min-severity: %w", err)
	}
	if f.failOn != "never" {
		if p.failOn, err = finding.ParseSeverity(f.failOn); err != nil {
			return nil, fmt.Errorf("--fail-on: %w, or never", err)
		}
	}
	configuredSeverities(file.Rules, p.severity)
	for _, text := range f.severities {
		slug, level, err := pair("--severity", text)
		if err != nil {
			return nil, err
		}
		if err := known(slug); err != nil {
			return nil, fmt.Errorf("--severity: %w", err)
		}
		if !slices.ContainsFunc(p.rules, func(r *rules.Rule) bool { return r.ID == slug }) {
			return nil, fmt.Errorf("--severity %s: the rule is not one of those that run", slug)
		}
		if p.severity[slug], err = finding.ParseSeverity(level); err != nil {
			return nil, fmt.Errorf("--severity %s: %w", slug, err)
		}
	}
	return p, nil
}

// A choice is whether a rule runs, and what says so: a flag, a place in the configuration, or "default".
type choice struct {
	rule *rules.Rule
	runs bool
	from string
	// lacks says that the rule goes by a list of the configuration's that isn't there.
	lacks bool
}

// choose applies what the configuration takes into the profile and out of it, --select, which replaces both, and --ignore,
// which subtracts. A rule that goes by a list of the configuration's is in each profile once it has its list.
func choose(profile string, selected, ignored []string, file *config.Config) []choice {
	var out []choice
	for _, r := range rules.All() {
		c := choice{rule: r, lacks: r.Configured != "" && !file.Lists(r.Configured), from: "default"}
		c.runs = (!r.Strict || profile == "strict") && !c.lacks
		if r.Strict && profile == "strict" {
			c.from = "profile"
		}
		if r.Configured != "" && !c.lacks {
			c.from = r.Configured
		}
		for _, set := range file.Rules {
			if set.Slug.Text == r.ID && set.Enabled != nil {
				c.runs, c.from = *set.Enabled, set.Slug.Place()
			}
		}
		if len(selected) > 0 {
			c.runs, c.from = slices.Contains(selected, r.ID), "--select"
		}
		if slices.Contains(ignored, r.ID) {
			c.runs, c.from = false, "--ignore"
		}
		out = append(out, c)
	}
	return out
}

// selectRules returns the rules that run. One that goes by a list can't be asked for without it.
func selectRules(profile string, selected, ignored []string, file *config.Config) ([]*rules.Rule, error) {
	for _, slug := range slices.Concat(selected, ignored) {
		if err := known(slug); err != nil {
			return nil, err
		}
	}
	var out []*rules.Rule
	for _, c := range choose(profile, selected, ignored, file) {
		switch {
		case !c.runs:
		case c.lacks:
			return nil, fmt.Errorf("%s needs %s in %s, and there is none", c.rule.ID, c.rule.Configured, config.Name)
		default:
			out = append(out, c.rule)
		}
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("%s leaves no rule to run", left(ignored))
	}
	return out, nil
}

func known(slug string) error {
	if rules.ByID(slug) != nil {
		return nil
	}
	if near := rules.Nearest(slug); near != "" {
		return fmt.Errorf("unknown rule %q: did you mean %s?", slug, near)
	}
	return fmt.Errorf("unknown rule %q", slug)
}
