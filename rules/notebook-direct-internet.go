package rules

import "github.com/vpclint/vpclint/internal/finding"

// NotebookDirectInternet reports a notebook instance with an interface to the internet beside the VPC's. Absent is
// Enabled. AWS: API_CreateNotebookInstance, DirectInternetAccess.
var NotebookDirectInternet = &Rule{
	ID:         "notebook-direct-internet",
	Severity:   finding.High,
	Title:      "A notebook instance has direct internet access.",
	Label:      "traffic bypasses your VPC",
	Help:       `set {DirectInternetAccess} to "Disabled" and give the notebook a subnet`,
	Precision:  "very-high",
	Weaknesses: []int{284},
	Elsewhere: Counterparts{
		SecurityHub: []string{"SageMaker.1"},
		Config:      []string{"sagemaker-notebook-no-direct-internet-access"},
		Prowler:     []string{"sagemaker_notebook_instance_without_direct_internet_access_configured"},
	},
	Run: func(p *Pass) {
		for _, nb := range p.NotebookInstances {
			p.Report(nb, nb.DirectInternetAccess.Is("Enabled"), nb.DirectInternetAccess.Leaf, "direct internet access is enabled")
		}
	},
}
