"""Which corpora train which part, and how much of each. Licences: models/README.md."""
from __future__ import annotations

import random
from pathlib import Path

from .data import (Sentence, attach_srl, find, read_conllu, read_factuality, read_gmb, read_negation,
                   read_ner_jsonl, read_polnear, read_re3d)


def treebanks(data: Path) -> dict[str, list[Sentence]]:
    """EWT with PropBank roles; GUM without its non-commercial documents."""
    lang = data / "lang"
    ewt = read_conllu(find(lang / "ud_ewt", "train.conllu"), "ewt")
    n = attach_srl(ewt, find(lang / "srl_ewt", "train.jsonl"))
    assert n > 12_000, n
    allowed = set((lang / "ud_gum" / "permissive_docs.txt").read_text().split())
    gum = read_conllu(find(lang / "ud_gum", "train.conllu"), "gum", allowed)
    assert 6_000 < len(gum) < 10_000, len(gum)
    return {"ewt": ewt, "gum": gum}


def names(data: Path) -> dict[str, list[Sentence]]:
    lang = data / "lang"
    return {
        "worldwide": read_ner_jsonl(find(lang / "ner_worldwide", "train.jsonl"), "worldwide", paragraphs=True),
        "gmb": read_gmb(find(lang / "ner_gmb_voa", "all.conll"), keep=16_000),
        "wnut": read_ner_jsonl(find(lang / "ner_wnut17", "train.jsonl"), "wnut"),
        "wikigold": read_ner_jsonl(find(lang / "ner_wikigold", "all.jsonl"), "wikigold"),
        "crossner": read_ner_jsonl(find(lang / "ner_crossner_politics", "train.jsonl"), "crossner"),
        "re3d": read_re3d(find(lang / "re3d", "train.jsonl")),
    }


def claims(data: Path, keep: int = 16_000) -> list[Sentence]:
    """A sample of PolNeAR sentences; those without any span are thinned to a third."""
    rng = random.Random(11)
    out = [s for s in read_polnear(find(data / "claims" / "polnear", "train.jsonl"))
           if rng.random() < 0.33 or any(map(any, s.claim))]
    rng.shuffle(out)
    return out[:keep]


def realis(data: Path) -> dict[str, list[Sentence]]:
    """What happened by the author's word, and what is negated."""
    claims = data / "claims"
    return {"uw": read_factuality(find(claims / "factuality" / "uw", "train.conll")),
            "meantime": read_factuality(find(claims / "factuality" / "meantime", "train.conll")),
            "cd_sco": read_negation(find(claims / "negation" / "cd_sco", "train.txt"))}


# Copies of a corpus in one pass over its group.
REPEAT = {"ewt": 1, "gum": 1, "worldwide": 3, "gmb": 1, "wnut": 1, "wikigold": 2, "crossner": 3, "re3d": 3}
# Share of all word pieces that each group gets.
SHARES = {"parse": 0.40, "names": 0.43, "claims": 0.12, "realis": 0.05}


def groups(data: Path) -> dict[str, list[Sentence]]:
    """group -> sentences, copies included."""
    out: dict[str, list[Sentence]] = {}
    for group, parts in (("parse", treebanks(data)), ("names", names(data)), ("claims", {"claims": claims(data)}), ("realis", realis(data))):
        out[group] = [s for name, part in parts.items() for s in part * REPEAT.get(name, 1)]
    return out
