"""The lane of words: what is said when, below the scrubbing area of the sequencer and in the NLA editor."""

from __future__ import annotations

from collections.abc import Sequence

import bpy
from bpy.app.translations import pgettext_iface as iface_

from ..owner import owned
from ..work import words
from . import lane, lanes

_NAME = "words"


def provide(context: bpy.types.Context, obj: bpy.types.Object) -> Sequence[lane.Lane]:
    """The words of a character's speech, where they are heard; no lane where they are not known."""
    spans = tuple(lane.Span(first, last, text) for first, last, text in words.lane(context, obj))
    return [lane.Lane(iface_("Words"), spans=spans)] if spans else []


def register() -> None:
    """Show it."""
    owned(lanes.Lanes).provide(_NAME, provide)


def unregister() -> None:
    """Show it no more."""
    owned(lanes.Lanes).withdraw(_NAME)
