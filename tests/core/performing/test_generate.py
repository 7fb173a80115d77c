"""The exact properties of generation: same seed, other seeds, cuts, ranges, devices, pins, bad input."""

from dataclasses import replace

import numpy as np
import pytest
from small_models import ACCENTED, SMALL, STITCHED, random_model
from voices import babble

from a2g_core.body.kinematics import joint_positions
from a2g_core.body.motion import Motion, Pin
from a2g_core.body.resample import sample_motion
from a2g_core.body.rotations import geodesic_angle, quaternion_to_matrix
from a2g_core.body.skeleton import BODY, SMPLX
from a2g_core.errors import AudioError, Cancelled, ConfigError, DeviceError, PinError
from a2g_core.model.checkpoint import first_stances
from a2g_core.model.config import NAMED
from a2g_core.model.device import resolve_device
from a2g_core.model.network import encode_motion
from a2g_core.performing.generate import generate, generate_channels
from a2g_core.performing.performance import perform
from a2g_core.performing.pins import pinned_pose
from a2g_core.performing.request import Request
from a2g_core.performing.sampling import style_of
from a2g_core.performing.session import CHUNK_FRAMES, Session
from a2g_core.speech.audio import Speech, open_speech

SPEECH = babble(24.3)


def _same(a: Motion, b: Motion) -> bool:
    return a.quaternions.tobytes() == b.quaternions.tobytes() and a.translation.tobytes() == b.translation.tobytes()


def _angles(a: Motion, b: Motion) -> np.ndarray:
    return geodesic_angle(
        quaternion_to_matrix(a.quaternions.astype(float)), quaternion_to_matrix(b.quaternions.astype(float))
    )


def _samples(speech: Speech) -> np.ndarray:
    return np.concatenate(list(speech.read()))


def test_same_seed_same_bytes_other_seed_other_motion(model):
    first = generate(SPEECH, model, seed=3)
    assert _same(first, generate(SPEECH, model, seed=3))
    for other in (generate(SPEECH, model, seed=4), generate(SPEECH, model, seed=3, take=1)):
        assert _angles(first, other).mean() > 0.01


def test_two_voices_move_differently_with_one_seed(model):
    a, b = (generate(babble(10, seed=s), model, seed=3) for s in (1, 2))
    assert _angles(a, b).mean() > 1e-3


def test_torch_gives_what_numpy_gives(model):
    assert _angles(generate(SPEECH, model), generate(SPEECH, model, device="cpu")).max() < 1e-4


@pytest.mark.parametrize("seconds", [0.02, 0.5, 7.77, 33.333])
@pytest.mark.parametrize("fps", [23.976, 24, 25, 29.97, 30, 60])
def test_length_is_duration_times_fps(model, seconds, fps):
    speech = babble(seconds, rate_hz=22050)
    if seconds == 0.02:
        speech = Speech.from_samples(np.random.default_rng(0).standard_normal(441).astype(np.float32), 22050)
    assert len(generate(speech, model, fps=fps)) == round(speech.duration_s * fps)


def test_a_take_stands_as_one_of_the_sequences_it_is_made_from():
    model = random_model(ACCENTED)
    still = replace(model, stances=np.zeros_like(model.stances))
    channels, layout = model.config.architecture.standing_channels, model.config.architecture.signal
    firsts = first_stances(model.sequences, len(model.pieces), layout.codes_a_stance)
    speech, seen = babble(20.0), set()
    for seed in range(6):
        moved, plain = (generate_channels(speech, m, Request(seed=seed)) for m in (model, still))
        style = model.styles.index(style_of(model, seed))  # each of the two has one sequence
        stances = model.stances[firsts[style] : firsts[style + 1]]
        assert not np.delete(moved - plain, channels, axis=1).any()
        added = (moved - plain)[:, channels]
        for end in (added[0], added[-1]):
            np.testing.assert_allclose(end, stances.mean(axis=0), atol=1e-4)
        assert np.ptp(added, axis=0).max() > 0.03 and np.abs(added).max() < 1.3 * np.abs(stances).max()
        seen.add(style)
    assert seen == {0, 1}


@pytest.mark.parametrize("config", [SMALL, STITCHED, ACCENTED], ids=lambda config: config.name)
def test_frames_beyond_the_reach_of_a_cut_keep_their_bytes(config):
    model = random_model(config)
    samples = _samples(babble(60))
    whole = generate(Speech.from_samples(samples, 16000), model, seed=1)
    cut = generate(Speech.from_samples(samples[: 50 * 16000], 16000), model, seed=1)
    safe = (
        50 * 30 - config.architecture.speech_receptive_field - 1
    )  # the last window of speech reaches half a frame past the cut
    assert whole.quaternions[:safe].tobytes() == cut.quaternions[:safe].tobytes()
    assert whole.translation[:safe].tobytes() == cut.translation[:safe].tobytes()
    assert np.abs(whole.quaternions[safe + 2 : len(cut)] - cut.quaternions[safe + 2 :]).max() > 1e-6


@pytest.mark.parametrize("config", [SMALL, STITCHED, ACCENTED], ids=lambda config: config.name)
def test_a_change_in_the_speech_moves_its_neighbourhood_only(config):
    model = random_model(config)
    samples = _samples(babble(60))
    changed = samples.copy()
    changed[30 * 16000 : 30 * 16000 + 800] += 0.3
    a, b = (generate(Speech.from_samples(s, 16000), model) for s in (samples, changed))
    moved = np.nonzero((a.quaternions != b.quaternions).any((1, 2)))[0]
    assert (
        900 - config.architecture.speech_receptive_field - 1 <= moved.min()
        and moved.max() <= 902 + config.architecture.speech_receptive_field
    )
    assert moved.min() < 900 < moved.max()


def test_chunks_do_not_show(model):
    """A frame next to a chunk's border is what a network over the whole speech at once makes of it."""
    from a2g_core.model.network import decode, encode_audio, map_noise
    from a2g_core.performing.postprocess import motion_from_sixd
    from a2g_core.performing.sampling import random_signal
    from a2g_core.speech.features import FLOOR_DB, log_mel

    n, c = 2 * CHUNK_FRAMES + 100, SMALL.architecture
    around = c.speech_receptive_field
    speech = babble(n / 30)
    mel = np.pad(log_mel(speech.blocks(), n, 30), ((around, around), (0, 0)), constant_values=FLOOR_DB)
    shared, _ = encode_audio(model.parameters, model.normalised(mel), c)
    signal = random_signal(model.bank, 5, 0, -around, n + 2 * around, 18.0, 150)
    frames = decode(model.parameters, shared, map_noise(model.parameters, signal, c)[0], c)
    wanted = motion_from_sixd(frames * model.motion_std + model.motion_mean, BODY, 30)
    assert _angles(generate(speech, model, seed=5), wanted).max() < 1e-4


def test_other_frame_rates_show_the_same_motion(model):
    base, fast = generate(SPEECH, model), generate(SPEECH, model, fps=60)
    assert _angles(base, Motion(fast.quaternions[::2], fast.translation[::2], 30, fast.skeleton)).max() < 1e-4


def test_feet_stand_on_the_floor(model):
    p = joint_positions(generate(SPEECH, model))
    ankles = (p[:, BODY.index("left_ankle")] + p[:, BODY.index("right_ankle")]) / 2
    assert np.ptp(ankles[:, [0, 2]], axis=0).max() < 1e-4


# Pins -----------------------------------------------------------------------------------------------------------------


def _clip(seconds=3.0, fps=30.0, seed=9, skeleton=BODY) -> Motion:
    motion = generate(babble(seconds, seed=seed), random_model(seed=4), fps=fps)
    keep = [motion.skeleton.index(n) for n in skeleton.names]
    return Motion(motion.quaternions[:, keep], motion.translation, fps, skeleton)


def test_a_pin_moves_its_reach_and_nothing_else(model):
    free = generate(SPEECH, model, seed=1)
    pinned = generate(SPEECH, model, seed=1, pins=[Pin(_clip(), 8.0)])
    moved = np.nonzero((free.quaternions != pinned.quaternions).any((1, 2)))[0]
    assert (
        moved.min() >= 240 - 4 - SMALL.pin_receptive_field and moved.max() < 330 + 4 + SMALL.pin_receptive_field
    )  # 4: half the fade
    assert len(moved) > 90


def test_strength_changes_the_result_and_zero_keeps_the_voices_code(model):
    soft, hard = (generate(SPEECH, model, pins=[Pin(_clip(), 8.0, strength=s)]) for s in (0.0, 1.0))
    assert _angles(soft, hard)[250:320].mean() > 1e-4


def test_any_frame_rate_any_joint_set_any_border(model):
    arms = SMPLX.subset(tuple(n for n in BODY.names if n not in ("head",)))
    for pin in (
        Pin(_clip(fps=60.0), 8.013),
        Pin(_clip(skeleton=arms), 0.0),
        Pin(_clip(), 21.3),
        Pin(_clip(0.1), 12.0, fade_in_s=0, fade_out_s=0),
    ):
        assert len(generate(SPEECH, model, pins=[pin])) == round(24.3 * 30)


def test_two_pins_do_not_disturb_each_other(model):
    one, two = Pin(_clip(), 3.0), Pin(_clip(seed=2), 15.0)
    both, first = generate(SPEECH, model, pins=[one, two]), generate(SPEECH, model, pins=[one])
    assert both.quaternions[:300].tobytes() == first.quaternions[:300].tobytes()


@pytest.mark.parametrize(("pin", "message"), [
    (lambda: Pin(_clip(30.0), 0.0), "longer than the speech.*trim"),
    (lambda: Pin(_clip(), 23.0), "outside the speech.*move"),
    (lambda: Pin(_clip(), -1.0), "outside the speech.*move"),
    (lambda: Pin(_clip(), 1.0, strength=2.0), "strength.*give 0"),
    (lambda: Pin(_clip(), 1.0, fade_in_s=-1.0), "fade.*give seconds"),
    (lambda: Pin(_clip(), float("nan")), "not a number"),
])  # fmt: skip
def test_pins_that_do_not_fit_are_refused(model, pin, message):
    with pytest.raises(PinError, match=message):
        generate(SPEECH, model, pins=[pin()])


def test_a_pin_is_encoded_in_the_motion_that_it_changes_itself():
    """Twice: in the motion without it, then in the motion with what came of that (paper notes, point 26)."""
    model = random_model(SMALL)
    pin = Pin(_clip(), 8.0)
    session = Session(SPEECH, model)
    around = perform(session, Request(seed=1))
    codes = []
    for _ in range(2):
        pinned = pinned_pose(pin, model.skeleton, model.fps, model.config.pin_approach_frames)
        view = model.config.architecture.motion_receptive_field
        n = len(pinned.weight)
        frames = around.frames(pinned.first - view, n + 2 * view).reshape(n + 2 * view, -1, 6)
        inside = frames[view : view + n, pinned.joints]
        frames[view : view + n, pinned.joints] = inside + pinned.approach[..., None] * (pinned.pose - inside)
        normalised = (frames.reshape(len(frames), -1) - model.motion_mean) / model.motion_std
        shared, specific = encode_motion(model.parameters, normalised, model.config.architecture)
        coded = pinned.coded([shared[0], specific[0]])
        codes.append(coded.codes)
        around = perform(session, Request(seed=1))
        around.pins = (coded,)
    (made,) = perform(session, Request(seed=1, pins=(pin,))).pins
    np.testing.assert_allclose(made.codes, codes[1], atol=1e-5)
    assert np.abs(codes[1] - codes[0]).max() > 1e-3


# Everything else ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(NAMED))
def test_every_named_config_generates(name):
    config = NAMED[name].replace(audio_channels=(8,) * 4, motion_channels=(8,) * 4, decoder_channels=(8,) * 4)
    motion = generate(babble(3), random_model(config), pins=[Pin(_clip(1.0), 1.0)])
    assert len(motion) == 90 and len(motion.skeleton) == config.architecture.joints


def test_a_2d_model_makes_key_points_and_no_skeleton():
    config = NAMED["paper"].replace(
        name="2d", dimensions=2, joints=49, fps=15.0,
        audio_channels=(8,) * 4, motion_channels=(8,) * 4, decoder_channels=(8,) * 4,
    )  # fmt: skip
    model = random_model(config)
    assert generate_channels(babble(4), model).shape == (60, 98)
    with pytest.raises(ConfigError, match="2-D"):
        generate(babble(4), model)


def test_progress_rises_to_one_and_cancel_stops(model):
    seen = []
    generate(babble(60), model, progress=lambda phase, share: seen.append((phase, share)))
    shares = [share for phase, share in seen if phase == "Generating"]
    assert shares == sorted(shares) and shares[-1] == 1.0 and len(shares) == -(-1800 // CHUNK_FRAMES)
    with pytest.raises(Cancelled):
        generate(babble(60), model, should_cancel=lambda: True)


def test_silence_and_nothing_are_refused(model):
    with pytest.raises(AudioError, match="silent"):
        generate(Speech.from_samples(np.zeros(16000, np.float32), 16000), model)
    with pytest.raises(AudioError, match="no samples"):
        generate(Speech.from_samples(np.zeros(0, np.float32), 16000), model)
    with pytest.raises(ConfigError, match="frame rate"):
        generate(SPEECH, model, fps=0)


def test_devices(model):
    assert resolve_device("numpy") == "numpy"
    with pytest.raises(DeviceError, match="no device 'tpu'"):
        generate(SPEECH, model, device="tpu")


def test_sampling_a_motion_between_its_frames():
    clip = _clip()
    np.testing.assert_allclose(
        sample_motion(clip, np.arange(len(clip)) / 30, 30).quaternions, clip.quaternions, atol=1e-6
    )
    between = sample_motion(clip, np.array([10.5 / 30]), 30)
    a, b = (_angles(between, clip.slice(k, k + 1)) for k in (10, 11))
    np.testing.assert_allclose(a, b, atol=2e-3)
    assert len(sample_motion(clip, np.array([-5.0, 1e9]), 30)) == 2


def test_speech_of_two_people(model, data):
    a, b = (generate(open_speech(data.speech(k)), model, seed=0) for k in (0, 1))
    n = min(len(a), len(b))
    assert _angles(a.slice(0, n), b.slice(0, n)).mean() > 1e-3


def test_smoothing_takes_out_jitter_and_reaches_no_further_than_it_says(model):
    smoother = random_model(SMALL.replace(smoothness_frames=1.5, keep_pins=False))
    rough, smoothed = (joint_positions(generate(SPEECH, m, seed=1)) for m in (model, smoother))
    jerk = [np.abs(np.diff(p, 3, axis=0)).mean() for p in (rough, smoothed)]
    assert jerk[1] < 0.5 * jerk[0]
    free, pinned = (generate(SPEECH, smoother, seed=1, pins=p) for p in ((), [Pin(_clip(), 8.0)]))
    moved = np.nonzero((free.quaternions != pinned.quaternions).any((1, 2)))[0]
    field = smoother.config.pin_receptive_field
    assert field == SMALL.pin_receptive_field + 5 and 236 - field <= moved.min() and moved.max() < 334 + field


def test_a_kept_pin_loses_nothing_of_the_clip():
    model = random_model(SMALL.replace(keep_pins=True))
    clip = _clip()
    kept = generate(SPEECH, model, pins=[Pin(clip, 8.0)])
    assert _angles(kept.slice(250, 320), clip.slice(10, 80)).max() < 1e-4
    free, outside = generate(SPEECH, model), slice(0, 236 - SMALL.pin_receptive_field)
    assert kept.quaternions[outside].tobytes() == free.quaternions[outside].tobytes()
    half = generate(SPEECH, model, pins=[Pin(clip, 8.0, strength=0.5)])
    assert _angles(half.slice(250, 320), clip.slice(10, 80)).mean() > 0.01
