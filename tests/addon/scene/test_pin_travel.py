"""Pinned clips whose hips travel: the take's hips are where the strip alone would put them."""

from __future__ import annotations

import bpy
import numpy as np
import pytest
from scenes import key_clip, pose_matrices, select_only, strips, turn

FIRST, FRAMES = 70, 40
WAY = 4 + 27
"""Frames that the body takes for its way into a pin, and out of it, where there is room: half of a fade and 0.9 s."""

FULL = range(FIRST + 4, FIRST + FRAMES - 4)
"""Frames on which a pin with the default fades of eight frames has its full weight."""

HOP = 0.35 * np.sin(np.linspace(0, np.pi, FRAMES))[:, None] * (0, 1, 0)
STEP = 0.4 * np.linspace(0, 1, FRAMES)[:, None] * (1, 0, 0) + (0.1, -0.03, 0.05)


def key_location(bl, strip, bone: str, values: np.ndarray, components=(0, 1, 2)) -> None:
    """Add keys of a bone's location (T, 3), in its own axes, to what a strip plays."""
    owner = bl.curve_owner(strip.action)
    for component in components:
        curve = bl.new_fcurve(owner, f'pose.bones["{bone}"].location', component, bone)
        for frame, value in enumerate(values[:, component]):
            curve.keyframe_points.insert(strip.action_frame_start + frame, value).interpolation = "LINEAR"


@pytest.fixture
def clip(addon, character, speech_file):
    """Makes a pinned clip of these joints on frames 70 to 109, whose hips travel; the speech is on 37 to 156."""

    def make(travel: np.ndarray, bones=("pelvis",), components=(0, 1, 2)) -> bpy.types.NlaStrip:
        still = turn(1, np.zeros(FRAMES))
        strip = key_clip(addon.bl, character, "clip", FIRST, dict.fromkeys(bones, still))
        key_location(addon.bl, strip, "pelvis", travel, components)
        strip.extrapolation = "NOTHING"
        select_only(character, strip)
        assert bpy.ops.a2g.pin_clips() == {"FINISHED"}
        return strip

    return make


def hips(character, frames) -> np.ndarray:
    return np.array([pose_matrices(character, frame)["pelvis"][:3, 3] for frame in frames])


@pytest.mark.parametrize("travel", [HOP, STEP], ids=["hop", "step"])
def test_the_hips_are_where_the_strip_alone_puts_them(addon, character, clip, travel):
    strip = clip(travel)
    shown = hips(character, FULL)
    assert np.ptp(shown, axis=0).max() > 0.2
    assert bpy.ops.a2g.generate() == {"FINISHED"}
    np.testing.assert_allclose(hips(character, FULL), shown, atol=1e-4)
    strip.mute = True
    np.testing.assert_allclose(hips(character, FULL), shown, atol=1e-4)  # it is in the take itself


def test_the_take_outside_the_fades_is_that_of_a_clip_without_travel(addon, character, clip):
    clip(STEP)
    character.a2g_keep_seed = True
    bpy.ops.a2g.generate()
    frames = range(37, 157)
    moved = hips(character, frames)
    strip = strips(character)["clip"]
    for curve in addon.bl.fcurves(strip.action, addon.bl.slot_of(strip)):
        curve.mute = curve.data_path.endswith("location")
    bpy.ops.a2g.generate()
    apart = np.linalg.norm(moved - hips(character, frames), axis=1)
    inside = np.array([FIRST - WAY <= frame < FIRST + FRAMES + WAY for frame in frames])
    assert apart[~inside].max() < 1e-5 and apart[inside].max() > 0.3


def test_half_the_strength_is_half_the_way(addon, character, clip):
    clip(HOP)
    character.a2g_pins[0].strength = 0.0
    bpy.ops.a2g.generate()
    on_floor = hips(character, FULL)
    character.a2g_pins[0].strength = 0.5
    bpy.ops.a2g.generate()
    rise = (hips(character, FULL) - on_floor) @ np.array(character.data.bones["pelvis"].matrix_local)[:3, 1]
    np.testing.assert_allclose(rise, HOP[4:-4, 1] / 2, atol=0.03)


def test_only_what_is_keyed_and_chosen_travels(addon, character, clip):
    strip = clip(HOP, bones=("pelvis", "left_shoulder"), components=(1,))
    read = addon.scene.pins.read_pins
    (pinned,) = read(character, 30.0)
    assert pinned.travels
    np.testing.assert_allclose(np.abs(pinned.clip.translation).max(axis=0).max(), 0.35, atol=0.001)
    character.a2g_pins[0].body_parts = {"ARMS"}
    (pinned,) = read(character, 30.0)
    assert not pinned.travels and not pinned.clip.translation.any()
    (pin,), _ = addon.scene.pins.place_pins([pinned], 37, 120)
    assert pin.travel == "none"
    character.a2g_pins[0].body_parts = {"ARMS", "LEGS"}
    for curve in addon.bl.fcurves(strip.action, addon.bl.slot_of(strip)):
        curve.mute = "pelvis" in curve.data_path and curve.data_path.endswith("quaternion")
    (pinned,) = read(character, 30.0)  # the pelvis is not turned, but moved
    assert pinned.travels and pinned.clip.skeleton.names == ("left_shoulder",)


def test_travel_is_cut_with_its_clip_and_joined_with_its_other_part(addon, character, clip):
    strip = clip(STEP)
    (whole,) = addon.scene.pins.read_pins(character, 30.0)
    track = character.animation_data.nla_tracks["clip"]
    strip.action_frame_end = strip.frame_end = FIRST + 20
    second = addon.bl.add_nla_strip(track, "second", FIRST + 20, strip.action, addon.bl.slot_of(strip))
    second.action_frame_start = FIRST + 20
    second.frame_start_ui, second.frame_end_ui = FIRST + 20, FIRST + FRAMES - 1
    (joined,) = addon.scene.pins.read_pins(character, 30.0)
    np.testing.assert_allclose(joined.clip.translation, whole.clip.translation, atol=1e-5)
    (pin,), _ = addon.scene.pins.place_pins([whole], FIRST + 10, 120)
    np.testing.assert_array_equal(pin.clip.translation, whole.clip.translation[10:])
    assert pin.travel == "absolute"


def test_a_recipe_knows_its_travel(addon, character, clip):
    digest = addon.scene.recipe.digest_pin
    strip = clip(HOP)
    place = addon.scene.pins.place_pins
    (before,), _ = place(addon.scene.pins.read_pins(character, 30.0), 37, 120)
    for curve in addon.bl.fcurves(strip.action, addon.bl.slot_of(strip)):
        if curve.data_path.endswith("location"):
            for point in curve.keyframe_points:
                point.co.y *= 1.1
            curve.update()
    (after,), _ = place(addon.scene.pins.read_pins(character, 30.0), 37, 120)
    assert digest(before) != digest(after)
