"""Imports recordings of speech with motion, in their original formats, as a training corpus.

Each motion is retargeted to our skeleton at 30 fps and paired with its sound. Unsuitable recordings are refused with
the reason, and the import continues.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import pairwise
from math import ceil
from pathlib import Path
from typing import Any

import numpy as np

from ..body.motion import Motion
from ..body.resample import sample_motion
from ..body.retarget import face_front
from ..errors import A2GError, DataError, OutputError, reason
from ..files import is_file, is_folder
from ..formats.registry import load_motion
from ..outputs import check_new_folder
from ..speech.audio import SAMPLE_RATE_HZ, SOUND_ENDINGS, open_speech
from .corpus import TRAIN, VALIDATION, CorpusWriter, is_held_out_speaker
from .data.bvh import load_bvh_recording
from .data.zeggs import load_nine_joints

FPS = 30.0
NOTICE = (
    "Made from the user's own recordings: their licence applies to this corpus and to every model trained on it. "
    "Neither may be distributed unless that licence allows it."
)

_LONGEST_S, _LEAST_S = 60.0, 4.0
_MISMATCH_S = 0.5
_SILENCE = 1e-4


@dataclass(frozen=True)
class RecordingFormat:
    """How the recordings of one dataset are found and read.

    ending: of the motion files. load: reads one file as a Motion. speaker: pattern whose first group is the speaker in
    a file's stem; None if the stem does not tell: the corpus is then split by recording. attribution: for the corpus.
    """

    ending: str
    load: Callable[[Path], Motion]
    attribution: str
    speaker: str | None = None

    def speaker_of(self, stem: str) -> str | None:
        """The speaker, as far as the file name tells."""
        found = re.match(self.speaker, stem) if self.speaker else None
        return found and found.group(1)


def _load_smplx(path: Path) -> Motion:
    return face_front(load_motion(path))


FORMATS: dict[str, RecordingFormat] = {
    "beat2": RecordingFormat(".npz", _load_smplx, "BEAT2, Liu et al. 2024", r"(\d+_[A-Za-z]+)_\d"),
    "amass": RecordingFormat(".npz", _load_smplx, "AMASS, Mahmood et al. 2019"),
    "trinity": RecordingFormat(".bvh", load_bvh_recording, "Trinity Speech-Gesture, Ferstl and McDonnell 2018"),
    "zeggs": RecordingFormat(".bvh", load_bvh_recording, "ZeroEGGS, Ghorbani et al. 2022 (CC BY-NC-ND 4.0)"),
    "zeggs-nc": RecordingFormat(".npz", load_nine_joints, "ZeroEGGS, Ghorbani et al. 2022 (CC BY-NC-ND 4.0)"),
}
FORMAT_NAMES = (*FORMATS, "speech2gesture")


@dataclass(frozen=True)
class ImportReport:
    """The result of an import. refused: file names and reasons. seconds: of motion, by split."""

    format: str
    sequences: int
    seconds: dict[str, float]
    joints: int
    refused: tuple[tuple[str, str], ...]

    def __str__(self) -> str:
        hours = ", ".join(f"{seconds / 3600:.2f} h {split}" for split, seconds in self.seconds.items())
        lines = [f"{self.sequences} sequences of {self.joints} joints: {hours}"]
        if self.refused:
            lines.append(f"{len(self.refused)} refused:")
        return "\n".join(lines + [f"  {name}: {reason}" for name, reason in self.refused])


@dataclass(frozen=True)
class _Pair:
    """A recording at FPS: motion, and 16 kHz samples (N,) of the same length to within a frame."""

    motion: Motion
    samples: np.ndarray


def import_corpus(
    folder: Path, format: str, out: Path, *, progress: Callable[[float], None] | None = None
) -> ImportReport:
    """Write a corpus of every recording of this format in the folder and below it.

    progress: called with the share done, 0 to 1. Raises DataError if no recording can be used; the report and the
    manifest list single ones that cannot. Recordings longer than a minute are cut into pieces of equal length.
    OutputError for a folder that is not empty.
    """
    if format == "speech2gesture":
        from .data.speech2gesture import import_speech2gesture

        return _report(format, import_speech2gesture(folder, out, progress))
    if format not in FORMATS:
        raise DataError(f"there is no format '{format}'", f"choose one of {', '.join(FORMAT_NAMES)}")
    check_new_folder(out)
    kind = FORMATS[format]
    files, sounds = _find(Path(folder), kind.ending)
    writer: CorpusWriter | None = None
    refused: list[tuple[str, str]] = []
    with ExitStack() as stack:
        for number, path in enumerate(files):
            try:
                pair = _read_pair(path, kind, sounds)
            except Exception as error:
                refused.append((path.name, _why(error)))
                continue
            finally:
                if progress:
                    progress((number + 1) / len(files))
            writer = writer or stack.enter_context(_open_writer(out, format, pair.motion))
            try:
                _add(writer, path.stem, kind.speaker_of(path.stem), pair)
            except (OSError, OutputError):  # the corpus cannot be written
                raise
            except Exception as error:
                refused.append((path.name, _why(error)))
        if writer is None or not writer.manifest["sequences"]:
            raise DataError(
                f"none of the {len(files)} recordings can be used; {refused[0][0]}: {refused[0][1].rstrip('.')}",
                "fix the first one and try again",
            )
        share_out(writer.manifest["sequences"])
        writer.manifest["refused"] = [{"file": name, "why": why} for name, why in refused]
        return _report(format, writer.close())


def _why(error: Exception) -> str:
    """Why a recording is refused: one that nobody foresaw does not end an import either."""
    if isinstance(error, A2GError):
        return str(error)
    return f"it cannot be read ({type(error).__name__}: {reason(error)}); export it again."


def _report(format: str, manifest: dict[str, Any]) -> ImportReport:
    entries = manifest["sequences"]
    seconds = {s: sum(e["frames"] for e in entries if e["split"] == s) / manifest["fps"] for s in (TRAIN, VALIDATION)}
    refused = tuple((str(r["file"]), r["why"]) for r in manifest["refused"])
    return ImportReport(format, len(entries), seconds, len(manifest["skeleton"]), refused)


def _find(folder: Path, ending: str) -> tuple[list[Path], dict[str, list[Path]]]:
    """The motion files, and the sounds by stem."""
    if not is_folder(folder):
        raise DataError(f"there is no folder '{folder}'", "give the folder of the recordings")
    everything = sorted(path for path in folder.rglob("*") if is_file(path))
    files = [path for path in everything if path.suffix.lower() == ending]
    if not files:
        raise DataError(f"there are no {ending} files in '{folder}'", "check the folder and the format")
    sounds: dict[str, list[Path]] = {}
    for path in everything:
        if path.suffix.lower() in SOUND_ENDINGS:
            sounds.setdefault(path.stem, []).append(path)
    return files, sounds


def _read_pair(path: Path, kind: RecordingFormat, sounds: dict[str, list[Path]]) -> _Pair:
    """Read and check one recording; the longer of motion and sound is cut at its end."""
    candidates = sounds.get(path.stem, [])
    # BEAT2 keeps its sounds in a folder of their own.
    beside = [sound for sound in candidates if sound.parent == path.parent] or candidates
    if len(beside) != 1:
        raise DataError(f"there are {len(beside)} sounds named '{path.stem}'", "put one wav beside the motion")
    speech = open_speech(beside[0])
    motion = kind.load(path)
    if abs(speech.duration_s - motion.duration_s) > _MISMATCH_S:
        raise DataError(
            f"the sound lasts {speech.duration_s:.2f} s and the motion {motion.duration_s:.2f} s",
            "give recordings that begin and end together",
        )
    frames = int(min(speech.duration_s, motion.duration_s) * FPS + 1e-6)
    if frames < _LEAST_S * FPS:
        raise DataError(f"it lasts {frames / FPS:.1f} s", f"give recordings of {_LEAST_S:g} s or more")
    samples = np.concatenate(list(speech.blocks()))
    if np.abs(samples).max() < _SILENCE:
        raise DataError("its sound is silent", "export the sound again")
    return _Pair(sample_motion(motion, np.arange(frames) / FPS, FPS), samples[: _sample_of(frames)])


def _sample_of(frame: int) -> int:
    """The first sample of a frame; so many samples hold all frames before it."""
    return ceil(frame * SAMPLE_RATE_HZ / FPS)


def _open_writer(out: Path, format: str, motion: Motion) -> CorpusWriter:
    """All recordings of a corpus have the joints of the first."""
    joints = tuple(name for name in motion.skeleton.names if name not in ("jaw", "left_eye_smplhf", "right_eye_smplhf"))
    return CorpusWriter(
        out, fps=FPS, joints=joints, notice=NOTICE, attributions=[FORMATS[format].attribution], format=format
    )


def _add(writer: CorpusWriter, stem: str, speaker: str | None, pair: _Pair) -> None:
    """The pieces of a recording. Their split is decided at the end."""
    names, joints = pair.motion.skeleton.names, writer.manifest["skeleton"]
    if not set(joints) <= set(names):
        raise DataError("it has no fingers, but recordings before it do", "import the two kinds separately")
    quaternions = pair.motion.quaternions[:, [names.index(joint) for joint in joints]]
    frames = len(quaternions)
    edges = np.linspace(0, frames, ceil(frames / (_LONGEST_S * FPS)) + 1).round().astype(int)
    # A mirrored copy must not teach what its original is there to test.
    recording = stem.replace("_mirror", "")
    for first, last in pairwise(edges):
        samples = pair.samples[_sample_of(first) : _sample_of(first) + _sample_of(last - first)]
        writer.add(
            TRAIN, speaker or recording, samples, quaternions[first:last],
            recording=recording, source=stem, start_s=round(first / FPS, 3),
        )  # fmt: skip


def share_out(entries: list[dict[str, Any]]) -> None:
    """Set each entry's split: by speaker, else by recording, else by piece; there is always some validation data.

    `is_held_out_speaker` decides by the name alone. If it would hold out none or all, the shortest is held out.
    """
    for level in ("speaker", "recording", "file"):
        frames: dict[str, int] = {}
        for entry in entries:
            frames[entry[level]] = frames.get(entry[level], 0) + entry["frames"]
        if len(frames) > 1:
            break
    else:
        raise DataError("a single short recording is not enough for a corpus", "give two recordings or more")
    held = {key for key in frames if is_held_out_speaker(key)}
    if not held or len(held) == len(frames):
        held = {min(frames, key=lambda key: (frames[key], hashlib.sha256(key.encode()).hexdigest()))}
    for entry in entries:
        entry["split"] = VALIDATION if entry[level] in held else TRAIN
