"""Word times by pocketsphinx, for English: finer than our own, in a process of its own with a Python that has it.

It aligns every text, also one that does not fit. So our own way, and then what is loud and has no word, tell that.
"""

from __future__ import annotations

import json
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from ..errors import WordsError, reason
from ..speech.audio import Speech
from ..speech.heard import Heard
from .aligning import Transcript, align, clock, unsaid_notes
from .spelling import is_guessed, sounds_of
from .word import Passage, Word, parted, spoken

REQUIREMENT = "pocketsphinx==5.1.1"
BEAMS = (0.0, 1e-64, 1e-80, 1e-120, 1e-200, 1e-300)
"""Tried one after the other: 0 is its own. A narrow one loses the text now and then; a wide one takes longer."""
UNCOVERED = 0.02
"""Of the loud sound: where more than this has no word, the text lacks something (`docs/research/words.md`)."""
LEAVING_OUT = {"beam": 1e-120, "probability": 1e-20, "most": 12, "beside_s": 4.0, "piece_s": 30.0}
"""How words that are not said are found: by ways around so many in a row, but not where the text lacks something, for
which other words of it would be taken (`docs/research/words.md`)."""

_LIMIT_S = 3600.0
_LOUD_PERCENTILE, _SILENT_BELOW_LOUD_DB = 95, 22.0
_BESIDE_S, _LEAST_S = 0.15, 0.5
_PHONES = {
    "a": "AE", "b": "B", "c": "K", "d": "D", "e": "EH", "f": "F", "g": "G", "h": "HH", "i": "IH", "j": "JH", "k": "K",
    "l": "L", "m": "M", "n": "N", "o": "OW", "p": "P", "q": "K", "r": "R", "s": "S", "t": "T", "u": "AH", "v": "V",
    "w": "W", "x": "K S", "y": "IY", "z": "Z", "tion": "SH AH N", "sch": "S K", "th": "TH", "ch": "CH", "sh": "SH",
    "ng": "NG", "ph": "F", "ck": "K", "qu": "K W", "ee": "IY", "oo": "UW", "ou": "AW", "ea": "IY", "ai": "EY",
    "gh": "G", "e.": "", "?": "AH",
}  # fmt: skip


def align_finely(passages: Sequence[Passage], speech: Speech, heard: Heard, python: Path) -> Transcript:
    """Times of all words of an English text, which are looked for anew whatever times it has.

    speech, heard: the same recording. python: a program that has pocketsphinx. WordsError if it has not, for a text
    without words, and for one that cannot be aligned.
    """
    texts = [word for _, words in spoken(passages) for word in words]
    if not texts:
        raise WordsError("the text has no words", "give the text of what is said")
    # It takes any text: our own way knows whether it is another one, and what it lacks.
    own = align([Passage(" ".join(passage.text for passage in passages))], heard)
    found, left_out = _run(python, speech, [_plain(word.text) for word in texts], own.lacking)
    if found is None:
        raise WordsError(
            "pocketsphinx finds no way through the text", "check that it belongs to this recording and is English"
        )
    words: list[Word] = []
    unsaid: list[tuple[str, float]] = []
    for word, times in zip(texts, found):
        if times is None:
            unsaid.append((word.text, words[-1].end_s if words else 0.0))
        else:
            words.append(word.at(*times))
    too_many = [note for note in own.notes if "words" in note.values]
    told = [note for note in own.notes if note not in too_many]
    if left_out:  # then it knows better what is not said
        too_many = unsaid_notes(unsaid)
    return Transcript(tuple(words), (*(told or _uncovered(words, heard)), *too_many), own.lacking)


def check(python: Path) -> None:
    """WordsError if a Python does not have pocketsphinx."""
    try:
        done = subprocess.run(
            [str(python), "-I", "-c", "import pocketsphinx"], capture_output=True, timeout=60, check=False
        )
        why = done.stderr.decode(errors="replace").strip().splitlines()[-1:] if done.returncode else None
    except (OSError, subprocess.SubprocessError) as error:
        why = [reason(error)]
    if why is not None:
        raise WordsError(
            "'{path}' has no pocketsphinx ({why})", "use Set Up Words, or pip install {package}",
            path=python, why=" ".join(why) or "it said nothing", package=REQUIREMENT,
        )  # fmt: skip


def _run(
    python: Path, speech: Speech, names: list[str], lacking: Sequence[tuple[float, float]]
) -> tuple[list[tuple[float, float] | None] | None, bool]:  # fmt: skip
    """Of each word, when it is said, or None for one that is not; and whether such words were looked for.

    None where there is no way through.
    """
    check(python)
    with tempfile.TemporaryDirectory(prefix="a2g-words-") as folder:
        sound = Path(folder) / "speech.raw"
        with sound.open("wb") as file:
            for block in speech.blocks():
                file.write(np.rint(np.clip(block, -1, 1) * 32767).astype("<i2").tobytes())
        phones = [" ".join(filter(None, (_PHONES[s] for s in sounds_of(name)))) or "AH" for name in names]
        order = {
            "sound": str(sound), "words": names, "phones": phones, "beams": BEAMS,
            "is_kept": list(map(is_guessed, names)), "lacking": lacking,
            "leaving_out": LEAVING_OUT,
        }  # fmt: skip
        script = Path(__file__).with_name("sphinx_script.py")
        try:
            done = subprocess.run(
                [str(python), "-I", str(script)], input=json.dumps(order), capture_output=True, text=True,
                encoding="utf-8", timeout=_LIMIT_S, check=False,
            )  # fmt: skip
            answer = json.loads(done.stdout.splitlines()[-1])
            rows, left_out = answer["words"], answer["left_out"]
            return rows and [row and (float(row[0]), float(row[1])) for row in rows], left_out
        except (OSError, subprocess.SubprocessError, ValueError, LookupError, TypeError) as error:
            said = error if not isinstance(error, IndexError) else done.stderr.strip() or "it said nothing"
            raise WordsError(
                "pocketsphinx ended with an error ({why})", "leave it out: the add-on's own way needs nothing",
                why=str(said)[-160:],
            ) from None  # fmt: skip


def _plain(word: str) -> str:
    """A word as pocketsphinx's dictionary has it, or at least may: without marks that mean something to it."""
    bare = parted(word)[0].replace("’", "'").lower()
    return "".join(sign for sign in bare if sign.isalnum() or sign in "'-").strip("'-") or "?"


def _uncovered(words: Sequence[Word], heard: Heard) -> list[WordsError]:
    """Where something loud has no word, if there is too much of it."""
    level = heard.features.mean(1)
    loud = level > np.percentile(level, _LOUD_PERCENTILE) - _SILENT_BELOW_LOUD_DB
    free = loud.copy()
    for word in words:
        first, stop = ((t * heard.fps) for t in (word.start_s - _BESIDE_S, word.end_s + _BESIDE_S))
        free[max(0, round(first)) : max(0, round(stop))] = False
    if free.sum() <= UNCOVERED * loud.sum():
        return []
    edges = np.flatnonzero(np.diff(np.concatenate([[False], free, [False]]).astype(int))).reshape(-1, 2) / heard.fps
    longest = [(a, b) for a, b in edges if b - a >= _LEAST_S] or [max(edges, key=lambda e: e[1] - e[0])]
    return [
        WordsError(
            "between {start} and {end} something is said that is not in the text", "add it to the text",
            start=clock(float(a)), end=clock(float(b)),
        )
        for a, b in longest
    ]  # fmt: skip
