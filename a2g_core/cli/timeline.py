"""`a2g timeline`: the table of lines that an edit of dialogue is, for `a2g batch` and for Blender.

Read by the package opentimelineio: its own files, and whatever it has adapters for, such as CMX 3600 lists.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from math import inf
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlparse

import numpy as np

from ..errors import A2GError, AudioError, ConfigError, reason
from ..files import is_file, replacing
from ..outputs import check_file, check_folder, holds
from ..speech.audio import SOUND_ENDINGS, Speech, open_speech
from .research import Commands
from .values import number

_COLUMNS = ("id", "sound", "character", "start")
_is_table = holds(",".join(_COLUMNS))
_SAME_S = 0.02
"""A clip that leaves out less of its recording uses all of it."""
_SAME_RATE = 0.01
_MOST_S = 1e6
"""Where a clip may be in an edit, and how long it may last before its recording begins."""


def add_command(commands: Commands) -> None:
    """Add the command to the parser's subcommands."""
    c = commands.add_parser("timeline", help="make the table of lines that an edit of dialogue is, for 'a2g batch'")
    c.add_argument("edit", type=Path, help="a timeline: .otio, or .edl and others with an adapter of opentimelineio")
    c.add_argument(
        "-o", "--output", type=Path, required=True, metavar="SCRIPT.csv",
        help="the table; parts of recordings are written to a folder beside it",
    )  # fmt: skip
    c.add_argument(
        "--rate", type=number("--rate", 1, 240), metavar="FPS",
        help="frames a second of an .edl, which does not say it itself",
    )  # fmt: skip
    c.add_argument(
        "--recordings", type=Path, metavar="FOLDER",
        help="where recordings lie that the edit knows by their names alone (default: where the edit lies)",
    )  # fmt: skip
    c.add_argument("--force", action="store_true", help="replace a table that is there and that a2g did not make")
    c.set_defaults(run=_timeline)


def _timeline(options: argparse.Namespace) -> None:
    (timeline, hour_s), is_list = _read(options.edit, options.rate), _is_list(options.edit)
    check_file(options.output, is_ours=_is_table, inputs=[options.edit], force=options.force)
    parts = options.output.with_suffix("").with_name(options.output.stem + "-audio")
    check_folder(parts)
    rows: list[dict[str, str]] = []
    clips = [_Clip.of(timeline, track, clip, is_list) for track, clip in _clips(timeline)]
    if any(not abs(clip.start_s) < _MOST_S for clip in clips):
        raise ConfigError(f"a time of '{options.edit.name}' is out of range", "export the edit again")
    hours = round(max(0.0, min((clip.start_s for clip in clips), default=0.0)), 3) // hour_s
    begin_s = hours * hour_s if hours else 0.0
    for clip in dict.fromkeys(clips):  # an edit list may have one for each channel of a recording
        name = _unused(clip.name or clip.character, {row["id"] for row in rows})
        try:
            found = clip.recording(options.edit.parent, options.recordings or options.edit.parent)
            sound = _used(clip, found, parts / f"{name}.wav")
        except A2GError as error:
            raise ConfigError(f"clip '{clip.name}': {error.problem}", error.hint) from None
        row = (name, _from(sound, options.output.parent), clip.character, f"{round(clip.start_s - begin_s, 3):.9g}")
        rows.append(dict(zip(_COLUMNS, row, strict=True)))
    if not rows:
        raise ConfigError(f"'{options.edit.name}' has no clips with sound", "give an edit of recordings")
    with replacing(options.output) as part, part.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, _COLUMNS)
        writer.writeheader()
        writer.writerows(rows)
    print(f"{len(rows)} lines: {options.output}")
    if is_list:
        print(
            f"a2g: times are counted from {hours:02.0f}:00:00:00. An .edl does not say who speaks: fill "
            "in the column 'character'.", file=sys.stderr,
        )  # fmt: skip


def _is_list(path: Path) -> bool:
    """Whether an edit is a CMX 3600 list: of timecodes without a rate, on channels without names of people."""
    return path.suffix.lower() == ".edl"


def _read(path: Path, rate: float | None) -> tuple[Any, float]:
    """The timeline in a file, and seconds in an hour of its clock; infinite where it begins at 0. ConfigError."""
    try:
        otio: Any = import_module("opentimelineio")
    except ImportError:
        raise ConfigError(
            "edits cannot be read without the package opentimelineio", "install it with 'pip install opentimelineio'"
        ) from None
    if not is_file(path):
        raise ConfigError(f"there is no file '{path}'", "check the path of the edit")
    if path.suffix.lower() not in {f".{ending}" for ending in otio.adapters.suffixes_with_defined_adapters(read=True)}:
        hint = "install it with 'pip install otio-cmx3600-adapter'" if _is_list(path) else "save the edit as .otio"
        raise ConfigError(f"no adapter of opentimelineio is installed that reads '{path.name}'", hint)
    if _is_list(path) and rate is None:
        raise ConfigError("an .edl does not say how many frames it has a second", "add --rate, such as --rate 25")
    if rate is not None and not _is_list(path):
        raise ConfigError(f"'{path.name}' says its rate itself", "leave --rate out")
    try:
        if rate is not None:
            return _read_list(otio, path, rate)
        if path.suffix.lower() == ".otio":
            json.loads(path.read_bytes())  # which refuses what is nested so deep that opentimelineio ends the process
        timeline = otio.adapters.read_from_file(str(path))
        _ = timeline.tracks
    except A2GError:
        raise
    except Exception as error:  # adapters of any kind
        raise ConfigError(f"'{path.name}' is not a timeline ({reason(error)})", "export the edit again") from None
    return timeline, inf


def _read_list(otio: Any, path: Path, about: float) -> tuple[Any, float]:
    """The same of an edit list. Its scenes begin with the whole hour before them, as 01:00:00:00."""
    rate: float = otio.opentime.RationalTime.nearest_smpte_timecode_rate(about)
    if abs(rate - about) > _SAME_RATE:
        raise ConfigError(f"there are no timecodes of {about:g} frames a second", "give 24, 25, 29.97 or another")
    text, whole = path.read_text(encoding="utf-8", errors="replace"), round(rate)
    is_drop = whole != rate and re.search(r"^FCM:\s*DROP|\d;\d\d\b", text, re.MULTILINE)
    if is_drop:  # which the adapter knows by the semicolon alone
        text = re.sub(r"\b(\d\d:\d\d:\d\d):(?=\d\d\b)", r"\1;", text)
    n_dropped = 54 * 2 * whole // 30 if is_drop else 0  # two numbers in each minute but every tenth, at 29.97
    return otio.adapters.read_from_string(text, "cmx_3600", rate=rate), (3600 * whole - n_dropped) / rate


def _clips(timeline: Any) -> Iterator[tuple[Any, Any]]:
    """The enabled clips of the tracks of sound, or those with media of all tracks of an edit that has none of these."""
    tracks = [track for track in timeline.tracks if track.enabled]
    of_sound = [track for track in tracks if track.kind == "Audio"]
    for track in of_sound or tracks:
        for clip in track.find_clips():
            media = clip.media_reference
            is_missing = media is None or media.is_missing_reference
            if clip.enabled and (getattr(media, "target_url", "") or (of_sound and is_missing)):
                if any(hasattr(effect, "time_scalar") for effect in clip.effects):
                    raise ConfigError(f"clip '{clip.name}' plays at another speed", "render it to a recording first")
                yield track, clip


@dataclass(frozen=True)
class _Clip:
    """What an edit says of a line: who says it, when, and which seconds of which recording.

    url: where the recording is; nothing where the edit has no more than the clip's name.
    """

    name: str
    character: str
    start_s: float
    url: str
    first_s: float
    lasts_s: float

    @classmethod
    def of(cls, timeline: Any, track: Any, clip: Any, is_list: bool) -> _Clip:
        used, media = clip.trimmed_range(), clip.media_reference
        available = getattr(media, "available_range", None)
        return cls(
            clip.name, "" if is_list else track.name,
            clip.transformed_time(used.start_time, timeline.tracks).to_seconds(),
            getattr(media, "target_url", ""),
            used.start_time.to_seconds() - (available.start_time.to_seconds() if available else 0.0),
            used.duration.to_seconds(),
        )  # fmt: skip

    def recording(self, edit: Path, recordings: Path) -> Path:
        """The recording's file. AudioError if it is not there. edit: the folder that paths of the edit begin in."""
        if self.url:
            url = urlparse(self.url)
            path = edit / Path(unquote(url.path if url.scheme == "file" else self.url))
            if not is_file(path):
                raise AudioError(f"there is no file '{path}'", "check where the edit says its recordings are")
            return path
        names = {self.name.casefold(), *(f"{self.name}{ending}".casefold() for ending in SOUND_ENDINGS)}
        found = [path for path in sorted(recordings.iterdir()) if path.name.casefold() in names and is_file(path)]
        if len(found) != 1:
            raise AudioError(
                f"the edit says no more of its recording than this name, and {len(found) or 'no'} files in "
                f"'{recordings}' have it", "give the folder of the recordings with --recordings",
            )  # fmt: skip
        return found[0]


def _used(clip: _Clip, path: Path, part: Path) -> Path:
    """The recording of a clip, or what the clip uses of it, written to a file of its own. AudioError, OSError."""
    speech = open_speech(path)
    if abs(clip.first_s) < _SAME_S and abs(clip.lasts_s - speech.duration_s) < _SAME_S:
        return path
    if not (-_MOST_S < clip.first_s < speech.duration_s and clip.lasts_s > max(-clip.first_s, 0.0)):
        raise AudioError(
            f"it uses seconds {clip.first_s:.2f} to {clip.first_s + clip.lasts_s:.2f} of '{path.name}', which lasts "
            f"{speech.duration_s:.2f} s", "give the recording that was edited, whose time begins at 0",
        )  # fmt: skip
    part.parent.mkdir(parents=True, exist_ok=True)
    _write_part(speech, clip.first_s, min(clip.lasts_s, speech.duration_s - clip.first_s), part)
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
