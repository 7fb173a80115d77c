"""Accents that are made stronger or weaker: what that moves, how far it reaches, and that nothing else changes."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest
from small_models import SMALL, random_model
from voices import babble

from a2g_core.body.kinematics import joint_positions
from a2g_core.body.motion import Motion, Pin
from a2g_core.cli.main import parsed
from a2g_core.errors import ConfigError
from a2g_core.model.checkpoint import load_model
from a2g_core.model.config import AccentPieces
from a2g_core.performing.accents import REACH_S, Accent, sizes, strength_at, with_strength
from a2g_core.performing.controls import Controls
from a2g_core.performing.gaze import Gaze
from a2g_core.performing.generate import accent_reach_s, generate, plan_of, receptive_field_s
from a2g_core.performing.listening import Listener, accents_of
from a2g_core.performing.matching import carried
from a2g_core.performing.request import DEFAULT, Request
from a2g_core.speech.audio import Speech
from a2g_core.speech.heard import hear

SPEECH = babble(20)


@pytest.fixture(scope="module")
def product():
    return load_model()


@pytest.fixture(scope="module")
def heard(product):
    return hear(SPEECH, product.fps)


def changed(a: Motion, b: Motion) -> np.ndarray:
    """Frames that differ by a bit."""
    return np.flatnonzero((a.quaternions != b.quaternions).any((1, 2)) | (a.translation != b.translation).any(1))


def top_speed(motion: Motion, at_s: float) -> float:
    """The fastest that a wrist moves within a third of a second of a moment, m/s."""
    wrists = joint_positions(motion)[:, [motion.skeleton.index(f"{side}_wrist") for side in ("left", "right")]]
    speed = np.linalg.norm(np.diff(wrists, axis=0), axis=-1).max(axis=1) * motion.fps
    frame = round(at_s * motion.fps)
    return float(speed[max(0, frame - 10) : frame + 11].max())


def test_each_step_moves_the_wrists_faster_at_the_accent_and_changes_what_is_within_reach_alone(product, heard):
    accents = accents_of(heard, product)
    assert len(accents) > 8
    usual, faster = generate(heard, product, seed=1), []
    for at_s in accents[2:6]:
        speeds = []
        for strength in (0.0, 0.5, 1.5, 2.0):
            motion = generate(heard, product, seed=1, accents=[Accent(at_s, strength)])
            frames = changed(motion, usual)
            assert len(frames) and abs(frames / usual.fps - at_s).max() <= REACH_S
            speeds.append(top_speed(motion, at_s))
        faster.append(np.array(speeds) / top_speed(usual, at_s))
    assert (np.diff(faster, axis=1) > 0).all(), faster
    low, weaker, stronger, high = np.median(faster, axis=0)
    assert low < 0.75 and weaker < 0.85 and stronger > 1.15 and high > 1.3, (low, weaker, stronger, high)


@pytest.mark.parametrize("fps", [24, 29.97, 60])
def test_a_span_is_that_span_of_the_whole_and_a_change_lies_within_the_reach_that_is_said(product, heard, fps):
    clip = generate(heard, product, seed=8, span=(60, 110))
    request = Request(
        seed=2, fps=fps, controls=Controls(energy=1.6, calm=0.3, posture=0.4), gaze=Gaze(np.array([0.5, 0, 2]), 0.8),
        pins=(Pin(clip, 9.0, 1.0, 0.3, 0.3),), accents=(Accent(5.2, 2.0), Accent(6.0, 0.0), Accent(12.1, 1.5)),
    )  # fmt: skip
    whole = generate(heard, product, request)
    first, stop = round(4.7 * fps), round(7.1 * fps)
    part = generate(heard, product, request, span=(first, stop))
    assert part.quaternions.tobytes() == whole.quaternions[first:stop].tobytes()
    assert part.translation.tobytes() == whole.translation[first:stop].tobytes()
    other = generate(heard, product, request, accents=(*request.accents[:2], Accent(12.1, 0.5)))
    away_s = abs(changed(whole, other) / fps - 12.1)
    assert 0.3 < away_s.max() <= accent_reach_s(product, request) < receptive_field_s(product, request)


def test_neutral_accents_are_none_and_a_pin_keeps_its_frames(product, heard):
    assert with_strength((Accent(1.0, 2.0),), 1.02, 1.0) == ()
    usual = generate(heard, product, seed=3, span=(0, 200))
    assert not len(changed(usual, generate(heard, product, seed=3, span=(0, 200), accents=[Accent(3.0, 1.0)])))
    clip = generate(heard, product, seed=8, span=(60, 110))
    pins = (Pin(clip, 3.0, 1.0, 0.2, 0.2),)
    kept = [generate(heard, product, seed=3, pins=pins, accents=a, span=(100, 130)) for a in ((), [Accent(3.8, 2.0)])]
    np.testing.assert_allclose(kept[0].quaternions, kept[1].quaternions, atol=1e-6)
    np.testing.assert_allclose(kept[0].translation, kept[1].translation, atol=1e-6)


def test_strengths_are_of_an_accent_and_add_up_where_two_overlap():
    accents = with_strength(with_strength((), 4.0, 2.0), 2.0, 0.5)
    assert [accent.at_s for accent in accents] == [2.0, 4.0]
    assert strength_at(accents, 4.01) == 2.0 and strength_at(accents, 3.0) == 1.0
    assert with_strength(accents, 4.01, 1.5) == (Accent(2.0, 0.5), Accent(4.01, 1.5))
    times_s = np.arange(0, 9, 0.01)
    alone = [sizes([accent], times_s) - 1 for accent in (Accent(4.0, 1.5), Accent(4.8, 1.75))]
    np.testing.assert_allclose(
        sizes([Accent(4.0, 1.5), Accent(4.8, 1.75)], times_s), 1 + alone[0] + alone[1], atol=1e-6
    )
    near = sizes([Accent(4.0, 0.0), Accent(4.1, 0.0)], times_s)
    assert near.min() == 0 and (near[times_s < 3.2] == 1).all() and (near[times_s > 4.9] == 1).all()


@pytest.mark.parametrize("values", [(float("nan"), 1.0), (1.0, -0.1), (1.0, 2.01), (1.0, float("nan")), (1e12, 1.0)])
def test_what_is_no_accent_is_refused(values):
    with pytest.raises(ConfigError):
        Accent(*values)


def test_a_request_of_before_has_none_and_it_comes_back():
    request = Request(accents=[Accent(1.5, 0.5)])
    assert Request.from_dict(json.loads(json.dumps(request.to_dict()))) == request
    older = {name: value for name, value in DEFAULT.to_dict().items() if name != "accents"}
    assert Request.from_dict(older) == DEFAULT


def test_every_model_with_a_skeleton_has_accents(heard):
    model = random_model(SMALL)
    few = hear(babble(3), model.fps)
    a, b = (generate(few, model, accents=a) for a in ((), [Accent(1.5, 0.0)]))
    assert len(changed(a, b))
    usual = tuple((Listener(heard.features, AccentPieces(), heard.fps).accents / 30).round(3))
    assert accents_of(heard) == accents_of(heard, model) == usual


def test_in_another_recording_an_accent_is_where_it_is_said_and_one_that_is_not_said_is_told(product, heard):
    signal = product.config.architecture.signal
    plan, at_s = plan_of(heard, product, DEFAULT), accents_of(heard, product)
    samples = np.concatenate(list(SPEECH.read()))[:, 0]
    later = hear(Speech.from_samples(np.concatenate([np.zeros(SPEECH.rate_hz), samples]), SPEECH.rate_hz), 30)
    accents = (Accent(at_s[3], 2.0), Accent(at_s[7], 0.5))
    kept, lost = carried(accents, plan, Listener(later.features, signal, 30))
    assert not lost and [a.strength for a in kept] == [2.0, 0.5]
    np.testing.assert_allclose([a.at_s - 1 for a in kept], [a.at_s for a in accents], atol=0.02)
    cut = round((at_s[7] - 0.8) * SPEECH.rate_hz)
    shorter = hear(Speech.from_samples(samples[:cut], SPEECH.rate_hz), 30)
    kept, lost = carried(accents, plan, Listener(shorter.features, signal, 30))
    assert [a.strength for a in kept] == [2.0] and lost == [accents[1]]
    kept, lost = carried((Accent(at_s[3] + 0.4, 2.0),), plan, Listener(heard.features, signal, 30))
    assert not kept and len(lost) == 1, "where no accent is, none can be found again"


def test_on_the_command_line(product):
    options = parsed(["speech.wav", "-o", "take.npz", "--accent", "1.5@3.2", "--accent", "0@7"])
    assert options.accent == [Accent(3.2, 1.5), Accent(7.0, 0.0)]
    for text in ("1.5", "@3", "3@1", "loud@2", "1@nan", "1@"):
        with pytest.raises(ConfigError, match="--accent is"):
            parsed(["speech.wav", "-o", "take.npz", "--accent", text])
    assert replace(DEFAULT, accents=options.accent).accents == tuple(options.accent)
