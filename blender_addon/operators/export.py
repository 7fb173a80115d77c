"""Export Take: the playing take as a file for other programs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import bpy
from bpy.app.translations import pgettext_rpt as rpt_
from bpy.props import BoolProperty, EnumProperty, StringProperty

from .. import sentences
from ..a2g_core.errors import A2GError, OutputError, reason
from ..scene import bake, nla
from ..speech import strips
from ..ui import state
from .base import A2GOperator

if TYPE_CHECKING:
    from .base import Status

_PRESETS = (
    ("CHARACTER", "As It Is", "All bones, where and as large as the character is"),
    ("UNREAL", "Unreal", "In centimetres, Z up, with a root bone at the origin; only bones that deform"),
    ("UNITY", "Unity Humanoid", "In metres, Y up, with a root bone at the origin; only bones that deform"),
    ("GODOT", "Godot", "Facing ahead, with a root bone at the origin; only bones that deform"),
    ("WEB", "three.js, VRM", "Facing ahead, with a root bone at the origin; only bones that deform"),
)


class A2G_OT_export_take(A2GOperator):
    """Write the playing take to a file of its own: FBX, glTF, USD, BVH, SMPL-X or VRM animation, as its name ends"""

    bl_idname = "a2g.export_take"
    bl_label = "Export Take…"
    bl_options = {"REGISTER"}

    filepath: StringProperty(
        name="File", description="Where to write; its ending says in which format", subtype="FILE_PATH",
        options={"SKIP_SAVE"},
    )  # fmt: skip
    filter_glob: StringProperty(options={"HIDDEN"})
    check_existing: BoolProperty(default=True, options={"HIDDEN"})
    preset: EnumProperty(name="For", description="What the program needs that reads the file", items=_PRESETS)
    with_mesh: BoolProperty(
        name="Meshes", description="Also write the meshes that the character's bones move", default=True
    )
    with_sound: BoolProperty(
        name="Speech", description="Also write the speech, as a WAV file of the same name that begins with the file"
    )
    from_zero: BoolProperty(
        name="Start at Zero",
        description="Let the take begin at time 0. Otherwise each frame has the time that it has in the scene",
    )
    deform_only: BoolProperty(name="Deform Bones Only", description="Leave out bones that move no mesh by themselves")
    z_up: BoolProperty(name="Z Up", description="Of .npz: Z up, as in AMASS, and not Y")

    @classmethod
    def require(cls, context: bpy.types.Context) -> None:
        obj = state.chosen_character(context)
        nla.check_not_tweaked(obj)
        bake.playing_range(obj)

    def invoke(self, context: bpy.types.Context, _event: bpy.types.Event) -> Status:
        """Ask for the file; a name is proposed beside the .blend file."""
        from ..work import export

        if not self.filepath:
            name = bpy.path.clean_name(export.name_of(state.chosen_character(context)))
            folder = Path(bpy.data.filepath).parent if bpy.data.filepath else Path.home()
            self.filepath = str(folder / f"{name}{export.PRESETS[self.preset].ending}")
        self.filter_glob = ";".join(f"*{ending}" for ending in export.endings())
        context.window_manager.fileselect_add(self)
        return {"RUNNING_MODAL"}

    def check(self, _context: bpy.types.Context) -> bool:
        """Keep the ending to one that the preset is for, as the artist chooses one."""
        from ..work import export

        path = Path(self.filepath)
        wanted = export.PRESETS[self.preset].ending
        if path.suffix.lower() in export.endings() and self.preset in _OWN_ENDING and path.suffix.lower() != wanted:
            self.filepath = str(path.with_suffix(wanted))
            return True
        return False

    def draw(self, _context: bpy.types.Context) -> None:
        """The options that count for the ending."""
        layout: Any = self.layout
        layout.use_property_split, layout.use_property_decorate = True, False
        ending = Path(self.filepath).suffix.lower()
        layout.prop(self, "preset")
        column = layout.column(heading="Include")
        column.prop(self, "with_mesh")
        column.prop(self, "with_sound")
        column = layout.column()
        column.prop(self, "from_zero")
        if self.preset == "CHARACTER":
            column.prop(self, "deform_only")
        if ending == ".npz":
            column.prop(self, "z_up")

    def run(self, context: bpy.types.Context) -> None:
        from ..work import export

        if not self.filepath:
            raise A2GError("no file was named", "name one to write to")
        path, obj = strips.absolute(self.filepath), state.chosen_character(context)
        options = export.Options(
            self.preset, with_mesh=self.with_mesh, with_sound=self.with_sound, from_zero=self.from_zero,
            deform_only=self.deform_only, z_up=self.z_up,
        )  # fmt: skip
        try:
            renamed = export.export(context, obj, path, options)
        except OSError as error:
            raise OutputError(
                "'{path}' cannot be written ({why})", "choose another place", path=path, why=reason(error)
            ) from error
        if renamed:
            text = rpt_("Bones that would have been called alike have other names in the file: {bones}")
            self.report({"INFO"}, text.format(bones=sentences.shorten(renamed)))


_OWN_ENDING = {"UNREAL", "UNITY"}
"""Presets whose programs read one kind of file alone, of those that are written."""

CLASSES = (A2G_OT_export_take,)
