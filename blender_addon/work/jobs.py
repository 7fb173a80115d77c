"""One generation at a time, on a thread of its own that never touches bpy; a timer watches it and writes the keys.

A timer, unlike a modal operator, lets Blender go on saving automatically. Nothing of Blender's data is held between two
ticks, since undo and opening a file free it. Once the thread is done, the timer writes the keys in pieces, so that the
interface never waits, and an operator turns them into one undo step.

However a job ends, it ends: an error in a tick, such as a bone that was removed meanwhile, is told in a sentence, and
what was half made is taken away. Cancel does not wait for a thread that hangs in a read.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import bpy
from bpy.app.handlers import persistent

from ..a2g_core.errors import A2GError, Cancelled
from ..owner import disown, own, owned
from ..scene import nla
from ..scene.recipe import Recipe
from ..scene.takes import (
    ChangedTake,
    NewTake,
    attach_take,
    detach_take,
    find_action,
    find_object,
    remove_unfinished,
    take_strips,
)
from ..sentences import sentence, unexpected
from ..timer import Timer, guarded
from .make import Maker, Result
from .orders import Order
from .redraw import redraw

TICK_S = 0.05
WRITING_S = 0.012
"""Seconds of each tick spent on writing: short enough for 60 redraws per second."""

_CHANGES_KEPT = 2

PATIENCE_S = 2.0
"""How long a cancelled job waits for its thread, which may hang in a read that nothing can interrupt."""

_log = logging.getLogger(__name__)


@dataclass
class Job:
    """A generation on a thread.

    The thread writes phase and fraction, and at its end result, or problem and error; the main thread only reads these
    until the thread has ended. The main thread sets `cancelled`. Everything else belongs to the main thread:

    writers: what the timer writes the keys with. muted: character and name of the strips that were muted when new takes
    were put on their tracks. is_live: whether it follows a slider; then it shows no progress. on_end: called once,
    whatever happens, with whether the keys were written. give_up_at: when a cancelled job ends even if its thread does
    not.
    """

    order: Order
    maker: Maker
    is_live: bool = False
    on_end: Callable[[bool], None] | None = None
    cancelled: threading.Event = field(default_factory=threading.Event)
    phase: str = "Starting"
    fraction: float = 0.0
    result: Result | None = None
    error: A2GError | None = None
    problem: str = ""
    writers: list[NewTake | ChangedTake] | None = None
    muted: tuple[tuple[int, str], ...] = ()
    is_written: bool = False
    is_attached: bool = False
    give_up_at: float | None = None

    def __post_init__(self) -> None:
        # A daemon: quitting Blender must not wait for it.
        self.thread = threading.Thread(target=self._run, name="a2g-generate", daemon=True)

    def _run(self) -> None:
        """The thread's work. Errors become sentences, since nobody could catch them there."""
        try:
            self.result = self.maker.make(self.order, self._show, self.cancelled.is_set)
        except Cancelled:
            self.problem = "Cancelled"
        except A2GError as error:
            self.error, self.problem = error, sentence(error)
        except Exception as error:  # whatever ends the job, the artist must be told
            _log.exception("generation failed")
            self.problem = unexpected(error)

    def _show(self, phase: str, fraction: float) -> None:
        self.phase, self.fraction = phase, fraction


class Runner:
    """The running job, if there is one, and the last result. Used on the main thread alone."""

    def __init__(self, maker: Maker) -> None:
        self.job: Job | None = None
        self.timer = Timer(self.tick)
        self._maker = maker
        self._last: tuple[Result, list[NewTake | ChangedTake]] | None = None
        self._waiting: deque[Callable[[], Order]] = deque()
        """What was asked for while another job was running: each is gathered from the scene when its turn comes."""
        self._changes: deque[ChangedTake] = deque(maxlen=_CHANGES_KEPT)
        """The last ones that were written, at least in part: the artist's undo steps may hold half of them."""

    @property
    def is_busy(self) -> bool:
        """Whether a job is running, be it a live one."""
        return self.job is not None

    def ask(self, gather: Callable[[], Order]) -> None:
        """Start a job once those that were asked for before have ended; A2GError if it cannot be gathered now.

        One that fails or is cancelled ends all that wait.
        """
        if self.job is None or self.job.is_live:
            self.start(gather())
        else:
            self._waiting.append(gather)
            self._show_waiting()

    def start(self, order: Order, is_live: bool = False, on_end: Callable[[bool], None] | None = None) -> None:
        """Start a job. on_end: called on the main thread when it has ended, with whether the keys were written."""
        job, replaced = Job(order, self._maker, is_live, on_end), self.job
        job.thread.start()
        # What it replaces can only be a live one: others are waited for.
        self.job, self._last = job, None
        if replaced is not None:
            _stop(replaced)
        kind = "follow a slider" if is_live else "change a take" if order.change else "new takes"
        _log.info("job begins: %s", kind)
        if not is_live:
            status = bpy.context.window_manager.a2g
            # How the last one ended stays until this one does: no button may move from under the mouse.
            status.running, status.fraction, status.phase = True, 0.0, job.phase
        self._show_waiting()
        self.timer.start(TICK_S)

    def _start_waiting(self) -> None:
        """Start what was asked for next, if anything was."""
        if not self._waiting:
            return
        try:
            self.start(self._waiting.popleft()())
        except Exception as error:  # nobody could catch it
            self._waiting.clear()
            self._show_waiting()
            self.tell(error)

    def _show_waiting(self) -> None:
        status = bpy.context.window_manager.a2g
        if status.waiting != len(self._waiting):
            status.waiting = len(self._waiting)
            redraw({"UI"})

    def tick(self) -> float | None:
        """Show the job's progress and, once it is done, write its keys. Returns seconds to the next tick, or None.

        Never raises: an error ends the job.
        """
        job = self.job
        if job is None:
            return None
        try:
            wait_s = self._advance(job)
        except Exception as error:  # whatever ends the job, the artist must be told
            self._fail(job, error)
            wait_s = None
        return TICK_S if wait_s is None and self.job is not None else wait_s

    def _advance(self, job: Job) -> float | None:
        if job.thread.is_alive():
            if job.give_up_at is not None and time.monotonic() > job.give_up_at:
                _log.warning("a cancelled job's thread goes on, and what it makes is dropped")
                self._end(job, "Cancelled", failed=False)
                return None
            _show_progress(job)
            return TICK_S
        if job.result is None or job.cancelled.is_set():
            self._end(job, job.problem or "Cancelled", failed=job.problem not in ("", "Cancelled"))
            return None
        deadline = time.perf_counter() + WRITING_S
        if job.writers is None:
            job.order = job.result.order  # it is another one where the line was spoken anew
            job.writers = make_writers(job.result)
            self._changes.extend(writer for writer in job.writers if isinstance(writer, ChangedTake))
            job.phase, job.fraction = "Writing keys", 1.0
            _show_progress(job)
        # Each in ticks of its own: Blender evaluates the new keys and copies them for undo, and each takes its time.
        if not job.is_written:
            job.is_written = all(writer.step(deadline - time.perf_counter()) for writer in job.writers)
            job.is_attached = job.is_written and job.order.change is not None
            return 0.0
        if not job.is_attached:
            job.is_attached = True
            _attach(job)
            return 0.0
        self._finish(job, job.result, job.writers)
        return None

    def cancel(self) -> None:
        """Ask the job to stop, and drop what waits; the timer sees its end within a chunk, or gives the thread up."""
        self._waiting.clear()
        self._show_waiting()
        if self.job is not None:
            self.job.cancelled.set()
            if self.job.give_up_at is None:
                self.job.give_up_at = time.monotonic() + PATIENCE_S
            bpy.context.window_manager.a2g.phase = self.job.phase = "Cancelling"

    def cancel_live(self) -> None:
        """Drop a job that follows a slider, if one is running, and leave all as it is: undo or redo have put something
        else in place of what it followed.
        """
        if self.job is not None and self.job.is_live:
            self.job.cancelled.set()
            self.job = None
            remove_unfinished()
            _show_following(None)

    def abandon(self, message: str = "") -> None:
        """Stop the job and forget it and the last result: the scene or the add-on is about to go.

        message: shown as an error, unless the job is a live one.
        """
        job, self.job, self._last = self.job, None, None
        self._changes.clear()
        self._waiting.clear()
        self._show_waiting()
        if job is not None:
            _stop(job)
            if not job.is_live:
                _show_end(message, failed=bool(message))

    def start_writing_again(self) -> None:
        """After undo or redo: half-written keys are as they were before.

        The artist may have made undo steps of her own while they were written, which hold half of them.
        """
        if self.job is not None and self.job.writers is not None:
            takes = [writer for writer in self.job.writers if isinstance(writer, NewTake)]
            _take_away(self.job.order, takes, self.job.muted)
            self.job.writers, self.job.muted = None, ()
            self.job.is_written = self.job.is_attached = False
        for change in self._changes:
            change.revert_half()
        remove_unfinished()

    def write(self, result: Result) -> set[str]:
        """Write what was made without a job, as one undo step. RuntimeError if the operator refuses."""
        writers = make_writers(result)
        self._last = result, writers
        try:
            return _apply(result)
        except Exception:
            _take_away(result.order, writers, ())
            raise

    def last(self, number: int = 0) -> tuple[Result, list[NewTake | ChangedTake]] | None:
        """The last result and its writers, if it has this number; 0 means any. The redo panel asks for it again."""
        return self._last if self._last is not None and number in (0, self._last[0].number) else None

    def tell(self, error: Exception) -> None:
        """Show an error where the end of a job is shown, though there was no job."""
        _show_end(_told(error), failed=True)

    def _finish(self, job: Job, result: Result, writers: list[NewTake | ChangedTake]) -> None:
        self._last = result, writers
        try:
            if job.is_live:
                done = bool(writers) and all(isinstance(w, ChangedTake) and w.edited == 0 for w in writers)
                if writers and not done:
                    edited = A2GError("this take was edited by hand", "use Update Take for a changed copy of it")
                    _show_end(sentence(edited), failed=True)
            else:
                done = _apply(result) == {"FINISHED"}
        except RuntimeError as error:
            self._end(job, str(error).removeprefix("Error: ").strip(), failed=True)
            return
        self._end(job, " ".join(result.all_notes), failed=bool(result.all_notes), done=done)

    def _fail(self, job: Job, error: Exception) -> None:
        """End a job by an error in a tick."""
        job.error = error if isinstance(error, A2GError) else None
        self._end(job, _told(error), failed=True)

    def _end(self, job: Job, message: str, failed: bool, done: bool = False) -> None:
        self.job = None
        _log.info("job ends: %s", message or "done")
        _close(job, done)
        _show_following(None)
        if not job.is_live or (failed and message):
            _show_end(message, failed, type(job.error).__name__ if job.error else "")
        if not done and not job.is_live:
            self._waiting.clear()
            self._show_waiting()
        if self.job is None:
            self._start_waiting()


def _stop(job: Job) -> None:
    """End a job that nobody waits for any more."""
    job.cancelled.set()
    job.thread.join(PATIENCE_S)
    _close(job, done=False)


@guarded
def _close(job: Job, done: bool) -> None:
    """Take away what was half made, and tell who waits for the job's end."""
    try:
        if done:
            remove_unfinished()
        else:
            _take_away(job.order, job.writers or [], job.muted)
    finally:
        if job.on_end is not None:
            job.on_end(done)


def _take_away(order: Order, writers: Sequence[NewTake | ChangedTake], muted: tuple[tuple[int, str], ...]) -> None:
    """Leave the scene as it was before anything was written."""
    for writer in writers:
        if isinstance(writer, ChangedTake):
            writer.revert()
        elif (obj := find_object(writer.character_uid)) is not None and (action := writer.action()) is not None:
            detach_take(obj, action)
    for uid in _characters(order):
        for strip in take_strips(obj) if (obj := find_object(uid)) is not None else ():
            if (uid, strip.name) in muted:
                strip.mute = False
    remove_unfinished()


def _characters(order: Order) -> list[int]:
    return [order.character_uid, *(other.character_uid for other in order.others)]


def make_writers(result: Result) -> list[NewTake | ChangedTake]:
    """What writes the takes of a result, and of those that came with it; of what is gone, nothing."""
    return [writer for each in result.all for writer in _writers_of(each)]


def _writers_of(result: Result) -> list[NewTake | ChangedTake]:
    order = result.order
    obj = find_object(order.character_uid)
    if obj is None:
        return []
    if order.change is None:
        return [NewTake(obj, take.motion, take.recipe, take.idle) for take in result.takes]
    action = find_action(order.change.action_uid)
    if action is None:
        return []
    found, known = Recipe.from_text(action.a2g.recipe), order.change.recipe
    if found is not known and found.to_text() != known.to_text():
        raise A2GError("the take was edited meanwhile", "change it again")  # as by undo
    (take,) = result.takes
    return [ChangedTake(obj, action, take.motion, take.first, take.recipe, take.idle, order.change.is_preview)]


def _apply(result: Result) -> set[str]:
    """Write the runner's last result as one undo step."""
    operator = bpy.ops.a2g.apply_take if result.order.change is None else bpy.ops.a2g.apply_change
    # True: this call is an undo step of its own.
    return operator("EXEC_DEFAULT", True, take=result.number)


def _attach(job: Job) -> None:
    """Put new takes on their tracks. Where that is impossible, the operator that follows says why."""
    found = [obj for uid in _characters(job.order) if (obj := find_object(uid)) is not None]
    characters = {obj.session_uid: obj for obj in found if obj.library is None and not nla.is_tweaked(obj)}
    playing = {(uid, s.name) for uid, obj in characters.items() for s in take_strips(obj) if not s.mute}
    try:
        for writer in job.writers or ():
            if writer.character_uid in characters and (action := writer.action()) is not None:
                attach_take(characters[writer.character_uid], action)
    finally:
        muted = ((uid, s.name) for uid, obj in characters.items() for s in take_strips(obj) if s.mute)
        job.muted = tuple(place for place in muted if place in playing)


def _show_progress(job: Job) -> None:
    status = bpy.context.window_manager.a2g
    if job.is_live:
        _show_following(job)
    elif (status.fraction, status.phase) != (job.fraction, job.phase):
        status.fraction, status.phase = job.fraction, job.phase
        redraw({"UI"})


def _show_following(job: Job | None) -> None:
    """Show the progress of a job by which a whole take follows a slider; None: that there is none."""
    status = bpy.context.window_manager.a2g
    is_whole = job is not None and job.order.change is not None and not job.order.change.is_preview
    fraction = job.fraction if job is not None and is_whole else 0.0
    if status.following != is_whole or (is_whole and status.fraction != fraction):
        status.following, status.fraction = is_whole, fraction
        redraw({"UI"})


def _told(error: Exception) -> str:
    """An error as a sentence; one that was not foreseen is logged too."""
    if isinstance(error, A2GError):
        return sentence(error)
    _log.error("an unexpected error", exc_info=error)
    return unexpected(error)


def _show_end(message: str, failed: bool, problem: str = "") -> None:
    status = bpy.context.window_manager.a2g
    status.running, status.message, status.failed, status.problem = False, message, failed, problem
    redraw()


@guarded
def _on_load(*_args: object) -> None:
    owned(Runner).abandon("Cancelled: another file was opened")


@guarded
def _on_undo(*_args: object) -> None:
    owned(Runner).start_writing_again()


def register() -> None:
    """Start without a job; opening a file ends one."""
    own(Runner(owned(Maker)))
    bpy.app.handlers.load_pre.append(persistent(_on_load))
    for handlers in (bpy.app.handlers.undo_post, bpy.app.handlers.redo_post):
        handlers.append(persistent(_on_undo))


def unregister() -> None:
    """End the job and stop watching."""
    for handlers in (bpy.app.handlers.undo_post, bpy.app.handlers.redo_post):
        handlers.remove(_on_undo)
    bpy.app.handlers.load_pre.remove(_on_load)
    runner = disown(Runner)
    runner.timer.stop()
    runner.abandon()
