#!/usr/bin/env bash
# The desk from outside: is the committed page the one that the sources build, does the API do what its description says,
# does the page work in a browser. run.sh BUILD_DIR
set -euo pipefail
build=$(cd "$1" && pwd)
cd "$(dirname "$0")/../.."
work=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null || true; rm -rf "$work"' EXIT

(cd web && npm ci --silent --no-audit --no-fund && npm run --silent check && npx --no-install vite build --logLevel error --outDir "$work/dist" --emptyOutDir)
diff -rq "$work/dist" web/dist || { echo "web/dist is not what web/src builds: run 'make web' and commit the result" >&2; exit 1; }
(cd tests/desk && npm ci --silent --no-audit --no-fund)

"$build/annalist" ingest "$work/desk.db" samples/reports --data "$build" >&2
"$build/annalist" serve "$work/desk.db" --port 0 --write --data "$build" > "$work/address" 2> "$work/log" &
server=$!
for _ in $(seq 100); do [ -s "$work/address" ] && break; sleep 0.1; done
base=$(head -1 "$work/address"); base=${base%/}
for test in api gis e2e security; do
  echo "desk: $test" >&2
  node "tests/desk/$test.mjs" "$base" "$build" "$work"
done
