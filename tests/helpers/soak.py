"""A random walk of an artist and the add-on over one scene, and what must hold after each of its steps."""

from __future__ import annotations

import os
import random
import re
import signal
import time
from collections import deque
from pathlib import Path
from typing import Any

import bpy
from scenes import select_only
from soak_scene import LOCKED, MARK, fixed_work, marked_objects, own_work

SENTENCE = re.compile(r"[A-Z'\"0-9][^\n]*; [^\n]+\.")
_BLENDERS_OWN = re.compile(r"^(Error: |Operator bpy\.ops\.[a-z0-9_.]+\.poll\(\) )+")
_TAKE_LIST = ("use_take", "solo_take", "star_take", "duplicate_take", "delete_take", "compare_take", "bake_action",
              "recover_take")  # fmt: skip


class Refused(Exception):
    """An operator said why it cannot."""


def call(name: str, *, undo: bool = True, **options: Any) -> set[str]:
    """Run one of our operators as a button does, as an undo step; Refused, checked to be a sentence, if it says no."""
    try:
        return getattr(bpy.ops.a2g, name)("EXEC_DEFAULT", undo, **options)
    except RuntimeError as error:
        text = _BLENDERS_OWN.sub("", str(error).strip())
        check_sentence(text)
        raise Refused(f"{name}: {text}") from None


def check_sentence(text: str) -> None:
    """AssertionError if it is not one that says what is wrong and what to do, or tells of a bug."""
    assert SENTENCE.fullmatch(text) and "unforeseen" not in text and "unexpected" not in text, text


# The walk -------------------------------------------------------------------------------------------------------------


class Walk:
    """Steps at random: methods called do_*, each weighted by WEIGHTS, or 1."""

    WEIGHTS = {"job": 5, "generate": 3, "change": 5, "undo": 4, "redo": 3, "artist_strip": 5, "slider": 4, "tick": 4,
               "pin": 3, "save_and_open": 1, "delete_character": 1, "thin_out": 1, "refusal": 2,
               "take_list": 4}  # fmt: skip

    def __init__(self, addon: Any, seed: int, folder: Path) -> None:
        self.addon, self.folder, self.random = addon, folder, random.Random(seed)
        self.runner = addon.owner.owned(addon.work.jobs.Runner)
        self.live = addon.owner.owned(addon.work.live.LiveUpdates)
        self.history: deque[str] = deque(maxlen=10)
        self.steps = {name[3:]: getattr(self, name) for name in dir(self) if name.startswith("do_")}
        self.weights = [self.WEIGHTS.get(name, 1) for name in self.steps]
        self.done: dict[str, int] = dict.fromkeys(self.steps, 0)
        self.refusals: set[str] = set()
        self.fixed = fixed_work(addon.bl)

    def run(self, n_steps: int) -> None:
        """That many steps; what fails says which seed and which steps led to it."""
        for _ in range(n_steps):
            self.step(self.random.choices(list(self.steps), self.weights)[0])
        self.finish()
        self.check()

    def step(self, name: str) -> None:
        """One step and everything that must hold after it."""
        self.history.append(name)
        try:
            self.steps[name]()
            self.done[name] += 1
        except Refused as reason:
            self.history[-1] += f" ({reason})"
            self.refusals.add(str(reason))
        self.check()

    def check(self) -> None:
        """What holds at any time."""
        addon, status = self.addon, bpy.context.window_manager.a2g
        job = self.runner.job
        unfinished = [a.name for a in bpy.data.actions if a.a2g.is_unfinished]
        assert not unfinished or job is not None, unfinished
        assert status.running == (job is not None and not job.is_live)
        for action in bpy.data.actions:
            if action.a2g.is_take and not action.a2g.is_unfinished:
                addon.scene.recipe.Recipe.from_text(action.a2g.recipe)
        if status.failed and not status.running:
            check_sentence(status.message)
        now = fixed_work(addon.bl)
        assert now == self.fixed, [key for key in self.fixed if now.get(key) != self.fixed[key]]

    def ours(self, name: str, **options: Any) -> set[str]:
        """Run one of our operators: it may change nothing that is not ours, and nothing at all if it refuses."""
        self.history[-1] += f" {name}{options or ''}"
        bl, before, takes = self.addon.bl, own_work(self.addon.bl), self.takes()
        try:
            result = call(name, **options)
        except Refused:
            assert self.takes() == takes, "an operator that refused has changed takes"
            raise
        finally:
            self.same(before, own_work(bl))
        self.check_new_takes(takes)
        return result

    def same(self, before: dict, after: dict) -> None:
        """AssertionError that names what differs."""
        assert after == before, [(key, before[key], after.get(key)) for key in before if after.get(key) != before[key]]

    def takes(self) -> set[tuple]:
        """Every take in the scene: its object, Action, track and strip."""
        find = self.addon.scene.takes.take_strips
        return {(o[MARK], s.action.session_uid, s.name) for o in self.characters() for s in find(o)}

    def check_new_takes(self, before: set[tuple]) -> None:
        """Where new takes play, no other one does, unless it is pinned."""
        new = {uid for _, uid, _ in self.takes() - before}
        for obj in self.characters():
            strips = [s for s in self.addon.scene.takes.take_strips(obj) if not s.mute]
            fresh = [s for s in strips if s.action.session_uid in new]
            for strip in fresh:
                covered = [
                    s.name for s in strips
                    if s != strip and not s.action.a2g.pinned
                    and s.frame_start < strip.frame_end and s.frame_end > strip.frame_start
                ]  # fmt: skip
                assert not covered, f"{strip.name} and {covered} play together"

    # Who and what --------------------------------------------------------------------------------------------------

    def characters(self) -> list[bpy.types.Object]:
        """The armatures of the scene."""
        return [obj for obj in marked_objects() if obj.type == "ARMATURE"]

    def character(self) -> bpy.types.Object:
        """One of them, chosen at random, which is then the one to act on."""
        obj = self.random.choice(self.characters())
        bpy.context.scene.a2g_character = obj
        return obj

    def movable(self, obj: bpy.types.Object) -> list[tuple[bpy.types.NlaTrack, bpy.types.NlaStrip]]:
        """Takes and clips on tracks that the walk may change."""
        tracks = obj.animation_data.nla_tracks
        return [(t, s) for t in tracks if not t.name.startswith(LOCKED) for s in t.strips if s.action is not None]

    def movable_strip(self) -> tuple[bpy.types.Object, bpy.types.NlaTrack, bpy.types.NlaStrip]:
        obj = self.character()
        found = self.movable(obj)
        if not found:
            raise Refused("nothing to move")
        return obj, *self.random.choice(found)

    def push(self) -> None:
        """An undo step of the artist's."""
        bpy.ops.ed.undo_push(message="soak")

    def finish(self, limit_s: float = 60.0) -> None:
        """Tick until nothing runs."""
        end, before = time.monotonic() + limit_s, own_work(self.addon.bl)
        while self.raw_tick() or self.live.is_pending:
            assert time.monotonic() < end, "the job does not end"
            time.sleep(0.002)
        self.same(before, own_work(self.addon.bl))

    def tick(self) -> None:
        """One tick of each timer. What the ticks write is ours alone."""
        before = own_work(self.addon.bl)
        self.raw_tick()
        self.same(before, own_work(self.addon.bl))

    def raw_tick(self) -> bool:
        """As ``tick``, unchecked; whether a job runs."""
        self.live.tick()
        self.runner.tick()
        return self.runner.is_busy

    # Ours ----------------------------------------------------------------------------------------------------------

    def do_generate(self) -> None:
        obj = self.character()
        obj.a2g_take_count = self.random.choice((1, 1, 2))
        self.trim_pile(obj)
        self.ours(self.random.choice(("generate", "generate", "next_take", "reproduce_take")))

    def do_change(self) -> None:
        self.character()
        scene = bpy.context.scene
        scene.frame_current = self.random.randint(20, 180)
        name = self.random.choice(
            ("regenerate_range", "change_phrase", "update_take", "regenerate_around_pins", "change_phrase")
        )
        options = {}
        if name == "change_phrase":
            options["direction"] = self.random.choice(("NEXT", "NEXT", "PREVIOUS"))
        elif name == "regenerate_range":
            scene.use_preview_range = self.random.random() < 0.9
            scene.frame_preview_start = self.random.randint(30, 150)
            scene.frame_preview_end = scene.frame_preview_start + self.random.randint(3, 60)
        self.ours(name, **options)

    def do_pin(self) -> None:
        obj = self.character()
        found = [strip for _, strip in self.movable(obj)]
        select_only(obj, *self.random.sample(found, min(len(found), self.random.randint(0, 2))))
        self.ours(self.random.choice(("pin_clips", "pin_clips", "unpin_clips")))

    def do_pin_list(self) -> None:
        obj = self.character()
        name = self.random.choice(("remove_pin", "relink_pin", "select_pin"))
        frame = bpy.context.scene.frame_current
        self.ours(name, pin=self.random.randint(-1, max(0, len(obj.a2g_pins) - 1)))
        bpy.context.scene.frame_set(frame)

    def do_take_list(self) -> None:
        obj = self.character()
        tracks = obj.animation_data.nla_tracks
        takes = [i for i, t in enumerate(tracks) if any(s.action and s.action.a2g.is_take for s in t.strips)]
        obj.a2g_active_take = self.random.choice(takes or [0])
        self.ours(self.random.choice(_TAKE_LIST))

    def do_job(self) -> None:
        """Begin a job as a click does; it goes on over the next steps, or to its end."""
        obj = self.character()
        self.trim_pile(obj)
        self.begin(self.random.choice(("generate", "next_take", "update_take", "change_phrase")))
        for _ in range(self.random.randint(0, 6)):
            self.tick()
            time.sleep(0.002)
        what = self.random.choice(("leave", "finish", "finish", "cancel", "undo", "rename"))
        self.history[-1] += f", {what}"
        if what == "cancel" and bpy.context.window_manager.a2g.running:
            call("cancel")
        if what == "undo":
            self.undo_or_redo(bpy.ops.ed.undo)
        if what == "rename":
            self.character().name = self.random.choice("ABC")
        if what != "leave":
            self.finish()

    def begin(self, name: str) -> None:
        """What the invoked operator does: without an interface invoking it would block."""
        context = bpy.context
        operator = self.addon.operators.generate
        cls = next(c for c in operator.CLASSES if c.bl_idname == f"a2g.{name}")
        if reason := cls.disabled_reason(context):
            check_sentence(reason)
            raise Refused(f"{name}: {reason}")
        obj = self.addon.ui.state.character(context)
        changes, orders = self.addon.work.changes, self.addon.work.orders
        gather = {
            "update_take": lambda: changes.updated(context, obj),
            "change_phrase": lambda: changes.other_phrase(context, obj, 1),
        }.get(name, lambda: orders.gather(context, obj))
        self.history[-1] += f" {name}"
        try:
            order = gather()
        except self.addon.a2g_core.errors.A2GError as error:
            raise Refused(f"{name}: {error}") from None
        self.runner.start(order)

    def do_tick(self) -> None:
        for _ in range(self.random.randint(1, 4)):
            self.tick()
            time.sleep(0.005)

    def do_slider(self) -> None:
        obj = self.character()
        obj.a2g_live = self.random.random() < 0.9
        name, value = self.random.choice((("calm", 1), ("posture", 1), ("variation", 2)))
        for _ in range(self.random.randint(1, 3)):
            setattr(obj, f"a2g_{name}", self.random.uniform(0, value))
            self.tick()
        if self.random.random() < 0.5:
            self.finish()

    def do_settings(self) -> None:
        obj = self.character()
        obj.a2g_seed = self.random.randint(0, 5)
        parts = ("ARMS", "HANDS", "TORSO", "HEAD", "LEGS")
        obj.a2g_body_parts = set(self.random.sample(parts, self.random.randint(1, 5)))
        obj.a2g_layering = self.random.choice(("REPLACE", "REPLACE", "COMBINE"))
        for pin in obj.a2g_pins:
            pin.strength, pin.muted = self.random.random(), self.random.random() < 0.2
            pin.fade_in_frames = self.random.randint(0, 12)

    def do_refusal(self) -> None:
        """A scene in which nothing can be generated: a sentence, and nothing happens."""
        obj = self.character()
        before = obj.a2g_speech_file
        obj.a2g_speech_file = str(self.folder / "gone.wav")
        try:
            self.ours(self.random.choice(("generate", "next_take", "update_take", "regenerate_range")))
            raise AssertionError("generated without a speech")
        finally:
            obj.a2g_speech_file = before

    # The artist's --------------------------------------------------------------------------------------------------

    def do_artist_strip(self) -> None:
        """She moves, trims, scales, mutes or renames a take or a clip."""
        _obj, track, strip = self.movable_strip()
        what = self.random.choice(("move", "trim", "scale", "unscale", "mute", "track", "name", "action", "lock"))
        self.history[-1] += f" {what} {strip.name!r}"
        match what:
            case "move":
                strip.frame_start_ui = self.random.randint(20, 120)
            case "trim":
                length = strip.action_frame_end - strip.action_frame_start
                strip.action_frame_end = strip.action_frame_start + max(4, round(0.8 * length))
            case "scale":
                strip.scale = self.random.choice((0.5, 2.0))
            case "unscale":
                strip.scale = 1.0
            case "mute":
                strip.mute = not strip.mute
            case "track":
                track.name = self.random.choice(("Gestures", "Gestures 2", "wave", "x"))
            case "name":
                strip.name = self.random.choice(("wave", "nod", "Gestures", "y"))
            case "action":
                strip.action.name = self.random.choice(("wave", "walk", "Gestures", "z"))
            case "lock":
                track.mute = not track.mute
        self.push()

    def do_artist_key(self) -> None:
        """She edits a key of a take by hand."""
        _obj, _track, strip = self.movable_strip()
        if strip.action.a2g.is_take:
            curves = list(self.addon.bl.fcurves(strip.action, self.addon.bl.slot_of(strip)))
            key = self.random.choice(self.random.choice(curves).keyframe_points)
            key.co[1] += 0.1
            self.push()

    def do_thin_out(self) -> None:
        """She removes a key of a take."""
        _obj, _track, strip = self.movable_strip()
        if strip.action.a2g.is_take:
            curve = self.random.choice(list(self.addon.bl.fcurves(strip.action, self.addon.bl.slot_of(strip))))
            if len(curve.keyframe_points) > 10:
                curve.keyframe_points.remove(self.random.choice(curve.keyframe_points))
                self.push()

    def do_delete_track(self) -> None:
        """She deletes a take with its track."""
        obj, track, strip = self.movable_strip()
        if strip.action.a2g.is_take:
            obj.animation_data.nla_tracks.remove(track)
            self.push()

    def do_rename_character(self) -> None:
        self.character().name = self.random.choice(("SMPL-X", "Anna", "Ben"))
        self.push()

    def do_undo(self) -> None:
        self.undo_or_redo(bpy.ops.ed.undo)

    def do_redo(self) -> None:
        self.undo_or_redo(bpy.ops.ed.redo)

    def undo_or_redo(self, operator: Any) -> None:
        try:
            operator()
        except RuntimeError as error:  # there is nothing to undo
            self.history[-1] += f" ({error})".replace("\n", "")

    def do_save_and_open(self) -> None:
        """While a job runs, too."""
        path = str(self.folder / "soak.blend")
        bpy.ops.wm.save_as_mainfile(filepath=path, check_existing=False)
        if self.random.random() < 0.5:
            self.history[-1] += ", only saved"
            return
        bpy.ops.wm.open_mainfile(filepath=path)
        self.push()

    def do_delete_character(self) -> None:
        """While a job works for it: one sentence; undo brings it back, and all that was on it."""
        obj = self.character()
        self.finish()
        self.begin("generate")
        self.push()
        obj = bpy.context.scene.a2g_character
        if self.random.random() < 0.5:
            bpy.data.objects.remove(obj)
        else:
            for other in bpy.context.scene.objects:
                other.select_set(other == obj)
            bpy.ops.object.delete()
        self.push()
        while self.runner.is_busy:
            self.tick()
            time.sleep(0.002)
        status = bpy.context.window_manager.a2g
        assert status.failed and "was deleted" in status.message, status.message
        bpy.ops.ed.undo()
        self.push()  # or redo would delete it again

    def trim_pile(self, obj: bpy.types.Object) -> None:
        """She keeps a few takes only, so that a long walk does not become slow."""
        tracks = [t for t, s in self.movable(obj) if s.action.a2g.is_take]
        for track in tracks[: max(0, len(tracks) - 4)]:
            obj.animation_data.nla_tracks.remove(track)

    def kill_worker(self, chosen: Any, python: str) -> None:
        """A job on a worker that is killed: one sentence, the state idle, and the next take is made."""
        self.finish()
        self.history.append("kill_worker")
        engine = self.addon.owner.owned(self.addon.work.engine.Engine)
        chosen.engine, chosen.worker_python, chosen.device = "WORKER", python, "CPU"
        try:
            engine.start(self.addon.work.engine.settings(bpy.context))
            process = engine.worker.process
            os.kill(process.pid, signal.SIGSTOP)  # so that the job is under way, however fast the machine
            self.character()
            try:
                self.begin("generate")
            except Refused:  # such as for a pin that cannot be read
                return
            self.tick()
            process.kill()
            self.finish()
            status = bpy.context.window_manager.a2g
            assert (status.running, status.failed) == (False, True), status.message
        finally:
            chosen.engine, chosen.worker_python, chosen.device = "NUMPY", "", "AUTO"
            engine.stop()
        self.check()
