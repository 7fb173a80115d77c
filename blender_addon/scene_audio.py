"""Speech from the scene: a sound strip as it is placed and trimmed, or a file.

Blender's own decoder ``aud`` reads whatever Blender plays, packed sounds included. Where it is missing (PyPI's bpy 4.2,
Debian's 4.3) the core reads the file. Decoding is left to the job's thread; what it needs is gathered before.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import bpy
import numpy as np

from . import bl
from .a2g_core.audio import Speech, open_speech
from .a2g_core.errors import AudioError

try:
    import aud
except ImportError:  # built without it, or beside a NumPy that it was not built for
    aud = None


@dataclass(frozen=True)
class SpeechSource:
    """A speech and its place in the scene, with no reference to Blender's data.

    start_frame: scene frame of its first sample used. skip_s: seconds of the file before that sample.
    duration_s: seconds used, or None for all of them. sound: an ``aud.Sound``; without one the packed bytes are read,
    or else the path.
    """

    name: str
    start_frame: int
    skip_s: float
    duration_s: float | None
    path: Path
    sound: Any = None
    packed: bytes | None = None

    def open(self) -> Speech:
        """Decode. The whole file is decoded and then cut: seeking in MP3 or OGG is not exact to the sample."""
        samples, rate_hz = self._decode()
        first = round(self.skip_s * rate_hz)
        samples = samples[max(first, 0) :]
        if self.duration_s is not None:
            # A strip may begin before its sound and end after it: silence.
            before = np.zeros((max(-first, 0), samples.shape[1]), np.float32)
            wanted = round(self.duration_s * rate_hz)
            samples = np.concatenate([before, samples])[:wanted]
            after = np.zeros((wanted - len(samples), samples.shape[1]), np.float32)
            samples = np.concatenate([samples, after])
        return Speech.from_samples(samples, rate_hz)

    def _decode(self) -> tuple[np.ndarray, int]:
        if self.sound is not None:
            try:
                # Asking first matters: where the file cannot be read, `data` ends the whole of Blender 4.5 and 5.0.
                rate_hz, _channels = self.sound.specs
                return self.sound.data(), int(rate_hz)
            except aud.error as error:
                raise AudioError(f"'{self.name}' is not audio that Blender can read", "convert it to WAV") from error
        if self.packed is None:
            return _read_all(self.path)
        with tempfile.TemporaryDirectory(prefix="a2g-") as folder:
            unpacked = Path(folder) / f"speech{self.path.suffix}"
            unpacked.write_bytes(self.packed)
            return _read_all(unpacked)


def find_strip(context: bpy.types.Context, name: str) -> Any:
    """The named sound strip; without a name the active one, a selected one, or the first that is not muted."""
    scene = bl.sequencer_scene(context)
    strips = bl.sound_strips(scene)
    if name:
        return next((s for s in strips if s.name == name), None)
    active = scene.sequence_editor.active_strip if scene.sequence_editor else None
    wanted = [s for s in strips if s == active], [s for s in strips if s.select], [s for s in strips if not s.mute]
    return next((s for group in wanted for s in group), None)


def check_speech(context: bpy.types.Context, obj: bpy.types.Object) -> None:
    """AudioError if there is no speech to read, as far as can be told without reading it."""
    if obj.a2g_speech_source == "FILE":
        if not obj.a2g_speech_file:
            raise AudioError("no speech file is chosen", "choose one under Speech")
        if not (path := _absolute(obj.a2g_speech_file)).is_file():
            raise AudioError(f"there is no file '{path}'", "choose another one under Speech")
        return
    name = obj.a2g_speech_strip
    strip = find_strip(context, name)
    if strip is None and name:
        raise AudioError(f"the sequencer has no sound strip '{name}'", "choose another one under Speech")
    if strip is None:
        raise AudioError("the sequencer has no sound strip", "add one there, or choose File under Speech")
    if strip.sound is None:
        raise AudioError(f"sound strip '{strip.name}' has no sound", "choose another one under Speech")
    if bl.is_retimed(strip):
        raise AudioError(
            f"sound strip '{strip.name}' is retimed, which cannot be followed yet", "clear its retiming or use a file"
        )
    path = _absolute(strip.sound.filepath, strip.sound.library)
    if strip.sound.packed_file is None and not path.is_file():
        raise AudioError(
            f"the file of sound strip '{strip.name}' is missing ('{path}')", "find it with File > External Data"
        )


def find_speech(context: bpy.types.Context, obj: bpy.types.Object) -> SpeechSource:
    """The speech that a character's settings ask for; AudioError where there is none."""
    check_speech(context, obj)
    if obj.a2g_speech_source == "FILE":
        path = _absolute(obj.a2g_speech_file)
        sound = aud.Sound(str(path)) if aud else None
        return SpeechSource(path.name, obj.a2g_start_frame, 0.0, None, path, sound)
    return _strip_source(context, find_strip(context, obj.a2g_speech_strip))


def _strip_source(context: bpy.types.Context, strip: Any) -> SpeechSource:
    render = bl.sequencer_scene(context).render
    fps = render.fps / render.fps_base
    first, end = bl.visible_frames(strip)
    path = _absolute(strip.sound.filepath, strip.sound.library)
    sound, packed = None, strip.sound.packed_file
    if aud is not None:
        # In background only the evaluated sound can be played; it alone knows the bytes of a packed one.
        sound = strip.sound.evaluated_get(context.evaluated_depsgraph_get()).factory
        if sound is None and packed is None:
            sound = aud.Sound(str(path))
    return SpeechSource(
        name=strip.name,
        start_frame=first,
        skip_s=(first - bl.content_start(strip)) / fps,
        duration_s=(end - first) / fps,
        path=path,
        sound=sound,
        packed=bytes(packed.data) if sound is None and packed is not None else None,
    )


def _absolute(path: str, library: bpy.types.Library | None = None) -> Path:
    return Path(bpy.path.abspath(path, library=library))


def _read_all(path: Path) -> tuple[np.ndarray, int]:
    speech = open_speech(path)
    return np.concatenate([np.asarray(block, np.float32) for block in speech.read()]), speech.rate_hz
