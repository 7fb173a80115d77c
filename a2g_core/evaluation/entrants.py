"""The rows of the scoreboard: trained models, and the three reference rows that keep the measures honest.

An entrant makes a motion for a clip of held-out speech as often as asked. Every motion has the clip's frames at 30 fps,
the body's 22 joints first, and then the fingers where its maker has any.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Generic, TypeVar

import numpy as np

from ..body.motion import Motion
from ..body.rotations import matrix_to_sixd, quaternion_to_matrix
from ..body.skeleton import BODY, BODY_HANDS
from ..errors import DataError
from ..model.checkpoint import Model
from ..performing.generate import generate
from ..performing.postprocess import motion_from_sixd
from ..speech.audio import SAMPLE_RATE_HZ
from ..speech.features import log_mel
from ..speech.heard import Heard
from ..training.corpus import CorpusSequence, load_corpus

FPS = 30.0
REFERENCE_NAMES = CORPUS, ELSEWHERE, FROZEN = "corpus itself", "real motion, another moment", "frozen mean pose"


@dataclass(frozen=True)
class SpeechClip:
    """The speech of one sequence of a corpus."""

    sequence: CorpusSequence
    _heard: dict[float, Heard] = field(default_factory=dict, repr=False)

    def __len__(self) -> int:
        return len(self.sequence.mel)

    @property
    def name(self) -> str:
        return Path(self.sequence.name).stem

    @property
    def audio(self) -> Path:
        return self.sequence.audio

    def heard(self, fps: float) -> Heard:
        """The clip's speech as a model of this frame rate hears it."""
        if fps not in self._heard:
            duration_s = len(self) / self.sequence.fps
            if fps == self.sequence.fps:
                features = np.asarray(self.sequence.mel, np.float32)
            else:
                features = log_mel(self.sequence.speech().blocks(), round(duration_s * fps), fps)
            self._heard[fps] = Heard(features, fps, duration_s, self.sequence.name)
        return self._heard[fps]


@dataclass(frozen=True)
class Clip(SpeechClip):
    """A sequence of a 3-D corpus: speech, and the motion that was recorded with it or placed on it."""

    @cached_property
    def quaternions(self) -> np.ndarray:
        """(T, J, 4), the body's joints first."""
        assert self.sequence.quaternions is not None  # `open_clips` has seen to it
        return self.sequence.quaternions

    @cached_property
    def truth(self) -> Motion:
        """The corpus's own motion, with its feet set on the floor as a model's are."""
        return _grounded(_sixd(self.quaternions))

    def saying(self, other: Clip) -> Clip:
        """The other clip's speech under this one's name, and so with its seeds."""
        return Clip(replace(other.sequence, name=self.sequence.name))

    @cached_property
    def other_takes(self) -> list[Motion]:
        """The corpus's other motions for the same speech."""
        return [_grounded(_sixd(take)) for take in self.sequence.takes]


AnyClip = TypeVar("AnyClip", bound=SpeechClip)
Moves = TypeVar("Moves")


@dataclass(frozen=True)
class Entrant(Generic[AnyClip, Moves]):
    """A row of the scoreboard: what moves to clips of one kind, by a Motion in 3-D, by key points in 2-D.

    name: as shown in tables. perform(clip, run): the motion of one run. is_random: whether runs differ.
    other_takes(clip): further motions for the same speech, used only for multimodality.
    """

    name: str
    perform: Callable[[AnyClip, int], Moves] = field(repr=False)
    is_random: bool = True
    model: Model | None = field(default=None, repr=False)
    other_takes: Callable[[AnyClip], list[Moves]] = field(default=lambda clip: [], repr=False)


BodyEntrant = Entrant[Clip, Motion]


def open_clips(corpus: Path, split: str, most: int | None = None) -> list[Clip]:
    """The clips of a split, at most the first `most`. Raises DataError for a corpus that is not 3-D at 30 fps."""
    sequences = load_corpus(corpus, split)
    if any(s.quaternions is None or s.fps != FPS or s.joints[: len(BODY)] != BODY.names for s in sequences):
        raise DataError("this corpus cannot be scored", "give a 3-D corpus at 30 fps that has the body's joints")
    return [Clip(sequence) for sequence in sequences[:most]]


def model_entrant(name: str, model: Model) -> BodyEntrant:
    """A trained model of any system."""

    def perform(clip: Clip, run: int) -> Motion:
        motion = generate(clip.heard(model.fps), model, seed=seed_of(clip.name, run), fps=FPS)
        skeleton = BODY_HANDS if len(motion.skeleton) >= len(BODY_HANDS) else BODY
        index = [motion.skeleton.index(name) for name in skeleton.names]
        return Motion(motion.quaternions[:, index], motion.translation, FPS, skeleton)

    return Entrant(name, perform, model.config.is_random, model)


def corpus_entrant() -> BodyEntrant:
    """The corpus itself: the ceiling."""
    return Entrant(CORPUS, lambda clip, run: clip.truth, is_random=False, other_takes=lambda clip: clip.other_takes)


def frozen_entrant(clips: Sequence[Clip]) -> BodyEntrant:
    """The mean pose of these (training) clips throughout: what pointwise measures score best."""
    total = np.sum([_sixd(clip.quaternions).astype(np.float64).sum(0) for clip in clips], axis=0)
    mean = (total / sum(len(clip) for clip in clips)).astype(np.float32)

    def perform(clip: Clip, run: int) -> Motion:
        return _grounded(np.tile(mean, (len(clip), 1)))

    return Entrant(FROZEN, perform, is_random=False)


def elsewhere_entrant(clips: Sequence[Clip]) -> BodyEntrant:
    """Real motion from another moment: another of these clips, starting at a random frame."""

    def perform(clip: Clip, run: int) -> Motion:
        frames = elsewhere_frames(clip, clips, run, lambda other: _sixd(other.quaternions))
        return _grounded(frames)

    return Entrant(ELSEWHERE, perform)


def elsewhere_frames(
    clip: AnyClip, clips: Sequence[AnyClip], run: int, frames_of: Callable[[AnyClip], np.ndarray]
) -> np.ndarray:
    """As many frames as the clip has, from another clip, starting at a random frame.

    If none is long enough, from the clip itself, rotated in time to start at another frame.
    """
    others = [c for c in clips if c.audio != clip.audio and len(c) >= len(clip)]
    rng = np.random.default_rng([run, *clip.name.encode()])
    if not others:
        return np.roll(frames_of(clip), int(rng.integers(len(clip) // 4, 3 * len(clip) // 4)), axis=0)
    other = others[rng.integers(len(others))]
    first = int(rng.integers(len(other) - len(clip) + 1))
    return frames_of(other)[first : first + len(clip)]


def hear_samples(samples: np.ndarray, model: Model) -> Heard:
    """Samples (N,) at 16 kHz as a model hears them."""
    duration_s = len(samples) / SAMPLE_RATE_HZ
    return Heard(log_mel([samples], round(duration_s * model.fps), model.fps), model.fps, duration_s, "")


def seed_of(clip: str, run: int) -> int:
    """The seed of a run on a clip: another for each clip, because the seed also decides the style.

    One seed for all clips of a run would compare one style with the whole corpus.
    """
    return int.from_bytes(hashlib.sha256(f"{clip}/{run}".encode()).digest()[:4], "big") >> 1


def _sixd(quaternions: np.ndarray) -> np.ndarray:
    """Quaternions (T, J, 4), the body's joints first, to 6-D rotations (T, 312), or (T, 132) without fingers."""
    kept = len(BODY_HANDS) if quaternions.shape[1] >= len(BODY_HANDS) else len(BODY)
    matrices = quaternion_to_matrix(np.asarray(quaternions[:, :kept], np.float32))
    return matrix_to_sixd(matrices).reshape(len(matrices), -1)


def _grounded(sixd: np.ndarray) -> Motion:
    """6-D rotations of `_sixd` as a motion whose feet stand on the floor, as a model's do."""
    return motion_from_sixd(sixd, BODY_HANDS if sixd.shape[1] == 6 * len(BODY_HANDS) else BODY, FPS)
