"""Recordings as mono samples with random access, read on a thread that must not block the interface.

Plain WAV files are read here, and everything else by Blender's decoder, `aud`. Without it (PyPI's bpy 4.2, Debian's
4.3) the core reads the file.
"""

from __future__ import annotations

import tempfile
import threading
import wave
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from ..a2g_core.errors import AudioError, Cancelled
from ..a2g_core.files import is_file
from ..a2g_core.speech.audio import cancelled, decode_pcm, open_speech
from ..a2g_core.speech.headers import check_header
from ..a2g_core.speech.levels import Levels, to_mono
from .pieces import Unsure, aud, in_one_go, in_pieces, sample_rate

_BLOCK = 1 << 18  # samples read at a time
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

    folder: that of a temporary file, kept as long as this object. notes: what the artist should know.
    """

    def __init__(self, path: Path, name: str, folder: tempfile.TemporaryDirectory[str] | None = None) -> None:
        try:
            with wave.open(str(path), "rb") as file:
                self._channels, self._width, rate_hz, length = file.getparams()[:4]
        except RuntimeError as error:  # a chunk that ends beyond the file
            raise wave.Error("not plain PCM") from error
        # A recorder that lost power leaves 0 as the length: `aud` reads on.
        if self._width not in (1, 2, 3, 4) or rate_hz <= 0 or self._channels < 1 or length == 0:
            raise wave.Error("not plain PCM")
        # A program that wrote into a pipe leaves the largest number as the length. The file's header is counted too, as
        # silence at the end: takes that were made with it know their speech by its length.
        self._length = min(length, path.stat().st_size // (self._width * self._channels))
        self._path, self._name, self._folder = path, name, folder
        self._channel: int | None = None
        self.rate_hz, self.notes = int(rate_hz), tuple[AudioError, ...]()

    def length(self, should_cancel: Callable[[], bool] | None = None) -> int:
        """How many samples there are."""
        return self._length

    def prepare(self, stop: int, should_cancel: Callable[[], bool] | None = None) -> None:
        """Decide, by the samples up to here, which channel is heard: `read` only after this. Raises Cancelled."""
        levels = Levels()
        for first in range(0, min(stop, self._length) if self._channels > 1 else 0, _BLOCK):
            _check(should_cancel)
            levels.add(self._read(first, min(first + _BLOCK, stop, self._length)))
        self._channel = levels.channel()
        self.notes = () if self._channel is None else (cancelled(self._name),)

    def read(self, first: int, stop: int) -> np.ndarray:
        """Samples [first, stop), (stop - first,) float32; zeros outside the file."""
        samples = np.zeros(stop - first, np.float32)
        begin, end = max(first, 0), min(stop, self._length)
        if begin < end:
            found = to_mono(self._read(begin, end), self._channel)
            samples[begin - first : begin - first + len(found)] = found
        return samples

    def _read(self, begin: int, end: int) -> np.ndarray:
        """(n, channels)."""
        # Opened each time, so that the artist can replace the file meanwhile.
        with wave.open(str(self._path), "rb") as file:
            file.setpos(begin)
            raw = file.readframes(end - begin)
        whole = len(raw) // (self._width * self._channels) * self._width * self._channels
        return decode_pcm(raw[:whole], self._width).reshape(-1, self._channels)


Decoder = Callable[[int | None], Iterator[np.ndarray]]
"""Decodes a recording from its start, in blocks (n, channels). Given the channel that is heard."""


class Spool:
    """Mono samples of what can only be decoded from the start; what has been decoded is kept in a temporary file.

    decoders: the next one is used when one is Unsure. Any thread may read: a lock is held while more is decoded.
    notes: what the artist should know.
    """

    def __init__(
        self,
        rate_hz: int,
        name: str,
        decoders: Sequence[Decoder],
        folder: tempfile.TemporaryDirectory[str] | None = None,
        notes: tuple[AudioError, ...] = (),
    ) -> None:
        self.rate_hz, self.notes = rate_hz, notes
        self._name, self._decoders, self._folder = name, list(decoders), folder
        self._file = tempfile.TemporaryFile(prefix="a2g-")  # noqa: SIM115 (closed, and so removed, with this object)
        self._lock = threading.Lock()
        self._start(None)

    def length(self, should_cancel: Callable[[], bool] | None = None) -> int:
        """How many samples there are; decodes everything. Raises Cancelled."""
        with self._lock:
            while not self._is_complete:
                _check(should_cancel)
                self._decode_more()
            return self._length

    def prepare(self, stop: int, should_cancel: Callable[[], bool] | None = None) -> None:
        """Decide, by the samples up to here, which channel is heard: `read` only after this. Raises Cancelled."""
        with self._lock:
            self._decode(stop, should_cancel)
            channel = self._levels.channel()
            if channel is not None and self._channel is None:
                self.notes = (*self.notes, cancelled(self._name))
                self._start(channel)
                self._decode(stop, should_cancel)

    def read(self, first: int, stop: int) -> np.ndarray:
        """Samples [first, stop), (stop - first,) float32; zeros outside the recording."""
        samples = np.zeros(stop - first, np.float32)
        with self._lock:
            self._decode(stop, None)
            begin, end = max(first, 0), min(stop, self._length)
            if begin < end:
                self._file.seek(2 * begin)
                raw = np.frombuffer(self._file.read(2 * (end - begin)), "<i2")
                samples[begin - first : end - first] = raw * np.float32(_FULL_SCALE / 32767)
        return samples

    def _start(self, channel: int | None) -> None:
        self._channel, self._blocks = channel, self._decoders[0](channel)
        self._length, self._is_complete, self._levels = 0, False, Levels()

    def _decode(self, stop: int, should_cancel: Callable[[], bool] | None) -> None:
        while self._length < stop and not self._is_complete:
            _check(should_cancel)
            self._decode_more()

    def _decode_more(self) -> None:
        try:
            block = next(self._blocks, None)
        except Unsure:
            del self._decoders[0]
            self._start(self._channel)
            return
        if block is None:
            self._is_complete = True
            return
        self._levels.add(block)
        self._file.seek(2 * self._length)
        scaled = np.clip(np.nan_to_num(to_mono(block, self._channel)) / _FULL_SCALE, -1, 1) * 32767
        self._file.write(np.rint(scaled).astype("<i2").tobytes())
        self._length += len(block)


def _check(should_cancel: Callable[[], bool] | None) -> None:
    if should_cancel is not None and should_cancel():
        raise Cancelled


def open_recording(recording: Recording) -> WaveFile | Spool:
    """Access to a recording's samples. Raises AudioError if it is missing or cannot be read."""
    if recording.packed is None:
        if not is_file(recording.path):
            raise AudioError("there is no file '{path}'", "find it with Find Speech File", path=recording.path)
        return _open_file(recording.path, recording.name, None)
    folder = tempfile.TemporaryDirectory(prefix="a2g-")
    unpacked = Path(folder.name) / f"speech{recording.path.suffix}"
    unpacked.write_bytes(recording.packed)
    return _open_file(unpacked, recording.name, folder)


def _open_file(path: Path, name: str, folder: tempfile.TemporaryDirectory[str] | None) -> WaveFile | Spool:
    header = check_header(path, name)
    if header is not None and header.kind == "wav":
        try:
            return WaveFile(path, name, folder)
        except (wave.Error, EOFError):
            pass
    if aud is None:
        speech = open_speech(path)
        return Spool(speech.rate_hz, name, [lambda _: (mono[:, None] for mono in speech.mono())], folder, speech.notes)
    rate_hz = sample_rate(path, name)
    decoders = (lambda channel: in_pieces(path, rate_hz, channel), lambda _: in_one_go(path, rate_hz))
    return Spool(rate_hz, name, decoders, folder)
