"""The engine: what generates gestures, its state, and what to do about a failure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import bpy
from bpy.app.translations import pgettext_iface as iface_

from .. import sentences
from ..a2g_core import __version__
from ..owner import owned
from ..work import engine, engine_setup, gesture_model
from .common import Sidebar, draw_sentence, whole

if TYPE_CHECKING:
    from bpy.stub_internal.rna_enums import IconItems

_LOG_LINES, _LOG_CHARACTERS = 3, 60
_GB = 1e9


class _EnginePanel(Sidebar):
    bl_label = "Engine"
    page = "engine"
    bl_options = {"DEFAULT_CLOSED"}
    bl_order = 100  # the last one

    @whole
    def draw_header(self, context: bpy.types.Context) -> None:
        """A sign that something is wrong, visible even while the panel is closed."""
        chosen = engine.settings(context)
        if owned(engine.Engine).state(chosen).problem or sentences.reason(engine.check, chosen):
            self.layout.label(text="", icon="ERROR")

    @whole
    def draw(self, context: bpy.types.Context) -> None:
        """Device, model and state; then what can be done."""
        layout = self.layout
        chosen = engine.settings(context)
        now = owned(engine.Engine).state(chosen)
        text = f"{iface_(now.device)} · {gesture_model.name(context)} · {iface_(now.kind)}"
        layout.label(text=text, icon=_icon(now.kind))
        if problem := now.problem or sentences.reason(engine.check, chosen):
            draw_sentence(layout, context, problem, "ERROR")
            draw_remedies(layout, context)
        elif chosen.uses_worker:
            row = layout.row(align=True)
            row.operator("a2g.restart_worker", icon="FILE_REFRESH")
            row.operator("a2g.stop_worker", icon="X")
        draw_setup(layout, context)
        row = layout.row()
        row.active = False
        row.label(text=iface_("Audio2Gestures {version}").format(version=__version__))


class A2G_PT_engine(_EnginePanel):
    """What generates gestures"""

    bl_space_type = "VIEW_3D"
    bl_parent_id = "A2G_PT_gestures"


class A2G_PT_nla_engine(_EnginePanel):
    """What generates gestures"""

    bl_space_type = "NLA_EDITOR"
    bl_parent_id = "A2G_PT_nla_gestures"


class A2G_PT_sequencer_engine(_EnginePanel):
    """What generates gestures"""

    bl_space_type = "SEQUENCE_EDITOR"
    bl_parent_id = "A2G_PT_sequencer_gestures"


def _icon(kind: str) -> IconItems:
    """The sign of what the engine is doing."""
    icons: dict[str, IconItems] = {
        engine.IDLE: "RADIOBUT_OFF", engine.LOADING: "SORTTIME", engine.READY: "RADIOBUT_ON", engine.BUSY: "PLAY",
        engine.STOPPED: "ERROR",
    }  # fmt: skip
    return icons[kind]


def draw_remedies(layout: bpy.types.UILayout, context: bpy.types.Context) -> None:
    """What can be done about an engine that failed, for any panel that shows how a job ended."""
    column = layout.column(align=True)
    if not sentences.reason(engine.check, engine.settings(context)):
        column.operator("a2g.restart_worker", icon="FILE_REFRESH")
        column.operator("a2g.stop_worker", icon="X")
    column.operator("a2g.use_cpu", icon="MEMORY")


def draw_setup(layout: bpy.types.UILayout, context: bpy.types.Context) -> None:
    """Set Up GPU, and its progress: size, last lines of the log, and a button to cancel."""
    installation = owned(engine_setup.Setup).current
    if installation is None:
        layout.operator("a2g.setup_worker", text="Set Up GPU…", icon="PREFERENCES")
        return
    if installation.is_running:
        row = layout.row(align=True)
        row.progress(factor=installation.fraction, text=f"{iface_(installation.phase)} {installation.fraction:.0%}")
        row.operator("a2g.cancel_setup", text="", icon="X")
        column = layout.column(align=True)
        size = iface_("{done:.1f} of about {all:.1f} GB on the disk")
        written = installation.fraction * installation.plan.size_bytes
        column.label(text=size.format(done=written / _GB, all=installation.plan.size_bytes / _GB))
        for line in list(installation.log)[-_LOG_LINES:]:
            column.label(text=line[:_LOG_CHARACTERS])
        return
    if installation.problem is not None:
        draw_sentence(layout, context, sentences.sentence(installation.problem), "ERROR")
    row = layout.row(align=True)
    row.operator("a2g.setup_worker", text="Set Up GPU…", icon="PREFERENCES")
    row.operator("a2g.copy_setup_log", icon="COPYDOWN")
