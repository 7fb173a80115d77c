"""Pins hold the joints of their clip and no others, and join what is around them smoothly."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from small_models import SMALL, random_model
from voices import babble

from a2g_core.body.kinematics import joint_positions
from a2g_core.body.motion import Motion, Pin
from a2g_core.body.rotations import axis_angle_to_quaternion, geodesic_angle, quaternion_to_matrix
from a2g_core.body.skeleton import BODY, SMPLX
from a2g_core.errors import MotionError
from a2g_core.performing.generate import generate
from a2g_core.performing.pins import pinned_pose

SPEECH = babble(12.0)
WAVING = {side: (f"{side}_shoulder", f"{side}_elbow") for side in ("left", "right")}
ARMS = (*WAVING["left"], *WAVING["right"])


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
    for seed, style in enumerate(product.styles[::2]):
        pin, first = Pin(wave(), 4.0 + seed), 120 + 30 * seed
        free, made = (
            generate(heard, product, seed=seed, style=style, pins=pins, span=(first - 40, first + 100))
            for pins in ((), (pin,))
        )
        assert others(made, *WAVING["right"]) == others(free, *WAVING["right"])
        feet = [product.skeleton.index(f"{side}_foot") for side in WAVING]
        assert np.abs(joint_positions(made)[:, feet] - joint_positions(free)[:, feet]).max() == 0
        arm = [product.skeleton.index(name) for name in WAVING["right"]]
        off = geodesic_angle(*map(quaternion_to_matrix, (made.quaternions[45:95, arm], wave().quaternions[5:55])))
        assert np.degrees(off.max()) < 1


# Joins ----------------------------------------------------------------------------------------------------------------


def stroke(seed: int, seconds: float = 0.7, joints: Sequence[str] = ARMS) -> Motion:
    """A beat of both arms, about an ordinary pose, that is cut off while the hands move: at 0.5 m/s or so."""
    rng, n = np.random.default_rng(seed), round(30 * seconds)
    phase = np.linspace(-0.2, 1.2, n)[:, None]
    turns = np.zeros((n, 55, 3))
    for side, sign in (("left", 1), ("right", -1)):
        upper, fore = (SMPLX.index(name) for name in WAVING[side])
        turns[:, upper] = sign * np.array((0, -0.3, -0.9)) + rng.normal(0, 0.15, 3)
        turns[:, upper, 2:] += sign * 0.18 * np.sin(np.pi * phase)
        turns[:, fore, 1:2] = sign * (-1.2 + rng.normal(0, 0.2) + 0.3 * np.sin(np.pi * phase))
    whole = Motion(axis_angle_to_quaternion(turns), np.zeros((n, 3)), 30, SMPLX)
    return whole.only(joints)


def wrists(motion: Motion, order: int) -> np.ndarray:
    """(T - order, 2) their speed in m/s, or jerk in m/s³."""
    places = joint_positions(motion)[:, [motion.skeleton.index(f"{side}_wrist") for side in WAVING]]
    return np.linalg.norm(np.diff(places, n=order, axis=0), axis=-1) * motion.fps**order


def test_strokes_are_joined_no_faster_than_the_take_moves_anyway(product, heard):
    """Of four strokes in a take. Before: speeds 1.4 times the take's own, jerk 2.3 times."""
    speeds, jerks = [], []
    for seed in range(0, 8, 2):
        pins = [Pin(stroke(8 * seed + k), 2.5 + (1.7 + 0.3 * (seed % 4)) * k) for k in range(4)]
        free, made = (generate(heard, product, seed=seed, pins=p) for p in ((), pins))
        speeds.append(wrists(made, 1).max() / wrists(free, 1).max())
        jerks.append(np.percentile(wrists(made, 3), 99) / np.percentile(wrists(free, 3), 99))
    print(f"fastest, by the free take's: {np.round(speeds, 2)}; jerk, 99 %: {np.round(jerks, 2)}")
    assert max(speeds) <= 1.1 and max(jerks) <= 1.3


def test_from_a_stroke_the_hands_go_straight_to_the_next(product, heard):
    for seed in range(8):
        pins = [Pin(stroke(2 * seed), 6.0), Pin(stroke(2 * seed + 1), 7.2)]
        made = generate(heard, product, seed=seed, pins=pins, span=(150, 260))
        assert wrists(made, 1)[30:87].max() <= 1.3


def reaching(yaw: float, raised: float, bent: float, outwards: float) -> Motion:
    """0.7 s of a right arm that points there and goes on to turn: radians, and radians a second."""
    n = 21
    turns = np.zeros((n, 55, 3))
    upper, fore = (SMPLX.index(name) for name in WAVING["right"])
    turns[:, upper, 1], turns[:, upper, 2] = yaw - outwards * np.linspace(-0.35, 0.35, n), -raised
    turns[:, fore, 1] = bent
    return Motion(axis_angle_to_quaternion(turns), np.zeros((n, 3)), 30, SMPLX).only(WAVING["right"])


FAR_APART = {
    "bent on the way": (reaching(1.1, 0.8, 1.6, 0.0), reaching(-0.3, -0.2, 0.6, 0.0)),
    "moving on, and turning back": (reaching(1.0, 0.7, 0.9, -0.8), reaching(0.1, -0.1, 0.7, -0.8)),
    "moving that way anyway": (reaching(1.0, 0.7, 0.9, 0.8), reaching(0.1, -0.1, 0.7, 0.8)),
}


@pytest.mark.parametrize("case", FAR_APART)
def test_from_pin_to_pin_hands_go_at_an_even_speed(case):
    """What the clips do at their ends adds to it, or takes from it, and arms that bend make it uneven."""
    one, two = FAR_APART[case]
    model = random_model(SMALL.replace(keep_pins=True))
    made = generate(SPEECH, model, pins=[Pin(one, 5.0), Pin(two, 5.0 + 20 / 30 + 0.5)])
    free = [k for k, name in enumerate(made.skeleton.names) if name not in WAVING["right"]]
    made.quaternions[:, free], made.translation[:] = (1, 0, 0, 0), 0  # as the trunk sees it, which moves like nobody's
    speed = wrists(made, 1)[169:187, 1]
    print(f"from pin to pin, m/s: {np.round(speed, 2)}")
    assert speed.max() <= 1.3 and speed.max() <= 1.2 * np.median(speed)


def weight(pin: Pin, *others: Pin) -> np.ndarray:
    """Of each of 300 frames."""
    pinned = pinned_pose(pin, BODY, 30.0, 27, (pin, *others))
    out = np.zeros(300)
    out[pinned.first : pinned.first + len(pinned.weight)] = pinned.weight[:, 0]
    return out


def test_a_fade_uses_the_room_that_there_is():
    """It begins 0.9 s before the artist's, of which half lies in the clip, and has no corner."""
    found = weight(Pin(wave(), 5.0, fade_in_s=0.4, fade_out_s=0.6))
    assert (found[156:201] == 1).all() and not found[:118].any() and not found[246:].any()
    assert (np.diff(found[117:157]) > 0).all() and (np.diff(found[200:246]) < 0).all()
    assert np.abs(np.diff(found, 2)).max() < 8 / 39**2 and found[150] > 0.9


def test_hands_come_to_a_clip_while_it_is_still_and_hardly_on_where_it_is_fast():
    """What the fade adds to the clip's own speed was 0.4 m/s in a take that was 0.9 m/s at its fastest."""
    still, moving, legs = (
        weight(Pin(clip, 5.0, fade_in_s=0.8))
        for clip in (reaching(0.8, 0.3, 1.2, 0.0), reaching(0.8, 0.3, 1.2, 1.8), stroke(1, joints=SMPLX.names))
    )
    np.testing.assert_allclose(still[:160], legs[:160], atol=1e-6)  # steps keep their time
    print(f"from the clip's start to its full weight: {1 - still[150]:.3f}, {1 - moving[150]:.3f}")
    assert (still[162:] == moving[162:]).all() and 1 - moving[150] < 0.7 * (1 - still[150])
    assert (np.diff(moving[112:163]) > 0).all()


@pytest.mark.parametrize("parts", ["arms", "whole"])
@pytest.mark.parametrize("gap", [0.1, 0.5, 1.0, 1.9, 2.5])
def test_of_two_pins_in_a_row_one_falls_as_the_other_rises(gap, parts):
    """Whole bodies, whose feet would step there and back, as long as their ways meet; arms while they have no time."""
    clips = [stroke(k, joints=ARMS if parts == "arms" else SMPLX.names) for k in (1, 2)]
    one, two = Pin(clips[0], 3.0), Pin(clips[1], 3.0 + 20 / 30 + gap)
    falling, rising = weight(one, two), weight(two, one)
    between = slice(96, round(30 * (3.0 + 20 / 30 + gap)) + 10)
    together = (falling + rising)[between]
    if gap < (0.9 if parts == "arms" else 2):  # the approach, and both with the halves of fades
        np.testing.assert_allclose(together, 1, atol=1e-6)  # nothing of the take between the two
    elif gap < 2:
        assert together.min() < 0.95 and together.max() <= 1 + 1e-6 and np.abs(np.diff(together, 2)).max() < 0.03
    else:
        assert not (falling * rising).any() and together.min() == 0
    other = Pin(stroke(3).only(["left_elbow"]), 3.5)
    arm = Pin(wave().only(["right_elbow"]), 4.5)
    assert weight(arm, other).tobytes() == weight(arm).tobytes()  # another joint's


def test_fades_that_do_not_fit_are_shortened_in_proportion():
    """2 s in and 1 s out lie in a clip of one second: in over two thirds of it, out over the rest."""
    found = weight(Pin(wave(seconds=1.0), 5.0, fade_in_s=4.0, fade_out_s=2.0))
    assert found.argmax() in (169, 170) and found.max() > 0.999
    assert (np.diff(found[64:170]) > 0).all() and (np.diff(found[170:236]) < 0).all()


def test_beyond_its_ends_a_clip_swings_out():
    """Its turns go on at the speed they have, for a little while; where it turns around, no sign jumps."""
    n = 30
    turns = np.zeros((n, 1, 3))
    turns[:, 0, 1] = np.linspace(0.2, 6.0, n)  # 0.2 radians a frame, through a half turn and almost around
    clip = Motion(axis_angle_to_quaternion(turns), np.zeros((n, 3)), 30, BODY.__class__(("head",), (-1,), ((0, 0, 0),)))
    pinned = pinned_pose(Pin(clip, 5.0), BODY, 30.0, 27)
    speed = np.degrees(geodesic_angle(*map(quaternion_to_matrix, (pinned.turns[1:, 0], pinned.turns[:-1, 0])))) * 30
    edge = pinned.clip_frames[0] - pinned.first
    np.testing.assert_allclose(speed[edge : edge + n - 1], 343.8, rtol=1e-3)
    assert (np.diff(speed[:edge]) > 0).all() and speed[edge - 1] > 290 and speed[0] < 1
    near = np.abs(np.diff(pinned.turns, axis=0)).max(axis=(1, 2))
    assert (near[: edge + 10] < 0.15).all() and (near[-edge - 10 :] < 0.15).all()


@pytest.mark.parametrize("strength", [0.0, 0.6, 1.0])
def test_a_pin_reaches_no_further_than_it_says_and_a_span_has_the_bits_of_the_whole(strength):
    model = random_model(SMALL.replace(keep_pins=True, smoothness_frames=1.5))
    pins = [Pin(stroke(1), 4.0, strength), Pin(wave(), 5.5, strength)]
    free, made = (generate(SPEECH, model, pins=p) for p in ((), pins))
    moved = np.flatnonzero((free.quaternions != made.quaternions).any((1, 2)))
    reach = model.config.pin_approach_frames + 4  # and half of the fade
    assert (
        reach == 31 < model.config.pin_receptive_field
        and 120 - reach <= moved.min() < 100
        and 240 < moved.max() < 225 + reach
    )
    for first, stop in ((0, 100), (130, 170), (171, 360)):
        part = generate(SPEECH, model, pins=pins, span=(first, stop))
        assert part.quaternions.tobytes() == made.quaternions[first:stop].tobytes()


def test_a_loose_pin_is_followed_in_its_manner_and_a_half_loose_one_in_between():
    model = random_model(SMALL.replace(keep_pins=True))
    pins = [()] + [(Pin(wave(), 5.0, strength),) for strength in (0.0, 0.5, 1.0)]
    arm, inside = [BODY.index(name) for name in WAVING["right"]], slice(160, 200)
    free, *made = (generate(SPEECH, model, pins=p).quaternions[inside, arm] for p in pins)
    clip = quaternion_to_matrix(wave().quaternions[10:50])
    off = [np.degrees(geodesic_angle(quaternion_to_matrix(take), clip)) for take in made]
    assert off[0].mean() > off[1].mean() > off[2].mean() and off[2].max() < 0.1 < 5 < off[1].mean()
    assert made[0].tobytes() != free.tobytes()
