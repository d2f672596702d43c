"""Label lists, collected from the training parts, and the roleset candidates of every lemma."""
from __future__ import annotations

import json
from collections import Counter, defaultdict
from dataclasses import asdict, dataclass
from pathlib import Path

from .data import NER_TAGS, Sentence, read_jsonl

UPOS = ["ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "PROPN", "PUNCT", "SCONJ",
        "SYM", "VERB", "X"]
UNSEEN = -1e30


def sense_key(lemma: str, upos: str) -> str:
    return lemma.lower() + "\t" + {"VERB": "v", "AUX": "v", "ADJ": "j"}.get(upos, "n")


@dataclass
class Labels:
    upos: list[str]
    feats: list[str]
    deprel: list[str]
    ner: list[str]
    srl: list[str]
    roleset: list[str]
    candidates: dict[str, list[int]]  # sense key -> roleset ids, most frequent first
    seen: list[int]                   # training count of every roleset

    def sizes(self) -> dict[str, int]:
        return {k: len(getattr(self, k)) for k in ("upos", "feats", "deprel", "ner", "srl", "roleset")}

    def index(self, kind: str) -> dict[str, int]:
        return {v: i for i, v in enumerate(getattr(self, kind))}

    def save(self, path: Path) -> None:
        path.write_text(json.dumps(asdict(self)))

    @staticmethod
    def load(path: Path) -> "Labels":
        return Labels(**json.loads(path.read_text()))


def collect(parsed: list[Sentence], frames: Path) -> Labels:
    """parsed: all treebank training sentences. Labels seen fewer than 2 times are left out."""
    feats, deprels, roles, rolesets = Counter(), Counter(), Counter(), Counter()
    by_key: dict[str, Counter] = defaultdict(Counter)
    for s in parsed:
        feats.update(s.feats)
        deprels.update(s.deprels)
        for _, roleset, lemma, upos, args in s.srl or []:
            roles.update(label for label, _ in args)
            rolesets[roleset] += 1
            by_key[sense_key(lemma, upos)][roleset] += 1
    default: dict[str, str] = {}
    for frame in read_jsonl(frames):
        for pos, alias in frame["aliases"]:
            if "_" not in alias and pos in "vnj" and frame["id"].partition(".")[0] in (alias.lower(), frame["lemma"]):
                key = alias.lower() + "\t" + pos
                if key not in by_key and frame["id"] < default.get(key, "~"):
                    default[key] = frame["id"]
    for key, roleset in default.items():
        by_key[key][roleset] += 0
    names = sorted(rolesets) + sorted(set(default.values()) - set(rolesets))
    at = {r: i for i, r in enumerate(names)}

    def keep(c: Counter) -> list[str]:
        return sorted(k for k, n in c.items() if n > 1)

    return Labels(upos=UPOS, feats=keep(feats), deprel=keep(deprels), ner=list(NER_TAGS), srl=["_"] + keep(roles),
                  roleset=names, seen=[rolesets[r] for r in names],
                  candidates={k: [at[r] for r, _ in c.most_common()] for k, c in by_key.items()})
