package rules_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vpclint/vpclint/internal/model"
	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/value"
	"github.com/vpclint/vpclint/rules"
)

// A part of a resource is judged by what it says: what it lacks is no fault, nor is it undecided, and no default of the
// service's stands in for it.
func TestParts(t *testing.T) {
	isolation := &rules.Rule{ID: "isolation", Run: func(p *rules.Pass) {
		for _, j := range p.TrainingJobs {
			p.Report(j, j.EnableNetworkIsolation.IsTrue().Not(), j.EnableNetworkIsolation.Leaf, "is not isolated")
		}
	}}
	f := source.NewFile("config.yaml", []byte("TrainingJob: {EnableNetworkIsolation: false}"))
	prod := value.Fact{Var: "env", Is: "prod", Text: "env is prod"}
	for name, row := range map[string]struct {
		given     value.Value
		found     []string
		undecided int
		whole     int // the findings, were it all there is
	}{
		"said":     {given: value.OfBool(false), found: []string{"is not isolated"}, whole: 1},
		"right":    {given: value.OfBool(true)},
		"left out": {given: value.Value{}, whole: 1},
		"unknown":  {given: value.OfOpaque("it is a placeholder"), undecided: 1},
		"said in one world": {given: value.OfChoice([]value.Arm{
			{When: value.World{prod}, Value: value.OfBool(false)}, {When: value.World{prod.Not()}},
		}), found: []string{"is not isolated when env is prod"}, whole: 1},
	} {
		t.Run(name, func(t *testing.T) {
			props := value.OfObject([]value.Field{{Name: "EnableNetworkIsolation", Value: row.given}}, false).From(f.Whole())
			for _, partial := range []bool{true, false} {
				raw := resource.Raw{
					Dialect: resource.API, Type: "CreateTrainingJob", Addr: value.Address{Unit: "config.yaml", Name: "TrainingJob"},
					Subject: "config.yaml:TrainingJob", Exists: value.Yes(), Props: props, Span: f.Whole(), Partial: partial,
				}
				said := rules.Run(isolation, model.Decode([]resource.Raw{raw}), rules.Facts{})
				if !partial {
					if len(said.Findings) != row.whole {
						t.Errorf("%d findings about the whole", len(said.Findings))
					}
					continue
				}
				var got []string
				for _, x := range said.Findings {
					got = append(got, x.Message)
				}
				if diff := cmp.Diff(row.found, got); diff != "" || len(said.Undecided) != row.undecided {
					t.Errorf("%d undecided; %s", len(said.Undecided), diff)
				}
			}
		})
	}
}
