"""Checkpoint -> model file, with the dev numbers before and after rounding:
`python -m annalist_train.export --checkpoint final.pt --to models/annalist.model`."""
from __future__ import annotations

import argparse
from pathlib import Path

import torch

from . import xpos
from .batches import Collator
from .chars import WordPieces
from .corpora import treebanks
from .evaluate import everything, show
from .labels import Labels
from .lemma import build
from .model import Model
from .predict import Predictor
from .quantize import export, simulate
from .train import default_dir, read_vocab


def main() -> None:
    ap = argparse.ArgumentParser()
    ap.add_argument("--data", type=Path, required=True)
    ap.add_argument("--minilm", type=Path, required=True)
    ap.add_argument("--dir", type=Path, default=default_dir())
    ap.add_argument("--checkpoint", default="final.pt")
    ap.add_argument("--to", type=Path, required=True)
    ap.add_argument("--measure", choices=("no", "quick", "full"), default="full")
    args = ap.parse_args()
    torch.set_num_threads(2)
    labels, vocab = Labels.load(args.dir / "labels.json"), read_vocab(args.minilm)
    model = Model(len(vocab), labels.sizes())
    saved = torch.load(args.dir / args.checkpoint, weights_only=False)
    model.load_state_dict(saved["model"])
    parsed = [s for part in treebanks(args.data).values() for s in part]
    lemmas = build(parsed, args.data)
    note = {"steps": saved["step"], "train_seconds": round(saved["seconds"])}
    export(model, labels, vocab, lemmas, xpos.sections(parsed), note, args.to)
    print(args.to, args.to.stat().st_size, "bytes", flush=True)
    if args.measure != "no":
        collate = Collator(WordPieces(vocab), labels)
        for title, m in (("fp32", model), ("int8", simulate(model))):
            show(title, everything(args.data, Predictor(m, labels, collate), lemmas, args.measure == "quick"))


if __name__ == "__main__":
    main()
