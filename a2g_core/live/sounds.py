"""Sound as it comes: from a file, a pipe or a microphone, as a stream of 16 kHz mono blocks."""

from __future__ import annotations

import queue
import struct
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import BinaryIO

import numpy as np

from ..errors import AudioError, ConfigError
from ..files import is_file
from ..speech.audio import SAMPLE_RATE_HZ, Speech, cancelled, decode_pcm, open_speech
from ..speech.headers import check_rate
from ..speech.levels import Levels

_AT_ONCE_S = 0.1
_WAITS_S = 0.2  # until it is asked again whether to stop
_AT_ONCE, _MOST_WAITING = 1 << 14, 600
"""Bytes that are read at a time, and so many blocks that wait: a file that is poured into a pipe is not held whole."""
_PCM, _FLOAT, _EXTENSIBLE = 1, 3, 0xFFFE
_ENDLESS = 0x7FFFFFFF
"""Sizes that programs write which cannot know them, and larger."""
_LONGEST_HEAD = 1 << 10
"""Bytes of what is to be known of a recording before its sound; longer parts are about other things."""


@dataclass
class Sound:
    """A recording that may still be going on.

    read: yields its blocks (samples, channels) float at rate_hz, once. may_wait: whether it comes when it comes.
    note: what is to be said of it at its end.
    """

    rate_hz: int
    read: Callable[[], Iterator[np.ndarray]]
    name: str
    may_wait: bool = True
    count: int = 0
    """Samples so far."""
    note: str = ""

    @property
    def duration_s(self) -> float:
        """How long it has been so far."""
        return self.count / self.rate_hz

    def blocks(self, is_over: Callable[[], bool]) -> Iterator[np.ndarray]:
        """16 kHz mono float32 blocks until its end, or until is_over() says so. AudioError as `Speech.mono`.

        Of several channels the mean is heard: whether they cancel each other out is only known in the end.
        """
        levels = Levels()

        def read() -> Iterator[np.ndarray]:
            for block in self.read():
                if is_over():
                    break
                levels.add(block)
                self.count += len(block)
                yield block
            if levels.channel() is not None:
                self.note = str(cancelled(self.name))

        yield from Speech(0.0, self.rate_hz, read).blocks()


def of_file(path: Path) -> Sound:
    """A recording that is there: what `open_speech` reads, one channel where it says so. AudioError as that."""
    speech = open_speech(path)
    return Sound(speech.rate_hz, lambda: (block[:, None] for block in speech.mono()), path.name, may_wait=False)


def of_pipe(file: BinaryIO, name: str, raw_hz: int | None, channels: int) -> Sound:
    """A WAV file as it is written into a pipe; with raw_hz, 16-bit little-endian samples at that rate.

    AudioError for anything else.
    """
    if raw_hz is not None:
        check_rate(raw_hz, name)
        return Sound(raw_hz, lambda: _decoded(file, 16, _PCM, channels, None), name)
    head = file.read(12)
    if head[:4] not in (b"RIFF", b"RF64") or head[8:] != b"WAVE":
        raise AudioError(
            f"'{name}' does not begin as a WAV file", "send WAV, or say the rate of its samples with --raw"
        )
    layout: tuple[int, int, int, int] | None = None
    whole = 0  # of an RF64, whose sizes do not fit where they were
    while len(chunk := file.read(8)) == 8:
        kind, size = chunk[:4], struct.unpack("<I", chunk[4:])[0]
        if kind == b"data" and layout is not None:
            break
        body = file.read(min(size, _LONGEST_HEAD))
        _skip(file, size + size % 2 - len(body))
        if kind == b"ds64" and len(body) >= 16:
            whole = struct.unpack("<Q", body[8:16])[0]
        if kind == b"fmt " and len(body) >= 16:
            tag, n, rate = struct.unpack("<HHI", body[:8])
            bits = struct.unpack("<H", body[14:16])[0]
            tag = struct.unpack("<H", body[24:26])[0] if tag == _EXTENSIBLE and len(body) >= 26 else tag
            layout = tag, n, rate, bits
    if layout is None or len(chunk) < 8:
        raise AudioError(f"'{name}' ends before its sound begins", "send it again")
    tag, n, rate, bits = layout
    if n < 1 or (tag, bits) not in {(_PCM, 8), (_PCM, 16), (_PCM, 24), (_PCM, 32), (_FLOAT, 32), (_FLOAT, 64)}:
        raise AudioError(f"'{name}' has samples of an unknown kind", "send WAV of 16 bits")
    check_rate(rate, name)
    n_bytes = size if 0 < size < _ENDLESS else whole or None
    return Sound(rate, lambda: _decoded(file, bits, tag, n, n_bytes), name)


def _skip(file: BinaryIO, n_bytes: int) -> None:
    """Read over so many bytes, such as a picture before the sound."""
    while n_bytes > 0 and (data := file.read(min(n_bytes, _AT_ONCE))):
        n_bytes -= len(data)


def _decoded(file: BinaryIO, bits: int, tag: int, channels: int, n_bytes: int | None) -> Iterator[np.ndarray]:
    """Blocks (samples, channels) of what comes, as it comes; n_bytes: that many, or to the end."""
    frame, rest = bits // 8 * channels, b""
    read = getattr(file, "read1", file.read)
    while n_bytes is None or n_bytes > 0:
        data = read(_AT_ONCE if n_bytes is None else min(n_bytes, _AT_ONCE))
        if not data:
            return
        n_bytes = None if n_bytes is None else n_bytes - len(data)
        data = rest + data
        whole = len(data) // frame * frame
        data, rest = data[:whole], data[whole:]
        samples = decode_pcm(data, bits // 8) if tag == _PCM else np.frombuffer(data, f"<f{bits // 8}")
        yield samples.astype(np.float32).reshape(-1, channels)


def of_microphone(device: str) -> Sound:
    """What a microphone hears until it is told to stop, by the package sounddevice.

    device: its number or a part of its name; "" for the usual one. ConfigError without the package, AudioError where
    there is no such microphone.
    """
    try:
        sounddevice = import_module("sounddevice")
    except (ImportError, OSError):  # OSError: the package is there, and PortAudio is not
        raise ConfigError(
            "no microphone can be heard without the package sounddevice", "install it with 'pip install sounddevice'"
        ) from None
    which: int | str | None = int(device) if device.isdigit() else device or None
    came: queue.Queue[np.ndarray] = queue.Queue()

    def hear(block: np.ndarray, *_: object) -> None:
        came.put(block.copy())

    def open_at(rate_hz: int) -> object:
        return sounddevice.InputStream(
            device=which, channels=1, samplerate=rate_hz, dtype="float32", callback=hear,
            blocksize=round(rate_hz * _AT_ONCE_S),
        )  # fmt: skip

    try:
        try:
            rate_hz, stream = SAMPLE_RATE_HZ, open_at(SAMPLE_RATE_HZ)
        except sounddevice.PortAudioError:  # a microphone without that rate
            rate_hz = round(sounddevice.query_devices(which, "input")["default_samplerate"])
            stream = open_at(rate_hz)
    except (sounddevice.PortAudioError, ValueError) as error:
        raise _unheard(error) from None

    def read() -> Iterator[np.ndarray]:
        try:
            with stream:  # type: ignore[attr-defined]  # sounddevice has no types
                while True:
                    yield came.get()
        except sounddevice.PortAudioError as error:  # it was opened, and cannot be started
            raise _unheard(error) from None

    return Sound(rate_hz, read, "the microphone")


def _unheard(error: Exception) -> AudioError:
    return AudioError(f"the microphone cannot be heard ({error})", "choose another one with --microphone")


def of_source(source: str, raw_hz: int | None, channels: int) -> Sound:
    """What '-' (standard input), a pipe or a file says. AudioError, OSError."""
    path = Path(source)
    if source == "-":
        return of_pipe(sys.stdin.buffer, "the standard input", raw_hz, channels)
    if is_file(path) and raw_hz is None:
        return of_file(path)
    if not path.exists():
        raise AudioError(f"there is no file '{path}'", "check the path of the speech")
    return of_pipe(path.open("rb"), path.name, raw_hz, channels)


def beside(sound: Sound, is_over: Callable[[], bool]) -> Sound:
    """The same sound, read on a thread of its own, so that waiting for more of it can be given up."""
    came: queue.Queue[np.ndarray | BaseException | None] = queue.Queue(_MOST_WAITING)

    def fetch() -> None:
        try:
            for block in sound.read():
                came.put(block)
                if is_over():
                    return
        except Exception as error:  # whatever it is: somebody waits
            came.put(error)
        came.put(None)

    def read() -> Iterator[np.ndarray]:
        threading.Thread(target=fetch, daemon=True).start()
        while not is_over():
            try:
                block = came.get(timeout=_WAITS_S)
            except queue.Empty:
                continue
            if block is None:
                return
            if isinstance(block, BaseException):
                raise block
            yield block

    return Sound(sound.rate_hz, read, sound.name)
