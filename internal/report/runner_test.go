package report_test

import (
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
)

// A runnerCommand is what GitHub's runner understands of a line.
type runnerCommand struct {
	Name       string
	Properties map[string]string
	Data       string
}

// registered are the commands that the runner obeys: actions/runner, src/Runner.Worker/ActionCommandManager.cs.
var registered = []string{
	"internal-set-repo-path", "set-env", "set-output", "save-state", "add-path", "add-mask", "add-matcher", "remove-matcher",
	"debug", "warning", "error", "notice", "group", "endgroup", "echo", "stop-commands",
}

// obey returns what the runner does on a line of a step's output: actions/runner, src/Runner.Common/ActionCommand.cs. There are two
// spellings: "::name properties::data" after blanks only, and "##[name properties]data" anywhere.
func obey(line string) (runnerCommand, bool) {
	if rest, ok := strings.CutPrefix(strings.TrimLeftFunc(line, unicode.IsSpace), "::"); ok {
		if info, data, ok := strings.Cut(rest, "::"); ok {
			if c, ok := understand(info, ","); ok {
				c.Data = unescape(data, "%0D", "\r", "%0A", "\n", "%25", "%")
				for name, value := range c.Properties {
					c.Properties[name] = unescape(value, "%0D", "\r", "%0A", "\n", "%3A", ":", "%2C", ",", "%25", "%")
				}
				return c, true
			}
		}
	}
	if _, rest, ok := strings.Cut(line, "##["); ok {
		if info, data, ok := strings.Cut(rest, "]"); ok {
			if c, ok := understand(info, ";"); ok {
				c.Data = unescape(data, "%3B", ";", "%0D", "\r", "%0A", "\n", "%5D", "]", "%25", "%")
				return c, true
			}
		}
	}
	return runnerCommand{}, false
}

func understand(info, separator string) (runnerCommand, bool) {
	name, properties, _ := strings.Cut(info, " ")
	if !slices.ContainsFunc(registered, func(known string) bool { return strings.EqualFold(known, name) }) {
		return runnerCommand{}, false
	}
	c := runnerCommand{Name: name, Properties: map[string]string{}}
	for _, property := range strings.Split(strings.TrimSpace(properties), separator) {
		if key, value, ok := strings.Cut(property, "="); ok && key != "" && value != "" {
			c.Properties[key] = value
		}
	}
	return c, true
}

// unescape replaces one escape after the other, as the runner does.
func unescape(text string, pairs ...string) string {
	for i := 0; i < len(pairs); i += 2 {
		text = strings.ReplaceAll(text, pairs[i], pairs[i+1])
	}
	return text
}

// obeyed returns all that the runner does on an output.
func obeyed(output []byte) []runnerCommand {
	var out []runnerCommand
	for _, line := range strings.FieldsFunc(string(output), func(r rune) bool { return r == '\n' || r == '\r' }) {
		if c, ok := obey(line); ok {
			out = append(out, c)
		}
	}
	return out
}

// The reader must find what there is to find.
func TestRunnerReader(t *testing.T) {
	const output = "text\n" +
		"  ::error file=a%2Cb%3A.tf,line=3,title=x::one%0Atwo %2525\n" +
		"x = \"##[stop-commands]token\"\n" +
		"::nothing::x\n::error\n##[nothing]\na ::error::x\n" +
		"::set-output name=a::b\r\n"
	want := []runnerCommand{
		{"error", map[string]string{"file": "a,b:.tf", "line": "3", "title": "x"}, "one\ntwo %25"},
		{"stop-commands", map[string]string{}, "token\""},
		{"set-output", map[string]string{"name": "a"}, "b"},
	}
	if diff := cmp.Diff(want, obeyed([]byte(output))); diff != "" {
		t.Error(diff)
	}
}
