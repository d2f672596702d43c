#!/usr/bin/env python3
"""Pages and archive records a second on one core: HTML files, and the same pages as a WARC with a gzip member each.

usage: pages_speed.py --annalist ANNALIST --folder FOLDER-WITH-GOLD [--repeat 5] [--json]

FOLDER holds gold.jsonl ({id, url, html}) and the pages. Times are CPU seconds of the whole program, start included, with
one worker; the best of the runs counts. The documents of both ways must be the same but for their ids.
"""
import argparse
import gzip
import json
import pathlib
import resource
import subprocess
import sys
import tempfile


def pages(folder):
    for line in (folder / "gold.jsonl").read_text(encoding="utf-8").splitlines():
        g = json.loads(line)
        path = next((p for p in (folder / g["html"], folder.parent / g["html"]) if p.exists()), None)
        if path:
            yield g["id"], g.get("url") or f"http://page.example/{g['id']}", path


def record(url, body):
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n" % len(body) + body
    head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    return gzip.compress(head.encode() + http + b"\r\n\r\n", 6)


def timed(annalist, given, repeat):
    best, out = None, b""
    for _ in range(repeat):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        out = subprocess.run([annalist, "read", "--threads", "1", given], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True).stdout
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        best = min(best or seconds, seconds)
    return best, out


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--annalist", required=True)
    ap.add_argument("--folder", type=pathlib.Path, required=True)
    ap.add_argument("--repeat", type=int, default=5)
    ap.add_argument("--json", action="store_true")
    a = ap.parse_args()
    with tempfile.TemporaryDirectory() as tmp:
        files, archive = pathlib.Path(tmp, "in.jsonl"), pathlib.Path(tmp, "in.warc.gz")
        n = 0
        with open(files, "w", encoding="utf-8") as f, open(archive, "wb") as w:
            for page, url, path in pages(a.folder):
                f.write(json.dumps({"id": page, "url": url, "path": str(path.resolve())}) + "\n")
                w.write(record(url, path.read_bytes()))
                n += 1
        slow_files, as_files = timed(a.annalist, files, a.repeat)
        slow_archive, as_records = timed(a.annalist, archive, a.repeat)
    for left, right in zip(as_files.splitlines(), as_records.splitlines(), strict=True):
        if json.loads(left)["text"] != json.loads(right)["text"]:
            print("pages_speed: an archive gives another text than the file", file=sys.stderr)
            return 1
    rows = [{"name": "pages", "value": n / slow_files}, {"name": "records", "value": n / slow_archive}]
    if a.json:
        print(json.dumps({"score": rows[0]["value"], "rows": rows}))
    else:
        print("\n".join(f"{r['name']} a second: {r['value']:,.0f}" for r in rows))
    return 0


if __name__ == "__main__":
    sys.exit(main())
