"""Trains the layers `deed` of the model on the frozen encoder: who did what to whom (MUC-4, HRDsAttack) and acts of
police (IndiaPoliceEvents). `train/events/fit.sh` prepares its input and calls it; seeded, one thread.

    python3 fit.py --states DIR --data ../shared/data --model annalist.model --to annalist.model

Dev parts are only measured. The network is that of src/lang/deeds.h."""
from __future__ import annotations

import argparse
import io
import json
import random
import re
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from annalist_train.pack import read_pack, string_list, write_pack  # noqa: E402

ROLES = ("PerpInd", "PerpOrg", "Target", "Victim", "Weapon", "Described")  # victims by name, by description
ACTS = ("KILL", "ARREST", "FAIL", "FORCE", "ANY_ACTION")
SIZE, CONTEXT, OUTPUTS, LEAD, NEAR, PLACES, VIEWS, SEEN = 128, 64, 32, 4, 5, 32, 4, 64
TAGS = 3 * len(ROLES)
OUTSIDE = 1e-6


# ---------------------------------------------------------------- data
@dataclass
class Doc:
    id: str
    words: list[tuple[int, int]]  # bytes
    ends: list[int]               # of sentences, in words
    states: torch.Tensor          # half
    forms: torch.Tensor | None = None    # [n]: equal for words that differ in case only
    roles: torch.Tensor | None = None    # [n][roles]: 0 outside, 1 begin, 2 inside
    weight: torch.Tensor | None = None   # [n][roles]
    acts: torch.Tensor | None = None     # [sentences][5]


def lines(path: Path) -> list[dict]:
    raw = subprocess.run(["zstd", "-dcq", "--long=27", path], capture_output=True, check=True).stdout if path.suffix == ".zst" \
        else path.read_bytes()
    return [json.loads(x) for x in io.StringIO(raw.decode()) if x.strip()]


def read_states(stem: Path) -> list[Doc]:
    out: list[Doc] = []
    for line in open(f"{stem}.words"):
        mark, _, rest = line.strip().partition(" ")
        if mark == "D":
            out.append(Doc(rest, [], [], None))
        elif mark == "S":
            out[-1].ends.append(0)
        else:
            out[-1].words.append((int(mark), int(rest.split()[0])))
            out[-1].ends[-1] = len(out[-1].words)
    for d in out:
        d.ends = [e for e in d.ends if e]
    states = np.memmap(f"{stem}.states", dtype=np.float32, mode="r").reshape(-1, 384)
    at = 0
    for d in out:
        d.states = torch.from_numpy(states[at:at + len(d.words)].astype(np.float16))
        at += len(d.words)
    assert at == len(states)
    return [d for d in out if d.words]


def number_forms(docs: list[Doc], texts: dict[str, str]) -> list[Doc]:
    for d in docs:
        raw, ids = texts[d.id].encode().lower(), {}
        d.forms = torch.tensor([ids.setdefault(raw[a:b], len(ids)) for a, b in d.words])
    return docs


def squeeze(text: str) -> str:
    return "".join(text.lower().split())


def occurrences(doc: Doc, text: str, names: list[str]):
    """Runs of words (first, last) that spell one of the names, longest names first, none inside another."""
    raw, begin, end, flat = text.encode(), {}, {}, ""
    for k, (a, b) in enumerate(doc.words):
        begin[len(flat)] = k
        flat += squeeze(raw[a:b].decode(errors="replace"))
        end[len(flat)] = k
    taken: set[int] = set()
    for name in sorted({squeeze(n) for n in names if n}, key=lambda n: (-len(n), n)):
        at = flat.find(name) if name else -1
        while at >= 0:
            if at in begin and at + len(name) in end:
                a, b = begin[at], end[at + len(name)]
                if not taken & set(range(a, b + 1)):
                    taken |= set(range(a, b + 1))
                    yield a, b
            at = flat.find(name, at + 1)


def label(doc: Doc, text: str, fillers: dict[str, list[str]], weight: dict[str, float]) -> None:
    doc.roles = torch.zeros(len(doc.words), len(ROLES), dtype=torch.long)
    doc.weight = torch.zeros(len(doc.words), len(ROLES))
    for r, role in enumerate(ROLES):
        doc.weight[:, r] = weight.get(role, 0.0)
        for a, b in occurrences(doc, text, fillers.get(role, [])):
            doc.roles[a, r] = 1
            doc.roles[a + 1:b + 1, r] = 2
            doc.weight[a:b + 1, r] = 2.0


def muc(stem: Path, gold: list[dict]) -> list[Doc]:
    by_id = {g["docid"]: g for g in gold}
    docs = read_states(stem)
    for d in docs:
        g = by_id[d.id]
        told = {r: [m for e in v for m in e] for r, v in g["role_fillers"].items()}
        told["Described"] = [m for t in g["templates"] for f in t.get("hum_desc", []) for m in f["alts"]]
        label(d, g["text"], told, dict.fromkeys(ROLES, 1.0))
    return number_forms(docs, {g["docid"]: g["text"] for g in gold})


def hrds(stem: Path, gold: list[dict]) -> list[Doc]:
    """Only the names of victims are known; what else the text calls them is not, so other words count little."""
    by_id = {g["id"]: g for g in gold}
    docs = read_states(stem)
    for d in docs:
        g = by_id[d.id]
        names = [v["name"] for v in g.get("victims") or [] if v.get("name")]
        last = [n.split()[-1] for n in names if " " in n and len(n.split()[-1]) > 3]
        label(d, g["text"], {"Victim": names + last}, {"Victim": 0.2})
    return number_forms(docs, {g["id"]: g["text"] for g in gold})


def india(stem: Path, gold: list[dict]) -> list[Doc]:
    by_id = {str(g["doc_id"]): g for g in gold}
    docs = read_states(stem)
    for d in docs:
        g = by_id[d.id]
        # Their sentences and ours are cut differently: each of ours has the labels of those that it overlaps most.
        text, at, spans = g["text"], 0, []
        for s in g["sents"]:
            i = text.find(s["text"].strip(), at)
            i = i if i >= 0 else at
            at = i + len(s["text"].strip())
            spans.append((i, at, set(s["labels"])))
        chars = np.cumsum([0] + [1 if (b & 0xC0) != 0x80 else 0 for b in text.encode()])
        d.acts = torch.zeros(len(d.ends), 5)
        first = 0
        for k, end in enumerate(d.ends):
            a, b = chars[d.words[first][0]], chars[d.words[end - 1][1]]
            best = max(spans, key=lambda s: min(s[1], b) - max(s[0], a), default=(0, 0, set()))
            if min(best[1], b) - max(best[0], a) > 0:
                d.acts[k] = torch.tensor([float(x in best[2]) for x in ACTS])
            first = end
    return number_forms(docs, {str(g["doc_id"]): g["text"] for g in gold})


# ---------------------------------------------------------------- network
class Deeds(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.rows = nn.Linear(384, SIZE)
        self.near = nn.Linear(NEAR * SIZE, SIZE)
        self.same = nn.Linear(2 * SIZE, SIZE, bias=False)
        self.context = nn.Linear(5 * SIZE, CONTEXT)
        self.place = nn.Parameter(torch.randn(PLACES, CONTEXT) * 0.1)
        self.views = nn.Linear(CONTEXT, 3 * CONTEXT, bias=False)
        self.lift = nn.Linear(CONTEXT, SIZE, bias=False)
        self.out = nn.Linear(SIZE, OUTPUTS)
        self.drop = nn.Dropout(0.3)
        with torch.no_grad():
            self.out.bias[TAGS:TAGS + len(ACTS)] = -4.0

    def forward(self, doc: Doc) -> torch.Tensor:
        h = F.relu(self.rows(self.drop(doc.states.float())))
        pad = F.pad(self.drop(h), (0, 0, NEAR // 2, NEAR // 2))
        near = torch.cat([pad[k:k + len(h)] for k in range(NEAR)], 1)
        size = torch.tensor([e - b for b, e in zip([0] + doc.ends, doc.ends)])
        which = torch.repeat_interleave(torch.arange(len(size)), size)
        g = F.relu(self.near(near) + self.lift(self.sentences(h, size, which))[which] + self.alike(h, doc.forms))
        return self.out(self.drop(g))

    def sentences(self, h: torch.Tensor, size: torch.Tensor, which: torch.Tensor) -> torch.Tensor:
        """What a sentence is about, knowing all the others."""
        n = len(size)
        mean = torch.zeros(n, SIZE).index_add_(0, which, h) / size[:, None]
        zero = torch.zeros(1, SIZE)
        parts = torch.cat([torch.cat([zero, mean[:-1]]), mean, torch.cat([mean[1:], zero]),
                           h.mean(0, keepdim=True).expand(n, -1), mean[:LEAD].mean(0, keepdim=True).expand(n, -1)], 1)
        c = torch.tanh(self.context(parts) + self.place[torch.arange(n).clamp(max=PLACES - 1)])
        q, k, v = self.views(c).view(n, 3, VIEWS, CONTEXT // VIEWS).permute(1, 2, 0, 3)
        k, v = k[:, :SEEN], v[:, :SEEN]
        seen = torch.softmax(q @ k.transpose(1, 2) / (CONTEXT // VIEWS) ** 0.5, -1) @ v
        return c + seen.permute(1, 0, 2).reshape(n, CONTEXT)

    def alike(self, h: torch.Tensor, forms: torch.Tensor) -> torch.Tensor:
        """The same word wherever the report has it: a name is told of in other sentences."""
        n = int(forms.max()) + 1
        mean = torch.zeros(n, SIZE).index_add_(0, forms, h) / torch.bincount(forms, minlength=n)[:, None]
        most = torch.zeros(n, SIZE).scatter_reduce(0, forms[:, None].expand(-1, SIZE), h, "amax")
        return self.same(self.drop(torch.cat([mean, most], 1)))[forms]


def loss_of(out: torch.Tensor, doc: Doc) -> torch.Tensor:
    loss = torch.zeros(())
    if doc.roles is not None:
        ce = F.cross_entropy(out[:, :TAGS].reshape(-1, 3), doc.roles.reshape(-1), reduction="none")
        loss = loss + (ce * doc.weight.reshape(-1)).sum() / 1000
    if doc.acts is not None:
        acts = torch.stack([out[b:e, TAGS:TAGS + len(ACTS)].max(0).values for b, e in zip([0] + doc.ends, doc.ends)])
        loss = loss + F.binary_cross_entropy_with_logits(acts, doc.acts, reduction="sum") / 60
    return loss


# ---------------------------------------------------------------- dev numbers (the heads alone, without the event stage)
def plain(s: str) -> str:
    return " ".join(w for w in re.sub(r"[^\w\s]", "", s.lower()).split() if w not in ("a", "an", "the"))


def spans(p: np.ndarray, least: float):
    """(first, last + 1) of the runs of one role."""
    i = 0
    while i < len(p):
        if p[i, 1] + p[i, 2] <= least:
            i += 1
            continue
        j = i + 1
        while j < len(p) and p[j, 1] + p[j, 2] > least and p[j, 2] >= p[j, 1]:
            j += 1
        yield i, j
        i = j


def measure(net: Deeds, dev_muc: list[Doc], gold: list[dict], dev_india: list[Doc]) -> None:
    net.eval()
    by_id = {g["docid"]: g for g in gold}
    with torch.no_grad():
        got = [(d, torch.softmax(net(d)[:, :TAGS].view(-1, len(ROLES), 3), -1).numpy()) for d in dev_muc]
    for least in (0.3, 0.4, 0.5):
        n = {r: [0, 0, 0] for r in ROLES}
        for d, p in got:
            raw = by_id[d.id]["text"].encode()
            for r, role in enumerate(ROLES):
                told = by_id[d.id]["role_fillers"].get(role, [])
                if role == "Described":
                    told = [f["alts"] for t in by_id[d.id]["templates"] for f in t.get("hum_desc", [])]
                said: list[str] = []
                for a, b in sorted(spans(p[:, r], least), key=lambda s: s[0] - s[1]):
                    s = plain(raw[d.words[a][0]:d.words[b - 1][1]].decode())
                    if s and not any(set(s.split()) <= set(x.split()) for x in said):
                        said.append(s)
                entities = [{plain(m) for m in e} for e in told]
                n[role][1] += len(said)
                n[role][2] += len(entities)
                n[role][0] += sum(any(s in e for s in said) for e in entities)
        total = [sum(v[k] for r, v in n.items() if r != "Described") for k in range(3)]
        print(f"  roles at {least}: P {100 * total[0] / max(1, total[1]):.1f} R {100 * total[0] / total[2]:.1f} "
              f"F {200 * total[0] / (total[1] + total[2]):.1f} ",
              {r: round(200 * v[0] / max(1, v[1] + v[2]), 1) for r, v in n.items()}, flush=True)
    if dev_india:
        with torch.no_grad():
            outs = [(d, torch.sigmoid(net(d)[:, TAGS:TAGS + len(ACTS)])) for d in dev_india]
        for least in (0.3, 0.5):
            n2 = np.zeros((5, 3))
            for d, p in outs:
                for k, (b, e) in enumerate(zip([0] + d.ends, d.ends)):
                    yes, want = (p[b:e].max(0).values > least).numpy(), (d.acts[k] > 0).numpy()
                    n2[:, 0] += yes & want
                    n2[:, 1] += yes
                    n2[:, 2] += want
            f = 200 * n2[:, 0] / np.maximum(1, n2[:, 1] + n2[:, 2])
            print(f"  acts at {least}: macro F {f.mean():.1f} ", dict(zip(ACTS, f.round(1).tolist())), flush=True)
    net.train()


# ---------------------------------------------------------------- into the model file
def store(net: Deeds, model: Path, to: Path) -> None:
    """Adds or replaces the rows `deed` of `head` and the sections deed.*."""
    pack = read_pack(model)
    rows = [r.split() for r in pack["head.rows"].decode().splitlines()]
    begin = next((int(r[1]) for r in rows if r[0] == "deed"), pack["head"].shape[0])
    rows = [r for r in rows if r[0] != "deed"]
    assert all(int(r[2]) <= begin for r in rows), "the rows `deed` are the last ones"
    w = net.rows.weight.detach().numpy()
    scale = np.maximum(np.abs(w).max(1) / 127, 1e-12).astype(np.float32)
    sections: dict = {}
    for name, value in pack.items():
        if name.startswith("deed."):
            continue
        if name == "head":
            value = np.concatenate([value[:begin], np.clip(np.rint(w / scale[:, None]), -127, 127).astype(np.int8)])
        elif name == "head.scale":
            value = np.concatenate([value.reshape(-1)[:begin], scale])
        elif name == "head.bias":
            value = np.concatenate([value.reshape(-1)[:begin], net.rows.bias.detach().numpy()])
        elif name == "head.rows":
            value = string_list([" ".join(r) for r in rows + [["deed", str(begin), str(begin + SIZE), "relu"]]])
        elif isinstance(value, bytes):
            value = (value, value.count(b"\n"))
        elif value.shape[0] == 1:
            value = value.reshape(-1)
        sections[name] = value

    def f32(x: torch.Tensor) -> np.ndarray:
        return np.ascontiguousarray(x.detach().numpy().astype(np.float32))
    sections |= {"deed.same": f32(net.same.weight.T), "deed.place": f32(net.place), "deed.views": f32(net.views.weight.T),
                 "deed.near": f32(net.near.weight.T), "deed.near.bias": f32(net.near.bias),
                 "deed.context": f32(net.context.weight.T), "deed.context.bias": f32(net.context.bias),
                 "deed.lift": f32(net.lift.weight.T), "deed.out": f32(net.out.weight.T), "deed.out.bias": f32(net.out.bias)}
    write_pack(to, b"MODL", sections)


def main() -> None:
    ap = argparse.ArgumentParser()
    ap.add_argument("--states", type=Path, required=True)
    ap.add_argument("--data", type=Path, required=True)
    ap.add_argument("--model", type=Path, required=True)
    ap.add_argument("--to", type=Path, required=True)
    ap.add_argument("--passes", type=int, default=8)
    ap.add_argument("--seed", type=int, default=1)
    args = ap.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(args.seed)
    rng = random.Random(args.seed)
    ev, st = args.data / "events", args.states
    muc_gold = lines(ev / "muc4/train.jsonl.zst")
    small = muc(st / "muc4_small", muc_gold)
    always = muc(st / "muc4", muc_gold) + \
        hrds(st / "hrds_attack", lines(ev / "hrds_attack/train.jsonl.zst")) + \
        india(st / "india_police", lines(ev / "india_police/train.jsonl.zst"))
    dev_gold = lines(ev / "muc4/dev.jsonl")
    dev_muc = muc(st / "muc4_dev", dev_gold)
    dev_india = india(st / "india_police_dev", lines(ev / "india_police/dev.jsonl"))
    print(f"{len(always)} + {len(small)} documents, {sum(len(d.words) for d in always + small)} words", flush=True)
    net = Deeds()
    steps, batch = 0, 8
    total = args.passes * ((len(always) + len(small) // 2 + batch - 1) // batch)
    opt = torch.optim.AdamW(net.parameters(), lr=3e-3, weight_decay=0.02)
    for p in range(args.passes):
        train = always + rng.sample(small, len(small) // 2)  # each in capitals, and every other time in small letters
        rng.shuffle(train)
        start, seen = time.time(), 0.0
        for b in range(0, len(train), batch):
            rate = min(1.0, (steps + 1) / 100) * (1 - steps / total) + 0.01
            for g in opt.param_groups:
                g["lr"] = 3e-3 * rate
            loss = sum(loss_of(net(d), d) for d in train[b:b + batch])
            opt.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            opt.step()
            steps += 1
            seen += float(loss)
        print(f"pass {p + 1}: loss {seen / len(train):.4f}, {time.time() - start:.0f} s", flush=True)
        if p % 2 == 1 or p + 1 == args.passes:
            measure(net, dev_muc, dev_gold, dev_india)
            store(net, args.model, args.to)


if __name__ == "__main__":
    main()
