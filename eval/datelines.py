#!/usr/bin/env python3
"""Datelines of the Reuters-21578 wire: place as read against the place of the <DATELINE> field.

usage: datelines.py ANNALIST FOLDER-OF-SGM [--show N] [--json]

The gold place is what stands before the date in the field; case and blanks are folded. Reports without a dateline count
for false ones: a place read from a report that has none."""
import argparse
import html
import json
import pathlib
import re
import subprocess
import tempfile


def reports(folder):
    for path in sorted(pathlib.Path(folder).rglob("*.sgm")):
        for m in re.finditer(r'<REUTERS[^>]*NEWID="(\d+)"[^>]*>(.*?)</REUTERS>', path.read_text("latin-1"), re.S):
            body = re.search(r"<BODY>(.*?)</BODY>", m[2], re.S)
            line = re.search(r"<DATELINE>(.*?)</DATELINE>", m[2], re.S)
            title = re.search(r"<TITLE>(.*?)</TITLE>", m[2], re.S)
            day = re.search(r"<DATE>\s*(\d+)-([A-Z]{3})-(\d{4})", m[2])
            if body and day:
                months = "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split()
                yield (m[1], html.unescape(title[1] if title else ""), html.unescape(line[1]).strip() if line else "", html.unescape(body[1]),
                       f"{day[3]}-{months.index(day[2]) + 1:02}-{int(day[1]):02}")


MONTH = r"(?:Jan|Feb|March|Mar|April|Apr|May|June|Jun|July|Jul|Aug|Sept|Sep|Oct|Nov|Dec)[a-z]*\.?,?\s*\d{1,2}"


def place_of(line):
    line = re.sub(r"\s+", " ", line)
    hit = re.search(r"^(.*?),?\s*" + MONTH, line, re.I)
    return hit[1].strip(" ,") if hit else None


def key(place):
    return re.sub(r"[\W_]+", " ", place or "").casefold().strip()


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("annalist")
    ap.add_argument("folder")
    ap.add_argument("--show", type=int, default=0)
    ap.add_argument("--json", action="store_true")
    a = ap.parse_args()
    gold, dates = {}, {}
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as given:
        for i, title, line, body, day in reports(a.folder):
            gold[i] = place_of(line) if line else ""
            dates[i] = line
            given.write(json.dumps({"id": i, "text": f"{title}\n\n{line} {body}" if line else f"{title}\n\n{body}", "headline": title, "date": day}) + "\n")
        given.flush()
        done = subprocess.run([a.annalist, "read", given.name], capture_output=True, text=True)
    right = have = false = without = 0
    for text in done.stdout.splitlines():
        d = json.loads(text)
        want, got = gold[d["id"]], (d["page"].get("dateline") or {}).get("place")
        if want is None:
            continue
        if not want:
            without += 1
            false += bool(got)
            if got and a.show: print("false", repr(got), d["text"][:100].replace("\n", " "))
            continue
        have += 1
        right += key(want) == key(got)
        if key(want) != key(got) and a.show > 0:
            a.show -= 1
            print(repr(dates[d["id"]]), "->", repr(got))
    if a.json:
        rows = [{"name": "place", "value": 100 * right / have}, {"name": "false", "value": 100 * false / max(without, 1)}]
        return print(json.dumps({"score": rows[0]["value"], "rows": rows}))
    print(f"place exact {100 * right / have:.2f} of {have}; false {100 * false / max(without, 1):.2f} of {without} without a dateline")


main()
