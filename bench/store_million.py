#!/usr/bin/env python3
"""How fast a store of a million events answers.

  store_million.py ANNALIST CODED.jsonl [--events 1000000] [--folder DIR]

Makes a store from spread reports (tests/store/make_reports.py), multiplies its events in SQL (new ids, days, places and
countries at random; arguments and full text along), and measures whole commands from their start: the median of 9
runs, file cache warm. Facets and the box are checked against a count made another way.
"""
import argparse
import pathlib
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time

parser = argparse.ArgumentParser()
parser.add_argument("annalist")
parser.add_argument("coded")
parser.add_argument("--events", type=int, default=1000000)
parser.add_argument("--reports", type=int, default=4000)
parser.add_argument("--folder")
args = parser.parse_args()
folder = pathlib.Path(args.folder or tempfile.mkdtemp())
store = folder / "million.db"

if not store.exists():
    reports = folder / "reports.jsonl"
    with open(reports, "w", encoding="utf-8") as out:
        subprocess.run([sys.executable, str(pathlib.Path(__file__).parents[1] / "tests/store/make_reports.py"), args.coded,
                        str(args.reports), "--spread"], stdout=out, check=True)
    start = time.process_time(), time.monotonic()
    subprocess.run([args.annalist, "ingest", "--alone", "--together", "100", "--threads", "1", store, reports], check=True)
    db = sqlite3.connect(store)
    db.executescript("PRAGMA synchronous=OFF; PRAGMA journal_mode=MEMORY; PRAGMA cache_size=-400000")
    n = db.execute("SELECT count(*) FROM events").fetchone()[0]
    top = db.execute("SELECT max(id) FROM events").fetchone()[0]
    columns = [c[1] for c in db.execute("PRAGMA table_info(events)")]
    for k in range(1, -(-args.events // n)):
        values = {"id": f"id + {k * top}", "uid": f"substr(uid, 1, 13) || printf('%08x', {k})",
                  "date": "date('2010-01-01', abs(random() % 5000) || ' days')", "lat": "abs(random() % 1400) / 10.0 - 70",
                  "lon": "abs(random() % 3580) / 10.0 - 179", "cell": "NULL"}
        db.execute(f"INSERT INTO events SELECT {', '.join(values.get(c, c) for c in columns)} FROM events WHERE id <= {top}")
        db.execute(f"INSERT INTO event_actors SELECT event + {k * top}, position, role, actor, side, name, date, start, \"end\" FROM event_actors "
                   f"WHERE event <= {top}")
        db.execute(f"INSERT INTO event_search (rowid, words) SELECT e.id + {k * top}, substr(t.text, e.sentence_start + 1, e.sentence_end - "
                   f"e.sentence_start) || ' ' || coalesce(e.place_name, '') || ' ' || substr(t.text, -1 - abs(random() % 300), 60) "
                   f"FROM events e JOIN texts t USING (document) WHERE e.id <= {top}")

    def spread(v):
        v = (v | v << 8) & 0x00FF00FF
        v = (v | v << 4) & 0x0F0F0F0F
        v = (v | v << 2) & 0x33333333
        return (v | v << 1) & 0x55555555

    db.create_function("cell", 2, lambda lat, lon: None if lat is None else
                       spread(int((lon + 180) / 360 * 65536)) | spread(int((lat + 90) / 180 * 65536)) << 1)
    db.execute(f"UPDATE events SET cell = cell(lat, lon) WHERE id > {top}")
    db.execute(f"UPDATE event_actors SET date = (SELECT date FROM events e WHERE e.id = event) WHERE event > {top}")
    db.commit()
    db.execute("PRAGMA journal_mode=WAL")
    db.execute("ANALYZE")
    db.commit()
    db.close()

db = sqlite3.connect(f"file:{store}?mode=ro", uri=True)
total = db.execute("SELECT count(*) FROM events").fetchone()[0]
size = store.stat().st_size


def median(*command, runs=9):
    """Wall milliseconds of a command, its start included."""
    times = []
    for _ in range(runs):
        start = time.monotonic()
        done = subprocess.run([args.annalist, command[0], str(store), *command[1:]], capture_output=True, text=True)
        times.append((time.monotonic() - start) * 1000)
        if done.returncode:
            sys.exit(f"{command}: {done.stderr}")
    return statistics.median(times), done.stdout


nothing = statistics.median([(lambda s: (subprocess.run([args.annalist, "query", "--help"], capture_output=True), time.monotonic() - s)[1])(time.monotonic()) * 1000
                             for _ in range(9)])
print(f"{total} events, {size / 1e6:.0f} MB; starting a process (in every number below): {nothing:.1f} ms")
everywhere = "actual,ongoing,planned,threatened,demanded,hypothetical,denied,historical,generic"
box = db.execute("SELECT count(*) FROM events WHERE lat BETWEEN 30 AND 32 AND lon BETWEEN 40 AND 43").fetchone()[0]
for name, command, check in (
        ("open and read one event", ("query", "--limit", "1"), None),
        ("filter: a country, a month, 100 newest", ("query", "--country", "SY", "--date", "2018-03", "--limit", "100"), None),
        ("filter: a type and an actor, 100 newest", ("query", "--type", "capture", "--actor", "free-syrian-army", "--limit", "100"), None),
        ("full text: a rare word", ("query", "--text", "ammunition AND dawn", "--limit", "100"), None),
        ("full text: a common word", ("query", "--text", "killed", "--limit", "100"), None),
        ("facet: type", ("query", "--facet", "type", "--status", "all"), total),
        ("facet: country in a year", ("query", "--facet", "country", "--date", "2018", "--status", "all"), None),
        ("facet: month", ("query", "--facet", "month", "--status", "all", "--limit", "0"), None),
        ("map: a box of 2 x 3 degrees", ("query", "--bbox", "40,30,43,32", "--format", "points", "--limit", "0", "--status", everywhere), box)):
    ms, out = median(*command)
    if check is not None:
        counted = len(out.splitlines()) if command[1] == "--bbox" else sum(int(line.split()[0]) for line in out.splitlines())
        if counted != check:
            sys.exit(f"{name}: {counted} instead of {check}")
    print(f"{name:42} {ms:8.1f} ms   {len(out.splitlines())} lines")
