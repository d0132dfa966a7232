package cli

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/vpclint/vpclint/internal/report"
	"github.com/vpclint/vpclint/internal/secret"
)

// fail writes the SARIF reports that were asked for of a run that failed: they say so, and hold no result. A step that uploads
// them would find no file otherwise, or one of an earlier run, which says nothing of this one. GitHub closes no alert for
// them: it refuses a run that was not successful.
//
// What goes wrong here is not told: the failure that led here is what the user has to know.
func (a *app) fail(outs []target, failure error) {
	for _, o := range outs {
		if o.format != "sarif" {
			continue
		}
		run := &report.Run{Version: Version, ExitCode: exitFailed, Failed: true, Failure: failureText(failure)}
		var b bytes.Buffer
		if err := report.SARIF(&b, run, report.SARIFOptions{}); err != nil {
			continue
		}
		switch {
		case o.file == "" && a.stdout.written == 0:
			_, _ = a.stdout.Write(b.Bytes())
		case o.file != "" && replaceable(o.file):
			_ = os.WriteFile(o.file, b.Bytes(), 0o644)
		}
	}
}

// failureText says what went wrong without what differs from machine to machine.
func failureText(failure error) string {
	text := secret.Mask(failure.Error())
	if wd, err := os.Getwd(); err == nil {
		text = strings.ReplaceAll(text, filepath.Clean(wd)+string(filepath.Separator), "")
	}
	return strings.Join(slices.Collect(strings.Lines(text)), " ")
}

// replaceable reports whether a failed run may write over a file: it isn't there, or it is empty, or a report. It was not found out
// whether it is one of those that were to be checked.
func replaceable(name string) bool {
	f, err := os.Open(name)
	if os.IsNotExist(err) {
		return true
	}
	if err != nil {
		return false
	}
	defer f.Close()
	const enough = 512
	head, err := io.ReadAll(io.LimitReader(f, enough))
	if err != nil {
		return false
	}
	return len(head) == 0 || bytes.Contains(head, []byte("sarif-2.1.0"))
}
