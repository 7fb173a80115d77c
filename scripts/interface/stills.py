"""Pictures for the manual's pages, each of the part of the interface that its page is about, and the moving one."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from screen import Box, ScreenError
from words import SAID

if TYPE_CHECKING:
    from steps import Session

VIEW = "VIEW_3D"
FILM_FRAMES = range(60, 132, 3)  # of the scene; every third at 24 a second plays 8 a second
_ABOVE_PX = 10
_POPOVER_PX, _PICTURE_PX, _IN_A_ROW = 484, 130, 4  # at an interface scale of 1
_POPOVER_RIGHT_PX = 31  # of where the middle of the button's word is
_WAIT_S = 180.0
_TO_THE_FIELDS = 4  # notches of the wheel
_SCRIPT = (
    "obj = bpy.context.scene.a2g_character",
    "obj.a2g_energy = 1.2",
    "bpy.ops.a2g.generate()",
    "[strip.name for track in obj.animation_data.nla_tracks for strip in track.strips]",
)

_WORDS = f"""
bpy.ops.a2g.read_words(source="TYPED", text={SAID!r})
bpy.ops.a2g.suggest_gestures()
undo_step("Words"); redraw()
"""

_LINKED = """
obj = character()
bpy.ops.wm.save_as_mainfile(filepath="/shared/library.blend", copy=True)
name = obj.name
for other in list(bpy.data.objects):
    bpy.data.objects.remove(other)
with bpy.data.libraries.load("/shared/library.blend", link=True) as (_, wanted):
    wanted.objects = [name]
bpy.context.collection.objects.link(wanted.objects[0])
bpy.context.scene.a2g_character = wanted.objects[0]
undo_step("Link"); redraw()
"""


def film(session: Session) -> None:
    """The character while it talks, frame by frame, for the moving picture."""
    for number, frame in enumerate(FILM_FRAMES):
        session.blender.do(f"bpy.context.scene.frame_set({frame})")
        session.blender.settle()
        session.shoot(f"film-{number:02}")


def of_panels(session: Session) -> None:
    """Speech, sliders, gaze, takes, phrases, words, engine, and the file browser of an export."""
    session.blender.do("[bpy.ops.a2g.next_take() for _each in range(3)]; undo_step('Takes'); redraw()")
    session.blender.settle()
    time.sleep(0.5)
    part(session, "speech", "Speech", "Performance Presets")
    part(session, "sliders", "Performance Presets", "Gaze and Face")
    session.press_button("Gaze and Face")
    part(session, "gaze", "Gaze and Face", "Generate Gestures")
    session.press_button("Gaze and Face")
    part(session, "takes", "Takes", "Pinned Clips", is_header=True)
    part(session, "phrases", "Update Take", "Reproduce Take")
    of_export(session)
    session.blender.do(_WORDS)
    session.press_button("Words")
    part(session, "words", "Words", "Engine")
    session.press_button("Words")
    session.type_over_view("ctrl+z")  # a later step reads them by mouse
    session.blender.settle()
    session.press_button("Engine")
    session.locate("Set Up GPU")  # below the end of a window of this size
    part(session, "engine", "Engine", "")
    session.press_button("Engine")


def of_export(session: Session) -> None:
    """The file browser in which a take is exported."""
    session.press_button("Export Take")
    time.sleep(1.5)
    session.shoot("export")
    session.screen.press("Escape")
    time.sleep(0.5)


def of_pictures(session: Session, button: str, count: int) -> None:
    """The popover with the pictures of all takes."""
    scale, found = session.screen.scale, session.locate(button)
    session.screen.click(*found.centre)
    time.sleep(1.5)
    rows = -(-count // _IN_A_ROW)
    wide, high = round(_POPOVER_PX * scale), round((rows * _PICTURE_PX + _ABOVE_PX) * scale)
    left = max(found.centre[0] + round(_POPOVER_RIGHT_PX * scale) - wide // 2, 0)
    top = max(found.y - high, 0)
    session.shoot("pictures", Box(left, top, wide, found.y - _ABOVE_PX - top))
    session.screen.press("Escape")
    time.sleep(0.5)


def of_scripts(session: Session) -> None:
    """Blender's Python console, in which a take is made by typing; then the preferences of the add-on."""
    blender, screen = session.blender, session.screen
    before = blender.status()["takes"]
    blender.do("show_instead('NLA_EDITOR', 'CONSOLE')")
    blender.wait(lambda s: "CONSOLE" in s["regions"], _WAIT_S, "the console")
    blender.settle()
    box = blender.region("CONSOLE", "WINDOW")
    screen.point(*box.centre)
    time.sleep(1.0)
    screen.press("Return")  # what is typed before it was drawn is lost
    for line in _SCRIPT:
        screen.write(line)
        screen.press("Return")
        time.sleep(0.5)
    blender.wait(lambda s: len(s["takes"]) == len(before) + 1 and not s["running"], _WAIT_S, "a take by script")
    time.sleep(0.5)
    session.shoot("scripting", box)
    blender.do("show_preferences('CONSOLE')")
    blender.wait(lambda s: "PREFERENCES" in s["regions"], _WAIT_S, "the preferences")
    blender.settle()
    time.sleep(1.0)
    box = blender.region("PREFERENCES", "WINDOW")
    screen.scroll(box, _TO_THE_FIELDS)
    time.sleep(0.5)
    session.shoot("preferences", box)
    blender.do("show_instead('PREFERENCES', 'NLA_EDITOR'); undo_step('Back')")
    blender.wait(lambda s: "NLA_EDITOR" in s["regions"], _WAIT_S, "the NLA editor")


def of_problems(session: Session) -> None:
    """A problem with the button that solves it, and a linked character."""
    session.blender.do("character().animation_data.use_nla = False; undo_step('Off'); redraw()")
    session.blender.settle()
    part(session, "problem", "Gaze and Face", "Generate Idle")
    session.blender.do("character().animation_data.use_nla = True; undo_step('On')")
    session.blender.do(_LINKED)
    time.sleep(0.5)
    part(session, "linked", "Gaze and Face", "Generate Idle")


def part(session: Session, name: str, first: str, after: str, *, is_header: bool = False) -> None:
    """A picture of the sidebar from one label down to another; from its top or to its end where none is given.

    is_header: the first label is a panel's, which the same word stands above on a slider.
    """
    box = session.sidebar(VIEW)
    last = session.locate(after) if after else None
    head = session.screen.find(first, box) if first else box
    if is_header and head is not None:
        head = lowest(session, first, box) or head
    if head is None:
        session.shoot("not-found")
        raise ScreenError(f"'{first}' and '{after}' are not seen at once")
    above = round(_ABOVE_PX * session.screen.scale)
    top = max(head.y - above, box.y) if first else box.y
    bottom = last.y - above if last is not None else session.written().y + session.written().height
    session.shoot(name, Box(box.x, top, box.width, bottom - top))


def lowest(session: Session, label: str, box: Box) -> Box | None:
    """The lowest place of a word."""
    places = [word.box for word in session.screen.read(box) if word.text == label]
    return max(places, key=lambda place: place.y, default=None)
