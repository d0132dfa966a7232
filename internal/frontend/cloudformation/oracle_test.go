package cloudformation_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/vpclint/vpclint/internal/frontend/cloudformation"
	"github.com/vpclint/vpclint/internal/source"
)

var record = flag.Bool("record", false, "write down what the installed cfn-lint says of testdata/templates")

// recordedVersion is the cfn-lint whose readings are recorded in testdata/cfnlint.
const recordedVersion = "1.51.0"

// An oracle is what cfn-lint says of templates, see testdata/deployments.py.
type oracle struct {
	Version  string
	Pseudo   map[string]string
	Readings map[string]*reading
}

// A reading is what cfn-lint says of one template.
type reading struct {
	// Failed says why there is nothing else.
	Failed string `json:",omitempty"`
	// Decoded is the template itself.
	Decoded json.RawMessage
	// Scenarios are the feasible combinations of conditions where no parameter has a default; all of them where Complete.
	Scenarios   []map[string]bool
	Complete    bool
	Deployments []recordedDeployment
	// Resources are what Deployments refer to.
	Resources []recordedResource
}

// A recordedDeployment is a template with certain parameters.
type recordedDeployment struct {
	Parameters map[string]string
	Conditions map[string]bool
	Resources  map[string]int
}

type recordedResource struct {
	Type string
	// There is nil where cfn-lint can't tell.
	There      *bool
	Properties any
}

// ask runs cfn-lint over templates.
func ask(t *testing.T, files []string) *oracle {
	t.Helper()
	cmd := exec.Command("python3", append([]string{"testdata/deployments.py"}, files...)...)
	var errs bytes.Buffer
	cmd.Stderr = &errs
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("cfn-lint: %v\n%s", err, errs.String())
	}
	o := &oracle{}
	decode(t, out, o)
	return o
}

// decode reads JSON, and leaves its numbers as they are written.
func decode(t failer, b []byte, into any) {
	t.Helper()
	d := json.NewDecoder(bytes.NewReader(b))
	d.UseNumber()
	if err := d.Decode(into); err != nil {
		t.Fatal(err)
	}
}

// installed skips the test where cfn-lint isn't.
func installed(t *testing.T) {
	t.Helper()
	out, err := exec.Command("python3", "-c", "import cfnlint; print(cfnlint.version.__version__)").Output()
	if err != nil {
		t.Skip("no python3 with cfn-lint here")
	}
	if version := strings.TrimSpace(string(out)); version != recordedVersion {
		t.Skipf("the recordings are of cfn-lint %s, here is %s", recordedVersion, version)
	}
}

// templates returns the templates that are recorded.
func templates(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("testdata/templates/*")
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// recording returns the name of the file that holds what cfn-lint says of a template.
func recording(file string) string { return "testdata/cfnlint/" + filepath.Base(file) + ".json" }

// recorded returns all that is recorded.
func recorded(t *testing.T) *oracle {
	t.Helper()
	o := &oracle{Readings: map[string]*reading{}}
	read := func(name string, into any) {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatalf("%v (go test -record writes it)", err)
		}
		decode(t, b, into)
	}
	read("testdata/cfnlint.json", o)
	for _, file := range templates(t) {
		r := &reading{}
		read(recording(file), r)
		o.Readings[file] = r
	}
	return o
}

// The recordings are what the installed cfn-lint says.
func TestRecordings(t *testing.T) {
	if testing.Short() {
		t.Skip("cfn-lint takes half a minute")
	}
	installed(t)
	files := templates(t)
	o := ask(t, files)
	if o.Version != recordedVersion {
		t.Fatalf("cfn-lint is %s", o.Version)
	}
	want := map[string]any{"testdata/cfnlint.json": map[string]any{"Version": o.Version, "Pseudo": o.Pseudo}}
	for _, file := range files {
		if r := o.Readings[file]; r == nil || r.Failed != "" {
			t.Errorf("%s: cfn-lint can't read it: %v", file, r)
			continue
		}
		want[recording(file)] = o.Readings[file]
	}
	for name, said := range want {
		var b bytes.Buffer
		e := json.NewEncoder(&b)
		e.SetEscapeHTML(false)
		if err := e.Encode(said); err != nil {
			t.Fatal(err)
		}
		if *record {
			if err := os.WriteFile(name, b.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		if got, err := os.ReadFile(name); err != nil || !bytes.Equal(got, b.Bytes()) {
			t.Errorf("%s is not what cfn-lint says (go test -record writes it): %v", name, err)
		}
	}
	kept, err := filepath.Glob("testdata/cfnlint/*")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range kept {
		if want[name] == nil {
			t.Errorf("%s is the recording of no template", name)
		}
	}
}

// What cfn-lint resolves is contained in what the front-end says, in every scenario and deployment.
func TestAgreesWithCfnLint(t *testing.T) {
	o, sum := recorded(t), newTally()
	for _, file := range templates(t) {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		o.compare(t, file, content, sum, t.Errorf)
	}
	t.Log(sum, sum.why())
	// So that the comparison can't quietly become one of nothing.
	if sum.templates < least.templates || sum.scenarios < least.scenarios || sum.deployments < least.deployments ||
		sum.known[given] < least.told[given] || sum.known[plain] < least.told[plain] || sum.known[varying] < least.told[varying] {
		t.Errorf("too little was compared: %s", sum)
	}
}

// least is what is compared at least.
var least = tally{templates: 88, scenarios: 190, deployments: 500, told: map[mode]int{given: 8500, plain: 3000, varying: 6000}}

// The same for the templates of a directory of public repositories, which VPCLINT_TEMPLATES names.
func TestPublicTemplates(t *testing.T) {
	dir := os.Getenv("VPCLINT_TEMPLATES")
	if dir == "" {
		t.Skip("VPCLINT_TEMPLATES names no directory of templates")
	}
	installed(t)
	var files []string
	contents := map[string][]byte{}
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() || !(cloudformation.Frontend{}).Match(name) {
			return err
		}
		b, err := os.ReadFile(name)
		if err != nil || len(b) > maxPublic || blankEnd.Match(b) {
			return err
		}
		f := source.NewFile(name, b)
		if (cloudformation.Frontend{}).Relevant(f) && len(load(t, nil, f).Loaded) == 1 {
			files = append(files, name)
			contents[name] = b
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	sum, unread := newTally(), map[string]int{}
	for some := range slices.Chunk(files, atOnce) {
		o := ask(t, some)
		for _, file := range some {
			if r := o.Readings[file]; r == nil || r.Failed != "" {
				unread[fmt.Sprintf("%v", r)]++
				continue
			}
			o.compare(t, file, contents[file], sum, t.Errorf)
		}
	}
	t.Log(sum, sum.why())
	for _, why := range sorted(unread) {
		t.Logf("%d templates that cfn-lint can't read: %s", unread[why], why)
	}
}

// blankEnd matches a file that ends with spaces instead of a line break: our YAML library adds one to a block scalar there.
var blankEnd = regexp.MustCompile(`\n[ \t]+$`)

// Templates that are larger are passed over, and so many are read at once.
const (
	maxPublic = 1 << 20
	atOnce    = 40
)
