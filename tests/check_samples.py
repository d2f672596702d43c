#!/usr/bin/env python3
"""Checks coded samples against samples/expected (its form: samples/README.md).

usage: check_samples.py EXPECTED_DIR < documents.jsonl
The document's id is the file name of the report or, as for files given on the command line, the hash of its bytes;
NAME.expect holds what NAME.txt or NAME.html must yield.
"""
import hashlib
import json
import pathlib
import re
import sys
import unicodedata


def fold(s):
    return "".join(c for c in unicodedata.normalize("NFKD", s or "") if not unicodedata.combining(c)).casefold()


def has(value, wanted):
    """`wanted` may hold alternatives: a|b."""
    return any(fold(w) in fold(value) for w in wanted.split("|"))


def entity_words(doc, eid):
    e = next((e for e in doc["entities"] if e["id"] == eid), None)
    if not e:
        return ""
    return " / ".join([e["name"], (e["actor"] or {}).get("name", "")] + [doc["text"][m["start"]:m["end"]] for m in e["mentions"]])


def event_slot(doc, event, slot):
    if slot in ("actor", "target"):
        return " / ".join(entity_words(doc, a["entity"]) + " " + doc["text"][a["start"]:a["end"]]
                          for a in event["actors"] if a["role"] == slot)
    if slot == "place":
        ids = {event["place"]} | {p["place"] for p in event["places"]}
        return " / ".join(f"{p['name']} {p['text']} {p['admin1'] or ''}" for p in doc["places"] if p["id"] in ids)
    if slot == "date":
        first, last = event["time"].get("from"), event["time"].get("to")
        return first or "" if first == last else f"{first}..{last}"
    if slot in ("deaths", "injured", "abducted"):
        c = event[slot] or {}
        return str(next((c[k] for k in ("best", "low", "high") if c.get(k) is not None), ""))
    return event[slot]


def claim_slot(doc, claim, slot):
    if slot == "source":
        s = claim["source"]
        return " / ".join([s["name"] or "", entity_words(doc, s["entity"]), doc["text"][s["start"]:s["end"]] if "start" in s else ""])
    return " ... ".join(doc["text"][s["start"]:s["end"]] for s in claim["content"])


def control_slot(doc, control, slot):
    if slot == "place":
        return " / ".join(f"{p['name']} {p['text']}" for p in doc["places"] if p["id"] == control["place"])
    if slot in ("from", "to"):
        return entity_words(doc, control[slot])
    return control[slot] or "held"


def conditions(text):
    """'actor~Islamic State date=2015-03-14' -> [(slot, '~', value), ...]; a value runs to the next condition."""
    parts = re.split(r"(?:^|\s)(\w+)([=~])", text)
    return [(parts[i], parts[i + 1], parts[i + 2].strip()) for i in range(1, len(parts), 3)]


def fits(conds, slot_of):
    return all(has(slot_of(slot), v) if op == "~" else slot_of(slot) in v.split("|") for slot, op, v in conds)


def page_value(doc, field):
    if field == "filed":
        return (doc["page"]["dateline"] or {}).get("date") or ""
    v = doc["page"].get(field)
    if field in ("published", "updated"):
        return (v or {}).get("value", "")[:10]
    if field == "dateline":
        return (v or {}).get("place") or ""
    return ", ".join(v) if isinstance(v, list) else v or ""


def holds(doc, line):
    """True if the statement holds of the document."""
    word, _, rest = line.partition(" ")
    if word == "page":
        field, op, value = re.match(r"(\w+) ([=~]) (.*)", rest).groups()
        got = page_value(doc, field)
        return got == value if op == "=" else has(got, value)
    if word == "no":
        if m := re.match(r"deaths over (\d+)", rest):
            return not any(int(event_slot(doc, e, "deaths") or 0) > int(m[1]) for e in doc["events"])
        return not holds(doc, rest)
    kind, _, conds = rest.partition(" ")
    if any(c in kind for c in "=~"):
        kind, conds = "", rest
    if word == "event":
        return any((not kind or e["type"] in kind.split("|")) and fits(conditions(conds), lambda s, e=e: event_slot(doc, e, s))
                   for e in doc["events"])
    if word == "claim":
        return any(c["stance"] in kind.split("|") and fits(conditions(conds), lambda s, c=c: claim_slot(doc, c, s))
                   for c in doc["claims"])
    if word == "control":
        return any(fits(conditions(rest), lambda s, c=c: control_slot(doc, c, s)) for c in doc["control"])
    if word == "conflict":
        return any(c["kind"] == kind for c in doc["conflicts"])
    raise SystemExit(f"unknown statement: {line}")


def main():
    expected = {p.stem: p for p in sorted(pathlib.Path(sys.argv[1]).glob("*.expect"))}
    reports = pathlib.Path(sys.argv[1]).parent / "reports"
    by_hash = {hashlib.sha256(p.read_bytes()).hexdigest()[:16]: p.stem for p in reports.iterdir()}
    passed, missed, failed = 0, 0, []
    for line in sys.stdin:
        doc = json.loads(line)
        path = expected.pop(by_hash.get(doc["id"], pathlib.Path(doc["id"]).stem), None)
        if not path:
            failed.append(f"{doc['id']}: no file of expectations")
            continue
        for number, statement in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if not statement.strip() or statement.startswith("#"):
                continue
            statement = statement.strip()
            known_miss = statement.startswith("miss: ")
            if holds(doc, statement.removeprefix("miss: ")) != known_miss:
                passed, missed = passed + (not known_miss), missed + known_miss
            else:
                failed.append(f"{path.name}:{number}: {statement}" + (" (holds now: take 'miss: ' away)" if known_miss else ""))
    failed += [f"{name}: was not coded" for name in expected]
    for f in failed:
        print(f, file=sys.stderr)
    print(f"samples: {passed} statements hold, {missed} are known misses")
    print(f"{passed} passed, {len(failed)} failed")
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())
