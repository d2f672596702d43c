"""Runs a model over sentences of words and decodes every head."""
from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch

from .batches import Collator
from .data import Sentence
from .decode import name_tags, tree
from .labels import Labels, sense_key
from .model import Model


@dataclass
class Prediction:
    """Word indices from 0; heads as in CoNLL-U (0 = root)."""
    upos: list[str]
    feats: list[str]
    heads: list[int]
    deprels: list[str]
    ner: list[str]
    claim: np.ndarray                        # [n, 3]
    fact: np.ndarray                         # [n], -1 .. 1
    neg: np.ndarray                          # [n, 2]: cue 0-2, scope 0-1
    predicate: list[bool]
    roles: dict[int, list[tuple[str, int]]]  # predicate -> (label, head word)
    senses: dict[int, str]


class Predictor:
    def __init__(self, model: Model, labels: Labels, collate: Collator):
        self.model, self.labels, self.collate = model.eval(), labels, collate

    @torch.no_grad()
    def __call__(self, sentences: list[Sentence], tokens: int = 1500, gold_predicates: bool = False,
                 lemmas=None) -> list[Prediction]:
        """gold_predicates: roles and senses for the annotated predicates instead of the found ones."""
        order = sorted(range(len(sentences)), key=lambda i: self.collate.length(sentences[i]))
        out: dict[int, Prediction] = {}
        batch: list[int] = []
        for i in order + [-1]:
            if i < 0 or batch and (len(batch) + 1) * self.collate.length(sentences[i]) > tokens:
                found = self._batch([sentences[k] for k in batch], gold_predicates, lemmas)
                out.update(zip(batch, found))
                batch = []
            batch.append(i)
        return [out[i] for i in range(len(sentences))]

    def _batch(self, batch: list[Sentence], gold: bool, lemmas) -> list[Prediction]:
        m, labels = self.model, self.labels
        plain = [Sentence(words=s.words, id=s.id) for s in batch]
        t = self.collate(plain)
        w = m.words(t)
        upos, feats = m.head("upos", w).argmax(-1).numpy(), m.head("feats", w).argmax(-1).numpy()
        ner, claim = m.head("ner", w).numpy(), m.head("claim", w).unflatten(-1, (3, 3)).argmax(-1).numpy()
        fact, neg = m.head("fact", w).squeeze(-1).numpy(), m.head("neg", w)
        neg = torch.stack([neg[..., :3].argmax(-1), neg[..., 3:].argmax(-1)], -1).numpy()
        pred = m.head("pred", w).squeeze(-1).numpy() > 0
        arcs = m.arcs(w).numpy()
        heads = np.zeros(upos.shape, int)
        sizes = t["words"].numpy()
        for i, n in enumerate(sizes):
            heads[i, :n + 1] = tree(arcs[i, :n + 1, :n + 1])
        scores = m.labels(w, torch.from_numpy(heads)).numpy()
        root = labels.deprel.index("root")
        scores[..., root] = -np.inf
        rel = scores.argmax(-1)
        which, where, keys = [], [], []
        for i, s in enumerate(batch):
            n = sizes[i]
            if gold:
                chosen = [(p[0], p[2], p[3]) for p in s.srl or [] if p[0] < n]
            else:
                chosen = [(k, lemmas(s.words[k], labels.upos[upos[i, k + 1]]) if lemmas else "",
                           labels.upos[upos[i, k + 1]]) for k in range(n) if pred[i, k + 1]]
            for k, lemma, pos in chosen:
                which.append(i)
                where.append(k + 1)
                keys.append(sense_key(lemma, pos))
        roles: list[dict] = [{} for _ in batch]
        senses: list[dict] = [{} for _ in batch]
        if which:
            best = m.roles(w, torch.tensor(which), torch.tensor(where)).argmax(-1).numpy()
            sense = m.senses(w[which, where]).numpy()
            for row, sc, i, k, key in zip(best, sense, which, where, keys):
                roles[i][k - 1] = [(labels.srl[row[j]], j - 1) for j in range(1, sizes[i] + 1) if row[j]]
                options = labels.candidates.get(key, [])
                senses[i][k - 1] = labels.roleset[options[int(np.argmax(sc[options]))]] if options else ""
        out = []
        for i, s in enumerate(batch):
            n, miss = sizes[i], len(s.words) - sizes[i]
            out.append(Prediction(
                upos=[labels.upos[k] for k in upos[i, 1:n + 1]] + ["X"] * miss,
                feats=[labels.feats[k] for k in feats[i, 1:n + 1]] + ["_"] * miss,
                heads=[int(h) for h in heads[i, 1:n + 1]] + [1] * miss,
                deprels=["root" if heads[i, k] == 0 else labels.deprel[rel[i, k]] for k in range(1, n + 1)] + ["dep"] * miss,
                ner=name_tags(ner[i, 1:n + 1]) + ["O"] * miss,
                claim=np.concatenate([claim[i, 1:n + 1], np.zeros((miss, 3), int)]),
                fact=np.concatenate([fact[i, 1:n + 1], np.zeros(miss)]),
                neg=np.concatenate([neg[i, 1:n + 1], np.zeros((miss, 2), int)]),
                predicate=[bool(p) for p in pred[i, 1:n + 1]] + [False] * miss, roles=roles[i], senses=senses[i]))
        return out
