"""Tables of lines: the orders for takes of the characters in a scene, one for each line and one for who listens."""

from __future__ import annotations

from dataclasses import replace
from math import cos, inf, radians, sin
from pathlib import Path

import bpy
import numpy as np

from ..a2g_core.errors import A2GError
from ..a2g_core.performing.controls import Controls, table
from ..a2g_core.script.table import Line, Script, read_script
from ..speech import strips
from . import dialogue, gesture_model, orders
from .orders import Order

STAGE = ("character", "listener", "direction", "start")
"""Columns of who says a line, to whom, in which direction, and when."""
_ELSEWHERE = frozenset({
    "pin", "pin-strength", "pin-fade", "gesture", "words", "plan", "listen-to", "look-at", "seated", "idle", "loop",
    "fps", "takes", "jaw",
})  # fmt: skip
"""Columns that only the command line follows; in Blender, these are settings of the character and the scene."""
_AWAY_M = 2.0
_MOST_FRAMES = 1_000_000
"""How much later a line may begin than the scene: Blender counts hardly further."""


def read(path: Path) -> Script:
    """The lines of a table, or of a folder of recordings. A2GError for what is no table, or asks for more than Blender
    makes of it."""
    known = {"seed": True, "style": True, **dict.fromkeys(table(), True)}
    script = read_script(path, known, stage=STAGE)
    for column in script.unused:
        if column in _ELSEWHERE:
            raise A2GError(
                "column '{column}' of a table is for the command line", "set it on the character, or use 'a2g batch'",
                column=column,
            )  # fmt: skip
    return script


def order_of_all(context: bpy.types.Context, script: Script, usual: bpy.types.Object | None) -> Order:
    """Takes for all lines of a script at once. usual: who says a line that names nobody. A2GError naming the line."""
    made: list[Order] = []
    for line in script.lines:
        made += orders_of(context, line, usual)
    return replace(made[0], others=tuple(made[1:]))


def orders_of(context: bpy.types.Context, line: Line, usual: bpy.types.Object | None) -> list[Order]:
    """The take of a line, and that of who listens to it. A2GError."""
    from ..a2g_core.performing.gaze import Gaze

    says, stage = dict(line.says), dict(line.stage)
    obj = _named(context, line, stage["character"]) if "character" in stage else usual
    if obj is None:
        raise A2GError(
            "line '{line}' names no character", "write its name into the column character, or choose one", line=line.id
        )
    if line.sound is None:
        raise A2GError("line '{line}' has no sound", "name its recording in the column sound", line=line.id)
    fps = strips.scene_fps(context.scene)
    later = round(_number(line, "start", stage.get("start", "0"), _MOST_FRAMES / fps) * fps)
    speech = strips.of_file(line.sound, context.scene.frame_start + later)
    order = replace(orders.gather(context, obj, speech), n_takes=1)
    style, gaze = says.get("style", order.request.style), order.request.gaze
    if direction := stage.get("direction"):
        yaw = _angle(direction)
        if yaw is None:
            style = direction
        else:
            gaze = Gaze(np.array((_AWAY_M * sin(yaw), 0.0, _AWAY_M * cos(yaw))))
    gesture_model.check_style(gesture_model.load(gesture_model.chosen(context)), style)
    sliders = {name: _number(line, name, says[name]) for name in table() if name in says}
    seed = _whole(line, "seed", says["seed"]) if "seed" in says else order.request.seed
    order = order.requesting(
        seed=seed, style=style, gaze=gaze, controls=Controls(**{**dict(order.request.controls.items()), **sliders})
    )
    if "listener" not in stage:
        return [order]
    listener = _named(context, line, stage["listener"])
    if listener == obj:
        raise A2GError(
            "'{name}' says line '{line}', and would listen to it", "name another listener", name=obj.name, line=line.id
        )
    return [order, replace(dialogue.listening_to(context, listener, obj, speech), n_takes=1)]


def _named(context: bpy.types.Context, line: Line, name: str) -> bpy.types.Object:
    """The character of this name, in a file that another name may stand before ("hero.blend#Rig")."""
    name = name.rpartition("#")[2]
    for obj in dialogue.characters(context):
        if obj.name == name:
            return obj
    raise A2GError(
        "line '{line}' needs a character '{name}', which is not in the scene", "correct the name, or add it",
        line=line.id, name=name,
    )  # fmt: skip


def _angle(direction: str) -> float | None:
    """The angle to the left of so many degrees, in radians; None for what is no number of degrees."""
    try:
        degrees = float(direction)
    except ValueError:
        return None
    return radians(degrees) if -180 <= degrees <= 180 else None


def _number(line: Line, column: str, cell: str, most: float = 1e9) -> float:
    try:
        found = float(cell)
    except ValueError:
        found = inf
    if not abs(found) < most:
        raise A2GError(
            "line '{line}' has '{cell}' in column {column}", "write a number", line=line.id, cell=cell, column=column
        )
    return found


def _whole(line: Line, column: str, cell: str) -> int:
    try:
        return int(cell)
    except ValueError:
        raise A2GError(
            "line '{line}' has '{cell}' in column {column}", "write a whole number",
            line=line.id, cell=cell, column=column,
        ) from None  # fmt: skip
