package cli

import (
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/term"

	"github.com/vpclint/vpclint/internal/report"
)

// An environment answers what a variable is set to, as os.Getenv does.
type environment func(name string) string

// on reports whether a variable is set to something that doesn't say no.
func (e environment) on(name string) bool {
	switch e(name) {
	case "", "0", "false":
		return false
	}
	return true
}

// colored decides on colours by --color and the variables that people set: no-color.org (which counts whatever it is set
// to), force-color.org, and CLICOLOR_FORCE and CLICOLOR of bixense.com/clicolors. The more particular goes first, and a no
// before a yes.
func (e environment) colored(flag string, terminal bool) bool {
	forced := e("FORCE_COLOR") != "" || e("CLICOLOR_FORCE") != ""
	switch {
	case flag != "auto":
		return flag == "always"
	case e("NO_COLOR") != "":
		return false
	case forced:
		return e.on("FORCE_COLOR") || e.on("CLICOLOR_FORCE")
	case e("CLICOLOR") == "0", e("TERM") == "dumb":
		return false
	}
	return terminal
}

// leastVTE is the version, 0.50, from which on terminals built upon VTE show links rather than garbage.
const leastVTE = 5000

// linked decides on links to pages and to files, of which terminals tell in variables of their own only.
func (e environment) linked() (pages, files bool) {
	program := e("TERM_PROGRAM")
	switch {
	case e.on("CI"), e("FORCE_HYPERLINK") != "" && !e.on("FORCE_HYPERLINK"):
		return false, false
	case program == "vscode":
		// It makes links of paths with a line itself, and these lead to the line.
		return true, false
	case e("WSL_DISTRO_NAME") != "":
		// The terminal is Windows', which knows no file by its path here.
		return e("WT_SESSION") != "" || e.on("FORCE_HYPERLINK"), false
	case e.on("FORCE_HYPERLINK"):
		return true, true
	case e("TMUX") != "" || e("STY") != "":
		return false, false // they pass links on in new versions only, and hide the terminal
	}
	known := e("WT_SESSION") != "" || e("DOMTERM") != "" || e("KONSOLE_VERSION") != ""
	if version, err := strconv.Atoi(e("VTE_VERSION")); err == nil && version >= leastVTE {
		known = true
	}
	switch program {
	case "iTerm.app", "WezTerm", "Hyper", "ghostty", "terminology", "rio", "Tabby":
		known = true
	}
	switch e("TERM") {
	case "xterm-kitty", "xterm-ghostty", "alacritty", "alacritty-direct", "foot", "foot-extra", "contour":
		known = true
	}
	return known, known
}

// textOptions says how text looks on standard output, or in a file.
func (a *app) textOptions(flag string, toStdout bool) report.TextOptions {
	env := environment(os.Getenv)
	file, ok := a.stdout.Writer.(*os.File)
	terminal := ok && toStdout && isTerminal(file)
	o := report.TextOptions{Color: env.colored(flag, terminal) && (toStdout || flag == "always")}
	if !terminal {
		return o
	}
	o.Width = width(file, env)
	if o.Color = o.Color && showsColors(file); o.Color {
		pages, files := env.linked()
		o.Links = report.Links{Rules: pages, Files: files, Host: hostOf()}
	}
	return o
}

// hostOf is the machine that files are on: a terminal on another one must not open its own. Windows takes it for a share.
func hostOf() string {
	if filepath.Separator == '\\' {
		return ""
	}
	host, err := os.Hostname()
	if err != nil {
		return ""
	}
	return host
}

func isTerminal(w io.Writer) bool {
	file, ok := w.(*os.File)
	return ok && term.IsTerminal(int(file.Fd()))
}

// width returns the columns of a terminal, as COLUMNS or else the terminal itself says; 0 where neither does.
func width(terminal *os.File, env environment) int {
	if n, err := strconv.Atoi(strings.TrimSpace(env("COLUMNS"))); err == nil && n > 0 {
		return n
	}
	if w, _, err := term.GetSize(int(terminal.Fd())); err == nil {
		return w
	}
	return 0
}
