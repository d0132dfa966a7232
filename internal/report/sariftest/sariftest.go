// Package sariftest answers, for tests, whether a SARIF file is one that its readers accept: the official schema, a
// strict reader, GitHub's rules for uploads, and Microsoft's validator where it is installed.
//
// Its input is a file's bytes; its output are a test's errors. It must not know how vpclint makes its reports, so that
// it can judge them.
package sariftest

import (
	"bytes"
	_ "embed" // the validator's configuration
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"runtime"
	"strconv"
	"strings"
	"testing"

	reader "github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

// MultitoolEnv names the environment variable that holds the path of Microsoft's validator, the binary Sarif.Multitool
// of the npm package @microsoft/sarif-multitool-linux (or -darwin, -win32).
const MultitoolEnv = "VPCLINT_SARIF_MULTITOOL"

// Validate fails the test where a SARIF file is not valid, or not fit for GitHub code scanning.
func Validate(t testing.TB, log []byte) {
	t.Helper()
	if err := checkSchema(log); err != nil {
		t.Errorf("schema: %v", err)
	}
	if err := checkReader(log); err != nil {
		t.Errorf("go-sarif: %v", err)
	}
	ValidateUpload(t, log)
	ValidateAction(t, log, noRoot)
	multitool := os.Getenv(MultitoolEnv)
	if multitool == "" {
		t.Logf("not checked with Microsoft's validator: %s is not set", MultitoolEnv)
		return
	}
	problems, err := runMultitool(t.TempDir(), multitool, log)
	if err != nil {
		t.Errorf("multitool: %v", err)
	}
	for _, problem := range problems {
		t.Errorf("multitool: %s", problem)
	}
}

// checkSchema validates against the OASIS schema, of which go-sarif carries a copy.
func checkSchema(log []byte) error {
	text, err := schemaText()
	if err != nil {
		return err
	}
	schema, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
	if err != nil {
		return err
	}
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(log))
	if err != nil {
		return err
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	const address = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
	if err := c.AddResource(address, schema); err != nil {
		return err
	}
	compiled, err := c.Compile(address)
	if err != nil {
		return err
	}
	return compiled.Validate(document)
}

// schemaText reads the schema out of go-sarif's source, where it is an unexported constant: the reader's own validation
// sees only what it has read, so that a property it doesn't know would pass.
func schemaText() (string, error) {
	source, _ := runtime.FuncForPC(reflect.ValueOf(reader.NewReport).Pointer()).FileLine(0)
	parsed, err := parser.ParseFile(token.NewFileSet(), filepath.Join(filepath.Dir(source), "schema.go"), nil, 0)
	if err != nil {
		return "", fmt.Errorf("reading go-sarif's schema: %w", err)
	}
	object := parsed.Scope.Lookup("schema")
	if object == nil {
		return "", fmt.Errorf("go-sarif has no schema in %s", source)
	}
	value, ok := object.Decl.(*ast.ValueSpec)
	if !ok || len(value.Values) != 1 {
		return "", fmt.Errorf("go-sarif's schema is no constant")
	}
	return constant(value.Values[0])
}

// constant returns the string that a literal, or a sum of them, spells.
func constant(e ast.Expr) (string, error) {
	switch e := e.(type) {
	case *ast.BasicLit:
		return strconv.Unquote(e.Value)
	case *ast.BinaryExpr:
		left, err := constant(e.X)
		if err != nil {
			return "", err
		}
		right, err := constant(e.Y)
		return left + right, err
	}
	return "", fmt.Errorf("go-sarif's schema is a %T", e)
}

// checkReader reads the file with another implementation, and holds that nothing is lost: what it writes back has every
// property that the file has. The reader's own validation is of no use here: it fills in defaults that the schema refuses.
func checkReader(log []byte) error {
	report, err := reader.FromBytes(log, reader.WithStrictValidation())
	if err != nil {
		return err
	}
	back, err := json.Marshal(report)
	if err != nil {
		return err
	}
	var wrote, read any
	if err := json.Unmarshal(log, &wrote); err != nil {
		return err
	}
	if err := json.Unmarshal(back, &read); err != nil {
		return err
	}
	return contained(wrote, read, "")
}

// contained returns an error where want has something that got doesn't have. Arrays must match in length.
func contained(want, got any, path string) error {
	switch want := want.(type) {
	case map[string]any:
		got, _ := got.(map[string]any)
		for name, value := range want {
			if err := contained(value, got[name], path+"/"+name); err != nil {
				return err
			}
		}
		return nil
	case []any:
		got, _ := got.([]any)
		if len(got) != len(want) {
			return fmt.Errorf("%s: %d elements were read as %d", path, len(want), len(got))
		}
		for i, value := range want {
			if err := contained(value, got[i], path+"/"+strconv.Itoa(i)); err != nil {
				return err
			}
		}
		return nil
	}
	if want != got {
		return fmt.Errorf("%s: %v was read as %v", path, want, got)
	}
	return nil
}

//go:embed testdata/github.config.xml
var multitoolConfig []byte

// runMultitool returns the errors and warnings of Microsoft's validator. Its exit status says nothing: they stand in the
// SARIF file that it writes.
func runMultitool(dir, multitool string, log []byte) (problems []string, err error) {
	input, config, output := filepath.Join(dir, "in.sarif"), filepath.Join(dir, "config.xml"), filepath.Join(dir, "out.sarif")
	if err := os.WriteFile(input, log, 0o600); err != nil {
		return nil, err
	}
	if err := os.WriteFile(config, multitoolConfig, 0o600); err != nil {
		return nil, err
	}
	cmd := exec.Command(multitool, "validate", input, "-c", config, "--rule-kind", "Sarif;Ghas",
		"--level", "Error;Warning", "-o", output, "--log", "ForceOverwrite")
	cmd.Env = append(os.Environ(), "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1") // it needs libicu otherwise
	if said, err := cmd.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("%w: %s", err, said)
	}
	verdict, err := os.ReadFile(output)
	if err != nil {
		return nil, err
	}
	var parsed struct {
		Runs []struct {
			Invocations []struct{ ExecutionSuccessful bool }
			Results     []struct {
				RuleID    string
				Level     string
				Message   struct{ Arguments []string }
				Locations []struct {
					PhysicalLocation struct{ Region struct{ StartLine int } }
				}
			}
		}
	}
	if err := json.Unmarshal(bytes.TrimPrefix(verdict, []byte("\xef\xbb\xbf")), &parsed); err != nil {
		return nil, err
	}
	if len(parsed.Runs) == 0 {
		return nil, fmt.Errorf("its report has no run")
	}
	for _, run := range parsed.Runs {
		for _, r := range run.Results {
			line := 0
			if len(r.Locations) > 0 {
				line = r.Locations[0].PhysicalLocation.Region.StartLine
			}
			problems = append(problems, fmt.Sprintf("line %d: %s %s: %s", line, r.RuleID, r.Level, strings.Join(r.Message.Arguments, "; ")))
		}
	}
	return problems, nil
}
