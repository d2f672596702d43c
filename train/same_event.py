#!/usr/bin/env python3
"""Learns data/story/same-event.tsv, the weights by which annalist joins mentions of one event, from ECB+.

usage: same_event.py --annalist build/annalist --data-dir data --shared ../shared [--work DIR]

ECB+ (Cybulska and Vossen 2014; annotation CC BY 3.0), training part only. Two ridge-penalised logistic models
fitted by Newton's method: first how likely two reports are of one matter (gold: the sub-topic), then how likely
two mentions are of one event, given the first. annalist itself computes the features (`merge --features`), so
what is learned is what runs. Needs numpy and zstd. Deterministic.
"""
import argparse
import json
import pathlib
import subprocess
import sys

import numpy as np

HEAD = """# How alike two reports, and two mentions of happenings, must be to tell of one: the weights of two logistic models.
# Made by train/same_event.py from the training part of ECB+ (Cybulska and Vossen 2014, annotation CC BY 3.0). "report":
# two reports are of one matter; "mention": two mentions are of one event. What each name measures: src/story/topics.cpp
# and src/story/same_event.cpp. Licence: as the project.
"""


def sh(command, out=None):
    with open(out, "w") if out else open("/dev/null", "w") as to:
        subprocess.run([str(c) for c in command], stdout=to, check=True)


def gold_of(shared):
    """mention -> cluster, document -> sub-topic."""
    text = subprocess.run(["zstd", "-dc", "--long=27", str(shared / "data/events/ecbplus/train.jsonl.zst")],
                          check=True, capture_output=True).stdout
    clusters, topics = {}, {}
    for line in text.splitlines():
        r = json.loads(line)
        topics[r["doc_id"]] = r["subtopic"]
        for m in r["mentions"]:
            clusters[f"{r['doc_id']}#{m['id']}"] = m["cluster"]
    return clusters, topics


def read_features(path, kind, label):
    """Dense matrix, labels, names of the lines of one kind ("R" or "M")."""
    names, rows, labels = [], [], []
    wanted = {"R": "report", "M": "mention"}[kind]
    with open(path, encoding="utf-8") as f:
        for line in f:
            if line.startswith(wanted + "\t"):
                names = line.rstrip("\n").split("\t")[1:]
            elif line.startswith(kind + "\t"):
                _, a, b, values = line.rstrip("\n").split("\t")
                x = np.zeros(len(names), np.float32)
                for v in values.split():
                    i, value = v.split(":")
                    x[int(i)] = float(value)
                rows.append(x)
                labels.append(label(a, b))
    return np.stack(rows), np.array(labels, np.float64), names


def fit(x, y, penalty):
    """Ridge logistic regression on standardised columns; raw weights and bias."""
    mean, scale = x.mean(0), x.std(0)
    scale[scale < 1e-6] = np.inf
    z = np.hstack([(x - mean) / scale, np.ones((len(x), 1), np.float32)]).astype(np.float64)
    w = np.zeros(z.shape[1])
    ridge = np.full(len(w), penalty)
    ridge[-1] = 0
    for _ in range(12):
        p = 1 / (1 + np.exp(-np.clip(z @ w, -30, 30)))
        step = np.linalg.solve((z * (p * (1 - p))[:, None]).T @ z + np.diag(ridge + 1e-9), z.T @ (p - y) + ridge * w)
        w -= step
        if np.abs(step).max() < 1e-6:
            break
    raw = w[:-1] / scale
    return raw, w[-1] - float(raw @ mean)


def write(path, models, threshold):
    with open(path, "w", encoding="utf-8") as out:
        out.write(HEAD + "model\tname\tweight\n")
        for model, (names, raw, bias) in models.items():
            for name, weight in zip(names, raw):
                if abs(weight) > 1e-5:
                    out.write(f"{model}\t{name}\t{weight:.4f}\n")
            out.write(f"{model}\tbias\t{bias:.4f}\n")
        out.write(f"threshold\t-\t{threshold}\n")


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--annalist", type=pathlib.Path, required=True)
    ap.add_argument("--data-dir", type=pathlib.Path, default="data")
    ap.add_argument("--shared", type=pathlib.Path, required=True)
    ap.add_argument("--work", type=pathlib.Path, default="build/same-event")
    ap.add_argument("--threshold", type=float, default=0.3)
    a = ap.parse_args()
    a.work.mkdir(parents=True, exist_ok=True)
    gold = a.shared / "data/events/ecbplus/train.jsonl.zst"
    score = [sys.executable, a.shared / "score/score"]
    coded, mentions, none = a.work / "coded.jsonl", a.work / "mentions.jsonl", a.work / "none.jsonl"
    if not coded.exists():
        sh([*score, "inputs", "--gold", gold], a.work / "inputs.jsonl")
        sh([a.annalist, "code", "--layers", "all", "-o", coded, a.work / "inputs.jsonl"])
    sh([*score, "mentions", "--gold", gold], mentions)
    none.write_text("")
    clusters, topics = gold_of(a.shared)
    features, weights = a.work / "features.tsv", a.data_dir / "story/same-event.tsv"
    models = {}

    def run(given):
        write(weights, models, a.threshold)
        sh([a.annalist, "data", "build", "--data-dir", a.data_dir, "-o", a.annalist.parent / "annalist.codebook"])
        sh([a.annalist, "merge", "--mentions", given, "--features", features, coded])

    run(none)
    x, y, names = read_features(features, "R", lambda p, q: topics[p] == topics[q])
    near = x[:, 0] > 0.02
    models["report"] = (names, *fit(x[near], y[near], 1.0))
    print(f"reports: {near.sum()} pairs, {int(y[near].sum())} of one matter", file=sys.stderr)
    run(mentions)
    x, y, names = read_features(features, "M", lambda p, q: clusters[p] == clusters[q])
    models["mention"] = (names, *fit(x, y, 20.0))
    print(f"mentions: {len(y)} pairs, {int(y.sum())} of one event", file=sys.stderr)
    write(weights, models, a.threshold)
    sh([a.annalist, "data", "build", "--data-dir", a.data_dir, "-o", a.annalist.parent / "annalist.codebook"])


if __name__ == "__main__":
    main()
