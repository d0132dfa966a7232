package report_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/report"
	"github.com/vpclint/vpclint/internal/source"
)

// mark returns the span of the n-th (from 1) text in f.
func mark(t testing.TB, f *source.File, text string, n int) source.Span {
	t.Helper()
	at := 0
	for ; n > 0; n-- {
		i := bytes.Index(f.Bytes[at:], []byte(text))
		if i < 0 {
			t.Fatalf("%s has no %q", f.Path, text)
		}
		at += i + len(text)
	}
	return f.Span(at-len(text), at)
}

const notebookTF = `resource "aws_sagemaker_notebook_instance" "lab" {
  name     = "lab"
  role_arn = aws_iam_role.lab.arn

  instance_type          = "ml.t3.medium"
  direct_internet_access = var.access
}

module "net" {
  source  = "./network"
  access  = local.access
  subnets = { for k, v in var.subnets : k => "${v.id}" }
}
`

const variablesTF = `variable "subnets" {}

locals {
  access = var.access
}

variable "access" {
  type    = string
  default = "Enabled"
}
`

// A notebook as Jupyter writes it: the cell's lines are JSON strings.
const trainNotebook = `{
 "cells": [
  {
   "cell_type": "code",
   "source": [
    "# größe 𝄞\n",
    "est = Estimator(image, role=\"r\", instance_count=2)\n"
   ]
  }
 ]
}
`

// embedCell returns the notebook's cell as a document of its own, as the front-end for notebooks does.
func embedCell(t testing.TB, host *source.File) *source.File {
	t.Helper()
	e := source.Embed(host, "cell 3")
	at := 0
	for _, line := range []string{`# größe 𝄞\n`, `est = Estimator(image, role=\"r\", instance_count=2)\n`} {
		i := bytes.Index(host.Bytes[at:], []byte(line))
		if i < 0 {
			t.Fatalf("no %q", line)
		}
		at += i
		for j := 0; j < len(line); {
			if line[j] == '\\' {
				text := strings.NewReplacer(`\n`, "\n", `\"`, `"`).Replace(line[j : j+2])
				e.Decoded(text, at+j, at+j+2)
				j += 2
				continue
			}
			e.Verbatim(at+j, at+j+1)
			j++
		}
		at += len(line)
	}
	return e.File()
}

func sampleRules() []report.Rule {
	rule := func(id, name string, s finding.Severity, short string) report.Rule {
		return report.Rule{
			ID: id, Name: name, Short: short, Full: short + " More is said here.", HelpText: "Change it.",
			HelpMarkdown: "# " + id + "\n\nChange it.\n\n```hcl\nresource \"x\" \"y\" {}\n```\n",
			URI:          "https://github.com/vpclint/vpclint/blob/main/rules/" + id + ".md",
			Severity:     s, Precision: "very-high", Tags: []string{"external/cwe/cwe-284", "security"},
		}
	}
	return []report.Rule{
		rule("missing-output-key", "MissingOutputKey", finding.Low, "The output of a workload has no customer key."),
		rule("missing-vpc-config", "MissingVpcConfig", finding.High, "A workload has no VPC."),
		rule("notebook-direct-internet", "NotebookDirectInternetAccess", finding.High, "A notebook instance has direct internet access."),
		rule("public-subnet", "PublicSubnet", finding.High, "A workload sits in a public subnet."),
		rule("unreadable", "UnreadableFile", finding.Medium, "A file can't be read."),
	}
}

// sampleRun has one of everything that makes printing hard.
func sampleRun(t testing.TB) *report.Run {
	t.Helper()
	notebook := source.NewFile("infra/notebook.tf", []byte(notebookTF))
	variables := source.NewFile("infra/variables.tf", []byte(variablesTF))
	broken := source.NewFile("infra/with blank/#1%.tf", []byte("\xef\xbb\xbfresource \"x\r\n\tfoo = [\r\n"))
	wide := source.NewFile("jobs/学習.py", []byte("def f():\n\tx = '学習'; é = Estimator(role) # e\u0301 👩\u200d👧 \x1b[31mred\n"))
	ipynb := source.NewFile("train.ipynb", []byte(trainNotebook))
	cell := embedCell(t, ipynb)
	run := &report.Run{
		Version: "0.1.0", Root: "/src/shop", WorkDir: "/src/shop/infra",
		Rules: sampleRules(),
		Findings: []finding.Finding{
			{
				Rule: "notebook-direct-internet", Severity: finding.High, Unit: "infra",
				Subject: "aws_sagemaker_notebook_instance.lab", Property: "direct_internet_access",
				Message: "direct internet access is enabled", Label: "traffic bypasses your VPC",
				Help: `set direct_internet_access to "Disabled" and give the notebook a subnet`,
				At:   mark(t, notebook, "var.access", 1),
				Trace: []finding.Step{
					{Span: mark(t, notebook, "local.access", 1), Message: `module.net[0] passes ${local.access}`},
					{Span: mark(t, variables, "var.access", 1), Message: "local.access is var.access"},
					{Span: mark(t, variables, `"Enabled"`, 1), Message: `the default of var.access is "Enabled"`},
				},
			},
			{
				Rule: "public-subnet", Severity: finding.High, Unit: "infra",
				Subject: `module.ml["a"].aws_sagemaker_model.m`, Property: "vpc_config.subnets",
				Message: "runs in public subnet aws_subnet.a", At: mark(t, notebook, "var.subnets", 1),
				Related: []finding.Step{{Span: mark(t, variables, `"subnets"`, 1), Message: "aws_subnet.a routes 0.0.0.0/0 to aws_internet_gateway.g"}},
			},
			{
				Rule: "public-subnet", Severity: finding.High, Unit: "infra",
				Subject: `module.ml["b"].aws_sagemaker_model.m`, Property: "vpc_config.subnets",
				Message: "runs in public subnet aws_subnet.a", At: mark(t, notebook, "var.subnets", 1),
			},
			{
				Rule: "unreadable", Severity: finding.Medium, Unit: broken.Path, Subject: broken.Path,
				Message: "an expression is missing", At: mark(t, broken, "foo", 1),
			},
			{
				Rule: "missing-vpc-config", Severity: finding.High, Unit: wide.Path,
				Subject: "jobs/学習.py:f.é", Property: "subnets", Message: "trains outside any VPC",
				At: mark(t, wide, "Estimator", 1), Label: "no subnets, no security_group_ids",
			},
			{
				Rule: "missing-output-key", Severity: finding.Low, Unit: "train.ipynb",
				Subject: "train.ipynb:est", Property: "output_kms_key", Message: "writes without a customer key",
				At: mark(t, cell, "Estimator", 1), Help: "pass output_kms_key",
				Trace: []finding.Step{{Span: mark(t, cell, `role="r"`, 1), Message: "role is \"r\""}},
			},
		},
		Ignored: []report.Ignored{
			{
				Finding: finding.Finding{
					Rule: "public-subnet", Severity: finding.High, Unit: "infra", Subject: `module.ml["c"].aws_sagemaker_model.m`,
					Property: "vpc_config.subnets", Message: "runs in public subnet aws_subnet.b", At: mark(t, notebook, "var.subnets", 1),
				},
				Reason: "a demonstration {until} it is [moved](1)\n", InSource: true, From: mark(t, notebook, "{ for", 1),
			},
			{
				Finding: finding.Finding{
					Rule: "missing-output-key", Severity: finding.Low, Unit: "infra", Subject: "aws_sagemaker_notebook_instance.lab",
					Property: "kms_key_id", Message: "has no customer key", At: mark(t, notebook, "\"lab\"", 1),
				},
				Reason: "it is in the baseline",
			},
			{
				Finding: finding.Finding{
					Rule: "missing-output-key", Severity: finding.Medium, Unit: "infra", Subject: "aws_sagemaker_notebook_instance.lab",
					Property: "volume_key", Message: "has no key for its volume", At: mark(t, notebook, "\"lab\"", 1),
				},
				Reason: "the sandbox holds no data",
			},
		},
		Undecided: []finding.Undecided{{
			Rule: "public-subnet", Unit: "infra", Subject: "aws_sagemaker_model.m", At: mark(t, variables, `variable "subnets"`, 1),
			Reason: "var.subnet_ids has no default; pass --var-file, or scan the plan",
		}},
		Summary: report.Summary{
			Files: 31, Resources: 212, Errors: 4, Warnings: 1, Notes: 1, Undecided: 1, Ignored: 2, Baselined: 5,
			Unreadable: 1, Elapsed: 12 * time.Millisecond,
		},
		ExitCode: 1,
	}
	return run
}
