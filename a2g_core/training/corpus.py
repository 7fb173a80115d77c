"""A made training corpus: real speech with recorded gestures placed on its emphases ("synthetically paired").

A corpus is a folder: `manifest.json`, and one `.npz` a sequence, read without pickle. The same inputs and seed give the
same bytes. Neither the speakers nor the gesture clips of the validation split occur in the training split.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ..audio import SAMPLE_RATE_HZ, open_speech
from ..errors import DataError
from ..features import log_mel
from ..skeleton import BODY_HANDS
from .data import smartbody
from .data.smartbody import FPS, GestureClip
from .performance import Repertoire, make_repertoire, perform
from .prosody import analyse

VERSION = 1
TRAIN, VALIDATION = "train", "validation"
_HELD_OUT_PERCENT = 8
_LEAST_S, _SHORT_S, _LONGEST_S = 8.0, 12.0, 40.0
_PAUSE_S = (1.0, 4.0)
_GAIN_DB, _NOISE_DBFS = (-8.0, 8.0), (-75.0, -55.0)

STANCES: dict[tuple[str, str], float] = {
    ("ChrBrad", "Idle01"): 1.0,
    ("ChrBrad", "Idle02"): 0.6,
    ("ChrBrad", "Idle03"): 0.3,
    ("ChrBrad2", "Idle01"): 1.4,
    ("ChrConnor", "IdleStand01"): 1.0,
    ("ChrGarza", "IdleStand01"): 1.0,
    ("pnskeleton", "idle"): 0.9,
}
"""How often each performer and stance is chosen. Idle03 stands with hands on the hips: rare in talking."""

ATTRIBUTIONS = (
    smartbody.ATTRIBUTION,
    "Speech: LibriSpeech, Panayotov et al. 2015, openslr.org/12 (CC BY 4.0)",
    "Speech: The LJ Speech Dataset, Keith Ito and Linda Johnson 2017 (public domain)",
)
NOTICE = (
    "Synthetically paired: the gesture clips were not recorded with this speech. The corpus teaches timing, hand shape "
    "and variety, not how people choose their gestures."
)


@dataclass(frozen=True)
class CorpusSequence:
    """What one recording, or a few of one speaker, became at 30 fps.

    mel: (T, 64) float16 dB. quaternions: (T, 52, 4) float32. accents: frame numbers. gesture: (T,) clip index or -1.
    """

    name: str
    speaker: str
    mel: np.ndarray
    quaternions: np.ndarray
    accents: np.ndarray
    gesture: np.ndarray


def build_corpus(
    speech_files: Sequence[Path],
    clips: Sequence[GestureClip],
    out_dir: Path,
    *,
    seconds: float | None = None,
    seed: int = 0,
    progress: Callable[[float], None] | None = None,
) -> dict:
    """Write a corpus and return its manifest.

    seconds: stop after about so much motion, going through the speech as often as it takes; None: once through.
    progress: called with the part done, 0 to 1.
    """
    if not speech_files:
        raise DataError("there is no speech to build a corpus from", "give recordings, such as LibriSpeech's")
    out_dir = Path(out_dir)
    out_dir.mkdir(parents=True, exist_ok=True)
    repertoires = {split: _repertoires(clips, split) for split in (TRAIN, VALIDATION)}
    clip_index = {clip.id: k for k, clip in enumerate(clips)}
    entries: list[dict] = []
    made_s = 0.0
    for number, part, passes, group in _groups(sorted(speech_files), seed):
        done = part if seconds is None else made_s / seconds
        if done >= 1 or (seconds is None and passes > 0):
            break
        rng = np.random.Generator(np.random.Philox(key=np.array([seed, number], np.uint64)))
        speaker = speaker_of(group[0])
        split = VALIDATION if held_out(speaker) else TRAIN
        arrays, used = _make_sequence(group, repertoires[split], clip_index, rng)
        path = out_dir / f"{number:05d}.npz"
        np.savez(path, **arrays)
        frames = len(arrays["quaternions"])
        entries.append({
            "file": path.name, "split": split, "speaker": speaker, "frames": frames, **used,
            "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        })  # fmt: skip
        made_s += frames / FPS
        if progress:
            progress(min(done, 1.0))
    manifest = {
        "version": VERSION, "seed": seed, "fps": FPS, "skeleton": list(BODY_HANDS.names), "notice": NOTICE,
        "attributions": list(ATTRIBUTIONS), "clips": [clip.id for clip in clips], "sequences": entries,
    }  # fmt: skip
    (out_dir / "manifest.json").write_text(json.dumps(manifest, indent=1), encoding="utf-8")
    return manifest


def load_corpus(folder: Path, split: str) -> list[CorpusSequence]:
    """Every sequence of a split ("train" or "validation"), checked against the manifest."""
    folder = Path(folder)
    try:
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        version, entries = manifest["version"], [e for e in manifest["sequences"] if e["split"] == split]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DataError(f"{folder} is not a corpus ({error})", "build it with 'a2g corpus build'") from None
    if version != VERSION:
        raise DataError(f"the corpus in {folder} has version {version}, not {VERSION}", "build it again")
    if not entries:
        raise DataError(f"the corpus in {folder} has no '{split}' sequences", "build it from more speakers")
    return [_load_sequence(folder, entry) for entry in entries]


def _load_sequence(folder: Path, entry: dict) -> CorpusSequence:
    path = folder / entry["file"]
    if path.parent != folder or not path.is_file():
        raise DataError(f"the corpus lacks {entry['file']}", "build it again")
    if hashlib.sha256(path.read_bytes()).hexdigest() != entry["sha256"]:
        raise DataError(f"{path} is damaged", "build the corpus again")
    with np.load(path, allow_pickle=False) as arrays:
        names = ("mel", "quaternions", "accents", "gesture")
        return CorpusSequence(entry["file"], entry["speaker"], **{name: arrays[name] for name in names})


def speaker_of(path: Path) -> str:
    """LibriSpeech names a file speaker-chapter-utterance; every LJ file is by one reader."""
    return "LJ" if path.stem.startswith("LJ") else path.stem.split("-")[0]


def held_out(name: str) -> bool:
    """Whether a speaker or clip is kept for validation; by its name alone, so that a grown corpus keeps its split."""
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:4], "big") % 100 < _HELD_OUT_PERCENT


def _repertoires(clips: Sequence[GestureClip], split: str) -> list[tuple[Repertoire, float]]:
    """Each stance's repertoire for a split, and how often it is chosen.

    Training performers keep to their own clips. So few are held out that every validation performer uses them all.
    """
    out = []
    kept = [clip for clip in clips if held_out(clip.id)]
    for (performer, stance), weight in STANCES.items():
        own = [clip for clip in clips if (clip.performer, clip.stance) == (performer, stance)]
        gestures = kept if split == VALIDATION else [clip for clip in own if not held_out(clip.id)]
        if own and gestures:
            out.append((make_repertoire(f"{performer}/{stance}", own, gestures), weight))
    if not out:
        raise DataError("none of the gesture clips can be used", "give the clips of SmartBody's archive")
    return out


def _groups(files: list[Path], seed: int) -> Iterator[tuple[int, float, int, list[Path]]]:
    """(number, part of the pass done, pass, recordings of one speaker that make a sequence), for ever.

    A recording shorter than 12 s is joined by others of its speaker where there are any.
    """
    number = passes = 0
    durations = {path: open_speech(path).duration_s for path in files}
    while True:
        rng = np.random.Generator(np.random.Philox(key=np.array([seed, 2**32 + passes], np.uint64)))
        order = [files[k] for k in rng.permutation(len(files))]
        left = dict.fromkeys(order)
        for path in order:
            if path not in left:
                continue
            group = [path]
            del left[path]
            for other in [p for p in left if speaker_of(p) == speaker_of(path)]:
                length = sum(durations[p] for p in group)
                if length < _SHORT_S and length + durations[other] < _LONGEST_S:
                    group.append(other)
                    del left[other]
            yield number, 1 - len(left) / len(order), passes, group
            number += 1
        passes += 1


def _make_sequence(
    group: list[Path], repertoires: list[tuple[Repertoire, float]], clip_index: dict[str, int], rng: np.random.Generator
) -> tuple[dict[str, np.ndarray], dict]:
    """The arrays of one sequence, and what the manifest says of it."""
    clean = _join(group, rng)
    n = int(len(clean) / SAMPLE_RATE_HZ * FPS)
    weights = np.array([weight for _, weight in repertoires])
    repertoire = repertoires[rng.choice(len(weights), p=weights / weights.sum())][0]
    prosody = analyse(clean, n, FPS)
    performance = perform(prosody, repertoire, rng)
    ids = np.array([clip_index[placed.clip.id] for placed in performance.gestures] + [-1], np.int32)
    accents = np.round(prosody.accents_s * FPS).astype(np.int32)
    arrays = {
        "mel": log_mel([_record(clean, rng)], n, FPS).astype(np.float16),
        "quaternions": performance.quaternions,
        "accents": accents[accents < n],
        "gesture": ids[performance.owner],
    }
    gestures = [
        {"clip": p.clip.id, "emphasis_s": round(float(p.accent_s), 3), "mirrored": p.mirrored}
        for p in performance.gestures
    ]
    return arrays, {"speech": [path.name for path in group], "performer": repertoire.name, "gestures": gestures}


def _join(group: list[Path], rng: np.random.Generator) -> np.ndarray:
    """Recordings with pauses before, between and after, 16 kHz."""
    parts = []
    for path in group:
        parts += [np.zeros(round(rng.uniform(*_PAUSE_S) * SAMPLE_RATE_HZ), np.float32), *open_speech(path).blocks()]
    parts.append(np.zeros(round(rng.uniform(*_PAUSE_S) * SAMPLE_RATE_HZ), np.float32))
    joined = np.concatenate(parts)
    return np.pad(joined, (0, max(0, round(_LEAST_S * SAMPLE_RATE_HZ) - len(joined))))


def _record(clean: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """As another microphone would have it: another level, not clipped, and a steady noise floor."""
    gain = 10 ** (rng.uniform(*_GAIN_DB) / 20)
    gain = min(gain, 0.99 / max(float(np.abs(clean).max()), 1e-6))
    noise = rng.normal(0, 10 ** (rng.uniform(*_NOISE_DBFS) / 20), len(clean))
    return (clean * gain + noise).astype(np.float32)
