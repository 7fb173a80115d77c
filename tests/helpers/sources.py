"""Data as models are trained on: made here for everybody, and recorded where it lies beside the repository."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import count
from pathlib import Path

import made_data
import pytest
from places import SHARED

from a2g_core.training.corpus import is_held_out_speaker
from a2g_core.training.data.smartbody import GestureClip, load_clips
from a2g_core.training.synthetic import speaker_of

RECORDED = SHARED / "data"
KINDS = ("made", "recorded") if (RECORDED / "ship").is_dir() else ("made",)


@dataclass(frozen=True)
class Source:
    """kind: 'made' or 'recorded'. folder: where what is made is kept."""

    kind: str
    folder: Path

    @property
    def is_made(self) -> bool:
        return self.kind == "made"

    def speech(self, index: int) -> Path:
        """A recording of a speaker of its own."""
        return made_data.write_voice(self.folder, index) if self.is_made else self._recordings()[index]

    def held_out_speech(self, n: int) -> list[Path]:
        """Recordings of n speakers whom no model is trained on."""
        files = map(self.speech, count()) if self.is_made else iter(self._recordings())
        held_out = (path for path in files if is_held_out_speaker(speaker_of(path)))
        return [path for path, _ in zip(held_out, range(n))]

    @property
    def archive(self) -> Path:
        """Gesture clips, as SmartBody's archive holds them."""
        if not self.is_made:
            return RECORDED / "ship/smartbody.tar.xz"
        path = self.folder / "made.tar.xz"
        return path if path.exists() else made_data.make_archive(path)

    def clips(self) -> list[GestureClip]:
        """Every clip of the archive."""
        return _load_clips(self.archive)

    @property
    def nine_joints(self) -> Path:
        """A folder of ZeroEGGS cut to nine joints."""
        if not self.is_made:
            if not (RECORDED / "nc/zeggs").is_dir():
                pytest.skip("needs ../shared/data/nc/zeggs beside the rest of ../shared/data")
            return RECORDED / "nc/zeggs"
        path = self.folder / "zeggs"
        return path if path.exists() else made_data.write_nine_joints(path)

    def _recordings(self) -> list[Path]:
        return sorted((RECORDED / "ship/librispeech").glob("*.flac"))


@cache
def _load_clips(archive: Path) -> list[GestureClip]:
    """Ten seconds for the recorded ones, which several modules use."""
    return load_clips(archive)
