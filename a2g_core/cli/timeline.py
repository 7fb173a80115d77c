"""`a2g timeline`: the table of lines that an edit of dialogue is, for `a2g batch` and for Blender.

Read by the package opentimelineio: its own files, and whatever it has adapters for, such as CMX 3600 lists.
"""

from __future__ import annotations

import argparse
import csv
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlparse

import numpy as np

from ..errors import A2GError, AudioError, ConfigError, reason
from ..files import is_file, replacing
from ..outputs import check_file, check_folder, holds
from ..speech.audio import Speech, open_speech
from .research import Commands

_COLUMNS = ("id", "sound", "character", "start")
_is_table = holds(",".join(_COLUMNS))
_SAME_S = 0.02
"""A clip that leaves out less of its recording uses all of it."""


def add_command(commands: Commands) -> None:
    """Add the command to the parser's subcommands."""
    c = commands.add_parser("timeline", help="make the table of lines that an edit of dialogue is, for 'a2g batch'")
    c.add_argument("edit", type=Path, help="a timeline: .otio, or .edl and others with an adapter of opentimelineio")
    c.add_argument(
        "-o", "--output", type=Path, required=True, metavar="SCRIPT.csv",
        help="the table; parts of recordings are written to a folder beside it",
    )  # fmt: skip
    c.add_argument("--force", action="store_true", help="replace a table that is there and that a2g did not make")
    c.set_defaults(run=_timeline)


def _timeline(options: argparse.Namespace) -> None:
    timeline = _read(options.edit)
    check_file(options.output, is_ours=_is_table, inputs=[options.edit], force=options.force)
    parts = options.output.with_suffix("").with_name(options.output.stem + "-audio")
    check_folder(parts)
    rows: list[dict[str, str]] = []
    for track, clip in _clips(timeline):
        name = _unused(clip.name or track.name, {row["id"] for row in rows})
        start = clip.transformed_time(clip.trimmed_range().start_time, timeline.tracks).to_seconds()
        try:
            sound = _sound(clip, options.edit.parent, parts / f"{name}.wav")
        except A2GError as error:
            raise ConfigError(f"clip '{clip.name}': {error.problem}", error.hint) from None
        row = (name, _from(sound, options.output.parent), track.name, f"{start:.6g}")
        rows.append(dict(zip(_COLUMNS, row, strict=True)))
    if not rows:
        raise ConfigError(f"'{options.edit.name}' has no clips with sound", "give an edit of recordings")
    with replacing(options.output) as part, part.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, _COLUMNS)
        writer.writeheader()
        writer.writerows(rows)
    print(f"{len(rows)} lines: {options.output}")


def _read(path: Path) -> Any:
    """The timeline in a file. ConfigError if it cannot be read."""
    try:
        otio: Any = import_module("opentimelineio")
    except ImportError:
        raise ConfigError(
            "edits cannot be read without the package opentimelineio", "install it with 'pip install opentimelineio'"
        ) from None
    if not is_file(path):
        raise ConfigError(f"there is no file '{path}'", "check the path of the edit")
    try:
        timeline = otio.adapters.read_from_file(str(path))
        _ = timeline.tracks
    except otio.exceptions.NoKnownAdapterForExtensionError:
        hint = "install otio-cmx3600-adapter" if path.suffix.lower() == ".edl" else "save the edit as .otio"
        raise ConfigError(f"no adapter of opentimelineio reads '{path.name}'", hint) from None
    except Exception as error:  # adapters of any kind
        raise ConfigError(f"'{path.name}' is not a timeline ({reason(error)})", "export the edit again") from None
    return timeline


def _clips(timeline: Any) -> Iterator[tuple[Any, Any]]:
    """The enabled clips with media of the tracks of sound, or of all tracks of an edit that has none of these."""
    tracks = [track for track in timeline.tracks if track.enabled]
    for track in [track for track in tracks if track.kind == "Audio"] or tracks:
        for clip in track.find_clips():
            if clip.enabled and getattr(clip.media_reference, "target_url", ""):
                if any(hasattr(effect, "time_scalar") for effect in clip.effects):
                    raise ConfigError(f"clip '{clip.name}' plays at another speed", "render it to a recording first")
                yield track, clip


def _sound(clip: Any, folder: Path, part: Path) -> Path:
    """The recording of a clip, or what the clip uses of it, written to a file of its own. AudioError, OSError."""
    url = urlparse(clip.media_reference.target_url)
    path = Path(unquote(url.path if url.scheme == "file" else clip.media_reference.target_url))
    path = path if path.is_absolute() else folder / path
    if not is_file(path):
        raise AudioError(f"there is no file '{path}'", "check where the edit says its recordings are")
    used, available = clip.trimmed_range(), clip.media_reference.available_range
    first_s = used.start_time.to_seconds() - (available.start_time.to_seconds() if available else 0.0)
    speech, lasts_s = open_speech(path), used.duration.to_seconds()
    if abs(first_s) < _SAME_S and abs(lasts_s - speech.duration_s) < _SAME_S:
        return path
    part.parent.mkdir(parents=True, exist_ok=True)
    _write_part(speech, first_s, lasts_s, part)
    return part


def _write_part(speech: Speech, first_s: float, lasts_s: float, path: Path) -> None:
    """Some seconds of a recording as 16-bit mono WAV."""
    import soundfile

    skip, left = round(first_s * speech.rate_hz), round(lasts_s * speech.rate_hz)
    layout = {"samplerate": speech.rate_hz, "channels": 1, "subtype": "PCM_16", "format": "WAV"}
    with replacing(path) as part, soundfile.SoundFile(str(part), "w", **layout) as file:
        file.write(np.zeros(min(max(-skip, 0), left), np.float32))
        left, skip = left - max(-skip, 0), max(skip, 0)
        for block in speech.mono():
            wanted = block[skip:][: max(left, 0)]
            skip, left = max(skip - len(block), 0), left - len(wanted)
            file.write(wanted)


def _unused(name: str, taken: set[str]) -> str:
    """A name that a file can have, and no other line has."""
    name = re.sub(r"[^\w-]+", "-", Path(name).stem).strip("-_") or "line"
    number = 1
    while (made := name if number == 1 else f"{name}-{number}").casefold() in {other.casefold() for other in taken}:
        number += 1
    return made


def _from(path: Path, folder: Path) -> str:
    """A path as it is found from a folder, if it lies in it."""
    try:
        return path.resolve().relative_to(folder.resolve()).as_posix()
    except ValueError:
        return str(path.resolve())
