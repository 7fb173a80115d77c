"""Which frames of a take count as edited by what an artist may do to its curves."""

from __future__ import annotations

import numpy as np
import pytest

N, FIRST = 40, 5


@pytest.fixture
def curve(addon, character):
    """One component of a property with a key on each of 40 frames, and what is read of it."""
    action, owner, _slot = addon.bl.new_action("track", character)
    track = addon.scene.keys.Track(
        addon.scene.rig.bone_path("head", "location"),
        np.sin(np.arange(3 * N).reshape(N, 3) / 7).astype(np.float32),
        "head",
    )
    addon.scene.keys.write(owner, track, FIRST)
    curves = {(c.data_path, c.array_index): c for c in addon.bl.fcurves(action, addon.bl.first_slot(action))}

    def edited() -> list[int]:
        return np.flatnonzero(addon.scene.edits.read(curves, track, FIRST, N).edited).tolist()

    return curves[track.path, 1], edited


def test_nothing_is_edited_at_first_nor_by_values(curve):
    found, edited = curve
    assert edited() == []
    found.keyframe_points[7].co[1] += 1
    assert edited() == [], "values are compared with checksums"


@pytest.mark.parametrize(
    ("kind", "rows"), [("CONSTANT", [7, 8]), ("SINE", [7, 8]), ("ELASTIC", [7, 8]), ("BEZIER", [6, 7, 8, 9])]
)
def test_interpolation_spoils_the_keys_that_it_goes_between(curve, kind, rows):
    found, edited = curve
    found.keyframe_points[7].interpolation = kind
    assert edited() == rows
    found.keyframe_points[39].interpolation = kind
    assert edited()[: len(rows)] == rows and edited()[-1] == 39


def test_a_curve_turned_to_bezier_is_edited_everywhere(curve):
    found, edited = curve
    for point in found.keyframe_points:
        point.interpolation = "BEZIER"
    assert edited() == list(range(N))


def test_keys_that_were_added_moved_or_removed_spoil_their_frames(curve):
    found, edited = curve
    points = found.keyframe_points
    points.insert(FIRST + 20.4, 0.0).interpolation = "LINEAR"
    assert edited() == [20]
    points.remove(points[3])
    assert edited() == [3, 20]
    points[30].co[0] += 0.25
    moved = round(points[30].co[0]) - FIRST
    assert edited() == [3, 20, moved]
    points.insert(FIRST + 90, 0.0)
    assert edited()[-1] == N - 1


def test_a_curve_that_was_thinned_out_is_edited_where_it_has_no_keys(addon, curve):
    found, edited = curve
    for row in range(N - 1, 0, -1):
        if row % 5:
            found.keyframe_points.remove(found.keyframe_points[row])
    assert edited() == [row for row in range(N) if row % 5]


@pytest.mark.parametrize("name", ["mute", "lock"])
def test_a_curve_or_group_that_is_muted_or_locked_is_edited(curve, name):
    found, edited = curve
    setattr(found, name, True)
    assert edited() == list(range(N))
    setattr(found, name, False)
    assert edited() == []
    setattr(found.group, name, True)
    assert edited() == list(range(N))


def test_modifiers_spoil_the_frames_that_they_change(curve):
    found, edited = curve
    noise = found.modifiers.new("NOISE")
    assert edited() == list(range(N))
    noise.use_restricted_range, noise.frame_start, noise.frame_end = True, FIRST + 10, FIRST + 12
    assert edited() == [10, 11, 12]


def test_extrapolation_spoils_the_ends(curve):
    found, edited = curve
    found.extrapolation = "LINEAR"
    assert edited() == [0, 1, N - 2, N - 1]


def test_removed_and_added_curves_are_edits(addon, character):
    edits, keys = addon.scene.edits, addon.scene.keys
    action, owner, slot = addon.bl.new_action("track", character)
    track = keys.Track(addon.scene.rig.bone_path("head", "location"), np.zeros((N, 3), np.float32), "head")
    keys.write(owner, track, FIRST)

    def curves() -> dict:
        return {(c.data_path, c.array_index): c for c in addon.bl.fcurves(action, slot)}

    known = set(curves())
    assert not edits.added(curves(), known, FIRST, N).any()
    more = addon.bl.new_fcurve(owner, addon.scene.rig.bone_path("head", "scale"), 0, "head")
    assert edits.added(curves(), known, FIRST, N).all(), "a modifier may move it everywhere"
    more.keyframe_points.insert(FIRST + 4, 1.0)
    more.keyframe_points.insert(FIRST + 6.5, 2.0)
    assert np.flatnonzero(edits.added(curves(), known, FIRST, N)).tolist() == [4, 5, 6, 7]
    addon.bl.remove_fcurve(action, slot, curves()[track.path, 1])
    keyed = edits.read(curves(), track, FIRST, N)
    assert keyed.edited.all() and keyed.is_removed.tolist() == [False, True, False]
    assert np.isnan(keyed.values[:, 1]).all() and not np.isnan(keyed.values[:, 2]).any()
    assert np.isnan(keyed.as_keyed(np.ones((N, 3), np.float32))[:, 1]).all()
