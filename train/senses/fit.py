"""Fits the scorer of senses (data/patterns/sense-weights.txt; src/event/senses.h says how it is used) to words judged by reading.

    python3 fit.py --rows FOLDER --judged TSV --types data/codebook/types.txt -o data/patterns/sense-weights.txt

FOLDER has what sense_rows wrote of each set of inputs.py. TSV: "set document byte type right(1|0)"; sets named ...test are not
learned from but measured on. Beside the judged words it learns a little from all events of reports of conflict (taken for
right), from all in reviews, answers and mails (taken for wrong), and from the codebook's own examples; what an example must give
weighs more until it holds. Every judged word counts a second time as if its sentence were the whole report."""
import argparse
import collections
import re

import numpy as np
import torch

TALK = ("accord", "alignment", "cooperation", "other", "speech")  # groups of types that have views of their own
SHORT, LEAST, CAUTION = 30.0, -1.2, 1.5
LEARNED = 8  # judged words that a type needs to be judged
SILVER = (("satp1", 1, 0.06), ("cau1", 1, 0.1), ("gua1", 1, 0.015), ("hrd1", 1, 0.015), ("ewt1", 0, 0.03))
HEAD = """# Weights of the scorer of senses (src/event/senses.h and src/lang/senses.h say what they mean), fitted by train/senses/fit.py;
# numbers only, no text. They belong to the encoder of models/annalist.model: fit again when that changes.
"""


def read(folder, name, size):
    """-> words of a set, each with its rows."""
    rows = np.memmap(f"{folder}/{name}.f32", dtype=np.float32, mode="r").reshape(-1, size)
    out, k = [], 0
    for line in open(f"{folder}/{name}.tsv", encoding="utf-8", errors="replace"):
        cells = line.rstrip("\n").split("\t")
        if cells[0] == "D":
            doc, length, mean, k = cells[1], int(cells[2]), k, k + 1
        else:
            out.append({"doc": doc, "byte": int(cells[1]), "near": int(cells[3]), "type": cells[4], "may": cells[5].split(","),
                        "length": length, "word": rows[k], "sentence": rows[k + 1], "report": rows[mean]})
            k += 2
    assert k == len(rows)
    return out


class Features:
    def __init__(self, words, types, group):
        self.types, self.talk = types, {t for t in types if group.get(t) in TALK}
        self.mean = [np.mean([w[part] for w in words], axis=0) for part in ("word", "report")]
        self.scale = [np.maximum(np.std([w[part] for w in words], axis=0), 0.02) for part in ("word", "report")]

    def __call__(self, words, alone=False):
        part, length = ("sentence", "near") if alone else ("report", "length")
        share = np.array([[w[length] / (w[length] + SHORT)] for w in words], dtype=np.float32)
        x = np.hstack([(np.array([w["word"] for w in words]) - self.mean[0]) / self.scale[0],
                       share * (np.array([w[part] for w in words]) - self.mean[1]) / self.scale[1]])
        kind = np.array([[0.5 if w["type"] in self.talk else -0.5] for w in words], dtype=np.float32)
        one = np.array([[w["type"] == t for t in self.types] for w in words], dtype=np.float32)
        return np.hstack([x, one, x * kind]).astype(np.float32)


def regress(blocks, ridge):
    x, y, weight = (torch.tensor(np.concatenate([b[i] for b in blocks]).astype(np.float32)) for i in range(3))
    w, bias = torch.zeros(x.shape[1], requires_grad=True), torch.zeros(1, requires_grad=True)
    steps = torch.optim.LBFGS([w, bias], max_iter=60)

    def loss():
        steps.zero_grad()
        each = torch.nn.functional.binary_cross_entropy_with_logits(x @ w + bias, y, reduction="none")
        total = (each * weight).sum() / weight.sum() + ridge * (w * w).sum()
        total.backward()
        return total

    steps.step(loss)
    return w.detach().numpy(), float(bias.detach())


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("--rows", required=True)
    ap.add_argument("--judged", required=True)
    ap.add_argument("--types", required=True)
    ap.add_argument("--hidden", type=int, default=384)
    ap.add_argument("--ridge", type=float, default=0.01)
    ap.add_argument("-o", required=True)
    args = ap.parse_args()
    torch.set_num_threads(1)
    group, name = {}, None
    for line in open(args.types, encoding="utf-8"):
        if m := re.match(r"\[(\S+)\]", line):
            name = m[1]
        elif m := re.match(r"group: (\S+)", line):
            group[name] = m[1]

    judged = collections.defaultdict(list)
    for line in open(args.judged, encoding="utf-8"):
        if line.startswith("#"):
            continue
        name, doc, byte, kind, right = line.rstrip("\n").split("\t")
        judged[name].append((doc, int(byte), kind, int(right)))
    sets = {n: read(args.rows, n, args.hidden) for n in {*judged, *(s for s, _, _ in SILVER), "cb"}}
    words, right, tests, lost = [], [], collections.defaultdict(lambda: ([], [])), 0
    for name, marks in judged.items():
        at = {(w["doc"], w["byte"]): w for w in sets[name]}
        into = tests[name] if name.endswith("test") else (words, right)
        for doc, byte, kind, good in marks:
            if (doc, byte) in at:
                into[0].append(at[doc, byte] | {"type": kind})
                into[1].append(good)
            else:
                lost += 1
    examples, holds = [], []
    for w in sets["cb"]:
        kind, sign = w["doc"].split(":")[2:]
        if sign == "+" and w["type"] == kind or sign == "-" and kind in w["may"]:
            examples.append(w | {"type": kind})
            holds.append(sign == "+")
    right, holds = np.array(right, dtype=float), np.array(holds)
    silver = [([w for w in sets[n] if w["type"] != "-"], good, weight) for n, good, weight in SILVER]
    count = collections.Counter(w["type"] for w in words)
    types = sorted({w["type"] for w in words + examples} | {w["type"] for s in silver for w in s[0]})
    features = Features(words, types, group)
    blocks = [(features(words), right, np.ones(len(words))), (features(words, alone=True), right, np.full(len(words), 0.5))]
    blocks += [(features(s), np.full(len(s), good), np.full(len(s), weight)) for s, good, weight in silver]
    own, weight = features(examples), np.full(len(examples), 0.2)
    for _ in range(8):
        w, bias = regress(blocks + [(own, holds.astype(float), weight)], args.ridge)
        bad = holds & (own @ w + bias < LEAST - 0.1)
        if not bad.any():
            break
        weight[bad] = np.minimum(weight[bad] * 3, 6)
    print(f"{len(words)} judged words, {int(right.sum())} right, {lost} no longer events; {len(examples)} examples, {bad.sum()} at risk")
    for name, (of, good) in tests.items():
        good = np.array(good, dtype=bool)
        below = features(of) @ w + bias < [LEAST - CAUTION * SHORT / (x["length"] + SHORT) for x in of]
        print(f"{name}: ruled out {(below & ~good).sum()} of {(~good).sum()} wrong, {(below & good).sum()} of {good.sum()} right")

    h, n = args.hidden, len(types)
    views, centre, shift = {}, {}, {}
    for kind, sign in (("deed", -0.5), ("talk", 0.5)):
        v = w[:2 * h] + sign * w[2 * h + n:]
        views[f"word {kind}"], views[f"report {kind}"] = v[:h] / features.scale[0], v[h:] / features.scale[1]
        centre[kind] = float(features.mean[1] @ views[f"report {kind}"])
        shift[kind] = -float(features.mean[0] @ views[f"word {kind}"]) - centre[kind]
    with open(args.o, "w", encoding="utf-8") as out:
        out.write(HEAD + f"least\t{LEAST:g}\ncaution\t{CAUTION:g}\nshort\t{SHORT:g}\nbias\t{bias:.4f}\n")
        out.writelines(f"centre {k}\t{v:.4f}\n" for k, v in centre.items())
        out.writelines(f"talk {g}\t1\n" for g in TALK)
        out.writelines(f"type {t}\t{w[2 * h + i] + shift['talk' if t in features.talk else 'deed']:.4f}\n"
                       for i, t in enumerate(types) if count[t] >= LEARNED)
        out.writelines(f"view {k}\t" + "\t".join(f"{x:.5g}" for x in v) + "\n" for k, v in views.items())


main()
