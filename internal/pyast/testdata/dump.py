"""Writes CPython's ast of each file named on standard input as pyast.Dump does.

Before each dump comes "FILE <bytes> <path>", or "SKIP <path>: <why>" alone for a
file that CPython refuses. The first line is the version of the interpreter. Where
its ast gives no position to a kind that later versions give one, "? ?" stands for it;
and "?" for every end in Python 3.8, whose parser often lets nodes end elsewhere.
"""
import ast, codecs, io, json, re, struct, sys, tokenize, warnings

warnings.simplefilter("ignore")
OPAQUE = sys.version_info < (3, 12)
ENDLESS = sys.version_info < (3, 9)
BREAK = re.compile(rb"\r\n|\r|\n")

# Plain fields, then nodes, in the order of pyast's structs.
FIELDS = {
    "Module": ("", "body"),
    "FunctionDef": ("name", "type_params args returns body decorator_list"),
    "AsyncFunctionDef": ("name", "type_params args returns body decorator_list"),
    "ClassDef": ("name", "type_params bases keywords body decorator_list"),
    "Return": ("", "value"),
    "Delete": ("", "targets"),
    "Assign": ("", "targets value"),
    "TypeAlias": ("", "name type_params value"),
    "AugAssign": ("op", "target value"),
    "AnnAssign": ("simple", "target annotation value"),
    "For": ("", "target iter body orelse"),
    "AsyncFor": ("", "target iter body orelse"),
    "While": ("", "test body orelse"),
    "If": ("", "test body orelse"),
    "With": ("", "items body"),
    "AsyncWith": ("", "items body"),
    "Match": ("", "subject cases"),
    "Raise": ("", "exc cause"),
    "Try": ("", "body handlers orelse finalbody"),
    "TryStar": ("", "body handlers orelse finalbody"),
    "Assert": ("", "test msg"),
    "Import": ("", "names"),
    "ImportFrom": ("module level", "names"),
    "Global": ("names", ""),
    "Nonlocal": ("names", ""),
    "Expr": ("", "value"),
    "Pass": ("", ""),
    "Break": ("", ""),
    "Continue": ("", ""),
    "BoolOp": ("op", "values"),
    "NamedExpr": ("", "target value"),
    "BinOp": ("op", "left right"),
    "UnaryOp": ("op", "operand"),
    "Lambda": ("", "args body"),
    "IfExp": ("", "test body orelse"),
    "Dict": ("", "keys values"),
    "Set": ("", "elts"),
    "ListComp": ("", "elt generators"),
    "SetComp": ("", "elt generators"),
    "DictComp": ("", "key value generators"),
    "GeneratorExp": ("", "elt generators"),
    "Await": ("", "value"),
    "Yield": ("", "value"),
    "YieldFrom": ("", "value"),
    "Compare": ("ops", "left comparators"),
    "Call": ("", "func args keywords"),
    "FormattedValue": ("conversion", "value format_spec"),
    "Interpolation": ("str conversion", "value format_spec"),
    "JoinedStr": ("", "" if OPAQUE else "values"),
    "TemplateStr": ("", "values"),
    "Attribute": ("attr ctx", "value"),
    "Subscript": ("ctx", "value slice"),
    "Starred": ("ctx", "value"),
    "Name": ("id ctx", ""),
    "List": ("ctx", "elts"),
    "Tuple": ("ctx", "elts"),
    "Slice": ("", "lower upper step"),
    "comprehension": ("is_async", "target iter ifs"),
    "ExceptHandler": ("name", "type body"),
    "arguments": ("", "posonlyargs args vararg kwonlyargs kw_defaults kwarg defaults"),
    "arg": ("arg", "annotation"),
    "keyword": ("arg", "value"),
    "alias": ("name asname", ""),
    "withitem": ("", "context_expr optional_vars"),
    "match_case": ("", "pattern guard body"),
    "TypeVar": ("name", "bound default_value"),
    "ParamSpec": ("name", "default_value"),
    "TypeVarTuple": ("name", "default_value"),
    "MatchValue": ("", "value"),
    "MatchSingleton": ("value", ""),
    "MatchSequence": ("", "patterns"),
    "MatchMapping": ("rest", "keys patterns"),
    "MatchClass": ("kwd_attrs", "cls patterns kwd_patterns"),
    "MatchStar": ("name", ""),
    "MatchAs": ("name", "pattern"),
    "MatchOr": ("", "patterns"),
}
NAMES = {
    "comprehension": "Comprehension", "arguments": "Arguments", "arg": "Arg", "keyword": "Keyword",
    "alias": "Alias", "withitem": "WithItem", "match_case": "MatchCase",
}
LISTS = frozenset("""type_params body decorator_list bases keywords targets orelse items cases handlers finalbody
    names values keys elts generators comparators args ifs posonlyargs kwonlyargs kw_defaults defaults patterns
    kwd_patterns""".split())
# "args" is a list in Call only; "kwarg", "vararg" and the rest are single nodes.
TABLE = {}
for kind, (plain, nodes) in FIELDS.items():
    TABLE[kind] = (
        NAMES.get(kind, kind),
        tuple(plain.split()),
        tuple((f, f in LISTS and not (f == "args" and kind in ("Lambda", "FunctionDef", "AsyncFunctionDef"))
               and not (f == "body" and kind in ("Lambda", "IfExp")) and not (f == "orelse" and kind == "IfExp"))
              for f in nodes.split())[::-1],
    )


def bits(x):
    return "%016x" % struct.unpack(">Q", struct.pack(">d", x))


def constant(v, kind=None):
    if v is None or v is True or v is False:
        return repr(v)
    if v is ...:
        return "Ellipsis"
    t = type(v)
    if t is str:
        return "str " + v.encode("utf-8", "surrogatepass").hex() + (" u" if kind else "")
    if t is bytes:
        return "bytes " + v.hex()
    if t is int:
        return "int %x" % v
    if t is float:
        return "float " + bits(v)
    return "complex " + bits(v.imag)


def scalar(f, v):
    if f == "value":
        return constant(v)
    if v is None:
        return '""' if f != "level" else "0"
    if type(v) is str:
        return json.dumps(v, ensure_ascii=False)
    if type(v) is int:
        return str(v) if f in ("level", "conversion") else ("true" if v else "false")
    if type(v) is list:
        if f == "ops":
            return "[" + " ".join(type(x).__name__ for x in v) + "]"
        return "[" + " ".join(json.dumps(x, ensure_ascii=False) for x in v) + "]"
    return type(v).__name__


# Of these pyast knows no position either.
NOWHERE = frozenset("Module comprehension arguments withitem match_case".split())


class Offsets:
    """Turns CPython's positions, which count bytes of its own UTF-8, into offsets in the file."""

    def __init__(self, src):
        bom = 3 if src.startswith(b"\xef\xbb\xbf") else 0
        self.src = src
        self.starts = [bom] + [m.end() for m in BREAK.finditer(src)]
        self.starts.append(len(src))
        self.codec = tokenize.detect_encoding(io.BytesIO(src).readline)[0]
        self.utf8 = self.codec.startswith("utf-8")
        self.lines = {}

    def at(self, line, col):
        if self.utf8:
            return self.starts[line - 1] + col
        if line not in self.lines:
            self.lines[line] = self.columns(line)
        return self.lines[line][col]

    def columns(self, line):
        start = self.starts[line - 1]
        raw = self.src[start:self.starts[line]] if line < len(self.starts) else b""
        decoder = codecs.getincrementaldecoder(self.codec)()
        out, col = {0: start}, 0
        for i in range(len(raw)):
            text = decoder.decode(raw[i:i + 1])
            if text:
                col += len(text.encode())
                out[col] = start + i + 1
        return out


def subscripts(n):
    """Undoes what Python 3.8 puts around the inside of a subscript."""
    kind = type(n).__name__
    if kind == "Index":
        return n.value
    if kind == "ExtSlice":
        t = ast.Tuple(elts=[subscripts(d) for d in n.dims], ctx=ast.Load())
        return t
    return n


def dump(tree, offsets):
    out = []
    stack = [tree]
    while stack:
        n = stack.pop()
        if n is None:
            out.append("-")
            continue
        if type(n) is str:
            out.append(n)
            continue
        n = subscripts(n)
        kind = type(n).__name__
        name, plain, nodes = TABLE[kind] if type(n) is not ast.Constant else ("Constant", (), ())
        line = name
        if hasattr(n, "lineno"):
            end = "?" if ENDLESS else offsets.at(n.end_lineno, n.end_col_offset)
            line += " %d %s" % (offsets.at(n.lineno, n.col_offset), end)
        elif kind not in NOWHERE:
            line += " ? ?"
        if name == "Constant":
            out.append(line + " " + constant(n.value, n.kind))
            continue
        for f in plain:
            line += " " + scalar(f, getattr(n, f))
        out.append(line)
        for f, many in nodes:
            v = getattr(n, f, None)
            if many:
                v = v or ()
                if name == "JoinedStr":
                    # 3.12 ends some format specs in an empty constant.
                    v = [x for x in v if getattr(x, "value", None) != ""]
                stack.extend(v[::-1])
                stack.append("[%d" % len(v))
            else:
                stack.append(v)
    out.append("")
    return "\n".join(out).encode("utf-8", "surrogatepass")


def main():
    out = sys.stdout.buffer
    out.write(b"%d.%d\n" % sys.version_info[:2])
    for path in sys.stdin.read().splitlines():
        with open(path, "rb") as f:
            src = f.read()
        try:
            tree = ast.parse(src)
        except (SyntaxError, ValueError, RecursionError, MemoryError, UnicodeDecodeError) as e:
            out.write(("SKIP %s: %s\n" % (path, str(e).replace("\n", " "))).encode("utf-8", "replace"))
            continue
        text = dump(tree, Offsets(src))
        out.write(("FILE %d %s\n" % (len(text), path)).encode())
        out.write(text)
    out.flush()


main()
