package shell

import (
	"fmt"
	"strings"
	"testing"
)

// Scripts that would cost more than anybody has: each is read to its end, and the request behind the worst of it is found
// where that isn't beyond a limit.
func TestHostile(t *testing.T) {
	const command = "\naws sagemaker create-model --model-name last --execution-role-arn \"$A\"\n"
	double := func(n int) string {
		var b strings.Builder
		b.WriteString("A=aaaaaaaaaaaaaaaa\n")
		for range n {
			b.WriteString("A=$A$A\n")
		}
		return b.String()
	}
	worlds := func(n int) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, "if [ -n \"$X%d\" ]; then A+=a%d; fi\n", i, i)
		}
		return b.String()
	}
	tests := []struct {
		name, script string
		found        int
	}{
		{"a text that doubles", double(60), 1},
		{"an array that doubles", "L=(a b)\n" + strings.Repeat("L=(\"${L[@]}\" \"${L[@]}\")\n", 40) + "A=${L[5]}", 1},
		{"more worlds than are told apart", worlds(40), 1},
		{"a function that calls itself", "f() { f \"$@\" x; f y; }\nf a", 1},
		{"functions that call each other", "f() { g; g; }\ng() { f; f; }\nf", 1},
		{"a script that evaluates itself", `A='eval "$A"; eval "$A"'` + "\neval \"$A\"", 1},
		{"a script that sources itself", ". ./run.sh\n. ./run.sh", 1},
		{"braces", "A=x\n: {a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{1..999999}", 1},
		{"loops in loops", strings.Repeat("for i in a b c d e f g h; do\n", 8) + "A+=$i\n" + strings.Repeat("done\n", 8), 1},
		{"a chain", strings.Repeat("true && ", 20_000) + "true", 1},
		{"lines that are no shell", strings.Repeat(") fi\n", 60), 1},
		{"subshells in subshells", strings.Repeat("(", 200_000), 0},
		{"substitutions in substitutions", strings.Repeat("$(", 100_000), 0},
		{"ifs in ifs", strings.Repeat("if x; then ", 100_000), 0},
		{"a script that is too large", strings.Repeat("# nothing\n", maxScript/10+1), 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if found := requestsOf(t, tt.script+command); len(found) != tt.found {
				t.Errorf("found %d requests, want %d", len(found), tt.found)
			}
		})
	}
}
