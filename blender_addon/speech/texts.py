"""Where the text of a speech may be: a file, a text of this Blender file, text strips, markers, or what is typed.

Text strips and markers say when their words are said; they are read in seconds of the speech as it is placed now.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import bpy

from .. import bl
from ..a2g_core.errors import WordsError
from .strips import SpeechSource, absolute, scene_fps

if TYPE_CHECKING:
    from ..a2g_core.words.word import Passage

_LETTER_S, _LEAST_S = 0.07, 0.2
"""How long a word of a marker is, which says only when it begins."""


def read(context: bpy.types.Context, speech: SpeechSource, seconds: float, source: str, name: str) -> list[Passage]:
    """The passages of a source, for a speech that lasts so long. name: the file's path, the text's name, or what was
    typed. WordsError without any.

    Times of a file are its own; others are seconds of the speech.
    """
    from ..a2g_core.words.reading import in_order, read_passages
    from ..a2g_core.words.word import Passage, words_of

    if source == "FILE":
        return read_passages(absolute(name))
    if source == "BLOCK":
        if name not in bpy.data.texts:
            raise WordsError("there is no text '{path}'", "choose one of this file's texts", path=name)
        found = [Passage(bpy.data.texts[name].as_string())]
    elif source == "TYPED":
        found = [Passage(name)]
    else:
        found = in_order(list((_strips if source == "STRIPS" else _markers)(context, speech, seconds)))
    if any(words_of(passage.text) for passage in found):
        return found
    if source == "STRIPS":
        raise WordsError(
            "no text strip with words lies over the speech", "add one in the sequencer, or choose another source"
        )
    if source == "MARKERS":
        raise WordsError(
            "no marker with words lies over the speech", "add one with M, named as the word that is said there"
        )
    raise WordsError("the text has no words", "give the text of what is said")


def has_times(source: str, passages: list[Passage]) -> bool:
    """Whether these passages say, in a file, when they are said."""
    return source == "FILE" and any(passage.start_s is not None for passage in passages)


def _strips(context: bpy.types.Context, speech: SpeechSource, duration_s: float) -> Iterator[Passage]:
    """The text strips over the speech: the selected ones, if any is."""
    from ..a2g_core.words.word import Passage

    scene = bl.sequencer_scene(context)
    shown = [s for s in bl.all_strips(scene) if s.type == "TEXT" and not s.mute]
    chosen = [s for s in shown if s.select] or shown
    fps = scene_fps(scene)
    for strip in chosen:
        first, end = (_seconds(context, speech, frame / fps) for frame in bl.visible_frames(strip))
        if first < duration_s and end > 0:
            yield Passage(strip.text, max(0.0, first), max(0.0, end))


def _markers(context: bpy.types.Context, speech: SpeechSource, duration_s: float) -> Iterator[Passage]:
    """The markers within the speech that choose no camera: the selected ones, if any is. Each is up to the next."""
    from ..a2g_core.words.word import Passage, says_something, words_of

    scene, fps = context.scene, scene_fps(context.scene)
    shown = [m for m in scene.timeline_markers if m.camera is None and says_something(m.name)]
    chosen = [m for m in shown if m.select] or shown
    timed = sorted((_seconds(context, speech, m.frame / fps), m.name) for m in chosen)
    timed = [(at_s, name) for at_s, name in timed if 0 <= at_s < duration_s]
    for (at_s, name), next_s in zip(timed, [*(at_s for at_s, _ in timed[1:]), duration_s]):
        longest_s = max(_LEAST_S, _LETTER_S * len(name)) if len(words_of(name)) == 1 else duration_s
        yield Passage(name, at_s, min(next_s, at_s + longest_s))


def _seconds(context: bpy.types.Context, speech: SpeechSource, scene_s: float) -> float:
    """Seconds of the speech, for those that Blender counts from frame 0 of a scene."""
    return scene_s - speech.start_frame / scene_fps(context.scene)
