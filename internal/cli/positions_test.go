package cli_test

import (
	"encoding/json"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/vpclint/vpclint/internal/report/sariftest"
	"github.com/vpclint/vpclint/internal/sarif"
)

// odd are characters that one column-counting scheme or another gets wrong: decomposed and joined ones, astral ones, tabs,
// wide ones, and ones that turn the reading direction.
const odd = "e\u0301 \u00e9 \U0001D11E \U0001F468\u200d\U0001F469\u200d\U0001F467 \t 学 \u202e\u2066 \u0e33 \U0001F1E9\U0001F1EA"

// A spelling is one language, with what stands before the token in the same line. It is one line, so that every line end can follow.
type spelling struct {
	file, token string
	write       func(before string) string
}

func spellings() []spelling {
	const estimator = `est = Estimator("image", "role", 1, "ml.m5.large", enable_network_isolation=False)`
	code := func(before string) string {
		return "from sagemaker.estimator import Estimator\n" + `"` + before + `"; ` + estimator + "\n"
	}
	notebook := func(before string, quote func(string) string) string {
		return "{\n \"cells\": [\n  {\n   \"cell_type\": \"code\",\n   \"metadata\": {},\n   \"outputs\": [],\n   \"execution_count\": null,\n   \"source\": [\n    " +
			quote("from sagemaker.estimator import Estimator\n") + ",\n    " + quote("'"+before+"\"'; "+estimator) +
			"\n   ]\n  }\n ],\n \"metadata\": {},\n \"nbformat\": 4,\n \"nbformat_minor\": 5\n}\n"
	}
	return []spelling{
		{"main.tf", `"Enabled"`, func(before string) string {
			return "resource \"aws_sagemaker_notebook_instance\" \"n\" {\n  name = \"n\"\n/* " + before + " */ direct_internet_access = \"Enabled\"\n}\n"
		}},
		{"template.yaml", "Enabled", func(before string) string {
			return "Resources:\n  N:\n    Type: AWS::SageMaker::NotebookInstance\n    Properties: {NotebookInstanceName: \"" +
				strings.ReplaceAll(before, "\t", `\t`) + "\", DirectInternetAccess: Enabled}\n"
		}},
		{"template.json", `"Enabled"`, func(before string) string {
			return "{\"Resources\": {\n \"N\": {\"Type\": \"AWS::SageMaker::NotebookInstance\",\n  \"Properties\": {\"NotebookInstanceName\": " +
				quoteJSON(before) + ", \"DirectInternetAccess\": \"Enabled\"}}}}\n"
		}},
		{"train.py", "False", code},
		{"plain.ipynb", "False", func(before string) string { return notebook(before, quoteJSON) }},
		{"escaped.ipynb", "False", func(before string) string { return notebook(before, quoteASCII) }},
		{"create.sh", "Enabled", func(before string) string {
			return "#!/bin/bash\necho '" + before + "'; aws sagemaker create-notebook-instance --notebook-instance-name n --role-arn r --direct-internet-access Enabled\n"
		}},
	}
}

func quoteJSON(text string) string {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(text); err != nil {
		panic(err)
	}
	return strings.TrimSpace(b.String())
}

// quoteASCII escapes as Python's json.dump does, astral characters as two.
func quoteASCII(text string) string {
	var b strings.Builder
	for _, r := range quoteJSON(text) {
		if r < 0x80 {
			b.WriteRune(r)
			continue
		}
		for _, unit := range utf16.Encode([]rune{r}) {
			fmt.Fprintf(&b, `\u%04x`, unit)
		}
	}
	return b.String()
}

// TestSARIFPositions holds, in every language, that a region is the token that a finding is about, counted in UTF-16 code units
// by a count of its own, and that the address is that of the file on the disk.
func TestSARIFPositions(t *testing.T) {
	dir := t.TempDir()
	want := map[string]string{}
	add := func(name, content, token string) {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Skip(err) // not every file system has such names
		}
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Skip(err)
		}
		want[name] = token
	}
	for _, s := range spellings() {
		for _, name := range []string{
			"with  blank", "\u00fc-composed", "u\u0308-composed", "a#b", "50%25", "100%", "what?", "c:d", "file:", "学習", "\U0001F468\u200d\U0001F469\u200d\U0001F467",
			"[x](1)", "{0}", "a&b;c", `'"`, `back\slash`, "~", "+", "tab\there", "line\nbreak", "%2e%2e", "...",
		} {
			add("names/"+name+"/"+s.file, s.write(""), s.token)
			add(name+"/deep/x"+name+s.file, s.write(""), s.token)
		}
		for end, lineEnd := range map[string]string{"lf": "\n", "crlf": "\r\n"} {
			for mark, bom := range map[string]string{"": "", "bom": "\ufeff"} {
				if bom != "" && (s.file == "create.sh" || strings.HasSuffix(s.file, ".ipynb")) {
					continue // neither is one with a mark
				}
				for i, before := range []string{"", odd, strings.Repeat("\U0001D11E", 500), "é\u0301\u0301"} {
					content := bom + strings.ReplaceAll(s.write(before), "\n", lineEnd)
					add(fmt.Sprintf("lines/%s%s/%d/%s", end, mark, i, s.file), content, s.token)
				}
			}
		}
	}
	// Python and CloudFormation have a lone CR for a line end; HCL refuses it.
	for _, s := range spellings()[1:4] {
		add("lines/cr/"+s.file, strings.ReplaceAll(s.write(odd), "\n", "\r"), s.token)
	}
	t.Chdir(dir)
	log, _ := check(t, "check", "-q", "--select", "notebook-direct-internet,network-isolation-off", "--format", "sarif")
	sariftest.Validate(t, log)
	sariftest.ValidateAction(t, log, dir)
	var parsed sarif.Log
	if err := json.Unmarshal(log, &parsed); err != nil {
		t.Fatal(err)
	}
	for _, r := range parsed.Runs[0].Results {
		l := r.Locations[0].PhysicalLocation
		path, err := url.PathUnescape(l.ArtifactLocation.URI)
		if err != nil {
			t.Fatal(err)
		}
		token, ok := want[path]
		if !ok {
			t.Errorf("nothing was to be found in %q, or not twice: %s", path, r.Message.Text)
			continue
		}
		delete(want, path)
		if got := textAt(t, filepath.Join(dir, path), l.Region); got != token {
			t.Errorf("%q: the region %+v is %q, want %q", path, l.Region, got, token)
		}
	}
	for path := range want {
		t.Errorf("nothing was found in %q", path)
	}
}

var lineEnds = regexp.MustCompile("\r\n|\r|\n")

// textAt returns what stands in a region of a file.
func textAt(t *testing.T, path string, r sarif.Region) string {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	lines := lineEnds.Split(strings.TrimPrefix(string(content), "\ufeff"), -1)
	if r.StartLine != r.EndLine || r.StartLine < 1 || r.StartLine > len(lines) {
		t.Errorf("%q: region %+v of %d lines", path, r, len(lines))
		return ""
	}
	units := utf16.Encode([]rune(lines[r.StartLine-1]))
	if r.StartColumn < 1 || r.EndColumn < r.StartColumn || r.EndColumn > len(units)+1 {
		t.Errorf("%q: region %+v of %d units", path, r, len(units))
		return ""
	}
	return string(utf16.Decode(units[r.StartColumn-1 : r.EndColumn-1]))
}
