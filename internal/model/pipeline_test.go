package model

import (
	"testing"

	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// A pipeline is a workload as far as its steps aren't known.
func TestPipelinePlacements(t *testing.T) {
	f := source.NewFile("main.tf", []byte("pipeline"))
	definition := func(v value.Value) value.Value {
		return value.OfObject([]value.Field{{Name: "pipeline_definition", Value: v.From(f.Whole())}}, false)
	}
	step := value.OfObject([]value.Field{{Name: "Name", Value: value.OfString("Train")}}, false)
	steps := func(v value.Value) value.Value {
		return value.OfObject([]value.Field{{Name: "Steps", Value: v}}, false).AsJSON()
	}
	prod := value.Fact{Var: "env", Is: "prod", Text: "env is prod"}
	for name, row := range map[string]struct {
		props  value.Value
		reason string // of what isn't known; empty where all is
		when   string
	}{
		"read":             {props: definition(value.OfString(`{"Version": "2020-12-01", "Steps": []}`))},
		"read, as a value": {props: definition(steps(value.OfList([]value.Value{step}, false)))},
		"none":             {props: value.OfObject(nil, false)},
		"unknown":          {props: definition(value.OfOpaque("var.x has no default")), reason: "var.x has no default"},
		"more steps":       {props: definition(steps(value.OfOpenList([]value.Value{step}, "var.steps has no default"))), reason: "var.steps has no default"},
		"no JSON":          {props: definition(value.OfString("- Steps")), reason: "its definition is no JSON"},
		"read in one world": {props: definition(value.OfChoice([]value.Arm{
			{When: value.World{prod}, Value: value.OfOpaque("var.x has no default")},
			{When: value.World{prod.Not()}, Value: value.OfString(`{"Steps": []}`)},
		})), reason: "var.x has no default", when: "env is prod"},
		"in S3": {props: value.OfObject([]value.Field{{
			Name: "pipeline_definition_s3_location", Value: value.OfList([]value.Value{value.OfObject(nil, false)}, false).From(f.Whole()),
		}}, false), reason: "its definition lies in S3"},
	} {
		t.Run(name, func(t *testing.T) {
			raw := resource.Raw{Type: "aws_sagemaker_pipeline", Exists: value.Yes(), Props: row.props.From(f.Whole()), Span: f.Whole()}
			places := Decode([]resource.Raw{raw}).Pipelines[0].Placements()
			if row.reason == "" {
				if len(places) > 0 {
					t.Fatalf("%v", places[0].Subnets.Reason())
				}
				return
			}
			if len(places) != 1 || places[0].Subnets.Reason() != row.reason {
				t.Fatalf("%v", places)
			}
			verdict, cases := places[0].Applies.Verdict()
			if verdict != tri.Unknown || cases[0].When.String() != row.when || cases[0].Reason != row.reason {
				t.Errorf("%v when %q: %s", verdict, cases[0].When, cases[0].Reason)
			}
		})
	}
}
