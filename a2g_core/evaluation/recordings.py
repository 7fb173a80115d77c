"""Recordings from outside the corpus, by speakers that no model here was trained on, and the takes made of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from ..body.motion import Motion
from ..errors import DataError
from ..speech.audio import SAMPLE_RATE_HZ, SOUND_ENDINGS, open_speech
from ..speech.features import log_mel
from ..training.corpus import TRAIN, CorpusSequence
from ..training.synthetic import known_split
from . import dynamics
from .entrants import FPS, BodyEntrant, Clip
from .gestures import depth_in_body_m, measure_hands
from .metrics import body_positions, mean_of
from .scoreboard import WRISTS, Panel, judge
from .styles import DEEPEST

SHORTEST_S = 5.0
MOST = 20
RUNS = 3
"""Takes are made of recordings that the alignment scorer can compare, of at most so many, so many of each."""

_SHORTEST_PART_S, _JOINED_S, _PAUSE_S, _SPEECHES = 3.0, 15.0, 0.5, 8


def recordings_in(folder: Path) -> list[Path]:
    """The sound files in a folder, by path, but for those that `split.json` lists as trained on."""
    speech = known_split()["speech"]
    trained_on = {name for name, entry in speech.items() if entry["split"] == TRAIN}
    files = (path for path in folder.rglob("*") if path.suffix.lower() in SOUND_ENDINGS)
    return sorted(path for path in files if path.name not in trained_on)


def open_recordings(folder: Path, most: int = MOST) -> list[Clip]:
    """The first recordings of at least 5 s, as clips without motion. Raises DataError if there is none."""
    clips: list[Clip] = []
    for path in recordings_in(folder):
        speech = open_speech(path)
        if speech.duration_s >= SHORTEST_S:
            mel = log_mel(speech.blocks(), round(speech.duration_s * FPS), FPS)
            none = np.zeros(0)
            sequence = CorpusSequence(path.name, "", FPS, (), path, mel, None, None, none, none, none, "")
            clips.append(Clip(sequence))
        if len(clips) == most:
            break
    if not clips:
        raise DataError(
            "there is no recording in {folder} to make takes of",
            "give recordings of {least:g} s or more that are not among the training data",
            folder=folder, least=SHORTEST_S,
        )  # fmt: skip
    return clips


def join_recordings(folder: Path) -> list[np.ndarray]:
    """Up to eight speeches of at least 15 s, each joined from a folder's recordings of at least 3 s, with pauses.

    They must be as long as a corpus's clips, because diversity depends on length. Raises DataError for too little
    speech.
    """
    out, parts = [], []
    for path in recordings_in(folder):
        recording = open_speech(path)
        if recording.duration_s >= _SHORTEST_PART_S:
            parts += [*recording.blocks(), np.zeros(round(_PAUSE_S * SAMPLE_RATE_HZ), np.float32)]
        if sum(map(len, parts)) >= _JOINED_S * SAMPLE_RATE_HZ:
            out.append(np.concatenate(parts))
            parts = []
        if len(out) == _SPEECHES:
            break
    if not out:
        raise DataError(
            "there is too little speech in {folder}", "give {least:g} s of recordings, each of {one:g} s or more",
            folder=folder, least=_JOINED_S, one=_SHORTEST_PART_S,
        )  # fmt: skip
    return out


def takes_of(entrant: BodyEntrant, clips: Sequence[Clip]) -> list[list[Motion]]:
    """Three runs, each a take of every recording."""
    return [[entrant.perform(clip, run) for clip in clips] for run in range(RUNS if entrant.is_random else 1)]


def measure_takes(takes: Sequence[Sequence[Motion]], panel: Panel) -> dict[str, float]:
    """What hands do in these takes, how deep one is in the body at worst, and what the judges say.

    panel: of the recordings; its FGD is against the held-out motion of a corpus, of other speech.
    """
    every = [motion for run in takes for motion in run]
    hands = [measure_hands(motion) for motion in every]
    speeds = [dynamics.mean_speed(body_positions(motion)[:, WRISTS], FPS) for motion in every]
    deepest_cm = max(100 * float(depth_in_body_m(motion).max()) for motion in every)
    return {
        **mean_of(hands), "wrist_speed_m_s": float(np.mean(speeds)), DEEPEST: deepest_cm, **judge(panel, takes),
    }  # fmt: skip
