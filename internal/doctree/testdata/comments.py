"""Scans YAML files (paths on standard input) with PyYAML and prints one JSON line each: the byte offsets at which comments begin."""

import json
import sys

import yaml


class Loader(yaml.SafeLoader):
    """Notes what the scanner skips after a '#' where it looks for the next token, or for the end of a header's line."""

    def __init__(self, stream):
        self.gap, self.comments, self.line_noted = False, [], -1
        super().__init__(stream)

    def forward(self, length=1):
        if self.gap and self.peek() == "#" and self.line_noted != self.line:
            self.comments.append(self.index)
            self.line_noted = self.line
        super().forward(length)

    def within(self, scan, *args):
        before, self.gap, self.line_noted = self.gap, True, -1
        try:
            return scan(*args)
        finally:
            self.gap = before

    def scan_to_next_token(self):
        return self.within(super().scan_to_next_token)

    def scan_block_scalar_ignored_line(self, mark):
        return self.within(super().scan_block_scalar_ignored_line, mark)

    def scan_directive_ignored_line(self, mark):
        return self.within(super().scan_directive_ignored_line, mark)


for path in sys.stdin.read().splitlines():
    with open(path, "rb") as f:
        data = f.read()
    result = {"path": path}
    try:
        loader = Loader(data)
        while loader.check_token():
            loader.get_token()
        for _ in yaml.compose_all(data, yaml.SafeLoader):
            pass
        text = data.decode("utf-8")
        result["comments"] = [len(text[:i].encode()) for i in loader.comments]
    except Exception as e:
        result["error"] = str(e) or type(e).__name__
    print(json.dumps(result))
