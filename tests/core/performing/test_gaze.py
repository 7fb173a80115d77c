"""Gazes: eyes on the target, a head that takes its share, and nothing changed elsewhere; blinks and the jaw."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from places import ROOT
from voices import babble

from a2g_core.body.kinematics import forward_kinematics
from a2g_core.body.motion import Motion
from a2g_core.body.rotations import quaternion_to_axis_angle, quaternion_to_matrix
from a2g_core.body.skeleton import EYES, SMPLX
from a2g_core.formats.bvh import load_bvh, save_bvh
from a2g_core.formats.smplx_npz import load_npz, save_npz
from a2g_core.model.checkpoint import load_model
from a2g_core.performing.attending import Partner, attended
from a2g_core.performing.face import JAW_MOST_DEG, Face, Jaw, blinks
from a2g_core.performing.gaze import EYES_MOST_DEG, HEAD_MOST_DEG, TURN_S, Gaze, Looking
from a2g_core.performing.generate import generate
from a2g_core.performing.listening import spoken_parts
from a2g_core.performing.request import Idle, Request
from a2g_core.speech.audio import open_speech
from a2g_core.speech.heard import hear, silence

FPS = 30
MODEL = load_model()
SPEECH = hear(open_speech(ROOT / "scripts/sample/speech.wav"), FPS)
N = round(SPEECH.duration_s * FPS)
CAMERA = np.array([0.0, 0.0, 2.0])
BETWEEN_EYES = SMPLX.rest_positions[[SMPLX.index(eye) for eye in EYES]].mean(axis=0)


@pytest.fixture(scope="module")
def plain() -> Motion:
    return made()


def made(**request) -> Motion:
    return generate(SPEECH, MODEL, Request(**{"seed": 1, **request}))


def turned(yaw_deg: np.ndarray | float, distance_m: float = 2.0) -> np.ndarray:
    """Targets at eye height, so far to the left."""
    yaw = np.radians(yaw_deg)
    return distance_m * np.stack([np.sin(yaw), np.zeros_like(yaw), np.cos(yaw)], axis=-1)


def head_deg(motion: Motion) -> tuple[np.ndarray, np.ndarray]:
    """Where the head looks, to the left and up."""
    _, turns = kinematics(motion)
    ahead = turns[:, motion.skeleton.index("head"), :, 2]
    return np.degrees(np.arctan2(ahead[:, 0], ahead[:, 2])), np.degrees(np.arcsin(ahead[:, 1]))


def kinematics(motion: Motion) -> tuple[np.ndarray, np.ndarray]:
    places, turns = forward_kinematics(quaternion_to_matrix(motion.quaternions.astype(float)), motion.skeleton)
    return places + motion.translation[:, None], turns


def eyes_miss_deg(motion: Motion, target: np.ndarray) -> np.ndarray:
    """How far both eyes together are from the target."""
    places, turns = kinematics(motion)
    eyes = [motion.skeleton.index(eye) for eye in EYES]
    looks, way = turns[:, eyes][..., 2].mean(axis=1), target + BETWEEN_EYES - places[:, eyes].mean(axis=1)
    return np.degrees(np.arctan2(np.linalg.norm(np.cross(looks, way), axis=1), (looks * way).sum(axis=1)))


def body(motion: Motion) -> bytes:
    """The joints that the model makes."""
    rows = [motion.skeleton.index(name) for name in MODEL.skeleton.names]
    return motion.quaternions[:, rows].tobytes() + motion.translation.tobytes()


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("yaw_deg", [0.0, 40.0, -70.0])
def test_eyes_rest_on_the_target(yaw_deg: float, seed: int) -> None:
    target = turned(yaw_deg)
    miss = eyes_miss_deg(made(seed=seed, gaze=Gaze(target)), target)
    print(f"{yaw_deg:g}, seed {seed}: eyes miss by {miss.mean():.2f} degrees in the mean")
    assert miss.mean() < 3


@pytest.mark.parametrize("seed", range(4))
def test_who_looks_into_the_camera_holds_the_head_level(seed: int, plain: Motion) -> None:
    yaw, pitch = head_deg(made(seed=seed, gaze=Gaze(CAMERA)))
    own = head_deg(plain)[1].mean()
    most = np.percentile(abs(pitch), 90)
    print(f"seed {seed}: pitch {pitch.mean():.2f} degrees (by itself {own:.2f}), 90 % within {most:.2f}")
    assert abs(pitch.mean()) < 5
    assert most < 5
    assert abs(yaw.mean()) < 5


@pytest.mark.parametrize("seed", [1, 4])
@pytest.mark.parametrize(("before", "after"), [(-10, 15), (-40, 20), (30, -45), (-60, 70)])
def test_the_head_takes_most_of_a_turn_and_comes_after_the_eyes(before: float, after: float, seed: int) -> None:
    half = N // 2
    target = turned(np.where(np.arange(N) < half, before, after))
    motion = made(seed=seed, gaze=Gaze(target))
    yaw, _ = head_deg(motion)
    share = (yaw[half + 30 : half + 90].mean() - yaw[half - 60 : half].mean()) / (after - before)
    fastest = np.abs(np.diff(yaw)).max() * FPS
    print(f"{after - before:g} degrees: the head takes {share:.0%}, at most {fastest:.0f} degrees a second")
    assert 0.4 < share < 0.8
    assert fastest < 350
    # Three frames after the target has jumped, the eyes are there, or as far as they go.
    done = (yaw[half + 3] - yaw[half - 1]) / (after - before)
    assert done < 0.15
    eyes = quaternion_to_axis_angle(motion.quaternions[half + 3, [motion.skeleton.index(eye) for eye in EYES]])
    assert eyes_miss_deg(motion, target)[half + 3] < 3 or np.degrees(np.linalg.norm(eyes, axis=-1)).max() > 28


@pytest.mark.parametrize("target", [turned(150.0), turned(180.0), turned(179.0, 0.3), (0, 3, 0.1), (0, 0, 0)])
def test_no_neck_breaks(target, plain: Motion) -> None:
    motion = made(gaze=Gaze(target))
    yaw, pitch = head_deg(motion)
    assert np.abs(yaw).max() < HEAD_MOST_DEG[0] + 25
    assert np.abs(pitch).max() < HEAD_MOST_DEG[1] + 15
    turns = quaternion_to_axis_angle(motion.quaternions[:, [motion.skeleton.index(eye) for eye in EYES]])
    assert np.degrees(np.linalg.norm(turns, axis=-1)).max() < np.hypot(*EYES_MOST_DEG) + 0.1
    assert np.abs(np.diff(yaw)).max() * FPS < 350


@pytest.mark.parametrize("up", [1, -1])
def test_what_is_straight_above_or_below_is_looked_at_without_turning_round(up: int) -> None:
    """It has no side, and a body that sways is to the left of it, behind it and to the right: the head went from -80 to
    70 degrees, at 318 a second."""
    yaw, pitch = head_deg(made(gaze=Gaze(np.array([0.0, 2.0 * up, 0.03]))))
    assert np.abs(yaw).max() < 20 and (up * pitch).min() > 25
    assert np.abs(np.diff(yaw)).max() * FPS < 120


def test_a_head_goes_on_nodding(plain: Motion) -> None:
    looks = made(gaze=Gaze(turned(30.0)))
    quick = [np.diff(head_deg(motion)[1], n=2) for motion in (plain, looks)]
    assert np.corrcoef(*quick)[0, 1] > 0.95


def test_without_strength_no_bit_changes(plain: Motion) -> None:
    idle = made(gaze=Gaze(CAMERA, 0.0))
    assert (idle.skeleton.names, body(idle)) == (plain.skeleton.names, body(plain))
    strength = np.zeros(N)
    strength[:60] = 1
    some = made(gaze=Gaze(CAMERA, strength))
    still = 60 + round(TURN_S * FPS)
    assert body(some.slice(still, N)) == body(plain.slice(still, N))
    assert body(some.slice(0, 60)) != body(plain.slice(0, 60))


@pytest.mark.parametrize("fps", [30.0, 24.0])
def test_a_span_has_the_bits_of_the_whole(fps: float) -> None:
    request = Request(
        seed=1,
        gaze=Gaze(turned(np.linspace(-60, 60, N)), np.linspace(0, 1, N)),
        face=Face(1, 1),
        fps=fps,
        idle=Idle(3, 3),
    )
    whole, part = generate(SPEECH, MODEL, request), generate(SPEECH, MODEL, request, span=(200, 260))
    at = 200 + round(3 * fps)
    assert part.quaternions.tobytes() == whole.quaternions[at : at + 60].tobytes()
    assert part.lids.tobytes() == whole.lids[at : at + 60].tobytes()


def test_a_weaker_gaze_looks_away_now_and_then() -> None:
    spoken = spoken_parts(SPEECH)
    counts = [
        sum(len(Looking(Gaze(CAMERA, strength), (seed, 0), spoken, FPS).glances(0, 18)) for seed in range(20))
        for strength in (0.2, 0.6, 1.0)
    ]
    print("glances away in 6 minutes, of strength 0.2, 0.6 and 1:", counts)
    assert counts[0] > 1.5 * counts[1] > 0
    assert counts[2] == 0


def test_who_speaks_is_looked_at_as_they_begin() -> None:
    eyes = ((0.8, -0.3, 1.2), None)
    said = (((0.5, 3.0), (9.0, 11.0)), ((4.0, 8.0),))
    partners = tuple(Partner(parts, -50.0, place) for parts, place in zip(said, eyes, strict=True))
    motion = made(gaze=Gaze(None), partners=partners)
    # Later on each, there may be a look at the other one.
    for first_s, stop_s, target in ((0.8, 2.0, eyes[0]), (4.5, 5.5, turned(-50.0, 1.5)), (9.5, 10.5, eyes[0])):
        miss = eyes_miss_deg(motion, np.array(target))[round(first_s * FPS) : round(stop_s * FPS)]
        print(f"{first_s:g} to {stop_s:g} s: eyes miss by {miss.mean():.2f} degrees in the mean")
        assert miss.mean() < 3
    times_s = np.arange(N) / FPS
    away = (times_s > 9.5) & (attended(partners, times_s, (1, 0)) == 1)
    assert eyes_miss_deg(motion, turned(-50.0, 1.5))[np.flatnonzero(away)[20:]].mean() < 3
    alone = made(gaze=Gaze(None))
    assert "left_eye_smplhf" not in alone.skeleton.names
    assert Partner.from_dict(partners[0].to_dict()) == partners[0] != partners[1]


def test_people_blink_three_to_six_seconds_apart() -> None:
    spoken, stop_s = spoken_parts(SPEECH), SPEECH.duration_s
    between, first, snapped = [], [], 0
    for seed in range(50):
        begins_s = -(seed % 37) / 7
        at_s = blinks(spoken, None, (seed, 0), begins_s, begins_s, stop_s + 60)
        first.append(at_s[0] - begins_s)
        between += np.diff(at_s).tolist()
        snapped += sum(any(0 <= at - end < 0.3 for _, end in spoken) for at in at_s)
    rate = 60 / np.mean(between)
    print(f"blinks: median {np.median(between):.2f} s apart, {rate:.1f} a minute, first within {max(first):.2f} s")
    assert 3 < np.median(between) < 6
    assert 10 < rate < 20
    assert max(first) < 5
    assert min(between) > 0.5
    assert snapped > 50 * 0.5 * len(spoken)
    shifts = Looking(Gaze(turned(np.where(np.arange(N) < 255, 0, 50))), (1, 0), spoken, FPS)
    with_it = [any(abs(at - 8.5) < 0.15 for at in blinks((), shifts, (seed, 0), 0, 0, stop_s)) for seed in range(50)]
    assert np.mean(with_it) > 0.7


def test_lids_close_for_a_quarter_of_a_second() -> None:
    for fps in (24.0, 30.0, 60.0):
        lids = generate(silence(12, FPS), MODEL, face=Face(blink=1), fps=fps, idle=Idle()).lids
        shut = lids > 0.5
        assert lids.min() == 0
        assert lids.max() > 0.9
        assert 0.1 < shut.sum() / fps / np.sum(np.diff(shut.astype(int)) == 1) < 0.3


def test_the_jaw_opens_with_the_voice_and_rests_in_pauses() -> None:
    times_s = np.arange(N) / FPS
    opened, said = Jaw(SPEECH).opened(times_s), np.zeros(N, bool)
    for start_s, end_s in spoken_parts(SPEECH):
        said |= (times_s >= start_s) & (times_s <= end_s)
    print(f"jaw: {opened[~said].max():.3f} at most in pauses, {opened[said].mean():.2f} in the mean of speech")
    assert opened[~said].max() < 0.05
    assert 0.2 < opened[said].mean() < 0.6
    turns = quaternion_to_axis_angle(made(face=Face(jaw=0.5)).quaternions)[:, MODEL.skeleton.index("head") + 7]
    assert np.degrees(turns[:, 0]) == pytest.approx(0.5 * JAW_MOST_DEG * opened, abs=0.01)
    assert Jaw(hear(babble(3), FPS)).opened(np.array([-1.0, 4.0])).max() == 0


def test_a_request_says_its_gaze_and_its_face_again() -> None:
    for target in (turned(np.arange(3.0)), None):
        request = Request(gaze=Gaze(target, 0.5, -2.0), face=Face(1, 0.5))
        assert Request.from_dict(request.to_dict()) == request
    older = {name: value for name, value in Request().to_dict().items() if name not in ("gaze", "face")}
    assert Request.from_dict(older) == Request()


@pytest.mark.parametrize(
    "make",
    [
        lambda: Gaze((1, 2)), lambda: Gaze((np.nan, 0, 1)), lambda: Gaze(np.zeros((0, 3))), lambda: Gaze(CAMERA, 1.5),
        lambda: Gaze(CAMERA, np.nan), lambda: Face(2), lambda: Face(jaw=-1),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused(make) -> None:
    with pytest.raises(ValueError, match=r"gaze|looked|face"):
        make()


def test_eyes_and_jaw_are_written_to_files(tmp_path) -> None:
    motion = made(gaze=Gaze(CAMERA), face=Face(1, 1))
    save_npz(motion, tmp_path / "a.npz")
    save_bvh(motion, tmp_path / "a.bvh")
    wanted = quaternion_to_matrix(motion.quaternions)
    for read in (load_npz(tmp_path / "a.npz"), load_bvh(tmp_path / "a.bvh")):
        names = [name for name in (*EYES, "jaw") if name in read.skeleton.names]
        if read.skeleton is SMPLX or names:
            assert len(names) == 3
            for name in names:
                again = quaternion_to_matrix(read.quaternions[:, read.skeleton.index(name)])
                assert again == pytest.approx(wanted[:, motion.skeleton.index(name)], abs=1e-3)
    assert replace(motion, lids=None).lids is None
