"""Writes a module in each encoding of CPython whose quotes and operators are ASCII, under the directory given.

It has a string of characters of that encoding, and names of its letters.
"""
import encodings.aliases, os, sys

# A byte below 0x80 is no character of its own there, or depends on what came before.
SHIFTING = ("utf_", "iso2022", "hz", "unicode_", "raw_unicode", "punycode", "idna", "mbcs", "oem", "undefined", "charmap")

codecs = set(encodings.aliases.aliases.values())
for name in os.listdir(os.path.dirname(encodings.__file__)):
    if name.endswith(".py") and not name.startswith("_") and name != "aliases.py":
        codecs.add(name[:-3])
for codec in sorted(codecs):
    if codec.startswith(SHIFTING):
        continue
    try:
        if "#'=\n".encode(codec) != b"#'=\n":
            continue
    except (LookupError, UnicodeError, TypeError):
        continue
    chars = []
    for char in map(chr, range(0x80, 0x10000, 5)):
        try:
            if char.encode(codec).decode(codec) == char:
                chars.append(char)
        except UnicodeError:
            pass
    for byte in range(0x80, 0x100):
        try:
            chars.append(bytes([byte]).decode(codec))
        except UnicodeError:
            pass
    if len(chars) > 2000:
        chars = chars[::len(chars) // 2000]
    lines, line = [], ""
    for char in chars:
        line += char
        if len(line) == 40:
            lines.append(line)
            line = ""
    lines.append(line)
    names = [char for char in chars if char.isidentifier()][:60]
    text = "# -*- coding: %s -*-\n" % codec.replace("_", "-")
    text += "".join("x = f(a, '%s', b)[1], u'''%s''' # %s\n" % (l, l, l) for l in lines)
    text += "".join("%s1 = a%s(%s.%s, '%s')\n" % ((n,) * 5) for n in names)
    text += "last = 'end'\n"
    with open(os.path.join(sys.argv[1], codec + ".py"), "wb") as f:
        f.write(text.encode(codec))
