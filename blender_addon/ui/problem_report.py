"""The problem report: what the authors need to know when something goes wrong, without the artist's private data."""

from __future__ import annotations

import getpass
import os
import platform
import re
from collections.abc import Iterator
from pathlib import Path, PureWindowsPath

import bpy
import numpy as np

from .. import sentences
from ..a2g_core import __version__
from ..a2g_core.errors import A2GError
from ..log import Log
from ..owner import owned
from ..work import engine, gesture_model
from ..work.engine import Engine
from . import state

_ADDON = Path(__file__).resolve().parents[1]
_SHORTEST_NAME = 2
"""A user's name of one letter identifies nobody, and occurs everywhere."""

# A quoted absolute path, as in errors and tracebacks; the add-on's own paths have been shortened before.
_QUOTED_PATH = re.compile(r"""(['"])((?:~|/|[A-Za-z]:[\\/]|\\\\)[^'"\n]*[\\/])([^'"\\/\n]+)\1""")


def report_text(context: bpy.types.Context) -> str:
    """Versions, system, engine, character, problem and log, with folders and names of people and computers masked."""
    parts = {
        "Versions": _versions(context),
        "System": (f"{platform.system()} {platform.release()} {platform.machine()}, {os.cpu_count()} cores",),
        "Engine": _engine(context),
        "Character": _character(context),
        "Last Problem": _problem(context),
        "Log": owned(Log).lines(),
    }
    text = "\n\n".join("\n".join((f"{title}:", *(f"  {line}" for line in lines))) for title, lines in parts.items())
    return mask(text) + "\n"


def mask(text: str) -> str:
    """The text without names of home, user, computer and folders. Of a quoted path, the file's name is kept."""
    if bpy.data.filepath:
        blend = Path(bpy.data.filepath)
        text = _replace_path(text, str(blend), blend.name)
        if blend.parent != Path.home():
            text = _replace_path(text, str(blend.parent), "<folder>")
    text = _replace_path(text, str(_ADDON), "<add-on>")
    home = Path.home()
    if home != Path(home.anchor):
        text = _replace_path(text, str(home), "~")
    text = _QUOTED_PATH.sub(r"\1…/\3\1", text)
    host = platform.node()
    for name, label in ((host, "<host>"), (host.partition(".")[0], "<host>"), (_user(), "<user>")):
        if len(name) >= _SHORTEST_NAME:
            text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", label, text, flags=re.IGNORECASE)
    return text


def _replace_path(text: str, path: str, label: str) -> str:
    """In each spelling: with either slash, and with doubled backslashes as in a traceback."""
    for written in (path, path.replace("\\", "/"), path.replace("\\", "\\\\")):
        text = re.sub(rf"{re.escape(written)}(?![\w-])", lambda _match: label, text, flags=re.IGNORECASE)
    return text


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # no name; on Windows an ImportError before Python 3.13
        return ""


def _versions(context: bpy.types.Context) -> Iterator[str]:
    yield f"Blender {bpy.app.version_string} ({bpy.app.build_hash.decode(errors='replace')})"
    yield f"Python {platform.python_version()}, NumPy {np.__version__}"
    yield f"Audio2Gestures {__version__}"
    try:
        file = gesture_model.chosen(context)
        info = gesture_model.load(file).info
        yield f"Gesture model {info.get('name')} {info['sha256']} ({PureWindowsPath(file).name or 'built-in'})"
    except A2GError as error:
        yield f"Gesture model: {sentences.sentence(error)}"


def _engine(context: bpy.types.Context) -> Iterator[str]:
    chosen = engine.settings(context)
    now = owned(Engine).state(chosen)
    yield f"{chosen.engine}, device {chosen.device}: {now.device}, {now.kind}"
    if problem := now.problem or sentences.reason(engine.check, chosen):
        yield problem
    for finding in owned(Engine).last_check:
        yield f"{finding.label}: {finding.text}"


def _character(context: bpy.types.Context) -> Iterator[str]:
    obj = state.character(context)
    if obj is None:
        yield sentences.reason(state.check_character, obj)
        return
    yield sentences.reason(state.check_character, obj) or state.readiness(obj)
    for name in (p.identifier for p in obj.bl_rna.properties if p.identifier.startswith("a2g_")):
        value = getattr(obj, name)
        if name == "a2g_speech_file":
            value = PureWindowsPath(value).name  # understands both slashes
        elif name == "a2g_pins":
            value = len(value)
        yield f"{name.removeprefix('a2g_')}: {sorted(value) if isinstance(value, set) else value}"


def _problem(context: bpy.types.Context) -> Iterator[str]:
    status = context.window_manager.a2g
    yield status.message if status.failed and status.message else "none"
