// Package audit answers which SageMaker workloads saved output of `aws sagemaker describe-...` tells of, and how they were
// asked for.
//
// In go the files of Settings.Audit; out come resources in the API's dialect, as if the requests that made them had been
// saved. Met on a walk, such output is somebody's test data, and is passed over. The package must not know what any member
// means, nor how requests are recognized.
package audit

import (
	"bytes"
	"context"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/vpclint/vpclint/internal/doctree"
	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/literal"
	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/value"
)

// Frontend reads saved output of SageMaker's describe commands. The zero value is ready for use.
type Frontend struct{}

var _ frontend.Frontend = Frontend{}

// Name is the word for the front-end in messages.
func (Frontend) Name() string { return "audit" }

// Match is false of every file: only those that the user names are read.
func (Frontend) Match(string) bool { return false }

// Relevant is never asked.
func (Frontend) Relevant(*source.File) bool { return false }

// maxWrapping is how many objects and lists an answer may stand in: regions, accounts, the lists of a search.
const maxWrapping = 8

// Load reads the files that the user names.
func (Frontend) Load(ctx context.Context, in *frontend.Input) (*frontend.Output, error) {
	files := in.Settings.Audit
	found := make([][]resource.Raw, len(files))
	faults := make([]*doctree.Error, len(files))
	told := tellers()
	in.Each(len(files), func(i int) source.Span { return files[i].Whole() }, func(i int) {
		if ctx.Err() != nil || !mayTell(files[i]) {
			return
		}
		docs, errs := doctree.ParseSaved(files[i])
		r := reader{file: files[i], tellers: told}
		for _, d := range docs {
			r.visit(d.Root, maxWrapping, true)
		}
		found[i] = r.found
		if len(errs) > 0 {
			faults[i] = &errs[0]
		}
	})
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	out := &frontend.Output{}
	for i, f := range files {
		out.Resources = append(out.Resources, found[i]...)
		if len(found[i]) > 0 {
			out.Loaded = append(out.Loaded, f)
			out.Told = append(out.Told, f.Path)
		}
		// A file that begins as such output is meant to be read to its end.
		if faults[i] != nil && len(found[i]) > 0 {
			out.Findings = append(out.Findings, frontend.Unreadable(faults[i].Span.FirstLine(), "it can't be parsed from here on: "+faults[i].Msg))
		}
	}
	return out, nil
}

// mayTell reports whether a file may hold answers: commands print JSON or YAML, and every answer has an ARN or a name.
func mayTell(f *source.File) bool {
	b := bytes.TrimLeft(bytes.TrimPrefix(f.Bytes, []byte("\xef\xbb\xbf")), " \t\r\n")
	switch strings.ToLower(path.Ext(f.Path)) {
	case ".yaml", ".yml":
	default:
		if len(b) == 0 || b[0] != '{' && b[0] != '[' {
			return false
		}
	}
	return slices.ContainsFunc(answers, func(a answer) bool {
		return bytes.Contains(b, []byte(a.arn)) || bytes.Contains(b, []byte(a.name))
	})
}

// tellers returns the answers that a key may be of: by their names and ARNs.
func tellers() map[string][]*answer {
	out := map[string][]*answer{}
	for i := range answers {
		a := &answers[i]
		out[a.name] = append(out[a.name], a)
		out[a.arn] = append(out[a.arn], a)
	}
	return out
}

// A reader reads one file.
type reader struct {
	file    *source.File
	tellers map[string][]*answer
	names   frontend.Names
	found   []resource.Raw
}

// visit looks for answers in a node. Top is set in a document, and in the lists that are one: there stands what a query picks.
func (r *reader) visit(n *doctree.Node, levels int, top bool) {
	if n.Kind == doctree.Mapping {
		if n.Get("detail-type") != nil {
			return // an event of EventBridge's has the job in it, as it was at that moment
		}
		if a, whole := r.answerOf(n, top); a != nil {
			r.read(n, a, whole)
			return
		}
	}
	if levels == 0 {
		return
	}
	for _, item := range n.Items {
		r.visit(item, levels-1, top)
	}
	for _, p := range n.Pairs {
		r.visit(p.Value, levels-1, false)
	}
}

// answerOf returns which answer a mapping is, and whether it is the whole of it; nil where it is none. What a query picks of
// an answer is known by what says where the workload runs.
func (r *reader) answerOf(n *doctree.Node, top bool) (picked *answer, whole bool) {
	var told []*answer
	for _, p := range n.Pairs {
		for _, a := range r.tellers[p.Key.Text] {
			if !slices.Contains(told, a) { // a key may stand there many times
				told = append(told, a)
			}
		}
	}
	for _, a := range told {
		switch {
		case has(n, a.arn) && has(n, a.name) && hasAll(n, a.always) && (n.Get("CreationTime") != nil || n.Get("CreateDate") != nil):
			return a, true
		case picked == nil && (has(n, a.arn) || top && has(n, a.name) && !asks(n, a)) && hasOne(n, a.place):
			picked = a
		}
	}
	return picked, false
}

// has reports whether a mapping has a member that is a text.
func has(n *doctree.Node, name string) bool {
	v := n.Get(name)
	return v != nil && v.Kind == doctree.String
}

func hasAll(n *doctree.Node, names []string) bool {
	return !slices.ContainsFunc(names, func(name string) bool { return n.Get(name) == nil })
}

func hasOne(n *doctree.Node, names []string) bool {
	return slices.ContainsFunc(names, func(name string) bool { return n.Get(name) != nil })
}

// asks reports whether a mapping without an ARN is rather a request, which others read: it says what is to be run, or all
// that a request has to say.
func asks(n *doctree.Node, a *answer) bool {
	return hasAll(n, a.always) || hasOne(n, runs) || slices.ContainsFunc(n.Pairs, func(p doctree.Pair) bool {
		return strings.HasSuffix(p.Key.Text, "AppSpecification")
	})
}

// runs are the members by which requests say what is to be run.
var runs = []string{"AlgorithmSpecification", "PrimaryContainer", "Containers", "ProductionVariants", "InstanceGroups", "CognitoConfig", "OidcConfig"}

// read makes a resource of an answer.
func (r *reader) read(n *doctree.Node, a *answer, whole bool) {
	header := literal.Opening(n)
	props := r.members(n, a)
	if whole {
		props = value.OfObject(props.Fields(), false)
	} else {
		props = value.OfOpenObject(props.Fields(), fmt.Sprintf("%s holds a part only of what describes it", r.file.Path))
	}
	name := r.names.Unique(nameOf(n, a))
	spelling := map[string]string{} // not nil: no name of an answer is a slip of its author's
	for _, m := range a.renamed {
		spelling[m.request] = m.answer
	}
	r.found = append(r.found, resource.Raw{
		Dialect:  resource.API,
		Type:     a.api,
		Addr:     value.Address{Unit: r.file.Path, Name: name},
		Subject:  r.file.Path + ":" + name,
		Exists:   value.Yes(),
		Props:    props.From(header),
		Span:     header.FirstLine(),
		Spelling: spelling,
	})
}

// members returns the members of the request that made what an answer describes. Others are left where they are: nobody
// reads them.
func (r *reader) members(n *doctree.Node, a *answer) value.Value {
	fields := slices.Clone(literal.Object(n).Fields())
	for _, m := range a.renamed {
		rename(fields, m)
	}
	if a.api == "CreateCluster" {
		for i, f := range fields {
			if f.Name == "InstanceGroups" || f.Name == "RestrictedInstanceGroups" {
				fields[i].Value = groups(f.Value)
			}
		}
	}
	for _, name := range a.untold {
		v := value.OfOpaque("what describes it doesn't tell " + name).From(literal.Opening(n))
		fields = append(fields, value.Field{Name: name, Key: literal.Opening(n), Value: v})
	}
	return value.OfObject(fields, false)
}

func rename(fields []value.Field, m renaming) {
	if slices.ContainsFunc(fields, func(f value.Field) bool { return f.Name == m.request }) {
		return
	}
	for i := range fields {
		if fields[i].Name == m.answer {
			fields[i].Name = m.request
		}
	}
}

// groups returns the groups of a cluster as a request has them.
func groups(list value.Value) value.Value {
	if list.Kind() != value.KindList {
		return list
	}
	elems := slices.Clone(list.Elems())
	for i, e := range elems {
		if e.Kind() == value.KindObject {
			fields := slices.Clone(e.Fields())
			for _, m := range groupRenamings {
				rename(fields, m)
			}
			elems[i] = value.OfObject(fields, false).WithOrigin(e.Origin())
		}
	}
	return value.OfList(elems, false).WithOrigin(list.Origin())
}

// longestName is the length of the longest name that the API takes.
const longestName = 256

// nameOf returns what an answer is called: by its name, else by the last part of its ARN.
func nameOf(n *doctree.Node, a *answer) string {
	for _, member := range []string{a.name, a.arn} {
		v := n.Get(member)
		if v == nil || v.Kind != doctree.String {
			continue
		}
		name := v.Text[strings.LastIndexAny(v.Text, "/:")+1:]
		if name != "" && len(name) <= longestName && literal.Text(name).Kind() == value.KindScalar {
			return name
		}
	}
	return a.api
}
