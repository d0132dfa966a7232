// Package facts answers what is there already of a network: it reads saved output of `aws ec2 describe-subnets`,
// describe-route-tables and their like, which the user names as such.
//
// In go the files of Settings.Network; out come resources that are facts, never judged, in the dialect of Terraform's aws
// provider, which has all that these commands tell; and for each its id, so that literal ids anywhere in the tree link to
// it. What they don't tell is unknown, not absent. The package must not know what any of it means for a workload.
package facts

import (
	"bytes"
	"context"
	"fmt"

	"github.com/vpclint/vpclint/internal/doctree"
	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/source"
)

// Frontend reads saved output of EC2's describe commands. The zero value is ready for use.
type Frontend struct{}

var _ frontend.Frontend = Frontend{}

// Name is the word for the front-end in messages.
func (Frontend) Name() string { return "network facts" }

// Match is false of every file: met on a walk, such output is somebody's test data.
func (Frontend) Match(string) bool { return false }

// Relevant is never asked.
func (Frontend) Relevant(*source.File) bool { return false }

// Load reads the files that the user names.
func (Frontend) Load(ctx context.Context, in *frontend.Input) (*frontend.Output, error) {
	files := in.Settings.Network
	docs, errs := make([][]doctree.Document, len(files)), make([][]doctree.Error, len(files))
	in.Each(len(files), func(i int) source.Span { return files[i].Whole() }, func(i int) {
		if ctx.Err() == nil && mayTell(files[i].Bytes) {
			docs[i], errs[i] = doctree.ParseSaved(files[i])
		}
	})
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	out := &frontend.Output{}
	g := newGatherer()
	for i, f := range files {
		if len(errs[i]) > 0 {
			at := f.Position(errs[i][0].Span.Start)
			out.Refused = append(out.Refused, fmt.Sprintf("network: %s:%d:%d: it can't be read: %s", f.Path, at.Line, at.Column, errs[i][0].Msg))
			continue
		}
		g.told = false
		for _, d := range docs[i] {
			g.visit(d.Root, maxWrapping, false)
		}
		if g.told {
			out.Told = append(out.Told, f.Path)
		}
	}
	if g.left > 0 {
		out.Refused = append(out.Refused, fmt.Sprintf("network: the files tell of more than %d resources", maxFacts))
	}
	g.lower(out)
	return out, nil
}

// mayTell reports whether a file holds a word that all output has one of. States of Terraform are named beside such files,
// and may be large.
func mayTell(content []byte) bool {
	for _, k := range kinds {
		if bytes.Contains(content, []byte(k.id)) || bytes.Contains(content, []byte(k.list)) {
			return true
		}
	}
	return false
}

// What the files may cost.
const (
	// maxWrapping is how many objects and lists a description may stand in. The command's own are two; scripts that save
	// several regions or commands in one file add two or three.
	maxWrapping = 8
	// maxFacts is how many resources are told of.
	maxFacts = 200_000
)
