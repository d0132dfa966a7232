package controls_test

import (
	"regexp"
	"slices"
	"testing"

	"github.com/vpclint/vpclint/internal/controls"
)

func TestControls(t *testing.T) {
	form := map[controls.Tool]*regexp.Regexp{
		controls.SecurityHub: regexp.MustCompile(`^[A-Z][A-Za-z0-9]+\.[1-9][0-9]*$`),
		controls.Config:      regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)+$`),
		controls.Prowler:     regexp.MustCompile(`^[a-z0-9]+(_[a-z0-9]+)+$`),
	}
	rules := controls.Of(controls.Config)
	for tool, want := range form {
		seen := map[string]bool{}
		for _, c := range controls.Of(tool) {
			if seen[c.ID] || !want.MatchString(c.ID) || c.Title == "" || c.Tool != tool {
				t.Errorf("%s: %+v is no control, or is there twice", tool, c)
			}
			seen[c.ID] = true
			if c.Rule == "" {
				continue
			}
			i := slices.IndexFunc(rules, func(r controls.Control) bool { return r.ID == c.Rule })
			if i < 0 || c.Beside == "" && rules[i].Beside != "" {
				t.Errorf("%s is evaluated by %s, which is not among the rules of AWS Config, or among those beside the network", c.ID, c.Rule)
			}
		}
	}
}

func TestURL(t *testing.T) {
	for id, want := range map[string]string{
		"SageMaker.14":           "https://docs.aws.amazon.com/securityhub/latest/userguide/sagemaker-controls.html#sagemaker-14",
		"EC2.6":                  "https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-6",
		"sagemaker-model-in-vpc": "https://docs.aws.amazon.com/config/latest/developerguide/sagemaker-model-in-vpc.html",
		"vpc_flow_logs_enabled":  "https://github.com/prowler-cloud/prowler/tree/master/prowler/providers/aws/services/vpc/vpc_flow_logs_enabled",
	} {
		for _, tool := range []controls.Tool{controls.SecurityHub, controls.Config, controls.Prowler} {
			for _, c := range controls.Of(tool) {
				if c.ID == id && c.URL() != want {
					t.Errorf("%s is at %s, want %s", id, c.URL(), want)
				}
			}
		}
	}
}
