"""Generate the takes of a whole table."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import bpy
from bpy.props import BoolProperty, StringProperty

from ..a2g_core.errors import A2GError
from ..owner import owned
from ..scene import takes
from ..speech import strips
from ..ui import state
from ..work import dialogue, jobs
from .generating import Generates

if TYPE_CHECKING:
    from ..work.orders import Order
    from .base import Status


class A2G_OT_batch(Generates):
    """Generate a take for each line of a table: which recording, said by which character, when and how"""

    bl_idname = "a2g.batch"
    bl_label = "Generate Table…"
    needs_speech = False

    filepath: StringProperty(subtype="FILE_PATH", options={"SKIP_SAVE"})
    filter_glob: StringProperty(default="*.csv;*.json", options={"HIDDEN"})
    in_job: BoolProperty(options={"HIDDEN", "SKIP_SAVE"})

    @classmethod
    def require(cls, context: bpy.types.Context) -> None:
        if not dialogue.characters(context):
            raise A2GError("there is no character in the scene", "use Add Character")

    def invoke(self, context: bpy.types.Context, _event: bpy.types.Event) -> Status:
        """Ask for the table; then a job makes its takes."""
        self.in_job = True
        context.window_manager.fileselect_add(self)
        return {"RUNNING_MODAL"}

    def execute(self, context: bpy.types.Context) -> Status:
        """Start the job once the table was chosen; a script waits for the takes."""
        if not self.in_job:
            return super().execute(context)
        return self.attempt(lambda context: owned(jobs.Runner).ask(self.gatherer(context)), context)

    def gatherer(self, context: bpy.types.Context) -> Callable[[], Order]:
        """For all lines of the table as it is now."""
        from ..work import batch

        script, chosen = batch.read(strips.absolute(self.filepath)), state.character(context)
        uid = 0 if chosen is None else chosen.session_uid
        return lambda: batch.order_of_all(bpy.context, script, takes.find_object(uid))


CLASSES = (A2G_OT_batch,)
