"""Shows pinned strips in the NLA editor: a lane at the top with a ramp for each fade, and a faint band below it.

An `NlaStrip` has no colour that could mark it, and its name belongs to the artist. Add-ons cannot ask where the rows of
the editor are, so a band covers all of them.
"""

from __future__ import annotations

from dataclasses import dataclass

import bpy
from bpy.app.translations import pgettext_iface as iface_
from bpy.props import BoolProperty

from ..owner import disown, own
from ..scene import pins
from ..timer import guarded
from . import drawing, state

_COLOUR = (0.2, 0.78, 0.72)  # selected strips are orange
_MUTED_COLOUR = (0.55, 0.55, 0.55)
_LANE_ALPHA, _BAND_ALPHA, _EDGE_ALPHA = 0.85, 0.07, 0.45
# Pixels at an interface scale of 1. The scrubbing area lies above the lane.
_SCRUB_PX, _LANE_PX, _TEXT_PAD_PX = 24, 15, 4


@dataclass(frozen=True)
class Band:
    """A pinned strip as it is shown. ramp: scene frames where the fade-in starts and ends, then the fade-out."""

    name: str
    start: float
    end: float
    ramp: tuple[float, float, float, float]
    strength: float
    is_followed: bool


def bands(obj: bpy.types.Object) -> list[Band]:
    """A band for each of a character's pinned strips; lost pins have no place to be shown."""
    shown = []
    for pinned in pins.pinned_strips(obj):
        strip, settings = pinned.strip, pinned.settings
        start, end = strip.frame_start, strip.frame_end
        fade_in, fade_out = pins.fit_fades(settings.fade_in_frames, settings.fade_out_frames, end - start)
        ramp = (start - fade_in / 2, start + fade_in / 2, end - fade_out / 2, end + fade_out / 2)
        shown.append(Band(strip.name, start, end, ramp, settings.strength, pinned.is_followed))
    return shown


@guarded
def _draw() -> None:
    """Draw over the strips of the NLA editor that is being drawn."""
    context = bpy.context
    obj = state.character(context) if context.window_manager.a2g_show_pins else None
    shown = bands(obj) if obj is not None else ()
    if not shown:
        return
    import gpu  # not in every background Blender

    region, scale = context.region, context.preferences.system.ui_scale
    assert region is not None  # Blender draws one now
    top = region.height - _SCRUB_PX * scale
    lanes = [_Lane.place(region, scale, top, band) for band in shown]
    gpu.state.blend_set("ALPHA")
    try:
        for lane in lanes:
            lane.fill(scale)
        for lane in lanes:  # after all shapes: text turns blending off
            lane.write(scale)
    finally:
        gpu.state.blend_set("NONE")


@dataclass(frozen=True)
class _Lane:
    """A band in pixels of a region. ramp: as a band's. height: of the flat part, by strength."""

    name: str
    left: float
    right: float
    ramp: tuple[float, ...]
    bottom: float
    height: float
    colour: tuple[float, float, float]

    @classmethod
    def place(cls, region: bpy.types.Region, scale: float, top: float, band: Band) -> _Lane:
        """Where a band is shown in a region."""
        left, right, *ramp = (
            region.view2d.view_to_region(frame, 0.0, clip=False)[0] for frame in (band.start, band.end, *band.ramp)
        )
        # Low for a strip that is followed loosely, but high enough to read its name.
        height = _LANE_PX * scale * (0.3 + 0.7 * band.strength)
        colour = _COLOUR if band.is_followed else _MUTED_COLOUR
        name = band.name if band.is_followed else iface_("{name} (not followed)").format(name=band.name)
        return cls(name, left, right, tuple(ramp), top - _LANE_PX * scale, height, colour)

    def fill(self, scale: float) -> None:
        """The band, its edges, and the lane above it."""
        left, right, bottom = self.left, self.right, self.bottom
        drawing.fill([(left, 0), (right, 0), (right, bottom), (left, bottom)], (*self.colour, _BAND_ALPHA))
        for edge in (left, right):
            corners = [(edge, 0), (edge + scale, 0), (edge + scale, bottom), (edge, bottom)]
            drawing.fill(corners, (*self.colour, _EDGE_ALPHA))
        outer_left, inner_left, inner_right, outer_right = self.ramp
        upper = bottom + self.height
        corners = [(outer_left, bottom), (outer_right, bottom), (inner_right, upper), (inner_left, upper)]
        drawing.fill(corners, (*self.colour, _LANE_ALPHA))

    def write(self, scale: float) -> None:
        """The name, from the start of the lane or of what is visible of it."""
        pad = _TEXT_PAD_PX * scale
        drawing.write(self.name, max(self.left, 0.0) + pad, self.bottom + pad, self.right - pad, scale)


class Overlay:
    """Draws in every NLA editor until it is removed. Used on the main thread alone."""

    def __init__(self) -> None:
        self._handle = bpy.types.SpaceNLA.draw_handler_add(_draw, (), "WINDOW", "POST_PIXEL")

    def remove(self) -> None:
        """Draw no more."""
        bpy.types.SpaceNLA.draw_handler_remove(self._handle, "WINDOW")


def register() -> None:
    """Draw in every NLA editor; without an interface there is none."""
    bpy.types.WindowManager.a2g_show_pins = BoolProperty(  # type: ignore[assignment]  # becomes a bool of each instance
        name="Show Pins",
        description="Show pinned strips and their fades in the NLA editor",
        default=True,
        options={"SKIP_SAVE"},
    )
    if not bpy.app.background:
        own(Overlay())


def unregister() -> None:
    """Draw no more."""
    if not bpy.app.background:
        disown(Overlay).remove()
    del bpy.types.WindowManager.a2g_show_pins
