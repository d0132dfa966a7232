package pyast_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// words are what mutants are made with.
const words = `( ) [ ] { } , : ; . ... = := -> ! ~ + - * ** / // % @ | & ^ << >> < > == != +=
	and as assert async await break class continue def del elif else except False finally for from global if import in is
	lambda None nonlocal not or pass raise return True try while with yield match case type _
	a b 1 2.5 3j 'x' b'y' f'{a}' t'{a}' x.y *a **k a=1 f'{ }' { }} !r # 0777 1_`

// mutant is a text with one or two small edits: a cut, a word put in, a part repeated elsewhere.
func mutant(r *rand.Rand, text string) string {
	pieces := append(strings.Fields(words), "\n", "\n\t", "\\\n")
	for range 1 + r.IntN(2) {
		from := r.IntN(len(text) + 1)
		switch r.IntN(3) {
		case 0:
			text = text[:from] + text[min(len(text), from+1+r.IntN(3)):]
		case 1:
			text = text[:from] + " " + pieces[r.IntN(len(pieces))] + " " + text[from:]
		default:
			part := text[from:min(len(text), from+1+r.IntN(8))]
			to := r.IntN(len(text) + 1)
			text = text[:to] + part + text[to:]
		}
	}
	return strings.ToValidUTF8(text, "") // tokenize in dump.py refuses what the tokenizer itself passes over in a comment
}

// TestCPythonMutants compares on mutants of the snippets, of which CPython accepts every fifth. It tells what is refused,
// too: the log has what is accepted here alone, which is \N escapes of no character and, under an old CPython, new syntax.
func TestCPythonMutants(t *testing.T) {
	each := 100
	if testing.Short() {
		each = 10
	}
	for _, python := range interpreters(t) {
		t.Run(python, func(t *testing.T) {
			dir, r := t.TempDir(), rand.New(rand.NewPCG(1, 2))
			var files []string
			for i, s := range snippets {
				for j := range each {
					path := filepath.Join(dir, fmt.Sprintf("m%03d_%d.py", i, j))
					if err := os.WriteFile(path, []byte(mutant(r, s)), 0o600); err != nil {
						t.Fatal(err)
					}
					files = append(files, path)
				}
			}
			o := &oracle{python: python, oldest: 10}
			o.run(t, files)
			t.Logf("%s: %d mutants compared, %d refused by CPython (%d of them by pyast too), %d different",
				o.python, o.compared, o.skipped, o.refused, o.bad)
		})
	}
}
