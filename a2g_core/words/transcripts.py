"""JSON of programs that write down speech: Whisper, WhisperX, Vosk, AWS Transcribe, ElevenLabs, and our own."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from ..errors import WordsError
from .word import Passage, Word

WHISPER_LATE_S = 0.1
"""Whisper's own word times are late by this much (by 90 to 110 ms in the median, measured)."""


def read_json(text: str) -> list[Passage]:
    """The words of a transcript, with their times where it has some."""
    try:
        values = json.loads(text)
    except (ValueError, RecursionError):
        raise WordsError("it is not JSON, or only a part of it", "write it again") from None
    for reader in _KINDS:
        try:
            passages = list(map(_checked, reader(values)))
        except (LookupError, TypeError, ValueError, AttributeError):
            continue
        if passages:
            return passages
    raise WordsError(
        "it is no transcript of a kind that is known",
        "give one of Whisper, WhisperX, Vosk, AWS Transcribe or ElevenLabs, or subtitles",
    )


def as_json(words: Iterable[Word]) -> dict[str, Any]:
    """Words as `read_json` reads them, times to the millisecond."""
    return {"words": [{"word": w.text, "start": round(w.start_s, 3), "end": round(w.end_s, 3)} for w in words]}


def _whisper(values: Any) -> Iterator[Passage]:
    """Whisper, WhisperX and what is like them: {segments: [{text, start, end, words: [{word, start, end}]}]}."""
    for segment in values["segments"]:
        if not segment.get("words"):
            yield Passage(segment["text"], _time(segment.get("start")), _time(segment.get("end")))
        for word in segment.get("words") or ():
            late = WHISPER_LATE_S if "probability" in word else 0.0
            yield Passage(word["word"], _time(word.get("start"), late), _time(word.get("end"), late))


def _words(values: Any) -> Iterator[Passage]:
    """A list of words with times: our own, and the `word_segments` of WhisperX."""
    for word in values["words"] if "words" in values else values["word_segments"]:
        yield Passage(word["word"], _time(word.get("start")), _time(word.get("end")))


def _vosk(values: Any) -> Iterator[Passage]:
    """Vosk: {result: [{word, start, end}]}, or a list of these."""
    for part in values if isinstance(values, list) else [values]:
        for word in part.get("result", ()):
            yield Passage(word["word"], _time(word["start"]), _time(word["end"]))


def _aws(values: Any) -> Iterator[Passage]:
    """AWS Transcribe: {results: {items: [{type, start_time, end_time, alternatives: [{content}]}]}}, times as text."""
    waiting: Passage | None = None
    for item in values["results"]["items"]:
        content = item["alternatives"][0]["content"]
        if "start_time" in item:
            if waiting:
                yield waiting
            waiting = Passage(content, _time(item["start_time"]), _time(item["end_time"]))
        elif waiting:  # punctuation has no times
            waiting = Passage(waiting.text + content, waiting.start_s, waiting.end_s)
    if waiting:
        yield waiting


def _elevenlabs(values: Any) -> Iterator[Passage]:
    """ElevenLabs: {alignment: {characters, character_start_times_seconds, character_end_times_seconds}}."""
    spoken = values.get("alignment") or values
    times = zip(
        spoken["characters"],
        spoken["character_start_times_seconds"],
        spoken["character_end_times_seconds"],
        strict=True,
    )
    text, start, end = "", 0.0, 0.0
    for character, a, b in times:
        if character.isspace():
            if text:
                yield Passage(text, start, end)
            text = ""
            continue
        start = start if text else _needed(a)
        text, end = text + character, _needed(b)
    if text:
        yield Passage(text, start, end)


def _checked(passage: Passage) -> Passage:
    if not isinstance(passage.text, str):
        raise TypeError("a word is a text")
    return passage


_KINDS: tuple[Callable[[Any], Iterator[Passage]], ...] = (_whisper, _aws, _elevenlabs, _words, _vosk)


def _time(value: Any, late_s: float = 0.0) -> float | None:
    """A time, which some write as text and leave out where they do not know it."""
    return None if value is None else max(0.0, float(value) - late_s) if float(value) >= 0 else float(value)


def _needed(value: Any) -> float:
    return float(value)
