"""`a2g gestures`: the gesture library, and which of it fits what is said; `--gesture` and `--words` of `generate`.

Library and lexicons are imported where they are used: nobody who asks for no gesture waits for them.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ..body.motion import Pin
from ..errors import ConfigError
from ..gestures import PER_MINUTE
from .values import number, whole

if TYPE_CHECKING:
    from ..gestures.library import Gesture
    from ..gestures.suggesting import Suggestion
    from ..speech.heard import Heard
    from .research import Commands
    from .scenes import Ears

_MOST = 60.0


def add_command(commands: Commands) -> None:
    """Add the command to the parser's subcommands."""
    from ..gestures.lexicon import languages
    from ..words import READABLE

    several = commands.add_parser("gestures", help="gestures that mean something").add_subparsers(
        required=True, metavar="COMMAND"
    )
    c = several.add_parser("list", help="the gestures of the library: name, category, hand, source")
    c.add_argument("--json", action="store_true", help="print one machine-readable line")
    c.set_defaults(run=_list)
    c = several.add_parser("suggest", help="which gestures fit a text, and when; nothing is written")
    c.add_argument("speech", type=Path, help="any audio file")
    c.add_argument("text", type=Path, help=f"what is said in it: {', '.join(READABLE)}")
    c.add_argument("--seed", type=whole("--seed", 0, 2**63), default=0, help="another number, other ones (default 0)")
    _add_amount(c, ", ".join(languages()))
    c.add_argument("--json", action="store_true", help="print one machine-readable line")
    c.set_defaults(run=_suggest)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Those of `a2g generate` that ask for gestures."""
    parser.add_argument(
        "--gesture", action="append", default=[], metavar="NAME[:HAND]@SECONDS",
        help="a gesture of the library with its emphasis on this second (repeatable); see 'a2g gestures list'",
    )  # fmt: skip
    parser.add_argument(
        "--words", type=Path, metavar="FILE",
        help="the text of the speech, in any format of 'a2g words': gestures that fit it are chosen by the seed",
    )  # fmt: skip
    _add_amount(parser, "see 'a2g gestures suggest --help'")


def _add_amount(parser: argparse.ArgumentParser, languages: str) -> None:
    parser.add_argument(
        "--gestures-per-minute", type=number("--gestures-per-minute", 0, _MOST), default=PER_MINUTE, metavar="N",
        help=f"at most so many that fit the words (default {PER_MINUTE:g})",
    )  # fmt: skip
    parser.add_argument("--language", default="", help=f"of the words, {languages} (default: told from the words)")


def pins(options: argparse.Namespace, ears: Ears) -> tuple[Pin, ...]:
    """Those that are asked for by name, and those that fit the words."""
    if not (options.gesture or options.words):
        return ()

    from ..words.acoustics import FPS

    if len(options.speech) != 1:
        raise ConfigError("gestures are of one recording", "give one, and --gesture or --words")
    asked = [_parse(text) for text in options.gesture]
    speech = options.speech[0]
    if options.words:
        suggestions = _suggestions(options, ears.hear(speech, FPS), options.words, [at_s for _, at_s in asked])
        asked += [(suggestion.gesture, suggestion.at_s) for suggestion in suggestions]
    return tuple(gesture.pin(at_s, ears.open(speech).duration_s) for gesture, at_s in asked)


def _parse(text: str) -> tuple[Gesture, float]:
    """The gesture and the seconds of NAME[:HAND]@SECONDS."""
    from ..gestures.library import find

    name, _, seconds = text.rpartition("@")
    try:
        at_s = float(seconds)
    except ValueError:
        at_s = float("nan")
    if not name or not -1e6 < at_s < 1e6:
        raise ConfigError(f"'{text}' is no gesture with a time", "write it as no@3.2 or wave:right@0.5")
    name, _, hand = name.partition(":")
    gesture = find(name)
    return gesture.with_hand(hand.strip().lower()) if hand else gesture, at_s


def _list(options: argparse.Namespace) -> None:
    from ..gestures.library import library

    rows = [
        {key: getattr(g, key) for key in ("name", "category", "hand", "source")}
        | {"seconds": round(g.clip.duration_s, 2)}
        for g in library().values()
    ]
    if options.json:
        print(json.dumps({"gestures": rows}))
        return
    for row in rows:
        print(f"{row['name']:20} {row['category']:9} {row['hand']:6} {row['seconds']:5.2f} s  {row['source']}")


def _suggest(options: argparse.Namespace) -> None:
    from ..speech.audio import open_speech
    from ..speech.heard import hear
    from ..words.acoustics import FPS

    found = _suggestions(options, hear(open_speech(options.speech), FPS), options.text)
    rows = [{"time": round(s.at_s, 3), "words": s.said, "gesture": s.gesture.name, "reason": s.reason} for s in found]
    if options.json:
        print(json.dumps({"suggestions": rows}))
        return
    for row in rows:
        print(f"{row['time']:8.2f}  {row['gesture']:20} {row['reason']:9} {row['words']}")


def _suggestions(
    options: argparse.Namespace, heard: Heard, text: Path, taken_s: Sequence[float] = ()
) -> list[Suggestion]:
    """What fits the words; what the text and the speech do not have in common is said on standard error."""
    from ..gestures.suggesting import suggest
    from ..words.aligning import align
    from ..words.reading import read_passages

    transcript = align(read_passages(text), heard)
    for note in transcript.notes:
        print(f"a2g: {note}", file=sys.stderr)
    return suggest(
        transcript.words, heard, per_minute=options.gestures_per_minute, seed=options.seed, language=options.language,
        taken_s=taken_s,
    )  # fmt: skip
