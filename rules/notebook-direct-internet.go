package rules

import "github.com/vpclint/vpclint/internal/finding"

// NotebookDirectInternet reports a notebook instance with an interface to the internet beside the VPC's. Absent is
// Enabled. AWS: API_CreateNotebookInstance, DirectInternetAccess.
var NotebookDirectInternet = &Rule{
	ID:        "notebook-direct-internet",
	Severity:  finding.High,
	Title:     "A notebook instance has direct internet access.",
	Label:     "traffic bypasses your VPC",
	Help:      `set {DirectInternetAccess} to "Disabled" and give the notebook a subnet`,
	Precision: "very-high",
	Run: func(p *Pass) {
		for _, nb := range p.NotebookInstances {
			p.Report(nb, nb.DirectInternetAccess.Is("Enabled"), nb.DirectInternetAccess.Leaf, "direct internet access is enabled")
		}
	},
}
