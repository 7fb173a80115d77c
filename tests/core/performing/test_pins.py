"""Pins hold the joints of their clip and no others, and join what is around them smoothly."""

from __future__ import annotations

import numpy as np
import pytest
from places import ROOT
from small_models import SMALL, random_model
from voices import babble

from a2g_core.body.kinematics import joint_positions
from a2g_core.body.motion import Motion, Pin
from a2g_core.body.rotations import axis_angle_to_quaternion, geodesic_angle, quaternion_to_matrix
from a2g_core.body.skeleton import BODY, SMPLX
from a2g_core.errors import MotionError
from a2g_core.model.checkpoint import Model, load_model
from a2g_core.performing.generate import generate
from a2g_core.speech.audio import open_speech
from a2g_core.speech.heard import Heard, hear

SPEECH = babble(12.0)
WAVING = {side: (f"{side}_shoulder", f"{side}_elbow") for side in ("left", "right")}


@pytest.fixture(scope="module")
def product() -> Model:
    return load_model()


@pytest.fixture(scope="module")
def heard(product) -> Heard:
    return hear(open_speech(ROOT / "scripts/sample/speech.wav"), product.fps)


def wave(side: str = "right", seconds: float = 2.0) -> Motion:
    """An upper arm raised, and a forearm that waves: two joints, without those that they hang on."""
    n = round(30 * seconds)
    turns = np.zeros((n, 55, 3))
    sign = 1 if side == "left" else -1
    upper, fore = (SMPLX.index(name) for name in WAVING[side])
    turns[:, upper, 1:] = sign * np.array((-0.4, -0.3))
    turns[:, fore, 2] = sign * (1.5 - 0.5 * np.sin(9.4 * np.arange(n) / 30))
    whole = Motion(axis_angle_to_quaternion(turns), np.zeros((n, 3)), 30, SMPLX)
    return whole.only(WAVING[side])


def others(motion: Motion, *pinned: str) -> bytes:
    free = [k for k, name in enumerate(motion.skeleton.names) if name not in pinned]
    return motion.quaternions[:, free].tobytes() + motion.translation.tobytes()


def test_a_clip_of_some_joints_tells_them_by_name():
    clip = wave()
    assert clip.skeleton.names == WAVING["right"] and clip.quaternions.shape == (60, 2, 4)
    with pytest.raises(MotionError, match="no joint 'tail'"):
        clip.only(("tail",))


@pytest.mark.parametrize("keep_pins", [True, False])
def test_joints_that_a_pin_does_not_hold_keep_their_bits(keep_pins):
    model = random_model(SMALL.replace(keep_pins=keep_pins, rest_s=1.0))
    free = generate(SPEECH, model)
    for start_s in (0.0, 5.0, 10.0):  # where the take rests, too
        made = generate(SPEECH, model, pins=[Pin(wave(), start_s)])
        assert others(made, *WAVING["right"]) == others(free, *WAVING["right"])
        assert others(made, "right_shoulder") != others(free, "right_shoulder")


def test_pins_of_two_arms_at_once_are_followed_as_each_alone():
    model = random_model(SMALL.replace(keep_pins=True))
    left, right = Pin(wave("left"), 4.0), Pin(wave("right"), 4.5)
    both, one, other = (generate(SPEECH, model, pins=pins) for pins in ([left, right], [left], [right]))
    for made, side in ((one, "left"), (other, "right")):
        joints = [BODY.index(name) for name in WAVING[side]]
        assert both.quaternions[:, joints].tobytes() == made.quaternions[:, joints].tobytes()


def test_an_arm_that_waves_moves_neither_feet_nor_other_parts(product, heard):
    """Codes are about the whole body, and brought the stance of the clip's performer along: feet slid by 8 cm."""
    for seed, style in enumerate(product.styles):
        free = generate(heard, product, seed=seed, style=style)
        made = generate(heard, product, seed=seed, style=style, pins=[Pin(wave(), 4.0 + seed)])
        assert others(made, *WAVING["right"]) == others(free, *WAVING["right"])
        feet = [product.skeleton.index(f"{side}_foot") for side in WAVING]
        assert np.abs(joint_positions(made)[:, feet] - joint_positions(free)[:, feet]).max() == 0
        inside = slice(round(30 * (4.0 + seed)) + 5, round(30 * (4.0 + seed)) + 55)
        arm = [product.skeleton.index(name) for name in WAVING["right"]]
        off = geodesic_angle(*map(quaternion_to_matrix, (made.quaternions[inside, arm], wave().quaternions[5:55])))
        assert np.degrees(off.max()) < 1
