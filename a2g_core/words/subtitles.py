"""SubRip (.srt) and WebVTT (.vtt) subtitles; WebVTT's times within a cue ("karaoke") are those of its parts."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, replace

from ..errors import WordsError
from .word import Passage, words_of

_TIME = r"(?:(\d+):)?(\d{1,2}):(\d{1,2})[.,](\d{1,3})"
_TIMING = re.compile(rf"\s*{_TIME}\s*-{{1,2}}>\s*{_TIME}")
_LIKE_A_TIME = re.compile(r"\s*-?\d+:\d[\d:.,\s>-]*")
_WITHIN = re.compile(rf"<{_TIME}>")
_MARKUP = re.compile(r"</?[a-zA-Z][^<>\n]*(?:>|\Z)|\{\\[^}\n]*\}")
_NO_CUE = re.compile(r"(?<=\n\n)(?:NOTE|STYLE|REGION)\b.*\n(?:.+\n)*")
_GLIMPSE_S = 0.1
"""Nobody says anything in a cue that is shorter."""


@dataclass(frozen=True)
class _Cue:
    """Lines of text between two times, in seconds."""

    lines: list[str]
    start_s: float
    end_s: float


def read_srt(text: str) -> list[Passage]:
    """The cues of a SubRip file. A cue goes on over empty lines, as players have it."""
    return _passages(_cues(text))


def read_vtt(text: str) -> list[Passage]:
    """The cues of a WebVTT file, cut where a time stands within them.

    Captions that roll show a line twice, first below and then above the next one: it is said once.
    """
    if not text.startswith("WEBVTT"):
        raise WordsError("it does not begin with WEBVTT", "check that it is a WebVTT file")
    return _passages(_said_once([_to_empty_line(cue) for cue in _cues(_NO_CUE.sub("", text))]))


def _cues(text: str) -> list[_Cue]:
    """What stands between a line of times and the next; a number right before that is its name."""
    lines = text.split("\n")
    timings = [(i, timing) for i, line in enumerate(lines) if (timing := _TIMING.match(line))]
    known = {i for i, _ in timings}
    for i, line in enumerate(lines):
        is_named = i > 0 and lines[i - 1].strip().isdigit() and _LIKE_A_TIME.fullmatch(line)
        if i not in known and ("-->" in line or is_named):
            raise WordsError("'{line}' has no times that can be read", "check the file's times", line=line.strip()[:40])
    if not timings:
        raise WordsError("it has no subtitles", "check that it is a subtitle file")
    found = []
    for (i, timing), stop in zip(timings, [*(i for i, _ in timings[1:]), len(lines)]):
        inside = lines[i + 1 : stop]
        is_last = stop == len(lines)
        while is_last and inside and not inside[-1].strip():
            inside.pop()
        if inside and inside[-1].strip().isdigit() and not (is_last and all(line.strip() for line in inside[-2:])):
            inside.pop()
        times = timing.groups()
        found.append(_Cue(inside, _seconds(times[:4]), _seconds(times[4:])))
    return found


def _to_empty_line(cue: _Cue) -> _Cue:
    """WebVTT's cues end there. Some begin with a line of a space."""
    end = next((i for i, line in enumerate(cue.lines) if not line.strip() and (i or not line)), len(cue.lines))
    return replace(cue, lines=cue.lines[:end])


def _said_once(cues: list[_Cue]) -> list[_Cue]:
    """Without lines that stand there since the cue before."""
    found: list[_Cue] = []
    shown, until_s = "", -1.0
    for cue in cues:
        lines = [line for line in cue.lines if line.strip()]
        rolls = cue.end_s - cue.start_s < _GLIMPSE_S or _WITHIN.search("\n".join(lines))
        stands = lines and rolls and _plain(lines[0]) == shown and abs(cue.start_s - until_s) < _GLIMPSE_S
        shown, until_s = _plain(lines[-1]) if lines else "", cue.end_s
        found.append(replace(cue, lines=lines[1:] if stands else lines))
    return found


def _passages(cues: list[_Cue]) -> list[Passage]:
    return [part for cue in cues for part in _parts("\n".join(cue.lines), cue.start_s, cue.end_s)]


def _parts(text: str, start_s: float, end_s: float) -> list[Passage]:
    """A cue, or what lies between the times that stand in it, in whole words."""
    stamps = list(_WITHIN.finditer(text))
    starts = [start_s, *(_seconds(stamp.groups()) for stamp in stamps)]
    texts = [text[a:b] for a, b in zip([0, *(s.end() for s in stamps)], [*(s.start() for s in stamps), len(text)])]
    found: list[Passage] = []
    for part, a, b in zip(texts, starts, [*starts[1:], end_s]):
        plain, before = _plain(part), found[-1] if found else Passage("")
        if words_of(before.text + plain) != words_of(before.text) + words_of(plain):  # a time within a word
            found[-1:] = [Passage(before.text + plain, before.start_s, b)]
        elif plain.strip():
            found.append(Passage(plain, a, b))
    return found


def _plain(text: str) -> str:
    return html.unescape(_MARKUP.sub("", _WITHIN.sub("", text)))


def _seconds(groups: tuple[str | None, ...]) -> float:
    hours, minutes, seconds, fraction = (group or "0" for group in groups)
    return int(hours) * 3600 + int(minutes) * 60 + int(seconds) + int(fraction.ljust(3, "0")) / 1000
