"""When each word of a known text is said: by dynamic programming over its sounds, in any language, with NumPy alone.

Every word is its sounds one after the other, each a frame or more long; before it may be a pause, or *stray speech*
that the text does not have; and a word of the text may not be said at all. The path that is likeliest in all says when
the words are (Rabiner 1989, section III.B, with the explicit durations of section IV.D).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from random import Random

import numpy as np

from ..errors import WordsError
from ..speech.heard import Heard
from .acoustics import FPS, Sounds, perceived
from .spelling import SOUNDS, sounds_of
from .word import Passage, Word, Written, ends_clause, in_a_row, parted, spoken

_LONGEST_SOUND_S = 0.36
_STRAY_FRAME = 1.5
_ASTRAY_S, _ASTRAY_SHARE = 20.0, 0.15
"""A word is looked for as far from where even speech would have it, or as far as this share of all, but at most: """
_ASTRAY_MOST_S = 90.0
_AROUND_S = 0.2
"""Times of passages are somebody's, and not exact: words are looked for so much further."""
_ROOM = 1.5
_LEAST_STRAY_S = 1.0
_UNSAID_LOSS = 3.0
_FITS = 0.25
"""How much better a text must fit than its words in other orders (`docs/research/words.md`): right ones 0.32 and more,
also where sentences are missing; 25 of 26 others 0.18 and less."""
_ORDERS, _JUDGED_WORDS = 5, 120
_ENOUGH_WORDS = 8
_SHOWN = 80
"""Characters of words that a note names."""

_NUMBER = {sound: number for number, sound in enumerate(SOUNDS)}


@dataclass(frozen=True)
class Costs:
    """What each departure from words in a row costs, in log-likelihood; infinite for what cannot be.

    pause, clause_pause: between words, and between those that punctuation parts. stray, clause_stray: speech that the
    text does not have, there. edge_pause: before the first word and behind the last. edge_stray: at either.
    unsaid_run, unsaid: words in a row that are not said, and each of them; so that a few are not squeezed in between
    the others, and single ones that are said faintly are kept.
    """

    pause: float = 8.0
    clause_pause: float = 2.0
    stray: float = 80.0
    clause_stray: float = 40.0
    edge_pause: tuple[float, float] = (0.0, 0.0)
    edge_stray: float = 20.0
    unsaid_run: float = 16.0
    unsaid: float = 6.0


TEXT = Costs()
CUE = Costs(stray=np.inf, clause_stray=np.inf, edge_stray=4.0, unsaid=np.inf)
"""Whoever gave a line its times heard all its words within them, though the times may not be exact."""


@dataclass(frozen=True)
class Transcript:
    """The words of a speech in order, without those that are not said; notes: where text and speech disagree."""

    words: tuple[Word, ...]
    notes: tuple[WordsError, ...] = ()


@dataclass(frozen=True)
class Path:
    """When words are said: frames (start, stop) for each of their sounds, None for a word that is not said.

    stray: frames (start, stop) of speech that no word is for.
    """

    sounds: tuple[list[tuple[int, int]] | None, ...]
    stray: tuple[tuple[int, int], ...]


def align(passages: Sequence[Passage], heard: Heard, sounds: Sounds | None = None) -> Transcript:
    """Times of all words of a text that is given in passages. Those without times are looked for between the others.

    WordsError for a text without words, one that is too long for the speech, and one of which nothing is heard.
    ValueError for a speech that was not heard at `acoustics.FPS`.
    """
    if heard.fps != FPS:
        raise ValueError(f"the speech was heard at {heard.fps:g} frames a second, not at {FPS:g}")
    stretches = _stretches(passages, heard.duration_s)
    if not stretches:
        raise WordsError("the text has no words", "give the text of what is said")
    sounds = sounds or Sounds.load()
    likeness = sounds.likeness(perceived(heard.features))
    words: list[Word] = []
    unsaid: list[tuple[str, float]] = []
    stray: list[tuple[float, float]] = []
    agreed: list[_Agreement] = []
    for stretch in stretches:
        if stretch.start_s >= heard.duration_s:  # subtitles of more than this recording
            unsaid += [(text, heard.duration_s) for text in stretch.texts]
            continue
        if stretch.is_exact:
            words.append(stretch.written[0].at(stretch.start_s, stretch.end_s))
            continue
        first, stop = stretch.frames(len(likeness))
        path = find_path(likeness[first:stop], stretch.texts, sounds, stretch.costs)
        agreed.append(_agreement(likeness[first:stop], stretch.texts, path, sounds))
        at_s = first / FPS
        for word, spans in zip(stretch.written, path.sounds):
            if spans is None:
                unsaid.append((word.text, words[-1].end_s if words else at_s))
            else:
                words.append(word.at(_seconds(first + spans[0][0]), _seconds(first + spans[-1][1])))
        stray += [(at_s + a / FPS, at_s + b / FPS) for a, b in path.stray if (b - a) / FPS >= _LEAST_STRAY_S]
    if not words:
        raise WordsError("no word of the text is heard", "check that it belongs to this recording")
    return Transcript(tuple(words), tuple(_notes(unsaid, stray, agreed)))


def find_path(likeness: np.ndarray, texts: Sequence[str], sounds: Sounds, costs: Costs = TEXT) -> Path:
    """Where words are in frames of which `likeness` (T, K + 1) says what sounds they may be.

    WordsError if there are fewer frames than the sounds of words that must be said.
    """
    n_frames = len(likeness)
    # A word of more sounds than frames cannot be said; how many more does not matter.
    spelled = [[_NUMBER[sound] for sound in sounds_of(text)[: n_frames + 1]] for text in texts]
    sums = np.concatenate([np.zeros((1, likeness.shape[1])), np.cumsum(likeness, 0)])
    stray_sums = np.concatenate([[0.0], np.cumsum(likeness[:, :-1].max(1) - _STRAY_FRAME)])
    pause_sums = sums[:, -1]
    borders = [ends_clause(text) for text in texts[:-1]]
    first, last = costs.edge_pause
    pauses = [first, *(costs.clause_pause if border else costs.pause for border in borders), last]
    strays = [
        costs.edge_stray,
        *(costs.clause_stray if border else costs.stray for border in borders),
        costs.edge_stray,
    ]

    best, low = np.zeros(1), 0  # of the frames from `low` on: how likely the best way there is
    leaving = np.full(1, -np.inf)  # and the best whose last word is not said
    steps: list[_Step] = []
    for i, (first, stop) in enumerate(_windows(spelled, n_frames)):
        best, leaving, low = _moved(best, low, first, stop), _moved(leaving, low, first, stop), first
        here = slice(first, stop)
        best, paused = _wait(best, pause_sums[here], pauses[i])
        best, strayed = _wait(best, stray_sums[here], strays[i])
        best, again = _wait(best, pause_sums[here], 0.0)
        lengths: list[np.ndarray] = []
        if i < len(texts):
            entry = best
            for sound in spelled[i][: len(best)]:  # each is a frame or more: with as many there is no way
                best, length = _last(best, sums[here, sound], sound, sounds)
                lengths.append(length)
            begun = entry - costs.unsaid_run
            goes_on = leaving >= begun
            leaving = np.maximum(leaving, begun) - costs.unsaid
            unsaid = leaving > best
            best = np.maximum(leaving, best)
            steps.append(_Step(first, paused, strayed, again, lengths, unsaid, goes_on))
        else:
            nothing = np.zeros(len(best), bool)
            steps.append(_Step(first, paused, strayed, again, lengths, nothing, nothing))
    if not np.isfinite(best[n_frames - low]):
        raise WordsError("the text is too long for the speech", "check that it belongs to this recording")
    return _traced(steps, n_frames)


# The trellis ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Step:
    """How the best ways through a word came to each frame of its window, which begins at frame `low`.

    paused, strayed, again: since which frame of the window. lengths: frames of each sound that ends there. unsaid:
    whether the word is not said. goes_on: whether the one before it is not said either, if this one is not.
    """

    low: int
    paused: np.ndarray
    strayed: np.ndarray
    again: np.ndarray
    lengths: list[np.ndarray]
    unsaid: np.ndarray
    goes_on: np.ndarray


def _windows(spelled: list[list[int]], n_frames: int) -> list[tuple[int, int]]:
    """For each word, and for the end, the borders (first, stop) between frames where it may begin and end."""
    astray = round(FPS * min(max(_ASTRAY_S, _ASTRAY_SHARE * n_frames / FPS), _ASTRAY_MOST_S))
    shares = np.concatenate([[0.0], np.cumsum([len(word) for word in spelled])])
    expected = shares / shares[-1] * n_frames
    lows = [max(0, int(at) - astray) for at in expected]
    highs = [min(n_frames, int(at) + astray) for at in expected[1:]] + [n_frames]
    return [(low, high + 1) for low, high in zip(lows, highs)]


def _moved(best: np.ndarray, low: int, first: int, stop: int) -> np.ndarray:
    """The same in another window; what has not been reached is impossible."""
    kept = best[first - low : stop - low]
    return np.concatenate([kept, np.full(stop - first - len(kept), -np.inf)])


def _wait(best: np.ndarray, sums: np.ndarray, cost: float) -> tuple[np.ndarray, np.ndarray]:
    """The best ways, with or without waiting in something whose log-likelihoods add up to `sums`; and since when."""
    gain = best - sums
    numbers = np.arange(len(best), dtype=np.int32)
    highest = np.maximum.accumulate(gain)
    since = np.maximum.accumulate(np.where(gain >= highest, numbers, 0).astype(np.int32))
    waited = highest + sums - cost
    is_better = waited > best
    return np.where(is_better, waited, best), np.where(is_better, since, numbers)


def _last(best: np.ndarray, sums: np.ndarray, sound: int, sounds: Sounds) -> tuple[np.ndarray, np.ndarray]:
    """The best ways after a sound, and how many frames it lasts (Rabiner 1989, Eq. 68)."""
    longest = min(round(_LONGEST_SOUND_S * FPS), len(best) - 1)
    likely = sounds.length_likeness(sound, np.arange(1, longest + 1))
    gain = best - sums
    after, length = np.full(len(best), -np.inf), np.zeros(len(best), np.int8)
    for n in range(1, longest + 1):
        reached = gain[:-n] + likely[n - 1]
        is_better = reached > after[n:]
        after[n:][is_better] = reached[is_better]
        length[n:][is_better] = n
    return after + sums, length


def _traced(steps: list[_Step], n_frames: int) -> Path:
    """The best way, from its end to its beginning."""
    spans: list[list[tuple[int, int]] | None] = []
    stray: list[tuple[int, int]] = []
    at, goes_on = n_frames, False
    for number in range(len(steps) - 1, -1, -1):
        step = steps[number]
        if number < len(steps) - 1:
            if goes_on or step.unsaid[at - step.low]:
                spans.append(None)
                goes_on = bool(step.goes_on[at - step.low])
                if goes_on:  # there was no wait between the two
                    continue
            else:
                found = []
                for length in reversed(step.lengths):
                    begun = at - int(length[at - step.low])
                    found.append((begun, at))
                    at = begun
                spans.append(found[::-1])
        at = step.low + int(step.again[at - step.low])
        begun = step.low + int(step.strayed[at - step.low])
        if begun < at:
            stray.append((begun, at))
        at = step.low + int(step.paused[begun - step.low])
    return Path(tuple(spans[::-1]), tuple(stray[::-1]))


# What the text and the speech say of each other -----------------------------------------------------------------------


@dataclass(frozen=True)
class _Stretch:
    """Words between two times; is_exact: it is one word, and the times are its own."""

    written: list[Written]
    start_s: float
    end_s: float
    is_exact: bool = False
    around_s: float = 0.0

    @property
    def texts(self) -> list[str]:
        """The words as they are written."""
        return [word.text for word in self.written]

    @property
    def costs(self) -> Costs:
        """Those of a cue where it has times and there is room for its words."""
        n_sounds = sum(len(sounds_of(text)) for text in self.texts)
        return CUE if self.around_s and (self.end_s - self.start_s) * FPS > _ROOM * n_sounds else TEXT

    def frames(self, n: int) -> tuple[int, int]:
        """The frames (first, stop) that it is looked for in."""
        first = min(max(0, round((self.start_s - self.around_s) * FPS)), n - 1)
        return first, min(n, max(first + 1, round((self.end_s + self.around_s) * FPS)))


def _stretches(passages: Sequence[Passage], duration_s: float) -> list[_Stretch]:
    """Passages without times between two that have some are one stretch; of those with times, each is one."""
    found: list[_Stretch] = []
    told = spoken(passages)
    for number, (passage, words) in enumerate(told):
        following = next((p.start_s for p, _ in told[number + 1 :] if p.start_s is not None), duration_s)
        if passage.start_s is not None:
            end_s = following if passage.end_s is None else passage.end_s
            exact = len(words) == 1 and passage.end_s is not None
            end_s = max(passage.start_s, min(end_s, duration_s))
            found.append(_Stretch(words, passage.start_s, end_s, exact, 0.0 if exact else _AROUND_S))
        elif number and told[number - 1][0].start_s is None:
            found[-1].written.extend(words)
        else:
            found.append(_Stretch(words, found[-1].end_s if found else 0.0, following))
    return found


@dataclass(frozen=True)
class _Agreement:
    """How much better a text fits than its own words in other orders do, which cannot be what is said."""

    n_words: int
    better: float


def _agreement(likeness: np.ndarray, texts: list[str], path: Path, sounds: Sounds) -> _Agreement:
    """Of the first words, which say enough."""
    texts, spans = texts[:_JUDGED_WORDS], path.sounds[:_JUDGED_WORDS]
    if len(path.sounds) > _JUDGED_WORDS:
        likeness = likeness[: max((said[-1][1] for said in spans if said), default=len(likeness))]
    own = _fit(likeness, texts, spans)
    others = [_shuffled(texts, number) for number in range(_ORDERS)]
    fits = [_fit(likeness, order, find_path(likeness, order, sounds).sounds) for order in others]
    return _Agreement(len(texts), own - float(np.mean(fits)))


def _shuffled(texts: list[str], seed: int) -> list[str]:
    """The words in another order, punctuation where it was: pauses are then as likely as in the text itself."""
    bare, ends = zip(*map(parted, texts))
    return [word + end for word, end in zip(Random(seed).sample(bare, len(bare)), ends)]


def _fit(likeness: np.ndarray, texts: list[str], said: Sequence[list[tuple[int, int]] | None]) -> float:
    """How much less likely words are than the likeliest sounds, a frame; one that is not said counts as 3."""
    best = likeness[:, :-1].max(1)
    losses = [
        (likeness[a:b, _NUMBER[sound]] - best[a:b]).sum() / (spans[-1][1] - spans[0][0])
        for text, spans in zip(texts, said)
        if spans is not None
        for sound, (a, b) in zip(sounds_of(text), spans)
    ]
    n_unsaid = sum(spans is None for spans in said)
    return float(np.sum(losses) - _UNSAID_LOSS * n_unsaid) / len(texts)


def _notes(
    unsaid: list[tuple[str, float]], stray: list[tuple[float, float]], agreed: list[_Agreement]
) -> list[WordsError]:
    n = sum(a.n_words for a in agreed)
    if n >= _ENOUGH_WORDS and sum(a.better * a.n_words for a in agreed) / n < _FITS:
        return [WordsError("the text does not seem to be what is said", "check that it belongs to this recording")]
    notes = [
        WordsError(
            "between {start} and {end} something is said that is not in the text", "add it to the text",
            start=clock(start_s), end=clock(end_s),
        )
        for start_s, end_s in stray
    ]  # fmt: skip
    for _, group in groupby(unsaid, key=lambda item: item[1]):
        found = list(group)
        notes.append(
            WordsError(
                "'{words}' is not heard at {time}", "leave it out of the text if it is not said",
                words=_shortened(in_a_row(text for text, _ in found)), time=clock(found[0][1]),
            )
        )  # fmt: skip
    return notes


def _shortened(text: str) -> str:
    return text if len(text) <= _SHOWN else text[:_SHOWN].rstrip() + "…"


def _seconds(border: int) -> float:
    """When a sound begins whose first frame this is: half a frame before the middle of it."""
    return max(0.0, (border - 0.5) / FPS)


def clock(seconds: float) -> str:
    """Minutes and seconds, as notes say when something is."""
    minutes, rest = divmod(round(seconds, 1), 60)
    return f"{int(minutes)}:{rest:04.1f}"
