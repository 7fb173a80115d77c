"""Blender as the driver sees it: installs the zip, starts the window, queries its status, prepares scenes."""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from root import Root
from screen import Box

_START_S = 300.0  # a first start compiles shaders
_REPLY_S = 180.0
_LOOK_S = 0.05
_SETTLED_TICKS = 4  # a press that comes before Blender has drawn what is pointed at is lost

# No splash screen, and one thread less for Blender's own drawing.
_PREFERENCES = """
import bpy
preferences = bpy.context.preferences
preferences.view.show_splash = False
preferences.view.ui_scale = {scale}
preferences.view.filebrowser_display_type = "SCREEN"  # nothing here manages windows
preferences.system.viewport_aa = "OFF"
preferences.use_preferences_save = False
bpy.ops.wm.save_userpref()
print("version", bpy.app.version_string)
"""


class BlenderError(Exception):
    """Blender did not do what it should. The message says what."""


class Blender:
    """A Blender with a window, in the root folder, without a network.

    user: the folder of its user, in the shared one: what is installed and set there is there alone.
    """

    def __init__(self, root: Root, size: tuple[int, int], user: str = "user") -> None:
        self.root, self.size, self.user = root, size, user
        root.environment["BLENDER_USER_RESOURCES"] = f"/shared/{user}"
        self._commands = 0
        self._process: subprocess.Popen | None = None

    def install(self, archive: Path, scale: float) -> str:
        """Install the zip as Blender's command line does. Returns Blender's version."""
        (self.root.shared / archive.name).write_bytes(archive.read_bytes())
        self._make_folders()
        inside = f"/shared/{archive.name}"
        self.root.run("blender", "--command", "extension", "install-file", "-r", "user_default", "-e", inside)
        return self.set_up(scale)

    def _make_folders(self) -> None:
        for name in ("config", "extensions"):
            (self.root.shared / self.user / name).mkdir(parents=True, exist_ok=True)

    def set_up(self, scale: float) -> str:
        """The preferences that a run needs, with whatever is installed. Returns Blender's version."""
        self._make_folders()
        script = _PREFERENCES.format(scale=scale)
        said = self.root.run("blender", "-b", "--python-exit-code", "1", "--python-expr", script)
        return next(line.split()[1] for line in said.splitlines() if line.startswith("version"))

    def __enter__(self) -> Blender:
        session = Path(__file__).with_name("session.py")
        (self.root.shared / session.name).write_bytes(session.read_bytes())
        geometry = ("--window-geometry", "0", "0", *map(str, self.size))
        offline = ("unshare", "--net")
        command = ("nice", "-n", "5", *offline, "blender", *geometry, "--python", f"/shared/{session.name}")
        (self.root.shared / "status.json").unlink(missing_ok=True)
        self._process = self.root.start(*command, log="blender.log" if self.user == "user" else f"{self.user}.log")
        self.wait(lambda status: bool(status), _START_S, "Blender's window")
        return self

    def __exit__(self, *_error: object) -> None:
        self._process.kill()
        self._process.wait()

    def status(self) -> dict[str, Any]:
        """Blender's status, at most a tenth of a second old unless Blender is busy."""
        try:
            return json.loads((self.root.shared / "status.json").read_text())
        except FileNotFoundError:
            return {}

    def wait(self, condition: Callable[[dict[str, Any]], bool], timeout_s: float, what: str) -> dict[str, Any]:
        """Wait until the condition holds and return that status. Raises BlenderError on timeout."""
        end = time.monotonic() + timeout_s
        while True:
            status = self.status()
            if condition(status):
                return status
            if self._process.poll() is not None:
                raise BlenderError(f"Blender ended while waiting for {what}; see blender.log")
            if time.monotonic() > end:
                shown = {k: v for k, v in status.items() if k not in {"regions", "panels"}}
                raise BlenderError(f"waited {timeout_s:.0f} s in vain for {what}; the status is {shown}")
            time.sleep(_LOOK_S)

    def settle(self) -> None:
        """Wait until Blender has gone through its main loop a few times."""
        before = self.status()["ticks"]
        self.wait(lambda status: status["ticks"] >= before + _SETTLED_TICKS, _REPLY_S, "Blender to come to rest")

    def do(self, code: str) -> Any:
        """Run code in the session inside Blender. Returns the value of its last expression."""
        self._commands += 1
        reply = self.root.shared / "reply.json"
        partial = self.root.shared / "command.partial"
        partial.write_text(json.dumps({"number": self._commands, "code": code}))
        partial.replace(self.root.shared / "command.json")
        end = time.monotonic() + _REPLY_S
        while time.monotonic() < end:
            if reply.exists() and (answer := json.loads(reply.read_text()))["number"] == self._commands:
                if answer["error"]:
                    raise BlenderError(f"in Blender: {answer['error']}")
                return answer["value"]
            if self._process.poll() is not None:
                raise BlenderError("Blender ended; see blender.log")
            time.sleep(_LOOK_S)
        raise BlenderError(f"Blender did not answer to {code!r} in {_REPLY_S:.0f} s")

    def window(self) -> Box:
        """The rectangle of the window."""
        return Box(0, 0, *self.size)

    def region(self, editor: str, kind: str) -> Box:
        """The rectangle of an editor's region on the screen."""
        regions = self.status()["regions"].get(editor, {})
        if kind not in regions:
            raise BlenderError(f"{editor} shows no region {kind}")
        return Box(*regions[kind])
