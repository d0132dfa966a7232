package jobconfig

import (
	"slices"
	"strings"

	"github.com/vpclint/vpclint/internal/doctree"
	"github.com/vpclint/vpclint/internal/literal"
)

// lookalikes are the documents, and parts of documents, that have SageMaker's names in them and are no requests, each
// known by keys that stand together. What is below such a mapping belongs to it.
var lookalikes = [][]string{
	{"AWSTemplateFormatVersion"},
	{"Type", "Properties"}, // a resource of a CloudFormation template, or of a fragment of one
	{"aws:cdk:cloudformation:type"},
	{"Type", "Resource"},                     // a state of a state machine
	{"Version", "Steps"},                     // a SageMaker pipeline
	{"Type", "Arguments"},                    // a step of it
	{"SchemaVersion", "SageMaker"},           // the SageMaker Python SDK's defaults
	{"ValidationRole", "ValidationProfiles"}, // jobs that try out a model package
	{"apiVersion", "kind"},
	{"$schema", "properties"},
	{"type", "properties"},
	{"definitions", "properties"},
	{"openapi"},
	{"swagger"},
	{"nbformat", "cells"},
	{"terraform_version"},
	{"format_version", "planned_values"},
	{"metadata", "shapes"}, // a service model, which has examples in it
	{"smithy", "shapes"},
	{"version", "examples"},
	{"detail-type"}, // an EventBridge event
	{"eventSource", "eventName"},
	{"requestParameters"}, // a CloudTrail record
	{"ResponseMetadata"},
	{"Parameters", "Definition"},      // a policy template of SAM's, which has functions in it
	{"VersionId", "IsDefaultVersion"}, // what IAM answers of a version of a policy
	{"http_interactions"},             // recorded exchanges
	{"interactions", "version"},
	{"request", "response"},
	{"status_code", "data"},
}

// lookalikeReader claims what only looks like something of ours, so that nobody looks into it.
func lookalikeReader() reader {
	r := reader{shuts: lookalikes, claims: func(n, _ *doctree.Node) bool { return lookalike(n) }}
	for _, keys := range lookalikes {
		r.telling = append(r.telling, keys[0])
	}
	return r
}

// lookalike reports whether a mapping is something that only looks like a request, or holds such things.
func lookalike(n *doctree.Node) bool {
next:
	for _, keys := range lookalikes {
		for _, k := range keys {
			if n.Get(k) == nil {
				continue next
			}
		}
		return true
	}
	return false
}

// isSkeleton reports whether a request is what `aws ... --generate-cli-skeleton` prints and documentation shows: no text
// in it but empty ones, the word "string" and enumerated values, and no number but zero. Nobody runs it as it is.
func isSkeleton(n *doctree.Node, op *operation) bool {
	name := op.nameIn(n)
	if name != nil && literal.Unfilled(name) {
		return !filledIn(n)
	}
	if name != nil && !isStandIn(name) {
		return false
	}
	return name != nil && saysOnly(n, name.Text) || !slices.ContainsFunc(op.core, func(m member) bool {
		v := memberOf(n, m.name)
		return v != nil && !isStandIn(v)
	})
}

// isStandIn reports whether a value is a word for what is to be filled in: "TODO", where a template would have ${THIS}.
func isStandIn(n *doctree.Node) bool {
	return n.Kind == doctree.String && literal.StandIn(n.Text) && n.Text[0] != '$'
}

// saysOnly reports whether a text is all that a request says, "TODO" everywhere.
func saysOnly(n *doctree.Node, text string) bool {
	if n.Kind == doctree.Mapping || n.Kind == doctree.Sequence {
		return !slices.ContainsFunc(n.Items, func(item *doctree.Node) bool { return !saysOnly(item, text) }) &&
			!slices.ContainsFunc(n.Pairs, func(p doctree.Pair) bool { return !saysOnly(p.Value, text) })
	}
	return n.Text == text
}

// filledIn reports whether anybody has written a value of their own into a skeleton. Every ARN, URI and image of a request
// has a colon, and no enumerated value has.
func filledIn(n *doctree.Node) bool {
	switch n.Kind {
	case doctree.String:
		return strings.Contains(n.Text, ":") && !strings.HasPrefix(n.Text, epoch)
	case doctree.Number:
		return n.Text != "0" && n.Text != "0.0" && n.Text != "123"
	}
	return slices.ContainsFunc(n.Items, filledIn) ||
		slices.ContainsFunc(n.Pairs, func(p doctree.Pair) bool { return filledIn(p.Value) })
}

// epoch begins the time of a skeleton.
const epoch = "1970-01-01"
