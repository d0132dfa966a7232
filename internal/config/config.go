// Package config answers what a repository's configuration file, .vpclint.yaml, asks for.
//
// In goes the file; out come its settings, each with the place where it is written, or everything that is wrong with it at
// once. Paths and globs stay as they are written: they are relative to the file's directory. The package must not know
// which rules there are, nor what becomes of a setting.
package config

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vpclint/vpclint/internal/doctree"
	"github.com/vpclint/vpclint/internal/source"
)

// Name is what the file is called.
const Name = ".vpclint.yaml"

// MaxBytes is the size of the largest configuration that is read.
const MaxBytes = 1 << 20

// A Config is what a file asks for. The zero value asks for nothing.
type Config struct {
	// Path is the file as messages name it, Dir the absolute directory that its paths are relative to.
	Path, Dir string
	// Profile is "default", "strict" or empty.
	Profile Text
	Rules   []Rule
	// Network and Audit are globs of files, Exclude of paths.
	Network, Audit, Exclude []Text
	VarFiles                []Text
	Parameters              []Parameter
	// Ignore is what is not to be reported.
	Ignore []Ignored
	// ApprovedSubnets and ApprovedSecurityGroups are ids; nil where the file doesn't list them.
	ApprovedSubnets, ApprovedSecurityGroups *List
}

// Lists reports whether the file gives the list that a key names: "approved.subnets".
func (c *Config) Lists(key string) bool {
	switch key {
	case keySubnets:
		return c.ApprovedSubnets != nil
	case keySecurityGroups:
		return c.ApprovedSecurityGroups != nil
	}
	return false
}

// The keys of lists that rules go by.
const keySubnets, keySecurityGroups = "approved.subnets", "approved.security-groups"

// A List is a list of words, which may be empty.
type List struct{ Texts []Text }

// Words returns the words of a list: nil of none, and not nil of an empty one.
func (l *List) Words() []string {
	if l == nil {
		return nil
	}
	out := make([]string, len(l.Texts))
	for i, t := range l.Texts {
		out[i] = t.Text
	}
	return out
}

// A Text is one word of the file.
type Text struct {
	Text string
	At   source.Span
}

// Place returns where a text is written, as messages name it: ".vpclint.yaml:3:5".
func (t Text) Place() string { return place(t.At) }

// A Rule is what the file says of one rule.
type Rule struct {
	Slug Text
	// Enabled puts the rule in, or takes it out of, what the profile has; nil leaves it to the profile.
	Enabled *bool
	// Severity is empty where the rule's own stays.
	Severity Text
}

// An Ignored is one entry of the list of what is not to be reported. Path is relative to the file's directory. Path, Subject and
// Until may be zero.
type Ignored struct{ Rule, Path, Subject, Reason, Until Text }

// A Parameter is a parameter of CloudFormation's.
type Parameter struct{ Name, Value Text }

// A Suggest returns how a message goes on after a name that isn't one of names: ": did you mean profile?", or nothing.
type Suggest func(word string, names []string) string

// An Errors is what is wrong with a file, in its order. Each is one line.
type Errors []string

// Error implements error.
func (e Errors) Error() string { return strings.Join(e, "\n") }

// Parse reads a configuration. The error is an Errors.
func Parse(f *source.File, dir string, suggest Suggest) (*Config, error) {
	r := &reader{out: &Config{Path: f.Path, Dir: dir}, suggest: suggest}
	docs, errs := doctree.ParseYAML(f)
	for _, e := range errs {
		r.fault(e.Span, "%s", e.Msg)
	}
	switch {
	case len(errs) > 0 || len(docs) == 0 || len(docs) == 1 && docs[0].Root.Kind == doctree.Null:
	case len(docs) > 1:
		r.fault(docs[1].Root.Span, "there is a second document; a configuration is one")
	default:
		mapping(keys(r.out, nil)...).read(r, docs[0].Root, "")
	}
	if len(r.faults) > 0 {
		return nil, r.errors()
	}
	return r.out, nil
}

// A reader reads one file.
type reader struct {
	out     *Config
	suggest Suggest
	faults  []fault
}

// A fault is something wrong at a place.
type fault struct {
	at      source.Span
	message string
}

func (r *reader) fault(at source.Span, format string, args ...any) {
	r.faults = append(r.faults, fault{at, fmt.Sprintf(format, args...)})
}

func (r *reader) errors() Errors {
	slices.SortStableFunc(r.faults, func(a, b fault) int { return a.at.Start - b.at.Start })
	out := make(Errors, len(r.faults))
	for i, f := range r.faults {
		out[i] = place(f.at) + ": " + f.message
	}
	return out
}

// place returns a span's beginning as messages name it.
func place(at source.Span) string {
	if at.IsZero() {
		return Name
	}
	p := at.File.Position(at.Start)
	return fmt.Sprintf("%s:%d:%d", at.File.Path, p.Line, p.Column)
}

func (r *reader) isMapping(n *doctree.Node, path string) bool {
	if n.Kind == doctree.Mapping {
		return true
	}
	if path == "" {
		path = "the configuration"
	}
	r.fault(n.Span, "%s must be a mapping, and is a %s", path, n.Kind)
	return false
}

// pairs returns the entries of a mapping whose keys are names, each of them once.
func (r *reader) pairs(n *doctree.Node, path string) []doctree.Pair {
	var out []doctree.Pair
	seen := map[string]bool{}
	for _, p := range n.Pairs {
		switch {
		case p.Key.Kind == doctree.Mapping || p.Key.Kind == doctree.Sequence || p.Key.Kind == doctree.Invalid:
			r.fault(p.Key.Span, "a key of %s is no name", named(path))
		case seen[p.Key.Text]:
			r.fault(p.Key.Span, "%s is set twice", under(path, p.Key.Text))
		default:
			seen[p.Key.Text] = true
			out = append(out, p)
		}
	}
	return out
}

func named(path string) string {
	if path == "" {
		return "the configuration"
	}
	return path
}

func under(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}

// text reads a string.
func (r *reader) text(n *doctree.Node, path string) (Text, bool) {
	switch {
	case n.Kind != doctree.String:
		r.fault(n.Span, "%s must be a text, and is a %s", path, n.Kind)
		return Text{}, false
	case strings.TrimSpace(n.Text) == "":
		r.fault(n.Span, "%s is empty", path)
		return Text{}, false
	}
	return Text{n.Text, n.Span}, true
}

// texts reads a list of strings.
func (r *reader) texts(n *doctree.Node, path string) []Text {
	if n.Kind != doctree.Sequence {
		r.fault(n.Span, "%s must be a list, and is a %s", path, n.Kind)
		return nil
	}
	var out []Text
	for i, item := range n.Items {
		if t, ok := r.text(item, fmt.Sprintf("%s[%d]", path, i)); ok {
			out = append(out, t)
		}
	}
	return out
}

// boolean reads true or false.
func (r *reader) boolean(n *doctree.Node, path string) *bool {
	if n.Kind != doctree.Bool {
		r.fault(n.Span, "%s must be true or false, and is a %s", path, n.Kind)
		return nil
	}
	b := strings.EqualFold(n.Text, "true")
	return &b
}
