// Package jobconfig answers which SageMaker requests stand in a repository's JSON and YAML files, and what each of them
// says: the file that a script gives to `aws sagemaker create-training-job --cli-input-json`, or that code loads and
// passes to boto3.
//
// In go files of any name; out come resources in the API's dialect. A request is known by its shape, never by its file's
// name. Each family of documents has a reader of its own, and no reader knows another. The package must not know what
// any member means, which of them a rule looks at, nor how CloudFormation, Kubernetes or Python spell the same thing.
package jobconfig

import (
	"context"
	"path"
	"strings"

	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/source"
)

// Frontend reads JSON and YAML files that hold SageMaker requests. The zero value is ready for use.
type Frontend struct{}

var _ frontend.BodyReader = Frontend{}

// marks are words of which a file must hold one, or no reader has an interest in it.
var marks = newWords(newFamily(readers()).marks)

// Name is the word for the front-end in messages.
func (Frontend) Name() string { return "jobconfig" }

// Match reports whether a file may hold a request by its path. Templates that a tool has yet to fill in ("job.json.j2",
// "job.json.tpl") are not JSON, and are left to what they render to.
func (Frontend) Match(name string) bool {
	name = strings.ToLower(name)
	switch path.Ext(name) {
	case ".json":
		// Terraform's JSON syntax declares resources, whatever it may look like.
		return !strings.HasSuffix(name, ".tf.json") && !strings.HasSuffix(name, ".tofu.json")
	case ".yaml", ".yml", ".asl": // the last is the AWS Toolkit's for state machines
		return true
	}
	return false
}

// Relevant reports whether a file holds a word that all that is read has one of. It reads the bytes once.
func (Frontend) Relevant(f *source.File) bool {
	return marks.in(f.Bytes)
}

// Load reads the files. Each is a unit of its own.
func (Frontend) Load(ctx context.Context, in *frontend.Input) (*frontend.Output, error) {
	type result struct {
		resources []resource.Raw
		findings  []finding.Finding
	}
	results := make([]result, len(in.Files))
	all, filling := newFamily(readers()), newFamily(fillingReaders())
	in.Each(len(in.Files), func(i int) source.Span { return in.Files[i].Whole() }, func(i int) {
		if ctx.Err() != nil {
			return
		}
		f := in.Files[i]
		w := walk{family: all, file: f}
		errs := w.visitFile(in.Documents)
		if len(errs) > 0 && !w.visitFilled(filling) {
			results[i].findings = unreadable(f, errs, all.readers)
		}
		results[i].resources = w.found
		results[i].findings = append(results[i].findings, w.faults...)
	})
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	out := &frontend.Output{}
	for i, r := range results {
		out.Resources = append(out.Resources, r.resources...)
		out.Findings = append(out.Findings, r.findings...)
		if len(r.resources) > 0 {
			out.Loaded = append(out.Loaded, in.Files[i])
		}
	}
	out.Resources = kustomized(in, out.Resources)
	return out, nil
}

// ReadBodies reads what others found of our languages, and what stands in that: a pipeline's definition in a manifest.
func (fe Frontend) ReadBodies(ctx context.Context, in *frontend.Input, bodies []frontend.Body) (*frontend.Output, error) {
	out := &frontend.Output{}
	for range maxNested {
		found, err := fe.readBodies(ctx, in, bodies)
		if err != nil {
			return nil, err
		}
		out.Resources = append(out.Resources, found.Resources...)
		out.Findings = append(out.Findings, found.Findings...)
		out.Ignores = append(out.Ignores, found.Ignores...)
		out.Superseded = append(out.Superseded, found.Superseded...)
		if bodies = frontend.Bodies(found.Resources); len(bodies) == 0 {
			break
		}
	}
	return out, nil
}

// maxNested is how deep documents stand in documents that are read.
const maxNested = 4

func (Frontend) readBodies(ctx context.Context, in *frontend.Input, bodies []frontend.Body) (*frontend.Output, error) {
	read := map[frontend.Language]func(frontend.Body) []resource.Raw{
		frontend.StatesLanguage:     readStatesBody,
		frontend.PipelineDefinition: readPipelineBody,
		frontend.Manifest:           readManifestBody,
	}
	results := make([][]resource.Raw, len(bodies))
	in.Each(len(bodies), func(i int) source.Span { return bodies[i].Owner.Span }, func(i int) {
		if do := read[bodies[i].Language]; do != nil && ctx.Err() == nil {
			results[i] = do(bodies[i])
		}
	})
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	out := &frontend.Output{}
	for i, found := range results {
		if bodies[i].Language == frontend.Manifest {
			out.Ignores = append(out.Ignores, manifestIgnores(bodies[i].Value.FromJSON())...)
		}
		if len(found) == 0 && bodies[i].Language == frontend.StatesLanguage {
			out.Findings = append(out.Findings, brokenStates(bodies[i])...)
		}
		for _, r := range found {
			if f := r.Span.Host().File; f != bodies[i].Owner.Span.Host().File {
				r.Via = bodies[i].Use()
				out.Superseded = append(out.Superseded, f.Path)
			}
			out.Resources = append(out.Resources, r)
		}
	}
	return out, nil
}
