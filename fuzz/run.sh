#!/usr/bin/env bash
# Runs every fuzz target for SECONDS_EACH (default 60) from a corpus kept in BUILD/corpus; a finding stops it.
# usage: fuzz/run.sh BUILD
set -euo pipefail
build=$1
here=$(cd "$(dirname "$0")/.." && pwd)
for target in fuzz_pages fuzz_dates fuzz_document fuzz_data_files fuzz_conllu; do
  mkdir -p "$build/corpus/$target"
  [ "$target" = fuzz_pages ] && for f in "$here"/samples/reports/*; do { printf '\0'; cat "$f"; } >"$build/corpus/$target/$(basename "$f")"; done
  ANNALIST_TEXTS=$here/data "$build/$target" -max_total_time="${SECONDS_EACH:-60}" -timeout=10 -rss_limit_mb=2048 -max_len=65536 \
    -print_final_stats=1 "$build/corpus/$target" 2>&1 | tail -n 5
done
