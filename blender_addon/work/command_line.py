"""The command that Blender knows: `blender -c a2g_batch`. What it does is imported when it is called."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import bpy

from ..owner import disown, own


class Command(NamedTuple):
    """The command as Blender knows it."""

    handle: Any


def main(arguments: Sequence[str]) -> int:
    """Run the command. Returns its exit code."""
    from . import batch_command

    return batch_command.main(arguments)


def register() -> None:
    """Let Blender know the command."""
    own(Command(bpy.utils.register_cli_command("a2g_batch", main)))


def unregister() -> None:
    """Take it back."""
    bpy.utils.unregister_cli_command(disown(Command).handle)
