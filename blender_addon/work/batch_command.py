"""`blender -b hero.blend -c a2g_batch SCRIPT.csv -o FOLDER`: a file, a glTF, a video or a contact sheet of each line.

Each line is played in a fresh copy of its character's file, which stays as it is. Only lines that have changed are made
again; a batch that is killed goes on where it was.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import bpy

from .. import bl, sentences
from ..a2g_core import __version__
from ..a2g_core.errors import A2GError, OutputError, reason
from ..a2g_core.files import is_file, is_folder, replacing
from ..a2g_core.script.ledger import NAME, Entry, digest_of, read_ledger, writing
from ..a2g_core.script.table import Line, check_apart
from ..owner import owned
from ..scene import takes
from ..speech import strips
from . import batch, dialogue, export, gesture_model, rendering
from .jobs import Runner
from .make import Maker

_FORMATS = "blend", "glb", "mp4", "png"


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> Any:
        raise A2GError("the arguments cannot be read ({why})", "see 'blender -c a2g_batch --help'", why=message)


def main(arguments: Sequence[str]) -> int:
    """Run the command. Returns the exit code: 0, or 2 where a line, or all of it, could not be made."""
    try:
        return _run(_options(arguments))
    except (A2GError, OSError) as error:
        print(f"a2g: {_said(error)}", file=sys.stderr, flush=True)
        return 2


def _said(error: A2GError | OSError | RuntimeError) -> str:
    """What is wrong and what to do about it. RuntimeError: as Blender's operators raise it."""
    if isinstance(error, OSError):
        error = OutputError(
            "'{path}' cannot be written ({why})", "choose another place", path=error.filename, why=reason(error)
        )
    return sentences.sentence(error) if isinstance(error, A2GError) else str(error).removeprefix("Error: ").strip()


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = _Parser(
        prog="blender -b FILE -c a2g_batch", description="Play each line of a table, and write what is asked for."
    )
    parser.add_argument("script", type=Path, help="a table in CSV or JSON, or a folder of recordings")
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="FOLDER", help="where the results go")
    parser.add_argument(
        "--format", action="append", choices=_FORMATS, help="what is written (repeatable; default blend)"
    )
    parser.add_argument("--final", action="store_true", help="videos as the file is set up; without it, quick ones")
    parser.add_argument("--only", action="append", metavar="ID", help="this line alone (repeatable), made in any case")
    parser.add_argument("--number", type=int, metavar="N", help="the N-th line alone, from 1 on, made in any case")
    parser.add_argument("--name", help="with --number: what its files are called instead of its id")
    parser.add_argument("--json", action="store_true", help="print one machine-readable line for each line")
    return parser.parse_args(arguments)


def _run(options: argparse.Namespace) -> int:
    script = batch.read(options.script)
    opened, formats = _opened(), options.format or ["blend"]
    bpy.context.preferences.filepaths.save_version = 0
    lines = _chosen(options, script.lines)
    check_apart(((line.id, f"{line.id}.{format_}") for line in script.lines for format_ in formats), NAME)
    for folder in {(options.output / line.id).parent for line in lines}:
        folder.mkdir(parents=True, exist_ok=True)
    failed = 0

    def make(line: Line) -> dict[str, Any]:
        nonlocal failed
        began = time.monotonic()
        try:
            notes, spoken = _played(line, _file_of(line, options.script, opened))
            outputs = _written(line, options, formats, spoken)
            result = {"state": "made", "outputs": outputs, "notes": notes}
        except (A2GError, OSError, RuntimeError) as error:  # one line does not stop the others
            failed += 1
            result = {"error": _said(error)}
        return result | {"seconds": round(time.monotonic() - began, 2)}

    if (
        options.only or options.number is not None
    ):  # several processes may each make one line: none of them keeps the ledger
        for line in lines:
            _say(options, line, make(line))
    else:
        _make_changed(options, lines, opened, make)
    return 2 if failed else 0


def _opened() -> str:
    """The file that Blender was started with, or nothing. A2GError if it could not be opened: Blender goes on then."""
    before = sys.argv[1 : next((k for k, word in enumerate(sys.argv) if word in ("-c", "--command")), 1)]
    asked = next((word for word in before if word.lower().endswith(".blend")), "")
    if asked and not bpy.data.filepath:
        raise A2GError("'{path}' could not be opened", "correct it", path=asked)
    return bpy.data.filepath


def _chosen(options: argparse.Namespace, lines: Sequence[Line]) -> list[Line]:
    """The lines that are asked for. A2GError if one is not there."""
    if options.number is not None:
        if not 0 < options.number <= len(lines):
            raise A2GError("the table has no line {number}", "correct --number", number=options.number)
        line = lines[options.number - 1]
        return [replace(line, id=options.name or line.id)]
    found = [line for line in lines if options.only is None or line.id in options.only]
    if options.only and len(found) < len(set(options.only)):
        raise A2GError("no line has the id '{name}'", "correct --only", name=", ".join(options.only))
    return found


def _make_changed(
    options: argparse.Namespace, lines: Sequence[Line], opened: str, make: Callable[[Line], dict[str, Any]]
) -> None:
    """Make the lines that have changed, and write down what was made."""
    known, digest = read_ledger(options.output), cache(digest_of)  # many lines are played in one file
    with writing(options.output, [line.id for line in lines]) as write:
        for line in lines:
            key, entry = _key(line, options, opened, digest), known.get(line.id)
            if entry is not None and key and entry["key"] == key and _is_as_made(entry, options.output, digest):
                _say(options, line, {"state": "unchanged"})
                continue
            result = make(line)
            if "error" not in result:
                outputs = {name: digest_of(options.output / name) for name in result["outputs"]}
                about = {"id": line.id, "key": key, "says": dict(line.says), "outputs": outputs}
                write(about | {"libraries": {path: digest(Path(path)) for path in _libraries()}})
            _say(options, line, result)


def _is_as_made(entry: Entry, folder: Path, digest: Callable[[Path], str]) -> bool:
    """Whether a line's results, and the files that the file of its character links, are as they were."""
    libraries = entry.get("libraries")
    if not isinstance(libraries, dict) or any(digest(Path(path)) != libraries[path] for path in libraries):
        return False
    return all(digest_of(folder / name) == made for name, made in entry["outputs"].items())


def _libraries() -> list[str]:
    """All files that the open one links, directly or not."""
    every = bpy.data.libraries
    return sorted({str(Path(bpy.path.abspath(file.filepath)).resolve()) for file in every})


def _key(line: Line, options: argparse.Namespace, opened: str, digest: Callable[[Path], str]) -> str:
    """A digest of all that a line's results depend on; nothing where a file is missing, as is said when it is made."""
    try:
        model = gesture_model.load(gesture_model.chosen(bpy.context)).info["sha256"]
        files = [digest(Path(file)) for file in (_file_of(line, options.script, opened), line.sound or "") if file]
    except A2GError:
        return ""
    content = [
        __version__, bpy.app.version_string, model, line.says, line.stage, files, options.format, options.final
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()


def _file_of(line: Line, script: Path, opened: str) -> str:
    """The .blend file that a line is played in; nothing for our own character. A2GError if it is not there."""
    name = dict(line.stage).get("character", "").partition("#")[0]
    if not name.lower().endswith(".blend"):
        return opened
    path = (script if is_folder(script) else script.parent) / name
    if not is_file(path):
        raise A2GError("line '{line}' is played in '{path}', which is not there", "correct it", line=line.id, path=path)
    return str(path.resolve())


def _played(line: Line, file: str) -> tuple[list[str], range]:
    """Open a line's file, and generate its takes. Returns notes, and the frames in which the line is said."""
    if file:
        bpy.ops.wm.open_mainfile(filepath=file, load_ui=False)
    else:
        bpy.ops.wm.read_homefile(use_empty=True, load_ui=False)
        bpy.ops.a2g.add_character()
        bpy.context.scene.frame_end = (
            bpy.context.scene.frame_start
        )  # it lasts as long as what is said, not as ten seconds
    context = bpy.context
    stage = dict(line.stage)
    cast = dialogue.characters(context)
    if stage.get("character", "").lower().endswith(".blend"):
        line = replace(line, stage=tuple(pair for pair in line.stage if pair[0] != "character"))
    usual = context.scene.a2g_character or (cast[0] if len(cast) == 1 else None)
    made = batch.orders_of(context, line, usual)
    obj = takes.find_object(made[0].character_uid)
    assert obj is not None and line.sound is not None
    start = made[0].speech.start_frame
    context.scene.a2g_character = obj
    obj.a2g_speech_source, obj.a2g_speech_file, obj.a2g_start_frame = "FILE", str(line.sound), start
    notes: list[str] = []
    spoken = range(0)
    try:
        spoken = _placed(context, line.sound, start)
    except RuntimeError:  # PyPI's Blender 4.2
        notes.append(sentences.sentence(A2GError("this Blender plays no sounds", "the sequencer is left empty")))
    for order in made:
        result = owned(Maker).make(order)
        owned(Runner).write(result)
        notes += result.all_notes
    context.scene.frame_end = max(context.scene.frame_end, _take_frames(obj).stop - 1)
    return notes, spoken or _take_frames(obj)


def _placed(context: bpy.types.Context, sound: Path, start: int) -> range:
    """Let the sound be heard, and the sequencer's scene last as long as it. Returns its frames in the character's."""
    scene = bl.sequencer_scene(context)
    editor = scene.sequence_editor or scene.sequence_editor_create()
    ratio = strips.scene_fps(scene) / strips.scene_fps(context.scene)
    channel = 1 + max((strip.channel for strip in bl.sequencer_strips(editor)), default=0)
    strip = bl.sequencer_strips(editor).new_sound(sound.stem, str(sound), channel, round(start * ratio))
    first, end = bl.visible_frames(strip)
    scene.frame_end = max(scene.frame_end, end - 1)
    return range(start, start + max(1, round((end - first) / ratio)))


def _written(line: Line, options: argparse.Namespace, formats: Sequence[str], spoken: range) -> list[str]:
    """Write what is asked for. Returns the names of the files. A2GError, OSError."""
    context, names = bpy.context, []
    obj = context.scene.a2g_character
    assert obj is not None  # its take was made
    for format_ in _FORMATS:  # the file first: what is rendered may set it up otherwise
        if format_ not in formats:
            continue
        path = options.output / f"{line.id}.{format_}"
        frames = _take_frames(obj)
        if format_ == "blend":
            _save(path, obj)
        elif format_ == "glb":
            export.export(context, obj, path)
        elif format_ == "mp4":
            rendering.video(context, obj, path, frames, options.final)
        else:
            rendering.sheet(context, obj, path, spoken)
        names.append(path.relative_to(options.output).as_posix())
    return names


def _take_frames(obj: bpy.types.Object) -> range:
    """The frames of the take that was made last."""
    strip = [*takes.take_strips(obj)][-1]
    return range(round(strip.frame_start), round(strip.frame_end) + 1)


def _save(path: Path, obj: bpy.types.Object) -> None:
    """Save the file, with paths that are relative to it."""
    with replacing(path.resolve()) as part:
        bpy.ops.wm.save_as_mainfile(filepath=str(part), check_existing=False)
        obj.a2g_speech_file = bpy.path.relpath(bpy.path.abspath(obj.a2g_speech_file))
        bpy.ops.file.make_paths_relative()
        bpy.ops.wm.save_mainfile()


def _say(options: argparse.Namespace, line: Line, result: dict[str, Any]) -> None:
    """Print what became of a line."""
    if options.json:
        print(json.dumps({"id": line.id, **result}), flush=True)
    elif "error" in result:
        print(f"a2g: {line.id}: {result['error']}", file=sys.stderr, flush=True)
    else:
        notes = "".join(f"; {note}" for note in result.get("notes", ()))
        print(f"{line.id}: {result['state']}{notes}", flush=True)
