"""Seed and take mean the same in Blender and on the command line."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import bpy
from places import ROOT


def test_take_two_of_the_command_line_is_blenders_second_take(addon, character, speech_file, tmp_path):
    """To the byte: the command line runs in this very Python, whose NumPy rounds as Blender's does."""
    character.a2g_seed, character.a2g_take_count = 4, 2
    maker = addon.owner.owned(addon.work.make.Maker)
    made = [take.motion for take in maker.make(addon.work.orders.gather(bpy.context, character)).takes]
    options = ["--seed", "4", "--takes", "2", "--fps", "30", "--device", "numpy"]
    command = [sys.executable, "-m", "a2g_core.cli", "generate", str(speech_file), "-o", str(tmp_path / "take.npz")]
    subprocess.run([*command, *options], check=True, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True)
    files = [tmp_path / "take-1.npz", tmp_path / "take-2.npz"]
    for motion, file in zip(made, files, strict=True):
        addon.a2g_core.formats.registry.save_motion(motion, Path(tmp_path / "blender.npz"))
        addon.a2g_core.formats.smplx_npz.sign_npz(tmp_path / "blender.npz")  # as the command line does
        assert (tmp_path / "blender.npz").read_bytes() == file.read_bytes()
    assert files[0].read_bytes() != files[1].read_bytes()
