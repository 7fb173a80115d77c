"""What soundfile reads, without believing what libsndfile says of its length.

libsndfile 1.2 guesses the length of an MP3 without one in its header, by a factor of three for a quiet recording, and
`SoundFile.blocks` then fills what is missing with whatever was in memory. Of files that were joined it reads the first.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import numpy as np

from ..errors import AudioError, reason
from .ogg import gapless_length

_BLOCK = 1 << 18  # samples read at a time
_READ_AHEAD = 4096  # bytes that may be left over at the end
_HEAD = 1 << 16


@dataclass
class Sound:
    """A file that soundfile opens. stated: how many samples there are, as far as libsndfile knows. kind: its format,
    and "MP3" for MP3 in any. place: how many bytes of the file the last `read` has needed.
    """

    path: Path
    rate_hz: int
    stated: int
    kind: str
    place: int = 0

    def read(self) -> Iterator[np.ndarray]:
        """Blocks (n, channels) float32, until nothing comes. Raises AudioError for damage."""
        import soundfile

        self.place = 0
        try:
            with open(self.path, "rb", buffering=0) as file, self._open(file) as sound:
                n, left = max(_BLOCK // sound.channels, 1), self.stated
                # No more than is stated is asked for: it would be read, but not given out.
                while len(block := sound.read(out=np.empty((min(n, max(left, 1)), sound.channels), np.float32))):
                    yield block
                    left -= len(block)
                self.place = file.tell()
        except (soundfile.SoundFileError, TypeError) as error:  # TypeError: as in `open_sound`
            why = error.error_string.strip(" .") if isinstance(error, soundfile.LibsndfileError) else reason(error)
            raise AudioError(
                f"'{self.path.name}' cannot be read to its end ({why})", "export the recording again"
            ) from error

    def _open(self, file: IO[bytes]) -> Any:
        """As a file object, which shows how far libsndfile has come."""
        import soundfile

        try:
            return soundfile.SoundFile(file)
        except soundfile.LibsndfileError:
            # Some it knows by the ending of their names alone: MP3 that begins with something else.
            return soundfile.SoundFile(str(self.path))

    def is_whole(self, count: int) -> bool:
        """Whether the `count` samples of the last `read` are all that the file holds, as far as can be told."""
        if count != self.stated:
            return False
        if self.kind == "OGG":
            return gapless_length(self.path) is not None
        # The chunk of a WAV says where it ends, and other chunks may follow.
        return (self.kind not in ("FLAC", "MP3") and count > 0) or self.path.stat().st_size - self.place <= _READ_AHEAD

    def states_length(self) -> bool:
        """Whether `stated` comes from the file, and is not a guess."""
        if self.kind != "MP3":
            return 0 < self.stated < 1 << 36
        with open(self.path, "rb") as file:
            head = file.read(_HEAD)
        return any(tag in head for tag in (b"Xing", b"Info", b"VBRI"))


def open_sound(path: Path) -> Sound | None:
    """None if soundfile is missing, or cannot open the file."""
    try:
        import soundfile
    except ImportError:
        return None
    try:
        info = soundfile.info(str(path))
    except (soundfile.SoundFileError, TypeError):  # TypeError: a name that ends like one without a header
        return None
    return Sound(path, info.samplerate, info.frames, "MP3" if info.subtype.startswith("MPEG") else info.format)
