"""How long a file is that Blender's decoder can seek in, as its structure tells.

Blender decodes a file in one go, whatever the file says of times and lengths. Where times have gaps, where recordings
were joined or a length is wrong, what it finds after seeking is not what it plays.
"""

from __future__ import annotations

import mmap
from collections.abc import Iterator
from pathlib import Path

from ..a2g_core.speech.headers import A_LAW, FLOAT, MU_LAW, PCM, read_header
from ..a2g_core.speech.ogg import gapless_length

_LARGEST_INDEX = 1 << 26  # bytes
_MOST_BOXES = 1000
_BLOCKS = 4 * 2048  # samples that a codec may add or drop at the ends


def seekable_length(path: Path, rate_hz: int) -> tuple[int, int] | None:
    """(samples, by how many fewer or more there may be); None where it is not certain that seeking works.

    Of MP3, see `Mp3Parts.length`.
    """
    header = read_header(path)
    if header is None:
        return _mp4_length(path, rate_hz)
    if header.kind == "wav" and header.encoding in (PCM, FLOAT, A_LAW, MU_LAW) and header.bits:
        return header.data[1] // (header.channels * (header.bits + 7) // 8), 0
    with open(path, "rb") as file:
        start = file.read(64)
        if header.kind == "flac":
            with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as whole:
                is_one = whole.find(b"fLaC", 4) < 0
            length = int.from_bytes(start[18:26], "big") & ((1 << 36) - 1)
            return (length, 0) if is_one and length else None
    if b"vorbis" in start or b"OpusHead" in start:
        length = gapless_length(path) or 0
        return (length, _BLOCKS) if length else None
    return None


def _mp4_length(path: Path, rate_hz: int) -> tuple[int, int] | None:
    """Of an MP4, M4A or MOV with one sound, whose frames follow each other at even distances from the start."""
    moov = _index(path)
    boxes = dict(_boxes(moov))
    tracks = [dict(_boxes(content)) for name, content in _boxes(moov) if name == b"trak"]
    sounds = [track for track in tracks if _inside(track, b"mdia", b"hdlr")[8:12] == b"soun"]
    if b"mvex" in boxes or len(sounds) != 1:
        return None
    edits = _inside(sounds[0], b"edts", b"elst")
    if edits and (int.from_bytes(edits[4:8], "big") > 1 or b"\xff\xff\xff\xff" in edits[12:20]):
        return None
    about = _inside(sounds[0], b"mdia", b"mdhd")
    place = 20 if about[:1] == b"\x01" else 12
    ticks_per_s = int.from_bytes(about[place : place + 4], "big")
    times = _inside(sounds[0], b"mdia", b"minf", b"stbl", b"stts")
    runs = [(_number(times, k), _number(times, k + 4)) for k in range(8, len(times) - 7, 8)]
    # The last frame may be shorter.
    if not ticks_per_s or not runs or len(runs) > 2 or (len(runs) == 2 and runs[1][0] > 1):
        return None
    return round(sum(count * ticks for count, ticks in runs) / ticks_per_s * rate_hz), _BLOCKS


def _index(path: Path) -> bytes:
    """The content of the box `moov`; empty if there is none, or it is too large."""
    with open(path, "rb") as file:
        for _ in range(_MOST_BOXES):
            head = file.read(8)
            size, name = _number(head, 0), head[4:8]
            if size == 1:
                size = int.from_bytes(file.read(8), "big") - 8
            if name == b"moov":
                return file.read(size - 8) if 8 <= size <= _LARGEST_INDEX else b""
            if size < 8 or size > path.stat().st_size:
                break
            file.seek(size - 8, 1)
    return b""


def _boxes(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """(name, content) of each box."""
    place = 0
    while place + 8 <= len(data):
        size = _number(data, place)
        yield data[place + 4 : place + 8], data[place + 8 : place + size]
        place += max(size, 8)


def _inside(boxes: dict[bytes, bytes], *names: bytes) -> bytes:
    """The content of a box in boxes; empty if it is not there."""
    content = boxes.get(names[0], b"")
    return _inside(dict(_boxes(content)), *names[1:]) if names[1:] else content


def _number(data: bytes, place: int) -> int:
    return int.from_bytes(data[place : place + 4], "big")
