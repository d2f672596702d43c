#!/usr/bin/env bash
# Runs every fuzz target for SECONDS_EACH (default 60) from a corpus kept in BUILD/corpus; a finding stops it.
# usage: fuzz/run.sh BUILD
set -euo pipefail
build=$1
here=$(cd "$(dirname "$0")/.." && pwd)
for target in fuzz_pages fuzz_dates fuzz_document fuzz_data_files fuzz_conllu fuzz_serve fuzz_http; do
  mkdir -p "$build/corpus/$target"
  [ "$target" = fuzz_pages ] && for f in "$here"/samples/reports/*; do { printf '\0'; cat "$f"; } >"$build/corpus/$target/$(basename "$f")"; done
  # Every address of the API's description.
  sed -nE "s/^  (\/[^:]*):$/\1/p; s/.*\{name: ([a-z_0-9]+), in: query.*example: '?([^'}]*).*/\/v1\/events?\1=\2/p" "$here/docs/api/openapi.yaml" | sed 's/{id}/~2/' |
    while read -r address; do
      name=$(echo "$address" | md5sum | cut -c1-12)
      [ "$target" = fuzz_serve ] && printf '\0%s' "$address" >"$build/corpus/$target/$name"
      [ "$target" = fuzz_http ] && printf 'GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n' "$address" >"$build/corpus/$target/$name"
      true
    done
  ANNALIST_TEXTS=$here/data "$build/$target" -max_total_time="${SECONDS_EACH:-60}" -timeout=10 -rss_limit_mb=2048 -max_len=65536 \
    -print_final_stats=1 "$build/corpus/$target" 2>&1 | tail -n 5
done
