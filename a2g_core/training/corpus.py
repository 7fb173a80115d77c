"""A training corpus: sequences of speech with motion, as files.

A corpus is a folder: `manifest.json`, and for each sequence an `.npz` (motion, read without pickle) and a `.flac`
(what the model hears: 16 kHz, mono, 16 bit). The manifest has digests of what these hold, not of the files, whose bytes
depend on the libraries that wrote them: equal manifests mean equal corpora. `synthetic` makes a corpus from recorded
gestures placed on speech, `importing` from recordings of real pairs.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

import numpy as np
import soundfile
from numpy.typing import ArrayLike

from ..body.motion import Motion
from ..body.skeleton import SMPLX
from ..errors import AudioError, DataError, reason
from ..files import is_file, new_folder
from ..formats.arrays import DamagedError, read_arrays
from ..outputs import check_new_folder
from ..speech.audio import SAMPLE_RATE_HZ, Speech, open_speech
from ..speech.features import log_mel

VERSION = 4
_DIGESTS = {3: ("sha256_npz", "sha256_flac"), 4: ("sha256_arrays", "sha256_samples")}
"""Of an entry, by the manifest's version. In version 3, which 0.2.0 wrote and which is still read, of files."""
SPLITS = TRAIN, VALIDATION, STRANGER = "train", "validation", "stranger"
_ARRAYS = ("motion", "accents", "gesture", "takes")
_MOST_FPS, _MOST_PX = 1000, 1e5
_SPEAKERS_HELD_OUT_PERCENT = 8


@dataclass(frozen=True)
class CorpusSequence:
    """A recording and its motion, at the corpus's frame rate.

    mel: (T, 64) float16 dB. quaternions: (T, J, 4) float32 of `joints` (SMPL-X names), or None in a 2-D corpus, which
    has keypoints (T, J, 2) float32 relative to the neck, in the speaker's mean shoulder widths. accents: frame numbers;
    gesture: (T,) clip index or -1; both are empty unless the corpus is synthetic. takes: (K, T, J, 4) float32, other
    performances of the same speech, each in its own style; K is 0 in training and for recordings of people.
    style: its name, or "". audio: path of the sound.
    """

    name: str
    speaker: str
    fps: float
    joints: tuple[str, ...]
    audio: Path
    mel: np.ndarray
    quaternions: np.ndarray | None
    keypoints: np.ndarray | None
    accents: np.ndarray
    gesture: np.ndarray
    takes: np.ndarray
    style: str

    def speech(self) -> Speech:
        """The recording."""
        return open_speech(self.audio)

    def samples(self) -> np.ndarray:
        """All samples, (N,), 16 kHz mono."""
        return np.concatenate(list(self.speech().blocks()))

    def motion(self) -> Motion:
        """Of a 3-D corpus: all its joints, the root at rest."""
        if self.quaternions is None:
            raise DataError("a 2-D corpus has no motion of a skeleton", "give a 3-D one")
        still = np.zeros((len(self.quaternions), 3), np.float32)
        return Motion(self.quaternions, still, self.fps, SMPLX.subset(self.joints))


class CorpusWriter:
    """Writes a corpus, sequence by sequence. Its folder appears when `close` has written the manifest, or not at all.

    As a context manager it leaves nothing behind if it is not closed. OutputError for a folder that is not empty, or in
    which another process is making a corpus.

    joints: names of the motion's joints. dimensions: 3 (quaternions) or 2 (key points). notice, attributions: what a
    model trained on it must state. about: further entries of the manifest.
    """

    def __init__(
        self, folder: Path, *, fps: float, joints: Sequence[str], dimensions: int = 3, notice: str,
        attributions: Sequence[str] = (), **about: Any,
    ) -> None:  # fmt: skip
        self.folder, self.fps, self.dimensions = Path(folder), fps, dimensions
        check_new_folder(self.folder)
        self._making = new_folder(self.folder)
        self._made = self._making.__enter__()
        self.manifest: dict[str, Any] = {
            "version": VERSION, "fps": fps, "dimensions": dimensions, "skeleton": list(joints), "notice": notice,
            "attributions": list(attributions), **about, "sequences": [],
        }  # fmt: skip

    def __enter__(self) -> CorpusWriter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:  # fmt: skip
        if kind is not None:
            self._making.__exit__(kind, error, trace)

    def add(
        self, split: str, speaker: str, samples: np.ndarray, motion: np.ndarray, *,
        accents: ArrayLike = (), gesture: ArrayLike = (), takes: np.ndarray | None = None, **about: Any,
    ) -> None:  # fmt: skip
        """One sequence: 16 kHz mono samples (N,) and the motion to it, as long to less than a frame.

        motion: (T, J, 4) unit quaternions, or (T, J, 2) key points. takes: (K, T, J, 4). about: what the manifest says
        of the sequence.
        """
        n, sounding = len(motion), len(samples) / SAMPLE_RATE_HZ * self.fps
        shape = (n, len(self.manifest["skeleton"]), 4 if self.dimensions == 3 else 2)
        if motion.shape != shape or split not in SPLITS:
            raise DataError(f"a sequence's motion has shape {motion.shape}", f"give {shape}, for {', '.join(SPLITS)}")
        takes = np.zeros((0, *shape)) if takes is None else takes
        if n == 0 or abs(sounding - n) >= 1:
            raise DataError(
                f"{n} frames of motion do not fit {sounding:.1f} frames of sound", "cut both to the same length"
            )
        name = f"{len(self.manifest['sequences']):05d}"
        heard = _sixteen_bit(samples)
        (self._made / f"{name}.flac").write_bytes(encoded(heard, "FLAC"))
        arrays: dict[str, Any] = {
            "motion": motion.astype(np.float32), "accents": np.asarray(accents, np.int32),
            "gesture": np.asarray(gesture, np.int32), "takes": np.asarray(takes, np.float32),
        }  # fmt: skip
        np.savez(self._made / f"{name}.npz", **arrays)
        digests = dict(zip(_DIGESTS[VERSION], (_digest(arrays), _digest({"samples": heard})), strict=True))
        self.manifest["sequences"].append(
            {"file": f"{name}.npz", "split": split, "speaker": speaker, "frames": n, **about, **digests}
        )

    def close(self) -> dict[str, Any]:
        """Write the manifest and return it."""
        path = self._made / "manifest.json"
        path.write_text(json.dumps(self.manifest, indent=1), encoding="utf-8", newline="\n")
        self._making.__exit__(None, None, None)
        return self.manifest


def _sixteen_bit(samples: np.ndarray) -> np.ndarray:
    """Samples (N,) in -1 to 1 as they are kept, int16."""
    return np.rint(np.clip(samples, -1, 32767 / 32768) * 32768).astype(np.int16)


def encoded(samples: np.ndarray, format: str) -> bytes:
    """A sound file of samples (N,), 16 kHz and 16 bit. Not written by libsndfile, which hides what a disk refuses."""
    sound = io.BytesIO()
    soundfile.write(sound, samples, SAMPLE_RATE_HZ, format=format, subtype="PCM_16")
    return sound.getvalue()


def load_corpus(folder: Path, split: str) -> list[CorpusSequence]:
    """Every sequence of a split (of `SPLITS`), checked against the manifest."""
    folder = Path(folder)
    manifest = load_manifest(folder)
    entries = [e for e in manifest["sequences"] if e["split"] == split]
    if not entries:
        raise DataError(f"the corpus in {folder} has no '{split}' sequences", "build it from more speakers")
    return [_load_sequence(folder, manifest, entry) for entry in entries]


def load_manifest(folder: Path) -> dict[str, Any]:
    """Read the manifest of a corpus. Raises DataError."""
    try:
        manifest: dict[str, Any] = json.loads((Path(folder) / "manifest.json").read_text(encoding="utf-8"))
        if (version := int(manifest["version"])) in _DIGESTS:
            _check_manifest(manifest)
    except (OSError, ValueError, LookupError, TypeError, ArithmeticError, AttributeError, RecursionError) as error:
        raise DataError(f"{folder} is not a corpus ({reason(error)})", "build it with 'a2g corpus build'") from None
    if version not in _DIGESTS:
        raise DataError(f"the corpus in {folder} has version {version}, not {VERSION}", "build it again")
    return manifest


def _check_manifest(manifest: dict[str, Any]) -> None:
    """ValueError, TypeError or KeyError for anything that no corpus says of itself."""
    joints, entries, widths = manifest["skeleton"], manifest["sequences"], manifest.get("shoulder_width_px", {})
    if not 0 < manifest["fps"] <= _MOST_FPS or manifest["dimensions"] not in (2, 3):
        raise ValueError("its frame rate or its dimensions are out of range")
    if not (isinstance(joints, list) and joints and all(isinstance(joint, str) for joint in joints)):
        raise ValueError("its skeleton is no list of joints")
    if not (isinstance(widths, dict) and all(1 <= width < _MOST_PX for width in widths.values())):
        raise ValueError("a shoulder width is out of range")
    for entry in entries:
        texts = [entry[name] for name in ("file", "split", "speaker", *_DIGESTS[manifest["version"]])]
        if not all(isinstance(text, str) for text in (*texts, entry.get("style", ""))):
            raise ValueError("a text is no text")
        if type(entry["frames"]) is not int or entry["frames"] < 1:
            raise ValueError("a sequence has no frames")


def corpus_digest(folder: Path) -> str:
    """SHA-256 of a corpus's manifest, which has those of its files. DataError where there is no corpus."""
    load_manifest(folder)
    return file_digest(Path(folder) / "manifest.json")


def _load_sequence(folder: Path, manifest: dict[str, Any], entry: dict[str, Any]) -> CorpusSequence:
    path = folder / entry["file"]
    audio = path.with_suffix(".flac")
    if path.parent != folder or not is_file(path) or not is_file(audio):
        raise DataError(f"the corpus lacks {entry['file']} or its sound", "build it again")
    arrays = _read_arrays(path, manifest, entry["frames"])
    samples = _read_samples(audio)
    digests = _digest(arrays), _digest({"samples": samples})
    if manifest["version"] != VERSION:
        digests = file_digest(path), file_digest(audio)
    for file, name, digest in zip((path, audio), _DIGESTS[manifest["version"]], digests, strict=True):
        if entry[name] != digest:
            raise DataError(f"{file} is damaged", "build the corpus again")
    mel = log_mel([samples.astype(np.float32) / 32768], entry["frames"], float(manifest["fps"])).astype(np.float16)
    motion, accents, gesture, takes = (arrays[name] for name in _ARRAYS)
    quaternions: np.ndarray | None = motion
    keypoints: np.ndarray | None = None
    if manifest["dimensions"] == 2:
        quaternions, keypoints = None, motion / manifest.get("shoulder_width_px", {}).get(entry["speaker"], 1.0)
    return CorpusSequence(
        entry["file"], entry["speaker"], float(manifest["fps"]), tuple(manifest["skeleton"]), audio,
        mel, quaternions, keypoints, accents, gesture, takes, entry.get("style", ""),
    )  # fmt: skip


def _read_arrays(path: Path, manifest: dict[str, Any], frames: int) -> dict[str, np.ndarray]:
    """A sequence's arrays in the order of `_ARRAYS`; DataError unless they are finite and fit each other."""
    per_joint = (len(manifest["skeleton"]), 4 if manifest["dimensions"] == 3 else 2)
    try:
        arrays = read_arrays(path, _ARRAYS)
        motion, accents, gesture, takes = (arrays[name] for name in _ARRAYS)
        fits = motion.shape == (frames, *per_joint) and accents.ndim == 1
        fits = fits and takes.shape == (len(takes), frames, *per_joint) and gesture.shape in ((0,), (frames,))
        if not fits or not all(np.isfinite(array).all() for array in (motion, takes)):
            raise ValueError("its arrays do not fit each other")
    except (DamagedError, KeyError, TypeError, ValueError) as error:
        raise DataError(f"{path} is damaged ({reason(error)})", "build the corpus again") from None
    return arrays


def _read_samples(path: Path) -> np.ndarray:
    """A sequence's sound, (N,) int16; DataError for what cannot be read."""
    try:
        return _sixteen_bit(np.concatenate(list(open_speech(path).blocks())))
    except AudioError as error:
        raise DataError(f"{path} is damaged ({error.problem})", "build the corpus again") from None


def _digest(arrays: Mapping[str, np.ndarray]) -> str:
    """SHA-256 of arrays: their names, types, shapes and numbers."""
    digest = hashlib.sha256()
    for name, array in arrays.items():
        plain = np.ascontiguousarray(array, array.dtype.newbyteorder("<"))
        digest.update(f"{name} {plain.dtype.str} {plain.shape} ".encode() + plain.tobytes())
    return digest.hexdigest()


def file_digest(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def is_held_out_speaker(name: str) -> bool:
    """Whether a speaker is kept for validation: decided by the name alone, so that a growing corpus keeps its split.

    `split.json` lists the outcome for the data that the models here are trained on, with the files' hashes.
    """
    return percentile(name) < _SPEAKERS_HELD_OUT_PERCENT


def percentile(name: str) -> int:
    """A number from 0 to 99 that a name always gets, evenly spread over names."""
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:4], "big") % 100
