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
from a2g_core.performing.attending import LARGEST_YAW_DEG, Partner, attended, nods, yaw_deg
from a2g_core.performing.generate import generate
from a2g_core.performing.listening import spoken_parts
from a2g_core.performing.request import Idle, Request
from a2g_core.speech.heard import Heard, hear, silence

FPS = 30
KEY = (1, 0)


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
    times_s = np.arange(12 * FPS) / FPS
    speaker = np.where((times_s >= 5) & (times_s < 9), 1, 0)  # an "mm" is no turn, and a pause neither
    keys = [(seed, 0) for seed in range(100) if (attended((left, right), times_s, (seed, 0)) == speaker).all()]
    yaw = yaw_deg((left, right), 0, 12 * FPS, FPS, FPS, keys[0])[:, 0]
    assert yaw[: 5 * FPS] == pytest.approx(50, abs=0.01)  # before the first word, at who will say it
    assert yaw[round(5.8 * FPS) : 9 * FPS] == pytest.approx(-30, abs=0.01)
    assert yaw[round(9.8 * FPS) :] == pytest.approx(50, abs=0.01)
    assert np.abs(np.diff(yaw)).max() * FPS < 300


def test_a_head_follows_who_walks_about():
    begins_s, way = -2.0, np.linspace(-40.0, 40.0, 14 * FPS)
    yaw = yaw_deg((Partner(((0.0, 11.0),), way, begins_s=begins_s),), 0, 12 * FPS, FPS, FPS, KEY)[:, 0]
    wanted = way[2 * FPS :][: len(yaw)]
    assert np.abs(yaw - wanted)[FPS:].max() < 3  # it comes after


@pytest.mark.parametrize("parts", [(talk(2), talk(3), ()), ((), (), ()), (talk(2),)], ids=["all", "silent", "one"])
def test_a_span_of_turns_has_the_bits_of_the_whole(parts):
    yaws = (50.0, np.linspace(-90, 90, 300), -20.0)
    partners = tuple(Partner(spoken, yaw) for spoken, yaw in zip(parts, yaws))
    whole = yaw_deg(partners, -30, 900, FPS, 25.0, KEY)
    for first, n in ((-30, 40), (200, 100), (411, 1), (860, 10)):
        part = yaw_deg(partners, first, n, FPS, 25.0, KEY)
        assert part.tobytes() == whole[first + 30 : first + 30 + n].tobytes()
    assert np.abs(whole).max() <= LARGEST_YAW_DEG + 1e-3


def test_who_stands_by_is_looked_at_now_and_then_and_never_as_another_one_begins():
    times_s, shares, begins = np.arange(0, 600, 0.1), [], 0
    for seed in range(10):
        said = [(6.0 * k, 6.0 * k + 5) for k in range(90)]
        partners = Partner(tuple(said[0::2])), Partner(tuple(said[1::2])), Partner(())
        whom = attended(partners, times_s, (seed, 0))
        shares.append(np.mean(whom == 2))
        for k, (start_s, _end_s) in enumerate(said):
            settled = (times_s >= start_s) & (times_s < start_s + 2.0)
            assert (whom[settled] == k % 2).all()
            begins += 1
        looks = np.diff(np.flatnonzero(np.diff(np.concatenate([[0], whom == 2, [0]]).astype(int)))).tolist()[::2]
        assert min(looks) >= 9 and max(looks) <= 27  # tenths of a second
    print(f"{begins} begins; share of time for who stands by {np.round(shares, 3)}")
    assert min(shares) > 0.03 and max(shares) < 0.2 and len(set(shares)) > 5


def test_before_the_first_word_they_look_at_who_will_say_it_and_about():
    times_s, shares = np.arange(0, 60, 0.1), []
    for seed in range(40):
        whom = attended((Partner(((70.0, 80.0),)), Partner(((60.0, 65.0),))), times_s, (seed, 0))
        shares.append([np.mean(whom == k) for k in (-1, 0, 1)])
    nobody, second, first = np.mean(shares, axis=0)
    assert first > 0.6 and nobody > 0.05 and second > 0.05


def test_where_nobody_ever_speaks_one_after_another_is_looked_at():
    whom = attended((Partner(()), Partner(()), Partner(())), np.arange(0, 300, 0.5), (1, 0))
    assert set(whom) == {0, 1, 2} and (np.diff(whom) != 0).sum() < 50
    assert set(attended((), np.arange(3.0), (1, 0))) == {-1}


def test_a_look_depends_on_seed_and_take_and_on_who_begins_about_it_alone():
    times_s, said = np.arange(0, 60, 0.1), talk(4, 20)
    both = Partner(said), Partner(())
    looks = [attended(both, times_s, key) for key in ((1, 0), (2, 0), (1, 1))]
    assert any((looks[0] != other).any() for other in looks[1:])
    later = Partner((*said, (70.0, 75.0), (80.0, 90.0))), Partner(((76.0, 79.0),))
    assert (attended(later, times_s, (1, 0)) == looks[0]).all()


def test_nods_of_who_says_nothing_are_none():
    assert nods([Partner(())], 1, 0) == []


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
