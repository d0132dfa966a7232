package python

import (
	"strings"
	"testing"

	"github.com/vpclint/vpclint/internal/value"
)

// Of a configuration that is larger than a script's own containers may be, what is cut off is unknown.
func TestLargeConfiguration(t *testing.T) {
	config := "SageMaker: {Model: {VpcConfig: {Subnets: [" + strings.Repeat("x, ", maxFrozen) +
		"x], SecurityGroupIds: [sg-1]}, EnableNetworkIsolation: true}}\n"
	out := load(t, tree{"config.yaml": config, "train.py": `import os
from sagemaker.model import Model

os.environ["SAGEMAKER_USER_CONFIG_OVERRIDE"] = os.getcwd()
Model("img", role="r")
`})
	if len(out.Resources) != 1 {
		t.Fatalf("%d models", len(out.Resources))
	}
	if v := at(out.Resources[0].Props, "EnableNetworkIsolation"); v.Kind() != value.KindOpaque {
		t.Errorf("behind the limit stands %s", said(v))
	}
}
