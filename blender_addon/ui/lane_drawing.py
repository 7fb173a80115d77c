"""Draws lanes in the region that Blender is drawing. Nothing is worked out here but where things are in view."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from math import floor

import numpy as np

from .drawing import Colour, fill, rectangles, triangles, width_of, write
from .lane import ROW_PX, Curve, Mark, Placed, Span, View, has_room

_MOST_FOR_LABEL = 1 / 6
"""Of a region's width: a label lies over what begins there."""
_TEXT_PAD_PX, _EDGE_PX, _TIP_PX, _LEGIBLE_PX = 4, 1, 4, 14  # at an interface scale of 1
_GROUND: Colour = (0.08, 0.08, 0.1, 0.72)
_SHADES: tuple[Colour, Colour] = ((0.25, 0.44, 0.62, 0.85), (0.2, 0.35, 0.5, 0.85))
_CURVE: Colour = (0.62, 0.72, 0.8, 0.6)
_BAND: Colour = (1.0, 0.8, 0.35, 0.16)
_EDGE: Colour = (0.02, 0.02, 0.03, 0.9)
_MARK: Colour = (1.0, 1.0, 1.0, 0.95)
_OTHER_MARK: Colour = (1.0, 0.75, 0.25, 1.0)


def draw(places: Sequence[Placed], view: View, shape: Callable[[Curve], np.ndarray]) -> None:
    """Draw the lanes. shape: the corners (2 n, 2) of a curve: each frame, with 0 and with its value there."""
    import gpu  # not in every background Blender

    gpu.state.blend_set("ALPHA")
    try:
        for place in places:
            _fill_lane(place, view, shape)
        for place in places:  # after all shapes: text turns blending off
            _write_lane(place, view)
    finally:
        gpu.state.blend_set("NONE")


def _fill_lane(place: Placed, view: View, shape: Callable[[Curve], np.ndarray]) -> None:
    """The ground, bands, spans with their borders, the curve, and the marks."""
    lane, bottom, top = place.lane, place.bottom, place.top
    rectangles([(0, bottom, view.width, top)], _GROUND)
    spans = [(k, s) for k, s in enumerate(lane.spans) if view.shows(s.start, s.end)]
    for odd, colour in enumerate(_SHADES):
        shown = ((max(view.x(s.start), -1), bottom, view.x(s.end), top) for k, s in spans if k % 2 == odd)
        rectangles(list(shown), colour)
    if lane.curve is not None:
        _fill_curve(shape(lane.curve), lane.curve, place, view)
    for start, end in lane.bands:
        rectangles([(view.x(start), bottom, view.x(end), top)], _BAND)
    wide = max(1.0, _EDGE_PX * view.scale)
    rectangles([(x, bottom, x + wide, top) for x in _borders(spans, view)], _EDGE)
    for is_other, colour in ((False, _MARK), (True, _OTHER_MARK)):
        marks = [m for m in lane.marks if m.is_other == is_other and view.shows(m.frame, m.frame)]
        rectangles([_stem(mark, place, view) for mark in marks], colour)
        for mark in marks if has_room(lane.marks, view) else ():
            if mark.click:
                _fill_tips(view.x(mark.frame), place, view.scale, colour)


def _borders(spans: Sequence[tuple[int, Span]], view: View) -> Iterator[float]:
    for _number, span in spans:
        yield view.x(span.start)
        yield view.x(span.end)


def _stem(mark: Mark, place: Placed, view: View) -> tuple[float, float, float, float]:
    x, wide = view.x(mark.frame), max(1.0, (2.0 if mark.is_other else 1.0) * view.scale) / 2
    half = mark.height * (place.top - place.bottom) / 2
    return x - wide, place.middle - half, x + wide, place.middle + half


def _fill_tips(x: float, place: Placed, scale: float, colour: Colour) -> None:
    """A triangle that points up at a mark's upper end, and one that points down: what a click does there."""
    wide = _TIP_PX * scale
    for tip, upwards in ((place.top - scale, 1), (place.bottom + scale, -1)):
        base = tip - upwards * wide
        corners = np.array([(x, tip), (x - wide, base), (x + wide, base)], np.float32)
        triangles(corners, np.array([(0, 1, 2)], np.int32), colour)


def _fill_curve(corners: np.ndarray, curve: Curve, place: Placed, view: View) -> None:
    """What of a curve is in view, from the bottom of its lane."""
    ends = ((x - view.x0) / view.frame_px for x in (0, view.width))
    first, last = (floor((frame - curve.first) / curve.step) for frame in ends)
    part = corners[2 * max(0, first) : 2 * max(0, last + 2)]
    if len(part) < 4:
        return
    size, origin = (view.frame_px, place.top - place.bottom), (view.x0, place.bottom)
    points = (part * np.array(size) + np.array(origin)).astype(np.float32)
    k = 2 * np.arange(len(part) // 2 - 1, dtype=np.int32)[:, None]
    triangles(points, (k + np.array([0, 1, 2, 1, 2, 3], np.int32)).reshape(-1, 3), _CURVE)


def _write_lane(place: Placed, view: View) -> None:
    """The texts of its spans and marks where they fit, and its label over them at the left."""
    lane, pad = place.lane, _TEXT_PAD_PX * view.scale
    y = place.top - (ROW_PX - _TEXT_PAD_PX) * view.scale
    edge = width_of(lane.label, view.scale) + 2 * pad if lane.label else 0.0
    edge = edge if edge <= _MOST_FOR_LABEL * view.width else 0.0
    for span in lane.spans:
        left, right = max(view.x(span.start), edge), min(view.x(span.end), view.width)
        if span.text and right - left > _LEGIBLE_PX * view.scale:
            write(span.text, left + pad, y, right - pad / 2, view.scale)
    for mark in lane.marks if has_room(lane.marks, view) else ():
        if mark.text and edge < view.x(mark.frame) < view.width:
            write(mark.text, view.x(mark.frame) + 1.5 * pad, place.middle - pad, view.width, view.scale)
    if edge:
        import gpu

        gpu.state.blend_set("ALPHA")
        fill([(0, place.bottom), (edge, place.bottom), (edge, place.top), (0, place.top)], _GROUND)
        write(lane.label, pad, y, edge, view.scale, alpha=0.7)
