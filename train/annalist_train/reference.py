"""Dumps what the network computes for a few sentences of our own, to check the C++ engine against:
`python -m annalist_train.reference --model models/annalist.model --to FOLDER`."""
from __future__ import annotations

import argparse
import json
from pathlib import Path

import torch

from .chars import word_shapes
from .data import Sentence
from .evaluate import file_parts
from .quantize import load

SENTENCES = [
    "Rebel fighters shelled the northern district of Qasrabad on Monday , killing three soldiers and wounding a nurse .",
    "The Defence Ministry denied that its aircraft had bombed the Al-Noor hospital near the Syrian border .",
    "POLICE IN SAN MARTIN ARRESTED 12 MEMBERS OF THE NATIONAL FRONT AFTER THE ATTACK ON JUDGE JOSÉ ÁLVAREZ .",
    "Colonel Tarek McBride does n't believe the ceasefire — signed in 2019 — will hold , an aide told the Valley Herald",
    "\" We carried out an attack on their U.S. - made T-72 tanks , \" said a spokesman for the Free Hills Brigade ( FHB ) .",
    "Protests .",
]


def main() -> None:
    ap = argparse.ArgumentParser()
    ap.add_argument("--model", type=Path, required=True)
    ap.add_argument("--to", type=Path, required=True)
    args = ap.parse_args()
    args.to.mkdir(parents=True, exist_ok=True)
    predict, lemmas = file_parts(args.model)
    plain, _ = load(args.model)
    for k, text in enumerate(SENTENCES):
        s = Sentence(words=text.split(" "))
        t = predict.collate([s])
        p = predict([s], lemmas=lemmas)[0]
        out: dict = {"words": s.words, "shapes": word_shapes(s.words), "pieces": t["pieces"][0].tolist(),
                     "piece_shapes": t["shapes"][0].tolist(), "first": t["first"][0].tolist(),
                     "decoded": {"upos": p.upos, "feats": p.feats, "heads": p.heads, "deprels": p.deprels, "ner": p.ner,
                                 "lemmas": [lemmas(w, u) for w, u in zip(s.words, p.upos)],
                                 "claim": p.claim.tolist(), "predicates": {
                                     i: {"roleset": p.senses[i], "roles": p.roles[i]} for i in p.roles}}}
        for title, model in (("fp32", plain.eval()), ("int8", predict.model)):
            with torch.no_grad():
                w = model.words(t)
                which = torch.zeros(len(p.roles), dtype=torch.long)
                where = torch.tensor([i + 1 for i in p.roles], dtype=torch.long)
                heads = torch.tensor([[0] + p.heads])
                out[title] = {"states": w[0].tolist(), "arcs": model.arcs(w)[0].tolist(),
                              "labels": model.labels(w, heads)[0].tolist(),
                              **{n: model.heads[n](w)[0].tolist() for n in model.rows}}
                if len(where):
                    out[title]["roles"] = model.roles(w, which, where).tolist()
        (args.to / f"{k}.json").write_text(json.dumps(out))
    (args.to / "README").write_text(
        "One JSON a sentence. words..first: input. decoded: results (predicates: word index from 0). fp32: weights as in the\n"
        "file, exact fp32 activations; int8: the arithmetic of docs/formats/model.md. states [1+n][384]; head outputs\n"
        "before relu by name; arcs [1+n][1+n]; labels [1+n][R] for decoded heads; roles [predicates][1+n][R].\n")


if __name__ == "__main__":
    main()
