"""The ghost that a take is compared on, beside characters of every kind."""

from __future__ import annotations

import bpy
import numpy as np
import pytest
import rigs
import untouched
from moving import swinging
from scenes import pose_matrices, write_take

FRAMES, START = 30, 11


def ghost_of(addon) -> bpy.types.Object:
    return next(obj for obj in bpy.data.objects if obj.get(addon.scene.ghost.TAG) and obj.type == "ARMATURE")


@pytest.mark.parametrize("name", ["made_mixamo", "made_chibi", "made_modes", "rigify"])
def test_a_ghost_plays_its_take_on_every_rig(addon, name):
    obj = rigs.make(name).armature
    bpy.context.scene.a2g_character = obj
    motion = swinging(addon, FRAMES)
    take = write_take(addon, obj, motion, START)
    wanted = {frame: pose_matrices(obj, frame) for frame in (START, START + 13, START + 29)}
    before = untouched.state(obj, values=False)
    take.mute = True
    bpy.context.scene.frame_set(START)  # what the take switched is as the artist has it again
    ghost = addon.scene.ghost.show(bpy.context.scene, obj, take)
    for frame, poses in wanted.items():
        for bone, matrix in pose_matrices(ghost, frame).items():
            size = max(b.head_local.length for b in obj.data.bones)
            np.testing.assert_allclose(matrix, poses[bone], atol=1e-4 * max(size, 1), err_msg=f"{bone} on {frame}")
    addon.scene.ghost.remove()
    take.mute = False
    assert untouched.changes(before, untouched.state(obj, values=False)) == []
    assert not any(other.get(addon.scene.ghost.TAG) for other in bpy.data.objects)


def test_what_the_artist_puts_into_its_collection_stays_in_the_scene(addon):
    """As what she appends does while that is the active one."""
    obj = rigs.make("made_mixamo").armature
    take = write_take(addon, obj, swinging(addon, FRAMES), START)
    before = list(bpy.data.collections)
    addon.scene.ghost.show(bpy.context.scene, obj, take)
    collection = next(c for c in bpy.data.collections if c.get(addon.scene.ghost.TAG))
    hers, group = bpy.data.objects.new("hers", None), bpy.data.collections.new("her group")
    collection.objects.link(hers)
    collection.children.link(group)
    group.objects.link(bpy.data.objects.new("hers too", None))
    addon.scene.ghost.remove()
    assert {"hers", "hers too"} <= {other.name for other in bpy.context.scene.objects}
    assert [found.name for found in bpy.data.collections if found != group] == [c.name for c in before]


def test_one_whose_scene_is_gone_is_forgotten(addon, scene):
    obj = rigs.make("made_chibi").armature
    write_take(addon, obj, swinging(addon, FRAMES), START)
    other = bpy.data.scenes.new("other")
    for each in (scene, other):
        each.a2g_character = obj
    other.collection.objects.link(obj)
    bpy.context.window.scene = other
    assert bpy.ops.a2g.compare_take(track="Gestures") == {"FINISHED"}
    bpy.context.window.scene = scene
    assert addon.scene.ghost.exists()
    bpy.data.scenes.remove(other)
    assert not addon.scene.ghost.exists()
    assert bpy.ops.a2g.compare_take(track="Gestures") == {"FINISHED"}  # at the first click
    ghosts = [o for o in bpy.data.objects if o.get(addon.scene.ghost.TAG) and o.type == "ARMATURE"]
    assert len(ghosts) == 1 and ghosts[0].users_scene == (scene,)
