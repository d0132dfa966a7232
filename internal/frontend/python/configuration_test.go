package python

import (
	"fmt"
	"strings"
	"testing"

	"github.com/vpclint/vpclint/internal/value"
)

// A configuration whose aliases would make millions of values is as large as a script's own containers may be, for each of
// a script's sessions, and what is cut off is unknown.
func TestConfigurationOfAliases(t *testing.T) {
	var config strings.Builder
	config.WriteString("a0: &a0 [x, x, x, x, x, x, x, x]\n")
	for i := range 8 {
		fmt.Fprintf(&config, "a%d: &a%d [*a%d, *a%d, *a%d, *a%d, *a%d, *a%d, *a%d, *a%d]\n", i+1, i+1, i, i, i, i, i, i, i, i)
	}
	config.WriteString("SageMaker: {Model: {VpcConfig: {Subnets: *a8, SecurityGroupIds: [sg-1]}, EnableNetworkIsolation: true}}\n")
	script := "import os\nfrom sagemaker.model import Model\n" +
		"os.environ[\"SAGEMAKER_USER_CONFIG_OVERRIDE\"] = os.getcwd()\n" +
		strings.Repeat("Model(\"img\", role=\"r\")\n", 200)
	out := load(t, tree{"train.py": script, "config.yaml": config.String()})
	if len(out.Resources) != 200 {
		t.Fatalf("%d models", len(out.Resources))
	}
	if v := at(out.Resources[199].Props, "EnableNetworkIsolation"); v.Kind() != value.KindOpaque {
		t.Errorf("behind the limit stands %s", said(v))
	}
}
