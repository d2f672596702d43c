"""From sentences to tensors: case augmentation, length buckets, padding."""
from __future__ import annotations

import math
import random
from collections.abc import Iterator
from dataclasses import replace

import torch
from torch import Tensor

from .chars import CLS, SEP, WordPieces, word_shapes
from .data import Sentence, ner_masks
from .labels import Labels, sense_key

MAX_PIECES = 256
IGNORE = -100


def augment(s: Sentence, rng: random.Random) -> Sentence:
    """Sometimes all capitals, all lower case, headline case, or without the final full stop."""
    dice = rng.random()
    if dice < 0.05:
        s = replace(s, words=[w.upper() for w in s.words])
    elif dice < 0.08:
        s = replace(s, words=[w.lower() for w in s.words])
    elif dice < 0.10:
        s = replace(s, words=[w[:1].upper() + w[1:] if len(w) > 3 else w for w in s.words])
    n = len(s.words)
    if n > 3 and s.words[-1] in ".!?" and rng.random() < 0.06 and (s.heads is None or n not in s.heads):
        used = {w for p in s.srl or [] for w in [p[0]] + [h for _, h in p[4]]}
        if n - 1 not in used:
            cut = {k: getattr(s, k)[:-1] for k in ("words", "lemmas", "upos", "feats", "heads", "deprels", "ner")
                   if getattr(s, k) is not None}
            if s.fact is not None:
                cut["fact"] = s.fact[:-1]
            for layers in ("claim", "neg"):
                if getattr(s, layers) is not None:
                    cut[layers] = [layer[:-1] for layer in getattr(s, layers)]
            s = replace(s, **cut)
    return s


class Collator:
    """Builds batches. Dict keys: pieces, shapes [B, T]; mask [B, 1, 1, T] or None; first [B, 1 + N] (0 = [CLS]); words
    [B] counts; and for annotated layers upos, feats, heads, deprel [B, 1 + N] (IGNORE where nothing is to be
    learned); ner [B, 1 + N] bit sets (0 = ignore); claim [B, 1 + N, 3]; fact [B, 1 + N] (NaN = ignore); neg
    [B, 1 + N, 2]; srl lists."""

    def __init__(self, pieces: WordPieces, labels: Labels):
        self.wp = pieces
        self.at = {k: labels.index(k) for k in ("upos", "feats", "deprel", "srl", "roleset")}
        self.candidates = labels.candidates

    def length(self, s: Sentence) -> int:
        return min(MAX_PIECES, 2 + sum(len(self.wp.word(w)) for w in s.words))

    def fits(self, s: Sentence) -> bool:
        return 2 + sum(len(self.wp.word(w)) for w in s.words) <= MAX_PIECES

    def __call__(self, batch: list[Sentence]) -> dict:
        rows, shapes, firsts = [], [], []
        for s in batch:
            ids, kinds, first = [CLS], [0], [0]
            for w, shape in zip(s.words, word_shapes(s.words)):
                cut = self.wp.word(w)
                if len(ids) + len(cut) + 1 > MAX_PIECES:
                    break
                first.append(len(ids))
                ids += cut
                kinds += [shape] * len(cut)
            rows.append(ids + [SEP])
            shapes.append(kinds + [0])
            firsts.append(first)
        t, n = max(map(len, rows)), max(map(len, firsts))
        b = len(batch)
        out: dict = {"pieces": torch.zeros(b, t, dtype=torch.long), "shapes": torch.zeros(b, t, dtype=torch.long),
                     "first": torch.zeros(b, n, dtype=torch.long), "words": torch.tensor([len(f) - 1 for f in firsts]),
                     "mask": None, "tokens": sum(map(len, rows))}
        for i in range(b):
            out["pieces"][i, :len(rows[i])] = torch.tensor(rows[i])
            out["shapes"][i, :len(rows[i])] = torch.tensor(shapes[i])
            out["first"][i, :len(firsts[i])] = torch.tensor(firsts[i])
        if any(len(r) < t for r in rows):
            mask = torch.zeros(b, 1, 1, t)
            for i, r in enumerate(rows):
                mask[i, 0, 0, len(r):] = float("-inf")
            out["mask"] = mask
        out["word_mask"] = torch.arange(n)[None] <= out["words"][:, None]
        self._layers(batch, out, b, n)
        return out

    def _layers(self, batch: list[Sentence], out: dict, b: int, n: int) -> None:
        def blank(*extra: int) -> Tensor:
            return torch.full((b, n, *extra), IGNORE, dtype=torch.long)

        if batch[0].heads is not None:
            out.update(upos=blank(), feats=blank(), heads=blank(), deprel=blank())
            for i, s in enumerate(batch):
                m = min(n - 1, int(out["words"][i]))
                out["upos"][i, 1:m + 1] = torch.tensor([self.at["upos"].get(x, IGNORE) for x in s.upos[:m]])
                out["feats"][i, 1:m + 1] = torch.tensor([self.at["feats"].get(x, IGNORE) for x in s.feats[:m]])
                out["heads"][i, 1:m + 1] = torch.tensor([h if h <= m else IGNORE for h in s.heads[:m]])
                out["deprel"][i, 1:m + 1] = torch.tensor([self.at["deprel"].get(x, IGNORE) for x in s.deprels[:m]])
        if any(s.srl is not None for s in batch):
            self._roles(batch, out, blank())
        if batch[0].ner is not None:
            out["ner"] = torch.zeros(b, n, dtype=torch.long)
            for i, s in enumerate(batch):
                m = int(out["words"][i])
                out["ner"][i, 1:m + 1] = torch.tensor(ner_masks(s.ner, s.corpus)[:m])
        if batch[0].claim is not None:
            out["claim"] = blank(3)
            for i, s in enumerate(batch):
                m = int(out["words"][i])
                out["claim"][i, 1:m + 1] = torch.tensor(s.claim)[:, :m].T
        if any(s.fact is not None for s in batch):
            out["fact"] = torch.full((b, n), math.nan)
            for i, s in enumerate(batch):
                m = int(out["words"][i])
                if s.fact is not None:
                    out["fact"][i, 1:m + 1] = torch.tensor(s.fact[:m])
        if any(s.neg is not None for s in batch):
            out["neg"] = blank(2)
            for i, s in enumerate(batch):
                m = int(out["words"][i])
                if s.neg is not None:
                    out["neg"][i, 1:m + 1] = torch.tensor(s.neg)[:, :m].T

    def _roles(self, batch: list[Sentence], out: dict, is_pred: Tensor) -> None:
        which, where, gold, senses = [], [], [], []
        n = is_pred.shape[1]
        for i, s in enumerate(batch):
            if s.srl is None:
                continue
            m = int(out["words"][i])
            is_pred[i, 1:m + 1] = 0
            for word, roleset, lemma, upos, args in s.srl:
                if word >= m:
                    continue
                is_pred[i, word + 1] = 1
                row = torch.full((n,), IGNORE, dtype=torch.long)
                row[1:m + 1] = 0
                for label, head in args:
                    if head < m:
                        row[head + 1] = self.at["srl"].get(label, IGNORE)
                which.append(i)
                where.append(word + 1)
                gold.append(row)
                options = self.candidates.get(sense_key(lemma, upos), [])
                senses.append((self.at["roleset"].get(roleset, -1), options))
        out["pred"] = is_pred
        if which:
            out.update(which=torch.tensor(which), where=torch.tensor(where), args=torch.stack(gold), senses=senses)


class Stream:
    """An endless stream of length-bucketed batches over one group of corpora."""

    def __init__(self, sentences: list[Sentence], collate: Collator, tokens: int, seed: int):
        self.sentences, self.collate, self.tokens = sentences, collate, tokens
        self.rng = random.Random(seed)
        self.passes = 0.0

    def __iter__(self) -> Iterator[dict]:
        while True:
            order = list(self.sentences)
            self.rng.shuffle(order)
            keyed = sorted(((self.collate.length(s) + self.rng.random() * 3, i) for i, s in enumerate(order)))
            batches, current, longest = [], [], 0.0
            for length, i in keyed:
                longest = max(longest, length)
                if current and longest * (len(current) + 1) > self.tokens:
                    batches.append(current)
                    current, longest = [], length
                current.append(order[i])
            batches.append(current)
            self.rng.shuffle(batches)
            for batch in batches:
                self.passes += len(batch) / len(order)
                yield self.collate([augment(s, self.rng) for s in batch])
