"""What the add-on logs: its last lines in memory, warnings in the console, and a file in the user's folder."""

from __future__ import annotations

import logging
from collections import deque
from pathlib import Path

from .a2g_core.files import size_of
from .owner import disown, own

FILE_NAME = "audio2gestures.log"

_KEPT_LINES = 200
_MAX_FILE_BYTES = 1_000_000
_log = logging.getLogger(__package__)
_WITH_TIME = logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s")


class _Memory(logging.Handler):
    """Keeps the last lines. Any thread may log: `logging` calls `emit` with this handler's lock held."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: deque[str] = deque(maxlen=_KEPT_LINES)
        self.setFormatter(_WITH_TIME)

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.extend(self.format(record).splitlines())


class Log:
    """The listeners to the add-on's modules.

    Any thread may log, since `logging` locks its handlers; the methods are for the main thread.
    """

    def __init__(self) -> None:
        self._memory = _Memory()
        self._console = logging.StreamHandler()
        self._console.setFormatter(logging.Formatter("%(name)s: %(message)s"))
        self._file: logging.FileHandler | None = None
        # Everything is logged, and each listener decides what of it to keep. Other add-ons need not hear it.
        _log.setLevel(logging.DEBUG)
        _log.propagate = False
        _log.addHandler(self._memory)
        _log.addHandler(self._console)

    def lines(self) -> list[str]:
        """The last lines, oldest first, whatever the console shows."""
        self._memory.acquire()
        try:
            return list(self._memory.lines)
        finally:
            self._memory.release()

    def set_level(self, level: str) -> None:
        """How much the console shows: the name of a level, such as "WARNING"."""
        self._console.setLevel(level)

    def write_to(self, folder: Path | None) -> None:
        """Also write to a file in this folder, which need not exist yet; None ends that. Never raises."""
        if self._file is not None:
            _log.removeHandler(self._file)
            self._file.close()
            self._file = None
        if folder is None:
            return
        path = folder / FILE_NAME
        try:
            folder.mkdir(parents=True, exist_ok=True)
            # Only when it is opened: another Blender may be writing to it.
            if size_of(path) > _MAX_FILE_BYTES:
                path.replace(path.with_suffix(".old.log"))
            self._file = logging.FileHandler(path, encoding="utf-8", errors="backslashreplace")
        except OSError as error:
            _log.warning("no log file is written: %s", error)
            return
        self._file.setFormatter(_WITH_TIME)
        self._file.setLevel(logging.INFO)
        _log.addHandler(self._file)

    def close(self) -> None:
        """Listen no more, and leave the logger as it was."""
        self.write_to(None)
        _log.removeHandler(self._console)
        _log.removeHandler(self._memory)
        _log.setLevel(logging.NOTSET)
        _log.propagate = True


def register() -> None:
    """Listen to the add-on's modules."""
    own(Log())


def unregister() -> None:
    """Stop listening, and close the file."""
    disown(Log).close()
