package doctree_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/vpclint/vpclint/internal/doctree"
	"github.com/vpclint/vpclint/internal/source"
)

func yamlTemplate(resources int) []byte {
	var b strings.Builder
	b.WriteString("Resources:\n")
	for i := range resources {
		fmt.Fprintf(&b, `  Notebook%d:
    Type: AWS::SageMaker::NotebookInstance
    Properties:
      SubnetId: !Ref Subnet%d
      RoleArn: !Sub "arn:${AWS::Partition}:iam::012345678901:role/notebook"
      SecurityGroupIds: [!GetAtt Group.GroupId, 'sg-0123']
      Tags:
        - Key: purpose # why
          Value: >-
            several words
            on two lines
`, i, i)
	}
	return []byte(b.String())
}

func jsonTemplate(resources int) []byte {
	var b strings.Builder
	b.WriteString(`{"Resources": {`)
	for i := range resources {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, `
  "Notebook%d": {
    "Type": "AWS::SageMaker::NotebookInstance",
    "Properties": {
      "SubnetId": {"Ref": "Subnet%d"},
      "RoleArn": {"Fn::Sub": "arn:${AWS::Partition}:iam::012345678901:role\/notebook"},
      "SecurityGroupIds": [{"Fn::GetAtt": ["Group", "GroupId"]}, "sg-0123"],
      "Tags": [{"Key": "purpose", "Value": "several words", "PropagateAtLaunch": true}]
    }
  }`, i, i)
	}
	b.WriteString("}}\n")
	return []byte(b.String())
}

func BenchmarkYAML(b *testing.B) { benchmark(b, yamlTemplate(3000)) }

func BenchmarkJSON(b *testing.B) { benchmark(b, jsonTemplate(3000)) }

func benchmark(b *testing.B, content []byte) {
	f := source.NewFile("f", content)
	b.SetBytes(int64(len(content)))
	b.ReportAllocs()
	for b.Loop() {
		if docs, errs := doctree.Parse(f); len(docs) != 1 || len(errs) != 0 {
			b.Fatal(show(errs))
		}
	}
}

// TestLinear doubles inputs that invite quadratic readers, and expects at most some three times the work.
func TestLinear(t *testing.T) {
	if testing.Short() {
		t.Skip("measures time")
	}
	for name, make := range map[string]func(n int) string{
		"keys":     func(n int) string { return repeat(n, func(i int) string { return fmt.Sprintf("key%d: value\n", i) }) },
		"one line": func(n int) string { return "é: [" + strings.Repeat("é, ", n) + "]" },
		"flow": func(n int) string {
			return "{" + repeat(n, func(i int) string { return fmt.Sprintf("k%d: v, ", i) }) + "}"
		},
		"documents":     func(n int) string { return strings.Repeat("--- a\n", n) },
		"bad documents": func(n int) string { return strings.Repeat("--- ]\n", n) },
		"aliases":       func(n int) string { return "a: &a x\nb: [" + strings.Repeat("*a, ", n) + "]" },
		"merges":        func(n int) string { return "a: &a {x: 1}\nb:\n" + strings.Repeat("- <<: *a\n", n) },
		"merge":         func(n int) string { return "a: &a {x: 1}\nb:\n" + strings.Repeat("  <<: *a\n", n) },
		"comments":      func(n int) string { return "a: 1\n" + strings.Repeat("# a comment\n", n) + "b: 1\n" },
		"block":         func(n int) string { return "a: |\n" + strings.Repeat("  line\n", n) },
		"blank":         func(n int) string { return "a: 'x" + strings.Repeat("\n", n) + "y'\n" },
		"quotes":        func(n int) string { return "a: '" + strings.Repeat("'' ", n) + "'\n" },
		"JSON":          func(n int) string { return "[" + strings.Repeat("{\"a\": 1},", n) + "0]" },
	} {
		// A machine that is busy with something else may hold up one measurement, hardly each.
		quadratic := true
		for range 5 {
			small, large := elapsed(make(20_000)), elapsed(make(80_000))
			t.Logf("%s: %v, four times as much %v", name, small, large)
			if quadratic = large > 10*small && large > time.Second; !quadratic {
				break
			}
		}
		if quadratic {
			t.Errorf("%s: four times as much takes more than ten times as long, whenever it is measured", name)
		}
	}
}

func repeat(n int, part func(i int) string) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(part(i))
	}
	return b.String()
}

func elapsed(content string) time.Duration {
	start := time.Now()
	docs, _ := parse(content)
	for _, d := range docs[:min(len(docs), 1)] {
		walk(d.Root, func(n *doctree.Node) { n.Embed("") })
	}
	return time.Since(start)
}
