"""The list of takes, how the chosen one was made, and what can be done with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import bpy
from bpy.app.translations import pgettext_iface as iface_

from .. import sentences
from ..owner import owned
from ..scene import as_ik, ghost, influence, nla, pictures, take_list, takes
from ..ui import state, take_pictures, watch
from ..work import changes, gesture_model
from .common import Sidebar, draw_sentence, split, style_label, whole

if TYPE_CHECKING:
    from bpy.stub_internal.rna_enums import IconItems

_NAME_SHARE = 0.53  # of a row between its marks; seed and style take the rest
_DIGEST_CHARACTERS = 8
_PICTURE_UNITS, _SMALL_UNITS, _IN_A_ROW = 4.4, 5.0, 4  # sides of pictures, in Blender's units


class A2G_UL_takes(bpy.types.UIList):
    """Takes by name, with their seed and style; the newest first"""

    # Nine parameters because Blender calls it.
    def draw_item(
        self, context: bpy.types.Context, layout: bpy.types.UILayout, _data: Any, item: Any, _icon: int | None,
        _active_data: Any, _active_property: str | None, _index: int | None = 0, _flag: int | None = 0,
    ) -> None:  # fmt: skip
        """One take."""
        strip = take_list.strip_of(item)
        if strip is None:
            return
        row = layout.row(align=True)
        row.active = not (strip.mute or item.mute)
        is_playing = takes.take_at(item.id_data, context.scene.frame_current) == strip
        icon: IconItems = "PLAY" if is_playing else "DOT"
        row.operator("a2g.use_take", text="", icon=icon, emboss=False).track = strip.name
        split = row.split(factor=_NAME_SHARE)
        split.prop(item, "name", text="", emboss=False)
        split.operator("a2g.choose_take", text=_facts(strip), emboss=False, translate=False).track = strip.name
        row.prop(strip, "mute", text="", icon="HIDE_OFF", emboss=False)  # Blender shows the icon before it when muted

    def filter_items(self, _context: bpy.types.Context, data: Any, name: str) -> tuple[list[int], list[int]]:
        """Only takes, newest first."""
        tracks = getattr(data, name)
        wanted = self.filter_name.lower()
        shown = [
            self.bitflag_filter_item if take_list.strip_of(t) is not None and wanted in t.name.lower() else 0
            for t in tracks
        ]
        return shown, list(reversed(range(len(tracks))))


def _facts(strip: bpy.types.NlaStrip) -> str:
    """A star if it has one, its seed, and the style that it is performed in."""
    clip, recipe = nla.clip_of(strip), take_list.recipe_of(strip)
    return " ".join(filter(None, ("★" if clip.starred else "", str(clip.seed), recipe.style if recipe else "")))


class _TakesPanel(Sidebar):
    bl_label = "Takes"
    page = "takes"
    bl_order = 1

    @whole
    def draw(self, context: bpy.types.Context) -> None:
        """The list with its buttons, changes to the playing take, and how the chosen one was made."""
        layout = split(self.layout)
        obj = state.character(context)
        if obj is None or next(take_list.tracks_of(obj), None) is None:
            layout.label(text="No takes yet: use Generate Gestures", icon="INFO")
            return
        owned(watch.Watch).sync_soon(obj)
        # All of the width: a name, a seed and a style beside a scroll bar.
        layout.template_list("A2G_UL_takes", "", obj.animation_data, "nla_tracks", obj, "a2g_active_take", rows=6)
        chosen = take_list.active(obj)
        _draw_chosen(layout, obj, None if chosen is None else chosen[1])
        _draw_changes(layout, has_ik=bool(as_ik.known(obj)))
        if chosen is not None:
            _draw_provenance(layout, context, chosen[1])


def _draw_chosen(layout: bpy.types.UILayout, obj: bpy.types.Object, chosen: bpy.types.NlaStrip | None) -> None:
    """The picture of the chosen take, and what can be done with it as a whole."""
    row = layout.row()
    if chosen is not None and (icon := owned(take_pictures.TakePictures).icon(obj, chosen)):
        row.template_icon(icon_value=icon, scale=_PICTURE_UNITS)
    column = row.column()
    column.use_property_split = False
    row = column.row(align=True)
    row.enabled = chosen is not None or ghost.exists()
    is_starred = chosen is not None and nla.clip_of(chosen).starred
    row.operator("a2g.use_take", text="", icon="CHECKMARK")
    # The operator, not the property: characters that were duplicated share a take's action, and its star.
    row.operator("a2g.star_take", text="", icon="SOLO_ON" if is_starred else "SOLO_OFF", depress=is_starred)
    row.operator("a2g.solo_take", text="", icon="RADIOBUT_ON")
    row.operator("a2g.compare_take", text="", icon="GHOST_ENABLED", depress=ghost.exists())
    row.operator("a2g.duplicate_take", text="", icon="DUPLICATE")
    row.operator("a2g.delete_take", text="", icon="TRASH")
    if pictures.are_wanted():
        column.popover(A2G_PT_take_pictures.__name__, text="Pictures", icon="IMAGE_DATA")
    if chosen is not None:
        _draw_influence(column, obj, chosen)


class A2G_PT_take_pictures(bpy.types.Panel):
    """Pictures of all takes, the newest first; a click on a name lets that take play"""

    bl_label = "Pictures of Takes"
    bl_space_type = "VIEW_3D"
    bl_region_type = "HEADER"  # shown by its button alone, in whatever editor that is
    bl_options = {"INSTANCED"}
    bl_ui_units_x = 22

    @whole
    def draw(self, context: bpy.types.Context) -> None:
        """Some in a row, each with its name below it."""
        obj = state.character(context)
        if obj is None:
            return
        grid = self.layout.grid_flow(row_major=True, columns=_IN_A_ROW, even_columns=True, even_rows=True)
        for _index, track, strip in reversed(list(take_list.tracks_of(obj))):
            column = grid.column(align=True)
            if icon := owned(take_pictures.TakePictures).icon(obj, strip):
                column.template_icon(icon_value=icon, scale=_SMALL_UNITS)
            is_playing = takes.take_at(obj, context.scene.frame_current) == strip
            mark: IconItems = "PLAY" if is_playing else "NONE"
            column.operator("a2g.use_take", text=strip.name, icon=mark, translate=False).track = track.name


def _draw_influence(layout: bpy.types.UILayout, obj: bpy.types.Object, strip: bpy.types.NlaStrip) -> None:
    """How much the chosen take counts over what plays below it; with the artist's own keys as the NLA editor has it."""
    if influence.value(strip) is not None:
        layout.prop(obj, "a2g_influence", slider=True)
        return
    layout.prop(strip, "use_animated_influence")
    value = layout.row()
    value.active = strip.use_animated_influence
    value.prop(strip, "influence", slider=True)


def _draw_changes(layout: bpy.types.UILayout, *, has_ik: bool) -> None:
    column = layout.column(align=True)
    column.operator("a2g.update_take", icon="FILE_REFRESH")
    column.operator("a2g.regenerate_range", icon="PREVIEW_RANGE")
    row = column.row(align=True)
    row.operator("a2g.change_phrase", text="", icon="TRIA_LEFT").direction = "PREVIOUS"
    row.operator("a2g.change_phrase", text="Change Phrase").direction = "NEXT"
    row.operator("a2g.change_phrase", text="", icon="TRIA_RIGHT").direction = "NEXT"
    row = column.row(align=True)
    row.operator("a2g.change_accent", text="", icon="REMOVE").direction = "WEAKER"
    row.operator("a2g.change_accent", text="Strengthen Accent").direction = "STRONGER"
    row.operator("a2g.change_accent", text="", icon="ADD").direction = "STRONGER"
    column = layout.column(align=True)
    column.operator("a2g.reproduce_take", icon="RECOVER_LAST")
    column.operator("a2g.fewer_keys", icon="KEYFRAME")
    column.operator("a2g.bake_action", icon="ACTION")
    column.operator("a2g.export_take", icon="EXPORT")
    if has_ik:
        row = column.row(align=True)
        row.operator("a2g.write_as_ik", icon="CON_KINEMATIC")
        row.operator("a2g.write_as_fk", text="", icon="LOOP_BACK")


def _draw_provenance(layout: bpy.types.UILayout, context: bpy.types.Context, strip: bpy.types.NlaStrip) -> None:
    column = layout.column(align=True)
    column.active = False
    recipe = take_list.recipe_of(strip)
    if recipe is None:
        draw_sentence(column, context, take_list.problem_of(strip), "INFO")
        return
    column.label(text=iface_("Speech: {name}").format(name=recipe.speech), icon="INFO")
    text = iface_("Seed {seed}, version {version}")
    column.label(text=text.format(seed=recipe.request.seed, version=recipe.version), icon="BLANK1", translate=False)
    if not gesture_model.is_builtin(recipe.model):
        name = recipe.model_name or recipe.model[:_DIGEST_CHARACTERS]  # takes of earlier versions have no name of it
        column.label(text=iface_("Model: {name}").format(name=name), icon="BLANK1", translate=False)
    if recipe.style:
        chosen = recipe.request.style
        text = iface_("Style: {name}").format(name=chosen) if chosen else style_label("", recipe.drawn_style)
        column.label(text=text, icon="BLANK1", translate=False)
    if problem := sentences.reason(changes.check_model, context, strip):
        draw_sentence(column, context, problem, "INFO")


class A2G_PT_takes(_TakesPanel):
    """Performances of the speech, the newest first"""

    bl_space_type = "VIEW_3D"
    bl_parent_id = "A2G_PT_gestures"


class _TakesAndLanes(_TakesPanel):
    """In an editor that shows lanes, with a switch for them."""

    @whole
    def draw(self, context: bpy.types.Context) -> None:
        """As in the 3D View, and the switch."""
        _TakesPanel.draw(self, context)
        self.layout.prop(context.window_manager, "a2g_show_lanes")


class A2G_PT_nla_takes(_TakesAndLanes):
    """Performances of the speech, the newest first"""

    bl_space_type = "NLA_EDITOR"
    bl_parent_id = "A2G_PT_nla_gestures"


class A2G_PT_sequencer_takes(_TakesAndLanes):
    """Performances of the speech, the newest first"""

    bl_space_type = "SEQUENCE_EDITOR"
    bl_parent_id = "A2G_PT_sequencer_gestures"
