package jobconfig

import (
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

// Nothing in testdata/lookalikes.txtar is a request, and nothing is said of it.
func TestOthers(t *testing.T) {
	archive, err := txtar.ParseFile("testdata/lookalikes.txtar")
	if err != nil {
		t.Fatal(err)
	}
	relevant := 0
	for _, f := range archive.Files {
		out := load(t, f.Name, string(f.Data))
		if len(out.Resources)+len(out.Findings)+len(out.Loaded) > 0 {
			t.Errorf("%s: found %v %v", f.Name, spots(out), out.Findings)
		}
		if marks.in(f.Data) {
			relevant++
		}
	}
	if relevant < len(archive.Files)/2 {
		t.Errorf("only %d of %d are looked into", relevant, len(archive.Files))
	}
}

// A skeleton that somebody has filled in is a request, comments and all.
func TestFilledIn(t *testing.T) {
	archive, err := txtar.ParseFile("testdata/lookalikes.txtar")
	if err != nil {
		t.Fatal(err)
	}
	skeleton := string(archive.Files[len(archive.Files)-1].Data)
	filled := strings.NewReplacer("TrainingJobName: ''", "TrainingJobName: nightly", "RoleArn: ''", "RoleArn: arn:aws:iam::111122223333:role/x").Replace(skeleton)
	out := load(t, "job.yaml", filled)
	if len(out.Resources) != 1 || out.Resources[0].Subject != "job.yaml:nightly" {
		t.Fatalf("found %v", spots(out))
	}
	if got := show(out.Resources[0].Props.Attr("VpcConfig").Attr("Subnets")); got != "[? it is left empty; fill it in or leave it out (maybe)]" {
		t.Errorf("its subnets are %s", got)
	}
}
