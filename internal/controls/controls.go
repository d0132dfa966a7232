// Package controls lists controls of other tools: all that they have about SageMaker, and of the others those that a rule of
// vpclint corresponds to. docs/counterparts.md is made of it, and the tests take from it that no control was forgotten.
//
// The lists are of what the tools say of themselves: the user guides of AWS Security Hub CSPM and of AWS Config, read in
// November 2026, and Prowler's repository at commit 3e000faa3109 of August 2026.
package controls

import "strings"

// A Tool is what controls belong to.
type Tool int

// The tools, in the order in which they are named.
const (
	SecurityHub Tool = iota
	Config
	Prowler
)

// String returns the tool's name.
func (t Tool) String() string {
	return [...]string{"AWS Security Hub", "AWS Config", "Prowler"}[t]
}

// A Control is one check of another tool.
type Control struct {
	Tool Tool
	// ID is how the tool names it: "SageMaker.1", "sagemaker-model-in-vpc".
	ID string
	// Title is what the tool says that it wants, or of AWS Config's rules what they check.
	Title string
	// Rule is the managed rule of AWS Config by which Security Hub evaluates a control of its own.
	Rule string
	// Beside says what the control is about, where that is neither the network nor the protection of a workload in it, so
	// that no rule of vpclint corresponds to it.
	Beside string
}

// SageMaker reports whether the control is one of SageMaker's.
func (c Control) SageMaker() bool {
	return strings.HasPrefix(strings.ToLower(c.ID), "sagemaker")
}

// URL returns the page that describes the control.
func (c Control) URL() string {
	switch c.Tool {
	case SecurityHub:
		service, _, _ := strings.Cut(c.ID, ".")
		anchor := strings.ToLower(strings.Replace(c.ID, ".", "-", 1))
		return "https://docs.aws.amazon.com/securityhub/latest/userguide/" + strings.ToLower(service) + "-controls.html#" + anchor
	case Config:
		return "https://docs.aws.amazon.com/config/latest/developerguide/" + c.ID + ".html"
	default:
		service, _, _ := strings.Cut(c.ID, "_")
		return "https://github.com/prowler-cloud/prowler/tree/master/prowler/providers/aws/services/" + service + "/" + c.ID
	}
}

// Of returns the controls of a tool, in the order in which it counts them.
func Of(t Tool) []Control {
	list := [...]func() []Control{securityHub, config, prowler}[t]()
	for i := range list {
		list[i].Tool = t
	}
	return list
}
