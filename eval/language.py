#!/usr/bin/env python3
"""What the shared scorers do not count of the language layer. Standard library and zstd only.

usage: language.py roles --annalist build/annalist --gold srl_ewt/dev.jsonl [--json]
       language.py speed --annalist build/annalist --gold ud_ewt/dev.conllu.zst [--json]   needs build/bench_lang
       language.py load  --annalist build/annalist --gold REPORTS.jsonl [--json]
       language.py gate  --annalist build/annalist --gold REPORTS.jsonl [--json]

roles: PropBank by `annalist parse --conllu --roles`. Argument heads and rolesets with the gold predicates given, labelled,
micro F1; predicates by the model itself. speed: words of CPU time, median of three runs of bench_lang. load: the whole
process of `annalist --version`, which opens all three files: CPU and wall, median of nine; cold: the files thrown out of
the page cache before; and the resident memory of coding the reports. gate: of the sentences in which the accurate line
finds the trigger of an event (any type and status), the share in which the gated line finds one; and the share of all
sentences that the accurate tier then read.
"""
import argparse
import json
import os
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile
import time

FILES = ("annalist", "annalist.model", "annalist.gazetteer", "annalist.codebook")


def f1(right, found, gold):
    return 200 * right / (found + gold) if found + gold else 0.0


def parse_roles(annalist, sentences, given):
    """-> for each sentence {predicate: (roleset, {(argument, role)})}, words counted from 0."""
    text = "".join("".join(f"{i + 1}\t{w}" + "\t_" * 7 + "\t" + ("Pred=_" if i in preds else "_") + "\n" for i, w in enumerate(words)) + "\n"
                   for words, preds in ((s["tokens"], {p["p"] for p in s["srl"]} if given else ()) for s in sentences))
    done = subprocess.run([annalist, "parse", "--conllu", "--roles"], input=text.encode(), stdout=subprocess.PIPE, check=True)
    out = []
    for block in done.stdout.decode().rstrip("\n").split("\n\n"):
        found = {}
        for word, line in enumerate(block.split("\n")):
            misc = dict(note.split("=", 1) for note in line.split("\t")[9].split("|") if "=" in note)
            if "Pred" in misc:
                args = (a.split(":", 1) for a in misc.get("Args", "").split(",") if a)
                found[word] = misc["Pred"], {(int(w) - 1, role) for w, role in args}
        out.append(found)
    return out


def roles(a):
    sentences = [json.loads(line) for line in a.gold.read_text(encoding="utf-8").splitlines()]
    right = found = gold = senses = preds = preds_right = preds_found = 0
    for s, known, free in zip(sentences, parse_roles(a.annalist, sentences, True), parse_roles(a.annalist, sentences, False), strict=True):
        for p in s["srl"]:
            roleset, args = known.get(p["p"], ("", set()))
            wanted = {(x[3], x[0]) for x in p["args"]}
            right, found, gold = right + len(args & wanted), found + len(args), gold + len(wanted)
            senses += roleset == p["roleset"]
        wanted = {p["p"] for p in s["srl"]}
        preds, preds_found, preds_right = preds + len(wanted), preds_found + len(free), preds_right + len(wanted & set(free))
    return {"argument heads": f1(right, found, gold), "rolesets": 100 * senses / preds, "predicates": f1(preds_right, preds_found, preds)}


def speed(a):
    bench = a.annalist.resolve().parent / "bench_lang"
    if not bench.exists():
        raise SystemExit(f"language.py: {bench} is not built: ninja -C {bench.parent} bench_lang")
    with tempfile.NamedTemporaryFile(suffix=".conllu") as words:
        words.write(subprocess.run(["zstd", "-dc", str(a.gold)], check=True, capture_output=True).stdout)
        words.flush()
        out = {}
        for tier in ("accurate", "fast"):
            runs = [subprocess.run([str(bench), str(bench.parent / "annalist.model"), words.name, "2", tier], check=True, capture_output=True,
                                   text=True).stdout for _ in range(3)]
            out[tier] = statistics.median(float(re.search(r": (\d+) words/s", r)[1]) for r in runs)
    return out


def used(command):
    """(wall ms, CPU ms, resident MB) of a command."""
    start = time.monotonic()
    pid = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(pid.pid, 0)
    pid.returncode = os.waitstatus_to_exitcode(status)
    if pid.returncode:
        raise RuntimeError(f"{command}: status {pid.returncode}")
    return 1000 * (time.monotonic() - start), 1000 * (usage.ru_utime + usage.ru_stime), usage.ru_maxrss / 1024


def load(a):
    folder, version = a.annalist.resolve().parent, [str(a.annalist.resolve()), "--version"]

    def forget():
        for name in FILES:
            with open(folder / name, "rb") as f:
                os.posix_fadvise(f.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    runs = []
    for _ in range(9):
        forget()
        cold, _, _ = used(version)
        runs.append((cold, *used(version)))
    cold, wall, cpu, _ = (statistics.median(column) for column in zip(*runs))
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as given:
        given.write("".join(json.dumps(r) + "\n" for r in reports(a.gold)))
        given.flush()
        memory = {how: used([str(a.annalist), "code", given.name, "--threads", "1", *flags])[2]
                  for how, flags in (("accurate", []), ("fast", ["--tier", "fast"]), ("gated", ["--gate"]))}
    return {"cold ms": cold, "wall ms": wall, "CPU ms": cpu} | {f"MB {how}": mb for how, mb in memory.items()}


def reports(path):
    """At most 150 of the reports, evenly from all: {id, text}."""
    if path.name.endswith(".sgm"):
        raise SystemExit("language.py: JSON lines are wanted")
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    step = max(1, len(rows) // 150)
    return [{"id": str(r.get("id") or r.get("doc_id")), "text": r["text"]} for r in rows[::step][:150]]


def event_sentences(annalist, given, *flags):
    done = subprocess.run([annalist, "code", given, "--layers", "sentences,events", *flags], check=True, capture_output=True, text=True)
    coded = [json.loads(line) for line in done.stdout.splitlines()]
    said = re.search(r"accurate tier read (\d+) of (\d+)", done.stderr)
    return ({(d["id"], m["sentence"]) for d in coded for e in d["events"] for m in e["mentions"]}, said and (int(said[1]), int(said[2])))


def gate(a):
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as given:
        given.write("".join(json.dumps(r) + "\n" for r in reports(a.gold)))
        given.flush()
        accurate, _ = event_sentences(a.annalist, given.name)
        fast, _ = event_sentences(a.annalist, given.name, "--tier", "fast")
        gated, (passed, of) = event_sentences(a.annalist, given.name, "--gate")
    return {"recall": 100 * len(accurate & gated) / len(accurate), "passed": 100 * passed / of, "sentences": of, "with events": len(accurate),
            "fast recall": 100 * len(accurate & fast) / len(accurate), "precision": 100 * len(accurate & gated) / len(gated)}


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("what", choices=("roles", "speed", "load", "gate"))
    ap.add_argument("--annalist", type=pathlib.Path, required=True)
    ap.add_argument("--gold", type=pathlib.Path, required=True)
    ap.add_argument("--json", action="store_true")
    a = ap.parse_args()
    values = {"roles": roles, "speed": speed, "load": load, "gate": gate}[a.what](a)
    if a.json:
        print(json.dumps({"score": next(iter(values.values())), "rows": [{"name": n, "value": v} for n, v in values.items()]}))
    else:
        print("\n".join(f"{n:16}{v:10.1f}" for n, v in values.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
