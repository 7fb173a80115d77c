"""Reads words, and their times where there are some, from subtitles, transcripts of other programs and plain text."""

from __future__ import annotations

import codecs
from collections.abc import Callable
from pathlib import Path

from ..errors import WordsError
from ..files import is_file, size_of
from . import READABLE, subtitles, textgrid, transcripts
from .word import Passage, words_of

_READERS: dict[str, Callable[[str], list[Passage]]] = {
    ".srt": subtitles.read_srt,
    ".vtt": subtitles.read_vtt,
    ".textgrid": textgrid.read_textgrid,
    ".json": transcripts.read_json,
    ".txt": lambda text: [Passage(text)],
}
assert tuple(_READERS) == READABLE
_MOST_BYTES = 100_000_000
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def read_passages(path: str | Path) -> list[Passage]:
    """The passages of a file, in the order in which they are said. WordsError if it cannot be read."""
    path = Path(path)
    if not is_file(path):
        raise WordsError("there is no text '{path}'", "check the path of the text", path=path)
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        raise WordsError(
            "'{name}' is of no kind that words are read from", "give {kinds}", name=path.name, kinds=", ".join(READABLE)
        )
    if size_of(path) > _MOST_BYTES:
        raise WordsError("'{name}' is too large for a text", "give the text of one recording", name=path.name)
    try:
        passages = in_order(reader(_decoded(path.read_bytes())))
    except WordsError as error:
        raise WordsError("'{name}': {what}", error.hint, name=path.name, what=error.problem) from None
    if not any(words_of(passage.text) for passage in passages):
        raise WordsError("'{name}' has no words", "give the text of what is said", name=path.name)
    return passages


def in_order(passages: list[Passage]) -> list[Passage]:
    """Checked, and by time; those without times stay behind the one that they follow."""
    latest, keyed = 0.0, []
    for passage in passages:
        for time_s in (passage.start_s, passage.end_s):
            if time_s is not None and not 0 <= time_s < 1e9:
                raise WordsError("a time is out of range", "check the file's times")
        if passage.start_s is not None:
            latest = passage.start_s
            if passage.end_s is not None and passage.end_s < passage.start_s:
                raise WordsError(
                    "'{text}' ends before it begins", "check the file's times", text=" ".join(passage.text.split())[:40]
                )
        keyed.append((latest, passage))
    return [passage for _, passage in sorted(keyed, key=lambda item: item[0])]


def _decoded(data: bytes) -> str:
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), "utf-8")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        raise WordsError("it is not UTF-8 text", "save it as UTF-8") from None
    if "\0" in text:
        raise WordsError("it is not a text", "give the text of what is said")
    return text.replace("\r\n", "\n").replace("\r", "\n")
