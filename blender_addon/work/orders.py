"""What to generate, gathered from the scene on the main thread, without references to Blender's data."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import bpy
import numpy as np

from ..a2g_core.body.skeleton import BODY_PARTS
from ..a2g_core.errors import A2GError
from ..a2g_core.performing.controls import Controls, table
from ..scene import around, feet, gaze, girth, nla, pins, seat, takes
from ..scene.feet import Feet
from ..scene.nla import clip_of
from ..scene.pins import PinnedClip
from ..scene.recipe import Recipe, frame_rate
from ..speech import strips
from ..speech.strips import SpeechSource
from . import engine, gesture_model, take_cache
from .engine import EngineSettings

if TYPE_CHECKING:
    from ..a2g_core.performing.request import Request

_FADE_S = 0.5
"""Over this time a regenerated range's controls go over into those of the take around it."""


@dataclass(frozen=True)
class Change:
    """A take to be changed in place. action_uid: its Action's session UID. recipe: how it was made.

    shift_frames: from the Action's frames to the scene's. span: (first, stop) frames of the take to be made again;
    None for all of them. is_preview: the rest follows soon; the take goes on saying how it was made before.
    performances: of a part that is to be performed otherwise, requests in the order in which to try them, until one is
    seen to differ from the order's own.
    """

    action_uid: int
    recipe: Recipe
    shift_frames: int
    span: tuple[int, int] | None = None
    is_preview: bool = False
    performances: tuple[Request, ...] = ()


@dataclass(frozen=True)
class Listened:
    """Somebody whom a character listens to: what they say, and where they are seen, frame by frame of the scene from
    `first_frame` on if that changes; see `Partner`."""

    speech: SpeechSource
    yaw_deg: float | np.ndarray
    eyes: np.ndarray | None = None
    first_frame: int = 0


@dataclass(frozen=True)
class Order:
    """n_takes takes of a request, of the seeds from its own on; or one change.

    request: with its frame rate; its pins and span are left to whoever makes the takes. An array of its controls begins
    at the take's first frame. clips: what is pinned. feet: the character's, and whether they are to be planted.
    model_file: see ``gesture_model.load``. needs_pins: an error if no pin lies in the speech. expected: of a take to be
    made once more; an error if speech, model or pins are not those of then. keep_in: where new takes are kept for
    recovery, if anywhere. spoken_anew: of a change, what to make instead if the speech is no longer that of the take;
    None where that is an error. room: (first, last) frames of the scene that an idle fills around the speech; None for
    the request's own. partners: who is listened to. others: orders for other characters, to be carried out with it.
    """

    character_uid: int
    speech: SpeechSource
    clips: tuple[PinnedClip, ...]
    request: Request
    body_parts: tuple[str, ...]
    layering: str
    engine: EngineSettings
    feet: Feet
    n_takes: int = 1
    model_file: str = ""
    change: Change | None = None
    needs_pins: bool = False
    expected: Recipe | None = None
    keep_in: take_cache.Place | None = None
    spoken_anew: Order | None = None
    room: tuple[int, int] | None = None
    partners: tuple[Listened, ...] = ()
    others: tuple[Order, ...] = ()

    @property
    def keeps_gestures(self) -> bool:
        """Whether it makes a new take with the gestures of one whose line was spoken anew."""
        return self.change is None and self.expected is None and bool(self.request.plan)

    @property
    def take_to_change(self) -> Change:
        """The change, of an order that `gather_change` made."""
        assert self.change is not None
        return self.change

    @property
    def fps(self) -> float:
        """Frames per second of its takes."""
        return frame_rate(self.request)

    def requesting(self, **changes: Any) -> Order:
        """The same with these fields of its request replaced."""
        return replace(self, request=replace(self.request, **changes))


def gather(context: bpy.types.Context, obj: bpy.types.Object, speech: SpeechSource | None = None) -> Order:
    """New takes as the character's settings say, of another speech if one is given; A2GError for what cannot be
    read."""
    speech = speech or strips.find_speech(context, obj)
    return replace(_order(context, obj, speech), room=idle_room(context, obj, speech))


def gather_silent(context: bpy.types.Context, obj: bpy.types.Object, partners: tuple[Listened, ...] = ()) -> Order:
    """New takes of a character that says nothing, over the scene's range: it idles, and listens to partners."""
    from ..a2g_core.performing.request import Idle

    first, last = context.scene.frame_start, context.scene.frame_end
    speech = strips.no_speech(context, first, last)
    order = _order(context, obj, speech)
    return replace(order.requesting(idle=Idle()), partners=partners)


def next_seed(obj: bpy.types.Object) -> int:
    """The seed of the next new take: the character's, unless that has a take already and need not be kept."""
    wanted = range(obj.a2g_seed, obj.a2g_seed + obj.a2g_take_count)
    is_free = not any(clip_of(strip).seed in wanted for strip in takes.take_strips(obj))
    return obj.a2g_seed if obj.a2g_keep_seed or is_free else free_seed(obj)


def free_seed(obj: bpy.types.Object) -> int:
    """A seed above the character's and those of its takes."""
    return max([obj.a2g_seed, *(clip_of(strip).seed for strip in takes.take_strips(obj))]) + 1


def idle_room(context: bpy.types.Context, obj: bpy.types.Object, speech: SpeechSource) -> tuple[int, int] | None:
    """(first, last) frames of the scene that an idle may fill around what a character says; None where it has none.

    It has one if its takes replace all that is below them: over a walk, say, nobody stands.
    """
    if not (obj.a2g_idle and can_idle(obj)):
        return None
    scene = context.scene
    n_frames = speech.frames(strips.scene_fps(scene))
    return around.free_room(obj, (scene.frame_start, scene.frame_end), speech.start_frame, n_frames)


def can_idle(obj: bpy.types.Object) -> bool:
    """Whether a character's new takes replace all that is below them."""
    whole = set(BODY_PARTS) - ({"LEGS"} if seat.is_seated(obj) else set())
    return obj.a2g_layering == "REPLACE" and seat.body_parts(obj) == whole


def _order(context: bpy.types.Context, obj: bpy.types.Object, speech: SpeechSource) -> Order:
    from ..a2g_core.performing.request import Request

    fps = strips.scene_fps(context.scene)
    return Order(
        character_uid=obj.session_uid,
        speech=speech,
        clips=tuple(pins.read_pins(obj, fps)),
        request=Request(
            seed=next_seed(obj),
            style=read_style(context, obj),
            controls=read_controls(context, obj, speech.start_frame),
            fps=fps,
            gaze=gaze.read(context, obj, speech.start_frame, fps),
            face=gaze.face(obj),
            seat=seat.read(context, obj, speech.start_frame, fps),
            solids=girth.measured(obj),
        ),
        n_takes=obj.a2g_take_count,
        body_parts=tuple(sorted(seat.body_parts(obj))),
        layering=obj.a2g_layering,
        engine=engine.settings(context),
        feet=feet.read(obj, obj.a2g_plant_feet),
        model_file=gesture_model.chosen(context),
        keep_in=take_cache.place(context, obj),
    )


def gather_change(context: bpy.types.Context, obj: bpy.types.Object, strip: bpy.types.NlaStrip) -> Order:
    """The take on this strip as it is, with the pins of now; to be changed with `replace`."""
    if strip.action is None:
        raise A2GError("no take of the character plays", "use Generate Gestures, or unmute a take")
    recipe, shift = Recipe.from_text(strip.action.a2g.recipe), shift_frames(strip)
    if abs(recipe.fps - strips.scene_fps(context.scene)) > 1e-6:
        raise A2GError(
            "this take was made for {made:g} frames per second, but the scene plays {now:g}",
            "set the scene's frame rate back, or use Generate Gestures for a new take",
            made=recipe.fps, now=strips.scene_fps(context.scene),
        )  # fmt: skip
    start = recipe.speech_frame + shift
    if recipe.is_silent:
        speech = strips.no_speech(context, start, start + recipe.speech_frames - 1)
    else:
        speech = replace(strips.find_speech(context, obj), start_frame=start)
    return Order(
        character_uid=obj.session_uid,
        speech=speech,
        clips=tuple(pins.read_pins(obj, recipe.fps)),
        request=recipe.request,
        body_parts=recipe.body_parts,
        layering=recipe.layering,
        engine=engine.settings(context),
        feet=feet.read(obj, recipe.plants_feet),
        model_file=gesture_model.chosen(context),
        change=Change(strip.action.session_uid, recipe, shift),
        keep_in=take_cache.place(context, obj),
    )


def as_set_now(context: bpy.types.Context, obj: bpy.types.Object, order: Order) -> Order:
    """The order with the character's style, sliders, measured body and feet of now.

    A plan is of one style: another one is planned anew.
    """
    from ..a2g_core.performing.plan import NO_PLAN

    controls = read_controls(context, obj, order.speech.start_frame)
    style = read_style(context, obj)
    plan = order.request.plan if style == order.request.style else NO_PLAN
    placed = replace(order, feet=replace(order.feet, are_planted=obj.a2g_plant_feet))
    return placed.requesting(style=style, controls=controls, plan=plan, solids=girth.measured(obj))


def looking_now(context: bpy.types.Context, obj: bpy.types.Object, order: Order) -> Order:
    """The order with the character's gaze, face and seat of now."""
    looks = gaze.read(context, obj, order.speech.start_frame, order.fps)
    sits = seat.read(context, obj, order.speech.start_frame, order.fps) if order.layering == "REPLACE" else None
    if (sits is None) != (order.request.seat is None):
        order = replace(order, body_parts=tuple(sorted(seat.body_parts(obj))))
    return order.requesting(gaze=looks, face=gaze.face(obj), seat=sits)


def held_as_now(obj: bpy.types.Object, order: Order) -> Order:
    """The order with its gaze held as firmly as the slider says, where it is held at all and the slider is not keyed.

    A gaze that is let go, or taken up, moves other bones than the take does: that takes a new one.
    """
    held = order.request.gaze
    if held is None or np.ndim(held.strength) or not (held and obj.a2g_look_strength):
        return order
    return order.requesting(gaze=replace(held, strength=obj.a2g_look_strength))


def shift_frames(strip: bpy.types.NlaStrip) -> int:
    """From the frames of a take's Action to the scene's; A2GError for a strip that does not play frame by frame."""
    if not plays_frame_by_frame(strip):
        raise A2GError(
            "take '{name}' does not play at its own speed", "reset its scale, repeat and reversal in the NLA editor",
            name=strip.name,
        )  # fmt: skip
    return round(strip.frame_start - strip.action_frame_start)


def plays_frame_by_frame(strip: bpy.types.NlaStrip) -> bool:
    """Whether a strip plays its Action once, forwards and at its own speed."""
    return (strip.scale, strip.repeat, strip.use_reverse, strip.use_animated_time) == (1.0, 1.0, False, False)


def read_style(context: bpy.types.Context, obj: bpy.types.Object) -> str:
    """A character's style; A2GError for one that the model lacks."""
    gesture_model.check_style(gesture_model.load(gesture_model.chosen(context)), obj.a2g_style)
    return obj.a2g_style


def read_controls(context: bpy.types.Context, obj: bpy.types.Object, start_frame: int) -> Controls:
    """A character's sliders, but for those that the model has not; as they change over time, from start_frame on, where
    they are keyed.
    """
    model = gesture_model.load(gesture_model.chosen(context))
    end_frame = context.scene.frame_end
    if obj.animation_data is not None and obj.animation_data.action is not None:
        end_frame = max(end_frame, int(obj.animation_data.action.frame_range[1]))
    frames = np.arange(start_frame, max(end_frame, start_frame) + 1)
    values = {}
    for name, control in table().items():
        if not control.works_with(model.config):
            continue
        keyed = nla.animated_values(obj, f"a2g_{name}", frames)
        values[name] = (
            getattr(obj, f"a2g_{name}")
            if keyed is None
            else np.clip(keyed, control.low, control.high).astype(np.float32)
        )
    return Controls(**values)


def mix_controls(
    before: Controls, now: Controls, start_frame: int, stop_frame: int, n_frames: int, fps: float
) -> Controls:
    """`before` with `now` from start_frame up to stop_frame of a take of n_frames, gone over into at both ends."""
    frames = np.arange(n_frames)
    edge = np.minimum(frames - start_frame, stop_frame - 1 - frames) / (_FADE_S * fps)
    share = np.clip(edge + 1, 0, 1).astype(np.float32)[:, None]
    values = {}
    for name in table():
        old, new = (c.at(name, frames / fps, fps) for c in (before, now))
        mixed = (old + share * (new - old))[:, 0]
        values[name] = float(mixed[0]) if (mixed == mixed[0]).all() else mixed
    return Controls(**values)
