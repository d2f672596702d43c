#!/bin/sh
# Makes the Python environment of the training scripts, once: $ANNALIST_TRAIN_DIR/venv (~/.cache/annalist-train/venv).
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=${ANNALIST_TRAIN_DIR:-$HOME/.cache/annalist-train}
mkdir -p "$work"
[ -e "$work/venv/.done" ] && exit 0
"${PYTHON:-python3}" -m venv "$work/venv"
"$work/venv/bin/pip" install -q -r "$here/requirements.txt"
: > "$work/venv/.done"
