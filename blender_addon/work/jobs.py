"""One generation at a time, on a thread of its own that never touches bpy and that a timer watches; or in the caller's.

A timer instead of a modal operator lets Blender go on saving automatically. Between its ticks nothing of Blender's is
held: undo and a file load free it. When the thread is done, the timer writes the keys in pieces, so that the interface
never waits, and an operator makes them one undo step.
"""

from __future__ import annotations

import itertools
import logging
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

import bpy
import numpy as np

from ..a2g_core import __version__
from ..a2g_core.body.motion import Motion, Pin
from ..a2g_core.errors import A2GError, Cancelled, PinError
from ..a2g_core.model.checkpoint import Model
from ..a2g_core.performing.generate import idle_pose
from ..a2g_core.speech.heard import Heard, hear
from ..scene.pins import place_pins
from ..scene.recipe import PinRecord, Recipe, digest_pin
from ..scene.takes import ChangedTake, NewTake, attach_take, find_action, find_object, remove_unfinished
from ..sentences import sentence
from . import engine, gesture_model, take_cache
from .requests import Request

TICK_S = 0.05
WRITING_S = 0.012
"""Of each tick: short enough for 60 redraws a second."""

_JOIN_S = 5.0
_KEPT_SPEECHES = 4
_numbers = itertools.count(1)
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Take:
    """A finished motion: frames `first` to first + len(motion) of the take that the recipe tells of. idle: quaternions
    (J, 4) that the keys are relative to, None for a take that replaces what is below it.
    """

    motion: Motion
    first: int
    recipe: Recipe
    idle: np.ndarray | None


@dataclass(frozen=True)
class Result:
    """What a request became. notes: sentences about what was left out."""

    number: int
    request: Request
    takes: tuple[Take, ...]
    notes: tuple[str, ...] = ()


@dataclass
class Job:
    """A generation on a thread, which writes phase and fraction, then result or problem, and nothing else.

    writers: what the timer then writes the keys with. is_live: it follows a slider and shows no progress.
    """

    request: Request
    is_live: bool = False
    cancelled: threading.Event = field(default_factory=threading.Event)
    thread: threading.Thread | None = None
    phase: str = "Starting"
    fraction: float = 0.0
    result: Result | None = None
    error: A2GError | None = None
    problem: str = ""
    writers: list[NewTake | ChangedTake] | None = None
    is_attached: bool = False
    on_end: Callable[[bool], None] | None = None

    def run(self) -> None:
        """The thread's work. Its errors become sentences: nobody could catch them there."""
        try:
            self.result = make(self.request, self._show, self.cancelled.is_set)
        except Cancelled:
            self.problem = "Cancelled"
        except A2GError as error:
            self.error, self.problem = error, sentence(error)
        except Exception as error:  # the artist must be told of anything that ends the job
            _log.exception("generation failed")
            self.problem = sentence(
                A2GError("something unforeseen went wrong ({what})", "use Copy Problem Report", what=repr(error))
            )

    def _show(self, phase: str, fraction: float) -> None:
        self.phase, self.fraction = phase, fraction


_job: Job | None = None
_last: tuple[Result, list[NewTake | ChangedTake]] | None = None
_heard: OrderedDict[object, Heard] = OrderedDict()
_idle: tuple[str, np.ndarray] | None = None  # of which model, and how the character stands


# Making ---------------------------------------------------------------------------------------------------------------


def make(
    request: Request,
    progress: Callable[[str, float], None] | None = None,
    should_cancel: Callable[[], bool] | None = None,
) -> Result:
    """Generate in the calling thread. Touches no Blender data."""
    if progress is not None:
        progress("Reading audio", 0.0)
    model = gesture_model.load(request.model_file)
    heard = hear_speech(request, model, should_cancel)
    n_frames, start = round(heard.duration_s * request.fps), request.speech.start_frame
    pins, outside = place_pins(list(request.clips), start, n_frames)
    unused = tuple(
        PinError(
            "pinned clip '{name}' lies outside the speech (frames {first} to {last})", "move it there or unpin it",
            name=name, first=start, last=start + n_frames - 1,
        )
        for name in outside
    )  # fmt: skip
    if request.needs_pins and not pins and unused:
        raise unused[0]
    used = [clip for clip in request.clips if clip.name not in outside]
    recipe = Recipe(
        version=__version__, model=model.info["sha256"], engine=request.engine.engine,
        made=datetime.now(UTC).isoformat(timespec="seconds"), speech=request.speech.name, speech_digest=heard.digest,
        fps=request.fps, start_frame=start, n_frames=n_frames, seed=0, choices=request.choices,
        controls=request.controls, pins=tuple(PinRecord(clip.name, digest_pin(pin)) for clip, pin in zip(used, pins)),
        body_parts=request.body_parts, layering=request.layering, style=request.style,
    )  # fmt: skip
    _check_expected(request, recipe, model)
    takes = tuple(
        _make_take(request, replace(recipe, seed=seed), heard, model, pins, progress, should_cancel)
        for seed in request.seeds
    )
    _log.info("made %d take(s) of %d frames by %s", len(takes), n_frames, request.engine.engine)
    return Result(next(_numbers), request, takes, tuple(map(sentence, unused)))


def _make_take(
    request: Request, recipe: Recipe, heard: Heard, model: Model, pins: list[Pin], progress, should_cancel
) -> Take:
    change = request.change
    span = (0, recipe.n_frames) if change is None or change.span is None else change.span
    motion = engine.generate(
        heard, model, seed=recipe.seed, style=request.style, choices=request.choices, controls=request.controls,
        pins=pins, fps=request.fps, span=span, settings=request.engine, progress=progress, should_cancel=should_cancel,
    )  # fmt: skip
    if change is not None:
        recipe = change.recipe if change.is_preview else replace(recipe, start_frame=change.recipe.start_frame)
    idle = _idle_of(model) if request.layering == "COMBINE" else None
    if change is None:
        take_cache.keep(request.keep_in, motion, recipe, idle)
    return Take(motion, span[0], recipe, idle)


def hear_speech(request: Request, model: Model, should_cancel: Callable[[], bool] | None = None) -> Heard:
    """A request's speech as the model hears it, from memory if it was heard lately."""
    key = request.speech.key, model.fps
    if key not in _heard:
        _heard[key] = hear(request.speech.open(), model.fps, should_cancel)
    _heard.move_to_end(key)
    while len(_heard) > _KEPT_SPEECHES:
        _heard.popitem(last=False)
    return _heard[key]


def _check_expected(request: Request, now: Recipe, model: Model) -> None:
    """A2GError where a take is to be changed or made once more, and what it was made of is not what it was."""
    then = request.expected or (request.change and request.change.recipe)
    if then is None:
        return
    if (now.speech_digest, now.n_frames) != (then.speech_digest, then.n_frames):
        raise A2GError(
            "the speech is not the one that this take was made for ('{name}')",
            "choose that one under Speech, or use Generate Gestures for a new take", name=then.speech,
        )  # fmt: skip
    gesture_model.check_same(model, then.model)
    if request.expected is not None and now.pins != then.pins:
        changed = {pin.name for pin in {*now.pins} ^ {*then.pins}}
        raise A2GError(
            "pinned clips are not as they were when this take was made ({names})",
            "undo their changes, or use Generate Gestures for a new take", names=", ".join(sorted(changed)),
        )  # fmt: skip


def _idle_of(model: Model) -> np.ndarray:
    """How the character stands, made once for a model."""
    global _idle
    if _idle is None or _idle[0] != model.info["sha256"]:
        _idle = model.info["sha256"], idle_pose(model)
    return _idle[1]


# Writing --------------------------------------------------------------------------------------------------------------


def writers(result: Result) -> list[NewTake | ChangedTake]:
    """What writes the takes of a result; none where the character or the take is gone."""
    request = result.request
    obj = find_object(request.character_uid)
    if obj is None:
        return []
    if request.change is None:
        return [NewTake(obj, take.motion, take.recipe, take.idle) for take in result.takes]
    action = find_action(request.change.action_uid)
    if action is None:
        return []
    (take,) = result.takes
    return [ChangedTake(obj, action, take.motion, take.first, take.recipe, take.idle)]


def remember(result: Result, its_writers: list[NewTake | ChangedTake]) -> None:
    """Keep a result for the operators that apply it; the redo panel asks for it again."""
    global _last
    _last = result, its_writers


def last(number: int) -> tuple[Result, list[NewTake | ChangedTake]] | None:
    """The remembered result, if it has this number, and its writers; 0 means whichever it is."""
    return _last if _last is not None and number in (0, _last[0].number) else None


def apply(result: Result) -> set[str]:
    """Write a result that is remembered, as one undo step."""
    operator = bpy.ops.a2g.apply_take if result.request.change is None else bpy.ops.a2g.apply_change
    # True: this call is an undo step of its own.
    return operator("EXEC_DEFAULT", True, take=result.number)


# Jobs -----------------------------------------------------------------------------------------------------------------


def start(request: Request, is_live: bool = False, on_end: Callable[[bool], None] | None = None) -> None:
    """Begin a job. on_end(done) is called on the main thread when it has ended."""
    global _job
    if _job is not None:
        # Only a live one can be running here: buttons are disabled during others.
        abandon()
    _job = Job(request, is_live, on_end=on_end)
    # A daemon: quitting Blender must not wait for it.
    _job.thread = threading.Thread(target=_job.run, name="a2g-generate", daemon=True)
    _job.thread.start()
    _log.info("job begins: %s", "follow a slider" if is_live else "change a take" if request.change else "new takes")
    status = bpy.context.window_manager.a2g
    if not is_live:
        status.running, status.fraction, status.phase, status.message = True, 0.0, _job.phase, ""
        status.failed, status.problem = False, ""
    if not bpy.app.timers.is_registered(tick):
        bpy.app.timers.register(tick, first_interval=TICK_S)


def is_busy() -> bool:
    """Whether a job is running, a live one included."""
    return _job is not None


def tick() -> float | None:
    """Show how far the job is, and write its keys when it is done. Returns seconds to the next tick, or None."""
    job = _job
    if job is None:
        return None
    if job.thread.is_alive():
        _show_progress(job)
        return TICK_S
    if job.result is None or job.cancelled.is_set():
        _end(job, job.problem or "Cancelled", failed=job.problem not in ("", "Cancelled"))
        return None
    if job.writers is None:
        job.writers = writers(job.result)
        job.phase, job.fraction = "Writing keys", 1.0
        _show_progress(job)
    if not all(writer.step(WRITING_S) for writer in job.writers):
        return 0.0
    if not job.is_attached:
        # Apart from the undo step: Blender evaluates the new keys and copies them for undo, and each takes its time.
        job.is_attached = True
        _attach(job)
        return 0.0
    _finish(job)
    return None


def cancel() -> None:
    """Ask the job to stop; the timer sees its end within a chunk."""
    if _job is not None:
        _job.cancelled.set()
        bpy.context.window_manager.a2g.phase = _job.phase = "Cancelling"


def abandon(message: str = "") -> None:
    """Stop the job and forget it: its scene is about to go, or the add-on is, or a newer one takes its place."""
    global _job, _last
    job, _job, _last = _job, None, None
    if job is not None:
        job.cancelled.set()
        job.thread.join(_JOIN_S)
        remove_unfinished()
        if not job.is_live:
            _show_end(message, failed=bool(message))


def _attach(job: Job) -> None:
    """Put new takes on their tracks; where that cannot be, the operator that follows says why."""
    obj = find_object(job.request.character_uid)
    if obj is None or job.request.change is not None:
        return
    for writer in job.writers:
        if (action := writer.action()) is not None and obj.library is None:
            attach_take(obj, action)


def _finish(job: Job) -> None:
    global _job
    _job = None
    remember(job.result, job.writers)
    try:
        if job.is_live:
            done = all(writer.edited == 0 for writer in job.writers)
            if not done:
                edited = A2GError("this take was edited by hand", "use Update Take for a changed copy of it")
                _show_end(sentence(edited), failed=True)
        else:
            done = apply(job.result) == {"FINISHED"}
    except RuntimeError as error:
        _end(job, str(error).removeprefix("Error: ").strip(), failed=True)
        return
    _end(job, " ".join(job.result.notes), failed=bool(job.result.notes), done=done)


def _end(job: Job, message: str, failed: bool, done: bool = False) -> None:
    global _job
    _job = None
    _log.info("job ends: %s", message or "done")
    remove_unfinished()
    if not job.is_live or (failed and message):
        _show_end(message, failed, type(job.error).__name__ if job.error else "")
    if job.on_end is not None:
        job.on_end(done)
    engine.redraw()


def _show_progress(job: Job) -> None:
    status = bpy.context.window_manager.a2g
    if not job.is_live and (status.fraction, status.phase) != (job.fraction, job.phase):
        status.fraction, status.phase = job.fraction, job.phase
        engine.redraw({"UI"})


def _show_end(message: str, failed: bool, problem: str = "") -> None:
    status = bpy.context.window_manager.a2g
    status.running, status.message, status.failed, status.problem = False, message, failed, problem
    engine.redraw()


@bpy.app.handlers.persistent
def _on_load(*_args: object) -> None:
    abandon("Cancelled: another file was opened")
    _heard.clear()


@bpy.app.handlers.persistent
def _on_undo(*_args: object) -> None:
    """Keys that were half written are as they were: begin again."""
    if _job is not None and _job.writers is not None:
        _job.writers, _job.is_attached = None, False
    remove_unfinished()


def register() -> None:
    """A file load ends the job."""
    bpy.app.handlers.load_pre.append(_on_load)
    for handlers in (bpy.app.handlers.undo_post, bpy.app.handlers.redo_post):
        handlers.append(_on_undo)


def unregister() -> None:
    """End the job and stop watching."""
    abandon()
    bpy.app.handlers.load_pre.remove(_on_load)
    for handlers in (bpy.app.handlers.undo_post, bpy.app.handlers.redo_post):
        handlers.remove(_on_undo)
    if bpy.app.timers.is_registered(tick):
        bpy.app.timers.unregister(tick)
