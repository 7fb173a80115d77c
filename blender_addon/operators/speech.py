"""The speech: choose it, find its missing file, and place a file in the sequencer."""

from __future__ import annotations

import logging
import os
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import bpy
from bpy.app.translations import pgettext_rpt as rpt_
from bpy.props import BoolProperty, StringProperty

from .. import bl, sentences
from ..a2g_core.errors import A2GError, AudioError
from ..a2g_core.files import is_file
from ..speech import strips
from ..ui import state
from .base import A2GOperator

if TYPE_CHECKING:
    from .base import Status

_log = logging.getLogger(__name__)


class A2G_OT_find_speech_file(A2GOperator):
    """Choose where the speech's file is now; other missing sounds of the speech are looked for beside it"""

    bl_idname = "a2g.find_speech_file"
    bl_label = "Find Speech File…"

    filepath: StringProperty(subtype="FILE_PATH", options={"SKIP_SAVE"})
    filter_folder: BoolProperty(default=True, options={"HIDDEN"})
    filter_sound: BoolProperty(default=True, options={"HIDDEN"})
    filter_movie: BoolProperty(default=True, options={"HIDDEN"})

    @classmethod
    def require(cls, context: bpy.types.Context) -> None:
        obj = _character(context)
        if obj.a2g_speech_source == "FILE":
            return
        missing = _missing_sounds(context, obj)
        if not missing:
            raise AudioError("no file of the speech is missing", "there is nothing to find")
        if linked := next((sound for sound in missing if not sound.is_editable), None):
            raise AudioError(
                "sound '{name}' is linked from another file", "find its file there, or make the sound local first",
                name=linked.name,
            )  # fmt: skip

    def invoke(self, context: bpy.types.Context, _event: bpy.types.Event) -> Status:
        """Ask for the file, starting where it was."""
        obj = _character(context)
        sounds = [] if obj.a2g_speech_source == "FILE" else _missing_sounds(context, obj)
        before = strips.sound_path(sounds[0]) if sounds else strips.absolute(obj.a2g_speech_file)
        self.filepath = str(before)
        context.window_manager.fileselect_add(self)
        return {"RUNNING_MODAL"}

    def run(self, context: bpy.types.Context) -> None:
        obj, path = _character(context), strips.absolute(self.filepath)
        if not self.filepath or not is_file(path):
            raise AudioError("there is no file '{path}'", "choose a file that exists", path=path)
        if obj.a2g_speech_source == "FILE":
            obj.a2g_speech_file = _as_before(obj.a2g_speech_file, path)
            return
        first, *others = _missing_sounds(context, obj)
        first.filepath = _as_before(first.filepath, path)
        for sound in others:
            beside = path.with_name(strips.sound_path(sound).name)
            if is_file(beside):
                sound.filepath = _as_before(sound.filepath, beside)


class _Places(A2GOperator):
    """Places a sound in the sequencer. What else it changes then can be turned off in the redo panel."""

    extend_scene: BoolProperty(
        name="Extend Scene",
        description="Move the scene's end to where the speech ends, if it lies before that",
        default=True,
    )
    sync_to_audio: BoolProperty(
        name="Sync to Audio",
        description="Let playback skip frames where it is too slow, so that speech and gestures stay together",
        default=True,
    )

    def place(self, context: bpy.types.Context, obj: bpy.types.Object, filepath: str, frame: int) -> None:
        """Let the character speak a new strip of this file, from a frame of its scene on; and say what else changed."""
        scene = bl.sequencer_scene(context)
        check_sequencer(scene)
        ratio = strips.scene_fps(scene) / strips.scene_fps(context.scene)
        strip = _add_strip(scene, strips.absolute(filepath), round(frame * ratio), filepath)
        obj.a2g_speech_source, obj.a2g_speech_strip = "STRIP", strip.name
        first, end = bl.visible_frames(strip)
        notes = [rpt_("'{name}' is in the sequencer, frames {first} to {last}").format(
            name=strip.name, first=first, last=end - 1)]  # fmt: skip
        for one, last in {context.scene: ceil(end / ratio - 1e-6) - 1, scene: end - 1}.items():
            if self.extend_scene and one.frame_end < last:
                one.frame_end = last
                text = rpt_("Scene '{name}' now ends on frame {frame}, where the speech ends")
                notes.append(text.format(name=one.name, frame=last))
            if self.sync_to_audio and one.sync_mode == "NONE":
                one.sync_mode = "AUDIO_SYNC"
                notes.append(rpt_("Playback of scene '{name}' now keeps to the sound").format(name=one.name))
        self.report({"INFO"}, " · ".join(dict.fromkeys(notes)))


class A2G_OT_place_speech_strip(_Places):
    """Add the speech's file to the sequencer as a strip that can be heard and trimmed, and use that"""

    bl_idname = "a2g.place_speech_strip"
    bl_label = "Place Speech in Sequencer"

    @classmethod
    def require(cls, context: bpy.types.Context) -> None:
        obj = _character(context)
        if obj.a2g_speech_source != "FILE":
            raise AudioError("the speech is in the sequencer already", "choose File under Speech to place another")
        strips.check_speech(context, obj)
        check_sequencer(bl.sequencer_scene(context))

    def run(self, context: bpy.types.Context) -> None:
        obj = _character(context)
        self.place(context, obj, obj.a2g_speech_file, obj.a2g_start_frame)


class A2G_OT_choose_speech_file(_Places):
    """Choose a sound file as the speech, and place it in the sequencer, where it is heard"""

    bl_idname = "a2g.choose_speech_file"
    bl_label = "Choose Speech File…"

    filepath: StringProperty(subtype="FILE_PATH", options={"SKIP_SAVE"})
    filter_folder: BoolProperty(default=True, options={"HIDDEN"})
    filter_sound: BoolProperty(default=True, options={"HIDDEN"})
    filter_movie: BoolProperty(default=True, options={"HIDDEN"})

    @classmethod
    def require(cls, context: bpy.types.Context) -> None:
        _character(context)

    def invoke(self, context: bpy.types.Context, _event: bpy.types.Event) -> Status:
        """Ask for the file."""
        context.window_manager.fileselect_add(self)
        return {"RUNNING_MODAL"}

    def run(self, context: bpy.types.Context) -> None:
        """Where File is chosen under Speech, or nothing can be placed, the file is read without a strip."""
        obj, path = _character(context), strips.absolute(self.filepath)
        if not self.filepath or not is_file(path):
            raise AudioError("there is no file '{path}'", "choose a file that exists", path=path)
        if obj.a2g_speech_source != "FILE":
            try:
                self.place(context, obj, _as_preferred(context, path), context.scene.frame_start)
                return
            except AudioError as error:
                _log.info("%s is not placed: %s", path.name, error)
                self.report({"WARNING"}, sentences.sentence(error))
        obj.a2g_speech_source, obj.a2g_speech_file = "FILE", str(path)


class A2G_OT_generate_for_strip(A2GOperator):
    """Let the character speak the active strip of the sequencer, and generate gestures for it"""

    bl_idname = "a2g.generate_for_strip"
    bl_label = "Generate Gestures for Strip"

    @classmethod
    def require(cls, context: bpy.types.Context) -> None:
        if context.window_manager.a2g.running:
            raise A2GError("gestures are being generated", "wait, or cancel")
        obj = _character(context)
        state.check_character(obj)
        _active_strip(context)

    def invoke(self, context: bpy.types.Context, _event: bpy.types.Event) -> Status:
        """Start a job."""
        return self.attempt(lambda context: self._generate(context, "INVOKE_DEFAULT"), context)

    def run(self, context: bpy.types.Context) -> None:
        self._generate(context, "EXEC_DEFAULT")

    def _generate(self, context: bpy.types.Context, how: str) -> None:
        obj = _character(context)
        obj.a2g_speech_source = "STRIP"
        obj.a2g_speech_strip = _active_strip(context).name
        state.check_generate(context)
        try:
            bpy.ops.a2g.generate(how)
        except RuntimeError as error:  # the operator has reported why
            _log.debug("%s", error)


CLASSES = (A2G_OT_find_speech_file, A2G_OT_choose_speech_file, A2G_OT_place_speech_strip, A2G_OT_generate_for_strip)


def _character(context: bpy.types.Context) -> bpy.types.Object:
    """The character; A2GError if there is none, or its settings cannot be changed."""
    obj = state.chosen_character(context)
    if not obj.is_editable:
        raise A2GError("'{name}' is linked from another file", "make a library override of it first", name=obj.name)
    return obj


def check_sequencer(scene: bpy.types.Scene) -> None:
    """AudioError if nothing can be placed in a scene's sequencer."""
    if scene.library is not None:
        raise AudioError(
            "the sequencer's scene '{name}' is linked from another file", "choose another scene in the sequencer",
            name=scene.name,
        )  # fmt: skip


def _active_strip(context: bpy.types.Context) -> bpy.types.Strip:
    """The active strip of the sequencer; AudioError if it has no sound."""
    editor = bl.sequencer_scene(context).sequence_editor
    strip = editor.active_strip if editor is not None else None
    if strip is None or strip.type not in {"SOUND", "META", "MOVIE"}:
        raise AudioError("no strip with sound is active in the sequencer", "click one there")
    return strip


def _missing_sounds(context: bpy.types.Context, obj: bpy.types.Object) -> list[bpy.types.Sound]:
    """The speech's sounds whose file is missing, without repetition."""
    sounds = [heard.strip.sound for heard in strips.find_strips(context, obj)]
    return list(dict.fromkeys(s for s in sounds if s is not None and strips.is_missing(s)))


def _as_before(old: str, path: Path) -> str:
    """The path, relative to the .blend file if the old one was."""
    if not old.startswith("//") or not bpy.data.filepath:
        return str(path)
    try:
        return bpy.path.relpath(str(path))
    except ValueError:  # on another drive
        return str(path)


def _as_preferred(context: bpy.types.Context, path: Path) -> str:
    """The path of a new file, relative to the .blend file where the preferences say so."""
    return _as_before("//" if context.preferences.filepaths.use_relative_paths else "", path)


def _add_strip(scene: bpy.types.Scene, path: Path, frame: int, filepath: str) -> Any:
    """A sound strip on the lowest channel with room for it."""
    editor = scene.sequence_editor or scene.sequence_editor_create()
    strips = bl.sequencer_strips(editor)
    others = [(strip.channel, *bl.visible_frames(strip)) for strip in strips]
    try:
        strip = strips.new_sound(path.stem, os.fspath(path), max((c for c, *_ in others), default=0) + 1, frame)
    except RuntimeError as error:
        raise AudioError(
            "Blender cannot play '{name}' in its sequencer", "convert it to WAV, or keep File under Speech",
            name=path.name,
        ) from error  # fmt: skip
    first, end = bl.visible_frames(strip)
    taken = {channel for channel, start, stop in others if start < end and first < stop}
    strip.channel = next(channel for channel in range(1, len(taken) + 2) if channel not in taken)
    if filepath.startswith("//"):
        strip.sound.filepath = filepath
    # Active and selected alone, as where the sequencer itself adds one: its button is then about this strip.
    for other in strips:
        other.select = other == strip
    editor.active_strip = strip
    return strip
