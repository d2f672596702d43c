#!/usr/bin/env python3
"""Codes every line of tests/cases/senses.case as a report of its own and checks what stands on the bracketed words.
usage: senses.py ANNALIST [--list]"""
import pathlib
import re
import sys

from coded import code

CASES = pathlib.Path(__file__).resolve().parent / "cases/senses.case"
MARK = re.compile(r"\[([^\]]*)\]([-+])([a-z_]+)")


def cases():
    """(report, [(start, end, wanted, type)]) a line."""
    for number, line in enumerate(CASES.read_text(encoding="utf-8").splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        known, text, marks, last = line.startswith("? "), "", [], 0
        line = line.removeprefix("? ")
        for m in MARK.finditer(line):
            text += line[last:m.start()]
            marks.append((len(text), len(text) + len(m[1]), m[2] == "+", m[3]))
            text += m[1]
            last = m.end()
        yield {"id": str(number), "text": text + line[last:], "marks": marks, "known": known}


def main():
    wanted = list(cases())
    docs = code(sys.argv[1], wanted)
    wrong, missed, probes = [], [], 0
    for c in wanted:
        for start, end, must, kind in c["marks"]:
            probes += 1
            found = any(e["type"] == kind and any(m["start"] < end and m["end"] > start for m in e["mentions"])
                        for e in docs[c["id"]]["events"])
            if found != must:
                fault = f"senses.case:{c['id']}: [{c['text'][start:end]}] {'is no' if must else 'is a'} {kind}"
                (missed if c["known"] else wrong).append(fault)
    for fault in missed if "--list" in sys.argv else []:
        print("known:", fault)
    for fault in wrong:
        print(fault)
    print(f"senses: {probes} words, {len(wrong)} wrong, {len(missed)} known to be")
    return 1 if wrong else 0


sys.exit(main())
