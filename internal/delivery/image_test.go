package delivery

import (
	"bytes"
	"debug/elf"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/bmatcuk/doublestar/v4"

	"github.com/vpclint/vpclint/internal/cli"
)

// An instruction is one of a Dockerfile's, with its lines joined.
type instruction struct{ name, arguments string }

func instructions(t *testing.T) []instruction {
	t.Helper()
	var out []instruction
	joined := strings.ReplaceAll(string(read(t, "Dockerfile")), "\\\n", " ")
	for line := range strings.Lines(joined) {
		if line = strings.TrimSpace(line); line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		name, arguments, _ := strings.Cut(line, " ")
		out = append(out, instruction{name, strings.Join(strings.Fields(arguments), " ")})
	}
	return out
}

// sent reports whether .dockerignore lets a file into the context of a build: the last pattern that matches it or a folder that it
// lies in says so. https://docs.docker.com/build/concepts/context/#dockerignore-files
func sent(t *testing.T, patterns []string, path string) bool {
	t.Helper()
	in := true
	for _, p := range patterns {
		name, back := strings.CutPrefix(p, "!")
		for at := path; at != "."; at = filepath.ToSlash(filepath.Dir(at)) {
			ok, err := doublestar.Match(name, at)
			if err != nil {
				t.Fatal(err)
			}
			if ok {
				in = back
			}
		}
	}
	return in
}

// The image's program is built of what is sent to the build, by the image's own command; it is static, since nothing else is there.
func TestImageBuild(t *testing.T) {
	if testing.Short() || runtime.GOOS != "linux" {
		t.Skip("it builds vpclint, for Linux")
	}
	sh, err := exec.LookPath("sh")
	if err != nil {
		t.Skip("sh is not on the PATH")
	}
	if _, err := exec.LookPath("go"); err != nil {
		t.Skip("go is not on the PATH")
	}
	dir := t.TempDir()
	patterns := slices.DeleteFunc(strings.Split(string(read(t, ".dockerignore")), "\n"), func(l string) bool { return l == "" || strings.HasPrefix(l, "#") })
	var names []string
	err = filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, path)
		rel = filepath.ToSlash(rel)
		if d.IsDir() && (rel == ".git" || d.Name() == "testdata") {
			return fs.SkipDir
		}
		if err != nil || !d.Type().IsRegular() || !sent(t, patterns, rel) {
			return err
		}
		names = append(names, rel)
		b, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		to := filepath.Join(dir, filepath.FromSlash(rel))
		if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
			return err
		}
		return os.WriteFile(to, b, 0o644)
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") || strings.HasSuffix(name, ".tfstate") {
			t.Errorf("%s is sent to the build", name)
		}
	}
	if !slices.Contains(names, "LICENSE") {
		t.Error("the licence isn't sent to the build, which copies it")
	}
	built := 0
	for _, i := range instructions(t) {
		if i.name != "RUN" {
			continue
		}
		built++
		command := regexp.MustCompile(`--mount=\S+ `).ReplaceAllString(i.arguments, "")
		command = strings.ReplaceAll(command, "/out/", dir+"/out/")
		cmd := exec.Command(sh, "-c", command)
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), "TARGETOS=linux", "TARGETARCH="+runtime.GOARCH)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%s: %v\n%s", command, err, out)
		}
	}
	if built != 1 {
		t.Fatalf("%d commands build it", built)
	}
	program := filepath.Join(dir, "out", "vpclint")
	out, err := exec.Command(program, "version").Output()
	if err != nil || string(out) != "vpclint "+cli.Version+"\n" {
		t.Errorf("it says %q (%v)", out, err)
	}
	b, err := os.ReadFile(program)
	if err != nil {
		t.Fatal(err)
	}
	f, err := elf.NewFile(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range f.Progs {
		if p.Type == elf.PT_INTERP {
			t.Error("it is linked dynamically, and there is no loader in the image")
		}
	}
	if bytes.Contains(b, []byte(dir)) {
		t.Error("it tells where it was built")
	}
}

// The image has no root and no shell, its builder is pinned, and both ways to make it put the program at the same place.
func TestImage(t *testing.T) {
	var programs []string
	settings := map[string]string{}
	stages := map[string]bool{"scratch": true}
	for _, i := range instructions(t) {
		switch i.name {
		case "FROM":
			words := strings.Fields(i.arguments)
			if strings.HasPrefix(words[0], "--") {
				words = words[1:]
			}
			if !stages[words[0]] && !regexp.MustCompile(`^[\w./-]+:[\w.-]+@sha256:[0-9a-f]{64}$`).MatchString(words[0]) {
				t.Errorf("FROM %s is not pinned by its digest", words[0])
			}
			if len(words) == 3 {
				stages[words[2]] = true
			}
		case "COPY":
			words := strings.Fields(i.arguments)
			if strings.HasSuffix(words[len(words)-2], "/vpclint") {
				programs = append(programs, words[len(words)-1])
			}
		default:
			settings[i.name] = i.arguments
		}
	}
	entry := `["/usr/local/bin/vpclint"]`
	if settings["ENTRYPOINT"] != entry || settings["CMD"] != `["check"]` || settings["WORKDIR"] != "/work" {
		t.Errorf("it begins with %s %s in %s", settings["ENTRYPOINT"], settings["CMD"], settings["WORKDIR"])
	}
	if !slices.Equal(programs, []string{"/usr/local/bin/vpclint", "/usr/local/bin/vpclint"}) {
		t.Errorf("the program is put at %q", programs)
	}
	if !regexp.MustCompile(`^[1-9]\d*:[1-9]\d*$`).MatchString(settings["USER"]) {
		t.Errorf("it runs as %s: Kubernetes tells a user that isn't root by its number", settings["USER"])
	}
}
