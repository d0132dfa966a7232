package report_test

import (
	"testing"

	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/report"
	"github.com/vpclint/vpclint/internal/source"
)

// A message is a sentence in SARIF's plain text, in which braces and links mean something, whatever is said.
func TestSARIFMessages(t *testing.T) {
	at := source.NewFile("main.tf", []byte("x = 1\n")).Span(0, 1)
	for message, want := range map[string]string{
		"direct internet access is enabled":             "'s': direct internet access is enabled.",
		"is ${var.x}":                                   "'s': is var.x.",
		"is %{ if var.x }a%{ endif }":                   "'s': is  if var.x a endif.",
		`deny "Null": {"sagemaker:VpcSubnets": "true"}`: `'s': deny "Null" with "sagemaker:VpcSubnets": "true".`,
		`{"a": {"b": [1]}, "c": {}}`:                    `'s': ("a" with "b": [1], "c" with ).`,
		"{ for k, v in var.x : k => v }":                "'s': ( for k, v in var.x : k => v ).",
		"}{0}":                                          "'s': )(0).",
		"see [this](1)":                                 "'s': see [this] (1).",
		"two\nlines\r":                                  `'s': two\nlines\r.`,
		"is it?":                                        "'s': is it?.",
		"  ":                                            "'s': .",
	} {
		run := &report.Run{Version: "0.1.0", Rules: sampleRules(), Findings: []finding.Finding{
			{Rule: "public-subnet", Severity: finding.High, Subject: "s", Message: message, At: at},
		}}
		if got := readSARIF(t, run, report.SARIFOptions{}).Results[0].Message.Text; got != want {
			t.Errorf("%q becomes %q, want %q", message, got, want)
		}
	}
}
