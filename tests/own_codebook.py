#!/usr/bin/env python3
"""A type of the user's own: the guide's example works as printed, and mistakes are named with file and line.

usage: own_codebook.py ANNALIST
"""
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

ANNALIST = os.path.abspath(sys.argv[1])
BUILD = pathlib.Path(ANNALIST).parent
GUIDE = pathlib.Path(__file__).resolve().parent.parent / "docs/guide/own-types.md"


def run(*args, stdin=None):
    return subprocess.run([ANNALIST, *map(str, args)], input=stdin, capture_output=True, text=True, timeout=120)


def check(name, condition, detail=""):
    if not condition:
        sys.exit(f"own codebook: {name} {detail}")


with tempfile.TemporaryDirectory() as tmp:
    tmp = pathlib.Path(tmp)
    mine = tmp / "mine"
    # The files that the guide prints, each behind its name.
    for name, text in re.findall(r"`mine/([a-z/-]+\.txt)`.*?```\n(.*?)```", GUIDE.read_text(), re.S):
        (mine / name).parent.mkdir(parents=True, exist_ok=True)
        (mine / name).write_text(text)
    check("the guide names three files", len(list(mine.rglob("*.txt"))) == 3)
    done = run("codebook", "check", mine)
    check("examples hold", done.returncode == 0 and "3 of 3 examples hold" in done.stdout, done.stderr + done.stdout)

    data = tmp / "data"
    data.mkdir()
    for part in ("model", "gazetteer"):
        (data / f"annalist.{part}").symlink_to(BUILD / f"annalist.{part}")
    check("builds", run("codebook", "build", mine, "-o", data / "annalist.codebook").returncode == 0)
    report = {"id": "a", "date": "2021-05-04", "text": "Rangers denied that soldiers had poached four gorillas in Virunga on Monday."}
    done = run("code", "--data", data, "-", stdin=json.dumps(report))
    events = json.loads(done.stdout)["events"]
    check("a denied poaching", ("poaching", "denied") in [(e["type"], e["status"]) for e in events], str(events))
    check("shipped types stay", run("code", "-", stdin=json.dumps(report)).returncode == 0)

    frames = mine / "frames/mine.txt"
    good = frames.read_text()
    for name, old, new, said in [("unknown class", "obj wild", "obj wilde", "frames/mine.txt:7: no word class 'wilde'"),
                                 ("unknown type", "type: poaching", "type: poching", "no event type 'poching'"),
                                 ("unknown key", "actor: subj", "acter: subj", "unknown key 'acter'"),
                                 ("no example", "must: The poaching", "note: The poaching", "has no 'must' sentence")]:
        frames.write_text(good.replace(old, new, 1))
        done = run("codebook", "check", mine)
        check(name, done.returncode == 2 and said in done.stderr, done.stderr)
    frames.write_text(good.replace("nine elephants", "nine eggs"))
    done = run("codebook", "check", mine)
    check("a failing example", done.returncode == 1 and "nine eggs" in done.stderr and "2 of 3" in done.stdout, done.stderr)
    for args in [("check",), ("build",), ("mend", mine), ("check", tmp / "nowhere"), ("check", data / "x")]:
        check(f"refuses {args}", run("codebook", *args).returncode == 2)
print("own codebook: the guide's example and 10 mistakes")
