"""Takes: which of them play, which are kept, and baking all that plays into one Action."""

from __future__ import annotations

from typing import Any

import bpy
from bpy.app.translations import pgettext_rpt as rpt_
from bpy.app.translations import pgettext_tip as tip_
from bpy.props import BoolProperty, FloatProperty, StringProperty

from .. import bl
from ..a2g_core.errors import A2GError
from ..scene import as_ik, bake, fewer_keys, ghost, nla, sharing, take_list, takes
from ..speech import strips
from ..ui import state
from ..work import changes
from .base import A2GOperator

_MINUTE_S, _HOUR_S, _DAY_S = 60, 3600, 86400


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
        description="Name of the take and of its NLA track; when empty, the one that is chosen in the list",
        options={"HIDDEN", "SKIP_SAVE"},
    )


class A2G_OT_choose_take(_OneTake):
    """Choose this take in the list"""

    bl_idname = "a2g.choose_take"
    bl_label = "Choose Take"
    bl_options = {"UNDO", "INTERNAL"}

    track: _track_property()

    @classmethod
    def description(cls, context: bpy.types.Context, options: bpy.types.OperatorProperties) -> str:
        """What there is to know of the take: a tooltip."""
        obj = state.character(context)
        found = None if obj is None else take_list.named(obj, options.track)
        return "" if found is None else _about(context, found[1])

    def act(
        self, _context: bpy.types.Context, obj: bpy.types.Object, track: bpy.types.NlaTrack,
        _strip: bpy.types.NlaStrip,
    ) -> None:  # fmt: skip
        take_list.choose(obj, track)


def _about(context: bpy.types.Context, strip: bpy.types.NlaStrip) -> str:
    """Name, seed, style, length, age, and by what it can be told from all others."""
    seconds = (strip.frame_end - strip.frame_start) / strips.scene_fps(context.scene)
    recipe = take_list.recipe_of(strip)
    lines = [
        strip.name,
        tip_("Seed {seed}").format(seed=nla.clip_of(strip).seed),
        "" if recipe is None or not recipe.style else tip_("Style: {name}").format(name=recipe.style),
        tip_("Length: {n:.1f} s").format(n=seconds),
    ]
    if recipe is not None:
        lines += [
            tip_("Made: {age}").format(age=_age(take_list.age_s(recipe))),
            tip_("Hash: {digest}").format(digest=take_list.digest(strip)),
        ]
    return "\n".join(filter(None, lines))


def _age(seconds: float) -> str:
    """How long ago something was, in the largest unit that fits."""
    if seconds < _MINUTE_S:
        return tip_("now")
    if seconds < _HOUR_S:
        return tip_("{n:.0f} min ago").format(n=seconds // _MINUTE_S)
    if seconds < _DAY_S:
        return tip_("{n:.0f} h ago").format(n=seconds // _HOUR_S)
    return tip_("{n:.0f} d ago").format(n=seconds // _DAY_S)


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


class A2G_OT_fewer_keys(_OneTake):
    """Copy this take with fewer keys, on curves that can be edited by hand; it plays instead of this one"""

    bl_idname = "a2g.fewer_keys"
    bl_label = "Fewer Keys"
    bl_options = {"REGISTER", "UNDO", "PRESET"}

    track: _track_property()
    error_deg: FloatProperty(
        name="Error",
        description="Largest error: degrees of bones, hands and feet, and centimetres of where hands and feet are",
        default=0.5, min=0.05, max=10.0, soft_max=3.0, step=10, precision=2,
    )  # fmt: skip

    def act(
        self, _context: bpy.types.Context, obj: bpy.types.Object, _track: bpy.types.NlaTrack,
        strip: bpy.types.NlaStrip,
    ) -> None:  # fmt: skip
        near = fewer_keys.make(obj, strip, self.error_deg)
        text = rpt_("{share:.0%} of the keys are left, at most {degrees:.2f}° and {centimetres:.2f} cm off")
        self.report({"INFO"}, text.format(**near._asdict()))


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


class _PlayingTake(A2GOperator):
    """Writes the playing take in another way."""

    @classmethod
    def require(cls, context: bpy.types.Context) -> None:
        if context.window_manager.a2g.running:
            raise A2GError("gestures are being generated", "wait, or cancel")
        _check_takes(context)
        obj = state.chosen_character(context)
        state.check_character(obj)
        cls.require_take(obj, changes.playing_take(context, obj))

    @classmethod
    def require_take(cls, obj: bpy.types.Object, strip: bpy.types.NlaStrip) -> None:
        """A2GError if this take cannot be written so."""
        raise NotImplementedError


class A2G_OT_write_as_ik(_PlayingTake):
    """Key IK controls of hands and feet in the playing take, so that they stay where they are"""

    bl_idname = "a2g.write_as_ik"
    bl_label = "Write as IK"

    hands: BoolProperty(name="Hands", description="Write arms as IK", default=True)
    feet: BoolProperty(name="Feet", description="Write legs as IK", default=True)

    @classmethod
    def require_take(cls, obj: bpy.types.Object, strip: bpy.types.NlaStrip) -> None:
        as_ik.check(obj, strip)

    def run(self, context: bpy.types.Context) -> None:
        obj = state.chosen_character(context)
        strip = changes.playing_take(context, obj)
        placed = next(placed for placed in nla.placed_strips(obj) if placed.strip == strip)
        as_ik.write(obj, placed, (*(as_ik.HANDS if self.hands else ()), *(as_ik.FEET if self.feet else ())))


class A2G_OT_write_as_fk(_PlayingTake):
    """Take the keys of IK controls out of the playing take again; its FK keys are as they were"""

    bl_idname = "a2g.write_as_fk"
    bl_label = "Write as FK"

    @classmethod
    def require_take(cls, _obj: bpy.types.Object, strip: bpy.types.NlaStrip) -> None:
        as_ik.check_as_ik(strip)

    def run(self, context: bpy.types.Context) -> None:
        obj = state.chosen_character(context)
        as_ik.restore(obj, changes.playing_take(context, obj))


def _check_takes(context: bpy.types.Context) -> None:
    obj = state.editable_character(context)
    if next(take_list.tracks_of(obj), None) is None:
        raise A2GError("the character has no take", "use Generate Gestures")
    nla.check_not_tweaked(obj)


CLASSES = (
    A2G_OT_choose_take, A2G_OT_use_take, A2G_OT_solo_take, A2G_OT_star_take, A2G_OT_duplicate_take, A2G_OT_delete_take,
    A2G_OT_fewer_keys, A2G_OT_compare_take, A2G_OT_bake_action, A2G_OT_write_as_ik, A2G_OT_write_as_fk,
)  # fmt: skip
