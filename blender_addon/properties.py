"""What a file keeps: a character's settings and pins, the mark on an Action; and, unsaved, the state of a job."""

from __future__ import annotations

import bpy
from bpy.props import (
    BoolProperty,
    CollectionProperty,
    EnumProperty,
    FloatProperty,
    IntProperty,
    PointerProperty,
    StringProperty,
)

# So that the settings of a linked character can be changed through a library override.
_OVERRIDABLE = {"LIBRARY_OVERRIDABLE"}


class A2GPin(bpy.types.PropertyGroup):
    """How closely to follow which NLA strip; see scene_pins."""

    track: StringProperty(override=_OVERRIDABLE)
    strip: StringProperty(override=_OVERRIDABLE)
    action: StringProperty(override=_OVERRIDABLE)
    strength: FloatProperty(
        name="Follow Strength",
        description="How closely the generated motion follows this clip",
        default=1.0, min=0.0, max=1.0, subtype="FACTOR", override=_OVERRIDABLE,
    )  # fmt: skip
    fade_frames: IntProperty(
        name="Fade",
        description="Frames over which the motion goes into this clip at its start and out of it at its end",
        default=8, min=0, soft_max=60, override=_OVERRIDABLE,
    )  # fmt: skip


class A2GClip(bpy.types.PropertyGroup):
    """Mark on an Action."""

    pinned: BoolProperty(name="Pinned", description="Generated motion follows this clip")
    is_take: BoolProperty(description="Made by Generate Gestures")
    seed: IntProperty(description="Seed that this take was made with")


class A2GStatus(bpy.types.PropertyGroup):
    """What the panel shows of the running job, and how the last one ended."""

    running: BoolProperty(options={"SKIP_SAVE"})
    fraction: FloatProperty(options={"SKIP_SAVE"})
    phase: StringProperty(options={"SKIP_SAVE"})
    message: StringProperty(options={"SKIP_SAVE"})
    failed: BoolProperty(options={"SKIP_SAVE"})


# A character's settings, each a property of the Object itself: 5.0 and 5.2 lose a whole group on a library override if
# the library was saved without the add-on ("RNA_property_pointer_set: expected ID type").
_SETTINGS = {
    "a2g_speech_source": EnumProperty(
        name="Speech",
        description="Where the speech comes from",
        items=[
            ("STRIP", "Sequencer Strip", "Use a sound strip of the sequencer, as it is placed and trimmed there"),
            ("FILE", "File", "Use a sound file"),
        ],
        override=_OVERRIDABLE,
    ),
    "a2g_speech_strip": StringProperty(
        name="Strip",
        description="Sound strip to use; when empty, the active one, a selected one, or the first",
        override=_OVERRIDABLE,
    ),
    "a2g_speech_file": StringProperty(
        name="File",
        description="Sound file to use",
        subtype="FILE_PATH",
        override=_OVERRIDABLE,
    ),
    "a2g_start_frame": IntProperty(
        name="Start Frame",
        description="Frame on which the file's speech begins",
        default=1,
        override=_OVERRIDABLE,
    ),
    "a2g_seed": IntProperty(
        name="Seed",
        description="Another number gives another performance of the same speech",
        min=0,
        override=_OVERRIDABLE,
    ),
    "a2g_pins": CollectionProperty(type=A2GPin, override={"LIBRARY_OVERRIDABLE", "USE_INSERTION"}),
    "a2g_active_pin": IntProperty(override=_OVERRIDABLE),
}


CLASSES = (A2GPin, A2GClip, A2GStatus)


def register() -> None:
    """Register the groups and attach them."""
    for cls in CLASSES:
        bpy.utils.register_class(cls)
    for name, setting in _SETTINGS.items():
        setattr(bpy.types.Object, name, setting)
    bpy.types.Action.a2g = PointerProperty(type=A2GClip)
    bpy.types.WindowManager.a2g = PointerProperty(type=A2GStatus, options={"SKIP_SAVE"})
    bpy.types.Scene.a2g_character = PointerProperty(
        name="Character",
        description="Armature to generate gestures for; when empty, the active one, or the only one",
        type=bpy.types.Object,
        poll=lambda _scene, obj: obj.type == "ARMATURE",
    )


def unregister() -> None:
    """Detach and unregister; what a file holds stays in it."""
    del bpy.types.Scene.a2g_character
    del bpy.types.WindowManager.a2g
    del bpy.types.Action.a2g
    for name in _SETTINGS:
        delattr(bpy.types.Object, name)
    for cls in reversed(CLASSES):
        bpy.utils.unregister_class(cls)
