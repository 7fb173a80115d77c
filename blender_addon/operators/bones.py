"""The list of bones: pick, mirror, exchange sides, guess anew, and keep it as a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import bpy
from bpy.app.translations import pgettext_iface as iface_
from bpy.app.translations import pgettext_rpt as rpt_
from bpy.props import BoolProperty, EnumProperty, StringProperty

from .. import sentences
from ..a2g_core.errors import A2GError, RigError, reason
from ..a2g_core.files import is_file
from ..scene import bones, rig_store
from ..speech import strips
from ..ui import state
from .base import A2GOperator

if TYPE_CHECKING:
    from .base import Status


def _row_property() -> Any:
    return StringProperty(
        name="Row",
        description="Row of the list of bones, as the manual names it",
        options={"HIDDEN", "SKIP_SAVE"},
    )


class A2G_OT_set_bone(A2GOperator):
    """Put a bone into a row of the list of bones; if another row has it, the two exchange theirs"""

    bl_idname = "a2g.set_bone"
    bl_label = "Set Bone"
    bl_options = {"REGISTER", "UNDO", "INTERNAL"}

    row: _row_property()
    bone: StringProperty(name="Bone", description="Name of the bone; when empty, the row is emptied")

    @classmethod
    def require(cls, context: bpy.types.Context) -> None:
        state.editable_character(context)

    def run(self, context: bpy.types.Context) -> None:
        bones.set_bone(state.chosen_character(context), self.row, self.bone)


class A2G_OT_pick_bone(A2GOperator):
    """Put the active bone into this row: click a bone in Pose Mode, then click here"""

    bl_idname = "a2g.pick_bone"
    bl_label = "Pick Bone"
    bl_options = {"REGISTER", "UNDO", "INTERNAL"}

    row: _row_property()

    @classmethod
    def require(cls, context: bpy.types.Context) -> None:
        obj = state.editable_character(context)
        if obj.mode != "POSE":
            raise A2GError("'{name}' is not in Pose Mode", "click a bone there first", name=obj.name)
        if not bones.active_bone(obj):
            raise A2GError("no bone of '{name}' is active", "click one first", name=obj.name)

    def run(self, context: bpy.types.Context) -> None:
        obj = state.chosen_character(context)
        bones.set_bone(obj, self.row, bones.active_bone(obj))


class A2G_OT_mirror_bones(A2GOperator):
    """Fill one side of the list of bones from the other, by the names of the bones"""

    bl_idname = "a2g.mirror_bones"
    bl_label = "Mirror Bones"

    source: EnumProperty(
        name="From",
        description="The side that is right already",
        items=[
            ("LEFT", "Left", "Fill the right side from the left one"),
            ("RIGHT", "Right", "Fill the left side from the right one"),
        ],
    )

    @classmethod
    def require(cls, context: bpy.types.Context) -> None:
        state.editable_character(context)

    def run(self, context: bpy.types.Context) -> None:
        if alone := bones.mirror(state.chosen_character(context), self.source.lower()):
            text = rpt_("No bone of the other side was found for {bones}")
            self.report({"INFO"}, text.format(bones=sentences.shorten(alone)))


class A2G_OT_swap_bones(A2GOperator):
    """Exchange left and right in the list of bones"""

    bl_idname = "a2g.swap_bones"
    bl_label = "Swap Left and Right"

    @classmethod
    def require(cls, context: bpy.types.Context) -> None:
        state.editable_character(context)

    def run(self, context: bpy.types.Context) -> None:
        bones.swap_sides(state.chosen_character(context))


class A2G_OT_guess_bones(A2GOperator):
    """Forget the corrections in the list of bones, and recognise the character's bones anew"""

    bl_idname = "a2g.guess_bones"
    bl_label = "Guess Again"

    @classmethod
    def require(cls, context: bpy.types.Context) -> None:
        if not state.editable_character(context).a2g_rig_map:
            raise A2GError("the list of bones was not corrected", "there is nothing to forget")

    def invoke(self, context: bpy.types.Context, event: bpy.types.Event) -> Status:
        """Ask first: corrections may be an hour's work."""
        return context.window_manager.invoke_confirm(
            self,
            event,
            title=iface_("Forget the corrections in the list of bones?"),
            confirm_text=iface_("Guess Again"),
        )

    def run(self, context: bpy.types.Context) -> None:
        rig_store.store_map(state.chosen_character(context), None)


class _BonesFile(A2GOperator):
    """Reads or writes the list of bones as a file."""

    filepath: str | Any  # each operator registers it: Blender does not look into this class
    filename = "bones.json"

    @classmethod
    def require(cls, context: bpy.types.Context) -> None:
        state.editable_character(context)

    def invoke(self, context: bpy.types.Context, _event: bpy.types.Event) -> Status:
        """Ask for the file."""
        if not self.filepath:
            self.filepath = self.filename
        context.window_manager.fileselect_add(self)
        return {"RUNNING_MODAL"}


def _file_property() -> Any:
    return StringProperty(subtype="FILE_PATH", options={"SKIP_SAVE"})


def _filter_property() -> Any:
    return StringProperty(default="*.json", options={"HIDDEN"})


class A2G_OT_import_bones(_BonesFile):
    """Read the list of bones from a rig map's file"""

    bl_idname = "a2g.import_bones"
    bl_label = "Import Bones…"

    filepath: _file_property()
    filter_glob: _filter_property()
    filename = ""

    def run(self, context: bpy.types.Context) -> None:
        path = strips.absolute(self.filepath)
        if not self.filepath or not is_file(path):
            raise RigError("there is no file '{path}'", "choose a file that exists", path=path)
        if lost := bones.read_file(state.chosen_character(context), path):
            text = rpt_("The character has no bones of these names: {bones}")
            self.report({"INFO"}, text.format(bones=sentences.shorten(lost)))


class A2G_OT_export_bones(_BonesFile):
    """Write the list of bones as a rig map's file, for other characters with such bones"""

    bl_idname = "a2g.export_bones"
    bl_label = "Export Bones…"
    bl_options = {"REGISTER"}

    filepath: _file_property()
    filter_glob: _filter_property()
    check_existing: BoolProperty(default=True, options={"HIDDEN"})

    @classmethod
    def require(cls, context: bpy.types.Context) -> None:
        bones.rows(state.chosen_character(context))

    def run(self, context: bpy.types.Context) -> None:
        if not self.filepath:
            raise RigError("no file was named", "name one to write to")
        path = strips.absolute(self.filepath)
        if path.suffix.lower() != ".json":
            path = path.with_name(f"{path.name}.json")
        try:
            bones.write_file(state.chosen_character(context), path)
        except OSError as error:
            raise RigError(
                "'{path}' cannot be written ({why})", "choose another place", path=path, why=reason(error)
            ) from error


CLASSES = (
    A2G_OT_set_bone, A2G_OT_pick_bone, A2G_OT_mirror_bones, A2G_OT_swap_bones, A2G_OT_guess_bones,
    A2G_OT_import_bones, A2G_OT_export_bones,
)  # fmt: skip
