#!/usr/bin/env bash
# Installs the Debian 12 packages that building and testing need; says first what will be installed. Does
# nothing, and asks for nothing, when all are there. `install_deps.sh lint` adds what `make lint` needs.
set -euo pipefail

packages=(g++ cmake ninja-build libmodest-dev libsimdjson-dev libuchardet-dev zlib1g-dev doctest-dev python3-minimal zstd)
tools=(npm)  # needed as a command: a system with another Node.js keeps its own
[ "${1:-}" = lint ] && packages+=(clang-format-14)
[ "${1:-}" = fuzz ] && packages+=(clang-19 libclang-rt-19-dev)

missing=()
for package in "${packages[@]}"; do
  dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
done
for tool in "${tools[@]}"; do
  command -v "$tool" >/dev/null || missing+=("$tool")
done
[ ${#missing[@]} -eq 0 ] && exit 0

echo "Will install with apt-get: ${missing[*]}" >&2
run=()
if [ "$(id -u)" -ne 0 ]; then
  command -v sudo >/dev/null || { echo "Not root and no sudo: install them yourself, then run this again." >&2; exit 2; }
  run=(sudo)
fi
export DEBIAN_FRONTEND=noninteractive
"${run[@]}" apt-get update -qq
"${run[@]}" apt-get install -y -qq --no-install-recommends ca-certificates "${missing[@]}" >/dev/null
