"""Decodes a file with Blender's `aud`, which holds the GIL while it decodes (60 s of MP3: 0.1 s).

So a file is decoded in short pieces where its structure says that seeking works, and in one go elsewhere: that holds
up the interface (an hour of AAC: 5 s), and is what Blender plays. Seeking is inexact in MP3, OGG and M4A: it is off by
up to a block of the codec, and the samples that follow are wrong for a while. So each piece starts early and is aligned
with the one before it where both sound the same.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from ..a2g_core.errors import AudioError
from ..a2g_core.speech.headers import check_header, check_rate, damaged
from ..a2g_core.speech.levels import to_mono
from .layouts import seekable_length
from .mp3 import Mp3Parts

try:
    # Not a plain import: its stubs know neither how a Sound is made nor that `error` is an exception.
    aud: Any = importlib.import_module("aud")
except ImportError:  # Blender was built without it, or for another version of NumPy
    aud = None

_PIECE_S = 4.0
_LEAD_S = 0.5  # after a seek, Opus is wrong for 0.33 s, MP3 for 0.06 s
_ANCHOR, _REACH = 4096, 4096  # samples that are compared, and how far off a seek may be
_LACKING = 3 * _REACH  # a piece whose seek came out late is as much shorter
_ANCHOR_AGE_S = 20.0
_IS_LOUD = 0.05  # of the loudest stretch's power
_MATCHES = 0.3  # power of the difference over the anchor's: M4A synthesises new noise after each seek
_MOST_SAMPLES = 2**31 - 2  # `aud` counts in C's int
_MOST_CHANNELS, _MOST_VORBIS_CHANNELS = 64, 8


class Unsure(Exception):
    """What was decoded in pieces may not be what Blender plays."""


def sample_rate(path: Path, name: str) -> int:
    """The rate that `aud` decodes a file at. Raises AudioError for what it cannot read, or must not see.

    A header that lies can end Blender, so it is read here first. Nothing is decoded before its rate is known, which
    `data` does not survive in 4.5 and 5.0 for a file that cannot be read.
    """
    header = check_header(path, name)
    if header is not None:
        most = _MOST_VORBIS_CHANNELS if header.kind == "ogg" else _MOST_CHANNELS
        if header.channels > most or header.found_channels not in (0, header.channels):
            raise damaged(name)
    try:
        rate_hz, channels = aud.Sound(str(path)).specs
    except aud.error as error:
        raise AudioError("'{name}' is not audio that Blender can read", "convert it to WAV", name=name) from error
    check_rate(rate_hz, name)
    if not 1 <= channels <= _MOST_CHANNELS:
        raise damaged(name)
    return int(rate_hz)


def in_pieces(path: Path, rate_hz: int, channel: int | None = None) -> Iterator[np.ndarray]:
    """Blocks (n, channels) float32. Raises Unsure, at the end too: then what was yielded is void.

    channel: the one by which pieces are aligned; None for the mean of all.
    """
    parts = Mp3Parts(path) if path.suffix.lower() == ".mp3" else None
    wanted = seekable_length(path, rate_hz) if parts is None else parts.length
    if wanted is None:
        raise Unsure
    length, slack = wanted
    for block in _join(_fetcher(path, rate_hz, parts), rate_hz, channel):
        yield block
        length -= len(block)
    if abs(length) > slack:
        raise Unsure


def in_one_go(path: Path, rate_hz: int, at_once_s: float = 600.0) -> Iterator[np.ndarray]:
    """Blocks (n, channels) float32. Raises AudioError.

    Always from the start, and as far as is asked for: at_once_s, then twice as much, and so on.
    """
    first, end, step = 0, round(at_once_s * rate_hz), round(_PIECE_S * rate_hz)
    try:
        while True:
            end = min(end, _MOST_SAMPLES)
            # Never without an end: `aud` reserves memory for what the header states.
            whole = aud.Sound(str(path)).limit(0, (end + 0.5) / rate_hz).cache()
            for place in range(first, whole.length, step):
                yield _samples(whole, place, place + step, rate_hz)
            if whole.length < end or end == _MOST_SAMPLES:
                return
            first, end = whole.length, 2 * end
    except aud.error as error:
        raise AudioError("'{name}' cannot be read to its end", "convert it to WAV", name=path.name) from error


def _fetcher(path: Path, rate_hz: int, parts: Mp3Parts | None) -> Callable[[int, int], np.ndarray]:
    """A function of (first, stop) that decodes approximately these samples, and fewer at the recording's end."""

    def fetch(first: int, stop: int) -> np.ndarray:
        source, begin = (path, 0) if parts is None else parts.find(first)
        try:
            return _samples(aud.Sound(str(source)), first - begin, stop - begin, rate_hz)
        except aud.error as error:
            raise Unsure from error

    return fetch


def _samples(sound: Any, first: int, stop: int, rate_hz: int) -> np.ndarray:
    # Half a sample late, since times are truncated to whole samples; at 0 there is nothing to seek.
    start_s, end_s = ((n + 0.5) / rate_hz if n > 0 else 0.0 for n in (first, stop))
    # `cache` first: it raises an error where `data` would end Blender.
    found: np.ndarray = sound.limit(start_s, end_s).cache().data()
    return found


def _join(fetch: Callable[[int, int], np.ndarray], rate_hz: int, channel: int | None) -> Iterator[np.ndarray]:
    """The recording from its start, in blocks: overlapping pieces, aligned. Raises Unsure."""
    piece, lead = round(_PIECE_S * rate_hz), round(_LEAD_S * rate_hz)
    block, position, shift = fetch(0, piece), 0, 0
    anchor, anchor_at = np.zeros(0, np.float32), 0
    is_last = len(block) < piece - _LACKING
    while len(block):
        yield block
        mono = to_mono(block, channel)
        if found := _find_anchor(mono):
            anchor, anchor_at = mono[found - _ANCHOR : found], position + found - _ANCHOR
        position += len(block)
        if is_last:
            return
        is_near = len(anchor) and position - anchor_at < _ANCHOR_AGE_S * rate_hz
        first = max((anchor_at if is_near else position) - _REACH - lead, 0)
        stop = position + piece
        samples = fetch(first, stop)
        is_last = len(samples) < stop - first - _LACKING
        if is_near:
            shift = _find_shift(to_mono(samples, channel), anchor, anchor_at - first, shift)
        block = samples[max(position - first - shift, 0) :]


def _find_anchor(block: np.ndarray) -> int:
    """Index where the last loud stretch of a block ends; 0 if there is none."""
    count = len(block) // _ANCHOR
    if count == 0:
        return 0
    stretches = block[len(block) - count * _ANCHOR :].reshape(count, _ANCHOR)
    power = np.einsum("ij,ij->i", stretches, stretches)
    if power.max() < 1e-4:
        return 0
    last = int(np.flatnonzero(power >= _IS_LOUD * power.max())[-1])
    return len(block) - (count - 1 - last) * _ANCHOR


def _find_shift(samples: np.ndarray, anchor: np.ndarray, expected: int, before: int) -> int:
    """How many samples a seek was late: the anchor is at index expected - shift. Raises Unsure if it is not found.

    before: the shift of the piece before.
    """
    first = max(expected - _REACH, 0)
    window = samples[first : expected + _REACH + len(anchor)]
    if len(window) < len(anchor):
        raise Unsure
    size = 1 << int(np.ceil(np.log2(len(window) + len(anchor))))
    product = np.fft.irfft(np.fft.rfft(window, size) * np.conj(np.fft.rfft(anchor, size)), size)
    count = len(window) - len(anchor) + 1
    energy = np.concatenate([[0.0], np.cumsum(np.square(window, dtype=np.float64))])
    own = float(np.square(anchor, dtype=np.float64).sum())
    rest = (energy[len(anchor) :][:count] - energy[:count] - 2 * product[:count] + own) / own
    if rest.min() > _MATCHES:
        raise Unsure
    # Where several places fit equally well (a steady tone), the one closest to the shift before.
    good = np.flatnonzero(rest <= rest.min() + 1e-4)
    shifts = expected - first - good
    return int(shifts[np.abs(shifts - before).argmin()])
