"""When each word of a known text is said: by dynamic programming over its sounds, in any language, with NumPy alone.

Every word is its sounds one after the other, each a frame or more long; before it may be a pause, or *stray speech*
that the text does not have; and a word of the text may not be said at all. The path that is likeliest in all says when
the words are (Rabiner 1989, section III.B, with the explicit durations of section IV.D).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from random import Random

import numpy as np

from ..errors import WordsError
from ..speech.heard import Heard
from .acoustics import FPS, Sounds, perceived
from .spelling import SOUNDS, is_guessed, sounds_of
from .word import Passage, Word, Written, ends_clause, in_a_row, parted, spoken

_LONGEST_SOUND_S = 0.36
_STRAY_FRAME = 1.5
_ASTRAY_S, _ASTRAY_SHARE = 20.0, 0.15
"""A word is looked for as far from where even speech would have it, or as far as this share of all, but at most: """
_ASTRAY_MOST_S = 90.0
_AROUND_S = 0.2
"""Times of passages are somebody's, and not exact: words are looked for so much further."""
_ROOM = 1.5
_CLOSE_BY = 10
"""Words between such as are not said and speech that the text does not have: fewer, and that may be instead of these.
One of them can be said in a breath between the two (`docs/research/words.md`)."""
_LEAST_STRAY_S = 1.0
_WORST = 10.0
"""How much less likely than the likeliest sound another one is at most, in a frame."""
_UNSAID_LOSS = 3.0
_FITS = 0.25
"""How much better a text must fit than its words in other orders (`docs/research/words.md`): right ones 0.32 and more,
also where sentences are missing; 25 of 26 others 0.18 and less."""
_ORDERS, _JUDGED_WORDS = 5, 120
_ENOUGH_WORDS = 8
_SHOWN = 80
"""Characters of words that a note names."""

_NO_SOUND = -1
_NUMBER = {sound: number for number, sound in enumerate(SOUNDS)}


@dataclass(frozen=True)
class Costs:
    """What each departure from words in a row costs, in log-likelihood; infinite for what cannot be.

    pause, clause_pause: between words, and between those that punctuation parts. stray, clause_stray: speech that the
    text does not have, there. edge_pause: before the first word and behind the last. edge_stray: at either.
    unsaid_run, unsaid: words in a row that are not said where something else may be, and each of them. extra_run,
    extra: words in a row that are not said where nothing else is either, and each of them; little, so that they are
    not squeezed in between the others, nor others left out for them.
    """

    pause: float = 8.0
    clause_pause: float = 2.0
    stray: float = 80.0
    clause_stray: float = 40.0
    edge_pause: tuple[float, float] = (0.0, 0.0)
    edge_stray: float = 20.0
    unsaid_run: float = 16.0
    unsaid: float = 6.0
    extra_run: float = 16.0
    extra: float = 2.0


TEXT = Costs()
CUE = Costs(stray=np.inf, clause_stray=np.inf, edge_stray=4.0, unsaid=np.inf, extra=np.inf)
"""Whoever gave a line its times heard all its words within them, though the times may not be exact."""
_JUDGED = Costs(extra=np.inf)
"""Of a text whose fit is compared: the words of another one are no extra ones."""


@dataclass(frozen=True)
class Transcript:
    """The words of a speech in order, without those that are not said; notes: where text and speech disagree.

    lacking: seconds (start, stop) of speech that the text does not have; all of it where it is another text.
    """

    words: tuple[Word, ...]
    notes: tuple[WordsError, ...] = ()
    lacking: tuple[tuple[float, float], ...] = ()


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
    frames = perceived(heard.features)
    likeness = _bounded(sounds.likeness(frames))
    there = [s for s in stretches if s.start_s < heard.duration_s and not s.is_exact]
    first_found = [_found(stretch, likeness, sounds) for stretch in there]
    paths = dict(zip(map(id, there), _found_again(there, first_found, frames, sounds)))
    words: list[Word] = []
    unsaid: list[tuple[str, float]] = []
    stray: list[tuple[float, float]] = []
    for stretch in stretches:
        if stretch.start_s >= heard.duration_s:  # subtitles of more than this recording
            unsaid += [(text, heard.duration_s) for text in stretch.texts]
            continue
        if stretch.is_exact:
            words.append(stretch.written[0].at(stretch.start_s, stretch.end_s))
            continue
        path, first = paths[id(stretch)], stretch.frames(len(frames))[0]
        at_s = first / FPS
        for word, spans in zip(stretch.written, path.sounds):
            if spans is None:
                unsaid.append((word.text, words[-1].end_s if words else at_s))
            else:
                words.append(word.at(_seconds(first + spans[0][0]), _seconds(first + spans[-1][1])))
        stray += [(at_s + a / FPS, at_s + b / FPS) for a, b in path.stray if (b - a) / FPS >= _LEAST_STRAY_S]
    if not words:
        raise WordsError("no word of the text is heard", "check that it belongs to this recording")
    agreed = [_agreement(stretch, likeness, path, sounds) for stretch, path in zip(there, first_found)]
    if not _fits(agreed):
        note = WordsError("the text does not seem to be what is said", "check that it belongs to this recording")
        return Transcript(tuple(words), (note,), ((0.0, heard.duration_s),))
    return Transcript(tuple(words), (*_stray_notes(stray), *unsaid_notes(unsaid)), tuple(stray))


def _found(stretch: _Stretch, likeness: np.ndarray, sounds: Sounds) -> Path:
    """The likeliest way through the words of a stretch, in its own frames."""
    first, stop = stretch.frames(len(likeness))
    return find_path(likeness[first:stop], stretch.texts, sounds, stretch.costs)


def _found_again(
    stretches: Sequence[_Stretch], paths: Sequence[Path], frames: np.ndarray, sounds: Sounds
) -> list[Path]:  # fmt: skip
    """The same, once it is known from these paths how this voice says each sound."""
    of = np.full(len(frames), len(SOUNDS))
    for stretch, path in zip(stretches, paths):
        first, _ = stretch.frames(len(frames))
        for a, b in path.stray:
            of[first + a : first + b] = _NO_SOUND
        for text, spans in zip(stretch.texts, path.sounds):
            for sound, (a, b) in zip(sounds_of(text), spans or ()):
                of[first + a : first + b] = _NUMBER[sound]
    likeness = _bounded(sounds.of_voice(frames, of).likeness(frames))
    return [_found(stretch, likeness, sounds) for stretch in stretches]


def _bounded(likeness: np.ndarray) -> np.ndarray:
    """Log-likelihoods, of which none is much worse than the frame's best: letters are not always said as usual."""
    return np.maximum(likeness, likeness.max(1, keepdims=True) - _WORST)


def find_path(likeness: np.ndarray, texts: Sequence[str], sounds: Sounds, costs: Costs = TEXT) -> Path:
    """Where words are in frames of which `likeness` (T, K + 1) says what sounds they may be.

    WordsError if there are fewer frames than the sounds of words that must be said.
    """
    kept = np.array([is_guessed(text) for text in texts], bool)
    while True:
        path = _likeliest(likeness, texts, sounds, costs, kept)
        replaced = _replaced(path) & ~kept
        if not replaced.any():
            return path
        kept |= replaced


def _replaced(path: Path) -> np.ndarray:
    """Which words are not said where something else is close by: their frames may be in that."""
    unsaid = np.array([spans is None for spans in path.sounds])
    ends = [spans[-1][1] for spans in path.sounds if spans is not None]
    found = np.zeros(len(unsaid), bool)
    said = np.cumsum(~unsaid)  # of each word, how many are said up to there
    for start, _ in path.stray:
        found |= np.abs(said - np.searchsorted(ends, start, "right")) <= _CLOSE_BY
    return found & unsaid


def _likeliest(
    likeness: np.ndarray, texts: Sequence[str], sounds: Sounds, costs: Costs, kept: np.ndarray
) -> Path:  # fmt: skip
    """The same; no word that is kept is one too many."""
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
    leaving = np.full(1, -np.inf)  # and the best whose last word is not said, while something else is
    dropped = np.full(1, -np.inf)  # and while nothing is
    steps: list[_Step] = []
    for i, (first, stop) in enumerate(_windows(spelled, n_frames)):
        best, leaving, dropped = (_moved(ways, low, first, stop) for ways in (best, leaving, dropped))
        low, here = first, slice(first, stop)
        quiet, paused = _wait(best, pause_sums[here], pauses[i])
        best, strayed = _wait(quiet, stray_sums[here], strays[i])
        best, again = _wait(best, pause_sums[here], 0.0)
        resumed, rested = _wait(dropped, pause_sums[here], pauses[i])
        resumes = resumed > best
        entry = np.maximum(best, resumed)
        step = _Step(first, paused, strayed, again, rested, resumes)
        steps.append(step)
        if i == len(texts):
            best, step.unsaid = entry, np.zeros(len(entry), bool)
            break
        said = entry
        for sound in spelled[i][: len(best)]:  # each is a frame or more: with as many there is no way
            said, length = _last(said, sums[here, sound], sound, sounds)
            step.lengths.append(length)
        leaving, step.goes_on = _leave(leaving, best - costs.unsaid_run, costs.unsaid)
        dropped, step.drops_on = _leave(dropped, quiet - costs.extra_run, np.inf if kept[i] else costs.extra)
        step.unsaid = leaving > said
        best = np.maximum(leaving, said)
    if not np.isfinite(best[n_frames - low]):
        raise WordsError("the text is too long for the speech", "check that it belongs to this recording")
    return _traced(steps, n_frames)


# The trellis ----------------------------------------------------------------------------------------------------------


def _nowhere() -> np.ndarray:
    return np.zeros(0, bool)


@dataclass
class _Step:
    """How the best ways through a word came to each frame of its window, which begins at frame `low`.

    paused, strayed, again, rested: since which frame of the window. resumes: whether the words before it are dropped.
    lengths: frames of each sound that ends there. unsaid: whether the word is not said. goes_on, drops_on: whether the
    one before it is not said or is dropped either, if this one is.
    """

    low: int
    paused: np.ndarray
    strayed: np.ndarray
    again: np.ndarray
    rested: np.ndarray
    resumes: np.ndarray
    lengths: list[np.ndarray] = field(default_factory=list)
    unsaid: np.ndarray = field(default_factory=_nowhere)
    goes_on: np.ndarray = field(default_factory=_nowhere)
    drops_on: np.ndarray = field(default_factory=_nowhere)

    def said_until(self, at: int) -> tuple[list[tuple[int, int]], int]:
        """Frames (start, stop) of the word's sounds where the last ends there; and where the first begins."""
        found = []
        for length in reversed(self.lengths):
            begun = at - int(length[at - self.low])
            found.append((begun, at))
            at = begun
        return found[::-1], at


def _leave(leaving: np.ndarray, begun: np.ndarray, cost: float) -> tuple[np.ndarray, np.ndarray]:
    """The best ways that leave out this word, too; and which of them left out the one before it."""
    goes_on = leaving >= begun
    return np.maximum(leaving, begun) - cost, goes_on


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
    """The best way, from its end to its beginning; behind the last word there is none, which is said in no time."""
    spans: list[list[tuple[int, int]] | None] = []
    stray: list[tuple[int, int]] = []
    at, goes_on, drops = n_frames, False, False
    for step in reversed(steps):
        here = at - step.low
        if drops:
            spans.append(None)
            drops = bool(step.drops_on[here])
            at = at if drops else step.low + int(step.paused[here])
            continue
        if goes_on or step.unsaid[here]:
            spans.append(None)
            goes_on = bool(step.goes_on[here])
            if goes_on:  # there was no wait between the two
                continue
        else:
            said, at = step.said_until(at)
            spans.append(said)
            drops = bool(step.resumes[at - step.low])
            if drops:
                at = step.low + int(step.rested[at - step.low])
                continue
        at = step.low + int(step.again[at - step.low])
        begun = step.low + int(step.strayed[at - step.low])
        if begun < at:
            stray.append((begun, at))
        at = step.low + int(step.paused[begun - step.low])
    return Path(tuple(spans[:0:-1]), tuple(stray[::-1]))


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


def _agreement(stretch: _Stretch, likeness: np.ndarray, path: Path, sounds: Sounds) -> _Agreement:
    """Of the first words, which say enough."""
    texts, (first, stop) = stretch.texts, stretch.frames(len(likeness))
    likeness = likeness[first:stop]
    if len(texts) > _JUDGED_WORDS:
        texts, spans = texts[:_JUDGED_WORDS], path.sounds[:_JUDGED_WORDS]
        likeness = likeness[: max((said[-1][1] for said in spans if said), default=len(likeness))]
    orders = [texts, *(_shuffled(texts, number) for number in range(_ORDERS))]
    own, *others = [_fit(likeness, order, find_path(likeness, order, sounds, _JUDGED).sounds) for order in orders]
    return _Agreement(len(texts), own - float(np.mean(others)))


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


def _fits(agreed: list[_Agreement]) -> bool:
    """Whether a text may be what is said: few words do not tell."""
    n = sum(a.n_words for a in agreed)
    return n < _ENOUGH_WORDS or sum(a.better * a.n_words for a in agreed) / n >= _FITS


def _stray_notes(stray: list[tuple[float, float]]) -> list[WordsError]:
    return [
        WordsError(
            "between {start} and {end} something is said that is not in the text", "add it to the text",
            start=clock(start_s), end=clock(end_s),
        )
        for start_s, end_s in stray
    ]  # fmt: skip


def unsaid_notes(unsaid: Iterable[tuple[str, float]]) -> list[WordsError]:
    """What is told of words that are not said, in order, each with the time at which it would be.

    Those in a row are told at once; nothing of such as are all guessed: nobody knows what they would sound like.
    """
    notes = []
    for time_s, group in groupby(unsaid, key=lambda item: item[1]):
        texts = [text for text, _ in group]
        if not all(map(is_guessed, texts)):
            notes.append(
                WordsError(
                    "'{words}' is not heard at {time}", "leave it out of the text if it is not said",
                    words=_shortened(in_a_row(texts)), time=clock(time_s),
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
