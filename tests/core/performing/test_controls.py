"""Controls, choices and spans: what they move, how far they reach, and that nothing else changes by a bit."""

import os
import subprocess
import sys
from functools import partial

import numpy as np
import pytest
from small_models import STITCHED, random_model
from voices import babble

from a2g_core.body.kinematics import forward_kinematics, joint_positions
from a2g_core.body.motion import Motion, Pin
from a2g_core.body.resample import smooth
from a2g_core.body.rotations import quaternion_to_matrix
from a2g_core.body.skeleton import BODY, SIDES
from a2g_core.errors import AudioError, ConfigError
from a2g_core.model.checkpoint import load_model
from a2g_core.performing.controls import NEUTRAL, Control, Controls, table
from a2g_core.performing.generate import generate, idle_pose, receptive_field_s
from a2g_core.performing.request import Choice, Request
from a2g_core.speech.audio import Speech
from a2g_core.speech.heard import find_phrases, hear

SPEECH = babble(40)


def _bytes(motion: Motion, first: int, stop: int) -> bytes:
    return motion.quaternions[first:stop].tobytes() + motion.translation[first:stop].tobytes()


def _moved(a: Motion, b: Motion) -> np.ndarray:
    return np.flatnonzero((a.quaternions != b.quaternions).any((1, 2)))


@pytest.fixture(scope="module")
def product():
    return load_model()


@pytest.fixture(scope="module")
def heard(product):
    return hear(SPEECH, product.fps)


def _wrist_speed(motion: Motion) -> float:
    wrists = joint_positions(motion)[:, [motion.skeleton.index("left_wrist"), motion.skeleton.index("right_wrist")]]
    return float(np.linalg.norm(np.diff(wrists, axis=0), axis=-1).mean() * motion.fps)


def test_what_was_heard_gives_what_the_recording_gives(product, heard):
    a, b = generate(SPEECH, product, seed=1), generate(heard, product, seed=1)
    assert _bytes(a, 0, len(a)) == _bytes(b, 0, len(b))


def test_the_digest_tells_recordings_apart_and_ignores_how_they_are_cut():
    samples = np.concatenate(list(SPEECH.read()))
    whole = hear(SPEECH, 30).digest
    in_pieces = Speech(SPEECH.duration_s, SPEECH.rate_hz, lambda: iter(np.array_split(samples, 7)))
    assert hear(in_pieces, 30).digest == whole
    samples = samples.copy()
    samples[100] += 0.01
    assert hear(Speech.from_samples(samples, SPEECH.rate_hz), 30).digest != whole


@pytest.mark.parametrize("fps", [24, 30, 29.97, 60])
def test_a_span_is_that_span_of_the_whole(product, heard, fps):
    settings = {
        "seed": 2, "fps": fps, "choices": [Choice(12.0, 17.0, 5)],
        "controls": Controls(
            energy=np.linspace(0.5, 2, 300), calm=0.4, posture=np.linspace(-1, 1, 200), variation=1.3
        ),
        "pins": [Pin(generate(heard, product, seed=8, span=(60, 120)), 20.0, np.linspace(0, 1, 60), 0.2, 0.6)],
    }  # fmt: skip
    whole = generate(heard, product, **settings)
    assert len(whole) == round(heard.duration_s * fps)
    for first, stop in ((0, 1), (3, 77), (round(11.3 * fps), round(22.1 * fps)), (len(whole) - 9, len(whole)), (5, 5)):
        part = generate(heard, product, span=(first, stop), **settings)
        assert len(part) == stop - first
        assert _bytes(part, 0, len(part)) == _bytes(whole, first, stop)


def test_a_span_outside_the_speech_is_refused(product, heard):
    with pytest.raises(ConfigError, match="outside the speech"):
        generate(heard, product, span=(0, 99999))


def test_a_choice_changes_its_span_and_its_reach_alone(product, heard):
    base = generate(heard, product, seed=1)
    other = generate(heard, product, seed=1, choices=[Choice(15.0, 24.0, 77)])
    moved, field = _moved(base, other), receptive_field_s(product) * 30
    assert 450 - field <= moved.min() < 450
    assert 720 < moved.max() <= 720 + field
    whole = generate(heard, product, seed=1, choices=[Choice(-99, 99, 77)])
    np.testing.assert_array_equal(other.quaternions[530:640], whole.quaternions[530:640])
    again = generate(heard, product, seed=1, choices=[Choice(15.0, 24.0, 77), Choice(14.0, 25.0, 1)])
    np.testing.assert_array_equal(again.quaternions, base.quaternions)


@pytest.mark.parametrize("name", table())
def test_a_control_changes_what_is_within_its_reach_alone(product, heard, name):
    base = generate(heard, product, seed=1)
    values = np.full(1200, table()[name].default, np.float32)
    values[600:660] = table()[name].high
    changed = Controls(**{name: values})
    moved, field = (
        _moved(base, generate(heard, product, seed=1, controls=changed)),
        receptive_field_s(product, Request(controls=changed)) * 30,
    )
    assert 600 - field <= moved.min() <= 601
    assert 658 <= moved.max() <= 660 + field


@pytest.mark.parametrize(
    ("name", "values", "sign"), [("energy", (0, 0.5, 1, 1.5, 2, 3), 1), ("calm", (0, 0.25, 0.5, 0.75, 1), -1)]
)
def test_energy_and_calm_set_the_speed(product, heard, name, values, sign):
    speeds = [_wrist_speed(generate(heard, product, seed=3, controls=Controls(**{name: v}))) for v in values]
    assert (np.diff(speeds) * sign > 0).all(), speeds
    if name == "energy":
        assert speeds[4] > 2 * speeds[1]
    else:
        assert speeds[-1] < 0.75 * speeds[0]


def test_posture_leans_the_chest_and_leaves_the_gaze_and_feet(product, heard):
    def of(posture: float) -> tuple[float, float, list[float], np.ndarray]:
        motion = generate(heard, product, seed=3, controls=Controls(posture=posture))
        p, turns = forward_kinematics(quaternion_to_matrix(motion.quaternions), motion.skeleton)
        chest, gaze = p[:, BODY.index("neck")] - p[:, BODY.index("pelvis")], turns[:, BODY.index("head"), :, 2]
        lean = np.degrees(np.arctan2(chest[:, 2], chest[:, 1])).mean()
        down = np.degrees(np.arctan2(-gaze[:, 1], gaze[:, 2])).mean()
        shoulders = p[:, [BODY.index(f"{side}_shoulder") for side in SIDES]] - p[:, [BODY.index("neck")]]
        forwards = np.einsum("tsi,ti->ts", shoulders, turns[:, BODY.index("spine3"), :, 2]).mean(0)
        return lean, down, forwards, joint_positions(motion)[:, BODY.index("left_foot")]

    leans, downs, shoulders, feet = zip(*(of(v) for v in (-1, -0.5, 0, 0.5, 1)))
    assert (np.diff(leans) < -1).all(), leans
    assert leans[0] - leans[-1] > 12 and np.ptp(downs) < 8, (leans, downs)
    steps = np.diff(shoulders, axis=0)  # both shoulders roll the same way, as far on either side of neutral
    assert (np.abs(steps) > 0.004).all() and (np.sign(steps) == np.sign(steps[0, 0])).all(), steps
    np.testing.assert_allclose(steps[:, 0], steps[:, 1], atol=1e-3)
    np.testing.assert_allclose(feet[0], feet[2], atol=1e-6)


def test_hands_are_clear_of_a_wider_body_as_far_as_was_asked_for(product, heard):
    def nearest(clearance_cm: float) -> float:
        """Metres that the wrists are beside the hips at the least, over frames in which they hang beside them."""
        places = joint_positions(generate(heard, product, seed=3, controls=Controls(clearance=clearance_cm)))
        left, right = (places[:, product.skeleton.index(f"{side}_wrist")] for side in ("left", "right"))
        hips = places[:, product.skeleton.index("pelvis")]
        across = np.stack([left[:, 0] - hips[:, 0], hips[:, 0] - right[:, 0]])
        return float(np.percentile(across[:, left[:, 1] < hips[:, 1] + 0.1], 5))

    by = [nearest(value) for value in (0.0, 5.0, 15.0)]
    assert by[0] <= by[1] < by[2] and by[2] > by[0] + 0.03


def test_variation_widens_what_seeds_do(product, heard):
    def spread(variation: float) -> float:
        takes = [generate(heard, product, seed=s, controls=Controls(variation=variation)) for s in range(5)]
        return float(np.std([joint_positions(t)[:, 20:22] for t in takes], axis=0).mean())

    spreads = [spread(v) for v in (0, 0.5, 1, 2)]
    assert spreads[0] < 1e-6
    assert (np.diff(spreads) > 0).all(), spreads


def test_variation_scales_the_departure_from_the_mean_of_the_bank():
    model = random_model(STITCHED)
    usual = model.bank[:, 0].mean(axis=0)
    signal = usual + np.random.default_rng(0).standard_normal((9, 16)).astype(np.float32)
    for value in (0.0, 0.5, 1.0, 2.0):
        scaled = table()["variation"].effect(signal, np.full((9, 1), value, np.float32), model)
        np.testing.assert_allclose(scaled - usual, value * (signal - usual), atol=1e-5)


@pytest.mark.parametrize("fps", [24.0, 60.0])
def test_values_are_one_per_frame_of_the_result(product, heard, fps):
    """Slumped from the tenth second on, at whatever frame rate."""
    at_10_s = round(10 * fps)
    values = np.repeat(np.float32([0, -1]), [at_10_s, at_10_s])
    plain, slumped = (generate(heard, product, seed=3, fps=fps, controls=Controls(posture=v)) for v in (0.0, values))
    assert abs(_moved(plain, slumped).min() - at_10_s) <= 2


def test_neutral_controls_change_no_bit(product, heard):
    a = generate(heard, product, seed=1)
    b = generate(
        heard,
        product,
        seed=1,
        controls=Controls(**{name: np.full(5, control.default) for name, control in table().items()}),
    )
    assert _bytes(a, 0, len(a)) == _bytes(b, 0, len(b))


def test_at_full_strength_a_pin_is_kept_whatever_the_controls(product, heard):
    clip = generate(heard, product, seed=8, span=(60, 120))
    controls = Controls(energy=2.0, calm=0.5, posture=-1.0, variation=2.0)
    motion = generate(heard, product, pins=[Pin(clip, 20.0)], controls=controls)
    # Inside its fades it is the clip.
    inside = slice(600 + 5, 660 - 5)
    assert np.abs(np.sum(motion.quaternions[inside] * clip.quaternions[5:-5], axis=-1)).min() > 0.99999


def test_strength_may_change_within_a_pin(product, heard):
    clip = generate(heard, product, seed=8, span=(60, 180))
    free, loose, close = (
        generate(heard, product, pins=[Pin(clip, 20.0, s)] if s is not None else [])
        for s in (None, 0.0, np.linspace(0, 1, 120))
    )
    assert _moved(free, loose).size
    away = [np.abs(m.quaternions[600:720] - clip.quaternions).max((1, 2)) for m in (loose, close)]
    near = slice(-15, -5)  # nearly at full strength, and before the fade
    assert away[1][near].max() < 0.05 < away[0][near].max()
    np.testing.assert_allclose(close.quaternions[500:530], loose.quaternions[500:530], atol=1e-5)


@pytest.mark.parametrize(("stage", "field"), [("signal", 30), ("codes", 600), ("motion", 90)])
def test_an_effect_sees_its_receptive_field_on_every_stage(product, heard, monkeypatch, stage, field):
    def blur(frames: np.ndarray, values: np.ndarray, _model) -> np.ndarray:
        return frames + values * (smooth(frames, field / 3) - frames)

    row = Control("blur", "Blur", "", low=0, high=1, default=0, order=99, acts_on=stage, effect=blur,
                  receptive_field=field)  # fmt: skip
    base = generate(heard, product, seed=1)
    monkeypatch.setitem(table(), "blur", row)
    whole = generate(heard, product, seed=1, controls=Controls(blur=1))
    assert len(_moved(base, whole)) > 0.99 * len(whole)
    for span in ((3, 77), (500, 530), (len(whole) - 9, len(whole))):
        part = generate(heard, product, seed=1, controls=Controls(blur=1), span=span)
        assert _bytes(part, 0, len(part)) == _bytes(whole, *span)
    late = Controls(blur=np.repeat([0, 1], [1000, 200]))
    moved = _moved(base, generate(heard, product, seed=1, controls=late))
    assert 1000 - receptive_field_s(product, Request(controls=late)) * product.fps <= moved.min() <= 1000


def test_controls_have_the_values_they_were_given_or_the_defaults():
    controls = Controls(calm=0.5, posture=np.array([0, 1]))
    assert (controls.calm, controls.energy) == (0.5, table()["energy"].default)
    assert [control.name for control in controls.changed()] == ["calm", "posture"]
    assert [control.name for control in controls.changed("motion")] == ["posture"]
    assert controls == Controls(calm=0.5, posture=[0, 1]) != NEUTRAL
    assert hash(controls) == hash(Controls(calm=0.5, posture=[0.0, 1.0]))
    with pytest.raises(TypeError, match="there is no control joy"):
        Controls(joy=1)
    with pytest.raises(AttributeError):
        controls.calm = 1.0
    with pytest.raises(ValueError, match="read-only"):
        controls.posture[0] = 1


def test_a_row_whose_default_is_out_of_range_is_refused():
    with pytest.raises(ValueError, match="low <= default <= high"):
        Control("x", "X", "", low=0, high=1, default=2, order=0, acts_on="motion", effect=lambda f, v, m: f)


@pytest.mark.parametrize(
    ("make", "text"),
    [
        (lambda: Controls(energy=-1.0), "energy is out of range; use values from 0 to 3"),
        (lambda: Controls(calm=float("nan")), "calm is out of range"),
        (lambda: Controls(posture=np.zeros((2, 2))), "posture has shape"),
        (lambda: Choice(3.0, 3.0, 1), "empty; let it end"),
    ],
)
def test_values_that_make_no_sense_are_refused(make, text):
    with pytest.raises(ConfigError, match=text):
        make()


def test_the_idle_pose_has_its_hands_down(product):
    q = idle_pose(product)
    p = joint_positions(Motion(q[None].repeat(2, 0), np.zeros((2, 3)), 30, product.skeleton))[0]
    index = product.skeleton.index
    assert p[index("left_wrist"), 1] < p[index("spine1"), 1]
    assert np.abs(np.linalg.norm(q, axis=-1) - 1).max() < 1e-5


def _with_pauses(*parts: tuple[str, float]) -> Speech:
    """Voice and silence by turns."""
    pieces = [
        (kind == "voice") * np.random.default_rng(k).normal(0, 0.1, round(s * 16000)).astype(np.float32)
        for k, (kind, s) in enumerate(parts)
    ]
    return Speech.from_samples(np.concatenate(pieces), 16000)


def test_phrases_are_cut_in_the_middle_of_pauses():
    parts = ("voice", 3), ("pause", 0.6), ("voice", 4), ("pause", 0.1), ("voice", 2), ("pause", 1.0), ("voice", 3)
    speech = _with_pauses(*parts)
    phrases = find_phrases(hear(speech, 30))
    assert phrases[0][0] == 0 and phrases[-1][1] == speech.duration_s
    assert [a for a, _ in phrases[1:]] == [b for _, b in phrases[:-1]]
    for cut in (3.3, 3.6 + 4 + 0.1 + 2 + 0.5):
        assert min(abs(a - cut) for a, _ in phrases) < 0.15


def test_short_remains_are_no_phrases():
    speech = _with_pauses(("pause", 1), ("voice", 0.4), ("pause", 0.5), ("voice", 4), ("pause", 2))
    assert all(b - a >= 1.0 for a, b in find_phrases(hear(speech, 30)))


def test_silence_is_refused_when_it_is_heard():
    with pytest.raises(AudioError, match="silent"):
        hear(Speech.from_samples(np.zeros(16000), 16000), 30)


def test_the_idle_pose_has_the_same_bits_on_any_number_of_threads():
    code = "from a2g_core.performing.generate import *; from a2g_core.model.checkpoint import *; " \
           "print(idle_pose(load_model()).tobytes().hex())"  # fmt: skip
    run = partial(subprocess.run, [sys.executable, "-c", code], check=True, capture_output=True)
    said = [run(env={**os.environ, "OPENBLAS_NUM_THREADS": n, "OMP_NUM_THREADS": n}).stdout for n in "12"]
    assert said[0] == said[1] and len(said[0]) > 1000
