package cli

import (
	"fmt"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/vpclint/vpclint/internal/config"
	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/ignore"
	"github.com/vpclint/vpclint/internal/lint"
	"github.com/vpclint/vpclint/internal/source"
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
	root, err := c.RepositoryRoot()
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
	if len(file.Exclude)+len(file.Ignore) == 0 {
		return nil
	}
	root, err := c.RepositoryRoot()
	if err != nil {
		return err
	}
	excludes := make([]string, len(file.Exclude))
	for i, t := range file.Exclude {
		if excludes[i], err = rooted(file, root, "exclude", t); err != nil {
			return err
		}
	}
	c.Exclude = append(excludes, c.Exclude...)
	c.Ignores, err = configuredIgnores(file, root)
	return err
}

// rooted returns a glob of the file's, under the key, as one of paths relative to the root.
func rooted(file *config.Config, root, key string, glob config.Text) (string, error) {
	rel, err := filepath.Rel(root, file.Dir)
	if err != nil || !filepath.IsLocal(rel) {
		return "", fmt.Errorf("%s: %s: %s lies outside the repository", glob.Place(), key, file.Dir)
	}
	out := path.Join(lint.EscapeGlob(filepath.ToSlash(rel)), glob.Text)
	if out == ".." || strings.HasPrefix(out, "../") {
		return "", fmt.Errorf("%s: %s: %q lies outside the repository", glob.Place(), key, glob.Text)
	}
	if strings.HasSuffix(glob.Text, "/") {
		out += "/"
	}
	return out, nil
}

// configuredIgnores returns what the file asks not to be told of, at places that are relative to the root as all that is
// found is.
func configuredIgnores(file *config.Config, root string) ([]ignore.Configured, error) {
	if len(file.Ignore) == 0 {
		return nil, nil
	}
	whole := file.Ignore[0].Rule.At.File
	shown := path.Base(filepath.ToSlash(whole.Path))
	if rel, err := filepath.Rel(root, filepath.Join(file.Dir, shown)); err == nil {
		shown = filepath.ToSlash(rel)
	}
	there := source.NewFile(shown, whole.Bytes)
	out := make([]ignore.Configured, len(file.Ignore))
	for i, e := range file.Ignore {
		x := ignore.Configured{
			At: there.Span(e.Rule.At.Start, e.Rule.At.End), Rule: e.Rule.Text, Subject: e.Subject.Text, Reason: e.Reason.Text,
		}
		if e.Path.Text != "" {
			glob, err := rooted(file, root, "ignore", e.Path)
			if err != nil {
				return nil, err
			}
			x.Path = glob
		}
		if e.Until.Text != "" {
			day, err := time.Parse(time.DateOnly, e.Until.Text)
			if err != nil {
				return nil, fmt.Errorf("%s: ignore: %w", e.Until.Place(), err)
			}
			x.Until, x.UntilAt = day, there.Span(e.Until.At.Start, e.Until.At.End)
		}
		out[i] = x
	}
	return out, nil
}

// checkSlugs refuses rules that there aren't, whether or not the command has a use for them.
func checkSlugs(file *config.Config) error {
	var errs config.Errors
	for _, r := range file.Rules {
		if err := known(r.Slug.Text); err != nil {
			errs = append(errs, fmt.Sprintf("%s: rules: %v", r.Slug.Place(), err))
		}
	}
	for _, e := range file.Ignore {
		if err := known(e.Rule.Text); err != nil {
			errs = append(errs, fmt.Sprintf("%s: ignore: %v", e.Rule.Place(), err))
		}
	}
	if len(errs) > 0 {
		return errs
	}
	return nil
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
