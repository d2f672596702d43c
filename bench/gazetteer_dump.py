#!/usr/bin/env python3
"""Imports a made-up GeoNames dump as large as the real one: how fast, in how much memory, with which answers.

usage: gazetteer_dump.py --annalist build/annalist [--rows 13000000] [--work DIR]

The dump is generated: names of syllables, points, features and alternates in GeoNames' proportions, every place under
an id of its own. Afterwards it checks: all rows were read and none lost, progress was said, the old gazetteer is untouched,
a dump that breaks in its last line leaves no file behind, nothing temporary stays. Needs some 6 GB beside --work.
"""
import argparse
import pathlib
import random
import re
import subprocess
import sys
import tempfile
import time

# Classes and codes with about the shares that they have among GeoNames' thirteen million rows.
KINDS = [("P", "PPL")] * 38 + [("H", "STM")] * 11 + [("S", "SCH")] * 8 + [("S", "CH")] * 5 + [("T", "MT")] * 7 + [("T", "HLL")] * 5 + \
        [("S", "FRM")] * 5 + [("L", "LCTY")] * 6 + [("H", "LK")] * 5 + [("V", "FRST")] * 2 + [("A", "ADM3")] * 3 + [("S", "HTL")] * 3 + [("R", "RD")] * 2
COUNTRIES = ["SY", "IQ", "UA", "NG", "CD", "MM", "US", "CN", "FR", "IN", "BR", "RU", "ET", "SD", "YE", "AF"]
ONSETS, RIMES = ["b", "d", "f", "g", "h", "k", "l", "m", "n", "r", "s", "t", "z", "kh", "sh"], ["a", "i", "u", "ar", "il", "un", "ab", "an", "ir"]


def write_dump(path, rows):
    draw = random.Random(5)
    syllables = [o + r for o in ONSETS for r in RIMES]
    with open(path, "w", encoding="utf-8", buffering=1 << 20) as out:
        for first in range(0, rows, 100000):
            lines = []
            for i in range(first, min(rows, first + 100000)):
                name = ("".join(draw.choices(syllables, k=draw.randint(2, 4)))).capitalize()
                kind, code = KINDS[draw.randrange(len(KINDS))]
                other = f"{name}a,{name}i" if i % 3 == 0 else ""
                country = COUNTRIES[i % len(COUNTRIES)]
                lines.append(f"{50000000 + i}\t{name}\t{name}\t{other}\t{draw.uniform(-60, 70):.5f}\t{draw.uniform(-180, 180):.5f}\t{kind}\t{code}\t"
                             f"{country}\t\t{i % 20:02}\t\t\t\t{(i % 50 == 0) * draw.randrange(100000)}\t\t0\tUTC\t2024-01-01\n")
            out.write("".join(lines))


def run(command):
    """(exit code, standard error, seconds, peak MB of the program's own memory)"""
    start = time.monotonic()
    with tempfile.TemporaryFile("w+") as said:
        child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=said)
        peak = 0
        while child.poll() is None:
            try:
                status = pathlib.Path(f"/proc/{child.pid}/status").read_text()
                peak = max(peak, int((re.search(r"RssAnon:\s+(\d+)", status) or [0, 0])[1]))
            except OSError:
                pass
            time.sleep(0.05)
        said.seek(0)
        return child.returncode, said.read(), time.monotonic() - start, peak / 1024


def main():
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--annalist", type=pathlib.Path, required=True)
    ap.add_argument("--rows", type=int, default=13000000)
    ap.add_argument("--work", type=pathlib.Path)
    a = ap.parse_args()
    annalist = a.annalist.resolve()
    base = annalist.parent / "annalist.gazetteer"
    with tempfile.TemporaryDirectory(dir=a.work) as temporary:
        work = pathlib.Path(temporary)
        dump, out = work / "dump.txt", work / "out.gazetteer"
        write_dump(dump, a.rows)
        print(f"{a.rows:,} rows, {dump.stat().st_size / 1e9:.2f} GB", flush=True)
        before = base.stat().st_mtime_ns
        code, said, seconds, peak = run([annalist, "gazetteer", "import", "geonames", dump, "--into", base, "-o", out])
        print(said[-600:].replace("\r", "\n"))
        assert code == 0, "the import failed"
        assert f"{a.rows:,}" in said or str(a.rows) in said, "not all rows were read"
        assert base.stat().st_mtime_ns == before, "the old gazetteer was touched"
        assert sorted(p.name for p in work.iterdir()) == ["dump.txt", "out.gazetteer"], "something temporary stayed"
        print(f"{a.rows / seconds:,.0f} rows a second, {seconds:.0f} s, at most {peak:.0f} MB of own memory, {out.stat().st_size / 1e6:.0f} MB written")
        out.unlink()
        with open(dump, "a", encoding="utf-8") as f:
            f.write("63000000\tX\tX\n")
        code, said, seconds, peak = run([annalist, "gazetteer", "import", "geonames", dump, "--into", base, "-o", out])
        assert code != 0 and f":{a.rows + 1}" in said, "the broken last line was not named: " + said[-300:]
        assert sorted(p.name for p in work.iterdir()) == ["dump.txt"], "something stayed of a failed import"
        print(f"broken last line refused after {seconds:.0f} s, nothing written: {said.strip().splitlines()[-1]}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
