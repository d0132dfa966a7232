"""Read reports as their consumers do, with libraries that others wrote, and say what was read as JSON.

Usage: readers.py DIRECTORY [XSD of JUnit], for files named *.junit, *.checkstyle and *.markdown.
"""

import json
import pathlib
import re
import sys

import cmarkgfm
import junitparser
import lxml.etree
import lxml.html
from cmarkgfm.cmark import Options


def junit(path, xsd):
    if xsd is not None:
        xsd.assertValid(lxml.etree.parse(path))
    cases = []
    for suite in junitparser.JUnitXml.fromfile(str(path)):
        for case in suite:
            result = case.result[0] if case.result else None
            cases.append({
                "suite": suite.name, "class": case.classname, "name": case.name,
                "result": type(result).__name__ if result is not None else "Passed",
                "message": result.message if result is not None else "",
            })
    return cases


def checkstyle(path, _):
    root = lxml.etree.parse(path).getroot()
    assert root.tag == "checkstyle", root.tag
    return [dict(error.attrib, file=file.get("name")) for file in root for error in file]


def markdown(path, _):
    # Raw HTML is let through, and what GitHub's own filter takes out isn't: what a file can put there must show.
    html = cmarkgfm.github_flavored_markdown_to_html(path.read_text("utf-8"), options=Options.CMARK_OPT_UNSAFE)
    root = lxml.html.fromstring("<html><body>" + html + "</body></html>")
    text = "".join(t for t in root.xpath("//text()") if not in_code(t))
    return {
        "tables": [[[cell.text_content().strip() for cell in row.iter("td")] for row in table.iter("tr")][1:] for table in root.iter("table")],
        "elements": sorted({e.tag for e in root.iter() if isinstance(e.tag, str)}),
        "links": sorted({e.get("href") for e in root.iter("a")}),
        "mentions": re.findall(r"@\w+|#\d+", text),
        "details": len(list(root.iter("h4"))),
        "open": [e.tag for e in root.iter("details") if e.getparent().tag != "body"],
    }


def in_code(text):
    parent = text.getparent() if text.is_text else text.getparent().getparent()
    while parent is not None:
        if parent.tag in ("code", "pre", "a"):
            return True
        parent = parent.getparent()
    return False


def main():
    directory = pathlib.Path(sys.argv[1])
    xsd = lxml.etree.XMLSchema(lxml.etree.parse(sys.argv[2])) if len(sys.argv) > 2 else None
    read = {}
    for path in sorted(directory.iterdir()):
        reader = {".junit": junit, ".checkstyle": checkstyle, ".markdown": markdown}.get(path.suffix)
        if reader is None:
            continue
        try:
            read[path.name] = reader(path, xsd)
        except Exception as error:  # whatever a reader says of a report is what the test wants to know
            read[path.name] = {"error": f"{type(error).__name__}: {error}"}
    json.dump(read, sys.stdout)


main()
