#!/usr/bin/env python3
"""Codes every sentence of tests/cases/realis.case as a report of its own and checks the status of what stands on the
bracketed words. A sentence in which nothing is coded there passes, but not too many of them may.
usage: realis.py ANNALIST [--list]"""
import pathlib
import re
import sys

from coded import code

CASES = pathlib.Path(__file__).resolve().parent / "cases/realis.case"
LEAST_CODED = 0.6  # share of the sentences in which the bracketed words must be an event at all
HAPPENED = ("actual", "ongoing")


def cases():
    for number, line in enumerate(CASES.read_text(encoding="utf-8").splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        known = line.startswith("? ")
        kind, _, text = (part.strip() for part in line.removeprefix("? ").partition("|"))
        start, end = text.index("["), text.index("]") - 1
        yield {"id": str(number), "kind": kind, "text": re.sub(r"[\[\]]", "", text), "start": start, "end": end, "known": known}


def main():
    wanted = list(cases())
    docs = code(sys.argv[1], wanted)
    wrong, missed, coded, probes = [], [], 0, [c for c in wanted if c["kind"] != "actual"]
    for c in wanted:
        here = [e for e in docs[c["id"]]["events"]
                if any(m["start"] < c["end"] and m["end"] > c["start"] for m in e["mentions"])]
        coded += bool(here)
        bad = [e for e in here if (e["status"] in HAPPENED) != (c["kind"] == "actual")]
        if bad or c["kind"] == "actual" and not here:
            found = ", ".join(f"{e['type']} {e['status']}" for e in here) or "nothing"
            (missed if c["known"] else wrong).append(f"realis.case:{c['id']}: {c['kind']}: {c['text']} -> {found}")
        elif "--list" in sys.argv and not here:
            print(f"not coded: {c['text']}")
    for line in missed:
        print("known:", line)
    for line in wrong:
        print(line)
    print(f"realis: {len(probes)} sentences of what did not happen, {len(wanted) - len(probes)} of what did; "
          f"{coded} coded, {len(wrong)} wrong, {len(missed)} known to be")
    if coded < LEAST_CODED * len(wanted):
        print("too few are coded for the test to say anything")
        return 1
    return 1 if wrong else 0


sys.exit(main())
