"""Which gestures fit what is said, and when: from the words, by a lexicon, sparingly.

Proposed generously and then thinned out, as BEAT does it (Cassell et al. 2001, sec. 4): every phrase of the lexicon
proposes a gesture; of a clause the strongest stays, near ones give way, and what is said often counts less.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil
from typing import Any

import numpy as np

from ..errors import GestureError
from ..speech.heard import Heard
from ..words.word import Word, ends_clause, in_a_row
from . import PER_MINUTE
from .lexicon import STRENGTHS, language_of, lexicon, plain
from .library import Gesture, find, library

APART_S = 1.7
"""Emphases are at least so far from each other."""

_ASKED = 100.0
_STRESS = "stress"
_PAUSE_S = 0.35
_USUAL_S = 30.0
_HABIT = 0.5


@dataclass(frozen=True)
class Suggestion:
    """A gesture with its emphasis at a time of the speech, in seconds, for words that call for it.

    word: the number of the first of them. said: the words. reason: why, in a word or two.
    """

    word: int
    said: str
    at_s: float
    gesture: Gesture
    reason: str

    def meets(self, spans_s: Sequence[tuple[float, float]]) -> bool:
        """Whether its clip overlaps one of these spans (start, end), in seconds of the speech."""
        start_s = self.at_s - self.gesture.emphasis_s
        end_s = start_s + self.gesture.clip.duration_s
        return any(start_s < b and a < end_s for a, b in spans_s)


@dataclass(frozen=True)
class _Proposal:
    first: int
    stop: int
    category: str
    strength: float
    name: str = ""


def suggest(
    words: Sequence[Word],
    heard: Heard,
    *,
    per_minute: float = PER_MINUTE,
    seed: int = 0,
    language: str = "",
    taken_s: Sequence[float] = (),
    without: Collection[int] = (),
    own: Sequence[Gesture] = (),
) -> list[Suggestion]:
    """Gestures for these words, in the order in which they come; the same for the same seed.

    At most one a clause, `APART_S` apart, and as many a minute as asked for; those that the text asks for itself come
    first. language: of the lexicon; told from the words if it is not given. taken_s: emphases of gestures that are
    there already, in seconds, and keep others away as these do. without: numbers of words that get none. own: gestures
    beside the library's; of a category that has some, one of these is chosen. GestureError for a language without a
    lexicon, and for a gesture that the text asks for and that there is not.
    """
    proposals = [p for p in _proposals(words, language, own) if p.first not in without]
    clauses = _clauses(words)
    times = {p.first: emphasis_s(words[p.first : p.stop], heard) for p in proposals}
    strength = {p.first: p.strength - _habit(p, proposals, times) + 0.1 * _draw(seed, p.first) for p in proposals}
    kept: list[_Proposal] = []
    most = max(ceil(per_minute * heard.duration_s / 60), sum(bool(word.gesture) for word in words))
    for proposal in sorted(proposals, key=lambda p: (-strength[p.first], p.first)):
        others_s = [*taken_s, *(times[other.first] for other in kept)]
        is_free = all(abs(times[proposal.first] - other_s) >= APART_S for other_s in others_s)
        is_first = all(clauses[proposal.first] != clauses[other.first] for other in kept)
        if len(kept) < most and (proposal.name or (is_free and is_first)):
            kept.append(proposal)
    return _chosen(sorted(kept, key=lambda p: p.first), words, times, seed, own)


def suggest_around(
    words: Sequence[Word], heard: Heard, busy_s: Sequence[tuple[float, float]], *, without: Collection[int] = (),
    **options: Any,
) -> tuple[list[Suggestion], list[Suggestion]]:  # fmt: skip
    """Those that overlap none of these spans (start, end), in seconds; and those that would have, which are left out.

    Others take their place. The options are those of `suggest`.
    """
    left_out: dict[int, Suggestion] = {}
    while True:
        found = suggest(words, heard, without={*without, *left_out}, **options)
        blocked = {s.word: s for s in found if s.meets(busy_s)}
        if not blocked:
            return found, [left_out[word] for word in sorted(left_out)]
        left_out |= blocked


def named(name: str, own: Sequence[Gesture] = ()) -> Gesture:
    """The gesture of this name, or the first of this category, of one's own or else of the library.

    NAME:HAND is the same with this hand. GestureError where there is none.
    """
    wanted = name.strip().lower()
    mine = [g for g in own if g.name.lower() == wanted] or [g for g in own if g.category == wanted]
    if mine:
        return mine[0]
    bare, _, hand = wanted.rpartition(":")
    return named(bare, own).with_hand(hand.strip()) if bare else find(name)


def misnamed(words: Sequence[Word], own: Sequence[Gesture] = ()) -> dict[int, GestureError]:
    """Why gestures that the text asks for cannot be made, by the number of their word."""
    found: dict[int, GestureError] = {}
    for number, word in enumerate(words):
        if word.gesture:
            try:
                named(word.gesture, own)
            except GestureError as error:
                found[number] = error
    return found


def emphasis_s(words: Sequence[Word], heard: Heard) -> float:
    """When the stressed syllable of these words is: where they are loudest, in the middle of a frame."""
    first = min(max(0, round(words[0].start_s * heard.fps)), len(heard.features) - 1)
    stop = max(first + 1, round(words[-1].end_s * heard.fps))
    level = heard.features[first:stop].mean(1)
    return float(first + np.argmax(level)) / heard.fps


def _proposals(words: Sequence[Word], language: str, own: Sequence[Gesture]) -> list[_Proposal]:
    """Every gesture that some words call for; of phrases that overlap, the longest, then the first."""
    bare = plain([word.text for word in words])
    known = lexicon(language or language_of(bare))
    has_gestures = {gesture.category for gesture in (*library().values(), *own) if gesture.category}
    found, at = [], 0
    while at < len(words):
        n, asked = 1, words[at].gesture
        if asked:
            found.append(_Proposal(at, at + 1, named(asked, own).category, _ASKED, asked))
        elif match := known.match(bare, at):
            n, meaning = match
            if meaning.category.split(" ")[0] in has_gestures:
                found.append(_Proposal(at, at + n, meaning.category, meaning.strength))
        if words[at].is_stressed and not (found and found[-1].first == at):
            found.append(_Proposal(at, at + 1, _STRESS, STRENGTHS["strong"]))
        at += n
    return found


def _clauses(words: Sequence[Word]) -> list[int]:
    """The number of each word's clause: they end with punctuation or a pause."""
    numbers = [0]
    for before, after in pairwise(words):
        ends = ends_clause(before.text) or after.start_s - before.end_s >= _PAUSE_S
        numbers.append(numbers[-1] + ends)
    return numbers


def _habit(proposal: _Proposal, proposals: Sequence[_Proposal], times: dict[int, float]) -> float:
    """What is proposed again and again within a minute counts less."""
    if proposal.name:
        return 0.0
    at_s = times[proposal.first]
    near = [p for p in proposals if p.category == proposal.category and 0 < at_s - times[p.first] < _USUAL_S]
    return min(_HABIT * len(near), proposal.strength - 0.5)


def _chosen(
    kept: Sequence[_Proposal], words: Sequence[Word], times: dict[int, float], seed: int, own: Sequence[Gesture]
) -> list[Suggestion]:
    """A gesture of each category; the same one not twice in a row."""
    found: list[Suggestion] = []
    last: dict[str, str] = {}
    for p in kept:
        category, _, number = p.category.partition(" ")
        mine = [] if number else [g for g in own if g.category == category]
        some = mine or [g for g in library().values() if g.category == category]
        if number:
            some = [some[int(number) - 1]]
        fresh = [g for g in some if g.name != last.get(category)] or some
        gesture = named(p.name, own) if p.name else fresh[int(_draw(seed, p.first, "which") * len(fresh))]
        last[category] = gesture.name
        said = in_a_row(word.text for word in words[p.first : p.stop])
        reason = "asked for" if p.name else "stressed" if p.category == _STRESS and p.stop == p.first + 1 else category
        found.append(Suggestion(p.first, said, times[p.first], gesture, reason))
    return found


def _draw(seed: int, word: int, what: str = "") -> float:
    """0 to 1, by seed and word alone."""
    digest = hashlib.sha256(f"{seed} {word} {what}".encode()).digest()
    return int.from_bytes(digest[:8], "big") / 2**64
