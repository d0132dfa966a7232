"""Writes YAML files in random styles, as PyYAML's emitter spells them: generate.py DIRECTORY COUNT SEED."""

import pathlib
import random
import sys

import yaml

directory, count, seed = pathlib.Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
rnd = random.Random(seed)
WORDS = ["a", "key", "é", "日本", "😀", "it's", '"q"', "x: y", "#no", "-", "1", "${A}", "\\", "[z]", "{y}", "two words", "a" * 30,
         "\n", "\n\n", " ", "\t", "  ", ",", "!", "&n", "*n", "%", "@", "|", ">", "?", ":", "\u00a0", "\x85", "\u2028"]
TAGS = ["!Sub", "!GetAtt", "!x", "tag:example.com,2000:y"]


def text():
    words = [rnd.choice(WORDS) for _ in range(rnd.choice([0, 1, 1, 2, 3, 8, 30]))]
    return rnd.choice(["", " "]).join(words)


def node(depth, known):
    if known and rnd.random() < 0.08:
        return rnd.choice(known)
    kind = rnd.random() if depth else 0
    if kind < 0.5:
        plain = rnd.random() < 0.7
        tag = "tag:yaml.org,2002:str" if plain else rnd.choice(TAGS)
        n = yaml.ScalarNode(tag, text(), style=rnd.choice([None, None, "'", '"', "|", ">"]))
    else:
        flow = rnd.random() < 0.3
        size = rnd.choice([0, 1, 2, 3, 5])
        if kind < 0.7:
            n = yaml.SequenceNode("tag:yaml.org,2002:seq", [node(depth - 1, known) for _ in range(size)], flow_style=flow)
        else:
            pairs = [(yaml.ScalarNode("tag:yaml.org,2002:str", text(), style=rnd.choice([None, None, '"'])) if rnd.random() < 0.95
                      else node(1, []), node(depth - 1, known)) for _ in range(size)]
            n = yaml.MappingNode("tag:yaml.org,2002:map", pairs, flow_style=flow)
        if rnd.random() < 0.2:
            n.tag = rnd.choice(TAGS)
    known.append(n)
    return n


for i in range(count):
    docs = [node(5, []) for _ in range(rnd.choice([1, 1, 1, 2, 3]))]
    content = yaml.serialize_all(docs, Dumper=yaml.SafeDumper, width=rnd.choice([10, 20, 80, 1000]), allow_unicode=rnd.random() < 0.5,
                                 indent=rnd.choice([2, 3, 4, 8]), line_break=rnd.choice(["\n", "\r\n"]), explicit_start=rnd.random() < 0.3)
    mark = "\ufeff" if rnd.random() < 0.1 else ""
    (directory / f"{seed}-{i}.yaml").write_bytes((mark + content).encode())
