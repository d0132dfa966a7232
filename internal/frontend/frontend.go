// Package frontend holds what every front-end has in common: the interface by which the driver feeds it, and what it
// hands back. A front-end reads one family of languages and says what it found as resource.Raw, in its own dialect; it
// knows nothing of what the resources mean, of rules, or of other front-ends.
package frontend

import (
	"context"
	"sync"

	"github.com/vpclint/vpclint/internal/doctree"
	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/ignore"
	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/source"
)

// A Frontend reads one family of languages.
type Frontend interface {
	// Name is the word for it in messages: "terraform".
	Name() string
	// Match reports, by its path alone, whether a file may be one of the front-end's.
	Match(path string) bool
	// Relevant reports, by its bytes alone, whether a matched file can matter. It must be cheap: it sees every file that
	// Match lets through, and what it refuses is never parsed.
	Relevant(f *source.File) bool
	// Load reads the files and evaluates them. What is wrong with them becomes findings; an error is I/O or a cancelled
	// context.
	Load(ctx context.Context, in *Input) (*Output, error)
}

// An Annotator is a Frontend in whose language users can say what they don't want to be told of.
type Annotator interface {
	// Ignores returns the directives that a file holds, which Match lets through and which was read: in comments of its own,
	// and in what else the language has for remarks. What stands in a text is none, unless Output.Ignores tells of it. Several
	// front-ends may tell of the same one.
	Ignores(f *source.File, docs *Documents) []ignore.Directive
}

// An Input is what a front-end works on.
type Input struct {
	// Files are those that Match and Relevant let through, sorted by path.
	Files []*source.File
	// Passed are the paths of those that Match lets through and Relevant doesn't, sorted.
	Passed []string
	// Tree reads other files of the repository, for context.
	Tree Tree
	// Settings are what the user said on the command line or in the configuration.
	Settings Settings
	// Each calls do for 0..n-1, in parallel where there are cores, and waits. Where do panics, the panic is caught and the
	// unit that unit(i) names becomes a finding; the other units go on. The order of calls is not defined: do must write to
	// its own slot only.
	Each func(n int, unit func(i int) source.Span, do func(i int))
	// Documents memoizes the parsing of YAML and JSON, which several front-ends look at.
	Documents *Documents
	// Reads reports whether anyone reads the properties of a type's resources, or of its data sources. A front-end may leave
	// out those that nobody does, and gives the resource without them. Nil means that all are read.
	Reads func(d resource.Dialect, typ string, data bool) bool
	// Published answers what others publish under a name. A front-end is run again where it turns out that they do.
	Published *Lookup
}

// A Tree is the repository, as far as a front-end may read it: nothing outside the root, nothing through a link that
// leaves it.
type Tree interface {
	// Open returns a file by its slash-separated path relative to the root. The error says why in one clause for people.
	Open(path string) (*source.File, error)
	// Glob returns the sorted paths of the tree's files in one directory ("" is the root), not below it.
	Dir(path string) []string
}

// A Lister is a Tree that also knows what lies in a directory, whether or not a front-end would read it.
type Lister interface {
	// List returns the files and directories of one directory ("." is the root), sorted by name. The error says in one
	// clause why not all of them can be told.
	List(dir string) ([]Entry, error)
}

// A Forgetter is a Tree that keeps the files that it has opened.
type Forgetter interface {
	// Forget drops a file that turned out not to matter, so that memory is bounded by what does.
	Forget(path string)
}

// A Catalog is a Tree that knows all of its files.
type Catalog interface {
	// Paths returns the sorted paths of the tree's files. They must not be changed.
	Paths() []string
}

// A Resolver is a Tree that also follows links between its directories.
type Resolver interface {
	// Real returns the directory that one stands for, which is itself where no link is on the way; false where it isn't in
	// the tree.
	Real(dir string) (string, bool)
}

// An Entry is a name in a directory.
type Entry struct {
	Name string
	Dir  bool
}

// Settings are what the user said on the command line or in the configuration.
type Settings struct {
	// Vars are Terraform variables from --var, VarFiles the files of --var-file in order, relative to the root.
	Vars []Var
	// EnvVars are those from variables of the environment, TF_VAR_name, which --tf-var-env asks for. They mean nothing
	// where no module declares them, as they do to Terraform.
	EnvVars  []Var
	VarFiles []*source.File
	// Parameters are CloudFormation parameters from --parameter, ParameterFiles the files of --parameter file://... in order.
	Parameters     []Var
	ParameterFiles []*source.File
	// Network are files that tell of a network that is there: saved output of `aws ec2 describe-...`, and states of Terraform.
	// What they tell are facts, never findings of their own.
	Network []*source.File
	// Audit are files that the user names to have judged what they tell of: saved output of `aws sagemaker describe-...`. Met
	// on the way, such output is somebody's test data.
	Audit []*source.File
}

// A Var is one --var K=V or --parameter K=V.
type Var struct {
	Name, Text string
	// After is how many files stand before it: of two that set one variable the later wins.
	After int
}

// FileScheme begins a --parameter that names a file, as it does in AWS's own command line.
const FileScheme = "file://"

// An Output is what a front-end found.
type Output struct {
	Resources  []resource.Raw
	Identities []resource.Identity
	// Bodies are documents in other languages, but for those that the resources hold, which Bodies finds.
	Bodies []Body
	// Superseded are the paths of files that someone else reads and fills in, so that what they hold is told there and not
	// once more by the reader of bodies that met them on its way.
	Superseded []string
	// Published returns what is published in other ways than by the resources, which PublishedBy finds. It is called only where
	// somebody looks it up. Nil means nothing.
	Published func() []Published
	// Ignores are the directives in what is written within other documents and read as a language of its own, such as a
	// script's. What nobody reads is a text, in which there is none.
	Ignores []ignore.Directive
	// Findings are about the input itself: rule unreadable.
	Findings []finding.Finding
	// IfNamed are findings about files that are wrong only where the user names them.
	IfNamed []finding.Finding
	// Loaded are the files that were read and understood as the front-end's own, context included.
	Loaded []*source.File
	// Told are the paths of the files of Settings.Network and Settings.Audit that tell something.
	Told []string
	// Covers says for which files another speaks, as a plan does for the configuration that it plans: who asks for the one
	// to be judged means the others too.
	Covers map[string][]string
	// Confidential are the paths of files that hold secrets in clear, as plans and states do: of their text nothing is shown
	// but what a finding is about.
	Confidential []string
	// Instead says at which places something stands in for what isn't in the tree, and what it is: what it says of the place
	// is known without any file that the user could open.
	Instead map[source.Span]string
	// UsedVars and UsedParameters name the settings that something declares: one that nothing declares is the user's error.
	// A file of parameters is named by FileScheme and its path.
	UsedVars       map[string]bool
	UsedParameters map[string]bool
	// Refused says which settings can't take effect, and why: the user's error.
	Refused []string
}

// Unreadable returns the finding for a place that can't be read. The message is a clause; the subject is the path.
func Unreadable(at source.Span, message string) finding.Finding {
	path := at.File.Path
	return finding.Finding{
		Rule:     UnreadableRule,
		Severity: finding.Medium,
		Unit:     path,
		Subject:  path,
		Message:  message,
		At:       at,
	}
}

// UnreadableRule is the slug of the rule about files that can't be parsed, which front-ends report themselves.
const UnreadableRule = "unreadable"

// Documents memoizes the parsing of YAML and JSON files. It is safe for concurrent use.
type Documents struct {
	mu       sync.Mutex
	docs     map[*source.File]*document
	comments map[*source.File]ignore.Comments
}

type document struct {
	once   sync.Once
	docs   []doctree.Document
	errors []doctree.Error
}

// Forget drops the documents of f, which its front-end has read and no other looks at: a notebook's tree is many times its
// text, and a run may have thousands. A later Parse parses anew.
func (d *Documents) Forget(f *source.File) {
	d.mu.Lock()
	delete(d.docs, f)
	d.mu.Unlock()
}

// CommentsBy returns the comments that find finds in f, which is asked once for each file: who writes ignores asks for them at each finding.
func (d *Documents) CommentsBy(f *source.File, find func(*source.File) ignore.Comments) ignore.Comments {
	d.mu.Lock()
	defer d.mu.Unlock()
	c, ok := d.comments[f]
	if !ok {
		c = find(f)
		if d.comments == nil {
			d.comments = map[*source.File]ignore.Comments{}
		}
		d.comments[f] = c
	}
	return c
}

// Parse returns the documents of f, parsed once for each file.
func (d *Documents) Parse(f *source.File) ([]doctree.Document, []doctree.Error) {
	d.mu.Lock()
	if d.docs == nil {
		d.docs = map[*source.File]*document{}
	}
	doc := d.docs[f]
	if doc == nil {
		doc = &document{}
		d.docs[f] = doc
	}
	d.mu.Unlock()
	doc.once.Do(func() { doc.docs, doc.errors = doctree.Parse(f) })
	return doc.docs, doc.errors
}
