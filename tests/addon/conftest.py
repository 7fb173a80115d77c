"""The built zip, installed by Blender's own installer into a private folder; an empty scene for each test."""

from __future__ import annotations

import atexit
import importlib
import os
import pkgutil
import shutil
import tempfile
import webbrowser
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

# Blender reads it when bpy is imported, and test modules import bpy: so before any of them.
_PRIVATE = tempfile.mkdtemp(prefix="a2g-blender-")
os.environ["BLENDER_USER_RESOURCES"] = _PRIVATE
atexit.register(shutil.rmtree, _PRIVATE, ignore_errors=True)

import bpy  # noqa: E402
from scenes import PACKAGE, RATE_HZ, place_sound, write_wav  # noqa: E402


@pytest.fixture(scope="session")
def addon(extension_zip: Path) -> ModuleType:
    """The installed and enabled add-on with all of its modules: `addon.work.jobs`, `addon.a2g_core.errors`."""
    bpy.ops.extensions.package_install_files(filepath=str(extension_zip), repo="user_default", enable_on_install=True)
    package = importlib.import_module(PACKAGE)
    for module in pkgutil.walk_packages(package.__path__, f"{PACKAGE}."):
        if not module.name.endswith(("worker.server", "__main__")) and ".presets." not in module.name:
            importlib.import_module(module.name)
    return package


@pytest.fixture(autouse=True)
def scene(addon: ModuleType) -> bpy.types.Scene:
    """An empty file at 30 frames a second."""
    bpy.ops.wm.read_homefile(use_empty=True)
    bpy.context.scene.render.fps = 30
    return bpy.context.scene


@pytest.fixture(autouse=True)
def no_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody's browser opens a page of the manual."""
    monkeypatch.setattr(webbrowser, "open", lambda _url: True)


@pytest.fixture
def runner(addon: ModuleType):
    """The object that runs jobs; no job is left afterwards."""
    found = addon.owner.owned(addon.work.jobs.Runner)
    yield found
    found.abandon()


@pytest.fixture
def watching(addon: ModuleType, runner):
    """Live updates, told of every slider as they are where Blender has an interface."""
    updates = addon.owner.owned(addon.work.live.LiveUpdates)
    watchers = addon.owner.owned(addon.properties.ControlWatchers)
    watchers.add(updates.on_control)
    yield updates
    watchers.clear()
    updates.stop()


@pytest.fixture
def engine(addon: ModuleType):
    """What generates, and the worker that it may have; no worker is left afterwards."""
    found = addon.owner.owned(addon.work.engine.Engine)
    yield found
    found.stop()
    found.last_check = ()


@pytest.fixture
def maker(addon: ModuleType):
    """The object that makes takes, and remembers what it heard."""
    return addon.owner.owned(addon.work.make.Maker)


@pytest.fixture
def character(scene: bpy.types.Scene) -> bpy.types.Object:
    """Our own armature. Its takes are as long as what it says."""
    bpy.ops.a2g.add_character(with_body=False)
    bpy.context.active_object.a2g_idle = False
    return bpy.context.active_object


@pytest.fixture(scope="session")
def voice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four seconds of something like a voice, as a mono WAV file."""
    t = np.arange(4 * RATE_HZ) / RATE_HZ
    pitch = 140 + 30 * np.sin(2 * np.pi * 0.7 * t)
    tone = np.sin(2 * np.pi * np.cumsum(pitch) / RATE_HZ)
    loudness = np.clip(np.sin(2 * np.pi * 2.3 * t) + 0.3, 0, 1)
    noise = np.random.default_rng(0).standard_normal(len(t))
    return write_wav(tmp_path_factory.mktemp("voice") / "voice.wav", loudness * (0.4 * tone + 0.02 * noise))


@pytest.fixture
def sound_strip(scene: bpy.types.Scene, voice: Path):
    """The voice in the sequencer from frame 37 on, cut to frames 50 to 136."""
    return place_sound(scene, voice, 50, 137)


@pytest.fixture
def speech_file(character: bpy.types.Object, voice: Path) -> Path:
    """The character speaks the voice from a file, from frame 37 on."""
    character.a2g_speech_source, character.a2g_speech_file, character.a2g_start_frame = "FILE", str(voice), 37
    return voice
