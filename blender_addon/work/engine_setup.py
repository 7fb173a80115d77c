"""Set Up GPU: makes the worker's environment on a thread that a timer watches, or takes an existing Python."""

from __future__ import annotations

from pathlib import Path

import bpy

from .. import preferences
from ..a2g_core.worker import install
from ..a2g_core.worker.install import Installation, Plan
from ..a2g_core.worker.protocol import WorkerError
from . import engine
from .redraw import redraw

TICK_S = 0.25
_installation: Installation | None = None


def folder() -> Path:
    """Where the environment goes."""
    return preferences.user_folder("worker")


def current() -> Installation | None:
    """The installation that is under way, or the last one of this session that did not end well."""
    return _installation


def is_running() -> bool:
    """Whether one is under way."""
    return _installation is not None and _installation.is_running


def check_online() -> None:
    """A2GError if Blender may not download."""
    if not bpy.app.online_access:
        raise WorkerError(
            "Blender is not allowed to go online",
            "turn on Preferences > System > Network > Allow Online Access, or choose an existing Python",
        )


def start(plan: Plan) -> None:
    """Begin; where there is no interface, wait for its end and raise its error."""
    global _installation
    check_online()
    engine.stop()  # it may run from the folder that is about to be replaced
    _installation = Installation(plan)
    _installation.start()
    if not bpy.app.background:
        bpy.app.timers.register(tick, first_interval=TICK_S)
        return
    _installation.wait()
    problem = _installation.problem
    tick()
    if problem is not None:
        raise problem


def tick() -> float | None:
    """Show how far it is, and use what was made when it is done. Returns seconds to the next tick, or None."""
    global _installation
    if _installation is None:
        return None
    redraw()
    if _installation.is_running:
        return TICK_S
    if _installation.succeeded:
        use_python(_installation.plan.interpreter)
    if _installation.problem is None:
        _installation = None
    return None


def cancel() -> None:
    """Stop it; what it has written is removed."""
    if _installation is not None:
        _installation.cancel()


def take_python(path: str) -> None:
    """Use an existing Python; A2GError if it has no torch."""
    chosen = Path(bpy.path.abspath(path))
    install.probe(chosen)
    use_python(chosen)


def use_python(path: Path) -> None:
    """Generate with this Python from now on."""
    chosen = preferences.get()
    chosen.worker_python = "" if path == install.interpreter_in(folder()) else str(path)
    chosen.engine = "WORKER"


def register() -> None:
    """Nothing to do before it is asked for."""


def unregister() -> None:
    """End an installation."""
    global _installation
    if is_running():
        _installation.cancel()
        _installation.wait(5.0)
    _installation = None
    if bpy.app.timers.is_registered(tick):
        bpy.app.timers.unregister(tick)
