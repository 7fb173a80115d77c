"""Files: what is there, programs to start, and writing that leaves the old file or the new one, never a third thing.

What is written lies beside its place under a name of its own until it is complete, and is then renamed. A process that
is killed leaves such a part behind; whoever writes to the same place next removes it. A part of a process that lives is
locked, so nobody takes it for left behind.
"""

from __future__ import annotations

import errno
import os
import re
import secrets
import shutil
import stat
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_PART = ".part"
_LONGEST_NAME = 40  # characters of a place's name in that of its parts; file systems allow 255 bytes in all
_LONGEST_LIFE_S = 86_400.0


# What is there --------------------------------------------------------------------------------------------------------


def is_file(path: str | Path) -> bool:
    """Whether there is a file that can be reached.

    A folder that may not be read, a drive that does not answer and a name that no file can have count as "not there",
    where `Path.is_file` raises some of their errors.
    """
    return os.path.isfile(path)


def is_folder(path: str | Path) -> bool:
    """Whether there is a folder that can be reached; see `is_file`."""
    return os.path.isdir(path)


def exists(path: str | Path) -> bool:
    """Whether there is anything that can be reached; see `is_file`."""
    return os.path.exists(path)


def listed(folder: str | Path) -> list[Path]:
    """What lies in a folder, by name; nothing if it is not there or cannot be read."""
    try:
        return sorted(Path(folder).iterdir())
    except (OSError, ValueError):
        return []


def size_of(path: str | Path) -> int:
    """Size of a file in bytes; 0 if it cannot be reached."""
    try:
        return os.stat(path).st_size
    except (OSError, ValueError):
        return 0


def same(a: str | Path, b: str | Path) -> bool:
    """Whether two paths lead to one file or folder, by whatever links and names."""
    try:
        return os.path.samefile(a, b)
    except (OSError, ValueError):
        return False


def find_program(name: str, folder: str | Path | None = None) -> Path | None:
    """The absolute path of a program on PATH, or in this folder of it.

    Unlike `shutil.which` never one in the current folder, where Windows looks first: whoever opens a folder of
    somebody else's files must not start a program that lies in it.
    """
    folders = os.get_exec_path() if folder is None else [str(folder)]
    endings = os.environ.get("PATHEXT", ".COM;.EXE;.BAT;.CMD").split(os.pathsep) if os.name == "nt" else [""]
    for place in map(Path, folders):
        for ending in endings if place.is_absolute() else ():
            path = place / (name if name.lower().endswith(ending.lower()) else name + ending)
            if is_file(path) and os.access(path, os.X_OK):
                return path
    return None


# Writing --------------------------------------------------------------------------------------------------------------


@contextmanager
def replacing(path: str | Path) -> Iterator[Path]:
    """Yield the path of an empty file to be filled; what is written to it then takes the place of `path` at once.

    Its ending is that of `path` in lower case, since some libraries go by it. A file that is replaced keeps its mode,
    a new one has what umask gives; a link stays, and what it leads to is replaced. What is no file, such as a pipe,
    gets the bytes when they are complete. Raises OSError, naming `path`; then, as after any other exception, the old
    file is as it was and nothing is left beside it.
    """
    path = Path(path)
    with _naming(path):
        if _is_special(path):
            with tempfile.TemporaryDirectory(prefix="a2g-") as scratch:
                part = Path(scratch, f"part{path.suffix.lower()}")
                part.touch()
                yield part
                with part.open("rb") as made, path.open("wb") as out:
                    shutil.copyfileobj(made, out)
            return
        target = Path(os.path.realpath(path))
        _remove_abandoned(target)
        part, lock = _begin(target)
        try:
            yield part
            _finish(part, target)
        except BaseException:
            _remove(part)
            raise
        finally:
            _end(lock)


@contextmanager
def new_folder(path: str | Path) -> Iterator[Path]:
    """Yield a folder to be filled, which then appears at `path` at once; there may be nothing, or an empty folder.

    Raises OSError, naming `path`, also where something else has appeared there meanwhile; then, as after any other
    exception, nothing is left.
    """
    path = Path(path)
    with _naming(path):
        target = Path(os.path.realpath(path))
        target.parent.mkdir(parents=True, exist_ok=True)
        _remove_abandoned(target)
        part, lock = _begin_folder(target)
        try:
            yield part
            if is_folder(target):
                target.rmdir()
            part.rename(target)
            _sync(target.parent)
        except BaseException:
            _remove(part)
            raise
        finally:
            _end(lock)


def try_writing(path: str | Path) -> None:
    """Raise the OSError that writing a file or a folder to this place would end with, as far as it can be known."""
    path = Path(path)
    with _naming(path):
        if _is_special(path):
            return
        target = Path(os.path.realpath(path))
        if is_file(target) and not os.access(target, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        _remove_abandoned(target)
        part, lock = _begin(target)
        try:
            _remove(part)
        finally:
            _end(lock)


def remove_abandoned(path: str | Path) -> None:
    """Remove what killed processes left beside this file or folder, as those who write there do."""
    _remove_abandoned(Path(os.path.realpath(path)))


def remove_abandoned_in(folder: str | Path) -> None:
    """Remove what killed processes left of any file in this folder, for one whose files have a new name each."""
    for part in listed(folder):
        if re.fullmatch(rf"\..+\.[0-9a-f]{{8}}{re.escape(_PART)}(\.\w+)?", part.name):
            _remove_if_abandoned(part)


def is_being_made(path: str | Path) -> bool:
    """Whether another process is making this file or folder now. Always false where there are no locks (Windows)."""
    busy = False
    for part in _parts(Path(os.path.realpath(path))):
        is_abandoned, handle = _claim(part)
        busy = busy or not is_abandoned
        _end(handle)
    return busy


@contextmanager
def _naming(path: Path) -> Iterator[None]:
    """Name the place, not its part, in an OSError."""
    try:
        yield
    except OSError as error:
        if error.errno is None or error.filename == str(path):
            raise
        raise OSError(error.errno, error.strerror, str(path)) from error


def _is_special(path: Path) -> bool:
    """Whether this is something that bytes go into, such as a pipe or a terminal, and not a file."""
    if str(path.absolute()).startswith(("/dev/std", "/dev/fd/", "/proc/")):
        return exists(path)  # standard output may lead to a file, which others write to as well
    return exists(path) and not is_file(path) and not is_folder(path)


def _part_of(target: Path) -> Path:
    """A new name beside the target."""
    return target.with_name(f"{_stem(target)}{secrets.token_hex(4)}{_PART}{target.suffix.lower()}")


def _stem(target: Path) -> str:
    return f".{target.name[:_LONGEST_NAME]}."


def _parts(target: Path) -> list[Path]:
    pattern = re.escape(_stem(target)) + "[0-9a-f]{8}" + re.escape(_PART + target.suffix.lower())
    return [path for path in listed(target.parent) if re.fullmatch(pattern, path.name)]


def _begin(target: Path) -> tuple[Path, int | None]:
    """Make an empty part, with the mode that umask gives, and lock it: its path, and what `_end` is told."""
    while True:
        part, handle = _part_of(target), None
        try:
            handle = os.open(part, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o666)
            if sys.platform == "win32":  # an open file cannot be renamed there
                os.close(handle)
                return part, None
            if _hold(handle) is not False and _is_still_there(part, handle):
                return part, handle
            os.close(handle)  # another process took it for left behind, in the instant before it was locked
        except FileExistsError:
            continue
        except BaseException:
            _remove(part)
            _end(handle)
            raise


def _finish(part: Path, target: Path) -> None:
    """Put the complete part in its place, and both on the disk."""
    with part.open("r+b") as file:
        os.fsync(file.fileno())
    if is_file(target):
        with suppress(OSError):  # a file system that has no modes
            os.chmod(part, stat.S_IMODE(target.stat().st_mode))
    os.replace(part, target)
    _sync(target.parent)


def _sync(folder: Path) -> None:
    """Have the folder's entries on the disk, where systems can be told to."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # some file systems do that on their own, and refuse to be told
            os.fsync(handle)
    finally:
        os.close(handle)


def _is_still_there(part: Path, handle: int) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), os.stat(part))
    except OSError:
        return False


def _begin_folder(target: Path) -> tuple[Path, int | None]:
    """The same for a folder."""
    part = _part_of(target)
    try:
        part.mkdir()
        if sys.platform == "win32":
            return part, None
        handle = os.open(part, os.O_RDONLY)
        _hold(handle)
        return part, handle
    except BaseException:
        _remove(part)
        raise


def _end(handle: int | None) -> None:
    """Release a lock."""
    if handle is not None:
        os.close(handle)


def _hold(handle: int) -> bool | None:
    """Lock a file until its descriptor is closed, by the process's end at the latest.

    False if another process holds it; None where there are no locks.
    """
    if sys.platform == "win32":
        return None
    import fcntl

    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:  # a file system that has no locks
        return None
    return True


def _claim(part: Path) -> tuple[bool, int | None]:
    """Whether the process that made this part has ended; until `_end`, no other takes it.

    Where there are no locks: whether the part is a day old.
    """
    handle = held = None
    try:
        if sys.platform != "win32":
            handle = os.open(part, os.O_RDONLY if is_folder(part) else os.O_RDWR)
            held = _hold(handle)
        return (time.time() - os.stat(part).st_mtime > _LONGEST_LIFE_S if held is None else held), handle
    except OSError:  # it is gone already, or not ours to touch
        return False, handle


def _remove_abandoned(target: Path) -> None:
    """Remove what killed processes left beside the target."""
    for part in _parts(target):
        _remove_if_abandoned(part)


def _remove_if_abandoned(part: Path) -> None:
    is_abandoned, handle = _claim(part)
    try:
        if is_abandoned:
            _remove(part)
    finally:
        _end(handle)


def _remove(part: Path) -> None:
    """Remove a part, if that is possible: it is in nobody's way. A signal that ends the process waits for it."""
    try:
        _remove_at_once(part)
    except BaseException:
        _remove_at_once(part)
        raise


def _remove_at_once(part: Path) -> None:
    if is_folder(part):
        shutil.rmtree(part, ignore_errors=True)
    else:
        with suppress(OSError):
            part.unlink()
