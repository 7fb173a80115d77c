"""Speech from any source, as a stream of 16 kHz mono blocks.

Needs NumPy and the standard library; uses soundfile where it is installed. Recordings of any length pass through in
bounded memory, and the same samples give the same bytes however they were split into blocks.

What a header says of a recording's length is never believed: a file is decoded once when it is opened, and its length
is what was read.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from ..errors import AudioError
from ..files import is_file
from . import ffmpeg, libsndfile
from .ffmpeg import find_ffmpeg as find_ffmpeg
from .headers import PCM, Header, check_header, check_rate
from .levels import Levels, to_mono
from .resampling import resample as resample

SAMPLE_RATE_HZ = 16000
"""Sample rate of everything the model hears (sec. 5.3)."""
SOUND_ENDINGS = (".wav", ".flac", ".mp3", ".ogg", ".opus", ".m4a")
"""Endings that count as sound files when a folder is searched; `open_speech` reads others too."""

_LOUDEST = 1e10  # full scale is 1; that of 32-bit integers taken for floats 2e9
_BLOCK = 1 << 18  # samples read from a file at a time
_KEPT_BYTES = 1 << 25  # a recording of no more samples, as 8 minutes at 16 kHz, is not decoded a second time
_LONGER_S = 0.1  # what another decoder must find beyond the end
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Speech:
    """A recording.

    read: begins again, and yields float blocks (samples, channels) at rate_hz. channel: the one that is
    heard; None for the mean of all. notes: what the listener should know, such as that a part is missing.
    """

    duration_s: float
    rate_hz: int
    read: Callable[[], Iterator[np.ndarray]] = field(repr=False)
    channel: int | None = None
    notes: tuple[AudioError, ...] = ()

    @classmethod
    def from_samples(cls, samples: np.ndarray, rate_hz: int) -> Speech:
        """Speech in memory: (n,) or (n, channels), floats in about -1 to 1. AudioError for other shapes and rates."""
        samples = np.asarray(samples, dtype=np.float32)
        if samples.ndim not in (1, 2) or 0 in samples.shape[1:]:
            raise AudioError(f"speech has shape {samples.shape}", "give (samples,) or (samples, channels)")
        samples = samples[:, None] if samples.ndim == 1 else samples
        check_rate(rate_hz, "the speech")
        cuts = range(0, len(samples), _BLOCK)
        return cls._measured(lambda: (samples[i : i + _BLOCK] for i in cuts), int(rate_hz), "the speech")

    @classmethod
    def _measured(cls, read: Callable[[], Iterator[np.ndarray]], rate_hz: int, name: str) -> Speech:
        """Of what `read` yields, all of which is read once, and kept if it is short."""
        levels, kept, n_bytes = Levels(), list[np.ndarray](), 0
        for block in read():
            levels.add(block)
            n_bytes += block.nbytes
            kept.append(block)
            if n_bytes > _KEPT_BYTES:
                kept.clear()
        channel = levels.channel()
        again = read if n_bytes > _KEPT_BYTES else kept.__iter__
        return cls(levels.count / rate_hz, rate_hz, again, channel, () if channel is None else (cancelled(name),))

    def mono(self) -> Iterator[np.ndarray]:
        """Blocks (n,) float32 at rate_hz; AudioError at the first sample that is not finite, or far too large."""
        for block in self.read():
            mono = to_mono(block, self.channel)
            if not -_LOUDEST <= mono.min(initial=0) <= mono.max(initial=0) <= _LOUDEST:  # not a number is in no order
                raise AudioError(
                    "the speech contains samples that are not finite or far too large", "export the recording again"
                )
            yield mono

    def blocks(self) -> Iterator[np.ndarray]:
        """16 kHz mono float32 blocks; AudioError as `mono`."""
        return resample(self.mono(), self.rate_hz, SAMPLE_RATE_HZ)


def cancelled(name: str) -> AudioError:
    """The note that only one of a recording's channels is heard."""
    return AudioError(
        "the channels of '{name}' cancel each other out, so that only the loudest one is heard",
        "invert the other one to hear both", name=name,
    )  # fmt: skip


def open_speech(path: str | Path) -> Speech:
    """Speech from a file: any format soundfile reads, PCM WAV without it, anything else through ffmpeg if installed.

    What its notes say is also logged, as a warning. Raises AudioError for what cannot be read, and for sample rates
    outside 1000 to 768000 Hz.
    """
    path = Path(path)
    if not is_file(path):
        raise AudioError(f"there is no file '{path}'", "check the path of the speech")
    if path.stat().st_size == 0:
        raise AudioError(f"'{path.name}' is empty", "export the recording again")
    header = check_header(path, path.name)
    speech = _open_soundfile(path) or _open_wave(path, header) or _open_ffmpeg(path)
    if speech.duration_s <= 0:
        raise AudioError(f"'{path.name}' has no samples", "choose a recording that is not empty")
    for note in speech.notes:
        _log.warning("a2g: %s", note)
    return speech


def _open_soundfile(path: Path) -> Speech | None:
    """None if soundfile is missing or cannot read the file to its end, or if ffmpeg finds more in it."""
    sound = libsndfile.open_sound(path)
    if sound is None:
        return None
    check_rate(sound.rate_hz, path.name)
    try:
        speech = Speech._measured(sound.read, sound.rate_hz, path.name)
    except AudioError:
        return None
    count = round(speech.duration_s * sound.rate_hz)
    if sound.is_whole(count):
        return speech
    program = find_ffmpeg()
    if program is not None:
        try:
            decoded = ffmpeg.decode(program, path)
        except AudioError:
            decoded = None
        # Only what soundfile lacks is a reason: the same sound, decoded by another program, has other last bits.
        if decoded and (decoded.silences or decoded.count / decoded.rate_hz > speech.duration_s + _LONGER_S):
            return _of_ffmpeg(path, decoded)
    if count >= sound.stated and program is None:
        return replace(speech, notes=(*speech.notes, _goes_on(path, speech.duration_s)))
    if count < sound.stated - _LONGER_S * sound.rate_hz and sound.states_length():
        return replace(speech, notes=(*speech.notes, _is_cut(path, speech.duration_s, sound.stated / sound.rate_hz)))
    return speech


def _goes_on(path: Path, found_s: float) -> AudioError:
    return AudioError(
        f"'{path.name}' goes on after {found_s:.1f} s, where reading it ends", "install ffmpeg to hear all of it"
    )


def _is_cut(path: Path, found_s: float, stated_s: float) -> AudioError:
    return AudioError(
        f"'{path.name}' should last {stated_s:.1f} s, but only {found_s:.1f} s of it are there",
        "copy or export it again if its end is missing",
    )


def _open_ffmpeg(path: Path) -> Speech:
    program = find_ffmpeg()
    if program is None:
        raise AudioError(
            f"'{path.name}' cannot be read as audio here", "install ffmpeg for more formats, or convert it to WAV"
        )
    return _of_ffmpeg(path, ffmpeg.decode(program, path))


def _of_ffmpeg(path: Path, decoded: ffmpeg.Decoded) -> Speech:
    notes = [cancelled(path.name)] if decoded.is_one_channel else []
    if decoded.damage:
        notes.append(
            AudioError(
                f"'{path.name}' is damaged ({decoded.damage}), and what could be read of it is used",
                "copy or export it again if something is missing",
            )
        )
    return Speech(decoded.count / decoded.rate_hz, decoded.rate_hz, decoded.read, None, tuple(notes))


def _open_wave(path: Path, header: Header | None) -> Speech | None:
    """None for anything but plain PCM."""
    if header is None or header.kind != "wav" or header.encoding != PCM or header.bits not in (8, 16, 24, 32):
        return None
    width, channels, (start, size) = header.bits // 8, header.channels, header.data

    def read() -> Iterator[np.ndarray]:
        frame = width * channels
        with open(path, "rb") as file:
            file.seek(start)
            left = size // frame
            while left and (raw := file.read(min(left, max(_BLOCK // channels, 1)) * frame)):
                whole = len(raw) // frame
                yield decode_pcm(raw[: whole * frame], width).reshape(-1, channels)
                left -= whole if whole else left

    return Speech._measured(read, int(header.rate_hz), path.name)


def decode_pcm(raw: bytes, width: int) -> np.ndarray:
    """Little-endian PCM of 1 (unsigned) to 4 bytes per sample, to float32 in -1 to 1."""
    if width == 1:
        return (np.frombuffer(raw, np.uint8).astype(np.float32) - 128) / 128
    padded = np.zeros((len(raw) // width, 4), np.uint8)
    padded[:, 4 - width :] = np.frombuffer(raw, np.uint8).reshape(-1, width)
    return padded.view("<i4")[:, 0].astype(np.float32) / 2**31
