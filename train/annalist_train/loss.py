"""The joint loss of one batch: the sum over the layers that the batch annotates."""
from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional as F

from .batches import IGNORE
from .model import Model

NER_BITS = torch.arange(19)


def losses(model: Model, batch: dict) -> dict[str, Tensor]:
    """Unweighted mean losses by head."""
    w = model.words(batch)
    out: dict[str, Tensor] = {}

    def ce(scores: Tensor, gold: Tensor) -> Tensor:
        return F.cross_entropy(scores.reshape(-1, scores.shape[-1]), gold.reshape(-1), ignore_index=IGNORE)

    if "heads" in batch:
        gold = batch["heads"]
        out["upos"] = ce(model.head("upos", w), batch["upos"])
        out["feats"] = ce(model.head("feats", w), batch["feats"])
        arcs = model.arcs(w).masked_fill(~batch["word_mask"].unsqueeze(1), -1e4)
        out["arc"] = ce(arcs, gold)
        out["label"] = ce(model.labels(w, gold.clamp(min=0)), batch["deprel"].masked_fill(gold <= 0, IGNORE))
    if "pred" in batch:
        gold = batch["pred"]
        logits = model.head("pred", w).squeeze(-1)
        out["pred"] = F.binary_cross_entropy_with_logits(logits[gold != IGNORE], gold[gold != IGNORE].float())
    if "which" in batch:
        out["args"] = ce(model.roles(w, batch["which"], batch["where"]), batch["args"])
        keep = [k for k, (gold, options) in enumerate(batch["senses"]) if gold in options and len(options) > 1]
        if keep:
            scores = model.senses(w[batch["which"][keep], batch["where"][keep]])
            total = scores.new_zeros(())
            for row, k in zip(scores, keep):
                gold, options = batch["senses"][k]
                total = total + F.cross_entropy(row[options].unsqueeze(0), torch.tensor([options.index(gold)]))
            out["sense"] = total / len(keep)
    if "ner" in batch:
        bits = batch["ner"]
        used = bits > 0
        allowed = (bits[used].unsqueeze(-1) >> NER_BITS) & 1
        logp = model.head("ner", w)[used].log_softmax(-1)
        out["ner"] = -logp.masked_fill(allowed == 0, -1e4).logsumexp(-1).mean()
    if "claim" in batch:
        out["claim"] = ce(model.head("claim", w).unflatten(-1, (3, 3)), batch["claim"])
    if "fact" in batch:
        gold = batch["fact"]
        known = ~gold.isnan()
        if known.any():
            out["fact"] = F.smooth_l1_loss(model.head("fact", w).squeeze(-1)[known], gold[known], beta=0.3)
    if "neg" in batch:
        scores, gold = model.head("neg", w), batch["neg"]
        if (gold != IGNORE).any():
            out["neg"] = ce(scores[..., :3], gold[..., 0]) + ce(scores[..., 3:], gold[..., 1])
    return out


WEIGHTS = {"upos": 0.6, "feats": 0.4, "arc": 1.0, "label": 1.0, "pred": 1.0, "args": 4.0, "sense": 0.3, "ner": 2.0,
           "claim": 0.7, "fact": 2.0, "neg": 1.0}
