package cli

import "testing"

func env(pairs ...string) environment {
	set := map[string]string{}
	for i := 0; i < len(pairs); i += 2 {
		set[pairs[i]] = pairs[i+1]
	}
	return func(name string) string { return set[name] }
}

func TestColored(t *testing.T) {
	for _, test := range []struct {
		name     string
		env      environment
		flag     string
		terminal bool
		want     bool
	}{
		{"a terminal", env(), "auto", true, true},
		{"no terminal", env(), "auto", false, false},
		{"always", env("NO_COLOR", "1", "TERM", "dumb"), "always", false, true},
		{"never", env("FORCE_COLOR", "1"), "never", true, false},
		{"NO_COLOR", env("NO_COLOR", "1"), "auto", true, false},
		{"NO_COLOR that says no", env("NO_COLOR", "0"), "auto", true, false},
		{"NO_COLOR without a value", env("NO_COLOR", ""), "auto", true, true},
		{"NO_COLOR before FORCE_COLOR", env("NO_COLOR", "1", "FORCE_COLOR", "1"), "auto", true, false},
		{"FORCE_COLOR", env("FORCE_COLOR", "1", "CI", "true"), "auto", false, true},
		{"FORCE_COLOR with a depth", env("FORCE_COLOR", "3"), "auto", false, true},
		{"FORCE_COLOR that says no", env("FORCE_COLOR", "0"), "auto", true, false},
		{"FORCE_COLOR before TERM", env("FORCE_COLOR", "true", "TERM", "dumb"), "auto", false, true},
		{"CLICOLOR_FORCE", env("CLICOLOR_FORCE", "1"), "auto", false, true},
		{"CLICOLOR_FORCE before CLICOLOR", env("CLICOLOR_FORCE", "1", "CLICOLOR", "0"), "auto", false, true},
		{"CLICOLOR that says no", env("CLICOLOR", "0"), "auto", true, false},
		{"CLICOLOR", env("CLICOLOR", "1"), "auto", false, false},
		{"a dumb terminal", env("TERM", "dumb"), "auto", true, false},
		{"a terminal of a CI", env("CI", "true", "TERM", "xterm"), "auto", true, true},
	} {
		if got := test.env.colored(test.flag, test.terminal); got != test.want {
			t.Errorf("%s: %v", test.name, got)
		}
	}
}

func TestLinked(t *testing.T) {
	for _, test := range []struct {
		name         string
		env          environment
		pages, files bool
	}{
		{"unknown", env("TERM", "xterm-256color"), false, false},
		{"GNOME Terminal", env("VTE_VERSION", "7402"), true, true},
		{"an old one", env("VTE_VERSION", "4900"), false, false},
		{"iTerm2", env("TERM_PROGRAM", "iTerm.app"), true, true},
		{"Terminal.app", env("TERM_PROGRAM", "Apple_Terminal"), false, false},
		{"kitty", env("TERM", "xterm-kitty"), true, true},
		{"VS Code", env("TERM_PROGRAM", "vscode"), true, false},
		{"Windows Terminal", env("WT_SESSION", "1"), true, true},
		{"Windows Terminal with Linux in it", env("WT_SESSION", "1", "WSL_DISTRO_NAME", "Debian"), true, false},
		{"tmux in kitty", env("TERM", "tmux-256color", "TMUX", "/tmp/tmux", "VTE_VERSION", "7402"), false, false},
		{"forced", env("FORCE_HYPERLINK", "1", "TMUX", "/tmp/tmux"), true, true},
		{"forbidden", env("FORCE_HYPERLINK", "0", "TERM", "xterm-kitty"), false, false},
		{"CI", env("CI", "true", "FORCE_HYPERLINK", "1"), false, false},
	} {
		if pages, files := test.env.linked(); pages != test.pages || files != test.files {
			t.Errorf("%s: pages %v, files %v", test.name, pages, files)
		}
	}
}
