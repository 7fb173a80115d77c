"""Scripts: tables of lines, each of which says what `a2g generate` is given for one take.

A table is CSV, with a header, or JSON, a list of objects. `id` names a line and its take; `sound` is its recording; any
other column is an option of `a2g generate`, with or without its value. A folder is a table of the recordings in it.
"""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from pathlib import Path, PurePosixPath
from typing import Any

from ..errors import ConfigError, reason
from ..files import exists, is_file, is_folder

MOST_LINES = 100_000
_MOST_BYTES = 1 << 26
_SEVERAL = "|"
"""Between the values of an option that may be given more than once, in one cell."""
_YES, _NO = ("yes", "true", "x"), ("", "no", "false")
_NOT_OURS = ("help", "debug", "force", "json", "output", "write-plan")
"""Options of the command, not of a line."""
_NAME = re.compile(r"[^\W_.][^\\/:*?\"<>|\x00-\x1f]{0,99}")
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


@dataclass(frozen=True)
class Line:
    """One line: its id, what it says as (name, value) in order of names, and the arguments of `a2g generate` for it.

    sound: its recording. stage: by name, what it says of who plays it, to whom, and when.
    """

    id: str
    says: tuple[tuple[str, str], ...]
    arguments: tuple[str, ...]
    sound: Path | None = None
    stage: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Script:
    """The lines of a script in its order, and the columns that `a2g generate` does not know."""

    lines: tuple[Line, ...]
    unused: tuple[str, ...] = ()


def read_script(
    path: Path, options: Mapping[str, bool], usual: Sequence[str] = (), stage: Sequence[str] = ()
) -> Script:
    """Read a table, or a folder of recordings. options: those of `a2g generate`, and whether each has a value.

    stage: columns besides these that the caller makes something of.

    usual: NAME=VALUE, what lines have that do not say otherwise; files are named from the current folder, those of a
    table from where it lies. ConfigError for a script that cannot be read, without lines, or with one that has no
    usable id, or that of another.
    """
    if is_folder(path):
        rows = _recordings(path)
        base = path
    elif is_file(path):
        rows, base = _rows(path), path.parent
    else:
        raise ConfigError(f"there is no script '{path}'", "give a table in CSV or JSON, or a folder of recordings")
    if not rows:
        raise ConfigError(f"'{path.name}' has no lines", "add one")
    if len(rows) > MOST_LINES:
        raise ConfigError(f"'{path.name}' has more than {MOST_LINES} lines", "split it")
    known = {name: has_value for name, has_value in options.items() if name not in _NOT_OURS}
    given = _usual(usual, known)
    lines, names = [], set()
    for number, row in enumerate(rows, 1):
        line = _line(row, number, base, known, given)
        line = replace(line, stage=tuple((name, row[name]) for name in stage if row.get(name)))
        if (same := same_name(line.id)) in names:
            raise ConfigError(f"two lines of '{path.name}' have the id '{line.id}'", "give each one of its own")
        names.add(same)
        lines.append(line)
    columns = dict.fromkeys(column for row in rows for column in row)
    return Script(tuple(lines), tuple(c for c in columns if c not in ("id", "sound", *stage, *known)))


def same_name(name: str) -> str:
    """The same text for names that some file systems take for one, by their case or by how an accent is written."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def check_apart(files: Iterable[tuple[str, str]], kept: str) -> None:
    """Check that files, as (id of the line, name in the folder of results), are in nobody's way. kept: a file there.

    ConfigError for two lines with one file, and for a line whose folder would be a file.
    """
    files, owners = list(files), {same_name(kept): kept}
    for line, name in files:
        if (other := owners.setdefault(same_name(name), line)) != line:
            raise ConfigError(f"lines '{other}' and '{line}' would both be written to '{name}'", "rename one of them")
    for line, name in files:
        for folder in map(str, PurePosixPath(name).parents):
            if (same := same_name(folder)) in owners:
                raise ConfigError(
                    f"the folder of line '{line}' is called as the file '{folder}' of '{owners[same]}'",
                    "rename one of them",
                )


def _recordings(folder: Path) -> list[dict[str, str]]:
    """A row for each recording in a folder and those below it, by name; what begins with a dot is left out."""
    from ..speech.audio import SOUND_ENDINGS

    found = sorted(p.relative_to(folder) for p in folder.rglob("*") if p.suffix.lower() in SOUND_ENDINGS and is_file(p))
    seen = [path for path in found if not any(part.startswith(".") for part in path.parts)]
    return [{"id": path.with_suffix("").as_posix(), "sound": str(path)} for path in seen]


def _rows(path: Path) -> list[dict[str, str]]:
    """The rows of a table by column, all as text."""
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise ValueError(f"it is larger than {_MOST_BYTES >> 20} MB")
        data = path.read_bytes()
        text = data.decode("utf-16" if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) else "utf-8-sig")
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        return list(_json_rows(text) if text.lstrip()[:1] in ("[", "{") else _csv_rows(text))
    except Exception as error:  # text of any kind may stand in a file
        raise ConfigError(
            f"'{path.name}' is not a script ({reason(error)})", "give CSV with a header, or JSON"
        ) from None


def _json_rows(text: str) -> Iterator[dict[str, str]]:
    rows = json.loads(text)
    if isinstance(rows, dict):
        rows = rows.get("lines")
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise ValueError("it is not a list of objects")
    for row in rows:
        found = [(_column(name), _text(value)) for name, value in row.items() if value is not None]
        if len(dict(found)) < len(found):
            raise ValueError("an object says the same thing twice")
        yield dict(found)


def _text(value: Any) -> str:
    """A value of JSON as a cell."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list) and not any(isinstance(item, list | dict) for item in value):
        return _SEVERAL.join(map(_text, value))
    if isinstance(value, str | int | float):
        return str(value)
    raise ValueError("a value is not text, a number or a list of them")


def _csv_rows(text: str) -> Iterator[dict[str, str]]:
    text = text.lstrip("\n")
    told = re.match(r'"?sep=(.)"?[,;\t]*\n', text, re.IGNORECASE)  # as Excel tells itself
    text = text[told.end() :] if told else text
    head = text.partition("\n")[0]
    delimiter = told[1] if told else max(",;\t", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    columns = [_column(name) for name in next(reader, [])]
    named = [name for name in columns if name]  # a spreadsheet may have empty columns beside its table
    if "id" not in named or len(set(named)) < len(named):
        raise ValueError("its first line does not name its columns, one of them 'id'")
    for cells in reader:
        found = [(name, cell.strip()) for name, cell in zip_longest(columns, cells, fillvalue="") if cell.strip()]
        if not all(name for name, _ in found):
            raise ValueError(f"line {reader.line_num} has a cell in a column without a name")
        if found:
            yield dict(found)


def _column(name: str) -> str:
    """The option that a column is about: names may be written with _, and pins as they are called."""
    name = name.strip().lower().replace("_", "-")
    return "pin" if name == "pins" else name


def _usual(texts: Sequence[str], options: Mapping[str, bool]) -> dict[str, str]:
    """The values of NAME=VALUE by option."""
    given = {}
    for text in texts:
        name, sign, value = text.partition("=")
        if not sign or _column(name) not in options:
            raise ConfigError(f"--set {text[:40]} cannot be read", f"write NAME=VALUE, of {', '.join(sorted(options))}")
        given[_column(name)] = value
    return given


def _line(
    row: dict[str, str], number: int, base: Path, options: Mapping[str, bool], usual: Mapping[str, str]
) -> Line:  # fmt: skip
    name = row.get("id", "")
    parts = name.split("/")
    if any(not _NAME.fullmatch(part) or part[-1] in " ." or _RESERVED.fullmatch(part) for part in parts):
        raise ConfigError(
            f"line {number} has the id '{name[:40]}'", "give it a name that a file can have, such as anna-12"
        )
    sound = _beside(base, row["sound"]) if row.get("sound") else None
    arguments = [str(sound)] if sound else []
    for option, has_value in sorted(options.items()):
        cell = row.get(option, usual.get(option, ""))
        if has_value:
            values = filter(None, (value.strip() for value in cell.split(_SEVERAL)))
            arguments += [f"--{option}={_place(value, base) if option in row else value}" for value in values]
        elif cell.lower() in _YES:
            arguments.append(f"--{option}")
        elif cell.lower() not in _NO:
            raise ConfigError(f"line '{name}' has '{cell[:40]}' for {option}", "write yes or no")
    says = tuple(sorted((k, v) for k, v in {**usual, **row}.items() if k in options or k == "sound"))
    return Line(name, says, tuple(arguments), sound)


def _place(value: str, base: Path) -> str:
    """A value with the path of its file, if there is one beside the table."""
    name, sign, more = value.rpartition("@")
    if is_file(path := _beside(base, value)):
        return str(path)
    return f"{path}{sign}{more}" if name and is_file(path := _beside(base, name)) else value


def _beside(base: Path, text: str) -> Path:
    """The path that a table in this folder means; it may have been written on Windows, and be read elsewhere."""
    path = base / text
    return path if "\\" not in text or exists(path) else base / text.replace("\\", "/")
