"""The scoreboard in 2-D: key points as in the Speech2Gesture data, with the measures that the paper reports for them.

Lengths are in hundredths of the speaker's mean shoulder width, because a pixel is a different length in every video.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from ..errors import DataError
from ..model.checkpoint import Model
from ..model.settings import SystemConfig
from ..performing.generate import generate_channels
from ..training.corpus import CorpusSequence, load_corpus
from .entrants import CORPUS, ELSEWHERE, FROZEN, Entrant, SpeechClip, elsewhere_frames, seed_of
from .metrics import l1_cm, multimodality_cm, pck_of_person
from .scoreboard import Scores, averages, diversities

ROWS = ("speech2gesture", "speech2gesture-gan", "table2-diversity")
"""Named configs of the S2G-Ellen part of Table 1."""
CROP_FRAMES = 64
"""Length of the data's crops (sec. 5.3)."""
MEASURES = {
    "l1_sum_cm": "L1, Eq. 13, summed over xy, hundredths of a shoulder width",
    "l1_mean_cm": "the same, mean over xy",
    "pck_02h": "PCK, Eq. 14, within 0.2 of the person's larger side",
    "diversity_cm": "diversity, Eq. 15, mean of all pairs",
    "diversity_literal_cm": "diversity divided as Eq. 15 is printed",
    "multimodality_cm": "multimodality, Eq. 16, mean of all pairs",
    "multimodality_literal_cm": "multimodality divided as Eq. 16 is printed",
}


class FlatClip(SpeechClip):
    """A sequence of a 2-D corpus: speech, and the key points that were filmed to it."""

    @property
    def truth(self) -> np.ndarray:
        """(T, J, 2)."""
        assert self.sequence.keypoints is not None  # `evaluate` opens 2-D corpora alone with this class
        return self.sequence.keypoints


FlatEntrant = Entrant[FlatClip, np.ndarray]


def open_flat_clips(corpus: Path, split: str, most: int | None = None) -> list[FlatClip]:
    """The clips of a split, at most the first `most`."""
    return [FlatClip(sequence) for sequence in load_corpus(corpus, split)[:most]]


def flattened(config: SystemConfig, sequence: CorpusSequence) -> SystemConfig:
    """The config for key points like this sequence's."""
    return config.replace(dimensions=2, joints=len(sequence.joints), fps=sequence.fps, crop_frames=CROP_FRAMES)


def flat_model_entrant(name: str, model: Model) -> FlatEntrant:
    """A trained 2-D model of any system."""
    if model.config.architecture.dimensions != 2:
        raise DataError("'{name}' is not a 2-D model", "score it on a 3-D corpus", name=name)

    def perform(clip: FlatClip, run: int) -> np.ndarray:
        channels = generate_channels(clip.heard(model.fps), model, seed=seed_of(clip.name, run))
        return channels.reshape(len(channels), model.config.architecture.joints, 2)

    return Entrant(name, perform, model.config.is_random, model)


def flat_references(clips: Sequence[FlatClip], training: Sequence[FlatClip]) -> list[FlatEntrant]:
    """The corpus itself, real motion from another moment, the frozen mean pose."""
    mean = np.concatenate([clip.truth for clip in training]).mean(axis=0)

    def elsewhere(clip: FlatClip, run: int) -> np.ndarray:
        return elsewhere_frames(clip, (*clips, *training), run, lambda other: other.truth)

    return [
        Entrant(CORPUS, lambda clip, run: clip.truth, is_random=False),
        Entrant(ELSEWHERE, elsewhere),
        Entrant(FROZEN, lambda clip, run: np.tile(mean, (len(clip), 1, 1)), is_random=False),
    ]


def measure_flat(entrant: FlatEntrant, clips: Sequence[FlatClip], samples: int) -> Scores:
    """The paper's measures, over `samples` runs of each clip (one run if the entrant is not random)."""
    runs = samples if entrant.is_random else 1
    per_run, multi = [], []
    for clip in clips:
        made = [entrant.perform(clip, run) for run in range(runs)]
        per_run.append([
            {
                "l1_sum_cm": l1_cm(p, clip.truth), "l1_mean_cm": l1_cm(p, clip.truth, form="mean"),
                "pck_02h": pck_of_person(p, clip.truth),
                **diversities(p),
            }
            for p in made
        ])  # fmt: skip
        multi.append([multimodality_cm(made, literal=literal) if runs > 1 else 0.0 for literal in (False, True)])
    numbers, best = averages(per_run, runs)
    numbers["multimodality_cm"], numbers["multimodality_literal_cm"] = (float(v) for v in np.mean(multi, axis=0))
    return Scores(entrant.name, numbers, best, runs)
