"""SubRip (.srt) and WebVTT (.vtt) subtitles; WebVTT's times within a cue ("karaoke") are those of its parts."""

from __future__ import annotations

import html
import re

from ..errors import WordsError
from .word import Passage

_TIME = r"(?:(\d+):)?(\d{1,2}):(\d{1,2})[.,](\d{1,3})"
_TIMING = re.compile(rf"^\s*{_TIME}\s*-->\s*{_TIME}")
_WITHIN = re.compile(rf"<{_TIME}>")
_MARKUP = re.compile(r"<[^>\n]*>|\{\\[^}\n]*\}")
_NOT_CUES = ("NOTE", "STYLE", "REGION")


def read_srt(text: str) -> list[Passage]:
    """The cues of a SubRip file."""
    return _cues(text)


def read_vtt(text: str) -> list[Passage]:
    """The cues of a WebVTT file, cut where a time stands within them."""
    if not text.startswith("WEBVTT"):
        raise WordsError("it does not begin with WEBVTT", "check that it is a WebVTT file")
    return _cues(text)


def _cues(text: str) -> list[Passage]:
    found: list[Passage] = []
    for block in re.split(r"\n\s*\n", text):
        lines = [line for line in block.split("\n") if line.strip()]
        at = next((i for i, line in enumerate(lines) if _TIMING.match(line)), None)
        if at is None:
            if any("-->" in line for line in lines) and not lines[0].startswith(_NOT_CUES):
                raise WordsError("'{line}' has no times that can be read", "check the file's times", line=lines[0][:40])
            continue
        timing = _TIMING.match(lines[at])
        assert timing is not None
        found += _parts("\n".join(lines[at + 1 :]), _seconds(timing.groups()[:4]), _seconds(timing.groups()[4:]))
    if not found:
        raise WordsError("it has no subtitles", "check that it is a subtitle file")
    return found


def _parts(text: str, start_s: float, end_s: float) -> list[Passage]:
    """A cue, or what lies between the times that stand in it."""
    stamps = list(_WITHIN.finditer(text))
    starts = [start_s, *(_seconds(stamp.groups()) for stamp in stamps)]
    texts = [text[a:b] for a, b in zip([0, *(s.end() for s in stamps)], [*(s.start() for s in stamps), len(text)])]
    parts = zip(texts, starts, [*starts[1:], end_s])
    return [Passage(plain, a, b) for part, a, b in parts if (plain := html.unescape(_MARKUP.sub("", part))).strip()]


def _seconds(groups: tuple[str | None, ...]) -> float:
    hours, minutes, seconds, fraction = (group or "0" for group in groups)
    return int(hours) * 3600 + int(minutes) * 60 + int(seconds) + int(fraction.ljust(3, "0")) / 1000
