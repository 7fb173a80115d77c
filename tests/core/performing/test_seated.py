"""Who sits keeps pelvis, legs and feet exactly; the trunk stays upright, and hands rest on the thighs, not in them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from small_models import SMALL, random_model
from voices import babble

from a2g_core.body.kinematics import LEG_CHAIN, forward_kinematics, joint_positions
from a2g_core.body.motion import Motion, Pin
from a2g_core.body.rotations import axis_angle_to_quaternion, multiply_quaternions, quaternion_to_matrix
from a2g_core.body.skeleton import SMPLX
from a2g_core.errors import MotionError
from a2g_core.evaluation.gestures import depth_in_body_m
from a2g_core.performing.controls import Controls
from a2g_core.performing.gaze import Gaze
from a2g_core.performing.generate import generate
from a2g_core.performing.request import Idle, Request
from a2g_core.performing.seated import Seat, chair, reach_frames

SPEECH = babble(9.0)


def leaning(degrees: float = 0.0, facing: float = 0.0, swinging: float = 0.0, frames: int = 1) -> Seat:
    """A chair whose sitter leans back, has turned to the left, and swings a leg."""
    seat = chair()
    turns = np.repeat(seat.turns, frames, axis=0)
    lean, face = (axis_angle_to_quaternion(np.radians(v)) for v in ((-degrees, 0.0, 0.0), (0.0, facing, 0.0)))
    turns[:, 0] = multiply_quaternions(face, multiply_quaternions(lean, turns[:, 0]))
    swing = np.radians(swinging) * np.sin(np.arange(frames) / 5)[:, None] * (1, 0, 0)
    knee = LEG_CHAIN.index("left_knee")
    turns[:, knee] = multiply_quaternions(turns[:, knee], axis_angle_to_quaternion(swing.astype(np.float32)))
    places = seat.places + np.linspace(0, 0.05, frames)[:, None] * (1, 0, 0)
    return Seat(turns, places, 30.0, 0.5 if frames > 1 else 0.0)


def below(motion: Motion) -> np.ndarray:
    return motion.quaternions[:, [motion.skeleton.index(name) for name in LEG_CHAIN]]


def chest(motion: Motion) -> np.ndarray:
    """How it is turned in the world, (T, 3, 3)."""
    _, turns = forward_kinematics(quaternion_to_matrix(motion.quaternions.astype(float)), motion.skeleton)
    return turns[:, motion.skeleton.index("spine3")]


def wrists(motion: Motion) -> np.ndarray:
    return joint_positions(motion)[:, [motion.skeleton.index(f"{side}_wrist") for side in ("left", "right")]]


@pytest.mark.parametrize("fps", [30, 24])
def test_pelvis_legs_and_feet_are_exactly_those_of_the_seat(product, heard, fps):
    seat = leaning(10, swinging=15, frames=200)
    arms = Motion(np.tile(np.eye(4)[:1], (30, 55, 1)), np.zeros((30, 3)), 30, SMPLX)
    take = generate(heard, product, seat=seat, fps=fps, pins=[Pin(arms, 4.0)], idle=Idle(1.0, 1.0), seed=2)
    wanted = seat.at(np.arange(-fps, len(take) - fps) / fps, fps)
    assert below(take).tobytes() == wanted.quaternions.tobytes()
    assert take.translation.tobytes() == wanted.translation.tobytes()
    assert np.ptp(below(take), axis=0).max() > 0.05 and np.ptp(take.translation[:, 0]) > 0.04
    plain = generate(heard, product, seat=seat, fps=fps, idle=Idle(1.0, 1.0), seed=2)
    elbow = take.skeleton.index("left_elbow")  # of the pin, what is above the seat is followed
    assert np.abs(take.quaternions[round(5.5 * fps), elbow] - (1, 0, 0, 0)).max() < 1e-3
    assert np.abs(plain.quaternions[round(5.5 * fps), elbow] - (1, 0, 0, 0)).max() > 0.05


def test_hands_rest_on_the_thighs_and_keep_off_them(product, heard):
    for seed, style in enumerate(product.styles):
        take = generate(heard, product, seed=seed, style=style, seat=leaning(5, facing=30))
        assert depth_in_body_m(take).max() < 0.005
        p, at = joint_positions(take), take.skeleton.index
        for k, side in enumerate(("left", "right")):
            hip, knee = (p[[0, -1], at(f"{side}_{joint}")] for joint in ("hip", "knee"))
            assert np.linalg.norm(wrists(take)[[0, -1], k] - (hip + knee) / 2, axis=-1).max() < 0.14
        speed = np.linalg.norm(np.diff(wrists(take), axis=0), axis=-1) * 30
        own = np.linalg.norm(np.diff(wrists(generate(heard, product, seed=seed, style=style)), axis=0), axis=-1) * 30
        assert speed.max() < 1.5 * own.max()


def test_the_chest_stays_upright_and_faces_where_the_pelvis_does(product, heard):
    plain = chest(generate(heard, product, seed=3))
    for degrees, facing in ((0, 0), (20, 0), (15, 90)):
        found = chest(generate(heard, product, seed=3, seat=leaning(degrees, facing)))
        tilts = [np.degrees(np.arccos(turns[:, 1, 1])) for turns in (plain, found)]
        assert np.abs(tilts[1] - tilts[0]).max() < 4
        yaws = [np.degrees(np.arctan2(turns[:, 0, 2], turns[:, 2, 2])) for turns in (plain, found)]
        assert np.abs(yaws[1] - yaws[0] - facing).max() < 4


def test_who_sits_looks_at_the_target_from_where_it_sits(product, heard):
    target = np.array((0.4, -0.3, 1.0))
    take = generate(heard, product, seed=1, seat=chair(), gaze=Gaze(target))
    places, turns = forward_kinematics(quaternion_to_matrix(take.quaternions.astype(float)), take.skeleton)
    places = places + take.translation[:, None]
    eyes = [take.skeleton.index(f"{side}_eye_smplhf") for side in ("left", "right")]
    to = target + SMPLX.rest_positions[[SMPLX.index(f"{s}_eye_smplhf") for s in ("left", "right")]].mean(0)
    way, looks = to - places[:, eyes].mean(1), turns[:, eyes][..., 2].mean(1)
    cosines = (way * looks).sum(-1) / np.linalg.norm(way, axis=-1) / np.linalg.norm(looks, axis=-1)
    assert np.degrees(np.arccos(cosines))[60:-60].mean() < 3
    head = turns[60:-60, take.skeleton.index("head"), :, 2]
    level = way[60:-60] / np.linalg.norm(way[60:-60], axis=-1, keepdims=True)
    assert np.degrees(np.arccos((head * level).sum(-1))).mean() < 25


def test_a_span_has_the_bits_of_the_whole():
    model, seat = random_model(SMALL.replace(keep_pins=True, rest_s=1.0)), leaning(10, swinging=20, frames=90)
    controls = Controls(energy=1.4)
    whole = generate(SPEECH, model, seat=seat, controls=controls, gaze=Gaze(np.array((1.0, 0.0, 1.0))))
    for first, stop in ((0, 40), (77, 140), (141, 270)):
        part = generate(
            SPEECH, model, seat=seat, controls=controls, gaze=Gaze(np.array((1.0, 0.0, 1.0))), span=(first, stop)
        )
        assert part.quaternions.tobytes() == whole.quaternions[first:stop].tobytes()
        assert part.translation.tobytes() == whole.translation[first:stop].tobytes()
    assert reach_frames(30.0) == 19


def test_a_request_with_a_seat_comes_back_and_is_told_from_others():
    request = Request(seat=leaning(10, frames=40))
    values = request.to_dict()
    values["seat"] |= {name: values["seat"][name].ravel() for name in ("turns", "places")}  # as a recipe keeps arrays
    assert Request.from_dict(values) == request != Request(seat=leaning(12, frames=40))
    assert hash(Request(seat=chair())) == hash(Request(seat=chair()))


def test_a_still_pose_is_kept_once_and_a_clip_without_legs_is_refused():
    clip = Motion(np.repeat(np.eye(4, dtype=np.float32)[:1], 55, 0)[None].repeat(30, 0), np.zeros((30, 3)), 30, SMPLX)
    assert len(Seat.of(clip).turns) == 1
    with pytest.raises(MotionError, match="lacks left_hip"):
        Seat.of(clip.only(("pelvis", "right_hip")))
    with pytest.raises(MotionError, match="how the character sits"):
        Seat(np.zeros((0, 9, 4)), np.zeros((0, 3)), 30)
    with pytest.raises(MotionError, match="finite"):
        replace(chair(), places=np.full((1, 3), np.nan))
