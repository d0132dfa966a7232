package rules

import "github.com/vpclint/vpclint/internal/finding"

// NotebookRootAccess reports a notebook instance whose users are root. Absent is Enabled; lifecycle scripts run as root
// whatever it says. AWS: API_CreateNotebookInstance, RootAccess.
var NotebookRootAccess = &Rule{
	ID:         "notebook-root-access",
	Severity:   finding.Medium,
	Title:      "Users of a notebook instance have root access.",
	Label:      "who runs code there can change the instance's agents, certificates and network settings",
	Help:       `set {RootAccess} to "Disabled"`,
	Precision:  "very-high",
	Weaknesses: []int{250},
	Elsewhere: Counterparts{
		SecurityHub: []string{"SageMaker.3"},
		Config:      []string{"sagemaker-notebook-instance-root-access-check"},
		Prowler:     []string{"sagemaker_notebook_instance_root_access_disabled"},
	},
	Run: func(p *Pass) {
		for _, nb := range p.NotebookInstances {
			p.Report(nb, nb.RootAccess.Is("Enabled"), nb.RootAccess.Leaf, "its users have root access")
		}
	},
}
