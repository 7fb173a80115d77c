"""What a lane shows, where that is in a region, and what a click there means. See `lanes` for who provides them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import bpy
import numpy as np

from .. import bl
from ..speech.strips import scene_fps

Click = Callable[[bpy.types.Context, bool], None]
"""What a click does; the bool: whether it was in the upper half of its lane. Raises A2GError."""

SPACES = {"NLA_EDITOR": "SpaceNLA", "SEQUENCE_EDITOR": "SpaceSequenceEditor"}
"""The editors with lanes, and their types."""

ROW_PX, NEAR_PX = 16, 7  # at an interface scale of 1
"""How high a row of a lane is, and how near to a mark a click must be."""
_GAP_PX, _SCRUB_PX, _SCROLL_PX, _MARKERS_PX = 1, 26, 20, 44
_MOST_OF_REGION = 0.6


@dataclass(frozen=True)
class Span:
    """From one frame to another, with a text."""

    start: float
    end: float
    text: str = ""
    click: Click | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Mark:
    """A moment. height: of its stem, 0 to 1 of the lane. text: beside it, where there is room. is_other: it is not as
    it was at first; it stands out."""

    frame: float
    height: float = 1.0
    text: str = ""
    is_other: bool = False
    click: Click | None = field(default=None, compare=False)


@dataclass(frozen=True, eq=False)
class Curve:
    """Values (n,) of 0 to 1, one every `step` frames from frame `first` on. It is the same only as itself."""

    first: float
    step: float
    values: np.ndarray


@dataclass(frozen=True)
class Lane:
    """One lane. label: at its left, translated. bands: (start, end) frames that are lit, as a range and all that it
    reaches. rows: how high it is. editors: types of those that show it. spans and marks in order of time."""

    label: str
    spans: tuple[Span, ...] = ()
    marks: tuple[Mark, ...] = ()
    curve: Curve | None = None
    bands: tuple[tuple[float, float], ...] = ()
    rows: int = 1
    editors: frozenset[str] = frozenset(SPACES)


@dataclass(frozen=True)
class View:
    """How an editor shows time. x0: where frame 0 of the character's scene is, in pixels; frame_px: how wide a frame
    is. scale: of the interface. low, high: between which rows there is room for lanes."""

    x0: float
    frame_px: float
    width: int
    low: float
    high: float
    scale: float

    @classmethod
    def of(cls, context: bpy.types.Context) -> View:
        """That of the region which the context is about."""
        region, space, scale = context.region, context.space_data, context.preferences.system.ui_scale
        assert region is not None and space is not None
        left, right = (float(region.view2d.region_to_view(x, 0)[0]) for x in (0, region.width))
        frame_px = region.width / (right - left)
        x0 = -left * frame_px
        if space.type == "SEQUENCE_EDITOR":
            frame_px *= scene_fps(bl.sequencer_scene(context)) / scene_fps(context.scene)
        has_markers = bl.shows_markers(context)
        low = (_SCROLL_PX + (_MARKERS_PX if has_markers else 0)) * scale
        return cls(x0, frame_px, region.width, low, region.height - _SCRUB_PX * scale, scale)

    def x(self, frame: float) -> float:
        """Where a frame is."""
        return self.x0 + frame * self.frame_px

    def shows(self, start: float, end: float) -> bool:
        """Whether something of these frames is in view."""
        return self.x(end) > 0 and self.x(start) < self.width


@dataclass(frozen=True)
class Placed:
    """A lane in a region, from one height to another."""

    lane: Lane
    bottom: float
    top: float

    @property
    def middle(self) -> float:
        """Its half height."""
        return (self.bottom + self.top) / 2


def placed(lanes: Sequence[Lane], view: View, at_top: bool) -> list[Placed]:
    """The lanes one below the other, as many as there is room for."""
    gap = _GAP_PX * view.scale
    heights = [ROW_PX * view.scale * lane.rows for lane in lanes]
    room, n = _MOST_OF_REGION * (view.high - view.low), 0
    while n < len(lanes) and sum(heights[: n + 1]) + n * gap <= room:
        n += 1
    top = view.high if at_top else view.low + sum(heights[:n]) + (n - 1) * gap
    found = []
    for lane, height in zip(lanes[:n], heights, strict=False):
        found.append(Placed(lane, top - height, top))
        top -= height + gap
    return found


def clicked(shown: Sequence[Placed], view: View, x: float, y: float) -> tuple[Click, bool] | None:
    """What a click at this place means, and whether it was in its lane's upper half; None where it is not ours.

    Of marks, the nearest one within a few pixels, unless they are too close together; or else the span there.
    """
    for place in shown:
        if not place.bottom <= y < place.top:
            continue
        marks = place.lane.marks if has_room(place.lane.marks, view) else ()
        near = [m for m in marks if m.click and abs(view.x(m.frame) - x) <= NEAR_PX * view.scale]
        if near:
            click = min(near, key=lambda mark: abs(view.x(mark.frame) - x)).click
        else:
            spans = (s for s in place.lane.spans if view.x(s.start) <= x < view.x(s.end))
            click = next((span.click for span in spans if span.click), None)
        return None if click is None else (click, y >= place.middle)
    return None


def has_room(marks: Sequence[Mark], view: View) -> bool:
    """Whether marks, in order of time, lie so far apart that one of them can be hit."""
    if len(marks) < 2:
        return True
    return (marks[-1].frame - marks[0].frame) / (len(marks) - 1) * view.frame_px > 2 * NEAR_PX * view.scale
