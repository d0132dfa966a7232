package cli

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/vpclint/vpclint/internal/config"
	"github.com/vpclint/vpclint/internal/discover"
	"github.com/vpclint/vpclint/internal/report"
	"github.com/vpclint/vpclint/rules"
)

//go:generate go run ../../cmd/vpclint config schema --output ../../docs/schema/vpclint.schema.json

func (a *app) configuration() *cobra.Command {
	c := &cobra.Command{
		Use:   "config",
		Short: "Show, describe or begin a configuration (" + config.Name + ")",
		Args:  a.unknownCommand,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	c.AddCommand(a.configShow(), a.configSchema(), a.configInit())
	return c
}

// showFlags are the flags of config show: those of check that say what is checked and what counts.
type showFlags struct {
	treeFlags
	ruleFlags
	format string
}

func (a *app) configShow() *cobra.Command {
	f := &showFlags{}
	c := &cobra.Command{
		Use:   "show [PATH...]",
		Short: "Print the settings that check would go by, and where each comes from",
		Long: "Print the settings that check would go by: what the command line says, then what " + config.Name + " says, then the\n" +
			"defaults. Beside each stands where it comes from.",
		Example: "  vpclint config show\n  vpclint config show --profile strict --select missing-vpc-config",
		RunE:    func(cmd *cobra.Command, args []string) error { return a.runConfigShow(cmd, f, args) },
	}
	f.treeFlags.register(c)
	f.ruleFlags.register(c)
	c.Flags().StringVar(&f.format, "format", "text", "output `FORMAT`: text, json or markdown")
	return c
}

func (a *app) runConfigShow(cmd *cobra.Command, f *showFlags, paths []string) error {
	write, ok := map[string]func(io.Writer, *effective) error{
		"text": effectiveText, "json": effectiveJSON, "markdown": effectiveMarkdown,
	}[f.format]
	if !ok {
		return fmt.Errorf("unknown format %q: use text, json or markdown", f.format)
	}
	if err := unset(cmd, "select", "ignore", "exclude", "var-file", "config"); err != nil {
		return err
	}
	_, file, err := f.config(paths)
	if err != nil {
		return err
	}
	p, err := f.policy(cmd, file)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := write(&b, f.effective(cmd, file, p)); err != nil {
		return fmt.Errorf("writing %s: %w", f.format, err)
	}
	if _, err := a.stdout.Write(b.Bytes()); err != nil {
		return fmt.Errorf("writing to standard output: %w", err)
	}
	return nil
}

// unset refuses flags that are given without a value.
func unset(cmd *cobra.Command, names ...string) error {
	for _, name := range names {
		flag := cmd.Flags().Lookup(name)
		if text := flag.Value.String(); flag.Changed && (text == "" || text == "[]") {
			return fmt.Errorf("--%s: no value is given", name)
		}
	}
	return nil
}

func (a *app) configSchema() *cobra.Command {
	output := ""
	c := &cobra.Command{
		Use:     "schema",
		Short:   "Print the JSON schema of " + config.Name,
		Long:    "Print the JSON schema of " + config.Name + ", by which editors complete and check it. It is published as\n" + config.SchemaURI + ".",
		Example: "  vpclint config schema --output vpclint.schema.json",
		Args:    noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			b, err := schemaOfConfiguration()
			if err != nil {
				return err
			}
			if !cmd.Flags().Lookup("output").Changed {
				_, err = a.stdout.Write(b)
			} else if err = unset(cmd, "output"); err == nil {
				err = os.WriteFile(output, b, 0o644)
			}
			if err != nil {
				return fmt.Errorf("writing the schema: %w", err)
			}
			return nil
		},
	}
	c.Flags().StringVar(&output, "output", "", "`FILE` to write to instead of standard output")
	return c
}

func schemaOfConfiguration() ([]byte, error) {
	var slugs []config.Slug
	for _, r := range rules.All() {
		slugs = append(slugs, config.Slug{ID: r.ID, About: r.Title})
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(config.JSONSchema(slugs)); err != nil {
		return nil, fmt.Errorf("writing the schema: %w", err)
	}
	return b.Bytes(), nil
}

func (a *app) configInit() *cobra.Command {
	return &cobra.Command{
		Use:   "init",
		Short: "Write a " + config.Name + " to begin with",
		Long: "Write a " + config.Name + " whose every setting is a comment, at the root of the repository. A file that is there stays as\n" +
			"it is.",
		Args: noArguments,
		RunE: func(*cobra.Command, []string) error { return a.runConfigInit() },
	}
}

// runConfigInit writes where every working directory of the repository finds it. That there is none in between is looked
// at, since the nearest one would hold.
func (a *app) runConfigInit() error {
	wd, err := os.Getwd()
	if err != nil {
		return fmt.Errorf("finding the working directory: %w", err)
	}
	root, err := discover.Root(wd, nil)
	if err != nil {
		return err
	}
	if wd, err = filepath.EvalSymlinks(wd); err != nil {
		return fmt.Errorf("resolving the working directory: %w", err)
	}
	found, err := config.Find(wd, root)
	switch {
	case err != nil:
		return err
	case found != "":
		return fmt.Errorf("%s is there already; vpclint config show prints what it says", relativeTo(wd, found))
	}
	path := filepath.Join(root, config.Name)
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644) // not through a link, nor over what came meanwhile
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("%s is there already", relativeTo(wd, path))
	}
	if err != nil {
		return fmt.Errorf("writing %s: %w", config.Name, err)
	}
	_, err = f.WriteString(config.Example)
	if err := errors.Join(err, f.Close()); err != nil {
		return fmt.Errorf("writing %s: %w", config.Name, err)
	}
	fmt.Fprintf(a.stderr, "wrote %s\n", report.Escape(relativeTo(wd, path)))
	return nil
}

// relativeTo returns a path as seen from a directory.
func relativeTo(dir, path string) string {
	if rel, err := filepath.Rel(dir, path); err == nil {
		return filepath.ToSlash(rel)
	}
	return path
}
