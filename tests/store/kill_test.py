#!/usr/bin/env python3
"""Kills an ingest at random points and looks whether anything is lost or double.

  kill_test.py ANNALIST CODED.jsonl --reports 10000 --kills 100

Reports are made from the coded ones (make_reports.py). One store is filled undisturbed. Another is filled by runs
that are killed with SIGKILL after random times, each taking up where the last one died, until all kills are spent
and a last run ends by itself; `verify --deep` runs after every tenth kill and at the end. Both stores must then hold
the same reports, events, claims and arguments, each once.
"""
import argparse
import pathlib
import random
import sqlite3
import subprocess
import sys
import tempfile
import time

parser = argparse.ArgumentParser()
parser.add_argument("annalist")
parser.add_argument("coded")
parser.add_argument("--reports", type=int, default=400)
parser.add_argument("--kills", type=int, default=5)
parser.add_argument("--seed", type=int, default=1)
args = parser.parse_args()


def content(path):
    """What the store says, without row numbers and times."""
    with sqlite3.connect(path) as db:
        return [sorted(db.execute(q)) for q in (
            "SELECT uid, sha256, events, claims, digest FROM documents",
            "SELECT i.given_id, uid FROM document_ids i JOIN documents d ON d.id = i.document",
            "SELECT uid, type, status, date, coalesce(place_name, ''), digest FROM events WHERE recorded_to IS NULL",
            "SELECT e.uid, a.position, a.role, a.name FROM event_actors a JOIN events e ON e.id = a.event",
            "SELECT uid, stance, digest FROM claims WHERE recorded_to IS NULL",
            "SELECT e.uid, c.uid FROM event_claims x JOIN events e ON e.id = x.event JOIN claims c ON c.id = x.claim",
            "SELECT count(*) FROM spans", "SELECT count(*) FROM controls", "SELECT count(*) FROM relations")]


def verify(path, deep):
    run = subprocess.run([args.annalist, "verify", path] + (["--deep"] if deep else []), capture_output=True, text=True)
    if run.returncode != 0:
        sys.exit(f"verify after a kill: {run.stdout}{run.stderr}")


with tempfile.TemporaryDirectory() as folder:
    folder = pathlib.Path(folder)
    reports, whole, killed = folder / "reports.jsonl", str(folder / "whole.db"), str(folder / "killed.db")
    with open(reports, "w", encoding="utf-8") as out:
        subprocess.run([sys.executable, str(pathlib.Path(__file__).with_name("make_reports.py")), args.coded, str(args.reports)],
                       stdout=out, check=True)
    command = [args.annalist, "ingest", "--alone", "--threads", "1"]
    start = time.monotonic()
    subprocess.run(command + [whole, str(reports)], check=True, stderr=subprocess.DEVNULL)
    took = time.monotonic() - start
    draw = random.Random(args.seed)
    spent, runs, in_the_middle = 0, 0, 0
    while spent < args.kills:
        runs += 1
        run = subprocess.Popen(command + [killed, str(reports)], stderr=subprocess.DEVNULL)
        try:
            # Most kills fall early in a run, so that all of them fall before the reports are through.
            run.wait(timeout=draw.uniform(0, 2.5 * took / args.kills + 0.3))
            subprocess.run(["rm", "-f", killed, killed + "-wal", killed + "-shm"], check=True)  # went through: again
            continue
        except subprocess.TimeoutExpired:
            run.kill()
            run.wait()
        spent += 1
        if not pathlib.Path(killed).exists() or pathlib.Path(killed).stat().st_size == 0:
            continue
        with sqlite3.connect(killed) as db:
            tables = db.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
            n = db.execute("SELECT count(*) FROM documents").fetchone()[0] if tables else 0
        in_the_middle += 0 < n < args.reports
        if tables:
            verify(killed, spent % 10 == 0)
    subprocess.run(command + [killed, str(reports)], check=True, stderr=subprocess.DEVNULL)
    verify(killed, True)
    if content(whole) != content(killed):
        sys.exit("the killed store differs from the whole one")
    print(f"{spent} kills in {runs} runs, {in_the_middle} in the middle of {args.reports} reports: nothing lost, nothing double, verify clean "
          f"(undisturbed ingest {took:.1f} s)")
