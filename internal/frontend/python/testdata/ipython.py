"""Says what IPython makes of the code cells of notebooks: one line of JSON for each notebook that is named on stdin.

Of each cell: its number, whether IPython hands it to something else than Python ("other"), the error of CPython's parser,
or the top-level statements as kind and text. A command that IPython adds is the statement "!"; a statement that has a
command within it has no text.
"""

import ast
import json
import re
import sys
import warnings

from IPython.core.inputtransformer2 import TransformerManager

CODE = {"time", "timeit", "prun", "memit", "mprun", "lprun", "snakeviz", "pyinstrument", "heat", "scalene", "debug"}
BODY = CODE | {"capture", "wandb", "unittest", "skip_for_export", "local"}
VALUES = {"timeit": "nrp", "prun": "lsTD", "memit": "rti"}


class Other(Exception):
    pass


def command(node):
    """The name and arguments of a call of get_ipython()."""
    value = getattr(node, "value", None)
    if isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute):
        owner = value.func.value
        if isinstance(owner, ast.Call) and isinstance(owner.func, ast.Name) and owner.func.id == "get_ipython":
            return value.func.attr, [a.value for a in value.args if isinstance(a, ast.Constant)]
    return None, []


def code_of(name, line):
    """The statement that a magic runs, behind its options."""
    line = line.lstrip()
    while re.match(r"-[A-Za-z-]", line):
        option, _, line = line.partition(" ")
        line = line.lstrip()
        if option[-1] in VALUES.get(name, "") and len(option) == 2:
            _, _, line = line.partition(" ")
            line = line.lstrip()
    return line


def statements(source, depth=0):
    text = TransformerManager().transform_cell(source)
    # The characters at which Python's splitlines cuts and its parser doesn't never stand in what is cut here.
    lines = [line.encode() for line in text.split("\n")]
    tree = ast.parse(text)

    def segment(node):
        first, last = node.lineno - 1, node.end_lineno - 1
        if first == last:
            return lines[first][node.col_offset : node.end_col_offset].decode()
        parts = [lines[first][node.col_offset :], *lines[first + 1 : last], lines[last][: node.end_col_offset]]
        return b"\n".join(parts).decode()

    out = []
    for node in tree.body:
        method, args = command(node)
        if isinstance(node, ast.Expr) and method == "run_cell_magic":
            if args[0] not in BODY:
                raise Other(args[0])
            if args[0] in CODE and args[1].strip():
                out += statements(code_of(args[0], args[1]), depth + 1)
            out += statements(args[2], depth + 1)
        elif isinstance(node, ast.Expr) and method is not None:
            if args and args[0].startswith("%"):
                raise Other(args[0])
            code = code_of(args[0], args[1]) if method == "run_line_magic" and args[0] in CODE else ""
            if code and depth < 9:
                out += statements(code, depth + 1)
            else:
                out.append(["!", ""])
        else:
            whole = segment(node)
            out.append([type(node).__name__, "" if "get_ipython()" in whole else whole])
    return out


def cell(number, source):
    if re.search("[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]|\r(?!\n)", source):
        return {"cell": number, "other": "lines that only IPython ends there"}
    try:
        return {"cell": number, "statements": statements(source)}
    except Other as e:
        return {"cell": number, "other": str(e)}
    except (SyntaxError, ValueError) as e:
        return {"cell": number, "error": f"{type(e).__name__}: {e}"[:200]}
    except Exception as e:  # transform_cell itself fails on what it takes for a magic
        return {"cell": number, "error": f"{type(e).__name__}: {e}"[:200]}


def notebook(path):
    with open(path, encoding="utf-8-sig") as f:
        nb = json.load(f)
    cells = nb.get("cells") or [c for sheet in nb.get("worksheets", []) for c in sheet["cells"]]
    out, number = [], 0
    for c in cells:
        if c.get("cell_type") != "code":
            continue
        number += 1
        source = c.get("source", c.get("input", ""))
        out.append(cell(number, source if isinstance(source, str) else "".join(source)))
    return out


warnings.simplefilter("ignore")
for path in sys.stdin:
    path = path.rstrip("\n")
    try:
        result = {"path": path, "cells": notebook(path)}
    except Exception as e:
        result = {"path": path, "error": f"{type(e).__name__}: {e}"[:200]}
    print(json.dumps(result), flush=True)
