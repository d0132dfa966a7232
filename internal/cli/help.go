package cli

import "strings"

// exitStatuses are what the program tells who started it.
var exitStatuses = []struct{ code, meaning string }{
	{"0", "nothing at or over --fail-on, or nothing to check"},
	{"1", "findings at or over --fail-on"},
	{"2", "the run itself failed: bad flags, bad configuration, no such path, input or output"},
}

// variables are those of the environment that are read.
var variables = []struct{ name, meaning string }{
	{"NO_COLOR", "no colours, whatever it is set to"},
	{"FORCE_COLOR, CLICOLOR_FORCE", "colours even where standard output is no terminal; 0 means none"},
	{"CLICOLOR", "0 means no colours"},
	{"TERM", "dumb means no colours"},
	{"COLUMNS", "the width of the terminal"},
	{"FORCE_HYPERLINK", "links in a terminal that isn't known to show them; 0 means none"},
	{"CI", "no links, and no progress on standard error"},
	{"TF_VAR_name", "the value of a Terraform variable, with --tf-var-env"},
}

// exitHelp ends the help of check.
func exitHelp() string {
	var b strings.Builder
	b.WriteString("Exit status:\n")
	for _, s := range exitStatuses {
		b.WriteString("  " + s.code + "  " + s.meaning + "\n")
	}
	return b.String()
}
