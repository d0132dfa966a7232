package lint_test

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"github.com/vpclint/vpclint/internal/lint"
	"github.com/vpclint/vpclint/internal/model"
	"github.com/vpclint/vpclint/internal/resource"
)

var update = flag.Bool("update", false, "rewrite the dumps that the cases expect")

// Every case of testdata/lower is one system spelt in several languages, a directory each. Each spelling gives the same
// dump of the canonical model.
func TestLower(t *testing.T) {
	cases, err := filepath.Glob("../../testdata/lower/*.txtar")
	if err != nil || len(cases) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	for _, name := range cases {
		t.Run(filepath.Base(name), func(t *testing.T) {
			ar, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			spellings := map[string][]txtar.File{}
			var want string
			for _, f := range ar.Files {
				if f.Name == "want" {
					want = string(f.Data)
					continue
				}
				spellings[path.Dir(f.Name)] = append(spellings[path.Dir(f.Name)], txtar.File{Name: path.Base(f.Name), Data: f.Data})
			}
			names := slices.Sorted(maps.Keys(spellings))
			if *update {
				want = dump(t, spellings[names[0]])
				ar.Files = append(slices.DeleteFunc(ar.Files, func(f txtar.File) bool { return f.Name == "want" }), txtar.File{Name: "want", Data: []byte(want)})
				if err := os.WriteFile(name, txtar.Format(ar), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			for _, spelling := range names {
				t.Run(spelling, func(t *testing.T) {
					if diff := cmp.Diff(want, dump(t, spellings[spelling])); diff != "" {
						t.Errorf("another dump (-want +got):\n%s", diff)
					}
				})
			}
		})
	}
}

// absent are types that no case can spell, since the Cloud Control provider doesn't have them.
var absent = []string{
	"awscc_ec2_network_acl_entry", "awscc_ec2_vpn_gateway_route_propagation", "awscc_iam_policy",
	"awscc_iam_user_to_group_addition", "awscc_sagemaker_code_repository",
	"awscc_sagemaker_endpoint_config", "awscc_sagemaker_model_card", "awscc_sagemaker_notebook_instance",
	"awscc_sagemaker_notebook_instance_lifecycle_config", "awscc_sagemaker_workforce", "awscc_sagemaker_workteam",
}

// Every type that the model reads is spelt in some case, in every dialect in which people declare resources.
func TestLowerEveryType(t *testing.T) {
	cases, err := filepath.Glob("../../testdata/lower/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	var all []byte
	for _, name := range cases {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, b...)
	}
	for dialect, pattern := range map[resource.Dialect]string{
		resource.Terraform: `"%s"`, resource.TerraformAWSCC: `"%s"`, resource.CloudFormation: "Type: %s\n",
	} {
		for _, typ := range model.Types(dialect) {
			if !slices.Contains(absent, typ) && !bytes.Contains(all, fmt.Appendf(nil, pattern, typ)) {
				t.Errorf("no case has %s", typ)
			}
		}
	}
}

func dump(t *testing.T, files []txtar.File) string {
	t.Helper()
	dir := t.TempDir()
	for _, f := range files {
		file := filepath.Join(dir, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, f.Data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	r, err := lint.Run(context.Background(), lint.Config{WorkDir: dir, Paths: []string{"."}})
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := lint.Dump(&b, r, false); err != nil {
		t.Fatal(err)
	}
	return b.String()
}
