"""The words that a character says, found in its speech; and the gestures that fit them, placed as pins."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

import bpy

from ..a2g_core.errors import A2GError, GestureError, WordsError
from ..owner import owned
from ..scene import own_gestures, pins, suggested
from ..sentences import problem, sentence
from ..speech import strips, texts, words
from ..speech.strips import SpeechSource
from ..speech.words import PlacedWord, Words
from . import words_setup
from .make import Maker

if TYPE_CHECKING:
    from ..a2g_core.gestures.library import Gesture
    from ..a2g_core.gestures.suggesting import Suggestion
    from ..a2g_core.speech.heard import Heard
    from ..a2g_core.words.word import Passage

AUTO = "AUTO"


def of(obj: bpy.types.Object) -> Words | None:
    """The words that are kept with a character; None if there are none."""
    return Words.from_text(obj.a2g_words) if obj.a2g_words else None


def needed(obj: bpy.types.Object) -> Words:
    """The words that are kept with a character; WordsError if there are none."""
    found = of(obj)
    if found is None:
        raise WordsError("the words of the speech are not known", "use Read Words")
    return found


def check_current(context: bpy.types.Context, obj: bpy.types.Object) -> None:
    """WordsError if the words are of another recording than the speech is now. AudioError without a speech."""
    if not words.knows(needed(obj), strips.find_speech(context, obj)):
        raise WordsError("the words are those of another recording", "use Update Words")


def read(context: bpy.types.Context, obj: bpy.types.Object, source: str, name: str) -> Words:
    """Find the words of a text in the speech, and keep them with the character."""
    from ..speech.mix import Clip

    speech = strips.find_speech(context, obj)
    passages = texts.read(context, speech, _heard(speech).duration_s, source, name)
    only = words.only_recording(speech)
    whole = SpeechSource(speech.name, 0, None, (Clip(only, 0.0, 0.0, 0.0),)) if only is not None else speech
    # A file's times are those of its recording, whatever is trimmed off that here.
    found = _found(obj, passages, whole if texts.has_times(source, passages) else speech, source, name)
    if found.notes and not texts.has_times(source, passages) and speech.duration_s is not None:
        # A text without times may be that of the whole recording, too.
        with suppress(A2GError):
            of_all = _found(obj, passages, whole, source, name)
            found = of_all if len(of_all.notes) < len(found.notes) else found
    obj.a2g_words = found.to_text()
    return found


def update(context: bpy.types.Context, obj: bpy.types.Object) -> tuple[Words, list[str]]:
    """Find the words anew, in the speech of now; suggestions that nobody touched follow their words.

    Returns them, and the words of suggestions that were taken back: they are not said any more, or a pin lies there.
    """
    before = needed(obj)
    speech = strips.find_speech(context, obj)
    if words.knows(before, speech):
        try:
            found = read(context, obj, before.source, before.name)
        except WordsError as error:  # its text is gone: the words are still those that were found
            found = before.having(notes=(sentence(error),))
    else:  # of another recording the times are not known
        found = _found(obj, _without_times(context, speech, before), speech, before.source, before.name)
    numbers = _same_words(before, found)
    found = found.having(suggested=tuple(numbers[n] for n in before.suggested if n in numbers))
    obj.a2g_words = found.to_text()
    return found, _follow(context, obj, found, speech, numbers)


@dataclass(frozen=True)
class Plan:
    """Gestures that fit the words, as they would be placed. left_out: where pins of the artist lie.

    placed: the words that they are numbered by. problems: gestures of the artist's own that cannot be read, and
    such as the text asks for and cannot be made.
    """

    speech: SpeechSource
    placed: tuple[PlacedWord, ...]
    made: tuple[Suggestion, ...]
    left_out: tuple[Suggestion, ...]
    problems: tuple[A2GError, ...] = ()

    def frame(self, at_s: float, fps: float) -> int:
        """Frame of the scene that is nearest to a second of the speech."""
        return self.speech.start_frame + round(at_s * fps)


def plan(context: bpy.types.Context, obj: bpy.types.Object, seed: int, is_again: bool = False) -> Plan:
    """What fits the words of now, beside all pins but suggestions that nobody touched. is_again: words whose gesture
    the artist has deleted get none.
    """
    from ..a2g_core.gestures.suggesting import misnamed, suggest_around

    kept = needed(obj)
    speech = strips.find_speech(context, obj)
    check_current(context, obj)
    placed = words.placed(kept, speech)
    if not placed:
        raise WordsError("no word lies in what is heard of the speech", "use Update Words, or untrim its strip")
    there = suggested.find(obj)
    hers = {made.word for made in there if not made.is_untouched}
    if is_again:
        hers |= set(kept.suggested) - {made.word for made in there}
    fps = strips.scene_fps(context.scene)
    own, problems = own_gestures.all_of(obj, fps)
    said = [p.word for p in placed]
    wrong = misnamed(said, own)
    made, left_out = suggest_around(
        [replace(word, gesture="") if i in wrong else word for i, word in enumerate(said)],
        _heard(speech), _busy(obj, there, speech, fps),
        without={i for i, p in enumerate(placed) if p.number in hers},
        per_minute=obj.a2g_per_minute, seed=seed, language="" if obj.a2g_language == AUTO else obj.a2g_language,
        own=own,
    )  # fmt: skip
    for number, error in wrong.items():
        values = {
            "word": said[number].text, "why": problem(error),
            "frame": speech.start_frame + round(said[number].start_s * fps),
        }  # fmt: skip
        text = "the text asks with '{word}' on frame {frame} for what cannot be: {why}"
        problems.append(GestureError(text, error.hint_template, **{**error.values, **values}))
    return Plan(speech, tuple(placed), tuple(made), tuple(left_out), tuple(problems))


def place(context: bpy.types.Context, obj: bpy.types.Object, chosen: Plan) -> list[bpy.types.NlaStrip]:
    """Put a plan's gestures in place of the suggestions that nobody touched."""
    fps = strips.scene_fps(context.scene)
    suggested.remove(obj, [made for made in suggested.find(obj) if made.is_untouched])
    strips_made = []
    for made in chosen.made:
        number = chosen.placed[made.word].number
        frame = chosen.frame(made.at_s, fps)
        strips_made.append(suggested.add(obj, made.gesture, frame, fps, number, made.said))
    kept = needed(obj)
    hers = {made.word for made in suggested.find(obj)}
    obj.a2g_words = kept.having(suggested=tuple(sorted(hers | set(kept.suggested)))).to_text()
    return strips_made


def lane(context: bpy.types.Context, obj: bpy.types.Object) -> list[tuple[float, float, str]]:
    """(First frame, last frame, word) of the words that are heard, in the scene; none where they are not known."""
    kept = of(obj)
    if kept is None:
        return []
    try:
        speech = strips.find_speech(context, obj)
        placed = words.placed(kept, speech)
    except (A2GError, OSError):
        return []
    fps, start = strips.scene_fps(context.scene), speech.start_frame
    return [(start + p.word.start_s * fps, start + p.word.end_s * fps, p.word.text) for p in placed]


# Finding words --------------------------------------------------------------------------------------------------------


def _found(
    obj: bpy.types.Object, passages: Sequence[Passage], speech: SpeechSource, source: str, name: str
) -> Words:  # fmt: skip
    """By pocketsphinx where that is set up and wanted: for English without times."""
    from ..a2g_core.gestures.lexicon import language_of
    from ..a2g_core.words.aligning import align
    from ..a2g_core.words.sphinx import align_finely
    from ..a2g_core.words.word import words_of

    python = words_setup.python() if obj.a2g_fine_words else None
    texts_read = [word for passage in passages for word in words_of(passage.text)]
    is_timed = any(passage.start_s is not None for passage in passages)
    if python is not None and not is_timed and language_of(texts_read) == "en":
        transcript = align_finely(passages, speech.open(), _heard(speech), python)
    else:
        transcript = align(passages, _heard(speech))
    recordings, kept = words.keep(transcript.words, speech)
    return Words(source, name, recordings, kept, tuple(map(sentence, transcript.notes)))


def _heard(speech: SpeechSource) -> Heard:
    from ..a2g_core.words.acoustics import FPS

    return owned(Maker).hear_speech(speech, FPS)


def _without_times(context: bpy.types.Context, speech: SpeechSource, before: Words) -> list[Passage]:
    """The text of before, as its source has it now, or, where that is gone or on the timeline, as it was."""
    from ..a2g_core.words.word import Passage

    text = before.text
    if before.source not in ("STRIPS", "MARKERS"):
        with suppress(WordsError):
            found = texts.read(context, speech, _heard(speech).duration_s, before.source, before.name)
            text = " ".join(passage.text for passage in found)
    return [Passage(text)]


def _same_words(before: Words, now: Words) -> dict[int, int]:
    """Which word of now is which of before, by number: those that are the same in the same order."""
    old, new = ([kept.word.text.lower() for kept in some.words] for some in (before, now))
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    return {block.a + i: block.b + i for block in blocks for i in range(block.size)}


# Placing gestures -----------------------------------------------------------------------------------------------------


def _busy(
    obj: bpy.types.Object, there: Iterable[suggested.Made], speech: SpeechSource, fps: float
) -> list[tuple[float, float]]:
    """Where pins lie that are to stay, in seconds of the speech."""
    free = [made.strip for made in there if made.is_untouched]
    staying = [pinned.strip for pinned in pins.pinned_strips(obj) if pinned.strip not in free]
    start = speech.start_frame
    return [((strip.frame_start - start) / fps, (strip.frame_end - start) / fps) for strip in staying]


def _follow(
    context: bpy.types.Context, obj: bpy.types.Object, found: Words, speech: SpeechSource, numbers: dict[int, int]
) -> list[str]:
    """Put untouched suggestions where their words are now. Returns the words of those that cannot be."""
    from ..a2g_core.gestures.suggesting import Suggestion, emphasis_s
    from ..a2g_core.words.word import words_of

    there = [made for made in suggested.find(obj) if made.is_untouched]
    if not there:
        return []
    fps, heard = strips.scene_fps(context.scene), _heard(speech)
    busy = _busy(obj, there, speech, fps)
    placed = words.placed(found, speech)
    order = {p.number: i for i, p in reversed(list(enumerate(placed)))}
    moved: list[tuple[suggested.Made, Gesture, int, int]] = []
    lost: list[suggested.Made] = []
    for made in there:
        number = numbers.get(made.word)
        first = order.get(number) if number is not None else None
        gesture = own_gestures.named(obj, made.gesture, made.hand, fps)
        if number is None or first is None or gesture is None:
            lost.append(made)
            continue
        said = [p.word for p in placed[first : first + max(1, len(words_of(made.said)))]]
        at_s = emphasis_s(said, heard)
        if Suggestion(first, made.said, at_s, gesture, "").meets(busy):
            lost.append(made)
            continue
        frame = speech.start_frame + round(at_s * fps)
        if (number, frame) != (made.word, made.at_frame):
            moved.append((made, gesture, frame, number))
    suggested.remove(obj, [*lost, *(made for made, *_ in moved)])
    for made, gesture, frame, number in moved:
        suggested.add(obj, gesture, frame, fps, number, made.said)
    return [made.said for made in lost]
