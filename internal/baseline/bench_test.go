package baseline_test

import (
	"bytes"
	"fmt"
	"testing"

	"github.com/vpclint/vpclint/internal/baseline"
	"github.com/vpclint/vpclint/internal/finding"
)

// BenchmarkExcuse reads ten thousand entries and has them excuse as many findings, each of a unit that is called otherwise now.
func BenchmarkExcuse(b *testing.B) {
	var was, is []finding.Finding
	for i := range 10_000 {
		of := func(dir string) finding.Finding {
			unit := fmt.Sprintf("%s/%d/train.py", dir, i)
			return finding.Finding{Rule: "r", Unit: unit, Subject: unit + ":estimator", Property: "p"}
		}
		was, is = append(was, of("old")), append(is, of("new"))
	}
	var text bytes.Buffer
	if err := baseline.Of(was).Write(&text); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		read, err := parse(text.String())
		if err != nil {
			b.Fatal(err)
		}
		for i, by := range read.Excuse(is, func(string) bool { return true }, func(string) bool { return true }) {
			if by < 0 {
				b.Fatalf("finding %d isn't excused", i)
			}
		}
	}
}
