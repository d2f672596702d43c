#!/usr/bin/env python3
"""Bad inputs through the binary: each is coded as well as it can be or named, and the batch goes on.

usage: bad_inputs.py ANNALIST
"""
import gzip
import json
import os
import pathlib
import subprocess
import sys
import tempfile

GOOD = "Rebels attacked an army post near Goma on Monday, killing two soldiers, officials said."
ANNALIST = os.path.abspath(sys.argv[1])


def run(*args, stdin=None, seconds=60):
    return subprocess.run([ANNALIST, *map(str, args)], input=stdin, capture_output=True, timeout=seconds)


def docs(done):
    return [json.loads(line) for line in done.stdout.splitlines()]


def codes(doc):
    return {d["code"] for d in doc["diagnostics"]}


def check(name, condition, detail=""):
    global failed, passed
    if condition:
        passed += 1
    else:
        failed += 1
        print(f"bad input: {name} {detail}", file=sys.stderr)


passed = failed = 0
with tempfile.TemporaryDirectory() as tmp:
    tmp = pathlib.Path(tmp)
    files = {
        "empty.txt": b"",
        "blank.txt": b" \n\n \t\n",
        "binary.html": bytes(range(256)) * 64,
        "binary.txt": bytes(range(256)) * 64,
        "cut.html": b"<html><head><title>Rebels att</title><body><p>Rebels attacked an army post near Goma on Monday, officials sa",
        "nested.html": b"<div>" * 10000 + b"<p>" + GOOD.encode() + b"</p>",
        "latin1.html": "<html><head><meta charset='utf-8'></head><body><h1>Café</h1><p>Rebels attacked the Café de la Paix, killing two people, officials said.</p>".encode("latin-1"),
        "german.txt": "Die Regierung hat am Montag angekündigt, dass die Truppen aus der Stadt abgezogen werden und die Verhandlungen weitergehen sollen.".encode(),
        "huge.txt": (GOOD + "\n\n").encode() * (2 * 1024 * 1024 // 90),
        "line.txt": b"a" * 1_000_000,
        "words.txt": b"and " * 100_000,
        "tags.html": b"<p><b><i>" * 100_000,
        "quotes.txt": b'"\'' * 50_000,
        "good.txt": GOOD.encode(),
    }
    for name, content in files.items():
        (tmp / name).write_bytes(content)
    done = run("code", *[tmp / name for name in files], seconds=300)
    coded = docs(done)
    check("exit status is 0 or 1", done.returncode in (0, 1), str(done.returncode) + done.stderr.decode()[:300])
    named = done.stderr.decode()
    check("every input is coded or named", len(coded) + sum(n in named for n in files) >= len(files), f"{len(coded)} coded; {named[:300]}")
    check("the good one is coded", any(e["type"] for e in coded[-1]["events"]), json.dumps(coded[-1])[:300])
    said = {c for d in coded for c in codes(d)}
    for code, what in (("W001", "empty"), ("W002", "binary"), ("W006", "not English")):
        check(f"{what} is said", code in said, str(said))
    german = next((d for d in coded if d["text"].startswith("Die Regierung")), None)
    check("not English codes nothing", german and not german["events"] and german["page"]["language"] != "en")
    check("no date is said", "W005" in codes(coded[-1]), str(codes(coded[-1])))

    # Pages that want memory, time or depth: read within seconds, the good one behind them too.
    nasty = {
        "tables.html": b"<table><tr><td>" * 10000 + b"<p>" + GOOD.encode() + b"</p>",
        "five_mib.html": b"<html><body><p>" + (GOOD.encode() + b"</p><p>") * (5 * 1024 * 1024 // 95),
        "attributes.html": b"<p " + b"a=b " * 500_000 + b">" + GOOD.encode() + b"</p>",
        "one_attribute.html": b"<p title=\"" + b"x" * 3_000_000 + b"\">" + GOOD.encode() + b"</p>",
        "nul.html": b"<html><body><p>Rebels\0 attacked an army post near Goma on Monday, killing two soldiers, officials said.</p>\0\0",
        "lie.html": "<html><head><meta charset='shift_jis'></head><body><p>Rebels attacked the Café de la Paix on Monday, killing two people, officials said.</p>".encode(),
        "json.html": json.dumps({"error": "not found", "list": list(range(1000))}).encode(),
        "bomb.html.gz": gzip.compress(b"<p>" + b"a" * (200 << 20), 9),
        "word.docx": b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + bytes(2000),
        "torn.docx": b"PK\x03\x04" + bytes(100),
        "quotes.csv": b"text\n\"" + b"never closed " * 1000,
        "last.txt": GOOD.encode(),
    }
    for name, content in nasty.items():
        (tmp / name).write_bytes(content)
    done = run("read", *[tmp / name for name in nasty], seconds=120)
    got = docs(done)
    named = done.stderr.decode()
    check("nasty inputs: each is read or named", done.returncode == 1 and len(got) + sum(n in named for n in nasty) >= len(nasty), f"{len(got)} {named[:300]}")
    check("nasty inputs: the last is read", got and got[-1]["text"] == GOOD)
    check("password and torn DOCX are named", "password" in named and "torn.docx" in named, named[:300])
    check("10,000 tables are capped and said so", "W008" in codes(got[0]) and "army post" in got[0]["text"], str(codes(got[0])))
    check("a bomb is cut and said so", any("W004" in codes(d) for d in got))
    check("NUL bytes and a lying charset cost nothing", sum("Rebels" in d["text"] and "killing two" in d["text"] for d in got[1:7]) >= 4)

    # Texts that no sentence splitter expects: read in seconds, no word lost, and what was cut is said.
    words = "the rebels attacked a town and soldiers killed two men near the river while officials said that troops left".split()
    odd = {
        "endless.txt": " ".join(words[i * i % len(words)] for i in range(10_000)),
        "letters.txt": "a b c " * 333_334,
        "emoji.txt": "\U0001F600\U0001F525 Rebels \U0001F4A5 attacked \U0001F1F8\U0001F1FE the village \U0001F3FD of Goma \u2764\uFE0F on Monday. " * 100,
        "right_to_left.txt": "\u202B\u0642\u0627\u0644 \u0645\u062A\u062D\u062F\u062B\u202C officials said rebels attacked Goma \u200F on Monday. \u202E.sdrawkcab\u202C The army denied it. " * 100,
        "controls.txt": "Rebels\x01 attacked\x02 an\x1b[31m army\x07 post near\x0b Goma\x0c on Monday,\x7f killing two soldiers, officials said.\u0085 The army denied it.\uFEFF " * 100,
    }
    for name, content in odd.items():
        (tmp / name).write_text(content, encoding="utf-8")
    done = run("code", "--tier", "fast", *[tmp / name for name in odd], seconds=200)
    got = dict(zip(odd, docs(done)))
    check("odd texts are all coded", done.returncode == 0 and len(got) == len(odd), done.stderr.decode()[:300])
    check("a sentence without end is cut and said so", "W011" in codes(got["endless.txt"]) and 25 <= len(got["endless.txt"]["sentences"]) < 60)
    check("a million one-letter words are coded as far as 512 KiB and said so", {"W010", "W011"} <= codes(got["letters.txt"]))
    for name in ("emoji.txt", "right_to_left.txt", "controls.txt"):
        check(f"{name}: the events are there", any(e["type"] for e in got[name]["events"]) and len(got[name]["sentences"]) >= 100, str(codes(got[name])))
    done = run("code", "--gate", tmp / "endless.txt", tmp / "controls.txt", seconds=200)
    gated = docs(done)
    check("--gate: odd texts are coded with the same sentences", done.returncode == 0 and
          [len(d["sentences"]) for d in gated] == [len(got[n]["sentences"]) for n in ("endless.txt", "controls.txt")], done.stderr.decode()[:300])
    for args in (["--tier", "slow"], ["--tier", "fast", "--gate"]):
        done = run("code", *args, tmp / "good.txt")
        check(f"{args} is refused with a reason", done.returncode == 2 and b"--" in done.stderr, done.stderr.decode())
    done = run("code", "--gate", tmp / "good.txt")
    check("--gate codes and is named", done.returncode == 0 and docs(done)[0]["events"] and docs(done)[0]["engine"]["model"].endswith("-gated"), done.stderr.decode())

    lines = [json.dumps({"id": "a", "text": GOOD}), "{broken", json.dumps({"id": "b"}), json.dumps({"id": "c", "path": "nowhere.html"}),
             "", json.dumps(["list"]), json.dumps({"id": 7, "text": GOOD, "date": "never"}), json.dumps({"id": "z", "text": GOOD, "date": "2010-05-04"})]
    done = run("code", "-", stdin=("\n".join(lines) + "\n").encode())
    ids = [d["id"] for d in docs(done)]
    check("JSONL: bad lines are named, the rest is coded", done.returncode == 1 and ids[0] == "a" and ids[-1] == "z", f"{done.returncode} {ids}")
    check("JSONL: errors name the line", b":2" in done.stderr, done.stderr.decode()[:300])

    whole = gzip.compress(b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://x.example/a\r\nContent-Length: 600\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
                          + b"<html><body><p>" + GOOD.encode() + b"</p></body></html>")
    (tmp / "cut.warc.gz").write_bytes(whole[:-20])
    done = run("code", tmp / "cut.warc.gz", tmp / "good.txt")
    cut = docs(done)
    check("cut archive is coded as far as it goes and said to be cut, the next input is coded",
          len(cut) == 2 and "army post near Goma" in cut[0]["text"] and ["W004" in codes(d) for d in cut] == [True, False],
          done.stderr.decode()[:200])

    done = run("code", tmp / "no_such_file.txt", tmp / "good.txt")
    check("missing file is named", done.returncode == 1 and b"no_such_file.txt" in done.stderr and len(docs(done)) == 1)
    done = run("code", tmp / "no_such_file.txt")
    check("nothing done is status 2", done.returncode == 2)

    for file in ("annalist.model", "annalist.gazetteer", "annalist.codebook"):
        bad = tmp / ("data_" + file)
        bad.mkdir()
        for other in ("annalist.model", "annalist.gazetteer", "annalist.codebook"):
            if other != file:
                os.symlink(pathlib.Path(ANNALIST).parent / other, bad / other)
        done = run("code", "--data", bad, tmp / "good.txt")
        check(f"missing {file} is named with its remedy", done.returncode == 2 and file.encode() in done.stderr and b"make" in done.stderr, done.stderr.decode())
        (bad / file).write_bytes((pathlib.Path(ANNALIST).parent / file).read_bytes()[:5000])
        done = run("code", "--data", bad, tmp / "good.txt")
        check(f"cut {file} is named with its remedy", done.returncode == 2 and file.encode() in done.stderr and b"make" in done.stderr, done.stderr.decode())

    for args in (["cod"], ["code", "--formt", "csv"], ["code", "--format", "xml"], ["code", "--threads", "0"], ["code", "--layers", "evnts"], ["code", "--date", "soon"]):
        done = run(*args, stdin=b"")
        check(f"{args} is refused with a reason", done.returncode == 2 and done.stderr.startswith(b"annalist: "), done.stderr.decode())
    done = run("parse", "--conllu", stdin=b"1\tonly\ttwo\n\n")
    check("bad CoNLL-U names its line", done.returncode == 2 and b"1" in done.stderr, done.stderr.decode())

print(f"bad inputs: {passed} passed, {failed} failed")
sys.exit(failed > 0)
