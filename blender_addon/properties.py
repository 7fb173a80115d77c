"""What a file keeps: a character's settings and pins, and the mark on an Action. And, unsaved, a job's status."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

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

from . import bl
from .a2g_core.body.skeleton import BODY_PARTS
from .a2g_core.performing.controls import Control, table
from .owner import disown, own, owned

if TYPE_CHECKING:
    from bpy.stub_internal.rna_enums import PropertyOverrideFlagItems

_BODY_PARTS = {
    "ARMS": ("Arms", "Move collarbones, arms and wrists", "Follow the clip with collarbones, arms and wrists"),
    "HANDS": ("Hands", "Move the fingers", "Follow the clip with the fingers"),
    "TORSO": ("Torso", "Move the spine", "Follow the clip with the spine"),
    "HEAD": ("Head", "Move neck and head", "Follow the clip with neck, head, jaw and eyes"),
    "LEGS": ("Legs", "Move hips, legs and feet", "Follow the clip with hips, legs and feet"),
}
"""Of each part its label, and its tooltips where it is generated and where it follows a pinned clip."""

PARTS_TO_MOVE = [(part, *_BODY_PARTS[part][:2]) for part in BODY_PARTS]
PARTS_TO_FOLLOW = [(part, *_BODY_PARTS[part][::2]) for part in BODY_PARTS]


def part_toggles(owner: str, parts: Sequence[tuple[str, str, str]], **options: Any) -> dict[str, Any]:
    """A switch for each part of a set of body parts, by the switch's name.

    Blender draws a set as buttons of which a click leaves only one on; a click on a switch turns that one alone.
    owner: name of the set among the properties of the same owner. The switches store nothing.
    """

    def switch(part: str, label: str, tooltip: str) -> Any:
        def put(self: Any, is_on: bool) -> None:
            chosen = set(getattr(self, owner))
            setattr(self, owner, chosen | {part} if is_on else chosen - {part})

        return BoolProperty(
            name=label, description=tooltip, get=lambda self: part in getattr(self, owner), set=put,
            **options,
        )  # fmt: skip

    return {toggle_of(owner, part): switch(part, label, tooltip) for part, label, tooltip in parts}


def toggle_of(owner: str, part: str) -> str:
    """The name of a part's switch."""
    return f"{owner}_{part.lower()}"


class ControlWatchers:
    """Functions called when a slider of a character was moved or its style changed.

    Those who act on it stand above this module, so they add themselves. Used on the main thread alone.
    """

    def __init__(self) -> None:
        self._watchers: list[Callable[[bpy.types.Object], None]] = []

    def add(self, watcher: Callable[[bpy.types.Object], None]) -> None:
        """Call this function from now on."""
        self._watchers.append(watcher)

    def clear(self) -> None:
        """Call nobody any more."""
        self._watchers.clear()

    def tell(self, obj: bpy.types.Object) -> None:
        """Call everybody."""
        for watcher in self._watchers:
            watcher(obj)


def _on_control(obj: bpy.types.Object, _context: bpy.types.Context) -> None:
    owned(ControlWatchers).tell(obj)


def _on_seed(obj: bpy.types.Object, _context: bpy.types.Context) -> None:
    obj.a2g_keep_seed = True


def _active_take(obj: bpy.types.Object) -> int:
    """The number of the chosen take's track: where its strip lies, or else the track of its name."""
    tracks = list(obj.animation_data.nla_tracks) if obj.animation_data is not None and obj.a2g_chosen_take else []
    by_strip = (i for i, track in enumerate(tracks) if obj.a2g_chosen_take in track.strips)
    by_name = (i for i, track in enumerate(tracks) if track.name == obj.a2g_chosen_track)
    return next(by_strip, next(by_name, -1))


def _choose_take(obj: bpy.types.Object, number: int) -> None:
    """Remember what lies on the track of this number."""
    tracks = obj.animation_data.nla_tracks if obj.animation_data is not None else ()
    track = tracks[number] if 0 <= number < len(tracks) else None
    strips = [] if track is None else list(track.strips)
    is_take = [strip for strip in strips if strip.action is not None and strip.action.a2g.is_take]
    chosen = next(iter(is_take or strips), None)
    obj.a2g_chosen_take = "" if chosen is None else chosen.name
    obj.a2g_chosen_track = "" if track is None else track.name


# So that a library override can change the settings of a linked character.
_OVERRIDABLE: set[PropertyOverrideFlagItems] = {"LIBRARY_OVERRIDABLE"}


class A2GPin(bpy.types.PropertyGroup):
    """How closely to follow an NLA strip; see `scene.pins`. name: the strip's, which animation editors show."""

    track: StringProperty(override=_OVERRIDABLE)
    strip: StringProperty(override=_OVERRIDABLE)
    action: StringProperty(override=_OVERRIDABLE)
    strength: FloatProperty(
        name="Follow Strength",
        description="How closely the generated motion follows this clip",
        default=1.0, min=0.0, max=1.0, subtype="FACTOR", override=_OVERRIDABLE,
    )  # fmt: skip
    fade_in_frames: IntProperty(
        name="Fade In",
        description="Frames over which the motion goes into this clip, half of them before its start",
        default=8, min=0, soft_max=60, options=set(), override=_OVERRIDABLE,
    )  # fmt: skip
    fade_out_frames: IntProperty(
        name="Fade Out",
        description="Frames over which the motion goes out of this clip, half of them after its end",
        default=8, min=0, soft_max=60, options=set(), override=_OVERRIDABLE,
    )  # fmt: skip
    body_parts: EnumProperty(
        name="Body Parts",
        description="Parts of the body that follow this clip",
        items=PARTS_TO_FOLLOW,
        options={"ENUM_FLAG"},
        default=set(BODY_PARTS), override=_OVERRIDABLE,
    )  # fmt: skip
    muted: BoolProperty(
        name="Mute",
        description="Keep this pin but do not follow it now",
        options=set(),
        override=_OVERRIDABLE,
    )


A2GPin.__annotations__ |= part_toggles("body_parts", PARTS_TO_FOLLOW, override=_OVERRIDABLE)


class A2GClip(bpy.types.PropertyGroup):
    """Mark on an Action."""

    pinned: BoolProperty(name="Pinned", description="Generated motion follows this clip")
    is_take: BoolProperty(name="Take", description="Made by Generate Gestures")
    is_unfinished: BoolProperty(name="Unfinished", description="Being written, and not on any track yet")
    is_following: BoolProperty()  # a slider was moved, and not all of the take follows yet; see work/live.py
    starred: BoolProperty(name="Star", description="Mark this take as one to keep")
    seed: IntProperty(name="Seed", description="Seed that this take was made with")
    recipe: StringProperty(name="Recipe", description="How this take was made, as text")
    picture: StringProperty()  # what its preview shows, see scene/pictures.py
    has_fewer_keys: BoolProperty()  # see scene/fewer_keys.py
    as_ik: StringProperty()  # how a take was written as IK, see scene/as_ik.py
    is_gesture: BoolProperty(name="Gesture", description="Offered among the gestures that can be placed")
    category: StringProperty(name="Category", description="What this gesture means; suggestions choose by it")
    # Of a gesture that was placed: its name, the hand that does it, the words that it is for, and how it was left where
    # it was suggested (scene/suggested.py).
    gesture: StringProperty()
    hand: StringProperty()
    said: StringProperty()
    suggested: StringProperty()


class A2GStatus(bpy.types.PropertyGroup):
    """What the panel shows of the running job, and how the last one ended."""

    running: BoolProperty(options={"SKIP_SAVE"})
    following: BoolProperty(description="Whether a take follows a slider", options={"SKIP_SAVE"})
    waiting: IntProperty(description="How many jobs wait for the running one to end", options={"SKIP_SAVE"})
    fraction: FloatProperty(options={"SKIP_SAVE"})
    phase: StringProperty(options={"SKIP_SAVE"})
    message: StringProperty(options={"SKIP_SAVE"})
    failed: BoolProperty(options={"SKIP_SAVE"})
    problem: StringProperty(description="Kind of error that ended the job", options={"SKIP_SAVE"})


def _slider(control: Control) -> Any:
    """A control's property."""
    return FloatProperty(
        name=control.label,
        description=control.tooltip,
        default=control.default,
        min=control.low,
        max=control.high,
        soft_min=control.low if control.soft_low is None else control.soft_low,
        soft_max=control.high if control.soft_high is None else control.soft_high,
        step=control.step,
        subtype=control.subtype,
        override=_OVERRIDABLE,
        update=_on_control,
    )


# A character's settings, each a property of the Object itself: on a library override, 5.0 and 5.2 lose a whole group if
# the library was saved without the add-on ("RNA_property_pointer_set: expected ID type").
_SETTINGS = {
    "a2g_speech_source": EnumProperty(
        name="Speech",
        description="Where the speech comes from",
        items=[
            # Numbers, which are what a file keeps.
            ("STRIP", "Strip", "Use sound strips of the sequencer, as they are placed and trimmed there", "NONE", 0),
            ("CHANNEL", "Channel", "Use every sound strip of a channel of the sequencer", "NONE", 2),
            ("FILE", "File", "Use a sound file", "NONE", 1),
        ],
        override=_OVERRIDABLE,
    ),
    "a2g_speech_strip": StringProperty(
        name="Strip",
        description="Sound strip to use; when empty, the selected ones, the active one, or those on the lowest channel",
        override=_OVERRIDABLE,
    ),
    "a2g_speech_channel": IntProperty(
        name="Channel",
        description="Channel of the sequencer whose sound strips this character speaks",
        default=1,
        min=1,
        max=128,
        override=_OVERRIDABLE,
    ),
    "a2g_speech_file": StringProperty(
        name="File",
        description="Sound file to use",
        subtype="FILE_PATH",
        options=bl.RELATIVE_PATH,
        override=_OVERRIDABLE,
    ),
    "a2g_start_frame": IntProperty(
        name="Start Frame",
        description="Frame on which the file's speech begins",
        default=1,
        min=-bl.LAST_FRAME,
        max=bl.LAST_FRAME,
        override=_OVERRIDABLE,
    ),
    "a2g_seed": IntProperty(
        name="Seed",
        description="Another number gives another performance of the same speech; one that you type is kept",
        min=0,
        options=set(),
        override=_OVERRIDABLE,
        update=_on_seed,
    ),
    "a2g_keep_seed": BoolProperty(
        name="Keep Seed",
        description="Generate Gestures performs this seed again; else it takes the next one that has no take",
        options=set(),
        override=_OVERRIDABLE,
    ),
    "a2g_take_count": IntProperty(
        name="Takes",
        description="How many takes one click generates, each with a seed of its own",
        default=1,
        min=1,
        max=20,
        options=set(),
        override=_OVERRIDABLE,
    ),
    # A name, as the model says it, and no menu's number: another model has other styles.
    "a2g_style": StringProperty(
        name="Style",
        description="Style of the gesture model to perform in; when empty, one is drawn with each take",
        override=_OVERRIDABLE,
        update=_on_control,
    ),
    **{f"a2g_{control.name}": _slider(control) for control in table().values()},
    "a2g_live": BoolProperty(
        name="Live Update",
        description="Change the playing take while a slider is moved, the frames around the current one first",
        default=True,
        options=set(),
        override=_OVERRIDABLE,
    ),
    "a2g_body_parts": EnumProperty(
        name="Body Parts",
        description="Parts of the body that new takes move; the others keep the animation below",
        items=PARTS_TO_MOVE,
        options={"ENUM_FLAG"},
        default=set(BODY_PARTS),
        override=_OVERRIDABLE,
    ),
    **part_toggles("a2g_body_parts", PARTS_TO_MOVE, options=set(), override=_OVERRIDABLE),
    "a2g_layering": EnumProperty(
        name="Layering",
        description="What new takes do to the animation below them",
        items=[
            ("REPLACE", "Replace", "Replace the animation of the chosen body parts"),
            ("COMBINE", "Combine", "Add the gestures to the animation below, such as a walk"),
        ],
        options=set(),
        override=_OVERRIDABLE,
    ),
    "a2g_plant_feet": BoolProperty(
        name="Keep Feet Planted",
        description="Put feet on the floor and let them slide no more than our own body's, whatever the proportions",
        default=True,
        options=set(),
        override=_OVERRIDABLE,
        update=_on_control,
    ),
    "a2g_seated": BoolProperty(
        name="Seated",
        description="Keep hips, legs and feet as they sit in the animation below, "
        "and the hands on the thighs or above them",
        options=set(),
        override=_OVERRIDABLE,
    ),
    "a2g_solids": StringProperty(
        name="Measured Body",
        description="The body that hands keep out of, as Measure Hand Clearance has found it",
        options={"HIDDEN"},
        override=_OVERRIDABLE,
    ),
    "a2g_look_at": EnumProperty(
        name="Look At",
        description="Where new takes look: the eyes go there, and the head follows",
        items=[
            ("NONE", "Nothing", "Leave the head to the gestures, and the eyes alone", "NONE", 0),
            ("OBJECT", "Object", "Look at an object, at another character into the eyes", "NONE", 1),
            ("CAMERA", "Camera", "Look into the camera of the scene, as its markers choose it", "NONE", 2),
            ("SPEAKER", "Who Speaks", "Look at the other character that speaks, or spoke last", "NONE", 3),
        ],
        options=set(),
        override=_OVERRIDABLE,
    ),
    "a2g_look_target": PointerProperty(
        name="Target",
        description="Object to look at; it may move",
        type=bpy.types.Object,
        override=_OVERRIDABLE,
    ),
    "a2g_look_strength": FloatProperty(
        name="Gaze Strength",
        description="How firmly the gaze is held: with less, the character looks away now and then",
        default=0.8,
        min=0.0,
        max=1.0,
        subtype="FACTOR",
        override=_OVERRIDABLE,
        update=_on_control,
    ),
    "a2g_blink": FloatProperty(
        name="Blink",
        description="How far the lids close when the character blinks, which it does about every four seconds",
        default=1.0,
        min=0.0,
        max=1.0,
        subtype="FACTOR",
        options=set(),
        override=_OVERRIDABLE,
    ),
    "a2g_jaw": FloatProperty(
        name="Jaw",
        description="How far the jaw opens as the voice is loud; it is no lip sync",
        default=0.0,
        min=0.0,
        max=1.0,
        subtype="FACTOR",
        options=set(),
        override=_OVERRIDABLE,
    ),
    "a2g_idle": BoolProperty(
        name="Idle Around Speech",
        description="Let new takes last as long as the scene: where nothing is said, the character idles",
        default=True,
        options=set(),
        override=_OVERRIDABLE,
    ),
    # The name of its strip, which no other strip of the object has, and of its track: tracks come, go and are moved.
    "a2g_chosen_take": StringProperty(options=set(), override=_OVERRIDABLE),
    "a2g_chosen_track": StringProperty(options=set(), override=_OVERRIDABLE),
    "a2g_active_take": IntProperty(
        name="Active Take",
        description="Number of the NLA track of the take that is chosen in the list; -1 if none is",
        options={"SKIP_SAVE"},
        get=_active_take,
        set=_choose_take,
    ),
    # The character's own list of bones, as the text of a rig map; see `scene.rig_store`.
    "a2g_rig_map": StringProperty(
        name="List of Bones",
        description="Which bone is which part of the body, as text; when empty, it is guessed",
        options=set(),
        override=_OVERRIDABLE,
    ),
    # The words that it says, as text; see `speech.words`.
    "a2g_words": StringProperty(
        name="Words",
        description="What is said and when, as text; when empty, it is not known",
        options=set(),
        override=_OVERRIDABLE,
    ),
    "a2g_language": EnumProperty(
        name="Language",
        description="Whose words call for gestures",
        items=[
            ("AUTO", "From the Words", "The language that most of the words are known of"),
            ("en", "English", ""),
            ("de", "Deutsch", ""),
            ("es", "Español", ""),
            ("fr", "Français", ""),
            ("ja", "日本語", ""),
            ("zh", "中文", ""),
        ],
        options=set(),
        override=_OVERRIDABLE,
    ),
    "a2g_fine_words": BoolProperty(
        name="Find English Finely",
        description="Look for the words of English texts by pocketsphinx, which Set Up Words has made ready",
        default=True,
        options=set(),
        override=_OVERRIDABLE,
    ),
    "a2g_per_minute": FloatProperty(
        name="Gestures per Minute",
        description="At most so many gestures are suggested for a minute of speech",
        default=10.0,
        min=0.0,
        max=60.0,
        soft_max=30.0,
        step=100,
        precision=0,
        options=set(),
        override=_OVERRIDABLE,
    ),
    "a2g_suggestion_seed": IntProperty(
        name="Suggestion Seed",
        description="Another number suggests other gestures for the same words",
        min=0,
        options=set(),
        override=_OVERRIDABLE,
    ),
    "a2g_pins": CollectionProperty(type=A2GPin, override={"LIBRARY_OVERRIDABLE", "USE_INSERTION"}),
    "a2g_active_pin": IntProperty(override=_OVERRIDABLE),
}


def _is_armature(_scene: bpy.types.Scene, obj: bpy.types.Object) -> bool:
    return obj.type == "ARMATURE"


_ATTACHED: dict[type, dict[str, Any]] = {
    bpy.types.Object: _SETTINGS,
    bpy.types.Action: {"a2g": PointerProperty(type=A2GClip)},
    bpy.types.WindowManager: {"a2g": PointerProperty(type=A2GStatus, options={"SKIP_SAVE"})},
    bpy.types.Scene: {
        "a2g_character": PointerProperty(
            name="Character",
            description="Armature to generate gestures for; when empty, the active one, or the only one",
            type=bpy.types.Object,
            poll=_is_armature,
        ),
    },
}
"""What is attached to which of Blender's classes."""

CLASSES = (A2GPin, A2GClip, A2GStatus)


def register() -> None:
    """Register the groups and attach them."""
    own(ControlWatchers())
    for cls in CLASSES:
        bpy.utils.register_class(cls)
    for owner, settings in _ATTACHED.items():
        for name, setting in settings.items():
            setattr(owner, name, setting)


def unregister() -> None:
    """Detach and unregister; what is stored in a file stays there."""
    for owner, settings in _ATTACHED.items():
        for name in settings:
            delattr(owner, name)
    for cls in reversed(CLASSES):
        bpy.utils.unregister_class(cls)
    disown(ControlWatchers)
