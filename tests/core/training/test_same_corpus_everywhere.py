"""A corpus follows from its inputs and seed alone: other kernels of BLAS and NumPy, as other processors have, change
nothing."""

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import soundfile
from places import ROOT

from a2g_core.training.synthetic import build_corpus

SCRIPT = """
import sys
from pathlib import Path
from a2g_core.training.data.smartbody import load_clips
from a2g_core.training.synthetic import build_corpus
out, archive, *speech = map(Path, sys.argv[1:])
build_corpus(speech, load_clips(archive), out, seed=3)
"""


def plain_processor() -> dict[str, str]:
    """The environment in which neither OpenBLAS nor NumPy use what a processor of 2005 has not."""
    found = np.show_config(mode="dicts")["SIMD Extensions"]["found"]
    return {"OPENBLAS_CORETYPE": "Prescott", "NPY_DISABLE_CPU_FEATURES": " ".join(found)}


def test_another_processor_builds_the_same_corpus(data, tmp_path):
    other_rate = tmp_path / "LJ-1.flac"
    soundfile.write(other_rate, soundfile.read(data.speech(3), frames=200_000)[0], 22050)
    speech = [*{data.speech(k) for k in range(6)} | {*data.held_out_speech(2)}, other_rate]
    ours = build_corpus(speech, data.clips(), tmp_path / "ours", seed=3)
    command = [sys.executable, "-c", SCRIPT, *map(str, (tmp_path / "theirs", data.archive, *speech))]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **plain_processor()}
    subprocess.run(command, env=environment, check=True, capture_output=True)
    assert ours["sequences"] and ours == json.loads(Path(tmp_path / "theirs/manifest.json").read_text())
