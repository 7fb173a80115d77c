"""What the header of a sound file states, read in bounded time and memory before any decoder sees the file.

Decoders trust headers. A sample rate of 2^31 Hz ends some of them, and the program with them.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

from ..errors import AudioError

LOWEST_RATE_HZ, HIGHEST_RATE_HZ = 1000, 768000
_MOST_CHUNKS = 1000
PCM, FLOAT, A_LAW, MU_LAW, EXTENSIBLE = 1, 3, 6, 7, 0xFFFE
"""Encodings of WAV files whose samples all have the same size."""
_W64_RIFF = b"riff\x2e\x91\xcf\x11\xa5\xd6\x28\xdb\x04\xc1\x00\x00"


class Header(NamedTuple):
    """What a file states about its sound. The rate may be anything: NaN, infinite, 0.

    encoding: of WAV, the number of its format. bits: of WAV, per sample; 0 if they are padded. data: of WAV, where its
    samples start and how many bytes there are, which is never more than the file holds. found_channels: of FLAC, what
    its first frame has; 0 where that is not known.
    """

    kind: str
    rate_hz: float
    channels: int
    encoding: int = 0
    bits: int = 0
    data: tuple[int, int] = (0, 0)
    found_channels: int = 0


def read_header(path: Path) -> Header | None:
    """The header of a WAV, RF64, W64, AIFF, CAF, AU, FLAC or Ogg file; None for others and for what is cut off."""
    with open(path, "rb") as file:
        read = _READERS.get(_kind(file.read(16)))
        try:
            return None if read is None else read(file, path.stat().st_size)
        except (struct.error, IndexError):  # it ends within its header
            return None


def check_rate(rate_hz: float, name: str) -> None:
    """AudioError for a sample rate that no recording of speech has."""
    if not LOWEST_RATE_HZ <= rate_hz <= HIGHEST_RATE_HZ:
        raise AudioError(
            "'{name}' has a sample rate of {rate:g} Hz", "export it again, with a usual one such as 48000 Hz",
            name=name, rate=rate_hz,
        )  # fmt: skip


def damaged(name: str) -> AudioError:
    """The error for a header that states what no sound has."""
    return AudioError("the header of '{name}' is damaged", "export the recording again", name=name)


def check_header(path: Path, name: str) -> Header | None:
    """The header, checked. Raises AudioError for an impossible sample rate, and for a sound without channels."""
    header = read_header(path)
    if header is not None:
        check_rate(header.rate_hz, name)
        if header.channels < 1:
            raise damaged(name)
    return header


def _chunks(file: BinaryIO, file_size: int, form: str) -> Iterator[tuple[bytes, int]]:
    """(name, size) of each chunk from here on; the file stands at its content meanwhile. form: of the size."""
    for _ in range(_MOST_CHUNKS):
        name = file.read(4)
        (size,) = struct.unpack(form, file.read(struct.calcsize(form)))
        place = file.tell()
        yield name, size
        if place + size > file_size:
            return
        file.seek(place + size + size % 2)


def _wav(file: BinaryIO, file_size: int) -> Header | None:
    file.seek(12)
    stated, large = None, 0
    for name, size in _chunks(file, file_size, "<I"):
        if name == b"ds64":
            large = struct.unpack("<QQ", file.read(16))[1]
        elif name == b"fmt ":
            encoding, channels, rate, _bytes, align, bits = struct.unpack("<HHIIHH", file.read(16))
            if align != channels * ((bits + 7) // 8):
                bits = 0
            if encoding == EXTENSIBLE and size >= 40:
                encoding = struct.unpack("<8xH", file.read(10))[0]
            stated = encoding, channels, rate, bits
        elif name == b"data" and stated is not None:
            encoding, channels, rate, bits = stated
            start = file.tell()
            held = max(file_size - start, 0)
            # A recorder that lost power leaves 0, and a program that wrote into a pipe the largest number.
            size = held if size == 0 else min(large if size == 0xFFFFFFFF and large else size, held)
            return Header("wav", rate, channels, encoding, bits, (start, size))
    return None


def _w64(file: BinaryIO, file_size: int) -> Header | None:
    file.seek(40)
    for _ in range(_MOST_CHUNKS):
        head = file.read(24)
        size = struct.unpack("<16xQ", head)[0]
        if head[:4] == b"fmt ":
            encoding, channels, rate = struct.unpack("<HHI", file.read(8))
            return Header("w64", rate, channels, encoding)
        if size > file_size:
            return None
        file.seek(max(size - 24, 0) + -size % 8, 1)
    return None


def _aiff(file: BinaryIO, file_size: int) -> Header | None:
    file.seek(12)
    for name, _size in _chunks(file, file_size, ">I"):
        if name == b"COMM":
            channels, exponent, mantissa = struct.unpack(">h6xHQ", file.read(18))
            rate = float("inf") if exponent & 0x7FFF == 0x7FFF else mantissa * 2.0 ** (min(exponent, 16800) - 16446)
            return Header("aiff", -rate if exponent & 0x8000 else rate, channels)
    return None


def _caf(file: BinaryIO, file_size: int) -> Header | None:
    file.seek(8)
    for name, _size in _chunks(file, file_size, ">Q"):
        if name == b"desc":
            rate, channels = struct.unpack(">d16xI", file.read(28))
            return Header("caf", rate, channels)
    return None


def _au(file: BinaryIO, file_size: int) -> Header | None:
    file.seek(16)
    return Header("au", *struct.unpack(">II", file.read(8)))


def _flac(file: BinaryIO, file_size: int) -> Header | None:
    file.seek(18)
    packed = int.from_bytes(file.read(8), "big")
    file.seek(4)
    for _ in range(_MOST_CHUNKS):
        size = int.from_bytes(file.read(4), "big")
        file.seek(size & 0xFFFFFF, 1)
        if size >> 31:
            break
    frame = file.read(4)
    found = min(frame[3] >> 4, 7) + 1 if len(frame) == 4 and frame[0] == 0xFF and frame[1] >> 1 == 0x7C else 0
    if found and frame[3] >> 4 > 7:
        found = 2  # one of the ways to store the difference of two
    return Header("flac", packed >> 44, (packed >> 41 & 7) + 1, found_channels=found)


def _ogg(file: BinaryIO, file_size: int) -> Header | None:
    """Of a file whose first stream is Vorbis, Opus, Speex or FLAC."""
    file.seek(26)
    file.seek(27 + file.read(1)[0])
    packet = file.read(64)
    if packet.startswith(b"\x01vorbis"):
        channels, rate = struct.unpack("<BI", packet[11:16])
    elif packet.startswith(b"OpusHead"):
        channels, rate = packet[9], 48000  # whatever rate it states, Opus decodes to this one
    elif packet.startswith(b"Speex   "):
        rate, channels = struct.unpack("<I8xI", packet[36:52])
    elif packet.startswith(b"\x7fFLAC"):
        bits = int.from_bytes(packet[27:35], "big")
        channels, rate = (bits >> 41 & 7) + 1, bits >> 44
    else:
        return None
    return Header("ogg", rate, channels)


_READERS: dict[str, Callable[[BinaryIO, int], Header | None]] = {
    "wav": _wav, "w64": _w64, "aiff": _aiff, "caf": _caf, "au": _au, "flac": _flac, "ogg": _ogg,
}  # fmt: skip


def _kind(start: bytes) -> str:
    """What a file is that starts with these bytes; "" for what has no reader here."""
    if start[:4] in (b"RIFF", b"RF64", b"BW64") and start[8:12] == b"WAVE":
        return "wav"
    if start[:4] == b"FORM" and start[8:12] in (b"AIFF", b"AIFC"):
        return "aiff"
    kinds = {_W64_RIFF: "w64", b"caff": "caf", b".snd": "au", b"fLaC": "flac", b"OggS": "ogg"}
    return next((kind for mark, kind in kinds.items() if start.startswith(mark)), "")
