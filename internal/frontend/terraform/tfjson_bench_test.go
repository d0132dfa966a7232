package terraform

import (
	"fmt"
	"strings"
	"testing"

	"github.com/vpclint/vpclint/internal/source"
)

// BenchmarkJSON reads and lowers what a program writes: some thousand resources in one file.
func BenchmarkJSON(b *testing.B) {
	var s strings.Builder
	s.WriteString(`{"//": {"metadata": {}}, "resource": {"aws_vpc": {"main": {"cidr_block": "10.0.0.0/16"}}, "aws_security_group": {`)
	const resources = 5000
	for i := range resources {
		if i > 0 {
			s.WriteString(",\n")
		}
		fmt.Fprintf(&s, `"g%d": {"//": {"metadata": {"path": "stack/g%d"}}, "vpc_id": "${aws_vpc.main.id}", "name": "g-%d",
  "tags": {"Name": "${upper(\"g%d\")}", "team": "ml"},
  "ingress": [{"from_port": 443, "to_port": 443, "protocol": "tcp", "cidr_blocks": ["10.0.0.0/8"], "security_groups": []}]}`, i, i, i, i)
	}
	s.WriteString("}}}")
	text := s.String()
	b.Run("parse", func(b *testing.B) {
		b.SetBytes(int64(len(text)))
		b.ReportAllocs()
		for b.Loop() {
			if p := parse(source.NewFile("main.tf.json", []byte(text))); len(p.blocks) != resources+1 {
				b.Fatal(len(p.blocks))
			}
		}
	})
	b.Run("load", func(b *testing.B) {
		b.SetBytes(int64(len(text)))
		for b.Loop() {
			if out := loadFiles(b, map[string]string{"main.tf.json": text}); len(out.Resources) != resources+1 {
				b.Fatal(len(out.Resources))
			}
		}
	})
}
