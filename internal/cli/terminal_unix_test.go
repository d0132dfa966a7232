//go:build unix

package cli_test

import (
	"bytes"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/creack/pty"

	"github.com/vpclint/vpclint/internal/cli"
)

const notebookTF = `resource "aws_sagemaker_notebook_instance" "a" {
  name          = "a"
  role_arn      = "arn:aws:iam::123456789012:role/sagemaker"
  instance_type = "ml.t3.medium"
}
`

// atTerminal runs a command line whose standard output is a terminal of so many columns, and returns what it gets.
func atTerminal(t *testing.T, columns uint16, args ...string) string {
	t.Helper()
	master, terminal, err := pty.Open()
	if err != nil {
		t.Skipf("no terminal is to be had here: %v", err)
	}
	defer master.Close()
	if err := pty.Setsize(master, &pty.Winsize{Rows: 24, Cols: columns}); err != nil {
		t.Fatal(err)
	}
	got := make(chan string)
	go func() {
		b, _ := io.ReadAll(master) // which ends with an error once the terminal is closed
		got <- string(b)
	}()
	var errs bytes.Buffer
	if code := cli.Main(args, strings.NewReader(""), terminal, &errs); code == 2 {
		t.Errorf("%q: %s", args, errs.String())
	}
	terminal.Close()
	return <-got
}

// environment clears the variables that say how a terminal looks, and sets some.
func environment(t *testing.T, pairs ...string) {
	t.Helper()
	for _, name := range []string{
		"NO_COLOR", "FORCE_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "COLUMNS", "FORCE_HYPERLINK", "CI", "TMUX", "STY", "VTE_VERSION", "WT_SESSION",
		"DOMTERM", "KONSOLE_VERSION", "TERM_PROGRAM", "WSL_DISTRO_NAME", "TERM",
	} {
		t.Setenv(name, "")
	}
	for i := 0; i < len(pairs); i += 2 {
		t.Setenv(pairs[i], pairs[i+1])
	}
}

func TestTerminal(t *testing.T) {
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "a b.tf"), []byte(notebookTF), 0o644); err != nil {
		t.Fatal(err)
	}
	t.Chdir(dir)
	const color, link = "\x1b[1;31m", "\x1b]8;;"
	for _, test := range []struct {
		name         string
		env          []string
		color, links bool
	}{
		{"a terminal", []string{"TERM", "xterm-256color"}, true, false},
		{"one with links", []string{"TERM", "xterm-kitty"}, true, true},
		{"no colours, so no links", []string{"TERM", "xterm-kitty", "NO_COLOR", "1"}, false, false},
		{"a CI's", []string{"TERM", "xterm-kitty", "CI", "true"}, true, false},
		{"a dumb one", []string{"TERM", "dumb"}, false, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			environment(t, test.env...)
			got := atTerminal(t, 72, "check", "--isolated", "--select", "missing-vpc-config")
			if strings.Contains(got, color) != test.color || strings.Contains(got, link) != test.links {
				t.Errorf("color %v, links %v: %q", test.color, test.links, got)
			}
			if !test.links {
				return
			}
			host, err := os.Hostname()
			if err != nil {
				t.Skip(err)
			}
			for _, want := range []string{
				link + "https://github.com/vpclint/vpclint/blob/main/rules/missing-vpc-config.md\x1b\\missing-vpc-config" + link + "\x1b\\",
				link + "file://" + host + strings.ReplaceAll(dir, " ", "%20") + "/a%20b.tf#1\x1b\\a b.tf:1:10" + link + "\x1b\\",
			} {
				if !strings.Contains(got, want) {
					t.Errorf("%q is not in %q", want, got)
				}
			}
		})
	}
}

// No line of a snippet or of a page is wider than the terminal, which would break it.
func TestTerminalWidth(t *testing.T) {
	dir := t.TempDir()
	long := strings.Replace(notebookTF, `"a" {`, `"a" { # `+strings.Repeat("long ", 80), 1)
	if err := os.WriteFile(filepath.Join(dir, "main.tf"), []byte(long), 0o644); err != nil {
		t.Fatal(err)
	}
	t.Chdir(dir)
	environment(t, "TERM", "xterm")
	escapes := regexp.MustCompile("\x1b\\[[0-9;]*m")
	for _, columns := range []uint16{60, 80, 200} {
		for line := range strings.Lines(escapes.ReplaceAllString(atTerminal(t, columns, "check", "--isolated"), "")) {
			line = strings.TrimRight(line, "\r\n")
			if inSnippet := strings.Contains(line, " | "); inSnippet && len([]rune(line)) > int(columns) {
				t.Errorf("%d columns of %d: %s", len([]rune(line)), columns, line)
			}
		}
		for line := range strings.Lines(escapes.ReplaceAllString(atTerminal(t, columns, "explain", "missing-vpc-config"), "")) {
			line = strings.TrimRight(line, "\r\n")
			if example := strings.HasPrefix(line, "    ") || strings.HasPrefix(line, "|"); !example && len([]rune(line)) > int(columns) {
				t.Errorf("%d columns of %d: %s", len([]rune(line)), columns, line)
			}
		}
	}
	t.Setenv("COLUMNS", "60")
	if got := atTerminal(t, 200, "check", "--isolated", "--color", "never"); !strings.Contains(got, "…\r\n") {
		t.Errorf("COLUMNS says 60, and no line is cut: %q", got)
	}
}

// A real bash completes what a user types, whatever bash takes for the end of a word.
func TestBashCompletion(t *testing.T) {
	const library = "/usr/share/bash-completion/bash_completion"
	bash, err := exec.LookPath("bash")
	if err != nil {
		t.Skip("there is no bash here")
	}
	if _, err := os.Stat(library); err != nil {
		t.Skip("there is no bash-completion here")
	}
	bin := t.TempDir()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	// Called vpclint, the test is vpclint: see TestMain.
	if err := os.Symlink(self, filepath.Join(bin, "vpclint")); err != nil {
		t.Skip(err)
	}
	c := exec.Command(bash, "--norc", "--noprofile", "-i")
	c.Dir = t.TempDir()
	c.Env = []string{"PATH=" + bin + ":" + os.Getenv("PATH"), "PS1=", "TERM=dumb", "HOME=" + c.Dir, "INPUTRC=/dev/null"}
	terminal, err := pty.StartWithSize(c, &pty.Winsize{Rows: 24, Cols: 500})
	if err != nil {
		t.Skipf("no terminal is to be had here: %v", err)
	}
	defer terminal.Close()
	shell := &interactive{t: t, File: terminal}
	// Control-X says what the line is.
	shell.send("source " + library + "; source <(vpclint completion bash); bind -x '\"\\C-x\": printf \"<%s>\\n\" \"$READLINE_LINE\"'; echo rea''dy\n")
	shell.expect(regexp.MustCompile("ready"))
	for typed, want := range map[string]string{
		"vpclint ch":                                      "vpclint check ",
		"vpclint check --fail-on n":                       "vpclint check --fail-on never ",
		"vpclint check --fail-on=cr":                      "vpclint check --fail-on=critical ",
		"vpclint check --severity public-subnet=cr":       "vpclint check --severity public-subnet=critical ",
		"vpclint check --select notebook-d":               "vpclint check --select notebook-direct-internet",
		"vpclint check --select public-subnet,notebook-d": `vpclint check --select public-subnet\,notebook-direct-internet`,
		"vpclint explain notebook-d":                      "vpclint explain notebook-direct-internet ",
		"vpclint completion po":                           "vpclint completion powershell ",
	} {
		shell.send(typed + "\t\x18")
		if got := shell.expect(regexp.MustCompile("<([^>]*)>\r?\n")); got != want {
			t.Errorf("%q becomes %q, want %q", typed, got, want)
		}
		shell.send("\x15") // take the line back
	}
	shell.send("\nexit\n")
	_ = c.Wait() // it ends as its last command line did
}

// An interactive is a program at a terminal.
type interactive struct {
	*os.File
	t    *testing.T
	seen []byte
}

func (i *interactive) send(text string) {
	if _, err := i.WriteString(text); err != nil {
		i.t.Fatal(err)
	}
}

// expect waits for a text, and returns its first group.
func (i *interactive) expect(form *regexp.Regexp) string {
	i.t.Helper()
	deadline := time.AfterFunc(time.Minute, func() { i.Close() })
	defer deadline.Stop()
	for {
		if m := form.FindSubmatchIndex(i.seen); m != nil {
			group := ""
			if len(m) > 2 {
				group = string(i.seen[m[2]:m[3]])
			}
			i.seen = i.seen[m[1]:]
			return group
		}
		b := make([]byte, 4096)
		n, err := i.Read(b)
		if err != nil {
			i.t.Fatalf("%v; so far: %q", err, i.seen)
		}
		i.seen = append(i.seen, b[:n]...)
	}
}
