"""What is heard of files whose headers lie, that were cut off or joined, or whose clock has gaps."""

from __future__ import annotations

import os
import subprocess
import sys
import wave
from pathlib import Path

import numpy as np
import pytest
import soundfile

from a2g_core.errors import AudioError
from a2g_core.speech.audio import Speech, find_ffmpeg, open_speech
from a2g_core.speech.headers import read_header
from a2g_core.speech.heard import hear
from a2g_core.speech.resampling import resample

RATE_HZ = 22050
FFMPEG = find_ffmpeg()
needs_ffmpeg = pytest.mark.skipif(FFMPEG is None, reason="needs ffmpeg")


def babble(seconds: float, rate_hz: int = RATE_HZ) -> np.ndarray:
    """Noise that is never the same, in syllables, after a silence of 0.3 s."""
    rng = np.random.default_rng(0)
    t = np.arange(round(seconds * rate_hz)) / rate_hz
    smooth = np.convolve(rng.standard_normal(len(t)), np.hanning(9) / 5, "same")
    return (np.where(t < 0.3, 0, 0.15 * smooth * (1.1 + np.sin(2 * np.pi * 3 * t)))).astype(np.float32)


def ffmpeg(*arguments: object) -> None:
    subprocess.run([str(FFMPEG), "-y", "-v", "error", *map(str, arguments)], check=True, stdin=subprocess.DEVNULL)


@pytest.fixture
def voice(tmp_path) -> Path:
    """Six seconds, as WAV."""
    soundfile.write(tmp_path / "voice.wav", babble(6.0), RATE_HZ, subtype="PCM_16")
    return tmp_path / "voice.wav"


def made(voice: Path, name: str, *options: object) -> Path:
    ffmpeg("-i", voice, *options, voice.with_name(name))
    return voice.with_name(name)


def samples_of(speech: Speech) -> np.ndarray:
    return np.concatenate(list(speech.mono()))


def heard(path: Path) -> np.ndarray:
    """At its own rate; the same samples each time, as many as the speech is long, and no louder than it was."""
    speech = open_speech(path)
    first, again = samples_of(speech), samples_of(speech)
    assert first.tobytes() == again.tobytes()
    assert len(first) == round(speech.duration_s * speech.rate_hz)
    assert np.abs(first).max() < 1.2
    return first


def lateness_s(found: np.ndarray, wanted: np.ndarray, rate_hz: int = RATE_HZ) -> float:
    """By how much `found` is late; it must be much alike."""
    size = 1 << int(np.ceil(np.log2(len(found) + len(wanted))))
    product = np.fft.irfft(np.fft.rfft(found, size) * np.conj(np.fft.rfft(wanted, size)), size)
    best = int(product.argmax())
    assert product[best] > 0.7 * min(found @ found, wanted @ wanted)
    return (best if best < size // 2 else best - size) / rate_hz


# Lengths ------------------------------------------------------------------------------------------------------------


@needs_ffmpeg
def test_an_mp3_lasts_as_long_as_what_is_read_of_it(voice):
    guessed = made(voice, "guessed.mp3", "-q:a", "7", "-write_xing", "0", "-id3v2_version", "0")
    assert soundfile.info(guessed).duration > 8  # what libsndfile says
    assert len(heard(guessed)) / RATE_HZ == pytest.approx(6.0, abs=0.1)
    whole = made(voice, "whole.mp3", "-q:a", "5")
    assert len(heard(whole)) == 6 * RATE_HZ
    cut = voice.with_name("cut.mp3")
    cut.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    assert len(heard(cut)) / RATE_HZ == pytest.approx(3.0, abs=0.3)
    (note,) = open_speech(cut).notes
    assert "'cut.mp3' should last 6.0 s, but only" in str(note)


@needs_ffmpeg
@pytest.mark.parametrize(
    ("name", "options"),
    [("a.mp3", ("-q:a", "5")), ("a.ogg", ("-c:a", "libvorbis")), ("a.opus", ("-c:a", "libopus")), ("a.flac", ()),
     ("a.aac", ("-c:a", "aac"))],
)  # fmt: skip
def test_all_of_joined_files_is_heard(voice, name, options):
    one = made(voice, name, *options)
    both = one.with_name(f"both{one.suffix}")
    both.write_bytes(2 * one.read_bytes())
    speech = open_speech(both)
    assert speech.duration_s == pytest.approx(12.0, abs=0.2)
    second = samples_of(speech)[round(6.5 * speech.rate_hz) :]
    assert np.abs(second).max() > 0.1


@needs_ffmpeg
def test_flac_whose_header_lies(voice):
    plain = bytearray(made(voice, "plain.flac").read_bytes())
    for name, length in (("unknown.flac", 0), ("long.flac", (1 << 36) - 1), ("short.flac", RATE_HZ)):
        packed = int.from_bytes(plain[18:26], "big") >> 36 << 36 | length
        voice.with_name(name).write_bytes(plain[:18] + packed.to_bytes(8, "big") + plain[26:])
        assert len(heard(voice.with_name(name))) == 6 * RATE_HZ, name


@needs_ffmpeg
def test_what_is_there_of_a_flac_is_heard(voice):
    plain = made(voice, "plain.flac").read_bytes()
    cut = voice.with_name("cut.flac")
    cut.write_bytes(plain[: len(plain) // 2])
    assert 1.5 < len(heard(cut)) / RATE_HZ < 4
    (note,) = open_speech(cut).notes
    assert str(note).startswith("'cut.flac' is damaged (")


@pytest.mark.parametrize("without_soundfile", [False, True])
@pytest.mark.parametrize("stated", [0, 0x7FFFFFFF, 0xFFFFFFFF])
def test_wav_of_a_recorder_that_lost_power(voice, monkeypatch, stated, without_soundfile):
    if stated == 0 and not without_soundfile and FFMPEG is None:
        pytest.skip("libsndfile takes 0 for the truth")
    raw = bytearray(voice.read_bytes())
    raw[4:8] = raw[40:44] = stated.to_bytes(4, "little")
    voice.write_bytes(raw)
    if without_soundfile:
        monkeypatch.setitem(sys.modules, "soundfile", None)
    assert len(heard(voice)) == 6 * RATE_HZ


@needs_ffmpeg
@pytest.mark.parametrize("codec", ["pcm_mulaw", "pcm_alaw", "adpcm_ima_wav", "adpcm_ms", "gsm"])
@pytest.mark.parametrize("without_soundfile", [False, True])
def test_telephone_wav(tmp_path, monkeypatch, codec, without_soundfile):
    soundfile.write(tmp_path / "8.wav", babble(3.0, 8000), 8000, subtype="GSM610" if codec == "gsm" else "PCM_16")
    path = tmp_path / "8.wav" if codec == "gsm" else made(tmp_path / "8.wav", f"{codec}.wav", "-c:a", codec)
    if without_soundfile:
        monkeypatch.setitem(sys.modules, "soundfile", None)
    assert len(heard(path)) / 8000 == pytest.approx(3.0, abs=0.2)


def test_without_ffmpeg_the_sentence_says_what_helps(voice, monkeypatch):
    raw = soundfile.read(voice)[0]
    soundfile.write(voice.with_name("a.flac"), raw, RATE_HZ)
    flac = voice.with_name("a.flac")
    flac.write_bytes(flac.read_bytes()[:60_000])
    monkeypatch.setitem(sys.modules, "imageio_ffmpeg", None)
    monkeypatch.setenv("PATH", "")
    with pytest.raises(AudioError, match=r"cannot be read as audio here; install ffmpeg"):
        open_speech(flac)


@needs_ffmpeg
def test_what_ffmpeg_cannot_read_is_refused_with_its_reason(voice):
    whole = made(voice, "whole.m4a", "-c:a", "aac").read_bytes()
    voice.with_name("cut.m4a").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(AudioError, match=r"^'cut\.m4a' is not audio that ffmpeg can read \(moov atom not found\); "):
        open_speech(voice.with_name("cut.m4a"))
    ffmpeg("-f", "lavfi", "-i", "color=s=32x32:d=1", "-c:v", "mpeg4", voice.with_name("silent.mp4"))
    with pytest.raises(AudioError, match=r"'silent\.mp4' has no sound"):
        open_speech(voice.with_name("silent.mp4"))


# Clocks -------------------------------------------------------------------------------------------------------------


@needs_ffmpeg
@pytest.mark.parametrize(
    ("name", "codec"), [("a.mkv", "libopus"), ("a.mp4", "aac"), ("a.opus", "libopus"), ("a.ts", "aac")]
)
def test_a_pause_of_the_recorder_is_silence(voice, name, codec):
    path = made(voice, name, "-af", "aselect='not(between(t,2,3.5))'", "-c:a", codec)
    speech = open_speech(path)
    wanted = babble(6.0)
    wanted[2 * RATE_HZ : round(3.5 * RATE_HZ)] = 0
    found = np.concatenate(list(resample(iter([samples_of(speech)]), speech.rate_hz, RATE_HZ)))
    assert speech.duration_s == pytest.approx(6.0, abs=0.1)
    assert abs(lateness_s(found[: 2 * RATE_HZ], wanted[: 2 * RATE_HZ])) < 0.06
    assert abs(lateness_s(found[3 * RATE_HZ :], wanted[3 * RATE_HZ :])) < 0.06


@needs_ffmpeg
def test_a_clock_that_jumps_by_hours_is_not_believed(voice):
    speech = open_speech(made(voice, "a.mkv", "-af", "asetpts='PTS+gt(T,2)*7200/TB'", "-c:a", "libopus"))
    assert speech.duration_s == pytest.approx(6.0, abs=0.1)
    assert "'a.mkv' is damaged (its clock jumps by 7200 s)" in str(speech.notes[0])


@needs_ffmpeg
@pytest.mark.parametrize("with_picture", [True, False])
def test_sound_that_begins_late(voice, with_picture):
    picture = ("-f", "lavfi", "-i", "color=s=32x32:r=25:d=7", "-itsoffset", "0.7", "-i", voice)
    movie = voice.with_name("late.mp4")
    ffmpeg(*picture, "-map", "0:v", "-map", "1:a", "-c:v", "mpeg4", "-c:a", "aac", movie)
    if not with_picture:
        ffmpeg("-i", movie, "-vn", "-c:a", "copy", voice.with_name("late.m4a"))
        movie = voice.with_name("late.m4a")
    assert lateness_s(heard(movie), babble(6.0)) == pytest.approx(0.7, abs=0.02)


@needs_ffmpeg
@pytest.mark.parametrize("name", ["a.m4a", "a.mov", "a.mkv", "a.webm", "a.mp3", "a.opus", "a.ogg"])
def test_plain_files_are_on_time(voice, name):
    codec = {".m4a": "aac", ".mov": "aac", ".mkv": "aac", ".webm": "libopus"}.get(Path(name).suffix)
    speech = open_speech(made(voice, name, *(("-c:a", codec) if codec else ())))
    found = np.concatenate(list(resample(iter([samples_of(speech)]), speech.rate_hz, RATE_HZ)))
    assert abs(lateness_s(found, babble(6.0))) < 0.001
    assert speech.notes == ()


# Channels -----------------------------------------------------------------------------------------------------------


@needs_ffmpeg
@pytest.mark.parametrize("name", ["a.wav", "a.flac", "a.m4a"])
@pytest.mark.parametrize("without_soundfile", [False, True])
def test_a_channel_that_is_upside_down(tmp_path, monkeypatch, name, without_soundfile):
    y = babble(3.0)
    soundfile.write(tmp_path / "a.wav", np.stack([0.9 * y, -y], 1), RATE_HZ, subtype="PCM_16")
    soundfile.write(tmp_path / "b.wav", np.stack([y, -0.5 * y], 1), RATE_HZ, subtype="PCM_16")
    cancels = tmp_path / "a.wav" if name == "a.wav" else made(tmp_path / "a.wav", name)
    if without_soundfile:
        monkeypatch.setitem(sys.modules, "soundfile", None)
    speech = open_speech(cancels)
    assert (len(speech.notes), lateness_s(samples_of(speech), -y)) == (1, pytest.approx(0, abs=1e-3))
    assert "cancel each other out" in str(hear(speech, 30.0).notes[0])
    assert np.std(samples_of(speech)) == pytest.approx(np.std(y), rel=0.05)
    assert open_speech(tmp_path / "b.wav").notes == ()


def test_the_louder_channel_of_samples_in_memory():
    y = babble(1.0)
    speech = Speech.from_samples(np.stack([-0.95 * y, y], 1), RATE_HZ)
    assert samples_of(speech).tobytes() == y.tobytes()
    assert speech.notes


# Rates --------------------------------------------------------------------------------------------------------------


def with_rate(raw: bytes, rate_hz: int) -> bytes:
    return raw[:24] + rate_hz.to_bytes(4, "little") + raw[28:]


@pytest.mark.parametrize("rate_hz", [0, 1, 999, 768_001, 2**24])
def test_impossible_rates_are_refused_before_anything_is_decoded(voice, monkeypatch, rate_hz):
    voice.write_bytes(with_rate(voice.read_bytes(), rate_hz))
    monkeypatch.setattr(soundfile, "info", lambda _path: pytest.fail("it was asked"))
    with pytest.raises(
        AudioError, match=rf"'voice.wav' has a sample rate of {rate_hz:g} Hz; export it again".replace("+", r"\+")
    ):
        open_speech(voice)
    with pytest.raises(AudioError, match="sample rate"):
        Speech.from_samples(np.zeros(10), rate_hz)


@pytest.mark.parametrize("name", ["a.wav", "a.w64", "a.aiff", "a.caf", "a.au", "a.flac", "a.ogg", "a.opus", "a.rf64"])
def test_headers_are_read(tmp_path, name):
    rate_hz, kind = (48000 if name == "a.opus" else 32000), {"a.opus": "OGG", "a.rf64": "RF64"}.get(name)
    subtype = "OPUS" if name == "a.opus" else None
    soundfile.write(tmp_path / name, np.zeros((100, 2)), rate_hz, format=kind, subtype=subtype)
    header = read_header(tmp_path / name)
    assert (header.rate_hz, header.channels) == (rate_hz, 2)
    whole = (tmp_path / name).read_bytes()
    for length in (0, 3, 4, 11, 15, 20, 30):
        (tmp_path / name).write_bytes(whole[:length])
        header = read_header(tmp_path / name)
        assert header is None or header.channels in (1, 2)


@pytest.mark.parametrize("rate_hz", [44_099, 767_999, 1_001])
def test_odd_rates_need_neither_minutes_nor_gigabytes(rate_hz):
    seconds = 2
    wanted = np.sin(2 * np.pi * 400 * np.arange(16000 * seconds) / 16000)
    x = np.sin(2 * np.pi * 400 * np.arange(rate_hz * seconds) / rate_hz).astype(np.float32)
    whole = np.concatenate(list(resample(iter([x]), rate_hz, 16000)))
    parts = np.concatenate(list(resample((x[i : i + 9999] for i in range(0, len(x), 9999)), rate_hz, 16000)))
    assert whole.tobytes() == parts.tobytes()
    assert len(whole) == len(wanted)
    np.testing.assert_allclose(whole[2000:-2000], wanted[2000:-2000], atol=2e-3)


# Programs -----------------------------------------------------------------------------------------------------------


def test_ffmpeg_is_never_taken_from_the_current_folder(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "imageio_ffmpeg", None)
    fake = tmp_path / ("ffmpeg.exe" if os.name == "nt" else "ffmpeg")
    fake.write_text("#!/bin/sh\n")
    fake.chmod(0o755)
    monkeypatch.chdir(tmp_path)
    for path in (".", os.pathsep, f".{os.pathsep}"):
        monkeypatch.setenv("PATH", path)
        assert find_ffmpeg() is None
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find_ffmpeg() == str(fake)


def test_one_sample_is_a_recording(tmp_path):
    with wave.open(str(tmp_path / "one.wav"), "wb") as file:
        file.setparams((1, 2, 16000, 1, "NONE", ""))
        file.writeframes(b"\x00\x40")
    assert heard(tmp_path / "one.wav").tolist() == [0.5]
