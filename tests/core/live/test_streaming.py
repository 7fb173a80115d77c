"""A stream's frames are those of a take of the whole speech, to the bit, as soon as its look-ahead has passed."""

from __future__ import annotations

import gc
import random
import tracemalloc
from collections.abc import Iterator

import numpy as np
import pytest
from sample_speech import SPEECH
from small_models import ACCENTED, SMALL, random_model
from voices import babble

from a2g_core.body.motion import Motion
from a2g_core.errors import AudioError, ConfigError
from a2g_core.live.streaming import Stream
from a2g_core.model.checkpoint import load_model
from a2g_core.performing.attending import Partner
from a2g_core.performing.controls import Controls
from a2g_core.performing.face import Face
from a2g_core.performing.gaze import Gaze
from a2g_core.performing.generate import generate
from a2g_core.performing.request import Choice, Idle, Request
from a2g_core.performing.seated import chair
from a2g_core.speech.audio import SAMPLE_RATE_HZ, Speech, open_speech
from a2g_core.speech.resampling import resample

VOICE = np.concatenate(list(open_speech(SPEECH).blocks()))


def said(rate_hz: int, pauses_s: tuple[float, ...]) -> np.ndarray:
    """The sample's speech again and again, after each of these pauses."""
    quiet = [np.zeros(round(pause_s * SAMPLE_RATE_HZ), np.float32) for pause_s in pauses_s]
    samples = np.concatenate([part for pause in quiet for part in (pause, VOICE)])
    return np.concatenate(list(resample(iter([samples]), SAMPLE_RATE_HZ, rate_hz)))


def in_random_blocks(samples: np.ndarray, seed: int) -> Iterator[np.ndarray]:
    rng, first = random.Random(seed), 0
    while first < len(samples):
        n = rng.choice((1, 160, 4000, 30_000, 120_000))
        yield samples[first : first + n]
        first += n


def streamed(stream: Stream, samples: np.ndarray, rate_hz: int, seed: int) -> Motion:
    """What a stream hands out of samples in random blocks, each frame in time."""
    parts, heard = [], 0
    for block in resample(in_random_blocks(samples, seed), rate_hz, SAMPLE_RATE_HZ):
        for first in range(0, len(block), 2 * SAMPLE_RATE_HZ):
            piece = block[first : first + 2 * SAMPLE_RATE_HZ]
            stream.add(piece)
            heard += len(piece)
            parts += list(stream.ready())
            assert heard / SAMPLE_RATE_HZ - stream.done / stream.fps < stream.ahead_s
    before_end = sum(map(len, parts))
    parts += list(stream.end(len(samples) / rate_hz))
    assert before_end > 0.4 * sum(map(len, parts))
    quaternions, translation = (
        np.concatenate([getattr(part, f) for part in parts]) for f in ("quaternions", "translation")
    )
    return Motion(quaternions, translation, parts[0].fps, parts[0].skeleton)


SPEECHES = {
    "its voice from the first frame on": (16000, (0.0, 0.4, 3.0), Request(seed=1, fps=24)),
    "a long silence before it": (44100, (7.0, 12.0), Request(seed=2, idle=Idle(2.0, 3.0), controls=Controls(calm=0.5))),
    "another rate": (
        22050, (1.0, 0.2, 5.0), Request(seed=3, gaze=Gaze(np.array([0.5, 0, 2.0])), face=Face(jaw=0.5), seat=chair())
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", SPEECHES)
def test_in_random_blocks_it_has_the_bits_of_the_whole(name):
    rate_hz, pauses_s, request = SPEECHES[name]
    samples, model = said(rate_hz, pauses_s), load_model()
    whole = generate(Speech.from_samples(samples, rate_hz), model, request)
    made = streamed(Stream(model, request), samples, rate_hz, seed=len(name))
    assert made.skeleton == whole.skeleton and made.fps == whole.fps
    assert made.quaternions.tobytes() == whole.quaternions.tobytes()
    assert made.translation.tobytes() == whole.translation.tobytes()


def test_in_a_pause_that_is_longer_than_stated_only_a_weight_shift_is_later_and_nothing_jumps():
    model, request = load_model(), Request(seed=5)
    stream = Stream(model, request)
    pause_s = stream.longest_pause_s + 20
    samples = said(16000, (0.0, pause_s))
    whole = generate(Speech.from_samples(samples, 16000), model, request)
    made = streamed(stream, samples, 16000, seed=1)
    again = np.flatnonzero((made.quaternions != whole.quaternions).any(axis=(1, 2))) / 30
    voice_s = len(VOICE) / SAMPLE_RATE_HZ
    assert len(again) and voice_s + pause_s / 2 - 2 < again[0] and again[-1] < voice_s + pause_s + 12
    steps = np.abs(np.diff(made.translation, axis=0)).max(axis=0)
    assert (steps < 1.1 * np.abs(np.diff(whole.translation, axis=0)).max(axis=0) + 1e-4).all()
    just_within = said(16000, (0.0, stream.longest_pause_s - 0.5))
    whole = generate(Speech.from_samples(just_within, 16000), model, request)
    made = streamed(Stream(model, request), just_within, 16000, seed=2)
    assert made.quaternions.tobytes() == whole.quaternions.tobytes()


def test_memory_does_not_grow():
    model = random_model(ACCENTED)
    stream, block = Stream(model, Request()), np.concatenate(list(babble(10.0).read()))[:, 0]

    def after(minutes: int) -> int:
        for _ in range(6 * minutes):
            stream.add(block)
            list(stream.ready())
        gc.collect()
        return tracemalloc.get_traced_memory()[0]

    tracemalloc.start()
    try:
        early = after(4)
        assert after(10) < early + 300_000  # of features alone, ten minutes would be 4.6 MB
    finally:
        tracemalloc.stop()


def test_what_needs_all_of_the_speech_is_refused():
    model = random_model(ACCENTED)
    wanting = (
        Request(choices=(Choice(0, 1, 3),)), Request(partners=(Partner(((0.0, 1.0),), 0.0),)), Request(span=(0, 5))
    )  # fmt: skip
    for request in wanting:
        with pytest.raises(ConfigError, match="generate a take of the whole speech"):
            Stream(model, request)
    with pytest.raises(ConfigError, match="this model cannot perform a stream"):
        Stream(random_model(SMALL), Request())
    with pytest.raises(AudioError, match="no samples"):
        list(Stream(model, Request()).end(0.0))
