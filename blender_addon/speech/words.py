"""The words that a character says: kept as times of its recordings, and seen where these are heard.

So words follow their recordings wherever strips are moved, trimmed, cut or retimed to. A recording is known again by
its bytes, wherever its file lies; another one has no words until they are looked for in it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from math import inf
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from .strips import SpeechSource

if TYPE_CHECKING:
    from ..a2g_core.words.word import Word
    from .decode import Recording
    from .mix import Clip

_SAMPLED_PLACES, _SAMPLED_BYTES = 64, 4096
_REMEMBERED = 64
_PARSED = 4


@dataclass(frozen=True)
class KeptWord:
    """A word in seconds of one of the recordings, by its number."""

    word: Word
    recording: int


@dataclass(frozen=True)
class Words:
    """What a file keeps of a character's words.

    source: what they were read from, as the operator names it; name: which of these. recordings: of each, what
    `identity` says. notes: where text and speech disagree, as sentences. suggested: numbers of the words that gestures
    were suggested for.
    """

    source: str
    name: str
    recordings: tuple[str, ...]
    words: tuple[KeptWord, ...]
    notes: tuple[str, ...] = ()
    suggested: tuple[int, ...] = ()

    @classmethod
    @lru_cache(maxsize=_PARSED)  # panels ask at every redraw
    def from_text(cls, text: str) -> Self | None:
        """The inverse of `to_text`; None for anything else."""
        from ..a2g_core.words.word import Word

        try:
            values = json.loads(text)
            words = tuple(
                KeptWord(Word(str(said), float(a), float(b), str(gesture), bool(stressed)), int(recording))
                for said, a, b, recording, gesture, stressed in values["words"]
            )
            recordings = tuple(map(str, values["recordings"]))
            if any(not 0 <= kept.recording < len(recordings) for kept in words):
                return None
            return cls(
                str(values["source"]), str(values["name"]), recordings, words, tuple(map(str, values["notes"])),
                tuple(map(int, values["suggested"])),
            )  # fmt: skip
        except (ValueError, TypeError, LookupError, RecursionError):
            return None

    def to_text(self) -> str:
        """As it is kept; times to the millisecond."""
        rows = [
            [w.text, round(w.start_s, 3), round(w.end_s, 3), kept.recording, w.gesture, int(w.is_stressed)]
            for kept in self.words
            for w in (kept.word,)
        ]
        values: dict[str, Any] = {
            "source": self.source, "name": self.name, "recordings": self.recordings, "words": rows,
            "notes": self.notes, "suggested": self.suggested,
        }  # fmt: skip
        return json.dumps(values, ensure_ascii=False, separators=(",", ":"))

    @property
    def text(self) -> str:
        """What is said, with what the text asks for."""
        return " ".join(
            (f"[gesture:{w.gesture}] " if w.gesture else "") + (f"*{w.text}*" if w.is_stressed else w.text)
            for w in (kept.word for kept in self.words)
        )

    def having(self, **changes: Any) -> Words:
        """The same with these fields replaced."""
        return replace(self, **changes)


@dataclass(frozen=True)
class PlacedWord:
    """A word in seconds of the speech as it is placed now. number: among those that are kept."""

    number: int
    word: Word


def placed(kept: Words, speech: SpeechSource) -> list[PlacedWord]:
    """The words that are heard, by time: twice where their part of a recording is heard twice."""
    numbers = {name: number for number, name in enumerate(kept.recordings)}
    starts, ends = (
        np.array([getattr(k.word, name) for k in kept.words], float).reshape(-1) for name in ("start_s", "end_s")
    )
    of = np.array([k.recording for k in kept.words], int)
    found = []
    for clip in speech.clips:
        number = numbers.get(identity(clip.recording))
        if number is None:
            continue
        a, b = in_speech(clip, starts), in_speech(clip, ends)
        middle = (a + b) / 2
        stop_s = inf if speech.duration_s is None else clip.end_s
        for i in np.flatnonzero((of == number) & (middle >= clip.start_s) & (middle < stop_s)):
            said = replace(kept.words[i].word, start_s=max(float(a[i]), clip.start_s), end_s=min(float(b[i]), stop_s))
            found.append(PlacedWord(int(i), said))
    return sorted(found, key=lambda p: (p.word.start_s, p.number))


def keep(words: Iterable[Word], speech: SpeechSource) -> tuple[tuple[str, ...], tuple[KeptWord, ...]]:
    """(Recordings, words) of what is said in seconds of a speech as it is placed now."""
    names = list(dict.fromkeys(identity(clip.recording) for clip in speech.clips))
    kept = []
    for word in words:
        clip = _heard_in(speech, (word.start_s + word.end_s) / 2)
        start_s, end_s = in_recording(clip, np.array([word.start_s, word.end_s]))
        said = replace(word, start_s=max(0.0, float(start_s)), end_s=max(0.0, float(end_s)))
        kept.append(KeptWord(said, names.index(identity(clip.recording))))
    return tuple(names), tuple(kept)


def knows(kept: Words, speech: SpeechSource) -> bool:
    """Whether words were looked for in every recording of a speech."""
    return all(identity(clip.recording) in kept.recordings for clip in speech.clips)


def only_recording(speech: SpeechSource) -> Recording | None:
    """The recording that a speech is of; None if it is of several."""
    found = {identity(clip.recording): clip.recording for clip in speech.clips}
    return next(iter(found.values())) if len(found) == 1 else None


def identity(recording: Recording) -> str:
    """What tells a recording from others: equal for the same bytes, packed or in a file of any name."""
    return _identity(recording)


def in_speech(clip: Clip, recorded_s: np.ndarray) -> np.ndarray:
    """Seconds (n,) of a speech, for those of a clip's recording; also beyond what is heard of it."""
    from .mix import pace

    if clip.retiming is None:
        return np.asarray(recorded_s + clip.content_s)
    heard, content = np.array(pace(clip, _length_s(clip.recording))).T
    return _followed(recorded_s, content, heard)


def in_recording(clip: Clip, speech_s: np.ndarray) -> np.ndarray:
    """The inverse of `in_speech`."""
    from .mix import pace

    if clip.retiming is None:
        return np.asarray(speech_s - clip.content_s)
    heard, content = np.array(pace(clip, _length_s(clip.recording))).T
    return _followed(speech_s, heard, content)


def _followed(values: np.ndarray, xs: np.ndarray, ys: np.ndarray) -> np.ndarray:
    """Interpolated linearly; beyond the ends as fast as beside."""
    moves = np.concatenate([[True], np.diff(xs) > 1e-9])  # a frozen frame is one moment of the recording
    xs, ys = xs[moves], ys[moves]
    if len(xs) < 2:
        return np.full(np.shape(values), ys[0])
    k = np.clip(np.searchsorted(xs, values, side="right") - 1, 0, len(xs) - 2)
    return np.asarray(ys[k] + (values - xs[k]) * (ys[k + 1] - ys[k]) / (xs[k + 1] - xs[k]))


def _heard_in(speech: SpeechSource, at_s: float) -> Clip:
    """The clip that is heard at a time, or else the nearest."""
    if speech.duration_s is None:
        return speech.clips[0]
    return min(speech.clips, key=lambda clip: max(clip.start_s - at_s, at_s - clip.end_s, 0.0))


@lru_cache(maxsize=_REMEMBERED)
def _identity(recording: Recording) -> str:
    if recording.packed is not None:
        size = len(recording.packed)
        parts: Sequence[bytes] = [recording.packed[at : at + _SAMPLED_BYTES] for at in _places(size)]
    else:
        parts = []
        with recording.path.open("rb") as file:
            size = recording.path.stat().st_size
            for at in _places(size):
                file.seek(at)
                parts.append(file.read(_SAMPLED_BYTES))
    return f"{size}-{hashlib.blake2b(b''.join(parts), digest_size=12).hexdigest()}"


def _places(size: int) -> range:
    return range(0, size, max(size // _SAMPLED_PLACES, 1))


@lru_cache(maxsize=_REMEMBERED)
def _length_s(recording: Recording) -> float:
    from .decode import open_recording

    source = open_recording(recording)
    return source.length() / source.rate_hz
