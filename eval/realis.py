#!/usr/bin/env python3
"""Negation (CD-SCO) and factuality (UW, MEANTIME) from `annalist parse --conllu --realis`. Standard library only.

usage: realis.py negation|factuality --annalist build/annalist --gold FILE [--scorer eval.cd-sco.pl] [--pred FILE]

negation writes the CD-SCO columns and has the task's own scorer count them (perl). factuality prints MAE and Pearson's r of
the annotated words, from -3 (did not happen) to 3 (happened), and F1 of what did not happen (<= -1.5) and of what is open.
"""
import argparse
import math
import re
import subprocess
import sys
import tempfile


def sentences(path):
    rows = []
    with open(path, encoding="utf-8") as f:
        for line in list(f) + ["\n"]:
            if line.strip():
                rows.append(line.rstrip("\n").split("\t"))
            elif rows:
                yield rows
                rows = []


def parse(annalist, forms):
    """-> for every sentence a list of MISC dictionaries, one a word."""
    text = "".join("".join(f"{i}\t{w}\t_\t_\t_\t_\t_\t_\t_\t_\n" for i, w in enumerate(words, 1)) + "\n" for words in forms)
    run = subprocess.run([annalist, "parse", "--conllu", "--realis", "-"], input=text.encode(), stdout=subprocess.PIPE, check=True)
    out = []
    for block in run.stdout.decode().split("\n\n"):
        if block.strip():
            out.append([dict(x.split("=", 1) for x in line.split("\t")[9].split("|") if "=" in x)
                        for line in block.strip("\n").split("\n")])
    return out


def negation(args):
    gold = list(sentences(args.gold))
    out = []
    words_of = [[r[3] for r in rows] for rows in gold]
    for rows, marks in zip(gold, parse(args.annalist, words_of)):
        count = max((int(m["NegCue"].split(":")[0]) for m in marks if "NegCue" in m), default=0)
        for row, mark in zip(rows, marks):
            cells = row[:7]
            if not count:
                cells.append("***")
            cue, _, part = mark.get("NegCue", "").partition(":")
            scopes = mark.get("NegScope", "").split(",")
            for k in range(1, count + 1):
                word, here, rest = row[3], "_", row[3]
                if cue == str(k):
                    here = word
                    if part:
                        a, b = map(int, part.split("-"))
                        here = word[a:b]
                        rest = word[b:] if a == 0 else word[:a]
                cells += [here, rest if str(k) in scopes else "_", "_"]
            out.append("\t".join(cells))
        out.append("")
    text = "\n".join(out) + "\n"
    with (open(args.pred, "w", encoding="utf-8") if args.pred else tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8")) as f:
        f.write(text)
        f.flush()
        with tempfile.NamedTemporaryFile("w", suffix=".pl", encoding="utf-8") as scorer:
            # perl 5.22 and later refuse `defined(@array)`, which the scorer of 2012 uses.
            with open(args.scorer, encoding="utf-8") as original:
                scorer.write(re.sub(r"defined\(@\{([^}]*)\}\)", r"defined(\1)", original.read()))
            scorer.flush()
            table = subprocess.run(["perl", scorer.name, "-g", args.gold, "-s", f.name], stdout=subprocess.PIPE, check=True).stdout.decode()
    if args.table:
        print(table)
    for name, label in (("Cues", "cue F1"), ("Scope tokens(no cue match)", "scope token F1"), ("Scopes(no cue match)", "scope F1")):
        row = next((line for line in table.splitlines() if line.startswith(name)), None)
        if row:
            print(f"{label}\t{row.split('|')[-1].strip() if '|' in row else row.split()[-1]}")


def f1(right, found, wanted):
    return 200 * right / (found + wanted) if found + wanted else 0.0


def factuality(args):
    gold = list(sentences(args.gold))
    pairs = []
    for rows, marks in zip(gold, parse(args.annalist, [[r[1] for r in rows] for rows in gold])):
        for row, mark in zip(rows, marks):
            if row[2] != "_":
                pairs.append((float(row[2]), 3 * float(mark.get("Fact", 1))))
    n = len(pairs)
    mg, mp = sum(g for g, _ in pairs) / n, sum(p for _, p in pairs) / n
    cov = sum((g - mg) * (p - mp) for g, p in pairs)
    var = math.sqrt(sum((g - mg) ** 2 for g, _ in pairs) * sum((p - mp) ** 2 for _, p in pairs))
    print(f"r\t{100 * cov / var if var else 0:.1f}")
    print(f"MAE\t{sum(abs(g - p) for g, p in pairs) / n:.3f}")
    for name, test in (("negative F1", lambda x: x <= -1.5), ("open F1", lambda x: -1.5 < x < 1.5)):
        right = sum(test(g) and test(p) for g, p in pairs)
        print(f"{name}\t{f1(right, sum(test(p) for _, p in pairs), sum(test(g) for g, _ in pairs)):.1f}")


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("what", choices=["negation", "factuality"])
    ap.add_argument("--annalist", default="build/annalist")
    ap.add_argument("--gold", required=True)
    ap.add_argument("--scorer")
    ap.add_argument("--pred", help="keep the prediction there")
    ap.add_argument("--table", action="store_true", help="print the scorer's whole table")
    args = ap.parse_args()
    (negation if args.what == "negation" else factuality)(args)


main()
