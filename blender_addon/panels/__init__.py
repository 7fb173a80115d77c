"""The sidebar tab Gestures, in the 3D View, in the NLA editor and in the sequencer."""

from __future__ import annotations

from ..owner import disown, own
from ..preferences import Tab
from .bones import A2G_MT_bones_presets
from .engine import A2G_PT_engine, A2G_PT_nla_engine, A2G_PT_sequencer_engine
from .gestures import A2G_PT_gestures, A2G_PT_nla_gestures, A2G_PT_sequencer_gestures
from .performance import A2G_MT_performance_presets, A2G_PT_styles
from .pins import A2G_PT_nla_pins, A2G_PT_pins, A2G_PT_sequencer_pins, A2G_UL_pins
from .preferences import draw_preferences
from .takes import A2G_PT_nla_takes, A2G_PT_sequencer_takes, A2G_PT_take_pictures, A2G_PT_takes, A2G_UL_takes
from .words import A2G_PT_nla_words, A2G_PT_sequencer_words, A2G_PT_words

# Each panel before its subpanels.
CLASSES = (
    A2G_UL_pins, A2G_UL_takes, A2G_MT_performance_presets, A2G_MT_bones_presets,
    A2G_PT_take_pictures, A2G_PT_styles,
    A2G_PT_gestures, A2G_PT_takes, A2G_PT_pins, A2G_PT_words, A2G_PT_engine,
    A2G_PT_nla_pins, A2G_PT_nla_gestures, A2G_PT_nla_takes, A2G_PT_nla_words, A2G_PT_nla_engine,
    A2G_PT_sequencer_gestures, A2G_PT_sequencer_takes, A2G_PT_sequencer_pins, A2G_PT_sequencer_words,
    A2G_PT_sequencer_engine,
)  # fmt: skip


def register() -> None:
    """Register every panel, in the tab that the artist named."""
    own(Tab(CLASSES, draw_preferences)).register()


def unregister() -> None:
    """Unregister every panel."""
    disown(Tab).unregister()
