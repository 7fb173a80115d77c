"""Splits long MP3 files into short ones: to seek in a file, Blender's decoder reads everything before that point."""

from __future__ import annotations

import tempfile
from pathlib import Path

_HOP_S, _OVERLAP_S = 120, 30
_SPARE_FRAMES = 4  # one holds the length, and the codec's delay is cut off at both ends
# Bit rates and sample rates by the header's version (3 is MPEG 1) and index.
_KBITS_1 = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_KBITS_2 = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
_RATES_HZ = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}


class Mp3Parts:
    """Parts of an MP3 file, one starting every two minutes; the file itself if it is shorter, or is not plain MP3.

    length: how many samples there are, and by how many fewer or more; None if the file is not plain MP3.
    """

    def __init__(self, path: Path) -> None:
        self._parts = [(path, 0)]
        self.length: tuple[int, int] | None = None
        data = path.read_bytes()
        frames = _frames(data)
        if not frames:
            return
        samples, rate_hz, _is_mono = frames[0][1:]
        self.length = len(frames) * samples, _SPARE_FRAMES * samples
        hop, overlap = (int(seconds * rate_hz / samples) for seconds in (_HOP_S, _OVERLAP_S))
        if len(frames) < hop + overlap:
            return
        self._folder = tempfile.TemporaryDirectory(prefix="a2g-")
        self._parts.clear()
        for number, first in enumerate(range(0, len(frames) - overlap, hop)):
            last = first + hop + overlap
            end = frames[last][0] if last < len(frames) else len(data)
            part = Path(self._folder.name) / f"{number}.mp3"
            part.write_bytes(data[0 if first == 0 else frames[first][0] : end])
            self._parts.append((part, first * samples))

    def find(self, sample: int) -> tuple[Path, int]:
        """The part to read this sample from, and the sample that it starts with (accurate to two frames)."""
        return next((p, first) for p, first in reversed(self._parts) if first <= sample)


def _frames(data: bytes) -> list[tuple[int, int, int, bool]]:
    """(byte offset, number of samples, sample rate, mono) of each frame; empty for anything but frames of one kind."""
    place = _after_tag(data)
    frames: list[tuple[int, int, int, bool]] = []
    while place + 4 <= len(data):
        header = data[place : place + 4]
        version, layer = header[1] >> 3 & 3, 4 - (header[1] >> 1 & 3)
        bitrate, rate = header[2] >> 4, header[2] >> 2 & 3
        if header[0] != 0xFF or header[1] < 0xE0 or version == 1 or layer != 3 or bitrate in (0, 15) or rate == 3:
            # A tag often ends the file; anything else is not plain MP3.
            return frames if header[:3] in (b"TAG", b"APE") else []
        rate_hz, samples = _RATES_HZ[version][rate], 1152 if version == 3 else 576
        frames.append((place, samples, rate_hz, header[3] >> 6 == 3))
        if frames[-1][1:] != frames[0][1:]:
            return []
        kbits = (_KBITS_1 if version == 3 else _KBITS_2)[bitrate]
        place += samples // 8 * 1000 * kbits // rate_hz + (header[2] >> 1 & 1)
    return frames


def _after_tag(data: bytes) -> int:
    """Offset of the first frame: after an ID3v2 tag, whose size has four bytes of seven bits each."""
    if data[:3] != b"ID3" or len(data) < 10:
        return 0
    a, b, c, d = data[6:10]
    return 10 + (a << 21 | b << 14 | c << 7 | d)
