"""What a study asks, and about which videos, before anything is rendered. The same seed gives the same design."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np

from ...errors import ConfigError

PAIR_ANSWERS = {"left": "Left", "equal": "No difference", "right": "Right"}
"""Answers to a pair of videos, and their labels on the page."""

RATINGS = {5: "best", 4: "fine", 3: "not bad", 2: "bad", 1: "worst"}
"""Scores of the five ratings (sec. 5.2.2)."""


@dataclass(frozen=True)
class Mode:
    """A kind of study.

    questions: name and wording of the questions about every trial. guide: instructions on the start page.
    fewest: minimum number of systems. checks: default number of attention checks per participant.
    """

    questions: dict[str, str]
    guide: str
    fewest: int
    checks: int


MODES: dict[str, Mode] = {
    "realism": Mode(
        {"realism": "In which video does the character move more like a real person?"},
        "You will see pairs of videos of a talking character. Judge only how real the movements look.",
        2,
        2,
    ),
    "alignment": Mode(
        {"alignment": "In which video do the movements match the speech better?"},
        "You will see pairs of videos with sound. The movements in a pair are the same, the speech is not: "
        "judge how well the movements fit the rhythm, the emphasis and the meaning of what is said.",
        1,
        2,
    ),
    "rating": Mode(
        {
            "realism": "Which one is more realistic?",
            "diversity": "Which motion has more details?",
            "matching": "Which motion matches the audio better?",
        },
        "On every page several videos go with the same speech. Compare them and rate each one.",
        2,
        1,
    ),
}
"""Pairwise realism, alignment by mismatched speech, and the paper's questionnaire (its three questions verbatim)."""


@dataclass(frozen=True)
class Video:
    """One video of the page.

    audio: "none", "right" or "wrong". instruction: the sentence shown in it if it is an attention check.
    """

    system: str
    clip: str
    audio: str
    instruction: str = ""


@dataclass(frozen=True)
class Trial:
    """One page to answer.

    videos: ids, in no meaningful order; the browser draws each participant's order. stratum: what is sampled evenly,
    the pair of systems or the system. expected: the only right answer of an attention check, else None.
    """

    videos: tuple[str, ...]
    clip: str
    stratum: str
    expected: str | int | None = None


@dataclass(frozen=True)
class Design:
    """Videos and trials by anonymous id: random numbers, so that neither an id nor its rank reveals the system."""

    mode: str
    videos: dict[str, Video]
    trials: dict[str, Trial]
    checks: dict[str, Trial]


def design_study(
    mode: str, systems: list[str], clips: list[str], *, sound: bool, checks: int, rng: np.random.Generator
) -> Design:
    """Every possible comparison of these systems on these clips, and a pool of attention checks.

    realism: each pair of systems on each clip. alignment: each system on each clip, with the right and the wrong audio.
    rating: all systems together on each clip.
    """
    if mode not in MODES:
        raise ConfigError(f"there is no kind of study '{mode}'", f"choose one of {', '.join(MODES)}")
    if len(systems) < MODES[mode].fewest:
        raise ConfigError(
            f"{len(systems)} systems are too few for a study of {mode}", f"give {MODES[mode].fewest} or more"
        )
    book = _Book(rng)
    audios = {"realism": ("right" if sound else "none",), "alignment": ("right", "wrong"), "rating": ("right",)}[mode]
    ids = {(s, c, a): book.video(Video(s, c, a)) for s in systems for c in clips for a in audios}
    trials = {}
    for clip in clips:
        if mode == "alignment":
            sets = [(s, [ids[s, clip, a] for a in audios]) for s in systems]
        else:
            groups = combinations(systems, 2) if mode == "realism" else [systems]
            sets = [(" | ".join(g), [ids[s, clip, audios[0]] for s in g]) for g in groups]
        for stratum, videos in sets:
            trials[book.token()] = Trial(book.shuffled(videos), clip, stratum)
    pool = {book.token(): _check(book, mode, trial, k) for k, trial in enumerate(_pick(trials, checks, rng))}
    return Design(mode, dict(sorted(book.videos.items())), dict(sorted(trials.items())), dict(sorted(pool.items())))


def _pick(trials: dict[str, Trial], checks: int, rng: np.random.Generator) -> list[Trial]:
    """Trials to turn into attention checks: none, or enough that the expected answers differ between participants."""
    count = max(checks, 3) if checks else 0
    return [list(trials.values())[i] for i in rng.choice(len(trials), count, replace=len(trials) < count)]


def _check(book: _Book, mode: str, trial: Trial, k: int) -> Trial:
    """The trial with one video that says, in its picture, what to answer (as GENEA's attention checks do)."""
    if mode == "rating":
        rating = (2, 4, 1, 3, 5)[k % 5]
        expected: int | str = rating
        text = f'Attention check: please rate this video "{RATINGS[rating]}" in every row.'
    else:
        expected = choice = ("equal", "left", "right")[k % 3]
        text = f'Attention check: please choose "{PAIR_ANSWERS[choice]}".'
    original = book.videos[trial.videos[0]]
    told = book.video(Video(original.system, original.clip, original.audio, text))
    return Trial(book.shuffled([told, *trial.videos[1:]]), trial.clip, "check", expected)


class _Book:
    """Hands out anonymous ids."""

    def __init__(self, rng: np.random.Generator) -> None:
        self.rng = rng
        self.used: set[str] = set()
        self.videos: dict[str, Video] = {}

    def token(self) -> str:
        token = self.rng.bytes(5).hex()
        while token in self.used:
            token = self.rng.bytes(5).hex()
        self.used.add(token)
        return token

    def video(self, video: Video) -> str:
        token = self.token()
        self.videos[token] = video
        return token

    def shuffled(self, ids: list[str]) -> tuple[str, ...]:
        return tuple(ids[i] for i in self.rng.permutation(len(ids)))
