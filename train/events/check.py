"""Checks the engine's tags of deeds against the formulas of docs/formats/model.md, computed here, on sentences of our own:

    python3 check.py --tool build/event_states --dir build

prints the largest difference (in 255ths) and fails if it is more than one."""
from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from annalist_train.pack import read_pack  # noqa: E402

REPORT = ("Gunmen of the Free Hills Brigade shot dead a mayor and two of his guards in Qasrabad on Monday. A bomb hidden in a van "
          "destroyed the offices of the provincial council an hour later. The brigade said that it would go on.\n\n"
          "PUERTO VERDE, 12 MAR 87 -- UNIDENTIFIED MEN KIDNAPPED JUDGE ANSELMO TORRALBA OUTSIDE HIS HOME TODAY. POLICE OPENED FIRE "
          "ON A CROWD THAT HAD GATHERED, AND ARRESTED NINE PERSONS.\n\nThe price of bread rose again. Nobody was hurt.")


def rows_of(pack: dict, states: np.ndarray) -> np.ndarray:
    begin, end = next((int(r.split()[1]), int(r.split()[2])) for r in pack["head.rows"].decode().splitlines() if r.startswith("deed "))
    w, scale, bias = (pack[n][begin:end] if n == "head" else pack[n].reshape(-1)[begin:end] for n in ("head", "head.scale", "head.bias"))
    lo, hi = np.minimum(0, states.min(1)), np.maximum(0, states.max(1))
    step = np.where(hi > lo, (hi - lo) / np.float32(255), np.float32(1)).astype(np.float32)
    zero = np.rint(-lo / step)
    q = np.clip(np.rint(states / step[:, None]) + zero[:, None], 0, 255)
    total = q @ w.T.astype(np.float64) - zero[:, None] * w.astype(np.float64).sum(1)
    return np.maximum(0, step[:, None] * scale * total + bias)


def softmax(x: np.ndarray) -> np.ndarray:
    e = np.exp(x - x.max(-1, keepdims=True))
    return e / e.sum(-1, keepdims=True)


def sentences_of(pack: dict, h: np.ndarray, ends: list[int]) -> np.ndarray:
    """deed.lift of the contexts, a row a sentence."""
    size, n = h.shape[1], len(ends)
    mean = [np.zeros(size)] + [h[a:b].mean(0) for a, b in zip([0] + ends, ends)] + [np.zeros(size)]
    lead = np.mean(mean[1:1 + min(4, n)], axis=0)
    parts = np.stack([np.concatenate([mean[k], mean[k + 1], mean[k + 2], h.mean(0), lead]) for k in range(n)])
    place = pack["deed.place"].reshape(32, -1)
    c = np.tanh(parts @ pack["deed.context"].reshape(5 * size, -1) + pack["deed.context.bias"].reshape(-1) + place[np.minimum(np.arange(n), 31)])
    q, k, v = (c @ pack["deed.views"].reshape(c.shape[1], -1)).reshape(n, 3, 4, -1).transpose(1, 2, 0, 3)
    seen = softmax(q @ k[:, :64].transpose(0, 2, 1) / q.shape[-1] ** 0.5) @ v[:, :64]
    return (c + seen.transpose(1, 0, 2).reshape(n, -1)) @ pack["deed.lift"].reshape(-1, size)


def tags_of(pack: dict, h: np.ndarray, words: list[str], ends: list[int]) -> np.ndarray:
    size = h.shape[1]
    lifted = sentences_of(pack, h, ends)
    pad = np.concatenate([np.zeros((2, size)), h, np.zeros((2, size))])
    out, k = [], 0
    for i in range(len(h)):
        while i >= ends[k]:
            k += 1
        alike = h[[x == words[i] for x in words]]
        g = pad[i:i + 5].reshape(-1) @ pack["deed.near"].reshape(5 * size, size) + pack["deed.near.bias"].reshape(-1) + lifted[k]
        g = np.maximum(0, g + np.concatenate([alike.mean(0), alike.max(0)]) @ pack["deed.same"].reshape(2 * size, size))
        y = g @ pack["deed.out"].reshape(size, -1) + pack["deed.out.bias"].reshape(-1)
        p = softmax(y[:18].reshape(6, 3))
        out.append(np.concatenate([p[:, 1], p[:, 2], 1 / (1 + np.exp(-y[18:23]))]))
    return 255 * np.array(out)


def main() -> None:
    ap = argparse.ArgumentParser()
    ap.add_argument("--tool", default="build/event_states")
    ap.add_argument("--dir", default="build")
    args = ap.parse_args()
    pack = read_pack(Path(args.dir) / "annalist.model")
    with tempfile.TemporaryDirectory() as folder:
        stem = f"{folder}/one"
        subprocess.run([args.tool, args.dir, stem], input="one\n" + REPORT.replace("\n", "\\n") + "\n", text=True, check=True)
        ends, engine, words = [], [], []
        for line in open(stem + ".words"):
            cells = line.split()
            if cells[0] == "S":
                ends.append(len(engine))
            elif cells[0] != "D":
                engine.append([int(x) for x in cells[3:]])
                words.append(REPORT.encode()[int(cells[0]):int(cells[1])].decode().lower())
                ends[-1] = len(engine)
        states = np.fromfile(stem + ".states", np.float32).reshape(len(engine), -1)
    mine = tags_of(pack, rows_of(pack, states), words, ends)
    worst = float(np.abs(mine - np.array(engine)).max())
    print(f"{len(engine)} words, {len(ends)} sentences, largest difference {worst:.2f} of 255")
    sys.exit(worst > 1)


if __name__ == "__main__":
    main()
