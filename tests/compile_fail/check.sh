#!/usr/bin/env bash
# What must not compile does not, for the reason it should; and the same file without the fault does.
# usage: check.sh COMPILER SRC_DIR
set -u
compile() { "$1" -std=c++23 -fsyntax-only -I"$2" "${@:3}" "$(dirname "$0")/stage_order.cpp" 2>&1; }
faults=0
compile "$1" "$2" >/dev/null || { echo "the sound order does not compile"; faults=1; }
expect() {  # DEFINE WORDS
  local said
  if said=$(compile "$cxx" "$src" "-D$1"); then
    echo "$1 compiles"; faults=1
  elif ! grep -q "$2" <<<"$said"; then
    echo "$1 fails for another reason:"; echo "$said" | head -5; faults=1
  fi
}
cxx=$1 src=$2
expect READ_TOO_EARLY "reads a layer that no earlier stage writes"
expect WRITTEN_TWICE "writes a layer that an earlier stage has written"
expect MIXED_IDS "invalid initialization of reference\|could not convert\|no match\|cannot bind\|reference to type"
exit $faults
