"""Readers: every corpus becomes a list of `Sentence`, with only the layers that the corpus annotates.

Tag conventions of the name corpora are mapped by `NER_MAPS`: a corpus type becomes a set of our types, any of which is
right, and our types that the corpus leaves unmarked are free on its O tokens (see `ner_masks`)."""
from __future__ import annotations

import io
import json
import math
import random
import re
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import Iterator

NER_TYPES = ["PER", "ORG", "LOC", "FAC", "NORP", "WEAPON", "EVENT", "MISC", "PROD"]
NER_TAGS = ["O"] + [f"{mark}-{t}" for t in NER_TYPES for mark in "BI"]

# corpus -> ({corpus type: our types, any is right; () = no statement}, our types that are free where the corpus has O)
NER_MAPS: dict[str, tuple[dict[str, tuple[str, ...]], tuple[str, ...]]] = {
    "worldwide": ({"Person": ("PER",), "Organization": ("ORG",), "Location": ("LOC",), "Facility": ("FAC",),
                   "NORP": ("NORP",), "Misc": ("MISC", "EVENT"), "Product": ("PROD", "WEAPON"), "Date": ("O",),
                   "Money": ("O",)}, ()),
    "gmb": ({"per": ("PER",), "org": ("ORG",), "geo": ("LOC", "FAC"), "gpe": ("NORP",), "eve": ("EVENT",),
             "art": ("MISC", "PROD", "WEAPON", "FAC"), "nat": (), "tim": ("O",)}, ("MISC", "PROD", "WEAPON", "EVENT")),
    "wnut": ({"person": ("PER",), "location": ("LOC", "FAC"), "group": ("ORG",), "corporation": ("ORG",),
              "product": ("PROD", "WEAPON"), "creative-work": ("MISC",)}, ("NORP", "EVENT", "WEAPON", "MISC")),
    "wikigold": ({"PER": ("PER",), "ORG": ("ORG",), "LOC": ("LOC", "FAC"),
                  "MISC": ("MISC", "NORP", "EVENT", "PROD", "WEAPON")}, ()),
    "crossner": ({"politician": ("PER",), "person": ("PER",), "organisation": ("ORG",), "politicalparty": ("ORG",),
                  "location": ("LOC", "FAC"), "country": ("LOC",), "election": ("EVENT", "MISC"), "event": ("EVENT",),
                  "misc": ("MISC", "NORP", "PROD", "WEAPON")}, ()),
    "re3d": ({"Weapon": ("WEAPON",), "MilitaryPlatform": ("WEAPON",), "Nationality": ("NORP",)},
             tuple(t for t in NER_TYPES if t not in ("WEAPON", "NORP"))),
}


@dataclass
class Sentence:
    """One sentence; None = layer not annotated. Word indices count from 0; heads: 0 = root, i + 1 = word i."""
    words: list[str]
    id: str = ""
    lemmas: list[str] | None = None
    upos: list[str] | None = None
    feats: list[str] | None = None
    heads: list[int] | None = None
    deprels: list[str] | None = None
    srl: list[tuple[int, str, str, str, list[tuple[str, int]]]] | None = None  # word, roleset, lemma, upos, (label, head)
    ner: list[str] | None = None          # corpus tags
    corpus: str = ""
    claim: list[list[int]] | None = None  # source, cue, content: 0 O, 1 B, 2 I
    fact: list[float] | None = None       # -1 (did not happen) .. 1 (happened); NaN = no statement
    neg: list[list[int]] | None = None    # cue: 0 none, 1 word, 2 affix; scope: 0 or 1
    raw: list[list[str]] = field(default_factory=list)  # CoNLL-U columns, for writing predictions


def open_text(path: Path) -> io.TextIOBase:
    if path.suffix == ".zst":
        raw = subprocess.run(["zstd", "-dcq", "--long=27", str(path)], stdout=subprocess.PIPE, check=True).stdout
        return io.StringIO(raw.decode())
    return open(path, encoding="utf-8")


def find(folder: Path, name: str) -> Path:
    for path in (folder / name, folder / (name + ".zst")):
        if path.exists():
            return path
    raise FileNotFoundError(folder / name)


def read_jsonl(path: Path) -> Iterator[dict]:
    with open_text(path) as f:
        for line in f:
            yield json.loads(line)


def read_conllu(path: Path, corpus: str, documents: set[str] | None = None) -> list[Sentence]:
    """Words only: multiword token lines and empty nodes are skipped. documents: keep only these."""
    out, rows, sent_id, doc = [], [], "", ""
    with open_text(path) as f:
        for line in f:
            line = line.rstrip("\n")
            if line.startswith("# newdoc id"):
                doc = line.split("=", 1)[1].strip()
            elif line.startswith("# sent_id"):
                sent_id = line.split("=", 1)[1].strip()
            elif line.startswith("#"):
                continue
            elif line:
                cols = line.split("\t")
                if cols[0].isdigit():
                    rows.append(cols)
            elif rows:
                if documents is None or doc in documents:
                    out.append(Sentence(words=[c[1] for c in rows], id=sent_id, corpus=corpus,
                                        lemmas=[c[2] for c in rows], upos=[c[3] for c in rows],
                                        feats=[c[5] for c in rows], heads=[int(c[6]) for c in rows],
                                        deprels=[c[7] for c in rows], raw=rows))
                rows = []
    return out


def attach_srl(sentences: list[Sentence], path: Path) -> int:
    """Adds PropBank annotation to the sentences with the same id and words; returns how many."""
    by_id, n = {s.id: s for s in sentences}, 0
    for d in read_jsonl(path):
        s = by_id.get(d["id"])
        if s is not None and s.words == d["tokens"]:
            s.srl = [(p["p"], p["roleset"], p["lemma"], p["upos"], [(a[0], a[3]) for a in p["args"]]) for p in d["srl"]]
            n += 1
    return n


HYPHENATED = re.compile(r"^([A-Za-z.]{2,})-([A-Za-z]{2,})$")


def split_hyphens(words: list[str], tags: list[str]) -> tuple[list[str], list[str]]:
    """`U.S.-led` -> `U.S.` `-` `led`, as UD English has it."""
    out_w, out_t = [], []
    for w, t in zip(words, tags):
        m = HYPHENATED.match(w)
        if m:
            inner = "I" + t[1:] if t != "O" else "O"
            out_w += [m[1], "-", m[2]]
            out_t += [t, inner, inner]
        else:
            out_w.append(w)
            out_t.append(t)
    return out_w, out_t


ABBREVIATION = re.compile(r"^(?:[A-Z]|Mr|Mrs|Ms|Dr|Gen|Col|Lt|Sgt|Maj|Capt|Rev|Sen|Rep|Gov|St|No|Prof|Inc|Ltd|Co|vs|etc)\.?$")


def split_sentences(words: list[str], tags: list[str]) -> Iterator[tuple[list[str], list[str]]]:
    """Cuts a paragraph after final punctuation (and closing quotes) where no name goes on."""
    begin, i, n = 0, 0, len(words)
    while i < n:
        if words[i] in {".", "!", "?"} and not (i and ABBREVIATION.match(words[i - 1])):
            j = i + 1
            quotes = words[begin:j].count('"')
            while j < n and (words[j] in {"”", "’’", "''", ")"} or (words[j] == '"' and quotes % 2 == 1)):
                quotes += words[j] == '"'
                j += 1
            if j < n and words[j][0].isupper() | (words[j][0] in "\"“'‘([") and not tags[j].startswith("I"):
                yield words[begin:j], tags[begin:j]
                begin = j
            i = j
        else:
            i += 1
    if begin < n:
        yield words[begin:], tags[begin:]


def read_ner_jsonl(path: Path, corpus: str, paragraphs: bool = False) -> list[Sentence]:
    out = []
    for k, d in enumerate(read_jsonl(path)):
        words, tags = d["tokens"], d.get("ner") or d["tags"]
        if corpus == "wikigold":
            words, tags = split_hyphens(words, tags)
        for w, t in split_sentences(words, tags) if paragraphs else [(words, tags)]:
            if w:
                out.append(Sentence(words=w, ner=t, corpus=corpus, id=str(d.get("id", k))))
    return out


def read_gmb(path: Path, keep: int, seed: int = 7) -> list[Sentence]:
    """A sample of the silver corpus."""
    out, words, tags = [], [], []
    with open_text(path) as f:
        for line in list(f) + ["\n"]:
            cols = line.rstrip("\n").split("\t")
            if len(cols) >= 3:
                words.append(cols[0])
                tags.append(cols[2])
            elif words:
                w, t = split_hyphens(words, tags)
                out.append(Sentence(words=w, ner=t, corpus="gmb"))
                words, tags = [], []
    random.Random(seed).shuffle(out)
    return out[:keep]


TOKEN = re.compile(r"(?:[A-Z]\.){2,}|(?:Mr|Mrs|Ms|Dr|Gen|Col|Lt|Sen|Rep|Gov|St)\.|\d+(?:[.,]\d+)*|\w+(?=n['’]t\b)|n['’]t\b|['’](?:s|re|ve|ll|d|m)\b|"
                   r"[^\W\d_]+|\w+|\.\.\.|--|\S")


def raw_sentences(text: str) -> Iterator[list[tuple[int, int]]]:
    """A plain tokenizer close to UD words, for corpora that come as raw text: code-point spans, by sentence."""
    for block in re.finditer(r"[^\n]+", text):
        spans = [(block.start() + m.start(), block.start() + m.end()) for m in TOKEN.finditer(block[0])]
        words = [text[a:b] for a, b in spans]
        at = 0
        for w, _ in split_sentences(words, ["O"] * len(words)):
            yield spans[at:at + len(w)]
            at += len(w)


def read_re3d(path: Path) -> list[Sentence]:
    """Weapons and nationalities only (its other classes mark whole noun phrases, not names). The BBC part is left out."""
    out = []
    for d in read_jsonl(path):
        if "BBC" in d["source"]:
            continue
        marks = [e for e in d["entities"] if e[4] >= 0.5 and e[2] in NER_MAPS["re3d"][0]]
        for spans in raw_sentences(d["text"]):
            tags = []
            for a, b in spans:
                hit = next((e for e in marks if e[0] <= a and b <= e[1]), None)
                tags.append("O" if hit is None else ("B-" if a <= hit[0] else "I-") + hit[2])
            out.append(Sentence(words=[d["text"][a:b] for a, b in spans], ner=tags, corpus="re3d", id=d["id"]))
    return out


def read_polnear(path: Path) -> list[Sentence]:
    """Three BIO layers a sentence; of several annotators the first. Spans of nested attributions may overlap: the outer,
    which comes first, begins and the inner is absorbed."""
    out = []
    for d in read_jsonl(path):
        text = d["text"]
        if not d["annotations"]:
            continue
        marks: list[dict[int, int]] = [{}, {}, {}]
        for attribution in d["annotations"][0]["attributions"]:
            for layer, role in enumerate(("source", "cue", "content")):
                spans = sorted(attribution.get(role) or [])
                for k, (a, b) in enumerate(spans):
                    for c in range(a, b):
                        marks[layer].setdefault(c, 1 if c == a and k == 0 else 2)
        for spans in raw_sentences(text):
            claim = [[m.get(a, 0) for a, _ in spans] for m in marks]
            out.append(Sentence(words=[text[a:b] for a, b in spans], claim=claim, corpus="polnear", id=d["id"]))
    return out


def read_factuality(path: Path) -> list[Sentence]:
    """How far the author holds every event word to have happened, from -3 to 3 in the file."""
    out, words, facts = [], [], []
    with open_text(path) as f:
        for line in list(f) + ["\n"]:
            cols = line.rstrip("\n").split("\t")
            if len(cols) >= 3:
                words.append(cols[1])
                facts.append(math.nan if cols[2] == "_" else float(cols[2]) / 3)
            elif words:
                out.append(Sentence(words=words, fact=facts, corpus="factuality"))
                words, facts = [], []
    return out


def read_negation(path: Path) -> list[Sentence]:
    """CD-SCO: cues, and the union of the scopes of all cues of a sentence. An affix is a cue shorter than its word."""
    out, rows = [], []
    with open_text(path) as f:
        for line in list(f) + ["\n"]:
            cols = line.rstrip("\n").split("\t")
            if len(cols) >= 8:
                rows.append(cols)
            elif rows:
                words = [r[3] for r in rows]
                cue, scope = [0] * len(rows), [0] * len(rows)
                for i, r in enumerate(rows):
                    for k in range(7, len(r) - 2, 3):
                        if r[k] not in ("_", "***"):
                            cue[i] = 1 if r[k] == r[3] else 2
                        scope[i] |= r[k + 1] != "_"
                out.append(Sentence(words=words, neg=[cue, [int(x) for x in scope]], corpus="cd_sco"))
                rows = []
    return out


def ner_masks(tags: list[str], corpus: str) -> list[int]:
    """For every word a bit set over NER_TAGS: the tags that agree with the corpus annotation."""
    table, free = NER_MAPS[corpus]
    index = {t: i for i, t in enumerate(NER_TAGS)}
    outside = 1
    for t in free:
        outside |= 1 << index["B-" + t] | 1 << index["I-" + t]
    out = []
    for tag in tags:
        mark, _, kind = tag.partition("-")
        ours = table.get(kind, ("O",))
        if tag == "O" or ours == ("O",):
            out.append(outside)
        elif not ours:
            out.append((1 << len(NER_TAGS)) - 1)
        else:
            out.append(sum(1 << index[f"{mark}-{t}"] for t in ours))
    return out
