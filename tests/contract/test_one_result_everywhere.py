"""The same speech, model and seed give the same motion in the core's Python and with each Blender's NumPy."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from places import ROOT

SCRIPT = """
import sys, numpy as np
sys.modules["torch"] = sys.modules["soundfile"] = None
sys.path.insert(0, sys.argv[1])
from a2g_core.speech.audio import open_speech
from a2g_core.model.checkpoint import load_model
from a2g_core.performing.generate import generate
np.save(sys.argv[3], generate(open_speech(sys.argv[2]), load_model(), seed=7).quaternions)
"""
PYTHONS = sorted(ROOT.glob(".venv-bpy*/bin/python"))


def _quaternions(python: Path, folder: Path) -> np.ndarray:
    out = folder / "q.npy"
    command = [str(python), "-c", SCRIPT, str(ROOT), str(ROOT / "scripts/sample/speech.wav"), str(out)]
    subprocess.run(command, check=True, cwd=folder)
    return np.load(out)


@pytest.mark.skipif(not PYTHONS, reason="no Blender environment is made yet; scripts/test.py makes them")
@pytest.mark.parametrize("python", PYTHONS, ids=lambda p: p.parts[-3])
def test_blenders_numpy_agrees_with_ours(python, tmp_path):
    for name in ("ours", "theirs"):
        (tmp_path / name).mkdir()
    ours, theirs = _quaternions(Path(sys.executable), tmp_path / "ours"), _quaternions(python, tmp_path / "theirs")
    cosine = np.clip(np.abs(np.sum(ours.astype(float) * theirs, axis=-1)), 0, 1)
    assert (2 * np.arccos(cosine)).max() < 2e-3  # arccos of float32 quaternions resolves no finer
    np.testing.assert_allclose(ours, theirs, atol=5e-5)
