"""The lemma table: exact entries, edit rules and suffix fallbacks (docs/formats/model.md, section 7)."""
from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import Path

import numpy as np

from .data import Sentence, find, open_text
from .pack import string_list

LEXICON_POS = {"noun": ["NOUN"], "verb": ["VERB"], "adj": ["ADJ"], "adv": ["ADV"], "aux": ["AUX"], "propn": ["PROPN"]}


FEW = 5  # sightings in the treebanks that do not outweigh the lexicon's order


def rule_of(form: str, lemma: str) -> str:
    """The edit `case TAB cut TAB add` that turns form into lemma, the least surprising case first."""
    best = None
    for case, text in (("l", form.lower()), ("t", form[:1].upper() + form[1:].lower()), ("k", form)):
        same = 0
        while same < min(len(text), len(lemma)) and text[same] == lemma[same]:
            same += 1
        rule = (len(text) - same + len(lemma) - same, f"{case}\t{len(text) - same}\t{lemma[same:]}")
        if best is None or rule[0] < best[0]:
            best = rule
    return best[1]


def apply_rule(form: str, rule: str) -> str:
    case, cut, add = rule.split("\t")
    text = {"l": form.lower(), "k": form, "t": form[:1].upper() + form[1:].lower()}[case]
    return text[:len(text) - int(cut)] + add


class Lemmatizer:
    """exact: key -> rule; suffix: `suffix TAB UPOS` -> rule."""

    def __init__(self, exact: dict[str, str], suffix: dict[str, str]):
        self.exact, self.suffix = exact, suffix

    def __call__(self, form: str, upos: str) -> str:
        low = form.lower()
        rule = self.exact.get(low + "\t" + upos)
        for n in range(5, -1, -1) if rule is None else ():
            rule = self.suffix.get((low[-n:] if n else "") + "\t" + upos) if n <= len(low) else None
            if rule is not None:
                break
        return apply_rule(form, rule or "l\t0\t")

    def sections(self) -> dict[str, np.ndarray | tuple[bytes, int]]:
        rules = sorted(set(self.exact.values()) | set(self.suffix.values()))
        at = {r: i for i, r in enumerate(rules)}
        assert len(rules) < 65536
        keys = sorted(self.exact, key=str.encode)
        ends = np.cumsum([0] + [len(k.encode()) + 1 for k in keys]).astype(np.uint32)
        suffixes = sorted(self.suffix, key=str.encode)
        return {"lemma.keys": string_list(keys), "lemma.offset": ends,
                "lemma.rule": np.array([at[self.exact[k]] for k in keys], np.uint16), "lemma.rules": string_list(rules),
                "lemma.suffix.keys": string_list(suffixes),
                "lemma.suffix.rule": np.array([at[self.suffix[k]] for k in suffixes], np.uint16)}


def build(sentences: list[Sentence], data: Path) -> Lemmatizer:
    """Treebank counts first but for slips, LemmInflect's table for the rest; entries that the suffix rules give anyway are dropped."""
    votes: dict[str, Counter] = defaultdict(Counter)
    kinds: set[str] = set()
    for s in sentences:
        for form, upos, lemma, feats in zip(s.words, s.upos, s.lemmas, s.feats):
            kinds.add(upos)
            if lemma != "_" and "Typo=Yes" not in feats and "\n" not in form:
                votes[form.lower() + "\t" + upos][rule_of(form, lemma)] += 1
    exact = {k: c.most_common(1)[0][0] for k, c in votes.items()}
    weight = {k: sum(c.values()) for k, c in votes.items()}
    with open_text(find(data / "lang" / "lemma", "lemma_lu.csv")) as f:
        lexicon = [line.rstrip("\n").split(",")[:3] for line in f]
    known = {(pos, lemma) for _, pos, lemmas in lexicon for lemma in lemmas.split("/")}
    for form, pos, lemmas in lexicon:
        for upos in LEXICON_POS.get(pos, []):
            key = form.lower() + "\t" + upos
            # A verb's lemma that no verb has is a slip of the annotators ("fled": flead). Nouns differ by convention.
            slip = upos == "VERB" and key in exact and (pos, apply_rule(form, exact[key])) not in known
            # Where few sightings disagree ("bases": basis, base), the lexicon's order decides.
            slip |= upos == "NOUN" and len(votes.get(key, ())) > 1 and weight[key] <= FEW and "/" in lemmas
            if form == form.lower() and (key not in exact or slip):
                exact[key] = rule_of(form, lemmas.split("/")[0])
                weight[key] = 1
    tallies: dict[str, Counter] = defaultdict(Counter)
    for key, rule in exact.items():
        form, upos = key.rsplit("\t", 1)
        n = min(weight[key], 3)
        for k in range(0, min(5, len(form)) + 1):
            tallies[(form[len(form) - k:] if k else "") + "\t" + upos][rule] += n
    suffix: dict[str, str] = {}
    for key, tally in sorted(tallies.items(), key=lambda kv: len(kv[0].rsplit("\t", 1)[0])):
        rule, n = tally.most_common(1)[0]
        tail, upos = key.rsplit("\t", 1)
        total = sum(tally.values())
        inherited = next((suffix[tail[i:] + "\t" + upos] for i in range(1, len(tail) + 1)
                          if tail[i:] + "\t" + upos in suffix), None)
        if not tail or (rule != inherited and total >= 6 and n / total > 0.5):
            suffix[key] = rule
    for upos in kinds:
        suffix.setdefault("\t" + upos, "l\t0\t")
    suffix["\tPROPN"] = "k\t0\t"
    small = Lemmatizer({}, suffix)
    exact = {k: r for k, r in exact.items() if _differs(small, k, r)}
    return Lemmatizer(exact, suffix)


def _differs(fallback: Lemmatizer, key: str, rule: str) -> bool:
    form, upos = key.rsplit("\t", 1)
    probes = (form, form.capitalize(), form.upper())
    return any(fallback(p, upos) != apply_rule(p, rule) for p in probes)
