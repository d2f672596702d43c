"""Numbers on the dev parts, gold words: `python -m annalist_train.evaluate --data ... --model models/annalist.model`."""
from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path

import numpy as np
import torch

from .batches import Collator
from .chars import WordPieces
from .data import (NER_MAPS, Sentence, attach_srl, find, read_conllu, read_factuality, read_negation,
                   read_ner_jsonl, read_polnear)
from .decode import spans
from .labels import Labels
from .lemma import Lemmatizer
from .predict import Prediction, Predictor

# Scored classes: corpus type -> class, our type -> class (as ../score/spans.py has them; PROD counts with WEAPON).
SCHEMES = {
    "worldwide": ({"Person": "PER", "Organization": "ORG", "Location": "LOC", "Facility": "FAC", "NORP": "NORP",
                   "Misc": "MISC", "Product": "PROD"},
                  {"PER": "PER", "ORG": "ORG", "LOC": "LOC", "FAC": "FAC", "NORP": "NORP", "EVENT": "MISC",
                   "MISC": "MISC", "WEAPON": "PROD", "PROD": "PROD"}),
    "uner": ({"PER": "PER", "ORG": "ORG", "LOC": "LOC"}, {"PER": "PER", "ORG": "ORG", "LOC": "LOC", "FAC": "LOC"}),
    "wnut": ({"person": "PER", "location": "LOC", "group": "ORG", "corporation": "ORG"},
             {"PER": "PER", "ORG": "ORG", "LOC": "LOC", "FAC": "LOC"}),
    "crossner": ({"politician": "PER", "person": "PER", "organisation": "ORG", "politicalparty": "ORG",
                  "location": "LOC", "country": "LOC", "event": "EVENT", "misc": "MISC"},
                 {"PER": "PER", "ORG": "ORG", "LOC": "LOC", "FAC": "LOC", "EVENT": "EVENT", "NORP": "MISC",
                  "MISC": "MISC"}),
}


def f1(right: int, found: int, gold: int) -> float:
    return 200 * right / max(1, found + gold)


def treebank(gold: list[Sentence], found: list[Prediction], lemmas: Lemmatizer | None) -> dict[str, float]:
    """Accuracies in percent; relation subtypes do not count (CoNLL 2018)."""
    n, hit = 0, Counter()
    for s, p in zip(gold, found):
        for k in range(len(s.words)):
            n += 1
            hit["upos"] += s.upos[k] == p.upos[k]
            hit["feats"] += s.feats[k] == p.feats[k]
            hit["uas"] += s.heads[k] == p.heads[k]
            hit["las"] += s.heads[k] == p.heads[k] and s.deprels[k].split(":")[0] == p.deprels[k].split(":")[0]
            if lemmas:
                hit["lemma"] += s.lemmas[k] == "_" or lemmas(s.words[k], p.upos[k]) == s.lemmas[k]
    return {k: 100 * v / n for k, v in hit.items()}


def names(gold: list[Sentence], found: list[Prediction], scheme: str) -> dict[str, float]:
    kinds, ours = SCHEMES[scheme]
    right, n_found, n_gold = Counter(), Counter(), Counter()
    for s, p in zip(gold, found):
        a = {(b, e, kinds[t]) for b, e, t in spans(s.ner) if t in kinds}
        c = {(b, e, ours[t]) for b, e, t in spans(p.ner) if t in ours}
        n_gold.update(x[2] for x in a)
        n_found.update(x[2] for x in c)
        right.update(x[2] for x in a & c)
    out = {"F1": f1(sum(right.values()), sum(n_found.values()), sum(n_gold.values()))}
    return out | {t: f1(right[t], n_found[t], n_gold[t]) for t in sorted(n_gold)}


def roles(gold: list[Sentence], found: list[Prediction], free: list[Prediction]) -> dict[str, float]:
    """Labelled argument heads and rolesets with gold predicates (found); predicates themselves (free)."""
    right = n_found = n_gold = senses = predicates = 0
    p_right = p_found = 0
    for s, p, q in zip(gold, found, free):
        if s.srl is None:
            continue
        for word, roleset, _, _, args in s.srl:
            a, b = {tuple(x) for x in args}, set(p.roles.get(word, []))
            right, n_found, n_gold = right + len(a & b), n_found + len(b), n_gold + len(a)
            senses += p.senses.get(word) == roleset
            predicates += 1
        real = {x[0] for x in s.srl}
        mine = {k for k, yes in enumerate(q.predicate) if yes}
        p_right, p_found = p_right + len(real & mine), p_found + len(mine)
    return {"argument head F1": f1(right, n_found, n_gold), "roleset": 100 * senses / predicates,
            "predicate F1": f1(p_right, p_found, predicates)}


def claims(gold: list[Sentence], found: list[Prediction]) -> dict[str, float]:
    out = {}
    for layer, name in enumerate(("source", "cue", "content")):
        right = n_found = n_gold = 0
        for s, p in zip(gold, found):
            a = [x > 0 for x in s.claim[layer]]
            b = [x > 0 for x in p.claim[:, layer]]
            right += sum(x and y for x, y in zip(a, b))
            n_found, n_gold = n_found + sum(b), n_gold + sum(a)
        out[name + " word F1"] = f1(right, n_found, n_gold)
    return out


def realis(gold: list[Sentence], found: list[Prediction]) -> dict[str, float]:
    """Pearson's r and mean absolute error (on the scale of -3 to 3) of the event words."""
    pairs = [(g * 3, float(p.fact[k]) * 3) for s, p in zip(gold, found) for k, g in enumerate(s.fact) if g == g]
    a, b = np.array(pairs).T
    return {"r": float(np.corrcoef(a, b)[0, 1]), "MAE": float(np.abs(a - b).mean())}


def negation(gold: list[Sentence], found: list[Prediction]) -> dict[str, float]:
    """Word F1 of cues and of scopes (union of the scopes of a sentence)."""
    out = {}
    for layer, name in enumerate(("cue", "scope")):
        a = np.concatenate([np.array(s.neg[layer]) > 0 for s in gold])
        b = np.concatenate([p.neg[:, layer] > 0 for p in found])
        out[name + " word F1"] = f1(int((a & b).sum()), int(b.sum()), int(a.sum()))
    return out


def everything(data: Path, predict: Predictor, lemmas: Lemmatizer | None, quick: bool = False) -> dict[str, dict[str, float]]:
    """quick: EWT and a part of Worldwide only."""
    lang, out = data / "lang", {}
    ewt = read_conllu(find(lang / "ud_ewt", "dev.conllu"), "ewt")
    attach_srl(ewt, find(lang / "srl_ewt", "dev.jsonl"))
    free = predict(ewt)
    out["ewt"] = treebank(ewt, free, lemmas)
    out["srl"] = roles(ewt, predict(ewt, gold_predicates=True), free)
    world = read_ner_jsonl(find(lang / "ner_worldwide", "dev.jsonl"), "worldwide", paragraphs=True)
    world = world[:1500] if quick else world
    out["worldwide"] = names(world, predict(world), "worldwide")
    if quick:
        return out
    gum = read_conllu(find(lang / "ud_gum", "dev.conllu"), "gum")
    out["gum"] = treebank(gum, predict(gum), lemmas)
    for name, folder in (("uner", "ner_uner_ewt"), ("wnut", "ner_wnut17"), ("crossner", "ner_crossner_politics")):
        part = read_ner_jsonl(find(lang / folder, "dev.jsonl"), name)
        out[name] = names(part, predict(part), name)
    part = read_polnear(find(data / "claims" / "polnear", "dev.jsonl"))
    out["claims"] = claims(part, predict(part))
    part = read_factuality(find(data / "claims" / "factuality" / "uw", "dev.conll"))
    out["uw"] = realis(part, predict(part))
    part = read_negation(find(data / "claims" / "negation" / "cd_sco", "dev.txt"))
    out["cd_sco"] = negation(part, predict(part))
    return out


def write_conllu(path: Path, gold: list[Sentence], found: list[Prediction], lemmas: Lemmatizer) -> None:
    with open(path, "w") as f:
        for s, p in zip(gold, found):
            for k, w in enumerate(s.words):
                cols = [str(k + 1), w, lemmas(w, p.upos[k]), p.upos[k], "_", p.feats[k], str(p.heads[k]), p.deprels[k], "_", "_"]
                f.write("\t".join(cols) + "\n")
            f.write("\n")


def show(title: str, numbers: dict[str, dict[str, float]]) -> None:
    for part, row in numbers.items():
        print(f"{title} {part}: " + "  ".join(f"{k} {v:.2f}" for k, v in row.items()), flush=True)


def file_parts(path: Path) -> tuple[Predictor, Lemmatizer]:
    """Everything needed to run a model file in the arithmetic of the C++ engine."""
    from .quantize import load, simulate
    model, sec = load(path)

    def lines(name: str) -> list[str]:
        return sec[name].decode().split("\n")[:-1]

    keys, spans_, items = lines("sense.keys"), sec["sense.range"], sec["sense.items"][0]
    labels = Labels(*(lines("label." + k) for k in ("upos", "feats", "deprel", "ner", "srl", "roleset")),
                    {k: items[b:b + n].tolist() for k, (b, n) in zip(keys, spans_)}, [])
    rules = lines("lemma.rules")
    lemmas = Lemmatizer(dict(zip(lines("lemma.keys"), (rules[r] for r in sec["lemma.rule"][0]))),
                        dict(zip(lines("lemma.suffix.keys"), (rules[r] for r in sec["lemma.suffix.rule"][0]))))
    return Predictor(simulate(model), labels, Collator(WordPieces(lines("vocab")), labels)), lemmas


def main() -> None:
    ap = argparse.ArgumentParser()
    ap.add_argument("--data", type=Path, required=True)
    ap.add_argument("--model", type=Path, required=True)
    ap.add_argument("--json", type=Path)
    ap.add_argument("--conllu", type=Path, help="folder for predictions of the treebanks, for ../score/score conllu")
    args = ap.parse_args()
    torch.set_num_threads(2)
    predict, lemmas = file_parts(args.model)
    numbers = everything(args.data, predict, lemmas)
    show("int8", numbers)
    if args.json:
        args.json.write_text(json.dumps(numbers, indent=1))
    for name in ("ewt", "gum") if args.conllu else ():
        gold = read_conllu(find(args.data / "lang" / ("ud_" + name), "dev.conllu"), name)
        write_conllu(args.conllu / f"{name}.conllu", gold, predict(gold), lemmas)


if __name__ == "__main__":
    main()
