"""What is heard of recordings whose times, lengths or headers lie: what Blender plays, or a sentence."""

from __future__ import annotations

import itertools
import subprocess
import wave
from pathlib import Path

import bpy
import numpy as np
import pytest
from scenes import RATE_HZ, place_sound, write_wav

PAUSE = ("-af", "aselect='not(between(t,3,6))'")


def ffmpeg(*arguments: object) -> None:
    """In a process of its own: libsndfile's encoders crash next to bpy."""
    import imageio_ffmpeg

    subprocess.run([imageio_ffmpeg.get_ffmpeg_exe(), "-y", "-v", "error", *map(str, arguments)], check=True)


def babble(duration_s: float) -> np.ndarray:
    """Noise that is never the same, in syllables, with digital silence from the 8th to the 9th second."""
    t = np.arange(round(duration_s * RATE_HZ)) / RATE_HZ
    smooth = np.convolve(np.random.default_rng(0).standard_normal(len(t)), np.hanning(9) / 5, "same")
    return np.where((t > 8) & (t < 9), 0, 0.12 * smooth * (1.1 + np.sin(2 * np.pi * 3 * t)))


@pytest.fixture
def voice(tmp_path) -> Path:
    return write_wav(tmp_path / "voice.wav", babble(15.0))


def made(voice: Path, name: str, *options: object) -> Path:
    ffmpeg("-i", voice, *options, voice.with_name(name))
    return voice.with_name(name)


def speech_of(addon, character, path: Path):
    character.a2g_speech_source, character.a2g_speech_file = "FILE", str(path)
    return addon.speech.strips.find_speech(bpy.context, character).open()


def heard(addon, character, path: Path) -> np.ndarray:
    return np.concatenate(list(speech_of(addon, character, path).read()))[:, 0]


def played(path: Path) -> np.ndarray:
    """As Blender plays it: decoded in one go."""
    aud = pytest.importorskip("aud")
    return aud.Sound(str(path)).limit(0, 100).cache().data().mean(axis=1)


@pytest.mark.parametrize(
    ("name", "codec"),
    [("a.mkv", "libopus"), ("a.webm", "libopus"), ("a.mp4", "aac"), ("a.mov", "aac"), ("a.opus", "libopus"),
     ("a.ogg", "libvorbis"), ("a.wma", "wmav2"), ("a.ts", "aac"), ("a.flv", "aac")],
)  # fmt: skip
def test_a_paused_recording_is_heard_as_blender_plays_it(addon, character, voice, name, codec):
    path = made(voice, name, *PAUSE, "-c:a", codec, *(("-ar", "44100") if name.endswith("flv") else ()))
    found, wanted = heard(addon, character, path), played(path)
    assert len(found) == len(wanted)
    np.testing.assert_allclose(found, wanted, atol=1e-3)


@pytest.mark.parametrize("name", ["a.ogg", "a.opus", "a.flac", "a.mp3", "a.aac"])
def test_joined_recordings_are_heard_as_blender_plays_them(addon, character, voice, name):
    one = made(voice, name)
    both = voice.with_name("both" + one.suffix)
    both.write_bytes(2 * one.read_bytes())
    found, wanted = heard(addon, character, both), played(both)
    assert len(found) == len(wanted)
    assert len(found) > 1.9 * len(played(one))
    np.testing.assert_allclose(found, wanted, atol=1e-3)


def test_recordings_of_different_rates_joined(addon, character, voice):
    parts = [made(voice, f"{rate}.mp3", "-ar", rate) for rate in (22050, 44100)]
    both = voice.with_name("both.mp3")
    both.write_bytes(b"".join(part.read_bytes() for part in parts))
    found, wanted = heard(addon, character, both), played(both)
    assert len(found) == len(wanted)
    np.testing.assert_allclose(found, wanted, atol=1e-3)


@pytest.mark.parametrize(
    ("name", "options"),
    [("guessed.mp3", ("-q:a", "7", "-write_xing", "0", "-id3v2_version", "0")), ("cut.mp3", ()), ("cut.flac", ()),
     ("mulaw.wav", ("-ar", "8000", "-c:a", "pcm_mulaw")), ("ima.wav", ("-ar", "8000", "-c:a", "adpcm_ima_wav")),
     ("yamaha.wav", ("-c:a", "adpcm_yamaha"))],
)  # fmt: skip
def test_what_is_there_is_heard(addon, character, voice, name, options):
    path = made(voice, name, *options)
    if name.startswith("cut"):
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    found, wanted = heard(addon, character, path), played(path)
    assert len(found) == len(wanted)
    np.testing.assert_allclose(found, wanted, atol=1e-3)


def test_wav_of_a_recorder_that_lost_power(addon, character, voice):
    whole = heard(addon, character, voice)
    raw = bytearray(voice.read_bytes())
    raw[4:8] = raw[40:44] = bytes(4)
    voice.write_bytes(raw)
    np.testing.assert_allclose(heard(addon, character, voice), whole, atol=1e-3)


def test_a_part_of_a_paused_recording_in_a_strip(addon, scene, character, voice):
    path = made(voice, "a.mkv", *PAUSE, "-c:a", "libopus")
    wanted = played(path)[2 * 48000 : 10 * 48000]
    place_sound(scene, path, 61, 301, start=1)
    character.a2g_speech_source = "STRIP"
    speech = addon.speech.strips.find_speech(bpy.context, character).open()
    np.testing.assert_allclose(np.concatenate(list(speech.read()))[:, 0], wanted, atol=1e-3)


def test_long_files_are_decoded_as_far_as_they_are_asked_for(addon, voice):
    path = made(voice, "a.mkv", *PAUSE, "-c:a", "libopus")
    wanted = played(path)
    parts = addon.speech.pieces.in_one_go(path, 48000, at_once_s=2.5)
    np.testing.assert_array_equal(np.concatenate(list(parts))[:, 0], wanted)


# Channels -----------------------------------------------------------------------------------------------------------


def write_stereo(path: Path, left: np.ndarray, right: np.ndarray) -> Path:
    with wave.open(str(path), "wb") as file:
        file.setparams((2, 2, RATE_HZ, 0, "NONE", ""))
        file.writeframes((np.stack([left, right], 1) * 32767).astype("<i2").tobytes())
    return path


@pytest.mark.parametrize("name", ["stereo.wav", "stereo.flac", "stereo.m4a", "stereo.mkv"])
def test_a_channel_that_is_upside_down(addon, character, tmp_path, name):
    y = babble(6.0)
    path = write_stereo(tmp_path / "stereo.wav", 0.9 * y, -y)
    path = path if name == path.name else made(path, name, *(("-c:a", "libopus") if name.endswith("mkv") else ()))
    speech = speech_of(addon, character, path)
    found = np.concatenate(list(speech.mono()))
    assert "cancel each other out" in str(speech.notes[0])
    assert np.std(found) == pytest.approx(np.std(y), rel=0.1)
    straight = write_stereo(tmp_path / "straight.wav", 0.9 * y, y)
    assert speech_of(addon, character, straight).notes == ()


def test_a_strip_whose_channels_cancel_is_heard_beside_another_and_said(addon, scene, character, tmp_path):
    y = babble(2.0)
    place_sound(scene, write_wav(tmp_path / "one.wav", y), 1, 61, start=1)
    place_sound(scene, write_stereo(tmp_path / "two.wav", y, -0.95 * y), 61, 121, start=61)
    for strip in addon.bl.all_strips(scene):
        strip.select = True
    character.a2g_speech_source = "STRIP"
    speech = addon.speech.strips.find_speech(bpy.context, character).open()
    found = np.concatenate(list(speech.mono()))
    np.testing.assert_allclose(found, np.concatenate([y, y])[: len(found)], atol=1e-3)
    assert len(speech.notes) == 1
    order = addon.work.orders.gather(bpy.context, character)
    maker = addon.owner.owned(addon.work.make.Maker)
    notes = [maker.make(order).notes for _ in range(2)]  # the second time from memory
    assert all("cancel each other out" in note for note in itertools.chain(*notes))
    assert len(notes[0]) == len(notes[1]) == 1


# Headers ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["a.wav", "a.w64", "a.au", "a.flac"])
@pytest.mark.parametrize("rate_hz", [999, 768_001])
def test_blenders_decoder_never_sees_an_impossible_rate(addon, character, voice, monkeypatch, name, rate_hz):
    path = voice if name == "a.wav" else made(voice, name)
    raw = bytearray(path.read_bytes())
    if name == "a.flac":
        bits = int.from_bytes(raw[18:26], "big")
        raw[18:26] = (bits & ((1 << 44) - 1) | rate_hz << 44).to_bytes(8, "big")
    else:
        order, place = ("big", 16) if name == "a.au" else ("little", {"a.wav": 24, "a.w64": 68}[name])
        raw[place : place + 4] = rate_hz.to_bytes(4, order)
    path.write_bytes(raw)

    class Untouchable:
        def __getattr__(self, name: str) -> object:
            raise AssertionError(f"it was asked for its {name}")

    monkeypatch.setattr(addon.speech.pieces, "aud", Untouchable())
    monkeypatch.setattr(addon.speech.decode, "aud", Untouchable())
    with pytest.raises(addon.a2g_core.errors.AudioError, match=rf"has a sample rate of {rate_hz} Hz"):
        heard(addon, character, path)
