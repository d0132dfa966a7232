package cli

import (
	"fmt"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/vpclint/vpclint/internal/config"
	"github.com/vpclint/vpclint/internal/discover"
	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/lint"
	"github.com/vpclint/vpclint/rules"
)

// configuration reads the configuration file of a run: an empty one where there is none.
func (f *treeFlags) configuration(c lint.Config) (*config.Config, error) {
	switch {
	case f.isolated && f.configFile != "":
		return nil, fmt.Errorf("--isolated reads no configuration, and --config %s names one", f.configFile)
	case f.isolated:
		return &config.Config{}, nil
	case f.configFile != "":
		file, err := filepath.Abs(f.configFile)
		if err != nil {
			return nil, fmt.Errorf("--config %s: %w", f.configFile, err)
		}
		if dir, err := filepath.EvalSymlinks(filepath.Dir(file)); err == nil {
			file = filepath.Join(dir, filepath.Base(file))
		}
		return config.Read(file, f.configFile, "", didYouMean)
	}
	root, err := rootOf(c)
	if err != nil {
		return nil, err
	}
	workdir, err := filepath.EvalSymlinks(c.WorkDir)
	if err != nil {
		return nil, fmt.Errorf("resolving the working directory: %w", err)
	}
	file, err := config.Find(workdir, root)
	if file == "" {
		return &config.Config{}, err
	}
	shown, err := filepath.Rel(workdir, file)
	if err != nil {
		shown = file
	}
	return config.Read(file, shown, root, didYouMean)
}

// rootOf returns the repository root of a run.
func rootOf(c lint.Config) (string, error) {
	if c.Root != "" {
		return c.Root, nil
	}
	return discover.Root(c.WorkDir, c.Paths)
}

// configure puts what a configuration says under what the flags say.
func (f *treeFlags) configure(c *lint.Config, file *config.Config) error {
	patterns := func(key string, list []config.Text) []lint.Pattern {
		out := make([]lint.Pattern, len(list))
		for i, t := range list {
			out[i] = lint.Pattern{Glob: t.Text, Dir: file.Dir, From: fmt.Sprintf("%s: %s: %q", t.Place(), key, t.Text)}
		}
		return out
	}
	c.Configured = lint.Configured{
		Network:  patterns("network", file.Network),
		Audit:    patterns("audit", file.Audit),
		VarFiles: patterns("terraform.var-files", file.VarFiles),
	}
	c.Approved = rules.Approved{Subnets: file.ApprovedSubnets.Words(), SecurityGroups: file.ApprovedSecurityGroups.Words()}
	for _, p := range file.Parameters {
		if slices.ContainsFunc(c.Parameters, func(v frontend.Var) bool { return v.Name == p.Name.Text }) {
			continue // the command line has the last word
		}
		c.Configured.Parameters = append(c.Configured.Parameters, frontend.Var{Name: p.Name.Text, Text: p.Value.Text})
		c.Configured.Places = append(c.Configured.Places, p.Name.Place()+": cloudformation.parameters")
	}
	if len(file.Exclude) == 0 {
		return nil
	}
	root, err := rootOf(*c)
	if err != nil {
		return err
	}
	rel, err := filepath.Rel(root, file.Dir)
	if err != nil || !filepath.IsLocal(rel) {
		return fmt.Errorf("%s: exclude: %s lies outside the repository", file.Exclude[0].Place(), file.Dir)
	}
	excludes := make([]string, len(file.Exclude))
	for i, t := range file.Exclude {
		excludes[i] = path.Join(lint.EscapeGlob(filepath.ToSlash(rel)), t.Text)
		if strings.HasPrefix(excludes[i], "../") {
			return fmt.Errorf("%s: exclude: %q lies outside the repository", t.Place(), t.Text)
		}
		if strings.HasSuffix(t.Text, "/") {
			excludes[i] += "/"
		}
	}
	c.Exclude = append(excludes, c.Exclude...)
	return nil
}

// checkSlugs refuses rules that there aren't, whether or not the command has a use for them.
func checkSlugs(file *config.Config) error {
	var errs config.Errors
	for _, r := range file.Rules {
		if err := known(r.Slug.Text); err != nil {
			errs = append(errs, fmt.Sprintf("%s: rules: %v", r.Slug.Place(), err))
		}
	}
	if len(errs) > 0 {
		return errs
	}
	return nil
}

// configuredRules returns which rules a configuration takes into the profile, and which out of it.
func configuredRules(configured []config.Rule) map[string]bool {
	enabled := map[string]bool{}
	for _, r := range configured {
		if r.Enabled != nil {
			enabled[r.Slug.Text] = *r.Enabled
		}
	}
	return enabled
}

// configuredSeverities adds the severities that a configuration gives to rules. The rule need not be one of those that
// run: the file stands for all of the command lines.
func configuredSeverities(configured []config.Rule, severity map[string]finding.Severity) {
	for _, r := range configured {
		if s, err := finding.ParseSeverity(r.Severity.Text); err == nil {
			severity[r.Slug.Text] = s
		}
	}
}

// left names what took the last rule out.
func left(ignored []string) string {
	if len(ignored) > 0 {
		return "--ignore"
	}
	return "the configuration"
}
