package discover

import (
	"strings"
	"testing"
	"time"

	"github.com/bmatcuk/doublestar/v4"
)

// FuzzIgnore holds the parser and the matcher against panics, and against texts on which they would not end.
func FuzzIgnore(f *testing.F) {
	for _, s := range pieces {
		f.Add(s, "a/b.tf")
		f.Add("!/a"+s+"b"+s, "a/ab")
	}
	f.Add(strings.Repeat("**/*a", 50), strings.Repeat("a/", 50))
	f.Fuzz(func(t *testing.T, text, rel string) {
		if len(text)*len(rel) > 1<<20 {
			t.Skip("long by nature: time is proportional to the product")
		}
		patterns, _ := parseIgnore(text)
		r := &rules{file: ".gitignore", patterns: patterns}
		start := time.Now()
		dir, file := r.ignores(rel, true), r.ignores(rel, false)
		if took := time.Since(start); took > time.Minute {
			t.Errorf("%v for %d bytes of patterns on %d of path", took, len(text), len(rel))
		}
		// What ignores a file ignores a directory of its name, unless another pattern is about directories.
		if file != "" && dir == "" {
			p, _ := r.match(rel, true)
			if p == nil || !p.dirOnly || !p.negated {
				t.Errorf("%q ignores %q as a file only", text, rel)
			}
		}
	})
}

// TestLinear fails by its time if matching backtracks.
func TestLinear(t *testing.T) {
	start := time.Now()
	for _, c := range []struct{ pattern, path string }{
		{strings.Repeat("*a", 1000) + "b", strings.Repeat("a", 4000)},
		{strings.Repeat("**/a*", 800) + "b", strings.Repeat("aa/", 1300)},
		{"/" + strings.Repeat("**/", 1300) + "b", strings.Repeat("a/", 2000)},
		{strings.Repeat("?*", 2000) + "[!a]", strings.Repeat("a", 4000)},
		{"x/**" + strings.Repeat("*", 4000) + "/y", "x/" + strings.Repeat("a/", 2000)},
	} {
		patterns, long := parseIgnore(c.pattern)
		if len(patterns) != 1 || long != nil {
			t.Fatalf("%.20s: %d patterns", c.pattern, len(patterns))
		}
		if (&rules{patterns: patterns}).ignores(c.path, true) != "" {
			t.Errorf("%.20s matches", c.pattern)
		}
	}
	// The costliest exclude that is let through.
	costly := strings.Repeat("{a,a}", 10) + "*b"
	if _, err := compileExcludes([]string{costly}); err != nil {
		t.Fatal(err)
	}
	doublestar.MatchUnvalidated(costly, strings.Repeat("a", 4000))
	if took := time.Since(start); took > time.Minute {
		t.Errorf("took %v", took)
	} else {
		t.Log(took)
	}
}

func BenchmarkMatch(b *testing.B) {
	for name, pattern := range map[string]string{"exact": "node_modules", "suffix": "*.tfstate", "glob": "*.py[cod]", "path": "team/**/infra/*0.tf"} {
		patterns, _ := parseIgnore(pattern)
		r := &rules{patterns: patterns}
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				r.match("team/app/infra/file01.tf", false)
			}
		})
	}
}
