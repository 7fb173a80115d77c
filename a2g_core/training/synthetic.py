"""Builds a synthetic corpus: real speech with recorded gestures placed on its accents ("synthetically paired").

The same inputs and seed give the same corpus on every machine: its decisions follow from double precision, in which
machines differ in the last digits only, and what is written is rounded far above them. Neither the speakers nor the
gestures of the validation split occur in the training split, whoever performs them; and one performer appears only in
the split "stranger".
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
from scipy.signal import resample_poly

from ..body.skeleton import BODY_HANDS
from ..errors import DataError
from ..outputs import check_new_folder
from ..speech.audio import SAMPLE_RATE_HZ, open_speech
from .corpus import SPLITS, STRANGER, TRAIN, VALIDATION, CorpusWriter, file_digest, is_held_out_speaker, percentile
from .data import smartbody
from .data.smartbody import FPS, GestureClip
from .performance import perform
from .placement import RESTING, Repertoire, make_repertoire
from .prosody import analyse

_GESTURES_HELD_OUT_PERCENT = 10
_STRANGERS_SHARE = 0.25  # of what is made of held-out speakers
_TAKES = 4
"""Further takes of each held-out speech, each in a random style: a measure of how much performances differ."""
_LEAST_S, _SHORT_S, _LONGEST_S = 8.0, 12.0, 40.0
_PAUSE_S = (1.0, 4.0)
_GAIN_DB, _NOISE_DBFS = (-8.0, 8.0), (-75.0, -55.0)
_STEP = 2.0**-17
"""What quaternions are rounded to: 0.001 degrees, and ten orders of magnitude above what machines differ in."""


@dataclass(frozen=True)
class Style:
    """A performer in a stance. name: shown to artists. weight: how often it is chosen."""

    name: str
    performer: str
    stance: str
    weight: float


STYLES = (
    Style("Relaxed", "ChrBrad", "Idle01", 1.0),
    Style("Upright", "ChrBrad", "Idle02", 0.6),
    Style("Hands on Hips", "ChrBrad", "Idle03", 0.4),
    Style("Casual", "ChrBrad2", "Idle01", 1.4),
    Style("Firm", "ChrConnor", "IdleStand01", 1.0),
    Style("Open", "ChrGarza", "IdleStand01", 1.0),
)
_STRANGER = Style("Stranger", "pnskeleton", "idle", 1.0)
"""The unseen performer. The other four are two pairs who share recordings (ChrBrad and ChrBrad2, ChrConnor and
ChrGarza: the same gestures, of the same length to the frame), so that none of those would really be unseen."""

ATTRIBUTIONS = (
    smartbody.ATTRIBUTION,
    "Speech: LibriSpeech, Panayotov et al. 2015, openslr.org/12 (CC BY 4.0)",
    "Speech: The LJ Speech Dataset, Keith Ito and Linda Johnson 2017 (public domain)",
)
NOTICE = (
    "Synthetically paired: the gesture clips were not recorded with this speech. The corpus teaches timing, hand shape "
    "and variety, not how people choose their gestures."
)


def build_corpus(
    speech_files: Sequence[Path],
    clips: Sequence[GestureClip],
    out_dir: Path,
    *,
    seconds: float | None = None,
    seed: int = 0,
    progress: Callable[[float], None] | None = None,
) -> dict[str, Any]:
    """Write a corpus and return its manifest.

    seconds: stop after about this much motion, repeating the speech as often as necessary; None: use it once.
    progress: called with the share done, 0 to 1. OutputError for a folder that is not empty.
    """
    check_new_folder(out_dir)
    if not speech_files:
        raise DataError("there is no speech to build a corpus from", "give recordings, such as LibriSpeech's")
    check_sources(speech_files)
    # By name, wherever they lie.
    files = sorted(speech_files, key=lambda path: (path.name, path))
    repertoires = {split: _repertoires(clips, split) for split in SPLITS}
    clip_index = {clip.id: k for k, clip in enumerate(clips)}
    writer = CorpusWriter(
        out_dir, fps=FPS, joints=BODY_HANDS.names, notice=NOTICE, attributions=ATTRIBUTIONS, seed=seed,
        clips=[clip.id for clip in clips], styles=[style.name for style in STYLES],
    )  # fmt: skip
    made_s = 0.0
    with writer:
        for number, part, passes, group in _groups(files, seed):
            done = part if seconds is None else made_s / seconds
            if done >= 1 or (seconds is None and passes > 0):
                break
            rng = np.random.Generator(np.random.Philox(key=np.array([seed, number], np.uint64)))
            speaker = speaker_of(group[0])
            split = TRAIN
            if is_held_out_speaker(speaker):
                split = STRANGER if rng.random() < _STRANGERS_SHARE and repertoires[STRANGER] else VALIDATION
            sequence = _make_sequence(group, repertoires[split], clip_index, rng, 0 if split == TRAIN else _TAKES)
            writer.add(split, speaker, **sequence)
            made_s += len(sequence["motion"]) / FPS
            if progress:
                progress(min(done, 1.0))
        return writer.close()


def speaker_of(path: Path) -> str:
    """LibriSpeech names a file speaker-chapter-utterance; every LJ file is by one reader."""
    return "LJ" if path.stem.startswith("LJ") else path.stem.split("-")[0]


def split_of(clip: GestureClip) -> str:
    """The key by which a gesture is held out: the same gesture of several performers is held out for all or none."""
    if clip.performer == _STRANGER.performer:
        return STRANGER
    held_out = clip.kind not in RESTING and percentile(f"gesture/{clip.gesture}") < _GESTURES_HELD_OUT_PERCENT
    return VALIDATION if held_out else TRAIN


def known_split() -> dict[str, Any]:
    """The fixed split: {"speech": {file name: {"split", "speaker", "sha256"}}, "clips": {clip id: split}, "archive":
    {file name: {"sha256"}}}, the archive being the one that holds the clips.
    """
    return json.loads((Path(__file__).parent / "split.json").read_text(encoding="utf-8"))


def list_split(speech_files: Sequence[Path], archive: Path, clips: Sequence[GestureClip]) -> dict[str, Any]:
    """The content of `split.json` for these files and clips."""
    speech = {
        path.name: {
            "split": VALIDATION if is_held_out_speaker(speaker_of(path)) else TRAIN, "speaker": speaker_of(path),
            "sha256": file_digest(path),
        }
        for path in sorted(speech_files, key=lambda path: path.name)
    }  # fmt: skip
    by_clip = {clip.id: split_of(clip) for clip in clips}
    return {"speech": speech, "archive": {archive.name: {"sha256": file_digest(archive)}}, "clips": by_clip}


def check_sources(paths: Sequence[Path]) -> None:
    """Check that a recording or archive listed in the fixed split is that very file. Raises DataError."""
    split = known_split()
    known = {**split["speech"], **split["archive"]}
    for path in paths:
        if path.name in known and file_digest(path) != known[path.name]["sha256"]:
            raise DataError(f"{path} is not the file of that name in split.json", "take the original, or rename it")


def _repertoires(clips: Sequence[GestureClip], split: str) -> list[tuple[Repertoire, float]]:
    """Each style's repertoire for a split, and how often it is chosen.

    Every style has all the gestures of its split, whoever recorded them: all of them are on one skeleton.
    """
    out = []
    gestures = [clip for clip in clips if split_of(clip) == split]
    for style in (_STRANGER,) if split == STRANGER else STYLES:
        own = [clip for clip in clips if (clip.performer, clip.stance) == (style.performer, style.stance)]
        if own and gestures:
            out.append((make_repertoire(style.name, own, gestures), style.weight))
    if not out and split != STRANGER:
        raise DataError(f"none of the gesture clips can be used for {split}", "give the clips of SmartBody's archive")
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
    group: list[Path], repertoires: list[tuple[Repertoire, float]], clip_index: dict[str, int],
    rng: np.random.Generator, n_takes: int,
) -> dict[str, Any]:  # fmt: skip
    """What `CorpusWriter.add` takes, for recordings of one speaker."""
    clean = _join(group, rng)
    n = int(len(clean) / SAMPLE_RATE_HZ * FPS)
    weights = np.array([weight for _, weight in repertoires])

    def choose() -> Repertoire:
        return repertoires[rng.choice(len(weights), p=weights / weights.sum())][0]

    repertoire = choose()
    prosody = analyse(clean, n, FPS)
    performance = perform(prosody, repertoire, rng)
    takes = [_rounded(perform(prosody, choose(), rng).quaternions) for _ in range(n_takes)]
    ids = np.array([clip_index[placed.clip.id] for placed in performance.gestures] + [-1], np.int32)
    accents = np.round(prosody.accents_s * FPS).astype(np.int32)
    gestures = [
        {"clip": p.clip.id, "emphasis_s": round(float(p.accent_s), 3), "mirrored": p.mirrored}
        for p in performance.gestures
    ]
    return {
        "samples": _record(clean, rng), "motion": _rounded(performance.quaternions),
        "accents": accents[accents < n], "gesture": ids[performance.owner],
        "takes": np.stack(takes) if takes else None, "speech": [path.name for path in group],
        "style": repertoire.name, "gestures": gestures,
    }  # fmt: skip


def _rounded(quaternions: np.ndarray) -> np.ndarray:
    """Unit quaternions (..., 4) float32 that are the same wherever they were computed."""
    q = np.round(quaternions / _STEP)
    # Term by term: sums and roots are exact everywhere, sums in another order are not. Zero has one sign.
    length = np.sqrt(q[..., 0] ** 2 + q[..., 1] ** 2 + q[..., 2] ** 2 + q[..., 3] ** 2)
    return (q / length[..., None] + 0.0).astype(np.float32)


def _heard(path: Path) -> np.ndarray:
    """A recording (N,) float64 at 16 kHz. `Speech.blocks` resamples in single precision: not the same everywhere."""
    speech = open_speech(path)
    ratio = Fraction(SAMPLE_RATE_HZ, speech.rate_hz)
    samples = np.concatenate(list(speech.mono())).astype(np.float64)
    return resample_poly(samples, ratio.numerator, ratio.denominator)


def _join(group: list[Path], rng: np.random.Generator) -> np.ndarray:
    """Recordings with pauses before, between and after, 16 kHz."""
    parts = []
    for path in group:
        parts += [np.zeros(round(rng.uniform(*_PAUSE_S) * SAMPLE_RATE_HZ)), _heard(path)]
    parts.append(np.zeros(round(rng.uniform(*_PAUSE_S) * SAMPLE_RATE_HZ)))
    joined = np.concatenate(parts)
    return np.pad(joined, (0, max(0, round(_LEAST_S * SAMPLE_RATE_HZ) - len(joined))))


def _record(clean: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Simulate another microphone: another level, without clipping, and a steady noise floor."""
    gain = 10 ** (rng.uniform(*_GAIN_DB) / 20)
    gain = min(gain, 0.99 / max(float(np.abs(clean).max()), 1e-6))
    noise = rng.normal(0, 10 ** (rng.uniform(*_NOISE_DBFS) / 20), len(clean))
    return clean * gain + noise
