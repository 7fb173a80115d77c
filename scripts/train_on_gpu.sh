#!/bin/sh
# Trains the product's model on one GPU, with crops seven times as many a step as on two CPU cores. Made for one H200 and
# its lease of ten minutes: the run stops there, whole, and goes on from its last checkpoint when called again.
#
#   sh scripts/train_on_gpu.sh DATA OUT [STEPS]
#
# DATA: a folder with smartbody.tar.xz and recordings (FLAC or WAV, in folders too). OUT: gets the corpus, the run and
# model.safetensors. Needs the packages of pyproject.toml's "train" extra in python3; nothing is fetched.
set -eu
cd "$(dirname "$0")/.."
data=$1 out=$2 steps=${3:-4000}
a2g() { PYTHONPATH=. python3 -m a2g_core.cli "$@"; }

python3 -c 'import sys, torch; sys.exit(0 if torch.cuda.is_available() else "there is no CUDA device; train on the CPU with a2g train --config product")'
[ -d "$out/corpus" ] || a2g corpus build --smartbody "$data/smartbody.tar.xz" --speech "$data" --hours 2.6 --seed 7 --out "$out/corpus"

if [ -f "$out/run/state.safetensors" ]; then
    set -- --resume
else
    set -- --config product --set batch_size=64 --set "steps=$steps"
fi
# SIGTERM lets the step finish and the state be saved.
timeout --signal=TERM "${SECONDS_LEFT:-480}" env PYTHONPATH=. python3 -m a2g_core.cli train "$@" \
    --corpus "$out/corpus" --out "$out/run" --device cuda --precision bf16 --checkpoint-minutes 2 || [ $? -eq 124 ]
a2g export "$out/run" --corpus "$out/corpus" -o "$out/model.safetensors" --half --force
