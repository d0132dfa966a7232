package lint_test

import (
	"context"
	"encoding/binary"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"github.com/vpclint/vpclint/internal/lint"
	"github.com/vpclint/vpclint/rules"
)

// A network gives the same verdict on each of its subnets whether it is declared, in Terraform or in CloudFormation, or told
// of by what EC2 answers. The networks, and the answers, are moto's: see testdata/facts/record.py.
func TestFactsAreNetworks(t *testing.T) {
	archives, err := filepath.Glob("testdata/facts/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatalf("no networks: %v", err)
	}
	verdicts := map[string]int{}
	for _, name := range archives {
		ar, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		facts, declared := verdictsOn(t, ar, "facts"), verdictsOn(t, ar, "terraform")
		if len(declared) == 0 {
			t.Errorf("%s: no workloads", name)
		}
		if diff := cmp.Diff(declared, facts); diff != "" {
			t.Errorf("%s: facts give other verdicts (-terraform +facts):\n%s", name, diff)
		}
		if template := verdictsOn(t, ar, "cloudformation"); len(template) > 0 {
			if diff := cmp.Diff(template, facts); diff != "" {
				t.Errorf("%s: facts give other verdicts (-cloudformation +facts):\n%s", name, diff)
			}
		}
		for _, v := range facts {
			verdicts[v]++
		}
	}
	if verdicts["undecided"] > 0 || verdicts["fail"] < 20 || verdicts["pass"] < 20 {
		t.Errorf("the verdicts are %v", verdicts)
	}
	t.Logf("%d networks: %v", len(archives), verdicts)
}

// verdictsOn returns what public-subnet says of each notebook that one directory of an archive has.
func verdictsOn(t *testing.T, ar *txtar.Archive, dir string) map[string]string {
	t.Helper()
	work := t.TempDir()
	found := false
	for _, f := range ar.Files {
		if rest, ok := strings.CutPrefix(f.Name, dir+"/"); ok {
			found = true
			if err := os.WriteFile(filepath.Join(work, rest), f.Data, 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	out := map[string]string{}
	if !found {
		return out
	}
	c := lint.Config{WorkDir: work, Paths: []string{"."}, Rules: []*rules.Rule{rules.PublicSubnet}}
	if dir == "facts" {
		real, err := filepath.EvalSymlinks(work)
		if err != nil {
			t.Fatal(err)
		}
		c.Configured.Network = []lint.Pattern{{Glob: "network*.json", Dir: real, From: "network"}}
	}
	r, err := lint.Run(context.Background(), c)
	if err != nil {
		t.Fatal(err)
	}
	for _, nb := range r.Estate.NotebookInstances {
		out[shortName(nb.Subject())] = "pass"
	}
	for _, x := range r.Undecided {
		out[shortName(x.Subject)] = "undecided"
	}
	for _, x := range r.Findings {
		out[shortName(x.Subject)] = "fail"
	}
	maps.DeleteFunc(out, func(name, _ string) bool { return name == "" })
	return out
}

// shortName returns the last part of a subject.
func shortName(subject string) string {
	return subject[strings.LastIndexAny(subject, ".:")+1:]
}

// Windows PowerShell writes what a command prints in UTF-16. It is told at the same lines and columns.
func TestFactsInUTF16(t *testing.T) {
	const (
		answer = "{\r\n  \"Subnets\": [{\"Tags\": [{\"Value\": \"privé 🔒\"}], \"SubnetId\": \"subnet-1\", \"CidrBlock\": \"10.0.0.0/24\"}]\r\n}\r\n"
		state  = "{\"version\": 4, \"terraform_version\": \"1.9.0\", \"lineage\": \"x\", \"resources\": [\r\n{\"type\": \"aws_subnet\", \"mode\": \"managed\", \"name\": \"s\"," +
			" \"instances\": [{\"attributes\": {\"id\": \"subnet-1\"}}]}]}"
	)
	for _, c := range []struct {
		text   string
		order  binary.AppendByteOrder
		told   string
		column int
	}{
		{answer, binary.LittleEndian, `"subnet-1"`, 60},
		{answer, binary.BigEndian, `"subnet-1"`, 60},
		{state, binary.LittleEndian, `"s"`, 51},
	} {
		work, err := filepath.EvalSymlinks(t.TempDir())
		if err != nil {
			t.Fatal(err)
		}
		var b []byte
		for _, unit := range utf16.Encode([]rune("\ufeff" + c.text)) {
			b = c.order.AppendUint16(b, unit)
		}
		if err := os.WriteFile(filepath.Join(work, "network.json"), b, 0o644); err != nil {
			t.Fatal(err)
		}
		config := lint.Config{WorkDir: work, Paths: []string{"."}}
		config.Configured.Network = []lint.Pattern{{Glob: "network.json", Dir: work, From: "network"}}
		r, err := lint.Run(context.Background(), config)
		if err != nil {
			t.Fatal(err)
		}
		if len(r.Estate.Subnets) != 1 {
			t.Fatalf("%.40s tells of %d subnets", c.text, len(r.Estate.Subnets))
		}
		span := r.Estate.Subnets[0].Span()
		if at := span.File.Position(span.Start); span.Text() != c.told || at.Line != 2 || at.Column != c.column {
			t.Errorf("%.40s: %s at %d:%d", c.text, span.Text(), at.Line, at.Column)
		}
	}
}

// What the tree declares wins over facts, which fill in what it says nothing of; what facts say twice is believed only where
// they agree.
func TestFactsBesideDeclarations(t *testing.T) {
	const (
		public = `{"RouteTableId": "rtb-0a", "VpcId": "vpc-0a", "Routes": [{"DestinationCidrBlock": "0.0.0.0/0", "GatewayId": "igw-0a", "State": "active"}], "Associations": [`
		closed = `{"RouteTableId": "rtb-0b", "VpcId": "vpc-0a", "Routes": [{"DestinationCidrBlock": "10.0.0.0/16", "GatewayId": "local", "State": "active"}], "Associations": [`
		main   = `{"Main": true, "RouteTableAssociationId": "rtbassoc-0a", "RouteTableId": "rtb-0"}`
		own    = `{"Main": false, "RouteTableAssociationId": "rtbassoc-0b", "RouteTableId": "rtb-0", "SubnetId": "subnet-0a"}`
		subnet = `{"SubnetId": "subnet-0a", "VpcId": "vpc-0a", "CidrBlock": "10.0.1.0/24", "DefaultForAz": true, "MapPublicIpOnLaunch": true}`
		end    = `]}`
		// Notebooks in a subnet that the tree declares, and in one that it knows by its id.
		byID     = `resource "aws_sagemaker_notebook_instance" "n" { subnet_id = "subnet-0a" }`
		declared = `resource "aws_subnet" "s" {
  vpc_id     = "vpc-0a"
  cidr_block = "10.0.1.0/24"
}
resource "aws_sagemaker_notebook_instance" "n" { subnet_id = aws_subnet.s.id }
`
		associated = `resource "aws_route_table" "r" { vpc_id = "vpc-0a" }
resource "aws_route_table_association" "a" {
  subnet_id      = aws_subnet.s.id
  route_table_id = aws_route_table.r.id
}
`
		state = `{"version": 4, "terraform_version": "1.9.0", "lineage": "x", "resources": [{"mode": "managed", "type": "aws_subnet", "name": "s", "instances": [{"attributes": {"id": "subnet-0a"}}]}]}`
	)
	for name, c := range map[string]struct {
		main, state string
		facts       []string
		want        string
	}{
		"the default VPC is public":            {byID, "", []string{subnet + public + main + end}, "fail"},
		"the default VPC was closed":           {byID, "", []string{subnet + closed + main + end}, "pass"},
		"a table of its own, in any order":     {byID, "", []string{public + main + end, closed + own + end + subnet}, "pass"},
		"two tables":                           {byID, "", []string{closed + own + end, public + own + end}, "undecided"},
		"two main tables":                      {byID, "", []string{subnet, closed + main + end, public + main + end}, "undecided"},
		"one table told twice":                 {byID, "", []string{public + own + end, public + own + end}, "fail"},
		"a table that changed":                 {byID, "", []string{public + own + end, strings.Replace(closed, "rtb-0b", "rtb-0a", 1) + own + end}, "undecided"},
		"declared in a VPC that is told":       {declared, "", []string{public + main + end}, "fail"},
		"declared, and its VPC is not told":    {declared, "", []string{subnet}, "undecided"},
		"declared with a table":                {declared + associated, state, []string{public + own + ", " + main + end}, "pass"},
		"declared without, and it is told":     {declared, state, []string{closed + main + end, public + own + end}, "fail"},
		"declared, its id unknown, and told":   {declared, "", []string{closed + main + end, public + own + end}, "pass"},
		"by its id, and declared with a table": {strings.Replace(declared, "aws_subnet.s.id", `"subnet-0a"`, 1) + associated, state, []string{public + own + end}, "pass"},
	} {
		ar := &txtar.Archive{Files: []txtar.File{{Name: "facts/main.tf", Data: []byte(c.main)}}}
		if c.state != "" {
			ar.Files = append(ar.Files, txtar.File{Name: "facts/terraform.tfstate", Data: []byte(c.state)})
		}
		for i, text := range c.facts {
			ar.Files = append(ar.Files, txtar.File{Name: fmt.Sprintf("facts/network%d.json", i), Data: []byte(text)})
		}
		if got := verdictsOn(t, ar, "facts")["n"]; got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}
