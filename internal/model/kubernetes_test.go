package model

import (
	"strings"
	"testing"

	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/schema"
)

// A definition is what a custom resource definition says of a kind's spec.
type definition struct{ Required, Members []string }

// kubernetes returns the definitions of ACK and of the operator that went before it.
func kubernetes(t *testing.T) (ack, operator map[string]definition) {
	t.Helper()
	var s struct{ ACK, Operator map[string]definition }
	load(t, "kubernetes-schema.json", &s)
	if len(s.ACK) == 0 || len(s.Operator) == 0 {
		t.Fatal("no definitions")
	}
	return s.ACK, s.Operator
}

// operations are those of kinds that aren't called after what creates them.
var operations = map[string]string{
	"PipelineExecution":       "StartPipelineExecution",
	"HyperparameterTuningJob": "CreateHyperParameterTuningJob",
	"BatchTransformJob":       "CreateTransformJob",
}

func operationOf(kind string) string {
	if op := operations[kind]; op != "" {
		return op
	}
	return "Create" + kind
}

// notTheAPIs are members that the operations' inputs don't have.
var notTheAPIs = map[string]string{
	"TrainingJob.debugHookConfig.ruleParameters[].name":  "of debugRuleConfigurations",
	"TrainingJob.debugHookConfig.ruleParameters[].value": "of debugRuleConfigurations",
	"ModelPackage.approvalDescription":                   "a member of UpdateModelPackage",
	"EndpointConfig.region":                              "where the operator makes it",
	"ProcessingJob.region":                               "where the operator makes it",
	"TrainingJob.region":                                 "where the operator makes it",
	"Model.region":                                       "where the operator makes it",
	"BatchTransformJob.region":                           "where the operator makes it",
	"HyperparameterTuningJob.region":                     "where the operator makes it",
	"EndpointConfig.sageMakerEndpoint":                   "what the operator talks to",
	"ProcessingJob.sageMakerEndpoint":                    "what the operator talks to",
	"TrainingJob.sageMakerEndpoint":                      "what the operator talks to",
	"Model.sageMakerEndpoint":                            "what the operator talks to",
	"BatchTransformJob.sageMakerEndpoint":                "what the operator talks to",
	"HyperparameterTuningJob.sageMakerEndpoint":          "what the operator talks to",
}

// Every member of every definition is the spelling of the member of the API that has the same letters.
func TestKubernetesSpelling(t *testing.T) {
	ack, operator := kubernetes(t)
	for _, group := range []struct {
		spell       func(string) string
		definitions map[string]definition
	}{{schema.ACK, ack}, {schema.Camel, operator}} {
		table, checked := schema.API(), 0
		for kind, def := range group.definitions {
			top := table.Object(operationOf(kind))
			for _, path := range def.Members {
				if top == nil || notTheAPIs[kind+"."+path] != "" {
					continue
				}
				at := top
				for name := range strings.SplitSeq(plainPath(path), ".") {
					if at == nil {
						break // a list of names and values, which the API has as an object
					}
					member := at.Folded(strings.TrimSuffix(name, "_"))
					if got := group.spell(member); member == "" || got != name {
						t.Errorf("%s: %s of %s is %q, spelt %q", kind, name, path, member, got)
					}
					at = at.Member(member)
					checked++
				}
			}
		}
		if checked < 100 {
			t.Errorf("%d names", checked)
		}
	}
}

// Every member of the surface is read under the name that ACK has for it, and none under a name that its definitions have
// in another spelling.
func TestKubernetesSurface(t *testing.T) {
	ack, operator := kubernetes(t)
	for _, k := range surface(t) {
		if k.ACK == "" {
			continue
		}
		read := map[string]string{}
		for _, p := range Paths(resource.ACK, k.ACK) {
			read[p] = ""
		}
		if len(read) == 0 {
			t.Errorf("%s is not read", k.ACK)
		}
		if _, ok := ack[k.ACK]; !ok {
			t.Errorf("there is no %s", k.ACK)
		}
		for _, m := range k.Members {
			if p := m["ack"]; p != "" && !has(read, p) {
				t.Errorf("%s: %s is not read", k.ACK, p)
			}
		}
	}
	for dialect, definitions := range map[resource.Dialect]map[string]definition{resource.ACK: ack, resource.Operator: operator} {
		for kind, def := range definitions {
			written := map[string]string{}
			for _, p := range def.Members {
				for p = plainPath(p); p != ""; p = parent(p) {
					written[strings.ToLower(p)] = p
				}
			}
			for _, p := range Paths(dialect, strings.TrimPrefix(operationOf(kind), "Create")) {
				p = plainPath(p)
				if w, ok := written[strings.ToLower(p)]; ok && w != p {
					t.Errorf("%s: %s is read as %s", kind, w, p)
				}
			}
		}
	}
}
