"""The first minute with the add-on, by mouse: three clicks from an empty scene to a character that talks."""

from __future__ import annotations

import shutil
import time
from typing import TYPE_CHECKING

from screen import ScreenError

if TYPE_CHECKING:
    from steps import Session

CHOOSE_FILE = "Choose Speech File"
FILE = "speech.wav"
_WAIT_S = 180.0
_STATE = """
editor = bpy.context.scene.sequence_editor
strips = list(getattr(editor, "strips", None) or getattr(editor, "sequences", ())) if editor else []
[len(strips), bpy.context.scene.frame_end, character().a2g_speech_source]
"""


def add(session: Session, label: str) -> None:
    """Click Add Character in an empty scene: it is seen whole, and the panel goes on to the speech."""
    session.press_button(label)
    session.blender.wait(lambda s: s["character"], _WAIT_S, "the character")
    time.sleep(1.0)  # the view moves to it
    session.shoot("0-character")


def choose(session: Session, has_sound: bool) -> None:
    """Click Choose Speech File and the file: it is a strip, and the scene lasts as long."""
    # Where Blender looks for files as long as none was saved.
    shutil.copy(session.screen.root.shared / FILE, session.screen.root.folder / "root" / FILE)
    before = session.blender.do(_STATE)
    session.press_button(CHOOSE_FILE)
    end = time.monotonic() + _WAIT_S
    while (found := session.screen.find(FILE, session.blender.window())) is None:
        if time.monotonic() > end:
            session.shoot("not-found")
            raise ScreenError(f"no '{FILE}' in the file browser")
    session.shoot("0-browser")
    session.screen.double_click(*found.centre)
    session.blender.wait(lambda s: s["regions"].keys() >= {"VIEW_3D"}, _WAIT_S, "the file browser to close")
    session.blender.settle()
    strips, frame_end, source = session.blender.do(_STATE)
    wanted = [before[0] + 1, "STRIP"] if has_sound else [before[0], "FILE"]
    if [strips, source] != wanted or (has_sound and frame_end <= before[1]):
        raise ScreenError(f"{strips} strips, {source}, the scene ends on frame {frame_end}; it was {before}")
    session.shoot("0-speech", session.written())
    session.shoot("0-speech-window")


def talk(session: Session, label: str) -> None:
    """Click Generate Gestures, press the space bar: the character talks."""
    session.press_button(label)
    session.blender.wait(lambda s: len(s["audible"]) == 1 and not s["running"], _WAIT_S, "the take")
    session.type_over_view("space")
    first = session.blender.wait(lambda s: s["playing"], _WAIT_S, "playback")
    session.blender.wait(lambda s: s["pose"] != first["pose"], _WAIT_S, "the character to move")
    session.type_over_view("space")
    session.blender.wait(lambda s: not s["playing"], _WAIT_S, "the end of playback")
    session.shoot("0-talks")
