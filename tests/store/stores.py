"""What the tests of the store from outside share: the program, checks that are counted, commands whose status is checked.

  from stores import ROOT, check, coded_samples, events_of, finish, run

The program is the first word of the command line.
"""
import json
import os
import pathlib
import subprocess
import sys

BINARY = os.path.abspath(sys.argv[1])
ROOT = pathlib.Path(__file__).resolve().parents[2]
faults = 0


def check(condition, what):
    """Says what is wrong and goes on."""
    global faults
    if not condition:
        faults += 1
        print(f"FAILED: {what}", file=sys.stderr)


def run(*args, status=0, **more):
    """Runs a command; another exit status than `status` is a fault (None: any)."""
    done = subprocess.run([BINARY, *map(str, args)], capture_output=True, text=True, **more)
    if status is not None:
        check(done.returncode == status, f"{args}: status {done.returncode}, wanted {status}: {done.stderr[-400:]}")
    return done


def refused(words, *args, **more):
    """Runs a command that must be refused, with these words."""
    done = run(*args, status=2, **more)
    check(words in done.stderr, f"{args}: wanted '{words}', got: {done.stderr[-300:]}")


def coded_samples(path):
    """Codes the samples into a file of JSONL and gives the reports."""
    path.write_text(run("code", *sorted((ROOT / "samples/reports").iterdir())).stdout, encoding="utf-8")
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def events_of(store, *more):
    """All events of a store, whatever their status."""
    return [json.loads(line) for line in run("query", store, "--format", "jsonl", "--limit", "0", "--status", "all", *more).stdout.splitlines()]


def finish(name):
    print(f"{name}: {faults} faults")
    sys.exit(faults != 0)
