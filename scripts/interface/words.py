"""What a user does with what is said: words from a file, gestures for them, one by its name, and a file for others."""

from __future__ import annotations

import time
from difflib import SequenceMatcher
from functools import partial
from operator import itemgetter
from typing import TYPE_CHECKING

from screen import Box, ScreenError, lines

if TYPE_CHECKING:
    from steps import Session

VIEW, NLA = "VIEW_3D", "NLA_EDITOR"
SAID = (
    "Hello! Every move you see here was made from the sound of my voice. "
    "No camera, no suit, and nothing drawn by hand. "
    "Keep the gestures that you love, pin them in place, and ask again. Everything between them will follow. "
    "And now: what would you like to say?"
)
"""In the sample speech."""
WORDS, READ, SUGGEST, LISTED = "Words", "Read Words", "Suggest Gestures", "Suggested Gestures"  # the panel first
ADD, PINS, SOUGHT = "Add Gesture at Playhead", "Pinned Clips", "salute"
EXPORT, TAKES, NAME = "Export Take", "Takes", "exported.bvh"
CONFIRM = "Cancel"  # the other button of the dialog
_FILE_ENTRY, _FILE = "file", "said.txt"
_SOURCES = "Text of This File"  # the entry below it
_LIKE = 0.7  # as SequenceMatcher has it: "eile" for "file", not "textofthisfile"
_WAIT_S = 180.0
_LIST_BUTTON_PX, _AROUND_PX = 47, 260  # at a scale of 1: from a sidebar's right to the last icon, beside the tabs
_KNOWN = "len(json.loads(character().a2g_words or '{}').get('words', ()))"
_PLACED = """
[(strip.action.a2g.gesture, strip.frame_start <= bpy.context.scene.frame_current <= strip.frame_end)
 for track in character().animation_data.nla_tracks for strip in track.strips if strip.action.a2g.gesture]
"""


def read(session: Session) -> None:
    """Read Words › File…: the words of a text are found in the speech."""
    screen, blender = session.screen, session.blender
    # Where Blender looks for files as long as none was saved.
    (screen.root.folder / "root" / _FILE).write_text(SAID, encoding="utf-8")
    found = session.press_button(READ, VIEW, WORDS)
    entry = _entry(session, _FILE_ENTRY, found)
    screen.click(*entry.centre)
    choose_file(session, _FILE)
    _wait_until(session, f"{_KNOWN} > 0", "the words")
    blender.settle()
    session.locate(SUGGEST, VIEW, WORDS)
    session.shoot("40-words", session.sidebar(VIEW))


def suggest(session: Session) -> None:
    """List them, which places nothing; Suggest Gestures; one undo takes all of them away, and leaves the words."""
    screen, blender = session.screen, session.blender
    blender.do("undo_step('Before')")
    before = blender.status()["pinned"]
    button = session.locate(SUGGEST, VIEW, WORDS)
    right = session.sidebar(VIEW)
    screen.click(right.x + right.width - round(_LIST_BUTTON_PX * screen.scale), button.centre[1])
    wait_for(session, LISTED, blender.window())
    session.shoot("41-listed")
    screen.press("Escape")
    blender.settle()
    if blender.status()["pinned"] != before:
        raise ScreenError(f"the list of suggestions pinned {blender.status()['pinned']}")
    session.press_button(SUGGEST, VIEW, WORDS)
    blender.wait(lambda s: len(s["pinned"]) > len(before) + 1, _WAIT_S, "gestures for the words")
    blender.do("show_all('NLA_EDITOR')")
    blender.settle()
    session.shoot("42-suggested")
    session.type_over_view("ctrl+z")
    blender.wait(lambda s: s["pinned"] == before, _WAIT_S, "one undo of all suggestions")
    if not blender.do(_KNOWN):
        raise ScreenError("the undo of the suggestions has taken the words, too")


def add(session: Session) -> None:
    """Add Gesture at Playhead, its pictures filtered by typing: it is pinned where the playhead is; one undo."""
    screen, blender = session.screen, session.blender
    blender.do("bpy.context.scene.frame_set(150); undo_step('Playhead')")
    before = blender.do(_PLACED)
    at = session.locate(ADD, NLA, PINS).centre
    session.measure("the list of gestures opens", partial(_open_list, session, at))
    session.shoot("43-gestures")
    screen.write(SOUGHT)  # the field is active
    screen.press("Return")
    blender.settle()
    wait_for(session, SOUGHT, blender.window())
    session.shoot("43-filtered")
    screen.press("Return")  # OK, which is highlighted
    _wait_until(session, f"len({_PLACED.strip()}) == {len(before) + 1}", "the gesture")
    placed = [each for each in blender.do(_PLACED) if each not in before]
    if placed != [[SOUGHT, True]]:
        raise ScreenError(f"'{SOUGHT}' was typed, and {placed} was placed")
    blender.do("show_all('NLA_EDITOR')")
    blender.settle()
    session.shoot("44-gesture")
    session.type_over_view("ctrl+z")
    _wait_until(session, f"len({_PLACED.strip()}) == {len(before)}", "one undo of the gesture")


def _open_list(session: Session, at: tuple[int, int]) -> None:
    session.screen.click(*at)
    wait_for(session, CONFIRM, session.blender.window())
    time.sleep(0.7)  # the pictures are drawn one by one


def export(session: Session) -> None:
    """Export Take to a file whose name is typed."""
    screen, blender = session.screen, session.blender
    written = screen.root.folder / "root" / NAME  # where the browser begins
    written.unlink(missing_ok=True)
    session.press_button(EXPORT, VIEW, TAKES)
    blender.wait(lambda s: "FILE_BROWSER" in s["regions"], _WAIT_S, "the file browser")
    blender.settle()
    session.shoot("45-export")
    field = blender.region("FILE_BROWSER", "EXECUTE")
    screen.double_click(field.x + field.width // 4, field.y + field.height // 4)
    time.sleep(0.5)
    screen.press("ctrl+a")
    screen.write(NAME)
    screen.press("Return")
    blender.settle()
    session.shoot("46-named")
    screen.press("Return")  # Export Take, which is highlighted
    end = time.monotonic() + _WAIT_S
    while not written.exists() or not written.read_bytes().startswith(b"HIERARCHY"):
        if time.monotonic() > end:
            session.shoot("not-found")
            raise ScreenError(f"{NAME} was not written")
        time.sleep(0.3)
    blender.wait(lambda s: VIEW in s["regions"], _WAIT_S, "the file browser to close")


def choose_file(session: Session, name: str) -> None:
    """Double-click a file in the browser that opens."""
    blender, screen = session.blender, session.screen
    blender.wait(lambda s: "FILE_BROWSER" in s["regions"], _WAIT_S, "the file browser")
    found = wait_for(session, name, blender.window())
    screen.double_click(*found.centre)
    blender.wait(lambda s: VIEW in s["regions"], _WAIT_S, "the file browser to close")
    blender.settle()


def _entry(session: Session, bare: str, near: Box) -> Box:
    """The entry of a menu that reads so and nothing else, above or below its button."""
    reach = round(_AROUND_PX * session.screen.scale)
    window = session.blender.window()
    top, left = max(0, near.y - reach), max(0, near.x - reach)
    box = Box(left, top, min(2 * reach, window.width - left), min(2 * reach, window.height - top))
    wait_for(session, _SOURCES, box)
    read = [("".join(c for word in line for c in word.text.lower() if c.isalnum()), line[0].box)
            for line in lines(session.screen.read(box))]  # fmt: skip
    like, found = max(((SequenceMatcher(None, text, bare).ratio(), found) for text, found in read), key=itemgetter(0))
    if like >= _LIKE:  # an underlined letter may be read as another
        return found
    session.shoot("not-found")
    raise ScreenError(f"the menu of {READ} has no '{bare}'")


def wait_for(session: Session, label: str, box: Box) -> Box:
    """The place of a label that will be seen in a box."""
    end = time.monotonic() + _WAIT_S
    while (found := session.screen.find(label, box)) is None:
        if time.monotonic() > end:
            session.shoot("not-found")
            raise ScreenError(f"no '{label}' is seen")
    return found


def _wait_until(session: Session, condition: str, what: str) -> None:
    end = time.monotonic() + _WAIT_S
    while not session.blender.do(condition):
        if time.monotonic() > end:
            session.shoot("not-found")
            raise ScreenError(f"waited in vain for {what}")
        time.sleep(0.2)
