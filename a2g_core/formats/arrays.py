"""Reads arrays from NumPy archives (`.npz`) that anyone may have written.

Nothing is unpickled, and nothing is believed: before an array is read, what its header asks for must be what the
archive says that it holds, and all together must be less than the reader allows. So an archive of a few bytes that
would unpack to gigabytes is refused at once.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from math import prod
from typing import IO, Any

import numpy as np
from numpy.lib import format as npy

from ..errors import reason

MOST_BYTES = 1 << 29
"""Of all arrays that are read from one file: half an hour of motion at 120 frames a second takes a third of it."""

_MOST_MEMBERS = 10_000
_PIECE = 1 << 22  # bytes
_HEADERS = {(1, 0): npy.read_array_header_1_0, (2, 0): npy.read_array_header_2_0}


class DamagedError(Exception):
    """A file that cannot be read. The text says why; callers put it into their own message."""


def read_arrays(file: Any, names: Iterable[str] | None = None, most_bytes: int = MOST_BYTES) -> dict[str, np.ndarray]:
    """The arrays of these names that an archive has, or all of them; file: a path, or an open binary file.

    DamagedError for anything that is not an archive of plain arrays, each once, of most_bytes together.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            members = _members(archive)
            wanted = members.keys() if names is None else [name for name in names if name in members]
            if sum(members[name].file_size for name in wanted) > most_bytes:
                raise DamagedError(f"its arrays take more than {most_bytes >> 20} MB")
            return {name: _read(archive, members[name]) for name in wanted}
    except DamagedError:
        raise
    except Exception as error:  # zipfile, its decompressors and NumPy raise whatever they stumble over
        raise DamagedError(reason(error)) from error


def _members(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """The members by the names of their arrays."""
    found = archive.infolist()
    members = {info.filename.removesuffix(".npy"): info for info in found}
    if len(found) > _MOST_MEMBERS:
        raise DamagedError(f"it has {len(found)} members")
    if len(members) < len(found):
        raise DamagedError("one name occurs twice in it")
    return members


def _read(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> np.ndarray:
    with archive.open(info) as member:
        read_header = _HEADERS.get(npy.read_magic(member))
        if read_header is None:
            raise DamagedError(f"'{info.filename}' is not a plain array")
        shape, is_fortran, dtype = read_header(member)
        if dtype.hasobject:
            raise DamagedError(f"'{info.filename}' holds objects, which are never read")
        size = prod(shape) * dtype.itemsize
        if dtype.itemsize == 0 or min(shape, default=0) < 0 or size != info.file_size - member.tell():
            raise DamagedError(f"'{info.filename}' has another size than its header says")
        flat = np.frombuffer(_bytes(member, size), dtype)
    return flat.reshape(shape[::-1]).T if is_fortran else flat.reshape(shape)


def _bytes(member: IO[bytes], size: int) -> bytearray:
    """The rest of a member, in pieces: what unpacks to less than it says is not given room for what it says."""
    data = bytearray()
    while len(data) < size and (piece := member.read(min(_PIECE, size - len(data)))):
        data += piece
    if len(data) < size:
        raise DamagedError("it ends too early")
    return data
