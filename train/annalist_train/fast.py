"""The fast tier: one row a word instead of one a word piece, few layers, taught by the accurate tier.

It starts from what the accurate tier knows: the table of word pieces stays as it is (and is not stored twice), layers
and heads are taken over and pruned. Then it learns to give the accurate tier's states and head outputs on running text
(`lang_states` wrote them down), and the treebanks' own annotation where there is any.

    python -m annalist_train.fast --data ../shared/data --model models/annalist.model --states FOLDER --minutes 60
"""
from __future__ import annotations

import argparse
import random
import time
from collections import defaultdict
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from .batches import IGNORE, Collator
from .chars import CLS, WordPieces, word_shapes
from .corpora import treebanks
from .data import Sentence
from .model import HEADS, HIDDEN, SHAPES, POSITIONS, Layer, Model
from .train import default_dir, rate

LAYERS, FFN, LABEL, SRL = 2, 1024, 32, 48
TAKEN = {2: (0, 3), 3: (0, 2, 4)}  # the accurate tier's layers that the fast tier's start as
MAX_WORDS = POSITIONS - 1          # row 0 is [CLS]; there is no [SEP]


class WordTable:
    """Row numbers of words; vectors of their first piece and the mean of the rest, from the accurate tier's table."""

    def __init__(self, pieces: WordPieces, weight: Tensor):
        self.pieces, self.weight = pieces, weight
        self.row: dict[str, int] = {}
        self.first, self.rest = torch.zeros(1 << 12, dtype=torch.long), torch.zeros(1 << 12, HIDDEN)
        self.add((CLS,), "[CLS]")

    def add(self, cut: tuple[int, ...], word: str) -> int:
        at = self.row[word] = len(self.row)
        if at == len(self.rest):
            self.first = torch.cat([self.first, torch.zeros_like(self.first)])
            self.rest = torch.cat([self.rest, torch.zeros_like(self.rest)])
        self.first[at] = cut[0]
        if len(cut) > 1:
            self.rest[at] = self.weight[list(cut[1:])].mean(0)
        return at

    def __call__(self, word: str) -> int:
        at = self.row.get(word)
        return self.add(self.pieces.word(word), word) if at is None else at


class ShortLayer(Layer):
    """The same layer; attention written out, which takes half the time of torch's fused one on short rows in bfloat16."""

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        b, t, _ = x.shape
        q, k, v = self.qkv(x).view(b, t, 3, HEADS, HIDDEN // HEADS).permute(2, 0, 3, 1, 4)
        scores = (q * (HIDDEN / HEADS) ** -0.5) @ k.transpose(-1, -2)
        a = (scores if mask is None else scores + mask).softmax(-1).to(v.dtype) @ v
        x = self.ln1(x + self.drop(self.out(a.transpose(1, 2).reshape(b, t, HIDDEN))))
        return self.ln2(x + self.drop(self.down(F.gelu(self.up(x)))))


class FastEncoder(nn.Module):
    """x = LN(first piece + rest_gain * mean of the other pieces + position + shape), then layers."""

    def __init__(self, table: WordTable, layers: int = LAYERS, ffn: int = FFN, dropout: float = 0.05):
        super().__init__()
        self.table = table
        self.rest_gain = nn.Parameter(torch.full((HIDDEN,), 0.5))
        self.pos, self.shape = nn.Embedding(POSITIONS, HIDDEN), nn.Embedding(SHAPES, HIDDEN)
        self.ln = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.layers = nn.ModuleList(ShortLayer(dropout, ffn) for _ in range(layers))
        self.drop = nn.Dropout(dropout)

    def forward(self, rows: Tensor, shapes: Tensor, mask: Tensor | None) -> Tensor:
        t = self.table
        x = t.weight[t.first[rows]] + self.rest_gain * t.rest[rows] + self.pos(torch.arange(rows.shape[1])) + self.shape(shapes)
        x = self.drop(self.ln(x))
        for layer in self.layers:
            x = layer(x, mask)
        return x


class FastModel(Model):
    def words(self, batch: dict[str, Tensor]) -> Tensor:
        with torch.autocast("cpu", torch.bfloat16, enabled=self.bf16):
            x = self.encoder(batch["rows"], batch["word_shapes"], batch["row_mask"])
        return x.float()


class FastCollator(Collator):
    """Adds rows, word_shapes [B, 1 + N] and row_mask; `pieces` and `first` are not for this model."""

    def __init__(self, table: WordTable, labels):
        super().__init__(table.pieces, labels)
        self.table = table

    def __call__(self, batch: list[Sentence]) -> dict:
        b, n = len(batch), 1 + max(min(MAX_WORDS, len(s.words)) for s in batch)
        out: dict = {"rows": torch.zeros(b, n, dtype=torch.long), "word_shapes": torch.zeros(b, n, dtype=torch.long),
                     "words": torch.tensor([min(MAX_WORDS, len(s.words)) for s in batch]), "row_mask": None}
        for i, s in enumerate(batch):
            m = int(out["words"][i])
            out["rows"][i, 1:m + 1] = torch.tensor([self.table(w) for w in s.words[:m]])
            out["word_shapes"][i, 1:m + 1] = torch.tensor(word_shapes(s.words[:m]))
        out["word_mask"] = torch.arange(n)[None] <= out["words"][:, None]
        if not out["word_mask"].all():
            out["row_mask"] = torch.zeros(b, 1, 1, n).masked_fill(~out["word_mask"][:, None, None], float("-inf"))
        self._layers(batch, out, b, n)
        return out


def take_over(fast: Model, teacher: Model) -> None:
    """Starts the fast tier as a pruned copy of the accurate one."""
    with torch.no_grad():
        e, t = fast.encoder, teacher.encoder
        e.pos.weight.copy_(t.pos.weight)
        e.shape.weight.copy_(t.shape.weight)
        e.ln.load_state_dict(t.ln.state_dict())
        for ours, k in zip(e.layers, TAKEN[len(e.layers)]):
            theirs = t.layers[k]
            for name in ("qkv", "out", "ln1", "ln2"):
                getattr(ours, name).load_state_dict(getattr(theirs, name).state_dict())
            weight = theirs.up.weight.norm(dim=1) * theirs.down.weight.norm(dim=0)
            kept = weight.topk(ours.up.out_features).indices
            ours.up.weight.copy_(theirs.up.weight[kept])
            ours.up.bias.copy_(theirs.up.bias[kept])
            ours.down.weight.copy_(theirs.down.weight[:, kept])
            ours.down.bias.copy_(theirs.down.bias)
        e.layers[-1].ln2.load_state_dict(t.layers[-1].ln2.state_dict())
        for name in ("upos", "feats", "ner", "claim", "pred", "arc_dep", "arc_head", "sense", "fact", "neg"):
            fast.heads[name].load_state_dict(teacher.heads[name].state_dict())
        for name in ("arc_bilinear", "arc_head", "sense_embedding", "sense_bias"):
            getattr(fast, name).copy_(getattr(teacher, name))
        for first, second, bilinear in (("lab_dep", "lab_head", "lab_bilinear"), ("srl_pred", "srl_arg", "srl_bilinear")):
            theirs = getattr(teacher, bilinear)
            n = fast.heads[first].out_features
            a = theirs[:, :-1].pow(2).sum((0, 2)) * teacher.heads[first].weight.pow(2).sum(1)
            b = theirs[:, :, :-1].pow(2).sum((0, 1)) * teacher.heads[second].weight.pow(2).sum(1)
            a, b = a.topk(n).indices, b.topk(n).indices
            for head, kept in ((first, a), (second, b)):
                fast.heads[head].weight.copy_(teacher.heads[head].weight[kept])
                fast.heads[head].bias.copy_(teacher.heads[head].bias[kept])
            last = torch.tensor([theirs.shape[1] - 1])
            getattr(fast, bilinear).copy_(theirs[:, torch.cat([a, last])][:, :, torch.cat([b, last])])


class States:
    """Sentences of one file of lang_states with the accurate tier's states."""

    def __init__(self, stem: Path, gold: dict[str, Sentence]):
        lines = stem.with_suffix(".words").read_text().split("\n")[:-1]
        self.sentences = [gold.get(line) or Sentence(words=line.split(" ")) for line in lines]
        counts = np.array([len(s.words) + 1 for s in self.sentences])
        self.begin = np.concatenate([[0], np.cumsum(counts)])
        self.states = np.memmap(stem.with_suffix(".f16"), np.float16, "r").reshape(-1, HIDDEN)
        assert len(self.states) == self.begin[-1], (stem, len(self.states), self.begin[-1])

    def batches(self, tokens: int, rng: random.Random) -> list[list[int]]:
        """Sentences of like length together."""
        order = sorted(range(len(self.sentences)), key=lambda i: len(self.sentences[i].words) + 3 * rng.random())
        out, current, longest = [], [], 0
        for i in order:
            n = len(self.sentences[i].words) + 1
            if not 3 <= n <= 120:
                continue
            longest = max(longest, n)
            if current and longest * (len(current) + 1) > tokens:
                out.append(current)
                current, longest = [], n
            current.append(i)
        return out + [current]

    def teacher(self, batch: list[int], n: int) -> Tensor:
        out = np.zeros((len(batch), n, HIDDEN), np.float32)
        for k, i in enumerate(batch):
            out[k, :self.begin[i + 1] - self.begin[i]] = self.states[self.begin[i]:self.begin[i + 1]]
        return torch.from_numpy(out)


def stream(folder: Path, pattern: str, gold: dict[str, Sentence], tokens: int, seed: int):
    """Endless batches over all files there are; a file that is written meanwhile joins at its turn."""
    rng, seen = random.Random(seed), {}
    while True:
        files = sorted(p.with_suffix("") for p in folder.glob(pattern + ".f16") if ".tmp" not in p.name)
        for stem in files:
            if stem not in seen:
                seen[stem] = States(stem, gold)
        part = rng.choice(sorted(seen)) if len(seen) > 1 else files[0]
        todo = seen[part].batches(tokens, rng)
        rng.shuffle(todo)
        for batch in todo[:400]:
            yield seen[part], batch


def kl(ours: Tensor, theirs: Tensor) -> Tensor:
    """Mean cross-entropy of two sets of logits [K, R], less the teacher's entropy."""
    return F.kl_div(ours.log_softmax(-1), theirs.log_softmax(-1), reduction="batchmean", log_target=True)


def losses(model: FastModel, teacher: Model, batch: dict, target: Tensor) -> dict[str, Tensor]:
    """Mean losses by head: agreement with the teacher, and with the annotation where there is any."""
    out: dict[str, Tensor] = {}
    w = model.words(batch)
    real = batch["word_mask"]
    scale = target[real].pow(2).mean()
    out["states"] = F.mse_loss(w[real], target[real]) / scale
    w = model.drop(w)
    gold = batch.get("heads")
    words = real.clone()
    words[:, 0] = False
    with torch.no_grad():
        t_arcs = teacher.arcs(target).masked_fill(~real.unsqueeze(1), -1e4)
        t_heads = t_arcs.argmax(-1)
        t_heads[:, 0] = 0
        heads = t_heads if gold is None else torch.where(gold >= 0, gold, t_heads)
        t_label = teacher.labels(target, heads) if gold is None else None
        t_head = {name: teacher.heads[name](target[words]) for name in ("upos", "feats", "ner", "claim", "pred", "sense", "fact", "neg")}
    arcs = model.arcs(w).masked_fill(~real.unsqueeze(1), -1e4)
    label = model.labels(w, heads)
    out["arc"] = kl(arcs[words], t_arcs[words])
    if t_label is not None:
        inner = words & (heads > 0)
        out["label"] = kl(label[inner], t_label[inner])
    mine = {name: model.heads[name](w[words]) for name in t_head}
    for name in ("upos", "feats", "ner"):
        out[name] = kl(mine[name], t_head[name])
    out["claim"] = kl(mine["claim"].view(-1, 3), t_head["claim"].view(-1, 3))
    out["neg"] = kl(mine["neg"][:, :3], t_head["neg"][:, :3]) + kl(mine["neg"][:, 3:], t_head["neg"][:, 3:])
    out["pred"] = F.binary_cross_entropy_with_logits(mine["pred"], t_head["pred"].sigmoid())
    out["fact"] = F.mse_loss(mine["fact"], t_head["fact"].clamp(-1.2, 1.2))
    predicates = t_head["pred"].squeeze(-1) > 0
    out["sense"] = F.mse_loss(mine["sense"][predicates], t_head["sense"][predicates]) if predicates.any() else w.sum() * 0
    if "which" in batch:
        which, where = batch["which"], batch["where"]
        arguments = batch["args"]
    else:
        which, where = torch.zeros(words.shape, dtype=torch.bool).masked_scatter(words, predicates).nonzero(as_tuple=True)
        arguments = None
        if len(which) > 100:
            kept = torch.randperm(len(which))[:100]
            which, where = which[kept], where[kept]
    if len(which):
        mine_roles, on = model.roles(w, which, where), words[which]
        if arguments is None:
            with torch.no_grad():
                t_roles = teacher.roles(target, which, where)
            out["args"] = kl(mine_roles[on], t_roles[on])
        else:
            out["args"] = F.cross_entropy(mine_roles[on], arguments[on], ignore_index=IGNORE)
    if gold is not None:
        def ce(scores: Tensor, y: Tensor) -> Tensor:
            return F.cross_entropy(scores.reshape(-1, scores.shape[-1]), y.reshape(-1), ignore_index=IGNORE)
        out["arc"] = (out["arc"] + ce(arcs, gold)) / 2
        out["label"] = ce(label, batch["deprel"].masked_fill(gold <= 0, IGNORE))
        out["upos"] = (out["upos"] + ce(mine["upos"], batch["upos"][words])) / 2
        out["feats"] = (out["feats"] + ce(mine["feats"], batch["feats"][words])) / 2
    return out


WEIGHTS = {"states": 2.0, "upos": 0.6, "feats": 0.4, "arc": 1.0, "label": 1.0, "pred": 1.0, "args": 4.0, "sense": 0.3,
           "ner": 2.0, "claim": 0.7, "fact": 1.0, "neg": 0.7}


def main() -> None:
    from .data import find, read_conllu
    from .evaluate import file_parts, show, treebank
    from .predict import Predictor
    from .quantize import load
    ap = argparse.ArgumentParser()
    ap.add_argument("--data", type=Path, required=True)
    ap.add_argument("--model", type=Path, required=True, help="the accurate tier")
    ap.add_argument("--states", type=Path, required=True, help="folder with what lang_states wrote: gold.*, silver*.*")
    ap.add_argument("--out", type=Path, default=default_dir())
    ap.add_argument("--minutes", type=float, default=60)
    ap.add_argument("--tokens", type=int, default=1200, help="words a batch")
    ap.add_argument("--lr", type=float, default=5e-4)
    ap.add_argument("--head-lr", type=float, default=1e-3)
    ap.add_argument("--gold", type=float, default=0.4, help="share of batches that are treebank sentences")
    ap.add_argument("--layers", type=int, default=LAYERS)
    ap.add_argument("--ffn", type=int, default=FFN)
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--bf16", action="store_true")
    ap.add_argument("--name", default="fast")
    ap.add_argument("--stop", type=float, default=0, help="end after so many minutes of the schedule (trials)")
    args = ap.parse_args()
    torch.manual_seed(args.seed)
    torch.set_num_threads(1)
    torch.set_flush_denormal(True)
    args.out.mkdir(parents=True, exist_ok=True)

    teacher, sec = load(args.model)
    teacher = teacher.eval().requires_grad_(False)
    predict, lemmas = file_parts(args.model)
    labels = predict.labels
    table = WordTable(predict.collate.wp, teacher.encoder.word.weight.detach())
    sizes = labels.sizes()
    model = FastModel(0, sizes, encoder=FastEncoder(table, args.layers, args.ffn), label=LABEL, srl=SRL)
    model.drop.p, model.head_drop.p = 0.05, 0.1
    take_over(model, teacher)
    model.bf16 = args.bf16
    collate = FastCollator(table, labels)

    parsed = [s for part in treebanks(args.data).values() for s in part]
    gold = {" ".join(w.replace(" ", "\u00a0") for w in s.words): s for s in parsed}
    streams = {"gold": stream(args.states, "gold", gold, args.tokens, args.seed),
               "silver": stream(args.states, "silver*", {}, args.tokens, args.seed + 1)}
    dev = read_conllu(find(args.data / "lang" / "ud_ewt", "dev.conllu"), "ewt")

    encoder = [p for n, p in model.named_parameters() if n.startswith("encoder.")]
    heads = [p for n, p in model.named_parameters() if not n.startswith("encoder.")]
    opt = torch.optim.AdamW([{"params": encoder, "lr": args.lr, "weight_decay": 0.01},
                             {"params": heads, "lr": args.head_lr, "weight_decay": 0.001}], betas=(0.9, 0.98), fused=True)
    base = [g["lr"] for g in opt.param_groups]
    rng = random.Random(args.seed)
    checkpoint = args.out / f"{args.name}.pt"
    step, spent, words = 0, 0.0, 0
    if checkpoint.exists():
        saved = torch.load(checkpoint, weights_only=False)
        model.load_state_dict(saved["model"])
        opt.load_state_dict(saved["opt"])
        step, spent, words = saved["step"], saved["spent"], saved["words"]
    began, last_saved = time.monotonic() - spent, time.monotonic()
    seen: dict[str, list[float]] = defaultdict(list)
    while True:
        progress = (time.monotonic() - began) / (60 * args.minutes)
        done = progress >= 1 or args.stop and time.monotonic() - began > 60 * args.stop
        if done or time.monotonic() - last_saved > 300:
            temporary = checkpoint.with_suffix(".tmp")
            torch.save({"model": model.state_dict(), "opt": opt.state_dict(), "step": step,
                        "spent": time.monotonic() - began, "words": words, "layers": args.layers, "ffn": args.ffn}, temporary)
            temporary.replace(checkpoint)
            last_saved = time.monotonic()
        if done:
            show(f"step {step}", {"ewt": treebank(dev, Predictor(model, labels, collate)(dev), None)})
        if done:
            break
        source, batch = next(streams["gold" if rng.random() < args.gold else "silver"])
        sentences = [source.sentences[i] for i in batch]
        tensors = collate(sentences)
        target = source.teacher(batch, tensors["rows"].shape[1])
        model.train()
        with torch.autocast("cpu", torch.bfloat16, enabled=args.bf16):
            part = losses(model, teacher, tensors, target)
        loss = sum(WEIGHTS[k] * v for k, v in part.items())
        factor = rate(progress, 0.03)
        for g, lr in zip(opt.param_groups, base):
            g["lr"] = lr * factor
        opt.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 2.0)
        opt.step()
        step += 1
        words += int(tensors["words"].sum())
        for k, v in part.items():
            seen[k].append(float(v.detach()))
        if step % 50 == 0:
            print(f"{step} {progress:.3f} {words} words, {words / (time.monotonic() - began):.0f}/s, {words / max(1, time.process_time()):.0f} a CPU second  "
                  + " ".join(f"{k} {sum(v) / len(v):.3f}" for k, v in seen.items()), flush=True)
            seen.clear()


if __name__ == "__main__":
    main()
