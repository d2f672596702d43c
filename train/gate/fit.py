#!/usr/bin/env python3
"""Fits the gate (data/patterns/gate-weights.txt): in which sentences may the accurate line find an event? Standard library only.

A sentence counts as an event sentence if the accurate tier's line finds the trigger of an event in it, of any type and
status. Features are what the fast tier says of its words (src/lang/gate.h); the scorer is learned on all sentences, also on
those in which the fast line finds an event itself. (Learned only on those in which it does not, it has a tenth of the event
sentences to learn from and is much worse.) The bias is set on reports that are not learned from: the wanted share of their
event sentences passes or is found by the fast line.

    annalist code A.jsonl --layers tokens,sentences,events -o A.coded
    annalist code A.jsonl --layers tokens,sentences,events --tier fast -o A.fast
    fit.py --train A.coded A.fast --train B.coded B.fast [--dev D.coded D.fast] [--recall 0.985] -o data/patterns/gate-weights.txt
"""
import argparse
import collections
import json
import math
import random

CONTENT = {"VERB", "NOUN", "ADJ"}
HEAD = """# Weights of the gate, a linear scorer of sentences (src/lang/gate.h says what the features mean), fitted by train/gate/fit.py to
# what the accurate line makes of the train parts of PolNeAR, Reuters-21578 and Guardian reports; numbers only, no text of them.
# Belongs to one fast tier and, less strictly, to the rules of events: fit again when either changes much.
"""


def features(tokens):
    out, names = set(), 0
    for t in tokens:
        if t["upos"] == "PROPN":  # names are counted, not learned
            names += 1
            continue
        lemma = t["lemma"].lower()
        out.add(f"{lemma}|{t['upos']}")
        if t["upos"] in CONTENT:
            out.add(f"{lemma}|{t['deprel']}")
    return out | {f"names={min(6, names)}", f"words={min(8, len(tokens) // 6)}"}


def read(coded, fast):
    """-> reports of sentences (features, has an event, the fast line finds one)."""
    with open(coded, encoding="utf-8") as a, open(fast, encoding="utf-8") as b:
        for line, line_fast in zip(a, b, strict=True):
            d, f = json.loads(line), json.loads(line_fast)
            assert d["id"] == f["id"]
            gold, found = ({m["sentence"] for e in x["events"] for m in e["mentions"]} for x in (d, f))
            words = collections.defaultdict(list)
            for t in f.get("tokens") or []:
                if t["upos"] != "X" or t["lemma"]:
                    words[t["sentence"]].append(t)
            yield [(features(w), s in gold, s in found) for s, w in words.items()]


def fit(sentences, epochs, rate):
    weights, seen, bias = collections.defaultdict(float), collections.defaultdict(lambda: 1e-8), -2.0
    order, rng = list(range(len(sentences))), random.Random(1)
    for _ in range(epochs):
        rng.shuffle(order)
        for k in order:
            x, gold, _ = sentences[k]
            size = math.sqrt(len(x))
            p = 1 / (1 + math.exp(-max(-30.0, min(30.0, sum(weights[f] for f in x) / size + bias))))
            slope = (p - gold) / size
            bias -= 0.005 * (p - gold)
            for f in x:
                step = slope + 1e-6 * weights[f]
                seen[f] += step * step
                weights[f] -= rate * step / math.sqrt(seen[f])
    return dict(weights), bias


def score(weights, bias, x):
    return sum(weights.get(f, 0.0) for f in x) / math.sqrt(len(x)) + bias


def shift_for(scored, recall):
    """What must be added to the bias so that `recall` of the event sentences pass."""
    events = sorted((s for s, gold, _ in scored if gold), reverse=True)
    return 1e-4 - events[min(len(events), math.ceil(recall * len(events))) - 1]


def report(name, scored, recalls=(0.965, 0.975, 0.985, 0.99)):
    events = sum(gold for _, gold, _ in scored)
    passed = [(s > 0, gold) for s, gold, _ in scored]
    at = ", ".join(f"{r} at {100 * sum(s > -shift_for(scored, r) for s, _, _ in scored) / len(scored):.1f} %" for r in recalls)
    print(f"{name}: {len(scored)} sentences, {events} with events; {sum(p and g for p, g in passed) / events:.3f} pass at "
          f"{100 * sum(p for p, _ in passed) / len(scored):.1f} %; {at}", flush=True)


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--train", nargs=2, action="append", required=True, metavar=("CODED", "FAST"))
    ap.add_argument("--dev", nargs=2, action="append", default=[], metavar=("CODED", "FAST"))
    ap.add_argument("--recall", type=float, default=0.985)
    ap.add_argument("--epochs", type=int, default=6)
    ap.add_argument("--rate", type=float, default=0.15)
    ap.add_argument("--least", type=int, default=3, help="a feature of fewer sentences is left out")
    ap.add_argument("-o", "--out")
    a = ap.parse_args()
    reports = [r for pair in a.train for r in read(*pair) if r]
    held = [s for i, r in enumerate(reports) if i % 10 == 0 for s in r]
    learned = [s for i, r in enumerate(reports) if i % 10 for s in r]
    often = collections.Counter(f for x, _, _ in learned for f in x)
    keep = {f for f, n in often.items() if n >= a.least}
    weights, bias = fit([(x & keep, g, f) for x, g, f in learned], a.epochs, a.rate)
    weights = {f: round(w, 1) for f, w in weights.items() if abs(w) >= 0.8}  # a third of them, and no worse

    def scored(sentences):
        return [(1e9 if found else score(weights, bias, x), gold, found) for x, gold, found in sentences]
    bias += shift_for(scored(held), a.recall)
    print(f"{len(learned)} sentences learned, {len(weights)} weights, bias {bias:.3f}")
    report("held out", scored(held))
    for coded, fast in a.dev:
        report(coded, scored([s for r in read(coded, fast) for s in r]))
    if a.out:
        with open(a.out, "w", encoding="utf-8") as out:
            out.write(HEAD + f"bias\t{bias:.3f}\n" + "".join(f"{f}\t{w:.1f}\n" for f, w in sorted(weights.items())))


if __name__ == "__main__":
    main()
