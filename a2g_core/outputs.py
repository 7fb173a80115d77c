"""What a command checks before its work: that what it will write can be written, and destroys nothing.

Everything here raises OutputError.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterable
from pathlib import Path

from . import files
from .errors import OutputError

_LOOK_BYTES = 1 << 16


def check_file(
    path: Path, *, is_ours: Callable[[Path], bool], inputs: Iterable[Path] = (), force: bool = False
) -> None:  # fmt: skip
    """Check that a file can be written to this place.

    inputs: files that the command reads; none of them is ever replaced. is_ours: whether a file that is there was made
    by this program; any other file, unless it is empty, is replaced only with force.
    """
    path = Path(path)
    if files.is_folder(path):
        raise OutputError("'{path}' is a folder", "give the name of a file", path=path)
    if taken := next((other for other in inputs if files.same(path, other)), None):
        raise OutputError("'{path}' is read by the same command", "write to another file", path=taken)
    _check_writable(path)
    if files.is_file(path) and files.size_of(path) and not (force or is_ours(path)):
        raise OutputError(
            "'{path}' is there already and was not made by this program",
            "write to another file, or add --force to replace it", path=path,
        )  # fmt: skip


def check_folder(path: Path) -> None:
    """Check that a folder is there or can be made, and that files can be written into it."""
    path = Path(path)
    nearest = next(place for place in (path.absolute(), *path.absolute().parents) if files.exists(place))
    if not files.is_folder(nearest):
        raise OutputError("'{path}' is not a folder", "write to another folder", path=nearest)
    _check_writable(nearest / "a2g")


def check_new_folder(path: Path) -> None:
    """Check that a folder can be made here: that there is none yet, or an empty one, and nobody else is making it.

    What a process that was killed has left of it is removed.
    """
    path = Path(path)
    check_folder(path.absolute().parent)
    files.remove_abandoned(path)
    if files.is_being_made(path):
        raise OutputError("another program is making '{path}'", "wait for it, or write to another folder", path=path)
    if not files.exists(path):
        return
    check_folder(path)
    try:
        is_empty = not any(path.iterdir())
    except OSError as error:
        raise _unwritable(path, error) from None
    if not is_empty:
        raise OutputError("'{path}' is not empty", "write to another folder, or empty it first", path=path)
    if files.same(path, os.curdir) or os.path.ismount(path):
        raise OutputError("'{path}' cannot be replaced", "name a new folder in it", path=path)


def holds(mark: str) -> Callable[[Path], bool]:
    """Whether the beginning of a file holds this text, as what this program writes there does; for `check_file`.

    A file that cannot be read is not ours.
    """

    def is_ours(path: Path) -> bool:
        try:
            with path.open("rb") as file:
                return mark.encode() in file.read(_LOOK_BYTES)
        except OSError:
            return False

    return is_ours


def check_files(folder: Path, marks: dict[str, str], *, force: bool) -> None:
    """Check that files can be written into a folder, which need not be there yet.

    marks: what each holds if this program made it, by name.
    """
    check_folder(folder)
    for name, mark in marks.items():
        if files.exists(path := Path(folder) / name):
            check_file(path, is_ours=holds(mark), force=force)


def _check_writable(path: Path) -> None:
    folder = path.parent
    if not files.exists(folder):
        raise OutputError("there is no folder '{folder}'", "check the path, or make it first", folder=folder)
    if not files.is_folder(folder):
        raise OutputError("'{folder}' is not a folder", "write to another one", folder=folder)
    try:
        files.try_writing(path)
    except OSError as error:
        raise _unwritable(path, error) from None


def _unwritable(path: Path, error: OSError) -> OutputError:
    hint = "write to another place, or change who may write there"
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        hint = "free some space on the disk"
    return OutputError("'{path}' cannot be written ({why})", hint, path=path, why=error.strerror or error)
