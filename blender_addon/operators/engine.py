"""The engine: set it up, restart it, stop it, do without it, and check the setup."""

from __future__ import annotations

from typing import TYPE_CHECKING

import bpy
from bpy.app.translations import pgettext_iface as iface_
from bpy.props import BoolProperty, StringProperty

from .. import preferences, sentences
from ..a2g_core.errors import A2GError
from ..owner import owned
from ..work import engine, engine_setup, gesture_model
from ..work.redraw import redraw
from .base import A2GOperator

if TYPE_CHECKING:
    from .base import Status

_DIALOG_PX, _DIALOG_CHARACTERS = 460, 70
_GB = 1e9


def _refuse_while_installing() -> None:
    if owned(engine_setup.Setup).is_running:
        raise A2GError("the engine is being set up", "wait, or cancel")


def _refuse_while_generating(context: bpy.types.Context) -> None:
    if context.window_manager.a2g.running:
        raise A2GError("gestures are being generated", "wait, or cancel")


class A2G_OT_setup_worker(A2GOperator):
    """Prepare a graphics card's engine: download it after you agree, or choose a Python that has torch"""

    bl_idname = "a2g.setup_worker"
    bl_label = "Set Up GPU"
    bl_options = {"INTERNAL"}

    python: StringProperty(
        name="Existing Python",
        description="Python program that has torch and numpy; when empty, one is downloaded",
        subtype="FILE_PATH", options={"SKIP_SAVE"},
    )  # fmt: skip
    use_gpu: BoolProperty(
        name="For a Graphics Card",
        description="Download what NVIDIA graphics cards need; off, a smaller download that uses the CPU",
        default=True, options={"SKIP_SAVE"},
    )  # fmt: skip

    @classmethod
    def require(cls, context: bpy.types.Context) -> None:
        _refuse_while_installing()
        _refuse_while_generating(context)

    def invoke(self, context: bpy.types.Context, _event: bpy.types.Event) -> Status:
        """Say what will happen, and ask."""
        from ..a2g_core.worker import install

        self.found = install.find_python()
        return context.window_manager.invoke_props_dialog(self, width=_DIALOG_PX, confirm_text="Set Up")

    def draw(self, _context: bpy.types.Context) -> None:
        """What will be downloaded, how large it is and where it goes."""
        from ..a2g_core.worker import install

        layout = self.layout
        layout.prop(self, "python")
        if self.python:
            layout.label(text="Nothing is downloaded: this Python is tested and used", icon="INFO")
            return
        try:
            engine_setup.check_online()
            plan = install.make_plan(engine_setup.folder(), self.use_gpu, self.found)
        except A2GError as error:
            sentences.draw_wrapped(layout, sentences.sentence(error), "ERROR", _DIALOG_CHARACTERS)
            return
        layout.prop(self, "use_gpu")
        column = layout.column(align=True)
        column.label(text="PyTorch and NumPy will be downloaded from their publishers", icon="INFO")
        size = iface_("About {download:.1f} GB to download, {disk:.0f} GB on the disk")
        column.label(text=size.format(download=plan.download_bytes / _GB, disk=max(1, plan.size_bytes / _GB)))
        column.label(text=iface_("Licence: {licence}").format(licence=install.LICENCE))
        column.label(text=iface_("Folder: {path}").format(path=plan.folder))
        column.label(text=iface_("Made with: {path}").format(path=plan.python))

    def run(self, _context: bpy.types.Context) -> None:
        from ..a2g_core.worker import install

        if self.python:
            engine_setup.take_python(self.python)
            return
        engine_setup.check_online()
        found = getattr(self, "found", None) or install.find_python()
        owned(engine_setup.Setup).start(install.make_plan(engine_setup.folder(), self.use_gpu, found))


class A2G_OT_cancel_setup(A2GOperator):
    """Stop setting up the engine and remove what was downloaded"""

    bl_idname = "a2g.cancel_setup"
    bl_label = "Cancel Setup"
    bl_options = {"INTERNAL"}

    @classmethod
    def require(cls, _context: bpy.types.Context) -> None:
        if not owned(engine_setup.Setup).is_running:
            raise A2GError("the engine is not being set up", "there is nothing to cancel")

    def run(self, _context: bpy.types.Context) -> None:
        owned(engine_setup.Setup).cancel()


class A2G_OT_copy_setup_log(A2GOperator):
    """Copy the output of the engine's setup, for a report"""

    bl_idname = "a2g.copy_setup_log"
    bl_label = "Copy Log"
    bl_options = {"INTERNAL"}

    @classmethod
    def require(cls, _context: bpy.types.Context) -> None:
        if owned(engine_setup.Setup).current is None:
            raise A2GError("there is no log", "use Set Up GPU first")

    def run(self, context: bpy.types.Context) -> None:
        installation = owned(engine_setup.Setup).current
        context.window_manager.clipboard = "\n".join(installation.log if installation is not None else ())


class A2G_OT_restart_worker(A2GOperator):
    """Start the graphics card's engine again"""

    bl_idname = "a2g.restart_worker"
    bl_label = "Restart Engine"
    bl_options = {"INTERNAL"}

    @classmethod
    def require(cls, context: bpy.types.Context) -> None:
        chosen = engine.settings(context)
        if not chosen.uses_worker:
            raise A2GError("this computer's CPU generates gestures", "there is nothing to restart")
        _refuse_while_installing()
        _refuse_while_generating(context)
        engine.check(chosen)

    def run(self, context: bpy.types.Context) -> None:
        owned(engine.Engine).start(engine.settings(context))


class A2G_OT_stop_worker(A2GOperator):
    """Stop the graphics card's engine, so that renders have its memory; the next Generate starts it again"""

    bl_idname = "a2g.stop_worker"
    bl_label = "Free Memory"
    bl_options = {"INTERNAL"}

    @classmethod
    def require(cls, context: bpy.types.Context) -> None:
        _refuse_while_generating(context)
        if owned(engine.Engine).state(engine.settings(context)).kind not in (engine.LOADING, engine.READY, engine.BUSY):
            raise A2GError("the engine is not running", "there is no memory to free")
        if not engine.settings(context).uses_worker:
            raise A2GError("this computer's CPU generates gestures", "there is no memory to free")

    def run(self, _context: bpy.types.Context) -> None:
        owned(engine.Engine).stop()


class A2G_OT_use_cpu(A2GOperator):
    """Generate gestures inside Blender from now on; the result is the same"""

    bl_idname = "a2g.use_cpu"
    bl_label = "Use This Computer's CPU"
    bl_options = {"INTERNAL"}

    @classmethod
    def require(cls, context: bpy.types.Context) -> None:
        if not engine.settings(context).uses_worker:
            raise A2GError("this computer's CPU generates gestures already", "there is nothing to change")
        _refuse_while_generating(context)

    def run(self, context: bpy.types.Context) -> None:
        preferences.get(context).engine = "NUMPY"
        owned(engine.Engine).stop()


class A2G_OT_use_builtin_model(A2GOperator):
    """Generate gestures with the model that came with the add-on from now on; your file stays where it is"""

    bl_idname = "a2g.use_builtin_model"
    bl_label = "Use Built-in Model"
    bl_options = {"INTERNAL"}

    @classmethod
    def require(cls, context: bpy.types.Context) -> None:
        if not gesture_model.chosen(context):
            raise A2GError("the built-in gesture model is used already", "there is nothing to change")
        _refuse_while_generating(context)

    def run(self, context: bpy.types.Context) -> None:
        preferences.get(context).model_file = ""
        redraw()


class A2G_OT_check_setup(A2GOperator):
    """Test everything that generating needs, and show what works and what does not"""

    bl_idname = "a2g.check_setup"
    bl_label = "Check Setup"
    bl_options = {"INTERNAL"}

    @classmethod
    def require(cls, context: bpy.types.Context) -> None:
        _refuse_while_installing()
        _refuse_while_generating(context)

    def run(self, context: bpy.types.Context) -> None:
        if context.window is not None:
            context.window.cursor_set("WAIT")
        try:
            findings = owned(engine.Engine).check_setup(engine.settings(context), gesture_model.chosen(context))
        finally:
            if context.window is not None:
                context.window.cursor_set("DEFAULT")
        for finding in findings:
            self.report({"INFO" if finding.is_good else "WARNING"}, f"{iface_(finding.label)}: {finding.text}")
        if not bpy.app.background:
            context.window_manager.popup_menu(
                lambda menu, _context: sentences.draw_findings(menu.layout, findings), title="Check Setup"
            )


class A2G_OT_clear_cache(A2GOperator):
    """Delete the finished takes that are kept for recovery"""

    bl_idname = "a2g.clear_cache"
    bl_label = "Clear Kept Takes"
    bl_options = {"INTERNAL"}

    def run(self, _context: bpy.types.Context) -> None:
        preferences.clear_cache()


CLASSES = (
    A2G_OT_setup_worker, A2G_OT_cancel_setup, A2G_OT_copy_setup_log, A2G_OT_restart_worker, A2G_OT_stop_worker,
    A2G_OT_use_cpu, A2G_OT_use_builtin_model, A2G_OT_check_setup, A2G_OT_clear_cache,
)  # fmt: skip
