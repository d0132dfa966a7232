package python

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand"
	"os/exec"
	"strings"
	"testing"

	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// A writer makes random scripts of what the interpretation follows.
type writer struct {
	*rand.Rand
	b     strings.Builder
	calls bool
	loops int
}

func (w *writer) pick(choices ...string) string { return choices[w.Intn(len(choices))] }

func (w *writer) name() string { return w.pick("a", "b", "c") }

func (w *writer) expr() string {
	switch w.Intn(12) {
	case 0:
		return "None"
	case 1, 2:
		return w.pick(`["s1"]`, `["s1", "s2"]`, `[]`)
	case 3:
		return fmt.Sprintf(`k.get("p", %s)`, w.name())
	case 4:
		return fmt.Sprintf(`%s if %s else %s`, w.name(), w.test(), w.name())
	case 5:
		return fmt.Sprintf(`%s or %s`, w.name(), w.pick(w.name(), `["or"]`))
	case 6:
		return fmt.Sprintf(`(%s or []) + ["plus"]`, w.name())
	case 7:
		return fmt.Sprintf(`%s and ["and"]`, w.name())
	case 8:
		return fmt.Sprintf(`list(%s or ())`, w.name())
	case 9:
		if w.calls {
			return w.pick("f("+w.name()+")", "f("+w.name()+", y="+w.name()+")", "g("+w.name()+")")
		}
	case 10:
		return fmt.Sprintf(`[x + "!" for x in %s or []]`, w.name())
	}
	return w.name()
}

func (w *writer) test() string {
	return w.pick("cond()", "u", "not u", w.name(), w.name()+" is None", "u and "+w.name(), `"p" in k`, "len(k) == 1", "u or cond()",
		w.name()+" == k.get('p')")
}

func (w *writer) line(indent int, format string, args ...any) {
	w.b.WriteString(strings.Repeat("  ", indent) + fmt.Sprintf(format, args...) + "\n")
}

func (w *writer) block(indent, n int) {
	for range 1 + w.Intn(n) {
		w.stmt(indent)
	}
}

func (w *writer) stmt(indent int) {
	if indent > 4 {
		w.line(indent, "%s = %s", w.name(), w.expr())
		return
	}
	switch w.Intn(16) {
	case 0, 1, 2:
		w.line(indent, "%s = %s", w.name(), w.expr())
	case 3:
		w.line(indent, `k["p"] = %s`, w.expr())
	case 4:
		// A list of its own: what is changed through a name that may be anything is not followed.
		name := w.name()
		w.line(indent, "%s = list(%s or [])", name, name)
		w.line(indent, "%s.append(\"ap\")", name)
	case 5:
		w.line(indent, "%s", w.pick(`k = {}`, `k.pop("p", None)`, `k.update({"p": a})`, `k.setdefault("p", b)`, `k = dict(k, q=a)`, `k = {**k, "q": b}`))
	case 6, 7:
		w.line(indent, "if %s:", w.test())
		w.block(indent+1, 3)
		if w.Intn(2) == 0 {
			w.line(indent, "else:")
			w.block(indent+1, 3)
		}
	case 8:
		w.line(indent, "for x in %s:", w.pick("items()", `["one"]`, `["one", "two"]`, "list("+w.name()+" or [])"))
		w.loops++
		w.block(indent+1, 3)
		w.loops--
	case 9:
		w.line(indent, "try:")
		w.block(indent+1, 2)
		w.line(indent+1, "boom()")
		w.block(indent+1, 2)
		w.line(indent, "except KeyError:")
		w.block(indent+1, 2)
	case 10:
		if w.loops > 0 {
			w.line(indent, "if %s: %s", w.test(), w.pick("break", "continue"))
			return
		}
		w.line(indent, "a, b = list(c or []), None")
		w.line(indent, "a += %s", w.pick(`["aug"]`, `["aug", "ment"]`))
	case 11:
		w.line(indent, "c = list(b or [])")
		w.line(indent, "if %s: c += [\"aug\"]", w.test())
	default:
		w.line(indent, "Estimator(subnets=%s, security_group_ids=k.get(\"p\"), environment=k)", w.name())
	}
}

func (w *writer) function(name string) {
	w.line(0, "def %s(a, y=None, k=%s):", name, w.pick(`{"p": ["d"]}`, "None"))
	w.line(1, "k = k or {}")
	w.line(1, "b, c, u = y, %s, cond()", w.pick("None", `["fc"]`))
	w.block(1, 3)
	w.line(1, "if %s: return %s", w.test(), w.expr())
	w.block(1, 2)
	if w.Intn(3) > 0 {
		w.line(1, "return %s", w.expr())
	}
}

func (w *writer) script() string {
	w.line(0, "from sagemaker.estimator import Estimator")
	w.line(0, "from outside import cond, items, boom")
	w.line(0, `u, a, b, c, k = cond(), None, ["b"], ["c1", "c2"], {"p": ["kp"]}`)
	w.function("g")
	w.calls = true
	w.function("f")
	w.block(0, 12)
	w.line(0, "Estimator(subnets=a, security_group_ids=b, environment=k)")
	return w.b.String()
}

// TestSound holds what is read from random scripts against what Python does when it runs them: whatever a constructor is
// given there must be among what it may be given here.
func TestSound(t *testing.T) {
	python, err := exec.LookPath("python3")
	if err != nil || testing.Short() {
		t.Skip("python3 is not run")
	}
	const scripts = 300
	texts := make([]string, scripts)
	for i := range texts {
		texts[i] = (&writer{Rand: rand.New(rand.NewSource(int64(i)))}).script()
	}
	stdin, err := json.Marshal(texts)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), python, "testdata/run_scripts.py")
	cmd.Stdin = bytes.NewReader(stdin)
	stdout, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	var results [][][2]any
	if err := json.Unmarshal(stdout, &results); err != nil {
		t.Fatal(err)
	}
	checked, failed, shown := 0, 0, ""
	for i, made := range results {
		read := map[int]value.Value{}
		for _, r := range load(t, tree{"a.py": texts[i]}).Resources {
			if r.Exists.Known() == tri.False {
				t.Errorf("script %d: %s can't exist", i, r.Subject)
			}
			read[r.Span.File.Position(r.Span.Start).Line] = r.Props
		}
		for _, m := range made {
			line, given := int(m[0].(float64)), m[1].(map[string]any)
			props, ok := read[line]
			if !ok {
				props = value.OfString("nothing")
			}
			for param, path := range map[string]string{
				"subnets": "VpcConfig.Subnets", "security_group_ids": "VpcConfig.SecurityGroupIds", "environment": "Environment",
			} {
				checked++
				if v := at(props, path); !mayBe(v, given[param]) {
					failed++
					if shown == "" || len(texts[i]) < len(shown) {
						shown = texts[i]
						t.Errorf("script %d, line %d: %s is %v, read as %s", i, line, param, given[param], said(v))
					}
				}
			}
		}
	}
	if shown != "" {
		t.Error("the shortest of them:\n" + shown)
	}
	t.Logf("%d of %d values are unsound", failed, checked)
}

// mayBe reports whether v says that it may be the concrete value c.
func mayBe(v value.Value, c any) bool {
	switch v.Kind() {
	case value.KindAbsent:
		return c == nil
	case value.KindScalar:
		if n, ok := c.(json.Number); ok {
			return sameNumber(v, n)
		}
		s, _ := v.Scalar()
		return c == s
	case value.KindText:
		s, ok := c.(string)
		return ok && maySpell(v.Parts(), s)
	case value.KindChoice:
		for _, a := range v.Arms() {
			if mayBe(a.Value, c) {
				return true
			}
		}
		return false
	case value.KindList:
		items, ok := c.([]any)
		if set, isSet := c.(map[string]any); isSet && set["set"] != nil {
			items, ok = set["set"].([]any)
		}
		if ok && v.Unordered() {
			return mayHoldAny(v, items)
		}
		return ok && mayHold(v.Elems(), items, v.Open())
	case value.KindObject:
		fields, ok := c.(map[string]any)
		if !ok {
			return false
		}
		for _, f := range v.Fields() {
			if !mayBe(f.Value, fields[f.Name]) {
				return false
			}
		}
		for name := range fields {
			if _, known := v.Field(name); !known && !v.Open() {
				return false
			}
		}
	}
	return true
}

// maySpell reports whether a text of parts, of which some aren't known, may be s.
func maySpell(parts []value.Value, s string) bool {
	if len(parts) == 0 {
		return s == ""
	}
	if known, ok := parts[0].AsString(); ok {
		return strings.HasPrefix(s, known) && maySpell(parts[1:], s[len(known):])
	}
	for i := range len(s) + 1 {
		if maySpell(parts[1:], s[i:]) {
			return true
		}
	}
	return false
}

// mayHoldAny reports whether a list whose elements may stand in any order may be items.
func mayHoldAny(v value.Value, items []any) bool {
	among := func(e value.Value) bool {
		for _, item := range items {
			if mayBe(e, item) {
				return true
			}
		}
		return mayBe(e, nil)
	}
	for _, e := range v.Elems() {
		if !among(e) {
			return false
		}
	}
	for _, item := range items {
		found := v.Open()
		for _, e := range v.Elems() {
			found = found || mayBe(e, item)
		}
		if !found {
			return false
		}
	}
	return true
}

// mayHold reports whether a list of elems, of which some may be missing, may be items.
func mayHold(elems []value.Value, items []any, open bool) bool {
	if len(elems) == 0 {
		return len(items) == 0 || open
	}
	if len(items) > 0 && mayBe(elems[0], items[0]) && mayHold(elems[1:], items[1:], open) {
		return true
	}
	if mayBe(elems[0], nil) && mayHold(elems[1:], items, open) {
		return true
	}
	return open && len(items) > 0 && mayHold(elems, items[1:], open)
}
