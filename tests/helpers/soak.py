"""A random walk of an artist and the add-on over one scene, and what must hold after each of its steps.

The steps are functions of a walk, in `soak_ours` (what our buttons do), `soak_jobs` (what goes on
meanwhile), `soak_hands` (what she does to takes, clips and keys) and `soak_scenes` (to objects, scenes and files).
"""

from __future__ import annotations

import logging
import random
import re
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator, Set
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import bpy
from scenes import PACKAGE
from soak_facts import EDITS, GHOST, OF_OBJECTS, Facts, changed, facts, poses, standing_edits, told

SENTENCE = re.compile(r"[A-Z'\"0-9][^\n]*; [^\n]+\.")
_BLENDERS_OWN = re.compile(r"^(Error: |Operator bpy\.ops\.[a-z0-9_.]+\.poll\(\) )+")
_POSE_FRAMES = (60, 130)
_STILL_GENERATING = 0.9
"""How likely a tick comes before a job's thread has ended."""

Step = Callable[["Walk"], None]


class Refused(Exception):
    """An operator said why it cannot; or there is nothing to do this step to."""


class Effect(NamedTuple):
    """What one of our operators may change: aspects of the character, aspects of anything; and what it must change.

    gone: whether takes may go. others: whether datablocks other than Actions may come or go.
    """

    mine: frozenset[str] = frozenset()
    all: frozenset[str] = frozenset()
    must: str = ""
    gone: bool = False
    others: bool = False


def call(operator: str, *, undo: bool = True, **options: Any) -> None:
    """Run one of our operators as a button does, as an undo step; Refused, checked to be a sentence, if it says no."""
    try:
        result = getattr(bpy.ops.a2g, operator)("EXEC_DEFAULT", undo, **options)
    except RuntimeError as error:
        text = _BLENDERS_OWN.sub("", str(error).strip())
        check_sentence(text)
        raise Refused(f"{operator}: {text}") from None
    assert result == {"FINISHED"}, f"{operator}: {result}, and not a word"


def check_sentence(text: str) -> None:
    """AssertionError if it is not one that says what is wrong and what to do, or tells of a bug."""
    assert SENTENCE.fullmatch(text) and "unforeseen" not in text and "unexpected" not in text, text


class Watch(logging.Handler):
    """Every exception that nobody was told of: what our modules log as an error, and what Blender prints and goes on.

    Handlers, timers and updates of properties end in sys.excepthook.
    """

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.found: list[str] = []
        self._hooks = sys.excepthook, threading.excepthook

    def __enter__(self) -> Watch:
        logging.getLogger(PACKAGE).addHandler(self)
        sys.excepthook = lambda *error: self.keep("handler, timer or update", error)
        threading.excepthook = lambda args: self.keep("thread", args[:3])
        return self

    def __exit__(self, *_error: object) -> None:
        logging.getLogger(PACKAGE).removeHandler(self)
        sys.excepthook, threading.excepthook = self._hooks

    def emit(self, record: logging.LogRecord) -> None:
        self.found.append(self.format(record))

    def keep(self, where: str, error: Any) -> None:
        """An exception that nobody caught."""
        text = logging.Formatter().formatException(error)
        self.found.append(f"{where}: {text}")


class Walk:
    """The steps at random, each at least twice in a long walk."""

    def __init__(self, addon: Any, seed: int, folder: Path, steps: dict[Step, int], effects: dict[str, Effect]) -> None:
        """steps: with the weight of each. effects: of our operators."""
        self.addon, self.folder, self.random = addon, folder, random.Random(seed)
        self.runner = addon.owner.owned(addon.work.jobs.Runner)
        self.live = addon.owner.owned(addon.work.live.LiveUpdates)
        self.watch = Watch()
        self.history: deque[str] = deque(maxlen=12)
        self.journal = (folder / "steps.txt").open("w", buffering=1)
        self.steps, self.effects = steps, effects
        self.done: dict[str, int] = dict.fromkeys((step.__name__ for step in steps), 0)
        self.seen: Facts | None = None
        """What was looked at last in this step, if nothing has changed since."""

        self.library = folder / "library.blend"
        self.job_wrote: Facts = {}
        """What facts were before the ticks of this job changed them."""

        self.job_shared: set[tuple[str, str]] = set()
        """Facts that others changed while it ran: nobody can say what they would be without it."""

        self.job_done: bool | None = None
        """Whether the job's keys were written, once it has ended."""

        self.made: Any = None
        """The job whose thread has ended."""

    def run(self, n_steps: int) -> None:
        """That many steps; what fails says which steps led to it."""
        plan = [*self.steps, *self.steps] if n_steps > 2 * len(self.steps) else []
        plan += self.random.choices(list(self.steps), list(self.steps.values()), k=n_steps - len(plan))
        self.random.shuffle(plan)
        with self.watch:
            for number, step in enumerate(plan):
                self.step(number, step)
            self.say("the end")
            self.seen = None
            self.finish()
            self.check()

    def step(self, number: int, step: Step) -> None:
        """One step and everything that must hold after it."""
        self.history.append("")
        self.seen = None
        self.say(f"{number} {step.__name__}")
        try:
            step(self)
            self.done[step.__name__] += 1
        except Refused as reason:
            self.say(f"({reason})")
        self.check()

    def say(self, text: str) -> None:
        """Note what is being done, for whoever looks into a failure, even of Blender as a whole."""
        self.history[-1] += f" {text}"
        self.journal.write(f"{text}\n")

    def check(self) -> None:
        """What holds at any time."""
        status, job = bpy.context.window_manager.a2g, self.runner.job
        assert not self.watch.found, "\n".join(self.watch.found)
        unfinished = [a.name for a in bpy.data.actions if a.a2g.is_unfinished]
        assert not unfinished or job is not None, unfinished
        assert status.running == (job is not None and not job.is_live)
        if status.failed and not status.running:
            check_sentence(status.message)
        # A scene that is removed leaves what nobody sees, and what Blender does not save.
        ghosts = [obj for obj in bpy.data.objects if GHOST in obj and obj.users_scene]
        assert not ghosts or any(GHOST in c and c.users for c in bpy.data.collections), ghosts

    def look(self) -> Facts:
        """Everything, as it is now."""
        self.seen = facts()
        return self.seen

    # Whose step it is ------------------------------------------------------------------------------------------------

    def ours(self, operator: str, **options: Any) -> None:
        """Run one of our operators: it changes what it is for and nothing else, and nothing at all if it refuses."""
        self.say(f"{operator}{options or ''}")
        obj, effect = bpy.context.scene.a2g_character, self.effects[operator]
        looks_at_others, undoes = self.random.random() < 0.25, self.random.random() < 0.2
        if effect.all & {"time", "rest", "takes"}:
            # On the same frame another moment is shown then, or the pose of all who share bones; or others get takes.
            looks_at_others = False
        is_quiet = not (self.runner.is_busy or self.live.is_pending)
        if undoes:
            self.push()
        seen = poses(_POSE_FRAMES, obj) if looks_at_others else {}
        before, edits = self.seen or facts(), standing_edits()
        # What we placed as a gesture may go with its strip; a take, with what plays it; nothing else of hers.
        ours = {action.name_full for action in bpy.data.actions if action.a2g.gesture}
        try:
            call(operator, **options)
        except Refused:
            after = self.look()
            assert after == before, f"{operator} refused, and yet:\n{told(before, after, changed(before, after))}"
            raise
        after = self.look()
        self.check_effect(operator, effect, obj.name_full, (before, after), ours)
        self.check_edits(edits, after, effect.gone)
        if looks_at_others:
            now = poses(_POSE_FRAMES, obj)
            moved = [key for key in seen if key in now and now[key] != seen[key]]
            assert not moved, f"{operator} of {obj.name_full!r} moves {moved}"
        if undoes and is_quiet:
            self.check_one_undo(operator, before, after)

    def check_effect(
        self, name: str, effect: Effect, owner: str, seen: tuple[Facts, Facts], ours: Set[str] = frozenset()
    ) -> None:
        """An operator that finished changed what it must, and only what it may.

        seen: before and after. ours: Actions of gestures that we placed.
        """
        before, after = seen
        keys = changed(before, after)
        takes = {line[-1] for line in before.get(("takes", owner), ())}
        wrong = {key for key in keys if not self._may(key, effect, owner, before, after, takes)}
        assert not wrong, f"{name} of {owner!r} changed:\n{told(before, after, wrong)}"
        assert not effect.must or any(key[0] == effect.must for key in keys), f"{name} changed no {effect.must}"
        for kind in ("ids", "unused"):
            new = after[kind, "actions"] - before[kind, "actions"]
            lost = before[kind, "actions"] - after[kind, "actions"]
            assert kind == "ids" or not new, f"{name} left without a user: {new}"
            assert kind == "unused" or effect.gone or not lost, f"{name} removed {lost}"
            others = lost - takes - (ours & before["actions", owner])
            assert kind == "unused" or not others, f"{name} removed {others}, which we did not give {owner!r}"

    def _may(
        self, key: tuple[str, str], effect: Effect, owner: str, before: Facts, after: Facts, takes: set[str]
    ) -> bool:
        aspect, name = key
        if aspect in {"keys", "note", "mark"}:
            # A new Action is no change of anything.
            if aspect in effect.all:
                return key not in before or name in before["actions", owner]
            is_gone = effect.gone and key not in after and name in before["actions", owner]
            return key not in before or is_gone or (name in takes and "takes" in effect.mine)
        if aspect == "actions":
            return name == owner or "takes" in effect.all or (effect.others and key not in before)
        if aspect in {"ids", "unused"}:
            return name == "actions" or effect.others
        return (
            aspect in effect.all or (name == owner and aspect in effect.mine) or (effect.others and key not in before)
        )

    def check_edits(self, edits: set[tuple[str, str]], after: Facts, gone: bool) -> None:
        """Every key that she edited is as she left it, in the Action where she did."""
        there = after["ids", "actions"]
        lost = {edit for edit in edits - standing_edits() if not gone or edit[0] in there}
        assert not lost, f"keys that she edited were changed: {sorted(lost)[:5]}"

    def check_one_undo(self, name: str, before: Facts, after: Facts) -> None:
        """What an operator did is one step of undo, and of redo."""
        if before == after:
            return
        self.seen = None
        for operator, wanted in ((bpy.ops.ed.undo, before), (bpy.ops.ed.redo, after)):
            operator()
            now = facts()
            assert now == wanted, f"{operator} of {name}:\n{told(wanted, now, changed(wanted, now))}"

    @contextmanager
    def hers(self, *aspects: str) -> Iterator[None]:
        """What the artist does herself. It may change these aspects; new things may come, with any."""
        before = self.seen or facts()
        yield
        after = self.look()
        self.share(changed(before, after))
        allowed = {"plays", "unused", "actions", *aspects}
        wrong = {key for key in changed(before, after) if key[0] not in allowed}
        # What came or went as a whole has no facts on one side.
        wrong = {key for key in wrong if key[0] not in OF_OBJECTS or ("object", key[1]) in before.keys() & after.keys()}
        wrong = {key for key in wrong if key in before or key[0] in OF_OBJECTS}
        assert not wrong, f"the artist's step changed more:\n{told(before, after, wrong)}"
        self.push()

    def push(self) -> None:
        """An undo step of the artist's."""
        bpy.ops.ed.undo_push(message="soak")

    # Who and what ----------------------------------------------------------------------------------------------------

    def characters(self) -> list[bpy.types.Object]:
        """The armatures of the scene that can be edited."""
        found = [o for o in bpy.context.scene.objects if o.type == "ARMATURE" and GHOST not in o and not o.library]
        return sorted(found, key=lambda obj: obj.name)

    def character(self, ready: bool = False) -> bpy.types.Object:
        """One of them, chosen at random, which is then the one to act on.

        ready: mostly one that something can be done with: she takes back first what keeps gestures from it.
        """
        found = self.characters()
        if not found:
            self.go_to_characters()
            raise Refused("there is nobody in this scene")
        obj = self.random.choice(found)
        self.choose(obj)
        self.say(f"[{obj.name}]")
        if ready and self.random.random() < 0.8:
            self.make_ready(obj)
        return obj

    def choose(self, obj: bpy.types.Object) -> None:
        """Let it be the one to act on."""
        bpy.context.scene.a2g_character, self.seen = obj, None

    def go_to_characters(self) -> None:
        """She goes to a scene with characters."""
        found = [s for s in bpy.data.scenes if any(o.type == "ARMATURE" and not o.library for o in s.objects)]
        bpy.context.window.scene = self.random.choice(found)
        self.push()

    def make_ready(self, obj: bpy.types.Object) -> None:
        """She takes back all that she did which keeps takes from being made or changed."""
        scene, data = bpy.context.scene, obj.animation_data
        with self.hers("clips", "takes", "time", "rest", "active", "bones", "settings", "speech"):
            scene.render.fps, scene.render.frame_map_old, scene.render.frame_map_new = 30, 100, 100
            obj.a2g_body_parts = obj.a2g_body_parts or {"HEAD"}
            obj.a2g_speech_source, obj.a2g_speech_file = "FILE", str(self.folder / "voice.wav")
            if not obj.data.library:
                obj.data.pose_position = "POSE"
            if obj.a2g_rig_map and self.addon.scene.rig.fit(obj).problems:
                obj.a2g_rig_map = ""
            if data is not None:
                data.use_tweak_mode = False
                data.use_nla, data.action = True, None
            for track, strip in self.strips(obj):
                track.is_solo = False
                if strip.action.a2g.is_take:
                    strip.scale, strip.repeat, strip.use_reverse = 1.0, 1.0, False

    def chosen(self) -> bpy.types.Object:
        """The one that was chosen last: after undo it is another Python object."""
        return bpy.context.scene.a2g_character

    def strips(self, obj: bpy.types.Object, takes: bool | None = None) -> list[tuple[Any, Any]]:
        """(track, strip) of an object's clips and takes that are its own; takes: only those, or only clips."""
        tracks = obj.animation_data.nla_tracks if obj.animation_data else ()
        found = [(t, s) for t in tracks for s in t.strips if s.action is not None]
        found = [(t, s) for t, s in found if not obj.override_library or t.is_override_data is not True]
        return [(t, s) for t, s in found if takes is None or s.action.a2g.is_take == takes]

    def strip(self, takes: bool | None = None) -> tuple[bpy.types.Object, Any, Any]:
        """One of them, of a character chosen at random that has one."""
        obj = self.character()
        having = [other for other in self.characters() if self.strips(other, takes)]
        if having and obj not in having:
            obj = self.random.choice(having)
            self.choose(obj)
        found = self.strips(obj, takes)
        if not found:
            raise Refused("there is no such strip")
        return obj, *self.random.choice(found)

    def edited(self) -> set[str]:
        """Actions that the artist has edited."""
        return {action.name_full for action in bpy.data.actions if EDITS in action}

    # What goes on meanwhile ------------------------------------------------------------------------------------------

    def tick(self, n: int) -> bool:
        """Up to so many ticks of each timer: what they write is the job's alone. Whether a job is left."""
        before, edits, job = self.seen or facts(), standing_edits(), self.runner.job
        owners = set()
        for _ in range(n):
            self.live.tick()
            if self._is_generating():
                continue
            job = self.runner.job or job
            if job is not None and (obj := self.addon.scene.takes.find_object(job.order.character_uid)) is not None:
                owners.add(obj.name_full)
            self.runner.tick()
            if self.job_done is not None or not (self.runner.is_busy or self.live.is_pending):
                break  # what a slider has still to change comes after what the job has done is looked at
        while self.runner.job is not None and self.runner.job.is_attached:
            self.runner.tick()  # this one follows at once, before she can do anything
        after = self.look()
        keys = changed(before, after)
        takes = {line[-1] for owner in owners for line in before.get(("takes", owner), ())}
        effect = self.effects["update_take"]
        may = partial(self._may, effect=effect, before=before, after=after, takes=takes)
        wrong = {key for key in keys if not any(may(key, owner=owner) for owner in owners)}
        assert not wrong, f"a tick changed:\n{told(before, after, wrong)}"
        new = after["unused", "actions"] - before["unused", "actions"]
        assert not new, f"a tick left without a user: {new}"
        self.check_edits(edits, after, gone=False)
        for key in keys:
            self.job_wrote.setdefault(key, before.get(key))
        if self.job_done is not None:
            self._check_end(after)
        return self.runner.is_busy or self.live.is_pending

    def _check_end(self, after: Facts) -> None:
        """A job that could not do its work leaves nothing half-made behind."""
        wrote = self.job_wrote.keys() - self.job_shared
        left = [key for key in wrote if after.get(key) != self.job_wrote[key]]
        assert self.job_done or not left, f"half-made:\n{told(self.job_wrote, after, left)}"
        self.begin_job()

    def begin_job(self) -> None:
        """Nothing is known of a job yet."""
        self.job_wrote, self.job_shared, self.job_done = {}, set(), None

    def share(self, keys: set[tuple[str, str]]) -> None:
        """These were changed by somebody else than the job."""
        self.job_shared |= keys

    def finish(self, limit: int = 20000) -> None:
        """Tick until nothing runs."""
        for _ in range(limit // 1000):
            self.join()
            if not self.tick(1000):
                return
        raise AssertionError("the job does not end")

    def join(self) -> None:
        """Wait for the thread of the job, if there is one: from then on ticks write what it made."""
        if self.runner.job is not None:
            self.runner.job.thread.join()
            self.made = self.runner.job

    def _is_generating(self) -> bool:
        """Whether the job's thread is still at work: by chance, and not by the machine's speed, so that a seed is the
        same walk everywhere.
        """
        if self.runner.job is None or self.runner.job is self.made:
            return False
        if self.random.random() < _STILL_GENERATING:
            return True
        self.join()
        return False
