"""The gate: which sentences may hold an event, judged from the fast tier's states of their words.

A sentence counts as an event sentence if the accurate tier's line (`annalist code --layers all`) finds the trigger of
an event in it, of any type and status. The head `gate` of the fast tier has a few rows; a sentence passes if one of
them is above 0 at one of its words. The bias is set so that the wanted share of held-out event sentences passes.

    python -m annalist_train.gate --model models/annalist.model --checkpoint fast.pt --train A.jsonl ... --dev B.jsonl ...
"""
from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from .data import Sentence
from .evaluate import file_parts
from .fast import LABEL, SRL, FastCollator, FastEncoder, FastModel, WordTable
from .model import HIDDEN
from .quantize import load

ROWS = 8


def read(path: Path) -> list[tuple[list[str], list[int]]]:
    """Words of each sentence, and for each word whether an event's trigger touches it."""
    out = []
    for line in path.open():
        d = json.loads(line)
        if not d.get("tokens"):
            continue
        text = d["text"]
        triggers: dict[int, list[tuple[int, int]]] = {}
        for event in d["events"]:
            for m in event["mentions"]:
                triggers.setdefault(m["sentence"], []).append((m["start"], m["end"]))
        words: dict[int, list] = {}
        for t in d["tokens"]:
            words.setdefault(t["sentence"], []).append(t)
        for k, tokens in words.items():
            hits = triggers.get(k, [])
            marks = [int(any(t["start"] < e and b < t["end"] for b, e in hits)) for t in tokens]
            out.append(([text[t["start"]:t["end"]] for t in tokens][:255], marks[:255]))
    return out


class Words:
    """States of all words of the sentences, end to end."""

    @torch.no_grad()
    def __init__(self, sentences: list, model: FastModel, collate: FastCollator):
        order = sorted(range(len(sentences)), key=lambda i: len(sentences[i][0]))
        states: list = [None] * len(sentences)
        for a in range(0, len(order), 32):
            part = order[a:a + 32]
            t = collate([Sentence(words=sentences[i][0]) for i in part])
            w = model.words(t)
            for k, i in enumerate(part):
                states[i] = w[k, 1:1 + len(sentences[i][0])]
        self.x = torch.cat(states)
        self.mark = torch.tensor([m for _, marks in sentences for m in marks], dtype=torch.float)
        self.of = torch.tensor([i for i, (w, _) in enumerate(sentences) for _ in w])
        self.gold = torch.tensor([float(any(m)) for _, m in sentences])

    def sentences(self, word: Tensor) -> Tensor:
        """The highest value of each sentence."""
        return torch.full((len(self.gold),), -1e9).scatter_reduce(0, self.of, word, "amax")


def curve(score: np.ndarray, gold: np.ndarray, wanted: float) -> tuple[float, float]:
    """The bias under which `wanted` of the gold sentences are at 0 or above, and the share of all that are."""
    events = np.sort(score[gold > 0])[::-1]
    at = events[min(len(events) - 1, int(np.ceil(wanted * len(events))) - 1)]
    return -float(at), float((score >= at).mean())


def fit(train: Words, rows: int, steps: int, seed: int) -> nn.Linear:
    torch.manual_seed(seed)
    head = nn.Linear(HIDDEN, rows)
    nn.init.normal_(head.weight, std=0.02)
    nn.init.constant_(head.bias, -1.0)
    opt = torch.optim.AdamW(head.parameters(), lr=3e-3, weight_decay=0.01)
    begin = torch.cat([torch.tensor([0]), torch.cumsum(torch.bincount(train.of, minlength=len(train.gold)), 0)])
    for step in range(steps):
        chosen = torch.randperm(len(train.gold))[:1500]
        index = torch.cat([torch.arange(begin[i], begin[i + 1]) for i in chosen.tolist()])
        logits = head(train.x[index].float())
        word = torch.logsumexp(logits, 1)
        local = torch.repeat_interleave(torch.arange(len(chosen)), begin[chosen + 1] - begin[chosen])
        top = torch.full((len(chosen),), -1e9).scatter_reduce(0, local, word, "amax")
        loss = F.binary_cross_entropy_with_logits(top, train.gold[chosen]) \
            + F.binary_cross_entropy_with_logits(word, train.mark[index], pos_weight=torch.tensor(5.0))
        for g in opt.param_groups:
            g["lr"] = 3e-3 * (1 - step / steps)
        opt.zero_grad()
        loss.backward()
        opt.step()
    return head


def main() -> None:
    ap = argparse.ArgumentParser()
    ap.add_argument("--model", type=Path, required=True)
    ap.add_argument("--checkpoint", type=Path, required=True)
    ap.add_argument("--train", type=Path, nargs="+", required=True)
    ap.add_argument("--dev", type=Path, nargs="+", required=True)
    ap.add_argument("--recall", type=float, default=0.985)
    ap.add_argument("--steps", type=int, default=1500)
    ap.add_argument("--rows", type=int, default=ROWS)
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--to", type=Path, help="checkpoint to write, with the gate in it")
    args = ap.parse_args()
    torch.set_num_threads(1)
    teacher, _ = load(args.model)
    predict, _ = file_parts(args.model)
    table = WordTable(predict.collate.wp, teacher.encoder.word.weight.detach())
    saved = torch.load(args.checkpoint, weights_only=False)
    model = FastModel(0, predict.labels.sizes(), encoder=FastEncoder(table, saved["layers"], saved["ffn"]), label=LABEL, srl=SRL)
    model.load_state_dict({k: v for k, v in saved["model"].items() if not k.startswith("heads.gate")})
    model.eval()
    collate = FastCollator(table, predict.labels)
    train = Words([s for path in args.train for s in read(path)], model, collate)
    print("train", len(train.gold), "sentences,", int(train.gold.sum()), "with events", flush=True)
    dev = {path.name: Words(read(path), model, collate) for path in args.dev}
    head = fit(train, args.rows, args.steps, args.seed)
    with torch.no_grad():
        scores = {name: (w.sentences(head(w.x.float()).amax(1)).numpy(), w.gold.numpy()) for name, w in dev.items()}
    for name, (score, gold) in scores.items():
        print(name, len(gold), "sentences,", int(gold.sum()), "with events; passed at recall",
              "  ".join(f"{r}: {100 * curve(score, gold, r)[1]:.1f} %" for r in (0.95, 0.97, 0.98, 0.985, 0.99, 1.0)), flush=True)
    together = [np.concatenate(x) for x in zip(*scores.values())]
    bias, share = curve(*together, args.recall)
    print(f"all: recall {args.recall} at {100 * share:.1f} %, bias {bias:.3f}")
    if args.to:
        saved["model"]["heads.gate.weight"], saved["model"]["heads.gate.bias"] = head.weight.data, head.bias.data + bias
        torch.save(saved, args.to)


if __name__ == "__main__":
    main()
