package rules

import "github.com/vpclint/vpclint/internal/finding"

// NotebookIMDSv1 reports a notebook instance whose metadata service answers plain requests. Absent is 1. Kubernetes's
// notebook instances have no such member, so that there is nothing to say to their authors.
// AWS: API_InstanceMetadataServiceConfiguration.
var NotebookIMDSv1 = &Rule{
	ID:        "notebook-imdsv1",
	Severity:  finding.Medium,
	Title:     "A notebook instance answers to version 1 of the instance metadata service.",
	Label:     "one forged request is enough to read the role's credentials",
	Help:      `set {InstanceMetadataServiceConfiguration.MinimumInstanceMetadataServiceVersion} to "2"`,
	Precision: "very-high",
	Run: func(p *Pass) {
		for _, nb := range p.NotebookInstances {
			if nb.MinimumIMDSVersion.Known {
				p.Report(nb, nb.MinimumIMDSVersion.Is("1"), nb.MinimumIMDSVersion.Leaf, "it answers to version 1 of the instance metadata service")
			}
		}
	},
}
