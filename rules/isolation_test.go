package rules

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vpclint/vpclint/internal/model"
	"github.com/vpclint/vpclint/internal/network"
	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/value"
)

// A definition whose analysis asks a model in one world is to be isolated in the other.
func TestShadowInOneWorld(t *testing.T) {
	world := func(is string) value.World { return value.World{{Var: "ask", Is: is, Text: "var.ask is " + is}} }
	for want, shadow := range map[string]value.Truth{
		"network isolation is off":                       value.Unknowable("nothing here runs it", nil),
		"network isolation is off when var.ask is false": value.Join(value.Yes().When(world("true")), value.No().When(world("false"))),
		"": value.Yes(),
	} {
		raw := declare("aws_sagemaker_data_quality_job_definition.d", map[string]any{"name": "d"})
		raw.Shadow = &shadow
		e := model.Decode([]resource.Raw{raw})
		got := ""
		for _, f := range Run(NetworkIsolationOff, e, Establish(network.Link(e, nil))).Findings {
			got += f.Message
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("-want +got:\n%s", diff)
		}
	}
}
