package lint

import (
	"context"
	"fmt"
	"slices"

	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/resource"
)

// maxRounds bounds how often front-ends are run again for what others publish: as many steps may lead from one to another.
const maxRounds = 4

// linked runs every front-end over its files. One that looks up what another publishes needs it while it evaluates, and what
// it makes of that it may publish itself. So those of which a look-up would now be answered otherwise are run again, until
// there is none. Where nobody looks up what somebody publishes, each runs once; and so does who looks up the parameters of one
// that runs before it, as Python's scripts do those of Terraform.
func linked(ctx context.Context, fronts []frontend.Frontend, input func(i int, known *frontend.Lookup) *frontend.Input) ([]*frontend.Output, error) {
	outs := make([]*frontend.Output, len(fronts))
	lookups := make([]*frontend.Lookup, len(fronts))
	run := func(i int, d *frontend.Directory) error {
		lookups[i] = frontend.NewLookup(d)
		out, err := fronts[i].Load(ctx, input(i, lookups[i]))
		if err != nil {
			return fmt.Errorf("reading %s: %w", fronts[i].Name(), err)
		}
		outs[i] = out
		return nil
	}
	for i := range fronts {
		var all []frontend.Published
		for _, out := range outs[:i] {
			all = append(all, frontend.PublishedBy(out.Resources)...)
		}
		var d *frontend.Directory
		if len(all) > 0 {
			d = frontend.NewDirectory(all, nil)
		}
		if err := run(i, d); err != nil {
			return nil, err
		}
	}
	for range maxRounds {
		d := directory(outs, lookups)
		again := false
		for i := range fronts {
			if d == nil || !lookups[i].Stale(d) {
				continue
			}
			again = true
			if err := run(i, d); err != nil {
				return nil, err
			}
		}
		if !again {
			break
		}
	}
	return outs, nil
}

// directory returns what the outputs publish; nil where nobody has looked anything up.
func directory(outs []*frontend.Output, lookups []*frontend.Lookup) *frontend.Directory {
	asked := func(s frontend.Space) bool {
		return slices.ContainsFunc(lookups, func(l *frontend.Lookup) bool { return l.Asked(s) })
	}
	parameters, stacks := asked(frontend.ParameterStore), asked(frontend.Exports) || asked(frontend.StackOutputs)
	sought := slices.ContainsFunc(lookups, (*frontend.Lookup).Sought)
	if !parameters && !stacks && !sought {
		return nil
	}
	var raws []resource.Raw
	if sought {
		for _, out := range outs {
			raws = append(raws, out.Resources...)
		}
	}
	var all []frontend.Published
	for _, out := range outs {
		if parameters {
			all = append(all, frontend.PublishedBy(out.Resources)...)
		}
		if stacks && out.Published != nil {
			all = append(all, out.Published()...)
		}
	}
	return frontend.NewDirectory(all, raws)
}
