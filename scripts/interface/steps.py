"""What a user does with the add-on, step by step; each step is checked against Blender's status.

The labels are those of the interface: when one changes there, change it here. Pictures are taken where there is
something to see.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import browser
import first_minute as first_minute_by_mouse
import lanes
import stills
import words
from blender import Blender
from screen import Box, Screen, ScreenError

# Labels of the interface.
TAB = "Gestures"
ADD_CHARACTER = "Add Character"
GENERATE = "Generate Gestures"
GENERATE_TABLE = "Generate Table"  # above the job's progress
CHANGE_PHRASE = "Change Phrase"
ENERGY = "Energy"
STYLE, A_STYLE = "Style", "Hands on Hips"
PINS = "Pinned Clips"  # the panel of the next two
PIN = "Pin Selected Strips"
REGENERATE = "Regenerate Around Pins"
CANCELLED = "Cancelled"
CHARACTER = "Character"
FOUND = "Rigify"  # begins the line of what was recognised
EMPTY_ROW = "Neck 2"  # in the list of bones of such a character
MIRROR, GUESS, QUESTION = "Mirror", "Guess Again", "Forget the corrections"
PRESETS = "Bones Presets"
HELP = "Online Manual"  # Blender's own
PICTURES = "Pictures"
TAKES, BAKE = "Takes", "Bake Gestures to Action"
OFFSET, INFLUENCE = "Offset", "Influence"  # in the redo panel

RIG = "Margaret"
"""What the character of another make is called."""

WAVE_TRACK = "By Hand"  # as session.py names it
VIEW, SEQUENCER, NLA = "VIEW_3D", "SEQUENCE_EDITOR", "NLA_EDITOR"
TAB_IN = (VIEW, SEQUENCER, NLA)  # the editors whose sidebar has the tab
MANY = 20
AT_PIN = 56  # a frame within that clip
SHORT_S, LONG_S, EMPTY_FRAMES = 18, 3600, 250
_WAIT_S = 180.0
_ROW_PX = 26  # from a button to the next row, with a gap
_CLICKS, _CHANGES = 4, 10
_TABS_PX, _EDGE_PX = 21, 26  # at a scale of 1: the tabs' width at a sidebar's right; from there to an icon's middle
_MARGIN_PX = 14
_DIALOG_PX = (300, 120)
_FIELD_PX = 60  # from a name to the number beside it
_NOTCHES, _MANY_NOTCHES = 6, 60  # of the wheel: most of a page; to the top
_PAGES = 30  # more than any sidebar has
_SHOWN = 0.05  # the share of a job after which its progress is worth a picture


class StepError(Exception):
    """A step did not have the expected effect."""


class Session:
    """One run: the screen, Blender, and the folder for pictures. `made` lists the pictures."""

    def __init__(self, screen: Screen, blender: Blender, say: Callable[[str], None]) -> None:
        self.screen, self.blender, self.say = screen, blender, say
        self.made: list[Path] = []
        self.is_for_docs = False  # then there are stills and a film, too
        self.measured: dict[str, Any] = {}

    def shoot(self, name: str, box: Box | None = None, is_settled: bool = False) -> None:
        """A picture of the screen or of a part of it, once what was done is drawn. is_settled: of what is there."""
        if not is_settled:
            self.blender.settle()
        path = self.screen.root.shared / f"{name}.png"
        self.screen.shoot(path, box)
        self.made.append(path)

    def written(self, editor: str = VIEW) -> Box:
        """A picture of an editor's sidebar, down to its last word."""
        box = self.sidebar(editor)
        end = max((word.box.y + word.box.height for word in self.screen.read(box)), default=box.y + box.height)
        return Box(box.x, box.y, box.width, min(box.height, end - box.y + round(_MARGIN_PX * self.screen.scale)))

    def sidebar(self, editor: str) -> Box:
        """The rectangle of an editor's sidebar."""
        return self.blender.region(editor, "UI")

    def seek(self, label: str, editor: str) -> Box | None:
        """The position of a label in an editor's sidebar, scrolling if necessary; None if it is not there."""
        box = self.sidebar(editor)
        if found := self.screen.find(label, box):
            return found
        self.screen.scroll(box, -_MANY_NOTCHES)
        seen = ""
        for _page in range(_PAGES):
            if (now := self.screen.still(box)) == seen:  # it scrolls no further
                break
            if found := self.screen.find(label, box):
                return found
            seen = now
            self.screen.scroll(box, _NOTCHES)
        return None

    def locate(self, label: str, editor: str = VIEW, panel: str = "") -> Box:
        """The position of a label in an editor's sidebar, opening its panel if necessary."""
        if found := self.seek(label, editor):
            return found
        if panel and (header := self.seek(panel, editor)):
            self.screen.click(*header.centre)
            if found := self.seek(label, editor):
                return found
        box = self.sidebar(editor)
        self.shoot("not-found", box)
        seen = " ".join(word.text for word in self.screen.read(box))
        raise ScreenError(f"no '{label}' in the sidebar of {editor}; its end reads: {seen}")

    def press_button(self, label: str, editor: str = VIEW, panel: str = "") -> Box:
        """Click a button in an editor's sidebar, in a panel that may be closed. Returns its position."""
        found = self.locate(label, editor, panel)
        self.screen.click(*found.centre)
        return found

    def type_over_view(self, keys: str) -> None:
        """Press keys with the pointer in the 3D View, clear of its gizmos."""
        box = self.blender.region(VIEW, "WINDOW")
        self.screen.point(box.x + box.width // 4, box.y + box.height // 2)
        self.screen.press(keys)

    def measure(self, name: str, work: Callable[[], Any]) -> Any:
        """Do something, and record the longest time that Blender was blocked meanwhile."""
        self.blender.do("METER.restart()")
        result = work()
        self.measured[name] = self.blender.do("METER.report()")
        return result


def run_all(session: Session, names: list[str] | None = None) -> None:
    """Every step, in order; names: only these, and those without which no other step has a scene."""
    for step in (step for step in STEPS if names is None or step in ALWAYS or step.__name__ in names):
        start = time.monotonic()
        step(session)
        session.say(f"{step.__doc__.splitlines()[0].rstrip('.'):<78} {time.monotonic() - start:5.1f} s")


def prepare(session: Session) -> None:
    """An empty scene; 3D View, Sequencer and NLA editor."""
    blender = session.blender
    blender.do("measure_addon(); arrange()")
    blender.wait(lambda s: {VIEW, SEQUENCER, NLA} <= s["regions"].keys(), _WAIT_S, "the three editors")
    blender.do("open_sidebars()")
    session.has_sound = blender.do("bpy.app.build_options.audaspace")
    blender.do(f"empty_scene({EMPTY_FRAMES}); undo_step('Prepare')")
    time.sleep(1.0)


def open_tab(session: Session) -> None:
    """Click the tab of the sidebar in each editor that has it."""
    for editor in TAB_IN:
        if not show_tab(session, editor):
            raise ScreenError(f"no tab '{TAB}' in the sidebar of {editor}")
    session.shoot("1-empty", session.written())
    session.shoot("1-empty-window")


def show_tab(session: Session, editor: str) -> bool:
    """Click the tab unless it is open, which would close the sidebar. Returns False if there is none."""
    session.blender.do("redraw()")
    session.blender.settle()
    time.sleep(0.3)
    if session.blender.status()["panels"].get(editor):
        return True
    box = session.sidebar(editor)
    wide = round(_TABS_PX * session.screen.scale)
    found = session.screen.find_upright(TAB, Box(box.x + box.width - wide, box.y, wide, box.height))
    if found is None:
        return False
    session.screen.click(*found.centre)
    session.blender.wait(lambda s: s["panels"].get(editor), _WAIT_S, f"the tab in {editor}")
    time.sleep(0.5)
    return True


def first_minute(session: Session) -> None:
    """Three clicks from an empty scene to a character that talks: add it, choose the speech, generate."""
    first_minute_by_mouse.add(session, ADD_CHARACTER)
    first_minute_by_mouse.choose(session, session.has_sound)
    first_minute_by_mouse.talk(session, GENERATE)
    if session.is_for_docs:
        stills.film(session)


def open_help(session: Session) -> None:
    """F1, and Online Manual in a menu, open the right page of the manual, without a network.

    Blender has none, and hands addresses to a browser that writes them down.
    """
    for what, label, page, open_it in (
        ("F1", GENERATE, "first-take", lambda: session.screen.press("F1")),
        ("F1", ENERGY, "sliders", lambda: session.screen.press("F1")),
        (HELP, GENERATE, "first-take", lambda: _choose_help(session)),
        (HELP, CHARACTER, "characters", lambda: _choose_help(session)),
    ):
        found = session.locate(label)
        right = session.sidebar(VIEW)
        # Of a property, the value rather than its name.
        x = found.centre[0] if label == GENERATE else right.x + round(0.6 * right.width)
        session.screen.point(x, found.centre[1])
        _open_page(session, open_it, f"{what} over {label}", page)


def _open_page(session: Session, open_it: Callable[[], None], what: str, page: str) -> None:
    """What is done opens this page of the manual, which is there."""
    opened = session.screen.root.shared / browser.OPENED
    opened.unlink(missing_ok=True)
    open_it()
    _wait_until(opened.exists, what)
    address = opened.read_text().strip()
    if not address.startswith("file:") or not address.endswith(f"/manual/{page}.html"):
        raise StepError(f"{what} opens {address}")
    inside = session.screen.root.shared / address.removeprefix("file:///shared/")
    if "<h1" not in inside.read_text(encoding="utf-8"):
        raise StepError(f"{address} is no page")


def _choose_help(session: Session) -> None:
    session.screen.open_menu()
    time.sleep(0.7)
    entry = session.screen.find(HELP, session.blender.window())
    if entry is None:
        raise StepError(f"the button's menu has no '{HELP}'")
    session.screen.click(*entry.centre)


def many_takes(session: Session) -> None:
    """Twenty takes at once, at the sidebar's usual width: the list scrolls. One undo removes them."""
    before = session.blender.status()["takes"]
    set_speech(session, f"a2g_take_count = {MANY}")
    session.press_button(GENERATE)
    session.blender.wait(lambda s: len(s["takes"]) == len(before) + MANY and not s["running"], 3 * _WAIT_S, "20 takes")
    session.locate(PICTURES, VIEW, TAKES)
    session.shoot("8-many", session.sidebar(VIEW))
    stills.of_pictures(session, PICTURES, MANY + len(before))
    session.type_over_view("ctrl+z")
    session.blender.wait(lambda s: s["takes"] == before, _WAIT_S, "undo")
    set_speech(session, "a2g_take_count = 1")


def shoot_panels(session: Session) -> None:
    """Pictures of the panels for the manual."""
    if session.is_for_docs:
        stills.of_panels(session)
        stills.of_scripts(session)


def shoot_the_rest(session: Session) -> None:
    """Pictures of a problem and of a linked character for the manual."""
    if session.is_for_docs:
        stills.of_problems(session)


def search(session: Session) -> None:
    """F3 and the button's name: it is the first that is found, and generates; F9 offers to write that otherwise."""
    before = session.blender.status()["takes"]
    session.type_over_view("F3")
    time.sleep(0.7)
    session.screen.write(GENERATE)
    time.sleep(0.7)
    session.shoot("5-search")
    session.screen.press("Return")
    session.blender.wait(lambda s: len(s["takes"]) > len(before) and not s["running"], _WAIT_S, "a take by F3")
    _adjust(session)
    session.type_over_view("ctrl+z")
    session.blender.wait(lambda s: s["takes"] == before, _WAIT_S, "undo")


def _adjust(session: Session) -> None:
    """Give what was just generated half its influence in the redo panel: it is the same take."""
    before = session.blender.status()["takes"]
    session.type_over_view("F9")
    view, right = session.blender.region(VIEW, "WINDOW"), session.sidebar(VIEW)
    box = Box(view.x, view.y, right.x - view.x, view.height)
    words.wait_for(session, OFFSET, box)
    session.shoot("5-adjust")
    name = words.wait_for(session, INFLUENCE, box)
    session.screen.double_click(name.x + name.width + round(_FIELD_PX * session.screen.scale), name.centre[1])
    session.blender.settle()
    session.screen.press("ctrl+a")
    session.screen.write("0.5")
    session.screen.press("Return")
    _wait_until(lambda: session.blender.do("character().a2g_influence") == 0.5, "half the influence by the redo panel")
    session.shoot("5-adjusted")
    session.screen.press("Escape")
    if (now := session.blender.status()["takes"]) != before:
        raise StepError(f"the redo panel made {now} of {before}")


def add_character(session: Session) -> None:
    """Click Add Character in a scene that has its speech."""
    session.blender.do(f"empty_scene({SHORT_S * 24})")
    if session.has_sound:
        session.blender.do("place_speech('/shared/speech.wav'); show_all('SEQUENCE_EDITOR'); redraw()")
    session.screen.scroll(session.sidebar(VIEW), -_MANY_NOTCHES)
    session.press_button(ADD_CHARACTER)
    session.blender.wait(lambda s: s["character"], _WAIT_S, "the armature")
    if not session.has_sound:
        use_file(session, "/shared/speech.wav")
    session.blender.do("add_wave(); undo_step('Wave'); show_all('NLA_EDITOR')")
    time.sleep(0.5)
    session.shoot("2-ready", session.written())


def measure_rest(session: Session) -> None:
    """Measure how long Blender is blocked when nothing is generated."""
    session.measure("idle", lambda: time.sleep(3.0))
    session.type_over_view("space")
    session.blender.wait(lambda s: s["playing"], _WAIT_S, "playback")
    session.measure("playing", lambda: time.sleep(3.0))
    session.type_over_view("space")
    session.blender.wait(lambda s: not s["playing"], _WAIT_S, "the end of playback")


def watch_and_cancel(session: Session) -> None:
    """Generate for an hour of speech, watch the progress, cancel with the X."""
    use_file(session, "/shared/long.wav")
    box = session.written()
    _cancel_job(session, lambda: session.shoot("3-progress", box))
    time.sleep(0.5)
    session.shoot("4-cancelled", session.written())


def measure_job(session: Session) -> None:
    """The same without taking pictures, to measure how long Blender is blocked."""
    session.measure("an hour's speech", lambda: _cancel_job(session, lambda: time.sleep(2.0)))


def generate(session: Session) -> None:
    """Click Generate Gestures and get a take."""
    if session.has_sound:
        set_speech(session, "a2g_speech_source = 'STRIP'")
    else:
        use_file(session, "/shared/speech.wav")
    session.blender.do("undo_step('Speech')")
    button = session.locate(GENERATE)

    def take() -> None:
        session.screen.click(*button.centre)
        session.blender.wait(lambda s: len(s["audible"]) == 1 and not s["running"], _WAIT_S, "the take")

    session.measure("a take of 18 s", take)
    session.blender.do("show_all('NLA_EDITOR'); bpy.context.scene.frame_set(150)")
    time.sleep(0.5)
    session.shoot("5-take")


def undo_redo(session: Session) -> None:
    """Ctrl+Z removes the take in one step, Ctrl+Shift+Z restores it."""
    session.type_over_view("ctrl+z")
    session.blender.wait(lambda s: not s["takes"] and s["character"], _WAIT_S, "undo")
    session.type_over_view("ctrl+shift+z")
    session.blender.wait(lambda s: len(s["takes"]) == 1, _WAIT_S, "redo")


def pin(session: Session, shoots: bool = True) -> None:
    """Click the hand-keyed strip in the NLA editor, then Pin Selected Strips there."""
    row = session.screen.find(WAVE_TRACK, session.blender.region(NLA, "CHANNELS"))
    if row is None:
        raise ScreenError(f"no track '{WAVE_TRACK}' in the NLA editor")
    session.screen.click(session.blender.do("column_of('NLA_EDITOR', 50)"), row.centre[1])
    session.blender.wait(lambda s: s["selected"] == ["Wave"], _WAIT_S, "the strip to be selected")
    show_tab(session, NLA)  # a selected strip brings tabs of its own
    session.press_button(PIN, NLA, PINS)
    session.blender.wait(lambda s: len(s["pinned"]) == 1, _WAIT_S, "the pin")
    time.sleep(0.5)
    if shoots:
        session.shoot("6-pinned", _whole(session.blender, NLA))


def regenerate(session: Session) -> None:
    """Click Regenerate Around Pins in the NLA editor; at the pin, the take now does what the clip does."""
    session.blender.do(f"bpy.context.scene.frame_set({AT_PIN})")
    session.blender.settle()
    before = session.blender.status()["pose"]
    button = session.locate(REGENERATE, NLA, PINS)

    def take() -> None:
        session.screen.click(*button.centre)
        session.blender.wait(lambda s: s["pose"] != before and not s["running"], _WAIT_S, "another pose at the pin")

    session.measure("a take around a pin", take)
    session.blender.do("show_all('NLA_EDITOR')")


def play(session: Session) -> None:
    """Play with the space bar: the character moves."""
    session.type_over_view("space")
    first = session.blender.wait(lambda s: s["playing"], _WAIT_S, "playback")
    session.blender.wait(lambda s: s["pose"] != first["pose"], _WAIT_S, "the character to move")
    session.type_over_view("space")
    session.blender.wait(lambda s: not s["playing"], _WAIT_S, "the end of playback")
    session.blender.do(f"bpy.context.scene.frame_set({AT_PIN})")
    time.sleep(0.5)
    session.shoot("7-regenerated")


def click_next_take(session: Session) -> None:
    """Four clicks on Generate Next Take, each as soon as the one before is drawn: four takes."""
    session.blender.do(f"bpy.context.scene.frame_set({AT_PIN}); undo_step('Before the clicks')")
    button = session.locate(GENERATE)
    session.screen.point(_right_edge(session), button.centre[1])
    before = len(session.blender.status()["takes"])
    session.screen.click_again(_CLICKS)
    session.shoot("21-clicks", session.written())
    status = session.blender.wait(lambda s: not s["running"], 4 * _WAIT_S, "the end of the jobs")
    if (made := len(status["takes"]) - before) != _CLICKS:
        raise StepError(f"{_CLICKS} clicks made {made} takes; it says '{status['message']}'")
    session.shoot("22-takes", session.written())


def click_change_phrase(session: Session) -> None:
    """Ten clicks on Change Phrase with a still pointer: ten changes, each an undo step."""
    found = session.locate(CHANGE_PHRASE, VIEW, TAKES)
    session.screen.point(*found.centre)
    session.blender.do("changes()")
    session.screen.click_again(_CHANGES)
    status = session.blender.wait(lambda s: not s["running"], 4 * _WAIT_S, "the end of the jobs")
    if (made := session.blender.do("changes()")) != _CHANGES:
        raise StepError(f"{_CHANGES} clicks made {made} changes; it says '{status['message']}'")
    session.shoot("23-phrases", session.written())


def click_accents(session: Session) -> None:
    """Click accents in the lanes of NLA editor and sequencer: stronger above, weaker below."""
    if not session.blender.status()["takes"]:
        generate(session)
    lanes.click_accents(session, _whole)


def drag_energy(session: Session) -> None:
    """Drag the slider Energy, let the take follow, and undo it in one step: keys and slider are as before."""
    session.screen.scroll(session.sidebar(VIEW), -_MANY_NOTCHES)
    found = session.locate(ENERGY)
    before = session.blender.do("followed()")
    sidebar = session.sidebar(VIEW)
    session.screen.drag(sidebar.x + round(0.6 * sidebar.width), found.centre[1], round(0.1 * sidebar.width))
    time.sleep(0.7)
    session.shoot("24-following", session.written())
    _wait_until(lambda: session.blender.do("not is_behind()"), "the take to follow")
    after = session.blender.do("followed()")
    if after[0] == before[0] or after[1] == before[1]:
        raise StepError(f"a drag of {ENERGY} changed {before} to {after}")
    session.type_over_view("ctrl+z")
    _wait_until(lambda: session.blender.do("followed()")[0] == before[0], "undo")
    time.sleep(1.0)
    if session.blender.do("followed()") != before:
        raise StepError(f"one undo left {session.blender.do('followed()')}, and it was {before}")


def choose_style(session: Session) -> None:
    """Choose a style by its picture, and undo that."""
    if not session.blender.status()["takes"]:
        generate(session)
    session.screen.scroll(session.sidebar(VIEW), -_MANY_NOTCHES)
    session.blender.do("undo_step('Before the style')")
    row = session.locate(STYLE)
    sidebar = session.sidebar(VIEW)
    _wait_until(lambda: session.blender.do("pictured_styles()"), "pictures of styles")
    session.screen.click(sidebar.x + round(0.6 * sidebar.width), row.centre[1])
    found = words.wait_for(session, A_STYLE, session.blender.window())
    session.shoot("28-styles")
    session.screen.click(*found.centre)
    _wait_until(lambda: session.blender.do(f"character().a2g_style == {A_STYLE!r}"), f"the style {A_STYLE}")
    session.screen.press("Escape")  # it stays open, so that one after the other can be tried
    session.blender.settle()
    time.sleep(0.7)
    _wait_until(lambda: session.blender.do("not is_behind()"), "the take to follow")
    session.type_over_view("ctrl+z")
    _wait_until(lambda: session.blender.do("character().a2g_style == ''"), "undo")


def drag_influence(session: Session) -> None:
    """Drag the slider Influence, and undo it in one step: the take counts less, and then as before."""
    above = session.locate(PICTURES, VIEW, TAKES)  # what is written on a full slider is not read
    session.blender.do("undo_step('Before')")
    row = above.centre[1] + round(_ROW_PX * session.screen.scale)
    session.screen.drag(above.x + above.width, row, -round(0.05 * session.sidebar(VIEW).width))
    _wait_until(lambda: session.blender.do("character().a2g_influence < 1.0"), "less influence")
    session.shoot("25-influence", session.written())
    session.type_over_view("ctrl+z")
    _wait_until(lambda: session.blender.do("character().a2g_influence == 1.0"), "undo")


def read_words(session: Session) -> None:
    """Read the words of the speech from a file."""
    if not session.blender.status()["takes"]:
        generate(session)
    words.read(session)


def suggest_gestures(session: Session) -> None:
    """List the gestures that fit the words, pin them, and undo that in one step."""
    words.suggest(session)


def add_gesture(session: Session) -> None:
    """Add a gesture at the playhead, found by typing in the list."""
    words.add(session)


def export_take(session: Session) -> None:
    """Export the playing take to a file."""
    words.export(session)


def open_newer_help(session: Session) -> None:
    """F1 over buttons of three panels."""
    for label, editor, panel, page in (
        (words.SUGGEST, VIEW, words.WORDS, "words"),
        (words.ADD, NLA, PINS, "pins"),
        (words.EXPORT, VIEW, TAKES, "export"),
    ):
        session.screen.point(*session.locate(label, editor, panel).centre)
        _open_page(session, lambda: session.screen.press("F1"), f"F1 over {label}", page)
    session.press_button(words.WORDS)  # closed again, as it was


def _wait_until(is_so: Callable[[], bool], what: str) -> None:
    end = time.monotonic() + _WAIT_S
    while not is_so():
        if time.monotonic() > end:
            raise StepError(f"waited in vain for {what}")
        time.sleep(0.3)


def _right_edge(session: Session) -> int:
    """The x coordinate of the icons at the right of a 3D View's sidebar."""
    sidebar = session.sidebar(VIEW)
    return sidebar.x + sidebar.width - round((_TABS_PX + _EDGE_PX) * session.screen.scale)


def choose_rigify(session: Session) -> None:
    """Choose a character that Rigify has made in the field under Character."""
    session.blender.do(f"empty_scene({SHORT_S * 24}); add_rigify({RIG!r}); undo_step('Rigify'); redraw()")
    session.screen.scroll(session.sidebar(VIEW), -_MANY_NOTCHES)
    field = session.locate(CHARACTER)
    sidebar = session.sidebar(VIEW)
    session.screen.click(sidebar.x + round(0.6 * sidebar.width), field.centre[1])
    time.sleep(0.7)
    name = session.screen.find(RIG, Box(sidebar.x - sidebar.width, sidebar.y, 2 * sidebar.width, sidebar.height))
    if name is None:
        session.shoot("not-found")
        raise ScreenError(f"no '{RIG}' in the list of characters")
    session.screen.click(*name.centre)
    session.blender.wait(lambda s: s["chosen"] == RIG, _WAIT_S, "the character to be chosen")
    use_file(session, "/shared/speech.wav")
    session.blender.do("add_rigify_wave(); undo_step('Wave'); show_all('NLA_EDITOR')")
    time.sleep(0.5)
    session.shoot("8-rigify", session.written())


def rigify_take(session: Session) -> None:
    """Generate, pin its own clip, and regenerate around it, all by mouse."""
    session.press_button(GENERATE)
    session.blender.wait(lambda s: len(s["audible"]) == 1 and not s["running"], _WAIT_S, "the take")
    pin(session, shoots=False)
    regenerate(session)
    session.shoot("9-rigify-pinned")


def bake(session: Session) -> None:
    """Click Bake Gestures to Action, and undo it."""
    session.press_button(BAKE, VIEW, TAKES)
    session.blender.wait(lambda s: s["action"], _WAIT_S, "the baked action")
    session.blender.do("redraw()")
    session.blender.settle()
    session.shoot("10-baked")
    session.type_over_view("ctrl+z")
    session.blender.wait(lambda s: not s["action"] and s["takes"], _WAIT_S, "undo")


def correct_bones(session: Session) -> None:
    """Open the list of bones, put a bone into it by click, mirror it, guess again, and keep it as a preset."""
    session.blender.do("pose_mode(); undo_step('Pose Mode'); redraw()")
    if session.seek(MIRROR, VIEW) is None:
        session.press_button(FOUND)
    session.locate(MIRROR)
    session.screen.click(*session.blender.do("place_of('torso')"))
    bone = session.blender.wait(lambda s: s["bone"], _WAIT_S, "a bone to be active")["bone"]
    row = session.locate(EMPTY_ROW)
    sidebar = session.sidebar(VIEW)
    pipette = sidebar.x + sidebar.width - round((_TABS_PX + _EDGE_PX) * session.screen.scale)
    session.screen.click(pipette, row.centre[1])
    session.blender.wait(lambda s: json.dumps(bone) in s["list"], _WAIT_S, f"{bone} in the list")
    session.shoot("11-bones", session.written())
    before = session.blender.status()["list"]
    session.press_button(MIRROR)
    session.blender.settle()
    time.sleep(0.5)
    if not session.blender.status()["list"]:
        raise StepError(f"the list is gone; it was {before}")
    session.press_button(GUESS)
    time.sleep(0.7)
    session.shoot("12-guess")
    question = session.screen.find(QUESTION, session.blender.window())
    if question is None or not session.blender.status()["list"]:
        raise StepError("Guess Again does not ask")
    session.screen.press("Return")
    session.blender.wait(lambda s: not s["list"], _WAIT_S, "the corrections to be forgotten")
    session.blender.settle()
    session.shoot("13-guessed", session.written())


def keep_bones(session: Session) -> None:
    """Keep the list of bones as a preset, which its menu then offers."""
    row = session.locate(PRESETS)
    sidebar = session.sidebar(VIEW)
    plus = sidebar.x + sidebar.width - round((_TABS_PX + 2 * _EDGE_PX) * session.screen.scale)
    session.screen.click(plus, row.centre[1])
    time.sleep(0.7)
    wide, high = (round(size * session.screen.scale) for size in _DIALOG_PX)
    around = Box(max(plus - wide, 0), max(row.y - high, 0), 2 * wide, 2 * high)
    field = session.screen.find("Name", around)
    if field is None:
        session.shoot("not-found")
        raise ScreenError("no field for the preset's name")
    session.screen.click(field.x + 3 * field.width, field.centre[1])
    session.screen.write(RIG)
    session.screen.press("Return")
    session.shoot("14-preset")
    session.screen.press("Return")
    end = time.monotonic() + _WAIT_S
    while not (kept := session.blender.do("bone_presets()")) and time.monotonic() < end:
        time.sleep(0.3)
    if [name.lower() for name in kept] != [RIG.lower()]:
        raise StepError(f"the presets are {kept}")
    session.press_button(PRESETS)
    time.sleep(0.7)
    if session.screen.find(RIG, around) is None:
        session.shoot("not-found")
        raise ScreenError(f"no '{RIG}' in the menu of presets")
    session.screen.press("Escape")


STEPS = (
    prepare, open_tab, first_minute, add_character, open_help, measure_rest, watch_and_cancel, measure_job, generate,
    undo_redo, click_accents, search, pin, regenerate, play, many_takes, shoot_panels, click_next_take,
    click_change_phrase, drag_energy, choose_style, drag_influence, read_words, suggest_gestures, add_gesture,
    export_take, open_newer_help, choose_rigify, rigify_take, bake, correct_bones, keep_bones,
    shoot_the_rest,
)  # fmt: skip


ALWAYS = (prepare, open_tab, add_character)


def use_file(session: Session, path: str) -> None:
    """Set the character's speech to this file."""
    set_speech(session, "a2g_speech_source = 'FILE'", f"a2g_speech_file = {json.dumps(path)}")


def set_speech(session: Session, *settings: str) -> None:
    """Change the character's settings and redraw: without a click, Blender would not redraw by itself."""
    session.blender.do("\n".join([*(f"character().{setting}" for setting in settings), "redraw()"]))
    session.blender.settle()


def _cancel_job(session: Session, meanwhile: Callable[[], None]) -> None:
    button = session.locate(GENERATE)
    session.screen.click(*button.centre)
    session.blender.wait(lambda s: s["running"], _WAIT_S, "a job")
    session.blender.wait(lambda s: s["fraction"] > _SHOWN, _WAIT_S, "progress")
    meanwhile()
    if not session.blender.status()["running"]:
        raise StepError("the job was over before it could be cancelled")
    below = session.locate(GENERATE_TABLE).centre[1] + round(_ROW_PX * session.screen.scale)
    session.screen.click(_right_edge(session), below)
    status = session.blender.wait(lambda s: not s["running"], _WAIT_S, "the end of the job")
    if CANCELLED.lower() not in status["message"].lower() or status["takes"]:
        raise StepError(f"cancelled, but it says '{status['message']}' and the takes are {status['takes']}")


def _whole(blender: Blender, editor: str) -> Box:
    box = None
    for kind in blender.status()["regions"][editor]:
        region = blender.region(editor, kind)
        box = region if box is None else box.around(region)
    return box
