"""The zip is dragged onto the window of a Blender that has nothing installed, and the add-on is there."""

from __future__ import annotations

import shutil
import time
from pathlib import Path
from typing import TYPE_CHECKING

from screen import ScreenError
from steps import ADD_CHARACTER, TAB, VIEW, show_tab

if TYPE_CHECKING:
    from steps import Session

_QUESTION = "Install from Disk"
_WAIT_S = 180.0
_IS_THERE = "[addon.module for addon in bpy.context.preferences.addons if addon.module.endswith('.audio2gestures')]"


def install_by_drop(session: Session, archive: Path) -> None:
    """Drag the zip onto the 3D View, confirm, and find the tab in its sidebar."""
    root, screen, blender = session.screen.root, session.screen, session.blender
    start = time.monotonic()
    if blender.do(_IS_THERE):
        raise ScreenError("the add-on is installed before it is dragged")
    for source in (archive, Path(__file__).with_name("drag.py")):
        if not (root.shared / source.name).exists():
            shutil.copy(source, root.shared)
    box = blender.region(VIEW, "WINDOW")
    screen.point(box.x + box.width // 4, box.y + box.height // 2)
    root.run("python3", "/shared/drag.py", f"/shared/{archive.name}")
    end = time.monotonic() + _WAIT_S
    while screen.find(_QUESTION, blender.window()) is None:
        if time.monotonic() > end:
            raise ScreenError(f"nobody asks whether to install {archive.name}")
    session.shoot("26-dropped")
    screen.press("Return")  # OK, which is highlighted
    end = time.monotonic() + _WAIT_S
    while not blender.do(_IS_THERE):
        if time.monotonic() > end:
            raise ScreenError(f"{archive.name} was dropped and is not installed")
        time.sleep(0.3)
    blender.do("measure_addon(); arrange()")
    blender.wait(lambda s: "NLA_EDITOR" in s["regions"], _WAIT_S, "the editors")
    blender.do("open_sidebars()")
    blender.wait(lambda s: "UI" in s["regions"].get(VIEW, {}), _WAIT_S, "the sidebar")
    if not show_tab(session, VIEW):
        raise ScreenError(f"no tab '{TAB}' after the zip was dropped")
    session.locate(ADD_CHARACTER)
    session.shoot("27-installed")
    session.say(f"{'Drag the zip onto a bare Blender, and find the tab':<78} {time.monotonic() - start:5.1f} s")
