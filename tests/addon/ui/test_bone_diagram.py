"""The drawing above the list of bones follows the list."""

from __future__ import annotations

import bpy
from layouts import drawn
from scenes import PACKAGE


def icon(addon, obj) -> int:
    return addon.owner.owned(addon.ui.bone_diagram.BoneDiagrams).icon(addon.ui.bone_list.summary(obj))


def test_another_list_has_another_drawing(addon, character):
    whole = icon(addon, character)
    assert whole and icon(addon, character) == whole, "drawn once"
    addon.scene.bones.set_bone(character, "left_elbow", "")
    lacking = icon(addon, character)
    assert lacking not in (0, whole)
    addon.scene.bones.set_bone(character, "head", "")
    assert icon(addon, character) not in (0, whole, lacking), "and one that lacks what it needs"


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
        assert icon(addon, character) == 0
        assert "a2g.mirror_bones" in drawn(addon.panels.A2G_PT_gestures)
    finally:
        preferences.thumbnails = True
    character.a2g_rig_map = "{"
    assert icon(addon, character) == 0
