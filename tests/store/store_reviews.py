#!/usr/bin/env python3
"""Verdicts of people through the commands and the API: on one event, and on two that are kept apart or joined.

  store_reviews.py ANNALIST
"""
import json
import pathlib
import sqlite3
import subprocess
import tempfile
import urllib.error
import urllib.request

from stores import BINARY, check, events_of, finish, refused, run

TEXTS = {
    "one.txt": "Rebels capture Morek\n\nAMMAN, November 2 (North Wire) - Free Syrian Army fighters captured the town of Morek in "
               "Hama province on Saturday, residents said. Government troops left before dawn, and the main road stayed shut.\n",
    "two.txt": "Morek falls\n\nFamilies fled towards the coast. The Free Syrian Army seized Morek on Saturday after a week of "
               "shelling, a local council said. Shops had run out of bread.\n",
    "three.txt": "A town changes hands\n\nOn Saturday the Free Syrian Army captured Morek in Hama province. It was the third town in "
                 "a month, a teacher in the next village said by telephone.\n",
}


def merged_of(store, event):
    return json.loads(run("show", store, event, "--format", "json").stdout)["merged"]


def captures(store):
    return sorted(e["id"] for e in events_of(store, "--type", "capture"))


with tempfile.TemporaryDirectory() as folder:
    at = pathlib.Path(folder)
    store = at / "a.db"
    for name, text in TEXTS.items():
        (at / name).write_text(text, encoding="utf-8")
    run("ingest", store, at / "one.txt", at / "two.txt", "--date", "2014-11-02")
    pair = captures(store)
    check(len(pair) == 2 and len({merged_of(store, e) for e in pair}) == 1, f"not one capture told twice: {pair}")
    together = merged_of(store, pair[0])

    # ---- apart: shown with who, when and why; kept through what comes later
    said = run("review", store, pair[0], pair[1], "--decision", "apart", "--by", "ana", "--note", "two towns of one name").stderr
    check("changed" in said, f"merged events do not follow: {said}")
    check(len({merged_of(store, e) for e in pair}) == 2, "still merged")
    for shown in (run("show", store, pair[1]).stdout, run("history", store, pair[1]).stdout):
        check("apart" in shown and "by ana: two towns of one name" in shown and pair[0] in shown, f"the verdict is not shown: {shown[-400:]}")
    of_merged = json.loads(run("show", store, merged_of(store, pair[0])).stdout)["verdicts"]
    check(len(of_merged) == 1 and of_merged[0]["reviewer"] == "ana" and of_merged[0]["stands"] and of_merged[0]["at"], f"show of a merged event: {of_merged}")
    check("apart" in run("history", store, together).stdout, "history of a merged event")
    run("ingest", store, at / "one.txt", at / "two.txt", "--date", "2014-11-02")
    run("recode", store)
    run("connect", store)
    check(len({merged_of(store, e) for e in pair}) == 2, "ingesting again and recoding undid a verdict")
    run("ingest", store, at / "three.txt", "--date", "2014-11-03")
    three = captures(store)
    check(len(three) == 3 and len({merged_of(store, e) for e in three}) == 2 and merged_of(store, pair[0]) != merged_of(store, pair[1]),
          "a third report bridges what is kept apart")
    run("verify", store, "--deep")

    # ---- what cannot be
    refused("needs two", "review", store, pair[0], pair[0], "--decision", "apart")
    refused("no current event", "review", store, pair[0], "e0123456789abcdef0123", "--decision", "apart")
    refused("no merged event", "review", store, pair[0], "m0123456789abcdef0123", "--decision", "same")
    refused("is no event", "review", store, pair[0], "somebody", "--decision", "same")
    refused("second event", "review", store, pair[0], "--decision", "apart")
    refused("stands already", "review", store, pair[1], pair[0], "--decision", "apart")
    refused("no verdict on two", "review", store, pair[0], pair[1], "--decision", "accepted")
    refused("--decision is needed", "review", store, pair[0], pair[1])
    refused("one or two events", "review", store)

    # ---- taken back: one event again under its old id, and the other id leads there; that former id is no target
    former = [merged_of(store, e) for e in pair]
    run("review", store, pair[1], pair[0], "--decision", "undone", "--by", "ben")
    now = {merged_of(store, e) for e in three}
    check(len(now) == 1 and now <= set(former), f"undone: {now}, before {former}")
    gone = next(m for m in former if m not in now)
    check(json.loads(run("show", store, gone).stdout)["id"] in now, "a former id does not lead on")
    refused("former id", "review", store, gone, three[0], "--decision", "apart")
    check("(no longer)" in run("show", store, pair[0]).stdout, "a verdict that was taken back looks as if it stood")
    refused("no verdict on these two", "review", store, pair[0], pair[1], "--decision", "undone")

    # ---- merged events follow later where that is asked for, and verify says so until then
    other = next(e["id"] for e in events_of(store) if e["type"] == "displace")
    run("review", store, other, merged_of(store, pair[0]), "--decision", "same", "--alone")
    check("annalist connect" in run("verify", store, status=1).stderr, "verify does not see that findings are behind")
    run("connect", store)
    run("verify", store)
    check(merged_of(store, other) == merged_of(store, pair[0]), "joined")
    with sqlite3.connect(store) as db:
        db.execute("UPDATE reviews SET other = 'e0' WHERE id = (SELECT max(id) FROM reviews)")
    said = run("verify", store, status=1).stderr
    check("no pair" in said and "not there" in said, f"verify overlooks broken verdicts: {said}")
    with sqlite3.connect(store) as db:
        db.execute("DELETE FROM reviews WHERE other = 'e0'")
    run("connect", store)

    # ---- verdicts on one event
    run("review", store, pair[0], "--decision", "rejected", "--by", "ana")
    check(pair[0] not in run("query", store, "--format", "ids").stdout, "a rejected event is still in the default selection")
    run("review", store, pair[0], "--decision", "undone")
    check(pair[0] in run("query", store, "--format", "ids").stdout, "undone")
    run("review", store, pair[0], "--decision", "perhaps", status=2)

    # ---- through the API
    m = merged_of(store, pair[0])
    server = subprocess.Popen([BINARY, "serve", str(store), "--port", "0", "--write"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    base = server.stdout.readline().strip().rstrip("/")

    def ask(path, body=None):
        request = urllib.request.Request(base + path, json.dumps(body).encode() if body else None, {"Content-Type": "application/json"})
        try:
            with urllib.request.urlopen(request) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as refusal:
            return refusal.code, json.load(refusal)

    try:
        status, event = ask(f"/v1/events/{m}")
        check(status == 200 and len(event["mentions"]) >= 3, f"the event before: {status}")
        taken = pair[1]
        status, said = ask("/v1/reviews", {"target": taken, "other": m, "decision": "apart", "reviewer": "cem", "note": "another hill"})
        check(status == 201 and said["connected"] and said["other"] == m, f"apart: {status} {said}")
        status, alone = ask(f"/v1/events/{taken}")
        check(status == 200 and [x["event"] for x in alone["mentions"]] == [taken], "the event that was taken out")
        last = alone["revisions"][-1]
        check(last["decision"] == "apart" and last["stands"] and last["by"] == "cem" and last["note"] == "another hill" and last["at"], f"revisions: {last}")
        status, left = ask(f"/v1/events/{pair[0]}")
        check(taken not in [x["event"] for x in left["mentions"]] and any(x["stands"] and x["other"] for x in left["revisions"]), "the event it was taken out of")
        status, listed = ask("/v1/reviews")
        people = {p["name"]: p["verdicts"] for p in listed["people"]}
        check(people["cem"] == 1, f"one verdict on many pairs counts once: {people}")
        check(ask(f"/v1/reviews?target={taken}")[1]["items"][-1]["decision"] == "apart", "verdicts of one event")
        for wrong, code in (({"target": taken, "other": taken}, 422), ({"target": taken, "other": "e0123456789abcdef0123"}, 404),
                            ({"target": "m0123456789abcdef0123", "other": taken}, 404), ({"target": taken}, 422), ({"target": gone, "other": taken}, 422),
                            ({"target": taken, "other": 7}, 400), ({"target": taken, "other": m, "fields": {"type": "enter"}}, 422)):
            status, said = ask("/v1/reviews", {"decision": "apart", **wrong})
            check(status == code and said["detail"], f"{wrong}: {status} {said}")
        check(ask("/v1/reviews", {"target": taken, "other": pair[0], "decision": "undone"})[1]["connected"], "undone")
        check(len(ask(f"/v1/events/{pair[0]}")[1]["mentions"]) == len(event["mentions"]), "undone, and not one event again")
    finally:
        server.terminate()
        server.wait()
    run("verify", store, "--deep")

finish("verdicts")
