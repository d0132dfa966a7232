package jobconfig

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"testing"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/source"
)

// data is a file such as repositories keep: records, with no word of SageMaker.
func data(size int) []byte {
	var b bytes.Buffer
	b.WriteString("[\n")
	for i := 0; b.Len() < size; i++ {
		fmt.Fprintf(&b, `  {"id": %d, "customer": "Customer %d", "createdAt": "2024-03-%02dT10:00:00Z", "amount": %d.25, "tags": ["new", "retail"]},`+"\n", i, i*7, i%28+1, i%900)
	}
	b.WriteString("  {}\n]\n")
	return b.Bytes()
}

// requests is a file of many requests.
func requests(n int) []byte {
	var b bytes.Buffer
	b.WriteString("[")
	for i := range n {
		if i > 0 {
			b.WriteString(",\n")
		}
		b.WriteString(training)
	}
	b.WriteString("]")
	return b.Bytes()
}

// BenchmarkIrrelevant is what 50 MB of data cost.
func BenchmarkIrrelevant(b *testing.B) {
	f := source.NewFile("data.json", data(50<<20))
	b.SetBytes(int64(len(f.Bytes)))
	for b.Loop() {
		if (Frontend{}).Relevant(f) {
			b.Fatal("relevant")
		}
	}
}

// BenchmarkLoad is the whole front-end on requests, BenchmarkMarked on data of which one word is a mark, BenchmarkTokens
// what reading the tokens of the first alone costs.
func BenchmarkLoad(b *testing.B) { benchmarkLoad(b, requests(2000)) }

func BenchmarkMarked(b *testing.B) {
	benchmarkLoad(b, bytes.Replace(data(2<<20), []byte("  {}"), []byte(`  {"JobName": ""}`), 1))
}

func benchmarkLoad(b *testing.B, content []byte) {
	b.SetBytes(int64(len(content)))
	b.ReportAllocs()
	for b.Loop() {
		f := source.NewFile("a.json", content)
		_, err := Frontend{}.Load(context.Background(), &frontend.Input{
			Files: []*source.File{f}, Each: each, Documents: &frontend.Documents{},
		})
		if err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkParse is the part of BenchmarkLoad that builds the tree.
func BenchmarkParse(b *testing.B) {
	content := requests(2000)
	b.SetBytes(int64(len(content)))
	for b.Loop() {
		var docs frontend.Documents
		docs.Parse(source.NewFile("a.json", content))
	}
}

func BenchmarkTokens(b *testing.B) {
	content := requests(2000)
	b.SetBytes(int64(len(content)))
	for b.Loop() {
		d := jsontext.NewDecoder(bytes.NewBuffer(content), jsontext.AllowDuplicateNames(true))
		for {
			if _, err := d.ReadToken(); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				b.Fatal(err)
			}
		}
	}
}
