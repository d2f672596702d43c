"""From head outputs to labels: trees, name spans. The C++ side does the same."""
from __future__ import annotations

import numpy as np

from .data import NER_TAGS


def is_tree(heads: np.ndarray) -> bool:
    """heads [1 + n], entry 0 unused; one root word, every word reaches 0."""
    n = len(heads) - 1
    if (heads[1:] == 0).sum() != 1:
        return False
    done = np.zeros(n + 1, bool)
    done[0] = True
    for i in range(1, n + 1):
        path, j = [], i
        while not done[j]:
            if j in path:
                return False
            path.append(j)
            j = int(heads[j])
        done[path] = True
    return True


def edmonds(scores: np.ndarray) -> np.ndarray:
    """Maximum spanning arborescence; scores [n, n] (dependent, head), node 0 is the root. Returns heads [n]."""
    n = len(scores)
    scores = scores.copy()
    scores[np.arange(n), np.arange(n)] = -np.inf
    heads = scores.argmax(1)
    heads[0] = 0
    colour = np.zeros(n, int)
    cycle: list[int] = []
    for i in range(1, n):
        path, j = [], i
        while j != 0 and colour[j] == 0:
            colour[j] = -1
            path.append(j)
            j = int(heads[j])
        if j != 0 and colour[j] == -1:
            cycle = path[path.index(j):]
        colour[path] = 1
        if cycle:
            break
    if not cycle:
        return heads
    inside = np.zeros(n, bool)
    inside[cycle] = True
    rest = np.flatnonzero(~inside)
    gain = scores[cycle] - scores[cycle, heads[cycle]][:, None]  # entering the cycle at each of its words
    m = len(rest)
    small = np.full((m + 1, m + 1), -np.inf)
    small[:m, :m] = scores[np.ix_(rest, rest)]
    small[m, :m] = gain[:, rest].max(0)
    entry = np.array(cycle)[gain[:, rest].argmax(0)]
    small[:m, m] = scores[np.ix_(rest, cycle)].max(1)
    leave = np.array(cycle)[scores[np.ix_(rest, cycle)].argmax(1)]
    sub = edmonds(small)
    out = heads.copy()
    for k in range(1, m):
        out[rest[k]] = leave[k] if sub[k] == m else rest[sub[k]]
    outer = sub[m]
    out[entry[outer]] = rest[outer]
    return out


def tree(scores: np.ndarray) -> np.ndarray:
    """scores [1 + n, 1 + n] -> heads [1 + n] of a tree with one root word."""
    n = len(scores) - 1
    s = scores.astype(np.float64).copy()
    s[np.arange(n + 1), np.arange(n + 1)] = -1e9
    heads = s.argmax(1)
    if is_tree(heads):
        return heads
    s -= np.log(np.exp(s - s.max(1, keepdims=True)).sum(1, keepdims=True)) + s.max(1, keepdims=True)
    best, best_total = heads, -np.inf
    for root in 1 + np.argsort(-s[1:, 0], kind="stable")[:5]:
        t = s.copy()
        t[1:, 0] = -1e9
        t[root] = -1e9
        t[root, 0] = 0
        heads = edmonds(t)
        heads[0] = 0
        total = s[np.arange(1, n + 1), heads[1:]].sum()
        if is_tree(heads) and total > best_total:
            best, best_total = heads, total
    return best


_ALLOWED = np.array([[not b.startswith("I") or (a != "O" and a[2:] == b[2:]) for b in NER_TAGS] for a in NER_TAGS])


def name_tags(logits: np.ndarray) -> list[str]:
    """logits [n, 19] -> tags, with I-X only after B-X or I-X (Viterbi)."""
    step = np.where(_ALLOWED, 0.0, -1e9)
    logp = logits - logits.max(1, keepdims=True)
    logp = logp - np.log(np.exp(logp).sum(1, keepdims=True))
    score = logp[0] + step[0]
    back = []
    for row in logp[1:]:
        total = score[:, None] + step
        back.append(total.argmax(0))
        score = total.max(0) + row
    at = int(score.argmax())
    out = [at]
    for b in reversed(back):
        at = int(b[at])
        out.append(at)
    return [NER_TAGS[i] for i in reversed(out)]


def spans(tags: list[str]) -> list[tuple[int, int, str]]:
    """(begin, end, type) of BIO tags."""
    out, begin = [], None
    for i, tag in enumerate(tags + ["O"]):
        if begin is not None and not (tag.startswith("I") and tag[2:] == tags[begin][2:]):
            out.append((begin, i, tags[begin][2:]))
            begin = None
        if tag != "O" and begin is None:
            begin = i
    return out
