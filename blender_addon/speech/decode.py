"""Recordings as mono samples with random access, read on a thread that must not block the interface.

Blender's decoder `aud` reads whatever Blender plays, but holds the GIL while it decodes (60 s of MP3: 0.1 s). So plain
WAV files are read here, and everything else is decoded in short pieces. Seeking is inexact in MP3, OGG and M4A: it is
off by up to a block of the codec, and the samples that follow are wrong for a while. So each piece starts early and is
aligned with the one before it where both sound the same. Without `aud` (PyPI's bpy 4.2, Debian's 4.3) the core reads
the file.
"""

from __future__ import annotations

import importlib
import tempfile
import threading
import wave
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from ..a2g_core.errors import AudioError, Cancelled
from ..a2g_core.speech.audio import decode_pcm, open_speech
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
_FULL_SCALE = 2.0  # decoded MP3 exceeds 1


@dataclass(frozen=True)
class Recording:
    """What to decode: a file, or the bytes of a packed one. digest: equal only for the same recording."""

    digest: tuple[object, ...]
    name: str = field(compare=False)
    path: Path = field(compare=False)
    packed: bytes | None = field(default=None, compare=False, repr=False)


class WaveFile:
    """Mono samples of a plain WAV file, read on demand. Raises wave.Error or EOFError for any other file.

    folder: that of a temporary file, kept as long as this object.
    """

    def __init__(self, path: Path, folder: tempfile.TemporaryDirectory[str] | None = None) -> None:
        with wave.open(str(path), "rb") as file:
            self._channels, self._width, self.rate_hz, length = file.getparams()[:4]
        if self._width not in (1, 2, 3, 4) or self.rate_hz <= 0 or self._channels < 1:
            raise wave.Error("not plain PCM")
        # A program that wrote into a pipe leaves the largest number as the length.
        self._length = min(length, path.stat().st_size // (self._width * self._channels))
        self._path, self._folder = path, folder

    def length(self, should_cancel: Callable[[], bool] | None = None) -> int:
        """How many samples there are."""
        return self._length

    def read(self, first: int, stop: int) -> np.ndarray:
        """Samples [first, stop), (stop - first,) float32; zeros outside the file."""
        samples = np.zeros(stop - first, np.float32)
        begin, end = max(first, 0), min(stop, self._length)
        if begin < end:
            # Opened each time, so that the artist can replace the file meanwhile.
            with wave.open(str(self._path), "rb") as file:
                file.setpos(begin)
                raw = file.readframes(end - begin)
            whole = len(raw) // (self._width * self._channels) * self._width * self._channels
            found = to_mono(decode_pcm(raw[:whole], self._width).reshape(-1, self._channels))
            samples[begin - first : begin - first + len(found)] = found
        return samples


class Spool:
    """Mono samples of what can only be decoded from the start; what has been decoded is kept in a temporary file.

    Any thread may read: a lock is held while more is decoded.
    """

    def __init__(
        self, rate_hz: int, blocks: Iterator[np.ndarray], folder: tempfile.TemporaryDirectory[str] | None = None
    ) -> None:
        self.rate_hz, self._folder = rate_hz, folder
        self._blocks, self._length, self._is_complete = blocks, 0, False
        self._file = tempfile.TemporaryFile(prefix="a2g-")  # noqa: SIM115 (closed, and so removed, with this object)
        self._lock = threading.Lock()

    def length(self, should_cancel: Callable[[], bool] | None = None) -> int:
        """How many samples there are; decodes everything. Raises Cancelled."""
        with self._lock:
            while not self._is_complete:
                if should_cancel is not None and should_cancel():
                    raise Cancelled
                self._decode_more()
            return self._length

    def read(self, first: int, stop: int) -> np.ndarray:
        """Samples [first, stop), (stop - first,) float32; zeros outside the recording."""
        samples = np.zeros(stop - first, np.float32)
        with self._lock:
            while self._length < stop and not self._is_complete:
                self._decode_more()
            begin, end = max(first, 0), min(stop, self._length)
            if begin < end:
                self._file.seek(2 * begin)
                raw = np.frombuffer(self._file.read(2 * (end - begin)), "<i2")
                samples[begin - first : end - first] = raw * np.float32(_FULL_SCALE / 32767)
        return samples

    def _decode_more(self) -> None:
        block = next(self._blocks, None)
        if block is None:
            self._is_complete = True
            return
        self._file.seek(2 * self._length)
        scaled = np.clip(np.nan_to_num(block) / _FULL_SCALE, -1, 1) * 32767
        self._file.write(np.rint(scaled).astype("<i2").tobytes())
        self._length += len(block)


def open_recording(recording: Recording) -> WaveFile | Spool:
    """Access to a recording's samples. Raises AudioError if it is missing or cannot be read."""
    if recording.packed is None:
        if not recording.path.is_file():
            raise AudioError("there is no file '{path}'", "find it with Find Speech File", path=recording.path)
        return _open_file(recording.path, recording.name, None)
    folder = tempfile.TemporaryDirectory(prefix="a2g-")
    unpacked = Path(folder.name) / f"speech{recording.path.suffix}"
    unpacked.write_bytes(recording.packed)
    return _open_file(unpacked, recording.name, folder)


def to_mono(block: np.ndarray) -> np.ndarray:
    """(n, channels) to (n,) float32."""
    return block[:, 0].astype(np.float32) if block.shape[1] == 1 else block.mean(axis=1, dtype=np.float32)


def _open_file(path: Path, name: str, folder: tempfile.TemporaryDirectory[str] | None) -> WaveFile | Spool:
    try:
        return WaveFile(path, folder)
    except (wave.Error, EOFError):
        pass
    if aud is None:
        speech = open_speech(path)
        return Spool(speech.rate_hz, (to_mono(np.asarray(block)) for block in speech.read()), folder)
    try:
        # Ask first: `data` crashes Blender 4.5 and 5.0 for a file that cannot be read.
        rate_hz = int(aud.Sound(str(path)).specs[0])
    except aud.error as error:
        raise AudioError("'{name}' is not audio that Blender can read", "convert it to WAV", name=name) from error
    return Spool(rate_hz, _join(_fetcher(path, rate_hz), rate_hz), folder)


def _fetcher(path: Path, rate_hz: int) -> Callable[[int, int], np.ndarray]:
    """A function of (first, stop) that decodes approximately these samples, and fewer at the recording's end."""
    parts = Mp3Parts(path) if path.suffix.lower() == ".mp3" else None

    def fetch(first: int, stop: int) -> np.ndarray:
        source, begin = (path, 0) if parts is None else parts.find(first)
        # Half a sample late, since times are truncated to whole samples; at 0 there is nothing to seek.
        start_s, end_s = ((n - begin + 0.5) / rate_hz if n > begin else 0.0 for n in (first, stop))
        try:
            return to_mono(aud.Sound(str(source)).limit(start_s, end_s).data())
        except aud.error as error:
            raise AudioError("'{name}' cannot be read to its end", "convert it to WAV", name=path.name) from error

    return fetch


def _join(fetch: Callable[[int, int], np.ndarray], rate_hz: int) -> Iterator[np.ndarray]:
    """The recording from its start, in blocks: overlapping pieces, aligned."""
    piece, lead = round(_PIECE_S * rate_hz), round(_LEAD_S * rate_hz)
    block, position, shift = fetch(0, piece), 0, 0
    anchor, anchor_at = np.zeros(0, np.float32), 0
    is_last = len(block) < piece - _LACKING
    while len(block):
        yield block
        if found := _find_anchor(block):
            anchor, anchor_at = block[found - _ANCHOR : found], position + found - _ANCHOR
        position += len(block)
        if is_last:
            return
        is_near = len(anchor) and position - anchor_at < _ANCHOR_AGE_S * rate_hz
        first = max((anchor_at if is_near else position) - _REACH - lead, 0)
        stop = position + piece
        samples = fetch(first, stop)
        is_last = len(samples) < stop - first - _LACKING
        if is_near:
            shift = _find_shift(samples, anchor, anchor_at - first, shift)
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
    """How many samples a seek was late: the anchor is at index expected - shift. `before` if it is not found."""
    first = max(expected - _REACH, 0)
    window = samples[first : expected + _REACH + len(anchor)]
    if len(window) < len(anchor):
        return before
    size = 1 << int(np.ceil(np.log2(len(window) + len(anchor))))
    product = np.fft.irfft(np.fft.rfft(window, size) * np.conj(np.fft.rfft(anchor, size)), size)
    count = len(window) - len(anchor) + 1
    energy = np.concatenate([[0.0], np.cumsum(np.square(window, dtype=np.float64))])
    own = float(np.square(anchor, dtype=np.float64).sum())
    rest = (energy[len(anchor) :][:count] - energy[:count] - 2 * product[:count] + own) / own
    if rest.min() > _MATCHES:
        return before
    # Where several places fit equally well (a steady tone), the one closest to the shift before.
    good = np.flatnonzero(rest <= rest.min() + 1e-4)
    shifts = expected - first - good
    return int(shifts[np.abs(shifts - before).argmin()])
