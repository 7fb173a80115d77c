"""`a2g words`: when each word of a speech is said."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import OutputError
from ..files import replacing
from ..outputs import check_file
from ..speech.audio import open_speech
from ..speech.heard import hear
from ..words import READABLE
from ..words.acoustics import FPS
from ..words.aligning import Transcript, align
from ..words.reading import read_passages
from ..words.sphinx import align_finely
from ..words.transcripts import as_json

if TYPE_CHECKING:
    from .research import Commands


def add_command(commands: Commands) -> None:
    """Add the command to the parser's subcommands."""
    c = commands.add_parser("words", help="find when each word of a text is said in a recording")
    c.add_argument("speech", type=Path, help="any audio file")
    c.add_argument(
        "text", type=Path,
        help=f"what is said in it, in any language: {', '.join(READABLE)}; times that it has are kept",
    )  # fmt: skip
    c.add_argument(
        "--aligner",
        choices=("own", "pocketsphinx"),
        default="own",
        help="how words are found: by our own way or, in English and more finely, by an installed pocketsphinx",
    )  # fmt: skip
    c.add_argument(
        "--python", type=Path, default=Path(sys.executable), help="a Python that has pocketsphinx (default: this one)"
    )
    c.add_argument("-o", "--output", type=Path, metavar="FILE.json", help="the words, as a file that is read again")
    c.add_argument("--force", action="store_true", help="replace a file that is there")
    c.add_argument("--json", action="store_true", help="print one machine-readable line")
    c.set_defaults(run=_words)


def _words(options: argparse.Namespace) -> None:
    if options.output:
        if options.output.suffix.lower() != ".json":
            raise OutputError(f"'{options.output.name}' is no name of a JSON file", "let it end in .json")
        # Somebody may have corrected the times in one that is there.
        check_file(
            options.output, is_ours=lambda path: False, inputs=[options.speech, options.text], force=options.force
        )
    passages = read_passages(options.text)
    speech = open_speech(options.speech)
    heard = hear(speech, FPS)
    if options.aligner == "pocketsphinx":
        transcript = align_finely(passages, speech, heard, options.python)
    else:
        transcript = align(passages, heard)
    if options.output:
        with replacing(options.output) as part:
            part.write_text(json.dumps(as_json(transcript.words), ensure_ascii=False, indent=1), encoding="utf-8")
    for note in (*heard.notes, *transcript.notes):
        print(f"a2g: {note}", file=sys.stderr)
    _print(transcript, options)


def _print(transcript: Transcript, options: argparse.Namespace) -> None:
    if options.json:
        print(json.dumps({**as_json(transcript.words), "notes": list(map(str, transcript.notes))}))
        return
    for word in transcript.words:
        print(f"{word.start_s:8.2f} {word.end_s:8.2f}  {word.text}")
