package pyast_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

// snippets are corners of the grammar that libraries seldom visit. CPython says
// what is right; it skips what its version does not know yet.
var snippets = []string{
	"with (a): pass\nwith (a, b): pass\nwith (a, b,): pass\nwith (a as b): pass\nwith (a as b, c as d,): pass\n",
	"with (a) as b: pass\nwith (a, b) as c: pass\nwith (a), (b): pass\nwith (a).b as c, d: pass\nwith (a)(b): pass\n",
	"with (yield): pass\nwith (x for x in y): pass\nwith (a := b): pass\nwith (): pass\nwith (*a, b): pass\n",
	"with (a if b else c): pass\nwith (lambda: 1): pass\nwith (a, (b, c)): pass\nwith a as (b, c), d as [e]: pass\n",
	"with (a) + (b): pass\nwith (a\n  , b): pass\nwith (open('x') as f,\n  # comment\n  open('y') as g):\n  pass\n",
	"async def f():\n  async with (a as b, c): pass\n  async for x, *y in z: pass\n  else: pass\n  return [i async for i in await j if k]\n",
	"match x:\n  case 1: pass\nmatch (x):\n  case -1: pass\nmatch x, y:\n  case a, *_: pass\nmatch *a, b:\n  case [*a]: pass\n",
	"match -x:\n  case -1.5 + 2j | 1 - 0j: pass\nmatch [a]:\n  case []: pass\n  case (): pass\n  case (a): pass\n  case (a,): pass\n",
	"match {a: 1}:\n  case {}: pass\n  case {1: a, 'b' 'c': _, **rest}: pass\n  case {None: x, a.b: y, -1: z,}: pass\n",
	"match x:\n  case A(): pass\n  case a.B(1, x=2, y=C(z)): pass\n  case A(x,) | B(y=1,): pass\n  case (1 | 2) as z if z > 1: pass\n  case str() as s, : pass\n",
	"match x:\n  case None | True | False: pass\n  case 'a' 'b' | b'c' | f'{a}': pass\n  case a.b.c: pass\n  case _: pass\n",
	"match = 1\nmatch[x] = 2\nmatch(x)\nmatch.x\nmatch, case = 1, 2\nprint(match)\nmatch: int = 3\nmatch -x\nmatch * y\n",
	"case = 1\ntype = 2\ntype(x)\ntype[x]\ntype: int\ntype.x = 3\n_ = type\ntype, = 1,\n",
	"type X = int\ntype X[T] = list[T]\ntype X[T: int, *Ts, **P] = T\ntype type = type\ntype match[case] = 1\n",
	"type X[T = int, *Ts = *tuple[int], **P = [int]] = T\n",
	"def f[T: (int, str), *Ts](a: T, *args: *Ts) -> T: ...\nclass A[T](B[T], metaclass=C): ...\nclass A[T]: ...\n",
	"def f(a, /, b=1, *, c, d=2, **k): pass\ndef f(*, a): pass\ndef f(a=1, /): pass\ndef f(a, b=1, /, c=2, *d: int, e: str = 'x',): pass\n",
	"lambda: 0\nlambda a, /, b=1, *c, d, e=2, **f: (yield)\nlambda *, a: a\nlambda *a, : a\nx = lambda a=lambda: 1: a\n",
	"try: pass\nexcept* A: pass\nexcept* (B, C) as d: pass\n",
	"try: pass\nexcept A, B: pass\n",
	"try:\n  pass\nexcept:\n  pass\nelse:\n  pass\nfinally:\n  pass\n",
	"f(a for a in b)\nf((a for a in b))\nf((a for a in b), c)\nf(a)(b for b in c)(d)\nf(*a, b, *c, d=1, *e, **f, g=2)\nf(a := 1, (b := 2))\n",
	"class A(*b, c=1, **d): pass\nclass A(): pass\n@a\n@b.c(d)[e]\n@(lambda f: f)\n@x := y\nclass A:\n  @d\n  async def f(self): pass\n",
	"a[b]\na[b,]\na[b, c]\na[b:c]\na[:]\na[::]\na[b:c:d, e:]\na[*b]\na[*b, c]\na[*not b]\na[*b if c else d, *lambda: e]\na[b := 1]\na[(b, c)]\na[:, ::2]\na[()]\n",
	"(a)\n((a))\n(a).b\n(a)(b)\n(a)[b]\n(a) + (b)\n-(a)\nnot (a)\n(a) if (b) else (c)\n(a) and (b) or (c)\n(a) < (b) is not (c)\n((a), (b))\n(a), (b)\n(a),\n()\n",
	"x = 1,\nx = *a, b\nx = (yield)\nx = yield\nx = yield a, *b\nx = y = yield from z\nreturn_ = 1\ndef f():\n  return *a, b\n  yield\n  await x ** 2\n",
	"(a) = 1\n(a): int\na.b: int = 1\n(a.b): int\na[0]: int = 2, 3\n(a), b = 1, 2\n[a, *b] = c\n(a, b) = c\n*a, = b\na = b = c\na: int = yield\n",
	"a += 1\na.b //= 2\na[0] @= c\n(a) **= yield\na >>= 1, 2\na |= *b, c\n",
	"del a, (b), [c, d], (e, f), g.h, i[0]\ndel (a)\ndel a,\nassert a, b\nraise\nraise a\nraise a from b\nglobal a, b\n",
	"for a in b: pass\nfor a, in b, c: pass\nfor (a, b) in *c, d: pass\nfor a.b in c: pass\nfor a[b in c] in d: pass\nfor [x, y] in z: pass\nelse: pass\n",
	"a < b <= c == d != e > f >= g is h is not i in j not in k\nnot not a\nnot a == b\n- + ~a\n-a ** -b ** c\na ** b\n(-1) ** 2\n",
	"a if b else c if d else e\nlambda: a if b else c\na or b and not c\na | b ^ c & d << e + f * g @ h\na - b - c\na // b % c / d\n",
	"{}\n{a}\n{a: b}\n{**a}\n{**a, b: c, **d,}\n{a, *b,}\n{a: b for a, b in c if d if e for f in g}\n{a for a in b}\n{lambda: 1: 2}\n{(a := 1): 2}\n{a if b else c: d}\n",
	"[]\n[a,]\n[*a, b]\n[a for b in c]\n[a for a in b if c or d]\n[x := 1, y]\n[a for *a, b in c]\n",
	"'a' 'b'\n('a'\n  'b')\nu'a'\nu'a' 'b'\n'a' u'b'\nb'a' b'b'\nR'\\n' '\\n'\nrb'\\x' Rb'' bR''\n'''a\nb'''\n'\\\n'\n",
	"'\\x41\\u00e9\\U0001F600\\101\\7\\777\\q\\'\\\"\\a\\b\\f\\n\\r\\t\\v\\0\\\\'\nb'\\xff\\377\\777\\u1234'\n'\\ud800\\udc00'\n'\\N{EM DASH}'\n",
	"0\n00\n0_0\n1_000\n0x_FF\n0XfF\n0o17\n0b1_0\n1.\n.5\n1.5e10\n1e-5\n1E+5\n1_0.0_1e1_0\n1j\n1.5J\n0j\n09.5\n01e5\n1e999\n",
	"123456789012345678901234567890\n0xffffffffffffffffffffffff\n1if x else 2\n[0x1for x in y]\n1 .real\n1..real\n1.0.real\n",
	"é = 1\nﬁ = 2\nx.ª\n変数 = é\n'é' + ü\nfoo(ﬁ=1)\nimport ﬁ.ﬁ as ª\n",
	"import a\nimport a.b.c as d, e\nfrom . import a\nfrom .. import (a, b as c,)\nfrom ...a.b import *\nfrom .... import a\nfrom a import b, c as d\nimport a . b\n",
	"if a: pass\nelif b: pass\nelif c:\n  pass\nelse: pass\nwhile a: b; c;\nelse: d\n",
	"if a:\n  b;\nc\nclass A: pass;\ndef f(): return 1;\n",
	"if a:\n  \\\n b\n  \\\n      c\n", "x\n\\\n\\\ny\n",
	"x = \\\n  1\nif a and \\\n   b:\n  pass\n\\\nx\n",
	"\fx = 1\n\f  \ndef f():\n\tx\n\f\ty\n",
	"if a:\n\tb\n\tif c:\n\t\td\n",
	"a = 1\r\nif b:\r\n  '''x\r\ny'''\r\n  c = \\\r\n 2\r\n# d\r\n",
	"a = 1\rif b:\r  c\r",
	"\ufeffa = 'é'\nb\n",
	"# -*- coding: utf-8 -*-\na = 'é'\n",
	"x: int\nx: 'a' = b\n",
	"a;b;c\npass;\n...\n(...)\nprint(*a, sep='')\nNone\nTrue, False\n__debug__\n",
	"async def f():\n  await a\n  await a.b(c)[d] ** e\n  -await a\n  return await a, await b\n  (await a)\n  [await a for a in b]\n",
	"f'a'\nf''\nf'{a}'\nf'a{b}c'\nf'{a!r}'\nf'{a!s:>{b}}'\nf'{a:{b}{c}}'\nf'{a:x{b}y}'\nf'{{a}}'\nf'{{{a}}}'\nf'a{{'\nf'}}'\n",
	"f'{a=}'\nf'{a = }'\nf'{ a = !s}'\nf'{a=:>5}'\nf'x{a+b=}y'\nf'{a}{b}'\nf'{a:}'\nf'{a,}'\nf'{a, b}'\nf'{*a, b}'\nf'{yield}'\n",
	"'a' f'b{c}' 'd'\nf'a' f'b'\n'a' f''\nf'' ''\nf'a' 'b{c}'\nf'{a}' f'{b}'\nu'a' f'b'\nrf'\\{a}\\n' Rf'{b}'\n'' f'{a}' ''\n",
	"f'{a[\"b\"]}'\nf\"{a['b']}\"\nf'{a['b']}'\nf'{f'{f'{a}'}'}'\nf'{a:{f'{b}'}}'\nf'{'\\n'.join(a)}'\n",
	"f'{a:>5\n}'\nf'x{a:\n }y'\n",
	"f'''{\na\n}'''\nf'{\na\n}'\nf'''{a\n=}'''\nf'''{a # c\n}'''\nf'''\n{a:\n}'''\nf'''{a:{\nb}}'''\n",
	"f'{(lambda: 1)}'\nf'{a if b else c}'\nf'{a!=b}'\nf'{a==b}'\nf'{a>=b}'\nf'{(a:=1)}'\nf'{a:=1}'\nf'{ {1: 2}[1] }'\nf'{a[1:2]}'\nf'{a:%H:%M}'\n",
	"f'\\N{EM DASH}{a}'\nf'\\{a}'\nf'\\x41{a}\\u00e9'\nrf'\\N{a}'\nf'{a:\\x41}'\nf'{a!r:^{width}.{precision}}'\nf'{a:{{b}}}'\nf'é{a}é'\n",
	"x = f'{a}' \\\n  f'{b}'\nx = (f'a'\n  # c\n  'b'\n  f'{c}')\nfB = rF'{a}' + FR'{b}'\n",
	"t'a{b}c'\nt'{a = !r:>{b}}'\nt'{ a }' t'b'\n",
	"x = [\n  1,  # one\n\n  # two\n  2\n]\n\n\n   # odd comment\ny = {\n'a'\n:\n1}\n",
	"if a:\n    b\n  # dedented comment\n    c\n# at zero\n    d\nelse:\n    e",
	"def f():\n  pass\n\n\n\n  \n# end",
	"while a:\n  break\n  continue\ndef f():\n  nonlocal a, b\n",
	"", "\n", "#", "pass", "x = '''a'''", "\\\n",
}

// TestCPythonSnippets compares on the corners of the grammar.
func TestCPythonSnippets(t *testing.T) {
	for _, python := range interpreters(t) {
		t.Run(python, func(t *testing.T) {
			dir := t.TempDir()
			var files []string
			for i, s := range snippets {
				path := filepath.Join(dir, fmt.Sprintf("s%03d.py", i))
				if err := os.WriteFile(path, []byte(s), 0o600); err != nil {
					t.Fatal(err)
				}
				files = append(files, path)
			}
			o := &oracle{python: python, oldest: 10} // with (a, b) was a tuple before
			o.run(t, files)
			t.Logf("%s: %d compared, %d refused by CPython", o.python, o.compared, o.skipped)
		})
	}
}
