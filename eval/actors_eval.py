#!/usr/bin/env python3
"""Resolved actors: the share of assertions met on a list of actor phrases. Standard library only.

usage: actors_eval.py --annalist build/annalist --gold ngec_actor_tests/dev.jsonl [--errors] [--json]

A record is {text, args, expect}: a phrase, perhaps a country as context and a day, and what a coder must say of it.
Every phrase is coded as a report of its own by `annalist code`: the phrase is its first paragraph, the context (if any)
its second, the day its date of publication ("today" and no day: 2022-11-01, when the list was made). The answer is the
entity of the longest name or noun phrase of the first paragraph that is an actor, else of the longest; the earlier of two. Assertions counted, each once:
  country, cc   the country code; "" asks for none. UNO is a body of the United Nations.
  code_1, code_2  the sector: our CAMEO-style roles after the country, renamed to PLOVER's by SECTOR below
  wiki, title   the identity: the title is our name or one of our aliases of that entry, folded
Not counted: keys about the other program's inner workings (pattern, source, text, actor_wiki_job) and records that
assert nothing. Assertions that cannot be met ("????", a country where a sector belongs) stay in the denominator.
"""
import argparse
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import unicodedata

HERE = pathlib.Path(__file__).resolve().parent
MADE = "2022-11-01"
SECTOR = {"MED": "JRN", "HLH": "MED", "NGM": "JRN", "PTY": "PTY", "RAD": "REB", "SEP": "REB", "INS": "REB",
          **dict.fromkeys("MOS CHR JEW SHI SUN HIN SIK CTH DOX CPT ALE DRZ YZD".split(), "REL")}
MONTHS = {m: i + 1 for i, m in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split())}


def folded(text):
    text = "".join(c for c in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(c))
    return " ".join(w for w in re.sub(r"[^a-z0-9]+", " ", re.sub(r"['’.]", "", text)).split() if w not in ("the", "al", "el"))


def day_of(text):
    if m := re.match(r"(\d{4})-(\d\d)-(\d\d)$", text):
        return text
    words = re.findall(r"[a-z]+|\d+", text.lower())
    year = next((w for w in words if len(w) == 4 and w.isdigit()), None)
    month = next((MONTHS[w[:3]] for w in words if w[:3] in MONTHS), None)
    day = next((int(w) for w in words if w.isdigit() and len(w) <= 2), 1)
    return f"{year}-{month:02}-{day:02}" if year and month else MADE


def question(record):
    """(phrase, context, day) of a record."""
    context, day = "", MADE
    args = record["args"]
    for key, value in re.findall(r"(?:(\w+)=)?\"([^\"]*)\"", args if isinstance(args, str) else ""):
        if key == "query_date" or re.search(r"\d{4}|today", value):
            day = day_of(value)
        elif value:
            context = value
    return record["text"], context, day


def aliases(folder):
    """id -> folded names, from the texts below data/actors."""
    out = {}
    for path in sorted(folder.glob("*.txt")):
        entry = None
        for line in path.read_text(encoding="utf-8").splitlines():
            if m := re.match(r"\[(.+)\]", line):
                entry = out.setdefault(m[1], set())
            elif entry is not None and (m := re.match(r"(?:name|alias): (.*)", line)):
                entry.update(folded(re.sub(r" \(.*\)", "", a)) for a in m[1].split(";"))
    for line in (folder / "persons.tsv").read_text(encoding="utf-8").splitlines():
        cells = line.split("\t")
        if len(cells) > 3 and not line.startswith("#"):
            out.setdefault(cells[0], set()).update(folded(a) for a in [cells[1], *cells[2].split(";")])
    return out


def answer(doc, phrase, known):
    best, size = None, (False, 0)
    for entity in doc["entities"]:
        for m in entity["mentions"]:
            how = ((entity.get("actor") or {}).get("kind") not in (None, "none"), m["end"] - m["start"])
            if m["form"] != "pronoun" and m["start"] < len(phrase) and how > size:
                best, size = entity, how
    if not best:
        return {"country": "", "codes": [], "names": set(), "kind": ""}
    actor = best.get("actor") or {}
    code = (actor.get("codes") or {}).get("cameo") or ""
    country = actor.get("country") or ""
    if country and code.startswith(country):
        code = code[3:]
    codes = [c for c in re.findall("...", code) if not (c == "IGO" and country == "")] or ([code] if code else [])
    if actor.get("kind") == "militia":
        codes = ["PRM" if c == "UAF" else c for c in codes]
    names = {folded(best["name"])} | {folded(actor.get("name") or "")} | known.get(actor.get("id"), set())
    if actor.get("id") in ("un", "united-nations") or code.startswith(("IGOUNO", "UNO")):
        country = country or "UNO"
    return {"country": country, "codes": [SECTOR.get(c, c) for c in codes], "names": names - {""}, "kind": actor.get("kind")}


def checks(expect, got):
    """[(assertion, wanted, met)]"""
    out = []
    for key, value in expect.items():
        if key in ("country", "cc"):
            out.append((key, value, got["country"] == value))
        elif key in ("code_1", "code_2"):
            at = 0 if key == "code_1" else 1
            out.append((key, value, (got["codes"][at] if len(got["codes"]) > at else "") == value))
        elif key in ("wiki", "title"):
            title = folded(re.sub(r" \(.*\)", "", value))
            out.append((key, value, title in got["names"] if title else True))
    return out


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--annalist", type=pathlib.Path, required=True)
    ap.add_argument("--gold", type=pathlib.Path, required=True)
    ap.add_argument("--data", type=pathlib.Path, default=HERE.parent / "data/actors")
    ap.add_argument("--errors", action="store_true", help="print every assertion not met")
    ap.add_argument("--json", action="store_true")
    a = ap.parse_args()
    records = [json.loads(line) for line in a.gold.read_text(encoding="utf-8").splitlines()]
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as given:
        for i, r in enumerate(records):
            phrase, context, day = question(r)
            text = phrase + (f"\n\n{context}" if context else "")
            given.write(json.dumps({"id": str(i), "text": text, "date": day}) + "\n")
        given.flush()
        done = subprocess.run([str(a.annalist.resolve()), "code", given.name], capture_output=True)
    docs = {d["id"]: d for d in map(json.loads, done.stdout.splitlines())}
    known = aliases(a.data)
    met, asked = {}, {}
    for i, r in enumerate(records):
        got = answer(docs[str(i)], r["text"], known)
        for key, wanted, ok in checks(r["expect"], got):
            kind = {"cc": "country", "title": "identity", "wiki": "identity"}.get(key, "sector" if key.startswith("code") else key)
            asked[kind] = asked.get(kind, 0) + 1
            met[kind] = met.get(kind, 0) + ok
            if a.errors and not ok:
                print(f"{r['text']!r} {r['args']} {key}: want {wanted!r}; got {got['country']!r} {got['codes']} {got['kind']} {sorted(got['names'])[:2]}")
    total = 100 * sum(met.values()) / sum(asked.values())
    rows = [{"name": k, "value": 100 * met[k] / asked[k], "n": asked[k]} for k in sorted(asked)]
    if a.json:
        print(json.dumps({"score": total, "rows": rows}))
    else:
        print(f"assertions met {total:.1f} of {sum(asked.values())}  " + "  ".join(f"{r['name']} {r['value']:.1f} of {r['n']}" for r in rows))
    return 0


if __name__ == "__main__":
    sys.exit(main())
