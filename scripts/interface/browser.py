"""A browser that writes down what it is asked to open, in the shared folder, and the way to let Blender use it."""

from __future__ import annotations

from root import Root

OPENED = "opened"
_PROGRAM = f"""#!/bin/sh
printf '%s\\n' "$1" > /shared/{OPENED}.part && mv /shared/{OPENED}.part /shared/{OPENED}
"""


def install(root: Root) -> None:
    """Let programs in the root folder open addresses with it, as Python's webbrowser finds it: $BROWSER."""
    program = root.shared / "browser"
    program.write_text(_PROGRAM)
    program.chmod(0o755)
    root.environment["BROWSER"] = "/shared/browser"
