"""When something went wrong: recover a finished take, report the problem, open the log."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import bpy
from bpy.app.translations import pgettext_rpt as rpt_
from bpy.props import EnumProperty, StringProperty

from .. import log, preferences
from ..a2g_core.errors import A2GError
from ..a2g_core.files import is_file
from ..scene import feet, pins, take_list, takes
from ..speech import strips
from ..ui import manual, state
from ..work import take_cache
from .base import A2GOperator, Items, keep_items

if TYPE_CHECKING:
    from .base import Status

_DIALOG_PX = 460


def kept_takes(_context: bpy.types.Context | None = None) -> Items:
    """The takes that can be recovered, newest first, as the items of a menu."""
    described = ((path.name, *take_cache.describe(path)) for path in take_cache.files())
    return [item for item in described if item[1]]


class A2G_OT_recover_take(A2GOperator):
    """Restore to the character a take that was finished before Blender crashed"""

    bl_idname = "a2g.recover_take"
    bl_label = "Recover Last Take"

    take: EnumProperty(
        name="Take",
        description="Which of the kept takes; the last one if none is given",
        items=keep_items(kept_takes),
        options={"SKIP_SAVE"},
    )

    @classmethod
    def require(cls, context: bpy.types.Context) -> None:
        if context.window_manager.a2g.running:
            raise A2GError("gestures are being generated", "wait, or cancel")
        state.check_character(state.character(context))
        if not take_cache.files():
            raise A2GError("no finished take is kept on this computer", "use Generate Gestures for a new one")

    def invoke(self, context: bpy.types.Context, _event: bpy.types.Event) -> Status:
        """Ask which take, if there are several."""
        listed = kept_takes(context)
        if bpy.app.background or not listed:
            return self.execute(context)
        if not self.properties.is_property_set("take"):
            self.take = listed[0][0]
        return context.window_manager.invoke_props_dialog(self, width=_DIALOG_PX)

    def run(self, context: bpy.types.Context) -> None:
        obj = state.chosen_character(context)
        kept = take_cache.load(self._file())
        now = strips.scene_fps(context.scene)
        if abs(kept.recipe.fps - now) > 1e-6:
            raise A2GError(
                "the kept take was made for {made:g} frames per second, but the scene plays {now:g}",
                "set the scene's frame rate to that, or choose another take", made=kept.recipe.fps, now=now,
            )  # fmt: skip
        motion, recipe = kept.motion, kept.recipe
        if kept.idle is None and recipe.request.seat is None:
            motion, slide_cm = feet.read(obj, recipe.plants_feet).place(motion)
            recipe = replace(recipe, slide_cm=slide_cm)
        pins.sync_entries(obj)
        takes.attach_take(obj, takes.NewTake(obj, motion, recipe, kept.idle).finish())
        take_list.choose_last(obj)

    def _file(self) -> Path:
        """The chosen one, or else the newest, even if it is damaged: that must be reported."""
        if self.properties.is_property_set("take"):
            return preferences.takes_folder() / self.take
        return take_cache.files()[0]


class A2G_OT_copy_report(A2GOperator):
    """Copy versions, settings and the last lines of the log, without your name and folders, to paste them elsewhere"""

    bl_idname = "a2g.copy_report"
    bl_label = "Copy Problem Report"
    bl_options = {"INTERNAL"}

    def run(self, context: bpy.types.Context) -> None:
        from ..ui import problem_report

        context.window_manager.clipboard = problem_report.report_text(context)
        self.report({"INFO"}, rpt_("The report was copied: paste it where you ask for help"))


class A2G_OT_open_log(A2GOperator):
    """Show the folder of the log file"""

    bl_idname = "a2g.open_log"
    bl_label = "Open Log"
    bl_options = {"INTERNAL"}

    @classmethod
    def require(cls, _context: bpy.types.Context) -> None:
        if bpy.app.background:
            raise A2GError("a folder cannot be shown without a window", "use Copy Problem Report instead")
        if not is_file(preferences.log_folder() / log.FILE_NAME):
            raise A2GError("no log file is written", "turn on Log File in the preferences, or use Copy Problem Report")

    def run(self, _context: bpy.types.Context) -> None:
        bpy.ops.wm.path_open(filepath=str(preferences.log_folder()))


class A2G_OT_open_manual(A2GOperator):
    """Open the manual's page about this in the web browser; it is installed with the add-on and works offline"""

    bl_idname = "a2g.open_manual"
    bl_label = "Open Manual"
    bl_options = {"INTERNAL"}

    page: StringProperty(default="index", options={"HIDDEN", "SKIP_SAVE"})

    @classmethod
    def require(cls, _context: bpy.types.Context) -> None:
        manual.url("index")

    def run(self, _context: bpy.types.Context) -> None:
        bpy.ops.wm.url_open(url=manual.url(self.page))


CLASSES = (A2G_OT_recover_take, A2G_OT_copy_report, A2G_OT_open_log, A2G_OT_open_manual)
