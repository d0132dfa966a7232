package python

import (
	"encoding/base64"
	"maps"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/vpclint/vpclint/internal/source"
)

// Paths makes the library pass over imports of what isn't in the tree.
func (t tree) Paths() []string { return slices.Sorted(maps.Keys(t)) }

// TestModuleNames keeps every name by which a module of the tree can be imported.
func TestModuleNames(t *testing.T) {
	names := moduleNames([]string{"__init__.py", "a.py", "b.ipynb", "c/__init__.py", "c/d/e.py", "f/g.txt"})
	got := slices.Sorted(maps.Keys(names))
	if want := []string{"__init__", "a", "c", "e"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestRelevant finds the word wherever it stands, in any case.
func TestRelevant(t *testing.T) {
	for text, want := range map[string]bool{
		"":                              false,
		"sagemake":                      false,
		"sagemaker":                     true,
		"SageMaker":                     true,
		"AWS::SAGEMAKER::Model":         true,
		"k K sagemaKer":                 true,
		"sagemak sageMAKEr":             true,
		"agemaker sagemake":             false,
		"sage maker, sagemaxer, kernel": false,
		strings.Repeat("kK", 100) + "x = sagemaker": true,
		strings.Repeat("k sagemak", 100):            false,
	} {
		if got := (Frontend{}).Relevant(source.NewFile("a.py", []byte(text))); got != want {
			t.Errorf("%q: %t", text, got)
		}
	}
}

// BenchmarkRelevant is what a file costs that has nothing to do with SageMaker: Python, and a notebook of images.
func BenchmarkRelevant(b *testing.B) {
	script, err := os.ReadFile("testdata/run_scripts.py")
	if err != nil {
		b.Fatal(err)
	}
	image := make([]byte, 1<<20)
	r := rand.New(rand.NewPCG(1, 2))
	for i := range image {
		image[i] = byte(r.Uint32())
	}
	for name, text := range map[string]string{
		"script": strings.ReplaceAll(strings.Repeat(string(script), 500), "agemaker", "age"),
		"images": base64.StdEncoding.EncodeToString(image),
	} {
		b.Run(name, func(b *testing.B) {
			f := source.NewFile("a.py", []byte(text))
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				if (Frontend{}).Relevant(f) {
					b.Fatal("it is relevant")
				}
			}
		})
	}
}
