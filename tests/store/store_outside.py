#!/usr/bin/env python3
"""The store and its exports in the hands of others: full and read-only file systems, programs killed while they write,
clocks that go back, older versions, and tables read by header with pandas and the sqlite3 shell.

  store_outside.py ANNALIST

A full file system is a tmpfs of half a megabyte, mounted in a name space of its own; where that is not allowed (no
root, no user name spaces), or where pandas or sqlite3 is missing, the test says that it did not run that part.
"""
import json
import pathlib
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

from stores import BINARY, ROOT, check, coded_samples, finish, run


def ids(store):
    return sorted(run("query", store, "--format", "ids", "--limit", "0", "--status", "all").stdout.split())


def inside(script, folder, kilobytes, options=""):
    """Runs a shell script with a small file system mounted on `folder`; None where that is not allowed."""
    mount = f"mount -t tmpfs -o size={kilobytes}k tmpfs '{folder}' || exit 99\necho mounted\n"
    for start in (["unshare", "-m"], ["unshare", "-r", "-m"]):
        if not shutil.which(start[0]):
            return None
        done = subprocess.run([*start, "sh", "-c", mount + script], capture_output=True, text=True)
        if "mounted" in done.stdout and done.returncode != 99:  # in a root that is no mount point, unshare fails in words of its own
            return done
    return None


with tempfile.TemporaryDirectory() as folder:
    at = pathlib.Path(folder)
    coded, store = at / "coded.jsonl", at / "a.db"
    reports = coded_samples(coded)
    run("ingest", store, coded)
    everything = ids(store)
    check(len(everything) > 20, "too few events to test with")

    # ---- no space left: ENOSPC from the system, not a limit of the process
    small = at / "small"
    small.mkdir()
    kept = at / "kept"
    kept.mkdir()
    done = inside(f"""
        '{BINARY}' ingest '{small}/s.db' '{coded}' 2>'{kept}/said'; echo $? >'{kept}/status'
        '{BINARY}' verify '{small}/s.db' >'{kept}/verify' 2>&1; echo $? >'{kept}/verified'
        '{BINARY}' query '{small}/s.db' --format ids --limit 0 --status all >'{kept}/ids' 2>/dev/null
        rm -f '{small}/s.db'*; '{BINARY}' export '{store}' --format jsonl -o '{small}/x.jsonl' 2>'{kept}/export'; echo $? >'{kept}/exported'
        ls -A '{small}' >'{kept}/left'
        """, small, 500)
    if done is None:
        print("no space left: mounting is not allowed here, not tried")
    else:
        read = {f.name: f.read_text() for f in kept.iterdir()}
        check(read.get("status", "").strip() == "2" and ("full" in read["said"] or "space" in read["said"]), f"ENOSPC: {read}")
        check(read["verified"].strip() == "0", f"ENOSPC: verify: {read['verify']}")
        check(set(read["ids"].split()) < set(everything), "ENOSPC: more events than there are")
        if read["exported"].strip() != "0":  # the whole export may fit
            check("x.jsonl" not in read["left"].split() and "x.jsonl.run.json" not in read["left"].split(),
                  f"ENOSPC: half an export under its name: {read['left']}")
        print("no space left: tried on a tmpfs of 500 KB")

    # ---- a file system that is read-only: reading works, writing is refused by name
    done = inside(f"""
        cp '{store}' '{small}/s.db'; mount -o remount,ro '{small}' || exit 99
        '{BINARY}' query '{small}/s.db' --format ids --limit 0 --status all >'{kept}/ids'; echo $? >'{kept}/status'
        '{BINARY}' ingest '{small}/s.db' '{coded}' 2>'{kept}/said'; echo $? >'{kept}/written'
        """, small, 20000)
    if done is None:
        print("read-only file system: mounting is not allowed here, not tried")
    else:
        read = {f.name: f.read_text() for f in kept.iterdir()}
        check(read["status"].strip() == "0" and sorted(read["ids"].split()) == everything, f"a read-only store cannot be read: {read}")
        check(read["written"].strip() == "2" and ("read-only" in read["said"] or "may not be written" in read["said"]), f"read-only: {read['said']}")
        print("read-only file system: tried on a tmpfs")

    # ---- an export that is killed leaves nothing under its name, and the next one is whole
    big = at / "big.jsonl"
    with open(big, "w", encoding="utf-8") as out:
        subprocess.run([sys.executable, str(ROOT / "tests/store/make_reports.py"), str(coded), "600"], stdout=out, check=True)
    many = at / "many.db"
    run("ingest", "--alone", "--together", "100", many, big)
    target = at / "killed.csv"
    killed = False
    for wait in (0.02, 0.05, 0.1, 0.2):
        program = subprocess.Popen([BINARY, "export", many, "--format", "csv", "--status", "all", "-o", target], stderr=subprocess.DEVNULL)
        time.sleep(wait)
        program.send_signal(signal.SIGKILL)
        if program.wait() == -signal.SIGKILL:
            killed = True
            check(not pathlib.Path(f"{target}.run.json").exists(), "a killed export has a manifest")
            if target.exists():  # only whole files bear their name
                check(target.read_bytes().endswith(b"\r\n"), "half an export under its name")
        for left in at.glob("killed.csv*"):
            if left.suffix != ".part":
                left.unlink()
    check(killed, "no export was killed in time")
    run("export", many, "--format", "csv", "--status", "all", "-o", target)
    check(len(list(at.glob("killed.csv.part"))) == 0 and json.load(open(f"{target}.run.json"))["files"][0]["bytes"] == target.stat().st_size,
          "the export after a killed one")

    # ---- what is read is committed before the next input is waited for
    waiting = at / "waiting.db"
    program = subprocess.Popen([BINARY, "ingest", "--alone", "--threads", "1", waiting, coded, "-"], stdin=subprocess.PIPE, stderr=subprocess.DEVNULL)
    seen, until = 0, time.monotonic() + 60
    while seen < len(reports) and time.monotonic() < until:
        time.sleep(0.2)
        done = run("stats", waiting, status=None) if waiting.exists() else None
        found = done and re.search(r"^documents\D+(\d+)$", done.stdout, re.M)
        seen = int(found[1]) if found else 0
    check(seen == len(reports), f"{seen} of {len(reports)} reports are there while ingest waits for its next input")
    run("retract", waiting, reports[0]["id"], "--reason", "others may write while it waits")
    program.stdin.close()
    program.wait()
    run("verify", waiting)

    # ---- a clock that goes back: revisions only grow, and "as of" goes by them
    with sqlite3.connect(store) as db:
        db.execute("UPDATE revisions SET at = '2999-01-01T00:00:00.000Z' WHERE id = (SELECT max(id) FROM revisions)")
        before = db.execute("SELECT max(id) FROM revisions").fetchone()[0]
    run("retract", store, reports[0]["id"], "--reason", "the clock went back")
    with sqlite3.connect(store) as db:
        times = [t for (t,) in db.execute("SELECT at FROM revisions ORDER BY id")]
    check(times == sorted(times), "revisions go back in time")
    check(len(ids(store)) < len(everything) and sorted(
        run("query", store, "--format", "ids", "--limit", "0", "--status", "all", "--as-of", before).stdout.split()) == everything, "as of, after the clock went back")
    run("retract", store, reports[0]["id"], "--restore")
    run("verify", store, "--deep")

    # ---- an older version: reading says what to do, writing brings it up to date, in one transaction
    old = at / "old.db"
    with sqlite3.connect(store) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copy(store, old)
    with sqlite3.connect(old) as db:
        for name in ("tiles_event", "tiles_document", "tiles_actor", "tiles_place"):
            db.execute(f"DROP TRIGGER {name}")
        db.executescript("DROP TABLE tiles; DROP TABLE tile_blocks; DROP INDEX reviews_other; DROP INDEX documents_retracted; "
                         "ALTER TABLE reviews DROP COLUMN other; ALTER TABLE reviews DROP COLUMN undoes; PRAGMA user_version = 1")
    check("verify --write" in run("query", old, status=2).stderr, "an older store: no remedy")
    run("verify", old, "--write")
    check(ids(old) == everything, "a migrated store holds other events")
    facets = [run("query", s, "--facet", "type", "--status", "all").stdout for s in (store, old)]
    check(facets[0] == facets[1] and facets[0], "facets of a migrated store")
    with sqlite3.connect(old) as db:
        check(db.execute("PRAGMA user_version").fetchone()[0] == 5, "the version of a migrated store")

    # ---- columns for facets: damaged bytes are not believed
    with sqlite3.connect(many) as db:
        blocks = db.execute("SELECT count(*) FROM tile_blocks").fetchone()[0]
        check(blocks > 0, "no block of columns was made")
    right = run("query", many, "--facet", "type", "--status", "all").stdout
    with sqlite3.connect(many) as db:
        db.execute("UPDATE tiles SET bytes = substr(bytes, 1, length(bytes) / 2) WHERE field IN ('type', 'review')")
    check(run("query", many, "--facet", "type", "--status", "all").stdout == right, "facets from a damaged column")
    check("column of type" in run("verify", many, "--deep", status=1).stderr, "verify overlooks a damaged column")

    # ---- a large selection is found by a set of ids, a small one by itself: both as SQL over the rows says
    filled = at / "filled.db"
    run("ingest", "--alone", filled, coded)
    subprocess.run([sys.executable, str(ROOT / "bench/desk_store.py"), str(filled), "20000"], stdout=subprocess.DEVNULL, check=True)
    run("verify", filled)
    inside_box = "lat BETWEEN 28 AND 50 AND lon BETWEEN 30 AND 45"
    of_front = "EXISTS (SELECT 1 FROM event_actors a JOIN actors x ON x.id IN (a.actor, a.side) WHERE a.event = e.id AND x.uid = 'front-7')"
    selections = (
        (["--bbox", "30,28,45,50"], inside_box), (["--bbox", "30,28,45,50", "--actor", "front-7"], f"{inside_box} AND {of_front}"),
        (["--bbox", "37,34,39,36"], "lat BETWEEN 34 AND 36 AND lon BETWEEN 37 AND 39"),
        (["--bbox", "30,28,45,50", "--type", "capture,clash"], f"{inside_box} AND type IN ('capture', 'clash')"),
        (["--actor", "front-7", "--type", "capture"], f"{of_front} AND type = 'capture'"),
        (["--actor", "front-7", "--text", "monitor", "--country", "SY"], f"{of_front} AND country = 'SY' AND document > 1"),
        (["--text", "monitor", "--contested", "true"], "contested AND document > 1"),
        (["--type", "capture", "--country", "SY"], "type = 'capture' AND country = 'SY'"), (["--contested", "true"], "contested"))
    with sqlite3.connect(filled) as db:
        first = db.execute("SELECT min(id) FROM documents WHERE uid LIKE 'dload%'").fetchone()[0]
        for retracted in (0, 1):
            if retracted:
                run("retract", filled, *(uid for (uid,) in db.execute("SELECT uid FROM documents WHERE id % 10 = 3")), "--reason", "every tenth")
            for flags, condition in selections:
                condition = condition.replace("document > 1", f"document >= {first}")
                for order, way in (("newest", "DESC"), ("oldest", "ASC")):
                    wanted = [uid for (uid,) in db.execute(
                        f"SELECT uid FROM events e WHERE status IN ('actual', 'ongoing') AND {condition} AND document NOT IN "
                        f"(SELECT id FROM documents WHERE retracted) ORDER BY date {way}, id {way}")]
                    pages, cursor = [], []
                    while len(pages) < 3 * 37:
                        done = run("query", filled, *flags, "--format", "ids", "--limit", "37", "--order", order, *cursor)
                        pages += done.stdout.split()
                        more = re.search(r"--cursor (\S+)", done.stderr)
                        if not more:
                            break
                        cursor = ["--cursor", more[1]]
                    check(pages == wanted[:3 * 37] and pages, f"{flags} {order}: pages differ, {len(pages)} of {len(wanted)}")
                    got = run("query", filled, *flags, "--format", "ids", "--limit", "100000", "--order", order).stdout.split()
                    check(got == wanted, f"{flags} {order}: {len(got)} events, wanted {len(wanted)}")
                check(run("query", filled, *flags, "--format", "count").stdout.strip() == str(len(wanted)), f"{flags}: the count")
    full = [json.loads(line) for line in run("query", filled, "--actor", "front-7", "--format", "jsonl", "--limit", "20").stdout.splitlines()]
    check(len(full) == 20 and all(e["sentence"] and e["arguments"] and e["headline"] for e in full), "a page of records lacks what a page of lines leaves out")

    # ---- read by others
    if shutil.which("sqlite3"):
        seen = subprocess.run(["sqlite3", "-readonly", store, "SELECT count(*) FROM current_events; PRAGMA integrity_check"], capture_output=True, text=True).stdout.split()
        check(seen == [str(len(everything)), "ok"], f"the sqlite3 shell sees {seen}")
        print("store: read by the sqlite3 shell")
    else:
        print("store: sqlite3 is not installed, not read by it")
    run("export", store, "--format", "acled", "-o", at / "t.acled.csv")
    run("export", store, "--format", "gdelt", "-o", at / "t.gdelt")
    try:
        import pandas
        acled = pandas.read_csv(at / "t.acled.csv", parse_dates=["event_date"], dtype={"iso": "Int64"})
        check(len(acled) == json.load(open(at / "t.acled.csv.run.json"))["events"] and acled["event_date"].notna().all() and
              acled[["latitude", "longitude"]].dtypes.eq("float64").all() and pandas.api.types.is_integer_dtype(acled["fatalities"]), "acled in pandas")
        names = [row["column"] for _, row in pandas.read_csv(at / "t.gdelt.dictionary.csv").iterrows()]
        gdelt = pandas.read_csv(at / "t.gdelt", sep="\t", names=names, quoting=3, dtype={"EventCode": str, "EventRootCode": str})
        check(len(names) == 61 and len(gdelt) > 0 and gdelt["SQLDATE" if "SQLDATE" in names else names[1]].between(19000101, 21000101).all() and
              gdelt["EventRootCode"].str.fullmatch(r"\d\d").all(), "gdelt in pandas")
        print("acled, gdelt: read by pandas", pandas.__version__)
    except ImportError:
        print("acled, gdelt: pandas is not installed, not read by it")

finish("the store in other hands")
