#!/usr/bin/env python3
r"""Fits the linear scorers of the claim stage (data/patterns/claims-weights.txt) on PolNeAR's train part.

usage: fit.py --data-sets ../shared/data --build build --out data/patterns/claims-weights.txt

build/claim_candidates proposes attributions and ways to fill their roles; here every proposal is compared with the annotation
(words are \w+, first to last word of a role), and build/claim_linear fits four linear models: one that accepts a draft,
three that choose among the proposals for cue, source and content. A minute or two, standard library only.
"""
import argparse
import json
import os
import re
import subprocess
import sys
import threading
from bisect import bisect_left
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from annalist_train.data import find, read_jsonl  # noqa: E402

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
                if right and want:  # of those with the right ends the ones with the most right words
                    shared = [len(sets[i] & want) * 2 - len(sets[i]) for i in right]
                    right = [i for i, n in zip(right, shared) if n == max(shared)]
                reachable[kind, bool(right)] += 1
                if not right and want:  # the nearest one, if it is near
                    score = [2 * len(s & want) / (len(s) + len(want)) for s in sets]
                    top = max(score)
                    right = [score.index(top)] if top >= 0.6 else []
                if right and len(sets) > 1:
                    choices[kind].append(([f for _, f in d[kind]], right))
    print("reachable", {k: reachable[k, True] / max(1, reachable[k, True] + reachable[k, False]) for k in ROLE})
    return accept, choices, names


def fit(linear, rows, passes, l2):
    """rows: [(candidates' features, right ones)] or [(features, is one)] -> weight by feature."""
    lines = []
    for what, right in rows:
        if isinstance(right, int):
            lines.append(f"A {right} " + " ".join(map(str, what)))
        else:
            lines.append(f"G {len(what)}")
            lines += [f"{int(i in right)} " + " ".join(map(str, c)) for i, c in enumerate(what)]
    run = subprocess.run([linear, str(passes), str(l2)], input="\n".join(lines) + "\n", stdout=subprocess.PIPE, check=True, text=True)
    return {int(f): float(w) for f, w in map(str.split, run.stdout.splitlines())}


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("--data-sets", required=True, type=Path, help="the folder with claims/polnear")
    ap.add_argument("--build", default="build", help="with claim_candidates, claim_linear, and the engine's data files")
    ap.add_argument("--out", default="data/patterns/claims-weights.txt")
    ap.add_argument("--keep", help="a file for the proposals, made once")
    ap.add_argument("--passes", type=int, default=6)
    ap.add_argument("--l2", type=float, default=1e-5)
    ap.add_argument("--least", type=int, default=8, help="features seen less often are left out")
    ap.add_argument("--shift", type=float, default=0.0, help="added to the bias of accept: above 0 finds more")
    args = ap.parse_args()
    gold = [g for g in read_jsonl(find(args.data_sets / "claims" / "polnear", "train.jsonl")) if g.get("annotations")]
    accept, choices, names = examples(gold, args.build + "/claim_candidates", args.build, args.keep)
    print(len(accept), "drafts,", sum(y for _, y in accept), "right;", len(names), "features", flush=True)
    count = Counter(f for features, _ in accept for f in features)
    for rows in choices.values():
        for candidates, _ in rows:
            count.update({f for c in candidates for f in c})
    known = {f for f, n in count.items() if n >= args.least}
    models = {"accept": [([f for f in fs if f in known], y) for fs, y in accept]}
    for kind, role in ROLE.items():
        models[role] = [([[f for f in c if f in known] for c in cs], right) for cs, right in choices[kind]]
    bias = next(i for i, n in names.items() if n == "bias=")
    with open(args.out, "w", encoding="utf-8") as f:
        f.write("# Weights of the linear scorers of attributions (src/claim/choose.cpp says what each feature means), fitted by\n"
                "# train/claims/fit.py to the train part of PolNeAR (Newell et al. 2018); numbers only, no text of it. Belongs to\n"
                "# one models/annalist.model: fit again when that changes.\n")
        for role, rows in models.items():
            print(role, flush=True)
            w = fit(args.build + "/claim_linear", rows, args.passes, args.l2)
            if role == "accept":
                w[bias] = w.get(bias, 0) + args.shift
            f.write(f"[{role}]\n")
            for i in sorted(w, key=names.get):
                if abs(w[i]) >= 0.03:
                    f.write(f"{names[i]}\t{w[i]:.2f}\n")


main()
