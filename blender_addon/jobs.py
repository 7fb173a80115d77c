"""One generation at a time, on a thread of its own that never touches bpy and that a timer watches; or in the caller's.

A timer instead of a modal operator lets Blender go on saving automatically. Between its ticks nothing of Blender's is
held: undo and a file load free it. The character is found again by its session UID.
"""

from __future__ import annotations

import itertools
import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

import bpy

from . import scene_pins
from .a2g_core.checkpoint import Model, load_model
from .a2g_core.errors import A2GError, Cancelled, PinError
from .a2g_core.generate import generate
from .a2g_core.motion import Motion
from .report import sentence
from .scene_audio import SpeechSource
from .scene_pins import PinnedClip

TICK_S = 0.1
_JOIN_S = 5.0
_numbers = itertools.count(1)
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Request:
    """Everything a generation needs, with no reference to Blender's data."""

    character_uid: int
    speech: SpeechSource
    clips: tuple[PinnedClip, ...]
    fps: float
    seed: int
    needs_pins: bool = False


@dataclass(frozen=True)
class Take:
    """A finished generation. notes: sentences about what was left out."""

    number: int
    request: Request
    motion: Motion
    notes: tuple[str, ...] = ()


@dataclass
class Job:
    """A generation on a thread, which writes phase and fraction, then take or problem, and nothing else."""

    request: Request
    cancelled: threading.Event = field(default_factory=threading.Event)
    thread: threading.Thread | None = None
    phase: str = "Starting"
    fraction: float = 0.0
    take: Take | None = None
    problem: str = ""

    def run(self) -> None:
        """The thread's work. Its errors become sentences: nobody could catch them there."""
        try:
            self.take = make_take(self.request, self._show, self.cancelled.is_set)
        except Cancelled:
            self.problem = "Cancelled"
        except A2GError as error:
            self.problem = sentence(error)
        except Exception as error:  # the artist must be told of anything that ends the job
            _log.exception("generation failed")
            self.problem = f"Something unforeseen went wrong ({error!r}); report it with the system console's text."

    def _show(self, phase: str, fraction: float) -> None:
        self.phase, self.fraction = phase, fraction


_job: Job | None = None
_last_take: Take | None = None


def make_take(
    request: Request,
    progress: Callable[[str, float], None] | None = None,
    should_cancel: Callable[[], bool] | None = None,
) -> Take:
    """Generate in the calling thread. Touches no Blender data."""
    if progress is not None:
        progress("Reading audio", 0.0)
    speech = request.speech.open()
    start = request.speech.start_frame
    n_frames = round(speech.duration_s * request.fps)
    pins, outside = scene_pins.place_pins(list(request.clips), start, n_frames)
    where = f"lies outside the speech (frames {start} to {start + n_frames - 1})"
    unused = tuple(PinError(f"pinned clip '{name}' {where}", "move it there or unpin it") for name in outside)
    if request.needs_pins and not pins and unused:
        raise unused[0]
    motion = generate(
        speech, _model(), seed=request.seed, pins=pins, fps=request.fps, progress=progress, should_cancel=should_cancel
    )
    return Take(next(_numbers), request, motion, tuple(map(sentence, unused)))


@lru_cache(maxsize=1)
def _model() -> Model:
    return load_model()


def start(request: Request) -> None:
    """Begin a job; ``a2g.apply_take`` is called when it is done."""
    global _job
    _job = Job(request)
    # A daemon: quitting Blender must not wait for it.
    _job.thread = threading.Thread(target=_job.run, name="a2g-generate", daemon=True)
    _job.thread.start()
    status = bpy.context.window_manager.a2g
    status.running, status.fraction, status.phase, status.message = True, 0.0, _job.phase, ""
    bpy.app.timers.register(tick, first_interval=TICK_S)


def tick() -> float | None:
    """Show how far the job is, and write its take when it is done. Returns seconds to the next tick, or None."""
    if _job is None:
        return None
    status = bpy.context.window_manager.a2g
    status.fraction, status.phase = _job.fraction, _job.phase
    _redraw()
    if _job.thread.is_alive():
        return TICK_S
    _finish(_job)
    return None


def cancel() -> None:
    """Ask the job to stop; the timer sees its end within a chunk."""
    if _job is not None:
        _job.cancelled.set()
        bpy.context.window_manager.a2g.phase = _job.phase = "Cancelling"


def abandon() -> None:
    """Stop the job and forget it: its scene is about to go, or the add-on is."""
    global _job, _last_take
    job, _job, _last_take = _job, None, None
    if job is not None:
        job.cancelled.set()
        job.thread.join(_JOIN_S)
        _show_end("Cancelled: another file was opened", failed=True)


def remember(take: Take) -> None:
    """Keep a take for ``a2g.apply_take``; its redo panel asks for it again."""
    global _last_take
    _last_take = take


def last_take(number: int) -> Take | None:
    """The remembered take if it has this number; 0 means whichever it is."""
    return _last_take if _last_take is not None and number in (0, _last_take.number) else None


def find_character(uid: int) -> bpy.types.Object | None:
    """The object of this session UID, which survives renaming and undo; None if it was deleted."""
    return next((obj for obj in bpy.data.objects if obj.session_uid == uid and obj.users_scene), None)


def _finish(job: Job) -> None:
    global _job
    _job = None
    if job.take is None:
        _show_end(job.problem, failed=job.problem != "Cancelled")
        return
    remember(job.take)
    try:
        # True: this call is an undo step of its own.
        bpy.ops.a2g.apply_take("EXEC_DEFAULT", True, take=job.take.number)
    except RuntimeError as error:
        _show_end(str(error).removeprefix("Error: ").strip(), failed=True)
        return
    _show_end(" ".join(job.take.notes), failed=bool(job.take.notes))


def _show_end(message: str, failed: bool) -> None:
    status = bpy.context.window_manager.a2g
    status.running, status.message, status.failed = False, message, failed
    _redraw()


def _redraw() -> None:
    for window in bpy.context.window_manager.windows:
        for area in window.screen.areas:
            if area.type in {"VIEW_3D", "NLA_EDITOR"}:
                area.tag_redraw()


@bpy.app.handlers.persistent
def _on_load(*_args: object) -> None:
    abandon()


def register() -> None:
    """A file load ends the job."""
    bpy.app.handlers.load_pre.append(_on_load)


def unregister() -> None:
    """End the job and stop watching."""
    abandon()
    bpy.app.handlers.load_pre.remove(_on_load)
    if bpy.app.timers.is_registered(tick):
        bpy.app.timers.unregister(tick)
