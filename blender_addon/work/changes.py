"""Ways to change a take: its recipe with something new in it, and the frames that change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from math import ceil, floor
from typing import TYPE_CHECKING

import bpy

from .. import bl
from ..a2g_core.errors import A2GError
from ..owner import owned
from ..scene import around, as_ik, fewer_keys, nla, shapes, take_list, takes
from ..scene.keys import Curves
from ..scene.nla import Placed
from ..scene.recipe import Recipe
from ..speech import strips
from . import dialogue, gesture_model, orders
from .make import Maker
from .orders import Order

if TYPE_CHECKING:
    from ..a2g_core.performing.request import Choice, Request

STRENGTHS = (0.0, 0.5, 1.0, 1.5, 2.0)
"""Of accents, from the weakest to the strongest; 1 is as the model has it."""

_NEAR_S = 1.0
_TRIES = 8
"""Performances of a part that are tried, since chance may draw the same one twice."""


def playing_take(context: bpy.types.Context, obj: bpy.types.Object, frame: int | None = None) -> bpy.types.NlaStrip:
    """The take on a frame, the current one unless it is given, or else the highest one that plays at all. Raises
    A2GError if none does."""
    playing = takes.take_at(obj, context.scene.frame_current if frame is None else frame)
    if playing is None:
        playing = next((s for s in reversed(list(takes.take_strips(obj))) if not s.mute), None)
    if playing is None:
        raise A2GError("no take of the character plays", "use Generate Gestures, or unmute a take")
    return playing


def is_playing_silence(context: bpy.types.Context, obj: bpy.types.Object | None) -> bool:
    """Whether the playing take is that of a character without a voice."""
    if obj is None:
        return False
    try:
        recipe = take_list.recipe_of(playing_take(context, obj))
    except A2GError:
        return False
    return recipe is not None and recipe.is_silent


def _to_change(context: bpy.types.Context, obj: bpy.types.Object, frame: int | None = None) -> Order:
    """The playing take as it is, to be changed; A2GError for one that is written as IK."""
    strip = playing_take(context, obj, frame)
    as_ik.check_as_fk(strip)
    fewer_keys.check_dense(strip)
    return orders.gather_change(context, obj, strip)


def check_model(context: bpy.types.Context, strip: bpy.types.NlaStrip) -> None:
    """A2GError if a take was made with another model than the current one."""
    recipe = take_list.recipe_of(strip)
    if recipe is not None:  # a take without a recipe is refused when it is read
        gesture_model.check_same(gesture_model.load(gesture_model.chosen(context)), recipe)


def check_pinned_take(context: bpy.types.Context, obj: bpy.types.Object) -> None:
    """A2GError if the take to be changed around the pins was made with another model, or is written as IK; a new take
    is always allowed.
    """
    try:
        strip = playing_take(context, obj)
    except A2GError:
        return
    as_ik.check_as_fk(strip)
    fewer_keys.check_dense(strip)
    check_model(context, strip)


def updated(context: bpy.types.Context, obj: bpy.types.Object) -> Order:
    """The playing take with the character's current style, sliders, gaze, pins and partners.

    Where the line was spoken anew since, or the face moves what it did not move before, or the character sits down or
    stands up, or the scene has become longer than its idle, a new take with its gestures.
    """
    from ..a2g_core.performing.expression import moved

    strip, order = playing_take(context, obj), dialogue.listening_now(context, obj, _to_change(context, obj))
    set_now = orders.as_set_now(context, obj, order)
    now = dialogue.to_look_at(context, obj, orders.looking_now(context, obj, set_now))
    room = outgrown(context, obj, strip)
    is_new = moved(now.request) != moved(order.request) or now.body_parts != order.body_parts or room is not None
    if is_new or bool(now.partners) != bool(order.partners) or shapes.lacking(obj, _curves(strip), moved(now.request)):
        if room is not None and order.take_to_change.recipe.is_silent:
            return replace(now, change=None, speech=strips.no_speech(context, *room))
        return replace(now, change=None, room=room)
    return replace(now, spoken_anew=_spoken_anew(context, obj, order))


def outgrown(context: bpy.types.Context, obj: bpy.types.Object, strip: bpy.types.NlaStrip) -> tuple[int, int] | None:
    """(first, last) frames of the scene that a take's idle would fill if it was made now, if these are more than then:
    on the others nothing of it moves the character."""
    recipe = take_list.recipe_of(strip)
    if recipe is None or recipe.request.idle is None or not orders.plays_frame_by_frame(strip):
        return None
    shift, room = orders.shift_frames(strip), (context.scene.frame_start, context.scene.frame_end)
    if not recipe.is_silent:
        if not (obj.a2g_idle and orders.can_idle(obj)):
            return None
        room = around.free_room(obj, room, recipe.speech_frame + shift, recipe.speech_frames)
    first, last = recipe.start_frame + shift, recipe.start_frame + shift + recipe.n_frames - 1
    return (min(first, room[0]), max(last, room[1])) if room[0] < first or room[1] > last else None


def _check_pins(recipe: Recipe) -> None:
    """A2GError for a take with pins of an earlier version: a part made by this one would not fit the rest of it."""
    if recipe.has_old_pins:
        raise A2GError(
            "this take follows its pins as an earlier version did, with all of the body",
            "use Update Take first, or generate a new take",
        )


def _curves(strip: bpy.types.NlaStrip) -> Curves:
    return nla.playing_curves(bl.action_of(strip), bl.slot_of(strip))


def _spoken_anew(context: bpy.types.Context, obj: bpy.types.Object, order: Order) -> Order | None:
    """A new take where the speech is now, with the gestures of the one to be changed; None if these are not known."""
    # What the choices of phrases and ranges came to is in the plan, and their times are those of the old speech.
    kept = order.requesting(plan=order.take_to_change.recipe.plan, choices=())
    if order.take_to_change.recipe.is_silent:
        return None
    speech = strips.find_speech(context, obj)
    room = orders.idle_room(context, obj, speech) if order.request.idle is not None else None
    anew = replace(kept, speech=speech, change=None, room=room)
    now = orders.looking_now(context, obj, orders.as_set_now(context, obj, anew))
    return now if now.request.plan else None


def around_pins(context: bpy.types.Context, obj: bpy.types.Object) -> Order:
    """The playing take with the current pins; a new one if no take plays."""
    try:
        playing_take(context, obj)
    except A2GError:
        return replace(dialogue.to_look_at(context, obj, orders.gather(context, obj)), needs_pins=True)
    return replace(_to_change(context, obj), needs_pins=True)


def selected_range(context: bpy.types.Context, obj: bpy.types.Object) -> tuple[int, int]:
    """First and last scene frame of the preview range. Raises A2GError if it does not overlap the take."""
    scene = context.scene
    if not scene.use_preview_range:
        raise A2GError("no range is selected", "drag a preview range in the timeline with P")
    first, last = scene.frame_preview_start, scene.frame_preview_end
    strip = playing_take(context, obj)
    if last < strip.frame_start or first > strip.frame_end:
        raise A2GError("the selected range lies outside the take", "drag it over the take with P in the timeline")
    return first, last


def new_range(context: bpy.types.Context, obj: bpy.types.Object) -> Order:
    """The playing take with another performance in the selected range, which follows the current sliders."""
    from ..a2g_core.performing.request import Choice

    selected_range(context, obj)
    order = _to_change(context, obj)
    recipe = order.take_to_change.recipe
    _check_pins(recipe)
    low, high = _said_in_range(context, recipe, order.speech.start_frame)
    request = _with_sliders_in_range(context, obj, recipe, order.speech.start_frame)
    start_s, end_s, take = low / order.fps, high / order.fps, 1 + max((c.take for c in request.choices), default=0)
    others = [(*request.choices, Choice(start_s, end_s, request.seed, take + k)) for k in range(_TRIES)]
    return _otherwise(replace(order, request=request), start_s, end_s, others)


def range_reach(
    context: bpy.types.Context, obj: bpy.types.Object, strip: bpy.types.NlaStrip, recipe: Recipe
) -> tuple[tuple[int, int], tuple[int, int]]:
    """Scene frames [first, stop) of a take that the preview range holds, and those that change if it is regenerated.
    A2GError if nothing is said there."""
    from ..a2g_core.performing.generate import receptive_field_s

    start = recipe.speech_frame + orders.shift_frames(strip)
    low, high = _said_in_range(context, recipe, start)
    model = gesture_model.load(gesture_model.chosen(context))
    request = _with_sliders_in_range(context, obj, recipe, start)
    first, stop = _changed(recipe, low / recipe.fps, high / recipe.fps, receptive_field_s(model, request))
    later = start - recipe.lead_frames
    return (start + low, start + high), (first + later, stop + later)


def _said_in_range(context: bpy.types.Context, recipe: Recipe, start: int) -> tuple[int, int]:
    """Frames [low, high) of a take's speech, which begins on frame `start`, that the preview range holds."""
    scene = context.scene
    low = max(0, scene.frame_preview_start - start)
    high = min(recipe.speech_frames, scene.frame_preview_end + 1 - start)
    if not scene.use_preview_range or low >= high or recipe.is_silent:
        raise A2GError("nothing is said in the selected range", "drag it over what is said with P in the timeline")
    return low, high


def _with_sliders_in_range(context: bpy.types.Context, obj: bpy.types.Object, recipe: Recipe, start: int) -> Request:
    """A take's request, with the sliders of now in the preview range."""
    low, high = _said_in_range(context, recipe, start)
    now = orders.read_controls(context, obj, start)
    before = recipe.request.controls
    controls = orders.mix_controls(before, now, low, high, recipe.speech_frames, recipe.fps)
    return replace(recipe.request, controls=controls)


def other_accent(context: bpy.types.Context, obj: bpy.types.Object, step: int, frame: float | None = None) -> Order:
    """The playing take with the accent nearest to a frame, the current one unless it is given, a step stronger (1) or
    weaker (-1), or as it is heard (0).
    """
    from ..a2g_core.performing.accents import strength_at, with_strength
    from ..a2g_core.performing.generate import accent_reach_s
    from ..a2g_core.performing.listening import accents_of

    frame = context.scene.frame_current if frame is None else frame
    order = _to_change(context, obj, round(frame))
    recipe, model = order.take_to_change.recipe, gesture_model.load(order.model_file)
    _check_pins(recipe)
    time_s = (frame - order.speech.start_frame) / order.fps
    # Hearing a few minutes of speech takes a moment, if it has not been heard yet.
    heard_s = () if recipe.is_silent else accents_of(owned(Maker).hear(order, model), model)
    at_s = min(heard_s, key=lambda s: abs(s - time_s), default=None)
    if at_s is None or abs(at_s - time_s) > _NEAR_S:
        raise A2GError("no accent is near this frame", "go to one: the lanes of NLA editor and sequencer show them")
    strength = _next_strength(strength_at(order.request.accents, at_s), step)
    accents = with_strength(order.request.accents, at_s, strength)
    requests = (order.request, replace(order.request, accents=accents))
    around_s = max(accent_reach_s(model, request) for request in requests)
    span = _changed(recipe, at_s, at_s, around_s, in_idle=True)
    return replace(order.requesting(accents=accents), change=replace(order.take_to_change, span=span))


def _next_strength(now: float, step: int) -> float:
    """The strength that comes after this one, or before it. A2GError where there is none."""
    if step == 0 and now == 1:
        raise A2GError("this accent is as it is heard", "make it stronger or weaker")
    further = [s for s in STRENGTHS if (s - now) * step > 0]
    if step and not further:
        if step > 0:
            raise A2GError("this accent is as strong as it can be", "raise Energy for more movement everywhere")
        raise A2GError("this accent is as weak as it can be", "make it stronger")
    return min(further, key=lambda s: abs(s - now)) if step else 1.0


def other_phrase(context: bpy.types.Context, obj: bpy.types.Object, step: int, frame: int | None = None) -> Order:
    """The playing take with the next or previous performance of the phrase on a frame, the current one unless it is
    given.
    """
    from ..a2g_core.performing.request import Choice

    frame = context.scene.frame_current if frame is None else frame
    order = _to_change(context, obj, frame)
    _check_pins(order.take_to_change.recipe)
    if order.take_to_change.recipe.is_silent:
        raise A2GError("nothing is said in this take", "use Generate Idle or Generate Listening for another one")
    start_s, end_s = _phrase_at(order, (frame - order.speech.start_frame) / order.fps)
    choices = order.request.choices
    mine = [c for c in choices if (c.start_s, c.end_s) == (start_s, end_s)]
    take = (mine[0].take if mine else 0) + step
    if take < 0:
        raise A2GError("this is the phrase's first performance", "go to the next one instead")
    kept, seed = tuple(c for c in choices if c not in mine), order.request.seed
    takes_to_try = range(take, take + _TRIES) if step > 0 else range(take, -1, -1)
    others = [(*kept, Choice(start_s, end_s, seed, k)) if k else kept for k in takes_to_try]
    return _otherwise(order, start_s, end_s, others)


def asked_of(
    obj: bpy.types.Object, order: Callable[[bpy.types.Context, bpy.types.Object], Order]
) -> Callable[[], Order]:
    """What gathers an order for this character when its turn comes."""
    uid = obj.session_uid

    def gather() -> Order:
        found = takes.find_object(uid)
        if found is None:
            raise A2GError("the character was deleted meanwhile", "choose another one and generate again")
        return order(bpy.context, found)

    return gather


def reproduced(context: bpy.types.Context, obj: bpy.types.Object) -> Order:
    """The playing take again, as a new take where the speech is now.

    Raises A2GError if anything it was made from has changed.
    """
    strip = playing_take(context, obj)
    order = orders.gather_change(context, obj, strip)
    _check_pins(order.take_to_change.recipe)
    start_frame = order.speech.start_frame + speech_moved(context, obj, strip)
    speech = replace(order.speech, start_frame=start_frame)
    return replace(order, speech=speech, change=None, expected=order.take_to_change.recipe)


def speech_moved(context: bpy.types.Context, obj: bpy.types.Object, strip: bpy.types.NlaStrip) -> int:
    """By how many frames a take must move to where its speech has been moved since; 0 where it need not.

    A take that the artist has moved on her own stays where it is.
    """
    recipe = take_list.recipe_of(strip)
    if recipe is None or recipe.is_silent or abs(recipe.fps - strips.scene_fps(context.scene)) > 1e-6:
        return 0
    now = strips.start_of(context, obj, recipe.speech, recipe.speech_frames)
    if now is None or now == recipe.speech_frame:
        return 0
    try:
        return now - (recipe.speech_frame + orders.shift_frames(strip))
    except A2GError:
        return 0  # it does not play frame by frame, which is another problem


def left_behind(context: bpy.types.Context, obj: bpy.types.Object, playing: list[Placed]) -> list[tuple[Placed, int]]:
    """Takes whose speech has moved away, with the frames to move them by.

    A speech that one take is in time with has not moved: it is spoken twice.
    """
    moved = [(placed, speech_moved(context, obj, placed.strip)) for placed in playing if not placed.metas]
    in_time = {_speech_of(placed) for placed, frames in moved if not frames}
    return [(placed, frames) for placed, frames in moved if frames and _speech_of(placed) not in in_time]


def _speech_of(placed: Placed) -> str:
    recipe = take_list.recipe_of(placed.strip)
    return "" if recipe is None else recipe.speech


def _phrase_at(order: Order, time_s: float) -> tuple[float, float]:
    # Hearing a few minutes of speech takes a moment, if it has not been heard yet.
    from ..a2g_core.speech.heard import find_phrases

    phrases = find_phrases(owned(Maker).hear(order, gesture_model.load(order.model_file)))
    return next(((a, b) for a, b in phrases if a <= time_s < b), phrases[0] if time_s < 0 else phrases[-1])


def _otherwise(order: Order, start_s: float, end_s: float, choices: list[tuple[Choice, ...]]) -> Order:
    """The first of these choices that makes the part from start_s to end_s another one; of the frames that it can
    change."""
    from ..a2g_core.performing.generate import receptive_field_s

    around_s = receptive_field_s(gesture_model.load(order.model_file), order.request)
    span = _changed(order.take_to_change.recipe, start_s, end_s, around_s)
    performances = tuple(replace(order.request, choices=chosen) for chosen in choices)
    return replace(order, change=replace(order.take_to_change, span=span, performances=performances))


def _changed(
    recipe: Recipe, start_s: float, end_s: float, around_s: float, *, in_idle: bool = False
) -> tuple[int, int]:
    """(first, stop) frames of a take that change with what is said from start_s to end_s, by what reaches so far.

    in_idle: also in the idle around the speech.
    """
    low, high = (-recipe.lead_frames, recipe.n_frames - recipe.lead_frames) if in_idle else (0, recipe.speech_frames)
    first, stop = floor((start_s - around_s) * recipe.fps), ceil((end_s + around_s) * recipe.fps) + 1
    return recipe.lead_frames + max(low, first), recipe.lead_frames + min(high, stop)
