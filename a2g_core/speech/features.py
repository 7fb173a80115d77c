"""Log-mel features, one per frame of motion. NumPy alone.

The paper hops by 533 samples (sec. 5.3), slightly less than 16000/30, and so drifts by a frame every 53 s. Here the
window of frame k is centred at round(k * 16000 / fps), which works at any frame rate and never drifts (paper notes,
point 10).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor, Future
from functools import lru_cache

import numpy as np

from .. import blas
from .audio import SAMPLE_RATE_HZ

N_MELS = 64
N_FFT = 1024
FLOOR_DB = -80.0
"""Level of silence. A fixed floor, so that a frame never depends on how loud the rest of the file is."""

_CHUNK = 256  # frames per matrix product; always this many, so that no frame depends on how many there are in all

_BEGUN = 3
"""Parts that wait for a helper at most: the memory of a few, whatever the length."""

_NARROW_BANDS = 40  # those below 2.5 kHz


def frame_centres(first: int, n_frames: int, fps: float) -> np.ndarray:
    """Index of the sample at the middle of each frame's window, (n_frames,) int64."""
    return np.floor(np.arange(first, first + n_frames) * (SAMPLE_RATE_HZ / fps) + 0.5).astype(np.int64)


def log_mel(blocks: Iterable[np.ndarray], n_frames: int, fps: float) -> np.ndarray:
    """Mel power in decibels, (n_frames, 64) float32; see `log_mel_parts`."""
    return np.concatenate([np.empty((0, N_MELS), np.float32), *log_mel_parts(blocks, n_frames, fps)])


def log_mel_parts(
    blocks: Iterable[np.ndarray], n_frames: int, fps: float, helpers: Executor | None = None
) -> Iterator[np.ndarray]:
    """Mel power in decibels in parts (n, 64) float32, n_frames in all, from a stream of 16 kHz mono blocks of any size.

    Hann windows of 1024 samples, 64 Slaney bands from 0 to 8 kHz, 10 log10(power), at least -80 dB. Equals
    `librosa.feature.melspectrogram` with zero padding wherever the hop is a whole number of samples. Beyond its ends
    the speech is silent. helpers: threads that make parts too, with the same bits.
    """
    begun: deque[Future[np.ndarray]] = deque()
    for windows in _windows(LogMel(fps), blocks, n_frames):
        if helpers is not None and sum(not part.done() for part in begun) < _BEGUN:
            begun.append(helpers.submit(_mel_power_db, windows))
        else:
            part = Future[np.ndarray]()
            part.set_result(_mel_power_db(windows))
            begun.append(part)
        while begun and begun[0].done():
            yield begun.popleft().result()
    for part in begun:
        yield part.result()


def _windows(mel: LogMel, blocks: Iterable[np.ndarray], n_frames: int) -> Iterator[np.ndarray]:
    for block in blocks:
        mel.add(block)
        yield from mel.take_windows(n_frames)
    yield from mel.rest_of_windows(n_frames)


class LogMel:
    """The log-mel of a recording that is still being heard. What there is of it is the same whatever comes after."""

    def __init__(self, fps: float) -> None:
        self._fps = fps
        self._buffer, self._origin = np.zeros(N_FFT // 2, np.float32), -(N_FFT // 2)
        self.n_samples = 0
        """Samples heard so far."""
        self.taken = 0
        """Frames that were taken so far."""

    def add(self, block: np.ndarray) -> None:
        """Hear the next 16 kHz mono samples, (n,) float32."""
        self._buffer = np.concatenate([self._buffer, block])
        self.n_samples += len(block)

    def known(self) -> int:
        """Of how many frames all samples have been heard."""
        about = int(max(self.n_samples - N_FFT // 2, 0) * self._fps / SAMPLE_RATE_HZ)
        near = np.arange(max(about - 2, 0), about + 3)
        ends = np.array([frame_centres(int(k), 1, self._fps)[0] for k in near]) + N_FFT // 2
        return int(near[0] + (ends <= self.n_samples).sum())

    def take(self, n_frames: int) -> Iterator[np.ndarray]:
        """Parts that are complete, in turn and once, up to frame n_frames; their samples are let go."""
        return map(_mel_power_db, self.take_windows(n_frames))

    def rest(self, n_frames: int) -> Iterator[np.ndarray]:
        """The parts from there to frame n_frames, as if silence followed. Nothing is let go."""
        return map(_mel_power_db, self.rest_of_windows(n_frames))

    def take_windows(self, n_frames: int) -> Iterator[np.ndarray]:
        """What the parts of `take` are made from, (256, 1024) each."""
        while self.taken + _CHUNK <= n_frames:
            stop = self.taken + _CHUNK
            if self.n_samples < frame_centres(stop - 1, 1, self._fps)[0] + N_FFT // 2:
                break
            yield self._samples(self.taken, stop)
            self.taken = stop
            drop = max(0, int(frame_centres(stop, 1, self._fps)[0]) - N_FFT // 2 - self._origin)
            self._buffer, self._origin = self._buffer[drop:], self._origin + drop

    def rest_of_windows(self, n_frames: int) -> Iterator[np.ndarray]:
        """What the parts of `rest` are made from, (n, 1024) each."""
        for first in range(self.taken, n_frames, _CHUNK):
            yield self._samples(first, min(first + _CHUNK, n_frames))

    def _samples(self, first: int, stop: int) -> np.ndarray:
        """The windows of frames first to stop, at most `_CHUNK`: a copy."""
        starts = frame_centres(first, stop - first, self._fps) - N_FFT // 2 - self._origin
        missing = max(0, int(starts[-1]) + N_FFT - len(self._buffer))
        buffer = np.concatenate([self._buffer, np.zeros(missing, np.float32)]) if missing else self._buffer
        return np.lib.stride_tricks.sliding_window_view(buffer, N_FFT)[starts]


def _mel_power_db(windows: np.ndarray) -> np.ndarray:
    """(n, 64) of windows (n, 1024), which are changed; computed of `_CHUNK`, whatever n."""
    n = len(windows)
    windows *= _hann()
    if n < _CHUNK:
        windows = np.concatenate([windows, np.zeros((_CHUNK - n, N_FFT), np.float32)])
    spectrum = np.fft.rfft(windows, axis=-1)
    power = (spectrum.real**2 + spectrum.imag**2).astype(np.float32, copy=False)  # twice as wide before NumPy 2
    with blas.on_one_thread():  # the bits would be those of however many there are
        mel = np.concatenate([power[:, bins] @ filters for bins, filters in _filter_parts()], axis=1)
    return np.maximum(10 * np.log10(np.maximum(mel, np.float32(1e-9))), np.float32(FLOOR_DB))[:n]


@lru_cache(maxsize=1)
def _filter_parts() -> list[tuple[slice, np.ndarray]]:
    """`mel_filters` in two parts, each with the bins that it needs: half of the numbers."""
    parts = []
    for filters in np.split(mel_filters(), [_NARROW_BANDS], axis=1):
        bins = np.flatnonzero(filters.any(axis=1))
        inside = slice(int(bins[0]), int(bins[-1]) + 1)
        parts.append((inside, np.ascontiguousarray(filters[inside])))
    return parts


@lru_cache(maxsize=1)
def _hann() -> np.ndarray:
    return (0.5 - 0.5 * np.cos(2 * np.pi * np.arange(N_FFT) / N_FFT)).astype(np.float32)


@lru_cache(maxsize=1)
def mel_filters() -> np.ndarray:
    """(513, 64) float32 triangular filters of unit area on the Slaney mel scale, 0 to 8 kHz.

    Slaney 1998, Auditory Toolbox.
    """
    edges = _mel_to_hz(np.linspace(0, _hz_to_mel(SAMPLE_RATE_HZ / 2), N_MELS + 2))
    bins = np.linspace(0, SAMPLE_RATE_HZ / 2, N_FFT // 2 + 1)[:, None]
    low, mid, high = edges[:-2], edges[1:-1], edges[2:]
    triangles = np.maximum(0, np.minimum((bins - low) / (mid - low), (high - bins) / (high - mid)))
    return (triangles * (2 / (high - low))).astype(np.float32)


# The Slaney scale is linear to 1 kHz (200/3 Hz a mel) and logarithmic above (27 mels for a factor of 6.4).
_BREAK_HZ, _BREAK_MEL, _LOG_STEP = 1000.0, 15.0, np.log(6.4) / 27


def _hz_to_mel(hz: float) -> float:
    return hz * 3 / 200 if hz < _BREAK_HZ else _BREAK_MEL + np.log(hz / _BREAK_HZ) / _LOG_STEP


def _mel_to_hz(mel: np.ndarray) -> np.ndarray:
    return np.where(mel < _BREAK_MEL, mel * 200 / 3, _BREAK_HZ * np.exp((mel - _BREAK_MEL) * _LOG_STEP))
