"""The corrected stubs of the type checker say of Blender's classes what the add-on registers, and no more."""

from __future__ import annotations

import bpy
import pytest
from places import ROOT


@pytest.mark.parametrize("owner", ["Object", "Action", "Scene", "WindowManager", "Bone", "Armature"])
def test_stubs_know_what_is_registered(addon, monkeypatch, owner):
    monkeypatch.syspath_prepend(ROOT / "scripts")
    import stubs

    sliders = {f"a2g_{name}" for name in addon.a2g_core.performing.controls.table()} if owner == "Object" else set()
    names = {p.identifier for p in getattr(bpy.types, owner).bl_rna.properties if p.identifier.startswith("a2g")}
    assert names == set(stubs.REGISTERED.get(owner, {})) | sliders
