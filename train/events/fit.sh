#!/bin/sh
# Trains the layers `deed` of models/annalist.model on the frozen encoder: states of the training texts by the engine
# itself, then fit.py. Twenty minutes on two idle cores; builds and fetches what it needs, nothing has to be there before.
# Environment: ANNALIST_DATA (../shared/data), ANNALIST_TRAIN_DIR (~/.cache/annalist-train), PYTHON (python3).
set -eu
here=$(cd "$(dirname "$0")" && pwd)
top=$here/../..
data=${ANNALIST_DATA:-$top/../shared/data}
work=${ANNALIST_TRAIN_DIR:-$HOME/.cache/annalist-train}
to=$work/deeds
mkdir -p "$to"

"$here/../venv.sh"
make -C "$top" build
ninja -C "$top/build" event_states

records() { case $1 in *.zst) zstd -dcq --long=27 "$1" ;; *) cat "$1" ;; esac; }
states() {  # name, file, options of inputs.py
    name=$1 file=$2
    shift 2
    [ -f "$to/$name.done" ] && return
    records "$data/events/$file" > "$to/$name.jsonl"  # no pipe: its first part may fail unseen
    python3 "$here/inputs.py" "$@" < "$to/$name.jsonl" > "$to/$name.in"
    rm "$to/$name.jsonl"
    "$top/build/event_states" "$top/build" "$to/$name" < "$to/$name.in"
    touch "$to/$name.done"
}
states muc4 muc4/train.jsonl.zst
states muc4_small muc4/train.jsonl.zst --small "$to/muc4.words"
states muc4_dev muc4/dev.jsonl
states hrds_attack hrds_attack/train.jsonl.zst
states india_police india_police/train.jsonl.zst
states india_police_dev india_police/dev.jsonl
"$work/venv/bin/python" "$here/fit.py" --states "$to" --data "$data" --model "$top/models/annalist.model" \
    --to "$top/models/annalist.model" "$@"
