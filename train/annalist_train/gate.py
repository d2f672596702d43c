"""The gate: in which sentences beside those where the fast line finds an event the accurate line may find one.

A sentence counts as an event sentence if the accurate tier's line (`annalist code --layers all`) finds the trigger of
an event in it, of any type and status. It passes if the fast tier's line (`--tier fast`) finds one too, or if one of the
few rows of the head `gate` is above 0 at one of its words. The rows are learned on the sentences in which the fast line
finds nothing; their bias is set so that the wanted share of held-out event sentences passes in one way or the other.

    annalist code A.jsonl --layers all -o CODED; annalist code A.jsonl --layers all --tier fast -o FAST
    python -m annalist_train.gate lines CODED FAST STEM      STEM.lines for lang_states, STEM.marks, STEM.found for the fit
    lang_states DATA STEM fast < STEM.lines
    python -m annalist_train.gate fit --train STEM ... --dev STEM ... --checkpoint fast.pt --to fast.pt
"""
from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from .model import HIDDEN

ROWS = 1
LONGEST = 255  # words of a window


def write_lines(coded: Path, fast: Path, stem: Path) -> None:
    """Words of each sentence; for each word whether an event's trigger touches it; and whether the fast line found one."""
    with stem.with_suffix(".lines").open("w") as lines, stem.with_suffix(".marks").open("w") as marks, \
            stem.with_suffix(".found").open("w") as found:
        for line, line_fast in zip(coded.open(), fast.open()):
            d, f = json.loads(line), json.loads(line_fast)
            assert d["id"] == f["id"] and d["text"] == f["text"]
            if not d.get("tokens"):
                continue
            seen = {m["sentence"] for event in f["events"] for m in event["mentions"]}
            triggers: dict[int, list[tuple[int, int]]] = {}
            for event in d["events"]:
                for m in event["mentions"]:
                    triggers.setdefault(m["sentence"], []).append((m["start"], m["end"]))
            words: dict[int, list] = {}
            for t in d["tokens"]:
                words.setdefault(t["sentence"], []).append(t)
            for k, tokens in words.items():
                hits = triggers.get(k, [])
                tokens = tokens[:LONGEST]
                lines.write("W\t" + " ".join("\u00a0".join(d["text"][t["start"]:t["end"]].split()) or "_" for t in tokens) + "\n")
                found.write(str(int(k in seen)) + "\n")
                marks.write("".join("1" if any(t["start"] < e and b < t["end"] for b, e in hits) else "0" for t in tokens) + "\n")


class Words:
    """States of all words of some files of sentences, end to end."""

    def __init__(self, stems: list[Path]):
        states, marks, found = [], [], []
        for stem in stems:
            own = stem.with_suffix(".marks").read_text().split()
            rows = np.memmap(stem.with_suffix(".f16"), np.float16, "r").reshape(-1, HIDDEN)
            first = np.cumsum([0] + [len(m) + 1 for m in own])
            assert first[-1] == len(rows), (stem, first[-1], len(rows))
            keep = np.ones(len(rows), bool)
            keep[first[:-1]] = False  # [CLS]
            states.append(torch.from_numpy(rows[keep]))
            marks += own
            found += stem.with_suffix(".found").read_text().split()
        self.x = torch.cat(states)
        self.mark = torch.tensor([int(c) for m in marks for c in m], dtype=torch.float)
        self.gold = torch.tensor(["1" in m for m in marks], dtype=torch.float)
        self.found = torch.tensor([f == "1" for f in found])
        self.begin = torch.from_numpy(np.cumsum([0] + [len(m) for m in marks]))

    def top(self, word: Tensor, a: int, b: int) -> Tensor:
        """The highest value of each of the sentences a .. b; `word` holds the values of their words."""
        of = torch.repeat_interleave(torch.arange(b - a), self.begin[a + 1:b + 1] - self.begin[a:b])
        return torch.full((b - a,), -1e9).scatter_reduce(0, of, word, "amax")


def curve(score: np.ndarray, gold: np.ndarray, wanted: float) -> tuple[float, float]:
    """The bias under which `wanted` of the gold sentences are above 0, and the share of all that are."""
    events = np.sort(score[gold > 0])[::-1]
    at = events[min(len(events) - 1, int(np.ceil(wanted * len(events))) - 1)] - 1e-4
    return -float(at), float((score > at).mean())


def fit(train: Words, rows: int, steps: int, seed: int, at_once: int = 800) -> nn.Linear:
    torch.manual_seed(seed)
    head = nn.Linear(HIDDEN, rows)
    nn.init.normal_(head.weight, std=0.02)
    nn.init.constant_(head.bias, -1.0)
    opt = torch.optim.AdamW(head.parameters(), lr=3e-3, weight_decay=0.01)
    n = len(train.gold)
    for step in range(steps):
        a = int(torch.randint(max(1, n - at_once), (1,)))
        b = min(n, a + at_once)
        words = slice(int(train.begin[a]), int(train.begin[b]))
        word = torch.logsumexp(head(train.x[words].float()), 1)
        open_ = ~train.found[a:b]  # only these are left to the gate
        of_word = torch.repeat_interleave(open_, train.begin[a + 1:b + 1] - train.begin[a:b])
        heavy = torch.tensor(5.0)
        loss = F.binary_cross_entropy_with_logits(train.top(word, a, b)[open_], train.gold[a:b][open_], pos_weight=heavy) \
            + F.binary_cross_entropy_with_logits(word[of_word], train.mark[words][of_word], pos_weight=heavy)
        for g in opt.param_groups:
            g["lr"] = 3e-3 * (1 - step / steps)
        opt.zero_grad()
        loss.backward()
        opt.step()
    return head


def main() -> None:
    ap = argparse.ArgumentParser()
    sub = ap.add_subparsers(dest="what", required=True)
    lines = sub.add_parser("lines")
    lines.add_argument("coded", type=Path)
    lines.add_argument("fast", type=Path)
    lines.add_argument("stem", type=Path)
    fitting = sub.add_parser("fit")
    fitting.add_argument("--train", type=Path, nargs="+", required=True)
    fitting.add_argument("--dev", type=Path, nargs="+", required=True)
    fitting.add_argument("--recall", type=float, default=0.97)
    fitting.add_argument("--steps", type=int, default=800)
    fitting.add_argument("--rows", type=int, default=ROWS)
    fitting.add_argument("--seed", type=int, default=1)
    fitting.add_argument("--checkpoint", type=Path)
    fitting.add_argument("--to", type=Path, help="checkpoint to write, with the gate in it")
    args = ap.parse_args()
    if args.what == "lines":
        return write_lines(args.coded, args.fast, args.stem)
    torch.set_num_threads(1)
    train = Words(args.train)
    print("train", len(train.gold), "sentences,", int(train.gold.sum()), "with events,",
          int((train.gold.bool() & ~train.found).sum()), "of them not found by the fast line", flush=True)
    head = fit(train, args.rows, args.steps, args.seed)
    scores = {}
    for stem in args.dev:
        w = Words([stem])
        with torch.no_grad():
            score = w.top(head(w.x.float()).amax(1), 0, len(w.gold)).masked_fill(w.found, 1e9)
        scores[stem.name] = (score.numpy(), w.gold.numpy())
        print(f"{stem.name}: the fast line alone has recall {float(w.gold[w.found].sum() / w.gold.sum()):.3f} at {float(w.found.float().mean()):.3f}")
    for name, (score, gold) in scores.items():
        print(name, len(gold), "sentences,", int(gold.sum()), "with events; passed at recall",
              "  ".join(f"{r}: {100 * curve(score, gold, r)[1]:.1f} %" for r in (0.95, 0.97, 0.98, 0.985, 0.99, 1.0)), flush=True)
    bias, share = curve(*(np.concatenate(x) for x in zip(*scores.values())), args.recall)
    print(f"all: recall {args.recall} at {100 * share:.1f} %, bias {bias:.3f}; with it",
          "  ".join(f"{n}: {g[s > -bias].sum() / g.sum():.3f} at {(s > -bias).mean():.3f}" for n, (s, g) in scores.items()))
    if args.to:
        saved = torch.load(args.checkpoint, weights_only=False)
        saved["model"]["heads.gate.weight"], saved["model"]["heads.gate.bias"] = head.weight.data, head.bias.data + bias
        torch.save(saved, args.to)


if __name__ == "__main__":
    main()
