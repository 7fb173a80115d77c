"""Mixes recordings on one timeline: where each is heard, at which speed and how loud."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from math import ceil

import numpy as np

from ..a2g_core.errors import AudioError
from ..a2g_core.speech.audio import Speech
from .decode import Recording, Spool, WaveFile, open_recording

_BLOCK = 1 << 15  # samples mixed at a time; NumPy holds the GIL meanwhile
_TAPS, _PHASES = 32, 512


@dataclass(frozen=True)
class Retiming:
    """A sound strip's retiming. keys: (seconds after the content's start, share of the content played), ascending.

    The content is as long as the recording, rounded to whole frames, minus lost_frames.
    """

    keys: tuple[tuple[float, float], ...]
    fps: float
    lost_frames: int


@dataclass(frozen=True)
class Clip:
    """A recording on the timeline; all times are in seconds from the speech's start.

    start_s, end_s: where it is heard. content_s: where its first sample would fall, heard or not. volume: (time,
    factor), ascending, interpolated linearly.
    """

    recording: Recording
    start_s: float
    end_s: float
    content_s: float
    volume: tuple[tuple[float, float], ...] = ((0.0, 1.0),)
    retiming: Retiming | None = None


@dataclass(frozen=True)
class _Run:
    """Samples [first, stop) of the mix play a recording from its sample `content` on, `step` samples for each."""

    source: WaveFile | Spool
    first: int
    stop: int
    content: float
    step: float
    volume: tuple[tuple[float, float], ...]


def open_clips(
    clips: tuple[Clip, ...], duration_s: float | None, should_cancel: Callable[[], bool] | None = None
) -> Speech:
    """The clips as one mono speech at the highest of their sample rates. Raises AudioError, Cancelled.

    duration_s: None for the whole of the only clip.
    """
    sources = {recording: open_recording(recording) for recording in dict.fromkeys(clip.recording for clip in clips)}
    rate_hz = max(source.rate_hz for source in sources.values())
    if duration_s is None:
        length = sources[clips[0].recording].length(should_cancel)
        if length == 0:
            raise AudioError("'{name}' has no samples", "choose another recording", name=clips[0].recording.name)
        duration_s = length / rate_hz
        clips = (Clip(clips[0].recording, 0.0, duration_s, 0.0),)
    runs = [run for clip in clips for run in _runs(clip, sources[clip.recording], rate_hz, should_cancel)]
    for source in sources.values():
        ends = (run.content + (run.stop - run.first) * run.step for run in runs if run.source is source)
        source.prepare(ceil(max(ends, default=0)) + _TAPS, should_cancel)
    total = round(duration_s * rate_hz)

    def read() -> Iterator[np.ndarray]:
        for first in range(0, total, _BLOCK):
            block = np.zeros(min(_BLOCK, total - first), np.float32)
            for run in runs:
                _add(block, first, run, rate_hz)
            yield block[:, None]

    notes = itertools.chain.from_iterable(source.notes for source in sources.values())
    return Speech(duration_s, rate_hz, read, notes=tuple(notes))


def pace(clip: Clip, length_s: float) -> list[tuple[float, float]]:
    """(Seconds of the speech, of the recording) at which a retimed clip changes its speed; length_s: the recording's.

    ValueError for a clip that is not retimed.
    """
    retiming = clip.retiming
    if retiming is None:
        raise ValueError(f"'{clip.recording.name}' is not retimed")
    n_frames = max(round(length_s * retiming.fps) - retiming.lost_frames, 1)
    return [(clip.content_s + t, part * n_frames / retiming.fps) for t, part in retiming.keys]


def _runs(
    clip: Clip, source: WaveFile | Spool, rate_hz: int, should_cancel: Callable[[], bool] | None
) -> Iterator[_Run]:
    first, stop = round(clip.start_s * rate_hz), round(clip.end_s * rate_hz)
    step = source.rate_hz / rate_hz
    if clip.retiming is None:
        content = -round(clip.content_s * rate_hz)
        if first < stop:
            yield _Run(source, first, stop, (first + content) * step, step, clip.volume)
        return
    keys = pace(clip, source.length(should_cancel) / source.rate_hz)
    for (t0, content_0), (t1, content_1) in itertools.pairwise(keys):
        if t1 <= t0:
            continue
        speed = (content_1 - content_0) / (t1 - t0)
        begin, end = max(first, round(t0 * rate_hz)), min(stop, round(t1 * rate_hz))
        # A frozen frame is silent.
        if begin < end and speed > 1e-6:
            start = (content_0 + speed * (begin / rate_hz - t0)) * source.rate_hz
            yield _Run(source, begin, end, start, speed * step, clip.volume)


def _add(block: np.ndarray, first: int, run: _Run, rate_hz: int) -> None:
    begin, end = max(run.first, first), min(run.stop, first + len(block))
    if begin >= end:
        return
    content = run.content + (begin - run.first) * run.step
    if run.step == 1.0 and content == int(content):
        samples = run.source.read(int(content), int(content) + end - begin)
    else:
        samples = _resample(run.source, content + np.arange(end - begin) * run.step, min(1.0, 1 / run.step))
    times, factors = zip(*run.volume, strict=True)
    if set(factors) != {1.0}:
        samples = samples * np.interp(np.arange(begin, end) / rate_hz, times, factors).astype(np.float32)
    block[begin - first : end - first] += samples


def _resample(source: WaveFile | Spool, places: np.ndarray, cutoff: float) -> np.ndarray:
    """Samples (n,) at fractional places (n,), by a windowed sinc. cutoff: share of the Nyquist frequency."""
    table = _sincs(round(cutoff, 3))
    whole = np.floor(places).astype(np.int64)
    phase = np.rint((places - whole) * _PHASES).astype(np.int64)
    before = _TAPS // 2 - 1
    samples = source.read(int(whole[0]) - before, int(whole[-1]) + _TAPS - before)
    windows = np.lib.stride_tricks.sliding_window_view(samples, _TAPS)
    return np.einsum("ij,ij->i", windows[whole - whole[0]], table[phase])


@lru_cache(maxsize=64)
def _sincs(cutoff: float) -> np.ndarray:
    """Filters (phases + 1, taps) float32, one for each fraction of a sample."""
    x = np.arange(_TAPS)[None, :] - (_TAPS // 2 - 1) - np.linspace(0, 1, _PHASES + 1)[:, None]
    window = np.i0(8.0 * np.sqrt(np.clip(1 - (x / (_TAPS / 2)) ** 2, 0, 1))) / np.i0(8.0)
    return (cutoff * np.sinc(cutoff * x) * window).astype(np.float32)
