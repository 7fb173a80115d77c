"""Pictures for the manual's pages, each of the part of the interface that its page is about, and the moving one."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from screen import Box, ScreenError

if TYPE_CHECKING:
    from steps import Session

VIEW = "VIEW_3D"
FILM_FRAMES = range(60, 132, 3)  # of the scene; every third at 24 a second plays 8 a second
_ABOVE_PX = 10

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
    """Speech, sliders, gaze, takes, phrases, engine."""
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
    session.press_button("Engine")
    session.locate("Set Up GPU")  # below the end of a window of this size
    part(session, "engine", "Engine", "")
    session.press_button("Engine")


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
