"""The drawing above the list of bones follows the list."""

from __future__ import annotations

import bpy
from layouts import drawn
from scenes import PACKAGE


def drawing(addon, obj) -> tuple[float, ...] | None:
    """The pixels of what is shown."""
    diagrams = addon.owner.owned(addon.ui.bone_diagram.BoneDiagrams)
    found = diagrams.find(addon.ui.bone_list.summary(obj))
    return None if found is None else tuple(found.image_pixels_float)


def test_another_list_has_another_drawing(addon, character):
    shown = [drawing(addon, character)]
    assert shown[0] == drawing(addon, character)
    addon.scene.bones.set_bone(character, "left_elbow", "")
    shown.append(drawing(addon, character))
    addon.scene.bones.set_bone(character, "head", "")  # which is needed
    shown.append(drawing(addon, character))
    assert all(shown) and len(set(shown)) == 3


def test_it_shows_what_is_counted(addon, character):
    found = addon.ui.bone_list.summary(character)
    assert len(found.joints) == len(addon.a2g_core.body.skeleton.SMPLX)
    addon.scene.bones.set_bone(character, "left_thumb3", "")
    less = addon.ui.bone_list.summary(character)
    assert found.joints - less.joints == {"left_thumb3"}
    assert f"{len(less.joints)}/{len(found.joints)}" in less.counted


def test_none_of_unknown_bones_nor_for_who_wants_no_pictures(addon, character):
    preferences = bpy.context.preferences.addons[PACKAGE].preferences
    preferences.thumbnails = False
    try:
        assert drawing(addon, character) is None
        assert "a2g.swap_bones" in drawn(addon.panels.A2G_PT_gestures)
    finally:
        preferences.thumbnails = True
    character.a2g_rig_map = "{"
    assert drawing(addon, character) is None
