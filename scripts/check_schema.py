#!/usr/bin/env python3
"""Checks JSONL documents against schema/document.schema.json. Standard library only: knows the keywords that
schema uses, and refuses a schema that uses another one, so that no rule can be passed over in silence.

usage: check_schema.py SCHEMA < documents.jsonl        exit 1 at the first fault of each line, named by path
"""
import json
import re
import sys

KNOWN = {"$schema", "$id", "title", "description", "type", "required", "properties", "items", "enum", "const", "pattern", "minimum", "maximum"}
TYPES = {"object": dict, "array": list, "string": str, "boolean": bool, "null": type(None)}


def is_type(value, name):
    if name == "integer":
        return isinstance(value, int) and not isinstance(value, bool)
    if name == "number":
        return isinstance(value, (int, float)) and not isinstance(value, bool)
    return isinstance(value, TYPES[name])


def faults(schema, value, path):
    unknown = set(schema) - KNOWN
    if unknown:
        yield f"{path}: the schema uses {sorted(unknown)}, which this checker does not know"
    types = schema.get("type")
    if types and not any(is_type(value, t) for t in ([types] if isinstance(types, str) else types)):
        yield f"{path}: {json.dumps(value)[:60]} is not {types}"
        return
    if "enum" in schema and value not in schema["enum"]:
        yield f"{path}: {json.dumps(value)[:60]} is none of {schema['enum']}"
    if "const" in schema and value != schema["const"]:
        yield f"{path}: {json.dumps(value)[:60]} is not {schema['const']!r}"
    if isinstance(value, str) and "pattern" in schema and not re.search(schema["pattern"], value):
        yield f"{path}: {value[:60]!r} does not match {schema['pattern']}"
    if is_type(value, "number") and not schema.get("minimum", value) <= value <= schema.get("maximum", value):
        yield f"{path}: {value} is out of range"
    if isinstance(value, dict):
        for key in schema.get("required", ()):
            if key not in value:
                yield f"{path}: '{key}' is missing"
        for key, sub in schema.get("properties", {}).items():
            if key in value:
                yield from faults(sub, value[key], f"{path}.{key}")
    if isinstance(value, list) and "items" in schema:
        for i, item in enumerate(value):
            yield from faults(schema["items"], item, f"{path}[{i}]")


def offset_faults(doc):
    """What a schema cannot say: spans lie in the text, the first is before the second."""
    n = len(doc.get("text", ""))
    def walk(value, path):
        if isinstance(value, dict):
            if isinstance(value.get("start"), int) and "text" in doc and not 0 <= value["start"] <= value["end"] <= n:
                yield f"{path}: span {value['start']}..{value['end']} of a text of {n}"
            for k, v in value.items():
                yield from walk(v, f"{path}.{k}")
        elif isinstance(value, list):
            for i, v in enumerate(value):
                yield from walk(v, f"{path}[{i}]")
    return walk(doc, "$")


def main():
    schema = json.load(open(sys.argv[1], encoding="utf-8"))
    bad = lines = 0
    for number, line in enumerate(sys.stdin, 1):
        lines += 1
        doc = json.loads(line)
        fault = next(faults(schema, doc, "$"), None) or next(offset_faults(doc), None)
        if fault:
            bad += 1
            print(f"line {number} ({doc.get('id')}): {fault}", file=sys.stderr)
    print(f"schema: {lines - bad} of {lines} documents valid")
    return bad > 0 or lines == 0


if __name__ == "__main__":
    sys.exit(main())
