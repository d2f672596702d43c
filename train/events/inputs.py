"""Inputs of event_states: records of a JSONL file on standard input as two lines each, id and text, with "\\n" for line
ends and "\\\\" for backslashes. With a .words file of the same texts (made from them in capitals), writes the texts as mixed
case would have them, by the parts of speech: names keep a capital, initialisms stay, all else becomes small.

    python3 inputs.py [--small CAPS.words] [--most N] < records.jsonl > inputs"""
from __future__ import annotations

import argparse
import json
import sys

VOWELS = set(b"aeiouAEIOU")


def spans(path: str) -> dict[str, list[list[tuple[int, int, str]]]]:
    """id -> sentences of (begin, end, part of speech), in bytes."""
    out: dict[str, list[list[tuple[int, int, str]]]] = {}
    for line in open(path):
        mark, _, rest = line.strip().partition(" ")
        if mark == "D":
            doc = out.setdefault(rest, [])
        elif mark == "S":
            doc.append([])
        else:
            end, upos = rest.split()[:2]
            doc[-1].append((int(mark), int(end), upos))
    return out


def is_initialism(word: bytes) -> bool:
    return b"." in word or (len(word) <= 5 and word.isalpha() and not set(word) & VOWELS)


def small(text: str, sentences: list[list[tuple[int, int, str]]]) -> str:
    raw = text.encode()
    out = bytearray(raw.lower())  # bytes.lower() leaves what is not ASCII alone, so offsets hold
    for sentence in sentences:
        first = True
        for begin, end, upos in sentence:
            word = raw[begin:end]
            if upos == "PROPN":
                out[begin:end] = word if is_initialism(word) else word[:1] + word[1:].lower()
            elif first and word.isalpha():
                out[begin:end] = word[:1] + word[1:].lower()
            first = first and not word.isalpha()
    return out.decode()


def main() -> None:
    ap = argparse.ArgumentParser()
    ap.add_argument("--small")
    ap.add_argument("--most", type=int, default=1 << 30)
    args = ap.parse_args()
    words = spans(args.small) if args.small else {}
    for i, line in enumerate(sys.stdin):
        if i == args.most:
            break
        record = json.loads(line)
        key = str(next(record[k] for k in ("docid", "id", "doc_id") if k in record))
        text = small(record["text"], words[key]) if args.small else record["text"]
        print(key)
        print(text.replace("\\", "\\\\").replace("\r", " ").replace("\n", "\\n"))


if __name__ == "__main__":
    main()
