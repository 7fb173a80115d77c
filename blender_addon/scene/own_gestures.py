"""The artist's own gestures: Actions that she has marked, of her character's rig or of another one in the file.

An Action of another rig is read by that rig's map and so done by her character, as a pinned clip of it is.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import bpy
import numpy as np

from .. import bl
from ..a2g_core.body.motion import Motion, Skeleton
from ..a2g_core.body.skeleton import SIDES
from ..a2g_core.errors import A2GError, GestureError
from . import nla, played, rig
from .ghost import TAG

if TYPE_CHECKING:
    from ..a2g_core.gestures.library import Gesture

EMPHASIS = "emphasis"
"""The pose marker of an Action where its gesture is strongest."""
_STILL_RAD = 0.05
"""Of a joint: a hand that turns by less all along does not take part."""


@cache
def categories() -> tuple[str, ...]:
    """What gestures can mean: categories of the library and of the lexicons, in alphabetical order."""
    from ..a2g_core.gestures.lexicon import languages, lexicon
    from ..a2g_core.gestures.library import library

    known = {gesture.category for gesture in library().values()}
    for language in languages():
        known |= {meaning.category for meaning in lexicon(language).phrases.values()}
    return tuple(sorted(name for name in known if name and " " not in name))


def marked() -> list[bpy.types.Action]:
    """The Actions of the file that are gestures, by name."""
    return sorted((action for action in bpy.data.actions if action.a2g.is_gesture), key=lambda action: action.name)


def category_of(action: bpy.types.Action) -> str:
    """What a gesture means: as it was marked, by a tag of its asset, or by a word of its name; "" for nothing."""
    tags = [tag.name.lower() for tag in action.asset_data.tags] if action.asset_data is not None else []
    words = "".join(sign if sign.isalnum() else " " for sign in action.name.lower()).split()
    return next((name for name in (action.a2g.category, *tags, *words) if name in categories()), "")


def all_of(obj: bpy.types.Object, fps: float) -> tuple[list[Gesture], list[A2GError]]:
    """The artist's gestures for a character, and why others of hers cannot be read."""
    found, problems = [], []
    for action in marked():
        try:
            found.append(read(obj, action, fps))
        except A2GError as error:
            problems.append(error)
    return found, problems


def named(obj: bpy.types.Object, name: str, hand: str, fps: float) -> Gesture | None:
    """The gesture of this name, the artist's or the library's, done with this hand; None where there is none."""
    from ..a2g_core.gestures.library import library

    mine = next((action for action in marked() if action.name == name), None)
    try:
        gesture = library().get(name) if mine is None else read(obj, mine, fps)
        return None if gesture is None else gesture.with_hand(hand or gesture.hand)
    except A2GError:
        return None


def read(obj: bpy.types.Object, action: bpy.types.Action, fps: float) -> Gesture:
    """An Action as a gesture for a character. GestureError, or what reading clips raises, if it moves no arm or head.

    Its emphasis is at its pose marker of this name, or else when its hands are first as far as they come.
    """
    from ..a2g_core.gestures.library import Gesture
    from ..a2g_core.gestures.peak import reached_s

    clip, owner = _owner(obj, action)
    found = rig.read(owner)
    first, last = (round(action.frame_range[k]) for k in (0, 1))
    times = [float(frame) for frame in range(first, max(last, first + 1) + 1)]
    if played.do_keys_tell(owner, found, clip.curves):
        told = found.told(rig.keyed_bones(found, clip.curves))
        motion, _ = rig.read_keys(found, clip.curves, times, fps)
    else:
        motion, (told, _) = played.read(owner, found, clip, times, fps)
    hand, chosen = _taking_part(motion, told)
    if not hand:
        raise GestureError("action '{name}' moves neither an arm nor the head", "mark one that does", name=action.name)
    marker = next((mark.frame for mark in action.pose_markers if mark.name.lower() == EMPHASIS), None)
    at_s = reached_s(motion, hand) if marker is None else min(max(marker - first, 0), len(motion) - 1) / fps
    indices = [motion.skeleton.index(name) for name in chosen]
    still = np.zeros((len(motion), 3), np.float32)
    cut = Motion(motion.quaternions[:, indices], still, fps, Skeleton.flat(chosen))
    return Gesture(action.name, category_of(action), hand, cut, at_s, "the artist's")


def is_of(obj: bpy.types.Object, action: bpy.types.Action) -> bool:
    """Whether an Action that can be read is one of this character's rig, and not of another one in the file."""
    return _owner(obj, action)[1] == obj


def _owner(obj: bpy.types.Object, action: bpy.types.Action) -> tuple[played.Clip, bpy.types.Object]:
    """What an Action plays, and on which armature of the file: the character, or that which has most of its bones."""
    slot = bl.object_slot(action)
    clip = played.Clip(action, slot, nla.playing_curves(action, slot))
    bones = {name for path, _ in clip.curves if (name := rig.bone_of(path)) is not None}
    others = [o for o in bpy.data.objects if o.type == "ARMATURE" and o != obj and TAG not in o.keys()]  # noqa: SIM118 (an Object is no dictionary)
    owner = max([obj, *others], key=lambda o: sum(name in o.pose.bones for name in bones) if o.pose else 0)
    if owner.pose is None or not any(name in owner.pose.bones for name in bones):
        raise GestureError(
            "no armature of this file has the bones of '{name}'", "append the armature that it was made for",
            name=action.name,
        )  # fmt: skip
    return clip, owner


def _taking_part(motion: Motion, told: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """The hand of a gesture, and its joints; "" for a clip that moves neither arm nor head."""
    from ..a2g_core.gestures.library import ARMS, FINGERS, HEAD

    def moves(names: tuple[str, ...]) -> bool:
        chosen = [motion.skeleton.index(name) for name in names if name in told]
        q = motion.quaternions[:, chosen].astype(float)
        turned = 2 * np.arccos(np.clip(np.abs((q * q[:1]).sum(2)), 0, 1))
        return bool(turned.size and turned.max() > _STILL_RAD)

    sides = [side for side in SIDES if moves(ARMS[side])]
    head = HEAD if moves(HEAD) else ()
    hand = "both" if len(sides) == 2 else sides[0] if sides else "head" if head else ""
    names = (*head, *(name for side in sides for name in ARMS[side] + FINGERS[side]))
    return hand, tuple(name for name in names if name in told)
