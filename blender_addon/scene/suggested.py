"""Gestures that were suggested: which of a character's strips are still as they were, and may be taken back.

What a suggestion was like when it was placed is noted on its Action. Whatever the artist changes since then (its
place, its length, its keys, its pin, its name) makes it hers: then it is never touched again.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import bpy
import numpy as np

from .. import bl
from . import gestures, nla, pins

if TYPE_CHECKING:
    from ..a2g_core.gestures.library import Gesture

_STRIP = (
    "name", "frame_start", "frame_end", "action_frame_start", "action_frame_end", "scale", "repeat", "mute",
    "blend_type", "blend_in", "blend_out", "extrapolation", "use_reverse", "use_animated_influence",
    "use_animated_time", "use_auto_blend",
)  # fmt: skip
_PIN = ("strength", "fade_in_frames", "fade_out_frames", "muted")


@dataclass(frozen=True)
class Made:
    """A suggestion on the timeline. word: its number among those that are kept. at_frame: of its emphasis."""

    pinned: pins.PinnedStrip
    word: int
    said: str
    gesture: str
    hand: str
    at_frame: int
    is_untouched: bool

    @property
    def strip(self) -> bpy.types.NlaStrip:
        """Its strip."""
        return self.pinned.strip


def add(obj: bpy.types.Object, gesture: Gesture, frame: int, fps: float, word: int, said: str) -> bpy.types.NlaStrip:
    """Place a suggestion for a word with its emphasis on this frame. Raises as `gestures.add` does."""
    strip = gestures.add(obj, gesture, frame, fps, said)
    pinned = next(p for p in pins.pinned_strips(obj) if p.strip == strip)
    note = {"word": word, "said": said, "at": frame, "is": _state(obj, pinned)}
    nla.clip_of(strip).suggested = json.dumps(note, ensure_ascii=False)
    return strip


def find(obj: bpy.types.Object) -> list[Made]:
    """All suggestions of a character that are there, lowest track first."""
    found = []
    for pinned in pins.pinned_strips(obj):
        clip = nla.clip_of(pinned.strip)
        if not clip.suggested:
            continue
        try:
            note = json.loads(clip.suggested)
            word, said, at_frame = int(note["word"]), str(note["said"]), int(note["at"])
        except (ValueError, TypeError, LookupError):
            continue
        is_untouched = note.get("is") == _state(obj, pinned)
        found.append(Made(pinned, word, said, clip.gesture, clip.hand, at_frame, is_untouched))
    return found


def remove(obj: bpy.types.Object, chosen: list[Made]) -> None:
    """Take suggestions back, with their Actions where nobody else uses them, and our tracks that they leave empty."""
    nla.check_not_tweaked(obj)
    for strip, action in [(made.strip, made.pinned.placed.action) for made in chosen]:
        placed = nla.find(obj, strip)
        pins.unpin_strips(obj, [placed])
        gestures.remove_strip(obj, placed.track, strip)
        if not action.users:
            bpy.data.actions.remove(action)


def _state(obj: bpy.types.Object, pinned: pins.PinnedStrip) -> list[Any]:
    """All that an artist may change of a suggestion, as JSON gives it back."""
    strip, action, entry = pinned.strip, pinned.placed.action, pinned.settings
    if any(pinned.placed.metas) or pinned.index is None:
        return ["moved"]
    values = [getattr(strip, name) for name in _STRIP]
    kept = [getattr(entry, name) for name in _PIN] + [sorted(entry.body_parts)]
    keyed = nla.animated_values(obj, f"a2g_pins[{pinned.index}].strength", np.zeros(1)) is not None
    marks = [[mark.name, mark.frame] for mark in action.pose_markers]
    rounded = [round(value, 4) if isinstance(value, float) else value for value in (*values, *kept)]
    track = [pinned.placed.track.mute, pinned.placed.track.lock]
    return [*rounded, keyed, marks, *track, len(strip.modifiers), gestures.digest(action, bl.slot_of(strip))]
