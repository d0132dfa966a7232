package shell

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os/exec"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/vpclint/vpclint/internal/value"
)

// A writer writes scripts that do what people's do, and print what their commands get.
type writer struct {
	*rand.Rand
	b      strings.Builder
	probes int
	depth  int
	funcs  int
	loops  int
	// probing says that what is written is not assigned: what comes from outside may have a default later, which counts.
	probing bool
}

// Variables: the first are assigned, those of outside are set by whoever runs the script, the last by nobody.
var assignedNames, outsideNames, unsetNames = []string{"A", "B", "C"}, []string{"U", "V"}, []string{"D", "E"}

func (w *writer) pick(of ...string) string { return of[w.IntN(len(of))] }

func (w *writer) name() string {
	if !w.probing {
		return w.pick(w.pick(assignedNames...), w.pick(assignedNames...), w.pick(unsetNames...))
	}
	return w.pick(w.pick(assignedNames...), w.pick(assignedNames...), w.pick(outsideNames...), w.pick(unsetNames...))
}

// word writes a word with all that a shell has for one.
func (w *writer) word() string {
	var out string
	for n := w.IntN(2) + 1; n > 0; n-- {
		out += w.piece()
	}
	return out
}

func (w *writer) literal() string { return w.pick("a", "bc", "d1", "e", "aa", "x9") }

func (w *writer) piece() string {
	switch w.IntN(16) {
	case 0, 1:
		return w.literal()
	case 2:
		return "'" + w.pick("a b", "c", "", "d\\e", `q"q`) + "'"
	case 3:
		return `"` + w.pick("a b", "c", "", `d\"e`, `d\$e`, `x\\y`, `l\z`) + `"`
	case 4:
		return w.pick(`a\ b`, `\c`, `$'t\tu'`, `$'n\'n'`, ":{a,b}", ":x{1,2}y")
	case 5, 6:
		return "$" + w.name()
	case 7, 8:
		return `"$` + w.name() + `"`
	case 9:
		return `"${` + w.pick(unsetNames...) + w.pick(":-", "-") + w.literal() + `}"`
	case 10:
		return "${" + w.pick(assignedNames...) + w.pick(":-", "-", ":+", "+") + w.literal() + "}"
	case 11:
		return `"${` + w.pick(assignedNames...) + w.pick("%a", "#a", "/a/z", "//a/z", "%%b*", "##*c", ":1", ":0:1", "^^", ",,") + `}"`
	case 12:
		return w.pick(`"${L[@]}"`, `${L[@]}`, `"${L[0]}"`, `"${L[1]}"`, `"${L[*]}"`, `$L`)
	case 13:
		return w.pick(`"$@"`, `$@`, `"$1"`, `$2`, `"$*"`)
	case 14:
		return `"$(echo ` + w.literal() + `)"`
	}
	return `"` + w.literal() + `$` + w.name() + w.pick("", " ", ",") + `"`
}

func (w *writer) line(format string, args ...any) {
	w.b.WriteString(strings.Repeat("  ", w.depth) + fmt.Sprintf(format, args...) + "\n")
}

func (w *writer) probe() {
	w.probes++
	words := ""
	w.probing = true
	defer func() { w.probing = false }()
	for n := w.IntN(3) + 1; n > 0; n-- {
		words += " " + w.word()
	}
	w.line("aws sagemaker create-domain --domain-name N%d --subnet-ids p%s", w.probes, words)
}

func (w *writer) test() string {
	w.probing = true
	defer func() { w.probing = false }()
	switch w.IntN(5) {
	case 0:
		return `[ -z "$` + w.name() + `" ]`
	case 1:
		return `[ -n "$` + w.name() + `" ]`
	case 2:
		return `[[ "$` + w.name() + `" ` + w.pick("==", "!=") + " " + w.literal() + ` ]]`
	case 3:
		return `[ "$` + w.name() + `" ` + w.pick("=", "!=") + ` "` + w.pick(w.literal(), "") + `" ]`
	}
	return w.pick("true", "false", "! true", `test "$A" = "$B"`, `[[ -z $A && -n $B ]]`)
}

func (w *writer) block(n int) {
	w.depth++
	for ; n > 0; n-- {
		w.statement()
	}
	w.depth--
}

func (w *writer) statement() {
	deep := w.depth > 2
	switch k := w.IntN(22); {
	case k < 5 || deep && k > 13:
		w.line("%s=%s", w.pick(assignedNames...), w.pick(w.piece(), w.word(), `"$A$B"`))
	case k < 6:
		w.line("%s+=%s", w.pick(assignedNames...), w.piece())
	case k < 7:
		w.line("export %s=%s", w.pick(assignedNames...), strings.NewReplacer("{a,b}", "a", "{1,2}", "1").Replace(w.word()))
	case k < 8:
		w.line("L=(%s %s)", w.word(), w.word())
	case k < 9:
		w.line("L+=(%s)", w.word())
	case k < 12:
		w.probe()
	case k < 13:
		w.line("%s %s %s=%s", w.test(), w.pick("&&", "||"), w.pick(assignedNames...), w.word())
	case k < 14:
		w.line("set -- %s %s", w.literal(), w.word())
	case k < 16:
		w.line("if %s; then", w.test())
		w.block(1 + w.IntN(2))
		if w.IntN(3) == 0 {
			w.line("elif %s; then", w.test())
			w.block(1)
		}
		if w.IntN(2) == 0 {
			w.line("else")
			w.block(1 + w.IntN(2))
		}
		w.line("fi")
	case k < 17:
		w.loops++
		w.line("for i%d in %s %s; do", w.loops, w.literal(), w.word())
		w.depth++
		w.line(`A=${A}"$i%d"`, w.loops)
		w.depth--
		w.block(2)
		w.line("done")
	case k < 18:
		w.line(`case "$%s" in`, w.name())
		w.line("%s) ", w.literal())
		w.block(1)
		w.line(";;\n%s|%s)", w.literal(), w.pick("''", "z*"))
		w.block(1)
		if w.IntN(2) == 0 {
			w.line(";;\n*)")
			w.block(1)
		}
		w.line(";;\nesac")
	case k < 20 && w.depth == 0:
		w.funcs++
		w.line("f%d() {", w.funcs)
		w.depth++
		w.line("local C=%s", w.piece())
		w.depth--
		w.block(2)
		if w.IntN(3) == 0 {
			w.line("  return")
		}
		w.line("}")
		for n := w.IntN(3); n > 0; n-- {
			w.line("f%d %s %s", w.funcs, w.literal(), w.word())
		}
	case k < 21:
		w.line("( %s=%s )", w.pick(assignedNames...), w.literal())
	default:
		w.line(`eval "A=%s"`, w.literal())
	}
}

// header makes of the AWS CLI a function that shows its words.
const header = `aws() { printf '%s\0' "$#" "$@"; }
`

// Whatever Bash makes of a script, with whatever it is run with, is among what is read of it.
func TestBash(t *testing.T) {
	if _, err := exec.LookPath("bash"); err != nil {
		t.Skip("no bash to compare with")
	}
	rounds := 400
	if testing.Short() {
		rounds = 60
	}
	checked, certain := 0, 0
	longer := [...]int{176, 469, 567, 642}
	// The last are seeds of a longer run that once found something.
	for round := range rounds + len(longer) {
		seed := round
		if round >= rounds {
			seed = longer[round-rounds]
		}
		w := &writer{Rand: rand.New(rand.NewPCG(uint64(seed), 7))}
		for range 4 + w.IntN(8) {
			w.statement()
		}
		w.probe()
		script := w.b.String()
		read := map[string]value.Value{}
		for _, r := range requestsOf(t, script) {
			name, _ := r.Props.Attr("DomainName").AsString()
			read[name] = r.Props.Attr("SubnetIds")
		}
		for _, outside := range [][]string{nil, {"U=a", "V="}, {"U=bc", "V=x9"}} {
			for _, words := range run(t, script, outside) {
				checked++
				v, found := read[words[3]]
				want := words[6:]
				if v.Kind() == value.KindList && len(v.Elems()) > 0 {
					v = withoutFirst(v)
				} else if v.Kind() == value.KindChoice {
					v = v.Map(withoutFirst)
				}
				if !found || !holds(v, want) {
					t.Fatalf("seed %d with %q: %s gets %q, read is %v\n%s", seed, outside, words[3], want, plainOf(v), script)
				}
				if v.Kind() == value.KindList && !v.Open() {
					certain++
				}
			}
		}
	}
	t.Logf("%d commands, of %d all words are known or counted", checked, certain)
	if certain*3 < checked {
		t.Errorf("of %d commands only %d are known", checked, certain)
	}
}

func withoutFirst(v value.Value) value.Value {
	if v.Kind() != value.KindList || len(v.Elems()) == 0 {
		return v
	}
	if v.Open() {
		return value.OfOpenList(v.Elems()[1:], v.Reason())
	}
	return value.OfList(v.Elems()[1:], false)
}

// run returns the words of each call of aws.
func run(t *testing.T, script string, outside []string) [][]string {
	t.Helper()
	cmd := exec.Command("bash", "-c", header+script)
	cmd.Env = append([]string{"PATH=/nonexistent"}, outside...)
	var out bytes.Buffer
	cmd.Stdout = &out
	_ = cmd.Run() // what a script ends with doesn't matter
	var calls [][]string
	all := strings.Split(out.String(), "\x00")
	for len(all) > 1 {
		n, err := strconv.Atoi(all[0])
		if err != nil || n >= len(all) {
			t.Fatalf("the output of Bash can't be read: %q", all)
		}
		calls = append(calls, all[1:n+1])
		all = all[n+1:]
	}
	return calls
}

// holds reports whether words are among what a value may be.
func holds(v value.Value, words []string) bool {
	switch v.Kind() {
	case value.KindChoice:
		for _, a := range v.Arms() {
			if holds(a.Value, words) {
				return true
			}
		}
		return false
	case value.KindOpaque:
		return true
	case value.KindList:
		if v.Open() {
			for _, e := range v.Elems() {
				if !e.MayBeMissing() && !slices.ContainsFunc(words, func(s string) bool { return spells(e, s) }) {
					return false
				}
			}
			return true
		}
		if len(v.Elems()) != len(words) {
			return false
		}
		for i, e := range v.Elems() {
			if !spells(e, words[i]) {
				return false
			}
		}
		return true
	}
	return false
}

// spells reports whether a text is among what a value may be.
func spells(v value.Value, s string) bool {
	switch v.Kind() {
	case value.KindScalar:
		return v.Literal() == s
	case value.KindText:
		pattern := "(?s)^"
		for _, p := range v.Parts() {
			if text, known := p.AsString(); known {
				pattern += regexp.QuoteMeta(text)
			} else {
				pattern += ".*"
			}
		}
		return regexp.MustCompile(pattern + "$").MatchString(s)
	case value.KindChoice:
		return slices.ContainsFunc(v.Arms(), func(a value.Arm) bool { return spells(a.Value, s) })
	}
	return true
}
