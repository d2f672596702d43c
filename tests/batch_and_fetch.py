#!/usr/bin/env python3
"""Long runs that stop and go on, quarantine, and fetching from a server on this machine.

usage: batch_and_fetch.py ANNALIST
"""
import gzip
import http.server
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import threading

ANNALIST = os.path.abspath(sys.argv[1])
passed = failed = 0


def run(*args, stdin=None):
    return subprocess.run([ANNALIST, *map(str, args)], input=stdin, capture_output=True, timeout=120)


def check(name, condition, detail=""):
    global passed, failed
    passed, failed = passed + bool(condition), failed + (not condition)
    if not condition:
        print(f"batch and fetch: {name} {detail}", file=sys.stderr)


def batch(tmp):
    lines = [json.dumps({"id": f"r{i}", "text": f"Rebels left village {i} on Monday, officials said."}) for i in range(300)]
    lines[100] = "{broken"
    lines[200] = json.dumps({"id": "empty"})
    given = tmp / "in.jsonl"
    given.write_text("\n".join(lines) + "\n")
    whole, parts, bad, mark = tmp / "whole.jsonl", tmp / "parts.jsonl", tmp / "bad.jsonl", tmp / "mark"
    done = run("read", given, "-o", whole, "--quarantine", bad)
    check("partial failure is status 1", done.returncode == 1, done.stderr)
    rows = [json.loads(l) for l in bad.read_text().splitlines()]
    check("quarantine names line and reason", [r["line"] for r in rows] == [101, 201] and all(r["reason"] for r in rows), rows)

    done = run("read", given, "-o", parts, "--checkpoint", mark, "--max-errors", 0, "--threads", 2)
    check("stops after too many errors", done.returncode == 1 and mark.exists() and not parts.exists(), done.stderr)
    check("kept what was done", 0 < len((tmp / "parts.jsonl.part").read_text().splitlines()) < 298)
    with open(tmp / "parts.jsonl.part", "a") as f:
        f.write("a torn line")  # what a crash may leave behind the checkpoint
    done = run("read", given, "-o", parts, "--checkpoint", mark)
    check("goes on to the same bytes", parts.exists() and parts.read_bytes() == whole.read_bytes(), done.stderr)
    check("the checkpoint is gone at the end", not mark.exists())

    run("read", given, "-o", tmp / "again.jsonl", "--checkpoint", mark, "--max-errors", 0)
    given.write_text("\n".join(reversed(lines)) + "\n")
    done = run("read", given, "-o", tmp / "again.jsonl", "--checkpoint", mark)
    check("other inputs are refused", done.returncode == 2 and b"not those of the checkpoint" in done.stderr, done.stderr)
    done = run("read", given, "--checkpoint", mark)
    check("a checkpoint needs an output file", done.returncode == 2 and b"-o FILE" in done.stderr, done.stderr)
    done = run("read", "--from", "nonsense", given)
    check("an unknown form is refused", done.returncode == 2, done.stderr)
    done = run("read", "--from", "csv", "--columns", "text=Body", "-", stdin=b"Body,Day\n\"One, two.\",2015-03-03\n")
    check("CSV on standard input", json.loads(done.stdout)["text"] == "One, two.", done.stderr)
    done = run("read", "--explain", "-", stdin=b"<html><body><h1>Rebels leave</h1><p>Rebels left the hill town on Monday, officials said there.</p></body></html>")
    check("explains", b"  +  Rebels left" in done.stdout and b"headline: Rebels leave   [h1]" in done.stdout, done.stdout)


class Site(http.server.BaseHTTPRequestHandler):
    asked = []

    def log_message(self, *_):
        pass

    def do_GET(self):
        Site.asked.append(self.path)
        page = b"<html><body><h1>Rebels leave</h1><p>Rebels left the hill town on Monday, officials said.</p></body></html>"
        feed = "<rss><channel><title>Hill</title>" + "".join(
            f"<item><title>T{i}</title><link>http://{self.headers['Host']}/story{i}</link><description>d</description></item>" for i in (1, 2)) + "</channel></rss>"
        more, status, body, kind = {}, 200, page, "text/html; charset=utf-8"
        if self.path == "/robots.txt":
            body, kind = b"User-agent: annalist\nDisallow: /closed\n", "text/plain"
        elif self.path == "/feed":
            body, kind = feed.encode(), "application/rss+xml"
        elif self.path == "/moved":
            status, more, body = 302, {"Location": "/story1"}, b""
        elif self.path == "/loop":
            status, more, body = 302, {"Location": "/loop"}, b""
        elif self.path == "/big":
            body = b"<p>" + b"x" * 100_000
        elif self.path == "/busy":
            status, more, body = 429, {"Retry-After": "60"}, b""
        elif self.path == "/packed":
            body, more = gzip.compress(page), {"Content-Encoding": "gzip"}
        elif self.path == "/tagged":
            if self.headers.get("If-None-Match") == '"v1"':
                status, body = 304, b""
            more = {"ETag": '"v1"'}
        elif self.path == "/missing":
            status, body = 404, b""
        Site.agent = self.headers["User-Agent"]
        self.send_response(status)
        for key, value in {"Content-Type": kind, "Content-Length": str(len(body)), **more}.items():
            self.send_header(key, value)
        self.end_headers()
        self.wfile.write(body)


def fetch(tmp):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    at = f"http://127.0.0.1:{server.server_address[1]}"
    how = ["--contact", "desk@example.org", "--delay", "0"]
    local = [*how, "--allow-private"]
    out, state = tmp / "got.warc", tmp / "state"

    done = run("fetch", at + "/story1")
    check("a contact is needed", done.returncode == 2 and b"--contact" in done.stderr)
    done = run("fetch", *how, at + "/story1", "-o", out)
    check("private networks are refused", done.returncode == 2 and b"private network" in done.stderr, done.stderr)
    check("and not even asked", Site.asked == [])

    done = run("fetch", *local, "--follow", "--state", state, at + "/feed", at + "/packed", at + "/moved", at + "/closed", "-o", out)
    check("what robots.txt forbids is named", done.returncode == 1 and b"robots.txt" in done.stderr, done.stderr)
    check("robots.txt is asked once, the closed page never", Site.asked.count("/robots.txt") == 1 and "/closed" not in Site.asked, Site.asked)
    check("the agent names who asks", "annalist" in Site.agent and "desk@example.org" in Site.agent, Site.agent)
    docs = [json.loads(l) for l in run("read", out).stdout.splitlines()]
    check("feed followed, packed and moved pages readable", len(docs) == 4 and all(d["page"]["headline"] == "Rebels leave" for d in docs), len(docs))
    check("the address after redirects", any(d["page"]["url"].endswith("/story1") for d in docs))

    run("fetch", *local, "--state", state, at + "/tagged", "-o", out)
    done = run("fetch", *local, "--state", state, at + "/tagged", at + "/packed", "-o", out)
    check("unchanged pages are not written again", done.returncode == 0 and b"0 fetched, 2 unchanged" in done.stderr and out.read_bytes() == b"", done.stderr)

    done = run("fetch", *local, "--max-bytes", 1000, at + "/big", "-o", out)
    check("a large page is cut", b"cut at 1000" in done.stderr and b"WARC-Truncated" in out.read_bytes(), done.stderr)
    done = run("fetch", *local, at + "/loop", at + "/busy", at + "/missing", "ftp://example.org/x", "-o", out)
    check("loops, busy servers, missing pages and other schemes are named", done.returncode == 2 and done.stderr.count(b"annalist: ") == 5
          and b"too many redirects" in done.stderr and b"asks to wait" in done.stderr and b"404" in done.stderr, done.stderr)
    server.shutdown()
    done = run("fetch", *local, "--timeout", "2", at.replace("127.0.0.1", "127.0.0.1") .rsplit(":", 1)[0] + ":9/", "-o", out)
    check("a dead server is named", done.returncode == 2 and b"cannot be fetched" in done.stderr, done.stderr)


with tempfile.TemporaryDirectory() as folder:
    batch(pathlib.Path(folder))
    fetch(pathlib.Path(folder))
print(f"batch and fetch: {passed} passed, {failed} failed")
sys.exit(failed > 0)
