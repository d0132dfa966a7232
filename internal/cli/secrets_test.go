package cli_test

import (
	"bytes"
	"crypto/md5" // looked for in outputs, protects nothing
	"crypto/sha1"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/vpclint/vpclint/internal/cli"
)

// A drawer draws secrets, so that no test holds what anyone may have for one.
type drawer struct {
	r     *rand.Rand
	drawn []string
}

const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

func (d *drawer) text(alphabet string, n int) string {
	b := make([]byte, n)
	for i := range b {
		b[i] = alphabet[d.r.IntN(len(alphabet))]
	}
	return string(b)
}

// secret returns a new secret of a kind.
func (d *drawer) secret(kind string) string {
	var s string
	switch kind {
	case "password":
		s = d.text(letters+"0123456789", 8) + d.text("0123456789", 2) + d.text(letters+"0123456789-_!", 6) + d.text(letters, 1)
	case "id":
		s = "AKIA" + d.text(letters[:26]+"234567", 16)
	case "key":
		s = "aZ3" + d.text(letters+"0123456789+/", 36) + "q"
	case "hf":
		s = "hf_" + d.text(letters, 34)
	case "hex":
		s = d.text("0123456789abcdef", 40)
	case "body":
		s = d.text(letters+"0123456789+/", 64)
	default:
		panic(kind)
	}
	d.drawn = append(d.drawn, s)
	return s
}

var marker = regexp.MustCompile(`§(\w+?)(\d*)§`)

// filled replaces the markers of a text by secrets; those of one number in one file are one secret.
func (d *drawer) filled(text string) string {
	known := map[string]string{}
	return marker.ReplaceAllStringFunc(text, func(m string) string {
		parts := marker.FindStringSubmatch(m)
		if parts[2] == "" {
			return d.secret(parts[1])
		}
		if known[m] == "" {
			known[m] = d.secret(parts[1])
		}
		return known[m]
	})
}

// traces returns the ways in which an output may give a secret away.
func traces(s string) map[string]string {
	runes := []rune(s)
	slices.Reverse(runes)
	sha, sha1, md := sha256.Sum256([]byte(s)), sha1.Sum([]byte(s)), md5.Sum([]byte(s))
	out := map[string]string{
		"reversed": string(runes), "in base64": base64.StdEncoding.EncodeToString([]byte(s))[:len(s)], "in hex": hex.EncodeToString([]byte(s)),
		"its SHA-256": hex.EncodeToString(sha[:])[:32], "its SHA-1": hex.EncodeToString(sha1[:]), "its MD5": hex.EncodeToString(md[:]),
	}
	for i := 0; i+8 <= len(s); i++ {
		out[fmt.Sprintf("characters %d to %d", i, i+8)] = s[i : i+8]
	}
	return out
}

// No output holds a secret of the tree, wherever it stands, in whatever language, or a trace of it.
func TestNoSecretIsPrinted(t *testing.T) {
	archives, err := filepath.Glob("../../testdata/secrets/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatal("no trees", err)
	}
	for seed, path := range archives {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			d := &drawer{r: rand.New(rand.NewPCG(uint64(seed), 8))}
			dir := t.TempDir()
			if err := os.Mkdir(filepath.Join(dir, ".git"), 0o755); err != nil {
				t.Fatal(err)
			}
			for _, f := range archive.Files {
				name := filepath.Join(dir, filepath.FromSlash(f.Name))
				if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(name, []byte(d.filled(string(f.Data))), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			given := d.secret("password")
			t.Chdir(dir)
			said := 0
			for _, args := range [][]string{
				{"check", "--profile=strict", "--undecided=show", "-v"},
				{"check", "--profile=strict", "--undecided=show", "--color=always"},
				{"check", "--profile=strict", "--format=json"},
				{"check", "--profile=strict", "--format=sarif", "--sarif-include=undecided"},
				{"check", "--profile=strict", "--format=github", "--undecided=show"},
				{"check", "--profile=strict", "--format=gitlab", "--undecided=show"},
				{"check", "--profile=strict", "--format=junit", "--undecided=show"},
				{"check", "--profile=strict", "--format=checkstyle", "--undecided=show"},
				{"check", "--profile=strict", "--format=rdjson", "--undecided=show"},
				{"check", "--profile=strict", "--format=markdown", "--undecided=show"},
				{"check", "--var=db_password=" + given, "--undecided=show"}, {"check", "--parameter=DbPassword=" + given, "--undecided=show"},
				{"check", "--var", "db_password:" + given}, {"check", "--config=password=" + given},
				{"dump"}, {"inventory"}, {"inventory", "--format=json"}, {"inventory", "--format=markdown"},
			} {
				var out bytes.Buffer
				cli.Main(args, strings.NewReader(""), &out, &out)
				said += strings.Count(out.String(), "secret-in-environment") + strings.Count(out.String(), "access-key-in-job")
				for i, s := range d.drawn {
					for what, trace := range traces(s) {
						if at := strings.Index(out.String(), trace); at >= 0 {
							line := out.String()[strings.LastIndexByte(out.String()[:at], '\n')+1:]
							line, _, _ = strings.Cut(line, "\n")
							t.Errorf("vpclint %s tells of secret %d, %s: %s", args[0], i, what, line)
							break
						}
					}
				}
			}
			if said == 0 {
				t.Error("nothing is found")
			}
		})
	}
}
