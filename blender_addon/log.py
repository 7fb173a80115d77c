"""What the add-on says about what it does: its last lines in memory, the console, and a file of the user's."""

from __future__ import annotations

import logging
from collections import deque
from pathlib import Path

FILE_NAME = "audio2gestures.log"

_KEPT_LINES = 200
_MAX_FILE_BYTES = 1_000_000
_lines: deque[str] = deque(maxlen=_KEPT_LINES)
_log = logging.getLogger(__package__)


class _Memory(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        _lines.extend(self.format(record).splitlines())


_memory, _console = _Memory(), logging.StreamHandler()
_file: logging.FileHandler | None = None
_dated = logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s")
_memory.setFormatter(_dated)
_console.setFormatter(logging.Formatter("%(name)s: %(message)s"))


def lines() -> list[str]:
    """The last lines, oldest first, whatever the console shows."""
    return list(_lines)


def set_level(level: str) -> None:
    """How much the console shows: the name of a level, such as "WARNING"."""
    _console.setLevel(level)


def write_to(folder: Path | None) -> None:
    """Also write to a file in this folder, which may not exist yet; None ends that. Never an error."""
    global _file
    if _file is not None:
        _log.removeHandler(_file)
        _file.close()
        _file = None
    if folder is None:
        return
    path = folder / FILE_NAME
    try:
        folder.mkdir(parents=True, exist_ok=True)
        # Not while it is written: another Blender may have it open.
        if path.is_file() and path.stat().st_size > _MAX_FILE_BYTES:
            path.replace(path.with_suffix(".old.log"))
        _file = logging.FileHandler(path, encoding="utf-8", errors="backslashreplace")
    except OSError as error:
        _log.warning("no log file is written: %s", error)
        return
    _file.setFormatter(_dated)
    _file.setLevel(logging.INFO)
    _log.addHandler(_file)


def register() -> None:
    """Listen to the add-on's modules."""
    # Everything is said; each listener decides what of it to keep. Other add-ons' listeners need not hear it.
    _log.setLevel(logging.DEBUG)
    _log.propagate = False
    _log.addHandler(_memory)
    _log.addHandler(_console)


def unregister() -> None:
    """Stop listening, and close the file."""
    write_to(None)
    _log.removeHandler(_console)
    _log.removeHandler(_memory)
