"""What a user does in the lanes of the NLA editor and the sequencer."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from screen import Box, ScreenError

if TYPE_CHECKING:
    from steps import Session

SEQUENCER, NLA = "SEQUENCE_EDITOR", "NLA_EDITOR"
TRACK = "Gestures"  # of the take
_WAIT_S = 180.0


def wait_for_lanes(session: Session) -> None:
    """Let the speech be heard and the lanes be drawn."""
    end = time.monotonic() + _WAIT_S
    session.blender.do("redraw()")
    while not (session.blender.do(f"accents_in('{NLA}')") and session.blender.do(f"accents_in('{SEQUENCER}')")):
        if time.monotonic() > end:
            session.shoot("not-found")
            raise ScreenError("no lanes are shown")
        time.sleep(0.2)
    time.sleep(0.3)


def click_accents(session: Session, window_of: Any) -> None:
    """Click accents in both editors, above and below the middle; undo each; click beside them."""
    do, screen = session.blender.do, session.screen
    do("show_all('NLA_EDITOR'); show_all('SEQUENCE_EDITOR'); bpy.context.scene.frame_set(150)")
    wait_for_lanes(session)
    session.shoot("30-lanes")
    for editor, is_upper, strength in ((NLA, True, 1.5), (SEQUENCER, False, 0.5), (SEQUENCER, True, 1.5)):
        before, keys = do("strengths()"), do("followed()")[1]
        x, upper, lower = do(f"accents_in('{editor}')")[3]
        _wait(session, f"click in {editor}", x, upper if is_upper else lower, [*before, strength])
        if do("followed()")[1] == keys:
            raise ScreenError(f"a click in {editor} changed no key")
        session.shoot(f"31-{editor.lower()}-{'stronger' if is_upper else 'weaker'}", window_of(session.blender, editor))
        session.type_over_view("ctrl+z")
        _until(session, before, "undo")
        if do("followed()")[1] != keys:
            raise ScreenError("one undo did not bring the keys back")
    x, upper, _lower = do(f"accents_in('{NLA}')")[2]
    screen.point(x, upper)
    screen.click_again(2)
    _until(session, [2.0], "two clicks")
    time.sleep(0.5)  # until the lanes are drawn again
    session.shoot("32-stronger", window_of(session.blender, NLA))
    _beside(session)
    _range(session, window_of)
    _zoomed(session, window_of)
    session.measured["drawing an editor's lanes, median and longest, ms"] = do("lanes_ms()")


def _beside(session: Session) -> None:
    """A click on the take's strip selects it, as ever; with the lanes off, one on an accent's place changes nothing."""
    do, screen, before = session.blender.do, session.screen, session.blender.do("strengths()")
    do("deselect_strips(); undo_step('Deselect')")
    row = screen.find(TRACK, session.blender.region(NLA, "CHANNELS"))
    if row is None:
        raise ScreenError(f"no track '{TRACK}' in the NLA editor")
    screen.click(do("column_of('NLA_EDITOR', 120)"), row.centre[1])
    session.blender.wait(lambda s: len(s["selected"]) == 1, _WAIT_S, "the strip under the mouse to be selected")
    x, upper, _lower = do(f"accents_in('{NLA}')")[4]
    do("bpy.context.window_manager.a2g_show_lanes = False; redraw()")
    session.blender.settle()
    screen.click(x, upper)
    time.sleep(1.0)
    do("bpy.context.window_manager.a2g_show_lanes = True; redraw()")
    if do("strengths()") != before:
        raise ScreenError("a click changed an accent that was not shown")
    wait_for_lanes(session)


def _range(session: Session, window_of: Any) -> None:
    """The preview range is lit, and as far as it reaches."""
    session.blender.do("s = bpy.context.scene; s.use_preview_range = True")
    session.blender.do("s.frame_preview_start, s.frame_preview_end = 190, 230; redraw()")
    time.sleep(0.8)
    for editor in (NLA, SEQUENCER):
        session.shoot(f"33-range-{editor.lower()}", window_of(session.blender, editor))
    session.blender.do("s.use_preview_range = False; redraw()")


def _zoomed(session: Session, window_of: Any) -> None:
    """Zoomed in and scrolled, a click still finds its accent."""
    do, before = session.blender.do, session.blender.do("strengths()")
    for editor in (NLA, SEQUENCER):
        do(f"zoom('{editor}', 170, 260)")
        time.sleep(0.8)
        session.shoot(f"34-zoomed-{editor.lower()}", window_of(session.blender, editor))
        region = session.blender.region(editor, "WINDOW")
        places = [place for place in do(f"accents_in('{editor}')") if _is_inside(place[:2], region)]
        x, _upper, lower = places[0]
        _wait(session, f"click in {editor}, zoomed in", x, lower, None)
        if len(do("strengths()")) != len(before) + 1:
            raise ScreenError(f"a click in the zoomed {editor} made {do('strengths()')} of {before}")
        session.type_over_view("ctrl+z")
        _until(session, before, "undo")
        do(f"show_all('{editor}')")


def _is_inside(place: list[int], box: Box) -> bool:
    return box.x + 40 < place[0] < box.x + box.width - 40 and box.y < place[1] < box.y + box.height


def _wait(session: Session, what: str, x: int, y: int, wanted: list[float] | None) -> None:
    """Click there, and wait until the accents are others, or these."""
    before = session.blender.do("strengths()")
    session.screen.click(x, y)
    _until(session, wanted, what, other_than=before)


def _until(session: Session, wanted: list[float] | None, what: str, other_than: list[float] | None = None) -> None:
    end = time.monotonic() + _WAIT_S
    while True:
        now = session.blender.do("strengths()")
        if (now == wanted) if wanted is not None else (now != other_than):
            session.blender.wait(lambda s: not s["running"], _WAIT_S, "the end of the job")
            return
        if time.monotonic() > end:
            session.shoot("not-found")
            raise ScreenError(f"{what}: the accents' strengths are {now}, not {wanted}")
        time.sleep(0.1)
