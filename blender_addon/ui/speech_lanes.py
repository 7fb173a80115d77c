"""The lanes of the playing take: its phrases, and its sound with the accents, which a click makes stronger or weaker.

In the NLA editor they lie where the take is; in the sequencer, where its speech is now.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache, partial
from typing import TYPE_CHECKING

import bpy
from bpy.app.translations import pgettext_iface as iface_

from ..a2g_core.errors import A2GError
from ..owner import owned
from ..scene import take_list
from ..speech import strips
from ..work import changes, gesture_model, hearing, jobs, orders
from . import lane, lanes, state

if TYPE_CHECKING:
    from ..scene.recipe import Recipe
    from ..work.said import Said

_NAME = "speech"
_LOWEST, _HIGHEST = 0.1, 0.94
"""How high the stems of the weakest and the strongest accents are, of their lane."""


def provide(context: bpy.types.Context, obj: bpy.types.Object) -> list[lane.Lane]:
    """The lanes of a character's playing take; none where it says nothing, or before it was heard."""
    try:
        strip = changes.playing_take(context, obj)
        recipe = take_list.recipe_of(strip)
        if recipe is None or recipe.is_silent:
            return []
        start = recipe.speech_frame + orders.shift_frames(strip)
        speech = strips.find_speech(context, obj)
        heard = owned(hearing.Hearing)
        if (soon := owned(lanes.Lanes).soon) not in heard.told:
            heard.told.append(soon)
        said = heard.find(speech, gesture_model.chosen(context))
    except A2GError:
        return []
    if said is None:
        return []
    if said.digest != recipe.speech_digest:
        text = iface_("This take was made for another speech: use Update Take")
        phrases = lane.Lane(iface_("Phrases"), (lane.Span(start, start + recipe.speech_frames, text),))
        plain = _plain(said, speech.start_frame, recipe)
        return _in_editor([phrases], "NLA_EDITOR") + _in_editor(plain, "SEQUENCE_EDITOR")
    bands = _bands(context, obj, strip, recipe)
    shown = [replace(one, bands=bands) for one in (_phrases(said, start, recipe), _sound(said, start, start, recipe))]
    if speech.start_frame == start:
        return shown
    moved = [_phrases(said, speech.start_frame, recipe), _sound(said, speech.start_frame, start, recipe)]
    return _in_editor(shown, "NLA_EDITOR") + _in_editor(moved, "SEQUENCE_EDITOR")


def _in_editor(shown: list[lane.Lane], editor: str) -> list[lane.Lane]:
    return [replace(one, editors=frozenset((editor,))) for one in shown]


def _plain(said: Said, start: int, recipe: Recipe) -> list[lane.Lane]:
    """Of a speech that the take is not made for: nothing in it can be changed."""
    sound = _sound(said, start, start, recipe)
    marks = tuple(lane.Mark(m.frame, m.height) for m in sound.marks)
    return [_phrases(said, start, recipe), replace(sound, marks=marks)]


def _phrases(said: Said, start: int, recipe: Recipe) -> lane.Lane:
    """Each phrase with its number."""
    text, total = iface_("{number} of {total}"), len(said.phrases)
    return lane.Lane(iface_("Phrases"), tuple(
        lane.Span(start + start_s * recipe.fps, start + end_s * recipe.fps, text.format(number=k, total=total))
        for k, (start_s, end_s) in enumerate(said.phrases, 1)
    ))  # fmt: skip


def _sound(said: Said, start: int, take_start: int, recipe: Recipe) -> lane.Lane:
    """How loud it is, with the accents. take_start: where the speech begins in the take."""
    from ..a2g_core.performing.accents import STRONGEST, strength_at

    accents, marks = recipe.request.accents, []
    for at_s in said.accents_s:
        strength = strength_at(accents, at_s)
        height = _LOWEST + (_HIGHEST - _LOWEST) * strength / STRONGEST
        text = "" if strength == 1 else f"× {strength:g}"
        click = partial(_click, take_start + at_s * recipe.fps)
        marks.append(lane.Mark(start + at_s * recipe.fps, height, text, strength != 1, click))
    return lane.Lane(iface_("Accents"), marks=tuple(marks), curve=_curve(said, start, recipe.fps), rows=2)


@lru_cache(maxsize=8)
def _curve(said: Said, start: int, fps: float) -> lane.Curve:
    """Remembered, since a curve is the same only as itself."""
    return lane.Curve(start, fps / said.fps, said.loudness)


def _bands(
    context: bpy.types.Context, obj: bpy.types.Object, strip: bpy.types.NlaStrip, recipe: Recipe
) -> tuple[tuple[float, float], ...]:
    """The selected range, and as far as it reaches; nothing where none is selected."""
    try:
        return changes.range_reach(context, obj, strip, recipe)
    except A2GError:
        return ()


def _click(frame: float, context: bpy.types.Context, is_upper: bool) -> None:
    """Make the accent on this frame stronger or weaker, in a job. A2GError if the take cannot be changed."""
    state.check_change(context)
    order: Callable[..., orders.Order] = partial(changes.other_accent, step=1 if is_upper else -1, frame=frame)
    owned(jobs.Runner).ask(changes.asked_of(state.chosen_character(context), order))


def register() -> None:
    """Provide them."""
    owned(lanes.Lanes).provide(_NAME, provide)


def unregister() -> None:
    """Provide them no more."""
    owned(lanes.Lanes).withdraw(_NAME)
