"""Nested dicts with arrays as one .npz file: what Blender and its worker exchange, and takes kept for recovery.

The member `about` is JSON text that holds everything but the arrays; each array is a member named by its path in the
dicts, such as `request/pins/0/strength`. `allow_pickle=False`: nothing in a file can execute.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import IO, Any, TypeVar

import numpy as np

from ..errors import A2GError, reason
from .arrays import DamagedError, read_arrays

__all__ = ["DamagedError", "load", "save"]

T = TypeVar("T")

_ABOUT = "about"


def save(file: IO[bytes], values: dict[str, Any]) -> None:
    """Write dicts, lists and tuples of numbers, text, None and arrays. Tuples come back as lists."""
    arrays: dict[str, np.ndarray] = {}
    about = json.dumps(_without_arrays(values, "", arrays))
    members: dict[str, Any] = {_ABOUT: np.frombuffer(about.encode(), np.uint8), **arrays}
    np.savez(file, **members)


def load(file: Any, build: Callable[[dict[str, Any]], T], with_arrays: bool = True) -> T:
    """What `build` makes of the dict in a file; without arrays these are None, and most of the file is not read.

    Raises DamagedError for a file that cannot be read or from which nothing can be built, and the A2GErrors of `build`.
    """
    arrays = read_arrays(file, None if with_arrays else [_ABOUT])
    try:
        values = json.loads(arrays.pop(_ABOUT).tobytes())
        for name, array in arrays.items():
            _insert(values, name, array)
        return build(values)
    except A2GError:
        raise
    except Exception as error:  # values of any kind may stand where others are expected
        raise DamagedError(reason(error)) from error


def _without_arrays(value: Any, path: str, arrays: dict[str, np.ndarray]) -> Any:
    """The value with None in place of its arrays, which go into `arrays` under their paths."""
    if isinstance(value, np.ndarray):
        arrays[path] = value
        return None
    if isinstance(value, dict):
        return {key: _without_arrays(inner, f"{path}/{key}".lstrip("/"), arrays) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_without_arrays(inner, f"{path}/{index}", arrays) for index, inner in enumerate(value)]
    return value


def _insert(values: Any, path: str, array: np.ndarray) -> None:
    *parents, last = path.split("/")
    for key in parents:
        values = values[int(key) if isinstance(values, list) else key]
    values[int(last) if isinstance(values, list) else last] = array
