"""How much the chosen take counts over what plays below it: one slider, from 0 to 1.

Blender has a number for that on the strip, which counts only with Animated Influence: else it shows 0 and means 1. With
it, Blend In and Out do not count, so the slider keys them too. Keys of the artist's own are hers: then there is no
slider, and Blender's fields are shown.
"""

from __future__ import annotations

import bpy
from bpy.props import FloatProperty

from . import take_list

_FULL = 1.0
_NAME = "a2g_influence"


def value(strip: bpy.types.NlaStrip) -> float | None:
    """How much a strip counts where it is not blended, 0 to 1; None where the artist has keyed that herself."""
    keys = _keys(strip)
    plateau = max((y for _x, y in keys), default=_FULL)
    is_constant = all(y == plateau for _x, y in keys)
    if not is_constant and not _is_near(keys, _blended(strip, plateau)):
        return None
    return plateau if strip.use_animated_influence else _FULL


def put(obj: bpy.types.Object, strip: bpy.types.NlaStrip, share: float) -> None:
    """Let a strip count so much, blended as before. Keys of the artist's own are left alone."""
    if value(strip) is None:
        return
    strip.use_animated_influence = share < _FULL
    if (curve := _curve(strip)) is not None and strip.use_animated_influence:
        wanted = _blended(strip, share)
        curve.keyframe_points.clear()
        curve.keyframe_points.add(len(wanted))
        for point, place in zip(curve.keyframe_points, wanted, strict=True):
            point.co, point.interpolation = place, "LINEAR"
        curve.update()
    obj.update_tag(refresh={"TIME"})


def _blended(strip: bpy.types.NlaStrip, share: float) -> list[tuple[float, float]]:
    """Keys, (frame, value), of so much influence with the strip's Blend In and Out."""
    start, end = strip.frame_start, strip.frame_end
    rise = [(start, 0.0), (start + strip.blend_in, share)] if strip.blend_in > 0.0 else []
    fall = [(end - strip.blend_out, share), (end, 0.0)] if strip.blend_out > 0.0 else []
    return [*rise, *fall] or [(start, share)]


def _curve(strip: bpy.types.NlaStrip) -> bpy.types.FCurve | None:
    return next((curve for curve in strip.fcurves if curve.data_path == "influence"), None)


def _keys(strip: bpy.types.NlaStrip) -> list[tuple[float, float]]:
    curve = _curve(strip)
    return [] if curve is None else [(key.co.x, key.co.y) for key in curve.keyframe_points]


def _is_near(keys: list[tuple[float, float]], others: list[tuple[float, float]]) -> bool:
    return len(keys) == len(others) and all(
        abs(a - b) < 1e-3 for key, other in zip(keys, others, strict=True) for a, b in zip(key, other, strict=True)
    )


def _of_chosen(obj: bpy.types.Object) -> float:
    chosen = take_list.active(obj)
    share = None if chosen is None else value(chosen[1])
    return _FULL if share is None else share


def _put_chosen(obj: bpy.types.Object, share: float) -> None:
    if (chosen := take_list.active(obj)) is not None:
        put(obj, chosen[1], share)


_SLIDER = FloatProperty(
    name="Influence",
    description="How much the chosen take counts over what plays below it",
    min=0.0,
    max=1.0,
    subtype="FACTOR",
    options=set(),
    get=_of_chosen,
    set=_put_chosen,
)


def register() -> None:
    """Give characters the slider; it stores nothing."""
    setattr(bpy.types.Object, _NAME, _SLIDER)


def unregister() -> None:
    """Take it away."""
    delattr(bpy.types.Object, _NAME)
