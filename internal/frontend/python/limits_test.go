package python

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/vpclint/vpclint/internal/pyast"
)

// Scripts that would cost much if they were followed to the letter.
func TestHostile(t *testing.T) {
	const head = "import sagemaker\nx = {}\nl = [1]\n"
	for name, script := range map[string]string{
		"a long chain of elifs":  "if x: pass\n" + strings.Repeat("elif y: z = 1\n", 5_000) + "Estimator()\n",
		"elifs that make lists":  "if x == 0: z = []\n" + strings.Repeat("elif y == 1: z = [1]\n", 3_000) + "else: raise E\nEstimator()\n",
		"names of the script":    longAssignments(5_000) + strings.Repeat("exec(u)\nglobals()['a'] = [1]\n", 5_000),
		"doubling text":          strings.Repeat("s = s + s + 'xxxxxxxxxxxxxxxx'\n", 5_000),
		"doubling lists":         strings.Repeat("l = l + l\n", 5_000),
		"growing dict":           strings.Repeat("x['a' + str(len(x))] = x\n", 5_000) + "sagemaker.Model(vpc_config=x)\n",
		"itself":                 "x['x'] = x\nl.append(l)\nl.append(x)\nsagemaker.Model(vpc_config=x, env=l)\n",
		"itself inlined":         "def f(x):\n return f(x) + f(x)\nf(f(1))\n",
		"calls of calls":         callsOfCalls(12),
		"loops in loops":         loopsInLoops(40),
		"choices":                strings.Repeat("if a"+"():\n  x = [x]\nelse:\n  x = {'x': x}\n", 1_000) + "sagemaker.Model(vpc_config=x)\n",
		"elif":                   "if a() == 0:\n  x = 0\n" + strings.Repeat("elif a() == 1:\n  x = 1\n", 1_000),
		"elifs of one name":      elifs(25_000),
		"operands":               "sagemaker.Model(vpc_config=" + strings.Repeat("a or ", 50_000) + "b())\n",
		"conditional members":    conditionalMembers(5_000) + "sagemaker.Model(**x)\n",
		"tries":                  strings.Repeat("try:\n  x['a'] = a()\nexcept E:\n  x = {}\n", 1_000) + "sagemaker.Model(vpc_config=x)\n",
		"constructors":           strings.Repeat("sagemaker.Model('i', env={'a': [1, 2, {}]})\n", 5_000),
		"a sum of choices":       choices(40) + "d = " + strings.Repeat("x0 + x1 + x2 + x3 + ", 20) + "''\n",
		"nested comprehensions":  "d = " + strings.Repeat("[", 30) + "1" + strings.Repeat(" for a in range(60)]", 30) + "\n",
		"unrolled loops":         "for a in range(60):\n  for b in range(60):\n    for c in range(60):\n      l.append([i * k for i in range(60) for k in range(60)])\n",
		"a long list sorted":     "l = [" + strings.Repeat("'a', 'b', ", 10_000) + "]\n" + strings.Repeat("l = sorted(l + list(set(l)))\n", 50),
		"a long dict":            "x = {" + longDict(20_000) + "}\n" + strings.Repeat("x.update(x)\nx = {k: v for k, v in x.items()}\n", 50),
		"functions of functions": "f = lambda x: x\n" + strings.Repeat("f = (lambda g: lambda x: g(g(x)))(f)\n", 40) + "f(1)\n",
		"wide formats":           strings.Repeat("s = '{:>1000}'.format(s0).center(60000).split('x')\n", 1_000),
		"classes":                "class A(A):\n  def f(self): return super().f()\nA().f()\nclass B(A, B): pass\nB().g\n",
		"deep expression":        "x = " + strings.Repeat("(", 5_000) + "1" + strings.Repeat(")", 5_000) + "\n" + "y = " + strings.Repeat("-", 5_000) + "1\n",
	} {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			load(t, tree{"a.py": head + script})
			if took := time.Since(start); took > time.Minute && !testing.Short() {
				t.Errorf("it took %v", took)
			} else {
				t.Log(took)
			}
		})
	}
}

func longDict(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString("'k" + itoa(i) + "': " + itoa(i) + ", ")
	}
	return b.String()
}

// longAssignments binds many names.
func longAssignments(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString("n" + itoa(i) + " = 1\n")
	}
	return b.String()
}

// elifs tells n values of one name apart, and makes a list for each.
func elifs(n int) string {
	var b strings.Builder
	b.WriteString("y = a()\nif y == '': l = None\n")
	for i := range n {
		b.WriteString("elif y == 'v" + itoa(i) + "': l = ['" + itoa(i) + "']\n")
	}
	return b.String()
}

func conditionalMembers(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString("if a(): x['k" + itoa(i) + "'] = " + itoa(i) + "\n")
	}
	return b.String()
}

func choices(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString("x" + itoa(i) + " = 'a' if a() else 'b'\n")
	}
	return b.String()
}

func callsOfCalls(depth int) string {
	var b strings.Builder
	b.WriteString("def f0(x): return [x]\n")
	for i := 1; i < depth; i++ {
		call := "f" + itoa(i-1) + "(x)"
		b.WriteString("def f" + itoa(i) + "(x): return [" + strings.Repeat(call+", ", 30) + "]\n")
	}
	b.WriteString("sagemaker.Model(env=f" + itoa(depth-1) + "(1))\n")
	return b.String()
}

func loopsInLoops(depth int) string {
	var b strings.Builder
	for i := range depth {
		b.WriteString(strings.Repeat(" ", i) + "for i" + itoa(i) + " in a():\n")
	}
	b.WriteString(strings.Repeat(" ", depth) + "x['a'] = sagemaker.Model()\n")
	return b.String()
}

// FuzzLoad reads arbitrary text as a script and as a notebook's cell: nothing panics, and every workload stands somewhere.
func FuzzLoad(f *testing.F) {
	scripts, _ := filepath.Glob("testdata/sdk/*/*.py")
	for _, name := range scripts {
		b, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(b))
	}
	f.Add("%%time\nx = !ls\n?x\nimport sagemaker\nfor a in b:\n  sagemaker.Model(**a)\n  break\n")
	f.Fuzz(func(t *testing.T, script string) {
		script = "import sagemaker\n" + script
		cell, err := json.Marshal(script)
		if err != nil {
			t.Skipf("no notebook can hold it: %v", err)
		}
		notebook := `{"cells": [{"cell_type": "code", "source": ` + string(cell) + `}], "metadata": {}}`
		for _, files := range []tree{{"a.py": script}, {"a.ipynb": notebook}} {
			for _, r := range load(t, files).Resources {
				host := r.Span.Host()
				if host.End > len(host.File.Bytes) || host.Start >= host.End {
					t.Errorf("%s stands at %d-%d", r.Subject, host.Start, host.End)
				}
			}
		}
	})
}

// Notebooks that would cost much if each thing in them were looked at for itself.
func TestHostileNotebooks(t *testing.T) {
	const head = "import sagemaker\nsagemaker.Model('i')\n"
	many := func(n int, cell string) []string {
		cells := []string{head}
		for i := range n {
			cells = append(cells, strings.ReplaceAll(cell, "N", itoa(i)))
		}
		return cells
	}
	for name, cells := range map[string][]string{
		"many cells":              many(20_000, "x = N"),
		"many files":              many(5_000, "%%writefile aN.py\nimport sagemaker, aN\nsagemaker.Model('i')"),
		"one file again":          many(5_000, "%%writefile a.py\nimport sagemaker\nsagemaker.Model('N')"),
		"one file appended to":    many(5_000, "%%writefile -a a.py\nimport sagemaker\nsagemaker.Model('N')"),
		"files that import":       append(many(500, "%%writefile aN.py\nimport sagemaker\nfrom a1 import *\nfrom aN import *"), "import a1"),
		"many processes":          many(5_000, "%%python3\nimport sagemaker\nsagemaker.Model('i')"),
		"itself run":              many(5_000, "%run a.ipynb\n%run ./a"),
		"itself written":          many(100, "%%writefile a.ipynb\nimport sagemaker"),
		"a line of magics":        {head + strings.Repeat("%time ", 100_000) + "x"},
		"a line of assignments":   {head + strings.Repeat("x = %time ", 100_000) + "x"},
		"a line of automagics":    {head + strings.Repeat("time ", 100_000) + "x"},
		"a command of many lines": {head + strings.Repeat("!a \\\n", 100_000)},
		"many commands":           {head + strings.Repeat("!a\n?\n%b\n", 100_000)},
		"an open string":          {head + "'''" + strings.Repeat("\n!a '\"", 100_000)},
		"quotes":                  {head + strings.Repeat("'", 100_001) + strings.Repeat(`"`, 100_001)},
		"prompts":                 {strings.Repeat(">>> ", 100_000) + "x"},
	} {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			load(t, tree{"a.ipynb": notebookOf(t, "#%%\n"+strings.Join(cells, "\n#%%\n"))})
			if took := time.Since(start); took > time.Minute && !testing.Short() {
				t.Errorf("it took %v", took)
			} else {
				t.Log(took)
			}
		})
	}
}

// FuzzNotebook reads arbitrary bytes as a notebook, and as the text of a cell: nothing panics, and what is found stands in it.
func FuzzNotebook(f *testing.F) {
	for _, cell := range []string{
		"%%time\nx = !ls\n?x\nimport sagemaker\nsagemaker.Model('i')", "%%writefile a.py\nimport sagemaker\nsagemaker.Model('i')",
		"%%local\n>>> import a", "%run a.ipynb\n%store -r x\n%cd ..\n%env A=$b", "  x = 1\n  %time y = 2\\\n",
	} {
		f.Add([]byte(notebookOf(f, "#%%\n"+cell)))
		f.Add([]byte(cell))
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		cell, err := json.Marshal(string(content))
		if err != nil {
			t.Skipf("no notebook can hold it: %v", err)
		}
		whole := `{"cells": [{"cell_type": "code", "source": "import sagemaker"}, {"cell_type": "code", "source": ` + string(cell) + `}]}`
		for _, notebook := range []string{string(content) + " sagemaker", whole} {
			out := load(t, tree{"a.ipynb": notebook})
			for _, r := range out.Resources {
				if host := r.Span.Host(); host.End > len(host.File.Bytes) || host.Start >= host.End {
					t.Errorf("%s stands at %d-%d", r.Subject, host.Start, host.End)
				}
			}
			for _, x := range out.Findings {
				if host := x.At.Host(); host.End > len(host.File.Bytes) || host.Start > host.End {
					t.Errorf("%s stands at %d-%d", x.Message, host.Start, host.End)
				}
			}
		}
	})
}

func corpusOfScripts(b *testing.B) string {
	scripts, _ := filepath.Glob("testdata/sdk/*/*.py")
	var all strings.Builder
	for range 20 {
		for _, name := range scripts {
			text, err := os.ReadFile(name)
			if err != nil {
				b.Fatal(err)
			}
			all.Write(text)
		}
	}
	return all.String()
}

func BenchmarkParse(b *testing.B) {
	script := []byte(corpusOfScripts(b))
	b.SetBytes(int64(len(script)))
	for b.Loop() {
		pyast.Parse(script)
	}
}

func BenchmarkLoad(b *testing.B) {
	script := corpusOfScripts(b)
	b.SetBytes(int64(len(script)))
	for b.Loop() {
		load(b, tree{"a.py": script})
	}
}
