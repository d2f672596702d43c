#!/usr/bin/env python3
"""Fits the linear scorers of the claim stage (data/patterns/claims-weights.txt) on PolNeAR's train part.

usage: fit.py --gold train.jsonl --program build/claim_candidates --data build --out data/patterns/claims-weights.txt

The program proposes attributions and ways to fill their roles; here every proposal is compared with the annotation
(words are \\w+, first to last word of a role), and four linear models are fitted by AdaGrad: one that accepts a draft,
three that choose among the proposals for cue, source and content. Standard library only; a few minutes.
"""
import argparse
import json
import math
import os
import random
import re
import subprocess
import threading
from bisect import bisect_left
from collections import Counter

WORD = re.compile(r"\w+")
ROLE = {"C": "cue", "S": "source", "T": "content"}


def escape(text):
    return text.replace("\\", "\\\\").replace("\n", "\\n")


class Words:
    """The words of a text and which of them byte spans and code point spans hold."""

    def __init__(self, text):
        at = [m.span() for m in WORD.finditer(text)]
        byte = [0]
        for ch in text:
            byte.append(byte[-1] + len(ch.encode()))
        self.starts, self.ends = [a for a, _ in at], [b for _, b in at]
        self.byte_starts, self.byte_ends = [byte[a] for a, _ in at], [byte[b] for _, b in at]

    @staticmethod
    def _inside(starts, ends, spans):
        out = set()
        for a, b in spans:
            i = bisect_left(starts, a)
            while i < len(starts) and ends[i] <= b:
                out.add(i)
                i += 1
        return out

    def points(self, spans):
        return self._inside(self.starts, self.ends, spans)

    def bytes(self, spans):
        return self._inside(self.byte_starts, self.byte_ends, spans)


def lines_of(program, data, texts, kept):
    """The program's lines; with `kept` from that file, which is made if it is not there."""
    if kept and os.path.exists(kept):
        with open(kept, "rb") as f:
            yield from f
        return
    run = subprocess.Popen([program, data], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)

    def feed():
        for key, text in texts.items():
            run.stdin.write((key + "\n" + escape(text) + "\n").encode())
        run.stdin.close()
    threading.Thread(target=feed, daemon=True).start()
    with open(kept or os.devnull, "wb") as keep:
        for line in run.stdout:
            keep.write(line)
            yield line


def proposals(program, data, texts, kept):
    """Yields (id, [draft]); a draft is {"at": span, "A": features, "C": [(spans, features)], "S": ..., "T": ...}."""
    names, key, drafts = {}, None, []
    for raw in lines_of(program, data, texts, kept):
        line = raw.decode().rstrip("\n")
        kind = line[0]
        if kind == "F":
            _, number, name = line.split(" ", 2)
            names[int(number)] = name
        elif kind == "D":
            if key is not None:
                yield key, drafts, names
            key, drafts = line[2:], []
        else:
            left, _, right = line[2:].rpartition("=")
            at = [int(x) for x in left.split()]
            spans, features = list(zip(at[::2], at[1::2])), [int(x) for x in right.split()]
            if kind == "A":
                drafts.append({"at": spans, "A": features, "C": [], "S": [], "T": []})
            else:
                drafts[-1][kind].append((spans, features))
    if key is not None:
        yield key, drafts, names


def ends(words):
    return (min(words), max(words)) if words else None


def examples(gold, program, data, kept):
    """-> accept [(features, is one)], choices by role [(candidates' features, right ones)], names."""
    records = {g["id"]: g for g in gold}
    accept, choices, names = [], {"C": [], "S": [], "T": []}, {}
    reachable = Counter()
    for key, drafts, names in proposals(program, data, {k: g["text"] for k, g in records.items()}, kept):
        g = records[key]
        words = Words(g["text"])
        sides = [{r: words.points(a.get(r) or []) for r in ROLE.values()} for a in g["annotations"][0]["attributions"]]
        for d in drafts:
            cue = words.bytes(d["at"]) or set()
            overlap = [s for s in sides if s["cue"] & cue]
            accept.append((d["A"], 1 if overlap else 0))
            if not overlap:
                continue
            best = max(overlap, key=lambda s: len(s["cue"] & cue))
            for kind, role in ROLE.items():
                want = best[role]
                if kind != "S" and not want:
                    continue
                sets = [words.bytes(spans) for spans, _ in d[kind]]
                right = [i for i, s in enumerate(sets) if ends(s) == ends(want)]
                reachable[kind, bool(right)] += 1
                if not right and want:  # the nearest one, if it is near
                    score = [2 * len(s & want) / (len(s) + len(want)) for s in sets]
                    top = max(score)
                    right = [score.index(top)] if top >= 0.6 else []
                if right and len(sets) > 1:
                    choices[kind].append(([f for _, f in d[kind]], right))
    print("reachable", {k: reachable[k, True] / max(1, reachable[k, True] + reachable[k, False]) for k in ROLE})
    return accept, choices, names


def fit_accept(rows, size, passes, l2):
    w, g2 = [0.0] * size, [1e-6] * size
    rng = random.Random(5)
    for _ in range(passes):
        rng.shuffle(rows)
        for features, y in rows:
            z = sum(w[f] for f in features)
            p = 1 / (1 + math.exp(-max(-30.0, min(30.0, z))))
            for f in features:
                g = p - y + l2 * w[f]
                g2[f] += g * g
                w[f] -= 0.1 * g / math.sqrt(g2[f])
    return w


def fit_choice(rows, size, passes, l2):
    w, g2 = [0.0] * size, [1e-6] * size
    rng = random.Random(5)
    for n in range(passes):
        rng.shuffle(rows)
        hits = 0
        for candidates, right in rows:
            z = [sum(w[f] for f in c) for c in candidates]
            top = max(z)
            e = [math.exp(x - top) for x in z]
            total, good = sum(e), sum(e[i] for i in right)
            hits += z.index(top) in right
            grad = Counter()
            for i, c in enumerate(candidates):
                d = e[i] / total - (e[i] / good if i in right else 0)
                if abs(d) > 1e-4:
                    for f in c:
                        grad[f] += d
            for f, g in grad.items():
                g += l2 * w[f]
                g2[f] += g * g
                w[f] -= 0.1 * g / math.sqrt(g2[f])
        if n in (0, passes - 1):
            print("  pass", n, "chosen right", round(100 * hits / len(rows), 1), "of", len(rows))
    return w


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("--gold", required=True)
    ap.add_argument("--program", default="build/claim_candidates")
    ap.add_argument("--data", default="build")
    ap.add_argument("--out", default="data/patterns/claims-weights.txt")
    ap.add_argument("--keep", help="a file for the proposals, made once")
    ap.add_argument("--passes", type=int, default=8)
    ap.add_argument("--l2", type=float, default=1e-5)
    ap.add_argument("--shift", type=float, default=0.0, help="added to the bias of accept: above 0 finds more")
    args = ap.parse_args()
    with open(args.gold, encoding="utf-8") as f:
        gold = [g for g in map(json.loads, f) if g.get("annotations")]
    accept, choices, names = examples(gold, args.program, args.data, args.keep)
    size = len(names)
    print(len(accept), "drafts,", sum(y for _, y in accept), "right;", size, "features", flush=True)
    seen = Counter(f for features, _ in accept for f in features)
    for rows in choices.values():
        for candidates, _ in rows:
            seen.update({f for c in candidates for f in c})
    accept = [([f for f in fs if seen[f] >= 4], y) for fs, y in accept]
    models = {"accept": fit_accept(accept, size, args.passes, args.l2)}
    bias = next(i for i, n in names.items() if n == "bias=")
    models["accept"][bias] += args.shift
    for kind, role in ROLE.items():
        rows = [([[f for f in c if seen[f] >= 4] for c in cs], right) for cs, right in choices[kind]]
        print(role, flush=True)
        models[role] = fit_choice(rows, size, args.passes, args.l2)
    with open(args.out, "w", encoding="utf-8") as f:
        f.write("# Weights of the linear scorers of attributions (src/claim/choose.cpp says what each feature means), fitted by\n"
                "# train/claims/fit.py to the train part of PolNeAR (Newell et al. 2018); numbers only, no text of it. Belongs to\n"
                "# one models/annalist.model: fit again when that changes.\n")
        for role, w in models.items():
            f.write(f"[{role}]\n")
            for i in sorted(names, key=names.get):
                if abs(w[i]) >= 0.03:
                    f.write(f"{names[i]}\t{w[i]:.2f}\n")


main()
