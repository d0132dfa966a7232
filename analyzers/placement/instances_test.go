package placement_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/vpclint/vpclint/analyzers/placement"
	"github.com/vpclint/vpclint/internal/model"
	"github.com/vpclint/vpclint/internal/network"
	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/value"
)

// request returns a request of the API's that is called name.
func request(operation, name string, props value.Value) resource.Raw {
	f := source.NewFile(name+".json", []byte(name))
	return resource.Raw{
		Dialect: resource.API, Type: operation, Addr: value.Address{Unit: ".", Name: name}, Subject: name,
		Exists: value.Yes(), Props: props.From(f.Whole()), Span: f.Whole(),
	}
}

// o returns an object of names and values in turn.
func o(members ...any) value.Value {
	var fields []value.Field
	for i := 0; i < len(members); i += 2 {
		fields = append(fields, value.Field{Name: members[i].(string), Value: v(members[i+1])})
	}
	return value.OfObject(fields, false)
}

// v returns the value that Go's spells.
func v(x any) value.Value {
	switch x := x.(type) {
	case value.Value:
		return x
	case int:
		return value.OfInt(x)
	case string:
		return value.OfString(x)
	case []any:
		var elems []value.Value
		for _, e := range x {
			elems = append(elems, v(e))
		}
		return value.OfList(elems, false)
	}
	panic(fmt.Sprintf("%T", x))
}

var (
	prod    = value.Fact{Var: "env", Is: "prod", Text: "env is prod"}
	unknown = value.OfOpaque("var.n has no default")
	either  = value.OfChoice([]value.Arm{
		{When: value.World{prod}, Value: value.OfInt(8)}, {When: value.World{prod.Not()}, Value: value.OfInt(1)},
	})
)

// said spells what is known of a count: "8 when env is prod, 1 when env is not prod", "1.." without an upper bound.
func said(c placement.Count) string {
	var out []string
	for _, t := range c.Tallies() {
		text := fmt.Sprint(t.Least)
		switch {
		case t.Most == placement.Unbounded:
			text += ".."
		case t.Most != t.Least:
			text += fmt.Sprintf("..%d", t.Most)
		}
		if len(t.When) > 0 {
			text += " when " + t.When.String()
		}
		if t.Least != t.Most && t.Reason == "" {
			text += " for no reason"
		}
		out = append(out, text)
	}
	return strings.Join(out, ", ")
}

func instances(raws ...resource.Raw) (w *network.Workload, a *placement.Analysis) {
	g := network.Link(model.Decode(raws), nil)
	return g.Workloads[0], placement.Analyze(g)
}

func TestInstances(t *testing.T) {
	group := func(n any) value.Value { return o("InstanceCount", n, "InstanceType", "ml.m5.xlarge") }
	elsewhere := o("InstanceCount", 4, "OverrideVpcConfig", o("Subnets", []any{"subnet-0aa11bb22cc33dd44"}))
	training := func(resources value.Value) resource.Raw {
		return request("CreateTrainingJob", "job", o("ResourceConfig", resources))
	}
	tuning := func(members ...any) resource.Raw {
		return request("CreateHyperParameterTuningJob", "job", o(members...))
	}
	served := request("CreateModel", "model", o("ModelName", "churn"))
	config := func(variants ...any) resource.Raw {
		return request("CreateEndpointConfig", "config", o("ProductionVariants", variants))
	}
	for name, row := range map[string]struct {
		raws     []resource.Raw
		want     string
		together string // where that is another number
	}{
		"a count":                {raws: []resource.Raw{training(o("InstanceCount", 2))}, want: "2"},
		"a count as text":        {raws: []resource.Raw{training(o("InstanceCount", "2"))}, want: "2"},
		"none given":             {raws: []resource.Raw{training(o())}, want: "1.."},
		"unknown":                {raws: []resource.Raw{training(o("InstanceCount", unknown))}, want: "1.."},
		"one of two":             {raws: []resource.Raw{training(o("InstanceCount", either))}, want: "8 when env is prod, 1 when env is not prod"},
		"groups":                 {raws: []resource.Raw{training(o("InstanceGroups", []any{group(1), group(2)}))}, want: "3"},
		"a group of either":      {raws: []resource.Raw{training(o("InstanceGroups", []any{group(either), group(2)}))}, want: "10 when env is prod, 3 when env is not prod"},
		"more groups":            {raws: []resource.Raw{training(o("InstanceGroups", value.OfOpenList([]value.Value{group(2)}, "var.groups has no default")))}, want: "2.."},
		"unknown groups":         {raws: []resource.Raw{training(o("InstanceGroups", unknown))}, want: "1.."},
		"preferences":            {raws: []resource.Raw{training(o("InstancePreferences", []any{group(1), group(4)}))}, want: "4"},
		"processing":             {raws: []resource.Raw{request("CreateProcessingJob", "job", o())}, want: "1"},
		"processing, unknown":    {raws: []resource.Raw{request("CreateProcessingJob", "job", o("ProcessingResources", o("ClusterConfig", o("InstanceCount", unknown))))}, want: "1..100"},
		"processing preferences": {raws: []resource.Raw{request("CreateProcessingJob", "job", o("ProcessingResources", o("ClusterConfig", o("InstancePreferences", []any{group(3)}))))}, want: "3"},
		"monitoring":             {raws: []resource.Raw{request("CreateModelBiasJobDefinition", "job", o("JobResources", o("ClusterConfig", o("InstanceCount", 2))))}, want: "2"},
		"tuning":                 {raws: []resource.Raw{tuning("TrainingJobDefinition", o("ResourceConfig", o("InstanceCount", 2)))}, want: "2"},
		"tuning, other member":   {raws: []resource.Raw{tuning("TrainingJobDefinition", o("HyperParameterTuningResourceConfig", o("InstanceCount", 3)))}, want: "3"},
		"tuning, alternatives":   {raws: []resource.Raw{tuning("TrainingJobDefinition", o("HyperParameterTuningResourceConfig", o("InstanceConfigs", []any{group(1), group(2)})))}, want: "2"},
		"tuning, definitions": {raws: []resource.Raw{tuning("TrainingJobDefinitions", []any{
			o("ResourceConfig", o("InstanceCount", 1)), o("ResourceConfig", o("InstanceCount", 2)),
		})}, want: "2"},
		"serverless":                {raws: []resource.Raw{request("CreateTrainingJob", "job", o("ServerlessJobConfig", o("JobType", "FineTuning"), "ResourceConfig", o("InstanceCount", 2)))}, want: "1.."},
		"AutoML":                    {raws: []resource.Raw{request("CreateAutoMLJobV2", "job", o())}, want: "2.."},
		"notebook":                  {raws: []resource.Raw{request("CreateNotebookInstance", "nb", o())}, want: "1"},
		"cluster":                   {raws: []resource.Raw{request("CreateCluster", "hp", o("InstanceGroups", []any{group(3), elsewhere}, "RestrictedInstanceGroups", []any{group(1)}))}, want: "8"},
		"a model that nothing runs": {raws: []resource.Raw{served}, want: "1..", together: "1"},
		"a model": {
			raws: []resource.Raw{served, config(o("ModelName", "churn", "InitialInstanceCount", 2), o("ModelName", "other", "InitialInstanceCount", 5))},
			want: "2", together: "1",
		},
		"a serverless model": {
			raws: []resource.Raw{served, config(o("ModelName", "churn", "ServerlessConfig", o("MemorySizeInMB", 2048)))},
			want: "0", together: "1",
		},
		"a model in a batch": {
			raws: []resource.Raw{served, request("CreateTransformJob", "batch", o("ModelName", "churn", "TransformResources", o("InstanceCount", 3)))},
			want: "3",
		},
		"components": {raws: []resource.Raw{config(o("InitialInstanceCount", 2), o("ModelName", "churn", "InitialInstanceCount", 5))}, want: "2", together: "1"},
	} {
		t.Run(name, func(t *testing.T) {
			w, a := instances(row.raws...)
			if got := said(a.Instances(w)); got != row.want {
				t.Errorf("got %s, want %s", got, row.want)
			}
			if row.together == "" {
				row.together = row.want
			}
			if got := said(a.Together(w)); got != row.together {
				t.Errorf("together: got %s, want %s", got, row.together)
			}
		})
	}
}

// Each group of a cluster, and each definition of a tuning job, counts where it is attached.
func TestInstancesAt(t *testing.T) {
	subnets := o("Subnets", []any{"subnet-0aa11bb22cc33dd44"})
	w, a := instances(request("CreateCluster", "hp", o("VpcConfig", subnets, "InstanceGroups", []any{
		o("InstanceCount", 3), o("InstanceCount", 4, "OverrideVpcConfig", subnets), o("InstanceCount", 2),
	})))
	var got []string
	for i := range w.Placements {
		got = append(got, said(a.InstancesAt(w, &w.Placements[i])))
	}
	if text := strings.Join(got, "; "); text != "5; 3; 4; 2" {
		t.Errorf("the cluster's own, and its groups: %s", text)
	}
}

func TestAtLeast(t *testing.T) {
	for name, row := range map[string]struct {
		n    any
		want string
	}{
		"fewer":      {1, "false"},
		"as many":    {2, "true"},
		"unknown":    {unknown, "unknown: its number of instances is not known: var.n has no default"},
		"one of two": {either, "true when env is prod, false when env is not prod"},
	} {
		t.Run(name, func(t *testing.T) {
			w, a := instances(request("CreateTrainingJob", "job", o("ResourceConfig", o("InstanceCount", row.n))))
			var got []string
			for _, c := range a.Instances(w).AtLeast(2).Cases() {
				text := [...]string{"unknown", "false", "true"}[c.Holds]
				if c.Reason != "" {
					text += ": " + c.Reason
				}
				if len(c.When) > 0 {
					text += " when " + c.When.String()
				}
				got = append(got, text)
			}
			if text := strings.Join(got, ", "); text != row.want {
				t.Errorf("got %s, want %s", text, row.want)
			}
		})
	}
}

// Of what SageMaker takes one of, Written adds all up: each may be what it takes, and all are written down.
func TestWritten(t *testing.T) {
	group := func(n any) value.Value { return o("InstanceCount", n) }
	configs := func(ns ...any) value.Value {
		return o("HyperParameterTuningResourceConfig", o("InstanceConfigs", ns))
	}
	for name, row := range map[string]struct {
		raw  resource.Raw
		want []string
	}{
		"one":         {request("CreateTrainingJob", "job", o("ResourceConfig", o("InstanceCount", 3))), []string{"3"}},
		"groups":      {request("CreateTrainingJob", "job", o("ResourceConfig", o("InstanceGroups", []any{group(1), group(1)}))), []string{"2"}},
		"preferences": {request("CreateTrainingJob", "job", o("ResourceConfig", o("InstancePreferences", []any{group(1), group(4)}))), []string{"5"}},
		"in one world": {request("CreateTrainingJob", "job", o("ResourceConfig", o("InstancePreferences", []any{group(1), group(either)}))),
			[]string{"9 when env is prod, 2 when env is not prod"}},
		"not known": {request("CreateTrainingJob", "job", o("ResourceConfig", o("InstancePreferences", []any{group(1), group(unknown)}))), []string{"2.."}},
		"processing": {request("CreateProcessingJob", "job", o("ProcessingResources", o("ClusterConfig", o("InstancePreferences", []any{group(1), group(1)})))),
			[]string{"2"}},
		"tuning": {request("CreateHyperParameterTuningJob", "job", o("TrainingJobDefinition", configs(group(1), group(2)))), []string{"3"}},
		"definitions": {request("CreateHyperParameterTuningJob", "job", o("TrainingJobDefinitions", []any{
			configs(group(1), group(1)), o("ResourceConfig", group(1)),
		})), []string{"1..", "2", "1"}},
		"AutoML": {request("CreateAutoMLJob", "job", o()), []string{"2.."}},
	} {
		t.Run(name, func(t *testing.T) {
			w, a := instances(row.raw)
			for i, want := range row.want {
				if got := said(a.Written(w, i)); got != want {
					t.Errorf("part %d: got %s, want %s", i, got, want)
				}
			}
		})
	}
}
