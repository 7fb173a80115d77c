"""Gestures on the timeline: add one, put another in its place, do it with the other hand, and make one's own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import bpy
from bpy.app.translations import pgettext_iface as iface_
from bpy.app.translations import pgettext_rpt as rpt_
from bpy.props import BoolProperty, EnumProperty, IntProperty, StringProperty

from ..a2g_core.errors import GestureError, OutputError
from ..scene import gesture_assets, gestures, nla, own_gestures, pins
from ..scene.nla import Placed
from ..speech.strips import absolute, scene_fps
from ..ui import state
from ..work import gesture_model
from .base import A2GOperator, Items, keep_items

if TYPE_CHECKING:
    from ..a2g_core.gestures.library import Gesture

if TYPE_CHECKING:
    from .base import Status

_AS_MADE, _SELECTED = "AS_MADE", -1
_HANDS = (
    ("LEFT", "Left", "The character's left hand"),
    ("RIGHT", "Right", "The character's right hand"),
    ("BOTH", "Both", "Both hands, each as the other's mirror if the gesture is one hand's"),
)
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
    return own_gestures.read(obj, bpy.data.actions[name], scene_fps(context.scene))


class _AsksWhich(A2GOperator):
    """Does something with a gesture that is chosen from a list."""

    def invoke(self, context: bpy.types.Context, _event: bpy.types.Event) -> Status:
        """Ask which one, in a list that can be searched; a script or a menu has said it already."""
        if self.properties.is_property_set("gesture"):
            return self.execute(context)
        context.window_manager.invoke_search_popup(self)
        return {"RUNNING_MODAL"}


class A2G_OT_add_gesture(_AsksWhich):
    """Pin a gesture that means something, with its emphasis on the current frame; legs and trunk go on as they are"""

    bl_idname = "a2g.add_gesture"
    bl_label = "Add Gesture at Playhead"
    bl_property = "gesture"

    gesture: _gesture_property()
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

    @classmethod
    def require(cls, context: bpy.types.Context) -> None:
        state.editable_character(context)
        model = gesture_model.current(context)
        if model is not None:
            gesture_model.check_pins(model)

    def run(self, context: bpy.types.Context) -> None:
        obj, scene = state.chosen_character(context), context.scene
        gesture = _chosen(context, obj, self.gesture)
        if self.hand != _AS_MADE:
            gesture = gesture.with_hand(self.hand.lower())
        gestures.add(obj, gesture, scene.frame_current, scene_fps(scene))


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
    bl_property = "gesture"

    gesture: _gesture_property()
    pin: _pin_property()

    def run(self, context: bpy.types.Context) -> None:
        obj = state.chosen_character(context)
        gesture = _chosen(context, obj, self.gesture)
        for strip in [placed.strip for placed in self.chosen(obj)]:
            gestures.replace(obj, nla.find(obj, strip), gesture, scene_fps(context.scene))


class A2G_OT_gesture_hand(_OnPlaced):
    """Do this gesture with the other hand, or with both; its emphasis stays on its frame"""

    bl_idname = "a2g.gesture_hand"
    bl_label = "Hand of Gesture"

    hand: EnumProperty(name="Hand", description="Which hand does it", items=_HANDS)
    pin: _pin_property()

    def run(self, context: bpy.types.Context) -> None:
        obj, fps = state.chosen_character(context), scene_fps(context.scene)
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
        actions = _her_actions(context, obj)
        for action in actions:
            if action.library is not None:
                raise GestureError(
                    "the action of '{name}' is linked from another file", "make it local first", name=action.name
                )
            if self.mark:
                own_gestures.read(obj, action, scene_fps(context.scene))  # an error now rather than later
        for action in actions:
            action.a2g.is_gesture, action.a2g.category = self.mark, self.category if self.mark else ""
            if self.mark:
                action.use_fake_user = True
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
    """Write all gestures into a file of their own, as assets with pictures, for the bones of this character"""

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
        n = gesture_assets.write(obj, absolute(self.filepath), scene_fps(context.scene), self.replace)
        self.report({"INFO"}, rpt_("{n} gestures were written; add the folder under Preferences > File Paths > "
                                   "Asset Libraries to see them").format(n=n))  # fmt: skip


CLASSES = (
    A2G_OT_add_gesture, A2G_OT_replace_gesture, A2G_OT_gesture_hand, A2G_OT_mark_as_gesture,
    A2G_OT_write_gesture_library,
)  # fmt: skip
