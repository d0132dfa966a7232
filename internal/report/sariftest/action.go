package sariftest

import (
	_ "embed" // the script
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// ActionEnv names the environment variable that holds a directory with what GitHub's upload action is made of, as .ci/run
// installs it: the npm package jsonschema with SARIF's schema, and the action's own sources where they can be had.
const ActionEnv = "VPCLINT_SARIF_ACTION"

// noRoot stands for the root of a log whose files are on no disk.
const noRoot = "-"

//go:embed testdata/github.mjs
var actionScript []byte

// ValidateAction fails the test where GitHub's upload action would refuse a SARIF file, or would make another fingerprint of a
// result's line in a file under root than the one that stands in the file.
func ValidateAction(t testing.TB, log []byte, root string) {
	t.Helper()
	tools := os.Getenv(ActionEnv)
	if tools == "" {
		t.Logf("not checked as GitHub's action does: %s is not set", ActionEnv)
		return
	}
	problems, err := runAction(t.TempDir(), tools, log, root)
	if err != nil {
		t.Errorf("action: %v", err)
	}
	for _, problem := range problems {
		t.Errorf("action: %s", problem)
	}
}

func runAction(dir, tools string, log []byte, root string) (problems []string, err error) {
	script, input := filepath.Join(dir, "github.mjs"), filepath.Join(dir, "log.sarif")
	if err := os.WriteFile(script, actionScript, 0o600); err != nil {
		return nil, err
	}
	if err := os.WriteFile(input, log, 0o600); err != nil {
		return nil, err
	}
	cmd := exec.Command("node", script, tools, input, root)
	cmd.Stderr = os.Stderr
	said, err := cmd.Output()
	lines := strings.Split(strings.TrimSpace(string(said)), "\n")
	if last := len(lines) - 1; strings.HasPrefix(lines[last], "compared ") {
		lines = lines[:last]
	}
	return lines, err
}
