from concurrent.futures import ThreadPoolExecutor

import librosa
import numpy as np
import pytest
import soundfile

from a2g_core.speech.features import FLOOR_DB, frame_centres, log_mel, log_mel_parts, mel_filters


def test_filters_are_librosas():
    np.testing.assert_allclose(mel_filters().T, librosa.filters.mel(sr=16000, n_fft=1024, n_mels=64), atol=1e-8)


@pytest.mark.parametrize("fps", [20, 25, 50])
def test_equal_to_librosa_where_the_hop_is_whole(data, fps):
    speech, _ = soundfile.read(data.speech(0), dtype="float32")
    n = len(speech) * fps // 16000
    ours = log_mel([speech], n, fps)
    theirs = librosa.feature.melspectrogram(y=speech, sr=16000, n_fft=1024, hop_length=16000 // fps, n_mels=64).T[:n]
    np.testing.assert_allclose(10 ** (ours / 10), np.maximum(theirs, 1e-8), rtol=1e-6, atol=1e-4)
    np.testing.assert_allclose(ours, 10 * np.log10(np.maximum(theirs, 1e-8)), atol=1e-3)


def test_frames_do_not_depend_on_blocks_nor_on_the_end():
    x = np.random.default_rng(0).standard_normal(160_000).astype(np.float32)
    whole = log_mel([x], 300, 30)
    blocks = log_mel((x[i : i + 1234] for i in range(0, len(x), 1234)), 300, 30)
    cut = log_mel([x[:100_000]], 187, 30)
    assert whole.tobytes() == blocks.tobytes()
    assert whole[:186].tobytes() == cut[:186].tobytes()


def test_silence_is_the_floor():
    assert (log_mel([np.zeros(16000, np.float32)], 40, 30) == FLOOR_DB).all()


@pytest.mark.parametrize("fps", [24, 25, 30000 / 1001, 30, 60])
def test_thirty_minutes_of_clicks_never_drift(fps):
    """The loudest frame of each click is the one nearest to it in time, from the first to the last minute."""
    minutes, rate = 30, 16000
    clicks_s = np.arange(0.5, minutes * 60, 7.3)

    def blocks():
        for start in range(0, minutes * 60 * rate, 1 << 18):
            block = np.zeros(min(1 << 18, minutes * 60 * rate - start), np.float32)
            at = np.round(clicks_s * rate).astype(int) - start
            block[at[(at >= 0) & (at < len(block))]] = 1
            yield block

    energy = log_mel(blocks(), round(minutes * 60 * fps), fps).max(1)
    for click in clicks_s:
        near = int(click * fps)
        window = slice(max(0, near - 5), near + 6)
        assert abs(window.start + int(energy[window].argmax()) - click * fps) <= 0.5 + 1e-3 * fps
    assert abs(frame_centres(int(1790 * fps), 1, fps)[0] / rate - int(1790 * fps) / fps) < 1 / rate


def test_helpers_make_the_same_bits_in_the_same_order():
    sound = np.random.default_rng(1).normal(0, 0.1, 16000 * 120).astype(np.float32)
    blocks, n = np.array_split(sound, 11), 3600
    with ThreadPoolExecutor(3) as helpers:
        helped = np.concatenate([*log_mel_parts(blocks, n, 30, helpers)])
    assert helped.tobytes() == log_mel(blocks, n, 30).tobytes()
