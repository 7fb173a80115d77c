"""`scripts/demo.py` does what README's first command promises, in the Blender that it brings."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
import soundfile
from places import ROOT

SPEECH = ROOT / "scripts/sample/speech.wav"
SECONDS = 2.0


@pytest.mark.slow
def test_the_demo_leaves_a_video_a_picture_and_a_file(tmp_path):
    samples, rate_hz = soundfile.read(SPEECH)
    soundfile.write(tmp_path / "short.wav", samples[: round(SECONDS * rate_hz)], rate_hz)
    command = [
        sys.executable,
        "scripts/demo.py",
        "--audio",
        str(tmp_path / "short.wav"),
        "--out",
        str(tmp_path / "out"),
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": ""})
    if "graphics libraries" in done.stderr:
        pytest.skip(done.stderr.strip())
    assert done.returncode == 0, done.stdout + done.stderr
    sizes = {path.name: path.stat().st_size for path in (tmp_path / "out").iterdir()}
    assert all(sizes[name] > 20_000 for name in ("demo.mp4", "demo.png", "demo.blend"))
