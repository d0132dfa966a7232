package terraform

import (
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// labs returns a configuration with variables that have no value, and the plan that Terraform made of it with some.
func labs(t testing.TB) map[string]string {
	t.Helper()
	ar, err := txtar.ParseFile("testdata/shown/labs.txtar")
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, f := range ar.Files {
		files[f.Name] = string(f.Data)
	}
	return files
}

func without(files map[string]string, names ...string) map[string]string {
	out := maps.Clone(files)
	for _, name := range names {
		delete(out, name)
	}
	return out
}

// plannedSubjects are the managed resources of the plan of labs.
var plannedSubjects = []string{
	"aws_internet_gateway.main[0]", "aws_route_table.lab",
	`aws_route_table_association.lab["us-east-1a"]`, `aws_route_table_association.lab["us-east-1b"]`,
	"aws_security_group.lab", "aws_subnet.lab[0]", "aws_subnet.lab[1]", "aws_vpc.main", "aws_vpc_endpoint.s3",
	`module.lab["us-east-1a"].aws_sagemaker_model.lab`, `module.lab["us-east-1a"].aws_sagemaker_notebook_instance.lab`,
	`module.lab["us-east-1b"].aws_sagemaker_model.lab`, `module.lab["us-east-1b"].aws_sagemaker_notebook_instance.lab`,
}

func managed(out *frontend.Output) []string {
	var names []string
	for _, r := range out.Resources {
		if !r.Data {
			names = append(names, r.Subject)
		}
	}
	slices.Sort(names)
	return names
}

func prop(t *testing.T, out *frontend.Output, subject, name string) value.Value {
	t.Helper()
	v := find(t, out, subject).Props
	for _, step := range strings.Split(name, ".") {
		v = v.Attr(step)
	}
	return v
}

// What a configuration leaves open its plan knows; the places and the references are the configuration's.
func TestPlanBesideConfiguration(t *testing.T) {
	files := labs(t)
	if alone := loadFiles(t, without(files, "plan.json")); slices.Contains(managed(alone), "aws_subnet.lab[0]") {
		t.Fatal("the configuration alone knows the number of subnets: the plan is not needed")
	}
	out := loadFiles(t, files)
	if diff := cmp.Diff(plannedSubjects, managed(out)); diff != "" {
		t.Error(diff)
	}
	model := `module.lab["us-east-1a"].aws_sagemaker_model.lab`
	for _, want := range [][3]string{
		{model, "vpc_config.subnets", "[<aws_subnet.lab[0].id>, <aws_subnet.lab[1].id>]"},
		{model, "vpc_config.security_group_ids", "[<aws_security_group.lab.id>]"},
		{`module.lab["us-east-1b"].aws_sagemaker_notebook_instance.lab`, "subnet_id", "<aws_subnet.lab[0].id>"},
		{`aws_route_table_association.lab["us-east-1b"]`, "subnet_id", "<aws_subnet.lab[1].id>"},
		{"aws_route_table.lab", "route.gateway_id", "<aws_internet_gateway.main[0].id>"},
		{"aws_subnet.lab[1]", "cidr_block", `"10.0.1.0/24"`},
		{"aws_vpc_endpoint.s3", "service_name", `"com.amazonaws.us-east-1.s3"`},
		{"aws_vpc_endpoint.s3", "policy", "null"}, // computed, so that it is unknown to the plan where it is left out
	} {
		if got := show(prop(t, out, want[0], want[1])); got != want[2] {
			t.Errorf("%s.%s is %s, want %s", want[0], want[1], got, want[2])
		}
	}
	for _, r := range out.Resources {
		if path := r.Span.Host().File.Path; !strings.HasSuffix(path, ".tf") {
			t.Errorf("%s stands in %s", r.Subject, path)
		}
		if strings.Contains(show(r.Props), "hunter2") {
			t.Errorf("%s shows a secret: %s", r.Subject, show(r.Props))
		}
	}
	if diff := cmp.Diff(map[string][]string{"plan.json": {"main.tf", "lab/main.tf"}}, out.Covers); diff != "" {
		t.Error(diff)
	}
}

func TestPlanTrace(t *testing.T) {
	out := loadFiles(t, labs(t))
	got := trace(prop(t, out, "aws_subnet.lab[0]", "availability_zone").Origin())
	if len(got) == 0 || !strings.Contains(strings.Join(got, "\n"), "the plan plan.json sets var.zones") {
		t.Errorf("the trace doesn't pass through the plan: %q", got)
	}
}

// Without the configuration a plan is read by itself. It tells which names an argument is made of, and not how.
func TestPlanAlone(t *testing.T) {
	out := loadFiles(t, map[string]string{"ci/tfplan": labs(t)["plan.json"]})
	if diff := cmp.Diff(plannedSubjects, managed(out)); diff != "" {
		t.Error(diff)
	}
	model := `module.lab["us-east-1a"].aws_sagemaker_model.lab`
	for _, want := range [][3]string{
		{model, "vpc_config.subnets", "?(aws_subnet.lab[0].id aws_subnet.lab[1].id)"},
		{model, "vpc_config.security_group_ids", "[<aws_security_group.lab.id>]"},
		{model, "primary_container.environment.REGISTRY_PASSWORD", "?"},
		{`module.lab["us-east-1b"].aws_sagemaker_notebook_instance.lab`, "subnet_id", "<aws_subnet.lab[0].id>"},
		{`aws_route_table_association.lab["us-east-1a"]`, "route_table_id", "<aws_route_table.lab.id>"},
		{"aws_route_table.lab", "route.gateway_id", "?"},
		{"aws_vpc_endpoint.s3", "policy", "null"},
		{"aws_vpc_endpoint.s3", "service_name", `"com.amazonaws.us-east-1.s3"`},
	} {
		if got := show(prop(t, out, want[0], want[1])); got != want[2] {
			t.Errorf("%s.%s is %s, want %s", want[0], want[1], got, want[2])
		}
	}
	r := find(t, out, model)
	if got := r.Span.Text(); got != `"module.lab[\"us-east-1a\"].aws_sagemaker_model.lab"` {
		t.Errorf("it stands at %s", got)
	}
	if !prop(t, out, model, "vpc_config.subnets").NonEmpty().Everywhere() {
		t.Error("subnets that come from resources are there")
	}
}

// A plan leaves dynamic blocks out of the configuration, has sets in an order of their own, and lists the names of an
// expression without what chooses between them: what it says of one block is not to be taken for another's.
func TestPlanAloneAttributesNothingWrongly(t *testing.T) {
	const vpc = `{"address": "aws_vpc.v", "mode": "managed", "type": "aws_vpc", "name": "v", "values": {}}`
	table := func(refs string) map[string]string {
		return map[string]string{"tfplan.json": `{"format_version": "1.2", "terraform_version": "1.11.4",
"planned_values": {"root_module": {"resources": [
  {"address": "aws_internet_gateway.i", "mode": "managed", "type": "aws_internet_gateway", "name": "i", "values": {}},
  {"address": "aws_nat_gateway.n", "mode": "managed", "type": "aws_nat_gateway", "name": "n", "values": {}}, ` + vpc + `,
  {"address": "aws_route_table.r", "mode": "managed", "type": "aws_route_table", "name": "r", "values": {"route": [
    {"cidr_block": "0.0.0.0/0", "gateway_id": ""}, {"cidr_block": "10.0.0.0/8", "nat_gateway_id": ""}]}},
  {"address": "aws_vpc_endpoint.e", "mode": "managed", "type": "aws_vpc_endpoint", "name": "e", "values": {}}]}},
"resource_changes": [
  {"address": "aws_route_table.r", "change": {"after_unknown": {"route": [{"gateway_id": true}, {"nat_gateway_id": true}], "vpc_id": true}}},
  {"address": "aws_vpc_endpoint.e", "change": {"after_unknown": {"route_table_ids": true}}}],
"configuration": {"root_module": {"variables": {"on": {}}, "resources": [
  {"address": "aws_route_table.r", "mode": "managed", "type": "aws_route_table", "name": "r", "expressions": {
    "route": {"references": [` + refs + `]}, "vpc_id": {"references": ["aws_vpc.v.id", "aws_vpc.v"]}}},
  {"address": "aws_vpc_endpoint.e", "mode": "managed", "type": "aws_vpc_endpoint", "name": "e", "expressions": {
    "route_table_ids": {"references": ["var.on", "aws_route_table.r.id", "aws_route_table.r"]}}}]}},
"variables": {"on": {"value": false}}}`}
	}
	internet, nat := `"aws_internet_gateway.i.id", "aws_internet_gateway.i"`, `"aws_nat_gateway.n.id", "aws_nat_gateway.n"`
	for _, c := range []struct{ refs, gateway, nat string }{
		{internet + ", " + nat, "<aws_internet_gateway.i.id>", "<aws_nat_gateway.n.id>"},
		{internet, "?(aws_internet_gateway.i.id)", "?(aws_internet_gateway.i.id)"}, // the other is in a dynamic block
	} {
		out := loadFiles(t, table(c.refs))
		routes := prop(t, out, "aws_route_table.r", "route").Elems()
		if len(routes) != 2 {
			t.Fatalf("got %d routes", len(routes))
		}
		if got := show(routes[0].Attr("gateway_id")); got != c.gateway {
			t.Errorf("%s: the gateway is %s, want %s", c.refs, got, c.gateway)
		}
		if got := show(routes[1].Attr("nat_gateway_id")); got != c.nat {
			t.Errorf("%s: the NAT gateway is %s, want %s", c.refs, got, c.nat)
		}
		// The provider computes the tables where the expression comes to null or nothing.
		if v := prop(t, out, "aws_vpc_endpoint.e", "route_table_ids"); v.NonEmpty().Known() != tri.Unknown {
			t.Errorf("the tables are %s", show(v))
		}
	}
}

// A plan that isn't of the tree as it is has the last word on what it knows, and on nothing else.
func TestPlanOfAnotherTime(t *testing.T) {
	files := labs(t)
	later := maps.Clone(files)
	later["later.tf"] = "resource \"aws_vpc\" \"later\" {\n  cidr_block = \"10.1.0.0/16\"\n}\n"
	if got := managed(loadFiles(t, later)); !slices.Contains(got, "aws_vpc.later") {
		t.Errorf("a block that is newer than the plan is lost: %q", got)
	}

	earlier := maps.Clone(files)
	earlier["lab/main.tf"] = "variable \"name\" {}\n"
	out := loadFiles(t, earlier)
	if diff := cmp.Diff(plannedSubjects, managed(out)); diff != "" {
		t.Error(diff)
	}
	if r := find(t, out, `module.lab["us-east-1a"].aws_sagemaker_model.lab`); r.Span.File.Path != "plan.json" || r.Addr.Unit != "." {
		t.Errorf("what only the plan has stands in %s of %q", r.Span.File.Path, r.Addr.Unit)
	}

	// Nothing of a block in a complete plan: it has no instance. In one with -target that means nothing.
	none := maps.Clone(files)
	none["plan.json"] = strings.ReplaceAll(files["plan.json"], `"address":"aws_internet_gateway.main[0]"`, `"address":"aws_internet_gateway.other[0]"`)
	if got := managed(loadFiles(t, none)); slices.Contains(got, "aws_internet_gateway.main[0]") {
		t.Errorf("%q", got)
	}
	none["plan.json"] = strings.Replace(none["plan.json"], `"complete":true`, `"complete":false`, 1)
	if got := managed(loadFiles(t, none)); !slices.Contains(got, "aws_internet_gateway.main[0]") {
		t.Errorf("%q", got)
	}
}

// A module that is planned is a root, with each of its plans; a plan that destroys everything plans nothing.
func TestPlansOfOneModule(t *testing.T) {
	module := "variable \"access\" {}\nresource \"aws_sagemaker_notebook_instance\" \"lab\" {\n  direct_internet_access = var.access\n}\n"
	plan := func(access string) string {
		return `{"format_version":"1.2","terraform_version":"1.9.0","variables":{"access":{"value":"` + access + `"}},
 "planned_values":{"root_module":{"resources":[{"address":"aws_sagemaker_notebook_instance.lab","mode":"managed",
 "type":"aws_sagemaker_notebook_instance","name":"lab","values":{"direct_internet_access":"` + access + `"}}]}},
 "configuration":{"root_module":{"resources":[{"address":"aws_sagemaker_notebook_instance.lab","mode":"managed"}]}}}`
	}
	out := loadFiles(t, map[string]string{
		"lab/main.tf":       module,
		"all/main.tf":       "module \"lab\" {\n  source = \"../lab\"\n  access = \"Other\"\n}\n",
		"plans/dev.json":    plan("Enabled"),
		"plans/prod.json":   plan("Disabled"),
		"lab/destroy.json":  `{"format_version":"1.2","terraform_version":"1.9.0","planned_values":{"root_module":{}}}`,
		"lab/elsewhere.txt": "no plan at all",
	})
	var got []string
	for _, r := range out.Resources {
		got = append(got, r.Addr.Unit+" "+r.Subject+" "+show(r.Props.Attr("direct_internet_access")))
	}
	if diff := cmp.Diff([]string{
		`all module.lab.aws_sagemaker_notebook_instance.lab "Other"`,
		`lab aws_sagemaker_notebook_instance.lab "Enabled"`,
		`plans/prod.json aws_sagemaker_notebook_instance.lab "Disabled"`,
	}, got); diff != "" {
		t.Error(diff)
	}
}

// A plan is judged once, where several modules declare all that it plans and one of them is a root.
func TestPlanOfOneOfTwins(t *testing.T) {
	vpc := "resource \"aws_vpc\" \"main\" {}\n"
	out := loadFiles(t, map[string]string{
		"net/main.tf": vpc, "modules/net/main.tf": vpc, "other/main.tf": "module \"net\" {\n  source = \"../modules/net\"\n}\n",
		"plans/net.json": `{"format_version":"1.2","terraform_version":"1.9.0","planned_values":{"root_module":{"resources":[
 {"address":"aws_vpc.main","mode":"managed","type":"aws_vpc","name":"main","values":{"id":"vpc-1"}}]}},
 "configuration":{"root_module":{"resources":[{"address":"aws_vpc.main","mode":"managed"}]}}}`,
	})
	var got []string
	for _, r := range out.Resources {
		got = append(got, r.Addr.Unit+" "+r.Subject)
	}
	if diff := cmp.Diff([]string{"net aws_vpc.main", "other module.net.aws_vpc.main"}, got); diff != "" {
		t.Error(diff)
	}
}

// A state of which no configuration is in the tree is judged where it tells of what is deployed.
func TestStateAlone(t *testing.T) {
	state := `{"version":4,"terraform_version":"1.9.0","serial":1,"lineage":"x","resources":[
 {"module":"module.net[\"a.b\"]","mode":"managed","type":"aws_sagemaker_notebook_instance","name":"lab","instances":[
  {"attributes":{"id":"lab","direct_internet_access":"Enabled","kms_key_id":"","subnet_id":"subnet-0123456789abcdef0","security_groups":[]}}]}]}`
	out := loadFiles(t, map[string]string{"saved/prod.tfstate": state})
	subject := `module.net["a.b"].aws_sagemaker_notebook_instance.lab`
	if diff := cmp.Diff([]string{subject}, managed(out)); diff != "" {
		t.Fatal(diff)
	}
	got := find(t, out, subject)
	if s := show(got.Props); s != `{id: "lab", direct_internet_access: "Enabled", subnet_id: "subnet-0123456789abcdef0"}` {
		t.Error(s)
	}
	if len(out.Identities) != 1 || out.Identities[0].Literal != "lab" {
		t.Errorf("%v", out.Identities)
	}
	beside := loadFiles(t, map[string]string{"saved/prod.tfstate": state, "saved/main.tf": "resource \"aws_vpc\" \"a\" {}\n"})
	if diff := cmp.Diff([]string{"aws_vpc.a"}, managed(beside)); diff != "" {
		t.Errorf("a state beside a module is that of the module: %s", diff)
	}
}

// What is a plan and can't be read is told; what only terraform can read, where it is asked for.
func TestUnreadablePlans(t *testing.T) {
	saved := "PK\x03\x04....tfplan....tfstate....tfconfig/m-/main.tf"
	for _, c := range []struct {
		files map[string]string
		want  []string
	}{
		{map[string]string{"infra/tfplan": saved, "infra/notes-plan.txt": "PK\x03\x04"},
			[]string{"if named, infra/tfplan: a saved plan can be read by terraform only; write it as JSON with terraform show -json"}},
		{map[string]string{"plan.json": "\xff\xfe" + string(wide(`{"terraform_version"`))},
			[]string{"plan.json: the JSON of terraform show is in UTF-16, as PowerShell writes it; write it in UTF-8"}},
		{map[string]string{"plan.json": `{"terraform_version": "1", "planned_values": {`},
			[]string{"plan.json: the plan can't be read: unexpected end of the JSON document"}},
		{map[string]string{"plan.json": `{"format_version": "1.2", "terraform_version": "1.9.0", "planned_values": {}, "errored": true}`},
			[]string{"plan.json: terraform could not finish this plan; what it doesn't have is not checked"}},
		{map[string]string{"version.json": `{"terraform_version": "1.9.0", "provider_selections": {}}`}, nil},
	} {
		var got []string
		out := loadFiles(t, c.files)
		for _, f := range out.Findings {
			got = append(got, f.At.File.Path+": "+f.Message)
		}
		for _, f := range out.IfNamed {
			got = append(got, "if named, "+f.At.File.Path+": "+f.Message)
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Error(diff)
		}
	}
}

func TestAddresses(t *testing.T) {
	for in, want := range map[string][2]string{
		"aws_vpc.main":                        {"aws_vpc.main", ""},
		"aws_vpc.main[12]":                    {"aws_vpc.main", "[12]"},
		`module.a["x[0].y"].aws_vpc.main`:     {`module.a["x[0].y"].aws_vpc.main`, ""},
		`module.a[0].aws_vpc.main["a\"].b"]`:  {`module.a[0].aws_vpc.main`, `["a\"].b"]`},
		`module.a["$${x}"].module.b["%%{y}"]`: {`module.a["${x}"].module.b`, `["%{y}"]`},
		`aws_vpc.main["`:                      {"aws_vpc.main", `["`},
	} {
		block, key := splitKey(respelt(in))
		if diff := cmp.Diff(want, [2]string{block, key}); diff != "" {
			t.Errorf("%s: %s", in, diff)
		}
	}
	if diff := cmp.Diff([]string{"module", `a["x.y"]`, "aws_vpc", "main"}, stepsOf(`module.a["x.y"].aws_vpc.main`)); diff != "" {
		t.Error(diff)
	}
}

// Whatever a file that looks like a plan holds, it is read without a panic, beside a configuration and alone.
func FuzzPlan(f *testing.F) {
	files := labs(f)
	f.Add(files["plan.json"])
	f.Add(`{"terraform_version":1,"format_version":[],"planned_values":{"root_module":[{"resources":3}]}}`)
	f.Add(`{"terraform_version":"1","version":4,"lineage":"","resources":[{"instances":[{"attributes":[],"index_key":{}}]}]}`)
	f.Add(`{"terraform_version":"1","format_version":"1","planned_values":{"root_module":{"child_modules":[{"address":"module.lab[\"","resources":[{"values":{},"address":"module.lab[\"us-east-1a\"].aws_sagemaker_model.lab"}]}]}}}`)
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 1<<16 {
			t.Skip("longer than what is worth the time")
		}
		loadFiles(t, map[string]string{"plan.json": text, "main.tf": files["main.tf"], "lab/main.tf": files["lab/main.tf"]})
		loadFiles(t, map[string]string{"plan.json": text})
	})
}

// Beside any configuration, whose variables needn't have values, a plan decides all that it knows; what is left open is
// what Terraform doesn't know either. Read alone, it says the same.
func TestPlansDecide(t *testing.T) {
	archives, err := filepath.Glob("testdata/plan/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatalf("no modules: %v", err)
	}
	for _, archive := range archives {
		t.Run(strings.TrimSuffix(filepath.Base(archive), ".txtar"), func(t *testing.T) {
			m := readModule(t, archive)
			text, err := os.ReadFile(strings.TrimSuffix(archive, ".txtar") + ".json")
			if err != nil {
				t.Fatal(err)
			}
			m.files[path.Join(m.dir, "tfplan.json")] = string(text)
			p := readJudge(t, text)
			beside := loadFiles(t, m.files)
			alone := loadFiles(t, map[string]string{"tfplan.json": string(text)})
			for _, out := range []*frontend.Output{beside, alone} {
				ours := map[string]value.Value{}
				for _, r := range out.Resources {
					if !r.Data && (r.Addr.Unit == m.dir || r.Addr.Unit == "tfplan.json") {
						ours[r.Subject] = r.Props
					}
				}
				for _, r := range p.resources {
					if r.mode != "managed" || !emitted(r.typ) {
						continue
					}
					props, ok := ours[respelt(r.address)]
					if !ok {
						t.Errorf("%s is planned, and not among ours", r.address)
						continue
					}
					delete(ours, respelt(r.address))
					for _, f := range props.Fields() {
						theirs, told := r.values[f.Name]
						if !told || rewritten[r.typ+"."+f.Name] || !whollyTold(theirs) {
							continue
						}
						if f.Value.Kind() == value.KindAbsent && isDefault(r.typ, f.Name, theirs) {
							continue
						}
						if why := planHolds(f.Value, theirs); why != "" {
							t.Errorf("%s.%s: %s\n ours: %s\ntheirs: %v", r.address, f.Name, why, show(f.Value), theirs)
						}
						secret := r.typ == "aws_ssm_parameter" || strings.Contains(reasonFor(f.Value), "sensitive")
						if !settledIn(f.Value.Decoded()) && !secret {
							t.Errorf("%s.%s is left open: %s\ntheirs: %v", r.address, f.Name, show(f.Value), theirs)
						}
					}
				}
				for name := range ours {
					t.Errorf("%s is ours, and not planned", name)
				}
			}
		})
	}
}
