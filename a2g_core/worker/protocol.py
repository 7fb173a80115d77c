"""What client and worker say to each other: one JSON object a line, each the fields of one of the messages below.

Arrays do not travel in the lines but in .npz files (see `packing`) in a folder that the client made for itself; the
lines hold their bare names. Nothing is unpickled, and a line that is not what it should be ends in one sentence.
"""

from __future__ import annotations

import dataclasses
import json
import re
from dataclasses import dataclass, field
from math import isfinite
from pathlib import Path
from typing import Any, TypeVar

from .. import errors
from ..errors import A2GError, DeviceError

PROTOCOL = 2
"""Version of the messages and files; client and worker must have the same."""

MAX_LINE = 1 << 16
"""Longest line that is read, in characters."""

_FILE_NAME = re.compile(r"[a-z]+-\d{1,9}\.npz")


class WorkerError(DeviceError):
    """The worker could not be started, said something odd, or is gone."""


class OutOfMemoryError(WorkerError):
    """The device has not enough memory for what was asked."""


# Client to worker -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Generate:
    """Make a motion. task, model, output: names of .npz files; device: as for `performing.generate.generate`."""

    number: int
    task: str
    model: str
    output: str
    device: str


@dataclass(frozen=True)
class Cancel:
    """Stop generating this number, at the next chunk."""

    number: int


@dataclass(frozen=True)
class Ping:
    """Answer at once, even while generating."""

    number: int


@dataclass(frozen=True)
class FreeMemory:
    """Forget models, and give the device's memory back as far as the process can without ending."""

    number: int


@dataclass(frozen=True)
class Stop:
    """End. The end of the input says the same."""


# Worker to client -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Hello:
    """First line of a worker that is ready.

    a2g, python, torch: versions. devices: what `Generate.device` may be. auto: which of them 'auto' is. names: what
    the devices are called by their makers.
    """

    a2g: str
    protocol: int
    python: str
    torch: str
    devices: list[str]
    auto: str
    names: dict[str, str]


@dataclass(frozen=True)
class Progress:
    """How far a generation is: a phase in words, and its share from 0 to 1."""

    number: int
    phase: str
    share: float


@dataclass(frozen=True)
class Done:
    """A generation lies in its output file; or a ping or a call to free memory is answered."""

    number: int


@dataclass(frozen=True)
class Stopped:
    """A generation was cancelled."""

    number: int


@dataclass(frozen=True)
class Failed:
    """An error: the name of its class, and what it was made with. number 0: it belongs to no request."""

    number: int
    kind: str
    problem: str
    hint: str
    values: dict[str, Any] = field(default_factory=dict)


Asked = Generate | Cancel | Ping | FreeMemory | Stop
Answer = Hello | Progress | Done | Stopped | Failed
REQUESTS: tuple[type[Asked], ...] = (Generate, Cancel, Ping, FreeMemory, Stop)
ANSWERS: tuple[type[Answer], ...] = (Hello, Progress, Done, Stopped, Failed)

Kind = TypeVar("Kind", bound=Asked | Answer)


def encode(message: Asked | Answer) -> str:
    """One line, with its end."""
    line = json.dumps({"message": type(message).__name__, **dataclasses.asdict(message)})
    if len(line) >= MAX_LINE:
        raise WorkerError("a message of {n} characters is too long", "report this as a bug", n=len(line))
    return line + "\n"


def decode(line: str, kinds: tuple[type[Kind], ...]) -> Kind:
    """The message of a line; WorkerError for anything that is none of these kinds."""
    if len(line) > MAX_LINE:
        raise _odd("it is too long")
    try:
        values = json.loads(line)
    except (ValueError, RecursionError):
        raise _odd("it is no JSON") from None
    if not isinstance(values, dict):
        raise _odd("it is no object")
    name = values.pop("message", None)
    cls = next((kind for kind in kinds if kind.__name__ == name), None)
    if cls is None:
        raise _odd("its kind is unknown here")
    fields = dataclasses.fields(cls)
    if set(values) != {f.name for f in fields}:
        raise _odd(f"its fields are not those of '{cls.__name__}'")
    for f in fields:
        _check(f.name, values[f.name], str(f.type).partition("[")[0])
    return cls(**values)


_TYPES: dict[str, type | tuple[type, ...]] = {"int": int, "str": str, "float": (int, float), "list": list, "dict": dict}


def _check(name: str, value: object, kind: str) -> None:
    if not isinstance(value, _TYPES[kind]) or isinstance(value, bool):
        raise _odd(f"'{name}' is no {kind}")
    if isinstance(value, int) and not 0 <= value < 2**53:
        raise _odd(f"'{name}' is out of range")
    if isinstance(value, float) and not isfinite(value):
        raise _odd(f"'{name}' is not finite")
    if isinstance(value, list) and not all(isinstance(item, str) for item in value):
        raise _odd(f"'{name}' holds something other than text")


def _odd(why: str) -> WorkerError:
    return WorkerError("a message between Blender and its engine cannot be read ({why})", "restart the engine", why=why)


def file_in(folder: Path, name: str) -> Path:
    """The path of an .npz file of the exchange; WorkerError for a name that could lead elsewhere."""
    if not _FILE_NAME.fullmatch(name):
        raise _odd("a file has an odd name")
    return folder / name


# Errors ---------------------------------------------------------------------------------------------------------------

_ERRORS = {
    cls.__name__: cls
    for cls in (*vars(errors).values(), WorkerError, OutOfMemoryError)
    if isinstance(cls, type) and issubclass(cls, A2GError)
}


def pack_error(number: int, error: A2GError) -> Failed:
    """An error as a message; values that JSON does not know travel as text."""
    plain = {k: v if isinstance(v, (str, int, float)) else str(v) for k, v in error.values.items()}
    kind = type(error).__name__
    try:
        error.problem_template.format(**plain), error.hint_template.format(**plain)
        return Failed(number, kind, error.problem_template, error.hint_template, plain)
    except (ValueError, KeyError, IndexError, TypeError):  # a number format that does not fit the text
        return Failed(number, kind, error.problem, error.hint, {})


def unpack_error(failed: Failed) -> A2GError:
    """The error that a message tells of, of the same class where it is one of ours."""
    cls = _ERRORS.get(failed.kind, WorkerError)
    try:
        return cls(failed.problem, failed.hint, **{str(k): v for k, v in failed.values.items()})
    except (ValueError, KeyError, IndexError, TypeError):
        return WorkerError("the engine reported an error that cannot be read", "restart the engine")
