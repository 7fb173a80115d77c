"""Takes begin and end at rest, and hands stay out of the body, in models whose settings say so."""

from dataclasses import replace

import numpy as np
import pytest
from places import FILES_0_2_0, ROOT
from small_models import ACCENTED, SMALL, STITCHED, random_model
from spoken import sentence, spoken
from voices import babble

from a2g_core.body.arms import receptive_field
from a2g_core.body.contact import hand_depths_m
from a2g_core.body.kinematics import joint_positions
from a2g_core.body.motion import Motion, Pin
from a2g_core.body.rotations import geodesic_angle, quaternion_to_matrix
from a2g_core.model.checkpoint import Model, load_model
from a2g_core.performing.generate import generate
from a2g_core.performing.request import Choice, Request
from a2g_core.speech.audio import Speech, open_speech
from a2g_core.speech.heard import Heard, hear

FPS, REST_S = 30, 1.0
REACH = round(REST_S * FPS) + 30  # of the ends: their codes, the decoder
SPEECH = babble(20)


def with_settings(model: Model, **settings: object) -> Model:
    return replace(model, config=model.config.replace(**settings))


def resting(config) -> Model:
    return with_settings(random_model(config), rest_s=REST_S)


@pytest.fixture(scope="module")
def product() -> Model:
    """0.2.0's model, whose hands enter the body, with the settings that it lacks."""
    return with_settings(load_model(FILES_0_2_0 / "product.safetensors"), hands_outside=True, rest_s=REST_S)


@pytest.fixture(scope="module")
def heard() -> Heard:
    return hear(open_speech(ROOT / "scripts/sample/speech.wav"), FPS)


def angles(a: Motion, b: Motion) -> np.ndarray:
    """(T, J) radians."""
    return geodesic_angle(*(quaternion_to_matrix(m.quaternions.astype(float)) for m in (a, b)))


def frames(motion: Motion, *at: int) -> Motion:
    return Motion(motion.quaternions[list(at)], motion.translation[list(at)], motion.fps, motion.skeleton)


def wrist_speeds(motion: Motion) -> np.ndarray:
    """(T - 1,) m/s of the faster wrist."""
    wrists = joint_positions(motion)[:, [motion.skeleton.index(f"{side}_wrist") for side in ("left", "right")]]
    return np.linalg.norm(np.diff(wrists, axis=0), axis=-1).max(axis=1) * FPS


# Rest -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("config", [SMALL, STITCHED, ACCENTED], ids=lambda config: config.name)
def test_a_take_begins_and_ends_in_one_pose_whatever_is_said(config):
    for model, least, most in ((resting(config), 0.0, 1e-3), (random_model(config), 0.1, np.pi)):
        one, other = (generate(babble(seconds, seed=seconds), model, seed=2) for seconds in (5, 9))
        for a, b in (
            (frames(one, 0), frames(one, -1)),
            (frames(one, 0), frames(other, 0)),
            (frames(one, 0), frames(other, -1)),
        ):
            assert least <= angles(a, b).max() <= most
        assert angles(frames(one, 0), frames(one, 75)).max() > 0.1


def test_a_take_leaves_rest_when_speech_begins_and_silence_before_changes_no_more():
    model, bursts = resting(ACCENTED), sentence(0.5, 8.0, 1)
    soon, late = (spoken(9.0 + wait, [(t + wait, db) for t, db in bursts]) for wait in (0.0, 1.0))
    one, other = generate(soon, model, seed=2), generate(late, model, seed=2)
    shifted = Motion(other.quaternions[FPS:], other.translation[FPS:], FPS, other.skeleton)
    assert angles(one, shifted)[:-REACH].max() < 2e-3
    assert angles(frames(other, 0), frames(other, 30)).max() < 1e-3  # at rest until then


def test_a_long_silence_before_the_speech_is_performed():
    take = generate(spoken(14.0, [(t + 6.0, db) for t, db in sentence(0.5, 7.0, 1)]), resting(ACCENTED), seed=2)
    still = angles(frames(take, *range(60, 149)), frames(take, *range(61, 150))).max(axis=1) < 1e-4
    assert not still.any()  # nobody stands like a statue


@pytest.mark.parametrize("config", [SMALL, STITCHED, ACCENTED], ids=lambda config: config.name)
def test_what_is_far_from_the_ends_keeps_its_bits(config):
    free, take = (generate(SPEECH, model, seed=1).quaternions for model in (random_model(config), resting(config)))
    inside = slice(REACH, len(take) - REACH)
    assert take[inside].tobytes() == free[inside].tobytes()
    changed = np.flatnonzero((take != free).any(axis=(1, 2)))
    assert changed[0] == 0 and changed[-1] == len(take) - 1


@pytest.mark.parametrize("seconds", [0.02, 0.1, 0.4, 1.0])
def test_a_speech_shorter_than_its_ends_still_begins_and_ends_at_rest(seconds):
    noise = np.random.default_rng(0).standard_normal(round(16000 * seconds)).astype(np.float32)
    take = generate(Speech.from_samples(0.1 * noise, 16000), resting(STITCHED), seed=1)
    assert np.isfinite(take.quaternions).all() and angles(frames(take, 0), frames(take, -1)).max() < 1e-3


def test_hands_rise_and_come_back_as_gestures_do(product, heard):
    for style in product.styles:
        speed = wrist_speeds(generate(heard, product, seed=1, style=style))
        print(style, speed[:30].max(), speed[-30:].max(), speed[REACH:-REACH].max())
        assert max(speed[0], speed[-1]) < 0.1  # m/s
        assert max(speed[:40].max(), speed[-40:].max()) < max(1.5, speed[REACH:-REACH].max())  # a brisk gesture


@pytest.mark.parametrize("at_end", [False, True])
def test_a_pin_at_the_end_of_a_take_wins(product, heard, at_end):
    clip = generate(heard, product, seed=9, style="Open", span=(90, 150))
    pin = Pin(clip, heard.duration_s - clip.duration_s if at_end else 0.0)
    free, take = (
        generate(heard, model, seed=1, style="Open", pins=(pin,))
        for model in (with_settings(product, rest_s=0.0), product)
    )
    kept = range(len(take) - 50, len(take) - 10) if at_end else range(10, 50)
    assert angles(frames(take, *kept), frames(free, *kept)).max() < 1e-3
    about = slice(-120, None) if at_end else slice(120)  # the way into it and out of it does not jump
    assert wrist_speeds(take)[about].max() < 1.1 * wrist_speeds(free)[about].max()


def test_a_range_regenerated_in_the_middle_leaves_the_ends(product, heard):
    base = generate(heard, product, seed=1, style="Firm")
    other = generate(heard, product, seed=1, style="Firm", choices=(Choice(4.0, 6.0, 5),))
    ends = [*range(60), *range(len(base) - 60, len(base))]
    assert frames(base, *ends).quaternions.tobytes() == frames(other, *ends).quaternions.tobytes()
    assert (base.quaternions != other.quaternions).any()


# Hands ----------------------------------------------------------------------------------------------------------------


def depths(motion: Motion) -> np.ndarray:
    return hand_depths_m(quaternion_to_matrix(motion.quaternions.astype(float)), motion.skeleton)


def test_hands_on_hips_lie_on_the_body_and_not_in_it(product, heard):
    free = with_settings(product, hands_outside=False)
    deepest, touching = [], []
    for seed in range(4):
        before, after = (generate(heard, model, seed=seed, style="Hands on Hips") for model in (free, product))
        deepest.append([depths(before).max(), depths(after).max()])
        far = np.flatnonzero(depths(before).max(axis=1))
        touching.append(far)
        reach = receptive_field(before.fps)
        near = np.unique((far[:, None] + np.arange(-reach, reach + 1)).clip(0, len(before) - 1))
        away = np.setdiff1d(np.arange(len(before)), near)
        assert after.quaternions[away].tobytes() == before.quaternions[away].tobytes()
        rest = [j for j, name in enumerate(after.skeleton.names) if not name.endswith(("shoulder", "thumb1"))]
        assert after.quaternions[:, rest].tobytes() == before.quaternions[:, rest].tobytes()
    print(np.max(deepest, axis=0))
    assert np.max(deepest, axis=0)[0] > 0.01 and np.max(deepest, axis=0)[1] < 0.005


@pytest.mark.parametrize("fps", [30, 24])
@pytest.mark.parametrize("joints", [22, 52])
def test_a_span_has_the_bits_of_the_whole_at_the_ends_and_about_contacts(product, heard, joints, fps):
    settings = {"hands_outside": True, "smoothness_frames": 1.15}
    model = product if joints == 52 else with_settings(resting(STITCHED), **settings)
    request = Request(seed=3, style="Hands on Hips" if joints == 52 else "Near", fps=fps)
    whole = generate(heard, model, request)
    assert depths(generate(heard, with_settings(model, hands_outside=False), request)).max() > 0.01
    for first, stop in ((0, 5), (3, 40), (100, 200), (150, 152), (len(whole) - 30, len(whole))):
        part = generate(heard, model, replace(request, span=(first, stop)))
        assert part.quaternions.tobytes() == whole.quaternions[first:stop].tobytes()
        assert part.translation.tobytes() == whole.translation[first:stop].tobytes()


def test_torch_gives_what_numpy_gives(product, heard):
    ours, theirs = (generate(heard, product, seed=0, style="Hands on Hips", device=d) for d in ("numpy", "cpu"))
    assert angles(ours, theirs).max() < 1e-3
