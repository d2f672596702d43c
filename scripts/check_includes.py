#!/usr/bin/env python3
"""Checks the direction of includes and the house rules that can be read off the source text.

base <- doc, pack <- {source, page, lang, time, place, actor} <- event <- claim <- {story, state, export, serve} <- pipeline <- tools.
Siblings in braces never include each other. Only base and source touch the operating system. The library never prints or exits.
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
RANKS = [["base"], ["doc", "pack"], ["source", "page", "lang", "time", "place", "actor", "store"], ["event"], ["claim"],
         ["story", "state", "export", "serve"], ["pipeline"]]
RANK = {name: rank for rank, names in enumerate(RANKS) for name in names}
SYSTEM = re.compile(r'^\s*#include <(unistd|fcntl|sys/\w+|dirent|filesystem|fstream|netdb|arpa/\w+|cstdlib)(\.h)?>')
PRINTS = re.compile(r'\b(printf|puts|fputs|exit|abort|system|getenv)\s*\(|std::c(out|err)\b')


def faults():
    for path in sorted((ROOT / "src").rglob("*")):
        if path.suffix not in (".h", ".cpp"):
            continue
        layer = path.relative_to(ROOT / "src").parts[0]
        if layer not in RANK:
            yield f"{path.relative_to(ROOT)}:1: folder '{layer}' has no place in the house order (scripts/check_includes.py)"
            continue
        lines = path.read_text(encoding="utf-8").splitlines()
        if len(lines) > 600:
            yield f"{path.relative_to(ROOT)}: {len(lines)} lines; files are split by 600"
        for number, line in enumerate(lines, 1):
            at = f"{path.relative_to(ROOT)}:{number}"
            include = re.match(r'\s*#include "([^"/]+)/', line)
            if include and include[1] != layer:
                other = include[1]
                if other not in RANK:
                    yield f"{at}: includes unknown folder '{other}'"
                elif RANK[other] >= RANK[layer]:
                    yield f"{at}: {layer} must not include {other}"
            code = line.split("//")[0]
            if SYSTEM.match(line) and layer not in ("base", "source"):
                yield f"{at}: only base and source touch the operating system"
            if PRINTS.search(re.sub(r'"(\\.|[^"\\])*"', '""', code)):
                yield f"{at}: the library never prints, exits or reads the environment"


def main():
    found = list(faults())
    for fault in found:
        print(fault, file=sys.stderr)
    print(f"include check: {len(found)} faults")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
