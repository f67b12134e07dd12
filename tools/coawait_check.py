#!/usr/bin/env python3
"""Finds co_await statements that g++ 12 miscompiles: it destroys some temporaries twice.

A braced aggregate temporary or a capturing lambda anywhere inside a statement that contains co_await is
suspect: name it first, then move it. Usage: coawait_check.py FILE...; exits 1 when a statement is found.
"""
import re
import sys

BRACED_TEMPORARY = re.compile(r"(\w|\(|,)\s*\{")
CAPTURING_LAMBDA = re.compile(r"\[[^\]]*\w[^\]]*\]\s*[({]")


def blanked(source):
    """The source without comments and texts; lines keep their numbers."""
    source = re.sub(r"//[^\n]*|/\*.*?\*/", lambda m: "\n" * m.group(0).count("\n"), source, flags=re.S)
    return re.sub(r'"(\\.|[^"\\])*"', '""', source)


def suspects(source):
    source = blanked(source)
    for match in re.finditer(r"\bco_await\b", source):
        start = max(source.rfind(c, 0, match.start()) for c in ";}") + 1
        statement = source[start : source.find(";", match.start())]
        before = statement[: match.start() - start]
        opening = re.match(r"^.*\)\s*\{", before, flags=re.S)  # of an enclosing if, while or function
        if opening:
            statement = statement[opening.end() :]
        if BRACED_TEMPORARY.search(statement) or CAPTURING_LAMBDA.search(statement):
            yield source.count("\n", 0, match.start()) + 1, " ".join(statement.split())[:90]


found = False
for path in sys.argv[1:]:
    with open(path, encoding="utf-8") as file:
        for line, statement in suspects(file.read()):
            print(f"{path}:{line}: {statement}")
            found = True
sys.exit(found)
