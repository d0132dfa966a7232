package cli

import (
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/vpclint/vpclint/internal/config"
	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/lint"
)

// treeFlags are the flags of every command that reads a tree.
type treeFlags struct {
	vars                    []givenVar
	varFiles                []string
	parameters              []givenVar
	parameterFiles, exclude []string
	tfVarEnv                bool
	jobs                    int
	configFile              string
	isolated                bool
	// stdin is the file that standard input stands for; nil where it stands for none.
	stdin *given
}

// A givenVar is the text of a --var or --parameter, and how many files of them stand before it.
type givenVar struct {
	text  string
	after int
}

// A varFlag collects each --var.
type varFlag struct{ of *treeFlags }

func (v *varFlag) String() string { return "" }
func (v *varFlag) Type() string   { return "stringArray" }

func (v *varFlag) Set(s string) error {
	v.of.vars = append(v.of.vars, givenVar{s, len(v.of.varFiles)})
	return nil
}

// A parameterFlag collects each --parameter.
type parameterFlag struct{ of *treeFlags }

func (v *parameterFlag) String() string { return "" }
func (v *parameterFlag) Type() string   { return "stringArray" }

func (v *parameterFlag) Set(s string) error {
	if file, ok := strings.CutPrefix(s, frontend.FileScheme); ok {
		v.of.parameterFiles = append(v.of.parameterFiles, file)
		return nil
	}
	v.of.parameters = append(v.of.parameters, givenVar{s, len(v.of.parameterFiles)})
	return nil
}

func (f *treeFlags) register(c *cobra.Command) {
	c.Flags().Var(&varFlag{of: f}, "var", "value of a Terraform variable, `NAME=VALUE`")
	c.Flags().BoolVar(&f.tfVarEnv, "tf-var-env", false, "read the values of Terraform variables from the environment too (TF_VAR_name)")
	c.Flags().StringArrayVar(&f.varFiles, "var-file", nil, "`FILE` of Terraform variables")
	c.Flags().Var(&parameterFlag{of: f}, "parameter", "value of a CloudFormation parameter, `NAME=VALUE`, or a file of them, file://PATH")
	c.Flags().StringArrayVar(&f.exclude, "exclude", nil, "`GLOB` of paths to leave out, relative to the repository root")
	c.Flags().StringVar(&f.configFile, "config", "", "configuration `FILE` (default: .vpclint.yaml of the nearest directory upwards that has one)")
	c.Flags().BoolVar(&f.isolated, "isolated", false, "read no configuration file")
	c.Flags().IntVar(&f.jobs, "jobs", 0, "work on `N` things at once (default: one for each processor)")
}

// config returns what the flags, and the configuration file, ask of the driver.
func (f *treeFlags) config(paths []string) (lint.Config, *config.Config, error) {
	c, err := f.asked(paths)
	if err != nil {
		return c, nil, err
	}
	file, err := f.configuration(c)
	if err != nil {
		return c, nil, err
	}
	if err := checkSlugs(file); err != nil {
		return c, nil, err
	}
	return c, file, f.configure(&c, file)
}

// asked returns what the flags ask of the driver.
func (f *treeFlags) asked(paths []string) (lint.Config, error) {
	wd, err := os.Getwd()
	if err != nil {
		return lint.Config{}, fmt.Errorf("finding the working directory: %w", err)
	}
	c := lint.Config{WorkDir: wd, Paths: paths, VarFiles: f.varFiles, ParameterFiles: f.parameterFiles, Exclude: f.exclude, Jobs: f.jobs}
	if len(paths) == 0 {
		c.Paths = []string{"."}
	}
	f.stdin.put(&c)
	if f.jobs < 0 {
		return c, fmt.Errorf("--jobs %d: it can't be negative", f.jobs)
	}
	for _, v := range f.vars {
		name, text, err := pair("--var", v.text)
		if err != nil {
			return c, err
		}
		c.Vars = append(c.Vars, frontend.Var{Name: name, Text: text, After: v.after})
	}
	if f.tfVarEnv {
		c.EnvVars = tfVars(os.Environ())
	}
	if slices.Contains(f.parameterFiles, "") {
		return c, fmt.Errorf("--parameter %s: no file is named", frontend.FileScheme)
	}
	for _, p := range f.parameters {
		name, text, err := pair("--parameter", p.text)
		if err != nil {
			return c, err
		}
		c.Parameters = append(c.Parameters, frontend.Var{Name: name, Text: text, After: p.after})
	}
	return c, nil
}

// tfVars returns the Terraform variables that an environment sets, sorted by name.
func tfVars(environ []string) []frontend.Var {
	var out []frontend.Var
	for _, e := range environ {
		if name, text, ok := strings.Cut(e, "="); ok && strings.HasPrefix(name, "TF_VAR_") {
			out = append(out, frontend.Var{Name: strings.TrimPrefix(name, "TF_VAR_"), Text: text})
		}
	}
	slices.SortFunc(out, func(a, b frontend.Var) int { return strings.Compare(a.Name, b.Name) })
	return out
}

func pair(flag, text string) (name, val string, err error) {
	name, val, ok := strings.Cut(text, "=")
	if !ok || name == "" {
		form := "NAME=VALUE"
		if flag == "--severity" {
			form = "SLUG=LEVEL"
		}
		return "", "", fmt.Errorf("%s %s: write it as %s", flag, text, form)
	}
	return name, val, nil
}
