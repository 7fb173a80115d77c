"""The built zip and Blender processes that know nothing but it."""

from __future__ import annotations

import os
import subprocess
import wave
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from blenders import run_in_blender

RATE_HZ = 16000
Run = Callable[[str], subprocess.CompletedProcess[str]]

# A bare Blender: of all that a test environment holds beside it, only NumPy; and no network.
_BARE = """
import importlib.abc, importlib.machinery, socket, sys
class Bare(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        top = name.partition(".")[0]
        if top == "array_api_compat" and path is None:
            spec = importlib.machinery.PathFinder.find_spec(name, [p for p in sys.path if ".local" in p])
            if spec is not None:
                return spec
        if top in {"array_api_compat", "soundfile", "torch", "scipy", "librosa", "imageio_ffmpeg", "a2g_core"}:
            if path is None:
                raise ModuleNotFoundError(f"a bare Blender has no {name}", name=name)
sys.meta_path.insert(0, Bare())
def refuse(*_):
    raise OSError("no network in this test")
socket.socket.connect = socket.socket.connect_ex = refuse
import bpy
"""
# Blender itself reads the preferences when it starts, and with them the add-ons; the bpy module starts without, and 4.2
# ends in a segmentation fault when it is asked to read them.
_ENABLE = "import addon_utils; assert addon_utils.enable('bl_ext.user_default.audio2gestures')\n"


@pytest.fixture(scope="session")
def blender(extension_zip: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Runs one Python expression in a new bare Blender with the add-on, as `blender -b --python-expr` does."""
    return bare_blender(extension_zip, tmp_path_factory.mktemp("blender"))


@pytest.fixture(scope="session")
def blender_with(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], Run]:
    """The same with another zip."""
    return lambda archive: bare_blender(archive, tmp_path_factory.mktemp("blender"))


def bare_blender(archive: Path, resources: Path) -> Run:
    """Installs a zip among these resources of a user's, and returns what runs an expression there."""
    environ = {**os.environ, "BLENDER_USER_RESOURCES": str(resources), "PYTHONNOUSERSITE": "1"}
    environ.pop("PYTHONPATH", None)

    def run(expression: str, start: str = _BARE + _ENABLE) -> subprocess.CompletedProcess[str]:
        return run_in_blender(start + expression, folder=resources, environ=environ)

    install = f"bpy.ops.extensions.package_install_files(filepath={str(archive)!r}, repo='user_default')"
    done = run(install, start=_BARE)
    assert done.returncode == 0, done.stderr
    return run


@pytest.fixture(scope="module")
def voice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two seconds of something like a voice."""
    t = np.arange(2 * RATE_HZ) / RATE_HZ
    samples = 0.4 * np.sin(2 * np.pi * 150 * t) * np.clip(np.sin(2 * np.pi * 2 * t), 0, 1)
    path = tmp_path_factory.mktemp("voice") / "voice.wav"
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, RATE_HZ, 0, "NONE", ""))
        file.writeframes((samples * 32767).astype("<i2").tobytes())
    return path
