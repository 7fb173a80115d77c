"""What our buttons do in the walk, and what each of them may change."""

from __future__ import annotations

import csv
from contextlib import suppress
from pathlib import Path
from typing import Any

import bpy
from layouts import Layout, drawn
from scenes import select_only
from soak import Effect, Refused, Step, Walk, call
from soak_facts import EDITS, changed, facts, told, unused_actions

# What they may change -------------------------------------------------------------------------------------------------

_TAKES = frozenset({"takes", "plays", "bookkeeping", "pins"})
_PINS = frozenset({"pins", "clips", "takes", "plays", "bookkeeping"})  # strips get an Action of their own
_MOVED_DOWN = frozenset({"active", "clips", "takes", "plays"})

EFFECTS: dict[str, Effect] = {
    "generate": Effect(_TAKES, must="takes"),
    "next_take": Effect(_TAKES, must="takes"),
    "generate_idle": Effect(_TAKES, must="takes"),
    "generate_listening": Effect(_TAKES, must="takes"),
    "generate_all": Effect(_TAKES, frozenset({"takes", "plays", "bookkeeping", "pins"}), must="takes"),
    "batch": Effect(_TAKES, frozenset({"takes", "plays", "bookkeeping", "pins"}), must="takes"),
    "reproduce_take": Effect(_TAKES, must="takes"),
    "recover_take": Effect(_TAKES, must="takes"),
    "update_take": Effect(_TAKES),
    "regenerate_around_pins": Effect(_TAKES),
    "regenerate_range": Effect(_TAKES, must="keys"),
    "change_phrase": Effect(_TAKES, must="keys"),
    "change_accent": Effect(_TAKES),
    "choose_take": Effect(frozenset({"bookkeeping"})),
    "use_take": Effect(_TAKES),
    "solo_take": Effect(_TAKES),
    "star_take": Effect(_TAKES, frozenset({"note"}), must="note"),
    "duplicate_take": Effect(_TAKES, must="takes"),
    "fewer_keys": Effect(_TAKES, must="takes"),
    "delete_take": Effect(_TAKES, must="takes", gone=True),
    "compare_take": Effect(),
    "bake_action": Effect(_TAKES | {"active"}, must="active", gone=True),
    "export_take": Effect(),
    "write_as_ik": Effect(_TAKES, frozenset({"note"}), must="keys"),
    "write_as_fk": Effect(_TAKES | {"bones"}, frozenset({"note"}), must="keys"),
    "pin_clips": Effect(_PINS, frozenset({"note"})),
    "unpin_clips": Effect(_PINS, frozenset({"note"})),
    "add_gesture": Effect(_PINS, must="clips"),
    "add_gesture_asset": Effect(_PINS, must="clips"),
    "replace_gesture": Effect(_PINS, must="clips", gone=True),
    "gesture_hand": Effect(_PINS, gone=True),
    "read_words": Effect(frozenset({"settings"})),
    "update_words": Effect(_PINS | {"settings"}, gone=True),
    "setup_words": Effect(),
    "forget_words": Effect(frozenset({"settings"}), must="settings"),
    "suggest_gestures": Effect(_PINS | {"settings"}, gone=True),
    "suggest_again": Effect(_PINS | {"settings"}, must="settings", gone=True),
    "list_suggestions": Effect(),
    "mark_as_gesture": Effect(all=frozenset({"note", "mark"})),
    "write_gesture_library": Effect(),
    "remove_pin": Effect(_PINS, frozenset({"note"}), must="pins"),
    "relink_pin": Effect(_PINS, frozenset({"note"})),
    "select_pin": Effect(frozenset({"bookkeeping"}), frozenset({"frame"})),
    "push_down_action": Effect(_MOVED_DOWN, must="active"),
    "stash_action": Effect(_MOVED_DOWN, must="active"),
    "leave_tweak_mode": Effect(frozenset({"active", "clips", "takes", "plays"}), must="active"),
    "enable_nla": Effect(frozenset({"active"}), must="active"),
    "unsolo": Effect(frozenset({"clips", "takes", "plays"}), must="plays"),
    "use_pose_position": Effect(all=frozenset({"rest"}), must="rest"),
    "reset_time_stretching": Effect(all=frozenset({"time", "speech"}), must="time"),
    "restore_frame_rate": Effect(all=frozenset({"time", "speech"}), must="time"),
    "mute_constraints": Effect(frozenset({"bones", "drivers"})),
    "move_take": Effect(_TAKES, must="plays"),
    "reset_take_speed": Effect(_TAKES, must="plays"),
    "unmute_take": Effect(_TAKES | {"clips"}, must="plays"),
    "stop_holding": Effect(_TAKES | {"clips"}, must="plays"),
    "raise_take": Effect(_TAKES | {"clips"}),
    "set_bone": Effect(frozenset({"settings"})),
    "pick_bone": Effect(frozenset({"settings"})),
    "mirror_bones": Effect(frozenset({"settings"})),
    "swap_bones": Effect(frozenset({"settings"})),
    "guess_bones": Effect(frozenset({"settings"}), must="settings"),
    "import_bones": Effect(frozenset({"settings"})),
    "export_bones": Effect(),
    "use_bones_preset": Effect(frozenset({"settings"})),
    "add_bones_preset": Effect(),
    "measure_clearance": Effect(frozenset({"settings"})),
    "forget_body": Effect(frozenset({"settings"})),
    "choose_style": Effect(frozenset({"settings"})),
    "add_performance_preset": Effect(),
    "choose_speech_file": Effect(frozenset({"settings"}), frozenset({"speech", "time"}), must="speech", others=True),
    "place_speech_strip": Effect(frozenset({"settings"}), frozenset({"speech", "time"}), must="speech", others=True),
    "add_character": Effect(all=frozenset({"members", "character", "object"}), must="members", others=True),
    "make_override": Effect(all=frozenset({"members", "character", "object"}), must="character", others=True),
    "copy_report": Effect(),
}

_TAKE_LIST = (
    "choose_take", "use_take", "solo_take", "star_take", "duplicate_take", "fewer_keys", "delete_take", "bake_action",
    "recover_take",
)  # fmt: skip
IN_TWEAK_MODE = ("generate", "next_take", "reproduce_take", "update_take", "regenerate_range", "change_phrase",
                 "change_accent", "recover_take", *_TAKE_LIST, "pin_clips", "unpin_clips", "remove_pin",
                 "push_down_action", "stash_action")  # fmt: skip
"""What refuses while a strip of the character is being tweaked."""

# The steps ------------------------------------------------------------------------------------------------------------


def generate(walk: Walk) -> None:
    """New takes, or one made again."""
    obj = walk.character(ready=True)
    with walk.hers("settings", "takes", "bookkeeping", "ids", "keys", "note", "mark"):
        obj.a2g_take_count = walk.random.choice((1, 1, 1, 2))
        trim_pile(walk, obj)
    walk.ours(walk.random.choice(("generate", "generate", "next_take", "reproduce_take", "generate_idle")))


def change(walk: Walk) -> None:
    """The playing take, or a part of it."""
    obj = walk.character(ready=True)
    name = walk.random.choice((
        "regenerate_range", "change_phrase", "change_phrase", "change_accent", "update_take", "regenerate_around_pins",
    ))  # fmt: skip
    options = {}
    if name == "change_phrase":
        options["direction"] = walk.random.choice(("NEXT", "NEXT", "PREVIOUS"))
    if name == "change_accent":
        options["direction"] = walk.random.choice(("STRONGER", "WEAKER", "AS_HEARD"))
    choose_place(walk, use_range=walk.random.random() < 0.9)
    before = _takes(obj)
    is_pristine = all(action.users == 1 and EDITS not in action and not action.library for action in before)
    is_pristine &= any(not strip.mute for _track, strip in walk.strips(obj, takes=True))
    walk.ours(name, **options)
    # Nobody edited it and nobody else uses it: then the change is made in place, unless the line was spoken anew, or
    # no take plays that could be regenerated around pins.
    new = len(_takes(walk.chosen())) - len(before)
    assert not is_pristine or not before or not new or name == "update_take", (
        "a take that nobody edited was not changed in place"
    )


def choose_place(walk: Walk, use_range: bool = True) -> None:
    """She goes to another frame, and drags a preview range elsewhere."""
    scene = bpy.context.scene
    with walk.hers("time", "frame"):
        scene.frame_current = walk.random.randint(30, 230)
        scene.use_preview_range = use_range
        scene.frame_preview_start = walk.random.randint(30, 210)
        scene.frame_preview_end = scene.frame_preview_start + walk.random.randint(3, 40)


def _takes(obj: bpy.types.Object) -> list[bpy.types.Action]:
    tracks = obj.animation_data.nla_tracks if obj.animation_data else ()
    return [s.action for t in tracks for s in t.strips if s.action is not None and s.action.a2g.is_take]


def table(walk: Walk) -> None:
    """Takes of the lines of a table: she says one, somebody else the next, and perhaps somebody listens."""
    obj = walk.character(ready=True)
    with walk.hers("settings", "takes", "bookkeeping", "ids", "keys", "note", "mark"):
        trim_pile(walk, obj)
    names = [other.name for other in walk.characters()]
    says = ("", obj.name, walk.random.choice(names))
    path = walk.folder / "lines.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        lines = csv.writer(file)
        lines.writerow(("id", "sound", "character", "listener", "start", "energy"))
        for number in range(walk.random.randint(1, 2)):
            heard_by = walk.random.choice(("", "", walk.random.choice(names)))
            row = (f"line_{number}", "voice.wav", walk.random.choice(says), heard_by, 7 * number, "1.2")
            lines.writerow(row)
    walk.ours("batch", filepath=str(path))


def export(walk: Walk) -> None:
    """The playing take as a file: of Blender's exporters, or of joints alone."""
    walk.strip(takes=True)
    ending = walk.random.choice((".glb", ".fbx", ".usdc", ".bvh", ".npz"))
    walk.ours(
        "export_take", filepath=str(walk.folder / f"take{ending}"),
        preset=walk.random.choice(("CHARACTER", "UNREAL", "GODOT")), with_mesh=walk.random.random() < 0.7,
        with_sound=walk.random.random() < 0.3, from_zero=walk.random.random() < 0.7, z_up=ending == ".npz",
    )  # fmt: skip
    assert (walk.folder / f"take{ending}").stat().st_size


def take_list(walk: Walk) -> None:
    """A button of the list of takes."""
    obj, *_ = walk.strip(takes=True)
    found = walk.strips(obj, takes=True)
    name = walk.random.choice(_TAKE_LIST)
    if name == "bake_action":
        walk.ours(name, remove_takes=walk.random.random() < 0.5)
    elif name == "recover_take":
        walk.ours(name)
    else:
        walk.ours(name, track=walk.random.choice(found)[0].name)


def compare(walk: Walk) -> None:
    """A ghost appears, or goes."""
    walk.strip(takes=True)
    walk.ours("compare_take")


def pin(walk: Walk) -> None:
    """She selects strips and pins or unpins them."""
    obj = walk.character()
    found = [strip for _, strip in walk.strips(obj)]
    if not found:
        raise Refused("there is nothing to pin")
    select_only(obj, *walk.random.sample(found, min(len(found), walk.random.randint(1, 2))))
    walk.push()
    walk.ours(walk.random.choice(("pin_clips", "pin_clips", "unpin_clips")))


def gestures(walk: Walk) -> None:
    """Named gestures, and those that fit the words of a text that has little to do with the sound."""
    obj = walk.character()
    name = walk.random.choice(
        ("add_gesture", "read_words", "suggest_gestures", "suggest_gestures", "suggest_again", "update_words",
         "list_suggestions", "replace_gesture", "gesture_hand", "mark_as_gesture", "forget_words")
    )  # fmt: skip
    options: dict[str, Any] = {}
    if name in ("add_gesture", "replace_gesture"):
        choose_place(walk)
        options["gesture"] = walk.random.choice(("no", "wave", "nod", "one"))
    elif name == "read_words":
        options = {"source": "TYPED", "text": "No, hello! You see: I want all of this. Stop, please. Thank you"}
    elif name == "gesture_hand":
        options["hand"] = walk.random.choice(("LEFT", "RIGHT", "BOTH"))
    elif name == "suggest_gestures":
        options = {"per_minute": 40, "seed": walk.random.randint(0, 5), "language": "en"}
    elif name == "mark_as_gesture":
        options["mark"] = walk.random.random() < 0.5
    if name in ("replace_gesture", "gesture_hand"):
        placed = [strip for _, strip in walk.strips(obj) if strip.action.a2g.gesture]
        if placed:
            select_only(obj, walk.random.choice(placed))
            walk.push()
    walk.ours(name, **options)


def pin_list(walk: Walk) -> None:
    """A button of the list of pins."""
    obj = walk.character()
    pinned = [other for other in walk.characters() if other.a2g_pins]
    if pinned:
        obj = walk.random.choice(pinned)
        walk.choose(obj)
    name = walk.random.choice(("remove_pin", "relink_pin", "select_pin"))
    walk.ours(name, pin=walk.random.randint(0, max(0, len(obj.a2g_pins) - 1)))


def character_buttons(walk: Walk) -> None:
    """What mends a character, or keeps its active action."""
    walk.character()
    names = ("push_down_action", "stash_action", "leave_tweak_mode", "enable_nla", "unsolo")
    walk.ours(walk.random.choice(names))


def fixes(walk: Walk) -> None:
    """The buttons of what keeps a take from showing as it was made."""
    walk.character()
    names = ("use_pose_position", "reset_time_stretching", "restore_frame_rate", "mute_constraints", "move_take",
             "reset_take_speed", "unmute_take", "stop_holding", "raise_take")  # fmt: skip
    for name in walk.random.sample(names, 3):
        with suppress(Refused):
            walk.ours(name)


def style(walk: Walk) -> None:
    """Another style, by its menu; one that the model lacks is refused."""
    walk.character()
    model = walk.addon.work.gesture_model.load(walk.addon.work.gesture_model.chosen(bpy.context))
    walk.ours("choose_style", style=walk.random.choice(("", *model.styles, "Gone")))


def bones(walk: Walk) -> None:
    """She corrects the list of bones, keeps it as a file, and has it guessed again."""
    obj = walk.character()
    names, file = sorted(bone.name for bone in obj.data.bones), walk.folder / "bones.json"
    name = walk.random.choice(
        ("set_bone", "set_bone", "mirror_bones", "swap_bones", "pick_bone", "export_bones", "import_bones")
    )
    with suppress(Refused):
        if name == "set_bone":
            walk.ours(name, row=walk.random.choice(("left_elbow", "jaw", "spine_2", "spine_9", "right_index1")),
                      bone=walk.random.choice(("", *names)))  # fmt: skip
        elif name == "mirror_bones":
            walk.ours(name, source=walk.random.choice(("LEFT", "RIGHT")))
        elif name in ("export_bones", "import_bones"):
            walk.ours(name, filepath=str(file))
        elif name == "pick_bone":
            walk.ours(name, row="left_wrist")
        else:
            walk.ours(name)
    try:
        walk.ours("generate")
    except Refused as reason:
        walk.say(f"({reason})")
    if walk.random.random() < 0.6:  # else she goes on with her own list
        with suppress(Refused):
            walk.ours("guess_bones")


def preset(walk: Walk) -> None:
    """She keeps the sliders as a preset, or uses one."""
    walk.character()
    if walk.random.random() < 0.3:
        walk.ours("add_performance_preset", name=f"mine {walk.random.random()}")
        return
    files = sorted(Path(walk.addon.__file__).parent.glob("presets/a2g/performance/*.py"))
    with walk.hers("settings"):
        bpy.ops.script.execute_preset(filepath=str(walk.random.choice(files)), menu_idname="A2G_MT_performance_presets")


def settings(walk: Walk) -> None:
    """Seed, body parts, layering, and how pins are followed."""
    obj = walk.character()
    with walk.hers("settings", "bookkeeping", "pins"):
        obj.a2g_seed = walk.random.randint(0, 5)
        parts = walk.random.choice(({"HEAD"}, {"HEAD"}, {"TORSO"}, {"HEAD", "TORSO"}, {"ARMS"}, set()))
        obj.a2g_body_parts = parts
        obj.a2g_layering = walk.random.choice(("REPLACE", "REPLACE", "COMBINE"))
        for pin in obj.a2g_pins:
            pin.strength, pin.muted = walk.random.random(), walk.random.random() < 0.2
            pin.fade_in_frames = walk.random.randint(0, 12)


def refusal(walk: Walk) -> None:
    """A scene in which nothing can be generated: a sentence, and nothing happens. (An idle needs no speech.)"""
    obj, is_silent = walk.character(), walk.addon.work.changes.is_playing_silence
    before = obj.a2g_speech_source, obj.a2g_speech_file
    with walk.hers("settings"):
        obj.a2g_speech_source, obj.a2g_speech_file = "FILE", str(walk.folder / "gone.wav")
    try:
        walk.ours(walk.random.choice(("generate", "next_take", "update_take", "regenerate_range")))
    except Refused as reason:
        walk.say(f"({reason})")
    else:
        assert is_silent(bpy.context, obj), "generated without a speech"
    with walk.hers("settings"):
        walk.chosen().a2g_speech_source, walk.chosen().a2g_speech_file = before


def place_speech(walk: Walk) -> None:
    """The file becomes a strip, which she takes out again."""
    obj = walk.character()
    before = obj.a2g_speech_source, obj.a2g_speech_strip
    # Where Blender has no sound strips (4.2), choosing a file is right without one; placing it is refused.
    if walk.random.random() < 0.5 or not bpy.app.build_options.audaspace:
        walk.ours("place_speech_strip")
    else:
        with walk.hers("settings"):
            obj.a2g_speech_source = "STRIP"
        walk.ours("choose_speech_file", filepath=bpy.path.abspath(obj.a2g_speech_file))
    obj, editor = walk.chosen(), bpy.context.scene.sequence_editor
    with walk.hers("settings", "speech"):
        strips = editor.strips if hasattr(editor, "strips") else editor.sequences
        strips.remove(strips[obj.a2g_speech_strip])
        obj.a2g_speech_source, obj.a2g_speech_strip = before


def add_character(walk: Walk) -> None:
    """One more armature, which she deletes at once."""
    walk.character()
    walk.ours("add_character", with_body=walk.random.random() < 0.3)
    added = bpy.context.scene.a2g_character
    with walk.hers("members", "object", "character", "ids"):
        for mesh in [o for o in bpy.data.objects if o.parent == added]:
            bpy.data.objects.remove(mesh)
        bpy.data.objects.remove(added)


def report(walk: Walk) -> None:
    """The text for whoever helps."""
    walk.character()
    walk.ours("copy_report")


def draw(walk: Walk) -> None:
    """Every panel and the lanes in the NLA editor: nothing is written while they are drawn."""
    obj, before = walk.character(), facts()
    for panel in walk.addon.panels.CLASSES:
        if issubclass(panel, bpy.types.Panel):
            if hasattr(panel, "draw_header"):
                panel.draw_header(_Panel(), bpy.context)
            drawn(panel)
    walk.addon.ui.overlay.bands(obj)
    walk.addon.ui.speech_lanes.provide(bpy.context, obj)
    after = facts()
    assert after == before, f"drawing has changed:\n{told(before, after, changed(before, after))}"
    walk.addon.owner.owned(walk.addon.ui.watch.Watch).sync()


class _Panel:
    """A panel's instance, which exists only while a window draws."""

    @property
    def layout(self) -> Any:
        """Something to draw on."""
        return Layout([])


def cancel(walk: Walk) -> None:
    """She stops the job, if there is one: it ends, and nothing is written."""
    if bpy.context.window_manager.a2g.running:
        call("cancel")
        walk.finish()
    else:
        walk.character()
        try:
            call("cancel")
        except Refused:
            return
        raise AssertionError("cancelled nothing")


def trim_pile(walk: Walk, obj: bpy.types.Object) -> None:
    """She keeps a few takes and no Actions that nobody uses, so that a long walk does not become slow."""
    if obj.animation_data is not None and not obj.animation_data.use_tweak_mode:
        tracks = [track for track, _strip in walk.strips(obj, takes=True) if len(track.strips) == 1]
        for track in tracks[: max(0, len(tracks) - 2)]:
            obj.animation_data.nla_tracks.remove(track)
    for action in unused_actions():
        if not action.use_fake_user and not action.users:
            bpy.data.actions.remove(action)


STEPS: dict[Step, int] = {
    generate: 6, change: 10, table: 2, export: 2, take_list: 6, compare: 2, pin: 5, gestures: 6, pin_list: 3,
    character_buttons: 3, fixes: 4, style: 2, bones: 2, preset: 2, settings: 3, refusal: 2, place_speech: 1,
    add_character: 1, report: 1, draw: 3, cancel: 2,
}  # fmt: skip
