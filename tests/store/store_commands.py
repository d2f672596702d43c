#!/usr/bin/env python3
"""The store from outside: commands, exports read by other programs, and every way in which a file can be bad.

  store_commands.py ANNALIST

Codes the samples once, then works on copies in a temporary folder. Exports are read with Python's own csv, json, xml
and sqlite3; with GDAL and DuckDB too where they are installed.
"""
import csv
import io
import json
import os
import pathlib
import re
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as xml

from stores import BINARY, ROOT, check, coded_samples, events_of, finish, refused, run

with tempfile.TemporaryDirectory() as folder:
    at = pathlib.Path(folder)
    store, coded = at / "a.db", at / "coded.jsonl"
    reports = coded_samples(coded)
    many = sum(len(r["events"]) for r in reports)

    # ---- one report, one row; whatever it is called, however often it comes, however it is coded
    run("ingest", store, coded)
    everything = events_of(store)
    check(len(everything) == many, f"{len(everything)} events of {many}")
    said = run("ingest", store, coded).stderr
    check("0 added" in said and f"{len(reports)} were there already" in said, f"ingest again: {said}")
    other = at / "pages.db"
    run("ingest", other, *sorted((ROOT / "samples/reports").iterdir()))
    check([e["id"] for e in everything] == [e["id"] for e in events_of(other)], "coding while ingesting gives other events than coded JSONL")
    again = at / "again.jsonl"
    again.write_text("".join(json.dumps(dict(reports[0], id=name)) + "\n" for name in ("first name", "second name", "third name")))
    said = run("ingest", store, again).stderr
    check("3 were there under another id" in said, f"three ids: {said}")
    shown = json.loads(run("show", store, "second name", "--format", "json").stdout)
    check(shown["other_ids"] == ["first name", "second name", "third name"], f"other ids: {shown['other_ids']}")
    check(len(events_of(store)) == many, "another id made other events")
    check(run("show", store, reports[0]["id"], "--format", "coding").stdout.strip() == coded.read_text(encoding="utf-8").split("\n")[0],
          "the coding is not kept byte for byte")

    # ---- the words are where the store says
    with sqlite3.connect(store) as db:
        for trigger, start, end, text in db.execute(
                "SELECT substr(t.text, trigger_start + 1, trigger_end - trigger_start), trigger_start, trigger_end, t.text "
                "FROM events JOIN texts t USING (document)"):
            check(trigger == text[start:end], "substr() of SQLite and the offsets disagree")

    # ---- selections
    contested = events_of(store, "--contested", "true")
    check(contested and all(e["contested"] for e in contested), "contested")
    check(len(contested) < many, "a filter that lets everything through")
    types = {e["type"] for e in everything}
    by_type = {t: int(run("query", store, "--format", "count", "--status", "all", "--type", t).stdout) for t in types}
    check(sum(by_type.values()) == many, "types do not add up")
    facets = dict(line.split()[::-1] for line in run("query", store, "--facet", "type", "--status", "all").stdout.splitlines())
    check({k: int(v) for k, v in facets.items()} == by_type, "facets and counts disagree")
    pages, cursor = [], []
    while True:
        done = run("query", store, "--format", "ids", "--status", "all", "--limit", "7", *cursor)
        pages += done.stdout.split()
        more = re.search(r"--cursor (\S+)", done.stderr)
        if not more:
            break
        cursor = ["--cursor", more[1]]
    check(pages == [e["id"] for e in everything], "pages do not fit together")
    placed = [e for e in everything if e["place"] and e["place"]["lat"] is not None]
    box = (30, 25, 48, 40)
    inside = {e["id"] for e in placed if box[0] <= e["place"]["lon"] <= box[2] and box[1] <= e["place"]["lat"] <= box[3]}
    check({e["id"] for e in events_of(store, "--bbox", ",".join(map(str, box)))} == inside and inside, "box")
    word = "ambush"
    found = {e["id"] for e in events_of(store, "--text", word)}
    check(found and found >= {e["id"] for e in everything if re.search(r"\bambush\b", (e["sentence"] or "").lower())}, "full text of events")
    check("8296" not in run("search", store, "prisoners").stdout and run("search", store, "prisoners").stdout, "search")
    run("search", store, 'what "is" (this AND')  # no query language: plain words
    run("query", store, "--type=", status=0)
    run("query", store, "--date", "yesterday", status=2)
    run("query", store, "--bbox", "1,2,3", status=2)
    run("query", store, "--status", "perhaps", status=2)

    # ---- retraction, restoring, looking back
    before = int(re.search(r"revisions\s+(\d+)", run("stats", store).stdout)[1])
    victim = reports[0]["id"]
    run("retract", store, victim, status=2)  # a reason is needed
    run("retract", store, victim, "--reason", "the outlet withdrew it", "--by", "editor")
    left = many - len(reports[0]["events"])
    check(len(events_of(store)) == left, "a retracted report is still there")
    check(len(events_of(store, "--as-of", before)) == many, "as of before the retraction")
    check("stay retracted" in run("ingest", store, coded).stderr, "a retracted report came back")
    check("the outlet withdrew it" in run("history", store, victim).stdout, "history of a retraction")
    run("retract", store, victim, "--restore")
    check([e["id"] for e in events_of(store)] == [e["id"] for e in everything], "restored")
    one = everything[0]["id"]
    run("retract", store, one, "--reason", "misread")
    check(len(events_of(store)) == many - 1, "a retracted event is still there")
    run("retract", store, one, "--restore")
    check(run("recode", store, "--dry-run").returncode == 0, "recode --dry-run")

    # ---- what coded a report codes it again, unless another tier is asked for
    for how in (["--tier", "fast"], ["--gate"]):
        quick = at / f"quick{how[0]}.db"
        run("ingest", quick, ROOT / "samples/reports", *how)
        said = run("recode", quick, "--dry-run").stderr
        check(" 0 differ" in said, f"{how}: coded again by another tier: {said}")
        said = run("recode", quick, "--dry-run", "--tier", "accurate").stderr
        check("differ" in said and (" 0 differ" not in said or how == ["--gate"]), f"{how}: --tier accurate: {said}")
    check("slow" in run("recode", store, "--tier", "slow", status=2).stderr, "recode --tier slow")
    for command in ("report", "explain", "merge", "control"):
        run(command, ROOT / "samples/reports", "--tier", "fast")

    # ---- another coding of the same report
    changed = dict(reports[0], engine=dict(reports[0]["engine"], version="9"))
    changed["events"] = [dict(e, status="historical") if e["id"] == "v1" else e for e in changed["events"]]
    (at / "changed.jsonl").write_text(json.dumps(changed) + "\n")
    said = run("ingest", store, at / "changed.jsonl").stderr
    check("1 recoded" in said, f"recoded: {said}")
    check(len(events_of(store)) == many, "a recoding lost or doubled events")
    now = {e["id"]: e["status"] for e in events_of(store)}
    was = {e["id"]: e["status"] for e in everything}
    check(sorted(k for k in was if was[k] != now.get(k)) == sorted(k for k in now if was.get(k) != now[k]) and
          sum(was[k] != now[k] for k in was) == 1, "a recoding changed more than what differs")
    run("verify", store, "--deep")

    # ---- exports, read by others
    shapes = {"csv": (49, ","), "acled": (31, ","), "ucdp": (49, ","), "icews": (20, "\t"), "polecat": (40, "\t"), "hxl": (24, ",")}
    for form, (width, separator) in shapes.items():
        out = at / f"out.{form}"
        run("export", store, "--format", form, "-o", out)
        rows = list(csv.reader(io.StringIO(out.read_text(encoding="utf-8"), newline=""), delimiter=separator,
                               quoting=csv.QUOTE_MINIMAL if separator == "," else csv.QUOTE_NONE))
        check(len(rows) > 1 and all(len(r) == width for r in rows), f"{form}: {len(rows)} rows of {set(map(len, rows))} cells, wanted {width}")
        dictionary = list(csv.DictReader(open(f"{out}.dictionary.csv", newline="")))
        check([d["column"] for d in dictionary] == rows[0], f"{form}: dictionary and header disagree")
        for row in rows[2 if form == "hxl" else 1:]:
            for d, cell in zip(dictionary, row):
                good = {"integer": r"-?\d+", "decimal": r"-?\d+(\.\d+)?", "date": r"\d{4}-\d\d-\d\d", "boolean": "true|false"}.get(d["type"], "(?s).*")
                check(cell == "" or re.fullmatch(good, cell), f"{form}: {d['column']} is {d['type']}, not '{cell}'")
        manifest = json.load(open(f"{out}.run.json"))
        check(manifest["files"][0]["bytes"] == out.stat().st_size and manifest["events"] + manifest["left_out"] ==
              int(run("query", store, "--format", "count").stdout), f"{form}: manifest")
    acled = list(csv.DictReader(open(at / "out.acled", newline="", encoding="utf-8")))
    check(all(r["interaction"] and r["event_type"] and r["iso"] and r["region"] for r in acled), "acled: empty codes")
    run("export", store, "--format", "gdelt", "-o", at / "g")
    rows = [line.split("\t") for line in (at / "g").read_text(encoding="utf-8").splitlines()]
    check(rows and all(len(r) == 61 and re.fullmatch(r"\d{8}", r[1]) and re.fullmatch(r"\d{14}", r[59]) and r[29] in "1234" for r in rows), "gdelt events")
    mentions = [line.split("\t") for line in (at / "g.mentions.CSV").read_text(encoding="utf-8").splitlines()]
    check(len(mentions) == len(rows) and all(len(r) == 16 and r[0] == e[0] for r, e in zip(mentions, rows)), "gdelt mentions")
    check("events" in (at / "g.losses.tsv").read_text(), "gdelt losses")
    usual = int(run("query", store, "--format", "count").stdout)
    run("export", store, "--format", "geojson", "-o", at / "g.geojson")
    check(len(json.load(open(at / "g.geojson"))["features"]) == usual, "geojson")
    for form, tag in (("kml", "{http://www.opengis.net/kml/2.2}Placemark"), ("atom", "{http://www.w3.org/2005/Atom}entry"), ("rss", "item")):
        run("export", store, "--format", form, "-o", at / f"x.{form}")
        check(len(list(xml.parse(at / f"x.{form}").iter(tag))) == json.load(open(at / f"x.{form}.run.json"))["events"] > 0, form)
    for form in ("jsonl", "plover"):
        run("export", store, "--format", form, "-o", at / f"x.{form}")
        check(all(json.loads(line) for line in open(at / f"x.{form}", encoding="utf-8")), form)
    run("export", store, "--format", "parquet", "-o", at / "x.parquet")
    raw = (at / "x.parquet").read_bytes()
    check(raw[:4] == raw[-4:] == b"PAR1" and int.from_bytes(raw[-8:-4], "little") < len(raw), "parquet")
    try:
        import duckdb
        table = duckdb.sql(f"SELECT event_id, event_date, deaths_best, latitude, contested, sentence FROM '{at}/x.parquet' ORDER BY 1").fetchall()
        mine = sorted((r for r in csv.DictReader(open(at / "out.csv", newline="", encoding="utf-8"))), key=lambda r: r["event_id"])
        check([(t[0], str(t[1] or ""), t[2], t[4], t[5]) for t in table] ==
              [(r["event_id"], r["event_date"], int(r["deaths_best"]) if r["deaths_best"] else None, r["contested"] == "true", r["sentence"] or None)
               for r in mine], "parquet read by DuckDB differs from the CSV")
        print("parquet: read by DuckDB", duckdb.__version__)
    except ImportError:
        print("parquet: DuckDB is not installed, not read back")
    if shutil.which("ogrinfo"):
        for file in ("g.geojson", "x.kml"):
            seen = subprocess.run(["ogrinfo", "-so", "-al", at / file], capture_output=True, text=True).stdout
            check(re.search(r"Feature Count: [1-9]", seen), f"GDAL reads no feature of {file}")
        print("geojson, kml: read by GDAL")
    for unit in ("country", "pair", "grid"):
        panel = list(csv.DictReader(io.StringIO(run("panel", store, "--by", unit, "--every", "month", "--sparse").stdout)))
        check(panel and sum(int(r["events"]) for r in panel) > 0, f"panel by {unit}")
    balanced = list(csv.DictReader(io.StringIO(run("panel", store, "--every", "month").stdout)))
    check(len(balanced) == len({r["country_iso3"] for r in balanced}) * len({r["period_start"] for r in balanced}), "a balanced panel has gaps")
    # ---- beside the tables of others: our own exports are found again, changed rows say what differs
    def compare(table, *more, status=0):
        done = run("compare", store, table, *more, status=status)
        return list(csv.DictReader(io.StringIO(done.stdout), delimiter="\t", quoting=csv.QUOTE_NONE)), done.stderr

    for form, file in (("acled", "out.acled"), ("ucdp", "out.ucdp"), ("gdelt", "g")):
        pairs, said = compare(at / file)
        there = int(json.load(open(at / f"{file}.run.json"))["events"])
        found = [p for p in pairs if p["result"] == "matched"]
        check(f"{form}: " in said and there > 0 and len(found) + sum(p["result"] == "theirs" for p in pairs) == there, f"compare {form}: {said}")
        # What is told by several reports is one event of ours and may be several rows of theirs.
        alone = [p for p in pairs if p["result"] == "theirs" and p["why"] != "no place is given"]
        check(all("another pair fits better" in p["why"] for p in alone), f"compare {form}: rows of ours not found: {alone[:2]}")
        same = [p for p in found if p["our_date"] == p["their_date"] and (form == "ucdp" or p["our_type"] == p["their_type"])]
        check(len(same) >= 0.8 * len(found) > 0, f"compare {form}: {len(same)} of {len(found)} pairs have one day and type")
        check(all(p["why"] for p in pairs), f"compare {form}: no reason")
    acled_text = (at / "out.acled").read_text(encoding="utf-8")
    table = list(csv.DictReader(io.StringIO(acled_text, newline="")))

    def changed_table(name, change, **how):
        rows = [dict(r) for r in table]
        for r in rows:
            change(r)
        with open(at / name, "w", newline="", encoding=how.pop("encoding", "utf-8")) as f:
            writer = csv.DictWriter(f, table[0].keys(), **how)
            writer.writeheader()
            writer.writerows(rows)
        return at / name

    matched = sum(p["result"] == "matched" for p in compare(at / "out.acled")[0])
    words = compare(changed_table("long.csv", lambda r: r.update(event_date=__import__("datetime").date.fromisoformat(r["event_date"]).strftime("%d %B %Y")),
                                  delimiter=";", encoding="utf-8-sig"))[0]
    check(sum(p["result"] == "matched" for p in words) == matched, "compare: days in words, semicolons, byte order mark")
    far = compare(changed_table("far.csv", lambda r: r.update(latitude="-45.0", longitude="170.0", iso="554", country="New Zealand", location="Nowhere")))[0]
    check(not any(p["result"] == "matched" for p in far) and any("nothing" in p["why"] for p in far), "compare: far away and matched")
    other = compare(changed_table("kind.csv", lambda r: r.update(event_type="Protests", sub_event_type="Peaceful protest")))[0]
    check(any("another kind" in p["why"] for p in other if p["result"] == "theirs"), "compare: another kind")
    late = compare(changed_table("late.csv", lambda r: r.update(event_date="2031-01-01")))[0]
    check(all("nothing of these days" in p["why"] for p in late) and {p["result"] for p in late} == {"ours", "theirs"}, "compare: other years")
    (at / "bad.csv").write_text(acled_text.replace(table[0]["event_date"], "yesterday", 1) + "a,b\r\n", encoding="utf-8")
    said = compare(at / "bad.csv", status=1)[1]
    check("no day" in said and "2 cells" in said and ":2" in said, f"compare: bad rows: {said}")
    (at / "short.csv").write_text("event_id_cnty,event_date\nX,2014-01-01\n")
    check("no column event_type" in compare(at / "short.csv", status=2)[1], "compare: a column is missing")
    (at / "odd.csv").write_text("a,b\n1,2\n")
    check("neither ACLED nor UCDP" in compare(at / "odd.csv", status=2)[1], "compare: another table")
    compare(at / "not there.csv", status=2)
    run("compare", store, status=2)
    run("export", store, "--format", "shapefile", status=2)
    run("export", store, "--format", "csv", "-o", at / "no such folder/x.csv", status=2)

    # ---- bad files: named, and nothing is lost
    refused("cannot be opened", "query", at / "not there.db")
    (at / "text.db").write_text("this is no database, but it is long enough to look at" * 40)
    refused("not a store", "query", at / "text.db")
    with sqlite3.connect(at / "foreign.db") as db:
        db.execute("CREATE TABLE t (x)")
    refused("not a store of Annalist", "query", at / "foreign.db")
    refused("not a store of Annalist", "ingest", at / "foreign.db", coded)
    with sqlite3.connect(store) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copy(store, at / "newer.db")
    with sqlite3.connect(at / "newer.db") as db:
        db.execute("PRAGMA user_version = 99")
    refused("newer Annalist", "query", at / "newer.db")
    refused("newer Annalist", "ingest", at / "newer.db", coded)
    shutil.copy(store, at / "damaged.db")
    with open(at / "damaged.db", "r+b") as f:
        size = f.seek(0, 2)
        for page in range(5, size // 8192, 3):
            f.seek(page * 8192 + 100)
            f.write(b"\xff" * 4000)
    check(run("verify", at / "damaged.db", status=None).returncode in (1, 2), "verify calls a damaged file clean")
    lock = sqlite3.connect(at / "locked.db", isolation_level=None)
    run("ingest", at / "locked.db", again)
    lock.execute("BEGIN IMMEDIATE")
    run("query", at / "locked.db")  # a reader does not wait for the writer
    refused("locked", "ingest", at / "locked.db", coded, "--wait", "300")
    lock.execute("ROLLBACK")
    said = run("ingest", at / "locked.db", coded).stderr
    check(f"{len(reports) - 1} added" in said, f"after the lock was gone: {said}")
    whole = at / "full.db"
    limit = 700 * 1024
    done = subprocess.run([BINARY, "ingest", whole, coded], capture_output=True, text=True, preexec_fn=lambda: (
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN), resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))))
    check(done.returncode == 2 and ("full" in done.stderr or "disk" in done.stderr), f"full disk: {done.returncode} {done.stderr[-300:]}")
    run("verify", whole)
    run("ingest", whole, coded)
    check([e["id"] for e in events_of(whole)] == [e["id"] for e in everything], "after the disk was full")
    if os.geteuid() != 0:  # root writes everywhere
        os.chmod(store, 0o444)
        refused("may not be written", "ingest", store, coded)
        run("query", store)

    # ---- killed at random points
    kill = subprocess.run([sys.executable, ROOT / "tests/store/kill_test.py", BINARY, coded, "--reports", "800", "--kills", "4"],
                          capture_output=True, text=True)
    check(kill.returncode == 0, f"kill test: {kill.stdout}{kill.stderr}")
    print(kill.stdout.strip())

finish("store commands")
