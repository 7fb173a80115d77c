import subprocess
import sys
import wave

import numpy as np
import pytest
import soundfile
import soxr

from a2g_core.errors import AudioError
from a2g_core.speech import audio
from a2g_core.speech.audio import Speech, open_speech, resample


def _read(speech: Speech) -> np.ndarray:
    return np.concatenate(list(speech.blocks()))


@pytest.mark.parametrize("rate", [8000, 11025, 22050, 24000, 32000, 44100, 48000, 96000, 44099])
def test_resampling_agrees_with_soxr_on_speech(data, rate):
    speech, native = soundfile.read(data.speech(0), dtype="float32")
    source = soxr.resample(speech[: 5 * native], native, rate, quality="VHQ")
    ours = np.concatenate(list(resample(iter([source]), rate, 16000)))
    theirs = soxr.resample(source, rate, 16000, quality="VHQ")
    assert len(ours) == round(len(source) * 16000 / rate)
    n = min(len(ours), len(theirs))
    # They differ in the last few per cent below the Nyquist frequency, where the filters roll off.
    assert np.sqrt(np.mean((ours[:n] - theirs[:n]) ** 2) / np.mean(theirs**2)) < 0.02


def test_resampling_does_not_alias():
    t = np.arange(48000) / 48000
    above = np.sin(2 * np.pi * 11000 * t).astype(np.float32)
    assert np.abs(np.concatenate(list(resample(iter([above]), 48000, 16000)))[1000:-1000]).max() < 1e-3


def test_resampled_bytes_depend_neither_on_blocks_nor_on_what_comes_later():
    x = np.random.default_rng(0).standard_normal(200_000).astype(np.float32)
    whole = np.concatenate(list(resample(iter([x]), 44100, 16000)))
    blocks = np.concatenate(list(resample((x[i : i + 777] for i in range(0, len(x), 777)), 44100, 16000)))
    cut = np.concatenate(list(resample(iter([x[:100_000]]), 44100, 16000)))
    assert whole.tobytes() == blocks.tobytes()
    n = int((100_000 - 300) * 16000 / 44100)
    assert whole[:n].tobytes() == cut[:n].tobytes()


@pytest.mark.parametrize(
    ("ending", "subtype"),
    [("wav", "PCM_16"), ("wav", "PCM_24"), ("wav", "FLOAT"), ("flac", "PCM_16"), ("ogg", "VORBIS"), ("mp3", None)],
)
def test_formats(data, tmp_path, ending, subtype):
    speech, rate = soundfile.read(data.speech(1), dtype="float32")
    path = tmp_path / f"speech.{ending}"
    soundfile.write(path, np.stack([speech, speech], 1), rate, subtype=subtype)
    opened = open_speech(path)
    assert opened.duration_s == pytest.approx(len(speech) / rate, abs=0.1)
    ours = _read(opened)
    assert np.corrcoef(ours[:100_000], speech[:100_000])[0, 1] > 0.98


@pytest.mark.parametrize("width", [1, 2, 3, 4])
def test_plain_wav_needs_no_soundfile(tmp_path, monkeypatch, width):
    x = 0.5 * np.sin(np.arange(8000) / 9)
    subtype = {1: "PCM_U8", 2: "PCM_16", 3: "PCM_24", 4: "PCM_32"}[width]
    soundfile.write(tmp_path / "a.wav", np.stack([x, x], 1), 16000, subtype=subtype)
    monkeypatch.setitem(sys.modules, "soundfile", None)
    np.testing.assert_allclose(_read(open_speech(tmp_path / "a.wav")), x, atol=0.01)


def test_video_and_m4a_go_through_ffmpeg(data, tmp_path):
    ffmpeg = audio.find_ffmpeg()
    if ffmpeg is None:
        pytest.skip("needs ffmpeg")
    source = data.speech(2)
    subprocess.run([ffmpeg, "-v", "error", "-i", str(source), str(tmp_path / "a.m4a")], check=True)
    opened = open_speech(tmp_path / "a.m4a")
    assert opened.duration_s == pytest.approx(soundfile.info(source).duration, abs=0.15)
    assert np.abs(_read(opened)).max() > 0.05


def test_bad_files_say_what_to_do(tmp_path):
    with pytest.raises(AudioError, match=r"there is no file.*check the path"):
        open_speech(tmp_path / "missing.wav")
    (tmp_path / "empty.wav").touch()
    with pytest.raises(AudioError, match="is empty"):
        open_speech(tmp_path / "empty.wav")
    (tmp_path / "text.wav").write_text("this is no sound")
    with pytest.raises(AudioError, match="not audio"):
        open_speech(tmp_path / "text.wav")
    with wave.open(str(tmp_path / "zero.wav"), "wb") as file:
        file.setparams((1, 2, 16000, 0, "NONE", ""))
    with pytest.raises(AudioError, match="no samples"):
        open_speech(tmp_path / "zero.wav")
    soundfile.write(tmp_path / "nan.wav", np.array([0.1, np.nan, 0.1], np.float32), 16000, subtype="FLOAT")
    with pytest.raises(AudioError, match="not finite"):
        _read(open_speech(tmp_path / "nan.wav"))
