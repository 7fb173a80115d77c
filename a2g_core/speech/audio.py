"""Speech from any source, as a stream of 16 kHz mono blocks.

Needs NumPy and the standard library; uses soundfile where it is installed. Recordings of any length pass through in
bounded memory, and the same samples give the same bytes however they were split into blocks.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import wave
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from math import ceil, floor
from pathlib import Path

import numpy as np

from ..errors import AudioError

SAMPLE_RATE_HZ = 16000
"""Sample rate of everything the model hears (sec. 5.3)."""
SOUND_ENDINGS = (".wav", ".flac", ".mp3", ".ogg", ".opus", ".m4a")
"""Endings that count as sound files when a folder is searched; `open_speech` reads others too."""

_BLOCK = 1 << 18  # samples read from a file at a time
_ZERO_CROSSINGS, _KAISER_BETA, _ROLLOFF = 64, 10.0, 0.965
_GROUP = 160  # outputs made by one matrix product


@dataclass(frozen=True)
class Speech:
    """A recording.

    read: opens the recording again and yields float blocks (samples, channels) at rate_hz.
    """

    duration_s: float
    rate_hz: int
    read: Callable[[], Iterator[np.ndarray]] = field(repr=False)

    @classmethod
    def from_samples(cls, samples: np.ndarray, rate_hz: int) -> Speech:
        """Speech in memory: (n,) or (n, channels), floats in about -1 to 1. AudioError for other shapes and rates."""
        samples = np.asarray(samples, dtype=np.float32)
        if samples.ndim not in (1, 2) or 0 in samples.shape[1:]:
            raise AudioError(f"speech has shape {samples.shape}", "give (samples,) or (samples, channels)")
        samples = samples[:, None] if samples.ndim == 1 else samples
        if rate_hz <= 0:
            raise AudioError(f"the sample rate must be above 0, not {rate_hz} Hz", "give one such as 48000")
        cuts = range(0, len(samples), _BLOCK)
        return cls(len(samples) / rate_hz, int(rate_hz), lambda: (samples[i : i + _BLOCK] for i in cuts))

    def blocks(self) -> Iterator[np.ndarray]:
        """16 kHz mono float32 blocks; AudioError at the first sample that is not finite."""
        return resample(map(_to_mono, self.read()), self.rate_hz, SAMPLE_RATE_HZ)


def _to_mono(block: np.ndarray) -> np.ndarray:
    mono = block.mean(axis=1, dtype=np.float32) if block.shape[1] > 1 else block[:, 0].astype(np.float32)
    if not np.isfinite(mono).all():
        raise AudioError("the speech contains samples that are not finite", "export the recording again")
    return mono


def open_speech(path: str | Path) -> Speech:
    """Speech from a file: any format soundfile reads, PCM WAV without it, anything else through ffmpeg if installed."""
    path = Path(path)
    if not path.is_file():
        raise AudioError(f"there is no file '{path}'", "check the path of the speech")
    if path.stat().st_size == 0:
        raise AudioError(f"'{path.name}' is empty", "export the recording again")
    speech = _open_soundfile(path) or _open_wave(path) or _open_ffmpeg(path)
    if speech.duration_s <= 0:
        raise AudioError(f"'{path.name}' has no samples", "choose a recording that is not empty")
    return speech


def _open_soundfile(path: Path) -> Speech | None:
    try:
        import soundfile
    except ImportError:
        return None
    try:
        info = soundfile.info(str(path))
    except soundfile.LibsndfileError:
        return None

    def read() -> Iterator[np.ndarray]:
        with soundfile.SoundFile(str(path)) as file:
            yield from file.blocks(_BLOCK, dtype="float32", always_2d=True)

    return Speech(info.frames / info.samplerate, info.samplerate, read)


def _open_wave(path: Path) -> Speech | None:
    try:
        with wave.open(str(path), "rb") as file:
            channels, width, rate, frames = file.getparams()[:4]
    except (wave.Error, EOFError):
        return None
    if width not in (1, 2, 3, 4) or rate <= 0 or channels < 1:
        return None

    def read() -> Iterator[np.ndarray]:
        with wave.open(str(path), "rb") as file:
            while raw := file.readframes(_BLOCK):
                yield decode_pcm(raw[: len(raw) // (width * channels) * width * channels], width).reshape(-1, channels)

    return Speech(frames / rate, rate, read)


def decode_pcm(raw: bytes, width: int) -> np.ndarray:
    """Little-endian PCM of 1 (unsigned) to 4 bytes per sample, to float32 in -1 to 1."""
    if width == 1:
        return (np.frombuffer(raw, np.uint8).astype(np.float32) - 128) / 128
    padded = np.zeros((len(raw) // width, 4), np.uint8)
    padded[:, 4 - width :] = np.frombuffer(raw, np.uint8).reshape(-1, width)
    return padded.view("<i4")[:, 0].astype(np.float32) / 2**31


def find_ffmpeg() -> str | None:
    """The program's path: that of the system, or of the imageio-ffmpeg package."""
    if found := shutil.which("ffmpeg"):
        return found
    try:
        import imageio_ffmpeg
    except ImportError:
        return None
    return imageio_ffmpeg.get_ffmpeg_exe()


def _open_ffmpeg(path: Path) -> Speech:
    """Convert to a mono 16-bit WAV of the same rate, in a temporary folder that lives as long as the Speech."""
    ffmpeg = find_ffmpeg()
    if ffmpeg is None:
        raise AudioError(
            f"'{path.name}' cannot be read as audio here", "install ffmpeg for more formats, or convert it to WAV"
        )
    folder = tempfile.TemporaryDirectory(prefix="a2g-")
    out = Path(folder.name) / "speech.wav"
    command = [ffmpeg, "-v", "error", "-nostdin", "-i", str(path), "-vn", "-ac", "1", "-c:a", "pcm_s16le", str(out)]
    done = subprocess.run(command, capture_output=True, check=False)
    speech = _open_wave(out) if done.returncode == 0 and out.is_file() else None
    if speech is None:
        raise AudioError(f"'{path.name}' is not audio", "choose a recording, such as WAV, FLAC, MP3, OGG, M4A or MP4")

    def read() -> Iterator[np.ndarray]:
        assert folder.name  # the closure keeps the folder alive
        yield from speech.read()

    return Speech(speech.duration_s, speech.rate_hz, read)


# Resampling -----------------------------------------------------------------------------------------------------------


def resample(blocks: Iterator[np.ndarray], rate_in: int, rate_out: int) -> Iterator[np.ndarray]:
    """Mono blocks at rate_in to mono float32 blocks at rate_out, by a polyphase Kaiser-windowed sinc.

    Each second or so of output is one matrix product that always has the same shape, so that a sample never depends on
    where the recording ends or how it was split. The output has round(n * rate_out / rate_in) samples; beyond its ends
    the speech is silent.
    """
    if rate_in == rate_out:
        yield from blocks
        return
    step_in, step_out, groups, before, after = _filter_bank(rate_in, rate_out)
    periods = ceil(rate_out / step_out)
    take, need = periods * step_in, before + periods * step_in + after
    buffer, received, sent = np.zeros(before, np.float32), 0, 0

    def convert(window: np.ndarray) -> np.ndarray:
        out = np.empty((periods, step_out), np.float32)
        for first_out, first_in, matrix in groups:
            shape, strides = (periods, len(matrix)), (step_in * window.itemsize, window.itemsize)
            rows = np.lib.stride_tricks.as_strided(window[before + first_in :], shape, strides)
            out[:, first_out : first_out + matrix.shape[1]] = np.ascontiguousarray(rows) @ matrix
        return out.reshape(-1)

    for block in blocks:
        received += len(block)
        buffer = np.concatenate([buffer, block])
        while len(buffer) >= need:
            yield convert(buffer[:need])
            buffer, sent = buffer[take:], sent + periods * step_out
    total = floor(received * rate_out / rate_in + 0.5)
    buffer = np.concatenate([buffer, np.zeros(2 * need, np.float32)])
    while sent < total:
        out = convert(buffer[:need])
        yield out[: total - sent]
        buffer, sent = np.concatenate([buffer[take:], np.zeros(take, np.float32)]), sent + len(out)


@lru_cache(maxsize=8)
def _filter_bank(rate_in: int, rate_out: int) -> tuple[int, int, list[tuple[int, int, np.ndarray]], int, int]:
    """(inputs per period, outputs per period, [(first output, first input, matrix)], samples needed before and after).

    Each matrix is (inputs, outputs) and makes up to `_GROUP` outputs of a period.
    """
    ratio = Fraction(rate_out, rate_in)
    up, down = ratio.numerator, ratio.denominator
    repeat = ceil(_GROUP / up)
    step_out, step_in = up * repeat, down * repeat
    cutoff = _ROLLOFF * min(1.0, rate_out / rate_in)
    half = _ZERO_CROSSINGS / cutoff
    groups = []
    for first in range(0, step_out, _GROUP):
        outputs = np.arange(first, min(first + _GROUP, step_out))
        times = outputs * (down / up)
        first_in, last_in = floor(times[0] - half), ceil(times[-1] + half)
        x = np.arange(first_in, last_in + 1)[:, None] - times[None, :]
        window = np.i0(_KAISER_BETA * np.sqrt(np.clip(1 - (x / half) ** 2, 0, 1))) / np.i0(_KAISER_BETA)
        matrix = np.where(np.abs(x) <= half, cutoff * np.sinc(cutoff * x) * window, 0.0)
        groups.append((first, first_in, matrix.astype(np.float32)))
    before = max(0, -min(g[1] for g in groups))
    after = max(0, max(g[1] + len(g[2]) for g in groups) - step_in)
    return step_in, step_out, groups, before, after
