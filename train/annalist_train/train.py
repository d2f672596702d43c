"""The training run: `python -m annalist_train.train --minutes 35` (see train/README.md). Resumes by itself."""
from __future__ import annotations

import argparse
import os
import random
import time
from collections import defaultdict
from pathlib import Path

import torch

from .batches import Collator, Stream
from .chars import WordPieces
from .corpora import SHARES, groups, treebanks
from .data import find
from .labels import Labels, collect
from .loss import WEIGHTS, losses
from .model import Model, load_minilm
from .quantize import load as read_model


def default_dir() -> Path:
    return Path(os.environ.get("ANNALIST_TRAIN_DIR", Path.home() / ".cache" / "annalist-train"))


def read_vocab(minilm: Path) -> list[str]:
    import json
    ids = json.loads((minilm / "tokenizer.json").read_text())["model"]["vocab"]
    return sorted(ids, key=ids.get)


def optimizer(model: Model, lr: float, head_lr: float) -> torch.optim.Optimizer:
    """Three groups: encoder matrices, encoder vectors and embeddings (no decay), heads."""
    decay, plain, heads = [], [], []
    for name, p in model.named_parameters():
        if not name.startswith("encoder.") or "shape" in name:
            heads.append(p)
        elif p.ndim > 1 and "layers" in name:
            decay.append(p)
        else:
            plain.append(p)
    return torch.optim.AdamW([{"params": decay, "lr": lr, "weight_decay": 0.01},
                              {"params": plain, "lr": lr, "weight_decay": 0.0},
                              {"params": heads, "lr": head_lr, "weight_decay": 0.001}], betas=(0.9, 0.98), fused=True)


def rate(progress: float, warmup: float) -> float:
    """Linear warm-up, then linear decay to nearly 0."""
    if progress < warmup:
        return progress / warmup
    return max(0.005, (1 - progress) / (1 - warmup))


def main() -> None:
    ap = argparse.ArgumentParser()
    ap.add_argument("--data", type=Path, required=True, help="the shared data folder")
    ap.add_argument("--minilm", type=Path, required=True, help="folder with tokenizer.json and model.safetensors")
    ap.add_argument("--out", type=Path, default=default_dir())
    ap.add_argument("--minutes", type=float, default=0, help="length of the run by the clock")
    ap.add_argument("--steps", type=int, default=0, help="length of the run in steps (repeatable)")
    ap.add_argument("--tokens", type=int, default=1500, help="word pieces a batch")
    ap.add_argument("--lr", type=float, default=1.5e-4)
    ap.add_argument("--head-lr", type=float, default=1.5e-3)
    ap.add_argument("--warmup", type=float, default=0.05)
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--threads", type=int, default=2)
    ap.add_argument("--start", type=Path, help="a model file to go on from, instead of the published encoder weights")
    ap.add_argument("--bf16", action="store_true", help="encoder in bfloat16 (faster where the CPU has AVX512-BF16)")
    args = ap.parse_args()
    assert (args.minutes > 0) != (args.steps > 0), "give --minutes or --steps"
    torch.manual_seed(args.seed)
    torch.set_num_threads(args.threads)
    torch.set_flush_denormal(True)
    args.out.mkdir(parents=True, exist_ok=True)

    vocab = read_vocab(args.minilm)
    label_file = args.out / "labels.json"
    if label_file.exists():
        labels = Labels.load(label_file)
    else:
        parsed = [s for part in treebanks(args.data).values() for s in part]
        labels = collect(parsed, find(args.data / "lang" / "propbank_frames", "rolesets.jsonl"))
        labels.save(label_file)
    collate = Collator(WordPieces(vocab), labels)
    streams, iters = {}, {}
    for k, (name, sentences) in enumerate(groups(args.data).items()):
        streams[name] = Stream(sentences, collate, args.tokens, args.seed * 100 + k)
        iters[name] = iter(streams[name])
        print(name, len(sentences), "sentences", sum(len(s.words) for s in sentences), "words", flush=True)

    model = Model(len(vocab), labels.sizes())
    model.bf16 = args.bf16
    if args.start:
        model.load_state_dict(read_model(args.start)[0].state_dict())
    else:
        load_minilm(model.encoder, args.minilm / "model.safetensors")
        with torch.no_grad():
            model.sense_bias.copy_(torch.log(torch.tensor(labels.seen, dtype=torch.float) + 0.1))
    opt = optimizer(model, args.lr, args.head_lr)
    base = [g["lr"] for g in opt.param_groups]
    step, spent = 0, 0.0
    last = args.out / "last.pt"
    if last.exists():
        saved = torch.load(last, weights_only=False)
        model.load_state_dict(saved["model"])
        opt.load_state_dict(saved["opt"])
        step, spent = saved["step"], saved["seconds"]
        random.seed(step)
        for k, stream in enumerate(streams.values()):
            stream.rng.seed(args.seed * 100 + k + step)
        print("resumed at step", step, flush=True)

    used = defaultdict(float)
    sums, counts = defaultdict(float), defaultdict(int)
    model.train()
    mark, mark_tokens, saved_at = time.time(), 0, time.time()
    names = list(SHARES)

    def save() -> None:
        tmp = last.with_suffix(".tmp")
        torch.save({"model": model.state_dict(), "opt": opt.state_dict(), "step": step, "seconds": spent,
                    "args": vars(args)}, tmp)
        tmp.replace(last)

    while True:
        progress = spent / (args.minutes * 60) if args.minutes else step / args.steps
        if progress >= 1:
            break
        begin = time.time()
        for g, lr in zip(opt.param_groups, base):
            g["lr"] = lr * rate(progress, args.warmup)
        group = min(names, key=lambda n: used[n] / SHARES[n])
        batch = next(iters[group])
        used[group] += batch["tokens"]
        parts = losses(model, batch)
        total = sum(WEIGHTS[k] * v for k, v in parts.items())
        opt.zero_grad(set_to_none=True)
        total.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 3.0)
        opt.step()
        step += 1
        spent += time.time() - begin
        mark_tokens += batch["tokens"]
        for k, v in parts.items():
            sums[k] += v.item()
            counts[k] += 1
        if step % 50 == 0:
            now = time.time()
            print(f"{step} {100 * progress:.1f}% {mark_tokens / (now - mark):.0f} pieces/s  "
                  + " ".join(f"{k} {sums[k] / counts[k]:.3f}" for k in sums)
                  + "  passes " + " ".join(f"{n} {s.passes:.2f}" for n, s in streams.items()), flush=True)
            sums.clear(), counts.clear()
            mark, mark_tokens = now, 0
        if time.time() - saved_at > 300:
            save()
            saved_at = time.time()
    save()
    torch.save({"model": model.state_dict(), "step": step, "seconds": spent, "args": vars(args)}, args.out / "final.pt")
    print(f"done: {step} steps, {spent / 60:.1f} min", flush=True)


if __name__ == "__main__":
    main()
