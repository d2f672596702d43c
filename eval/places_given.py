#!/usr/bin/env python3
"""Accuracy within 161 km on names that are given: every name of the gold with coordinates counts, none left out.

usage: places_given.py --annalist build/annalist --gold FILE --score SCORE [--json]

Needs the program build/place_spans (cmake --build build --target place_spans) beside annalist. The names' places
are written as predictions and scored by the shared scorer's row "gold-span acc@161".
"""
import argparse
import json
import pathlib
import subprocess
import sys
import tempfile


def lines(path):
    if path.suffix == ".zst":
        return subprocess.run(["zstd", "-dc", "--long=27", str(path)], check=True, capture_output=True).stdout.decode().splitlines()
    return path.read_text(encoding="utf-8").splitlines()


def main():
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--annalist", type=pathlib.Path, required=True)
    ap.add_argument("--gold", type=pathlib.Path, required=True)
    ap.add_argument("--score", type=pathlib.Path, required=True)
    ap.add_argument("--json", action="store_true")
    a = ap.parse_args()
    asked, texts = [], {}
    for g in map(json.loads, lines(a.gold)):
        text, spans = g["text"], []
        byte = [0]
        for c in text:
            byte.append(byte[-1] + len(c.encode()))
        for m in g.get("mentions") or []:
            if m.get("lat") is not None:
                spans.append(f"{byte[m['start']]}-{byte[m['end']]}")
        escaped = text.replace("\\", "\\\\").replace("\n", "\\n")
        asked.append(f"{g['id']}\t{(g.get('url') or '').split()[0] if g.get('url') else ''}\t{' '.join(spans)}\n{escaped}\n")
        texts[str(g["id"])] = (text, {b: i for i, b in enumerate(byte)})
    tool = a.annalist.resolve().parent / "place_spans"
    out = subprocess.run([str(tool), str(tool.parent)], input="".join(asked).encode(), check=True, capture_output=True).stdout.decode()
    found = {i: [] for i in texts}
    for line in out.splitlines():
        i, begin, end, lat, lon, country = line.split("\t")
        at = texts[i][1]
        found[i].append({"start": at[int(begin)], "end": at[int(end)], "lat": float(lat), "lon": float(lon), "country": country})
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as pred:
        for i, places in found.items():
            pred.write(json.dumps({"id": i, "text": texts[i][0], "places": places}) + "\n")
        pred.flush()
        done = subprocess.run([sys.executable, str(a.score), "place", "--gold", str(a.gold), "--pred", pred.name, "--json"],
                              check=True, capture_output=True, text=True)
    result = json.loads(done.stdout)
    result["score"] = next(r["value"] for r in result["rows"] if r["name"].strip().startswith("gold-span"))
    print(json.dumps(result) if a.json else "\n".join(f"{r['name']:26}{r['value']:8.2f}  {r.get('remark', '')}" for r in result["rows"]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
