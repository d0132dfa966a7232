package config_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/vpclint/vpclint/internal/config"
	"github.com/vpclint/vpclint/internal/source"
)

func suggest(word string, names []string) string { return "" }

func parse(text string) (*config.Config, error) {
	return config.Parse(source.NewFile(config.Name, []byte(text)), "/repo", suggest)
}

const whole = `profile: strict
rules:
  missing-vpc-config: {severity: medium}
  public-subnet: {enabled: false}
network: [network/*.json]
audit: ["jobs/**/*.json"]
terraform: {var-files: [prod.tfvars]}
cloudformation: {parameters: {Private: "true", Count: 3, On: true}}
exclude: [examples/**]
approved: {subnets: [subnet-0123456789abcdef0], security-groups: []}
`

func TestParse(t *testing.T) {
	got, err := parse(whole)
	if err != nil {
		t.Fatal(err)
	}
	no := false
	text := func(s string) config.Text { return config.Text{Text: s} }
	want := &config.Config{
		Path: config.Name, Dir: "/repo", Profile: text("strict"),
		Rules: []config.Rule{
			{Slug: text("missing-vpc-config"), Severity: text("medium")},
			{Slug: text("public-subnet"), Enabled: &no},
		},
		Network: []config.Text{text("network/*.json")}, Audit: []config.Text{text("jobs/**/*.json")},
		VarFiles: []config.Text{text("prod.tfvars")}, Exclude: []config.Text{text("examples/**")},
		Parameters: []config.Parameter{
			{Name: text("Private"), Value: text("true")}, {Name: text("Count"), Value: text("3")}, {Name: text("On"), Value: text("true")},
		},
	}
	want.ApprovedSubnets = &config.List{Texts: []config.Text{text("subnet-0123456789abcdef0")}}
	want.ApprovedSecurityGroups = &config.List{}
	if diff := cmp.Diff(want, got, cmpopts.IgnoreFields(config.Text{}, "At")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if place := got.Audit[0].Place(); place != ".vpclint.yaml:6:9" {
		t.Errorf("audit is at %s", place)
	}
}

// A file that says nothing asks for nothing.
func TestParseEmpty(t *testing.T) {
	for _, text := range []string{"", "\n", "# nothing yet\n", "---\n", "{}\n", "profile:\nnetwork: []\n"} {
		got, err := parse(text)
		if err != nil {
			t.Errorf("%q: %v", text, err)
			continue
		}
		if diff := cmp.Diff(&config.Config{Path: config.Name, Dir: "/repo"}, got); diff != "" {
			t.Errorf("%q asks for something (-want +got):\n%s", text, diff)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	for text, want := range map[string]string{
		"- profile":                       ".vpclint.yaml:1:1: the configuration must be a mapping, and is a sequence",
		"profile: strict\n---\naudit: []": ".vpclint.yaml:3:1: there is a second document; a configuration is one",
		"profile: [":                      ".vpclint.yaml:1:",
		"rules: {public-subnet: }":        ".vpclint.yaml:1:9: rules.public-subnet says nothing; give it enabled or severity",
		"{[a]: b}":                        ".vpclint.yaml:1:2: a key of the configuration is no name",
		"network: ['']":                   ".vpclint.yaml:1:11: network[0] is empty",
		"exclude: ['{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}']": ".vpclint.yaml:1:11: exclude: \"{a,b}{a,b}",
		"ignore: [" + strings.Repeat("{rule: x, reason: y}, ", 1001) + "]":     ".vpclint.yaml:1:22010: ignore has more than 1000 entries",
		"ignore: {rule: x}":                           ".vpclint.yaml:1:9: ignore must be a list, and is a mapping",
		"approved: {subnets: [sg-0123456789abcdef0]}": ".vpclint.yaml:1:22: approved.subnets: \"sg-0123456789abcdef0\" is no id such as subnet-0123456789abcdef0",
		"approved: {groups: []}":                      ".vpclint.yaml:1:12: unknown key approved.groups; there are subnets, security-groups",
	} {
		_, err := parse(text)
		var errs config.Errors
		if !errors.As(err, &errs) || !strings.HasPrefix(errs[0], want) {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
}

func TestFind(t *testing.T) {
	root, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	deep := filepath.Join(root, "a", "b")
	if err := os.MkdirAll(deep, 0o755); err != nil {
		t.Fatal(err)
	}
	write := func(path string) string {
		path = filepath.Join(root, path)
		if err := os.WriteFile(path, []byte("profile: strict\n"), 0o644); err != nil {
			t.Fatal(err)
		}
		return path
	}
	find := func(workdir, root, want string) {
		t.Helper()
		if got, err := config.Find(workdir, root); err != nil || got != want {
			t.Errorf("%q, %v, want %q", got, err, want)
		}
	}
	find(deep, root, "")
	top := write(config.Name)
	find(deep, root, top)
	find(deep, filepath.Join(root, "a"), "") // beyond the repository
	find(filepath.Dir(root), root, "")       // at work elsewhere
	near := write("a/" + config.Name)
	find(deep, root, near)
	if _, err := config.Read(near, "a/"+config.Name, root, suggest); err != nil {
		t.Error(err)
	}
	// What is found may be a link to anywhere.
	outside := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(outside, []byte("root:x:0:0"), 0o644); err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(deep, config.Name)
	if err := os.Symlink(outside, link); err != nil {
		t.Skip(err)
	}
	if _, err := config.Read(link, config.Name, root, suggest); err == nil || strings.Contains(err.Error(), "x:0") {
		t.Errorf("a link out of the repository was read: %v", err)
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(whole))
	f.Add([]byte("ignore: [{rule: a, until: 2027-01-31, reason: b}]\nrules: {a: {severity: low, enabled: no}}\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		c, err := config.Parse(source.NewFile(config.Name, b), "/repo", suggest)
		if (c == nil) == (err == nil) {
			t.Error("neither a configuration nor an error, or both")
		}
	})
}
