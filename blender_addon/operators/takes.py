"""Takes: which of them play, which are kept, and baking all that plays into one Action."""

from __future__ import annotations

from typing import Any

import bpy
from bpy.props import BoolProperty, StringProperty

from .. import bl
from ..a2g_core.errors import A2GError
from ..scene import bake, ghost, nla, sharing, take_list, takes
from ..ui import state
from .base import A2GOperator


class _OneTake(A2GOperator):
    """Acts on the take that is chosen in the list, or on the one whose track is named."""

    track: str | Any  # each operator registers it: Blender does not look into this class

    @classmethod
    def require(cls, context: bpy.types.Context) -> None:
        _check_takes(context)

    def run(self, context: bpy.types.Context) -> None:
        obj = state.chosen_character(context)
        found = take_list.named(obj, self.track) if self.track else take_list.active(obj)
        if found is None and self.track:
            raise A2GError("the character has no take '{name}'", "choose one in the list of takes", name=self.track)
        if found is None:
            raise A2GError("no take is chosen", "choose one in the list of takes")
        self.act(context, obj, *found)

    def act(
        self, context: bpy.types.Context, obj: bpy.types.Object, track: bpy.types.NlaTrack, strip: bpy.types.NlaStrip
    ) -> None:
        """The work on this take; raises A2GError."""
        raise NotImplementedError


def _track_property() -> Any:
    return StringProperty(
        name="Take",
        description="Name of the take's NLA track; when empty, the one that is chosen in the list",
        options={"HIDDEN", "SKIP_SAVE"},
    )


class A2G_OT_use_take(_OneTake):
    """Let this take play instead of the other takes of the same time"""

    bl_idname = "a2g.use_take"
    bl_label = "Use Take"

    track: _track_property()

    def act(
        self, _context: bpy.types.Context, obj: bpy.types.Object, track: bpy.types.NlaTrack,
        strip: bpy.types.NlaStrip,
    ) -> None:  # fmt: skip
        take_list.use(obj, track, strip)


class A2G_OT_solo_take(_OneTake):
    """Let only this take play, and mute all others that are not pinned"""

    bl_idname = "a2g.solo_take"
    bl_label = "Solo Take"

    track: _track_property()

    def act(
        self, _context: bpy.types.Context, obj: bpy.types.Object, track: bpy.types.NlaTrack,
        strip: bpy.types.NlaStrip,
    ) -> None:  # fmt: skip
        take_list.use(obj, track, strip, alone=True)


class A2G_OT_star_take(_OneTake):
    """Mark this take as one to keep, or remove the mark"""

    bl_idname = "a2g.star_take"
    bl_label = "Star Take"

    track: _track_property()

    def act(
        self, _context: bpy.types.Context, obj: bpy.types.Object, _track: bpy.types.NlaTrack,
        strip: bpy.types.NlaStrip,
    ) -> None:  # fmt: skip
        action = sharing.own_action(obj, bl.action_of(strip))
        assert action is not None
        action.a2g.starred = not action.a2g.starred


class A2G_OT_duplicate_take(_OneTake):
    """Copy this take to a track of its own, so that it can be changed without losing this one"""

    bl_idname = "a2g.duplicate_take"
    bl_label = "Duplicate Take"

    track: _track_property()

    def act(
        self, _context: bpy.types.Context, obj: bpy.types.Object, _track: bpy.types.NlaTrack,
        strip: bpy.types.NlaStrip,
    ) -> None:  # fmt: skip
        take_list.duplicate(obj, strip)


class A2G_OT_delete_take(_OneTake):
    """Delete this take; its action stays if something else uses it"""

    bl_idname = "a2g.delete_take"
    bl_label = "Delete Take"

    track: _track_property()

    def act(
        self, _context: bpy.types.Context, obj: bpy.types.Object, track: bpy.types.NlaTrack,
        strip: bpy.types.NlaStrip,
    ) -> None:  # fmt: skip
        take_list.delete(obj, track, strip)


class A2G_OT_compare_take(_OneTake):
    """Show a copy of the character beside it that plays this take; click again to remove the copy"""

    bl_idname = "a2g.compare_take"
    bl_label = "Compare Take"

    track: _track_property()

    @classmethod
    def require(cls, context: bpy.types.Context) -> None:
        if not ghost.exists():
            _check_takes(context)

    def run(self, context: bpy.types.Context) -> None:
        if ghost.exists():
            ghost.check_removable()
            ghost.remove()
        else:
            super().run(context)

    def act(
        self, context: bpy.types.Context, obj: bpy.types.Object, _track: bpy.types.NlaTrack,
        strip: bpy.types.NlaStrip,
    ) -> None:  # fmt: skip
        ghost.show(context.scene, obj, strip)


class A2G_OT_bake_action(A2GOperator):
    """Write what the character does while takes play into one action, which plays instead of them"""

    bl_idname = "a2g.bake_action"
    bl_label = "Bake Gestures to Action"

    remove_takes: BoolProperty(
        name="Remove Takes",
        description="Delete the takes that were baked; otherwise they are muted",
    )

    @classmethod
    def require(cls, context: bpy.types.Context) -> None:
        _check_takes(context)
        obj = state.chosen_character(context)
        state.check_character(obj)
        if obj.animation_data is not None and obj.animation_data.action is not None:
            raise A2GError(
                "the character has an active action, which the baked one would replace", "use Push Down Action first"
            )
        bake.check(obj)

    def run(self, context: bpy.types.Context) -> None:
        obj = state.chosen_character(context)
        baked = [s for s in takes.take_strips(obj) if not s.mute] if self.remove_takes else []
        names = [t.name for _i, t, s in take_list.tracks_of(obj) if s in baked and not t.mute]
        bake.bake(obj)
        for name in names:
            if (found := take_list.named(obj, name)) is not None:
                take_list.delete(obj, *found)


def _check_takes(context: bpy.types.Context) -> None:
    obj = state.editable_character(context)
    if next(take_list.tracks_of(obj), None) is None:
        raise A2GError("the character has no take", "use Generate Gestures")
    nla.check_not_tweaked(obj)


CLASSES = (
    A2G_OT_use_take, A2G_OT_solo_take, A2G_OT_star_take, A2G_OT_duplicate_take, A2G_OT_delete_take,
    A2G_OT_compare_take, A2G_OT_bake_action,
)  # fmt: skip
