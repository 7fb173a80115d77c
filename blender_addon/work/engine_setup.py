"""Set Up GPU: makes the worker's environment on a thread that a timer watches, or takes an existing Python."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import bpy

from .. import preferences
from ..owner import disown, own, owned
from ..timer import Timer
from .engine import Engine
from .redraw import redraw

if TYPE_CHECKING:
    from ..a2g_core.worker.install import Installation, Plan

TICK_S = 0.25
_JOIN_S = 5.0


class Setup:
    """The installation that is under way, or the last one that failed. Used on the main thread alone.

    Its own thread only writes into the Installation, which this class reads.
    """

    def __init__(self, engine: Engine) -> None:
        self.current: Installation | None = None
        """The installation under way, or the last one, if it failed or was cancelled."""
        self._engine = engine
        self._timer = Timer(self.tick)

    @property
    def is_running(self) -> bool:
        """Whether an installation is under way."""
        return self.current is not None and self.current.is_running

    def start(self, plan: Plan) -> None:
        """Begin; where there is no interface, wait for the end and raise its error."""
        from ..a2g_core.worker.install import Installation

        check_online()
        self._engine.stop()  # it may run from the folder that is about to be replaced
        installation = self.current = Installation(plan)
        installation.start()
        if not bpy.app.background:
            self._timer.start(TICK_S)
            return
        installation.wait()
        self.tick()
        if installation.problem is not None:
            raise installation.problem

    def tick(self) -> float | None:
        """Show the progress, and use what was made when it is done. Returns seconds to the next tick, or None."""
        if self.current is None:
            return None
        redraw()
        if self.current.is_running:
            return TICK_S
        if self.current.succeeded:
            use_python(self.current.plan.interpreter)
        if self.current.problem is None:
            self.current = None
        return None

    def cancel(self) -> None:
        """Stop it; what it has written is removed."""
        if self.current is not None:
            self.current.cancel()

    def close(self) -> None:
        """End an installation and wait until its files are removed."""
        self._timer.stop()
        if self.current is not None and self.current.is_running:
            self.current.cancel()
            self.current.wait(_JOIN_S)


def folder() -> Path:
    """Where the environment goes."""
    return preferences.user_folder("worker")


def check_online() -> None:
    """A2GError if Blender may not download."""
    from ..a2g_core.worker.protocol import WorkerError

    if not bpy.app.online_access:
        raise WorkerError(
            "Blender is not allowed to go online",
            "turn on Preferences > System > Network > Allow Online Access, or choose an existing Python",
        )


def take_python(path: str) -> None:
    """Use an existing Python; A2GError if it has no torch."""
    from ..a2g_core.worker import install

    chosen = Path(bpy.path.abspath(path))
    install.probe(chosen)
    use_python(chosen)


def use_python(path: Path) -> None:
    """Generate with this Python from now on."""
    from ..a2g_core.worker import install

    chosen = preferences.get()
    chosen.worker_python = "" if path == install.interpreter_in(folder()) else str(path)
    chosen.engine = "WORKER"


def register() -> None:
    """Start without an installation."""
    own(Setup(owned(Engine)))


def unregister() -> None:
    """End an installation."""
    disown(Setup).close()
