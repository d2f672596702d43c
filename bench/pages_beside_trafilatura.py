#!/usr/bin/env python3
"""Annalist and trafilatura on the same pages in one run: speed of one core, and how both agree with the gold bodies.

usage: pages_beside_trafilatura.py ANNALIST FOLDER-WITH-GOLD [--scorer ../shared/score/score] [--repeat 3]

Needs `pip install trafilatura==2.0.0 lxml_html_clean==0.4.3` in the Python that runs it. FOLDER holds gold.jsonl ({id, url, html}) and the pages.
Trafilatura runs as `bare_extraction(with_metadata=True)`: body and all metadata, as `annalist read` does. Times are CPU
seconds of the process, reading of files included.
"""
import argparse
import json
import pathlib
import resource
import subprocess
import sys
import tempfile
import time


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("annalist")
    ap.add_argument("folder", type=pathlib.Path)
    ap.add_argument("--scorer", default="../shared/score/score")
    ap.add_argument("--repeat", type=int, default=3)
    a = ap.parse_args()
    import trafilatura

    gold = a.folder / "gold.jsonl"
    pages = []
    for line in gold.read_text(encoding="utf-8").splitlines():
        g = json.loads(line)
        path = next((p for p in (a.folder / g["html"], a.folder.parent / g["html"]) if p.exists()), None)
        if path:
            pages.append((g["id"], g.get("url") or "", path))
    with tempfile.TemporaryDirectory() as tmp:
        given, ours, theirs = (pathlib.Path(tmp) / n for n in ("in.jsonl", "ours.jsonl", "theirs.jsonl"))
        given.write_text("".join(json.dumps({"id": i, "url": u, "path": str(p.resolve())}) + "\n" for i, u, p in pages))
        best = None
        for _ in range(a.repeat):
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            with open(ours, "wb") as out:
                subprocess.run([a.annalist, "read", "--threads", "1", given], stdout=out, check=False)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
            best = min(best or seconds, seconds)
        start = time.process_time()
        with open(theirs, "w") as out:
            for i, u, p in pages:
                doc = trafilatura.bare_extraction(p.read_bytes(), url=u or None, with_metadata=True)
                doc = doc.as_dict() if doc is not None and not isinstance(doc, dict) else doc or {}
                page = {"headline": doc.get("title"), "authors": [x for x in (doc.get("author") or "").split(";") if x.strip()],
                        "published": {"value": doc.get("date")} if doc.get("date") else None}
                out.write(json.dumps({"id": i, "body": doc.get("text") or "", "page": page}) + "\n")
        slow = time.process_time() - start
        print(f"{len(pages)} pages; annalist {len(pages) / best:,.0f} a second (best of {a.repeat}), trafilatura {trafilatura.__version__} {len(pages) / slow:,.1f}", flush=True)
        for name, pred in (("annalist", ours), ("trafilatura", theirs)):
            for task in ("pages.body", "pages.meta"):
                done = subprocess.run([sys.executable, a.scorer, task, "--gold", gold, "--pred", pred, "--json"], capture_output=True, text=True)
                if done.returncode == 0:
                    rows = json.loads(done.stdout)["rows"]
                    print(f"{name} {task}: " + ", ".join(f"{r['name'].strip()} {r['value']:.1f}" for r in rows if r["value"] is not None))


if __name__ == "__main__":
    main()
