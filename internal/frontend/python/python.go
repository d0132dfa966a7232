// Package python answers which SageMaker workloads a Python script or notebook makes: every constructor of the SageMaker
// Python SDK and every request through boto3, with its arguments as abstract values.
//
// In go .py and .ipynb files; out comes one resource for each such call, in the API's spelling, and findings about files
// that can't be read. The script is interpreted over abstract objects, following assignments, branches, loops, calls of its
// own functions and imports within the tree; nothing is executed. The package must not know what a resource means: no VPC,
// no rule.
package python

import (
	"bytes"
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/pyast"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/value"
)

// A Frontend reads Python scripts and notebooks.
type Frontend struct{}

// Name is the word for it in messages.
func (Frontend) Name() string { return "python" }

// Match reports whether a path is that of a script or a notebook.
func (Frontend) Match(p string) bool {
	return strings.HasSuffix(p, ".py") || isNotebook(p)
}

func isNotebook(p string) bool { return strings.HasSuffix(p, ".ipynb") }

// Relevant reports whether a file mentions SageMaker in any case.
func (Frontend) Relevant(f *source.File) bool { return mentions(f.Bytes) || mayStore(f.Bytes) }

// mentions reports whether b has "sagemaker" in any case.
func mentions(b []byte) bool {
	const (
		word = "sagemaker"
		lead = 6 // where k stands, its rarest letter in code and prose
	)
	next := func(from int, c byte) int {
		if i := bytes.IndexByte(b[from:], c); i >= 0 {
			return from + i
		}
		return len(b)
	}
	if len(b) < len(word) {
		return false
	}
	lower, upper := next(lead, 'k'), next(lead, 'K')
	for {
		i := min(lower, upper)
		from := i - lead
		if from+len(word) > len(b) {
			return false
		}
		if b[i-1]|0x20 == word[lead-1] && strings.EqualFold(string(b[from:from+len(word)]), word) {
			return true
		}
		if i == lower {
			lower = next(i+1, 'k')
		} else {
			upper = next(i+1, 'K')
		}
	}
}

// Load interprets each script and notebook.
func (Frontend) Load(ctx context.Context, input *frontend.Input) (*frontend.Output, error) {
	files := openLibrary(input.Tree)
	type result struct {
		sites    []*site
		bodies   []frontend.Body
		findings []finding.Finding
	}
	results := make([]result, len(input.Files))
	input.Each(len(input.Files),
		func(i int) source.Span { return input.Files[i].Whole() },
		func(i int) {
			if ctx.Err() != nil {
				return
			}
			f := input.Files[i]
			programs, findings := read(files, f)
			complete := true
			if files.isSDK(f.Path) {
				programs = nil
			}
			for _, p := range programs {
				sites, sent, all := interpret(ctx, input, files, p)
				results[i].sites = append(results[i].sites, sites...)
				results[i].bodies = append(results[i].bodies, sent...)
				complete = complete && all
			}
			results[i].findings = findings
			if !complete && (len(results[i].sites) > 0 || isOurs(f.Bytes)) {
				results[i].findings = append(results[i].findings,
					frontend.Unreadable(f.Whole(), "the script takes more steps than are followed; the rest of it is not seen"))
			}
		})
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	out := &frontend.Output{Loaded: input.Files}
	made := assembly{sites: map[siteKey]*site{}}
	for _, r := range results {
		made.add(r.sites)
		out.Findings = append(out.Findings, r.findings...)
		out.Bodies = append(out.Bodies, r.bodies...)
	}
	if err := made.findCallers(ctx, input, files); err != nil {
		return nil, err
	}
	resources, spent := settleDefinitions(input, made.resources())
	out.Resources = resources
	out.Superseded = append(superseded(input, out.Resources), spent...)
	return out, nil
}

// read parses a file, and returns the programs in it that can make a workload.
func read(files *library, f *source.File) ([]program, []finding.Finding) {
	if isNotebook(f.Path) {
		nb := readNotebook(f)
		return nb.programs(files), nb.findings(files)
	}
	t := parse(f)
	if len(t.tree.Errors) > 0 && hasCells(f.Bytes) {
		t = parseCell(f)
	}
	var found []program
	if texts := []*text{t}; files.isFertile(f.Path, texts) {
		found = append(found, program{file: f, path: f.Path, name: f.Path, texts: texts})
	}
	if len(t.tree.Errors) == 0 || !isOurs(f.Bytes) {
		return found, nil
	}
	e := t.tree.Errors[0]
	at := f.Span(e.Pos, e.End).FirstLine()
	return found, []finding.Finding{frontend.Unreadable(at, "the file is no valid Python: "+e.Msg)}
}

// isOurs reports whether a script that can't be parsed certainly uses SageMaker: it imports the SDK or opens a client.
func isOurs(b []byte) bool {
	for _, line := range bytes.Split(b, []byte("\n")) {
		words := bytes.Fields(line)
		if len(words) >= 2 && (string(words[0]) == "import" || string(words[0]) == "from") {
			root, _, _ := strings.Cut(string(words[1]), ".")
			if strings.Trim(root, ",;") == "sagemaker" {
				return true
			}
		}
	}
	return bytes.Contains(b, []byte(`client("sagemaker"`)) || bytes.Contains(b, []byte(`client('sagemaker'`))
}

// reaches are how deep calls are followed, one attempt after the other: a script whose calls take too many steps is read
// with fewer of them followed, which leaves more of it unknown and nothing of it unseen.
var reaches = [...]int{maxCalls, 1, 0}

// interpret runs one program and returns what it makes, by itself and by the functions of other files that it calls, what it
// hands to shells, and whether that is all.
func interpret(ctx context.Context, input *frontend.Input, files *library, p program) (made []*site, sent []frontend.Body, complete bool) {
	for _, reach := range reaches {
		in := newInterp(ctx, input, files, p)
		in.reach = reach
		made, sent = in.run(p.texts), nil
		slices.SortStableFunc(in.errands, func(a, b *errand) int { return cmp.Compare(a.key.start, b.key.start) })
		for _, e := range in.errands {
			if e.key.path == p.file.Path {
				sent = append(sent, e.body)
			}
		}
		if complete = in.steps < maxSteps; complete || ctx.Err() != nil {
			break
		}
	}
	return made, sent, complete
}

func newInterp(ctx context.Context, input *frontend.Input, files *library, p program) *interp {
	sc := newModule("__main__", p.path)
	in := &interp{
		ctx: ctx, input: input, files: files, path: p.file.Path, program: p,
		scope: sc, home: sc, st: &state{}, frame: &frame{},
		drafts: p.drafts, wrote: map[string]*draft{},
		seen:     map[*pyast.FunctionDef]bool{},
		partial:  map[*pyast.FunctionDef]bool{},
		modules:  map[string]*scope{p.path: nil},
		environ:  &place{kind: dictPlace},
		sites:    map[spot]*site{},
		bare:     map[pyast.Expr]*pyast.Call{},
		uses:     map[*place]*usage{},
		built:    map[*place]*built{},
		ids:      map[value.Value]int{},
		tests:    map[string]tested{},
		underWay: map[*place]construction{},
		about:    map[value.Value]object{},
		stores:   map[string]int{},

		constructs: map[*place]*construct{},
		commands:   map[*place]*place{},
		lambdas:    map[*pyast.Lambda]*pyast.FunctionDef{},
		generators: map[*pyast.FunctionDef]bool{},
	}
	in.st.setContent(in.environ, &content{open: true, reason: environmentOutside})
	in.bindModule(sc)
	return in
}

// run interprets the texts of a program, and returns what it makes.
func (in *interp) run(texts []*text) []*site {
	in.findDoubles(texts)
	if in.doubles != nil && in.doubles.all {
		return nil
	}
	in.runTexts(texts)
	in.leaveObjects(0)
	in.rest(calledNames(texts))
	return in.made(texts)
}

// runTexts interprets the pieces of a program one after the other in one namespace.
func (in *interp) runTexts(texts []*text) {
	for _, t := range texts {
		if t.draft != nil {
			in.wrote[t.draft.path] = t.draft
			continue
		}
		in.text = t
		if t.shell != nil {
			in.shellCell(t)
			continue
		}
		in.cellCommand(t)
		in.exec(t.tree.Body)
		in.st.end = live // the next cell is run nevertheless
	}
}
