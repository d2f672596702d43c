#!/usr/bin/env python3
"""Writes schema/document.schema.json from the vocabularies of src/doc/enums.h. `--check` only compares."""
import json
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
TARGET = ROOT / "schema/document.schema.json"
NAMES = {m[1]: re.findall(r'"([^"]*)"', m[2])
         for m in re.finditer(r'ANNALIST_NAMES\((\w+),(\s*".*?)\)\n', (ROOT / "src/doc/enums.h").read_text(), re.S)}

TEXT, TEXT_OR_NULL = {"type": "string"}, {"type": ["string", "null"]}
COUNT, NUMBER, TRUTH = {"type": "integer", "minimum": 0}, {"type": "number"}, {"type": "boolean"}
DAY = {"type": ["string", "null"], "pattern": "^-?[0-9]{4}-[0-9]{2}-[0-9]{2}$"}


def one_of(enum, null=False, without=()):
    return {"enum": [x for x in NAMES[enum] if x not in without] + ([None] if null else [])}


def record(required, optional=None, null=False):
    return {"type": ["object", "null"] if null else "object", "required": list(required),
            "properties": {**required, **(optional or {})}}


def many(items):
    return {"type": "array", "items": items}


def link(prefix, null=False):
    return {"type": ["string", "null"] if null else "string", "pattern": f"^{prefix}[1-9][0-9]*$"}


def bounded(limit):
    return {"type": ["number", "null"], "minimum": -limit, "maximum": limit}


SPAN = {"start": COUNT, "end": COUNT}
STAMP = record({"value": TEXT, "precision": one_of("DatePrecision"), "source": one_of("DateSource")}, null=True)
CASUALTIES = record({k: {"type": ["integer", "null"], "minimum": 0} for k in ("low", "best", "high")}, null=True)

PAGE = record({
    "url": TEXT_OR_NULL, "canonical_url": TEXT_OR_NULL, "site": TEXT_OR_NULL, "headline": TEXT_OR_NULL,
    "subtitle": TEXT_OR_NULL, "authors": many(TEXT), "agency": TEXT_OR_NULL, "section": TEXT_OR_NULL, "tags": many(TEXT),
    "dateline": record({"place": TEXT_OR_NULL, "date": DAY, **SPAN}, null=True),
    "published": STAMP, "updated": STAMP, "language": TEXT_OR_NULL, "kind": one_of("PageKind"),
    "form": one_of("PageForm"), "revised": {"type": "boolean"}},
    {"entries": many(record({**SPAN, "time": STAMP, "heading": TEXT_OR_NULL}))})
ACTOR = record({"id": TEXT_OR_NULL, "name": TEXT, "kind": one_of("ActorKind", without=("none",)),
                "country": {"type": ["string", "null"], "pattern": "^[A-Z]{3}$"},
                "codes": {"type": "object", "properties": {"cameo": TEXT, "ucdp": TEXT, "wikidata": TEXT}}},
               {"part_of": TEXT}, null=True)
ENTITY = record({"id": link("e"), "type": one_of("EntityType"), "name": TEXT, "actor": ACTOR,
                 "mentions": many(record({**SPAN, "form": one_of("MentionForm")}))})
PLACE = record({
    "id": link("p"), **SPAN, "text": TEXT, "name": TEXT_OR_NULL, "lat": bounded(90), "lon": bounded(180),
    "gazetteer": TEXT_OR_NULL, "feature": TEXT_OR_NULL, "country": {"type": ["string", "null"], "pattern": "^[A-Z]{2}$"},
    "admin1": TEXT_OR_NULL, "precision": one_of("PlacePrecision", null=True), "score": NUMBER, "role": one_of("PlaceRole"),
    "alternatives": many(record({"gazetteer": TEXT, "name": TEXT, "lat": NUMBER, "lon": NUMBER, "score": NUMBER}))})
TIME = record({"id": link("t"), **SPAN, "text": TEXT, "type": one_of("TimeType"), "value": TEXT_OR_NULL,
               "mod": TEXT_OR_NULL, "from": DAY, "to": DAY})
EVENT = record({
    "id": link("v"), "type": TEXT,
    "plover": record({"type": TEXT, "mode": TEXT_OR_NULL, "contexts": many(TEXT)}, null=True), "cameo": TEXT_OR_NULL,
    "acled": record({"event_type": TEXT, "sub_event_type": TEXT_OR_NULL}, null=True),
    "trigger": record(SPAN, null=True), "mentions": many(record(SPAN, {"sentence": COUNT})),
    "actors": many(record({"role": one_of("EventRole"), "entity": link("e", True), **SPAN})),
    "place": link("p", True), "places": many(record({"place": link("p"), "role": one_of("EventPlaceRole")})),
    "time": record({"precision": one_of("TimePrecision"), "time": link("t", True)}, {"from": DAY, "to": DAY}),
    "status": one_of("EventStatus"), "contested": TRUTH, "main": TRUTH,
    "deaths": CASUALTIES, "injured": CASUALTIES, "abducted": CASUALTIES, "claims": many(link("c")),
    "confidence": {"type": "number", "minimum": 0, "maximum": 1}, "why": many(record({"rule": TEXT, **SPAN}))},
    {"assessment": record({
        "status": one_of("Standing"), "sources_for": COUNT, "sources_against": COUNT, "independent": COUNT,
        "parties_for": COUNT, "parties_against": COUNT, "admissions": COUNT,
        "trace": many(record({"rule": TEXT, "claim": link("c", True)}))})})
CLAIM = record({
    "id": link("c"), "source": record({"entity": link("e", True), "name": TEXT_OR_NULL, "kind": one_of("SourceKind")}, SPAN),
    "cue": record(SPAN, null=True), "content": many(record(SPAN)), "form": one_of("ClaimForm"),
    "stance": one_of("Stance"), "polarity": {"enum": ["+", "-"]}, "certainty": one_of("Certainty"),
    "via": link("c", True), "events": many(link("v"))},
    {"kind": {"enum": ["statement", "attitude"]}, "affiliation": link("e", True), "said": link("t", True),
     "statements": many(record({
         "event": link("v"), "polarity": {"enum": ["+", "-"]}, "settled": TRUTH, "admission": TRUTH,
         "count": {"type": ["integer", "null"], "minimum": 0}, "actor": link("e", True), "place": link("p", True),
         "time": link("t", True)}))})

SCHEMA = {
    "$schema": "https://json-schema.org/draft/2020-12/schema", "$id": "annalist/document/1",
    "title": "Annotated document, version 1",
    "description": "One report as Annalist writes it. Offsets are half-open and count Unicode code points of `text`. "
                   "Absent knowledge is null or a missing key, never a guess. Fields may be added; a change of meaning is version 2.",
    **record({"schema": {"const": "annalist/document/1"}, "id": TEXT,
              "engine": record({"version": TEXT, "model": TEXT_OR_NULL, "codebook": TEXT_OR_NULL, "gazetteer": TEXT_OR_NULL})},
             {"page": PAGE, "text": TEXT, "blocks": many(record({**SPAN, "kind": one_of("BlockKind")})),
              "sentences": many(record({**SPAN, "block": COUNT})),
              "tokens": many(record({**SPAN, "sentence": COUNT},
                                    {"lemma": TEXT, "upos": one_of("Upos"), "feats": TEXT,
                                     "head": {"type": "integer", "minimum": -1}, "deprel": one_of("Deprel")})),
              "entities": many(ENTITY), "places": many(PLACE), "times": many(TIME), "events": many(EVENT),
              "claims": many(CLAIM),
              "conflicts": many(record({"event": link("v", True), "kind": one_of("ConflictKind"), "claims": many(link("c"))})),
              "relations": many(record({"a": link("e", True), "rel": one_of("RelationKind"), "b": link("e", True), **SPAN,
                                        "from": DAY, "to": DAY})),
              "control": many(record({"place": link("p", True), "from": link("e", True), "to": link("e", True), "date": DAY,
                                      "how": one_of("ControlHow", null=True), "event": link("v", True)})),
              "diagnostics": many(record({"code": {"type": "string", "pattern": "^[EW][0-9]{3}$"}, "message": TEXT, **SPAN}))})}


def layout(value, indent=0):
    """JSON with everything that fits on one line kept on one line."""
    line = json.dumps(value, ensure_ascii=False)
    if len(line) + indent <= 108 or not isinstance(value, (dict, list)):
        return line
    pad, end = " " * (indent + 1), " " * indent
    if isinstance(value, dict):
        return "{\n" + ",\n".join(f"{pad}{json.dumps(k)}: {layout(v, indent + 1)}" for k, v in value.items()) + f"\n{end}}}"
    return "[\n" + ",\n".join(pad + layout(v, indent + 1) for v in value) + f"\n{end}]"


def main():
    text = layout(SCHEMA) + "\n"
    if "--check" in sys.argv:
        if TARGET.read_text() != text:
            print("schema/document.schema.json is behind src/doc/enums.h: run scripts/make_schema.py", file=sys.stderr)
            return 1
        return 0
    TARGET.write_text(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
