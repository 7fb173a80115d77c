"""Sound as it comes: WAV through a pipe in every kind, raw samples, and a microphone (a stand-in of its package)."""

from __future__ import annotations

import io
import struct
import sys
import threading
import types

import numpy as np
import pytest
import soundfile
from waiting import LIMIT_S

from a2g_core.errors import AudioError, ConfigError
from a2g_core.live import sounds

RATE = 24000
SAMPLES = np.random.default_rng(2).uniform(-0.5, 0.5, (RATE, 2)).astype(np.float32)


class Trickle(io.BytesIO):
    """A pipe from which little comes at a time, and never as much as is wanted."""

    def read1(self, n: int = -1) -> bytes:
        return super().read(min(n if n > 0 else 777, 777))


def wav(subtype: str, samples: np.ndarray = SAMPLES) -> bytes:
    file = io.BytesIO()
    soundfile.write(file, samples, RATE, format="WAV", subtype=subtype)
    return file.getvalue()


def heard(sound: sounds.Sound) -> np.ndarray:
    return np.concatenate(list(sound.read()))


@pytest.mark.parametrize("subtype", ["PCM_U8", "PCM_16", "PCM_24", "PCM_32", "FLOAT", "DOUBLE"])
def test_a_pipe_says_what_a_file_says(subtype):
    data = wav(subtype)
    known, _ = soundfile.read(io.BytesIO(data), dtype="float32", always_2d=True)
    sound = sounds.of_pipe(Trickle(data), "pipe", None, 1)
    assert sound.rate_hz == RATE and np.allclose(heard(sound), known, atol=1e-7)


@pytest.mark.parametrize("size", [0, 0x7FFFFFFF, 0xFFFFFFFF])
def test_a_size_that_nobody_could_know_is_not_believed(size):
    data = wav("PCM_16")
    at = data.index(b"data") + 4
    endless = data[:at] + struct.pack("<I", size) + data[at + 4 :]
    assert len(heard(sounds.of_pipe(Trickle(endless), "pipe", None, 1))) == RATE


def test_what_follows_the_sound_is_not_heard():
    assert len(heard(sounds.of_pipe(Trickle(wav("PCM_16") + b"LIST" + b"\1" * 400), "pipe", None, 1))) == RATE


def test_what_comes_before_the_sound_may_be_as_long_as_a_picture():
    data = wav("PCM_16")
    at = data.index(b"data")
    picture = b"id3 " + struct.pack("<I", 2_000_001) + b"data\x10\0\0\0" * 250_000 + b"!\0"
    known = heard(sounds.of_pipe(Trickle(data), "pipe", None, 1))
    again = heard(sounds.of_pipe(Trickle(data[:at] + picture + data[at:]), "pipe", None, 1))
    assert np.array_equal(again, known)


def test_an_rf64_as_recorders_write_it_that_go_on_for_hours():
    file = io.BytesIO()
    soundfile.write(file, SAMPLES, RATE, format="RF64", subtype="PCM_16")
    data = file.getvalue() + b"LIST" + b"\1" * 400
    assert data[:4] == b"RF64" and len(heard(sounds.of_pipe(Trickle(data), "pipe", None, 1))) == RATE


def test_raw_samples_are_heard_as_they_are_said_to_be():
    whole = (SAMPLES * 32767).astype("<i2")
    sound = sounds.of_pipe(Trickle(whole.tobytes()), "pipe", RATE, 2)
    assert np.allclose(heard(sound), whole / 32768, atol=1e-7)


def test_what_is_no_sound_is_refused():
    data = wav("PCM_16")
    kinds = {
        b"hello, this is no sound": "does not begin as a WAV file",
        data[:20]: "ends before its sound begins",
        data[:20] + b"\x55\0" + data[22:]: "samples of an unknown kind",
        data.replace(struct.pack("<I", RATE), struct.pack("<I", 3), 1): "sample rate",
    }
    for bad, why in kinds.items():
        with pytest.raises(AudioError, match=why):
            sounds.of_pipe(io.BytesIO(bad), "pipe", None, 1)


def test_channels_that_cancel_each_other_out_are_spoken_of_in_the_end():
    sound = sounds.of_pipe(io.BytesIO(wav("FLOAT", SAMPLES[:, :1] * [1, -1])), "pipe", None, 1)
    assert len(list(sound.blocks(lambda: False))) and "cancel each other out" in sound.note
    assert sound.duration_s == 1.0


def test_waiting_for_more_can_be_given_up():
    told, never = threading.Event(), threading.Event()
    more: list[bool] = []

    def silent():
        yield SAMPLES
        more.append(never.wait(LIMIT_S))

    sound = sounds.beside(sounds.Sound(RATE, silent, "pipe"), told.is_set)
    threading.Timer(0.3, told.set).start()
    assert sum(map(len, sound.read())) == RATE and not more
    never.set()


@pytest.fixture
def microphone(monkeypatch):
    """A stand-in for the package sounddevice: a microphone with one rate, that says SAMPLES."""
    package = types.ModuleType("sounddevice")
    package.PortAudioError = type("PortAudioError", (Exception,), {})
    package.asked = []

    class InputStream:
        def __init__(self, *, device, channels, samplerate, dtype, callback, blocksize):
            package.asked.append((device, samplerate))
            if device == "none" or samplerate != RATE:
                raise package.PortAudioError("no such device")
            self.callback, self.blocksize, self.device = callback, blocksize, device

        def __enter__(self):
            if self.device == "asleep":
                raise package.PortAudioError("it does not start")
            for first in range(0, RATE, self.blocksize):
                self.callback(SAMPLES[first : first + self.blocksize, :1], self.blocksize, None, None)

        def __exit__(self, *_):
            pass

    def query_devices(which, kind):
        if which == "none":
            raise ValueError("No input device matching 'none'")
        return {"default_samplerate": float(RATE)}

    package.InputStream, package.query_devices = InputStream, query_devices
    monkeypatch.setitem(sys.modules, "sounddevice", package)
    return package


def test_a_microphone_is_heard_at_a_rate_that_it_has(microphone):
    sound = sounds.of_microphone("3")
    assert microphone.asked == [(3, 16000), (3, RATE)] and sound.rate_hz == RATE
    blocks = sound.read()
    assert np.array_equal(np.concatenate([next(blocks) for _ in range(10)]), SAMPLES[:, :1])
    with pytest.raises(AudioError, match="the microphone cannot be heard"):
        sounds.of_microphone("none")


def test_whoever_waits_for_a_microphone_hears_that_it_does_not_start(microphone):
    sound = sounds.beside(sounds.of_microphone("asleep"), lambda: False)
    with pytest.raises(AudioError, match="it does not start"):
        next(sound.read())


def test_without_the_package_it_is_said_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "sounddevice", None)
    with pytest.raises(ConfigError, match="pip install sounddevice"):
        sounds.of_microphone("")
