package terraform

import (
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vpclint/vpclint/internal/frontend"
)

// List implements frontend.Lister.
func (t memoryTree) List(dir string) ([]frontend.Entry, error) {
	var out []frontend.Entry
	for p := range t {
		rest := p
		if dir != "." {
			var below bool
			if rest, below = strings.CutPrefix(p, dir+"/"); !below {
				continue
			}
		}
		name, _, isDir := strings.Cut(rest, "/")
		if e := (frontend.Entry{Name: name, Dir: isDir}); !slices.Contains(out, e) {
			out = append(out, e)
		}
	}
	slices.SortFunc(out, func(a, b frontend.Entry) int { return strings.Compare(a.Name, b.Name) })
	return out, nil
}

// propsOf lowers the attributes of one resource beside other files, and spells each by name.
func propsOf(t *testing.T, attrs map[string]string, files map[string]string) map[string]string {
	t.Helper()
	var b strings.Builder
	b.WriteString("variable \"u\" {}\nvariable \"on\" {}\nresource \"aws_s\" \"s\" {}\nresource \"aws_x\" \"y\" {\n")
	for _, name := range sortedKeys(attrs) {
		b.WriteString("  " + name + " = " + attrs[name] + "\n")
	}
	b.WriteString("}\n")
	all := map[string]string{"mod/main.tf": b.String()}
	for p, content := range files {
		all[p] = content
	}
	out := loadFiles(t, all)
	if len(out.Findings) > 0 {
		t.Fatal(out.Findings)
	}
	got := map[string]string{}
	for _, f := range find(t, out, "aws_x.y").Props.Fields() {
		got[f.Name] = show(f.Value)
	}
	return got
}

func TestFiles(t *testing.T) {
	got := propsOf(t, map[string]string{
		"module":     `file("${path.module}/a.txt")`,
		"root":       `file("${path.root}/sub/../a.txt")`,
		"cwd":        `file("${path.cwd}/a.txt")`,
		"relative":   `file("a.txt")`,
		"joined":     `file(join("/", [path.module, "sub", "b.json"]))`,
		"above":      `file("${path.module}/../other/o.txt")`,
		"outside":    `file("${path.module}/../../etc/passwd")`,
		"absolute":   `file("/etc/passwd")`,
		"home":       `file("~/x")`,
		"missing":    `file("${path.module}/none")`,
		"binary":     `try(file("${path.module}/bytes"), "no text")`,
		"large":      `file("${path.module}/large")`,
		"fallback":   `try(file("${path.module}/a.txt"), "none")`,
		"unknown":    `file("${path.module}/${var.u}")`,
		"choice":     `file(var.on ? "${path.module}/a.txt" : "${path.module}/sub/b.json")`,
		"base64":     `filebase64("${path.module}/bytes")`,
		"md5":        `filemd5("${path.module}/a.txt")`,
		"same":       `filebase64sha256("${path.module}/a.txt") == base64sha256("A\n")`,
		"exists":     `fileexists("${path.module}/a.txt")`,
		"built":      `fileexists("${path.module}/none")`,
		"abs":        `file("${abspath(path.module)}/a.txt")`,
		"abs_file":   `file(abspath("${path.root}/a.txt"))`,
		"decoded":    `jsondecode(file("${path.module}/sub/b.json")).k`,
		"set":        `fileset(path.module, "**/*.json")`,
		"flat":       `fileset("${path.module}/sub", "*")`,
		"none":       `fileset(path.module, "*.nope")`,
		"costly":     `fileset(path.module, "{{a,b},{a,b}}/{a,b}*{a,b}*")`,
		"no_pattern": `fileset(path.module, var.u)`,
		"not_below":  `file("${path.module}x")`,
	}, map[string]string{
		"mod/a.txt": "A\n", "mod/sub/b.json": `{"k": "v"}`, "mod/sub/deep/c.json": "{}", "mod/bytes": "\xff\x00", "other/o.txt": "O",
		"mod/large": strings.Repeat("x", maxTextBytes+1), "etc/passwd": "root",
	})
	want := map[string]string{
		"module": "\"A\n\"", "root": "\"A\n\"", "cwd": "\"A\n\"", "relative": "\"A\n\"", "joined": `"{"k": "v"}"`, "above": `"O"`,
		"outside": "?(path.module)", "absolute": "?", "home": "?", "missing": "?(path.module)", "binary": `"no text"`,
		"large": "?(path.module)", "fallback": "\"A\n\"", "unknown": "?(path.module)",
		"choice": "one of {var.on is true => \"A\n\"; var.on is false => \"{\"k\": \"v\"}\"}",
		"base64": `"/wA="`, "md5": `"bf072e9119077b4e76437a93986787ef"`, "same": "true", "exists": "true", "built": "?(path.module)",
		"abs": "\"A\n\"", "abs_file": "\"A\n\"", "decoded": `"v"`,
		"set": `set["sub/b.json", "sub/deep/c.json"]`, "flat": `set["b.json"]`, "none": "?(path.module)", "costly": "?(path.module)",
		"no_pattern": "?(path.module)", "not_below": "?(path.module)",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestTemplates(t *testing.T) {
	got := propsOf(t, map[string]string{
		"plain":     `templatefile("${path.module}/t.tpl", { name = "x", ids = ["a", "b"] })`,
		"partly":    `templatefile("${path.module}/t.tpl", { name = aws_s.s.id, ids = [] })`,
		"condition": `templatefile("${path.module}/if.tpl", { on = var.on })`,
		"unset":     `try(templatefile("${path.module}/t.tpl", { name = "x" }), "it fails")`,
		"outer":     `try(templatefile("${path.module}/outer.tpl", {}), "it fails")`,
		"recursive": `templatefile("${path.module}/again.tpl", {})`,
		"function":  `jsondecode(templatefile("${path.module}/json.tpl", { a = ["x"] }))`,
		"wrapped":   `templatefile("${path.module}/list.tpl", { a = [aws_s.s.id] })`,
		"invalid":   `try(templatefile("${path.module}/bad.tpl", {}), "it fails")`,
		"missing":   `templatefile("${path.module}/none.tpl", { a = aws_s.s.id })`,
		"vars":      `templatefile("${path.module}/t.tpl", var.u)`,
		"text":      `templatestring(local.text, { a = aws_s.s.id })`,
		"texts":     `templatestring(local.two, { on = var.on }) == templatestring(local.two, { on = true })`,
		"unknown":   `templatestring(var.u, { a = aws_s.s.id })`,
		"number":    `templatefile("${path.module}/t.tpl", { name = 1, ids = null })`,
	}, map[string]string{
		"mod/locals.tf": "locals {\n  text = \"$${a}-$${upper(\\\"x\\\")}\"\n  two = \"$${on ? 1 : 2}\"\n}\n",
		"mod/t.tpl":     "n=${name}%{ for i, id in ids } ${i}:${id}%{ endfor }\n", "mod/if.tpl": "${on ? \"yes\" : \"no\"}",
		"mod/outer.tpl": "${local.text}", "mod/again.tpl": "${templatefile(\"again.tpl\", {})}",
		"mod/json.tpl": `{"k": ${jsonencode(a)}}`, "mod/list.tpl": "${a}", "mod/bad.tpl": "${",
	})
	want := map[string]string{
		"plain": "\"n=x 0:a 1:b\n\"", "partly": "\"n=${<aws_s.s.id>}\n\"", "unset": `"it fails"`, "outer": `"it fails"`,
		"condition": `one of {on is true => "yes"; on is false => "no"}`,
		"recursive": "?", "function": `{k: ["x"]}`, "wrapped": `[<aws_s.s.id>]`, "invalid": `"it fails"`,
		"missing": "?(aws_s.s.id path.module)", "vars": "?(path.module)", "text": `"${<aws_s.s.id>}-X"`,
		"texts": "one of {on is true => true; on is false => false}", "unknown": "?(aws_s.s.id)", "number": "?",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestTemplatePlaces(t *testing.T) {
	out := loadFiles(t, map[string]string{
		"main.tf": `locals { text = "$${[a, \"x\"]}" }` + "\nresource \"aws_x\" \"y\" {\n" +
			`  file = templatefile("${path.module}/list.tpl", { a = "b" })` + "\n" + `  text = templatestring(local.text, { a = "b" })` + "\n}\n",
		"list.tpl": `${[a, "x"]}`,
	})
	for _, f := range find(t, out, "aws_x.y").Props.Fields() {
		for _, v := range append(f.Value.Elems(), f.Value) {
			for o := v.Origin(); o != nil; o = o.Via {
				if o.Span.File == nil || !slices.Contains([]string{"main.tf", "list.tpl"}, path.Clean(o.Span.File.Path)) || o.Span.Text() == "" {
					t.Errorf("%s %s: %+v", f.Name, show(v), o)
				}
			}
			if v.Origin() == nil || v.Origin().Span.File.Path != "main.tf" {
				t.Errorf("%s %s: is used at %+v", f.Name, show(v), v.Origin())
			}
		}
	}
}
