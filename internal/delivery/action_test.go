package delivery

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"

	"github.com/vpclint/vpclint/internal/cli"
)

// The program of these tests is vpclint where that is its name, so that a release can be made without building it.
func TestMain(m *testing.M) {
	if strings.TrimSuffix(filepath.Base(os.Args[0]), ".exe") == "vpclint" {
		os.Exit(cli.Main(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
	}
	os.Exit(m.Run())
}

// A release is what GitHub has of one: files by their names.
type release map[string][]byte

// archiveName is what .goreleaser.yaml calls the archive for this machine.
func archiveName(version string) string {
	ending := ".tar.gz"
	if runtime.GOOS == "windows" {
		ending = ".zip"
	}
	return fmt.Sprintf("vpclint_%s_%s_%s%s", version, runtime.GOOS, runtime.GOARCH, ending)
}

func sum(b []byte) string { return fmt.Sprintf("%x", sha256.Sum256(b)) }

// published makes a release of this program.
func published(t *testing.T) release {
	t.Helper()
	program, err := os.ReadFile(executable(t))
	if err != nil {
		t.Fatal(err)
	}
	return pack(t, program)
}

// light makes a release of a script that runs this program, where scripts are programs: it is downloaded many times.
func light(t *testing.T) release {
	t.Helper()
	if runtime.GOOS == "windows" {
		return published(t)
	}
	link := filepath.Join(t.TempDir(), "vpclint")
	if err := os.Symlink(executable(t), link); err != nil {
		t.Fatal(err)
	}
	return pack(t, []byte("#!/bin/sh\nexec '"+link+"' \"$@\"\n"))
}

func executable(t *testing.T) string {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return self
}

func pack(t *testing.T, program []byte) release {
	t.Helper()
	var b bytes.Buffer
	archive := tarball
	if runtime.GOOS == "windows" {
		archive = zipped
	}
	if err := archive(&b, program); err != nil {
		t.Fatal(err)
	}
	name := archiveName(cli.Version)
	checksums := fmt.Sprintf("%s  vpclint_%s_plan9_mips.tar.gz\n%s  %s\n%s  %s.sbom.json\n",
		sum(nil), cli.Version, sum(b.Bytes()), name, sum([]byte("{}")), name)
	return release{name: b.Bytes(), "checksums.txt": []byte(checksums)}
}

func tarball(b *bytes.Buffer, program []byte) error {
	gz, err := gzip.NewWriterLevel(b, gzip.NoCompression)
	if err != nil {
		return err
	}
	tw := tar.NewWriter(gz)
	for _, f := range []struct {
		name    string
		content []byte
	}{{"README.md", nil}, {"vpclint", program}} {
		if err := tw.WriteHeader(&tar.Header{Name: f.name, Mode: 0o755, Size: int64(len(f.content))}); err != nil {
			return err
		}
		if _, err := tw.Write(f.content); err != nil {
			return err
		}
	}
	return errors.Join(tw.Close(), gz.Close())
}

func zipped(b *bytes.Buffer, program []byte) error {
	z := zip.NewWriter(b)
	w, err := z.CreateHeader(&zip.FileHeader{Name: "vpclint.exe", Method: zip.Store})
	if err != nil {
		return err
	}
	_, err = w.Write(program)
	return errors.Join(err, z.Close())
}

// serve answers as GitHub's pages of releases do.
func (r release) serve(t *testing.T) string {
	mux := http.NewServeMux()
	serve := func(w http.ResponseWriter, req *http.Request) {
		b, ok := r[path.Base(req.URL.Path)]
		if !ok {
			http.NotFound(w, req)
			return
		}
		if _, err := w.Write(b); err != nil {
			t.Log(err) // whoever asked went away
		}
	}
	mux.HandleFunc("/vpclint/releases/download/v"+cli.Version+"/", serve)
	mux.HandleFunc("/vpclint/releases/latest/download/", serve)
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return server.URL + "/vpclint/releases"
}

// checkout is a repository of somebody's in which something is wrong, in a folder with a space in its name.
func checkout(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "work space")
	for name, content := range map[string]string{
		".git/HEAD":          "ref: refs/heads/main\n",
		"infra/main.tf":      "resource \"aws_sagemaker_notebook_instance\" \"lab\" {\n  direct_internet_access = var.access\n}\n",
		"infra/variables.tf": "variable \"access\" {\n  default = \"Enabled\"\n}\n",
		"open/main.tf":       "variable \"access\" {}\nresource \"aws_sagemaker_notebook_instance\" \"open\" {\n  direct_internet_access = var.access\n}\n",
		"a b/train.py":       "import sagemaker\nsagemaker.estimator.Estimator(image_uri=\"x\", role=\"r\", instance_count=1, instance_type=\"ml.m5.large\").fit()\n",
		"clean/notes.md":     "Nothing of ours.\n",
		"broken.yaml":        "profile: {\n",
	} {
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func newJob(t *testing.T, r release, inputs map[string]string) *job {
	t.Helper()
	all := map[string]string{"releases": r.serve(t)}
	for k, v := range inputs {
		all[k] = v
	}
	return &job{t: t, workspace: checkout(t), temp: t.TempDir(), inputs: all}
}

const upload = "github/codeql-action/upload-sarif"

// places are where a SARIF log has its results, with their rules.
func places(t *testing.T, name string) []string {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var log struct {
		Runs []struct {
			Results []struct {
				RuleID    string
				Locations []struct {
					PhysicalLocation struct {
						ArtifactLocation struct{ URI string }
						Region           struct{ StartLine int }
					}
				}
			}
		}
	}
	if err := json.Unmarshal(b, &log); err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, r := range log.Runs[0].Results {
		at := r.Locations[0].PhysicalLocation
		out = append(out, fmt.Sprintf("%s:%d %s", at.ArtifactLocation.URI, at.Region.StartLine, r.RuleID))
	}
	return out
}

// A job on a pull request: the release is installed, the lines are annotated, the summary is written, the log is uploaded, and
// the job doesn't fail on what code scanning shows.
func TestAction(t *testing.T) {
	j := newJob(t, published(t), nil)
	o := j.run()
	if o.failed {
		t.Fatalf("the action fails:\n%s", o.log)
	}
	found := places(t, o.outputs["sarif-file"])
	for _, want := range []string{"infra/main.tf:2 notebook-direct-internet", "a%20b/train.py:2 missing-vpc-config"} {
		if !strings.Contains(strings.Join(found, "\n"), want) {
			t.Errorf("the log has no %s, but %q", want, found)
		}
	}
	var report struct{ Findings []struct{ Path string } }
	if b, err := os.ReadFile(o.outputs["json-file"]); err != nil || json.Unmarshal(b, &report) != nil {
		t.Errorf("the JSON file is not there, or none: %v", err)
	}
	if got := o.outputs["findings"]; len(report.Findings) == 0 || got != strconv.Itoa(len(report.Findings)) {
		t.Errorf("%s findings, want %d", got, len(report.Findings))
	}
	if o.outputs["exit-code"] != "0" || o.outputs["version"] != cli.Version || o.outputs["undecided"] == "" {
		t.Errorf("the outputs are %q", o.outputs)
	}
	if !strings.Contains(o.log, "::error file=infra/main.tf,line=2") {
		t.Errorf("nothing is annotated:\n%s", o.log)
	}
	if !strings.Contains(o.summary, "notebook-direct-internet") || !strings.HasPrefix(o.summary, "### ") {
		t.Errorf("the summary is\n%s", o.summary)
	}
	if len(o.uses) != 1 || o.uses[0].action != upload {
		t.Fatalf("it uses %v", o.uses)
	}
	with := o.uses[0].with
	if with["sarif_file"] != o.outputs["sarif-file"] || with["category"] != "vpclint" || with["token"] != "the job's token" || o.uses[0].forgiven {
		t.Errorf("the upload gets %q", with)
	}
	if got, err := filepath.EvalSymlinks(filepath.FromSlash(with["checkout_path"])); err != nil || !samePath(t, got, j.workspace) {
		t.Errorf("the log's paths are relative to %s, and the upload takes them for relative to %s", j.workspace, with["checkout_path"])
	}
	again := j.run()
	if again.failed || again.outputs["sarif-file"] == o.outputs["sarif-file"] {
		t.Error("a second run in the job writes over the log of the first")
	}
}

func samePath(t *testing.T, a, b string) bool {
	t.Helper()
	x, err := os.Stat(a)
	if err != nil {
		t.Fatal(err)
	}
	y, err := os.Stat(b)
	if err != nil {
		t.Fatal(err)
	}
	return os.SameFile(x, y)
}

// What fails, and what is uploaded all the same.
func TestActionFails(t *testing.T) {
	r := light(t)
	fork := map[string]any{"pull_request.head.repo.fork": true}
	for name, row := range map[string]struct {
		inputs  map[string]string
		event   map[string]any
		refused string
		fails   bool
		uploads int
		exit    string
		says    string // in the log
	}{
		"uploaded":                {uploads: 1, exit: "0"},
		"not uploaded":            {inputs: map[string]string{"upload-sarif": "false"}, fails: true, exit: "1"},
		"neither":                 {inputs: map[string]string{"upload-sarif": "false", "fail-on": "never"}, exit: "0"},
		"asked to fail":           {inputs: map[string]string{"fail-on": "high"}, fails: true, uploads: 1, exit: "1", says: "::error title=vpclint::There is what"},
		"nothing as grave":        {inputs: map[string]string{"fail-on": "critical"}, uploads: 1, exit: "0"},
		"clean":                   {inputs: map[string]string{"upload-sarif": "false", "paths": "clean"}, exit: "0"},
		"refused":                 {refused: upload, fails: true, uploads: 1, exit: "0"},
		"refused on a fork":       {refused: upload, event: fork, uploads: 1, exit: "0"},
		"refused to Dependabot":   {refused: upload, event: map[string]any{"pull_request.user.login": "dependabot[bot]"}, uploads: 1, exit: "0"},
		"refused to a colleague":  {refused: upload, event: map[string]any{"pull_request.head.repo.fork": false, "pull_request.user.login": "ada"}, fails: true, uploads: 1, exit: "0"},
		"fails and is refused":    {refused: upload, inputs: map[string]string{"fail-on": "low"}, event: fork, fails: true, uploads: 1, exit: "1"},
		"no such path":            {inputs: map[string]string{"paths": "infro"}, fails: true, exit: "2", says: `::error title=vpclint::vpclint: "infro": no such path`},
		"several words in a path": {inputs: map[string]string{"paths": "infra clean"}, fails: true, exit: "2"},
		"broken configuration":    {inputs: map[string]string{"config": "broken.yaml"}, fails: true, exit: "2", says: "broken.yaml"},
		"unknown flag":            {inputs: map[string]string{"args": "--frobnicate"}, fails: true, exit: "2", says: "unknown flag"},
		"open quote":              {inputs: map[string]string{"args": "--select 'public-subnet"}, fails: true, says: "a quote is not closed"},
		"no such directory":       {inputs: map[string]string{"working-directory": "nowhere"}, fails: true, says: "there is no nowhere"},
		"neither true nor false":  {inputs: map[string]string{"upload-sarif": "yes"}, fails: true, says: "use true or false"},
		"undecided verdicts fail": {inputs: map[string]string{"args": "--undecided=fail", "paths": "open"}, fails: true, uploads: 1, exit: "1"},
	} {
		t.Run(name, func(t *testing.T) {
			j := newJob(t, r, row.inputs)
			j.event, j.refused = row.event, row.refused
			o := j.run()
			if o.failed != row.fails || len(o.uses) != row.uploads || o.outputs["exit-code"] != row.exit {
				t.Errorf("fails: %t, want %t; uploads: %d, want %d; exit code %q, want %q\n%s",
					o.failed, row.fails, len(o.uses), row.uploads, o.outputs["exit-code"], row.exit, o.log)
			}
			if !strings.Contains(o.log, row.says) {
				t.Errorf("the log doesn't say %q:\n%s", row.says, o.log)
			}
			if row.exit == "2" && !strings.HasPrefix(o.summary, "### vpclint failed\n\n    vpclint: ") {
				t.Errorf("the summary is\n%s", o.summary)
			}
			if row.exit != "" && row.exit != "2" && len(places(t, o.outputs["sarif-file"])) == 0 && name != "clean" {
				t.Error("the log has no results")
			}
		})
	}
}

// What the workflow gives reaches vpclint word by word, and nothing of it is run.
func TestActionInputs(t *testing.T) {
	r := light(t)
	for name, row := range map[string]struct {
		inputs  map[string]string
		want    []string
		without []string
	}{
		"paths":        {map[string]string{"paths": "a b\ninfra/main.tf\n"}, []string{"a%20b/train.py:2 missing-vpc-config", "infra/main.tf:2 notebook-direct-internet"}, nil},
		"paths of CR":  {map[string]string{"paths": "a b\r\nclean\r\n"}, []string{"a%20b/train.py:2 missing-vpc-config"}, []string{"infra/main.tf:2 notebook-direct-internet"}},
		"folder":       {map[string]string{"working-directory": "infra"}, []string{"infra/main.tf:2 notebook-direct-internet"}, []string{"a%20b/train.py:2 missing-vpc-config"}},
		"words":        {map[string]string{"args": `--exclude "a b/**" --select=notebook-direct-internet,missing-vpc-config`}, []string{"infra/main.tf:2 notebook-direct-internet"}, []string{"a%20b/train.py:2 missing-vpc-config"}},
		"lines":        {map[string]string{"args": "--var\naccess=Disabled\n"}, []string{"a%20b/train.py:2 missing-vpc-config"}, []string{"infra/main.tf:2 notebook-direct-internet"}},
		"severity":     {map[string]string{"min-severity": "high"}, []string{"infra/main.tf:2 notebook-direct-internet"}, []string{"infra/main.tf:1 notebook-root-access"}},
		"no expansion": {map[string]string{"args": "--exclude '$(touch hit)`touch hit`;touch hit' --exclude *.zip"}, []string{"infra/main.tf:2 notebook-direct-internet"}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			j := newJob(t, r, row.inputs)
			o := j.run()
			if o.failed {
				t.Fatalf("the action fails:\n%s", o.log)
			}
			found := "\n" + strings.Join(places(t, o.outputs["sarif-file"]), "\n") + "\n"
			for _, want := range row.want {
				if !strings.Contains(found, "\n"+want+"\n") {
					t.Errorf("the log has no %s, but%s", want, found)
				}
			}
			for _, other := range row.without {
				if strings.Contains(found, "\n"+other+"\n") {
					t.Errorf("the log has %s", other)
				}
			}
			if _, err := os.Stat(filepath.Join(j.workspace, "hit")); err == nil {
				t.Error("an input is run")
			}
		})
	}
}

// What is downloaded is what its release says, or nothing is run.
func TestActionInstall(t *testing.T) {
	right := light(t)
	name := archiveName(cli.Version)
	changed := func(file string, content []byte) release {
		r := release{}
		for k, v := range right {
			r[k] = v
		}
		if r[file] = content; content == nil {
			delete(r, file)
		}
		return r
	}
	other := strings.Replace(string(right["checksums.txt"]), sum(right[name]), sum([]byte("another")), 1)
	for title, row := range map[string]struct {
		release release
		inputs  map[string]string
		env     []string
		fails   string // with these words
	}{
		"as it is":               {release: right},
		"latest":                 {release: right, inputs: map[string]string{"version": "latest"}},
		"pinned":                 {release: right, inputs: map[string]string{"sha256": sum([]byte("of another system")) + "\n" + strings.ToUpper(sum(right[name])) + "\n"}},
		"pinned to another":      {release: right, inputs: map[string]string{"sha256": sum([]byte("another"))}, fails: "which the input sha256 doesn't list"},
		"changed archive":        {release: changed(name, append([]byte("x"), right[name]...)), fails: "is not what its release says"},
		"changed sum":            {release: changed("checksums.txt", []byte(other)), fails: "is not what its release says"},
		"no sum":                 {release: changed("checksums.txt", []byte(sum(nil)+"  x"+name+"\n")), fails: "has no sum of " + name},
		"two sums":               {release: changed("checksums.txt", append([]byte(sum(nil)+"  "+name+"\n"), right["checksums.txt"]...)), fails: "has no sum of " + name},
		"no checksums":           {release: changed("checksums.txt", nil), fails: "can't download"},
		"no archive":             {release: changed(name, nil), fails: "can't download"},
		"no such version":        {release: right, inputs: map[string]string{"version": "99.0.0"}, fails: "can't download"},
		"latest has nothing":     {release: changed("checksums.txt", []byte(sum(nil)+"  vpclint_0.1.0_plan9_mips.tar.gz\n")), inputs: map[string]string{"version": "latest"}, fails: "the latest release has nothing for"},
		"no version":             {release: right, inputs: map[string]string{"version": "newest"}, fails: "use X.Y.Z, latest, installed or source"},
		"a version that escapes": {release: right, inputs: map[string]string{"version": "0.1.0/../../x;touch hit"}, fails: "is no version"},
		"unknown machine":        {release: right, env: []string{"RUNNER_ARCH=ARM"}, fails: "there is no release for ARM"},
		"unknown system":         {release: right, env: []string{"RUNNER_OS=Plan9"}, fails: "there is no release for Plan9"},
		"not a program":          {release: pack(t, []byte("#!/bin/sh\necho vpclint 99.0.0\n")), fails: "this is vpclint 99.0.0, and not " + cli.Version},
	} {
		t.Run(title, func(t *testing.T) {
			if title == "not a program" && runtime.GOOS == "windows" {
				t.Skip("a script is no program on Windows")
			}
			j := newJob(t, row.release, row.inputs)
			j.env = row.env
			o := j.run()
			if o.failed != (row.fails != "") {
				t.Fatalf("fails: %t\n%s", o.failed, o.log)
			}
			if row.fails != "" && (!strings.Contains(o.log, "::error title=vpclint::") || !strings.Contains(o.log, row.fails)) {
				t.Errorf("the log doesn't say %q:\n%s", row.fails, o.log)
			}
			if ran := strings.Join(o.ran, ", "); (ran == "Install vpclint") != o.failed {
				t.Errorf("it ran %s", ran)
			}
		})
	}
}

// The program on the PATH, and one that is built of the action's own commit.
func TestActionOwnProgram(t *testing.T) {
	t.Run("installed", func(t *testing.T) {
		bin := t.TempDir()
		self := executable(t)
		copyFile(t, self, filepath.Join(bin, "vpclint"+strings.TrimSuffix(filepath.Ext(self), ".test")))
		j := newJob(t, release{}, map[string]string{"version": "installed"})
		j.env = []string{"PATH=" + bin + string(os.PathListSeparator) + os.Getenv("PATH")}
		if o := j.run(); o.failed || o.outputs["version"] != cli.Version || o.outputs["findings"] == "0" {
			t.Errorf("the outputs are %q\n%s", o.outputs, o.log)
		}
	})
	t.Run("source", func(t *testing.T) {
		if testing.Short() {
			t.Skip("it builds vpclint")
		}
		if _, err := exec.LookPath("go"); err != nil {
			t.Skip("go is not on the PATH")
		}
		j := newJob(t, release{}, map[string]string{"version": "source"})
		o := j.run()
		if o.failed || o.outputs["version"] != cli.Version || o.outputs["findings"] == "0" {
			t.Errorf("the outputs are %q\n%s", o.outputs, o.log)
		}
		if len(o.uses) != 2 || o.uses[0].action != "actions/setup-go" {
			t.Errorf("it uses %v", o.uses)
		}
	})
}

func copyFile(t *testing.T, from, to string) {
	t.Helper()
	in, err := os.Open(from)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_WRONLY, 0o755)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.Copy(out, in); err != nil {
		t.Fatal(err)
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
}

// No expression stands in a script: what it brings would be run.
func TestActionScripts(t *testing.T) {
	var a action
	decode(t, "action.yml", &a)
	for _, s := range a.Runs.Steps {
		if strings.Contains(s.Run, "${{") {
			t.Errorf("%s: an expression stands in its script", s.Name)
		}
		if s.Uses != "" && !pinned.MatchString(s.Uses) {
			t.Errorf("%s: %s is not pinned by its commit", s.Name, s.Uses)
		}
	}
	if a.Inputs["version"].Default != cli.Version {
		t.Errorf("the action runs %s by default, and its commit is %s", a.Inputs["version"].Default, cli.Version)
	}
}
