from __future__ import annotations

import numpy as np
import pytest
from places import ROOT

from a2g_core.body.kinematics import forward_kinematics
from a2g_core.body.rotations import quaternion_to_matrix
from a2g_core.body.skeleton import SIDES, joints_of
from a2g_core.errors import GestureError
from a2g_core.gestures.library import FADE_S, HANDS, find, library
from a2g_core.model.checkpoint import load_model
from a2g_core.performing.generate import generate
from a2g_core.performing.request import Request
from a2g_core.speech.audio import open_speech
from a2g_core.speech.heard import hear

GESTURES = list(library().values())


def test_there_are_enough_and_they_are_small():
    folder = ROOT / "a2g_core/gestures"
    assert len(GESTURES) >= 50 and len({g.category for g in GESTURES}) >= 20
    assert sum((folder / name).stat().st_size for name in ("library.npz", "library.json")) < 900_000


@pytest.mark.parametrize("gesture", GESTURES, ids=lambda g: g.name)
def test_each_leaves_legs_and_trunk_alone_and_is_at_full_strength_at_its_emphasis(gesture):
    names = set(gesture.clip.skeleton.names)
    assert gesture.hand in HANDS and names <= joints_of(("ARMS", "HANDS", "HEAD"))
    assert (gesture.hand == "head") == (names == {"neck", "head"})
    half = FADE_S / 2
    assert half - 0.02 <= gesture.emphasis_s <= (len(gesture.clip) - 1) / 30 - half + 0.02
    steps = np.abs(np.diff(gesture.clip.quaternions, axis=0)).max()
    assert steps < 0.25  # no sign flips, no jumps


@pytest.mark.parametrize("gesture", GESTURES, ids=lambda g: g.name)
def test_no_hand_is_faster_than_that_of_a_calm_take(gesture):
    """From the chest, in metres a second; those that count were 1.16."""
    clip, skeleton = gesture.clip, load_model().skeleton
    local = np.zeros((len(clip), len(skeleton), 3, 3)) + np.eye(3)
    local[:, [skeleton.index(name) for name in clip.skeleton.names]] = quaternion_to_matrix(clip.quaternions)
    hands = forward_kinematics(local, skeleton)[0][:, [skeleton.index(f"{side}_wrist") for side in SIDES]]
    assert np.linalg.norm(np.diff(hands, axis=0), axis=2).max() * clip.fps <= 0.92


def _turns(clip, name):
    return quaternion_to_matrix(clip.quaternions[:, clip.skeleton.index(name)])


def test_a_gesture_of_one_hand_is_mirrored_and_doubled():
    wave = find("wave")
    right, both = wave.with_hand("right"), wave.with_hand("both")
    mirror = np.diag([-1.0, 1, 1])
    assert {n.replace("left", "right") for n in wave.clip.skeleton.names} == set(right.clip.skeleton.names)
    np.testing.assert_allclose(
        _turns(right.clip, "right_elbow"), mirror @ _turns(wave.clip, "left_elbow") @ mirror, atol=1e-6
    )
    assert set(both.clip.skeleton.names) == set(wave.clip.skeleton.names) | set(right.clip.skeleton.names)
    np.testing.assert_array_equal(_turns(both.clip, "left_wrist"), _turns(wave.clip, "left_wrist"))
    assert wave.with_hand("left") is wave and right.with_hand("left").clip.skeleton.names == wave.clip.skeleton.names


def test_a_gesture_of_both_hands_can_be_done_with_one():
    one = find("stop").with_hand("left")
    assert all(name.startswith("left_") for name in one.clip.skeleton.names)


@pytest.mark.parametrize(("name", "hand"), [("nod", "left"), ("wave", "head"), ("wave", "foot")])
def test_a_hand_that_is_not_in_it_is_refused(name, hand):
    no_hand = f"'{name}' is done with no hand '{hand}'; give left, right or both"
    with pytest.raises(
        GestureError, match="'nod' is done with the head; ask for no hand" if name == "nod" else no_hand
    ):
        find(name).with_hand(hand)


def test_gestures_are_found_by_name_and_by_category():
    assert find(" Wave High ").name == "wave high" and find("greet").category == "greet"
    with pytest.raises(GestureError, match="the nearest are wave high, wave"):
        find("wave hi")
    with pytest.raises(GestureError, match="there is no gesture 'juggle'; the nearest are "):
        find("juggle")


def test_a_pin_is_cut_where_the_speech_begins_and_ends():
    wave = find("wave")
    whole, early, late = wave.pin(5, 10), wave.pin(0.1, 10), wave.pin(9.9, 10)
    assert len(whole.clip) == len(wave.clip) and whole.start_s == pytest.approx(5 - wave.emphasis_s)
    assert -1e-9 <= early.start_s < 1 / 30 and len(early.clip) < len(wave.clip)
    # The same moment of the clip is where it was.
    np.testing.assert_array_equal(early.clip.quaternions[-1], wave.clip.quaternions[-1])
    np.testing.assert_array_equal(late.clip.quaternions[0], wave.clip.quaternions[0])
    assert late.start_s + (len(late.clip) - 1) / 30 <= 10
    for at_s in (-0.1, 10.1, float("nan")):
        with pytest.raises(GestureError, match="outside the speech"):
            wave.pin(at_s, 10)


@pytest.mark.parametrize("name", ["no", "wave", "shake head", "three"])
def test_a_take_does_it_at_its_second_and_nothing_else_elsewhere(name):
    gesture, at_s = find(name), 9.87
    heard = hear(open_speech(ROOT / "scripts/sample/speech.wav"), 30)
    model = load_model(None)
    free = generate(heard, model, Request(seed=3))
    motion = generate(heard, model, Request(seed=3, pins=(gesture.pin(at_s, heard.duration_s),)))
    frame = round(at_s * 30)
    told = gesture.clip.quaternions[round((frame / 30 - at_s + gesture.emphasis_s) * 30)]
    done = motion.quaternions[frame, [motion.skeleton.index(n) for n in gesture.clip.skeleton.names]]
    degrees = np.degrees(2 * np.arccos(np.clip(np.abs((told * done).sum(1)), 0, 1)))
    assert degrees.max() < 3  # a third of a frame's turn beside the emphasis itself
    feet = [motion.skeleton.index(f"{side}_{joint}") for side in ("left", "right") for joint in ("hip", "knee")]
    np.testing.assert_allclose(motion.quaternions[:, feet], free.quaternions[:, feet], atol=0.02)
    np.testing.assert_array_equal(motion.quaternions[:60], free.quaternions[:60])
