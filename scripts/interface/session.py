"""Runs inside Blender, started by `run.py`: reports the status, prepares scenes, measures how long Blender is blocked.

A timer ticks every 10 ms; the longest time between two ticks is how long the interface was blocked. Every 0.1 s it
writes ``/shared/status.json``, and changes of the job to ``/shared/job.log``. Commands (Python) are read from
``/shared/command.json`` and answered in ``/shared/reply.json``. No Blender data is held between ticks.
"""

from __future__ import annotations

import ast
import hashlib
import json
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import addon_utils
import bpy
from bpy_extras.view3d_utils import location_3d_to_region_2d

SHARED = Path("/shared")
ADDON = "audio2gestures"
PANELS: dict[str, set[str]] = {}  # those of the add-on that were drawn since this was cleared, by editor
RECIPES = [""]  # of the playing take, each as it was at some tick
TICK_S = 0.01
WRITE_S = 0.1
ELBOWS = ("right_elbow", "DEF-forearm.R")
WAVE = ((40, 0.0), (48, 1.0), (56, 0.7), (64, 1.0), (72, 0.0))  # frame and how far the arm is raised


def window() -> bpy.types.Window:
    """Blender's one window."""
    return bpy.context.window_manager.windows[0]


def character() -> bpy.types.Object | None:
    """The armature, if there is one yet."""
    chosen = getattr(bpy.context.scene, "a2g_character", None)
    return chosen or next((obj for obj in bpy.context.scene.objects if obj.type == "ARMATURE"), None)


def area(kind: str) -> bpy.types.Area | None:
    """The area that shows this editor."""
    return next((a for a in window().screen.areas if a.type == kind), None)


# Status.


def describe() -> dict[str, Any]:
    """The status that the driver waits for."""
    job = getattr(bpy.context.window_manager, "a2g", None)
    return {
        "ticks": METER.ticks,
        "running": bool(job and job.running),
        "phase": job.phase if job else "",
        "fraction": job.fraction if job else 0.0,
        "message": job.message if job else "",
        "frame": bpy.context.scene.frame_current,
        "playing": window().screen.is_animation_playing,
        "regions": {a.type: _regions(a) for a in window().screen.areas},
        "panels": {editor: sorted(names) for editor, names in PANELS.items()},
        **_animation(character()),
    }


def _regions(shown: bpy.types.Area) -> dict[str, list[int]]:
    """x, y of the upper left corner, width, height, by the region's type."""
    height = window().height
    return {r.type: [r.x, height - r.y - r.height, r.width, r.height] for r in shown.regions if r.width > 1}


def _animation(obj: bpy.types.Object | None) -> dict[str, Any]:
    tracks = obj.animation_data.nla_tracks if obj and obj.animation_data else ()
    strips = [strip for track in tracks for strip in track.strips if strip.action]
    marks = [(strip, getattr(strip.action, "a2g", None)) for strip in strips]
    places = [obj.pose.bones[name] for name in ELBOWS if name in obj.pose.bones] if obj else []
    elbow = places[0] if places else None  # characters of others have other bones
    active = obj.data.bones.active if obj else None
    data = obj.animation_data if obj else None
    return {
        "character": obj.name if obj else "",
        "chosen": chosen.name if (chosen := getattr(bpy.context.scene, "a2g_character", None)) else "",
        "bone": active.name if active else "",
        "list": getattr(obj, "a2g_rig_map", ""),
        "action": data.action.name if data and data.action else "",
        "takes": [strip.name for strip, mark in marks if mark and mark.is_take],
        "audible": [strip.name for strip, mark in marks if mark and mark.is_take and not strip.mute],
        "pinned": [strip.name for strip, mark in marks if mark and mark.pinned],
        "selected": [strip.name for strip in strips if strip.select],
        "pose": [round(v, 4) for v in elbow.matrix.translation] if elbow else [],
    }


def _playing() -> bpy.types.NlaStrip | None:
    """The strip of the take that plays."""
    data = obj.animation_data if (obj := character()) else None
    strips = [s for track in (data.nla_tracks if data else ()) for s in track.strips if s.action]
    return next((s for s in reversed(strips) if s.action.a2g.is_take and not s.mute), None)


def changes() -> int:
    """How often the playing take was changed, or another one played, since the last call."""
    count = len(RECIPES) - 1
    del RECIPES[:-1]
    return count


def _note_recipe() -> None:
    """Note what the playing take says of itself, if that is new."""
    take = _playing()
    if take and RECIPES[-1] != take.action.a2g.recipe:
        RECIPES.append(take.action.a2g.recipe)


def followed() -> tuple[float, str]:
    """The slider Energy, and a digest of the playing take's keys."""
    action, digest = _playing().action, hashlib.sha256()
    curves = action.layers[0].strips[0].channelbags[0].fcurves if hasattr(action, "layers") else action.fcurves
    for curve in curves:
        values = [key.co[1] for key in curve.keyframe_points]
        digest.update(json.dumps(values).encode())
    return character().a2g_energy, digest.hexdigest()


def is_behind() -> bool:
    """Whether the playing take does not follow the sliders yet."""
    return _playing().action.a2g.is_following


# How long Blender was blocked.


class Meter:
    """Gaps between our ticks, and time spent in the add-on's own timers and panels, in ms."""

    def __init__(self) -> None:
        self.gaps_ms: list[float] = []
        self.longest_in = ""
        self.ticks = 0
        self.own_ms: dict[str, list[float]] = {}
        self._last: float | None = None

    def restart(self) -> None:
        """Forget the measurements, but keep the count of ticks."""
        ticks = self.ticks
        self.__init__()
        self.ticks = ticks

    def tick(self) -> None:
        """Called at every tick."""
        now = time.perf_counter()
        self.ticks += 1
        if self._last is not None:
            gap = 1000.0 * (now - self._last)
            if not self.gaps_ms or gap > max(self.gaps_ms):
                self.longest_in = getattr(getattr(bpy.context.window_manager, "a2g", None), "phase", "")
            self.gaps_ms.append(gap)
        self._last = now

    def report(self) -> dict[str, Any]:
        """The measurements since the start; the add-on's parts with the longest first."""
        gaps = sorted(self.gaps_ms) or [0.0]
        own = sorted(((max(took), name, len(took)) for name, took in self.own_ms.items()), reverse=True)
        return {
            "seconds": round(sum(gaps) / 1000.0, 1),
            "median_ms": round(gaps[len(gaps) // 2], 1),
            "p99_ms": round(gaps[int(0.99 * (len(gaps) - 1))], 1),
            "longest_ms": round(gaps[-1], 1),
            "longest_in": self.longest_in,
            "over_50_ms": sum(gap > 50.0 for gap in gaps),
            "own_ms": {name: [round(longest, 2), count] for longest, name, count in own},
        }

    def note(self, name: str, start: float) -> None:
        """Record that the add-on's part of this name ran from then until now."""
        self.own_ms.setdefault(name, []).append(1000.0 * (time.perf_counter() - start))


METER = Meter()


def measure_addon() -> None:
    """From now on, measure the add-on's timers, panels and dialogs."""
    timers, timed = bpy.app.timers, {}
    register, unregister, is_registered = timers.register, timers.unregister, timers.is_registered

    def register_timed(work: Callable[[], float | None], **options: Any) -> None:
        if ADDON in getattr(work, "__module__", ""):
            work = timed.setdefault(work, _timed_timer(work))
        register(work, **options)

    timers.register = register_timed
    timers.unregister = lambda work: unregister(timed.get(work, work))
    timers.is_registered = lambda work: is_registered(timed.get(work, work))
    for name, module in list(sys.modules.items()):
        if ADDON in name and (".panels" in name or ".operators" in name):
            for cls in vars(module).values():
                drawn = (bpy.types.Panel, bpy.types.Operator)
                is_drawn = isinstance(cls, type) and issubclass(cls, drawn) and cls.__module__ == name
                if is_drawn and hasattr(cls, "draw"):
                    cls.draw = _timed_draw(cls.__name__, cls.draw)


def _timed_timer(work: Callable[[], float | None]) -> Callable[[], float | None]:
    def timed() -> float | None:
        start = time.perf_counter()
        try:
            return work()
        finally:
            METER.note(f"timer {work.__module__}.{work.__name__}", start)

    return timed


def _timed_draw(name: str, work: Callable[[Any, Any], None]) -> Callable[[Any, Any], None]:
    def draw(self: Any, context: bpy.types.Context) -> None:  # Blender counts the arguments
        if context.area is not None:  # a dialog may have none
            PANELS.setdefault(context.area.type, set()).add(name)
        start = time.perf_counter()
        try:
            work(self, context)
        finally:
            METER.note(f"drawing {name}", start)

    return draw


# Scenes.


def arrange() -> None:
    """One 3D View on the left, Sequencer and NLA editor on the right."""
    screen = window().screen
    while len(screen.areas) > 1:
        closable = [a for a in screen.areas if a.type != "VIEW_3D"]
        if not any(_close(a) for a in closable):
            raise RuntimeError("the screen's areas cannot be joined")
    view = _split(screen.areas[0], "VERTICAL", 0.45)
    left, right = sorted((view, *(a for a in screen.areas if a != view)), key=lambda a: a.x)
    lower = _split(right, "HORIZONTAL", 0.5)
    low, high = sorted((right, lower), key=lambda a: a.y)
    left.type, high.type, low.type = "VIEW_3D", "SEQUENCE_EDITOR", "NLA_EDITOR"
    high.spaces.active.view_type = "SEQUENCER"
    if hasattr(window().workspace, "sequencer_scene"):
        window().workspace.sequencer_scene = bpy.context.scene


def open_sidebars() -> None:
    """Open the sidebars, as N does over each editor; works only after the editors were drawn once."""
    for shown in window().screen.areas:
        with bpy.context.temp_override(window=window(), area=shown):  # without it Blender crashes here
            shown.spaces.active.show_region_ui = True


def _close(shown: bpy.types.Area) -> bool:
    before = len(window().screen.areas)
    with bpy.context.temp_override(window=window(), area=shown):
        bpy.ops.screen.area_close()
    return len(window().screen.areas) < before


def _split(shown: bpy.types.Area, direction: str, factor: float) -> bpy.types.Area:
    before = set(window().screen.areas)
    with bpy.context.temp_override(window=window(), area=shown, region=shown.regions[-1]):
        bpy.ops.screen.area_split(direction=direction, factor=factor)
    return (set(window().screen.areas) - before).pop()


def empty_scene(length: int) -> None:
    """Set up an empty scene of this many frames, seen from the front."""
    for obj in list(bpy.data.objects):
        bpy.data.objects.remove(obj)
    scene = bpy.context.scene
    scene.sequence_editor_clear()
    scene.frame_start, scene.frame_end = 1, length
    if not scene.sequence_editor:
        scene.sequence_editor_create()
    view = area("VIEW_3D").spaces.active.region_3d
    view.view_rotation, view.view_location, view.view_distance = (0.74, 0.67, 0.0, 0.0), (0.4, 0.0, 0.9), 2.9


def place_speech(path: str) -> bool:
    """Add speech as a sound strip. Returns False if this Blender was built without sound."""
    editor = bpy.context.scene.sequence_editor
    strips = editor.strips if hasattr(editor, "strips") else editor.sequences
    try:
        strips.new_sound("Speech", path, channel=1, frame_start=1)
    except RuntimeError:
        return False
    return True


def add_rigify(name: str) -> None:
    """Add a character that Rigify makes; nothing is chosen."""
    addon_utils.enable("rigify", default_set=True)
    with _in_view():
        bpy.ops.object.armature_human_metarig_add()
        metarig = bpy.context.object
        bpy.ops.pose.rigify_generate()
    rig = next(obj for obj in bpy.data.objects if obj.type == "ARMATURE" and obj != metarig)
    bpy.data.objects.remove(metarig)
    rig.name = name
    rig.select_set(False)
    bpy.context.view_layer.objects.active = bpy.context.scene.a2g_character = None


def add_rigify_wave() -> None:
    """The hand-keyed clip on its FK controls, as its animator keys them: with the switch."""
    add_wave((("upper_arm_fk.R", 2, -0.25), ("forearm_fk.R", 0, 0.75)), ("upper_arm_parent.R", "IK_FK"))


def pose_mode() -> None:
    """Let the character be posed, and nothing of it be chosen."""
    obj = character()
    with _in_view():
        bpy.context.view_layer.objects.active = obj
        bpy.ops.object.mode_set(mode="POSE")
        bpy.ops.pose.select_all(action="DESELECT")
    obj.data.bones.active = None


def _in_view() -> Any:
    shown = area("VIEW_3D")
    region = next(r for r in shown.regions if r.type == "WINDOW")
    return bpy.context.temp_override(window=window(), area=shown, region=region)


def bone_presets() -> list[str]:
    """Names of the files of the lists of bones that were kept."""
    folder = bpy.utils.user_resource("SCRIPTS", path="presets/a2g/bones")
    return sorted(path.stem for path in Path(folder).glob("*.py"))


def place_of(bone: str) -> list[int]:
    """Where the middle of a bone is on the screen, from the upper left corner."""
    obj, shown = character(), area("VIEW_3D")
    region = next(r for r in shown.regions if r.type == "WINDOW")
    middle = obj.matrix_world @ (0.5 * (obj.pose.bones[bone].head + obj.pose.bones[bone].tail))
    x, y = location_3d_to_region_2d(region, shown.spaces.active.region_3d, middle)
    return [region.x + round(x), window().height - region.y - round(y)]


def add_wave(
    turns: tuple[tuple[str, int, float], ...] = (("right_shoulder", 1, 0.25), ("right_elbow", 1, 0.75)),
    switch: tuple[str, str] | None = None,
) -> None:
    """Add a hand-keyed clip of the right arm as an animator would: an action pushed down to its own track.

    turns: bone, axis, and sine of half the angle. switch: a bone's property that is keyed with 1.
    """
    obj = character()
    data = obj.animation_data or obj.animation_data_create()
    if switch is not None:
        bone, name = obj.pose.bones[switch[0]], switch[1]
        before, bone[name] = bone[name], 1.0
        bone.keyframe_insert(f'["{name}"]', frame=WAVE[0][0])
        bone[name] = before
    for bone, axis, angle in turns:
        for frame, share in WAVE:
            turn = [1.0, 0.0, 0.0, 0.0]
            turn[0], turn[1 + axis] = (1.0 - (angle * share) ** 2) ** 0.5, angle * share
            obj.pose.bones[bone].rotation_quaternion = turn
            obj.pose.bones[bone].keyframe_insert("rotation_quaternion", frame=frame)
    action, slot = data.action, getattr(data, "action_slot", None)
    action.name = "Wave"
    track = data.nla_tracks.new()
    track.name = "By Hand"
    strip = track.strips.new("Wave", WAVE[0][0], action)
    if slot is not None:
        strip.action_slot = slot
    strip.name, strip.extrapolation, strip.select = "Wave", "NOTHING", False
    data.action = None
    bpy.context.view_layer.objects.active = obj
    obj.select_set(True)


def show_all(kind: str) -> None:
    """Zoom an editor so that everything in it is seen."""
    shown = area(kind)
    region = next(r for r in shown.regions if r.type == "WINDOW")
    with bpy.context.temp_override(window=window(), area=shown, region=region):
        getattr(bpy.ops, {"NLA_EDITOR": "nla", "SEQUENCE_EDITOR": "sequencer"}[kind]).view_all()


def show_instead(kind: str, other: str) -> None:
    """Show another editor where this one is."""
    area(kind).type = other


def show_preferences(kind: str) -> None:
    """Show the add-on's preferences, opened, where an editor of this kind is; the editor takes all of the height."""
    shown = area(kind)
    for other in [a for a in window().screen.areas if a.x == shown.x and a != shown]:
        _close(other)
    bpy.context.preferences.active_section = "ADDONS"
    window_manager = bpy.context.window_manager
    window_manager.addon_search = "Audio2Gestures"
    names = (addon.module for addon in bpy.context.preferences.addons)
    shown.type = "PREFERENCES"
    bpy.ops.preferences.addon_expand(module=next(name for name in names if name.endswith(f".{ADDON}")))


def column_of(kind: str, frame: float) -> int:
    """The x coordinate of a frame on the screen, in a time editor."""
    region = next(r for r in area(kind).regions if r.type == "WINDOW")
    return region.x + int(region.view2d.view_to_region(frame, 0.0, clip=False)[0])


def accents_in(kind: str) -> list[list[int]]:
    """Where the accents that an editor's lanes show are on the screen: x, and y of their upper and their lower half."""
    shown = area(kind)
    region = next(r for r in shown.regions if r.type == "WINDOW")
    owner, lane = (sys.modules[f"bl_ext.user_default.{ADDON}.{name}"] for name in ("owner", "ui.lane"))
    lanes = sys.modules[f"bl_ext.user_default.{ADDON}.ui.lanes"]
    with bpy.context.temp_override(window=window(), area=shown, region=region):
        view = lane.View.of(bpy.context)
        lanes_shown = owner.owned(lanes.Lanes).shown(bpy.context)
        places = lane.placed(lanes_shown, view, kind == "SEQUENCE_EDITOR")
    top = window().height - region.y
    return [
        [region.x + round(view.x(mark.frame)), round(top - place.top + high / 5), round(top - place.bottom - high / 5)]
        for place in places for mark in place.lane.marks for high in (place.top - place.bottom,)
    ]  # fmt: skip


def pictured_styles() -> list[str]:
    """The styles of the gesture model that have a picture; none until all have."""
    inside = f"bl_ext.user_default.{ADDON}"
    owner, drawn, models = (
        sys.modules[f"{inside}.{name}"] for name in ("owner", "ui.style_pictures", "work.gesture_model")
    )
    model, pictures = models.load(), owner.owned(drawn.StylePictures)
    found = [style for style in model.styles if pictures.icon(model, style)]
    return found if len(found) == len(model.styles) else []


def strengths() -> list[float]:
    """Of the playing take's accents that are not as they are heard."""
    recipe = json.loads(_playing().action.a2g.recipe)
    return [accent["strength"] for accent in recipe["request"]["accents"]]


def deselect_strips() -> None:
    """Let no NLA strip of the character be selected."""
    for track in character().animation_data.nla_tracks:
        for strip in track.strips:
            strip.select = False


def lanes_ms() -> list[float]:
    """How long drawing the lanes of an editor takes: median and longest, of five redraws of the window."""
    drawing, took = sys.modules[f"bl_ext.user_default.{ADDON}.ui.lane_drawing"], []
    draw = drawing.draw

    def timed(*arguments: Any) -> None:
        start = time.perf_counter()
        draw(*arguments)
        took.append(1000 * (time.perf_counter() - start))

    drawing.draw = timed
    try:
        with bpy.context.temp_override(window=window()):
            bpy.ops.wm.redraw_timer(type="DRAW_WIN", iterations=5)
    finally:
        drawing.draw = draw
    return [round(sorted(took)[len(took) // 2], 2), round(max(took), 2)]


def zoom(kind: str, first: int, last: int) -> None:
    """Show these frames in a time editor."""
    shown = area(kind)
    region = next(r for r in shown.regions if r.type == "WINDOW")
    low, high = (region.view2d.view_to_region(frame, 0.0, clip=False)[0] for frame in (first, last))
    with bpy.context.temp_override(window=window(), area=shown, region=region):
        bpy.ops.view2d.zoom_border("EXEC_DEFAULT", xmin=int(low), xmax=int(high), ymin=0, ymax=region.height)


def redraw() -> None:
    """Redraw every editor; afterwards PANELS lists the add-on's open panels."""
    PANELS.clear()
    for shown in window().screen.areas:
        shown.tag_redraw()


def undo_step(name: str) -> None:
    """Make the preparations an undo step, so that Ctrl+Z does not revert them."""
    with bpy.context.temp_override(window=window()):
        bpy.ops.ed.undo_push(message=name)


# The channel.


def tick(state: dict[str, float] = {"next": 0.0}) -> float:  # noqa: B006 (kept between the ticks)
    """Measure, run commands, report."""
    METER.tick()
    _note_recipe()
    now = time.perf_counter()
    if (SHARED / "command.json").exists():
        _obey()
    if now >= state["next"]:
        state["next"] = now + WRITE_S
        status = describe()
        _put("status.json", status)
        _log_job(now, f"{status['phase']} {status['fraction']:.1f} {status['running']} {status['message']}")
    return TICK_S


def _log_job(now: float, line: str, last: list[str] = []) -> None:  # noqa: B006 (the last line, kept between ticks)
    if last != [line]:
        last[:] = [line]
        with (SHARED / "job.log").open("a") as log:
            log.write(f"{now:.1f} {line}\n")


def _obey() -> None:
    command = json.loads((SHARED / "command.json").read_text())
    (SHARED / "command.json").unlink()
    reply: dict[str, Any] = {"number": command["number"], "value": None, "error": ""}
    try:
        tree = ast.parse(command["code"])
        last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
        exec(compile(tree, "command", "exec"), globals())
        if last is not None:
            reply["value"] = eval(compile(ast.Expression(last.value), "command", "eval"), globals())
    except Exception:
        reply["error"] = traceback.format_exc()
    _put("reply.json", reply)


def _put(name: str, value: dict[str, Any]) -> None:
    partial = SHARED / f"{name}.partial"
    partial.write_text(json.dumps(value))
    partial.replace(SHARED / name)


if __name__ == "__main__":
    bpy.app.timers.register(tick, first_interval=0.5, persistent=True)
