#!/usr/bin/env bash
# The whole line on our own reports: what each must yield, valid JSON, the same bytes with one and two threads and
# in any order, and bad inputs that must be named while the batch goes on.
# usage: run_samples.sh ANNALIST
set -euo pipefail
annalist=$1
root=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$root"

python3 - "$work" <<'PY'
import json, pathlib, sys
lines = [json.dumps({"id": p.stem, "path": str(p.resolve())}) for p in sorted(pathlib.Path("samples/reports").iterdir())]
pathlib.Path(sys.argv[1], "in.jsonl").write_text("\n".join(lines) + "\n")
pathlib.Path(sys.argv[1], "reversed.jsonl").write_text("\n".join(reversed(lines)) + "\n")
PY

"$annalist" code --threads 1 "$work/in.jsonl" >"$work/one.jsonl"
"$annalist" code --threads 2 "$work/in.jsonl" >"$work/two.jsonl"
"$annalist" code --threads 2 "$work/reversed.jsonl" | tac >"$work/three.jsonl"
cmp "$work/one.jsonl" "$work/two.jsonl"
cmp "$work/one.jsonl" "$work/three.jsonl"
echo "threads and order: same bytes"

python3 scripts/check_schema.py schema/document.schema.json <"$work/one.jsonl"
"$annalist" code --layers all "$work/in.jsonl" | python3 scripts/check_schema.py schema/document.schema.json

# Every form comes from the coded lines as from the reports themselves.
for form in csv table; do
  "$annalist" code --format $form "$work/in.jsonl" >"$work/direct.$form"
  "$annalist" code --format $form "$work/one.jsonl" >"$work/again.$form"
  cmp "$work/direct.$form" "$work/again.$form"
done
"$annalist" report "$work/one.jsonl" -o "$work/report.html"
if grep -Eq '(src|href)="?https?:|@import|url\(' "$work/report.html"; then echo "the evidence page asks for something outside itself" >&2; exit 1; fi
"$annalist" explain "$work/one.jsonl" >"$work/explained.txt"
grep -q rule "$work/explained.txt"
echo "exports: table, CSV, page and explanation agree"

python3 tests/bad_inputs.py "$annalist"
python3 tests/own_codebook.py "$annalist"
python3 tests/batch_and_fetch.py "$annalist"
python3 tests/check_samples.py samples/expected <"$work/one.jsonl"
