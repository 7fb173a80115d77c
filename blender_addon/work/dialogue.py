"""Who of a scene speaks, who listens and who stands by, and the orders for all of them."""

from __future__ import annotations

from dataclasses import replace

import bpy
import numpy as np

from ..a2g_core.errors import A2GError, AudioError, RigError
from ..scene import gaze, rig, seat
from ..scene.ghost import TAG
from ..scene.nla import placed_strips
from ..speech import strips
from ..speech.strips import SpeechSource
from . import orders
from .orders import Listened, Order


def characters(context: bpy.types.Context) -> list[bpy.types.Object]:
    """The armatures of a scene that can be moved, by name; of a Rigify rig, not what it was generated from."""
    found = []
    for obj in context.scene.objects:
        if _is_metarig(context, obj):
            continue
        if obj.type != "ARMATURE" or TAG in obj.keys() or obj.library is not None:  # noqa: SIM118 (an Object is no dictionary)
            continue
        try:
            rig.check(obj)
        except RigError:
            continue
        found.append(obj)
    return sorted(found, key=lambda obj: obj.name)


def _is_metarig(context: bpy.types.Context, obj: bpy.types.Object) -> bool:
    """Whether a rig was generated from this armature that is in the scene itself."""
    generated = getattr(obj.data, "rigify_target_rig", None)
    return generated is not None and generated != obj and generated.name in context.scene.objects


def _is_seen(context: bpy.types.Context, obj: bpy.types.Object) -> bool:
    """Whether a character, or a mesh that its bones move, is shown in the scene's view layer."""
    meshes = (m for m in context.scene.objects if m.type == "MESH" and rig.is_part_of(m, obj))
    return obj.visible_get() or any(mesh.visible_get() for mesh in meshes)


def has_voice(context: bpy.types.Context, obj: bpy.types.Object) -> bool:
    """Whether a strip, a channel or a file is chosen for what a character says; AudioError if it is not there.

    Without a choice, the speech is whatever is selected in the sequencer: of several characters, nobody's own.
    """
    source = obj.a2g_speech_source
    if (source == "STRIP" and not obj.a2g_speech_strip) or (source == "FILE" and not obj.a2g_speech_file):
        return False
    strips.check_speech(context, obj)
    return True


def to_look_at(context: bpy.types.Context, obj: bpy.types.Object, order: Order) -> Order:
    """The order with all others, if its character looks at who speaks; A2GError if none of them has a voice."""
    if obj.a2g_look_at != "SPEAKER" or order.partners or order.request.partners:
        return order
    partners = partners_now(context, obj)
    if not partners:
        raise A2GError("no other character has a voice", "choose the speech of another one, or look at something else")
    return replace(order, partners=partners)


def listening_now(context: bpy.types.Context, obj: bpy.types.Object, order: Order) -> Order:
    """The order of a take that listens, with its partners as they are now, those that have joined since among them;
    where nobody else has a voice of their own, as they were."""
    now = partners_now(context, obj) if order.request.partners else ()
    return replace(order, partners=now) if now else order


def partners_now(context: bpy.types.Context, obj: bpy.types.Object) -> tuple[Listened, ...]:
    """All others of the scene as a character hears and sees them: those with a voice of their own, then those who stand
    by; none where nobody has a voice of their own. AudioError if a voice is missing."""
    return _listened(context, obj, *_others(context, obj))


def joined(context: bpy.types.Context, obj: bpy.types.Object, n_partners: int) -> list[str]:
    """The names of the others, if there are more of them now than the partners that a take has. AudioError if a voice
    is missing."""
    speaking, silent = _others(context, obj)
    names = [other.name for other in (*speaking, *silent)]
    return names if 0 < n_partners < len(names) else []


def _others(context: bpy.types.Context, obj: bpy.types.Object) -> tuple[list[bpy.types.Object], list[bpy.types.Object]]:
    """All others of the scene: those with a voice of their own, and those who stand by; nobody where none has one."""
    others = [other for other in characters(context) if other != obj]
    speaking = [other for other in others if has_voice(context, other)]
    if not (speaking or has_voice(context, obj)):
        return [], []
    return speaking, [other for other in others if other not in speaking and stands_by(context, other)]


def listening(context: bpy.types.Context, obj: bpy.types.Object) -> Order:
    """A take in which a character listens to all others that have a voice, or else to the speech that is selected.

    AudioError if there is nothing to listen to.
    """
    partners = partners_now(context, obj)
    if not partners:
        partners = (Listened(strips.find_speech(context, obj), 0.0),)
    return orders.gather_silent(context, obj, partners)


def listening_to(
    context: bpy.types.Context, obj: bpy.types.Object, speaker: bpy.types.Object, speech: SpeechSource
) -> Order:
    """A take in which a character listens to another who says this."""
    return orders.gather_silent(context, obj, _seen(context, obj, [(speaker, speech)]))


def everyone(context: bpy.types.Context, chosen: bpy.types.Object | None) -> Order:
    """Takes for all characters of a scene, each with a seed of its own: who has a voice speaks it and listens to the
    others, and who has none listens, or idles where nobody speaks. Who stands by is looked at, too. A2GError if there
    is no character, or a voice is missing.

    A silent one that plays a clip of the artist's, or that is hidden, is left alone. If nobody has a voice of its own,
    the chosen one speaks what is selected in the sequencer, if anything is.
    """
    cast = characters(context)
    if not cast:
        raise A2GError("there is no character in the scene", "use Add Character")
    speaking = [obj for obj in cast if has_voice(context, obj)]
    if not speaking and chosen in cast and _is_anything_said(context, chosen):
        speaking = [chosen]
    silent = [obj for obj in cast if obj not in speaking and stands_by(context, obj)]
    made: list[Order] = []
    for obj in cast:
        if obj not in speaking and obj not in silent:
            continue
        others = ([other for other in some if other != obj] for some in (speaking, silent if speaking else []))
        partners = _listened(context, obj, *others)
        if obj in speaking:
            order = replace(orders.gather(context, obj), partners=partners)
        else:
            order = orders.gather_silent(context, obj, partners)
        seed, used = order.request.seed, {other.request.seed for other in made}
        while seed in used:
            seed += 1
        made.append(replace(order.requesting(seed=seed), n_takes=1))
    if not made:
        raise A2GError(
            "every character of the scene is animated already, or hidden", "use Generate Idle for one of them"
        )
    return replace(made[0], others=tuple(made[1:]))


def stands_by(context: bpy.types.Context, obj: bpy.types.Object) -> bool:
    """Whether a character without a voice takes part: what the artist has animated is not covered by an idle."""
    clips = (placed for placed in placed_strips(obj) if placed.plays and not placed.action.a2g.is_take)
    return _is_seen(context, obj) and (seat.is_seated(obj) or not any(clips))


def _is_anything_said(context: bpy.types.Context, obj: bpy.types.Object | None) -> bool:
    if obj is None:
        return False
    try:
        strips.check_speech(context, obj)
    except AudioError:
        return False
    return True


def _listened(
    context: bpy.types.Context, obj: bpy.types.Object, speaking: list[bpy.types.Object], silent: list[bpy.types.Object]
) -> tuple[Listened, ...]:
    """Others as a character hears them, and sees them over the scene's range."""
    others = [*speaking, *silent]
    nothing = strips.no_speech(context, *_range(context)) if silent else None
    said = [strips.find_speech(context, other) if other in speaking else nothing for other in others]
    return _seen(context, obj, list(zip(others, filter(None, said), strict=True)))


def _range(context: bpy.types.Context) -> tuple[int, int]:
    """First and last frame of the scene."""
    return context.scene.frame_start, max(context.scene.frame_end, context.scene.frame_start)


def _seen(
    context: bpy.types.Context, obj: bpy.types.Object, saying: list[tuple[bpy.types.Object, SpeechSource]]
) -> tuple[Listened, ...]:
    """Others with what they say as a character hears them, and sees them over the scene's range."""
    if not saying:
        return ()
    scene, (first, last) = context.scene, _range(context)
    others, frames = [other for other, _ in saying], np.arange(first, last + 1)
    places = gaze.followed(obj, others, frames, strips.scene_fps(scene))
    found = []
    for (_, said), eyes in zip(saying, places, strict=True):
        yaw_deg = np.degrees(np.unwrap(np.arctan2(eyes[:, 0], eyes[:, 2])))
        seen = float(yaw_deg[0]) if len(eyes) == 1 else yaw_deg
        found.append(Listened(said, seen, eyes, int(frames[0])))
    return tuple(found)
