"""Idles: alive, on feet that stay, the same whatever is asked for at once; before, after and between what is said."""

from __future__ import annotations

import importlib.util
from dataclasses import replace

import numpy as np
import pytest
from places import ROOT, SHARED
from small_models import ACCENTED, SMALL, STITCHED, random_model
from voices import babble

from a2g_core.body.kinematics import forward_kinematics, joint_positions
from a2g_core.body.motion import Motion
from a2g_core.body.rotations import axis_angle_to_matrix, matrix_to_sixd, quaternion_to_matrix
from a2g_core.body.skeleton import BODY_HANDS
from a2g_core.errors import AudioError, ConfigError
from a2g_core.model.checkpoint import load_model
from a2g_core.performing.generate import generate
from a2g_core.performing.idle_clips import parts
from a2g_core.performing.idling import Idling
from a2g_core.performing.pauses import REACH_S
from a2g_core.performing.performance import perform
from a2g_core.performing.postprocess import motion_from_sixd
from a2g_core.performing.request import Idle, Request
from a2g_core.performing.session import Session
from a2g_core.speech.heard import Heard, hear, silence

FPS = 30
N = 60 * FPS
FEET = [BODY_HANDS.index(f"{side}_{joint}") for side in ("left", "right") for joint in ("ankle", "foot")]
SPEECH = hear(babble(20), FPS)


def arms_down() -> np.ndarray:
    """A pose with hanging arms, (J * 6)."""
    turns = np.zeros((len(BODY_HANDS), 3))
    for side, sign in (("left", -1), ("right", 1)):
        turns[BODY_HANDS.index(f"{side}_shoulder")] = 0, 0, sign * np.radians(75)
        turns[BODY_HANDS.index(f"{side}_hip")] = np.radians(-4), 0, -sign * np.radians(3)
        turns[BODY_HANDS.index(f"{side}_knee")] = np.radians(8), 0, 0
    return matrix_to_sixd(axis_angle_to_matrix(turns)).reshape(-1).astype(np.float32)


def poses(first: int = 0, n: int = N, free: float = 1.0, seed: int = 3, **settings) -> np.ndarray:
    idling = Idling(BODY_HANDS, FPS, seed, 0, **settings)
    return idling.poses(np.tile(arms_down(), (n, 1)), first, np.full((n, 1), free))


def motion(frames: np.ndarray) -> Motion:
    return motion_from_sixd(frames, BODY_HANDS, FPS)


@pytest.fixture(scope="module")
def places() -> np.ndarray:
    """(T, J, 3) of a minute."""
    return joint_positions(motion(poses()))


def column(places: np.ndarray, joint: str) -> np.ndarray:
    return places[:, BODY_HANDS.index(joint)]


def fastest_m_s(places: np.ndarray, *joints: str) -> float:
    moved = np.diff(np.stack([column(places, joint) for joint in joints], axis=1), axis=0)
    return float(np.linalg.norm(moved, axis=-1).max() * FPS)


def test_feet_stay_where_they_are(places):
    assert np.ptp(places[:, FEET], axis=0).max() < 1e-4


@pytest.mark.parametrize("seed", [3, 5])
def test_who_shall_not_look_about_waits_with_the_hands_alone(seed):
    still = motion(poses(seed=seed, looks=False))
    places = joint_positions(still)
    assert max(np.ptp(column(places, f"{side}_wrist")[:, 1]) for side in ("left", "right")) > 0.15
    _, turned = forward_kinematics(quaternion_to_matrix(still.quaternions.astype(float)), BODY_HANDS)
    assert np.ptp(np.degrees(np.arcsin(turned[:, BODY_HANDS.index("head"), 1, 2]))) < 12  # it breathes and sways


def test_weight_is_shifted_every_6_to_15_seconds(places):
    aside = column(places, "pelvis")[:, 0]
    assert 0.03 < np.ptp(aside) < 0.15
    still = np.convolve(aside, np.ones(FPS) / FPS, "valid")
    sides = np.sign(still - still.mean())
    changes = np.flatnonzero(np.diff(sides)) / FPS
    assert 4 <= len(changes) <= 12  # 60 s


def test_it_breathes_16_times_a_minute():
    shoulders = joint_positions(motion(poses(free=0.0)))
    height = column(shoulders, "left_shoulder")[:, 1] - column(shoulders, "spine1")[:, 1]
    power = np.abs(np.fft.rfft((height - height.mean()) * np.hanning(N))) ** 2
    hz = np.fft.rfftfreq(N, 1 / FPS)
    assert 0.22 < hz[(hz > 0.15) & (hz < 1)][power[(hz > 0.15) & (hz < 1)].argmax()] < 0.32
    assert np.ptp(height) > 0.003


def test_no_arm_comes_near_the_t_pose():
    for seed in range(4):
        places = joint_positions(motion(poses(seed=seed)))
        assert t_pose_angle_deg(places).min() > 30


def t_pose_angle_deg(places: np.ndarray) -> np.ndarray:
    """(T, 2): between each arm and where it is in the T-pose."""
    found = []
    for side, sign in (("left", 1), ("right", -1)):
        arm = column(places, f"{side}_wrist") - column(places, f"{side}_shoulder")
        found.append(np.degrees(np.arccos(np.clip(sign * arm[:, 0] / np.linalg.norm(arm, axis=-1), -1, 1))))
    return np.stack(found, axis=1)


def test_it_is_calm_and_does_not_repeat_itself(places):
    assert fastest_m_s(places, "left_wrist", "right_wrist") < 1.0
    assert fastest_m_s(places, "head", "pelvis") < 0.4
    upper = places[:, [BODY_HANDS.index(name) for name in ("pelvis", "spine3", "head", "left_wrist", "right_wrist")]]
    windows = upper[: N // 90 * 90].reshape(-1, 90, 5, 3)
    apart = [np.abs(a - b).mean() for k, a in enumerate(windows) for b in windows[:k]]
    assert min(apart) > 0.001


def test_a_span_has_the_bits_of_the_whole():
    whole = poses()
    assert (poses(700, 500) == whole[700:1200]).all()
    assert (poses(-200, 300)[200:] == whole[:100]).all()


def test_another_seed_is_another_idle():
    assert np.abs(poses(n=300, seed=3) - poses(n=300, seed=4)).max() > 0.05


def test_a_loop_has_no_seam():
    n = 20 * FPS
    looped = joint_positions(motion(poses(n=n, loop_s=20.0)))
    twice = np.concatenate([looped, looped])
    steps = np.linalg.norm(np.diff(twice, 2, axis=0), axis=-1).max(axis=1)
    assert steps[n - 3 : n + 2].max() <= steps[: n - 3].max()


@pytest.fixture(scope="module", params=[ACCENTED, STITCHED, SMALL], ids=lambda config: config.name)
def resting(request):
    model = random_model(request.param)
    return replace(model, config=model.config.replace(rest_s=1.0))


def test_an_idle_around_a_speech_leaves_the_speech_alone(resting):
    plain, idle = generate(SPEECH, resting), generate(SPEECH, resting, idle=Idle(4.0, 3.0))
    assert len(idle) == len(plain) + 7 * FPS
    inside = idle.slice(4 * FPS, 4 * FPS + len(plain))
    same = (inside.quaternions == plain.quaternions).all(axis=(1, 2)) & (inside.translation == plain.translation).all(1)
    assert same[2 * FPS : -2 * FPS].all()


def test_where_it_speaks_no_pose_of_an_idle_is_made(resting, monkeypatch):
    made, poses_of = [], Idling.poses

    def counted(self, rest, first, free):
        made.append((first, len(rest)))
        return poses_of(self, rest, first, free)

    monkeypatch.setattr(Idling, "poses", counted)
    generate(SPEECH, resting, idle=Idle(4.0, 3.0))
    (before, n_before), (after, n_after) = made
    assert before <= -4 * FPS < 0 < before + n_before < 3 * FPS
    assert len(SPEECH.features) - 3 * FPS < after < len(SPEECH.features) < after + n_after


def test_of_an_idle_around_a_speech_a_span_has_the_bits_of_the_whole(resting):
    for fps in (None, 24):
        request = Request(seed=2, fps=fps, idle=Idle(4.0, 3.0))
        whole = generate(SPEECH, resting, request)
        part = generate(SPEECH, resting, request, span=(-50, 40))
        before = round(4 * (fps or FPS))
        assert (part.quaternions == whole.quaternions[before - 50 : before + 40]).all()
        assert (part.translation == whole.translation[before - 50 : before + 40]).all()


def test_a_longer_idle_keeps_the_shorter_one(resting):
    short, long = (generate(SPEECH, resting, idle=Idle(s, s)) for s in (3.0, 5.0))
    assert (long.quaternions[2 * FPS : -2 * FPS] == short.quaternions).all()


def test_a_pause_is_stood_in_and_what_is_far_from_it_keeps_its_bits():
    model = random_model(ACCENTED)
    spoken = SPEECH.features.copy()
    spoken[200:440] = silence(8.0, FPS).features
    heard = Heard(spoken, FPS, SPEECH.duration_s, "")
    plain, idle = generate(heard, model), generate(heard, model, idle=Idle())
    differs = (plain.quaternions != idle.quaternions).any(axis=(1, 2))
    assert differs[280:400].all() and not differs[120:210].any() and not differs[430:500].any()


def test_what_is_said_changes_an_idle_within_its_reach_only():
    model, heard_earlier = random_model(STITCHED), 6  # loudness is smoothed
    one, other = silence(30.0, FPS), silence(30.0, FPS).features.copy()
    other[800:] = SPEECH.features[:100]
    a = generate(one, model, idle=Idle())
    b = generate(Heard(other, FPS, 30.0, ""), model, idle=Idle())
    (differs,) = np.nonzero((a.quaternions != b.quaternions).any(axis=(1, 2)))
    assert 800 - round(REACH_S * FPS) - heard_earlier <= differs[0] < 800 - FPS


def test_a_take_without_a_voice_is_an_idle_that_can_loop():
    model = random_model(ACCENTED)
    looped = generate(silence(12.0, FPS), model, idle=Idle(loops=True))
    assert len(looped) == 12 * FPS
    with pytest.raises(ConfigError, match="cannot loop"):
        generate(SPEECH, model, idle=Idle(loops=True))
    with pytest.raises(AudioError, match="shorter than a frame"):
        silence(0.001, FPS)


def test_beyond_its_ends_a_loop_is_what_it_is_at_its_other_end():
    """What holds hands out of the body looks there: a thumb turned by 3 degrees more before a loop's end than after."""
    session, n = Session(silence(8.0, FPS), load_model()), 8 * FPS
    looped = perform(session, Request(seed=1, idle=Idle(loops=True)))
    around = looped.finished(-30, n + 30)
    assert around[:60].tobytes() == around[n:].tobytes()
    assert looped.finished(2 * n + 7, 2 * n + 9).tobytes() == around[37:39].tobytes()


def test_the_idle_of_the_model_that_ships_stands_still_on_its_feet():
    model = load_model()
    take = generate(SPEECH, model, seed=1, idle=Idle(6.0, 6.0))
    places = joint_positions(take)
    outside = np.r_[0 : 6 * FPS, len(take) - 6 * FPS : len(take)]
    feet = np.linalg.norm(np.diff(places[outside][:, FEET][..., [0, 2]], axis=0), axis=-1)
    feet[6 * FPS - 1] = 0  # the speech lies between
    assert feet.max() * FPS < 0.02
    border = np.linalg.norm(np.diff(places[:, [model.skeleton.index("left_wrist")]], axis=0), axis=-1)[:, 0] * FPS
    assert max(border[5 * FPS : 6 * FPS + 5].max(), border[-6 * FPS - 5 : -5 * FPS].max()) < 1.0


def test_the_parts_that_ship_are_those_that_their_recordings_make():
    recorded = SHARED / "data" / "ship"
    if not recorded.is_dir():
        pytest.skip("the recordings are not beside the repository")
    spec = importlib.util.spec_from_file_location("build_idles", ROOT / "scripts" / "build_idles.py")
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    made, kept = script.build(recorded), np.load(script.OUT)
    assert sorted(made) == sorted(kept.files)
    assert max(np.abs(made[name].astype(int) - kept[name]).max() for name in kept.files) <= 1  # of rounding elsewhere
    assert script.OUT.stat().st_size < 600_000
    assert all(parts(kind) for kind in ("standing", "lean", "shift", "look", "wait", "nod")) and not parts("jump")
