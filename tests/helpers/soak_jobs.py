"""What goes on while the artist works, in the walk: jobs, live updates, undo, and changes under a running job."""

from __future__ import annotations

from typing import Any

import bpy
from soak import Refused, Step, Walk, check_sentence
from soak_bones import bone_of
from soak_facts import changed, facts, told
from soak_ours import trim_pile


def begin(walk: Walk, name: str) -> None:
    """What the invoked operator does: without an interface invoking it would block."""
    context, operators = bpy.context, walk.addon.operators.generate
    cls = next(c for c in operators.CLASSES if c.bl_idname == f"a2g.{name}")
    if reason := cls.disabled_reason(context):
        check_sentence(reason)
        raise Refused(f"{name}: {reason}")
    obj = context.scene.a2g_character
    changes, orders = walk.addon.work.changes, walk.addon.work.orders
    gather = {
        "update_take": lambda: changes.updated(context, obj),
        "change_phrase": lambda: changes.other_phrase(context, obj, 1),
    }.get(name, lambda: orders.gather(context, obj))
    walk.say(f"begin {name}")
    try:
        order = gather()
    except walk.addon.a2g_core.errors.A2GError as error:
        raise Refused(f"{name}: {error}") from None
    walk.begin_job()

    def ended(done: bool) -> None:
        walk.job_done = done

    walk.runner.start(order, on_end=ended)
    walk.seen = None  # what a live job, which this one replaces, had half written is taken back


def job(walk: Walk) -> None:
    """A job begins as by a click; it goes on over the next steps, or to its end."""
    obj = walk.character(ready=True)
    with walk.hers("takes", "bookkeeping", "ids", "keys", "note", "mark"):
        trim_pile(walk, obj)
    begin(walk, walk.random.choice(("generate", "next_take", "update_take", "change_phrase")))
    if walk.random.random() < 0.7:
        walk.join()
        walk.tick(walk.random.randint(0, 60))
    what = walk.random.choice(("leave", "leave", "finish", "cancel", "undo"))
    walk.say(what)
    if what == "cancel" and bpy.context.window_manager.a2g.running:
        bpy.ops.a2g.cancel()
    if what == "undo":
        undo(walk)
    if what != "leave":
        walk.finish()


def job_with_other_bones(walk: Walk) -> None:
    """A bone is renamed, removed or turned to Euler angles while a job runs: it ends, with a sentence if need be."""
    obj = walk.character(ready=True)
    if obj.data.library is not None:
        raise Refused("the bones are in another file")
    begin(walk, "generate")
    walk.join()
    walk.tick(walk.random.randint(0, 40))
    what = walk.random.choice(("rename", "remove", "mode"))
    bone = bone_of(obj, walk.random.choice(("head", "left_shoulder", "spine2", "left_index1")))
    walk.say(f"{what} {bone}")
    if bone not in obj.data.bones:
        raise Refused("the bone is not there")
    aspects = ("bones", "rest", "keys", "mode", "object", "clips", "takes", "selection", "members")
    walk.push()
    mode = obj.pose.bones[bone].rotation_mode
    with walk.hers(*aspects):
        change_bone(obj, bone, what)
    walk.finish()
    if what == "rename":
        with walk.hers(*aspects):
            obj.data.bones["Kopf"].name = bone
    elif what == "mode":
        with walk.hers(*aspects):
            obj.pose.bones[bone].rotation_mode = mode
    else:
        for _ in range(5):
            if bone in walk.chosen().data.bones:
                break
            step_in_time(walk, bpy.ops.ed.undo)


def change_bone(obj: bpy.types.Object, bone: str, what: str) -> None:
    """As in Edit Mode, or in Pose Mode."""
    if what == "rename":
        obj.data.bones[bone].name = "Kopf"
    elif what == "mode":
        obj.pose.bones[bone].rotation_mode = "XYZ" if obj.pose.bones[bone].rotation_mode != "XYZ" else "ZXY"
    else:
        select_object(obj)
        bpy.ops.object.mode_set(mode="EDIT")
        obj.data.edit_bones.remove(obj.data.edit_bones[bone])
        bpy.ops.object.mode_set(mode="OBJECT")


def select_object(obj: bpy.types.Object) -> None:
    """Select it and nothing else, and make it the active one."""
    for other in bpy.context.view_layer.objects:
        other.select_set(other == obj)
    bpy.context.view_layer.objects.active = obj


def tick(walk: Walk) -> None:
    """Time passes."""
    walk.tick(walk.random.randint(1, 40))


def wait(walk: Walk) -> None:
    """She waits until all is done."""
    walk.finish()


def slider(walk: Walk) -> None:
    """Sliders are dragged, and the take follows."""
    obj = walk.character(ready=True)
    with walk.hers("settings", "frame"):
        bpy.context.scene.frame_current = walk.random.randint(30, 230)
        obj.a2g_live = walk.random.random() < 0.9
    name, value = walk.random.choice((("calm", 1), ("posture", 1), ("variation", 2)))
    for _ in range(walk.random.randint(1, 3)):
        with walk.hers("settings"):
            setattr(obj, f"a2g_{name}", walk.random.uniform(0, value))
        walk.tick(3)
    if walk.random.random() < 0.6:
        walk.finish()


def undo(walk: Walk) -> None:
    """Several steps back, the same steps forth, and perhaps some back for good."""
    walk.push()
    if walk.runner.job is not None and walk.runner.job.writers:
        # The first step takes back what is half written; nothing is made until the next tick.
        step_in_time(walk, bpy.ops.ed.undo)
        step_in_time(walk, bpy.ops.ed.redo)
    states: list[Any] = [walk.look()]
    for _ in range(walk.random.randint(1, 4)):
        if not step_in_time(walk, bpy.ops.ed.undo):
            break
        states.append(walk.seen)
    for wanted in reversed(states[:-1]):
        assert step_in_time(walk, bpy.ops.ed.redo), "nothing to redo"
        now = walk.look()
        assert now == wanted, f"redo:\n{told(wanted, now, changed(wanted, now))}"
    for _ in range(walk.random.randint(0, 2)):
        step_in_time(walk, bpy.ops.ed.undo)


def redo(walk: Walk) -> None:
    """One step forth, if there is one."""
    step_in_time(walk, bpy.ops.ed.redo)


def step_in_time(walk: Walk, operator: Any) -> bool:
    """Undo or redo; whether there was anything to."""
    before = walk.seen or facts()
    try:
        operator()
    except RuntimeError:  # there is nothing
        return False
    walk.share(changed(before, walk.look()))
    return True


STEPS: dict[Step, int] = {
    job: 7, job_with_other_bones: 3, tick: 4, wait: 2, slider: 5, undo: 5, redo: 2,
}  # fmt: skip
