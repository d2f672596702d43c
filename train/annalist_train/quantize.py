"""Int8: rounding the weights, simulating the C++ arithmetic, writing and reading the model file."""
from __future__ import annotations

import copy
import json
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from . import model as net
from .chars import CLS, MAX_WORD_PIECES, SEP, UNK, tables
from .labels import UNSEEN, Labels
from .lemma import Lemmatizer
from .model import Model
from .pack import read_pack, string_list, write_pack

LINEAR = ("qkv", "out", "up", "down")


def round_rows(w: Tensor) -> tuple[Tensor, Tensor]:
    """w [out, in] -> integers -127..127 (as floats) and scale [out]."""
    scale = w.abs().amax(1).clamp(min=1e-12) / 127
    return (w / scale[:, None]).round().clamp(-127, 127), scale


class QuantLinear(nn.Module):
    """A linear layer in the arithmetic of docs/formats/model.md, section 2."""

    def __init__(self, linear: nn.Linear):
        super().__init__()
        self.q, self.scale = round_rows(linear.weight.data)
        self.sums = self.q.sum(1)
        self.bias = linear.bias.data

    def forward(self, x: Tensor) -> Tensor:
        lo, hi = x.amin(-1, keepdim=True).clamp(max=0), x.amax(-1, keepdim=True).clamp(min=0)
        s = (hi - lo) / 255
        s = torch.where(s == 0, torch.ones_like(s), s)
        z = (-lo / s).round()
        q = ((x / s).round() + z).clamp(0, 255)
        return s * self.scale * (F.linear(q, self.q) - z * self.sums) + self.bias


def simulate(model: Model) -> Model:
    """A copy that computes as the C++ engine does."""
    out = copy.deepcopy(model).eval()
    q, scale = round_rows(out.encoder.word.weight.data)
    out.encoder.word.weight.data = q * scale[:, None]
    for layer in out.encoder.layers:
        for name in LINEAR:
            setattr(layer, name, QuantLinear(getattr(layer, name)))
    for name in out.rows:
        out.heads[name] = QuantLinear(out.heads[name])
    return out


Sections = dict[str, "np.ndarray | tuple[bytes, int]"]


def tier_sections(model: Model, prefix: str = "") -> Sections:
    """What each tier has of its own: layers and heads."""
    sec: Sections = {}

    def matrix(name: str, w: Tensor, b: Tensor, row_factor: Tensor | None = None) -> None:
        q, scale = round_rows(w)
        factor = torch.ones_like(scale) if row_factor is None else row_factor
        sec[prefix + name] = q.to(torch.int8).numpy()
        sec[prefix + name + ".scale"] = (scale * factor).numpy()
        sec[prefix + name + ".bias"] = (b * factor).numpy()

    def norm(name: str, ln: nn.LayerNorm) -> None:
        sec[prefix + name + ".gain"], sec[prefix + name + ".bias"] = ln.weight.numpy(), ln.bias.numpy()

    with torch.no_grad():
        enc = model.encoder
        sec[prefix + "emb.pos"], sec[prefix + "emb.shape"] = enc.pos.weight.numpy(), enc.shape.weight.numpy()
        norm("emb.ln", enc.ln)
        query = torch.ones(3 * net.HIDDEN)
        query[:net.HIDDEN] = (net.HIDDEN / net.HEADS) ** -0.5
        for i, layer in enumerate(enc.layers):
            for name in LINEAR:
                linear = getattr(layer, name)
                matrix(f"enc.{i}.{name}", linear.weight, linear.bias, query if name == "qkv" else None)
            norm(f"enc.{i}.ln1", layer.ln1)
            norm(f"enc.{i}.ln2", layer.ln2)
        heads = [model.heads[name] for name in model.rows]
        matrix("head", torch.cat([h.weight for h in heads]), torch.cat([h.bias for h in heads]))
        sec[prefix + "head.rows"] = string_list([f"{n} {a} {b} {'relu' if relu else 'none'}"
                                                 for n, (a, b, relu) in model.rows.items()])
        sec[prefix + "arc.bilinear"], sec[prefix + "arc.head"] = model.arc_bilinear.numpy(), model.arc_head.numpy()
        sec[prefix + "lab.bilinear"] = model.lab_bilinear.flatten(1).numpy()
        sec[prefix + "srl.bilinear"] = model.srl_bilinear.flatten(1).numpy()
    return sec


def export(model: Model, labels: Labels, vocab: list[str], lemmas: Lemmatizer, more: dict, note: dict,
           path: Path) -> None:
    """Writes the accurate tier and the tables as models/annalist.model. more: further sections that no weight depends on."""
    model = model.eval()
    sec = tier_sections(model)
    with torch.no_grad():
        meta = {"format": 1, "hidden": net.HIDDEN, "layers": net.LAYERS, "heads": net.HEADS, "ffn": net.FFN,
                "max_pieces": net.POSITIONS, "max_word_pieces": MAX_WORD_PIECES, "arc": net.ARC, "label": net.LABEL,
                "srl": net.SRL, "sense": net.SENSE, "pieces": {"pad": 0, "unk": UNK, "cls": CLS, "sep": SEP}, **note}
        sec["meta"] = (json.dumps(meta, sort_keys=True).encode(), 1)
        sec["vocab"] = string_list(vocab)
        sec["chars.class"], sec["chars.norm"] = tables()
        q, scale = round_rows(model.encoder.word.weight)
        sec["emb.word"], sec["emb.word.scale"] = q.to(torch.int8).numpy(), scale.numpy()
        sec["sense.embedding"] = model.sense_embedding.numpy()
        unseen = torch.tensor(labels.seen) == 0
        sec["sense.bias"] = model.sense_bias.masked_fill(unseen, UNSEEN).numpy()
    for kind in ("upos", "feats", "ner", "deprel", "srl", "roleset"):
        sec["label." + kind] = string_list(getattr(labels, kind))
    keys = sorted(labels.candidates, key=str.encode)
    lists = [labels.candidates[k] for k in keys]
    begins = np.cumsum([0] + [len(x) for x in lists])[:-1]
    sec["sense.keys"] = string_list(keys)
    sec["sense.range"] = np.array([[b, len(x)] for b, x in zip(begins, lists)], np.uint32)
    sec["sense.items"] = np.array([i for x in lists for i in x], np.uint32)
    sec.update(lemmas.sections())
    sec.update(more)
    write_pack(path, b"MODL", sec)


def load(path: Path) -> tuple[Model, dict[str, np.ndarray | bytes]]:
    """The model of a file, weights as the file has them (heads that it lacks stay new); `simulate` of it computes exactly what the file means."""
    sec = read_pack(path)

    def lines(name: str) -> list[str]:
        return sec[name].decode().split("\n")[:-1]

    sizes = {k: len(lines("label." + k)) for k in ("upos", "feats", "ner", "deprel", "srl", "roleset")}
    model = Model(len(lines("vocab")), sizes).eval()

    def tensor(name: str) -> Tensor:
        return torch.from_numpy(sec[name].astype(np.float32))

    def fill(linear: nn.Linear, name: str, a: int = 0, b: int | None = None) -> None:
        linear.weight.data = (tensor(name) * tensor(name + ".scale").T)[a:b]
        linear.bias.data = tensor(name + ".bias")[0, a:b]

    def norm(ln: nn.LayerNorm, name: str) -> None:
        ln.weight.data, ln.bias.data = tensor(name + ".gain")[0], tensor(name + ".bias")[0]

    enc = model.encoder
    enc.word.weight.data = tensor("emb.word") * tensor("emb.word.scale").T
    enc.pos.weight.data, enc.shape.weight.data = tensor("emb.pos"), tensor("emb.shape")
    norm(enc.ln, "emb.ln")
    for i, layer in enumerate(enc.layers):
        for name in LINEAR:
            fill(getattr(layer, name), f"enc.{i}.{name}")
        root = (net.HIDDEN / net.HEADS) ** 0.5
        layer.qkv.weight.data[:net.HIDDEN] *= root
        layer.qkv.bias.data[:net.HIDDEN] *= root
        norm(layer.ln1, f"enc.{i}.ln1")
        norm(layer.ln2, f"enc.{i}.ln2")
    for line in lines("head.rows"):
        name, a, b, _ = line.split()
        fill(model.heads[name], "head", int(a), int(b))
    model.arc_bilinear.data, model.arc_head.data = tensor("arc.bilinear"), tensor("arc.head")[0]
    model.lab_bilinear.data = tensor("lab.bilinear").view_as(model.lab_bilinear)
    model.srl_bilinear.data = tensor("srl.bilinear").view_as(model.srl_bilinear)
    model.sense_embedding.data, model.sense_bias.data = tensor("sense.embedding"), tensor("sense.bias")[0]
    return model, sec
