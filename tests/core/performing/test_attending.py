"""Listening: heads turn to who speaks, and nod as they pause; hands stay down."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from small_models import ACCENTED, random_model
from voices import babble

from a2g_core.body.kinematics import forward_kinematics, joint_positions
from a2g_core.body.motion import Motion
from a2g_core.body.rotations import quaternion_to_matrix
from a2g_core.model.checkpoint import load_model
from a2g_core.performing.attending import LARGEST_YAW_DEG, Partner, nods, yaw_deg
from a2g_core.performing.generate import generate
from a2g_core.performing.listening import spoken_parts
from a2g_core.performing.request import Idle, Request
from a2g_core.speech.heard import Heard, hear, silence

FPS = 30


def talk(seed: int, n: int = 40) -> tuple[tuple[float, float], ...]:
    """Phrases of 1 to 4 s with pauses of 0.3 to 0.8 s."""
    rng = np.random.default_rng(seed)
    lengths = np.stack([rng.uniform(1, 4, n), rng.uniform(0.3, 0.8, n)], axis=1).ravel().cumsum()
    return tuple(zip((lengths[1::2] - lengths[1]).tolist(), (lengths[0::2][1:] - lengths[1]).tolist()))


def head_yaw_deg(motion: Motion) -> np.ndarray:
    _, turned = forward_kinematics(quaternion_to_matrix(motion.quaternions.astype(float)), motion.skeleton)
    ahead = turned[:, motion.skeleton.index("head"), :, 2]
    return np.degrees(np.arctan2(ahead[:, 0], ahead[:, 2]))


def test_most_nods_begin_where_a_phrase_ends():
    in_pauses = in_speech = pauses_s = speech_s = 0.0
    for seed in range(20):
        spoken = talk(seed)
        for nod in nods([Partner(spoken)], seed, 0):
            down_s = nod.start_s + 0.1
            is_spoken = any(start_s <= down_s < end_s for start_s, end_s in spoken)
            in_speech, in_pauses = in_speech + is_spoken, in_pauses + (not is_spoken)
        speech_s += sum(end_s - start_s for start_s, end_s in spoken)
        pauses_s += spoken[-1][1] - sum(end_s - start_s for start_s, end_s in spoken)
    assert in_pauses / pauses_s > 10 * in_speech / speech_s
    assert 2 < in_pauses / (pauses_s + speech_s) * 60 < 30


def test_a_nod_depends_on_what_is_said_about_it_alone():
    spoken = talk(1)
    whole, part = nods([Partner(spoken)], 5, 0), nods([Partner(spoken[:10])], 5, 0)
    assert [n.start_s for n in part] == [n.start_s for n in whole][: len(part)] and len(part)


def test_a_head_turns_to_who_speaks_and_stays_with_them():
    left, right = Partner(((1.0, 3.0), (9.0, 11.0)), 50.0), Partner(((5.0, 7.0), (8.0, 8.2)), -30.0)
    yaw = yaw_deg((left, right), 0, 12 * FPS, FPS, FPS)[:, 0]
    assert (yaw[: 1 * FPS] == 0).all()
    assert yaw[round(1.8 * FPS) : 5 * FPS] == pytest.approx(50, abs=0.01)
    assert yaw[round(5.8 * FPS) : 9 * FPS] == pytest.approx(-30, abs=0.01)  # an "mm" is no turn, and a pause neither
    assert yaw[round(9.8 * FPS) :] == pytest.approx(50, abs=0.01)
    assert np.abs(np.diff(yaw)).max() * FPS < 300


def test_a_head_follows_who_walks_about():
    begins_s, way = -2.0, np.linspace(-40.0, 40.0, 14 * FPS)
    yaw = yaw_deg((Partner(((0.0, 11.0),), way, begins_s=begins_s),), 0, 12 * FPS, FPS, FPS)[:, 0]
    wanted = way[2 * FPS :][: len(yaw)]
    assert np.abs(yaw - wanted)[FPS:].max() < 3  # it comes after


def test_a_span_of_turns_has_the_bits_of_the_whole():
    partners = Partner(talk(2), 50.0), Partner(talk(3), np.linspace(-90, 90, 300))
    whole = yaw_deg(partners, -30, 900, FPS, 25.0)
    assert (yaw_deg(partners, 200, 100, FPS, 25.0) == whole[230:330]).all()
    assert np.abs(whole).max() <= LARGEST_YAW_DEG + 1e-3


def test_a_listener_of_the_model_that_ships_turns_nods_and_keeps_hands_down():
    model = load_model()
    speaker = generate(hear(babble(20), FPS), model, seed=3)
    partners = Partner(((2.0, 6.0), (6.5, 9.0)), 45.0), Partner(((10.0, 14.0), (14.6, 18.0)), -45.0)
    take = generate(silence(20.0, FPS), model, Request(seed=3, partners=partners))
    yaw = head_yaw_deg(take)
    assert yaw[round(2.8 * FPS)] - yaw[2 * FPS] > 35 and yaw[10 * FPS] - yaw[round(10.8 * FPS)] > 70
    assert wrist_path_m(take) < wrist_path_m(speaker) / 4


def test_what_sounds_but_is_no_voice_is_not_idled_through():
    hum = np.tile(silence(1.0, FPS).features[:1], (90, 1))
    hum[30:60, :3] = -20.0  # below the band of voices
    (part,) = spoken_parts(Heard(hum, FPS, 3.0, ""))
    assert part == (1.0, 2.0)


def test_what_is_said_is_heard_with_its_pauses():
    features = hear(babble(10), FPS).features.copy()
    features[100:145] = silence(1.5, FPS).features
    parts = spoken_parts(Heard(features, FPS, 10.0, ""))
    gaps = [(a[1], b[0]) for a, b in pairwise(parts) if b[0] - a[1] > 1.0]
    assert len(gaps) == 1 and gaps[0] == pytest.approx((100 / FPS, 145 / FPS), abs=0.2)
    assert spoken_parts(silence(3.0, FPS)) == ()


def wrist_path_m(motion: Motion) -> float:
    wrists = joint_positions(motion)[:, [motion.skeleton.index(f"{side}_wrist") for side in ("left", "right")]]
    return float(np.linalg.norm(np.diff(wrists, axis=0), axis=-1).sum())


def test_whoever_speaks_and_listens_is_heard_in_its_own_pauses_only():
    """With the partner in front, a take differs from one that merely idles where it nods, and looks about no more."""
    model, own = random_model(ACCENTED), hear(babble(20), FPS).features.copy()
    own[200:440] = silence(8.0, FPS).features
    heard = Heard(own, FPS, 20.0, "")
    partner = Partner(((8.0, 10.0), (10.5, 13.0)))
    alone, listening = generate(heard, model, idle=Idle()), generate(heard, model, partners=(partner,))
    (differs,) = np.nonzero((alone.quaternions != listening.quaternions).any(axis=(1, 2)))
    assert len(differs) and differs[0] > 200 and differs[-1] < 440
    assert Request(partners=(partner,)).idle == Idle()
