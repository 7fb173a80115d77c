"""Hips that travel in a pinned clip: followed from where the character stands, or to where the clip puts them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from small_models import SMALL, random_model
from voices import babble

from a2g_core.body.kinematics import joint_positions
from a2g_core.body.motion import Motion, Pin, Skeleton
from a2g_core.body.skeleton import BODY, SMPLX, SOLE_BELOW_FOOT_M
from a2g_core.performing.generate import generate

SPEECH = babble(12.0)
FRAMES = 61
FULL = slice(154, 206)
"""Frames on which pins that begin at 5 s and fade over 0.2 s have their full weight."""
FADED = slice(120, 241)
"""Frames that such pins, their fades and the way there cover."""


@pytest.fixture(scope="module")
def kept():
    return random_model(SMALL.replace(keep_pins=True))


@pytest.fixture(scope="module")
def free(kept) -> Motion:
    return generate(SPEECH, kept)


def stand(travel: np.ndarray, joints=BODY.names, place=(0.0, 0.0, 0.0)) -> Motion:
    """Somebody in the rest pose who is carried along (T, 3) from a place."""
    skeleton = SMPLX.subset(joints)
    quaternions = np.zeros((len(travel), len(joints), 4))
    quaternions[..., 0] = 1
    return Motion(quaternions, travel + place, 30, skeleton)


def crouch() -> Motion:
    """Hips that go down by 30 cm and up again over feet that stand."""
    bend = 0.9 * np.sin(np.linspace(0, np.pi, FRAMES))
    clip = stand(np.zeros((FRAMES, 3)))
    for name, share in (("hip", -1), ("knee", 2), ("ankle", -1)):
        for side in ("left", "right"):
            clip.quaternions[:, BODY.index(f"{side}_{name}"), 0] = np.cos(share * bend / 2)
            clip.quaternions[:, BODY.index(f"{side}_{name}"), 1] = np.sin(share * bend / 2)
    feet = joint_positions(clip)[:, [BODY.index("left_ankle"), BODY.index("left_foot")]]
    rest = np.array([BODY.rest_places["left_ankle"], BODY.rest_places["left_foot"]])
    down = rest[1, 1] - feet[:, 1, 1]
    return replace(clip, translation=np.stack([0 * down, down, rest[0, 2] - feet[:, 0, 2]], 1))


def hop(height: float = 0.35) -> np.ndarray:
    return height * np.sin(np.linspace(0, np.pi, FRAMES))[:, None] * (0, 1, 0)


def step(length: float = 0.4) -> np.ndarray:
    return length * np.linspace(0, 1, FRAMES)[:, None] * (1, 0, 0.5)


def pinned(model, clip: Motion, strength: float = 1.0, travel: str = "relative", **request) -> Motion:
    return generate(SPEECH, model, pins=[Pin(clip, 5.0, strength, 0.2, 0.2, travel)], **request)


def lowest_foot(motion: Motion) -> np.ndarray:
    """(T,) metres above the floor."""
    feet = [motion.skeleton.index(f"{side}_foot") for side in ("left", "right")]
    floor = BODY.rest_places["left_foot"][1]
    return joint_positions(motion)[:, feet, 1].min(axis=1) - floor


@pytest.mark.parametrize("way", [hop, step])
@pytest.mark.parametrize("place", [(0, 0, 0), (2.0, 1.2, -3.0), (-0.5, -0.4, 0.3)])
def test_a_clip_begins_where_the_character_stands(kept, way, place):
    made = pinned(kept, stand(way(), place=place))
    np.testing.assert_allclose(made.translation[FULL], way()[4:56], atol=1e-5)


def test_a_clip_that_hangs_in_the_air_stands_on_the_floor(kept):
    """The feet are on the floor where they are lowest, and the first frame is where the character stands."""
    made = pinned(kept, stand(hop()[20:] + step()[20:]))
    expected = (hop() + step())[20:] - (step()[20] * (1, 0, 1)) - (0, (hop() + step())[20:, 1].min(), 0)
    np.testing.assert_allclose(made.translation[154:186], expected[4:36], atol=1e-5)


@pytest.mark.parametrize("travel", ["relative", "absolute"])
def test_feet_rise_by_their_share_and_never_sink(kept, travel):
    for strength in (0.25, 0.5, 1.0):
        made = pinned(kept, stand(hop()), strength, travel)
        np.testing.assert_allclose(lowest_foot(made)[FULL], strength * hop()[4:56, 1], atol=1e-5)
        made = pinned(kept, crouch(), strength, travel)
        assert np.abs(lowest_foot(made)).max() < 0.002 < SOLE_BELOW_FOOT_M


def test_absolute_travel_puts_the_hips_where_the_clip_has_them(kept):
    clip = stand(hop() + step() + (0.1, -0.02, 0.2))
    made = pinned(kept, clip, travel="absolute")
    np.testing.assert_allclose(made.translation[FULL], clip.translation[4:56], atol=1e-5)


def test_absolute_travel_holds_over_legs_that_are_generated(kept):
    """Also of a clip that does not turn the pelvis."""
    for joints in (("pelvis",), ("head",)):
        flat = Skeleton(joints, (-1,), ((0.0, 0.0, 0.0),))
        still = np.tile((1.0, 0.0, 0.0, 0.0), (FRAMES, 1, 1))
        clip = Motion(still, hop() + step(), 30, flat)
        made = pinned(kept, clip, travel="absolute")
        np.testing.assert_allclose(made.translation[FULL], clip.translation[4:56], atol=1e-5)


def test_relative_travel_of_a_clip_without_legs_is_added(kept):
    arms = ("pelvis", "spine1", "spine2", "spine3", "neck")
    still, moving = (pinned(kept, stand(way, arms, (1, 2, 3))) for way in (0 * hop(), hop()))
    np.testing.assert_allclose((moving.translation - still.translation)[FULL], hop()[4:56], atol=1e-5)


def test_frames_outside_the_fades_keep_their_bits(kept, free):
    without = pinned(kept, stand(step()), travel="none")
    made = pinned(kept, stand(step()))
    assert made.quaternions.tobytes() == without.quaternions.tobytes()
    moved = np.flatnonzero((made.translation != without.translation).any(axis=1))
    assert FADED.start <= moved.min() and moved.max() < FADED.stop and len(moved) > 55
    reach = kept.config.pin_receptive_field + 3  # and half of the fade
    outside = np.r_[: 150 - reach, 211 + reach : len(free)]
    assert made.translation[outside].tobytes() == free.translation[outside].tobytes()
    speed = np.linalg.norm(np.diff(made.translation - without.translation, axis=0), axis=1)
    assert speed.max() < 0.035  # the way back has a second: 0.15 in a fade of six frames


def test_what_does_not_travel_changes_no_bit(kept):
    still = stand(np.zeros((FRAMES, 3)), place=(3.0, 1.0, 0.0))
    head = replace(
        stand(hop()), quaternions=stand(hop()).quaternions[:, :1], skeleton=Skeleton(("head",), (-1,), ((0, 0, 0),))
    )
    for clip in (still, head):
        made, without = (pinned(kept, clip, travel=travel) for travel in ("relative", "none"))
        assert made.translation.tobytes() == without.translation.tobytes()


def test_a_span_has_the_bits_of_the_whole(kept):
    for travel in ("relative", "absolute"):
        whole = pinned(kept, stand(hop()), travel=travel)
        for first, stop in ((0, 170), (170, 180), (200, 360)):
            part = pinned(kept, stand(hop()), travel=travel, span=(first, stop))
            assert part.translation.tobytes() == whole.translation[first:stop].tobytes()


def test_other_frame_rates_follow_the_same_way(kept):
    clip = stand(hop())
    wanted = pinned(kept, clip)
    for fps in (24.0, 60.0):
        made = pinned(kept, clip, fps=fps)
        times_s = np.arange(155 * fps // 30, 205 * fps // 30) / fps
        theirs = np.interp(times_s * 30, np.arange(len(wanted)), wanted.translation[:, 1])
        np.testing.assert_allclose(made.translation[(times_s * fps).round().astype(int), 1], theirs, atol=1e-5)


def test_of_two_pins_the_later_wins(kept):
    one, two = (Pin(stand(way), 5.0, 1.0, 0.2, 0.2) for way in (hop(), step()))
    made = generate(SPEECH, kept, pins=[one, two])
    np.testing.assert_allclose(made.translation[FULL], step()[4:56], atol=1e-5)
    still = replace(two, clip=stand(0 * hop()))
    made = generate(SPEECH, kept, pins=[one, still])
    np.testing.assert_allclose(made.translation[FULL], 0, atol=1e-5)


def test_models_that_follow_codes_alone_travel_too():
    made = pinned(random_model(SMALL.replace(keep_pins=False)), stand(hop()))
    np.testing.assert_allclose(lowest_foot(made)[FULL], hop()[4:56, 1], atol=1e-5)


def test_travel_is_sent_along_and_checked():
    pin = Pin(stand(hop()), 5.0, travel="absolute")
    assert Pin.from_dict(pin.to_dict()).travel == "absolute"
    with pytest.raises(ValueError, match="a pin's travel is 'far', and not one of relative, absolute, none"):
        replace(pin, travel="far")
