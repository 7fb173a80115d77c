"""Whether made performances could be a person's: recorded gestures on recorded speech, measured on the body."""

import tarfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from a2g_core.body.figure import CHEST, PELVIS
from a2g_core.body.kinematics import forward_kinematics, ground_translation
from a2g_core.body.rotations import quaternion_to_matrix
from a2g_core.body.skeleton import BODY_HANDS, PELVIS_HEIGHT_M
from a2g_core.evaluation.feet import sliding_speed_cm_s
from a2g_core.speech.audio import SAMPLE_RATE_HZ, open_speech
from a2g_core.training.data.smartbody import FPS, GestureClip, load_clips
from a2g_core.training.performance import Performance, perform
from a2g_core.training.placement import RESTING, Repertoire, make_repertoire
from a2g_core.training.prosody import Prosody, analyse

STANCES = ("Idle01", "Idle03")  # one that shifts its weight, one with hands on hips
PAUSE_S = 5.0
WRISTS = [BODY_HANDS.index(f"{side}_wrist") for side in ("left", "right")]
TIPS = [BODY_HANDS.index(f"{side}_{finger}3") for side in ("left", "right") for finger in ("index", "middle")]


@dataclass(frozen=True)
class Shown:
    """positions: (T, 52, 3) and turns (T, 52, 3, 3), in the world but for the root's translation."""

    prosody: Prosody
    repertoire: Repertoire
    performance: Performance
    positions: np.ndarray
    turns: np.ndarray


def pose(quaternions: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    return forward_kinematics(quaternion_to_matrix(quaternions.astype(float)), BODY_HANDS)


@pytest.fixture(scope="module")
def clips(data, tmp_path_factory) -> list[GestureClip]:
    """Those of the stances alone: all of the archive would take 10 s to read."""
    folder = tmp_path_factory.mktemp("smartbody")
    with tarfile.open(data.archive) as archive:
        members = [m for m in archive if Path(m.name).parts[1:2] == ("Gestures",)]
        wanted = [m for m in members if m.name.endswith(".sk") or any(f"{s}_" in m.name for s in STANCES)]
        archive.extractall(folder, wanted, filter="data")
    return load_clips(folder)


@pytest.fixture(scope="module")
def shows(clips, data) -> list[Shown]:
    """Every stance on three recordings, each said twice with a long pause between."""
    out = []
    silence = np.zeros(round(PAUSE_S * SAMPLE_RATE_HZ), np.float32)
    for k, index in enumerate((0, 40, 90)):
        said = np.concatenate(list(open_speech(data.speech(index)).blocks()))
        samples = np.concatenate([silence, said, silence, said, silence])
        prosody = analyse(samples, int(len(samples) / SAMPLE_RATE_HZ * FPS), FPS)
        for stance in STANCES:
            own = [clip for clip in clips if clip.stance == stance]
            repertoire = make_repertoire(stance, own, own)
            performance = perform(prosody, repertoire, np.random.Generator(np.random.Philox(k)))
            out.append(Shown(prosody, repertoire, performance, *pose(performance.quaternions)))
    return out


def test_wrists_are_fastest_on_accents(shows):
    """Before, a gesture's end was put there: fastest a third of a second earlier."""
    curves, off = [], []
    for shown in shows:
        hands = shown.positions[:, WRISTS] - shown.positions[:, [BODY_HANDS.index("spine3")]]
        speed = np.linalg.norm(np.gradient(hands, axis=0), axis=-1)
        for gesture in shown.performance.gestures:
            middle = round(gesture.accent_s * FPS)
            curves.append(speed[middle - 12 : middle + 13, list(gesture.arms)].sum(axis=1))
            off.append(np.abs(shown.prosody.accents_s - gesture.accent_s).min())
    assert len(curves) > 50 and np.mean(np.array(off) < 0.1) > 0.9 and max(off) < 0.25
    around = np.mean(curves, axis=0)
    near = around[7:-7]  # a sixth of a second either way; later, hands that go down may be as fast
    assert abs(int(near.argmax()) - 5) <= 2
    assert near.max() > 1.5 * around[0]


def test_an_arm_that_a_gesture_does_not_move_stays_with_the_one_before(shows):
    dropped = []
    for shown in shows:
        for one, two in zip(shown.performance.gestures, shown.performance.gestures[1:]):
            if one.hold_s[1] <= one.hold_s[0] or two.arms == (True, True) or not all(one.arms):
                continue
            still = two.arms.index(False)
            hand = shown.positions[:, WRISTS[still]] - shown.positions[:, BODY_HANDS.index("spine3")]
            at_rest = np.median(hand[shown.performance.owner == -1], axis=0)
            reach = np.linalg.norm(hand - at_rest, axis=-1)
            during = reach[round(two.blend_s[1] * FPS) : round(min(two.hold_s[1], one.hold_s[1]) * FPS) + 1]
            before = reach[round(one.hold_s[0] * FPS)]
            if len(during) > 3 and before > 0.15:
                dropped.append(during.min() < 0.4 * before)
    assert len(dropped) > 3 and np.mean(dropped) < 0.25


def test_sequences_begin_and_end_at_rest(shows):
    for shown in shows:
        hands = shown.positions[:, WRISTS] - shown.positions[:, :1]
        assert np.linalg.norm(hands[0] - hands[-1], axis=-1).max() < 0.06
        assert shown.performance.owner[0] == shown.performance.owner[-1] == -1


def test_stronger_accents_get_larger_gestures(shows):
    pairs = []
    for shown in shows:
        ids = [clip.id for clip in shown.repertoire.gestures]
        for gesture in shown.performance.gestures:
            accent = np.abs(shown.prosody.accents_s - gesture.accent_s).argmin()
            pairs.append((shown.prosody.strengths[accent], shown.repertoire.size[ids.index(gesture.clip.id)]))
    assert np.corrcoef(np.array(pairs).T)[0, 1] > 0.3


def test_hands_rest_in_long_pauses(shows):
    pauses = 0
    for shown in shows:
        ends = shown.prosody.phrases_s
        for quiet_s, loud_s in zip(ends[:-1, 1], ends[1:, 0]):
            if loud_s - quiet_s < 3:
                continue
            pauses += 1
            # Gestures on the last accent end in the pause, those on the next begin there.
            frames = slice(round((quiet_s + 2.2) * FPS), round((loud_s - 1.8) * FPS))
            assert (shown.performance.owner[frames] == -1).all()
            hands = shown.positions[frames, WRISTS] - shown.positions[frames, BODY_HANDS.index("spine3")][:, None]
            assert np.linalg.norm(np.diff(hands, axis=0), axis=-1).max() * FPS < 0.2
    assert pauses >= len(shows)


def test_hands_stay_up_between_near_gestures(shows):
    dropped = []
    for shown in shows:
        hands = shown.positions[:, WRISTS] - shown.positions[:, [BODY_HANDS.index("spine3")]]
        at_rest = np.median(hands[shown.performance.owner == -1], axis=0)
        reach = np.linalg.norm(hands - at_rest, axis=-1).max(axis=1)
        for one, two in zip(shown.performance.gestures, shown.performance.gestures[1:]):
            first, last = round(one.accent_s * FPS), round(two.accent_s * FPS)
            if last - first < 2.0 * FPS and min(reach[first], reach[last]) > 0.1:
                dropped.append(reach[first : last + 1].min() < 0.3 * min(reach[first], reach[last]))
    assert len(dropped) > 20 and np.mean(dropped) < 0.15


def test_hands_stay_out_of_the_trunk(shows):
    for shown in shows:
        for joint, rings in (("pelvis", PELVIS), ("spine3", CHEST)):
            j = BODY_HANDS.index(joint)
            for name in ("wrist", "middle1", "middle3"):
                for side in ("left", "right"):
                    away = shown.positions[:, BODY_HANDS.index(f"{side}_{name}")] - shown.positions[:, j]
                    x, y, z = (away[:, None] @ shown.turns[:, j])[:, 0].T
                    heights, wide, front, back = np.array(rings).T
                    heights = heights - PELVIS_HEIGHT_M - BODY_HANDS.rest_places[joint][1]
                    half_x = np.interp(y, heights, wide, left=1e-6, right=1e-6)
                    half_z = np.where(z > 0, np.interp(y, heights, front), np.interp(y, heights, back))
                    inside = (1 - np.hypot(x / half_x, z / half_z)) * np.minimum(half_x, half_z)
                    assert inside.max() < 0.005, (shown.repertoire.name, name, inside.max())


def test_motion_is_as_smooth_as_the_recordings(shows, clips):
    def acceleration(positions: np.ndarray) -> np.ndarray:
        return np.linalg.norm(np.diff(positions[:, WRISTS + TIPS], 2, axis=0), axis=-1) * FPS**2

    gestures = [clip for clip in clips if clip.kind not in RESTING]
    recorded = np.concatenate([acceleration(pose(clip.motion.quaternions)[0]) for clip in gestures])
    made = np.concatenate([acceleration(shown.positions) for shown in shows])
    assert (np.percentile(made, 99.9, axis=0) < 1.25 * np.percentile(recorded, 99.9, axis=0)).all()
    assert made.max() < 1.25 * recorded.max()


def test_feet_do_not_slide(shows):
    for shown in shows:
        rotations = quaternion_to_matrix(shown.performance.quaternions.astype(float))
        grounded = shown.positions + ground_translation(rotations, BODY_HANDS)[:, None]
        assert sliding_speed_cm_s(grounded, FPS, BODY_HANDS) < 0.4
