#!/usr/bin/env python3
"""PETRARCH's unit records coded by us with its own dictionaries, read by our importer. Standard library only.

usage: petrarch_eval.py --annalist build/annalist --data data --records unit_tests.jsonl --dictionaries DIR [--errors]

The validation dictionaries are imported (annalist data import), put in the place of our actors and frames (annalist
data build --with --without), and the records coded as plain text with their dates. Scored as in our notes on event
coders: a record's pairs (source code, target code) as a set, null actors ("---GOV": an agent of
nobody) left out on both sides; micro P, R,
F over all records but those marked as errors. "exact" is the share of records with the very set. Dated codes count:
an actor has the code of the record's day. Also given: F of the full triples with the event code.
"""
import argparse
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile


def pairs_of(doc, agents):
    """{(source, target, code)} of a coded document; a bare agent ("---GOV" there, "GOV" here) is nobody."""
    entities = {e["id"]: e for e in doc["entities"]}
    out = set()
    for v in doc["events"]:
        code = v.get("cameo") or ""
        sides = {"actor": [], "target": []}
        for a in v["actors"]:
            actor = (entities.get(a["entity"]) or {}).get("actor") or {}
            for c in filter(None, ((actor.get("codes") or {}).get("cameo") or "").split("/")):
                if a["role"] in sides and c not in sides[a["role"]] and c not in agents:
                    sides[a["role"]].append(c)
        there, back = (code.split(":") + [code])[:2] if ":" in code else (code, None)
        for s in sides["actor"]:
            for t in sides["target"]:
                out.add((s, t, there))
                if back is not None:
                    out.add((t, s, back))
        if not sides["target"]:  # "X and Y agree": each with each
            out.update((s, t, there) for s in sides["actor"] for t in sides["actor"] if s != t)
    return out


def score(gold, made):
    both = sum(len(gold[k] & made[k]) for k in gold)
    p, r = both / max(1, sum(map(len, made.values()))), both / max(1, sum(map(len, gold.values())))
    return p, r, 2 * p * r / max(p + r, 1e-9)


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--annalist", type=pathlib.Path, required=True)
    ap.add_argument("--data", type=pathlib.Path, required=True, help="the project's data folder")
    ap.add_argument("--records", type=pathlib.Path, required=True)
    ap.add_argument("--dictionaries", type=pathlib.Path, required=True)
    ap.add_argument("--errors", action="store_true")
    ap.add_argument("--json", action="store_true")
    a = ap.parse_args()
    tool = str(a.annalist.resolve())
    beside = a.annalist.resolve().parent
    with tempfile.TemporaryDirectory() as temporary:
        work = pathlib.Path(temporary)
        (work / "own/actors").mkdir(parents=True)
        for form, name, to in (("petrarch-actors", "actors", "own/actors/imported.txt"), ("petrarch-agents", "agents", "own/actors/nouns.tsv"),
                               ("petrarch-verbs", "verbs", "own/codebook")):
            done = subprocess.run([tool, "data", "import", form, str(a.dictionaries / f"PETR.Validate.{name}.txt"), "-o", str(work / to)],
                                  capture_output=True, text=True)
            if done.returncode == 2:
                sys.exit(done.stderr)
            print(done.stderr.splitlines()[-1], file=sys.stderr)
        for kept in ("modifiers.tsv", "ties.tsv", "name-words.tsv"):
            shutil.copy(a.data / "actors" / kept, work / "own/actors" / kept)
        agents = {line.split("\t")[2] for line in (work / "own/actors/nouns.tsv").read_text().splitlines() if line.count("\t") == 3}
        (work / "run").mkdir()
        for f in ("annalist.model", "annalist.gazetteer"):
            (work / "run" / f).symlink_to(beside / f)
        subprocess.run([tool, "data", "build", "--data-dir", str(a.data), "--with", str(work / "own"), "--without", "actors/,codebook/frames/",
                        "-o", str(work / "run/annalist.codebook")], check=True)
        records = [json.loads(line) for line in a.records.read_text(encoding="utf-8").splitlines()]
        records = [r for r in records if not any("error" in e for e in r["events"])]
        given = work / "records.jsonl"
        with open(given, "w", encoding="utf-8") as out:
            for i, r in enumerate(records):
                d = r["date"]
                out.write(json.dumps({"id": str(i), "text": r["text"], "date": f"{d[:4]}-{d[4:6]}-{d[6:8]}"}) + "\n")
        done = subprocess.run([tool, "code", "--data", str(work / "run"), str(given)], capture_output=True)
    docs = {int(d["id"]): d for d in map(json.loads, done.stdout.splitlines())}
    gold, made, gold3, made3 = {}, {}, {}, {}
    for i, r in enumerate(records):
        gold3[i] = {(e["sourcecode"], e["targetcode"], e["eventcode"]) for e in r["events"]
                    if {"sourcecode", "targetcode", "eventcode"} <= e.keys() and not e["sourcecode"].startswith(("---", "###")) and
                    not e["targetcode"].startswith(("---", "###"))}
        made3[i] = pairs_of(docs[i], agents)
        gold[i], made[i] = {t[:2] for t in gold3[i]}, {t[:2] for t in made3[i]}
        if a.errors and gold[i] != made[i]:
            print(r["id"], "|", r["text"][:160], "| gold", sorted(gold3[i]), "| ours", sorted(made3[i]))
    p, r, f = score(gold, made)
    exact = sum(gold[i] == made[i] for i in gold) / len(gold)
    f3 = score(gold3, made3)[2]
    if a.json:
        print(json.dumps({"score": 100 * f, "rows": [{"name": "precision", "value": 100 * p}, {"name": "recall", "value": 100 * r},
                                                      {"name": "exact", "value": 100 * exact}, {"name": "triple F", "value": 100 * f3}]}))
    else:
        print(f"dyad F {100 * f:.1f} (P {100 * p:.1f}, R {100 * r:.1f}) on {len(gold)} records; exact {100 * exact:.1f}; triple F {100 * f3:.1f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
