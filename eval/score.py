#!/usr/bin/env python3
"""Runs every measurement of eval/tasks.tsv and writes the scoreboard. Standard library and zstd only.

usage: score.py --annalist build/annalist --shared ../shared --out docs/scoreboard.md [--only NAME-PART] [--keep DIR]

The data are not part of the project: without the shared folder nothing can be measured and nothing is written.
With --only the other rows of the scoreboard stay as they are.
"""
import argparse
import csv
import datetime
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
HEAD = """# Scoreboard

Made by `make score` from the development data and the scorers that the team shares (not in this repository). One row a
measurement; numbers are F1 or accuracy in percent, as the scorers define them. "Best known" is from papers, projects'
pages or our own runs of other tools, where marked on another part of the same set. Words a second are by the wall clock
on two shared cores, the whole line unless the command is `parse`: an impression, not a benchmark.

| measurement | ours | best known | words/s | date | command |
| --- | --- | --- | --- | --- | --- |
"""


def rows(path):
    with open(path, encoding="utf-8") as f:
        return list(csv.DictReader((line for line in f if not line.startswith("#")), delimiter="\t", quoting=csv.QUOTE_NONE))


def sh(command, stdin=None, stdout=None):
    subprocess.run([str(c) for c in command], stdin=stdin, stdout=stdout, check=True)


def unpack(archives, work):
    """Archives of pages side by side in one folder, each unpacked once a run; the folder of the first."""
    for archive in archives:
        if not (work / archive.name).exists():
            packed = work / archive.name
            packed.write_bytes(subprocess.run(["zstd", "-dc", "--long=27", str(archive)], check=True, capture_output=True).stdout)
            (work / "pages").mkdir(exist_ok=True)
            sh(["tar", "-x", "-f", packed, "-C", work / "pages"])
    return work / "pages" / archives[0].name.split(".")[0]


def page_inputs(folder, out):
    gold = next(folder.rglob("gold.jsonl"))
    with open(gold, encoding="utf-8") as f, open(out, "w", encoding="utf-8") as to:
        for line in f:
            g = json.loads(line)
            page = next((p for p in (gold.parent / g["html"], gold.parent.parent / g["html"]) if p.exists()), None)
            if page:
                to.write(json.dumps({"id": g["id"], "path": str(page), "url": g.get("url") or ""}) + "\n")
    return gold


def reuters_inputs(folder, out):
    """Lewis's SGML: one record a <REUTERS>, id = NEWID, text = the body."""
    import html
    import re
    with open(out, "w", encoding="utf-8") as to:
        for path in sorted(folder.rglob("*.sgm")):
            for m in re.finditer(r'<REUTERS[^>]*NEWID="(\d+)"[^>]*>(.*?)</REUTERS>', path.read_text("latin-1"), re.S):
                body = re.search(r"<BODY>(.*?)</BODY>", m[2], re.S)
                if body:
                    to.write(json.dumps({"id": m[1], "text": html.unescape(body[1])}) + "\n")
    return next(folder.rglob("neardup_pairs_exact.tsv"))


def meantime_inputs(conll, inputs, mentions, gold):
    """The texts of a CoNLL coreference file (tokens joined by blanks, sentences by line ends), and the event mentions
    beside it as mentions and gold clusters."""
    texts, at, document, last = {}, {}, None, None
    for line in conll.read_text(encoding="utf-8").splitlines():
        if line.startswith("#begin document"):
            document, last = line.split("(")[1].split(")")[0], None
            texts[document] = ""
        elif "\t" in line:
            _, sentence, token, word = line.split("\t")[:4]
            if last is not None:
                texts[document] += " " if sentence == last else "\n"
            last, start = sentence, len(texts[document])
            texts[document] += word
            at[document, sentence, token] = (start, start + len(word))
    inputs.write_text("".join(json.dumps({"id": d, "text": t}) + "\n" for d, t in texts.items()), encoding="utf-8")
    seen = set()
    with open(mentions, "w", encoding="utf-8") as m, open(gold, "w", encoding="utf-8") as g:
        for r in map(json.loads, (conll.parent / "event_mentions.jsonl").read_text(encoding="utf-8").splitlines()):
            spans = [at[r["conll_doc_key"], str(r["sent_id"]), str(t)] for t in r["tokens_number"]]
            if r["mention_id"] not in seen:
                seen.add(r["mention_id"])
                m.write(json.dumps({"doc": r["conll_doc_key"], "mention": r["mention_id"], "start": min(s[0] for s in spans),
                                    "end": max(s[1] for s in spans)}) + "\n")
                g.write(json.dumps({"mention": r["mention_id"], "cluster": r["coref_chain"]}) + "\n")


FLAGS = {"\U0001F1FA\U0001F1E6": "Ukraine", "\U0001F1F7\U0001F1FA": "Russia"}


def control_inputs(gold, inputs, questions, mended):
    """The reports, the questions and the gold of a table of control. A history is told under the name of its place, as it
    stands in the table. The notes on
    Ukrainian places leave their subject out ("Captured by ..."); each is told as a sentence about its place. The table of Syria names holders by
    their flag's file name; the flag of the Syrian government since 1980 is filed under the United Arab Republic: mended."""
    def day(text):
        for form in ("%d %b %Y", "%Y-%m-%d"):
            try:
                return datetime.datetime.strptime(text.strip(), form).date().isoformat()
            except ValueError:
                pass
        return None
    if gold.suffix == ".tsv":
        with open(gold, encoding="utf-8") as f:
            table = list(csv.DictReader(f, delimiter="\t"))
        def told(r):
            text = r["info"] or ""
            text = re.sub(r"\*(See [^*]+)\*", r"\1.", text)  # a note in italics is a sentence
            for flag, name in FLAGS.items():
                text = text.replace(flag, name)
            text = re.sub(r"\b((?:Partially )?(?:re)?captured)(?= by)", lambda m: f". {r['place']} was {m[1].lower()}", text.replace("/ ", " and "),
                          flags=re.I) if not re.search("sources claimed", text) else text
            return re.sub(r"(^|[.*])[ .]*\. ", r"\1 ", text).strip()
        rows = [{"place": r["place"], "date": day(r["as_of"]) or "2023-07-31", "held_by": r["held_by"]} for r in table]
        reports = [{"id": f"{i}", "date": "2023-07-31", "text": f"{r['place']}, {r['oblast']}, Ukraine\n\n" + told(r)}
                   for i, r in enumerate(table)]
    else:
        table = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines()]
        rows = [{"place": r["place"], "date": r["date"], "held_by": ["Syria" if "United Arab Republic" in h else h for h in r["held_by"]]} for r in table]
        reports = [{"id": r["id"], "date": r["date"], "text": f"{r['place']}, {r['governorate']}, Syria\n\n{r['text']}"} for r in table]
    for path, records in ((inputs, reports), (questions, rows), (mended, rows)):
        path.write_text("".join(json.dumps(r) + "\n" for r in records), encoding="utf-8")


def text_lines(conllu):
    """The sentences of a treebank, one a line: the form of the scorers' task."""
    return b"".join(l[9:] + b"\n" for l in conllu.split(b"\n") if l.startswith(b"# text = "))


def text_paragraphs(conllu):
    """The running text of a treebank: paragraphs divided by blank lines, as published raw-text numbers have it."""
    out, glue = [], b""
    for l in conllu.split(b"\n"):
        if l.startswith((b"# newpar", b"# newdoc")):
            glue = b"\n\n"
        elif l.startswith(b"# text = "):
            out += [glue, l[9:]]
            glue = b" "
    return b"".join(out[1:]) + b"\n"


def predict(row, annalist, shared, work):
    """Makes the prediction file; (gold, prediction, seconds of annalist, words read)."""
    gold, *beside = [(shared / "data" / g).resolve() for g in row["gold"].split("+")]
    stem = row["gold"].replace("/", "_")
    given, pred = work / f"{stem}.{row['run']}.in", work / f"{stem}.{row['run']}.out"
    row = row | {"run": row["run"].removesuffix(":fast"), "fast": row["run"].endswith(":fast")}
    score = [sys.executable, shared / "score/score"]
    command = {"code": [annalist, "code", given], "read": [annalist, "read", given], "merge": [annalist, "merge"],
               "dups": [annalist, "dups", given], "control": [annalist, "control"], "conllu": [annalist, "parse", "--conllu"], "raw": [annalist, "parse"],
               "paragraphs": [annalist, "parse"]}[row["run"]]
    mentions = work / f"{stem}.mentions"
    if row["run"] == "merge" and gold.suffix == ".conll":
        clusters = work / f"{stem}.gold"
        meantime_inputs(gold, given, mentions, clusters)
        gold = clusters
    elif row["run"] in ("code", "merge"):
        with open(given, "w") as out:
            sh([*score, "inputs", "--gold", gold], stdout=out)
        if row["run"] == "merge":
            with open(mentions, "w") as out:
                sh([*score, "mentions", "--gold", gold], stdout=out)
    if row["run"] == "merge":
        command += ["--mentions", mentions, given]
    if row["run"] == "control":
        questions, mended = work / f"{stem}.questions", work / f"{stem}.gold.jsonl"
        control_inputs(gold, given, questions, mended)
        gold = mended
        command += ["--ask", questions, given]
    if row["run"] == "read":
        gold = page_inputs(unpack([gold, *beside], work), given)
    if row["run"] == "dups":
        gold = reuters_inputs(unpack([gold], work), given)
    if row["run"] in ("conllu", "raw", "paragraphs"):
        text = subprocess.run(["zstd", "-dc", "--long=27", str(gold)], check=True, capture_output=True).stdout
        gold = work / f"{stem}.conllu"
        gold.write_bytes(text)
        given.write_bytes({"conllu": lambda t: t, "raw": text_lines, "paragraphs": text_paragraphs}[row["run"]](text))
    if row["fast"]:
        command += ["--tier", "fast"]
    seconds = 0.0
    if not pred.exists():
        start = time.monotonic()
        with open(given, "rb") as stdin, open(pred, "wb") as out:
            done = subprocess.run([str(c) for c in command], stdin=stdin, stdout=out)
        if done.returncode not in (0, 1):
            raise subprocess.CalledProcessError(done.returncode, command)
        seconds = time.monotonic() - start
    if row["run"] == "control":  # the tables name sides: the alliance or state for which a group holds a place
        answers = [json.loads(line) for line in pred.read_text(encoding="utf-8").splitlines()]
        pred = work / f"{stem}.sides"
        pred.write_text("".join(json.dumps(dict(a, holder=a["side"] or a["holder"])) + "\n" for a in answers), encoding="utf-8")
    words = len(given.read_bytes().split()) if row["run"] in ("code", "raw", "paragraphs") else 0
    return gold, pred, seconds, words


def measure_realis(row, annalist, shared):
    """eval/realis.py prints name TAB value lines."""
    gold = shared / "data" / row["gold"]
    command = [sys.executable, HERE / "realis.py", row["task"], "--annalist", annalist, "--gold", gold]
    if row["task"] == "negation":
        command += ["--scorer", gold.parent / "eval.cd-sco.pl"]
    done = subprocess.run([str(c) for c in command], capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(done.stderr.strip())
    values = dict(line.split("\t") for line in done.stdout.splitlines())
    shown = (part.partition("=")[::2] for part in row["shown"].split(";"))
    return ", ".join(f"{heading} {values.get(name, '-')}" for name, heading in shown), ""


# What is measured on an unpacked archive by a script of its own: (file, arguments).
ON_FOLDERS = {"datelines": ("datelines.py", lambda annalist, folder: [annalist, folder]),
              "speed": ("pages_speed.py", lambda annalist, folder: ["--annalist", annalist, "--folder", folder])}
SCRIPTS = {"given": ("places_given.py", lambda gold: ["--gold", gold, "--score", gold.parents[3] / "score/score"]),
           "roles": ("language.py", lambda gold: ["roles", "--gold", gold]),
           "words": ("language.py", lambda gold: ["speed", "--gold", gold]),
           "load": ("language.py", lambda gold: ["load", "--gold", gold]),
           "gate": ("language.py", lambda gold: ["gate", "--gold", gold]),
           "actors": ("actors_eval.py", lambda gold: ["--gold", gold]),
           "petrarch": ("petrarch_eval.py", lambda gold: ["--records", gold, "--dictionaries", gold.parent / "dictionaries", "--data", HERE.parent / "data"])}


def measure(row, annalist, shared, work):
    if row["run"] == "realis":
        return measure_realis(row, annalist, shared)
    if row["run"] in SCRIPTS or row["run"] in ON_FOLDERS:  # a set without a scorer of its own
        gold = (shared / "data" / row["gold"]).resolve()
        if row["run"] in SCRIPTS:
            if gold.name == "reuters21578.tar.zst":
                reuters_inputs(unpack([gold], work), work / "reuters.jsonl")
                gold = work / "reuters.jsonl"
            script, arguments = SCRIPTS[row["run"]]
            command = [sys.executable, HERE / script, "--annalist", annalist, "--json", *arguments(gold)]
        else:
            script, arguments = ON_FOLDERS[row["run"]]
            command = [sys.executable, HERE / script, *arguments(annalist, unpack([gold], work)), "--json"]
        done = subprocess.run([str(c) for c in command], capture_output=True, text=True)
        if done.returncode:
            raise RuntimeError(done.stderr.strip())
        result = json.loads(done.stdout)
        values = {r["name"]: r["value"] for r in result["rows"]} | {"score": result["score"]}
        return ", ".join(f"{heading} {values[name]:,.1f}" for name, heading in (s.split("=") for s in row["shown"].split(";"))), ""
    gold, pred, seconds, words = predict(row, annalist, shared, work)
    command = [sys.executable, shared / "score/score", row["task"], "--gold", gold, "--pred", pred, "--json"]
    for option in filter(None, row["options"].split(";")):
        command += ["--opt", option]
    done = subprocess.run([str(c) for c in command], capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(done.stderr.strip())
    result = json.loads(done.stdout)
    values = {r["name"].strip(): r["value"] for r in result["rows"]}
    parts = []
    for shown in row["shown"].split(";"):
        name, _, heading = shown.rpartition("=")
        value = result["score"] if name == "score" else values.get(name)
        parts.append(f"{heading} {value:.1f}" if value is not None else f"{heading} -")
    return ", ".join(parts), (f"{words / seconds:,.0f}" if seconds and words else "")


def line_of(row, ours, speed):
    if row["run"] in SCRIPTS or row["run"] in ON_FOLDERS:
        script, arguments = (SCRIPTS | ON_FOLDERS)[row["run"]]
        what = " " + arguments("")[0] if script == "language.py" else ""
        command = f"`eval/{script}{what}` on {row['gold']}"
        return f"| {row['name']} | {ours} | {row['published']} | {speed} | {datetime.date.today()} | {command} |\n"
    how = {"code": "code", "read": "read", "merge": "merge", "control": "control", "dups": "dups", "conllu": "parse --conllu", "raw": "parse", "paragraphs": "parse", "realis": "parse --conllu --realis"}[row["run"].removesuffix(":fast")]
    if row["run"].endswith(":fast"):
        how += " --tier fast"
    options = "".join(f" --opt {o}" for o in row["options"].split(";") if o)
    if row["run"] == "realis":
        return f"| {row['name']} | {ours} | {row['published']} | {speed} | {datetime.date.today()} | `eval/realis.py {row['task']}` on {row['gold']} |\n"
    command = f"`annalist {how}`, `score {row['task']}{options}` on {row['gold'].removeprefix('../')}"
    return f"| {row['name']} | {ours} | {row['published']} | {speed} | {datetime.date.today()} | {command} |\n"


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--annalist", type=pathlib.Path, required=True)
    ap.add_argument("--shared", type=pathlib.Path, required=True)
    ap.add_argument("--out", type=pathlib.Path, required=True)
    ap.add_argument("--only", default="")
    ap.add_argument("--keep", type=pathlib.Path, help="leave inputs and predictions there, and use predictions found there again")
    a = ap.parse_args()
    a.shared = a.shared.resolve()
    if not (a.shared / "score/score").exists():
        print(f"score: no scorers at {a.shared}; set SHARED=DIR", file=sys.stderr)
        return 2
    before = {}
    if a.out.exists():
        before = {l.split("|")[1].strip(): l for l in a.out.read_text().splitlines(keepends=True) if l.startswith("| ")}
    lines, failed = [], 0
    with tempfile.TemporaryDirectory() as temporary:
        work = a.keep or pathlib.Path(temporary)
        work.mkdir(parents=True, exist_ok=True)
        for row in rows(HERE / "tasks.tsv"):
            if a.only not in row["name"]:
                if row["name"] in before:
                    lines.append(before[row["name"]])
                continue
            try:
                ours, speed = measure(row, a.annalist.resolve(), a.shared, work)
            except (subprocess.CalledProcessError, RuntimeError, OSError, KeyError) as e:
                ours, speed, failed = f"not measured: {str(e)[:80]}", "", failed + 1
            print(f"{row['name']}: {ours}   (best known: {row['published']})", file=sys.stderr, flush=True)
            lines.append(line_of(row, ours, speed))
    a.out.parent.mkdir(parents=True, exist_ok=True)
    a.out.write_text(HEAD + "".join(lines))
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
