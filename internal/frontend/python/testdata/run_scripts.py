"""Runs scripts against doubles of the SDK and of what a script can't know, and prints what each constructor was given.

Reads a JSON list of scripts from stdin; writes a JSON list of [line, keyword arguments] lists. With the argument "on" a
script goes on after a constructor whose arguments raise.
"""

import ast
import enum
import json
import os
import random
import resource
import sys
import types
import warnings


def plain(x):
    if isinstance(x, enum.Enum) and isinstance(x, (str, int)):
        return x.value
    if isinstance(x, dict):
        return {k if isinstance(k, str) else json.dumps(k): plain(v) for k, v in x.items()}
    if isinstance(x, (list, tuple)):
        return [plain(v) for v in x]
    if isinstance(x, (set, frozenset)):
        return {"set": [plain(v) for v in x]}
    if x is None or isinstance(x, (str, int, float, bool)):
        return x
    return {"object": str(type(x))}


def run(script, seed, on):
    made, rng = [], random.Random(seed)

    class Estimator:
        def __init__(self, *args, **kwargs):
            made.append([sys._getframe(1).f_lineno, json.loads(json.dumps(plain(kwargs)))])

    def boom():
        if rng.random() < 0.4:
            raise KeyError

    def module(name, **names):
        m = types.ModuleType(name)
        m.__dict__.update(names)
        sys.modules[name] = m
        return m

    estimator = module("sagemaker.estimator", Estimator=Estimator)
    module("sagemaker", estimator=estimator)
    module(
        "outside",
        cond=lambda: rng.random() < 0.5,
        items=lambda: ["i"] * rng.randrange(3),
        word=lambda: rng.choice(["Abc", "", "a,b", "s1", "k1", "-"]),
        number=lambda: rng.randrange(-2, 4),
        mapping=lambda: {k: "m" for k in ["k1", "k3", "a"] if rng.random() < 0.5},
        boom=boom,
    )
    for name in ("E1", "UNSET", "LIST", "SET"):
        os.environ.pop(name, None)
    names = {"__name__": "__main__"}
    for statement in ast.parse(script).body if on else [None]:
        piece = compile(ast.Module([statement], []), "script", "exec") if on else compile(script, "script", "exec")
        try:
            exec(piece, names)
        except Exception:
            # What was made until then counts.
            if not (on and isinstance(statement, ast.Expr)):
                break
    return made


warnings.simplefilter("ignore")
resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))  # random programs may double a list time and again
on = sys.argv[1:] == ["on"]
json.dump([[r for seed in range(4) for r in run(s, seed, on)] for s in json.load(sys.stdin)], sys.stdout)
