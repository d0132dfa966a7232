package terraform

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/value"
)

// Whatever a file holds, the front-end neither panics nor hangs, and says what it can't read.
func TestHostile(t *testing.T) {
	const good = "\nresource \"aws_vpc\" \"good\" {\n  cidr_block = \"10.0.0.0/16\"\n}\n"
	for _, row := range []struct {
		name, text string
		faults     int
		resources  int
	}{
		{"empty", "", 0, 0},
		{"byte order mark", "\xef\xbb\xbf" + good, 0, 1},
		{"carriage returns", strings.ReplaceAll(good, "\n", "\r\n"), 0, 1},
		{"a comment that is not UTF-8", "# caf\xe9\n" + good, 0, 1},
		{"a text that is not UTF-8", "resource \"aws_vpc\" \"bad\" {\n  x = \"caf\xe9\"\n}\n" + good, 1, 1},
		{"NUL", "\x00" + good, 1, 1},
		{"parentheses", "locals {\n a = " + strings.Repeat("(", 200_000) + "\n}" + good, 1, 0},
		{"brackets", "locals {\n a = " + strings.Repeat("[", 200_000) + "\n}" + good, 1, 0},
		{"templates", "locals {\n a = " + strings.Repeat(`"${`, 100_000) + "\n}" + good, 1, 0},
		{"directives", "locals {\n a = \"" + strings.Repeat(`%{ if true }`, 50_000) + "\"\n}" + good, 1, 0},
		{"negations", "locals {\n a = " + strings.Repeat("!", 500_000) + "true\n}" + good, 1, 0},
		{"minus signs", "locals {\n a = " + strings.Repeat("- ", 500_000) + "1\n}" + good, 1, 0},
		{"sums", "locals {\n a = 1" + strings.Repeat("+1", 500_000) + "\n}" + good, 1, 0},
		{"conditionals", "locals {\n a = " + strings.Repeat("true?1:", 150_000) + "1\n}" + good, 1, 0},
		{"blocks", strings.Repeat("a {\n", 100_000), 1, 0},
		{"indexes", "locals {\n a = var.x" + strings.Repeat("[var.x]", 100_000) + "\n}" + good, 1, 0},
		{"too large", strings.Repeat("# a comment\n", 400_000), 1, 0},
		{"deep but within the limit", "locals {\n a = " + strings.Repeat("[", 400) + strings.Repeat("]", 400) + "\n}" + good, 0, 1},
		{"a rule of dashes", "# " + strings.Repeat("-", 2000) + good, 0, 1},
		{"unclosed bracket", "resource \"aws_vpc\" \"bad\" {\n  x = [1,\n}\n" + good, 1, 1},
		{"unclosed quote", "resource \"aws_vpc\" \"bad\" {\n  x = \"${\n}\n" + good, 1, 1},
		{"unclosed block", "resource \"aws_vpc\" \"bad\" {\n" + good, 1, 1},
		{"unclosed heredoc", "resource \"aws_vpc\" \"bad\" {\n  x = <<EOT\n}\n" + good, 1, 1},
		{"unclosed bracket, and a comment", "resource \"aws_vpc\" \"bad\" {\n  x = [1,\n}\n/*" + good + good + "*/\n" + good, 1, 1},
		{"unclosed bracket, and a heredoc", "resource \"aws_vpc\" \"bad\" {\n  x = [1,\n  y = <<-EOT" + good + good + "  EOT\n}\n" + good, 1, 1},
		{"unclosed bracket after both", "/*" + good + "*/\nresource \"aws_vpc\" \"first\" {\n  x = <<EOT" + good + "EOT\n}\n" + good + "locals {\n  x = [1,\n}\n", 1, 2},
		{"comments and heredocs without an end", strings.Repeat("/*\n", 100_000) + strings.Repeat("x = <<A\n", 100_000) + good, 1, 0},
		{"comments without an end in an interpolation", "locals {\n  x = \"${" + strings.Repeat("/*", 200_000), 1, 0},
		{"a heredoc of many lines", "locals {\n  x = <<E\n" + strings.Repeat("x\n", 500_000) + "E\n}\n" + good, 1, 0},
		{"a heredoc of a thousand lines", "locals {\n  x = <<E\n" + strings.Repeat("x\n", 1000) + "E\n}\n" + good, 0, 1},
		{"a template of many lines", "resource \"aws_x\" \"y\" {\n  v = templatestring(join(\"\\n\", range(4000)), {})\n  w = templatestring(join(\"\\n\", [for i in range(15000): join(\"\\n\", range(20))]), {})\n}\n", 0, 1},
		{"an open quote in each line", strings.Repeat("a \"x {}\n", 100_000), 1, 0},
		{"bad expression", "resource \"aws_vpc\" \"bad\" {\n  x = 1 +\n}\n" + good, 1, 1},
		{"attribute twice", "resource \"aws_vpc\" \"bad\" {\n  x = 1\n  x = 2\n}\n" + good, 1, 1},
		{"declared twice", good + good, 0, 2},
		{"empty resource", "resource \"aws_vpc\" \"none\" {}\n" + good, 0, 2},
		{"no labels", "resource {\n}\ndata \"x\" {\n}\nmodule {\n}\nvariable {\n}\noutput {\n}\n" + good, 0, 1},
		{"locals that need each other", "locals {\n a = local.b\n b = local.a\n c = local.c\n}\nresource \"aws_x\" \"y\" {\n  v = local.a\n}\n", 0, 1},
		{"resources that need each other", "resource \"aws_x\" \"y\" {\n  count = aws_x.z.n\n}\nresource \"aws_x\" \"z\" {\n  n = aws_x.y[0].n\n for_each = aws_x.y\n}\n", 0, 2},
		{"resources that are all of themselves", "resource \"aws_x\" \"y\" {\n  v = aws_x.y\n  w = [aws_x.z, aws_x.z]\n}\nresource \"aws_x\" \"z\" {\n  v = { a = aws_x.y, b = aws_x.y }\n}\n", 0, 2},
		{"a billion instances", "resource \"aws_x\" \"y\" {\n  count = 1000000000\n}\n", 0, 1},
		{"a negative count", "resource \"aws_x\" \"y\" {\n  count = -1\n}\n", 0, 0},
		{"a range", "resource \"aws_x\" \"y\" {\n  for_each = toset([for i in range(100000) : tostring(i)])\n}\n", 0, 1},
		{"doubling", doubling("concat(local.a%d, local.a%d)", `["a"]`), 0, 1},
		{"doubling text", doubling(`"${local.a%d}${local.a%d}"`, `"a"`), 0, 1},
		{"doubling tuples", doubling(`[local.a%d, local.a%d]`, `"a"`), 0, 1},
		{"loops in loops", "locals {\n r = range(1000)\n}\nresource \"aws_x\" \"y\" {\n  v = [for a in local.r : [for b in local.r : [for c in local.r : a]]]\n}\n", 0, 1},
		{"a wide format", "resource \"aws_x\" \"y\" {\n  v = format(\"%999999999d\", 1)\n}\n", 0, 1},
		{"a large number", "resource \"aws_x\" \"y\" {\n  v = 1e999999\n  w = 1e-999999\n  u = \"${1e999999}\"\n}\n", 0, 1},
		{"a billion laughs", "resource \"aws_x\" \"y\" {\n  v = yamldecode(\"a: &a [x,x]\\nb: &b [*a,*a]\\n\")\n}\n", 0, 1},
		{"deep YAML", "resource \"aws_x\" \"y\" {\n  v = yamldecode(\"" + strings.Repeat("- ", 50_000) + "\")\n  w = yamldecode(\"" + strings.Repeat("[", 4000) + strings.Repeat("a,", 400_000) + "\")\n}\n", 0, 1},
		{"deep JSON", "resource \"aws_x\" \"y\" {\n  v = jsondecode(join(\"\", [for i in range(1000) : \"" + strings.Repeat("[", 100) + "\"]))\n}\n", 0, 1},
		{"wrong arguments", "resource \"aws_x\" \"y\" {\n  a = lookup()\n  b = indent()\n  c = merge()\n  d = concat()\n  e = format()\n  f = jsondecode()\n  g = cidrsubnet(1)\n  h = try()\n  i = can()\n j = one()\n k = setunion()\n}\n", 0, 1},
		{"self at the top", "locals {\n a = self.id\n b = each.key\n c = count.index\n d = var\n e = module\n f = data.x\n g = path.x.y\n h = terraform.workspace\n}\nresource \"aws_x\" \"y\" {\n v = [local.a, local.b, local.c, local.d, local.e, local.f, local.g, local.h]\n}\n", 0, 1},
	} {
		t.Run(row.name, func(t *testing.T) {
			start := time.Now()
			out := loadFiles(t, map[string]string{"main.tf": row.text})
			// A hang is what this is about; the race detector makes everything slow.
			if took := time.Since(start); took > time.Minute && !testing.Short() {
				t.Errorf("it takes %v", took)
			}
			if len(out.Findings) != row.faults {
				t.Errorf("got %d findings, want %d", len(out.Findings), row.faults)
			}
			for _, f := range out.Findings {
				if f.Message == "" || f.At.File == nil || strings.HasSuffix(f.Message, ".") {
					t.Errorf("a finding says %q at %v", f.Message, f.At)
				}
			}
			whole := slices.DeleteFunc(slices.Clone(out.Resources), func(r resource.Raw) bool { return r.Props.Reason() == cutShort })
			if len(whole) != row.resources {
				t.Errorf("got %d resources, want %d", len(whole), row.resources)
			}
			for _, r := range out.Resources {
				weigh(t, r.Props, 0)
			}
		})
	}
}

// weigh visits all of a value, as a reader of it would.
func weigh(t *testing.T, v value.Value, depth int) {
	if depth > 200 {
		return
	}
	for _, e := range v.Elems() {
		weigh(t, e, depth+1)
	}
	for _, f := range v.Fields() {
		weigh(t, f.Value, depth+1)
	}
}

// doubling makes 40 locals, each twice the one before.
func doubling(form, first string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "locals {\n  a0 = %s\n", first)
	for i := range 40 {
		fmt.Fprintf(&b, "  a%d = "+form+"\n", i+1, i, i)
	}
	b.WriteString("}\nresource \"aws_x\" \"y\" {\n  v = length(local.a40)\n}\n")
	return b.String()
}

func TestModuleCycles(t *testing.T) {
	out := loadFiles(t, map[string]string{
		"a/main.tf": "module \"b\" {\n  source = \"../b\"\n}\nresource \"aws_x\" \"a\" {\n  v = module.b.out\n}\noutput \"out\" {\n  value = module.b.out\n}\n",
		"b/main.tf": "module \"a\" {\n  source = \"../a\"\n}\nresource \"aws_x\" \"b\" {\n  v = module.a.out\n}\noutput \"out\" {\n  value = module.a.out\n}\n",
		"c/main.tf": "module \"c\" {\n  source = \"./\"\n}\nresource \"aws_x\" \"c\" {}\n",
	})
	unread := 0
	for _, r := range out.Resources {
		if r.Unread != "" {
			unread++
		}
	}
	if made := len(out.Resources) - unread; made != 3 || unread != 2 {
		t.Errorf("got %d resources and %d calls that aren't followed, want 3 and 2", made, unread)
	}
}

// A whole module may hold others: twice the one before it, or itself.
func TestWholeModules(t *testing.T) {
	var root strings.Builder
	const modules = 40
	for i := range modules {
		fmt.Fprintf(&root, "module \"m%d\" {\n  source = \"./m\"\n  in     = module.m%d\n}\n", i, max(i-1, 0))
	}
	fmt.Fprintf(&root, "resource \"aws_x\" \"y\" {\n  v = module.m%d\n}\n", modules-1)
	out := loadFiles(t, map[string]string{
		"main.tf":   root.String(),
		"m/main.tf": "variable \"in\" {}\noutput \"a\" {\n  value = var.in\n}\noutput \"b\" {\n  value = [var.in]\n}\n",
	})
	if len(out.Resources) != 1 {
		t.Errorf("got %d resources, want 1", len(out.Resources))
	}
}

func TestManyModules(t *testing.T) {
	files := map[string]string{"leaf/main.tf": "resource \"aws_x\" \"y\" {}\n"}
	for i := range 12 {
		next := fmt.Sprintf("../m%d", i+1)
		if i == 11 {
			next = "../leaf"
		}
		files[fmt.Sprintf("m%d/main.tf", i)] = fmt.Sprintf("module \"c\" {\n  source = %q\n  count  = 4\n}\n", next)
	}
	out := loadFiles(t, files)
	if n := len(out.Resources); n > maxModules {
		t.Errorf("got %d resources", n)
	}
	// What is cut off is said.
	if len(out.Findings) != 1 || !strings.Contains(out.Findings[0].Message, "instances of modules") {
		t.Errorf("got findings %v", out.Findings)
	}
}
