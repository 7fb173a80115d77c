"""Gestures on the timeline: add one, put another in its place, do it with the other hand, and make one's own."""

from __future__ import annotations

from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import bpy
from bpy.app.translations import pgettext_iface as iface_
from bpy.app.translations import pgettext_rpt as rpt_
from bpy.props import BoolProperty, EnumProperty, IntProperty, StringProperty

from ..a2g_core.errors import GestureError, OutputError
from ..owner import owned
from ..scene import gesture_assets, gestures, nla, own_gestures, pictures, pins
from ..sentences import sentence
from ..speech import strips
from ..ui import gesture_pictures, state
from ..work import gesture_model
from .base import A2GOperator, Items, keep_items

if TYPE_CHECKING:
    from ..a2g_core.gestures.library import Gesture
    from ..scene.nla import Placed

if TYPE_CHECKING:
    from .base import Status

_AS_MADE, _SELECTED = "AS_MADE", -1
_HANDS = (
    ("LEFT", "Left", "The character's left hand"),
    ("RIGHT", "Right", "The character's right hand"),
    ("BOTH", "Both", "Both hands, each as the other's mirror if the gesture is one hand's"),
)
_COLUMNS, _ROWS = 6, 4
_CELL_PX, _PICTURE_SCALE = 118, 4.6
"""The dialog's width for each column, and the height of a picture, in lines of the interface."""
_MINE = "mine:"
"""Before the name of an Action, in menus: one of the library may be called like it."""


def _gesture_items(_context: bpy.types.Context | None) -> Items:
    """The artist's own first."""
    from ..a2g_core.gestures.library import catalogue

    rows = [(row["name"], row["name"], row["category"]) for row in catalogue()]
    library = [(name, f"{iface_(label)} · {iface_(category)}", "") for name, label, category in rows]
    mine = [(action, own_gestures.category_of(action)) for action in own_gestures.marked()]
    return [
        *((_MINE + a.name, " · ".join(filter(None, (a.name, iface_(category)))), "") for a, category in mine),
        *library,
    ]


def _gesture_property() -> Any:
    return EnumProperty(
        name="Gesture",
        description="What the gesture is called, and what it means",
        items=keep_items(_gesture_items),
    )


def _chosen(context: bpy.types.Context, obj: bpy.types.Object, name: str) -> Gesture:
    """The gesture that was chosen in a menu. GestureError, or what reading clips raises, for one that cannot be."""
    from ..a2g_core.gestures.library import find

    if not name.startswith(_MINE):
        return find(name)
    name = name.removeprefix(_MINE)
    if name not in bpy.data.actions:
        raise GestureError("there is no gesture '{name}'", "choose another one", name=name)
    return own_gestures.read(obj, bpy.data.actions[name], strips.scene_fps(context.scene))


def matching(text: str) -> Items:
    """The gestures that have each of these words in their name or category, or all; first those that begin so."""
    text = text.lower().strip()
    items = _gesture_items(None)
    found = [item for item in items if all(word in f"{item[0]} {item[1]}".lower() for word in text.split())]
    return sorted(found, key=lambda item: not item[1].lower().startswith(text))


def _choose_first(dialog: Any, _context: bpy.types.Context) -> None:
    """A gesture that is not shown any more is not meant."""
    found = matching(dialog.filter)
    dialog.page = 1
    if found and dialog.gesture not in {name for name, _, _ in found}:
        dialog.gesture = found[0][0]


def _filter_property() -> Any:
    return StringProperty(
        name="Filter",
        description="Show those alone whose name or meaning has this in it",
        options={"SKIP_SAVE", "TEXTEDIT_UPDATE"},
        update=_choose_first,
    )


def _page_property() -> Any:
    return IntProperty(
        name="Page", description="Which part of the gestures is shown", default=1, min=1, options={"SKIP_SAVE"},
    )  # fmt: skip


class _AsksWhich(A2GOperator):
    """Does something with a gesture that is chosen from pictures."""

    gesture: str | Any  # each operator registers them: Blender does not look into this class
    filter: str | Any
    page: int | Any

    def invoke(self, context: bpy.types.Context, _event: bpy.types.Event) -> Status:
        """Ask which one, by pictures and names; a script or a menu has said it already."""
        if self.properties.is_property_set("gesture"):
            return self.execute(context)
        owned(gesture_pictures.GesturePictures).prepare()
        return context.window_manager.invoke_props_dialog(self, width=_COLUMNS * _CELL_PX)

    def draw(self, context: bpy.types.Context) -> None:
        """What to look for, and what is found; where the last operation is adjusted, there is room for a menu alone."""
        layout = self.layout
        if context.region is not None and context.region.type == "HUD":
            layout.prop(self, "gesture")
            return
        found = matching(self.filter)
        n_pages = max(1, ceil(len(found) / (_COLUMNS * _ROWS)))
        row = layout.row()
        line = row.row()
        line.activate_init = True  # type at once
        line.prop(self, "filter", text="", icon="VIEWZOOM")
        if n_pages > 1:
            row.prop(self, "page")
            row.label(text=iface_("of {n}").format(n=n_pages))
        grid = layout.grid_flow(row_major=True, columns=_COLUMNS, even_columns=True, even_rows=True)
        first = (min(self.page, n_pages) - 1) * _COLUMNS * _ROWS
        for name, label, _ in found[first : first + _COLUMNS * _ROWS]:
            cell = grid.column(align=True)
            if pictures.are_wanted():
                cell.template_icon(icon_value=_icon(name), scale=_PICTURE_SCALE)
            cell.prop_enum(self, "gesture", name, text=label.split(" · ")[0], translate=False)
        if not found:
            layout.label(text="No gesture is called so", icon="INFO")


def _icon(name: str) -> int:
    """The picture of a gesture in the list: of the artist's own, the preview of its Action."""
    if not name.startswith(_MINE):
        return owned(gesture_pictures.GesturePictures).icon(name)
    name = name.removeprefix(_MINE)
    preview = bpy.data.actions[name].preview if name in bpy.data.actions else None
    return preview.icon_id if preview is not None else 0


class _Adds(A2GOperator):
    """Pins a gesture on a character that can be changed, for a model that follows pins."""

    @classmethod
    def require(cls, context: bpy.types.Context) -> None:
        state.editable_character(context)
        model = gesture_model.current(context)
        if model is not None:
            gesture_model.check_pins(model)


class A2G_OT_add_gesture(_AsksWhich, _Adds):
    """Pin a gesture that means something, with its emphasis on the current frame; legs and trunk go on as they are"""

    bl_idname = "a2g.add_gesture"
    bl_label = "Add Gesture at Playhead"

    gesture: _gesture_property()
    filter: _filter_property()
    page: _page_property()
    hand: EnumProperty(
        name="Hand",
        description="Which hand does it",
        items=(
            (_AS_MADE, "As It Is", "The hand or hands that the gesture was recorded with"),
            *_HANDS,
        ),
        default=_AS_MADE,
        options={"SKIP_SAVE"},
    )

    def draw(self, context: bpy.types.Context) -> None:
        """Which gesture, and by which hand."""
        super().draw(context)
        self.layout.row().prop(self, "hand", expand=True)

    def run(self, context: bpy.types.Context) -> None:
        obj, scene = state.chosen_character(context), context.scene
        gesture = _chosen(context, obj, self.gesture)
        if self.hand != _AS_MADE:
            gesture = gesture.with_hand(self.hand.lower())
        gestures.add(obj, gesture, scene.frame_current, strips.scene_fps(scene))


class A2G_OT_add_gesture_asset(_Adds):
    """Pin an Action of the Asset Browser as a gesture, with its emphasis on the current frame"""

    bl_idname = "a2g.add_gesture_asset"
    bl_label = "Add Gesture of Asset Browser"

    filepath: StringProperty(
        name="File",
        description="The asset library; that of the selected asset if none is given",
        subtype="FILE_PATH", options={"SKIP_SAVE", "HIDDEN"},
    )  # fmt: skip
    name: StringProperty(
        name="Name",
        description="What the Action is called; the selected asset if none is given",
        options={"SKIP_SAVE", "HIDDEN"},
    )

    def invoke(self, context: bpy.types.Context, _event: bpy.types.Event) -> Status:
        """Of the asset that is selected now."""
        asset = getattr(context, "asset", None)
        if not self.name and asset is not None and asset.id_type == "ACTION":
            self.name, self.filepath = asset.name, asset.full_library_path
        return self.execute(context)

    def run(self, context: bpy.types.Context) -> None:
        obj, scene = state.chosen_character(context), context.scene
        if not self.name:
            raise GestureError("no action is selected in the Asset Browser", "select one there")
        before = set(bpy.data.actions)
        if self.filepath:
            action = gesture_assets.take_in(strips.absolute(self.filepath), self.name)
        elif self.name in bpy.data.actions:
            action = bpy.data.actions[self.name]
        else:
            raise GestureError("there is no gesture '{name}'", "choose another one", name=self.name)
        try:
            fps = strips.scene_fps(scene)
            gestures.add(obj, own_gestures.read(obj, action, fps), scene.frame_current, fps)
        except BaseException:
            if action not in before:
                bpy.data.actions.remove(action)
            raise


class _OnPlaced(A2GOperator):
    """Changes gestures that are on the timeline: the selected ones, or that of a pin."""

    pin: int | Any  # each operator registers it: Blender does not look into this class

    @classmethod
    def require(cls, context: bpy.types.Context) -> None:
        obj = state.editable_character(context)
        nla.check_not_tweaked(obj)
        if not any(placed.action.a2g.gesture for placed in nla.placed_strips(obj)):
            raise GestureError("no gesture was placed yet", "use Add Gesture at Playhead")

    def chosen(self, obj: bpy.types.Object) -> list[Placed]:
        """The gestures to change; GestureError if there are none, before anything is changed."""
        pinned = None if self.pin == _SELECTED else pins.find_pin(obj, self.pin)
        some = [p for p in nla.placed_strips(obj) if (p.is_selected if pinned is None else p.strip == pinned.strip)]
        found = [placed for placed in some if placed.action.a2g.gesture]
        if not found:
            raise GestureError("no gesture is selected", "select the strip of one in the NLA editor")
        for placed in found:
            gestures.emphasis_frame(placed)
        return found


def _pin_property() -> Any:
    return IntProperty(
        name="Pin", description="Number of the pin in the list; -1 is the selected strips", default=_SELECTED,
        min=_SELECTED, options={"HIDDEN", "SKIP_SAVE"},
    )  # fmt: skip


class A2G_OT_replace_gesture(_AsksWhich, _OnPlaced):
    """Put another gesture in place of this one; its emphasis stays on its frame"""

    bl_idname = "a2g.replace_gesture"
    bl_label = "Replace With…"

    gesture: _gesture_property()
    filter: _filter_property()
    page: _page_property()
    pin: _pin_property()

    def run(self, context: bpy.types.Context) -> None:
        obj = state.chosen_character(context)
        gesture = _chosen(context, obj, self.gesture)
        for strip in [placed.strip for placed in self.chosen(obj)]:
            gestures.replace(obj, nla.find(obj, strip), gesture, strips.scene_fps(context.scene))


class A2G_OT_gesture_hand(_OnPlaced):
    """Do this gesture with the other hand, or with both; its emphasis stays on its frame"""

    bl_idname = "a2g.gesture_hand"
    bl_label = "Hand of Gesture"

    hand: EnumProperty(name="Hand", description="Which hand does it", items=_HANDS)
    pin: _pin_property()

    def run(self, context: bpy.types.Context) -> None:
        obj, fps = state.chosen_character(context), strips.scene_fps(context.scene)
        changes = []
        for placed in self.chosen(obj):
            name = placed.action.a2g.gesture
            gesture = own_gestures.named(obj, name, "", fps)
            if gesture is None:
                raise GestureError("there is no gesture '{name}'", "choose another one", name=name)
            changes.append((placed.strip, gesture.with_hand(self.hand.lower())))
        for strip, gesture in changes:
            gestures.replace(obj, nla.find(obj, strip), gesture, fps)


def _category_items(_context: bpy.types.Context | None) -> Items:
    return [("", iface_("From Name"), ""), *((name, iface_(name), "") for name in own_gestures.categories())]


class A2G_OT_mark_as_gesture(A2GOperator):
    """Offer the Actions of the selected strips, or else the active Action, among the gestures, for any character"""

    bl_idname = "a2g.mark_as_gesture"
    bl_label = "Mark as Gesture"

    category: EnumProperty(
        name="Category",
        description="What the gesture means; suggestions choose by it",
        items=keep_items(_category_items),
        options={"SKIP_SAVE"},
    )
    as_asset: BoolProperty(
        name="Mark as Asset",
        description="Show it in the Asset Browser, too",
        options={"SKIP_SAVE"},
    )
    mark: BoolProperty(
        name="Mark",
        description="Off, it is no longer offered",
        default=True,
        options={"SKIP_SAVE"},
    )

    @classmethod
    def require(cls, context: bpy.types.Context) -> None:
        if not _her_actions(context, state.editable_character(context)):
            raise GestureError(
                "no action of the character is selected", "select strips of it in the NLA editor, or key a gesture"
            )

    def invoke(self, context: bpy.types.Context, _event: bpy.types.Event) -> Status:
        """Ask what it means."""
        return context.window_manager.invoke_props_dialog(self)

    def run(self, context: bpy.types.Context) -> None:
        obj = state.chosen_character(context)
        actions, read = _her_actions(context, obj), {}
        for action in actions:
            if action.library is not None:
                raise GestureError(
                    "the action of '{name}' is linked from another file", "make it local first", name=action.name
                )
            if self.mark:
                read[action] = own_gestures.read(obj, action, strips.scene_fps(context.scene))
        for action in actions:
            action.a2g.is_gesture, action.a2g.category = self.mark, self.category if self.mark else ""
            if self.mark:
                action.use_fake_user = True
                gesture_assets.draw(action, read[action])
            if self.mark and self.as_asset:
                if action.asset_data is None:
                    action.asset_mark()
                about: Any = action.asset_data
                if category := own_gestures.category_of(action):
                    about.tags.new(category, skip_if_exists=True)


def _her_actions(context: bpy.types.Context, obj: bpy.types.Object) -> list[bpy.types.Action]:
    selected = [placed.action for placed in state.selected_strips(context)]
    active = obj.animation_data.action if obj.animation_data is not None else None
    return list(dict.fromkeys(selected)) or ([active] if active is not None else [])


class A2G_OT_write_gesture_library(A2GOperator):
    """Write all gestures, yours too, into a file of their own, as assets with pictures, for this character's bones"""

    bl_idname = "a2g.write_gesture_library"
    bl_label = "Write Gesture Library…"
    bl_options = {"REGISTER"}

    filepath: StringProperty(subtype="FILE_PATH", options={"SKIP_SAVE"})
    filter_glob: StringProperty(default="*.blend", options={"HIDDEN"})
    check_existing: BoolProperty(default=True, options={"HIDDEN"})
    replace: BoolProperty(
        name="Replace",
        description="Replace a library that was written before; no other file is ever replaced",
        default=True, options={"SKIP_SAVE"},
    )  # fmt: skip
    replace_own: BoolProperty(
        name="Replace Own Gestures",
        description="Also where the library that was written before has gestures of your own",
        options={"SKIP_SAVE"},
    )

    @classmethod
    def require(cls, context: bpy.types.Context) -> None:
        state.check_writable(state.chosen_character(context))

    def invoke(self, context: bpy.types.Context, _event: bpy.types.Event) -> Status:
        """Ask where to."""
        name = bpy.path.clean_name(state.chosen_character(context).name)
        folder = Path(bpy.data.filepath).parent if bpy.data.filepath else Path.home()
        self.filepath = str(folder / f"gestures_{name}.blend")
        context.window_manager.fileselect_add(self)
        return {"RUNNING_MODAL"}

    def run(self, context: bpy.types.Context) -> None:
        obj = state.chosen_character(context)
        if not self.filepath:
            raise OutputError("no file is given", "choose one that ends in .blend")
        n, problems = gesture_assets.write(
            obj, strips.absolute(self.filepath), strips.scene_fps(context.scene),
            may_replace=self.replace, may_lose_own=self.replace_own,
        )  # fmt: skip
        self.report({"INFO"}, rpt_("{n} gestures were written; add the folder under Preferences > File Paths > "
                                   "Asset Libraries to see them").format(n=n))  # fmt: skip
        for problem in problems:
            self.report({"WARNING"}, sentence(problem))


CLASSES = (
    A2G_OT_add_gesture, A2G_OT_add_gesture_asset, A2G_OT_replace_gesture, A2G_OT_gesture_hand, A2G_OT_mark_as_gesture,
    A2G_OT_write_gesture_library,
)  # fmt: skip
