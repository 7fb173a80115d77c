"""Set Up Words: pocketsphinx for English in an environment of its own, made after a click and with online access."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import bpy

from .. import preferences
from ..a2g_core.errors import A2GError, WordsError
from ..a2g_core.files import is_file
from ..owner import disown, own, owned
from ..timer import Timer
from .engine_setup import TICK_S, check_online
from .redraw import redraw

if TYPE_CHECKING:
    from ..a2g_core.worker.install import Installation, Plan

DOWNLOAD_BYTES, SIZE_BYTES = 29e6, 120e6
_JOIN_S = 5.0


class WordsSetup:
    """The installation that is under way, or the last one that failed. Used on the main thread alone."""

    def __init__(self) -> None:
        self.current: Installation | None = None
        self._timer = Timer(self.tick)

    @property
    def is_running(self) -> bool:
        """Whether an installation is under way."""
        return self.current is not None and self.current.is_running

    def start(self) -> None:
        """Begin; where there is no interface, wait for the end and raise its error."""
        from ..a2g_core.words import sphinx
        from ..a2g_core.worker.install import Installation

        check_online()
        installation = self.current = Installation(plan(), sphinx.check)
        installation.start()
        if not bpy.app.background:
            self._timer.start(TICK_S)
            return
        installation.wait()
        self.current = None
        if installation.problem is not None:
            raise problem_of(installation.problem)

    def tick(self) -> float | None:
        """Show the progress. Returns seconds to the next tick, or None."""
        redraw()
        if self.is_running:
            return TICK_S
        if self.current is not None and self.current.problem is None:
            self.current = None
        return None

    def close(self) -> None:
        """End an installation and wait until its files are removed."""
        self._timer.stop()
        if self.current is not None and self.current.is_running:
            self.current.cancel()
            self.current.wait(_JOIN_S)


def plan() -> Plan:
    """What the installation will do. WordsError if there is no Python to make an environment with."""
    from ..a2g_core.words import sphinx
    from ..a2g_core.worker.install import Plan, find_python

    found = find_python()
    if found is None:
        raise WordsError(
            "no Python from 3.11 to 3.14 was found to set up pocketsphinx with", "install one from python.org"
        )
    return Plan(folder(), found, (sphinx.REQUIREMENT,), ("--no-deps",), DOWNLOAD_BYTES, SIZE_BYTES)


def problem_of(error: A2GError) -> WordsError:
    """Why an installation failed."""
    return WordsError(
        "pocketsphinx could not be set up ({why})", "words are found without it, too",
        why=str(error.values.get("why", error.problem)),
    )  # fmt: skip


def folder() -> Path:
    """Where the environment is."""
    return preferences.user_folder("words")


def python() -> Path | None:
    """The Python that has pocketsphinx; None before Set Up Words."""
    from ..a2g_core.worker.install import interpreter_in

    found = interpreter_in(folder())
    return found if is_file(found) and not owned(WordsSetup).is_running else None


def register() -> None:
    """Start without an installation."""
    own(WordsSetup())


def unregister() -> None:
    """End an installation."""
    disown(WordsSetup).close()
