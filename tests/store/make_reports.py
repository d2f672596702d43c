#!/usr/bin/env python3
"""Writes many different coded reports made from a few: make_reports.py CODED.jsonl N > OUT.jsonl

Each copy gets its own id, host, day and a last paragraph of its own, so that every copy is another report to the
store. The layers keep their offsets, for the text only grows at its end. `--spread` also moves places and days and
draws the words of the last paragraph from a large vocabulary, for measuring queries.
"""
import argparse
import datetime
import json
import random
import sys

parser = argparse.ArgumentParser()
parser.add_argument("coded")
parser.add_argument("n", type=int)
parser.add_argument("--spread", action="store_true")
args = parser.parse_args()

with open(args.coded, encoding="utf-8") as f:
    reports = [json.loads(line) for line in f if line.strip()]
draw = random.Random(8)
syllables = [a + b for a in "bdfgklmnprstvz" for b in ("a", "e", "i", "o", "u", "ar", "en", "il")]
words = ["".join(draw.choice(syllables) for _ in range(draw.randint(2, 4))) for _ in range(50000)]
first = datetime.date(2010, 1, 1)
for i in range(args.n):
    r = json.loads(json.dumps(reports[i % len(reports)]))
    day = (first + datetime.timedelta(days=draw.randrange(5000) if args.spread else i % 400)).isoformat()
    r["id"] = f"report-{i}"
    r["page"]["url"] = r["page"]["canonical_url"] = f"https://outlet-{i % 97}.example/{i}"
    r["page"]["published"] = {"value": day, "precision": "day", "source": "url"}
    # Zipf's law, roughly: small ranks often.
    tail = " ".join(words[min(len(words) - 1, int(draw.paretovariate(0.7)))] for _ in range(60)) if args.spread else "Nothing else was known."
    r["text"] += f"\n\nReport {i}. {tail}"
    if args.spread:
        shift = draw.uniform(-20, 20), draw.uniform(-40, 40)
        for p in r["places"]:
            if p["lat"] is not None:
                p["lat"] = round(max(-80, min(80, p["lat"] + shift[0])), 4)
                p["lon"] = round(max(-179, min(179, p["lon"] + shift[1])), 4)
                p["gazetteer"] = f"test:{draw.randrange(100000)}"
                p["country"] = draw.choice("SY IQ UA ML NE SD SO CD YE AF MM CO MX NG ET LB LY PK IN PH".split())
        for e in r["events"]:
            e["time"]["from"] = e["time"]["to"] = day
    sys.stdout.write(json.dumps(r, ensure_ascii=False, separators=(",", ":")) + "\n")
