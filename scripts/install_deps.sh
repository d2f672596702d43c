#!/usr/bin/env bash
# Installs the Debian 12 packages that building and testing need; says first what will be installed. Does
# nothing, and asks for nothing, when all are there. `install_deps.sh lint` adds what `make lint` needs, `fuzz`
# what `make fuzz` needs, `desk` what `make test-desk` needs.
set -euo pipefail

packages=(make g++ cmake ninja-build libmodest-dev libsimdjson-dev libuchardet-dev zlib1g-dev libzstd-dev libbrotli-dev libsqlite3-dev libcurl4-openssl-dev libboost-dev libisal-dev
  doctest-dev python3 ca-certificates)
tools=(npm)  # needed as a command: a system with another Node.js keeps its own
case "${1:-}" in
  lint) packages+=(clang-format-14 git) ;;
  fuzz) packages+=(clang-19 libclang-rt-19-dev) ;;
  desk) packages+=(chromium fonts-noto-core gdal-bin) ;;
  score) packages+=(zstd) ;;
esac

missing=()
for package in "${packages[@]}"; do
  dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
done
for tool in "${tools[@]}"; do
  command -v "$tool" >/dev/null || missing+=("$tool")
done
[ ${#missing[@]} -eq 0 ] && exit 0

command -v apt-get >/dev/null || { echo "Needs Debian's packages, and there is no apt-get: ${missing[*]}" >&2; exit 2; }
apt_get=(env DEBIAN_FRONTEND=noninteractive apt-get)
if [ "$(id -u)" -ne 0 ]; then
  command -v sudo >/dev/null || {
    echo "Packages are missing, and you are not root and have no sudo. As root:" >&2
    echo "  apt-get install --no-install-recommends ${missing[*]}" >&2
    exit 2
  }
  apt_get=(sudo "${apt_get[@]}")
fi
echo "Will install as root with apt-get: ${missing[*]}" >&2
"${apt_get[@]}" update -qq
"${apt_get[@]}" install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
