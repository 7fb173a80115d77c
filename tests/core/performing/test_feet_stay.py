"""Feet stay where a take stands, to the millimetre, and step where a pinned clip wants them elsewhere."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from places import FILES_0_2_0
from small_models import SMALL, random_model
from voices import babble

from a2g_core.body.kinematics import LEG_CHAIN, joint_positions
from a2g_core.body.motion import Motion, Pin
from a2g_core.body.rotations import axis_angle_to_quaternion
from a2g_core.body.skeleton import PELVIS_HEIGHT_M, SMPLX, SOLE_BELOW_FOOT_M
from a2g_core.evaluation.feet import sliding_speed_cm_s
from a2g_core.model.checkpoint import load_model
from a2g_core.performing.generate import generate

SPEECH = babble(12.0)
ARM = ("right_shoulder", "right_elbow")


def clip(turned_out: float = 0.0, joints: tuple[str, ...] = LEG_CHAIN, seconds: float = 2.0) -> Motion:
    """Somebody who stands with the legs apart by an angle in radians."""
    n = round(30 * seconds)
    turns = np.zeros((n, 55, 3))
    for side, sign in (("left", 1), ("right", -1)):
        turns[:, SMPLX.index(f"{side}_hip"), 2] = sign * turned_out
        turns[:, SMPLX.index(f"{side}_ankle"), 2] = -sign * turned_out
    return Motion(axis_angle_to_quaternion(turns), np.zeros((n, 3)), 30, SMPLX).only(joints)


def feet(motion: Motion) -> np.ndarray:
    """(T, 2, 2, 3): left and right; ankle and ball."""
    index = [[motion.skeleton.index(f"{side}_{joint}") for joint in ("ankle", "foot")] for side in ("left", "right")]
    return joint_positions(motion)[:, index]


def test_feet_stay_in_every_style_with_an_arm_that_waves_and_without(product, heard):
    for seed, style in enumerate(product.styles):
        pins = [Pin(clip(joints=ARM), 4.0)] if seed % 2 else []
        take = generate(heard, product, seed=seed, style=style, pins=pins)
        assert np.ptp(feet(take), axis=0).max() < 2e-4
        assert sliding_speed_cm_s(joint_positions(take), take.fps, take.skeleton) < 0.05


def test_both_feet_are_on_the_floor(product, heard):
    """Before, one of them hung up to 11 mm above it."""
    for style in product.styles:
        for seed in range(2):
            found = feet(generate(heard, product, seed=seed, style=style, span=(0, 1)))[0, :, :, 1]
            on_heel = found[:, 0] + PELVIS_HEIGHT_M < 0.0751
            on_ball = found[:, 1] + PELVIS_HEIGHT_M < SOLE_BELOW_FOOT_M + 1e-4
            assert (on_heel | on_ball).all() and found[:, 1].min() + PELVIS_HEIGHT_M > SOLE_BELOW_FOOT_M - 1e-4


def test_a_foot_that_stands_does_not_slide_under_strokes_of_the_whole_body_from_other_takes(product, heard):
    """Nor turn on the spot: before, balls of feet did so at 5 to 11 cm/s, hardly lifted."""
    for seed, style in enumerate(product.styles):
        pins = []
        for k in range(4):
            other = generate(heard, product, seed=50 + seed, style=product.styles[(seed + k) % len(product.styles)])
            pins.append(Pin(other.slice(100 + 70 * k, 121 + 70 * k), 2.5 + 3.2 * k, 0.6 if k == 3 else 1.0))
        found = feet(generate(heard, product, seed=seed, style=style, pins=pins))
        height = found[:, :, 1, 1]
        stands = height < height.min(axis=1, keepdims=True) + 0.02
        slides = np.linalg.norm(np.diff(found[..., [0, 2]], axis=0), axis=-1)[stands[1:] & stands[:-1]] * 3000
        assert slides.mean() < 0.5 and np.percentile(slides, 99, axis=0).max() < 2
        assert np.ptp(found[:, :, 0, [0, 2]], axis=0).max() > 0.004  # they do step


def test_hands_and_head_do_not_change_and_no_knee_jumps(product, heard):
    loose = replace(product, config=product.config.replace(feet_stay=False))
    one, other = (generate(heard, model, seed=3, style="Casual") for model in (product, loose))
    elbow = SMPLX.index("left_elbow")
    kept = [k for k, name in enumerate(product.skeleton.names) if name in ("neck", "head") or k >= elbow]
    kept = [k for k in kept if not product.skeleton.names[k].endswith("thumb1")]  # they lie down at a thigh
    assert one.quaternions[:, kept].tobytes() == other.quaternions[:, kept].tobytes()
    knees = [product.skeleton.index(f"{side}_knee") for side in ("left", "right")]
    bent = np.degrees(2 * np.arccos(np.abs(one.quaternions[:, knees, 0]).clip(0, 1)))
    assert bent.min() > 2 and np.abs(np.diff(bent, axis=0)).max() * 30 < 90


def test_a_clip_of_the_legs_is_followed_and_feet_step_there_and_back_one_at_a_time(product, heard):
    pins = [Pin(clip(0.14), 6.0)]
    take = generate(heard, product, seed=3, style="Firm", pins=pins)
    legs = [product.skeleton.index(name) for name in LEG_CHAIN]
    inside = slice(186, 234)
    cosines = np.abs((take.quaternions[inside, legs] * clip(0.14).quaternions[6:54]).sum(-1))
    assert np.degrees(2 * np.arccos(cosines.clip(0, 1)).max()) < 0.2
    ankles = feet(take)[:, :, 0]
    apart = ankles[:, 0, 0] - ankles[:, 1, 0]
    assert apart[210] - apart[100] > 0.05
    lifted = ankles[..., 1] - np.minimum(ankles[0, :, 1], ankles[210, :, 1]) > 0.008
    assert lifted.any(axis=0).all() and not lifted.all(axis=1).any()
    for steps in np.diff(lifted.astype(int), axis=0).T:
        assert (steps == 1).sum() == 2  # there, and back
    moving = np.linalg.norm(np.diff(ankles[..., [0, 2]], axis=0), axis=-1) * 30 > 0.05
    assert lifted[:-1][moving].all() and moving.any()
    free = generate(heard, product, seed=3, style="Firm")
    outside = np.r_[: 180 - 27 - 5, 240 + 27 + 5 : len(free)]
    assert take.quaternions[outside].tobytes() == free.quaternions[outside].tobytes()


def test_where_a_pin_takes_the_body_its_feet_go_with_it(product, heard):
    hop = 0.3 * np.sin(np.linspace(0, np.pi, 60))[:, None] * (0, 1, 0)
    pelvis = clip(joints=("pelvis",))
    take = generate(heard, product, seed=3, pins=[Pin(replace(pelvis, translation=hop), 6.0, travel="absolute")])
    assert feet(take)[210, :, 0, 1].min() - feet(take)[100, :, 0, 1].max() > 0.2
    still = generate(heard, product, seed=3, pins=[Pin(pelvis, 6.0)])  # which turns the pelvis over the feet
    assert np.ptp(feet(still), axis=0).max() < 2e-4


def test_a_span_has_the_bits_of_the_whole():
    model = random_model(SMALL.replace(keep_pins=True, feet_stay=True, rest_s=1.0))
    pins = [Pin(clip(0.1), 4.0, 0.7), Pin(clip(joints=ARM), 5.5)]
    whole = generate(SPEECH, model, pins=pins)
    for first, stop in ((0, 100), (130, 170), (171, 360)):
        part = generate(SPEECH, model, pins=pins, span=(first, stop))
        assert part.quaternions.tobytes() == whole.quaternions[first:stop].tobytes()
        assert part.translation.tobytes() == whole.translation[first:stop].tobytes()


def test_models_of_version_0_2_0_keep_their_takes():
    assert not load_model(FILES_0_2_0 / "product.safetensors").config.generation.feet_stay
