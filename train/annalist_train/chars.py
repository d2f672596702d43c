"""Character tables, word shapes and word pieces, exactly as docs/formats/model.md defines them."""
from __future__ import annotations

import unicodedata
from functools import lru_cache

import numpy as np

LIMIT = 0x3000
UPPER, LETTER, DIGIT, PUNCT, SPACE, DROP = 1, 2, 4, 8, 16, 32
UNK, CLS, SEP = 100, 101, 102
MAX_WORD_PIECES = 12
SHAPES = 11


def _class(cp: int) -> int:
    ch = chr(cp)
    if ch in "\t\n\r":
        return SPACE
    cat = unicodedata.category(ch)
    if cat == "Zs":
        return SPACE
    if cat[0] == "C":
        return DROP
    bits = 0
    if cat in ("Lu", "Lt"):
        bits |= UPPER
    elif cat[0] == "L":
        bits |= LETTER
    elif cat == "Nd":
        bits |= DIGIT
    ascii_symbol = 33 <= cp <= 47 or 58 <= cp <= 64 or 91 <= cp <= 96 or 123 <= cp <= 126
    if ascii_symbol or cat[0] == "P":
        bits |= PUNCT
    return bits


def _norm(cp: int) -> str:
    low = unicodedata.normalize("NFD", chr(cp).lower())
    return "".join(c for c in low if unicodedata.category(c) != "Mn")


CLASS = [_class(cp) for cp in range(LIMIT)]
NORM = [_norm(cp) for cp in range(LIMIT)]


def tables() -> tuple[np.ndarray, np.ndarray]:
    """The sections chars.class u8 [12288] and chars.norm u32 [12288, 3]."""
    norm = np.zeros((LIMIT, 3), np.uint32)
    for cp, text in enumerate(NORM):
        assert len(text) <= 3, hex(cp)
        for i, ch in enumerate(text):
            norm[cp, i] = ord(ch)
    return np.array(CLASS, np.uint8), norm


def char_class(ch: str) -> int:
    return CLASS[ord(ch)] if ord(ch) < LIMIT else LETTER


def word_shapes(words: list[str]) -> list[int]:
    """One shape id (1..10) a word."""
    out, letters_seen = [], False
    for word in words:
        upper = other = digits = 0
        first_upper = None
        for ch in word:
            bits = char_class(ch)
            upper += bool(bits & UPPER)
            other += bool(bits & LETTER)
            digits += bool(bits & DIGIT)
            if first_upper is None and bits & (UPPER | LETTER):
                first_upper = bool(bits & UPPER)
        first = not letters_seen and upper + other > 0
        letters_seen |= upper + other > 0
        if upper + other == 0:
            shape = 7 if digits else 9
        elif digits:
            shape = 8
        elif upper == 0:
            shape = 1
        elif other == 0:
            shape = 6 if upper == 1 else 4
        elif upper == 1 and first_upper:
            shape = 3 if first else 2
        else:
            shape = 10 if first_upper else 5
        out.append(shape)
    return out


class WordPieces:
    """Greedy longest-match word pieces over a BERT vocabulary."""

    def __init__(self, vocab: list[str]):
        self.vocab = vocab
        self.ids = {piece: i for i, piece in enumerate(vocab)}
        self.word = lru_cache(maxsize=400_000)(self._word)

    @staticmethod
    def basic(word: str) -> list[str]:
        out, current = [], ""
        for ch in word:
            cp = ord(ch)
            bits = CLASS[cp] if cp < LIMIT else PUNCT
            if bits & DROP:
                continue
            if bits & (SPACE | PUNCT):
                if current:
                    out.append(current)
                current = ""
                if bits & PUNCT:
                    out.append(ch if cp >= LIMIT else NORM[cp])
            else:
                current += NORM[cp]
        if current:
            out.append(current)
        return [t for t in out if t]

    def _cut(self, token: str) -> list[int]:
        if len(token) > 100:
            return [UNK]
        pieces, at = [], 0
        while at < len(token):
            for end in range(len(token), at, -1):
                piece = self.ids.get(("##" if at else "") + token[at:end])
                if piece is not None:
                    pieces.append(piece)
                    at = end
                    break
            else:
                return [UNK]
        return pieces

    def _word(self, word: str) -> tuple[int, ...]:
        pieces = [p for token in self.basic(word) for p in self._cut(token)]
        return tuple(pieces[:MAX_WORD_PIECES]) or (UNK,)
