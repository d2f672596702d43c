"""Puts the fast tier into the model file, in place of the one that is there:
`python -m annalist_train.fast_export --model models/annalist.model --checkpoint fast.pt --to models/annalist.model`."""
from __future__ import annotations

import argparse
import json
from pathlib import Path

import torch

from . import model as net
from .fast import LABEL, SRL, FastEncoder, FastModel
from .pack import read_pack, write_pack
from .quantize import tier_sections


def main() -> None:
    ap = argparse.ArgumentParser()
    ap.add_argument("--model", type=Path, required=True)
    ap.add_argument("--checkpoint", type=Path, required=True)
    ap.add_argument("--to", type=Path, required=True)
    args = ap.parse_args()
    old = read_pack(args.model)
    saved = torch.load(args.checkpoint, weights_only=False)
    sizes = {k: old["label." + k].count(b"\n") for k in ("upos", "feats", "ner", "deprel", "srl", "roleset")}
    model = FastModel(0, sizes, encoder=FastEncoder(None, saved["layers"], saved["ffn"]), label=LABEL, srl=SRL)
    model.load_state_dict(saved["model"])
    meta = {"hidden": net.HIDDEN, "layers": saved["layers"], "heads": net.HEADS, "ffn": saved["ffn"],
            "max_pieces": net.POSITIONS, "arc": net.ARC, "label": LABEL, "srl": SRL, "steps": saved["step"], "words": saved["words"]}
    new = {"fast.meta": (json.dumps(meta, sort_keys=True).encode(), 1), **tier_sections(model.eval(), "fast."),
           "fast.emb.rest": model.encoder.rest_gain.detach().numpy()}
    kept = {name: (value, value.count(b"\n") or 1) if isinstance(value, bytes) else value[0] if len(value) == 1 else value
            for name, value in old.items() if not name.startswith("fast.")}
    write_pack(args.to, b"MODL", {**kept, **new})
    print(args.to, args.to.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
