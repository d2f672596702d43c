"""The network: MiniLM encoder with a word-shape embedding, and all heads on word states."""
from __future__ import annotations

import json
import struct
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

HIDDEN, LAYERS, HEADS, FFN, POSITIONS = 384, 6, 12, 1536, 256
ARC, LABEL, SRL, SENSE = 128, 64, 96, 64
SHAPES = 11


class Layer(nn.Module):
    """One post-norm transformer layer."""

    def __init__(self, dropout: float, ffn: int = FFN):
        super().__init__()
        self.qkv = nn.Linear(HIDDEN, 3 * HIDDEN)
        self.out = nn.Linear(HIDDEN, HIDDEN)
        self.up = nn.Linear(HIDDEN, ffn)
        self.down = nn.Linear(ffn, HIDDEN)
        self.ln1 = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.ln2 = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.drop = nn.Dropout(dropout)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        """x [B, T, 384]; mask [B, 1, 1, T], 0 or -inf (None: no padding)."""
        b, t, _ = x.shape
        q, k, v = self.qkv(x).view(b, t, 3, HEADS, HIDDEN // HEADS).permute(2, 0, 3, 1, 4)
        a = F.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        a = a.transpose(1, 2).reshape(b, t, HIDDEN)
        x = self.ln1(x + self.drop(self.out(a)))
        return self.ln2(x + self.drop(self.down(F.gelu(self.up(x)))))


class Encoder(nn.Module):
    def __init__(self, vocab: int, dropout: float):
        super().__init__()
        self.word = nn.Embedding(vocab, HIDDEN)
        self.pos = nn.Embedding(POSITIONS, HIDDEN)
        self.shape = nn.Embedding(SHAPES, HIDDEN)
        nn.init.zeros_(self.shape.weight)
        self.ln = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        self.drop = nn.Dropout(dropout)

    def forward(self, pieces: Tensor, shapes: Tensor, mask: Tensor | None) -> Tensor:
        """pieces, shapes [B, T] -> states [B, T, 384]."""
        at = torch.arange(pieces.shape[1])
        x = self.drop(self.ln(self.word(pieces) + self.pos(at) + self.shape(shapes)))
        for layer in self.layers:
            x = layer(x, mask)
        return x


class Model(nn.Module):
    """sizes: number of labels of upos, feats, ner, deprel, srl, roleset. `label`, `srl`: widths of the heads of those
    names; encoder: another one than the accurate tier's."""

    def __init__(self, vocab: int, sizes: dict[str, int], dropout: float = 0.1, encoder: nn.Module | None = None,
                 label: int = LABEL, srl: int = SRL):
        super().__init__()
        self.encoder = encoder or Encoder(vocab, dropout)
        self.bf16 = False  # training only
        self.drop = nn.Dropout(0.15)
        rows = [("upos", sizes["upos"], 0), ("feats", sizes["feats"], 0), ("ner", sizes["ner"], 0), ("claim", 9, 0),
                ("pred", 1, 0), ("arc_dep", ARC, 1), ("arc_head", ARC, 1), ("lab_dep", label, 1),
                ("lab_head", label, 1), ("srl_pred", srl, 1), ("srl_arg", srl, 1), ("sense", SENSE, 0), ("fact", 1, 0),
                ("neg", 5, 0)]
        self.rows: dict[str, tuple[int, int, int]] = {}
        at = 0
        for name, n, relu in rows:
            self.rows[name] = (at, at + n, relu)
            at += n
        self.heads = nn.ModuleDict({name: nn.Linear(HIDDEN, n) for name, n, _ in rows})
        for name, _, relu in rows:
            if not relu:
                nn.init.normal_(self.heads[name].weight, std=0.02)
                nn.init.zeros_(self.heads[name].bias)
        self.arc_bilinear = nn.Parameter(torch.randn(ARC, ARC) * 0.05)
        self.arc_head = nn.Parameter(torch.zeros(ARC))
        self.lab_bilinear = nn.Parameter(torch.randn(sizes["deprel"], label + 1, label + 1) * 0.02)
        self.srl_bilinear = nn.Parameter(torch.randn(sizes["srl"], srl + 1, srl + 1) * 0.02)
        self.sense_embedding = nn.Parameter(torch.randn(sizes["roleset"], SENSE) * 0.1)
        self.sense_bias = nn.Parameter(torch.zeros(sizes["roleset"]))
        self.head_drop = nn.Dropout(0.25)

    def words(self, batch: dict[str, Tensor]) -> Tensor:
        """States [B, 1 + N, 384] of [CLS] and of the first piece of every word."""
        with torch.autocast("cpu", torch.bfloat16, enabled=self.bf16):
            x = self.encoder(batch["pieces"], batch["shapes"], batch["mask"])
        x = x.float()
        return self.drop(x.gather(1, batch["first"].unsqueeze(-1).expand(-1, -1, HIDDEN)))

    def head(self, name: str, w: Tensor) -> Tensor:
        y = self.heads[name](w)
        return self.head_drop(F.relu(y)) if self.rows[name][2] else y

    def arcs(self, w: Tensor) -> Tensor:
        """[B, 1 + N, 1 + N]: score that row (dependent) has column (head)."""
        dep, head = self.head("arc_dep", w), self.head("arc_head", w)
        return dep @ self.arc_bilinear @ head.transpose(1, 2) + (head @ self.arc_head).unsqueeze(1)

    def labels(self, w: Tensor, heads: Tensor) -> Tensor:
        """heads [B, 1 + N] (index of the head) -> [B, 1 + N, R]."""
        dep, head = one(self.head("lab_dep", w)), one(self.head("lab_head", w))
        head = head.gather(1, heads.unsqueeze(-1).expand(-1, -1, head.shape[-1]))
        return pairs(dep, head, self.lab_bilinear)

    def roles(self, w: Tensor, which: Tensor, where: Tensor) -> Tensor:
        """Predicates number k sit in sentence which[k] at word where[k] -> [K, 1 + N, R]."""
        pred = one(self.head("srl_pred", w[which, where]))
        arg = one(self.head("srl_arg", w))[which]
        left = torch.einsum("kd,rde->kre", pred, self.srl_bilinear)
        return arg @ left.transpose(1, 2)

    def senses(self, w: Tensor) -> Tensor:
        """w [K, 384] -> [K, rolesets]."""
        return self.heads["sense"](w) @ self.sense_embedding.T + self.sense_bias


def one(x: Tensor) -> Tensor:
    return torch.cat([x, torch.ones_like(x[..., :1])], -1)


def pairs(d: Tensor, h: Tensor, bilinear: Tensor) -> Tensor:
    """d, h [..., D]; bilinear [R, D, D] -> [..., R]."""
    r, n, _ = bilinear.shape
    left = (d.reshape(-1, n) @ bilinear.permute(1, 0, 2).reshape(n, r * n)).view(*d.shape[:-1], r, n)
    return (left @ h.unsqueeze(-1)).squeeze(-1)


def read_safetensors(path: Path) -> dict[str, np.ndarray]:
    data = path.read_bytes()
    (n,) = struct.unpack_from("<Q", data)
    kinds = {"F32": "<f4", "F16": "<f2", "I64": "<i8"}
    out = {}
    for name, info in json.loads(data[8:8 + n]).items():
        if name != "__metadata__":
            a, b = info["data_offsets"]
            out[name] = np.frombuffer(data[8 + n + a:8 + n + b], kinds[info["dtype"]]).reshape(info["shape"])
    return out


def load_minilm(encoder: Encoder, path: Path) -> None:
    """Copies the published all-MiniLM-L6-v2 weights into the encoder."""
    raw = {k.removeprefix("bert."): torch.from_numpy(v.astype(np.float32))
           for k, v in read_safetensors(path).items() if v.dtype.kind == "f"}
    with torch.no_grad():
        e = "embeddings."
        encoder.word.weight.copy_(raw[e + "word_embeddings.weight"])
        encoder.pos.weight.copy_(raw[e + "position_embeddings.weight"][:POSITIONS] + raw[e + "token_type_embeddings.weight"][0])
        encoder.ln.weight.copy_(raw[e + "LayerNorm.weight"])
        encoder.ln.bias.copy_(raw[e + "LayerNorm.bias"])
        for i, layer in enumerate(encoder.layers):
            p = f"encoder.layer.{i}."
            for part in ("weight", "bias"):
                qkv = [raw[f"{p}attention.self.{n}.{part}"] for n in ("query", "key", "value")]
                getattr(layer.qkv, part).copy_(torch.cat(qkv))
                for ours, theirs in ((layer.out, "attention.output.dense"), (layer.up, "intermediate.dense"),
                                     (layer.down, "output.dense"), (layer.ln1, "attention.output.LayerNorm"),
                                     (layer.ln2, "output.LayerNorm")):
                    getattr(ours, part).copy_(raw[p + theirs + "." + part])
