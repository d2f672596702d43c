#!/usr/bin/env bash
# Fuzzes every reader of untrusted bytes for MINUTES each (default 1), from seeds made of the samples and a corpus kept in
# BUILD/corpus/JOB. A finding is kept in BUILD/findings; the other jobs go on, and the exit status is 1.
# usage: fuzz/run.sh BUILD [MINUTES [JOB...]]
set -uo pipefail
build=$(cd "$1" && pwd)
minutes=${2:-1}
here=$(cd "$(dirname "$0")/.." && pwd)
forms="html text json jsonl csv warc arc feed sitemap mhtml factiva nexis docx petrarch"  # of fuzz_pages
jobs=${*:3}
[ -n "$jobs" ] || jobs="$forms dates document data_files conllu analyse serve http"
seeds=$(mktemp -d)
trap 'rm -rf "$seeds"' EXIT
python3 "$here/fuzz/seeds.py" "$seeds" || exit 2
mkdir -p "$build/findings"
failed=0
for job in $jobs; do
  target=$job
  case " $forms " in *" $job "*) target=pages ;; esac
  mkdir -p "$build/corpus/$job" "$seeds/$job"
  [ "$target" = pages ] && export FUZZ_FORM=$job || unset FUZZ_FORM
  log=$build/findings/$job.log
  if ANNALIST_TEXTS=$here/data UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1 "$build/fuzz_$target" \
    -max_total_time=$((minutes * 60)) -timeout=10 -rss_limit_mb=2048 -max_len=65536 -print_final_stats=1 \
    -artifact_prefix="$build/findings/$job-" "$build/corpus/$job" "$seeds/$job" >"$log" 2>&1; then
    echo "$job: clean, $(sed -n 's/^stat::number_of_executed_units: *//p' "$log") inputs in $minutes min"
  else
    echo "$job: FOUND, see $log"
    failed=1
  fi
done
exit $failed
