"""Scans YAML files (paths on standard input) with PyYAML and prints one JSON line each: its tokens with byte offsets."""

import json
import re
import sys

import yaml

KINDS = {
    yaml.ScalarToken: "scalar",
    yaml.AliasToken: "alias",
    yaml.TagToken: "tag",
}
BLANKS = re.compile(rb"(?:[ \t\r\n]|\xc2\x85|\xe2\x80[\xa8\xa9])+\Z")
OPEN = (yaml.FlowSequenceStartToken, yaml.FlowMappingStartToken)
CLOSE = (yaml.FlowSequenceEndToken, yaml.FlowMappingEndToken)


def tokens(data):
    text = data.decode("utf-8")
    offsets = None
    if not text.isascii():
        offsets, n = [], 0
        for c in text:
            offsets.append(n)
            n += len(c.encode())
        offsets.append(n)
    at = (lambda i: offsets[i]) if offsets else (lambda i: i)
    out, flow, seen = [], [], set()
    stack = list(yaml.compose_all(data, yaml.SafeLoader))
    while stack:
        node = stack.pop()
        if id(node) in seen or isinstance(node, yaml.ScalarNode):
            continue
        seen.add(id(node))
        start = at(node.start_mark.index)
        if data[start : start + 1] in (b"!", b"&"):  # the node's, or its first key's
            start = -1
        out.append([f"{node.id} of {len(node.value)}", start, start, "", ""])
        stack += [child for v in node.value for child in (v if isinstance(v, tuple) else [v])]
    for t in yaml.scan(data, yaml.SafeLoader):
        start, end = at(t.start_mark.index), at(t.end_mark.index)
        if isinstance(t, OPEN):
            flow.append(start)
        elif isinstance(t, CLOSE):
            out.append(["flow", flow.pop(), end, "", ""])
        elif type(t) in KINDS:
            style = getattr(t, "style", None) or ""
            value = t.value if isinstance(t.value, str) else ""
            if style in "|>":
                end = start + len(BLANKS.sub(b"", data[start:end]))
            out.append([KINDS[type(t)], start, end, style, value])
    return out


for path in sys.stdin.read().splitlines():
    try:
        with open(path, "rb") as f:
            result = {"path": path, "tokens": tokens(f.read())}
    except Exception as e:  # whatever it is, it is this file's
        result = {"path": path, "error": str(e).replace("\n", " ")}
    print(json.dumps(result))
