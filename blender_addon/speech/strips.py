"""Speech from the scene: sound strips as they are placed, trimmed, retimed and muted in the sequencer, or a file.

The main thread gathers here what to play, quickly and without decoding; the job's thread decodes and mixes it. Volume
is followed with its keys; pan, modifiers, drivers, and the sound of scene strips are ignored. A retimed strip plays
like a tape, whether or not Blender would correct its pitch.

The sequencer's scene may have another frame rate than the character's (from 5.0 on). The two share seconds, which
Blender counts from frame 0 of either. The speech then starts on the last frame of the character's scene before its
first sample and ends on a whole frame, padded with silence.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import ceil, floor, prod
from pathlib import Path
from typing import TYPE_CHECKING, Any

import bpy

from .. import bl
from ..a2g_core.errors import AudioError
from ..a2g_core.files import is_file

if TYPE_CHECKING:
    from ..a2g_core.speech.audio import Speech
    from .decode import Recording
    from .mix import Clip, Retiming

_VOLUME_POINTS = 1000
_TRANSITION_STEPS = 64
_DIGEST_PLACES, _DIGEST_BYTES = 64, 4096


@dataclass(frozen=True)
class SpeechSource:
    """A speech and its place in the character's scene, with no reference to Blender's data.

    start_frame: frame of its first sample. duration_s: a whole number of frames; None for all of the only clip. clips:
    none of a character without a voice.
    """

    name: str
    start_frame: int
    duration_s: float | None
    clips: tuple[Clip, ...]

    @property
    def key(self) -> str:
        """SHA-256 (hex) of files as they are on disk, trims, speeds and volumes: equal for what sounds the same."""
        return hashlib.sha256(repr((self.duration_s, [_clip_key(clip) for clip in self.clips])).encode()).hexdigest()

    def frames(self, fps: float) -> int:
        """How many frames it is long; 0 for a file, of which that is not known."""
        return round((self.duration_s or 0.0) * fps)

    def open(self, should_cancel: Callable[[], bool] | None = None) -> Speech:
        """The speech, decoded and mixed to mono as it is read, on any thread. Raises AudioError, Cancelled."""
        from .mix import open_clips

        return open_clips(self.clips, self.duration_s, should_cancel)


@dataclass(frozen=True)
class HeardStrip:
    """A sound strip and the frames [first, end) on which it is visible within the meta strips that hold it.

    channel: that of the outermost strip. metas: from the outermost to the innermost.
    """

    strip: Any
    first: int
    end: int
    is_muted: bool
    channel: int
    metas: tuple[Any, ...]


def check_speech(context: bpy.types.Context, obj: bpy.types.Object) -> None:
    """AudioError if there is no speech, as far as can be known without decoding it."""
    if obj.a2g_speech_source == "FILE":
        if not obj.a2g_speech_file:
            raise AudioError("no speech file is chosen", "choose one under Speech")
        if not is_file(path := absolute(obj.a2g_speech_file)):
            raise AudioError("there is no file '{path}'", "use Find Speech File, or choose another", path=path)
        return
    for heard in find_strips(context, obj):
        strip = heard.strip
        if strip.sound is None:
            raise AudioError("sound strip '{name}' has no sound", "choose another one under Speech", name=strip.name)
        if is_missing(strip.sound):
            raise AudioError(
                "the file of sound strip '{name}' is missing ('{path}')", "use Find Speech File",
                name=strip.name, path=sound_path(strip.sound),
            )  # fmt: skip
        if bl.is_retimed(strip):
            _read_retiming(strip, 1.0)


def find_speech(context: bpy.types.Context, obj: bpy.types.Object) -> SpeechSource:
    """The speech that a character's settings specify. Raises AudioError if there is none."""
    check_speech(context, obj)
    if obj.a2g_speech_source == "FILE":
        return of_file(absolute(obj.a2g_speech_file), obj.a2g_start_frame)
    strips = find_strips(context, obj)
    scene = bl.sequencer_scene(context)
    start, end = _own_frames(context, strips)
    own_fps, fps = scene_fps(context.scene), scene_fps(scene)
    origin = start if fps == own_fps else start / own_fps * fps
    clips = tuple(_clip(scene, heard, origin, fps) for heard in strips)
    return SpeechSource(_shared_name(strips), start, (end - start) / own_fps, clips)


def of_file(path: Path, start_frame: int) -> SpeechSource:
    """The speech in a file, from a frame of the scene on. AudioError if it is not there."""
    from .decode import Recording
    from .mix import Clip

    if not is_file(path):
        raise AudioError("there is no file '{path}'", "use Find Speech File, or choose another", path=path)

    recording = Recording(_file_digest(path), path.name, path)
    return SpeechSource(path.name, start_frame, None, (Clip(recording, 0.0, 0.0, 0.0),))


def no_speech(context: bpy.types.Context, first: int, last: int) -> SpeechSource:
    """What a character says that says nothing from frame first to frame last. AudioError if these hold no frame."""
    if last < first:
        raise AudioError("the scene's range is empty", "let it end after it starts")
    return SpeechSource("", first, (last + 1 - first) / scene_fps(context.scene), ())


def speech_frames(context: bpy.types.Context, obj: bpy.types.Object) -> tuple[str, int, int]:
    """Name and frames [first, end) of a speech of strips, in the character's scene. Raises AudioError."""
    strips = find_strips(context, obj)
    return _shared_name(strips), *_own_frames(context, strips)


def start_of(context: bpy.types.Context, obj: bpy.types.Object, name: str, n_frames: int) -> int | None:
    """Frame of the character's scene on which a speech of this name and length begins now; None if it is not there.

    It is the character's speech, or else a strip that is not chosen at the moment. A file's length is not known.
    """
    if obj.a2g_speech_source == "FILE" and obj.a2g_speech_file and absolute(obj.a2g_speech_file).name == name:
        return obj.a2g_start_frame
    scene = bl.sequencer_scene(context)
    try:
        chosen = [] if obj.a2g_speech_source == "FILE" else find_strips(context, obj)
    except AudioError:
        chosen = []
    for strips in (chosen, [heard for heard in _sound_strips(scene) if heard.strip.name == name]):
        if strips and _shared_name(strips) == name:
            first, end = _own_frames(context, strips)
            if end - first == n_frames:
                return first
    return None


def find_strips(context: bpy.types.Context, obj: bpy.types.Object) -> list[HeardStrip]:
    """The audible sound strips that a character speaks. Raises AudioError if there are none."""
    scene = bl.sequencer_scene(context)
    strips = list(_sound_strips(scene))
    if obj.a2g_speech_source == "CHANNEL":
        number = obj.a2g_speech_channel
        wanted = [[heard for heard in strips if heard.channel == number]]
        if not wanted[0]:
            raise AudioError(
                "channel {number} of the sequencer has no sound strip", "choose another one under Speech", number=number
            )
    elif name := obj.a2g_speech_strip:
        found = next((s for s in bl.all_strips(scene) if s.name == name), None)
        wanted = [[heard for heard in strips if found is not None and _belongs(heard, found)]]
        if not wanted[0]:
            raise AudioError(
                "the sequencer has no sound strip '{name}'", "choose another one under Speech, or none", name=name
            )
    else:
        wanted = _default_strips(scene, strips)
    audible = ([h for h in group if not h.is_muted and h.first < h.end] for group in wanted)
    if heard := next(filter(None, audible), None):
        return heard
    if not strips:
        raise AudioError("the sequencer has no sound strip", "add one there, or choose File under Speech")
    raise AudioError(
        "sound strip '{name}' is muted or hidden by its meta strip", "unmute it and its channel, or choose another one",
        name=next(h for group in wanted for h in group).strip.name,
    )  # fmt: skip


def absolute(path: str, library: bpy.types.Library | None = None) -> Path:
    """The absolute path for one of Blender's, which may be relative to the .blend file that holds it."""
    return Path(os.path.abspath(bpy.path.abspath(path, library=library)))


def sound_path(sound: bpy.types.Sound) -> Path:
    """Path of a sound's file, or of the file it was packed from."""
    return absolute(sound.filepath, sound.library)


def is_missing(sound: bpy.types.Sound) -> bool:
    """Whether a sound's file is missing and the sound is not packed."""
    return sound.packed_file is None and not is_file(sound_path(sound))


def scene_fps(scene: bpy.types.Scene) -> float:
    """Frames per second."""
    return scene.render.fps / scene.render.fps_base


def _sound_strips(scene: bpy.types.Scene) -> Iterator[HeardStrip]:
    """All sound strips, those in meta strips included, in the order of their first visible frames."""
    editor = scene.sequence_editor
    if editor is None:
        return
    found: list[HeardStrip] = []
    for strip in bl.sequencer_strips(editor):
        found += _open_metas(strip, editor.channels, strip.channel, (), (-(1 << 30), 1 << 30), False)
    yield from sorted(found, key=lambda heard: (heard.first, heard.channel, heard.strip.name))


def _open_metas(
    strip: Any, channels: Any, channel: int, metas: tuple[Any, ...], window: tuple[int, int], is_muted: bool
) -> Iterator[HeardStrip]:
    first, end = bl.visible_frames(strip)
    window = max(first, window[0]), min(end, window[1])
    is_muted = is_muted or strip.mute or channels[strip.channel].mute
    if strip.type == "SOUND":
        yield HeardStrip(strip, *window, is_muted, channel, metas)
    elif strip.type == "META":
        for inner in bl.sequencer_strips(strip):
            yield from _open_metas(inner, strip.channels, channel, (*metas, strip), window, is_muted)


def _default_strips(scene: bpy.types.Scene, strips: list[HeardStrip]) -> list[list[HeardStrip]]:
    """Candidates, the first audible of which is used: the selection, the active strip, each channel from the lowest."""
    editor = scene.sequence_editor
    if editor is None:
        return []
    # A selection inside a closed meta strip, or around an open one, is invisible.
    shown = bl.sequencer_strips(editor.meta_stack[-1] if editor.meta_stack else editor)
    chosen = [strip for strip in shown if strip.select], [s for s in (editor.active_strip,) if s is not None]
    groups = [[h for h in strips if any(_belongs(h, strip) for strip in some)] for some in chosen]
    return groups + [[h for h in strips if h.channel == number] for number in sorted({h.channel for h in strips})]


def _belongs(heard: HeardStrip, strip: Any) -> bool:
    """Whether it is this strip, is inside this meta strip, or is the sound that came with this movie."""
    if strip.type != "MOVIE":
        return strip in (heard.strip, *heard.metas)
    sound, (first, end) = heard.strip.sound, bl.visible_frames(strip)
    is_near = heard.first < end and first < heard.end
    return is_near and sound is not None and sound_path(sound) == absolute(strip.filepath)


def _shared_name(strips: list[HeardStrip]) -> str:
    return strips[0].strip.name + (f" + {len(strips) - 1}" if len(strips) > 1 else "")


def _own_frames(context: bpy.types.Context, strips: list[HeardStrip]) -> tuple[int, int]:
    """Frames [first, end) in the character's scene."""
    first, end = min(heard.first for heard in strips), max(heard.end for heard in strips)
    own_fps, fps = scene_fps(context.scene), scene_fps(bl.sequencer_scene(context))
    if own_fps == fps:
        return first, end
    return floor(first / fps * own_fps + 1e-6), ceil(end / fps * own_fps - 1e-6)


def _clip(scene: bpy.types.Scene, heard: HeardStrip, origin: float, fps: float) -> Clip:
    """The clip for a strip. origin: the frame on which the speech starts, in the sequencer's scene."""
    from .mix import Clip

    strip = heard.strip
    return Clip(
        recording=_recording(strip.sound),
        start_s=(heard.first - origin) / fps,
        end_s=(heard.end - origin) / fps,
        content_s=(bl.content_start(strip) - origin) / fps + bl.sound_offset(strip),
        volume=tuple(((frame - origin) / fps, value) for frame, value in _volume(scene, heard)),
        retiming=_read_retiming(strip, fps) if bl.is_retimed(strip) else None,
    )


def _volume(scene: bpy.types.Scene, heard: HeardStrip) -> list[tuple[int, float]]:
    """(frame, volume) pairs, a single one if nothing is keyed. From 5.2 on, meta strips have a volume too."""
    data, strips = scene.animation_data, (heard.strip, *heard.metas)
    curves = bl.fcurves(data.action, bl.slot_of(data)) if data is not None and data.action is not None else ()
    ends = tuple(f'_all["{bpy.utils.escape_identifier(strip.name)}"].volume' for strip in strips)
    keyed = {end: curve for curve in curves for end in ends if curve.data_path.endswith(end)}
    fixed = prod(getattr(strip, "volume", 1.0) for strip, end in zip(strips, ends, strict=True) if end not in keyed)
    if not keyed:
        return [(heard.first, fixed)]
    step = max(1, ceil((heard.end - heard.first) / _VOLUME_POINTS))
    frames = range(heard.first, heard.end + step, step)
    return [(frame, fixed * prod(max(curve.evaluate(frame), 0.0) for curve in keyed.values())) for frame in frames]


def _read_retiming(strip: Any, fps: float) -> Retiming:
    from .mix import Retiming

    try:
        keys, lost_frames = bl.retiming(strip)
    except ValueError as error:
        raise AudioError(
            "sound strip '{name}' is retimed in a way that cannot be followed",
            "use Strip > Retiming > Reset Retiming, or render the sound to a file and use that", name=strip.name,
        ) from error  # fmt: skip
    start, points = bl.content_start(strip), []
    for index, key in enumerate(keys):
        points.append(((key.frame - start) / fps, key.part))
        if key.is_transition and 0 < index < len(keys) - 1:
            before, after = keys[index - 1], keys[index + 1]
            points += ease(before, key, after, start, fps)
    return Retiming(tuple(points), fps, lost_frames)


def ease(before: Any, key: Any, after: Any, start: int, fps: float) -> Iterator[tuple[float, float]]:
    """(seconds, share) points between two keys of a transition: from the speed before it, at constant acceleration."""
    speed, length = (key.part - before.part) / max(key.frame - before.frame, 1), after.frame - key.frame
    bend = after.part - key.part - speed * length
    for step in range(1, _TRANSITION_STEPS):
        x = step / _TRANSITION_STEPS
        part = min(max(key.part + speed * length * x + bend * x * x, key.part), after.part)
        yield (key.frame + x * length - start) / fps, part


def _recording(sound: bpy.types.Sound) -> Recording:
    from .decode import Recording

    path = sound_path(sound)
    if sound.packed_file is None:
        return Recording(_file_digest(path), sound.name, path)
    packed = sound.packed_file.data
    digest, step = hashlib.blake2b(digest_size=16), max(len(packed) // _DIGEST_PLACES, 1)
    # Samples of it: hashing all of a long recording takes a second.
    for place in range(0, len(packed), step):
        digest.update(packed[place : place + _DIGEST_BYTES])
    return Recording(("packed", len(packed), digest.hexdigest()), path.name, path, packed)


def _file_digest(path: Path) -> tuple[str, int, int]:
    status = path.stat()
    return str(path), status.st_mtime_ns, status.st_size


def _clip_key(clip: Clip) -> tuple[object, ...]:
    return clip.recording.digest, clip.start_s, clip.end_s, clip.content_s, clip.volume, clip.retiming
