"""The messages between client and worker: one JSON object per line, with the fields of one of the classes below.

Arrays are not sent in these lines but in .npz files (see `packing`) in a folder that the client has made; the lines
hold their bare names. Nothing is unpickled, and an unexpected line becomes a one-sentence error.
"""

from __future__ import annotations

import dataclasses
import json
import re
import string
from dataclasses import dataclass, field
from math import isfinite
from pathlib import Path
from typing import Any, TypeVar

from .. import errors
from ..errors import A2GError, DeviceError

PROTOCOL = 3
"""Version of the messages and files; client and worker must have the same."""

MAX_LINE = 1 << 16
"""Longest line that is read, in characters."""

_NUMBER_FORMAT = re.compile(r"(\.\d)?[a-z]?")
_FILE_NAME = re.compile(r"[a-z]+-\d{1,9}\.npz")


class WorkerError(DeviceError):
    """The worker could not be started, sent something unexpected, or is gone."""


class OutOfMemoryError(WorkerError):
    """The device does not have enough memory for the request."""


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
    """Drop models, and release the device's memory as far as the process can without ending."""

    number: int


@dataclass(frozen=True)
class Stop:
    """End the process. The end of its input has the same effect."""


# Worker to client -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Hello:
    """First line of a worker that is ready.

    a2g, python, torch: versions. devices: possible values of `Generate.device`. auto: the one that 'auto' stands for.
    names: product names of the devices.
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
    """Progress of a generation: its phase in words, and the share done from 0 to 1."""

    number: int
    phase: str
    share: float


@dataclass(frozen=True)
class Done:
    """A generation's output file is written; also the answer to Ping and FreeMemory."""

    number: int


@dataclass(frozen=True)
class Stopped:
    """A generation was cancelled."""

    number: int


@dataclass(frozen=True)
class Failed:
    """An error: the name of its class and its arguments. number 0: it belongs to no request."""

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
    """The message as a line, including the line end."""
    line = json.dumps({"message": type(message).__name__, **dataclasses.asdict(message)})
    if len(line) >= MAX_LINE:
        raise WorkerError("a message of {n} characters is too long", "report this as a bug", n=len(line))
    return line + "\n"


def decode(line: str, kinds: tuple[type[Kind], ...]) -> Kind:
    """Parse a line. Raises WorkerError if it is not a message of one of these kinds."""
    if len(line) > MAX_LINE:
        raise _odd("it is too long")
    try:
        values = json.loads(line)
        json.dumps(values, ensure_ascii=False).encode()  # text that is no Unicode could be shown nowhere
    except (ValueError, RecursionError):
        raise _odd("it is not valid JSON") from None
    if not isinstance(values, dict):
        raise _odd("it is not an object")
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
        raise _odd(f"'{name}' is not of type {kind}")
    if isinstance(value, int) and not 0 <= value < 2**53:
        raise _odd(f"'{name}' is out of range")
    if isinstance(value, float) and not isfinite(value):
        raise _odd(f"'{name}' is not finite")
    if isinstance(value, list) and not all(isinstance(item, str) for item in value):
        raise _odd(f"'{name}' holds something other than text")


def _odd(why: str) -> WorkerError:
    return WorkerError("a message between Blender and its engine cannot be read ({why})", "restart the engine", why=why)


def file_in(folder: Path, name: str) -> Path:
    """The path of an .npz file in the exchange folder. Raises WorkerError for a name that could lead elsewhere."""
    if not _FILE_NAME.fullmatch(name):
        raise _odd("a file has an invalid name")
    return folder / name


# Errors ---------------------------------------------------------------------------------------------------------------

_ERRORS = {
    cls.__name__: cls
    for cls in (*vars(errors).values(), WorkerError, OutOfMemoryError)
    if isinstance(cls, type) and issubclass(cls, A2GError)
}


def pack_error(number: int, error: A2GError) -> Failed:
    """An error as a message; values that JSON does not know become text."""
    plain = {k: v if isinstance(v, (str, int, float)) else str(v) for k, v in error.values.items()}
    kind = type(error).__name__
    try:
        error.problem_template.format(**plain), error.hint_template.format(**plain)
        return Failed(number, kind, error.problem_template, error.hint_template, plain)
    except (ValueError, KeyError, IndexError, TypeError):  # a number format that does not fit the text
        return Failed(number, kind, error.problem, error.hint, {})


def unpack_error(failed: Failed) -> A2GError:
    """The error in a message, of the same class if it is one of ours."""
    cls = _ERRORS.get(failed.kind, WorkerError)
    try:
        for template in (failed.problem, failed.hint):
            _check_template(template)
        return cls(failed.problem, failed.hint, **{str(k): v for k, v in failed.values.items()})
    except (ValueError, KeyError, IndexError, TypeError):
        return WorkerError("the engine reported an error that cannot be read", "restart the engine")


def _check_template(template: str) -> None:
    """ValueError for a template that does more than name values: it could look into them, or ask for gigabytes."""
    for _, name, form, conversion in string.Formatter().parse(template):
        if name is not None and not (name.isidentifier() and _NUMBER_FORMAT.fullmatch(form or "") and not conversion):
            raise ValueError(f"'{name}' cannot be filled in")
