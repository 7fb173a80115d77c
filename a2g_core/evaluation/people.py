"""People, beside whom everything else is measured: their ranges as numbers, and recordings of them as a row.

Few people were recorded with body and voice under terms that let one measure at all, so a range is a range and no
target: the least and the most of four recordings of two actors.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from ..body.skeleton import BODY
from ..training.corpus import TRAIN, VALIDATION, load_manifest
from .entrants import Clip, open_clips

PEOPLE = "people"
"""Name of their row."""

RANGES: dict[str, tuple[float, float]] = {
    "onset_wrists": (0.20, 0.28),
    "onset_wrists_lag_s": (0.03, 0.07),
    "energy_wrists": (0.22, 0.23),
    "accent_wrists_s": (-0.07, 0.17),
    "accent_wrists_height": (1.34, 1.65),
    "accent_head_s": (-0.03, -0.03),
    "alignment_arms": (0.82, 0.84),
    "hand_height_95_cm": (28, 52),
    "both_hands_up": (0.41, 0.75),
    "wrist_speed_m_s": (0.26, 0.55),
    "wrist_speed_90_m_s": (0.72, 1.19),
    "wrist_jerk_median_m_s3": (11, 34),
    "finger_speed_90_deg_s": (94, 110),
    "distinct_a_minute": (16, 52),
}
"""Least and most by measure. Of two recordings of one actor, ZeroEGGS's 001 and 003 (four minutes, nine joints: neither
head nor fingers), measured here; and of two recordings of another actor, which are not here any more: of those single
recordings for hands, of all four together for timing, by other code (onset 0.20, wrists -0.07 s, head -0.03 s)."""

ALIGNMENT_ARMS = 0.83
"""What the built-in scorer gives ZeroEGGS's two recordings (60 windows, standard error 0.02): the ceiling of
`alignment_arms`."""

NO_HEAD: tuple[str, ...] = ("onset_head", "energy_head", "accent_head", "alignment_head", "hellinger_head")
NO_LEGS: tuple[str, ...] = ("fgd", "sliding_cm_s", "skating", "ground_error_cm", "hellinger_legs")
OF_THE_PAIR: tuple[str, ...] = ("l1_", "pck_", "multimodality", "summary")
"""Beginnings of the names of measures that say nothing of a person: without a head of its own, without legs, or beside
itself."""


def open_people(corpus: Path) -> list[Clip]:
    """All recordings of an imported corpus but for mirrored copies, which would count the same person twice.

    None of them may have been trained on.
    """
    entries = load_manifest(corpus)["sequences"]
    splits = {entry["split"] for entry in entries}
    copies = {entry["file"] for entry in entries if "_mirror" in entry.get("source", "")}
    clips = [clip for split in (TRAIN, VALIDATION) if split in splits for clip in open_clips(corpus, split)]
    return [clip for clip in clips if clip.sequence.name not in copies]


def says_nothing(clips: Sequence[Clip], measure: str) -> bool:
    """Whether a measure cannot be taken of these people: recordings of nine joints have neither head nor legs."""
    missing = OF_THE_PAIR
    if not _moves(clips, "head"):
        missing += NO_HEAD
    if not _moves(clips, "left_knee"):
        missing += NO_LEGS
    return measure.startswith(missing) and measure != "fgd_upper"


def _moves(clips: Sequence[Clip], joint: str) -> bool:
    j = BODY.index(joint)
    return any(float(np.ptp(clip.quaternions[:, j], axis=0).max()) > 1e-3 for clip in clips)
