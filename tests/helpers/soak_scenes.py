"""What the artist does to objects, scenes and files, in the walk."""

from __future__ import annotations

from typing import Any

import bpy
from scenes import cut
from soak import Refused, Step, Walk
from soak_facts import changed, facts, speech_strips, told
from soak_hands import check_not_tweaked
from soak_jobs import begin, select_object, step_in_time

_MOST_CHARACTERS = 5
_NEW = ("ids", "members", "mode", "character", "object")


def check_room() -> None:
    """Refused if there are enough characters, so that a long walk does not become slow."""
    if sum(obj.type == "ARMATURE" for obj in bpy.data.objects) >= _MOST_CHARACTERS:
        raise Refused("there are enough characters")


def finish_writing(walk: Walk) -> None:
    """Keys that are half written are finished where they are, for a copy that was made meanwhile too."""
    if walk.runner.job is not None and walk.runner.job.writers is not None:
        walk.finish()


def duplicate(walk: Walk) -> None:
    """Shift+D or Alt+D: the copy plays the same Actions."""
    check_room()
    check_not_tweaked()
    finish_writing(walk)
    obj = walk.character()
    select_object(obj)
    walk.push()
    linked = walk.random.random() < 0.5
    with walk.hers(*_NEW):
        bpy.ops.object.duplicate(linked=linked)
    walk.choose(bpy.context.active_object)


def copy_scene(walk: Walk) -> None:
    """A full, a linked or a new scene, which she goes to."""
    check_room()
    check_not_tweaked()
    if len(bpy.data.scenes) >= 3:
        raise Refused("there are enough scenes")
    finish_writing(walk)
    kind = walk.random.choice(("FULL_COPY", "FULL_COPY", "LINK_COPY", "NEW"))
    walk.say(kind)
    with walk.hers(*_NEW, "clips", "takes"):
        bpy.ops.scene.new(type=kind)


def other_scene(walk: Walk) -> None:
    """She goes to another scene, or deletes this one."""
    if len(bpy.data.scenes) == 1:
        raise Refused("there is one scene only")
    scene = bpy.context.scene
    others = [other for other in bpy.data.scenes if other != scene]
    others = [other for other in others if any(obj.type == "ARMATURE" and not obj.library for obj in other.objects)]
    leaves = others and (walk.random.random() < 0.5 or not walk.characters())
    check_not_tweaked()
    with walk.hers("ids", "members", "mode", "character", "time", "frame", "speech", "object"):
        if others:
            bpy.context.window.scene = walk.random.choice(others)
        if leaves:
            bpy.data.scenes.remove(scene)


def append(walk: Walk) -> None:
    """The character of another file, with its take."""
    check_room()
    _from_library(walk, bpy.ops.wm.append)
    chosen = bpy.context.view_layer.objects.selected
    walk.choose(next(obj for obj in chosen if obj.type == "ARMATURE"))


def link_and_override(walk: Walk) -> None:
    """The same character, linked; our operators refuse until it is overridden."""
    if bpy.data.libraries:
        raise Refused("it is linked already")
    _from_library(walk, bpy.ops.wm.link)
    linked = next(obj for obj in bpy.context.scene.objects if obj.library is not None and obj.type == "ARMATURE")
    walk.choose(linked)
    walk.push()
    try:
        walk.ours(walk.random.choice(("generate", "change_phrase", "duplicate_take", "pin_clips")))
    except Refused:
        walk.ours("make_override")
        return
    raise AssertionError("a linked character was changed")


def _from_library(walk: Walk, operator: Any) -> None:
    folder = f"{walk.library}/Object/"
    with walk.hers(*_NEW):
        for obj in bpy.context.view_layer.objects:
            obj.select_set(False)
        operator(filepath=f"{folder}Library", directory=folder, filename="Library")


def remove_character(walk: Walk) -> None:
    """A copy that is no longer needed."""
    check_not_tweaked()
    if len(walk.characters()) < 3:
        raise Refused("there are few characters")
    obj = walk.character()
    with walk.hers(*_NEW):
        bpy.data.objects.remove(obj)


def delete_under_a_job(walk: Walk) -> None:
    """The character goes while a job works for it: one sentence; undo brings it back, and all that was on it."""
    walk.character(ready=True)
    check_not_tweaked()
    walk.finish()
    begin(walk, "generate")
    walk.push()
    walk.seen, obj, name = None, walk.chosen(), walk.chosen().name
    select_object(obj)
    if walk.random.random() < 0.5:
        bpy.data.objects.remove(obj)
    else:
        bpy.ops.object.delete()
    walk.push()
    is_gone = name not in bpy.data.objects or not bpy.data.objects[name].users_scene  # not linked to another scene too
    walk.finish()
    status = bpy.context.window_manager.a2g
    assert status.failed or not is_gone, status.message
    step_in_time(walk, bpy.ops.ed.undo)
    walk.push()  # or redo would delete it again


def frame_rate(walk: Walk) -> None:
    """Another one, or Time Stretching."""
    render = bpy.context.scene.render
    with walk.hers("time", "speech"):
        render.fps = walk.random.choice((24, 25, 30, 30, 60))
        render.frame_map_new = walk.random.choice((100, 100, 100, 50))


def rest_position(walk: Walk) -> None:
    """The armature shows its rest, or poses again."""
    obj = walk.character()
    if obj.data.library is not None:
        raise Refused("the armature is in another file")
    with walk.hers("rest"):
        obj.data.pose_position = "REST" if obj.data.pose_position == "POSE" else "POSE"


def move_object(walk: Walk) -> None:
    """She turns the character, or moves what it looks at."""
    obj = walk.character()
    with walk.hers("object"):
        obj.rotation_euler[2] += walk.random.choice((0.1, -0.1))


def speech_strip(walk: Walk) -> None:
    """The speech in the sequencer is moved, cut or muted."""
    strips = list(speech_strips(bpy.context.scene))
    if not strips:
        raise Refused("there is no speech in the sequencer")
    strip, what = walk.random.choice(strips), walk.random.choice(("move", "cut", "whole", "mute", "unmute"))
    walk.say(f"{what} the speech")
    with walk.hers("speech"):
        match what:
            case "move":
                strip.frame_start = walk.random.randint(30, 60)
            case "cut":
                strip_start = int(strip.frame_start)
                cut(strip, strip_start + walk.random.randint(0, 20), strip_start + walk.random.randint(30, 170))
            case "whole":
                strip_start = int(strip.frame_start)
                cut(strip, strip_start, strip_start + 180)
            case _:
                strip.mute = what == "mute"


def speak_from(walk: Walk) -> None:
    """The character speaks the file, from another frame, or what is in the sequencer."""
    obj = walk.character()
    with walk.hers("settings"):
        obj.a2g_speech_source = walk.random.choice(("FILE", "FILE", "STRIP"))
        obj.a2g_speech_file = obj.a2g_speech_file or str(walk.folder / "voice.wav")
        obj.a2g_start_frame = walk.random.randint(30, 60)


def save_and_open(walk: Walk) -> None:
    """While a job runs, too. What is opened is what was saved; Actions without a user are gone, as always."""
    path = str(walk.folder / "soak.blend")
    if bpy.context.mode != "OBJECT":
        raise Refused("not in this mode")
    before = facts()
    # Blender decides what of an override it keeps; takes must be.
    overridden = {obj.name_full for obj in bpy.data.objects if obj.override_library}
    bpy.ops.wm.save_as_mainfile(filepath=path, check_existing=False)
    now = facts()
    assert now == before, f"saving has changed:\n{told(before, now, changed(before, now))}"
    if walk.random.random() < 0.5:
        walk.say("only saved")
        return
    bpy.ops.wm.open_mainfile(filepath=path)
    walk.begin_job()
    after = facts()
    gone = {name for kind, found in before.items() if kind[0] == "ids" for name in found - after[kind]}
    # What is linked, and needed no more, is not in the file either.
    own = {name for name in gone if ("keys", name) in before and " [" not in name}
    lost = own - before["unused", "actions"]
    assert not lost, f"not in the file: {lost}"
    keys = {key for key in changed(before, after) if key in before and key[0] not in {"ids", "unused"}}
    keys = {key for key in keys if key[1] not in gone and (key[0] == "takes" or key[1] not in overridden)}
    keys = {key for key in keys if key[0] != "members" or not overridden}
    assert not keys, f"opened:\n{told(before, after, keys)}"
    walk.push()


STEPS: dict[Step, int] = {
    duplicate: 3, copy_scene: 2, other_scene: 3, append: 1, link_and_override: 1, remove_character: 3,
    delete_under_a_job: 1, frame_rate: 2, rest_position: 1, move_object: 1, speech_strip: 3, speak_from: 2,
    save_and_open: 2,
}  # fmt: skip
